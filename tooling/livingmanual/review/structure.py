"""Edits of whole blocks: paragraphs added, taken out, split and joined.

Markdown says where a paragraph belongs with blank lines, indents and markers. All of that is read off the block's own
lines, so that new text goes into the same quote, list or note, written in the same way. A new paragraph belongs to the
source of the block whose paragraph mark it follows (design, promise 4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.model.returned import Properties
from livingmanual.model.run import Mark, Span
from livingmanual.review import inline, place
from livingmanual.review.align import normal
from livingmanual.review.changes import Content, NewParagraph
from livingmanual.review.inline import PLAIN, Style, Unsupported
from livingmanual.text import markdown, quoted

ITEM = re.compile(r"([-+*]|\(?(?:\d{1,9}|[A-Za-z]{1,3}|#)[.)])([ \t]+)$")
ORDERED = re.compile(r"(?:[> \t]*\n)*(?P<indent>[> \t]*)\(?(?P<number>\d{1,9}|[A-Za-z])[.)][ \t]")
NOTE = re.compile(r"\[\^[^\]]+\]:[ \t]*$")
FENCE = re.compile(r"[ >]*:{3,}")
DEEPEST_HEADING = 6
OF_TRANSLATION = (
    "this is a translation, which has the paragraphs, items and rows of its source; make this change in the source text"
)
CONTAINER = "> \t"
"""What a line begins with inside quotes and lists."""


@dataclass(frozen=True, slots=True)
class New:
    """A paragraph to be written."""

    content: tuple[Content, ...]
    properties: Properties


def cut(content: Sequence[Content], last: Properties) -> list[New]:
    """Cut content at its paragraph marks; the rest behind the last mark becomes a paragraph with properties `last`."""
    out: list[New] = []
    here: list[Content] = []
    for item in content:
        if isinstance(item, NewParagraph):
            out.append(New(tuple(here), item.properties))
            here = []
        else:
            here.append(item)
    return [*out, New(tuple(here), last)]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a block stands on."""

    document: Document
    block: Block
    extent: Span

    @property
    def start(self) -> int:
        """Offset of the first line's first character."""
        return self.document.text.rfind("\n", 0, self.extent.start) + 1

    @property
    def end(self) -> int:
        """Offset of the last line's end, the line end left out."""
        found = self.document.text.find("\n", self.extent.end)
        return found if found >= 0 else len(self.document.text)

    @property
    def prefix(self) -> str:
        """What stands before the block on its first line."""
        return self.document.text[self.start : self.extent.start]

    @property
    def indent(self) -> str:
        """What a further paragraph of the same container begins with."""
        note = NOTE.search(self.prefix)
        return self.prefix[: note.start()] + "    " if note else markdown.continuation(self.prefix)

    @property
    def blank(self) -> str:
        """An empty line inside the same container: quote marks only."""
        return self.indent.rstrip()

    @property
    def alone(self) -> bool:
        """Nothing but the container's marks stands beside the block on its lines."""
        before = NOTE.sub("", ITEM.sub("", self.prefix))
        before = re.sub(r"^\s*:\s+$", "", before)
        behind = self.document.text[self.extent.end : self.end]
        return not before.strip("> \t") and not re.sub(r"\{[^}]*\}|#+", "", behind).strip()


def lines_of(block: Block, documents: dict[str, Document]) -> Lines:
    """The lines of a block; raises Unsupported for a block that the tool made."""
    if block.extent is None:
        raise Unsupported("this text is made by the tool")
    if quoted.is_catalog(block.extent.path):
        raise Unsupported(OF_TRANSLATION)
    return Lines(documents[block.extent.path], block, block.extent)


def add_after(block: Block, documents: dict[str, Document], new: Sequence[New], style: Style = PLAIN) -> list[Edit]:
    """Write new paragraphs behind a block, in its source."""
    if block.kind in ("cell", "term") or (block.kind == "caption" and _in_table(block, documents)):
        raise Unsupported("a paragraph cannot be added inside a table or a term")
    lines = lines_of(block, documents)
    at = _behind(lines)
    text = "".join(_separated(lines, paragraph, style) for paragraph in new)
    behind = documents[lines.extent.path].text[at:]
    following = behind[1:].split("\n", 1)[0] if behind.startswith("\n") else ""
    if (
        following.strip()
        and not text.rsplit("\n", 1)[-1].lstrip().startswith(("- ", "* ", "+ "))
        and not FENCE.match(following)
    ):
        text += "\n"
    return [Edit(lines.extent.path, at, at, text, "", _said(new, style))]


