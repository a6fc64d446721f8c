"""Carry an edit from the text it was made on to today's text.

Three-way merge at word level: the base is what the reviewer saw, one side is the edit, the other is what happened to
the file since. The edit is carried only where the base's words around it are still there; where both sides changed the
same words, both texts are shown and a person decides. Nothing is ever overwritten silently.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from livingmanual.model.remark import Edit, MergeState

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
Stretch = tuple[int, int, int, int, bool]
"""(base start, base end, today start, today end, equal)"""


@dataclass(frozen=True, slots=True)
class Carried:
    """An edit on today's text, or why there is none."""

    state: MergeState
    edit: Edit | None
    """In offsets of today's text; for a conflict the stretch that both sides changed, with the edit's words."""
    theirs: str = ""
    """For a conflict: what stands there today."""


def stretches(base: str, today: str) -> list[Stretch]:
    """Align two versions of a file: line by line, and word by word inside lines that differ."""
    if base == today:
        return [(0, len(base), 0, len(today), True)]
    out: list[Stretch] = []
    left, right = base.splitlines(keepends=True), today.splitlines(keepends=True)
    i = j = 0
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        old, new = "".join(left[a:b]), "".join(right[c:d])
        if tag == "replace":
            out += _words(old, new, i, j)
        else:
            out.append((i, i + len(old), j, j + len(new), tag == "equal"))
        i, j = i + len(old), j + len(new)
    return _joined(out)


def _words(old: str, new: str, i: int, j: int) -> list[Stretch]:
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    out: list[Stretch] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        width, height = len("".join(left[a:b])), len("".join(right[c:d]))
        out.append((i, i + width, j, j + height, tag == "equal"))
        i, j = i + width, j + height
    return out


def _joined(found: list[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for a, b, c, d, equal in found:
        if a == b and c == d:
            continue
        if out and out[-1][4] == equal:
            out[-1] = (out[-1][0], b, out[-1][2], d, equal)
        else:
            out.append((a, b, c, d, equal))
    return out or [(0, 0, 0, 0, True)]


class Carrier:
    """Carries edits of one file; `others` are today's texts of all files, for text that has moved."""

    def __init__(self, path: str, base: str, today: str | None, others: Mapping[str, str] | None = None) -> None:
        self.path, self.base, self.today, self.others = path, base, today, others or {}

    @cached_property
    def _stretches(self) -> list[Stretch]:
        return stretches(self.base, self.today or "")

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch[0] for stretch in self._stretches]

    def carry(self, edit: Edit) -> Carried:
        """Place one edit on today's text."""
        if self.today is None:
            return self._gone(edit)
        if self.today == self.base:
            return Carried(MergeState.CLEAN, edit)
        touched = self._touched(edit)
        if len(touched) == 1 and touched[0][4]:
            return self._shifted(edit, touched[0])
        return self._contested(edit, touched)

    def _touched(self, edit: Edit) -> list[Stretch]:
        """The stretches that the edit overlaps; a change that merely touches an insertion point counts."""
        at = max(bisect_right(self._starts, edit.start) - 2, 0)
        found = []
        for stretch in self._stretches[at:]:
            low, high, _, _, equal = stretch
            if low > edit.end:
                break
            inside = low < edit.end and high > edit.start
            touching = edit.start == edit.end and low <= edit.start <= high
            empty_between = not equal and low == high and edit.start <= low <= edit.end
            if inside or touching or empty_between:
                found.append(stretch)
        return found

    def _shifted(self, edit: Edit, stretch: Stretch) -> Carried:
        shift = stretch[2] - stretch[0]
        return Carried(
            MergeState.CLEAN, Edit(edit.path, edit.start + shift, edit.end + shift, edit.new, edit.old, edit.plain)
        )

    def _contested(self, edit: Edit, touched: list[Stretch]) -> Carried:
        assert self.today is not None
        low, high = (
            min(edit.start, *(s[0] for s in touched if not s[4])),
            max(edit.end, *(s[1] for s in touched if not s[4])),
        )
        start, end = self._today(low, at_end=False), self._today(high, at_end=True)
        wanted = self.base[low : edit.start] + edit.new + self.base[edit.end : high]
        theirs = self.today[start:end]
        if _same(theirs, wanted):
            return Carried(MergeState.ALREADY_APPLIED, None)
        if not theirs.strip() and self.base[low:high].strip():
            return self._gone(edit)
        return Carried(MergeState.CONFLICT, Edit(edit.path, start, end, wanted, self.base[low:high]), theirs)

    def _today(self, offset: int, at_end: bool) -> int:
        """Today's offset of a place at the edge of a changed stretch."""
        for low, high, start, end, equal in self._stretches if not at_end else reversed(self._stretches):
            if low <= offset <= high:
                if equal:
                    return start + offset - low
                if offset in (low, high) and low != high:
                    return start if offset == low else end
                return end if at_end else start
        return len(self.today or "")

    def _gone(self, edit: Edit) -> Carried:
        """The words are not there any more; if their whole paragraph stands once elsewhere, the edit goes with it."""
        low = self.base.rfind("\n\n", 0, edit.start) + 2 if "\n\n" in self.base[: edit.start] else 0
        high = self.base.find("\n\n", edit.end)
        paragraph = self.base[low : high if high >= 0 else len(self.base)].strip("\n")
        low = self.base.index(paragraph, low)
        places = [
            (path, text.find(paragraph))
            for path, text in self.others.items()
            if paragraph and text.count(paragraph) == 1
        ]
        if len(places) == 1 and sum(text.count(paragraph) for text in self.others.values()) == 1 and edit.start >= low:
            path, at = places[0]
            shift = at - low
            return Carried(
                MergeState.MOVED, Edit(path, edit.start + shift, edit.end + shift, edit.new, edit.old, edit.plain)
            )
        return Carried(MergeState.TEXT_GONE, None)


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()) == " ".join(right.split())
