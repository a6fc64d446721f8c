"""Show the words of HTML that stands in Markdown.

No writer of ours passes raw HTML on, because it could do anything. What its authors meant to be read is kept: words,
headings, pictures, links, line breaks, emphasis, tables, and the places that links lead to. Everything else about it
(classes, alignment, scripts, comments) is left out. Words keep their places in the file, so that a reviewer's change of
them finds its way back; HTML 5, section 13.1.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from livingmanual.model.document import Node
from livingmanual.source.derive import decode
from livingmanual.source.inlines import UNMAPPED, Source, extent
from livingmanual.text import tree

MADE = "html"
"""What made a node that stands for a tag."""
PIECE = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*>)"
    r"|<(?P<close>/)?(?P<name>[A-Za-z][\w:-]*)(?P<more>(?:\s+[^\s\"'>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
    r"|(?P<space>\s+)|(?P<word>(?:[^\s<]|<(?![A-Za-z/!?]))+|<)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
SILENT = frozenset({"script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "noscript"})
"""Elements whose content is no text of the page."""
FLOW = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "picture",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
"""Elements that stand in a line of text; every other begins a paragraph."""
MARKS = {
    "b": "Strong",
    "strong": "Strong",
    "i": "Emph",
    "em": "Emph",
    "s": "Strikeout",
    "strike": "Strikeout",
    "del": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
    "u": "Underline",
}
HEADING = re.compile(r"h([1-6])")
SIZE = re.compile(r"(\d+)(px|%)?")


def show(blocks: list[Node], source: Source) -> list[Node]:
    """The same blocks with what HTML shows in the place of the raw HTML; the input stays as it is."""
    return [out for block in blocks for out in _block(block, source)]


def _block(node: Node, source: Source) -> list[Node]:
    kind, content = node["t"], node.get("c", [])
    if kind == "RawBlock":
        return _raw(node, source) if content[0] == "html" else [node]
    if kind == "Div":
        return [{**node, "c": [content[0], show(content[1], source)]}]
    if kind == "BlockQuote":
        return [{**node, "c": show(content, source)}]
    if kind == "BulletList":
        return [{**node, "c": [show(item, source) for item in content]}]
    if kind == "OrderedList":
        return [{**node, "c": [content[0], [show(item, source) for item in content[1]]]}]
    return [tree.map_leaves([node], lambda leaf: _leaf(leaf, source))[0]]


def _leaf(leaf: Node, source: Source) -> Node:
    if leaf["t"] == "CodeBlock" or not any(node["t"] in ("RawInline", "Note") for node, _ in tree.walk_inlines([leaf])):
        return leaf
    return tree.with_inlines(leaf, _line(tree.inlines(leaf), source))


# A line of text


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag."""

    name: str
    closing: bool
    values: dict[str, str]


def read_tag(text: str) -> Tag | None:
    """The tag that a piece of raw HTML is; None for a comment and whatever else."""
    match = PIECE.fullmatch(text.strip())
    if not match or not match["name"]:
        return None
    values = {name.lower(): html.unescape(a or b or c) for name, a, b, c in ATTRIBUTE.findall(match["more"] or "")}
    return Tag(match["name"].lower(), bool(match["close"]), values)


def _line(nodes: list[Node], source: Source) -> list[Node]:
    """Inlines with what tags mean in the place of the tags."""
    out: list[Node] = []
    position = 0
    while position < len(nodes):
        node = nodes[position]
        position += 1
        if node["t"] == "Note":
            out.append({**node, "c": show(node["c"], source)})
        elif node["t"] != "RawInline":
            children = tree.children_of(node)
            out.append(tree.with_children(node, _line(children, source)) if children else node)
        elif node["c"][0] == "html":
            tag = read_tag(node["c"][1])
            end = _closing(nodes, position, tag) if tag else -1
            if tag and end >= 0:
                out += _pair(tag, node, _line(nodes[position:end], source), nodes[end])
                position = end + 1
            elif tag:
                out += _single(tag, node)
    return out


def _closing(nodes: list[Node], start: int, tag: Tag) -> int:
    """Index of the tag that closes this one; -1 if there is none, or the element is not one that we show."""
    if tag.closing or (tag.name not in MARKS and tag.name not in ("a", "code", *SILENT)):
        return -1
    depth = 1
    for index in range(start, len(nodes)):
        other = _tag_of(nodes[index])
        if other and other.name == tag.name:
            depth += -1 if other.closing else 1
        if not depth:
            return index
    return -1


