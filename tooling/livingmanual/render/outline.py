"""Where headings stand, and on which level of the document's outline.

Markdown gives a part, a chapter and an annex all the same level; a document that people listen to needs chapters below
parts, and no level left out between a heading and the next one (PDF/UA-1, ISO 14289-1, 7.4.2; WCAG 1.3.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from livingmanual.model.document import Node
from livingmanual.text import tree


class Levels:
    """Gives each heading its level, from 1; must meet them in reading order."""

    def __init__(self) -> None:
        self._in_part = False
        self._base = 1
        self._last = 0

    def part(self) -> int:
        """Begin a part."""
        self._in_part, self._base, self._last = True, 1, 1
        return 1

    def heading(self, node: Node) -> int:
        """The level of a Header: chapters of a part stand below it, annexes and other titles beside it."""
        depth = node["c"][0]
        if depth == 1:
            self._in_part = self._in_part and "chapter" in tree.classes(node)
            self._base = 2 if self._in_part else 1
        self._last = min(self._base + depth - 1, self._last + 1)
        return self._last


def opened(nodes: list[Node]) -> Iterator[Node]:
    """The blocks with every div around a heading opened, so that headings stand where pages can break.

    A part stays whole. The blocks between the headings of an opened div stay in a div like it.
    """
    for node in nodes:
        if node["t"] != "Div" or "part" in tree.classes(node) or not _has_heading(node):
            yield node
            continue
        kept: list[Node] = []
        for child in opened(node["c"][1]):
            if child["t"] == "Header":
                yield from _closed(node, kept)
                yield child
                kept = []
            else:
                kept.append(child)
        yield from _closed(node, kept)


def _closed(node: Node, kept: list[Node]) -> list[Node]:
    return [{"t": "Div", "c": [node["c"][0], kept]}] if kept else []


def _has_heading(node: Node) -> bool:
    if node["t"] == "Header":
        return True
    return node["t"] == "Div" and any(_has_heading(child) for child in node["c"][1])
