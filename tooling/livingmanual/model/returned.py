"""A Word file that came back from a reviewer, completely read.

A returned file is a list of paragraphs. Each paragraph is a list of pieces of text, and each piece knows which
tracked insertions and deletions it lies in, so the text before, after and during the review can all be computed
from one reading. Everything a reviewer can do is a change mark or a comment, each with a number of its own: the
ledger (`livingmanual.model.ledger`) checks that none is missing.

Offsets count characters of a paragraph's whole text, inserted and deleted characters included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from livingmanual.model.edition import Stamp


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place between two characters: paragraph index, and offset into that paragraph's whole text."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """One change element of the file (ECMA-376 Part 1, section 17.13.5)."""

    number: int
    """Unique in the reading, from 0, in the order of reading."""
    kind: str
    """As in the ledger: `w:ins`, `w:rPr/w:del`, `w:trPr/w:ins`, `w:rPrChange`…; see `livingmanual.review.count`."""
    author: str | None
    """As in the file; None if it names none. Never invented."""
    initials: str | None
    date: str | None
    """`w:date` raw. Word writes local time and marks it `Z`: do not trust the zone."""
    date_utc: str | None
    """`w16du:dateUtc` raw, where Word wrote it."""
    part: str
    """Name of the package part, e.g. `word/document.xml`."""
    element_id: str | None
    """`w:id`, not unique in practice."""
    start: Point | None = None
    """Where it begins; None in parts without text (styles, numbering)."""
    end: Point | None = None
    move: str | None = None
    """For moves: name of the move range (`w:moveFromRangeStart/@w:name`), which joins the two halves."""
    before: tuple[tuple[str, str], ...] = ()
    """For changes of properties: (property, value) pairs that were, of those that differ."""
    after: tuple[tuple[str, str], ...] = ()
    """For changes of properties: (property, value) pairs that are, of those that differ."""

    @property
    def element(self) -> str:
        """The element's own name without its place, e.g. `w:ins` for `w:trPr/w:ins`."""
        return self.kind.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look, direct formatting and character style together; the paragraph's style does not count."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    underline: bool = False
    """Underline that is not merely a link's."""
    vertical: str | None = None
    """`super`, `sub` or None."""
    small_caps: bool = False
    code: bool = False
    """The character style is one for code (`Verbatim Char`, `HTML Code`…)."""
    hidden: bool = False
    highlight: str | None = None
    """Colour of the marker pen, e.g. `yellow`; reviewers use it to point at things."""
    link: str | None = None
    """Target address, or `#anchor` for a place in the file."""
    rtl: bool = False
    lang: str | None = None
    """Language tag where the run has one of its own."""
    style: str | None = None
    """Name (not id) of the character style."""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Thing:
    """What one U+FFFC stands for."""

    kind: str
    """`footnote`, `endnote`, `picture`, `drawing`, `textbox`, `chart`, `diagram`, `equation`, `object`, `control`,
    `checkbox`, `dropdown`, `field`, `page-break`, `column-break`, `symbol`, `ruby`, `ink`, `generated`."""
    target: str = ""
    """Story of a note (`footnote:3`), part or address of a picture, instruction of a field, font of a symbol."""
    alt: str = ""
    """Alternative text or title."""
    text: str = ""
    """Text inside when every change is accepted: an equation's characters, a ruby's guide, a list's choice."""
    was: str | None = None
    """The same when every change is rejected, if it differs."""
    stories: tuple[str, ...] = ()
    """Text boxes inside."""
    marks: tuple[int, ...] = ()
    """Changes inside, by number; those in text boxes belong to their own stories."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A longest stretch of characters in one state."""

    text: str
    """Characters; U+FFFC is `thing`, a newline is a line break, U+2011 and U+00AD are Word's own two hyphens."""
    inserted: tuple[int, ...] = ()
    """Numbers of all insertions and move targets around it, outermost first."""
    deleted: tuple[int, ...] = ()
    """Numbers of all deletions and move sources around it, outermost first."""
    look: Look = PLAIN
    was: Look | None = None
    """The look before a tracked change of format."""
    format_mark: int | None = None
    """Number of that change."""
    thing: Thing | None = None
    """Given exactly if `text` is one U+FFFC."""
    field: str | None = None
    """Instruction of the innermost field, links apart, whose result this is, e.g. `REF _x \\h`."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Place in a numbered or bulleted list (ECMA-376 Part 1, section 17.9)."""

    num_id: str
    level: int
    """From 0."""
    ordered: bool | None
    """None if the numbering part does not define it."""
    format: str | None
    """`decimal`, `lowerLetter`, `bullet`…"""
    marker: str | None
    """Marker's pattern, e.g. `%1.` or a bullet."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph is, apart from its text; style inheritance resolved."""

    style: str | None = None
    """Name of the paragraph style: other programs rename its id, not its name."""
    style_id: str | None = None
    outline_level: int | None = None
    """1 to 9 for headings; None for body text."""
    list: ListPlace | None = None
    direction: str = "ltr"
    """`ltr` or `rtl`."""
    alignment: str | None = None
    """`w:jc` raw, e.g. `start`, `left`, `center`, `both`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a paragraph in one table."""

    table: int
    """Number of the table in the reading, from 0."""
    row: int
    """From 0, counted over all rows of the file, deleted and inserted ones included."""
    column: int
    """First grid column, from 0."""
    span: int = 1
    merged: str | None = None
    """Vertical merge: `restart`, `continue` or None."""
    row_inserted: tuple[int, ...] = ()
    row_deleted: tuple[int, ...] = ()
    inserted: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    """Other changes of this cell (`w:tcPr/w:cellMerge`, `w:tcPrChange`)."""
    row_marks: tuple[int, ...] = ()
    """Other changes of the row (`w:trPrChange`, `w:tblPrExChange`)."""
    table_marks: tuple[int, ...] = ()
    """Changes of the table itself (`w:tblPrChange`, `w:tblGridChange`)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any story of the file."""

    index: int
    """Its place in `Returned.paragraphs`."""
    story: str
    """`body`, `footnote:ID`, `endnote:ID`, `header:NAME`, `footer:NAME`, `textbox:N`, `comment:ID`, `separator:…`."""
    pieces: tuple[Piece, ...]
    properties: Properties = Properties()
    was: Properties | None = None
    """What it was before a tracked change of paragraph properties."""
    cells: tuple[Cell, ...] = ()
    """Around it, outermost first; empty outside tables."""
    bookmarks: tuple[str, ...] = ()
    """Names whose range covers the paragraph or starts in it, in the order they were opened."""
    places: tuple[str, ...] = ()
    """Names of bookmarks of zero length that stand in it."""
    mark_inserted: tuple[int, ...] = ()
    """Insertions and move targets of the paragraph mark, those around the whole paragraph included."""
    mark_deleted: tuple[int, ...] = ()
    """Deletions and move sources of the paragraph mark, likewise."""
    property_marks: tuple[int, ...] = ()
    """Changes of its properties, numbering, section, or of its mark's look."""
    para_id: str | None = None
    """`w14:paraId`. LibreOffice drops it, Google Docs renumbers it."""
    section_break: str | None = None
    """Type of the section that ends here (`nextPage`, `continuous`…), or None."""
    containers: tuple[str, ...] = ()
    """Block-level content controls and custom XML around it: `sdt:TAG`, `customXml:NAME`, outermost first."""

    @property
    def text(self) -> str:
        """All its characters, inserted and deleted ones included."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def style(self) -> str | None:
        """Name of its style."""
        return self.properties.style

    @property
    def row_marks(self) -> tuple[int, ...]:
        """Every change of the rows around it, by number."""
        return tuple(n for c in self.cells for n in (*c.row_inserted, *c.row_deleted, *c.row_marks))

    @property
    def cell_marks(self) -> tuple[int, ...]:
        """Every change of the cells around it, by number."""
        return tuple(n for c in self.cells for n in (*c.inserted, *c.deleted, *c.marks))

    def places_of_pieces(self) -> Iterator[tuple[int, Piece]]:
        """Each piece with the offset of its first character."""
        offset = 0
        for piece in self.pieces:
            yield offset, piece
            offset += len(piece.text)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, or a reply to one (ECMA-376 Part 1, section 17.13.4)."""

    number: int
    """Unique in the reading, from 0, in the order of the comments part; apart from the numbers of marks."""
    element_id: str | None
    author: str | None
    initials: str | None
    date: str | None
    date_utc: str | None
    text: str
    """Its paragraphs joined by newlines, tracked deletions inside it left out."""
    part: str
    story: str
    """Name of its story among `Returned.paragraphs`."""
    parent: int | None = None
    """Number of the comment it answers."""
    parent_by: str = ""
    """How the parent is known: `file`, `range` (Google Docs), `text` (LibreOffice), or empty."""
    resolved: bool = False
    start: Point | None = None
    end: Point | None = None
    """Half-open; start equals end for a comment on a point."""
    is_point: bool = False
    """It has no range, or one of zero length."""
    anchored: bool = False
    """False if nothing in the text refers to it; then start and end are None."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A named range."""

    name: str
    start: Point
    end: Point | None
    """None if the file never closes it."""


