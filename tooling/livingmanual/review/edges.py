"""White space at the edges of emphasis and of lines.

`** word**` is no emphasis but four asterisks: CommonMark recognises a delimiter only next to a word (6.2, rule of
flanking). Where an edit would leave white space at an edge inside a construct, it goes outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from livingmanual.model.document import Block
from livingmanual.model.remark import Edit
from livingmanual.model.run import Mark
from livingmanual.review import place

MOVABLE = frozenset({"strong", "emph", "strikeout"})
"""Constructs that are not recognised with white space inside their delimiters."""


@dataclass(frozen=True, slots=True)
class Outside:
    """White space that moves out of a construct."""

    edit: Edit
    behind: bool
    """It stands behind the construct's end, else before its start."""

    def beside(self, words: str) -> str:
        """Words that go to the same place, with the white space on their side of the construct."""
        return " " + words if self.behind else words + " "


def freed(block: Block, start: int, end: int, where: place.Insertion | None) -> tuple[int, int, list[Outside]]:
    """The stretch to take out so that no construct keeps white space at an edge where it loses words, and the white
    space that goes outside.

    `where`: the place of the words that come instead, if any; a construct that holds them keeps its white space.
    """
    low, high = start, end
    out: list[Outside] = []
    if start == end:
        return start, end, []
    heads: set[int] = set()
    tails: set[int] = set()
    for mark, first, last, path in _constructs(block):
        if where is not None and _holds(mark, path, where):
            continue
        assert mark.outer is not None
        if start <= first < end < last:
            beyond = last - len(block.text[end:last].lstrip())
            if end < beyond < last and first not in heads:
                heads.add(first)
                high = max(high, beyond)
                out.append(Outside(Edit(path, mark.outer[0], mark.outer[0], " ", ""), False))
        if first < start < last <= end:
            before = first + len(block.text[first:start].rstrip())
            if first < before < start and last not in tails:
                tails.add(last)
                low = min(low, before)
                out.append(Outside(Edit(path, mark.outer[1], mark.outer[1], " ", ""), True))
    return low, high, out


def without_empty_line(block: Block, start: int, end: int) -> tuple[int, int]:
    """The stretch to take out, with a line break if a line of the source would lose all of its words: a blank line
    would end the paragraph. At the start of a block the white space behind it goes too: in a list it would change the
    indent that belongs to the item.
    """
    if start == 0:
        end += len(block.text[end:]) - len(block.text[end:].lstrip(" "))
    breaks = [at for at, run in place.placed_runs(block) if run.text == " " and run.literal and not run.exact]
    first = max((at + 1 for at in breaks if at + 1 <= start), default=0)
    last = min((at for at in breaks if at >= end), default=len(block.text))
    rest = block.text[first:start] + block.text[end:last]
    if not breaks or rest.strip() or (first, last) == (0, len(block.text)):
        return start, end
    return (first, last + 1) if last < len(block.text) else (first - 1, last)


def trimmed(block: Block, start: int, end: int, where: place.Insertion, words: str) -> tuple[str, list[Edit]]:
    """New words without white space at an edge inside a construct, and edits that put it outside."""
    out: list[Edit] = []
    for mark, first, last, path in _constructs(block):
        if not _holds(mark, path, where) or not words.strip():
            continue
        assert mark.outer is not None
        if start <= first and words[:1].isspace():
            words = words.lstrip()
            out.append(Edit(path, mark.outer[0], mark.outer[0], " ", ""))
        if last <= end and words[-1:].isspace():
            words = words.rstrip()
            out.append(Edit(path, mark.outer[1], mark.outer[1], " ", ""))
    return words, out


def _constructs(block: Block) -> Iterator[tuple[Mark, int, int, str]]:
    """Each construct with the stretch of the block's text that it covers, and its file; outermost first."""
    found: dict[Mark, tuple[int, int, str]] = {}
    for at, run in place.placed_runs(block):
        for mark in run.marks:
            if mark.kind in MOVABLE and mark.outer and mark.inner and run.span:
                first, _, path = found.get(mark, (at, at, run.span.path))
                found[mark] = (first, at + len(run.text), path)
    for mark, (first, last, path) in found.items():
        yield mark, first, last, path


def _holds(mark: Mark, path: str, where: place.Insertion) -> bool:
    assert mark.inner is not None
    return path == where.path and mark.inner[0] <= where.offset <= mark.inner[1]
