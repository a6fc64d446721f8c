"""Where an edit is to be done: a string in a paragraph, found as a reader would find it.

Text that is already marked as deleted is not found. A string that occurs more than once is refused unless the edit
says which (`nth`, from 0): a test that edits the wrong place proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found,unused-ignore]

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
SILENT = {"Redline", "Bookmark", "SoftPageBreak", "Annotation", "AnnotationEnd", "ReferenceMark", "DocumentIndexMark"}
"""Portions of a paragraph that hold no character."""

PARTS = {
    "SwXBodyText": "body",
    "SwXCell": "cell",
    "SwXFootnote": "note",
    "SwXHeadFootText": "margin",
    "SwXTextFrame": "box",
}


class NotFoundError(Exception):
    """The place is not there, or not the only one."""


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as UNO wants them."""
    return tuple(_property(name, value) for name, value in values.items())


def _property(name: str, value: Any) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


@dataclass
class Paragraph:
    """One paragraph of a document that is open."""

    content: Any
    """`com.sun.star.text.Paragraph`."""
    pieces: list[tuple[str, Any]]
    """Its live text, cut where anything but characters stands, with the range of each piece."""

    @property
    def text(self) -> str:
        """Its live text: without what is marked as deleted; U+FFFC for anything that is no character."""
        return "".join(text for text, _ in self.pieces)

    @property
    def part(self) -> str:
        """`body`, `cell`, `note`, `margin` or `box`."""
        name = str(self.content.Text.ImplementationName)
        return PARTS.get(name, name)

    def point(self, offset: int) -> Any:
        """A cursor before the character of this offset into the live text; belongs to what stands before it."""
        passed = 0
        for text, where in self.pieces:
            if offset <= passed + len(text) and (text != OBJECT or offset > passed):
                cursor = self.content.Text.createTextCursorByRange(where.Start)
                cursor.goRight(_units(text[: offset - passed]), False)
                return cursor
            passed += len(text)
        return self.content.Text.createTextCursorByRange(self.content.End)

    def span(self, start: int, end: int) -> Any:
        """A cursor over this half-open stretch of the live text."""
        for passed, text, where in self._with_offsets():
            if passed <= start < passed + len(text):
                cursor = self.content.Text.createTextCursorByRange(where.Start)
                cursor.goRight(_units(text[: start - passed]), False)
                cursor.gotoRange(self.point(end), True)
                return cursor
        raise NotFoundError(f"no text at {start}")

    def _with_offsets(self) -> Iterator[tuple[int, str, Any]]:
        passed = 0
        for text, where in self.pieces:
            yield passed, text, where
            passed += len(text)

    def place(self, offset: int = 0) -> dict[str, Any]:
        """What the tests are told about it."""
        return {"part": self.part, "paragraph": self.text, "offset": offset}


def _units(text: str) -> int:
    """Length as LibreOffice counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read(content: Any) -> Paragraph:
    """A paragraph with its live text."""
    pieces: list[tuple[str, Any]] = []
    deleted = 0
    portions = content.createEnumeration()
    while portions.hasMoreElements():
        portion = portions.nextElement()
        kind = portion.TextPortionType
        if kind == "Redline" and portion.RedlineType == "Delete":
            deleted = max(0, deleted + (1 if portion.IsStart else -1))
        elif deleted or kind in SILENT:
            continue
        elif kind == "Text":
            pieces.append((portion.String, portion))
        else:
            pieces.append((OBJECT, portion))
    return Paragraph(content, pieces)


def paragraph_at(where: Any) -> Paragraph:
    """The paragraph in which this range starts."""
    cursor = where.Text.createTextCursorByRange(where.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)  # what is enumerated reaches as far as the cursor
    return read(cursor.createEnumeration().nextElement())


def paragraphs_with(document: Any, needle: str) -> Iterator[Paragraph]:
    """Paragraphs of any part that hold the needle, deleted text included, each once, in LibreOffice's order."""
    search = document.createSearchDescriptor()
    search.SearchString = needle
    search.SearchCaseSensitive = True
    found = document.findAll(search)
    last = None
    for index in range(found.Count):
        paragraph = paragraph_at(found.getByIndex(index))
        if last is None or not _same(last, paragraph):
            yield paragraph
        last = paragraph


def _same(one: Paragraph, other: Paragraph) -> bool:
    try:
        return int(one.content.Text.compareRegionStarts(one.content.Start, other.content.Start)) == 0
    except Exception:  # UNO refuses to compare places of different texts
        return False


def find_paragraph(document: Any, edit: dict[str, Any], key: str = "begins") -> Paragraph:
    """The one paragraph that begins with these words."""
    words = edit[key]
    found = [p for p in paragraphs_with(document, _needle(words)) if p.text.startswith(words) and _wanted(p, edit)]
    return found[_which(found, edit, words)]


def find(document: Any, edit: dict[str, Any], key: str = "text") -> tuple[Paragraph, int, int]:
    """The one place of a string: paragraph, and half-open offsets into its live text."""
    text, begins = edit[key], edit.get("begins", "")
    found = [
        (paragraph, start)
        for paragraph in paragraphs_with(document, _needle(begins or text))
        if paragraph.text.startswith(begins) and _wanted(paragraph, edit)
        for start in _starts(paragraph.text, text)
    ]
    paragraph, start = found[_which(found, edit, text)]
    return paragraph, start, start + len(text)


def _needle(words: str) -> str:
    """The first stretch of the words that holds no object, short enough to be found whatever follows."""
    return re.split(f"[{OBJECT}\n\t]", words)[0][:60] or words


def _wanted(paragraph: Paragraph, edit: dict[str, Any]) -> bool:
    return "part" not in edit or edit["part"] == paragraph.part


def _starts(text: str, word: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


def _which(found: list[Any], edit: dict[str, Any], words: str) -> int:
    number = int(edit.get("nth", 0))
    if number >= len(found):
        raise NotFoundError(f'"{words}" was found {len(found)} times')
    if len(found) > 1 and "nth" not in edit:
        raise NotFoundError(f'"{words}" was found {len(found)} times: say which')
    return number
