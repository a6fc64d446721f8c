"""Comments: their words, where they point, and which answers which.

A comment's text is in the comments part, its place in the document, its thread in commentsExtended, its true time
in commentsExtensible (ECMA-376 Part 1, 17.13.4; [MS-DOCX] 2.5.1). Programs that keep no threads give other signs:
Google Docs repeats the range, LibreOffice begins the answer's text with whom it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from livingmanual.model.diagnostic import Diagnostic, warning
from livingmanual.model.returned import Comment, Paragraph, Point, ThreadFact
from livingmanual.review.word.names import (
    AUTHOR,
    DATE,
    DATE_UTC,
    ID,
    INITIALS,
    PARA_ID,
    W15_NS,
    W16CEX_NS,
    W16CID_NS,
    P,
    w,
)
from livingmanual.review.word.ranges import CommentRange, Ranges
from livingmanual.review.word.walk import Walk
from livingmanual.review.word.xml import Element

COMMENT: Final = w("comment")
_ENTRY = f"{{{W15_NS}}}commentEx"
_PARA, _PARENT, _DONE = f"{{{W15_NS}}}paraId", f"{{{W15_NS}}}paraIdParent", f"{{{W15_NS}}}done"
_ID_ENTRY, _ID_PARA, _DURABLE = f"{{{W16CID_NS}}}commentId", f"{{{W16CID_NS}}}paraId", f"{{{W16CID_NS}}}durableId"
_CEX_ENTRY, _CEX_DURABLE, _CEX_UTC = (
    f"{{{W16CEX_NS}}}commentExtensible",
    f"{{{W16CEX_NS}}}durableId",
    f"{{{W16CEX_NS}}}dateUtc",
)
_REPLY = re.compile(r"^(?P<words>[^\n]{1,200}?) \((?P<date>[^()\n]{6,40})\): [\"“«]")
"""How LibreOffice 7 begins a reply: `Reply to NAME (MM/DD/YYYY, HH:MM): "`, the first words in its own language."""
_MOST_ANSWERED: Final = 50
"""How many comments of one author on one spot are looked at, so that a hostile file stays quick."""


@dataclass(slots=True)
class OpenComment:
    """A comment while its place and thread are being found."""

    element: Element
    part: str
    story: str
    para_ids: list[str]


@dataclass(slots=True)
class Book:
    """The comments of a reading, by number, and what the extension parts say."""

    comments: list[OpenComment] = field(default_factory=list)
    entries: list[Element] = field(default_factory=list)
    durable: dict[str, str] = field(default_factory=dict)
    """paraId -> durableId."""
    utc: dict[str, str] = field(default_factory=dict)
    """durableId -> dateUtc."""


def read_comments(walk: Walk, root: Element, part: str, book: Book) -> None:
    """Read a comments part: each comment is a story."""
    seen: dict[str, int] = {}
    for item in book.comments:
        seen[item.element.get(ID, "")] = seen.get(item.element.get(ID, ""), 0) + 1
    for element in root:
        if element.tag != COMMENT:
            walk.read_story((element,), "stray:comment")
            continue
        identity = element.get(ID, "")
        seen[identity] = seen.get(identity, 0) + 1
        story = f"comment:{identity}" if seen[identity] == 1 else f"comment:{identity}~{seen[identity]}"
        if seen[identity] > 1:
            walk.note("word-comment-id-twice", f'"{part}" gives the id "{identity}" to two comments; both are kept')
        para_ids = [found for item in element.iter(P) if (found := item.get(PARA_ID))]
        book.comments.append(OpenComment(element, part, story, para_ids))
        walk.read_story(element, story)


def read_extended(root: Element, book: Book) -> None:
    """Read commentsExtended, commentsIds or commentsExtensible."""
    book.entries.extend(root.iter(_ENTRY))
    for item in root.iter(_ID_ENTRY):
        book.durable[item.get(_ID_PARA, "").upper()] = item.get(_DURABLE, "")
    for item in root.iter(_CEX_ENTRY):
        book.utc[item.get(_CEX_DURABLE, "")] = item.get(_CEX_UTC, "")


@dataclass(frozen=True, slots=True)
class CommentsRead:
    """Comments with places and threads."""

    comments: tuple[Comment, ...]
    threads: tuple[ThreadFact, ...]
    diagnostics: tuple[Diagnostic, ...]


def finish(book: Book, ranges: Ranges, paragraphs: Sequence[Paragraph], generator: str) -> CommentsRead:
    """Put together what the parts say."""
    texts = _texts(paragraphs)
    places = _Places(ranges)
    comments = [places.placed(number, item, book, texts) for number, item in enumerate(book.comments)]
    threads = _threads(book)
    for fact in threads:
        if fact.comment is not None:
            by = "file" if fact.parent is not None else ""
            comments[fact.comment] = replace(
                comments[fact.comment], parent=fact.parent, parent_by=by, resolved=fact.resolved
            )
    _answers_by_text(comments)
    if not book.entries and generator != "word":
        _answers_by_range(comments)
    return CommentsRead(tuple(_without_circles(comments)), tuple(threads), (*places.diagnostics(), *_dangling(threads)))


def _texts(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Text of every comment story, what was deleted inside it left out."""
    lines: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        if paragraph.story.startswith("comment:"):
            text = "".join(piece.text for piece in paragraph.pieces if not piece.deleted)
            lines.setdefault(paragraph.story, []).append(text)
    return {story: "\n".join(texts) for story, texts in lines.items()}


