"""How wide the columns of a table shall be.

A column needs the width of its longest word and would like the width of its longest line. What the page has is
first given to the longest words, the rest to the columns where most text waits. Lengths come from the widths of
the letters in the table's typeface, so that a table whose words fit side by side needs no hyphen, and one whose
words do not fit is made smaller, then hyphenated, and never runs over the margin.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

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
LABEL = 9.0
"""Ems; cells no longer than this are labels rather than text, and stay on one line if there is room at all."""
LONGEST_LINE = 34.0
"""Ems; a longer paragraph does not ask for more width than this one."""
TALL = 30
"""A row of more lines than this may break across pages; others stay whole."""
BLANK = 10.0
"""Ems that a column wishes for that is empty below its head."""
SHORT = 22
"""A table of so many lines is not divided between pages."""
LETTERS = {
    0.27: " .,:;!|'’‘·ijlJ[]",
    0.36: 'frtI()/-–“”"*',
    0.48: "csz",
    0.57: "aekvxyEFLPSTXYZ?+=<>",
    0.63: "bdghnopquABCKRV&",
    0.77: "DGHNOQU",
    0.94: "mwMW@%—…",
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
    tall: bool = False
    """True if a row may be too tall for one page, so that rows must be allowed to break."""


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    spans: int
    text: str
    head: bool


def columns(node: Node, line: float = LINE) -> Columns:
    """Lay out the columns of a pandoc Table by what its cells contain; `line` is the width of the type area in ems."""
    count = len(node["c"][2])
    cells = _cells(node, count)
    words, lines, sums = _lengths(cells, count)
    blank = _to_fill_in(cells, count)
    needs = [min(word, LONGEST_WORD) + PADDING for word in words]
    wishes = [(max(wish, BLANK) if empty else wish) + PADDING for wish, empty in zip(lines, blank, strict=True)]
    sums = [max(total, max(sums) / 2) if empty else total for total, empty in zip(sums, blank, strict=True)]
    if sum(wishes) < line * NARROW:
        return Columns((), 1.0, False, sum(_heights(cells, wishes)) <= SHORT)
    size = next((size for size in SIZES if sum(needs) <= line / size), SIZES[-1])
    divide = sum(needs) > line / size or max(words) > LONGEST_WORD
    shares = _shares(needs, wishes, sums, line / size)
    ratio = line / size / max(sum(shares), 1)
    heights = _heights(cells, [share * ratio for share in shares])
    return Columns(shares, size, divide, sum(heights) <= SHORT, max(heights) > TALL)


def _cells(node: Node, count: int) -> list[_Cell]:
    """The cells in reading order, each with the column it begins in, beside cells that hang down from rows above."""
    head = len(node["c"][3][1])
    found: list[_Cell] = []
    busy = [0] * count
    for number, row in enumerate(tree.table_rows(node)):
        at = 0
        for cell in row[1]:
            while at < count and busy[at]:
                at += 1
            found.append(_Cell(number, at, cell[3], text_of(cell[4]), number < head))
            for column in range(at, min(at + cell[3], count)):
                busy[column] = cell[2]
            at += cell[3]
        busy = [max(0, rows - 1) for rows in busy]
    return [cell for cell in found if cell.column < count]


def _lengths(cells: list[_Cell], count: int) -> tuple[list[float], list[float], list[float]]:
    """For each column its longest word, its longest paragraph and all its text, in ems."""
    words, lines, sums = [0.6] * count, [0.6] * count, [0.0] * count
    for cell in cells:
        if cell.spans > 1:
            continue
        at, weight = cell.column, BOLD if cell.head else 1.0
        words[at] = max(words[at], *(width(word) * weight for word in _words(cell.text)))
        paragraphs = [width(paragraph) * weight for paragraph in cell.text.split("\n")]
        lines[at] = max(lines[at], *paragraphs)
        sums[at] += sum(paragraphs)
    return words, lines, sums


def _heights(cells: list[_Cell], widths: list[float]) -> list[float]:
    """About how many lines each row takes when the columns are that many ems wide."""
    rows: dict[int, int] = {}
    for cell in cells:
        room = max(sum(widths[cell.column : cell.column + cell.spans]) - PADDING, 1.0)
        lines = sum(1 + int(width(paragraph) / room) for paragraph in cell.text.split("\n"))
        rows[cell.row] = max(rows.get(cell.row, 0), lines)
    return [lines + 0.5 for lines in rows.values()] or [0.0]


def _to_fill_in(cells: list[_Cell], count: int) -> list[bool]:
    """Which columns are empty below their head: people will write into them."""
    body = [cell for cell in cells if not cell.head]
    filled = {cell.column for cell in body if cell.text.strip()}
    return [bool(body) and column not in filled for column in range(count)]


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


def text_of(blocks: list[Node]) -> str:
    """The text of a cell, one line per paragraph."""
    return "\n".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(blocks))


def _shares(needs: list[float], wishes: list[float], sums: list[float], line: float) -> tuple[int, ...]:
    """Each column its longest word, or its short cells whole; the rest by the square root of how much text it holds.

    The square root keeps a column of long paragraphs from starving the others, as typesetters do by eye.
    """
    whole_cells = [wish if wish <= LABEL + PADDING else need for need, wish in zip(needs, wishes, strict=True)]
    if sum(whole_cells) <= line:
        needs = whole_cells
    rest = line - sum(needs)
    pull = [
        max(0.0, min(wish, LONGEST_LINE) - need) * total**0.5
        for wish, need, total in zip(wishes, needs, sums, strict=True)
    ]
    whole = sum(pull)
    if rest <= 0 or not whole:
        return tuple(round(need * 100) for need in needs)
    return tuple(round((need + rest * part / whole) * 100) for need, part in zip(needs, pull, strict=True))
