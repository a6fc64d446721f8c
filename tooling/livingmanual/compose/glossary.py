"""Put the terms of the glossary into the order of the edition's language.

The source has them in the order of its own language, which a translation breaks. Only the definition lists of the
chapter with the id `glossary` are sorted: elsewhere the order of a list is what its author meant.
"""

from __future__ import annotations

from livingmanual.model.document import Node
from livingmanual.text import collation, tree

GLOSSARY = "glossary"
"""The id of the heading under which terms are sorted."""


def ordered(nodes: list[Node], language: str) -> list[Node]:
    """The same blocks with the glossary's terms in the order of a language (BCP 47); the input stays as it is."""
    out: list[Node] = []
    inside = False
    for node in nodes:
        if node["t"] == "Header" and node["c"][0] == 1:
            inside = tree.identifier(node) == GLOSSARY
        out.append(_ordered(node, language) if inside else node)
    return out


def _ordered(node: Node, language: str) -> Node:
    if node["t"] == "Div":
        new = [_ordered(child, language) for child in node["c"][1]]
        same = all(one is other for one, other in zip(new, node["c"][1], strict=True))
        return node if same else {**node, "c": [node["c"][0], new]}
    if node["t"] != "DefinitionList":
        return node
    terms = sorted(node["c"], key=lambda entry: collation.key(_term(entry[0]), language))
    return node if terms == node["c"] else {**node, "c": terms}


def _term(leaf: list[Node]) -> str:
    return tree.string([inline for one in leaf for inline in (tree.inlines(one) if one.get("leaf") else [one])])