class _Places:
    """Hands out the ranges of the text to the comments, in file order where an id occurs twice."""

    def __init__(self, ranges: Ranges) -> None:
        self.ranges = ranges
        self.used: dict[str, int] = {}
        self.unbalanced: list[str] = []

    def placed(self, number: int, item: OpenComment, book: Book, texts: dict[str, str]) -> Comment:
        identity = item.element.get(ID, "")
        turn = self.used.get(identity, 0)
        self.used[identity] = turn + 1
        start, end, is_point = self._range(identity, self.ranges.comments.get(identity), turn)
        date_utc = item.element.get(DATE_UTC)
        for para_id in item.para_ids:
            date_utc = date_utc or book.utc.get(book.durable.get(para_id.upper(), ""))
        return Comment(
            number=number,
            element_id=item.element.get(ID),
            author=item.element.get(AUTHOR),
            initials=item.element.get(INITIALS),
            date=item.element.get(DATE),
            date_utc=date_utc,
            text=texts.get(item.story, ""),
            part=item.part,
            story=item.story,
            start=start,
            end=end,
            is_point=is_point,
            anchored=start is not None,
        )

    def _range(self, identity: str, found: CommentRange | None, turn: int) -> tuple[Point | None, Point | None, bool]:
        if found is None:
            return None, None, False
        start = _nth(found.starts, turn)
        end = _nth(found.ends, turn)
        reference = _nth(found.references, turn)
        if (start is None) != (end is None):
            self.unbalanced.append(identity)
        first = start or end or reference
        last = end or (reference if start is not None and reference is not None else None) or first
        settled, ended = self.ranges.settle_pair(first, last)
        return settled, ended, settled is not None and settled == ended

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Ranges that are unbalanced, and places that speak of comments which are not there."""
        found = [
            warning(
                "word-comment-half",
                f'the range of comment "{identity}" has only one end; the rest is taken from its sign',
            )
            for identity in self.unbalanced
        ]
        orphans = [identity for identity in self.ranges.comments if identity not in self.used]
        found += [
            warning(
                "word-comment-missing",
                f'the text points to a comment "{identity}" that the file does not hold',
                hint="ask the reviewer for the original file: another program may have dropped the comment",
            )
            for identity in orphans
        ]
        return tuple(found)


def _nth(points: list[Point], turn: int) -> Point | None:
    """The point for the n-th comment of one id; a single one serves all."""
    if not points:
        return None
    return points[turn] if turn < len(points) else points[-1]


def _threads(book: Book) -> list[ThreadFact]:
    """Link the entries of commentsExtended by the ids of the comments' paragraphs."""
    numbers: dict[str, int] = {}
    for number, item in enumerate(book.comments):
        for para_id in item.para_ids:
            numbers.setdefault(para_id.upper(), number)
    facts: list[ThreadFact] = []
    for entry in book.entries:
        para_id, parent = entry.get(_PARA, ""), entry.get(_PARENT) or None
        comment = numbers.get(para_id.upper())
        answered = numbers.get(parent.upper()) if parent is not None else None
        done = entry.get(_DONE, "0") in {"1", "true", "on"}
        facts.append(ThreadFact(para_id, parent, done, comment, None if answered == comment else answered))
    return facts


