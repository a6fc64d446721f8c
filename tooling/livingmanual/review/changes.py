"""Find what was changed in a story, tracked or not.

A change is a stretch of the text before the review that gives way to new content: nothing for an insertion, across
paragraph marks for joined or deleted paragraphs, with new paragraph marks for split or added ones. Neighbouring change
marks of one author are one change, because people decide on what was done at one place, not on XML elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from livingmanual.model.document import Block
from livingmanual.model.returned import ChangeMark, Properties
from livingmanual.review.align import normal
from livingmanual.review.stream import BaseParagraph, Break, Segment

WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Between two characters of a story before the review: index of the base paragraph, offset in its text."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """In new content: a paragraph mark; the properties are those of the paragraph that it ends."""

    properties: Properties


Content = Segment | NewParagraph


@dataclass(slots=True)
class Change:
    """One change at one place."""

    start: Place
    end: Place
    """Half-open: the stretch [start, end) is replaced."""
    content: list[Content] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    old: str = ""
    """What is taken away; deleted paragraph marks as newlines."""
    tracked: bool = True

    @property
    def new(self) -> str:
        """What comes in its place, as a reader sees it; paragraph marks as newlines."""
        return "".join(c.text if isinstance(c, Segment) else "\n" for c in self.content)

    @property
    def empty(self) -> bool:
        """It changes nothing: an empty insertion, or something inserted and deleted again."""
        return not self.content and self.start == self.end and not self.old


def tracked(paragraphs: Sequence[BaseParagraph], marks: Sequence[ChangeMark]) -> list[Change]:
    """Every change of a story that change marks record, in order; those that change nothing included."""
    return list(_Collector(paragraphs, marks).run())


class _Collector:
    """Walks a story and groups neighbouring changed items of one author."""

    def __init__(self, paragraphs: Sequence[BaseParagraph], marks: Sequence[ChangeMark]) -> None:
        self.paragraphs, self.marks = paragraphs, marks
        self.open: Change | None = None
        self.author: str | None = None
        self.at = Place(0, 0)

    def run(self) -> Iterator[Change]:
        """Changes in order."""
        for index, paragraph in enumerate(self.paragraphs):
            self.at = Place(index, 0)
            if index and self._elsewhere(index):
                yield from self._close()
            for item in paragraph.items:
                yield from (
                    self._segment(item) if isinstance(item, Segment) else self._break(item, item is paragraph.items[-1])
                )
        yield from self._close()

    def _elsewhere(self, index: int) -> bool:
        """A change does not run on from one cell or note into another."""
        left, right = self.paragraphs[index - 1], self.paragraphs[index]
        return left.story != right.story or _cell(left) != _cell(right)

    def _close(self) -> Iterator[Change]:
        if self.open is not None:
            yield self.open
        self.open = None

    def _extend(self, numbers: tuple[int, ...]) -> Iterator[Change]:
        author = self.marks[numbers[0]].author if numbers else self.author
        if self.open is not None and numbers and author != self.author:
            yield from self._close()
        if self.open is None:
            self.open, self.author = Change(self.at, self.at), author
        self.open.marks += [n for n in numbers if n not in self.open.marks]

    def _segment(self, item: Segment) -> Iterator[Change]:
        if item.kept or not (item.marks or item.base or item.final):
            if item.kept and item.text:
                yield from self._close()
                self.at = Place(self.at.paragraph, self.at.offset + len(item.text))
            return
        yield from self._extend(item.marks)
        assert self.open is not None
        if item.base:
            self.at = Place(self.at.paragraph, self.at.offset + len(item.text))
            self.open.end, self.open.old = self.at, self.open.old + item.text
        elif item.final and item.text:
            self.open.content.append(item)

    def _break(self, item: Break, own: bool) -> Iterator[Change]:
        if item.kept:
            yield from self._close()
            return
        yield from self._extend(item.marks)
        assert self.open is not None
        if item.base:
            self.open.end, self.open.old = Place(self.at.paragraph + 1, 0), self.open.old + "\n"
        elif item.final:
            self.open.content.append(NewParagraph(item.properties))


def _cell(paragraph: BaseParagraph) -> tuple[tuple[int, int, int], ...]:
    return tuple((cell.table, cell.row, cell.column) for cell in paragraph.cells)


@dataclass(frozen=True, slots=True)
class Map:
    """From offsets in a returned paragraph's text (before the review) to offsets in its block's text."""

    pairs: tuple[tuple[int, int, int, int, bool], ...]
    """(start, end, block start, block end, equal), covering both texts."""

    def to_block(self, offset: int, at_end: bool = False) -> int:
        """The offset in the block. Where text of the block is missing at this very place, its start, and with
        `at_end` its end; inside a stretch that differs likewise.
        """
        pairs = reversed(self.pairs) if at_end else iter(self.pairs)
        beside = None
        for start, end, low, high, equal in pairs:
            if not start <= offset <= end:
                continue
            if start == end:
                return high if at_end else low
            if equal:
                return low + offset - start
            if beside is None:
                inside = start < offset < end
                beside = (high if at_end else low) if inside else (low if offset == start and start < end else high)
        return beside if beside is not None else (self.pairs[-1][3] if self.pairs else 0)


def compare(returned: str, block: str) -> Map:
    """Align two versions of a paragraph word by word."""
    if returned == block:
        return Map(((0, len(returned), 0, len(block), True),))
    left, right = WORD.findall(returned), WORD.findall(block)
    pairs: list[tuple[int, int, int, int, bool]] = []
    i = j = 0
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        width, height = len("".join(left[a:b])), len("".join(right[c:d]))
        pairs.append((i, i + width, j, j + height, tag == "equal"))
        i, j = i + width, j + height
    return Map(tuple(pairs))


def untracked(paragraphs: Sequence[BaseParagraph], pairs: Mapping[int, Block], maps: Mapping[int, Map]) -> list[Change]:
    """Differences between the text before the review and the edition that no change mark explains.

    Differences in white space alone are not changes: Word-processors make them.
    """
    out: list[Change] = []
    for index, block in pairs.items():
        text = paragraphs[index].text
        if normal(text) == normal(block.text):
            continue
        for start, end, low, high, equal in maps[index].pairs:
            if equal or normal(text[start:end]) == normal(block.text[low:high]) == "":
                continue
            out.append(Change(Place(index, start), Place(index, end), [], [], block.text[low:high], tracked=False))
    return out


def _touch(recorded: Change, found: Change) -> bool:
    """They overlap; text that is missing without a mark also touches what was changed right beside it."""
    if found.start == found.end:
        return recorded.start <= found.start <= recorded.end
    return recorded.start < found.end and found.start < recorded.end


def content(paragraphs: Sequence[BaseParagraph], start: Place, end: Place) -> list[Content]:
    """What stands between two places after the review."""
    out: list[Content] = []
    for index in range(start.paragraph, min(end.paragraph + 1, len(paragraphs))):
        low = start.offset if index == start.paragraph else 0
        high = end.offset if index == end.paragraph else None
        out += _between(paragraphs[index], low, high)
    return out


def _between(paragraph: BaseParagraph, low: int, high: int | None) -> Iterator[Content]:
    """Final content of a paragraph from offset `low` to `high` (None: its own break included)."""
    at = 0
    for item in paragraph.items:
        if isinstance(item, Break):
            inside = item is not paragraph.end or high is None
            if item.final and inside and at >= low and (high is None or at <= high):
                yield NewParagraph(item.properties)
            continue
        begin, at = at, at + (len(item.text) if item.base else 0)
        if not item.final:
            continue
        if not item.base:
            if low <= begin and (high is None or begin <= high):
                yield item
            continue
        cut = item.text[max(low - begin, 0) : None if high is None else max(high - begin, 0)]
        if cut:
            yield _part(item, cut)


def _part(item: Segment, text: str) -> Segment:
    return Segment(text, item.base, item.final, item.marks, item.at, item.look, item.was, item.format_mark, item.thing)


def merged(paragraphs: Sequence[BaseParagraph], recorded: list[Change], found: list[Change]) -> list[Change]:
    """Tracked and untracked changes in order; an untracked one that a tracked one overlaps becomes one with it."""
    out = list(recorded)
    for change in found:
        touching = [c for c in out if not c.empty and _touch(c, change)]
        if not touching:
            out.append(
                Change(change.start, change.end, content(paragraphs, change.start, change.end), [], change.old, False)
            )
            continue
        start, end = min(change.start, *(c.start for c in touching)), max(change.end, *(c.end for c in touching))
        union = Change(start, end, content(paragraphs, start, end), [n for c in touching for n in c.marks], "", False)
        out = [c for c in out if c not in touching] + [union]
    return sorted(out, key=lambda c: (c.start, c.end))
