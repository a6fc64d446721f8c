"""What a replaced table, figure or norm keeps: its number, its label and its id.

Numbers belong to the manual (decision 0004). What a country writes in the place of table 3 is table 3 in that
country, so that references to it, and talk about it, mean the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from livingmanual.model.document import Node
from livingmanual.text import tree

CAPTIONED = ("Table", "Figure")


def kept(target: Node, new: list[Node]) -> list[Node]:
    """The new blocks with the label of the target's caption on their first caption, and its id if it is a figure."""
    label = next((found for node in _captioned([target]) if (found := label_of(node))), None)
    first = next(_captioned(new), None)
    if first is None:
        return new
    identity = tree.identifier(target) if target["t"] == "Figure" == first["t"] else ""
    return _changed(new, first, _labelled(first, label, identity))


def label_of(node: Node) -> Node | None:
    """The label that the tool has put before a caption; None if there is none."""
    leaf = next(iter(node["c"][1][1]), None)
    first = next(iter(tree.inlines(leaf)), None) if leaf else None
    return first if first and first["t"] == "Span" and "label" in tree.classes(first) and "g" in first else None


def _captioned(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node["t"] in CAPTIONED and node["c"][1][1]:
            yield node
        elif node["t"] == "Div":
            yield from _captioned(node["c"][1])


def _labelled(node: Node, label: Node | None, identity: str) -> Node:
    attr, caption, *rest = node["c"]
    name = attr[0] or identity
    if label is None or label_of(node):
        return {**node, "c": [[name, *attr[1:]], caption, *rest]}
    leaf = tree.with_inlines(caption[1][0], [label, *tree.inlines(caption[1][0])])
    return {**node, "c": [[name, *attr[1:]], [caption[0], [leaf, *caption[1][1:]]], *rest]}


def _changed(nodes: list[Node], old: Node, new: Node) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if node is old:
            out.append(new)
        elif node["t"] == "Div":
            out.append({**node, "c": [node["c"][0], _changed(node["c"][1], old, new)]})
        else:
            out.append(node)
    return out
