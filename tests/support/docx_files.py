"""Make the Word file of an edition from beginning to end, as the build does, and read it back in the plainest way.

The reader shares no code with the package: it is the second opinion on what a person in front of Word gets to read.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from livingmanual.adapters import pandoc, svg
from livingmanual.model.edition import Edition
from livingmanual.render import docx
from livingmanual.render.docx import reference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OBJECT = "\ufffc"
CHARACTERS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
OBJECTS = {"footnoteReference", "endnoteReference", "drawing", "pict", "object"}


def made(
    edition: Edition, root: Path, review: bool = False, tool: str = "0.0", base: bytes = b""
) -> tuple[bytes, docx.DocxPlan]:
    """The Word file of an edition whose pictures lie below `root`, and the plan it was made from.

    `base` is the reference document; without one it is built.
    """
    plan = docx.plan(edition, tool, review)
    media = {name: (root / path).read_bytes() for name, path in plan.media.items() if (root / path).exists()}
    pngs = {name: svg.svg_to_png(data) for name, data in media.items() if name.endswith(".svg")}
    written = pandoc.docx(json.dumps(plan.ast), base or reference.build(pandoc.default_reference()), media)
    return docx.finish(written, plan, pngs), plan


def raw(data: bytes, name: str) -> str:
    """The text of one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def part(data: bytes, name: str) -> etree._Element:
    """The root element of one part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def paragraphs(data: bytes) -> list[tuple[str, str, str]]:
    """(first bookmark, style, text) of every paragraph of the body, in the order of the file."""
    body = part(data, "word/document.xml")[0]
    return [(_bookmark(p), _style(p), "".join(_text(p))) for p in body.iter(f"{W}p")]


def notes(data: bytes) -> list[list[str]]:
    """The texts of the paragraphs of every footnote, in the order of their references."""
    root = part(data, "word/footnotes.xml")
    by_number = {note.get(f"{W}id"): note for note in root.iter(f"{W}footnote")}
    references = part(data, "word/document.xml").iter(f"{W}footnoteReference")
    return [["".join(_text(p)) for p in by_number[found.get(f"{W}id")].iter(f"{W}p")] for found in references]


def _bookmark(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}bookmarkStart")
    return "" if found is None else found.get(f"{W}name", "")


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _text(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{M}oMath", f"{M}oMathPara"):
            yield OBJECT
            continue
        local = etree.QName(child).localname
        if local == "t":
            yield child.text or ""
        elif local in CHARACTERS and child.getparent().tag == f"{W}r":
            yield CHARACTERS[local]
        elif local in OBJECTS:
            yield OBJECT
        elif local == "r" and child.find(f"{W}footnoteRef") is not None:
            continue
        elif local != "instrText":
            yield from _text(child)
