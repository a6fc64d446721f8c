"""Read the paragraphs out of a flat OpenDocument file, which is how LibreOffice shows what it sees.

LibreOffice writes the whole document as one XML file, with lists, notes and tables in place; that is far quicker than
asking for every paragraph. Clauses are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, DRAW, OFFICE, STYLE = (f"{NAMES}{name}:1.0}}" for name in ("text", "table", "drawing", "office", "style"))
SILENT = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{TEXT}sequence-decls"}
"""Elements whose content is not the document's text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph."""

    part: str
    """`body`, `footnote`, `endnote`, `header`, `footer` or `text box`."""
    text: str
    """Its characters; U+FFFC for a note reference, picture, object, equation."""
    style: str = ""
    """Name of its style, automatic styles resolved, spaces as `_20_`."""
    level: int | None = None
    """List level from 0."""
    in_table: bool = False


def blocks(data: bytes) -> list[Block]:
    """Every paragraph: body with its tables, footnotes, endnotes, headers, footers, text boxes."""
    root = ET.fromstring(data)
    reader = _Reader(_parents(root))
    found = [b for body in root.iter(f"{OFFICE}text") for b in reader.flow(body, "body")]
    for kind in ("footnote", "endnote"):
        for note in reader.notes[kind]:
            found += reader.flow(note, kind)
    for kind in ("header", "footer"):
        for margin in (m for page in root.iter(f"{STYLE}master-page") for m in page):
            if margin.tag.removeprefix(STYLE).startswith(kind):
                found += reader.flow(margin, kind)
    while reader.boxes:
        found += reader.flow(reader.boxes.pop(0), "text box")
    return found


def _parents(root: Element) -> dict[str, str]:
    """Automatic style names to the names of the styles people see (16.2)."""
    automatic = (style for part in root.iter(f"{OFFICE}automatic-styles") for style in part.iter(f"{STYLE}style"))
    return {s.get(f"{STYLE}name", ""): s.get(f"{STYLE}parent-style-name", "") for s in automatic}


class _Reader:
    def __init__(self, parents: dict[str, str]) -> None:
        self.parents = parents
        self.notes: dict[str, list[Element]] = {"footnote": [], "endnote": []}
        self.boxes: list[Element] = []

    def flow(self, container: Element, part: str, level: int | None = None, in_table: bool = False) -> Iterator[Block]:
        """Paragraphs below an element, in order (5.1)."""
        for child in container:
            if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                name = child.get(f"{TEXT}style-name", "")
                text = self.text(child)
                yield Block(part, text, self.parents.get(name, name), level, in_table)
            elif child.tag == f"{TEXT}list":
                yield from self.flow(child, part, 0 if level is None else level + 1, in_table)
            elif child.tag == f"{TABLE}table":
                yield from self.flow(child, part, None, True)
            elif child.tag == f"{DRAW}frame":
                self.boxes += child.iter(f"{DRAW}text-box")
            elif child.tag not in SILENT:
                yield from self.flow(child, part, level, in_table)

    def text(self, element: Element) -> str:
        """Characters of a paragraph (6.1): white space is coded, notes and frames stand for one character."""
        pieces = [element.text or ""]
        for child in element:
            pieces += [self.inline(child), child.tail or ""]
        return "".join(pieces)

    def inline(self, child: Element) -> str:
        if child.tag == f"{TEXT}s":
            return " " * int(child.get(f"{TEXT}c", "1"))
        if child.tag == f"{TEXT}tab":
            return "\t"
        if child.tag == f"{TEXT}line-break":
            return "\n"
        if child.tag == f"{TEXT}note":
            kind = child.get(f"{TEXT}note-class", "footnote")
            self.notes[kind] += child.iter(f"{TEXT}note-body")
            return OBJECT
        if child.tag.startswith(DRAW):
            self.boxes += [box for box in child.iter(f"{DRAW}text-box") if len(box)]
            return OBJECT
        return "" if child.tag in SILENT else self.text(child)
