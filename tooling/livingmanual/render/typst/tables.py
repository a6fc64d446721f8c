"""A pandoc table becomes a call of typst's `table` with its cells between.

We write the call ourselves, because the widths of the columns come from `columns`, the head must repeat on every
page, and the caption carries its own number.
"""

from __future__ import annotations

from typing import Any

from livingmanual.model.document import Node
from livingmanual.render import links
from livingmanual.render.typst import columns, escape
from livingmanual.render.typst.inlines import Context, alternative, raw, write
from livingmanual.text import tree

ALIGNMENTS = {"AlignLeft": "start", "AlignRight": "end", "AlignCenter": "center", "AlignDefault": "start"}
"""Pandoc's alignments; left means where the line begins, also in a script that runs from right to left."""


def source(text: str) -> Node:
    """A block of typst source."""
    return {"t": "RawBlock", "c": ["typst", text]}


def caption(blocks: list[Node], context: Context) -> list[Node]:
    """The inlines of a caption; its paragraphs follow each other in one line."""
    out: list[Node] = []
    for leaf, _ in tree.leaves(blocks):
        out += ([{"t": "Space"}] if out else []) + write(tree.inlines(leaf), context)
    return out


def table(node: Node, context: Context, name: str = "") -> list[Node]:
    """Blocks that print a table with its caption above; `name` is the id of the div around it."""
    attr, heading, specs, head, bodies, foot = node["c"]
    count = len(specs)
    layout = columns.columns(node, columns.LINE_ARABIC if context.rtl else columns.LINE)
    label = context.label(name or attr[0])
    words = caption(heading[1], context)
    context.squeezed = layout.divide
    opening = f"#lm-table({label}, head: {len(head[1])}, {_look(layout)}caption: ["
    out: list[Node] = [{"t": "Para", "c": [raw(opening), *words, raw("])[")]}]
    out.append(source(f"#table(columns: {_widths(layout, count)}, align: {_alignments(specs)},"))
    context.nested += 1
    if head[1]:
        out += [source("table.header("), *_rows(head[1], context), source("),")]
    for body in bodies:
        out += _rows(body[2], context) + _rows(body[3], context)
    out += _rows(foot[1], context)
    context.squeezed = False
    context.nested -= 1
    return [*out, source(")\n]")]


def _look(layout: columns.Columns) -> str:
    size = f"size: {layout.size}, " if layout.size != 1 else ""
    return (
        size
        + ("divide: true, " if layout.divide else "")
        + ("keep: true, " if layout.keep else "")
        + ("tall: true, " if layout.tall else "")
    )


def _widths(layout: columns.Columns, count: int) -> str:
    if not layout.shares:
        return str(count)
    return "(" + "".join(f"{share / 100}fr, " for share in layout.shares) + ")"


def _alignments(specs: list[Any]) -> str:
    return "(" + "".join(f"{ALIGNMENTS.get(spec[0]['t'], 'start')}, " for spec in specs) + ")"


def _rows(rows: list[Any], context: Context) -> list[Node]:
    return [out for row in rows for cell in row[1] for out in _cell(cell, context)]


def _cell(cell: list[Any], context: Context) -> list[Node]:
    options = []
    if cell[1]["t"] != "AlignDefault":
        options.append(f"align: {ALIGNMENTS[cell[1]['t']]}")
    options += [f"{name}: {span}" for name, span in (("rowspan", cell[2]), ("colspan", cell[3])) if span > 1]
    opening = f"table.cell({', '.join(options)})[" if options else "["
    content = cell[4]
    if len(content) == 1 and content[0]["t"] in ("Plain", "Para"):
        words = context.blocks([{**content[0], "t": "Plain"}], context)
        return [{"t": "Para", "c": [raw(opening), *(words[0]["c"] if words else []), raw("],")]}]
    return [source(opening), *context.blocks(content, context), source("],")]


def figure(node: Node, context: Context) -> list[Node]:
    """Blocks that print a figure: its picture with its alternative text, or whatever else it holds, and its caption."""
    attr, heading, content = node["c"]
    label = context.label(attr[0])
    words = caption(heading[1], context)
    described = links.caption_words(heading[1])
    picture = _only_image(content)
    name = context.picture(picture["c"][2][0]) if picture else ""
    if picture and name:
        alt = escape.string(tree.attribute(picture, "alt") or described or alternative(picture))
        opening = raw(f"#lm-picture-figure({label}, {escape.string(name)}, {alt}, caption: [")
        return [{"t": "Para", "c": [opening, *words, raw("]);")]}]
    begin = [raw(f"#lm-figure({label}, {escape.string(described or 'figure')}, caption: ["), *words, raw("])[")]
    return [{"t": "Para", "c": begin}, *context.blocks(content, context), source("]")]


def _only_image(content: list[Node]) -> Node | None:
    if len(content) != 1 or content[0]["t"] not in ("Plain", "Para"):
        return None
    found = [node for node in content[0]["c"] if node["t"] not in ("Space", "SoftBreak")]
    return found[0] if len(found) == 1 and found[0]["t"] == "Image" else None
