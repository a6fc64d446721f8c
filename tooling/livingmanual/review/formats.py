"""Tracked changes of looks: emphasis put on or taken off, headings made or unmade.

Only what Markdown can say becomes an edit: strong, emphasised, struck out, raised and lowered text, and the level of a
heading. Fonts, colours and the like are listed as formatting that the manual does not keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.model.run import Mark
from livingmanual.review import place, structure
from livingmanual.review.inline import DELIMITERS, Unsupported, kinds_of
from livingmanual.review.story import Story
from livingmanual.review.stream import Break, Segment

KEPT = frozenset(DELIMITERS)


@dataclass(frozen=True, slots=True)
class FormatChange:
    """A stretch of one base paragraph whose look changed in one way."""

    paragraph: int
    start: int
    end: int
    """Half-open offsets in the text before the review."""
    text: str
    added: frozenset[str]
    removed: frozenset[str]
    marks: tuple[int, ...]


def format_changes(story: Story) -> Iterator[FormatChange]:
    """Every tracked change of looks on text that was there before and stays, neighbours of one kind together."""
    for index, paragraph in enumerate(story.paragraphs):
        at = 0
        last: FormatChange | None = None
        for item in paragraph.items:
            if not isinstance(item, Segment):
                continue
            width = len(item.text) if item.base else 0
            found = _found(index, at, item) if item.kept and item.format_mark is not None else None
            if (
                found
                and last
                and found.start == last.end
                and (found.added, found.removed) == (last.added, last.removed)
            ):
                last = FormatChange(
                    index,
                    last.start,
                    found.end,
                    last.text + found.text,
                    last.added,
                    last.removed,
                    (*last.marks, *found.marks),
                )
            else:
                if last and (found or width):
                    yield last
                    last = None
                last = found or last
            at += width
        if last:
            yield last


def _found(index: int, at: int, item: Segment) -> FormatChange:
    now = kinds_of(item.look) & KEPT
    then = kinds_of(item.was) & KEPT if item.was else now
    assert item.format_mark is not None
    return FormatChange(index, at, at + len(item.text), item.text, now - then, then - now, (item.format_mark,))


def propose(change: FormatChange, story: Story, documents: dict[str, Document]) -> list[Edit]:
    """Delimiters to write or to take out; raises Unsupported or place.Cut where that cannot be done."""
    block = story.pairs.get(change.paragraph)
    if block is None:
        raise Unsupported("the paragraph it is in was not found in the edition")
    if not change.added and not change.removed:
        raise Unsupported("this formatting is not kept by the manual")
    lead = len(change.text) - len(change.text.lstrip())
    trail = len(change.text) - len(change.text.rstrip())
    text_map = story.maps[change.paragraph]
    start, end = text_map.to_block(change.start + lead), text_map.to_block(change.end - trail, at_end=True)
    if start >= end:
        raise Unsupported("only white space was formatted")
    edits = _taken_off(block, documents, start, end, change.removed) if change.removed else []
    if not edits and not change.added:
        raise Unsupported("the formatting that was taken off is not in the source")
    return sorted([*edits, *_put_on(block, documents, start, end, change.added)])


def _put_on(block: Block, documents: dict[str, Document], start: int, end: int, kinds: frozenset[str]) -> list[Edit]:
    if not kinds:
        return []
    if block.kind == "code" or any(m.kind == "code" for p in place.parts(block, start, end) for m in p.run.marks):
        raise Unsupported("code has no formatting")
    place.deletions(block, start, end)  # raises Cut where generated text would be cut
    touched = place.parts(block, start, end)
    first, last = touched[0], touched[-1]
    if first.run.span is None or last.run.span is None:
        raise Unsupported("the exact place of this text in its source file is not known")
    left, low = _outside(block, start, end, first, 0)
    right, high = _outside(block, start, end, last, 1)
    if left != right:
        raise Unsupported("the formatting crosses a construct of the source")
    opening = "".join(DELIMITERS[kind] for kind in sorted(kinds, reverse=True))
    closing = "".join(DELIMITERS[kind] for kind in sorted(kinds))
    path = first.run.span.path
    return [Edit(path, low, low, opening, ""), Edit(path, high, high, closing, "")]


def _outside(block: Block, start: int, end: int, part: place.Part, side: int) -> tuple[tuple[Mark, ...], int]:
    """The constructs around a delimiter at a part's start (side 0) or end (1), and its offset in the source.

    The delimiter goes outside constructs that lie in the stretch as a whole.
    """
    marks = part.run.marks
    for depth, mark in enumerate(marks):
        covered = [(at, at + len(run.text)) for at, run in place.placed_runs(block) if mark in run.marks]
        if mark.outer and start <= covered[0][0] and covered[-1][1] <= end:
            return marks[:depth], mark.outer[side]
    assert part.run.span is not None
    if part.run.literal and part.run.exact:
        return marks, part.run.span.start + (part.high if side else part.low)
    return marks, part.run.span.end if side else part.run.span.start


def _taken_off(block: Block, documents: dict[str, Document], start: int, end: int, kinds: frozenset[str]) -> list[Edit]:
    marks: dict[Mark, str] = {}
    for part in place.parts(block, start, end):
        for mark in part.run.marks:
            if mark.kind in kinds and mark.outer and mark.inner and part.run.span:
                marks[mark] = part.run.span.path
    edits: list[Edit] = []
    for mark, path in marks.items():
        assert mark.outer is not None and mark.inner is not None
        covered = [(at, at + len(run.text)) for at, run in place.placed_runs(block) if mark in run.marks]
        if covered[0][0] < start or covered[-1][1] > end:
            raise Unsupported("only a part of the formatted words was changed")
        for low, high in ((mark.outer[0], mark.inner[0]), (mark.inner[1], mark.outer[1])):
            edits.append(Edit(path, low, high, "", documents[path].text[low:high]))
    return edits


def level_edits(
    break_: Break, block: Block, beside: tuple[Block | None, Block | None], documents: dict[str, Document]
) -> list[Edit]:
    """Edits for a tracked change between headings and body text, or of a list item's level.

    `beside` are the blocks before and behind it.
    """
    list_now, list_then = break_.properties.list, break_.was.list if break_.was else None
    if block.kind == "item" and list_now and list_then and list_now.level != list_then.level:
        deeper = list_now.level - list_then.level
        return structure.relevel(block, *beside, deeper, bool(list_now.ordered), documents)
    now = break_.properties.outline_level or 0
    then = (break_.was.outline_level or 0) if break_.was else now
    if now == then:
        raise Unsupported("this paragraph formatting is not kept by the manual")
    if block.kind not in ("heading", "paragraph"):
        raise Unsupported("only a paragraph of its own can become a heading")
    lines = structure.lines_of(block, documents)
    text = lines.document.text
    start = lines.extent.start
    marker = len(text) - start - len(text[start:].lstrip("#"))
    width = marker + (1 if marker and text[start + marker : start + marker + 1] == " " else 0)
    new = "#" * min(now, structure.DEEPEST_HEADING) + " " if now else ""
    edits = [Edit(lines.extent.path, start, start + width, new, text[start : start + width])]
    return [*edits, *(_one_line(block) if now and not then else [])]


def _one_line(block: Block) -> list[Edit]:
    """A heading is one line: the line breaks of a paragraph become spaces."""
    return [
        Edit(run.span.path, run.span.start, run.span.end, " ", "\n", " ")
        for run in block.runs
        if run.text == " " and run.span and run.literal and not run.exact
    ]
