"""How wide the columns of a table shall be.

A column needs the width of its longest word and would like the width of its longest line. What the page has is
first given to the longest words, the rest in proportion to how much text waits for it. Lengths are counted in
characters of the table's font, which is near enough: the page breaks lines anyway, it must only never overflow.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from livingmanual.model.document import Node
from livingmanual.text import tree

LINE = 96
"""Characters of the table's normal size that fit between the margins of an A4 page."""
PADDING = 3
"""Characters that the space beside the text of a cell takes."""
NARROW = 0.62
"""A table that needs less than this part of the line keeps its natural width."""
SIZES = (1.0, 0.94, 0.88, 0.8)
"""How far the text may shrink when the longest words do not fit side by side; below that it is no longer readable."""
BREAKS = re.compile(r"[\s\-/–—\u200b]+")
LONGEST_WORD = 22
"""A longer word is hyphenated or broken instead of keeping its column that wide."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The layout of a table's columns."""

    shares: tuple[int, ...]
    """Relative widths; empty if the table keeps its natural width."""
    size: float
    """Factor for the size of the text."""


def columns(node: Node) -> Columns:
    """Lay out the columns of a pandoc Table by what its cells contain."""
    count = len(node["c"][2])
    longest, lines, sums = [1] * count, [1] * count, [0] * count
    for start, text in _cells(node, count):
        words = [_width(word) for word in BREAKS.split(text)] or [0]
        longest[start] = max(longest[start], min(max(words), LONGEST_WORD))
        lines[start] = max(lines[start], max(_width(line) for line in text.split("\n")))
        sums[start] += _width(text)
    needs = [word + PADDING for word in longest]
    wishes = [line + PADDING for line in lines]
    if sum(wishes) < LINE * NARROW:
        return Columns((), 1.0)
    size = next((size for size in SIZES if sum(needs) <= LINE / size), SIZES[-1])
    return Columns(_shares(needs, wishes, sums, LINE / size), size)


def _cells(node: Node, count: int) -> list[tuple[int, str]]:
    """Column and text of each cell that stands in one column."""
    found: list[tuple[int, str]] = []
    for at, cell in placed(node, count):
        if cell[3] == 1 and at < count:
            found.append((at, text_of(cell[4])))
    return found


def placed(node: Node, count: int) -> list[tuple[int, list[object]]]:
    """Every cell `[attr, alignment, row span, column span, blocks]` with the column it begins in."""
    found: list[tuple[int, list[object]]] = []
    busy = [0] * count
    for row in tree.table_rows(node):
        at = 0
        for cell in row[1]:
            while at < count and busy[at]:
                at += 1
            found.append((at, cell))
            for column in range(at, min(at + cell[3], count)):
                busy[column] = cell[2]
            at += cell[3]
        busy = [max(0, rows - 1) for rows in busy]
    return found


def text_of(blocks: list[Node]) -> str:
    """The text of a cell, one line per paragraph."""
    return "\n".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(blocks))


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
               for char in text)


def _shares(needs: list[int], wishes: list[int], sums: list[int], line: float) -> tuple[int, ...]:
    """Each column its longest word, then the rest by the square root of how much text the column holds.

    The square root keeps a column of long paragraphs from starving the others, as typesetters do by eye.
    """
    rest = line - sum(needs)
    if rest <= 0:
        return tuple(round(need * 100) for need in needs)
    pull = [max(0.0, min(wish, 60) - need) * max(total, 1) ** 0.5 for wish, need, total in
            zip(wishes, needs, sums, strict=True)]
    total = sum(pull)
    if not total:
        return tuple(round(need * 100) for need in needs)
    return tuple(round((need + rest * part / total) * 100) for need, part in zip(needs, pull, strict=True))
