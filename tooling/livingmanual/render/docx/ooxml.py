"""The names of Word's XML, and the few shapes that we write into it ourselves.

Pandoc passes raw OpenXML through unchanged; so what it has no word for (bookmarks, fields, the title page) is written
here as text, and read again with everything else when the file is finished.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
"""Prefix -> namespace (ECMA-376, transitional; `asvg`: [MS-ODRAWXML] section 2.3)."""

Element = etree._Element


def q(name: str) -> str:
    """`w:p` as lxml writes it, `{namespace}p`."""
    prefix, local = name.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


def names(prefix: str, uri: str, **more: str) -> dict[Any, str]:
    """A namespace map for lxml, which wants None, not the empty prefix, for the default namespace."""
    return {prefix or None: uri, **more}


def parse(data: bytes) -> Element:
    """A part's root; no entity is resolved and nothing is fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False))


def serialise(root: Element) -> bytes:
    """A part's bytes, with the declaration that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def fragment(text: str) -> Element:
    """One element of WordprocessingML out of its text."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return etree.fromstring(f"<x {spaces}>{text}</x>")[0]


def value(element: Element | None, name: str = "w:val") -> str:
    """An attribute of an element that may not be there; empty if either is missing."""
    return "" if element is None else element.get(q(name), "")


def bookmark(number: int, name: str, inside: str) -> str:
    """`inside` between the two ends of a bookmark; Word wants the numbers to differ within a file."""
    return bookmark_start(number, name) + inside + bookmark_end(number)


def bookmark_start(number: int, name: str) -> str:
    """Where a bookmark begins."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'


def bookmark_end(number: int) -> str:
    """Where it ends."""
    return f'<w:bookmarkEnd w:id="{number}"/>'


def run(text: str, properties: str = "") -> str:
    """A run of text; tabs and line breaks become Word's own elements."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces: list[str] = []
    for line_number, line in enumerate(text.split("\n")):
        pieces.extend(["<w:br/>"] if line_number else [])
        for piece_number, piece in enumerate(line.split("\t")):
            pieces.extend(["<w:tab/>"] if piece_number else [])
            if piece:
                pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{rpr}{''.join(pieces)}</w:r>" if pieces else ""


def field(instruction: str, result: str = "", properties: str = "") -> str:
    """A field with the result that is shown until the program that opens the file works it out."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    shown = run(result, properties)

    def mark(kind: str) -> str:
        return f'<w:r>{rpr}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{rpr}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return mark("begin") + code + mark("separate") + shown + mark("end")


def paragraph(style: str, inside: Iterable[str] | str = (), properties: str = "") -> str:
    """A paragraph in the style with this id."""
    content = inside if isinstance(inside, str) else "".join(inside)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
