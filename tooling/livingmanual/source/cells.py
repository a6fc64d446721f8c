"""Where the cells of a pipe table stand, read off its lines.

Pandoc's tree gives a cell no position, and an empty cell has no word that could give one. So the bars are looked for
in the lines of the table: a bar behind a backslash never ends a cell, and code spans protect none (pandoc's
CommonMark reader; GitHub Flavored Markdown 4.10 says the same).
"""

from __future__ import annotations

import re
from itertools import pairwise

from livingmanual.source.inlines import Source

BAR = re.compile(r"(?<!\\)\|")
RULE_LINE = 1
"""Index of the line of dashes, which is no row."""


def rows(position: str, source: Source) -> list[list[list[int]]]:
    """For each row the slices of its cells without the white space around them.

    `position` is the table's `data-pos`. An empty cell is a place of no length, one character behind its bar where
    there is room, so that what is written there stands off it.
    """
    lines = [_cells(number, column, source) for number, column in _lines(position, source)]
    return [line for index, line in enumerate(lines) if index != RULE_LINE]


def _lines(position: str, source: Source) -> list[tuple[int, int]]:
    """Number and first column, both from 1, of every line of the table."""
    starts: dict[int, int] = {}
    for first, column, last, until in source.ranges(position):
        for line in range(first, last + (until > 1)):
            starts.setdefault(line, column if line == first else 1)
    return sorted((line, column) for line, column in starts.items() if line <= len(source.prepared.lines))


def _cells(number: int, column: int, source: Source) -> list[list[int]]:
    line = source.prepared.lines[number - 1]
    begin = column - 1
    while line[begin : begin + 1] == " ":
        begin += 1
    bars = [match.start() for match in BAR.finditer(line, begin)]
    edges = bars if line[begin : begin + 1] == "|" else [begin - 1, *bars]
    if edges and line[edges[-1] + 1 :].strip():
        edges.append(len(line))
    return [_cell(line, left + 1, right, number, source) for left, right in pairwise(edges)]


def _cell(line: str, start: int, end: int, number: int, source: Source) -> list[int]:
    first = start
    while start < end and line[start] == " ":
        start += 1
    while end > start and line[end - 1] == " ":
        end -= 1
    if start == end:
        start = end = min(first + 1, end)
    return [source.prepared.offset(number, start + 1), source.prepared.offset(number, end + 1)]
