"""What the tool itself writes around an edition's text: title page, contents, how to send remarks, the stamp.

These are paragraphs like any other, with a block and a bookmark each, so that a remark on the title has a place to
point at. They are written as OpenXML at once, because they need fields and tabs, for which pandoc has no word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from livingmanual.model.document import Block, Node
from livingmanual.model.edition import ContentsEntry, Edition
from livingmanual.model.run import OBJECT, Run
from livingmanual.render.docx import ooxml
from livingmanual.render.frame import edition_line, labelled, translation, word
from livingmanual.text import fingerprint, identity

ARMS_HEIGHT = "3cm"
DEPTH = 2
"""Levels of headings in the contents: chapters and their sections."""

SECTION = "frame"
"""Stands for the section id in the names of the frame's blocks."""


@dataclass(slots=True)
class Frame:
    """Collects the frame's paragraphs and their blocks; `number` is the last bookmark's number."""

    edition: Edition
    number: int = 0
    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)
    """Name of a picture -> its path in the workspace."""
    styles: dict[str, str] = field(default_factory=dict)
    """Bookmark -> style of the paragraphs that pandoc writes."""

    def picture(self, name: str, style: str, path: str, alt: str) -> None:
        """One paragraph that holds a picture, which pandoc writes."""
        block = Block(
            identity.block_id(SECTION, name, 1),
            "frame",
            SECTION,
            (Run(OBJECT, None, f"frame {name}"),),
            fingerprint.of_text(OBJECT),
        )
        target = f"{name}{PurePosixPath(path).suffix.lower()}"
        self.media[target], self.styles[block.id] = path, style
        self.blocks.append(block)
        self.number += 1
        # The title tells `pictures` which picture it is; it takes it off again.
        size = ["", [], [["height", ARMS_HEIGHT]]]
        image = {"t": "Image", "c": [size, [{"t": "Str", "c": alt}], [target, target]]}
        ends = [
            {"t": "RawInline", "c": ["openxml", ooxml.bookmark_start(self.number, block.id)]},
            {"t": "RawInline", "c": ["openxml", ooxml.bookmark_end(self.number)]},
        ]
        self.nodes.append({"t": "Para", "c": [ends[0], image, ends[1]]})

    def add(self, name: str, style: str, text: str, inside: str = "") -> None:
        """One paragraph that says `text`; `inside` are its runs if they are more than that text."""
        runs = (Run(text, None, f"frame {name}"),)
        # Two lines may say the same, so the name of the line takes the place of the fingerprint.
        block = Block(identity.block_id(SECTION, name, 1), "frame", SECTION, runs, fingerprint.of_text(text))
        self.blocks.append(block)
        self.number += 1
        content = ooxml.bookmark(self.number, block.id, inside or ooxml.run(text))
        self.nodes.append({"t": "RawBlock", "c": ["openxml", ooxml.paragraph(style, content)]})


def front(edition: Edition, review: bool) -> Frame:
    """Title page, its back, and contents."""
    frame = Frame(edition)
    _title_page(frame, edition)
    if review:
        _review(frame, edition)
    _translation(frame, edition)
    _contents(frame, edition)
    return frame


def back(edition: Edition, stamp: str, number: int) -> Frame:
    """The last line, which says where the file comes from; `number` is the last bookmark's number so far."""
    frame = Frame(edition, number)
    frame.add("stamp", "EditionStamp", labelled(edition, word(edition, "edition-stamp"), stamp))
    return frame


def _title_page(frame: Frame, edition: Edition) -> None:
    official = str(edition.settings.get("country_official", ""))
    draft = word(edition, "draft") if edition.key.revision == "draft" else ""
    status = str(edition.settings.get("status", ""))
    if edition.emblem:
        frame.picture("arms", "CoverLine", edition.emblem.path, edition.emblem.alt)
    frame.add("title", "Title", edition.title)
    if edition.subtitle:
        frame.add("subtitle", "Subtitle", edition.subtitle)
    frame.add("edition", "CoverCountry", edition_line(edition))
    if official and official != edition.country_name:
        frame.add("official", "CoverLine", official)
    frame.add("language", "CoverLine", edition.language_name)
    if edition.date:
        frame.add("date", "CoverLine", edition.date)
    if draft:
        frame.add("draft", "CoverDraft", draft)
    if status:
        frame.add("status", "CoverStatus", status)


def _review(frame: Frame, edition: Edition) -> None:
    settings = edition.settings.get("review")
    send_to = str(settings.get("send_to", "")) if isinstance(settings, dict) else ""
    frame.add("review title", "ReviewTitle", word(edition, "review-title"))
    frame.add("review how", "ReviewNote", word(edition, "review-how"))
    if send_to:
        frame.add("review send", "ReviewNote", labelled(edition, word(edition, "review-send"), send_to))


def _translation(frame: Frame, edition: Edition) -> None:
    """The back of the title page, where something has to be said about the translation."""
    said = translation(edition)
    if said:
        frame.add("translation", "TranslationTitle", word(edition, "translation-title"))
    for number, sentence in enumerate(said, 1):
        frame.add(f"translation {number}", "TranslationNote", sentence)


def _contents(frame: Frame, edition: Edition) -> None:
    entries = [entry for entry in edition.contents if entry.level <= DEPTH]
    if not entries:
        return
    frame.add("contents", "TOCHeading", word(edition, "contents"))
    for entry in entries:
        _entry(frame, entry)


def _entry(frame: Frame, entry: ContentsEntry) -> None:
    """A line of the contents. The page number is left empty: only the program that lays the pages out knows it, and
    Word works it out when it prints, LibreOffice when it opens the file.
    """
    words = f"{entry.number}\u2002{entry.title}" if entry.number else entry.title
    page = ooxml.field(f"PAGEREF {entry.block} \\h")
    link = (
        f'<w:hyperlink w:anchor="{entry.block}" w:history="1">{ooxml.run(words)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
    )
    frame.add(f"contents {entry.id}", f"TOC{entry.level + 1}", f"{words}\t", link)