def _said(new: Sequence[New], style: Style) -> str:
    moved = [style.moved.get(normal(inline.text_of(paragraph.content))) for paragraph in new]
    return " ".join(
        found[1] if found else inline.said(paragraph.content, style)
        for found, paragraph in zip(moved, new, strict=True)
    )


def add_after_table(
    block: Block, documents: dict[str, Document], new: Sequence[New], style: Style = PLAIN
) -> list[Edit]:
    """Write new paragraphs behind the table that a cell belongs to, and behind its div."""
    lines = lines_of(block, documents)
    text = lines.document.text
    at = lines.end
    while at < len(text) and "|" in text[at + 1 :].split("\n", 1)[0]:
        at = _next_end(text, at)
    ahead = re.compile(r"\n(?:[ \t]*\n)*([ >]*:{3,}[ \t]*)(?=\n|\Z)").match(text, at)
    if ahead:
        at = ahead.end(1)
    words = "".join("\n\n" + _paragraph(paragraph, "", style) for paragraph in new)
    return [Edit(lines.extent.path, at, at, words, "", _said(new, style))]


def _next_end(text: str, at: int) -> int:
    found = text.find("\n", at + 1)
    return found if found >= 0 else len(text)


def _in_table(block: Block, documents: dict[str, Document]) -> bool:
    return block.extent is not None and "![" not in lines_of(block, documents).prefix


def _behind(lines: Lines) -> int:
    """The offset behind a block where the next one can begin: the end of its line, behind a code block's fence."""
    if lines.block.kind == "code":
        return lines.extent.end
    return lines.end


def add_before(block: Block, documents: dict[str, Document], new: Sequence[New], style: Style = PLAIN) -> list[Edit]:
    """Write new paragraphs before a block; for where nothing stands before it that they could follow."""
    lines = lines_of(block, documents)
    before = ITEM.sub("", lines.prefix)
    if before.strip("> \t"):
        raise Unsupported("a paragraph cannot be added between a term or a note's mark and its text")
    text = "".join(_paragraph(paragraph, before, style) + "\n" + before.rstrip() + "\n" for paragraph in new)
    return [Edit(lines.extent.path, lines.start, lines.start, text, "", _said(new, style))]


def _separated(lines: Lines, paragraph: New, style: Style) -> str:
    """A new paragraph with the line ends before it."""
    properties = paragraph.properties
    if _heading_level(properties):
        return "\n\n" + _paragraph(paragraph, "", style)
    if properties.list is not None:
        return _item(lines, paragraph, style)
    if lines.block.kind == "item" and not lines.block.note_of:
        return "\n\n" + _paragraph(paragraph, re.match(r"[> ]*", lines.prefix).group().rstrip(" "), style)  # type: ignore[union-attr]
    return f"\n{lines.blank}\n" + _paragraph(paragraph, lines.indent, style)


def _heading_level(properties: Properties) -> int:
    level = properties.outline_level or 0
    return min(level, DEEPEST_HEADING) if level else 0


def _paragraph(paragraph: New, indent: str, style: Style) -> str:
    level = _heading_level(paragraph.properties)
    marker = "#" * level + " " if level else ""
    words = _moved(paragraph, indent, style)
    words = words or inline.written(
        _lines_for(paragraph, level), frozenset(), indent, at_start=not level, in_cell=False, style=style
    )
    return f"{indent}{marker}{words.strip()}"


def _lines_for(paragraph: New, level: int) -> Sequence[Content]:
    return inline.one_line(paragraph.content) if level else paragraph.content


def _item(lines: Lines, paragraph: New, style: Style) -> str:
    """A list item: with the marker of the item before it if there is one, else with a new list's."""
    place_ = paragraph.properties.list
    assert place_ is not None
    here = lines.block.level if lines.block.kind == "item" else 0
    wanted = place_.level + 1
    if not here:
        marker = "1. " if place_.ordered else "- "
        indent = lines.indent if not ITEM.search(lines.prefix) else ""
        return f"\n{indent.rstrip()}\n{indent}{marker}" + _words(paragraph, indent + " " * len(marker), style)
    prefix = _item_prefix(lines, wanted - here, bool(place_.ordered))
    return f"\n{prefix}" + _words(paragraph, markdown.continuation(prefix), style)


def _moved(paragraph: New, indent: str, style: Style) -> str:
    """The source of a paragraph that stood elsewhere before; so what the tool made in it is not written as words."""
    source, _ = style.moved.get(normal(inline.text_of(paragraph.content)), ("", ""))
    first, *rest = source.split("\n")
    return "".join([first.strip(), *(f"\n{indent}{line.lstrip(CONTAINER).rstrip()}" for line in rest)])


