"""The text before the review, and the text with every change accepted, each character traced to the reading.

Rejecting everything keeps what was not inserted; accepting everything keeps what was not deleted. Where a paragraph
mark goes, the paragraph joins the next one (ECMA-376 Part 1, 17.13.5.15 and 17.13.5.20), and the joined paragraph has
the properties of the mark that is left, which is the last one. LibreOffice keeps those of the first instead. Marks
join only inside one cell or story. A paragraph whose mark goes with nothing to join stays if it has text left or is
the last of its cell or story, and goes otherwise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from livingmanual.model.returned import Cell, Look, Paragraph, Piece, Point, Properties

Numbers = tuple[int, ...]
_DEEPEST_STORIES = 4
"""Stories inside stories: a text box in a note in a text box; deeper ones keep their own marks only."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a view's paragraph that is one piece of the reading."""

    start: int
    """Offset of its first character in the view's paragraph."""
    origin: Point
    """Where that character is in the reading."""
    piece: Piece
    look: Look
    """The look in this view: before a change of format in the rejected one, after it in the accepted one."""


@dataclass(frozen=True, slots=True)
class ViewParagraph:
    """A paragraph as one view shows it."""

    text: str
    slices: tuple[Slice, ...]
    story: str
    cells: tuple[Cell, ...]
    properties: Properties
    """Of the paragraph whose mark is left, in this view."""
    paragraphs: Numbers
    """Indices of the paragraphs of the reading that it is made of; the last one gave its mark."""

    def origin(self, offset: int) -> Point | None:
        """Where the character at this offset is in the reading; None past the last one."""
        if not 0 <= offset < len(self.text):
            return None
        piece = self.slices[bisect_right(self.slices, offset, key=lambda item: item.start) - 1]
        return Point(piece.origin.paragraph, piece.origin.offset + offset - piece.start)

    def place(self, point: Point) -> int:
        """The offset in this view of a point of the reading; where its text is gone, the offset where it was."""
        after = 0
        for item in self.slices:
            if item.origin.paragraph > point.paragraph:
                break
            if item.origin.paragraph < point.paragraph or item.origin.offset + len(item.piece.text) <= point.offset:
                after = item.start + len(item.piece.text)
            elif item.origin.offset <= point.offset:
                return item.start + point.offset - item.origin.offset
        return after