def _dangling(threads: Iterable[ThreadFact]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for fact in threads:
        if fact.comment is None:
            message = f'the file says something about a comment with the mark "{fact.para_id}" that it does not hold'
            found.append(warning("word-thread-missing", message))
        elif fact.parent_para_id is not None and fact.parent is None:
            message = f'comment number {fact.comment} answers a comment "{fact.parent_para_id}" that is not in the file'
            found.append(warning("word-reply-dangling", message, hint="it is kept as a comment of its own"))
    return found


def _answers_by_text(comments: list[Comment]) -> None:
    """LibreOffice: the answer's text names whom it answers. Only a comment of that author on the same place counts."""
    by_spot: dict[tuple[Point | None, str | None], list[int]] = {}
    for comment in comments:
        for spot in {comment.start, comment.end}:
            by_spot.setdefault((spot, comment.author), []).append(comment.number)
    authors = {comment.author for comment in comments if comment.author}
    for number, comment in enumerate(comments):
        match = _REPLY.match(comment.text) if comment.parent is None and comment.start is not None else None
        author = None if match is None else _named_at_end(match["words"], authors)
        if match is None or author is None:
            continue
        # LibreOffice anchors an answer at the end of what it answers, or on the same range.
        found = (n for spot in (comment.start, comment.end) for n in by_spot.get((spot, author), ())[:_MOST_ANSWERED])
        candidates = [comments[n] for n in dict.fromkeys(found) if n != number and comments[n].parent != number]
        if candidates:
            chosen = next((other for other in candidates if _same_time(other.date, match["date"])), candidates[0])
            comments[number] = replace(comment, parent=chosen.number, parent_by="text")


def _named_at_end(words: str, authors: set[str]) -> str | None:
    """The longest name of an author that these words end with."""
    return next((words[start:] for start in range(len(words)) if words[start:] in authors), None)


def _same_time(date: str | None, shown: str) -> bool:
    """True if `2024-05-06T07:08:00Z` and `05/06/2024, 07:08` can be one time: the same numbers, in any order."""
    if date is None:
        return False
    return sorted(re.findall(r"\d+", shown))[:5] == sorted(re.findall(r"\d+", date)[:5])


def _answers_by_range(comments: list[Comment]) -> None:
    """Google Docs: several comments on one identical range are a thread, the first of them its beginning."""
    first: dict[tuple[Point, Point], int] = {}
    for number, comment in enumerate(comments):
        if comment.start is None or comment.end is None or comment.parent is not None:
            continue
        key = comment.start, comment.end
        if key in first:
            comments[number] = replace(comment, parent=first[key], parent_by="range")
        else:
            first[key] = number


def _without_circles(comments: list[Comment]) -> list[Comment]:
    """A comment that answers itself through others answers nobody."""
    result = list(comments)
    walked: dict[int, int] = {}
    for number in range(len(result)):
        current: int | None = number
        while current is not None and current not in walked:
            walked[current] = number
            current = result[current].parent
        if current is not None and walked[current] == number:
            result[current] = replace(result[current], parent=None, parent_by="")
    return result