def _words(paragraph: New, indent: str, style: Style) -> str:
    return (
        _moved(paragraph, indent, style)
        or inline.written(paragraph.content, frozenset(), indent, at_start=True, in_cell=False, style=style).strip()
    )


def _item_prefix(lines: Lines, deeper: int, ordered: bool) -> str:
    """The line start of an item `deeper` levels below (negative: above) the one on these lines."""
    own = _marker_line(lines)
    found = ITEM.search(own)
    if found is None:
        return lines.indent + ("1. " if ordered else "- ")
    if deeper > 0:
        return markdown.continuation(own) + ("1. " if ordered else "- ")
    if deeper < 0:
        return _ancestor(lines, own, deeper)
    number = re.search(r"\d+", found.group(1))
    if number:
        return (
            own[: found.start(1)]
            + found.group(1).replace(number.group(), str(int(number.group()) + 1))
            + found.group(2)
        )
    return own


def _marker_line(lines: Lines) -> str:
    """The prefix with the marker of the item that the block belongs to, also for its second and later paragraphs."""
    if ITEM.search(lines.prefix):
        return lines.prefix
    for line in reversed(lines.document.text[: lines.start].split("\n")):
        found = re.match(r"([> \t]*(?:[-+*]|\(?(?:\d{1,9}|[A-Za-z]{1,3}|#)[.)])[ \t]+)", line)
        if found and len(found.group(1)) <= len(lines.prefix):
            return found.group(1)
    return lines.prefix


def _ancestor(lines: Lines, own: str, deeper: int) -> str:
    """The marker line of an item above: the nearest earlier line with a smaller indent, as many times as needed."""
    width = len(own) - len(own.lstrip())
    for line in reversed(lines.document.text[: lines.start].split("\n")):
        found = re.match(r"([> \t]*)((?:[-+*]|\(?(?:\d{1,9}|[A-Za-z]{1,3}|#)[.)])[ \t]+)", line)
        if found and len(found.group(1)) < width:
            width = len(found.group(1))
            deeper += 1
            if deeper == 0:
                number = re.search(r"\d+", found.group(2))
                marker = found.group(2)
                return found.group(1) + (
                    marker.replace(number.group(), str(int(number.group()) + 1)) if number else marker
                )
    return own.lstrip()


def relevel(
    block: Block,
    previous: Block | None,
    following: Block | None,
    deeper: int,
    ordered: bool,
    documents: dict[str, Document],
) -> list[Edit]:
    """Move a list item `deeper` levels down (negative: up): its lines get the indent and marker of the new level."""
    if previous is None or previous.kind != "item":
        raise Unsupported("no list item stands before it whose level could be followed")
    if following is not None and following.kind == "item" and following.level > block.level:
        raise Unsupported("the item has items of its own below it")
    lines = lines_of(block, documents)
    prefix = _item_prefix(lines_of(previous, documents), block.level + deeper - previous.level, ordered)
    head = Edit(lines.extent.path, lines.start, lines.extent.start, prefix, lines.prefix)
    return [head, *continued(block, lines.extent.start, markdown.continuation(prefix))]


def split(
    block: Block, documents: dict[str, Document], offset: int, new: Sequence[New], style: Style = PLAIN
) -> list[Edit]:
    """Cut a block at an offset: the first of `new` ends the first half, the last begins the second half."""
    if block.kind in ("cell", "caption", "term", "code"):
        raise Unsupported(f"a {block.kind} cannot be split into paragraphs")
    lines = lines_of(block, documents)
    where = place.insertion(block, offset, frozenset())
    marks = place.around(block, where) if where else []
    if where is None or any(not mark.inner or not mark.outer for mark in marks):
        raise Unsupported("the split falls inside code or text that the tool made")
    head = inline.one_line(new[0].content) if block.kind == "heading" else new[0].content
    first = inline.written(head, where.kinds, lines.indent, at_start=False, in_cell=False, style=style)
    middle = "".join(_separated(lines, paragraph, style) for paragraph in new[1:-1])
    last = _separated(lines, new[-1], style) if block.kind != "heading" else _rest_of_heading(lines, new[-1], style)
    text = lines.document.text
    closing, opening = _delimiters(text, marks)
    start, end = where.offset, where.offset
    while marks and not new[0].content and text[start - 1] in " \t":
        start -= 1
    words = inline.text_of(new[-1].content)
    gap = re.compile(r"[ \t]*(?:\n[> \t]*)?").match(text, end, lines.extent.end)
    end = gap.end() if gap and not words else end
    last += " " if words.strip() and words[-1].isspace() else ""
    new_text = first + closing + middle + last + opening
    return [Edit(where.path, start, end, new_text, text[start:end], _said(new, style))]


