"""The blocks of an edition become blocks that pandoc's typst writer passes on as they should print.

Headings, tables, figures, boxes and definition lists are calls of functions of the template; paragraphs, lists and
quotes stay pandoc's own.
"""

from __future__ import annotations

from collections.abc import Callable

from livingmanual.model.document import Node
from livingmanual.render import bidi, marking
from livingmanual.render.typst import escape, tables
from livingmanual.render.typst.inlines import Context, leaf, raw, settings_of, wrapped, write
from livingmanual.render.typst.tables import source
from livingmanual.text import tree

SHORT = 1600
"""A box with no more letters than this is not divided between pages."""


def write_blocks(nodes: list[Node], context: Context) -> list[Node]:
    """The same blocks, fit for pandoc's typst writer; the input stays as it is."""
    return [out for node in nodes for out in _one(node, context)]


def _one(node: Node, context: Context) -> list[Node]:
    kind = node["t"]
    if kind in ("Para", "Plain"):
        content = paragraph(node["c"], context)
        return [{"t": kind, "c": content}] if content else []
    return _WRITERS[kind](node, context) if kind in _WRITERS else []


def paragraph(nodes: list[Node], context: Context) -> list[Node]:
    """The inlines of a paragraph, in a block with a line beside it if the reader must know something about it."""
    mark = marking.mark_of_leaf(nodes)
    if mark is None or context.noted:
        return leaf(nodes, context)
    opened = f'#lm-marked("{mark.kind}", {"nested: true, " if context.nested else ""}'
    content = [out for one in mark.before for out in write([one], context)]
    before = context.turned
    context.turned = (mark.direction == "rtl") != context.rtl if mark.direction else before
    content += write(mark.inlines, context)
    context.turned = before
    return wrapped(f"{opened}{settings_of(mark.language, mark.direction)})", content) if content else []


def inside(nodes: list[Node], context: Context) -> list[Node]:
    """The blocks in a list, a quotation or a table."""
    context.nested += 1
    out = write_blocks(nodes, context)
    context.nested -= 1
    return out


def _header(node: Node, context: Context) -> list[Node]:
    """A heading inside a box or a list is set as a heading, but is none: it would break the order of levels."""
    content = write(node["c"][2], context)
    anchor = raw(f"#lm-anchor({context.label(tree.identifier(node))});")
    return [{"t": "Para", "c": [anchor, *wrapped("#lm-inner-heading", content)]}]


def _code(node: Node, context: Context) -> list[Node]:
    return [source(f"#lm-code({escape.string(node['c'][1])})")]


def _quote(node: Node, context: Context) -> list[Node]:
    return [{"t": "BlockQuote", "c": inside(node["c"], context)}]


def _bullets(node: Node, context: Context) -> list[Node]:
    return [{"t": "BulletList", "c": [_item(item, context) for item in node["c"]]}]


def _numbers(node: Node, context: Context) -> list[Node]:
    return [{"t": "OrderedList", "c": [node["c"][0], [_item(item, context) for item in node["c"][1]]]}]


def _item(item: list[Node], context: Context) -> list[Node]:
    """An item that begins with a call would be taken for loose; an empty one would lose its marker."""
    return inside(item, context) or [{"t": "Plain", "c": [raw("#none;")]}]


def _definitions(node: Node, context: Context, style: str = "list") -> list[Node]:
    out = [source(f'#lm-definitions("{style}",')]
    for term, definitions in node["c"]:
        words = [raw("lm-definition(["), *write(term, context), raw("], [")]
        first, rest = _first_line([block for definition in definitions for block in definition])
        context.nested += 1
        out.append({"t": "Para", "c": [*words, *paragraph(first, context)]})
        context.nested -= 1
        out += [*inside(rest, context), source("]),")]
    return [*out, source(")")]


def _first_line(blocks: list[Node]) -> tuple[list[Node], list[Node]]:
    """The inlines that run on in the term's paragraph, so that no page ends with a term, and the blocks after them."""
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        return blocks[0]["c"], [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in blocks[1:]]
    return [], blocks


