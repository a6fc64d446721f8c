"""Merge two versions of a text word by word.

Base is what both began with. Where only one side changed, its words are taken; where both changed the same words, both
texts are kept side by side for a person. White space and wrapping are no change: the words that nobody changed stay as
our side wrote them. Sides meet again only on a few words in a row that all three share, because a merge that hangs on
one common "the" looks clean in a context that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"(\s*)(\w+|[^\w\s])")
STRUCTURE = re.compile(r"\n[ \t]*(?=[-*+:|#>~`]|\d+[.)]|\[\^)")
CONTEXT = 2
"""Words and signs in a row on which two sides meet again."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words that both sides changed, each differently; any of the three can be empty."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge: texts that are settled, and conflicts, in reading order."""

    pieces: tuple[str | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide; empty for a clean merge."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    def text(self, side: str = "ours") -> str:
        """The whole text; in conflicts the words of `ours` or `theirs`."""
        return "".join(piece if isinstance(piece, str) else getattr(piece, side) for piece in self.pieces)

    def marked(self) -> str:
        """The text for people, with both texts of a conflict inline."""
        parts = []
        for piece in self.pieces:
            if isinstance(piece, str):
                parts.append(piece)
            else:
                longest = max(piece.ours, piece.theirs, key=len)
                space = longest[: len(longest) - len(longest.lstrip())]
                parts.append(f"{space}<<ours: {piece.ours.strip()} | manual: {piece.theirs.strip()}>>")
        return "".join(parts)


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge `theirs` into `ours`; all three are texts of one target, heading and fences left out."""
    if same(base, theirs) or same(ours, theirs):
        return Merged((ours,))
    if same(base, ours):
        return Merged((theirs,))
    left, mine, right = _Words(base), _Words(ours), _Words(theirs)
    pieces: list[str | Conflict] = []
    at = (0, 0, 0)
    for start, end, a, a_end, b, b_end in _meetings(left.keys, mine.keys, right.keys):
        if end - start < CONTEXT and end < len(left.keys):
            continue
        pieces += _chunk(left.cut(at[0], start), mine.cut(at[1], a), right.cut(at[2], b))
        pieces.append(mine.text(a, a_end))
        at = (end, a_end, b_end)
    pieces.append(mine.trail)
    return Merged(tuple(_begun(list(_joined(pieces)), mine.lead)))


def same(left: str, right: str) -> bool:
    """True if two texts differ in white space and wrapping only."""
    return _Words(left).keys == _Words(right).keys


Meeting = tuple[int, int, int, int, int, int]
"""Words that all three have: start and end in the base, in ours, and in theirs; half-open."""
Cut = tuple[list[str], str]
"""The keys of some words, and their text."""


class _Words:
    """A text as words with the white space before them; keys tell what counts, wrapping does not."""

    def __init__(self, text: str) -> None:
        body = text.rstrip()
        found = list(TOKEN.finditer(body))
        self.lead = found[0].group(1) if found else ""
        self.trail = text[len(body) :]
        self.texts = [m.group() if m.start() else f" {m.group(2)}" for m in found]
        self.keys = [f"{_space(body, m) if m.start() else ' '}{m.group(2)}" for m in found]

    def text(self, start: int, end: int) -> str:
        return "".join(self.texts[start:end])

    def cut(self, start: int, end: int) -> Cut:
        return self.keys[start:end], self.text(start, end)


def _space(text: str, found: re.Match[str]) -> str:
    """What white space means: nothing, a space, the end of a paragraph, a hard break, or the start of an item."""
    space = found.group(1)
    if "\n" not in space:
        return " " if space else ""
    if space.count("\n") > 1:
        return "\n\n" + space.rpartition("\n")[2]
    if space.startswith("  "):
        return "  \n"
    return space if STRUCTURE.match(text, found.start() + space.index("\n")) else " "


def _meetings(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Meeting]:
    """Where all three go together, in order; the last one is empty and stands at the three ends."""
    mine = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    other = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    at = 0
    for left in mine:
        while at < len(other) and other[at].a + other[at].size <= left.a:
            at += 1
        for right in other[at:]:
            start, end = max(left.a, right.a), min(left.a + left.size, right.a + right.size)
            if right.a >= left.a + left.size:
                break
            a, b = left.b + start - left.a, right.b + start - right.a
            if start < end:
                yield start, end, a, a + end - start, b, b + end - start
    yield len(base), len(base), len(ours), len(ours), len(theirs), len(theirs)


def _chunk(base: Cut, ours: Cut, theirs: Cut) -> list[str | Conflict]:
    if theirs[0] in (base[0], ours[0]):
        return [ours[1]]
    if base[0] == ours[0]:
        return [_wrapped_as(ours, theirs)]
    return [Conflict(base[1], ours[1], theirs[1])]


def _wrapped_as(ours: Cut, theirs: Cut) -> str:
    """Their text, with our line break before it where both have one space."""
    if ours[0] and theirs[0] and ours[0][0][0] == theirs[0][0][0] == " ":
        return ours[1][: len(ours[1]) - len(ours[1].lstrip())] + theirs[1].lstrip()
    return theirs[1]


def _begun(pieces: list[str | Conflict], lead: str) -> list[str | Conflict]:
    """The pieces without the space that every first word was given, and with our own white space before it."""
    if not pieces:
        return [lead]
    first = pieces[0]
    if isinstance(first, str):
        return [lead + first.lstrip(), *pieces[1:]]
    return [Conflict(first.base.lstrip(), lead + first.ours.lstrip(), lead + first.theirs.lstrip()), *pieces[1:]]


def _joined(pieces: Sequence[str | Conflict]) -> Iterator[str | Conflict]:
    """Neighbouring texts as one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        text = ""
        yield piece
    if text:
        yield text
