"""What writing new text needs to know of the edition and of the returned file.

Words from Word are not all plain text: a link may lead to a place in the edition, which the source knows by an id; a
paragraph may be one that stood elsewhere, whose source is then moved rather than written anew; a note may be new, or
one of the edition whose reference was moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from livingmanual.model.document import Block, Document
from livingmanual.model.run import OBJECT, Span
from livingmanual.review import place
from livingmanual.review.align import normal
from livingmanual.review.inline import Style
from livingmanual.review.story import Story
from livingmanual.review.stream import Segment

NOTES = ("footnote", "endnote")


def style_of(stories: Sequence[Story], documents: dict[str, Document]) -> Style:
    """Everything of this kind; the first of `stories` is the body, the others are notes."""
    blocks = [block for story in stories for block in story.blocks]
    labels = {
        name: label for story in stories for index in story.pairs for name, label in _notes(story, index, documents)
    }
    moved, carried = _moved(stories, documents)
    new = [s for story in stories for p in story.paragraphs for s in p.items if isinstance(s, Segment)]
    carried |= {labels[s.thing.target] for s in new if s.thing and s.thing.target in labels and s.final and not s.base}
    return Style(
        notes=_new_notes(stories),
        moved=moved,
        anchors={b.id: b.section for b in blocks if b.section and b.kind in ("heading", "caption", "label")},
        references=dict(_references(blocks)),
        note_extents=_note_extents(stories),
        labels=labels,
        carried=frozenset(carried),
    )


def _references(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Id -> the words that a reference to it is filled with."""
    for block in blocks:
        for run in block.runs:
            if run.made.startswith("reference ") and " list " not in run.made:
                words = "".join(r.text for r in block.runs if (r.made, r.span) == (run.made, run.span))
                yield run.made.split(" ", 1)[1], words


def _moved(
    stories: Sequence[Story], documents: dict[str, Document]
) -> tuple[dict[str, tuple[str, str]], set[tuple[str, str]]]:
    """Paragraphs that were taken out and stand elsewhere: text -> source and own words; and the notes they refer to."""
    there = {normal(line) for story in stories for p in story.paragraphs for line in p.final_text.split("\n")}
    moved: dict[str, tuple[str, str]] = {}
    carried: set[tuple[str, str]] = set()
    for story in stories:
        for index, block in story.pairs.items():
            gone = block.text.strip() and not story.paragraphs[index].final_text.strip()
            if not gone or normal(block.text) not in there or block.kind in ("heading", "cell", "code"):
                continue
            if block.extent:
                source = documents[block.extent.path].text[block.extent.start : block.extent.end]
                moved[normal(block.text)] = (source, place.own_words(block))
                carried |= {label for _, label in _notes(story, index, documents)}
    return moved, carried


def _notes(story: Story, index: int, documents: dict[str, Document]) -> list[tuple[str, tuple[str, str]]]:
    """The notes that a paragraph referred to before the review: story -> file and label."""
    segments = [s for s in story.paragraphs[index].items if isinstance(s, Segment) and s.base and s.thing]
    targets = [s.thing.target for s in segments if s.thing and s.thing.kind in NOTES]
    spans = [run.span for run in story.pairs[index].runs if run.made == "object note" and run.span]
    if len(targets) != len(spans):
        return []
    labels = [(s.path, documents[s.path].text[s.start : s.end].strip("[^]")) for s in spans]
    return list(zip(targets, labels, strict=True))


def _note_extents(stories: Sequence[Story]) -> dict[tuple[str, int], Span]:
    """Where the words of each note stand, all of its paragraphs together."""
    out: dict[tuple[str, int], Span] = {}
    for story in stories[1:]:
        for block in story.blocks:
            if block.extent:
                key, extent = (block.note_of, block.note), block.extent
                first = out.get(key, extent)
                out[key] = Span(extent.path, min(first.start, extent.start), max(first.end, extent.end))
    return out


def _new_notes(stories: Sequence[Story]) -> dict[str, tuple[str, str]]:
    """Notes that are not in the edition: story -> label and words. The label is made from the words."""
    out: dict[str, tuple[str, str]] = {}
    for story in stories[1:]:
        if not story.blocks:
            words = "\n".join(text for p in story.paragraphs if (text := p.final_text.replace(OBJECT, "").strip()))
            label = "r" + hashlib.blake2b(f"{story.name}\n{words}".encode(), digest_size=4).hexdigest()
            out[story.name] = (label, words)
    return out
