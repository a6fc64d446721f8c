"""A returned file becomes remarks, and every change and comment in it is accounted for.

This is the one place that knows all kinds of things a reviewer can do. Each change mark and each comment ends in
exactly one remark: placed, unplaced with candidates, or quoted as not supported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from livingmanual.model.document import Block, Document
from livingmanual.model.edition import FORMAT_VERSION
from livingmanual.model.remark import Remark
from livingmanual.model.returned import Paragraph, Returned
from livingmanual.review.collect import Collector
from livingmanual.review.story import Story, tell
from livingmanual.review.stream import Segment

FOREIGN = 0.3
"""If a smaller share of the file's paragraphs is found in the edition, the file is not taken for a return of it:
what is missing from it then is not reported as deleted."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a return of an edition should hold: its blocks, those of the frame included."""

    order: tuple[str, ...]
    """Ids of the body's paragraphs in the order of the file."""
    blocks: Mapping[str, Block]
    documents: dict[str, Document]


@dataclass(frozen=True, slots=True)
class Reading:
    """The remarks of a file, in document order, and what is to be said about the file."""

    remarks: tuple[Remark, ...]
    notices: tuple[str, ...] = ()
    foreign: bool = False
    """True if the text is hardly that of the edition."""
    version: int = field(default=FORMAT_VERSION)


def read_remarks(returned: Returned, expected: Expected, author: str = "") -> Reading:
    """All remarks of a returned file; `author` stands in where the file names none.

    Never raises for content. The remarks' `counted` add up to the change marks and comments of `returned`.
    """
    stories = list(tell_stories(returned, expected))
    body = stories[0]
    known = sum(1 for i in body.pairs if body.paragraphs[i].text.strip())
    there = sum(1 for p in body.paragraphs if p.text.strip()) or 1
    foreign = known / there < FOREIGN
    collector = Collector(returned, expected.documents, stories, author, foreign)
    remarks = collector.run()
    return Reading(tuple(remarks), tuple(d for story in stories for d in story.doubtful), foreign)


def tell_stories(returned: Returned, expected: Expected) -> Iterable[Story]:
    """The body first, then every note that the body refers to, then notes that are new."""
    by_story: dict[str, list[Paragraph]] = {}
    for paragraph in returned.paragraphs:
        by_story.setdefault(paragraph.story, []).append(paragraph)
    body = tell(
        "body", by_story.get("body", []), [expected.blocks[name] for name in expected.order if name in expected.blocks]
    )
    yield body
    told: set[str] = set()
    for name, blocks in _notes(body, expected.blocks):
        if name not in told and name in by_story:
            told.add(name)
            yield tell(name, by_story[name], blocks)
    for name, paragraphs in by_story.items():
        if name not in told and name.startswith(("footnote:", "endnote:")):
            yield tell(name, paragraphs, [])


def _notes(body: Story, blocks: Mapping[str, Block]) -> Iterable[tuple[str, Sequence[Block]]]:
    """Each note story that was there before the review, with its blocks: the n-th reference is the n-th note."""
    owned: dict[str, dict[int, list[Block]]] = {}
    for block in blocks.values():
        if block.note_of:
            owned.setdefault(block.note_of, {}).setdefault(block.note, []).append(block)
    for index, block in body.pairs.items():
        references = [
            item.thing.target
            for item in body.paragraphs[index].items
            if isinstance(item, Segment) and item.base and item.thing and item.thing.kind in ("footnote", "endnote")
        ]
        notes = owned.get(block.id, {})
        if len(references) == len(notes):
            for number, name in enumerate(references):
                yield name, notes.get(number, [])
