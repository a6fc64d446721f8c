"""Paragraphs of the finished file: styles by bookmark, space around groups, links."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from livingmanual.render.docx import ooxml, order
from livingmanual.render.docx.body import ANCHOR

AFTER = {"Norm": 280, "NotApplicable": 240, "List": 130, "Review": 160, "SourceCode": 160}
"""Beginning of a style's id -> space after the last paragraph of a group of them, in twips."""

LONGEST_BOX = 1600
"""Characters of a norm that is kept on one page: about a third of it."""

NOTE_GAP = 60
"""Space between a note's number and its text, in twips."""

BEFORE_AFTER_TABLE = 220
"""Space between a table and the paragraph after it, in twips: a table has none of its own."""


def dress(
    body: ooxml.Element, styles: Mapping[str, str], beside: Collection[str], together: Collection[str] = ()
) -> None:
    """Give every paragraph the style that its bookmark asks for, and the space that its neighbours ask for.

    No page begins between a paragraph of `together` and the next one.
    """
    for paragraph in body.iter(ooxml.q("w:p")):
        name = bookmark_of(paragraph)
        if name in styles:
            properties = order.properties(paragraph, "w:pPr")
            order.insert(properties, ooxml.fragment(f'<w:pStyle w:val="{styles[name]}"/>'), order.PARAGRAPH)
        if name in beside:
            properties = order.properties(paragraph, "w:pPr")
            order.insert(properties, ooxml.fragment('<w:pageBreakBefore w:val="0"/>'), order.PARAGRAPH)
        if name in together:
            keep_with_next(paragraph)
    for paragraph in body.iter(ooxml.q("w:p")):
        _space(paragraph)
    for box in _boxes(body):
        _keep_together(box)


def bookmark_of(paragraph: ooxml.Element) -> str:
    """The name of the first bookmark that begins in a paragraph; empty if none does."""
    return ooxml.value(paragraph.find(ooxml.q("w:bookmarkStart")), "w:name")


def style_of(paragraph: ooxml.Element | None) -> str:
    """The id of a paragraph's style; empty for no paragraph and for one without."""
    return "" if paragraph is None else ooxml.value(paragraph.find(f"{ooxml.q('w:pPr')}/{ooxml.q('w:pStyle')}"))


def _space(paragraph: ooxml.Element) -> None:
    before, following = paragraph.getprevious(), paragraph.getnext()
    group = _group(style_of(paragraph))
    same = following is not None and following.tag == paragraph.tag and _group(style_of(following)) == group
    after = AFTER[group] if group and not same and following is not None else 0
    under_table = before is not None and before.tag == ooxml.q("w:tbl")
    if not after and not under_table:
        return
    spacing = paragraph.makeelement(ooxml.q("w:spacing"))
    if under_table:
        spacing.set(ooxml.q("w:before"), str(BEFORE_AFTER_TABLE))
    if after:
        spacing.set(ooxml.q("w:after"), str(after))
    order.insert(order.properties(paragraph, "w:pPr"), spacing, order.PARAGRAPH)


def _boxes(body: ooxml.Element) -> list[list[ooxml.Element]]:
    """The paragraphs of every norm, each from its label on (or from its statement, if it has no label)."""
    found: list[list[ooxml.Element]] = []
    for paragraph in body.iter(ooxml.q("w:p")):
        style = style_of(paragraph)
        if style in ("NormLabel", "NormStart"):
            found.append([paragraph])
        elif style.startswith("Norm") and found and found[-1][-1].getnext() is paragraph:
            found[-1].append(paragraph)
    return found


def _keep_together(box: list[ooxml.Element]) -> None:
    """Keep a norm on one page, and list items in it under its edge; one too long for that may break."""
    for paragraph in box:
        if style_of(paragraph) == "NormList":
            # The list's own indent would begin another box; the same first edge keeps the bar straight.
            properties = order.properties(paragraph, "w:pPr")
            order.insert(properties, ooxml.fragment('<w:ind w:left="567" w:hanging="340"/>'), order.PARAGRAPH)
    if sum(len(text_of(paragraph)) for paragraph in box) <= LONGEST_BOX:
        for paragraph in box[:-1]:
            keep_with_next(paragraph)


def keep_with_next(paragraph: ooxml.Element) -> None:
    """Let no page begin between a paragraph and the one after it."""
    order.insert(order.properties(paragraph, "w:pPr"), ooxml.fragment("<w:keepNext/>"), order.PARAGRAPH)


def text_of(element: ooxml.Element) -> str:
    """The letters inside, without objects and breaks: enough to know how long it is."""
    return "".join(text.text or "" for text in element.iter(ooxml.q("w:t")))


def _group(style: str) -> str:
    return next((group for group in AFTER if style.startswith(group)), "")


def mend_links(root: ooxml.Element) -> None:
    """Let internal links lead to the bookmarks whose names pandoc would not have let through."""
    for link in root.iter(ooxml.q("w:hyperlink")):
        anchor = ooxml.value(link, "w:anchor")
        if anchor.startswith(ANCHOR + "_"):
            link.set(ooxml.q("w:anchor"), anchor.removeprefix(ANCHOR))


def number_bookmarks(body: ooxml.Element) -> None:
    """Number the bookmarks from 1 in the order in which they begin."""
    numbers: dict[str, str] = {}
    for start in body.iter(ooxml.q("w:bookmarkStart")):
        numbers[ooxml.value(start, "w:id")] = str(len(numbers) + 1)
        start.set(ooxml.q("w:id"), numbers[ooxml.value(start, "w:id")])
    for end in body.iter(ooxml.q("w:bookmarkEnd")):
        end.set(ooxml.q("w:id"), numbers.get(ooxml.value(end, "w:id"), ooxml.value(end, "w:id")))


def space_note_marks(notes: ooxml.Element) -> None:
    """Set a note's text off from its number by wider letters, not by a space, which a reader would take for text."""
    for mark in notes.iter(ooxml.q("w:footnoteRef")):
        run = mark.getparent()
        assert run is not None
        order.insert(order.properties(run, "w:rPr"), ooxml.fragment(f'<w:spacing w:val="{NOTE_GAP}"/>'), order.RUN)
        gap = run.getnext()
        if gap is not None and gap.tag == run.tag and text_of(gap) == " " and _says_only(gap):
            notes_paragraph = run.getparent()
            assert notes_paragraph is not None
            notes_paragraph.remove(gap)


def _says_only(run: ooxml.Element) -> bool:
    """True for a run that holds one text and nothing else but its properties."""
    return [child.tag for child in run if child.tag != ooxml.q("w:rPr")] == [ooxml.q("w:t")]
