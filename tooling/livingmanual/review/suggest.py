"""What accepting a change does to the sources.

A change is a stretch of one story, possibly over paragraph marks, and its new content. Which of the few kinds of edit
it is follows from where it begins and ends: words of one block; paragraphs added, taken out, split, joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.model.run import Run, Span
from livingmanual.review import inline, joining, place, structure
from livingmanual.review.changes import Change, Content, NewParagraph
from livingmanual.review.inline import PLAIN, Style, Unsupported
from livingmanual.review.story import Story
from livingmanual.review.stream import Segment
from livingmanual.review.structure import New
from livingmanual.text import markdown, quoted


@dataclass(frozen=True, slots=True)
class Proposal:
    """The edits of a change, or why there are none."""

    edits: tuple[Edit, ...] = ()
    why: str = ""
    generated: Run | None = None
    """The generated run that the change cuts into, if that is why."""


def propose(change: Change, story: Story, documents: dict[str, Document], style: Style = PLAIN) -> Proposal:
    """Edits for a change; never raises for content that cannot be carried over, but says why."""
    try:
        edits = _edits(change, story, documents, style)
        more = [*_definitions(change, edits, documents, style), *_without_definitions(edits, story, documents, style)]
        return Proposal(tuple(_united([*edits, *more])))
    except (Unsupported, place.Cut) as reason:
        return Proposal((), why_not(reason), reason.run if isinstance(reason, place.Cut) else None)


def why_not(reason: Unsupported | place.Cut) -> str:
    """Why there are no edits, for the triager."""
    return explain(reason.run) if isinstance(reason, place.Cut) else str(reason)


def _definitions(change: Change, edits: Sequence[Edit], documents: dict[str, Document], style: Style) -> list[Edit]:
    """New notes get their definitions at the end of the file that refers to them."""
    out: list[Edit] = []
    for item in change.content:
        target = item.thing.target if isinstance(item, Segment) and item.thing else ""
        if target in style.notes and edits and quoted.is_catalog(edits[0].path):
            raise Unsupported(structure.OF_TRANSLATION)
        if target in style.notes and edits:
            label, words = style.notes[target]
            text = documents[edits[0].path].text
            gap = "\n" if text.endswith("\n") else "\n\n"
            written = markdown.lines(words, "    ", at_line_start=True)
            out.append(Edit(edits[0].path, len(text), len(text), f"{gap}[^{label}]: {written}\n", "", words))
        elif edits and target in style.labels and style.labels[target][0] != edits[0].path:
            raise Unsupported("the words of this note stand in another file")
    return out


def _without_definitions(
    edits: Sequence[Edit], story: Story, documents: dict[str, Document], style: Style
) -> list[Edit]:
    """The definition of a note goes with the last reference to it."""
    out: list[Edit] = []
    for block in story.pairs.values() if style.note_extents else ():
        notes = [run for run in block.runs if run.made == "object note" and run.span]
        for number, run in enumerate(notes):
            extent = style.note_extents.get((block.id, number))
            if run.span is None or extent is None or not any(_takes(edit, run.span) for edit in edits):
                continue
            text = documents[run.span.path].text
            label = text[run.span.start : run.span.end]
            if (run.span.path, label.strip("[^]")) in style.carried:
                continue
            start = text.rfind("\n", 0, extent.start) + 1
            if text.count(label) == 2 and text.startswith(f"{label}:", start):
                end = min(extent.end + 1, len(text))
                end += 1 if text[end : end + 1] == "\n" and text[:start].endswith("\n\n") else 0
                out.append(Edit(run.span.path, start, end, "", text[start:end]))
    return out


def _takes(edit: Edit, span: Span) -> bool:
    return edit.path == span.path and edit.start <= span.start and span.end <= edit.end


def explain(run: Run) -> str:
    """Where generated text comes from, for the triager."""
    what, _, name = run.made.partition(" ")
    said = {
        "variable": f'this text is the value of the variable "{name}"; change it in the overlay or in manual.yaml',
        "citation": f'this text is made from the citation of "{name}"; change the citation in the source',
        "reference": f'this text is a cross-reference to "{name}"; change the heading it refers to',
        "number": "this number is given by the tool; it follows the order of the sections, tables and figures",
        "setting": f"this text comes from {name or 'the settings'}",
        "frame": "this text belongs to the title page, the contents or the stamp, which the tool makes",
        "label": "this label is written by the tool in the edition's language",
        "unmapped": "the exact place of this text in its source file is not known",
    }
    return said.get(what, f"this text is made by the tool ({run.made})")


def _edits(change: Change, story: Story, documents: dict[str, Document], style: Style) -> list[Edit]:
    breaks = sum(1 for item in change.content if isinstance(item, NewParagraph))
    if change.start.paragraph == change.end.paragraph:
        block = _block(story, change.start.paragraph)
        start, end = story.offset(change.start), story.offset(change.end, at_end=True)
        if breaks:
            return _within(change, story, block, start, end, documents, style)
        if _emptied(block, start, end, change) and block.kind in ("paragraph", "item", "definition", "code", "heading"):
            return structure.remove([block], documents)
        return inline.replace(block, documents, start, max(start, end), change.content, style)
    return _across(change, story, documents, style, breaks)


def _emptied(block: Block, start: int, end: int, change: Change) -> bool:
    return start == 0 and end == len(block.text) > 0 and not change.new.strip()


def _block(story: Story, paragraph: int) -> Block:
    block = story.pairs.get(paragraph)
    if block is None:
        raise Unsupported("the paragraph it is in was not found in the edition")
    return block


def _within(
    change: Change, story: Story, block: Block, start: int, end: int, documents: dict[str, Document], style: Style
) -> list[Edit]:
    """New paragraph marks inside one block: paragraphs before it, behind it, or a split."""
    new = structure.cut(change.content, story.paragraphs[change.start.paragraph].end.properties)
    gone = inline.replace(block, documents, start, end, (), style) if start < end else []
    tail_empty, head_empty = not new[-1].content, not new[0].content
    if start == 0 and tail_empty and end < len(block.text):
        return [*_before(story, change.start.paragraph, block, _worth(new[:-1]), documents, style), *gone]
    if end == len(block.text):
        head = [] if head_empty else inline.replace(block, documents, start, end, new[0].content, style)
        kept = head or gone
        if start == 0 and end > 0 and head_empty:
            kept = gone
        return [*kept, *structure.add_after(block, documents, _worth(new[1:]), style)] if _worth(new[1:]) else kept
    if not gone:
        return structure.split(block, documents, start, new, style)
    return [*gone, *structure.split(block, documents, end, new, style)]


def _worth(new: Sequence[New]) -> list[New]:
    """Empty paragraphs are layout, not text: Markdown has none."""
    return [paragraph for paragraph in new if any(getattr(item, "text", "").strip() for item in paragraph.content)]


def _before(
    story: Story, paragraph: int, block: Block, new: list[New], documents: dict[str, Document], style: Style
) -> list[Edit]:
    """New paragraphs that stand before a block belong to the source of the block whose mark they follow."""
    if not new:
        return []
    previous = story.before(paragraph)
    if previous is None or previous.kind in ("frame", "label") or previous.extent is None:
        return structure.add_before(block, documents, new, style)
    if previous.kind == "cell":
        if block.kind == "cell":
            raise Unsupported("a paragraph cannot be added inside a table")
        return structure.add_after_table(previous, documents, new, style)
    if previous.kind in ("term", "caption"):
        return structure.add_before(block, documents, new, style)
    return structure.add_after(previous, documents, new, style)


def _across(change: Change, story: Story, documents: dict[str, Document], style: Style, breaks: int) -> list[Edit]:
    """A change over paragraph marks: whole blocks taken out, or two blocks joined."""
    first, last = change.start.paragraph, change.end.paragraph
    start = story.offset(change.start)
    if change.start.offset == 0 and change.end.offset == 0:
        return _whole(change, story, first, last, documents, style, breaks)
    left, right = _block(story, first), _block(story, last)
    end = story.offset(change.end, at_end=True)
    if start == len(left.text) and end == len(right.text):
        gone = structure.remove([_block(story, i) for i in range(first + 1, last + 1)], documents)
        return [*gone, *_at_end(left, change.content, story, last, documents, style)]
    if breaks:
        new = structure.cut(change.content, story.paragraphs[last].end.properties)
        if not new[-1].content and end == 0:
            return _tail(left, start, new, story, first, last, documents, style)
        raise Unsupported("paragraphs were joined and split in one change")
    between = [_block(story, i) for i in range(first + 1, last)]
    return joining.join(left, start, right, end, change.content, documents, style, between)


def _tail(
    left: Block,
    start: int,
    new: list[New],
    story: Story,
    first: int,
    last: int,
    documents: dict[str, Document],
    style: Style,
) -> list[Edit]:
    """The end of one block and whole blocks behind it give way to new words and paragraphs."""
    head = inline.replace(left, documents, start, len(left.text), new[0].content, style)
    gone = structure.remove([_block(story, i) for i in range(first + 1, last)], documents) if last > first + 1 else []
    more = structure.add_after(left, documents, _worth(new[1:-1]), style) if _worth(new[1:-1]) else []
    return [*head, *more, *gone]


def _whole(
    change: Change, story: Story, first: int, last: int, documents: dict[str, Document], style: Style, breaks: int
) -> list[Edit]:
    blocks = [_block(story, i) for i in range(first, last)]
    gone = structure.remove(blocks, documents)
    if not change.content:
        return gone
    new = structure.cut(change.content, story.paragraphs[min(last, len(story.paragraphs) - 1)].end.properties)
    if len(new) == len(blocks) + 1 and not new[-1].content and all(_same_kind(b) for b in blocks):
        return [
            edit
            for block, paragraph in zip(blocks, new, strict=False)
            for edit in inline.replace(block, documents, 0, len(block.text), paragraph.content, style)
        ]
    tail = new[-1].content
    edits = [*gone, *_before(story, first, blocks[0], _worth(new[:-1]), documents, style)]
    if tail:
        edits += inline.replace(_block(story, last), documents, 0, 0, tail, style)
    return edits


def _same_kind(block: Block) -> bool:
    return bool(block.text) and block.kind in ("paragraph", "item", "definition")


def _at_end(
    block: Block, content: list[Content], story: Story, last: int, documents: dict[str, Document], style: Style
) -> list[Edit]:
    if not content:
        return []
    new = structure.cut(content, story.paragraphs[last].end.properties)
    edits = (
        inline.replace(block, documents, len(block.text), len(block.text), new[0].content, style)
        if new[0].content
        else []
    )
    return [*edits, *(structure.add_after(block, documents, _worth(new[1:]), style) if _worth(new[1:]) else [])]


def _united(edits: list[Edit]) -> list[Edit]:
    """Edits in order; two at one point become one, so that their order cannot be lost."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.path, e.start, e.end)):
        last = out[-1] if out else None
        if last and last.path == edit.path and edit.start < last.end:
            raise Unsupported("parts of this change overlap in the source")
        if (
            last
            and last.path == edit.path
            and edit.start == last.end
            and (last.start == last.end or edit.start == edit.end)
        ):
            out[-1] = Edit(
                last.path, last.start, edit.end, last.new + edit.new, last.old + edit.old, last.plain + edit.plain
            )
        else:
            out.append(edit)
    return out
