"""Edits inside one block: words taken out, put in or replaced, with the Markdown around them kept whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as dataclass_replace

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.model.returned import Look
from livingmanual.model.run import OBJECT, Mark, Span
from livingmanual.review import edges, place
from livingmanual.review.changes import Content
from livingmanual.review.stream import Segment
from livingmanual.text import markdown, quoted

DELIMITERS = {"strong": "**", "emph": "*", "strikeout": "~~", "superscript": "^", "subscript": "~"}


class Unsupported(Exception):
    """The new content holds something that Markdown of this kind cannot say; the message says what."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the Markdown is to be written."""

    everything: bool = False
    """Escape all punctuation."""
    notes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Story of a note that is new -> its label in the source, and its words."""
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Text of a paragraph that was taken out elsewhere -> its source, and those of its words that stand there."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Bookmark of a block -> id that a link in the source names."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Id -> the words that a reference to it is filled with."""
    note_extents: Mapping[tuple[str, int], Span] = field(default_factory=dict)
    """(block that refers to a note, which of its notes) -> where the note's words stand in the source."""
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Story of a note of the edition -> the file that it stands in, and its label there."""
    carried: frozenset[tuple[str, str]] = frozenset()
    """Notes of the edition (file, label) that new text refers to, because their references were moved."""


PLAIN = Style()


def kinds_of(look: Look) -> frozenset[str]:
    """The constructs that a look in Word stands for."""
    found = set()
    if look.bold:
        found.add("strong")
    if look.italic:
        found.add("emph")
    if look.strike:
        found.add("strikeout")
    if look.vertical in ("super", "sub"):
        found.add("superscript" if look.vertical == "super" else "subscript")
    if look.code:
        found.add("code")
    if look.link:
        found.add("link")
    return frozenset(found)


def written(
    content: Sequence[Content],
    around: frozenset[str],
    prefix: str,
    *,
    at_start: bool,
    in_cell: bool,
    style: Style = PLAIN,
) -> str:
    """Markdown of new words that stand inside the constructs `around`; lines after a break begin with `prefix`.

    Raises Unsupported for content that is not words.
    """
    if "code" in around:
        return _verbatim(content, prefix, block="block" in around)
    out: list[str] = []
    for look, text in _joined(content, style):
        if look is NOTE:
            out.append(f"[^{text}]")
            continue
        start = at_start and not "".join(out).strip()
        words = markdown.lines(text, prefix, at_line_start=start, in_cell=in_cell, everything=style.everything)
        out.append(_dressed(words, text, kinds_of(look) - around, look, style))
    return "".join(out)


def _verbatim(content: Sequence[Content], prefix: str, block: bool) -> str:
    """New words inside code, where nothing is markup but what would end the code."""
    text = text_of(content).replace("\u00ad", "")
    if OBJECT in text or ("```" if block else "`") in text:
        raise Unsupported("code cannot hold this")
    return text.replace("\n", f"\n{prefix}" if block else " ")


NOTE = Look(style="a reference to a new note, whose text is the note's label")


def _joined(content: Sequence[Content], style: Style) -> list[tuple[Look, str]]:
    """Neighbouring segments that need the same constructs, as one."""
    out: list[tuple[Look, str]] = []
    for item in content:
        assert isinstance(item, Segment)
        if item.thing and item.thing.target in style.notes:
            out.append((NOTE, style.notes[item.thing.target][0]))
            continue
        if item.thing and item.thing.target in style.labels:
            out.append((NOTE, style.labels[item.thing.target][1]))
            continue
        if OBJECT in item.text:
            kind = item.thing.kind if item.thing else "object"
            raise Unsupported(f"a {kind} was inserted")
        text = item.text.replace("\u00ad", "").replace("\t", " ")
        if (
            out
            and out[-1][0] is not NOTE
            and kinds_of(out[-1][0]) == kinds_of(item.look)
            and out[-1][0].link == item.look.link
        ):
            out[-1] = (out[-1][0], out[-1][1] + text)
        else:
            out.append((item.look, text))
    return out


def _dressed(words: str, text: str, kinds: frozenset[str], look: Look, style: Style) -> str:
    if not text.strip():
        return words
    if "code" in kinds:
        fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        words = f"{fence}{pad}{text}{pad}{fence}"
    for kind in ("superscript", "subscript", "strikeout", "emph", "strong"):
        if kind in kinds:
            words = markdown.emphasised(words, DELIMITERS[kind])
    if "link" in kinds and look.link:
        core = words.strip()
        start = words.index(core)
        words = words[:start] + _link(core, look.link, style) + words[start + len(core) :]
    return words


def _link(words: str, target: str, style: Style) -> str:
    """A link; to a place in the edition by the id that the source knows, and without words if the tool gives them."""
    known = style.anchors.get(target.removeprefix("#"), "") if target.startswith("#") else ""
    if _is_reference(words, target, style):
        return f"[](#{known})"
    if target.startswith("#_") and not known:
        return words
    return f"[{words}]({_address('#' + known if known else target)})"


def _address(link: str) -> str:
    """A link's target that cannot end early: spaces and brackets make it need angle brackets (CommonMark 6.3)."""
    return f"<{link}>" if re.search(r"[\s()<>]", link) else link


