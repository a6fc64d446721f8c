"""Carry an edit from the text it was made on to today's text.

Three-way merge at word level: the base is what the reviewer saw, one side is the edit, the other is what happened to
the file since. The edit is carried only where the base's words around it are still there; where both sides changed the
same words, both texts are shown and a person decides. Nothing is ever overwritten silently.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz.distance import Indel

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


SAME = 0.5
"""Share of words in common from which a paragraph is taken for a changed one."""
CONTEXT = 2
"""Words in a row that must be left of a changed paragraph for them to count as the same words."""
TOO_MANY = 40_000
"""Pairs of paragraphs beyond which they are not compared with each other."""


def stretches(base: str, today: str) -> list[Stretch]:
    """Align two versions of a file: paragraph by paragraph, line by line and word by word inside those that differ."""
    if base == today:
        return [(0, len(base), 0, len(today), True)]
    out: list[Stretch] = []
    left, right = _parts(base), _parts(today)
    i = j = 0
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        old, new = "".join(left[a:b]), "".join(right[c:d])
        if tag == "replace":
            out += _units(left[a:b], right[c:d], i, j)
        else:
            out.append((i, i + len(old), j, j + len(new), tag == "equal"))
        i, j = i + len(old), j + len(new)
    return _joined(out)


def _parts(text: str) -> list[str]:
    """Paragraphs, lists and tables, each with the empty lines behind it."""
    out: list[str] = []
    empty = True
    for line in text.splitlines(keepends=True):
        if out and (not empty or not line.strip()):
            out[-1] += line
        else:
            out.append(line)
        empty = not line.strip()
    return out


def _units(left: Sequence[str], right: Sequence[str], i: int, j: int) -> list[Stretch]:
    """Changed units next to each other in order; what has no counterpart came or went as a whole."""
    out: list[Stretch] = []
    a = c = 0
    for b, d in [*_counterparts(left, right), (len(left), len(right))]:
        old, new = "".join(left[a:b]), "".join(right[c:d])
        out.append((i, i + len(old), j, j + len(new), False))
        i, j = i + len(old), j + len(new)
        if b < len(left):
            out += _lines(left[b], right[d], i, j)
            i, j = i + len(left[b]), j + len(right[d])
        a, c = b + 1, d + 1
    return out


def _counterparts(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of units that have most words in common, in order: the pairs with the largest sum of common words."""
    if len(left) == len(right) == 1:
        return [(0, 0)]
    if len(left) * len(right) > TOO_MANY:
        return []
    words = [TOKEN.findall(" ".join(unit.split())) for unit in (*left, *right)]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    worth = [[_worth(mine, other) for other in words[len(left) :]] for mine in words[: len(left)]]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + worth[i][j])
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if worth[i][j] and best[i][j] == best[i + 1][j + 1] + worth[i][j]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def _worth(left: Sequence[str], right: Sequence[str]) -> float:
    share = Indel.normalized_similarity(left, right)
    return share * (1 + min(len(left), len(right))) if share >= SAME else 0.0


def _lines(old: str, new: str, i: int, j: int) -> list[Stretch]:
    out: list[Stretch] = []
    left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        mine, theirs = "".join(left[a:b]), "".join(right[c:d])
        if tag == "replace":
            out += _words(mine, theirs, i, j)
        else:
            out.append((i, i + len(mine), j, j + len(theirs), tag == "equal"))
        i, j = i + len(mine), j + len(theirs)
    return out


def _words(old: str, new: str, i: int, j: int) -> list[Stretch]:
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    out: list[Stretch] = []
    mine, theirs = ([" " if sign == "\n" else sign for sign in side] for side in (left, right))  # wrapping is no change
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        width, height = len("".join(left[a:b])), len("".join(right[c:d]))
        words = sum(token.isalnum() for token in left[a:b]) + (a == 0 or b == len(left))
        out.append((i, i + width, j, j + height, tag == "equal" and words >= CONTEXT))
        i, j = i + width, j + height
    return _joined(out, within=True)


def _joined(found: list[Stretch], within: bool = False) -> list[Stretch]:
    """Neighbouring stretches as one, changed ones only `within` one paragraph."""
    out: list[Stretch] = []
    for a, b, c, d, equal in found:
        if a == b and c == d:
            continue
        if out and out[-1][4] == equal and (equal or within):
            out[-1] = (out[-1][0], b, out[-1][2], d, equal)
        else:
            out.append((a, b, c, d, equal))
    return out


class Carrier:
    """Carries edits of one file.

    `others`: today's texts of all files, for text that has moved; `earlier`: a file's text in the base.
    """

    def __init__(
        self,
        path: str,
        base: str,
        today: str | None,
        others: Mapping[str, str] | None = None,
        earlier: Callable[[str], str] = lambda _: "",
    ) -> None:
        self.path, self.base, self.today, self.others, self.earlier = path, base, today, others or {}, earlier

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
            empty_between = (
                not equal and low == high and edit.start <= low <= edit.end and not self._apart(edit, stretch)
            )
            if inside or touching or empty_between:
                found.append(stretch)
        return found

    def _apart(self, edit: Edit, stretch: Stretch) -> bool:
        """Whole lines that came before or behind what the edit replaces do not touch it."""
        low, _, start, end, _ = stretch
        at_line_start = low == 0 or self.base[low - 1] == "\n"
        whole = at_line_start and (self.today or "")[start:end].endswith("\n")
        return whole and edit.start < edit.end and low in (edit.start, edit.end)

    def _shifted(self, edit: Edit, stretch: Stretch) -> Carried:
        shift = stretch[2] - stretch[0]
        return Carried(
            MergeState.CLEAN, Edit(edit.path, edit.start + shift, edit.end + shift, edit.new, edit.old, edit.plain)
        )

    def _contested(self, edit: Edit, touched: list[Stretch]) -> Carried:
        assert self.today is not None
        first, last = touched[0], touched[-1]
        low, high = edit.start if first[4] else first[0], edit.end if last[4] else last[1]
        start, end = first[2] + low - first[0], last[3] - (last[1] - high)
        wanted = self.base[low : edit.start] + edit.new + self.base[edit.end : high]
        theirs = self.today[start:end]
        if _same(theirs, wanted):
            return Carried(MergeState.ALREADY_APPLIED, None)
        if not theirs.strip() and self.base[low:high].strip():
            return self._gone(edit)
        return Carried(MergeState.CONFLICT, Edit(edit.path, start, end, wanted, self.base[low:high]), theirs)

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
        if any(self._stood_at(path, paragraph) for path, _ in places):
            return Carried(MergeState.TEXT_GONE, None)  # its double stays where it always was
        if len(places) == 1 and sum(text.count(paragraph) for text in self.others.values()) == 1 and edit.start >= low:
            path, at = places[0]
            shift = at - low
            return Carried(
                MergeState.MOVED, Edit(path, edit.start + shift, edit.end + shift, edit.new, edit.old, edit.plain)
            )
        return Carried(MergeState.TEXT_GONE, None)

    def _stood_at(self, path: str, paragraph: str) -> bool:
        """The file had such a paragraph in the base as well, besides the one that is gone."""
        return self.base.count(paragraph) > 1 if path == self.path else paragraph in self.earlier(path)


def _same(left: str, right: str) -> bool:
    return " ".join(left.split()) == " ".join(right.split())
