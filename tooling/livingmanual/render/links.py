"""Where links may lead, and which ids exist.

A link inside the edition is kept only if its target stands there: a dangling one would stop the PDF. A link to the
outside is kept only if it uses a scheme that opens a page, a mail or a call. What is dropped keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from livingmanual.model.document import Node
from livingmanual.text import tree

OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f]+", re.IGNORECASE)


def outside(target: str) -> str:
    """The address of a link that leaves the edition; empty if it may not be followed."""
    return target if OUTSIDE.fullmatch(target) else ""


def inside(target: str, known: frozenset[str]) -> str:
    """The id that a link inside the edition leads to; empty if there is no such place."""
    if not target.startswith("#"):
        return ""
    name = target[1:]
    return next((found for found in (name, unquote(name)) if found in known), "")


def identifiers(value: Any) -> Iterator[str]:
    """Every written id in a tree, in reading order, with repetitions."""
    if isinstance(value, list):
        for item in value:
            yield from identifiers(item)
    elif isinstance(value, dict):
        name = _own(value)
        if name:
            yield name
        yield from identifiers(value.get("c"))


def _own(node: Node) -> str:
    if node.get("t") in ("Span", "Link", "Image", "Code", "CodeBlock"):
        return str(node["c"][0][0])
    return tree.identifier(node) if "t" in node and "c" in node else ""


def caption_words(caption: list[Node]) -> str:
    """The words of a caption without its number, to describe a picture that has no words of its own."""
    found = []
    for leaf, _ in tree.leaves(caption):
        numbers = [node for node in tree.inlines(leaf) if node["t"] == "Span" and "label" in tree.classes(node)]
        found.append(tree.string([node for node in tree.inlines(leaf) if node not in numbers]))
    return " ".join(" ".join(found).split())
