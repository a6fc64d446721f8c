"""Walking pandoc's JSON tree while it carries our private keys.

Pandoc's own tree says what the text is, not where it came from. Until a writer gets it, nodes carry:

* `"@": [start, end]` on inlines: the slice of the source file, half-open character offsets, delimiters included;
* `"in": [start, end]` on inlines that have content between delimiters: the content's slice;
* `"x": 1` where the slice is not the text character by character (escapes, entities, line breaks);
* `"g": what` on what the tool made: `variable country`, `citation`, `number`, `reference sec-x`;
* on a leaf, that is a block that holds inlines or code: `"p": path` and `"b": [start, end]`, its extent;
* in a finished edition also `"id"`: the leaf's block id, which is the name of its bookmark;
* on inlines inside a leaf that come from another file: `"p": path`, which overrides the leaf's;
* on a translated leaf `"bp"` and `"tb"`: the catalog, and the translation's extent in it (`"p"` and `"b"` stay those
  of the source);
* on a leaf in an edition of another language `"tr"`: what is known of its translation (`model.catalog.State`, or
  `machine-drafted`); on a translated token of a term `"of"`: its words in the source.

A list of definition terms has no node of its own in pandoc's tree, so a term is wrapped in a `Span` that carries
`"leaf": "term"`. `plain` takes all of this off again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from livingmanual.model.document import Node
from livingmanual.model.run import OBJECT, Mark, Run, Span

PRIVATE = frozenset({"@", "in", "x", "g", "p", "b", "leaf", "seg", "id", "tr", "of", "bp", "tb"})

MARKS = {
    "Emph": "emph",
    "Strong": "strong",
    "Strikeout": "strikeout",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "Underline": "underline",
    "SmallCaps": "smallcaps",
    "Quoted": "quoted",
}


def attributes(node: Node) -> list[Any]:
    """The `[id, classes, pairs]` of a node that has attributes."""
    content = node["c"]
    attr: list[Any] = content[1] if node["t"] == "Header" else content[0]
    return attr


def identifier(node: Node) -> str:
    """The written or derived id of a Header, Div, Figure or Table; empty for any other node."""
    if node["t"] in ("Header", "Div", "Figure", "Table"):
        return str(attributes(node)[0])
    return ""


def classes(node: Node) -> list[str]:
    """The classes of a Div, Header, Span, Code or CodeBlock."""
    if node["t"] in ("Header", "Div", "Span", "Code", "CodeBlock", "Figure", "Table"):
        return list(attributes(node)[1])
    return []


def attribute(node: Node, name: str) -> str:
    """The value of one key of a node's attributes; empty if it is not there."""
    return next((str(value) for key, value in attributes(node)[2] if key == name), "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf stands in the tree."""

    kind: str
    """As in `Block.kind`."""
    level: int
    """Heading level, or depth of list nesting."""
    section: str
    """Id of the nearest heading or identified div around the leaf."""
    classes: tuple[str, ...] = ()
    """Classes of the divs around it, outermost first."""


def leaves(nodes: list[Node], section: str = "") -> Iterator[tuple[Node, Place]]:
    """Every leaf in reading order with its place; leaves of notes are not visited here, see `notes_in`."""
    here = Place("paragraph", 0, section)
    for node in nodes:
        if node["t"] == "Header":
            here = Place("paragraph", 0, identifier(node) or here.section)
        yield from _leaves(node, here)


def _parts(node: Node) -> tuple[str, Any]:
    """Type and content of a node; a node without content (a thematic break) has None."""
    return node["t"], node.get("c")


def _leaves(node: Node, place: Place) -> Iterator[tuple[Node, Place]]:
    kind, content = _parts(node)
    if kind in ("Para", "Plain"):
        yield node, place
    elif kind == "Header":
        yield node, Place("heading", content[0], identifier(node) or place.section, place.classes)
    elif kind == "CodeBlock":
        yield node, Place("code", place.level, place.section, place.classes)
    elif kind == "Div":
        yield from _in_div(node, place)
    elif kind in ("BulletList", "OrderedList"):
        items = content if kind == "BulletList" else content[1]
        inner = Place("item", place.level + 1 if place.kind == "item" else 1, place.section, place.classes)
        for item in items:
            yield from _each(item, inner)
    elif kind == "DefinitionList":
        for term, definitions in content:
            if term:
                yield term[0], Place("term", place.level, place.section, place.classes)
            for definition in definitions:
                yield from _each(definition, Place("definition", place.level, place.section, place.classes))
    elif kind == "BlockQuote":
        yield from _each(content, place)
    elif kind == "Table":
        yield from _in_table(node, place)
    elif kind == "Figure":
        inside = Place("paragraph", 0, identifier(node) or place.section, place.classes)
        yield from _each(content[2], inside)
        yield from _each(content[1][1], Place("caption", 0, inside.section, inside.classes))


def _each(nodes: list[Node], place: Place) -> Iterator[tuple[Node, Place]]:
    for node in nodes:
        yield from _leaves(node, place)


def _in_div(node: Node, place: Place) -> Iterator[tuple[Node, Place]]:
    inner = Place(place.kind, place.level, identifier(node) or place.section, (*place.classes, *classes(node)))
    if "label" in classes(node):
        inner = Place("label", 0, inner.section, inner.classes)
    yield from _each(node["c"][1], inner)


def _in_table(node: Node, place: Place) -> Iterator[tuple[Node, Place]]:
    section = identifier(node) or place.section
    yield from _each(node["c"][1][1], Place("caption", 0, section, place.classes))
    for row in table_rows(node):
        for cell in row[1]:
            yield from _each(cell[4], Place("cell", 0, section, place.classes))


def map_leaves(nodes: list[Node], change: Callable[[Node], Node]) -> list[Node]:
    """The same blocks with every leaf replaced by `change(leaf)`, in reading order; the input stays as it is.

    A block of which `change` gave back every leaf is the same object as before, so that what editions have in common
    stays common. Leaves inside notes are not visited: `change` sees the note among the inlines of its leaf.
    """
    return [_map(node, change) for node in nodes]


def _map(node: Node, change: Callable[[Node], Node]) -> Node:
    kind, content = _parts(node)
    if kind in ("Para", "Plain", "Header", "CodeBlock"):
        return change(node)
    if kind == "Div":
        new: Any = [content[0], map_leaves(content[1], change)]
    elif kind == "BulletList":
        new = [map_leaves(item, change) for item in content]
    elif kind == "OrderedList":
        new = [content[0], [map_leaves(item, change) for item in content[1]]]
    elif kind == "DefinitionList":
        new = [_map_definition(entry, change) for entry in content]
    elif kind == "BlockQuote":
        new = map_leaves(content, change)
    elif kind == "Figure":
        inside = map_leaves(content[2], change)
        new = [content[0], [content[1][0], map_leaves(content[1][1], change)], inside]
    elif kind == "Table":
        new = _map_table(content, change)
    else:
        return node
    return node if same(new, content) else {**node, "c": new}


def same(new: Any, old: Any) -> bool:
    """True if two trees have the same form and hold the same nodes: not equal ones, but the very objects."""
    if new is old:
        return True
    if not isinstance(new, list) or not isinstance(old, list):
        return not isinstance(new, dict) and not isinstance(old, dict) and bool(new == old)
    return len(new) == len(old) and all(map(same, new, old))


def _map_definition(entry: list[Any], change: Callable[[Node], Node]) -> list[Any]:
    term = [change(leaf) for leaf in entry[0]]
    return [term, [map_leaves(definition, change) for definition in entry[1]]]


def _map_table(content: list[Any], change: Callable[[Node], Node]) -> list[Any]:
    def rows(group: list[Any]) -> list[Any]:
        return [[attr, [[*cell[:4], map_leaves(cell[4], change)] for cell in cells]] for attr, cells in group]

    attr, caption, columns, head, bodies, foot = content
    new_caption = [caption[0], map_leaves(caption[1], change)]
    new_head = [head[0], rows(head[1])]
    new_bodies = [[body[0], body[1], rows(body[2]), rows(body[3])] for body in bodies]
    return [attr, new_caption, columns, new_head, new_bodies, [foot[0], rows(foot[1])]]


def map_inlines(nodes: list[Node], change: Callable[[Node, str], list[Node] | None]) -> list[Node]:
    """The same blocks with inlines replaced: `change(inline, path)` gives new inlines, or None to go on inside.

    Reaches captions, cells, terms and notes. What `change` returns is not visited again; the input stays as it is, and
    what nothing was changed in is the same object as before.
    """
    return map_leaves(nodes, lambda leaf: map_leaf(leaf, change))


def map_leaf(leaf: Node, change: Callable[[Node, str], list[Node] | None]) -> Node:
    """As `map_inlines`, for one leaf."""
    if leaf["t"] == "CodeBlock":
        return leaf
    old = inlines(leaf)
    new = _map_inlines(old, leaf.get("p", ""), change)
    return leaf if same(new, old) else with_inlines(leaf, new)


def _map_inlines(nodes: list[Node], path: str, change: Callable[[Node, str], list[Node] | None]) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        new = change(node, node.get("p", path))
        if new is not None:
            out.extend(new)
        elif node["t"] == "Note":
            inside = map_inlines(node["c"], change)
            out.append(node if same(inside, node["c"]) else {**node, "c": inside})
        elif node["t"] != "Image" and (children := children_of(node)):
            inner = _map_inlines(children, path, change)
            out.append(node if same(inner, children) else with_children(node, inner))
        else:
            out.append(node)
    return out


def walk_inlines(nodes: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Every inline with its leaf, in reading order, those inside other inlines and notes included."""
    for leaf, _ in leaves(nodes):
        if leaf["t"] != "CodeBlock":
            yield from _walk(inlines(leaf), leaf)


def _walk(nodes: list[Node], leaf: Node) -> Iterator[tuple[Node, Node]]:
    for node in nodes:
        yield node, leaf
        if node["t"] == "Note":
            yield from walk_inlines(node["c"])
        elif node["t"] != "Image":
            yield from _walk(children_of(node), leaf)


def identified(nodes: list[Node]) -> Iterator[Node]:
    """Every Header, Div, Figure and Table that has an id, in reading order, at any depth of divs and quotes."""
    for node in nodes:
        if identifier(node):
            yield node
        if node["t"] == "Div":
            yield from identified(node["c"][1])
        elif node["t"] == "BlockQuote":
            yield from identified(node["c"])
        elif node["t"] == "Figure":
            yield from identified(node["c"][2])
        elif node["t"] in ("BulletList", "OrderedList"):
            for item in node["c"] if node["t"] == "BulletList" else node["c"][1]:
                yield from identified(item)


def table_rows(node: Node) -> Iterator[list[Any]]:
    """Every row `[attr, cells]` of a table: head, bodies, foot."""
    head, bodies, foot = node["c"][3], node["c"][4], node["c"][5]
    yield from head[1]
    for body in bodies:
        yield from body[2]
        yield from body[3]
    yield from foot[1]


def inlines(leaf: Node) -> list[Node]:
    """The inlines of a leaf; for a code block one `Code` node that stands for its text."""
    kind = leaf["t"]
    if kind in ("Para", "Plain"):
        return list(leaf["c"])
    if kind == "Header":
        return list(leaf["c"][2])
    if kind == "Span":
        return list(leaf["c"][1])
    if kind == "CodeBlock":
        return list(leaf["seg"]) if "seg" in leaf else [{"t": "Str", "c": leaf["c"][1], "g": "code"}]
    return []


def with_inlines(leaf: Node, new: list[Node]) -> Node:
    """A copy of a leaf (not a code block) with other inlines; its private keys stay."""
    kind = leaf["t"]
    if kind == "Header":
        return {**leaf, "c": [leaf["c"][0], leaf["c"][1], new]}
    if kind == "Span":
        return {**leaf, "c": [leaf["c"][0], new]}
    return {**leaf, "c": new}


def runs(leaf: Node) -> list[Run]:
    """The provenance of a leaf's text; concatenated, the runs' texts are what a reader sees.

    Neighbours that touch in the file and stand in the same constructs are one run, if both are exact.
    """
    found: list[Run | _Stretch] = []
    _collect(inlines(leaf), _Context(leaf.get("p", ""), (), "", None), found)
    return [one.run() if isinstance(one, _Stretch) else one for one in found]


@dataclass(slots=True)
class _Stretch:
    """Literal text that is its slice character by character, while it grows."""

    texts: list[str]
    path: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    def run(self) -> Run:
        return Run("".join(self.texts), Span(self.path, self.start, self.end), "", True, self.marks)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for everything inside a construct: file, marks around, what made it and out of which token."""

    path: str
    marks: tuple[Mark, ...]
    made: str
    token: Span | None

    def within(self, node: Node) -> _Context:
        """The same inside `node`, whose own keys win."""
        if "p" not in node and "g" not in node:
            return self
        path, made = node.get("p", self.path), node.get("g", self.made)
        token = Span(path, *node["@"]) if "g" in node and "@" in node else self.token
        return _Context(path, self.marks, made, token)

    def marked(self, mark: Mark) -> _Context:
        return _Context(self.path, (*self.marks, mark), self.made, self.token)

    def span(self, node: Node) -> Span | None:
        return Span(self.path, *node["@"]) if "@" in node else (self.token if self.made else None)


def _collect(nodes: list[Node], around: _Context, out: list[Run | _Stretch]) -> None:
    for node in nodes:
        kind, here = node["t"], around.within(node)
        if kind == "Str":
            _add(node["c"], node, here, out)
        elif kind in ("Space", "SoftBreak"):
            _add(" ", node, here, out)
        elif kind == "LineBreak":
            out.append(Run("\n", here.span(node), here.made, False, here.marks))
        elif kind == "Code":
            marked = here.marked(Mark("code", _pair(node, "@"), _pair(node, "in")))
            _add(node["c"][1], {**node, "@": node["in"]} if "in" in node else node, marked, out)
        elif kind in ("Note", "Image", "Math"):
            out.append(Run(OBJECT, here.span(node), here.made or f"object {kind.lower()}", False, here.marks))
        elif children := children_of(node):
            _collect(children, _inside(node, here), out)


def _add(text: str, node: Node, here: _Context, out: list[Run | _Stretch]) -> None:
    """Add words; to the stretch before them if they go on with it."""
    if here.made or "x" in node or "@" not in node:
        span = here.span(node)
        out.append(
            Run(text, span, here.made, "x" not in node and (span is not None or node["t"] != "Code"), here.marks)
        )
        return
    start, end = node["@"]
    last = out[-1] if out else None
    goes_on = isinstance(last, _Stretch) and last.end == start and last.path == here.path
    if goes_on and isinstance(last, _Stretch) and last.marks == here.marks:
        last.texts.append(text)
        last.end = end
    else:
        out.append(_Stretch([text], here.path, start, end, here.marks))


def _inside(node: Node, here: _Context) -> _Context:
    kind, outer, inner = node["t"], _pair(node, "@"), _pair(node, "in")
    if here.made:
        return here
    if kind in MARKS:
        return here.marked(Mark(MARKS[kind], outer, inner))
    if kind == "Link":
        return here.marked(Mark("link", outer, inner, node["c"][2][0]))
    if kind == "Span" and outer:
        return here.marked(Mark("span", outer, inner, " ".join(node["c"][0][1])))
    return here


def _pair(node: Node, key: str) -> tuple[int, int] | None:
    value = node.get(key)
    return (value[0], value[1]) if value else None


def notes_in(nodes: list[Node]) -> Iterator[Node]:
    """Every Note among inlines, in reading order, those inside emphasis and the like included."""
    for node in nodes:
        kind = node["t"]
        if kind == "Note":
            yield node
        elif kind in MARKS or kind in ("Link", "Span", "Cite"):
            yield from notes_in(children_of(node))


def children_of(node: Node) -> list[Node]:
    """The inlines inside an inline; empty for one that holds none."""
    kind = node["t"]
    if kind == "Quoted" or kind in ("Link", "Span", "Cite", "Image"):
        return list(node["c"][1])
    return list(node["c"]) if kind in MARKS else []


def with_children(node: Node, new: list[Node]) -> Node:
    """A copy of an inline with other inlines inside."""
    kind = node["t"]
    if kind in ("Quoted", "Link", "Span", "Cite", "Image"):
        return {**node, "c": [node["c"][0], new, *node["c"][2:]]}
    return {**node, "c": new}


def plain(value: Any) -> Any:
    """The same tree without private keys, fit for pandoc; the input stays as it is."""
    if isinstance(value, list):
        out = []
        for item in value:
            if isinstance(item, dict) and item.get("leaf") == "term":
                out.extend(plain(item["c"][1]))
            else:
                out.append(plain(item))
        return out
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key not in PRIVATE}
    return value


def generated(text: str, what: str) -> list[Node]:
    """Inlines that say `text`, made from `what`; spaces become Space so that writers may break lines there."""
    nodes: list[Node] = []
    for position, word in enumerate(text.split(" ")):
        if position:
            nodes.append({"t": "Space", "g": what})
        if word:
            nodes.append({"t": "Str", "c": word, "g": what})
    return nodes


def string(nodes: list[Node]) -> str:
    """The text of inlines as a reader sees it, objects left out."""
    return "".join(run.text for run in runs({"t": "Plain", "c": nodes})).replace(OBJECT, "")
