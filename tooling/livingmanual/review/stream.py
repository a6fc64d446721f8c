"""The returned text as the edition's paragraphs see it.

Every piece of a returned file is visible before the review (base), after it (final), both or neither. Here the
paragraphs of a story are put back together as they were before the review: where a paragraph mark was inserted, the
two paragraphs around it were one (ECMA-376 Part 1, 17.13.5.19). What was changed stays inside as segments and breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from livingmanual.model.returned import Cell, Look, Paragraph, Piece, Point, Properties, Thing

LAYOUT_FIELDS = re.compile(r"\s*(PAGEREF|PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
"""Fields whose results change with the layout and are nobody's text."""
LAYOUT_THINGS = frozenset({"page-break", "column-break"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one piece."""

    text: str
    base: bool
    """Visible when every change is rejected."""
    final: bool
    """Visible when every change is accepted."""
    marks: tuple[int, ...]
    """Numbers of the insertions and deletions it lies in."""
    at: Point
    """Its first character in the returned file."""
    look: Look
    was: Look | None = None
    format_mark: int | None = None
    thing: Thing | None = None

    @property
    def kept(self) -> bool:
        """Visible before and after."""
        return self.base and self.final


@dataclass(frozen=True, slots=True)
class Break:
    """A paragraph mark."""

    base: bool
    final: bool
    marks: tuple[int, ...]
    at: Point
    """The end of the paragraph's text in the returned file."""
    properties: Properties
    was: Properties | None
    property_marks: tuple[int, ...]

    @property
    def kept(self) -> bool:
        """There before and after."""
        return self.base and self.final


Item = Segment | Break


@dataclass(frozen=True, slots=True)
class BaseParagraph:
    """One paragraph as it was before the review, with everything that happened inside it."""

    story: str
    items: tuple[Item, ...]
    """Segments and inserted breaks in order; the last item is the paragraph's own break."""
    names: tuple[str, ...]
    """Bookmarks that start in it or cover it."""
    cells: tuple[Cell, ...]
    indexes: tuple[int, ...]
    """Indexes of the returned paragraphs that it consists of."""

    @property
    def text(self) -> str:
        """Its text before the review."""
        return "".join(item.text for item in self.items if isinstance(item, Segment) and item.base)

    @property
    def final_text(self) -> str:
        """Its text after the review, inserted breaks as line ends."""
        return "".join(item.text if isinstance(item, Segment) else "\n" for item in self.items[:-1] if item.final)

    @property
    def end(self) -> Break:
        """Its own paragraph mark."""
        last = self.items[-1]
        assert isinstance(last, Break)
        return last

    @property
    def wholly_new(self) -> bool:
        """Nothing of it was there before, its mark included."""
        return not any(item.base for item in self.items)


def base_paragraphs(paragraphs: Iterable[Paragraph]) -> list[BaseParagraph]:
    """The paragraphs of one story before the review; what is wholly new comes as a paragraph of its own at the end
    of a cell or story only if no paragraph follows that it could belong to.
    """
    out: list[BaseParagraph] = []
    pending: list[tuple[Paragraph, list[Item]]] = []
    for paragraph in paragraphs:
        if pending and _place(pending[-1][0]) != _place(paragraph):
            out.append(_joined(pending))
            pending = []
        items = _items(paragraph)
        pending.append((paragraph, items))
        if items[-1].base:
            out.append(_joined(pending))
            pending = []
    if pending:
        out.append(_joined(pending))
    return out


def _place(paragraph: Paragraph) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    return paragraph.story, tuple((cell.table, cell.row, cell.column) for cell in paragraph.cells)


def _joined(pending: list[tuple[Paragraph, list[Item]]]) -> BaseParagraph:
    names = dict.fromkeys(name for paragraph, _ in pending for name in paragraph.bookmarks)
    first = pending[0][0]
    items = tuple(item for _, found in pending for item in found)
    return BaseParagraph(first.story, items, tuple(names), first.cells, tuple(p.index for p, _ in pending))


def _items(paragraph: Paragraph) -> list[Item]:
    added = tuple(n for cell in paragraph.cells for n in (*cell.row_inserted, *cell.inserted))
    taken = tuple(n for cell in paragraph.cells for n in (*cell.row_deleted, *cell.deleted))
    out: list[Item] = []
    for offset, piece in paragraph.places_of_pieces():
        out.append(_segment(piece, Point(paragraph.index, offset), added, taken))
    inserted, deleted = (*added, *paragraph.mark_inserted), (*taken, *paragraph.mark_deleted)
    out.append(
        Break(
            not inserted,
            not deleted,
            (*inserted, *deleted),
            Point(paragraph.index, len(paragraph.text)),
            paragraph.properties,
            paragraph.was,
            paragraph.property_marks,
        )
    )
    return out


def _segment(piece: Piece, at: Point, added: tuple[int, ...], taken: tuple[int, ...]) -> Segment:
    inserted, deleted = (*added, *piece.inserted), (*taken, *piece.deleted)
    layout = bool(piece.field and LAYOUT_FIELDS.match(piece.field))
    layout = layout or bool(piece.thing and piece.thing.kind in LAYOUT_THINGS)
    visible = not layout
    return Segment(
        piece.text,
        visible and not inserted,
        visible and not deleted,
        (*inserted, *deleted),
        at,
        piece.look,
        piece.was,
        piece.format_mark,
        piece.thing,
    )
