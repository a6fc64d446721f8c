"""Edits of all kinds at random places that do not overlap, and what each should be read as.

Every place is found by words that stand only once in the whole file, and no two edits touch each other, so each must
be done, and each must be placed exactly by whoever reads the result. The same seed gives the same edits.
"""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.oracle import OBJECT, Para

GAP = 2
"""Words left alone between two edits of one paragraph: an insertion that touches a deletion counts as overlapping."""

NO_WORDS = re.compile(f"[{OBJECT}\n\t]")
"""What no edit touches."""

SYLLABLES = ("ba", "du", "ki", "lo", "me", "nu", "ra", "si", "to", "we", "za", "yo")


@dataclass(frozen=True, slots=True)
class Planned:
    """One edit and what it is."""

    edit: dict[str, Any]
    """For `LibreOffice.review`."""
    kind: str
    """`edit["do"]`."""
    paragraph: int
    """Index into the paragraphs given."""
    old: str = ""
    """Text that goes; of a whole paragraph without its mark; a mark is a newline."""
    new: str = ""
    """Text that comes, likewise."""
    quoted: str = ""
    """Text that a comment or a change of looks is about; empty for a point."""
    comment: str = ""
    """The comment's words."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of one paragraph."""

    paragraph: int
    text: str


class NoPlaceError(Exception):
    """No free place for such an edit was met."""


TRIES = 200


class _Ground:
    """Where edits may still be made."""

    def __init__(self, paras: Sequence[Para], seed: int) -> None:
        self.paras = paras
        self.random = random.Random(seed)
        self.whole = "\0".join(para.text for para in paras)
        self.taken: dict[int, list[tuple[int, int]]] = {}
        self.number = 0

    def word(self) -> str:
        """A word that stands nowhere else."""
        self.number += 1
        return "".join(self.random.choices(SYLLABLES, k=3)) + f"{self.number}q"

    def words(self, fits: Callable[[Para], bool], most: int = 4) -> _Words:
        """Free words that occur once, in a paragraph that fits, not at its ends; they are taken."""
        for _ in range(TRIES):
            index = self.random.randrange(len(self.paras))
            text = self.paras[index].text
            tokens = list(re.finditer(r"\w[\w'’-]*\w", text))
            if not fits(self.paras[index]) or len(tokens) < 4:
                continue
            first = self.random.randrange(1, len(tokens) - 1)
            last = min(len(tokens) - 2, first + self.random.randrange(most))
            start, end = tokens[first].start(), tokens[last].end()
            around = tokens[max(0, first - GAP)].start(), tokens[min(len(tokens) - 1, last + GAP)].end()
            if self._usable(index, text[start:end], around):
                return _Words(index, text[start:end])
        raise NoPlaceError

    def _usable(self, index: int, words: str, around: tuple[int, int]) -> bool:
        if self.whole.count(words) != 1 or NO_WORDS.search(words):
            return False
        if any(around[0] < end and start < around[1] for start, end in self.taken.get(index, [])):
            return False
        self.taken.setdefault(index, []).append(around)
        return True

    def paragraph(self, *offsets: int) -> _Words:
        """The unique first words of a free paragraph; it is prose, and so are those at these offsets from it.

        It is taken with one paragraph before it and two behind it, as far as a move reaches.
        """
        for _ in range(TRIES):
            index = self.random.randrange(1, len(self.paras) - 2)
            words = NO_WORDS.split(self.paras[index].text)[0][:50].rstrip()
            near = range(index - 1, index + 3)
            unique = len(words) > 8 and self.whole.count(words) == 1
            if unique and all(map(self.prose, (index, *(index + o for o in offsets)))) and self.take_all(near):
                return _Words(index, words)
        raise NoPlaceError

    def prose(self, index: int) -> bool:
        """A paragraph of the body outside tables and headings, with words in it and no note."""
        if not 0 <= index < len(self.paras):
            return False
        para = self.paras[index]
        return _plain(para) and not para.in_table and len(para.text) > 8 and OBJECT not in para.text

    def take_all(self, indexes: range) -> bool:
        """Take whole paragraphs, if all of them are free."""
        if any(self.taken.get(index) for index in indexes):
            return False
        self.taken |= {index: [(0, len(self.paras[index].text) + 1)] for index in indexes if index < len(self.paras)}
        return True

    def table(self, index: int) -> range:
        """Indexes of the cells' paragraphs of the table around this one."""
        first = last = index
        while first > 0 and self.paras[first - 1].in_table:
            first -= 1
        while last + 1 < len(self.paras) and self.paras[last + 1].in_table:
            last += 1
        return range(first, last + 1)


def random_edits(paras: Sequence[Para], seed: int, n: int, kinds: Sequence[str] | None = None) -> list[Planned]:
    """At most `n` edits of these kinds (all of `KINDS` by default), fewer when no free place is met.

    `paras` is what `oracle.accepted` says of the file before. Each kind comes once before any comes twice.
    """
    ground = _Ground(paras, seed)
    names = list(kinds or KINDS)
    found: list[Planned] = []
    for turn in range(n):
        kind = names[turn] if turn < len(names) else ground.random.choice(names)
        with contextlib.suppress(NoPlaceError):
            found.append(KINDS[kind](ground, kind))
    ground.random.shuffle(found)
    return found


