"""The walk over the parts of a Word file: what is true at the place we stand, and what was read so far.

A handler per element (`livingmanual.review.word.handlers`) tells the walk what it met; an element without a handler
is looked into, so text and changes inside unknown wrappers are not lost. The walk keeps the surroundings (story,
insertions and deletions around, link, field, table cell) and cuts the text into pieces of one state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from livingmanual.model.diagnostic import Diagnostic, warning
from livingmanual.model.returned import PLAIN, Cell, Look, Paragraph, Piece, Point, Thing
from livingmanual.model.run import OBJECT
from livingmanual.review.word.fields import Fields
from livingmanual.review.word.marks import MarkBook
from livingmanual.review.word.names import PARA_ID
from livingmanual.review.word.package import Relationship
from livingmanual.review.word.ranges import Names, Ranges
from livingmanual.review.word.styles import NOTHING, Given, Styles
from livingmanual.review.word.xml import Element

State = tuple[tuple[int, ...], tuple[int, ...], Look, Look | None, int | None, str | None]
"""Inserted, deleted, look, was, format mark, field: what a piece has in common."""

Numbers = tuple[int, ...]


@dataclass(slots=True)
class Draft:
    """A paragraph while it is being read."""

    index: int
    story: str
    element: Element | None
    cells: tuple[Cell, ...]
    containers: tuple[str, ...]
    mark_inserted: Numbers
    mark_deleted: Numbers
    offset: int = 0
    given: Given = NOTHING
    was: Given | None = None
    property_marks: Numbers = ()
    section_break: str | None = None
    at_end: list[int] = field(default_factory=list)
    """Marks that stand at its end: those of its paragraph mark."""
    pieces: list[Piece] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    state: State | None = None

    def add(self, text: str, state: State) -> None:
        """Add characters in one state."""
        if state != self.state:
            self.flush()
            self.state = state
        self.waiting.append(text)
        self.offset += len(text)

    def add_thing(self, thing: Thing, state: State) -> None:
        """Add one character that stands for a thing."""
        self.flush()
        inserted, deleted, look, was, mark, instruction = state
        self.pieces.append(Piece(OBJECT, inserted, deleted, look, was, mark, thing, instruction))
        self.offset += 1

    def flush(self) -> None:
        """Make a piece of the characters that wait."""
        if self.waiting and self.state is not None:
            inserted, deleted, look, was, mark, instruction = self.state
            text = "".join(self.waiting)
            self.pieces.append(Piece(text, inserted, deleted, look, was, mark, None, instruction))
        self.waiting = []
        self.state = None


@dataclass(slots=True)
class Table:
    """The table whose rows come now."""

    number: int
    outer: tuple[Cell, ...]
    row: int = -1
    column: int = 0
    marks: Numbers = ()
    row_inserted: Numbers = ()
    row_deleted: Numbers = ()
    row_marks: Numbers = ()


@dataclass(slots=True)
class Box:
    """A text box that waits to be read as a story of its own, with what surrounded its picture."""

    content: Element
    story: str
    inserted: Numbers
    deleted: Numbers


@dataclass(slots=True)
class Walk:
    """One walk over all parts of a file."""

    styles: Styles
    handlers: Mapping[str, Callable[[Walk, Element], None]]
    book: MarkBook = field(default_factory=MarkBook)
    ranges: Ranges = field(default_factory=Ranges)
    drafts: list[Draft] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    tables: int = 0
    boxes: int = 0
    noted: set[str] = field(default_factory=set)

    part: str = ""
    relationships: dict[str, Relationship] = field(default_factory=dict)
    broken_fields: set[Element] = field(default_factory=set)
    queue: list[Box] = field(default_factory=list)
    wrappings: dict[str, int] = field(default_factory=dict)
    """Open changes of content controls and custom XML: name and id -> mark."""

    story: str = ""
    draft: Draft | None = None
    last_end: Point | None = None
    """End of the last finished paragraph of this story."""
    inserted: Numbers = ()
    deleted: Numbers = ()
    link: str | None = None
    rtl: bool | None = None
    fields: Fields = field(default_factory=Fields)
    cells: tuple[Cell, ...] = ()
    containers: tuple[str, ...] = ()
    table: Table | None = None
    run_properties: Element | None = None
    look: Look = PLAIN
    was: Look | None = None
    format_mark: int | None = None
    sink: list[tuple[str, Numbers, Numbers]] | None = None
    """Where text goes instead of the paragraph: inside equations and rubies."""

    def children(self, elements: Iterable[Element]) -> None:
        """Hand each child of an element, or each of some elements, to its handler; look into those that have none."""
        handlers = self.handlers
        for child in elements:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif len(child):
                self.children(child)

    def note(self, code: str, message: str, hint: str = "") -> None:
        """Say something once a part."""
        if f"{self.part} {code}" not in self.noted:
            self.noted.add(f"{self.part} {code}")
            self.diagnostics.append(warning(code, message, hint=hint))

    # -- places ------------------------------------------------------------------------------------------------

    def here(self) -> Point:
        """The point where something begins now."""
        if self.draft is not None:
            return Point(self.draft.index, self.draft.offset)
        return self.ranges.forward()

    def here_end(self) -> Point:
        """The point where something ends now: between paragraphs the end of the last one."""
        if self.draft is not None:
            return Point(self.draft.index, self.draft.offset)
        return self.last_end if self.last_end is not None else self.ranges.forward()

    # -- marks -------------------------------------------------------------------------------------------------

    def open_mark(self, element: Element, kind: str) -> int:
        """Enter a change element that begins here; gives its number."""
        number = self.book.enter(element, kind, self.part)
        self.book.marks[number].start = self.here()
        return number

    def close_mark(self, number: int) -> None:
        """It ends here."""
        self.book.marks[number].end = self.here_end()

    def place(self, numbers: Numbers, start: Point | None, end: Point | None) -> None:
        """Say where marks stand that were entered without a place."""
        for number in numbers:
            self.book.marks[number].start, self.book.marks[number].end = start, end

    # -- stories and paragraphs --------------------------------------------------------------------------------

    def begin_story(self, story: str, inserted: Numbers = (), deleted: Numbers = ()) -> None:
        """Start a story with clean surroundings."""
        self.story, self.inserted, self.deleted = story, inserted, deleted
        self.draft, self.last_end, self.link, self.rtl = None, None, None, None
        self.fields, self.cells, self.containers, self.table = Fields(), (), (), None

    def end_story(self) -> None:
        """Close what the story left open."""
        if self.draft is not None:
            self.end_paragraph()
        self.ranges.arrive(self.last_end)

    def read_story(self, blocks: Iterable[Element], story: str, inserted: Numbers = (), deleted: Numbers = ()) -> None:
        """Read a whole story: its blocks, or the element that holds them."""
        self.begin_story(story, inserted, deleted)
        self.children(blocks)
        self.end_story()

    def begin_paragraph(self, element: Element | None) -> Draft:
        """A paragraph begins; None for text that stands in none."""
        draft = Draft(len(self.drafts), self.story, element, self.cells, self.containers, self.inserted, self.deleted)
        self.drafts.append(draft)
        self.ranges.arrive(Point(draft.index, 0))
        self.draft = draft
        return draft

    def end_paragraph(self) -> None:
        """The paragraph ends."""
        draft = self.draft
        if draft is None:
            return
        draft.flush()
        self.last_end = Point(draft.index, draft.offset)
        self.place(tuple(draft.at_end), self.last_end, self.last_end)
        for number in draft.at_end:
            mark = self.book.marks[number]
            if mark.move is None and mark.kind.endswith("/w:moveFrom"):
                mark.move = self.ranges.last_from
            elif mark.move is None and mark.kind.endswith("/w:moveTo"):
                mark.move = self.ranges.last_to
        self.place(draft.property_marks, Point(draft.index, 0), self.last_end)
        self.draft = None

    # -- text --------------------------------------------------------------------------------------------------

    def state(self) -> State:
        """The state of text that comes now."""
        return self.inserted, self.deleted, self.look, self.was, self.format_mark, self.fields.instruction

    def text(self, text: str) -> None:
        """Characters of the text."""
        if self.fields.stack:
            if self.fields.in_code:
                self.fields.add_code(text, bool(self.deleted))
                return
            self.fields.seen()
        if self.sink is not None:
            self.sink.append((text, self.inserted, self.deleted))
            return
        self._paragraph().add(
            text, (self.inserted, self.deleted, self.look, self.was, self.format_mark, self.fields.instruction)
        )

    def thing(self, thing: Thing) -> None:
        """One thing that is not text."""
        if self.fields.in_code:
            return
        self.fields.seen()
        if self.sink is not None:
            self.sink.append((OBJECT, self.inserted, self.deleted))
            return
        self._paragraph().add_thing(thing, self.state())

    def _paragraph(self) -> Draft:
        if self.draft is not None:
            return self.draft
        self.note(
            "word-loose-text", f'text stands outside any paragraph in "{self.part}"; it is read as one of its own'
        )
        return self.begin_paragraph(None)

    def refresh_look(self) -> None:
        """Work the look out again after a field changed the link around this run."""
        self.look = self.styles.looks.of(self.run_properties, self.link or self.fields.link, self.rtl)


def finished(draft: Draft, styles: Styles, names: Names) -> Paragraph:
    """The frozen paragraph."""
    return Paragraph(
        index=draft.index,
        story=draft.story,
        pieces=tuple(draft.pieces),
        properties=styles.properties(draft.given),
        was=None if draft.was is None else styles.properties(draft.was),
        cells=draft.cells,
        bookmarks=names.covering[draft.index],
        places=names.places.get(draft.index, ()),
        mark_inserted=draft.mark_inserted,
        mark_deleted=draft.mark_deleted,
        property_marks=(*draft.property_marks, *_others(draft)),
        para_id=None if draft.element is None else draft.element.get(PARA_ID),
        section_break=draft.section_break,
        containers=draft.containers,
    )


def _others(draft: Draft) -> Numbers:
    """Marks at the paragraph's end that neither insert nor delete it."""
    known = {*draft.mark_inserted, *draft.mark_deleted}
    return tuple(number for number in draft.at_end if number not in known)