def _delimiters(text: str, marks: Sequence[Mark]) -> tuple[str, str]:
    """What ends and what begins these constructs again, as the source writes them; outermost first is given."""
    closing = opening = ""
    for mark in marks:
        assert mark.inner and mark.outer
        closing = text[mark.inner[1] : mark.outer[1]] + closing
        opening += text[mark.outer[0] : mark.inner[0]]
    return closing, opening


def _rest_of_heading(lines: Lines, paragraph: New, style: Style) -> str:
    level = _heading_level(paragraph.properties)
    words = inline.written(
        _lines_for(paragraph, level), frozenset(), "", at_start=not level, in_cell=False, style=style
    )
    return "\n\n" + ("#" * level + " " if level else "") + words


def remove(blocks: Sequence[Block], documents: dict[str, Document]) -> list[Edit]:
    """Take whole blocks out, with their markers and one of the empty lines around them."""
    edits: list[Edit] = []
    for number, block in enumerate(blocks):
        if block.kind == "cell":
            if block.text:
                edits += inline.replace(block, documents, 0, len(block.text), ())
            continue
        with_definition = block.kind == "term" and [b.kind for b in blocks[number + 1 : number + 2]] == ["definition"]
        if block.kind in ("caption", "term", "label", "frame") and not with_definition:
            raise Unsupported(f"a {block.kind} cannot be taken out on its own")
        edits.append(_removal(lines_of(block, documents)))
    gone = _united(edits, documents)
    return [*gone, *(number for edit in gone for number in numbered(edit, documents[edit.path].text))]


def numbered(gone: Edit, text: str) -> list[Edit]:
    """Where the first item of an ordered list goes, the next one takes its number: it says where the list begins."""
    own = ORDERED.match(gone.old)
    following = ORDERED.match(text, gone.end)
    if not own or not following or own["indent"] != following["indent"] or own["number"] == following["number"]:
        return []
    for line in reversed(text[: gone.start].splitlines()):
        deeper = len(line) - len(line.lstrip(CONTAINER)) > len(own["indent"])
        if line.strip(CONTAINER) and not deeper:
            before = ORDERED.match(line)
            if before and before["indent"] == own["indent"]:
                return []
            break
    old = following["number"]
    return [Edit(gone.path, following.start("number"), following.end("number"), own["number"], old)]


def _removal(lines: Lines) -> Edit:
    if lines.block.note_of and NOTE.search(lines.prefix):
        return _first_of_note(lines)
    if not lines.alone:
        raise Unsupported("other text stands on the same line of the source")
    text = lines.document.text
    start, end = lines.start, min(lines.end + 1, len(text))
    above = text[:start].endswith("\n\n") or start == lines.document.body_start or not text[:start].strip()
    rest = text[end:].split("\n", 1)[0]
    if above and not rest.strip("> \t") and end < len(text):
        end += len(rest) + 1
    return Edit(lines.extent.path, start, min(end, len(text)), "", text[start : min(end, len(text))])


def _first_of_note(lines: Lines) -> Edit:
    """The first paragraph of a note goes: the note's next paragraph takes its place behind the note's mark."""
    text = lines.document.text
    following = re.compile(r"\n(?:[> \t]*\n)+[> \t]*(?: {4}|\t)[> \t]*(?=\S)").match(text, lines.end)
    if following is None:
        raise Unsupported("a note without words is nothing; take out the reference to it")
    return Edit(lines.extent.path, lines.extent.start, following.end(), "", text[lines.extent.start : following.end()])


def _united(edits: list[Edit], documents: dict[str, Document]) -> list[Edit]:
    out: list[Edit] = []
    for edit in sorted(edits):
        last = out[-1] if out else None
        if last and last.path == edit.path and edit.start <= last.end and not last.new and not edit.new:
            end = max(last.end, edit.end)
            out[-1] = Edit(last.path, last.start, end, "", documents[last.path].text[last.start : end])
        else:
            out.append(edit)
    return out


def continued(block: Block, offset: int, prefix: str) -> list[Edit]:
    """The further lines of a block from an offset on begin with another container's prefix."""
    return [
        Edit(run.span.path, run.span.start, run.span.end, "\n" + prefix, "", " ")
        for run in block.runs
        if run.text == " " and run.literal and not run.exact and run.span and run.span.start >= offset
    ]