@dataclass(frozen=True, slots=True)
class View:
    """One view of a whole reading."""

    paragraphs: tuple[ViewParagraph, ...]
    _by_index: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    """Index of a paragraph of the reading -> place of the view's paragraph that holds it."""

    def find(self, point: Point) -> tuple[int, int] | None:
        """(place of the paragraph in this view, offset in it) of a point of the reading; None if it is not shown."""
        place = self._by_index.get(point.paragraph)
        return None if place is None else (place, self.paragraphs[place].place(point))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What one view leaves out."""

    piece_goes: Callable[[Piece], Numbers]
    mark_goes: Callable[[Paragraph], Numbers]
    cell_goes: Callable[[Cell], Numbers]
    look: Callable[[Piece], Look]
    properties: Callable[[Paragraph], Properties]


_REJECTED = _Rule(
    piece_goes=lambda piece: piece.inserted,
    mark_goes=lambda paragraph: paragraph.mark_inserted,
    cell_goes=lambda cell: cell.row_inserted or cell.inserted,
    look=lambda piece: piece.look if piece.was is None else piece.was,
    properties=lambda paragraph: paragraph.properties if paragraph.was is None else paragraph.was,
)
_ACCEPTED = _Rule(
    piece_goes=lambda piece: piece.deleted,
    mark_goes=lambda paragraph: paragraph.mark_deleted,
    cell_goes=lambda cell: cell.row_deleted or cell.deleted,
    look=lambda piece: piece.look,
    properties=lambda paragraph: paragraph.properties,
)


def rejected(paragraphs: Iterable[Paragraph]) -> View:
    """The text as it was before the review."""
    return _view(paragraphs, _REJECTED)


def accepted(paragraphs: Iterable[Paragraph]) -> View:
    """The text as it is with every change accepted."""
    return _view(paragraphs, _ACCEPTED)


def _view(paragraphs: Iterable[Paragraph], rule: _Rule) -> View:
    everything = tuple(paragraphs)
    gone = _stories_that_go(everything, rule)
    shown: list[ViewParagraph] = []
    here = (item for item in everything if item.story not in gone and not _in_gone_cell(item, rule))
    for group, lone in _containers(here):
        shown.extend(_joined(group, rule, lone))
    # Containers come one after the other; readers want the order of the file.
    shown.sort(key=lambda item: item.paragraphs[0])
    return View(tuple(shown), {index: place for place, item in enumerate(shown) for index in item.paragraphs})


def _stories_that_go(paragraphs: Sequence[Paragraph], rule: _Rule) -> set[str]:
    """Notes and text boxes to which nothing refers any more in this view, and those inside them.

    Word leaves the last paragraph mark of an inserted note unmarked, so its own marks do not say that it goes.
    """
    gone: set[str] = set()
    for _ in range(_DEEPEST_STORIES):
        stays: set[str] = set()
        refers: set[str] = set()
        for paragraph in paragraphs:
            dropped = paragraph.story in gone or _in_gone_cell(paragraph, rule)
            for piece in paragraph.pieces:
                if piece.thing is not None:
                    targets = {piece.thing.target, *piece.thing.stories}
                    refers |= targets
                    stays |= set() if dropped or rule.piece_goes(piece) else targets
        if refers - stays == gone:
            break
        gone = refers - stays
    return gone


def _in_gone_cell(paragraph: Paragraph, rule: _Rule) -> bool:
    return any(rule.cell_goes(cell) for cell in paragraph.cells)


def _containers(paragraphs: Iterable[Paragraph]) -> list[tuple[list[Paragraph], bool]]:
    """Stretches of paragraphs that could join: one after the other in one cell or story, no table between them.

    With each comes whether it is all that its cell or story holds.
    """
    groups: list[tuple[tuple[object, ...], list[Paragraph]]] = []
    holds: Counter[tuple[object, ...]] = Counter()
    with_table: set[tuple[object, ...]] = set()
    last: dict[tuple[object, ...], list[Paragraph]] = {}
    for paragraph in paragraphs:
        key: tuple[object, ...] = (paragraph.story,)
        for cell in paragraph.cells:
            # What stands around this table cannot join across it.
            last.pop(key, None)
            with_table.add(key)
            key = (*key, (cell.table, cell.row, cell.column))
        group = last.get(key)
        if group is None:
            group = last[key] = []
            groups.append((key, group))
            holds[key] += 1
        group.append(paragraph)
    return [(group, holds[key] == 1 and key not in with_table) for key, group in groups]


def _joined(group: Sequence[Paragraph], rule: _Rule, lone: bool) -> list[ViewParagraph]:
    """The paragraphs of one stretch, joined where marks go. A cell or story never loses its last paragraph."""
    shown: list[ViewParagraph] = []
    waiting: list[Paragraph] = []
    for paragraph in group:
        waiting.append(paragraph)
        if not rule.mark_goes(paragraph):
            shown.append(_paragraph(waiting, rule))
            waiting = []
    if waiting:
        rest = _paragraph(waiting, rule)
        if rest.text or (lone and not shown):
            shown.append(rest)
    return shown


def _paragraph(parts: Sequence[Paragraph], rule: _Rule) -> ViewParagraph:
    slices: list[Slice] = []
    length = 0
    for paragraph in parts:
        for offset, piece in paragraph.places_of_pieces():
            if not rule.piece_goes(piece):
                slices.append(Slice(length, Point(paragraph.index, offset), piece, rule.look(piece)))
                length += len(piece.text)
    text = "".join(item.piece.text for item in slices)
    last = parts[-1]
    indices = tuple(paragraph.index for paragraph in parts)
    return ViewParagraph(text, tuple(slices), last.story, last.cells, rule.properties(last), indices)
