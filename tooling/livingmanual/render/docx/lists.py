"""The marks of bulleted and numbered lists, and how far they stand in."""

from __future__ import annotations

from livingmanual.render.docx import ooxml, order, styles
from livingmanual.render.docx.package import Package

NUMBERING = "word/numbering.xml"
BULLETS = "•–•–•–•–•"
"""The mark of each level; pandoc's second one is a letter o in Courier."""

STEP, HANG = 397, 340
"""How far each level stands in beyond the one before, and its mark before its text, in twips."""

LEVEL = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"


def dress(package: Package) -> None:
    """Give every level of every list our marks and indents."""
    if NUMBERING not in package.parts:
        return
    root = package.root(NUMBERING)
    for level in root.iter(ooxml.q("w:lvl")):
        number = int(ooxml.value(level, "w:ilvl") or "0")
        left = HANG + STEP * number + 113
        place = f'<w:pPr><w:ind w:left="{left}" w:hanging="{HANG}"/></w:pPr>'
        order.insert(level, ooxml.fragment(place), LEVEL)
        if ooxml.value(level.find(ooxml.q("w:numFmt"))) == "bullet" and _mark(level).strip():
            order.insert(level, ooxml.fragment(f'<w:lvlText w:val="{BULLETS[number]}"/>'), LEVEL)
            look = f'<w:rPr>{styles.SANS}<w:color w:val="{styles.TEAL}"/></w:rPr>'
            order.insert(level, ooxml.fragment(look), LEVEL)
    package.put(NUMBERING, root)


def _mark(level: ooxml.Element) -> str:
    return ooxml.value(level.find(ooxml.q("w:lvlText")))