def replace(
    block: Block,
    documents: dict[str, Document],
    start: int,
    end: int,
    content: Sequence[Content],
    style: Style = PLAIN,
) -> list[Edit]:
    """Edits that put `content` (words, no paragraph marks) in place of [start, end) of a block's text.

    Raises place.Cut if generated text would be cut, Unsupported if the content cannot be written.
    """
    content = [item for item in content if not isinstance(item, Segment) or item.text]
    content = one_line(content) if block.kind == "heading" else content
    start, end, content = _trimmed(block, start, end, content)
    where = _place_for(block, start, end, content) if content else None
    low, high, outside = edges.freed(block, start, end, where)
    if where is None:
        low, high = edges.without_empty_line(block, low, high)
    gone = place.deletions(block, low, high) if low < high else []
    if where is None:
        return sorted([*(_edit(documents, s.path, s.start, s.end, "") for s in gone), *(o.edit for o in outside)])
    prefix = markdown.continuation(line_prefix(documents[where.path], block))
    kinds = where.kinds | {"code", "block"} if block.kind == "code" else where.kinds
    words = written(content, kinds, prefix, at_start=where.at_start, in_cell=where.in_cell, style=style)
    words = words.lstrip(" ") if where.at_start else words
    words, more = edges.trimmed(block, low, high, where, words)
    here = [o for o in outside if (o.edit.path, o.edit.start) == (where.path, where.offset)]
    for found in here:
        words = found.beside(words)
    edits = _joined_edits(documents, gone, where, words, said(content, style))
    return sorted([*edits, *(o.edit for o in outside if o not in here), *more])


def one_line(content: Sequence[Content]) -> list[Content]:
    """Content without line breaks, for headings: a heading of the source is one line (CommonMark 4.2)."""
    return [
        dataclass_replace(item, text=item.text.replace("\n", " ")) if isinstance(item, Segment) else item
        for item in content
    ]


def _place_for(block: Block, start: int, end: int, content: Sequence[Content]) -> place.Insertion:
    looks = [kinds_of(item.look) for item in content if isinstance(item, Segment) and item.text.strip()]
    where = _where(block, start, end, looks[0] if looks else frozenset())
    if where is None:
        raise place.Cut(place.parts(block, max(start - 1, 0), start + 1)[0].run)
    return where


def _trimmed(block: Block, start: int, end: int, content: Sequence[Content]) -> tuple[int, int, Sequence[Content]]:
    """Leave alone what a replacement has in common with what it replaces, so that only the words concerned change."""
    if start >= end or not content:
        return start, end, content
    old = [
        (char, frozenset(m.kind for m in run.marks) & KEPT) for at, run in place.placed_runs(block) for char in run.text
    ][start:end]
    new = [(char, kinds_of(item.look) & KEPT) for item in content if isinstance(item, Segment) for char in item.text]
    head = _common_words(old, new)
    tail = _common_words(old[head:][::-1], new[head:][::-1])
    return start + head, end - tail, _slice(content, head, len(new) - tail)


