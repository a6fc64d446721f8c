"""Fold pandoc's position wrappers on blocks, and give every leaf its file and extent.

Wrapper `Div`s go away; `data-pos` goes from attributes; leaves get `p` (path) and `b` (extent). Cells have no
positions of their own in pandoc's tree: their extents are read off the table's lines, so that an empty cell, too,
has a place where text can be put.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from livingmanual.model.document import Node
from livingmanual.source import inlines
from livingmanual.source.inlines import Source
from livingmanual.text import tree

FENCED = re.compile(r"[ >\t]*(?:(?:[-+*]|\d+[.)]|:)[ \t]+)*(?:`{3,}|~{3,})")
CELL_END = re.compile(r"(?<!\\)\|")


def fold(nodes: list[Node], source: Source) -> list[Node]:
    """Blocks without wrappers, with private keys on every leaf."""
    return [out for node in nodes for out in _fold_one(node, None, source)]


def _fold_one(node: Node, span: list[int] | None, source: Source) -> list[Node]:
    kind = node["t"]
    if kind in ("Div", "Header", "CodeBlock", "Table", "Figure"):
        own = source.span(tree.attribute(node, "data-pos"))
        span = own or span
        wrapper = ["wrapper", "1"] in tree.attributes(node)[2]
        node = _without_positions(node)
        if kind == "Div" and wrapper and not tree.identifier(node) and not tree.classes(node):
            return [out for child in node["c"][1] for out in _fold_one(child, span, source)]
    return [_FOLDERS.get(kind, _other)(node, span, source)]


def _without_positions(node: Node) -> Node:
    identity, names, pairs = tree.attributes(node)
    attr = [identity, names, [pair for pair in pairs if pair[0] not in ("data-pos", "wrapper")]]
    if node["t"] == "Header":
        return {**node, "c": [node["c"][0], attr, node["c"][2]]}
    return {**node, "c": [attr, *node["c"][1:]]}


def _leaf(node: Node, span: list[int] | None, source: Source) -> Node:
    out = {**node, "p": source.path}
    extent = trimmed(span, source.text) if span else None
    if extent:
        out["b"] = extent
    return out


def trimmed(span: list[int], text: str) -> list[int]:
    """The slice without white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [start, end]


def _inlines(nodes: list[Node], source: Source) -> list[Node]:
    return inlines.fold(nodes, source, fold)


def _text(node: Node, span: list[int] | None, source: Source) -> Node:
    folded = _inlines(node["c"], source)
    if span is None:
        span = inlines.extent(folded)
    return _leaf({**node, "c": folded}, span, source)


def _header(node: Node, span: list[int] | None, source: Source) -> Node:
    level, attr, content = node["c"]
    return _leaf({"t": "Header", "c": [level, attr, _inlines(content, source)]}, span, source)


def _div(node: Node, span: list[int] | None, source: Source) -> Node:
    out = {**node, "c": [node["c"][0], fold(node["c"][1], source)]}
    return {**out, "p": source.path, **({"b": trimmed(span, source.text)} if span else {})}


def _bullets(node: Node, span: list[int] | None, source: Source) -> Node:
    return {**node, "c": [fold(item, source) for item in node["c"]]}


def _numbers(node: Node, span: list[int] | None, source: Source) -> Node:
    return {**node, "c": [node["c"][0], [fold(item, source) for item in node["c"][1]]]}


def _definitions(node: Node, span: list[int] | None, source: Source) -> Node:
    entries: list[Any] = []
    for term, definitions in node["c"]:
        folded = _inlines(term, source)
        leaf = _leaf({"t": "Span", "c": [["", [], []], folded], "leaf": "term"}, inlines.extent(folded), source)
        entries.append([[leaf], [fold(definition, source) for definition in definitions]])
    return {**node, "c": entries}


def _quote(node: Node, span: list[int] | None, source: Source) -> Node:
    return {**node, "c": fold(node["c"], source)}


