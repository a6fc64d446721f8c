"""Two paragraphs become one: a paragraph mark was deleted.

Mostly that is one edit, from an offset of the first to an offset of the second. Where something else stands between
the two in the source, a note's words for example, the rest of the second is written behind the first instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.review import inline, place, structure
from livingmanual.review.changes import Content
from livingmanual.review.inline import PLAIN, Style, Unsupported
from livingmanual.text import markdown


def join(
    first: Block,
    start: int,
    last: Block,
    end: int,
    content: Sequence[Content],
    documents: dict[str, Document],
    style: Style = PLAIN,
    between: Sequence[Block] = (),
) -> list[Edit]:
    """Replace everything from an offset of one block to an offset of a later one in the same file: they become one.

    `between`: the blocks that stand between them and go. Raises Unsupported where the source does not allow it.
    """
    if "cell" in (first.kind, last.kind) or first.note_of != last.note_of or first.note != last.note:
        raise Unsupported("text of two cells or notes cannot be joined")
    kinds = {first.kind, last.kind} & {"code", "term", "caption", "label"}
    if kinds:
        raise Unsupported(f"a {min(kinds)} cannot be joined with another paragraph")
    begin = _edge(first, start, at_end=False)
    stop = _edge(last, end, at_end=True)
    if begin is None or stop is None or begin.path != stop.path or begin.offset > stop.offset:
        raise Unsupported("the two paragraphs come from different places of the sources")
    prefix = markdown.continuation(inline.line_prefix(documents[begin.path], first))
    words = inline.written(content, begin.kinds, prefix, at_start=begin.at_start, in_cell=False, style=style)
    if _apart(first, last, between, documents):
        return _brought(first, begin, last, end, stop, words, content, documents, style, between)
    old = documents[begin.path].text[begin.offset : stop.offset]
    if any(structure.FENCE.match(line) for line in old.split("\n")[1:]):
        raise Unsupported("the two paragraphs stand in different parts of the source")
    joined = Edit(begin.path, begin.offset, stop.offset, words, old, inline.said(content, style))
    own = markdown.continuation(inline.line_prefix(documents[begin.path], last))
    more = structure.continued(last, stop.offset, prefix) if own != prefix else []
    return [joined, *more, *(_list_apart(first, last, documents) if last.kind == "item" else [])]


def _apart(first: Block, last: Block, between: Sequence[Block], documents: dict[str, Document]) -> bool:
    """Something else stands between the two in the source, e.g. a note's words."""
    assert first.extent is not None and last.extent is not None
    text = documents[first.extent.path].text
    at, other = first.extent.end, ""
    for block in between:
        lines = structure.lines_of(block, documents)
        other += text[at : max(at, lines.start)]
        at = max(at, lines.end)
    lines = structure.lines_of(last, documents)
    other += text[at : max(at, lines.start)]
    return bool(re.sub(r"\{[^}]*\}|#+", "", other).strip(structure.CONTAINER + "\n"))


def _brought(
    first: Block,
    begin: place.Insertion,
    last: Block,
    end: int,
    stop: place.Insertion,
    words: str,
    content: Sequence[Content],
    documents: dict[str, Document],
    style: Style,
    between: Sequence[Block],
) -> list[Edit]:
    """What is left of the second paragraph is written behind the first, and taken out where it stood."""
    assert first.extent is not None and last.extent is not None
    lines, document = structure.lines_of(first, documents), documents[begin.path]
    if first.kind == "heading" or not lines.alone:
        raise Unsupported("the two paragraphs stand in different parts of the source")
    head, *rest = document.text[stop.offset : last.extent.end].split("\n")
    tail = "".join([head, *(f"\n{lines.indent}{line.lstrip(structure.CONTAINER)}" for line in rest)])
    old = document.text[begin.offset : first.extent.end]
    said = inline.said(content, style) + place.own_words(last, end)
    joined = Edit(begin.path, begin.offset, first.extent.end, words + tail, old, said)
    return [joined, *structure.remove([*between, last], documents)]


def _list_apart(first: Block, last: Block, documents: dict[str, Document]) -> list[Edit]:
    """The rest of a list whose first item was swallowed begins with that item's number.

    Behind a paragraph it gets an empty line: a list that does not begin with 1 cannot interrupt one (CommonMark 5.3).
    """
    lines = structure.lines_of(last, documents)
    text = lines.document.text
    end = min(lines.end + 1, len(text))
    numbers = structure.numbered(Edit(lines.extent.path, lines.start, end, "", text[lines.start : end]), text)
    tight = bool(text[end:].split("\n", 1)[0].strip())
    apart = tight and (first.kind != "item" or any(edit.new != "1" for edit in numbers))
    return [*([Edit(lines.extent.path, lines.end, lines.end, "\n", "")] if apart else []), *numbers]


def _edge(block: Block, offset: int, at_end: bool) -> place.Insertion | None:
    where = place.insertion(block, offset, frozenset())
    return where if where and not where.kinds - {"span"} else None
