"""Fold pandoc's position wrappers on blocks, and give every leaf its file and extent.

Wrapper `Div`s go away; `data-pos` goes from attributes; leaves get `p` (path) and `b` (extent). A paragraph's extent
is that of its inlines, because pandoc's own may run into a list that follows; a heading's includes its marks. Cells
have no positions of their own in pandoc's tree: see `livingmanual.source.cells`.
"""

from __future__ import annotations

from typing import Any

from livingmanual.model.document import Node
from livingmanual.source import cells, code, inlines
from livingmanual.source.inlines import Source, position_of, without_positions
from livingmanual.text import tree

WHITE_SPACE = " \t\r\n"
"""What may stand around a block without being part of it (CommonMark 0.31, section 2.1)."""


def fold(nodes: list[Node], source: Source) -> list[Node]:
    """Blocks without wrappers, with private keys on every leaf."""
    return [out for node in nodes for out in _fold_one(node, "", source)]


def _fold_one(node: Node, position: str, source: Source) -> list[Node]:
    kind = node["t"]
    if kind in ("Div", "Header", "CodeBlock", "Table", "Figure"):
        position = position_of(node) or position
        wrapper = ["wrapper", "1"] in tree.attributes(node)[2]
        node = without_positions(node)
        if kind == "Div" and wrapper and not tree.identifier(node) and not tree.classes(node):
            return [out for child in node["c"][1] for out in _fold_one(child, position, source)]
    return [_FOLDERS.get(kind, _other)(node, position, source)]


def _leaf(node: Node, span: list[int] | None, source: Source) -> Node:
    out = {**node, "p": source.path}
    return {**out, "b": trimmed(span, source.text)} if span else out


def trimmed(span: list[int], text: str) -> list[int]:
    """The slice without white space at its ends."""
    start, end = span
    while start < end and text[start] in WHITE_SPACE:
        start += 1
    while end > start and text[end - 1] in WHITE_SPACE:
        end -= 1
    return [start, end]


def _inlines(nodes: list[Node], source: Source) -> list[Node]:
    return inlines.fold(nodes, source, fold)


def _text(node: Node, position: str, source: Source) -> Node:
    folded = _inlines(node["c"], source)
    leaf = {**node, "c": folded}
    if folded and "@" in folded[0] and "@" in folded[-1]:
        return {**leaf, "p": source.path, "b": [folded[0]["@"][0], folded[-1]["@"][1]]}
    return _leaf(leaf, source.span(position), source)


def _header(node: Node, position: str, source: Source) -> Node:
    level, attr, content = node["c"]
    folded = _inlines(content, source)
    span = source.span(position) or inlines.extent(folded)
    return _leaf({"t": "Header", "c": [level, attr, folded]}, span, source)


def _div(node: Node, position: str, source: Source) -> Node:
    out = {**node, "c": [node["c"][0], fold(node["c"][1], source)]}
    return _leaf(out, source.span(position), source)


def _bullets(node: Node, position: str, source: Source) -> Node:
    return {**node, "c": [fold(item, source) for item in node["c"]]}


def _numbers(node: Node, position: str, source: Source) -> Node:
    return {**node, "c": [node["c"][0], [fold(item, source) for item in node["c"][1]]]}


def _definitions(node: Node, position: str, source: Source) -> Node:
    entries: list[Any] = []
    for term, definitions in node["c"]:
        folded = _inlines(term, source)
        leaf = _leaf({"t": "Span", "c": [["", [], []], folded], "leaf": "term"}, inlines.extent(folded), source)
        entries.append([[leaf], [fold(definition, source) for definition in definitions]])
    return {**node, "c": entries}


def _quote(node: Node, position: str, source: Source) -> Node:
    return {**node, "c": fold(node["c"], source)}


def _figure(node: Node, position: str, source: Source) -> Node:
    attr, caption, content = node["c"]
    return {**node, "c": [attr, [caption[0], fold(caption[1], source)], fold(content, source)], "p": source.path}


def _other(node: Node, position: str, source: Source) -> Node:
    span = source.span(position)
    return {**node, **({"@": span} if span else {})}


def _code(node: Node, position: str, source: Source) -> Node:
    span = source.span(position)
    pieces = code.pieces(node["c"][1], position, source) if span else code.searched(node["c"][1], source)
    out = {**node, "p": source.path, "seg": pieces}
    words = inlines.extent(pieces)
    outer = trimmed(span, source.text) if span else words
    if outer is None:
        return out
    return {**out, "b": [min(p[0] for p in (outer, words or outer)), max(p[1] for p in (outer, words or outer))]}


def _table(node: Node, position: str, source: Source) -> Node:
    attr, caption, columns, head, bodies, foot = node["c"]
    rows = iter(cells.rows(position, source))

    def fold_rows(group: list[Any]) -> list[Any]:
        return [_row(row_attr, row, next(rows, []), source) for row_attr, row in group]

    folded_head = [head[0], fold_rows(head[1])]
    folded_bodies = [[body[0], body[1], fold_rows(body[2]), fold_rows(body[3])] for body in bodies]
    folded_foot = [foot[0], fold_rows(foot[1])]
    folded_caption = [caption[0], fold(caption[1], source)]
    out = {"t": "Table", "c": [attr, folded_caption, columns, folded_head, folded_bodies, folded_foot]}
    return _leaf(out, source.span(position), source)


def _row(attr: Any, row: list[Any], extents: list[list[int]], source: Source) -> list[Any]:
    places: list[list[int] | None] = [*extents, *[None] * len(row)]
    return [attr, [_cell(cell, place, source) for cell, place in zip(row, places, strict=False)]]


def _cell(cell: list[Any], place: list[int] | None, source: Source) -> list[Any]:
    """A cell's content with its extent; a place that does not hold the cell's own words is not believed."""
    content = fold(cell[4], source) or [{"t": "Plain", "c": [], "p": source.path}]
    words = content[0].get("b")
    if place and (words is None or (place[0] <= words[0] and words[1] <= place[1])):
        content[0]["b"] = place
    return [*cell[:4], content]


_FOLDERS = {
    "Para": _text,
    "Plain": _text,
    "Header": _header,
    "Div": _div,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _definitions,
    "BlockQuote": _quote,
    "Figure": _figure,
    "CodeBlock": _code,
    "Table": _table,
}