def _figure(node: Node, span: list[int] | None, source: Source) -> Node:
    attr, caption, content = node["c"]
    return {**node, "c": [attr, [caption[0], fold(caption[1], source)], fold(content, source)], "p": source.path}


def _other(node: Node, span: list[int] | None, source: Source) -> Node:
    return {**node, **({"@": span} if span else {})}


def _code(node: Node, span: list[int] | None, source: Source) -> Node:
    out = _leaf(node, span, source)
    if span:
        out["seg"] = _code_lines(node["c"][1], span, source)
    return out


def _code_lines(text: str, span: list[int], source: Source) -> list[Node]:
    """One literal piece per line of code: its text ends the line of the file, behind indent or quote marks."""
    offset = source.text.rfind("\n", 0, span[0]) + 1
    lines = source.text[offset : span[1]].split("\n")
    if FENCED.match(lines[0]):
        offset += len(lines.pop(0)) + 1
    out: list[Node] = []
    edge = offset
    for number, line in enumerate(text.split("\n")):
        raw = lines[number].removesuffix("\r") if number < len(lines) else ""
        here = raw.endswith(line)
        begin = offset + len(raw) - len(line) if here else offset
        if number:
            out.append({"t": "LineBreak", "x": 1, "@": [edge, begin]})
        if line:
            out.append(
                {"t": "Str", "c": line, "@": [begin, begin + len(line)]}
                if here
                else {"t": "Str", "c": line, "g": inlines.UNMAPPED}
            )
        edge = offset + len(raw)
        offset += len(lines[number]) + 1 if number < len(lines) else 0
    return out


def _table(node: Node, span: list[int] | None, source: Source) -> Node:
    attr, caption, columns, head, bodies, foot = node["c"]
    rows = _row_extents(span, source)

    def fold_rows(group: list[Any]) -> list[Any]:
        return [
            [row_attr, [_cell(cell, next(extents, None), source) for cell in cells]]
            for row_attr, cells in group
            for extents in [iter(next(rows, ()))]
        ]

    folded_head = [head[0], fold_rows(head[1])]
    folded_bodies = [[body[0], body[1], fold_rows(body[2]), fold_rows(body[3])] for body in bodies]
    folded_foot = [foot[0], fold_rows(foot[1])]
    folded_caption = [caption[0], fold(caption[1], source)]
    extent = {"b": trimmed(span, source.text)} if span else {}
    return {
        "t": "Table",
        "c": [attr, folded_caption, columns, folded_head, folded_bodies, folded_foot],
        "p": source.path,
        **extent,
    }


def _cell(cell: list[Any], extent: list[int] | None, source: Source) -> list[Any]:
    content = fold(cell[4], source) or [{"t": "Plain", "c": [], "p": source.path}]
    if extent:
        content[0]["b"] = extent
    return [*cell[:4], content]


def _row_extents(span: list[int] | None, source: Source) -> Any:
    """For each row of a pipe table the slices of its cells, white space at their ends left out."""
    if not span:
        return iter(())
    start = source.text.rfind("\n", 0, span[0]) + 1
    found = []
    offset = start
    for number, line in enumerate(source.text[start : span[1]].split("\n")):
        if number != 1 and "|" in line:
            found.append(_cells_of_line(line.removesuffix("\r"), offset, span[0] - start))
        offset += len(line) + 1
    return iter(found)


def _cells_of_line(line: str, offset: int, indent: int) -> list[list[int]]:
    begin = min(indent, len(line))
    first = line.find("|", begin) if line[begin:].lstrip().startswith("|") else begin - 1
    edges = [first] + [m.start() for m in CELL_END.finditer(line, first + 1)]
    if line[edges[-1] + 1 :].strip():
        edges.append(len(line))
    cells = []
    for left, right in pairwise(edges):
        start, end = left + 1, right
        while start < end and line[start] in " \t":
            start += 1
        while end > start and line[end - 1] in " \t":
            end -= 1
        if start == end:
            start = end = min(left + 2, right)
        cells.append([offset + start, offset + end])
    return cells


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
