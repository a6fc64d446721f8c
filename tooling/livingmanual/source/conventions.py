"""The few conventions that this dialect of Markdown needs, and the ids of what has none.

* A table's caption is the first paragraph of a `::: {.table #tbl-x}` div, before the table; a `caption="…"`
  attribute of the div is read as well. (In CommonMark `: caption` is just a paragraph.)
* A heading without a written id gets one derived from its words, as GitHub does; it is marked as derived, because
  it changes when the words do.
"""

from __future__ import annotations

import re

from livingmanual.model.document import Node
from livingmanual.source.inlines import Source
from livingmanual.text import tree
from livingmanual.text.slug import slug

CAPTION = re.compile(r"""caption\s*=\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s}]+)""")
ALERTS = frozenset({"note", "tip", "important", "warning", "caution"})
"""GitHub's kinds of alert."""
BOXES = ("\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}")
"""What pandoc makes of `[ ]` and `[x]` at the beginning of a list item."""
DERIVED = "derived-id"
"""Class-like mark in a heading's attributes (`data-derived-id`) that says nobody wrote its id."""


def apply(blocks: list[Node], source: Source) -> list[Node]:
    """Captions moved into their tables, ids derived; the input stays as it is."""
    return list(_with_ids(_tasks(_captions(blocks, source))))


def _captions(nodes: list[Node], source: Source) -> list[Node]:
    return [_caption(node, source) for node in nodes]


def _caption(node: Node, source: Source) -> Node:
    if node["t"] != "Div":
        return node
    children = _captions(node["c"][1], source)
    if _is_alert(node):
        return _alert(node, children)
    if "table" not in tree.classes(node):
        return {**node, "c": [node["c"][0], children]}
    table = next((i for i, child in enumerate(children) if child["t"] == "Table"), None)
    if table is None:
        return {**node, "c": [node["c"][0], children]}
    words = _caption_leaf(node, children[:table], source)
    if words is None:
        return {**node, "c": [node["c"][0], children]}
    content = list(children[table]["c"])
    content[1] = [None, [words]]
    kept = children[: table - 1] if children[:table] and words.get("p") == "" else []
    rest = [*kept, {**children[table], "c": content}, *children[table + 1 :]]
    attr = [node["c"][0][0], node["c"][0][1], [pair for pair in node["c"][0][2] if pair[0] != "caption"]]
    return {**node, "c": [attr, rest]}


def _tasks(nodes: list[Node]) -> list[Node]:
    """The box of a task, which pandoc puts before its words as a block of its own, at the beginning of the words."""
    return [_task_list(node) for node in nodes]


def _task_list(node: Node) -> Node:
    if node["t"] == "BulletList":
        return {**node, "c": [_task(_tasks(item)) for item in node["c"]]}
    if node["t"] == "OrderedList":
        return {**node, "c": [node["c"][0], [_task(_tasks(item)) for item in node["c"][1]]]}
    if node["t"] == "BlockQuote":
        return {**node, "c": _tasks(node["c"])}
    return {**node, "c": [node["c"][0], _tasks(node["c"][1])]} if node["t"] == "Div" else node


def _task(item: list[Node]) -> list[Node]:
    boxed = len(item) > 1 and item[0]["t"] == "Plain" and tree.string(item[0]["c"]) in BOXES
    if not boxed or item[1]["t"] not in ("Plain", "Para") or "b" in item[0]:
        return item
    box = [*tree.generated(tree.string(item[0]["c"]), "task"), {"t": "Space", "g": "task"}]
    return [{**item[1], "c": [*box, *item[1]["c"]]}, *item[2:]]


def _is_alert(node: Node) -> bool:
    """True for `> [!NOTE]`, which pandoc reads as a div with a title of its own making."""
    first = node["c"][1][:1]
    titled = bool(first) and first[0]["t"] == "Div" and tree.classes(first[0]) == ["title"]
    return titled and len(tree.classes(node)) == 1 and tree.classes(node)[0] in ALERTS


def _alert(node: Node, children: list[Node]) -> Node:
    """A quotation that begins with what kind of alert it is."""
    words = [{"t": "Strong", "c": tree.generated(tree.classes(node)[0].capitalize(), "alert")}]
    return {"t": "BlockQuote", "c": [{"t": "Para", "c": words, "p": node["p"]}, *children[1:]]}


def _caption_leaf(node: Node, before: list[Node], source: Source) -> Node | None:
    if len(before) == 1 and before[0]["t"] == "Para":
        return {**before[0], "t": "Plain"}
    text = tree.attribute(node, "caption")
    if not text or before:
        return None
    return _from_attribute(text, node, source)


def _from_attribute(text: str, node: Node, source: Source) -> Node:
    """A caption in an attribute has no positions in pandoc's tree; its line in the file gives them."""
    start = node.get("b", [0, 0])[0]
    line_end = source.text.find("\n", start)
    found = CAPTION.search(source.text, start, line_end if line_end >= 0 else len(source.text))
    raw = found.group(1) if found else ""
    quoted = raw[:1] in ("'", '"')
    base = (found.start(1) + quoted) if found else 0
    if not found or raw[quoted : len(raw) - quoted] != text:
        return {"t": "Plain", "c": tree.generated(text, "caption attribute"), "p": source.path}
    out: list[Node] = []
    for word in re.finditer(r"\S+|\s+", text):
        kind = {"t": "Str", "c": word.group()} if word.group().strip() else {"t": "Space"}
        exact = {} if word.group().strip() or word.group() == " " else {"x": 1}
        out.append({**kind, "@": [base + word.start(), base + word.end()], **exact})
    return {"t": "Plain", "c": out, "p": source.path, "b": [base, base + len(text)]}


def _with_ids(nodes: list[Node]) -> list[Node]:
    """Ids for all headings, those in divs, quotations and lists included, in reading order."""
    taken = {tree.identifier(leaf) for leaf, _ in tree.leaves(nodes) if leaf["t"] == "Header"} - {""}
    return tree.map_leaves(nodes, lambda leaf: _with_id(leaf, taken))


def _with_id(node: Node, taken: set[str]) -> Node:
    if node["t"] != "Header" or tree.identifier(node):
        return node
    name = base = slug(tree.string(node["c"][2])) or "section"
    count = 0
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    level, attr, content = node["c"]
    return {**node, "c": [level, [name, attr[1], [*attr[2], [DERIVED, "1"]]], content]}
