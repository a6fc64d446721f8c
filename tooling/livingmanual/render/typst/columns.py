"""How wide the columns of a table shall be.

A column needs the width of its longest word and would like the width of its longest line. What the page has is
first given to the longest words, the rest to the columns where most text waits. Lengths come from the widths of
the letters in the table's typeface, so that a table whose words fit side by side needs no hyphen, and one whose
words do not fit is made smaller, then hyphenated, and never runs over the margin.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from livingmanual.model.document import Node
from livingmanual.text import tree

LINE = 52.7
"""The type area of an A4 page, 160 mm, in ems of a table's normal text, 8.6 points."""
LINE_ARABIC = 42.0
"""The same where the text is 10.8 points."""
PADDING = 1.25
"""Ems that the space beside the text of a cell takes."""
NARROW = 0.62
"""A table that needs less than this part of the line keeps its natural width."""
SIZES = (1.0, 0.94, 0.88, 0.8)
"""How far the text may shrink when the longest words do not fit side by side; below that it is no longer readable."""
BREAKS = ("-", "–", "—", "/", "\u200b")
"""A line may also end after these."""
BOLD = 1.05
"""How much wider the half-bold letters of a head are."""
LONGEST_WORD = 13.0
"""Ems; a longer word is hyphenated instead of keeping its column that wide."""
LONGEST_LINE = 34.0
"""Ems; a longer paragraph does not ask for more width than this one."""
SHORT = 16
"""A table of so many lines is not divided between pages."""
LETTERS = {
    0.27: " .,:;!|'’‘·ijlJ[]", 0.36: "frtI()/-–“”\"*", 0.48: "csz", 0.57: "aekvxyEFLPSTXYZ?+=<>", 0.63: "bdghnopquABCKRV&",
    0.77: "DGHNOQU", 0.94: "mwMW@%—…",
}
"""Widths of letters in Noto Sans, in ems, those of one line rounded up to its widest (measured)."""
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class Columns:
    """The layout of a table's columns."""

    shares: tuple[int, ...]
    """Relative widths; empty if the table keeps its natural width."""
    size: float
    """Factor for the size of the text."""
    divide: bool
    """True if words have to be hyphenated to fit."""
    keep: bool
    """True if the table is short enough to stay on one page."""


def columns(node: Node, line: float = LINE) -> Columns:
    """Lay out the columns of a pandoc Table by what its cells contain; `line` is the width of the type area in ems."""
    count = len(node["c"][2])
    words, lines, sums = [0.6] * count, [0.6] * count, [0.0] * count
    for start, text, bold in _cells(node, count):
        weight = BOLD if bold else 1.0
        words[start] = max(words[start], *(width(word) * weight for word in _words(text)))
        lines[start] = max(lines[start], *(width(paragraph) * weight for paragraph in text.split("\n")))
        sums[start] += width(text)
    needs = [min(word, LONGEST_WORD) + PADDING for word in words]
    wishes = [wish + PADDING for wish in lines]
    if sum(wishes) < line * NARROW:
        return Columns((), 1.0, False, _lines(node, wishes) <= SHORT)
    size = next((size for size in SIZES if sum(needs) <= line / size), SIZES[-1])
    divide = sum(needs) > line / size or max(words) > LONGEST_WORD
    shares = _shares(needs, wishes, sums, line / size)
    ratio = line / size / max(sum(shares), 1)
    return Columns(shares, size, divide, _lines(node, [share * ratio for share in shares]) <= SHORT)


def _lines(node: Node, widths: list[float]) -> int:
    """About how many lines the table takes when its columns are that many ems wide."""
    rows: dict[int, int] = {}
    for row, at, cell in placed(node, len(widths)):
        room = max(sum(widths[at : at + cell[3]]) - PADDING, 1.0)
        lines = sum(1 + int(width(paragraph) / room) for paragraph in text_of(cell[4]).split("\n"))
        rows[row] = max(rows.get(row, 0), lines)
    return sum(rows.values()) + len(rows) // 2


def _words(text: str) -> list[str]:
    for mark in BREAKS:
        text = text.replace(mark, mark + " ")
    return text.split() or [""]


def width(text: str) -> float:
    """Width of a text on one line, in ems."""
    return sum(_letter(char) for char in text)


def _letter(char: str) -> float:
    if char in WIDTHS:
        return WIDTHS[char]
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0.0
    if unicodedata.decomposition(char):
        return WIDTHS.get(unicodedata.normalize("NFD", char)[0], 0.65)
    if unicodedata.bidirectional(char) in ("AL", "R"):
        return 0.5
    return 0.75 if char.isupper() else 0.6


def _cells(node: Node, count: int) -> list[tuple[int, str, bool]]:
    """Column and text of each cell that stands in one column, and whether it is in the table's head."""
    head = len(node["c"][3][1])
    return [(at, text_of(cell[4]), row < head) for row, at, cell in placed(node, count) if cell[3] == 1 and at < count]


def placed(node: Node, count: int) -> list[tuple[int, int, list[Any]]]:
    """Every cell `[attr, alignment, row span, column span, blocks]` with its row and the column it begins in."""
    found: list[tuple[int, int, list[Any]]] = []
    busy = [0] * count
    for number, row in enumerate(tree.table_rows(node)):
        at = 0
        for cell in row[1]:
            while at < count and busy[at]:
                at += 1
            found.append((number, at, cell))
            for column in range(at, min(at + cell[3], count)):
                busy[column] = cell[2]
            at += cell[3]
        busy = [max(0, rows - 1) for rows in busy]
    return found


def text_of(blocks: list[Node]) -> str:
    """The text of a cell, one line per paragraph."""
    return "\n".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(blocks))


def _width(text: str) -> float:
    """Length in average small letters of a sans serif face."""
    return sum(_letter(char) for char in text)


def _letter(char: str) -> float:
    if char in "iljtfrI.,:;'|!()[]{} -’‘·":
        return 0.62
    if char in "mwMWQ@%—":
        return 1.5
    if unicodedata.east_asian_width(char) in "WF":
        return 1.9
    if unicodedata.combining(char):
        return 0
    return 1.2 if char.isupper() else 1.0


def _shares(needs: list[float], wishes: list[float], sums: list[float], line: float) -> tuple[int, ...]:
    """Each column its longest word, then the rest by the square root of how much text the column holds.

    The square root keeps a column of long paragraphs from starving the others, as typesetters do by eye.
    """
    rest = line - sum(needs)
    pull = [max(0.0, min(wish, LONGEST_LINE) - need) * total**0.5
            for wish, need, total in zip(wishes, needs, sums, strict=True)]
    whole = sum(pull)
    if rest <= 0 or not whole:
        return tuple(round(need * 100) for need in needs)
    return tuple(round((need + rest * part / whole) * 100) for need, part in zip(needs, pull, strict=True))