KEPT = frozenset(DELIMITERS) | {"code"}


def _common_words(left: Sequence[tuple[str, frozenset[str]]], right: Sequence[tuple[str, frozenset[str]]]) -> int:
    """Length of the common beginning, back to the last border between words."""
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b or a[0] == OBJECT:
            break
        count += 1
    whole = count == len(left) or count == len(right)
    ends = [count < len(side) and side[count][0].isalnum() for side in (left, right)]
    while count and left[count - 1][0].isalnum() and (any(ends) or not whole):
        count -= 1
    return count


def _slice(content: Sequence[Content], start: int, end: int) -> list[Content]:
    out: list[Content] = []
    at = 0
    for item in content:
        assert isinstance(item, Segment)
        low, high = max(start - at, 0), min(end - at, len(item.text))
        if low < high:
            out.append(dataclass_replace(item, text=item.text[low:high]))
        at += len(item.text)
    return out


def _where(block: Block, start: int, end: int, wanted: frozenset[str]) -> place.Insertion | None:
    """For a replacement the place of its first deleted character, if that is text; so `**old**` becomes `**new**`."""
    if start == end:
        return place.insertion(block, start, wanted)
    first = place.parts(block, start, end)[0]
    kinds = frozenset(mark.kind for mark in first.run.marks)
    span = first.run.span
    if (
        first.run.literal
        and first.run.exact
        and span
        and kinds == wanted
        and not _all_emptied(block, start, end, first.run.marks)
    ):
        return place.Insertion(
            span.path, span.start + first.low, kinds, block.kind == "cell", first.start + first.low == 0
        )
    return place.insertion(block, start, wanted)


def _all_emptied(block: Block, start: int, end: int, marks: tuple[Mark, ...]) -> bool:
    """Some construct around the first character loses all of its text, and with it its delimiters."""
    texts = [(at, run) for at, run in place.placed_runs(block)]
    return any(
        all(start <= at and at + len(run.text) <= end for at, run in texts if mark in run.marks) for mark in marks
    )


def text_of(content: Sequence[Content]) -> str:
    """New content as a reader sees it."""
    return "".join(item.text for item in content if isinstance(item, Segment))


def said(content: Sequence[Content], style: Style) -> str:
    """The words of new content that stand in its source: references that the tool fills are left out."""
    parts = _joined([item for item in content if isinstance(item, Segment)], style)
    return "".join(
        text for look, text in parts if look is not NOTE and not _is_reference(text.strip(), look.link, style)
    )


def _is_reference(words: str, target: str | None, style: Style) -> bool:
    known = style.anchors.get((target or "").removeprefix("#"), "")
    return bool(known) and style.references.get(known) == words


def _joined_edits(
    documents: dict[str, Document], gone: list[Span], where: place.Insertion, words: str, plain: str
) -> list[Edit]:
    """The insertion becomes part of the deletion that it touches; else an edit of its own."""
    edits: list[Edit] = []
    put = False
    for span in gone:
        here = not put and span.path == where.path and span.start <= where.offset <= span.end
        edits.append(_edit(documents, span.path, span.start, span.end, words if here else "", plain if here else ""))
        put = put or here
    if not put:
        edits.append(_edit(documents, where.path, where.offset, where.offset, words, plain))
    return sorted(edits)


def _edit(documents: dict[str, Document], path: str, start: int, end: int, new: str, plain: str = "") -> Edit:
    return Edit(path, start, end, new, documents[path].text[start:end], plain)


def line_prefix(document: Document, block: Block) -> str:
    """What stands before the block on its first line: indent, quote marks, a list marker; nothing in a catalog."""
    if block.extent is None or quoted.is_catalog(block.extent.path):
        return ""
    start = document.text.rfind("\n", 0, block.extent.start) + 1
    return document.text[start : block.extent.start]
