"""Which way paragraphs and runs of the finished file run, and the line beside a marked passage.

Word has three switches and needs all of them: `w:bidi` turns a paragraph (its indents, list marks and tabs change
sides), `w:rtl` makes a run one of complex script, with the faces and sizes of `w:cs`, `w:szCs` and `w:bCs`, and
`w:bidiVisual` turns the columns of a table (ECMA-376 Part 1, 17.3.1.6, 17.3.2.30, 17.4.1). Word orders the letters of
a run with `w:rtl` among Arabic ones; so Latin words and groups of digits become runs of their own without it.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping, Sequence

from livingmanual.render.docx import ooxml, order, styles
from livingmanual.render.docx.paragraphs import bookmark_of, style_of, text_of
from livingmanual.render.marking import Mark
from livingmanual.text import bidi

FREE = ("BodyText", "FirstParagraph", "Bibliography", "BlockText", "FootnoteText", "FootnoteBlockText", "Equation")
"""Styles of paragraphs that begin at the left if all their letters are Latin; others stand in something turned."""
BOXED = ("Norm", "NotApplicable")
"""Beginnings of the styles that have a bar of their own beside the text."""
LINES = {"untranslated": "dashed", "stale": "dotted"}
"""What is said of a passage -> the line beside it (ECMA-376 Part 1, 17.18.2)."""


def turn(root: ooxml.Element, marks: Mapping[str, Mark] | None = None) -> None:
    """In an edition from right to left, set every paragraph and run from right to left, but what is Latin."""
    for paragraph in root.iter(ooxml.q("w:p")):
        if _own(paragraph, marks or {}) == "ltr":
            _set(paragraph, '<w:bidi w:val="0"/>')
            _keep_in_box(paragraph)
            turn_words(paragraph)
            continue
        _set(paragraph, "<w:bidi/>")
        for run in list(paragraph.iter(ooxml.q("w:r"))):
            for part in _cut(run):
                if bidi.direction(text_of(part)) != "ltr" and not _kept(part):
                    _turn_run(part)


def turn_words(root: ooxml.Element, marks: Mapping[str, Mark] | None = None) -> None:
    """In a text from left to right, mark the runs whose letters all run the other way; Word asks for it."""
    for paragraph in root.iter(ooxml.q("w:p")):
        mark = (marks or {}).get(bookmark_of(paragraph))
        if mark is not None and mark.direction == "rtl":
            _set(paragraph, "<w:bidi/>")
    for run in root.iter(ooxml.q("w:r")):
        kinds = bidi.kinds(text_of(run))
        if kinds & set(bidi.RIGHTWARD) and "L" not in kinds:
            _turn_run(run)


def turn_styles(root: ooxml.Element) -> None:
    """Let new paragraphs run from right to left and the bars of boxes stand where lines begin; no letter leans.

    Borders are named by the side of the page, indents by the side of the text (ECMA-376 Part 1, 17.3.1.17, 17.3.1.12).
    """
    for edges in root.iter(ooxml.q("w:pBdr")):
        for edge in list(edges):
            if edge.tag == ooxml.q("w:left"):
                edge.tag = ooxml.q("w:right")
    for slant in list(root.iter(ooxml.q("w:iCs"))):
        parent = slant.getparent()
        assert parent is not None
        parent.remove(slant)
    for style in root.findall(ooxml.q("w:style")):
        if ooxml.value(style, "w:styleId") in ("Normal", "SourceCode"):
            turned = '<w:bidi w:val="0"/>' if ooxml.value(style, "w:styleId") == "SourceCode" else "<w:bidi/>"
            order.insert(_properties(style), ooxml.fragment(turned), order.PARAGRAPH)


def draw(body: ooxml.Element, marks: Mapping[str, Mark], rtl: bool) -> None:
    """Draw the line beside every marked paragraph; in a box, which has one, the words get a tint instead."""
    for paragraph in body.iter(ooxml.q("w:p")):
        mark = marks.get(bookmark_of(paragraph))
        if mark is None:
            continue
        if style_of(paragraph).startswith(BOXED):
            _tint(paragraph)
            continue
        _line(paragraph, mark, rtl)


def draw_notes(notes: ooxml.Element, marks: Sequence[Sequence[Mark | None]], rtl: bool) -> None:
    """The same beside the paragraphs of notes, which have no bookmarks; `marks` are in the order of the file."""
    written = [note for note in notes.iter(ooxml.q("w:footnote")) if not ooxml.value(note, "w:type")]
    for note, of_note in zip(written, marks, strict=False):
        for paragraph, mark in zip(note.iter(ooxml.q("w:p")), of_note, strict=False):
            if mark is not None:
                _line(paragraph, mark, rtl)


def _line(paragraph: ooxml.Element, mark: Mark, rtl: bool) -> None:
    side = "right" if rtl else "left"
    line = f'<w:{side} w:val="{LINES[mark.kind]}" w:sz="12" w:space="6" w:color="{styles.OCHRE}"/>'
    _set(paragraph, f"<w:pBdr>{line}</w:pBdr>")


def _tint(paragraph: ooxml.Element) -> None:
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{styles.PALE_OCHRE}"/>'
    for run in paragraph.iter(ooxml.q("w:r")):
        if text_of(run):
            order.insert(order.properties(run, "w:rPr"), ooxml.fragment(tint), order.RUN)


def _own(paragraph: ooxml.Element, marks: Mapping[str, Mark]) -> str:
    """The direction of a paragraph in an edition from right to left; empty for that of the edition."""
    mark, style = marks.get(bookmark_of(paragraph)), style_of(paragraph)
    if mark is not None and mark.direction:
        # A number or label of the tool's own is in the edition's language, and begins the line where that begins.
        return "" if mark.before else mark.direction
    if style == "SourceCode":
        return "ltr"
    if style == "Bibliography":
        return bidi.beginning(text_of(paragraph))
    return bidi.direction(text_of(paragraph)) if style in FREE and not _in_list(paragraph) else ""


def _keep_in_box(paragraph: ooxml.Element) -> None:
    """Keep the edges of a box straight: indents change sides with the paragraph, the box does not."""
    style = style_of(paragraph)
    if style.startswith(BOXED):
        left = '453" w:hanging="340' if style.endswith("List") else "113"
        _set(paragraph, f'<w:ind w:left="{left}" w:right="227"/>')


def _in_list(paragraph: ooxml.Element) -> bool:
    return paragraph.find(f"{ooxml.q('w:pPr')}/{ooxml.q('w:numPr')}") is not None


def _set(paragraph: ooxml.Element, property_: str) -> None:
    order.insert(order.properties(paragraph, "w:pPr"), ooxml.fragment(property_), order.PARAGRAPH)


def _properties(style: ooxml.Element) -> ooxml.Element:
    """The `w:pPr` of a style, which stands before its `w:rPr` and what a table style has behind it."""
    found = style.find(ooxml.q("w:pPr"))
    if found is None:
        found = style.makeelement(ooxml.q("w:pPr"))
        later = ("w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr")
        first = next((child for child in style if child.tag in {ooxml.q(name) for name in later}), None)
        if first is None:
            style.append(found)
        else:
            first.addprevious(found)
    return found


def _kept(run: ooxml.Element) -> bool:
    """True for a run that is a group of digits to be kept in its order."""
    text = text_of(run)
    return bidi.stretches(text) == [(0, len(text))]


def _turn_run(run: ooxml.Element) -> None:
    properties = order.properties(run, "w:rPr")
    order.insert(properties, ooxml.fragment("<w:rtl/>"), order.RUN)
    said = properties.find(ooxml.q("w:lang"))
    if said is not None and ooxml.value(said):
        # The language of a run of complex script stands in another attribute (17.3.2.20).
        said.set(ooxml.q("w:bidi"), said.attrib.pop(ooxml.q("w:val")))


def _cut(run: ooxml.Element) -> list[ooxml.Element]:
    """The run, or the runs that take its place so that each runs one way; fields and objects stay whole."""
    texts = [child for child in run if child.tag == ooxml.q("w:t")]
    others = [child for child in run if child.tag not in (ooxml.q("w:t"), ooxml.q("w:rPr"))]
    said = text_of(run)
    places = bidi.stretches(said)
    if len(texts) != 1 or others or not places or places == [(0, len(said))]:
        return [run]
    edges = sorted({0, len(said), *(edge for place in places for edge in place)})
    parts = [said[first:last] for first, last in itertools.pairwise(edges)]
    made = [run, *(copy.deepcopy(run) for _ in parts[1:])]
    for part, text in zip(made, parts, strict=True):
        _say(part, text)
    for before, part in itertools.pairwise(made):
        before.addnext(part)
    return made


def _say(run: ooxml.Element, text: str) -> None:
    said = run.find(ooxml.q("w:t"))
    assert said is not None
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
