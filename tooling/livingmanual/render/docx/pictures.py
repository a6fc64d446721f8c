"""Pictures of the finished file: a PNG that every program shows, beside the SVG that Word draws sharply."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from livingmanual.render.docx import ooxml
from livingmanual.render.docx.package import OFFICE, Package

DOCUMENT = "word/document.xml"
EMU = 635
"""English metric units in a twip."""

WIDEST = 5334000
"""The width to which pandoc scales a picture that is wider, in EMU; the text is wider on our page."""


def dress(package: Package, body: ooxml.Element, names: frozenset[str], pngs: Mapping[str, bytes], width: int) -> None:
    """Finish every drawing: its numbers, its alternative text, its size, and the PNG beside an SVG.

    `names` are the targets that `plan` gave; `pngs` the rendered pictures by those names; `width` the text's, in twips.
    """
    for number, drawing in enumerate(body.iter(ooxml.q("w:drawing")), start=1):
        about = next(drawing.iter(ooxml.q("wp:docPr")))
        name = about.get("title", "")
        _describe(drawing, about, number)
        _widen(drawing, width * EMU)
        if name in names and name in pngs:
            _put_beside(package, drawing, name, pngs[name])


def _describe(drawing: ooxml.Element, about: ooxml.Element, number: int) -> None:
    """Take off the mark that told us which picture it is; the address pandoc left is no alternative text."""
    alt = about.get("descr", "")
    for element in (about, *drawing.iter(ooxml.q("pic:cNvPr"))):
        element.set("id", str(number))
        element.set("name", f"Picture {number}")
        element.set("descr", alt)
        element.attrib.pop("title", "")


def _widen(drawing: ooxml.Element, width: int) -> None:
    extents = [*drawing.iter(ooxml.q("wp:extent")), *(e for e in drawing.iter(ooxml.q("a:ext")) if e.get("cx"))]
    for extent in extents:
        if int(extent.get("cx", "0")) == WIDEST:
            extent.set("cy", str(round(int(extent.get("cy", "0")) * width / WIDEST)))
            extent.set("cx", str(width))


def _put_beside(package: Package, drawing: ooxml.Element, name: str, png: bytes) -> None:
    stem = posixpath.splitext(posixpath.basename(name))[0]
    part = f"word/media/picture{stem}.png"
    package.parts[part] = png
    package.declare(part, "image/png")
    number = package.relate(DOCUMENT, f"{OFFICE}/image", part)
    for blip in drawing.iter(ooxml.q("a:blip")):
        blip.set(ooxml.q("r:embed"), number)