# One function for each family of edits


def _plain(para: Para) -> bool:
    return para.part == "body" and not (para.style or "").startswith(("Heading", "Title"))


def _in_words(ground: _Ground, kind: str) -> Planned:
    return _text_edit(ground, kind, ground.words(lambda para: True))


def _in_note(ground: _Ground, kind: str) -> Planned:
    return _text_edit(ground, "replace", ground.words(lambda para: para.part == "footnote"))


def _in_cell(ground: _Ground, kind: str) -> Planned:
    return _text_edit(ground, "replace", ground.words(lambda para: para.in_table))


def _in_heading(ground: _Ground, kind: str) -> Planned:
    return _text_edit(ground, "replace", ground.words(lambda para: (para.style or "").startswith("Heading")))


def _text_edit(ground: _Ground, kind: str, words: _Words) -> Planned:
    where = {"do": kind, "text": words.text}
    new = " ".join(ground.word() for _ in range(ground.random.randrange(1, 4)))
    if kind == "delete":
        return Planned(where, kind, words.paragraph, old=words.text)
    if kind == "replace":
        return Planned({**where, "with": new}, kind, words.paragraph, old=words.text, new=new)
    if kind == "insert-before":
        return Planned({**where, "with": f"{new} "}, kind, words.paragraph, new=f"{new} ")
    return Planned({**where, "with": f" {new}"}, kind, words.paragraph, new=f" {new}")


def _looks(ground: _Ground, kind: str) -> Planned:
    words = ground.words(_plain)
    return Planned({"do": kind, "text": words.text}, kind, words.paragraph, quoted=words.text)


def _comment(ground: _Ground, kind: str) -> Planned:
    words, said = ground.words(_plain, most=8), f"Please explain {ground.word()}."
    edit = {"do": "comment", "text": words.text, "comment": said}
    if kind == "point":
        return Planned({**edit, "point": True}, kind, words.paragraph, comment=said)
    return Planned(edit, kind, words.paragraph, quoted=words.text, comment=said)


def _note(ground: _Ground, kind: str) -> Planned:
    words, said = ground.words(_plain), f"A new note {ground.word()}."
    return Planned({"do": kind, "text": words.text, "with": said}, kind, words.paragraph, new=said)


def _split(ground: _Ground, kind: str) -> Planned:
    words = ground.words(lambda para: _plain(para) and not para.in_table)
    return Planned({"do": kind, "text": words.text}, kind, words.paragraph, new="\n")


def _added(ground: _Ground, kind: str) -> Planned:
    place, said = ground.paragraph(), f"A new paragraph says {ground.word()} and {ground.word()}."
    return Planned({"do": kind, "begins": place.text, "with": said}, kind, place.paragraph, new=said)


def _gone(ground: _Ground, kind: str) -> Planned:
    place = ground.paragraph(1)
    return Planned({"do": kind, "begins": place.text}, kind, place.paragraph, old=ground.paras[place.paragraph].text)


def _joined(ground: _Ground, kind: str) -> Planned:
    place = ground.paragraph(1)
    return Planned({"do": kind, "begins": place.text, "with": " "}, kind, place.paragraph, old="\n", new=" ")


def _moved(ground: _Ground, kind: str) -> Planned:
    place = ground.paragraph(-1, 1)
    text = ground.paras[place.paragraph].text
    return Planned({"do": kind, "begins": place.text}, kind, place.paragraph, old=text, new=text)


def _restyled(ground: _Ground, kind: str) -> Planned:
    place = ground.paragraph()
    edit = {"do": kind, "begins": place.text, "style": "Heading 4"}
    return Planned(edit, kind, place.paragraph, quoted=ground.paras[place.paragraph].text)


def _row(ground: _Ground, kind: str) -> Planned:
    """One edit of rows in a table that has no other edit."""
    for _ in range(TRIES):
        index = ground.random.randrange(len(ground.paras))
        text = ground.paras[index].text
        if not ground.paras[index].in_table or ground.whole.count(text) != 1 or NO_WORDS.search(text):
            continue
        if ground.take_all(ground.table(index)):
            if kind == "delete-row":
                return Planned({"do": kind, "text": text}, kind, index, old=text)
            new = ground.word()
            return Planned({"do": kind, "text": text, "cells": [new]}, kind, index, new=new)
    raise NoPlaceError


KINDS: dict[str, Callable[[_Ground, str], Planned]] = {
    "replace": _in_words,
    "insert-before": _in_words,
    "insert-after": _in_words,
    "delete": _in_words,
    "comment": _comment,
    "add-paragraph": _added,
    "delete-paragraph": _gone,
    "split-paragraph": _split,
    "join-paragraph": _joined,
    "move-paragraph": _moved,
    "set-style": _restyled,
    "insert-row": _row,
    "delete-row": _row,
    "point": _comment,
    "bold": _looks,
    "italic": _looks,
    "strike": _looks,
    "insert-note": _note,
    "note": _in_note,
    "cell": _in_cell,
    "heading": _in_heading,
}
"""Every kind by name; `note`, `cell` and `heading` replace words there, `point` is a comment without a range."""