@dataclass(frozen=True, slots=True)
class ThreadFact:
    """One entry of the commentsExtended part ([MS-DOCX] 2.5.1.2), linked to comments or not."""

    para_id: str
    parent_para_id: str | None
    resolved: bool
    comment: int | None
    parent: int | None


@dataclass(frozen=True, slots=True)
class StampFound:
    """The edition stamp as one place of the file gives it."""

    place: str
    """`property`, `custom-xml`, `identifier` or `printed`."""
    value: str


@dataclass(frozen=True, slots=True)
class StampReading:
    """Every stamp that was found."""

    found: tuple[StampFound, ...] = ()
    stamp: Stamp | None = None
    """The stamp, if at least one place gives a readable one and none contradicts it."""
    agree: bool = True
    """False if two places give different values."""
    blocks: tuple[tuple[str, str], ...] = ()
    """(bookmark, fingerprint) pairs of the custom XML part."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says about itself. Names in it are people's: see promise 5 of the design before showing them."""

    generator: str = "unknown"
    """`word`, `libreoffice`, `google`, `other` or `unknown`."""
    application: str = ""
    """`Application` and `AppVersion` as written."""
    track_revisions: bool = False
    remove_personal_information: bool = False
    remove_date_and_time: bool = False
    protection: str | None = None
    """`w:documentProtection/@w:edit` if enforced: `trackedChanges`, `comments`, `readOnly`, `forms`."""
    strict: bool = False
    """The file is ISO/IEC 29500 Strict."""
    core: tuple[tuple[str, str], ...] = ()
    """Core properties: (`creator`, …), (`modified`, …)."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned file, completely read."""

    paragraphs: tuple[Paragraph, ...] = ()
    """Story by story: body, its text boxes, notes, headers, footers, comments."""
    marks: tuple[ChangeMark, ...] = ()
    """`marks[n].number == n`."""
    comments: tuple[Comment, ...] = ()
    """`comments[n].number == n`."""
    bookmarks: tuple[Bookmark, ...] = ()
    threads: tuple[ThreadFact, ...] = ()
    stamp: StampReading = StampReading()
    settings: Settings = Settings()
    parts: tuple[str, ...] = ()
    """Parts that were read for changes."""
    ignored: tuple[str, ...] = ()
    """Parts that can hold changes but are not part of the text (the glossary document)."""
    media: tuple[tuple[str, str], ...] = field(default=())
    """(part name, content type) of pictures and other embedded files, which are never opened here."""
