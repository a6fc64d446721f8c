"""The second half: what pandoc wrote becomes our file.

Styles go on by bookmark, tables and pictures are put right, the stamp is laid in three places, and the parts are
zipped again with a fixed date. Nothing of the text is changed, but the words in braces of headers and footers.
"""

from __future__ import annotations

from collections.abc import Mapping

from livingmanual.model.edition import Edition
from livingmanual.render.docx import (
    direction,
    lists,
    ooxml,
    order,
    paragraphs,
    pictures,
    properties,
    reference,
    styles,
    tables,
)
from livingmanual.render.docx.package import Package
from livingmanual.render.docx.plan import DocxPlan
from livingmanual.render.frame import edition_line, word

DOCUMENT, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
LINE = 92
"""Characters that a running line holds, with room for a face that is wider than ours."""


def finish(data: bytes, plan: DocxPlan, pngs: Mapping[str, bytes]) -> bytes:
    """The finished Word file.

    `data` is what pandoc wrote from `plan.ast`; `pngs` gives, for each target of `plan.media` that is an SVG, the same
    picture as PNG. Equal input gives equal bytes. Raises KeyError if `data` is no Word file of pandoc's.
    """
    package = Package.read(data)
    _document(package, plan, pngs)
    _notes(package, plan)
    lists.dress(package)
    _running_lines(package, plan.edition)
    _styles(package, plan.edition)
    properties.settings(package, plan.edition.key.language, plan.review)
    properties.core(package, plan.edition, plan.stamp)
    properties.extended(package)
    properties.custom(package, plan.stamp)
    properties.custom_xml(package, plan.stamp, (*plan.frame[:-1], *plan.edition.blocks, *plan.frame[-1:]))
    return package.write()


def _document(package: Package, plan: DocxPlan, pngs: Mapping[str, bytes]) -> None:
    root = package.root(DOCUMENT)
    body = root[0]
    width = _text_width(body)
    paragraphs.dress(body, plan.styles, plan.beside, plan.together)
    paragraphs.mend_links(body)
    paragraphs.number_bookmarks(body)
    tables.dress(body, width)
    pictures.dress(package, body, frozenset(plan.media), pngs, width)
    direction.draw(body, plan.marks, plan.edition.direction == "rtl")
    if plan.edition.direction == "rtl":
        direction.turn(body, plan.marks)
        tables.turn(body)
        for section in body.iter(ooxml.q("w:sectPr")):
            order.insert(section, ooxml.fragment("<w:bidi/>"), order.SECTION)
    else:
        direction.turn_words(body, plan.marks)
    package.put(DOCUMENT, root)


def _text_width(body: ooxml.Element) -> int:
    """Width of the text in twips: the page without its margins."""
    page, margins = next(body.iter(ooxml.q("w:pgSz")), None), next(body.iter(ooxml.q("w:pgMar")), None)
    if page is None or margins is None:
        return styles.RIGHT_EDGE
    return int(ooxml.value(page, "w:w")) - int(ooxml.value(margins, "w:left")) - int(ooxml.value(margins, "w:right"))


def _notes(package: Package, plan: DocxPlan) -> None:
    if NOTES not in package.parts:
        return
    root = package.root(NOTES)
    paragraphs.mend_links(root)
    paragraphs.space_note_marks(root)
    direction.draw_notes(root, plan.notes, plan.edition.direction == "rtl")
    if plan.edition.direction == "rtl":
        direction.turn(root)
    else:
        direction.turn_words(root)
    package.put(NOTES, root)


def _running_lines(package: Package, edition: Edition) -> None:
    draft = f" · {word(edition, 'draft')}" if edition.key.revision == "draft" else ""
    country = edition.country_name or word(edition, "base-edition")
    words = {
        "{title}": _short(edition.title, LINE - len(country)),
        "{country}": country,
        "{draft}": draft,
        "{language}": edition.language_name,
        "{date}": edition.date,
        "{page}": word(edition, "page"),
        "{of}": word(edition, "of"),
        "{edition}": edition_line(edition),
    }
    for kind, part in package.related(DOCUMENT).values():
        if kind not in ("header", "footer"):
            continue
        root = package.root(part)
        for text in root.iter(ooxml.q("w:t")):
            for mark, said in words.items():
                text.text = (text.text or "").replace(mark, said)
        if edition.direction == "rtl":
            direction.turn(root)
        package.put(part, root)


def _short(title: str, room: int) -> str:
    """A title that fits on the running line: without what follows its colon if it is longer than `room` characters."""
    return title if len(title) <= room else title.split(":", maxsplit=1)[0].strip()


def _styles(package: Package, edition: Edition) -> None:
    """A reference document of the manual's own need not have our styles; those that are missing are added."""
    root = package.root(STYLES)
    reference.put_styles(root, styles.STYLES, replace=False)
    properties.language(root, edition.key.language)
    if edition.direction == "rtl":
        direction.turn_styles(root)
    package.put(STYLES, root)