def _lines(node: Node, context: Context) -> list[Node]:
    content: list[Node] = []
    for line in node["c"]:
        content += ([{"t": "LineBreak"}] if content else []) + write(line, context)
    return [{"t": "Para", "c": content}] if content else []


def _div(node: Node, context: Context) -> list[Node]:
    names, children = tree.classes(node), node["c"][1]
    label = tree.identifier(node)
    for name, writer in _BOXES.items():
        if name in names:
            return writer(node, context)
    anchor = [source(f"#lm-anchor({context.label(label)})")] if label and label not in context.placed else []
    return anchor + write_blocks(children, context)


def _table_div(node: Node, context: Context) -> list[Node]:
    out: list[Node] = []
    for child in node["c"][1]:
        first = child["t"] == "Table" and tree.identifier(node) not in context.placed
        out += tables.table(child, context, tree.identifier(node)) if first else _one(child, context)
    return out


def _labelled(node: Node, context: Context) -> tuple[list[Node], list[Node]]:
    """The inlines of the label in a div, and the blocks under it."""
    children = node["c"][1]
    if children and children[0]["t"] == "Div" and "label" in tree.classes(children[0]):
        return tables.caption(children[0]["c"][1], context), children[1:]
    return [], children


def _norm(node: Node, context: Context) -> list[Node]:
    return _box(node, context, f"lm-norm({context.label(tree.identifier(node))}")


def _not_applicable(node: Node, context: Context) -> list[Node]:
    return _box(node, context, f"lm-not-applicable({context.label(tree.identifier(node))}")


def _box(node: Node, context: Context, call: str) -> list[Node]:
    label, rest = _labelled(node, context)
    words = sum(len(tree.string(tree.inlines(leaf))) for leaf, _ in tree.leaves(rest))
    keep = ", keep: true" if words <= SHORT else ""
    opening = {"t": "Para", "c": [raw(f"#{call}{keep}, label: ["), *label, raw("])[")]}
    out: list[Node] = [opening]
    return [*out, *_in_box(rest, context), source("]")]


def _in_box(nodes: list[Node], context: Context) -> list[Node]:
    """The blocks of a box: terms stand in a column of their own, also those that an overlay wrote."""
    out: list[Node] = []
    for node in nodes:
        if node["t"] == "DefinitionList":
            out += _definitions(node, context, "norm")
        elif node["t"] == "Div" and "override" in tree.classes(node):
            out += [*_OVERRIDE, *_in_box(node["c"][1], context), source("]")]
        else:
            out += _one(node, context)
    return out


def _override(node: Node, context: Context) -> list[Node]:
    return [*_OVERRIDE, *write_blocks(node["c"][1], context), source("]")]


def _entry(node: Node, context: Context) -> list[Node]:
    leftward = context.rtl and bidi.begins_leftward([node])
    opening = f"#lm-entry({context.label(tree.identifier(node))}{', dir: ltr' if leftward else ''})["
    before, context.turned = context.turned, context.turned or leftward
    content = write_blocks(node["c"][1], context)
    context.turned = before
    return [source(opening), *content, source("]")]


def _rule(node: Node, context: Context) -> list[Node]:
    return [source("#lm-rule()")]


def _table(node: Node, context: Context) -> list[Node]:
    return tables.table(node, context)


_OVERRIDE = [source("#lm-override[")]
_BOXES: dict[str, Callable[[Node, Context], list[Node]]] = {
    "norm": _norm,
    "not-applicable": _not_applicable,
    "override": _override,
    "csl-entry": _entry,
    "table": _table_div,
}
_WRITERS: dict[str, Callable[[Node, Context], list[Node]]] = {
    "Header": _header,
    "CodeBlock": _code,
    "BlockQuote": _quote,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _definitions,
    "LineBlock": _lines,
    "Div": _div,
    "Table": _table,
    "Figure": tables.figure,
    "HorizontalRule": _rule,
}