def _pair(tag: Tag, first: Node, content: list[Node], last: Node) -> list[Node]:
    place: dict[str, Any] = {}
    if "@" in first and "@" in last:
        place = {"@": [first["@"][0], last["@"][1]], "in": [first["@"][1], last["@"][0]]}
    if tag.name in SILENT:
        return []
    if tag.name in MARKS:
        return [{"t": MARKS[tag.name], "c": content, **place}] if content else []
    name = tag.values.get("id") or tag.values.get("name", "")
    anchor = [{"t": "Span", "c": [[name, [], []], []]}] if name and tag.name == "a" else []
    target = tag.values.get("href", "")
    if tag.name == "a" and target and content:
        return [*anchor, {"t": "Link", "c": [["", [], []], content, [target, tag.values.get("title", "")]], **place}]
    return [*anchor, *content]


def _single(tag: Tag, node: Node) -> list[Node]:
    place = {"@": node["@"]} if "@" in node else {}
    if tag.name == "br" and not tag.closing:
        return [{"t": "LineBreak", "g": f"{MADE} br", **place}]
    if tag.name == "img" and tag.values.get("src"):
        return [_image(tag, place)]
    name = tag.values.get("id") or (tag.values.get("name", "") if tag.name == "a" else "")
    return [{"t": "Span", "c": [[name, [], []], []]}] if name else []


def _image(tag: Tag, place: dict[str, Any]) -> Node:
    sizes = [(key, SIZE.fullmatch(tag.values.get(key, "").strip())) for key in ("width", "height")]
    pairs = [[key, f"{size[1]}{size[2] or 'px'}"] for key, size in sizes if size]
    alt = tree.generated(" ".join(tag.values.get("alt", "").split()), f"{MADE} img")
    return {"t": "Image", "c": [["", [], pairs], alt, [tag.values["src"], tag.values.get("title", "")]], **place}


# A block of HTML


def _raw(node: Node, source: Source) -> list[Node]:
    """Paragraphs, headings and tables that a block of HTML shows; what is only half of a table comes as paragraphs."""
    pieces = list(_pieces(node["c"][1], _offsets(node, source), source))
    out: list[Node] = []
    line: list[Node] = []
    level, position = 0, 0

    def flush() -> None:
        made = _made(line, level, source)
        line.clear()
        out.extend(made)

    while position < len(pieces):
        tag = _tag_of(pieces[position])
        if tag is None or tag.name in FLOW:
            line.append(pieces[position])
        else:
            flush()
            level = int(match[1]) if (match := HEADING.fullmatch(tag.name)) and not tag.closing else 0
            end = _end_of_table(pieces, position) if tag.name == "table" and not tag.closing else -1
            if end > 0:
                out += _table(pieces[position + 1 : end], source)
                position = end
            elif tag.values.get("id") and not tag.closing:
                line.append(pieces[position])
        position += 1
    flush()
    return out


def _offsets(node: Node, source: Source) -> list[int]:
    """For each character of the block, and its end, the place in the file; empty if its lines do not fit the file's.

    Indents and the marks of a quotation before a line are not in the block.
    """
    if "@" not in node:
        return []
    prepared = source.prepared
    first = bisect_right(prepared.starts, node["@"][0]) - 1
    out: list[int] = []
    for number, line in enumerate(node["c"][1].removesuffix("\n").split("\n"), first):
        whole = prepared.lines[number] if number < len(prepared.lines) else ""
        if not whole.endswith(line):
            return []
        indent = len(whole) - len(line)
        out += [prepared.offset(number + 1, indent + column + 1) for column in range(len(line) + 1)]
    return [*out, out[-1]]


def _pieces(text: str, offsets: list[int], source: Source) -> Iterator[Node]:
    """The block cut into tags (as raw inlines), words and spaces, each with its place; comments are left out."""
    hidden = ""
    for match in PIECE.finditer(text):
        tag = read_tag(match.group()) if match["name"] else None
        if tag and tag.name in SILENT:
            hidden = "" if tag.closing else (hidden or tag.name)
        if hidden or match["comment"] or (tag and tag.name in SILENT):
            continue
        place = [offsets[match.start()], offsets[match.end()]] if offsets else None
        at = {"@": place} if place else {}
        if tag:
            yield {"t": "RawInline", "c": ["html", match.group()], **at}
        elif match["space"]:
            yield _space(place, source)
        else:
            yield _word(match.group(), place, source)


