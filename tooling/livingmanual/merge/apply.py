"""Put accepted edits into texts.

A pure function of texts and edits: bytes outside the edits stay as they are, the order of the edits does not matter,
and edits that overlap are refused together instead of one winning by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from livingmanual.model.remark import Edit


@dataclass(frozen=True, slots=True)
class Job:
    """The edits of one accepted remark, on today's text."""

    remark: str
    submission: str
    rank: int
    """Place of the remark in its file: neighbours of one file are put together in this order."""
    edits: tuple[Edit, ...]

    @property
    def deed(self) -> tuple[tuple[str, int, int, str], ...]:
        """What it does to which text; equal for two remarks that say the same."""
        return tuple((e.path, e.start, e.end, e.new) for e in self.edits)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Jobs after comparing each with the others."""

    free: tuple[Job, ...]
    duplicates: Mapping[str, str]
    """Remark -> the remark that does the same and is kept."""
    conflicts: tuple[tuple[str, ...], ...]
    """Groups of remarks whose edits overlap; none of a group is applied."""


def sort(jobs: Sequence[Job]) -> Sorted:
    """Find duplicates and overlaps. Insertions at one point, and an insertion at the edge of a deletion, overlap,
    unless both come from one submission, whose own order says what is meant.
    """
    kept: list[Job] = []
    duplicates: dict[str, str] = {}
    first: dict[tuple[tuple[str, int, int, str], ...], Job] = {}
    for job in jobs:
        twin = first.setdefault(job.deed, job)
        if twin is not job and twin.submission != job.submission:
            duplicates[job.remark] = twin.remark
        else:
            kept.append(job)
    groups = _groups(kept)
    bad = {name for group in groups for name in group}
    return Sorted(tuple(job for job in kept if job.remark not in bad), duplicates, tuple(groups))


def _groups(jobs: Sequence[Job]) -> list[tuple[str, ...]]:
    """Connected components of overlapping jobs, found by a sweep over each file."""
    parent = {job.remark: job.remark for job in jobs}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    flat = sorted(((e.path, e.start, e.end, job) for job in jobs for e in job.edits), key=lambda item: item[:3])
    open_: list[tuple[str, int, int, Job]] = []
    for item in flat:
        open_ = [o for o in open_ if o[0] == item[0] and o[2] >= item[1]]
        for other in open_:
            if other[3].remark != item[3].remark and _overlap(other, item):
                parent[root(item[3].remark)] = root(other[3].remark)
        open_.append(item)
    groups: dict[str, list[str]] = {}
    for job in jobs:
        groups.setdefault(root(job.remark), []).append(job.remark)
    return [tuple(names) for names in groups.values() if len(names) > 1]


DEFINITION = "[^"


def _overlap(left: tuple[str, int, int, Job], right: tuple[str, int, int, Job]) -> bool:
    if all(_is_definition(item) for item in (left, right)):
        return False
    if left[1] < right[2] and right[1] < left[2]:
        return True
    if left[3].submission == right[3].submission:
        return False
    return left[2] >= right[1] and right[2] >= left[1]


def _is_definition(item: tuple[str, int, int, Job]) -> bool:
    """The edit writes the definition of a new note, which may stand in any order with others."""
    path, start, end, job = item
    return any(
        (e.path, e.start, e.end) == (path, start, end)
        and e.new.lstrip().startswith(DEFINITION)
        and start == end
        and "]: " in e.new
        for e in job.edits
    )


def with_line_ends(job: Job, texts: Mapping[str, str]) -> Job:
    """The job with the line ends of the texts that it changes: in a text of `\r\n`, new lines end so as well."""
    return replace(job, edits=tuple(_ended(edit, texts.get(edit.path, "")) for edit in job.edits))


def _ended(edit: Edit, text: str) -> Edit:
    if "\n" not in edit.new or text.count("\r\n") * 2 <= text.count("\n"):
        return edit
    return replace(edit, new=re.sub("(?<!\r)\n", "\r\n", edit.new))


def apply(texts: Mapping[str, str], jobs: Iterable[Job]) -> dict[str, str]:
    """The texts after the jobs' edits; only texts that change are returned. The jobs must not overlap."""
    by_path: dict[str, list[Edit]] = {}
    for _, edit in in_order(jobs):
        by_path.setdefault(edit.path, []).append(edit)
    out: dict[str, str] = {}
    for path, edits in by_path.items():
        new = _applied(texts[path], edits)
        if new != texts[path]:
            out[path] = new
    return out


def in_order(jobs: Iterable[Job]) -> list[tuple[str, Edit]]:
    """Every edit with its remark, file by file, in the order in which they are written.

    At one point, whole paragraphs that come before it stand first, then words of the paragraph that ends or begins
    there, then whole paragraphs that come behind it; each in the order of their remarks.
    """
    items = [(job.rank, job.remark, edit) for job in jobs for edit in job.edits]
    items.sort(key=lambda item: (item[2].path, item[2].start, item[2].end, _side(item[2]), item[0], item[2].new))
    out: list[tuple[str, Edit]] = []
    for _, remark, edit in items:
        out.append((remark, _beside(out[-1][1], edit) if out else edit))
    return out


def _beside(before: Edit, edit: Edit) -> Edit:
    """An insertion with the space it begins with, if another stands before it at that point.

    Where a paragraph begins that space is left out, because it would be an indent.
    """
    together = (before.path, before.start, before.end) == (edit.path, edit.start, edit.end) and edit.start == edit.end
    words = before.new and edit.new and not before.new[-1].isspace() and not edit.new[0].isspace()
    return replace(edit, new=f" {edit.new}") if together and words and edit.plain[:1] == " " else edit


def _side(edit: Edit) -> int:
    if edit.start < edit.end or not edit.new.strip():
        return 0
    if edit.new.startswith(("\n", "\r\n")):
        return 1
    return -1 if edit.new.endswith("\n") else 0


def _applied(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = max(at, edit.end)
    return "".join([*parts, text[at:]])


def landed(jobs: Iterable[Job]) -> list[tuple[str, Edit]]:
    """Where edits stand after all of them were applied, in the new texts: (remark, edit that takes it back)."""
    out: list[tuple[str, Edit]] = []
    shift: dict[str, int] = {}
    for name, edit in in_order(jobs):
        start = edit.start + shift.get(edit.path, 0)
        out.append((name, Edit(edit.path, start, start + len(edit.new), edit.old, edit.new)))
        shift[edit.path] = shift.get(edit.path, 0) + len(edit.new) - (edit.end - edit.start)
    return out
