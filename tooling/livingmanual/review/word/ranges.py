"""Bookmarks, comment ranges and move ranges: pairs of empty elements that may stand anywhere.

They open in one paragraph and close in another, inside deletions, between table rows, or never. Points between
two paragraphs are settled when the next paragraph begins, or when the story ends without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from livingmanual.model.diagnostic import Diagnostic, warning
from livingmanual.model.returned import Bookmark, Point

MOST_BOOKMARKS = 256
"""How many bookmarks may cover one paragraph before we stop listing them: keeps hostile files linear."""


@dataclass(slots=True)
class OpenBookmark:
    """A bookmark whose end may not have come yet."""

    name: str
    start: Point
    end: Point | None = None


@dataclass(slots=True)
class CommentRange:
    """What the text says about comments of one id: each list in file order."""

    starts: list[Point] = field(default_factory=list)
    ends: list[Point] = field(default_factory=list)
    references: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class Ranges:
    """All ranges of a reading. Ids of bookmarks are looked up by part, ids of comments in the whole file."""

    bookmarks: list[OpenBookmark] = field(default_factory=list)
    comments: dict[str, CommentRange] = field(default_factory=dict)
    moves_from: dict[str, str] = field(default_factory=dict)
    """Open move ranges: id -> name."""
    moves_to: dict[str, str] = field(default_factory=dict)
    last_from: str | None = None
    last_to: str | None = None
    _open: dict[str, list[OpenBookmark]] = field(default_factory=dict)
    _forward: list[Point | None] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)

    def forward(self) -> Point:
        """A stand-in for the beginning of the next paragraph, to be settled later."""
        self._forward.append(None)
        self._waiting.append(len(self._forward) - 1)
        return Point(-len(self._forward), 0)

    def arrive(self, point: Point | None) -> None:
        """The next paragraph begins here, or the story ended and this was its last point."""
        for number in self._waiting:
            self._forward[number] = point
        self._waiting.clear()

    def settle(self, point: Point | None) -> Point | None:
        """The real point for one that may be a stand-in; None if its story has no paragraph."""
        if point is None or point.paragraph >= 0:
            return point
        return self._forward[-point.paragraph - 1]

    def settle_pair(self, start: Point | None, end: Point | None) -> tuple[Point | None, Point | None]:
        """Both ends settled; an end before its start becomes the start."""
        first, last = self.settle(start), self.settle(end)
        if first is not None and last is not None and last < first:
            last = first
        return first, last

    def comment(self, identity: str) -> CommentRange:
        """What is known of comments with this id."""
        return self.comments.setdefault(identity, CommentRange())

    def open_bookmark(self, identity: str, name: str, at: Point) -> None:
        """A bookmark starts."""
        mark = OpenBookmark(name, at)
        self.bookmarks.append(mark)
        self._open.setdefault(identity, []).append(mark)

    def close_bookmark(self, identity: str, at: Point) -> None:
        """A bookmark ends; an end without a start means nothing."""
        stack = self._open.get(identity)
        if stack:
            stack.pop().end = at

    def end_part(self) -> int:
        """Forget what is open; gives how many bookmarks were never closed."""
        left = sum(len(stack) for stack in self._open.values())
        self._open.clear()
        self.moves_from.clear()
        self.moves_to.clear()
        return left

    def settled_bookmarks(self) -> tuple[Bookmark, ...]:
        """Every bookmark that stands in a story with text, in file order."""
        settled: list[Bookmark] = []
        for item in self.bookmarks:
            start, end = self.settle_pair(item.start, item.end)
            if start is not None:
                settled.append(Bookmark(item.name, start, end))
        return tuple(settled)


@dataclass(slots=True)
class Names:
    """Bookmarks by paragraph: names whose range covers it or starts in it, and names of zero length in it."""

    covering: list[tuple[str, ...]]
    places: dict[int, tuple[str, ...]]
    diagnostics: list[Diagnostic]


def names_by_paragraph(bookmarks: Sequence[Bookmark], paragraphs: int) -> Names:
    """Spread bookmarks over `paragraphs` paragraphs, in one sweep."""
    starting: dict[int, list[Bookmark]] = {}
    standing: dict[int, list[str]] = {}
    for item in bookmarks:
        if item.end == item.start:
            standing.setdefault(item.start.paragraph, []).append(item.name)
        else:
            starting.setdefault(item.start.paragraph, []).append(item)
    places = {index: tuple(found) for index, found in standing.items()}
    covering: list[tuple[str, ...]] = []
    active: list[Bookmark] = []
    names: tuple[str, ...] = ()
    cut = False
    for index in range(paragraphs):
        stay = [item for item in active if _reaches(item, index)] if active else active
        new = starting.get(index, [])
        if len(stay) + len(new) > MOST_BOOKMARKS:
            cut, stay = True, stay[: max(MOST_BOOKMARKS - len(new), 0)]
        if new or len(stay) != len(active):
            active = stay + new
            names = tuple(dict.fromkeys(item.name for item in active))
        covering.append(names)
    message = f"more than {MOST_BOOKMARKS} bookmarks cover one paragraph; some are left out of its list"
    return Names(covering, places, [warning("word-many-bookmarks", message)] if cut else [])


def _reaches(item: Bookmark, index: int) -> bool:
    """True if a bookmark that started before this paragraph still covers some of it."""
    if item.end is None:
        return False
    return item.end.paragraph > index or (item.end.paragraph == index and item.end.offset > 0)