def _space(place: list[int] | None, source: Source) -> Node:
    slice_ = source.text[place[0] : place[1]] if place else ""
    if decode(slice_) != " ":
        return {"t": "Space", "g": UNMAPPED}
    return {"t": "Space", "@": place, **({"x": 1} if slice_ != " " else {})}


def _word(written: str, place: list[int] | None, source: Source) -> Node:
    """A word; one with a backslash has no literal place, because in Markdown it would be an escape."""
    said = html.unescape(written)
    slice_ = source.text[place[0] : place[1]] if place else ""
    if not place or decode(slice_) != said:
        return {"t": "Str", "c": said, "g": UNMAPPED}
    return {"t": "Str", "c": said, "@": place, **({"x": 1} if said != slice_ else {})}


def _made(line: list[Node], level: int, source: Source) -> list[Node]:
    """A paragraph or heading of these pieces; none if nothing of them is to be seen."""
    shown = _trimmed(_line(line, source))
    if not shown:
        return []
    if all(node["t"] == "Span" and not node["c"][1] for node in shown):
        name = shown[0]["c"][0][0]
        return [{"t": "Div", "c": [[name, [], []], []], "p": source.path}]
    block = {"t": "Header", "c": [level, ["", [], []], shown]} if level else {"t": "Para", "c": shown}
    placed = extent(shown)
    return [{**block, "p": source.path, **({"b": placed} if placed else {})}]


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Inlines without white space at the ends and before or after line breaks, and with single spaces."""
    out: list[Node] = []
    for node in nodes:
        if node["t"] == "Space" and (not out or out[-1]["t"] in ("Space", "LineBreak")):
            continue
        if node["t"] == "LineBreak" and out and out[-1]["t"] == "Space":
            out.pop()
        out.append(node)
    while out and out[-1]["t"] in ("Space", "LineBreak"):
        out.pop()
    return out


def _end_of_table(pieces: list[Node], start: int) -> int:
    """Index of the tag that closes the table; -1 if there is none, or a table inside it."""
    for index in range(start + 1, len(pieces)):
        tag = _tag_of(pieces[index])
        if tag and tag.name == "table":
            return index if tag.closing else -1
    return -1


def _table(pieces: list[Node], source: Source) -> list[Node]:
    """A table of rows and cells; cells over several columns or rows take one place, and short rows are filled up."""
    rows: list[tuple[bool, list[list[Node]]]] = []
    inside = False
    for piece in pieces:
        tag = _tag_of(piece)
        if tag and tag.name == "tr" and not tag.closing:
            rows.append((True, []))
        elif tag and tag.name in ("td", "th"):
            inside = not tag.closing
            if inside:
                rows = rows or [(True, [])]
                rows[-1] = (rows[-1][0] and tag.name == "th", [*rows[-1][1], []])
        elif inside and rows and rows[-1][1]:
            rows[-1][1][-1].append(piece)
    rows = [row for row in rows if row[1]]
    width = max((len(cells) for _, cells in rows), default=0)
    if not width:
        return []
    made = [
        [["", [], []], [_cell(cell, source) for cell in [*cells, *[[]] * (width - len(cells))]]] for _, cells in rows
    ]
    heads = 1 if rows[0][0] else 0
    specs = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in range(width)]
    empty: list[Any] = ["", [], []]
    body = [empty, 0, [], made[heads:]]
    content = [empty, [None, []], specs, [empty, made[:heads]], [body], [empty, []]]
    return [{"t": "Table", "c": content, "p": source.path}]


def _cell(pieces: list[Node], source: Source) -> list[Any]:
    """A cell; what its paragraphs and lists say comes as one line."""
    kept = [
        piece if (tag := _tag_of(piece)) is None or tag.name in FLOW else {"t": "Space", "g": UNMAPPED}
        for piece in pieces
    ]
    shown = _trimmed(_line(kept, source))
    placed = extent(shown)
    leaf = {"t": "Plain", "c": shown, "p": source.path, **({"b": placed} if placed else {})}
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [leaf]]


def _tag_of(piece: Node) -> Tag | None:
    return read_tag(piece["c"][1]) if piece["t"] == "RawInline" else None
