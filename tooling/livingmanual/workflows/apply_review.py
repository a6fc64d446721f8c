"""Apply what was accepted: one commit for each reviewer, with the reviewer as its author.

The commits are made beside the working tree and put in place at the end, so a killed run leaves everything as it was.
Files that would be written must have no changes that are not committed; other changes do not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livingmanual.adapters.git import Person
from livingmanual.errors import WrongUse
from livingmanual.merge.apply import Job, Sorted, landed, sort
from livingmanual.merge.apply import apply as apply_edits
from livingmanual.merge.carry import Carrier
from livingmanual.model.remark import Decision, Edit, MergeState
from livingmanual.workflows import reviews
from livingmanual.workflows.triage import Desk, Standing
from livingmanual.workflows.verify import Verifier

ACCEPTED = (Decision.ACCEPTED.value, Decision.ACCEPTED_WITH_CHANGE.value)
RESERVED = "reviewers.invalid"
"""Domain of made addresses (RFC 2606, section 2: `.invalid` can never be anybody's)."""


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What was applied."""

    commits: tuple[str, ...]
    applied: tuple[str, ...]
    conflicts: tuple[str, ...]
    """Accepted remarks that were not applied, because they overlap or today's text has changed under them."""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record of design section 6.1."""
        return {
            "commits": list(self.commits),
            "applied": list(self.applied),
            "conflicts": list(self.conflicts),
            "notes": list(self.notes),
        }

    def lines(self) -> list[str]:
        """For people."""
        total = len(self.applied) + len(self.conflicts)
        out = [f"applied {len(self.applied)} of {total} accepted remarks in {len(self.commits)} commits"]
        out += [f"  {sha[:12]}" for sha in self.commits]
        return [*out, *(f"  {note}" for note in self.notes)]


def apply(root: Path, round_name: str | None = None) -> ApplyReport:
    """Apply every accepted remark that is not applied yet.

    Raises WrongUse, and changes nothing, if a file to be written has uncommitted changes or git knows no user.
    """
    desk = Desk(root, round_name)
    wanted = [
        s for s in desk.standings() if s.disposition.get("disposition") in ACCEPTED and not s.disposition.get("applied")
    ]
    ready, notes = _ready(wanted)
    jobs = {s.remark.id: _job(s) for s in ready}
    sorted_ = sort(list(jobs.values()))
    texts = {path: desk.today(path) or "" for job in jobs.values() for path in {e.path for e in job.edits}}
    verifier = Verifier(desk, texts)
    free, refused = verifier.sift(sorted_.free, {s.remark.id: s for s in ready})
    notes += [*refused.values(), *_explain(sorted_, ready)]
    by_id = {s.remark.id: s for s in ready}
    commits, applied = _commit(desk, free, sorted_, by_id, texts) if free or _settled(wanted) else ((), ())
    done = {*applied, *(s.remark.id for s in _settled(wanted))}
    conflicts = tuple(s.remark.id for s in wanted if s.remark.id not in done and s.remark.kind == "suggestion")
    return ApplyReport(commits, tuple(applied), conflicts, tuple(notes))


def _ready(wanted: Sequence[Standing]) -> tuple[list[Standing], list[str]]:
    ready, notes = [], []
    for standing in wanted:
        remark = standing.remark
        if remark.kind == "comment":
            continue
        if not remark.edits:
            notes.append(f"{remark.id}: cannot be applied: {remark.anchor.why or 'it changes no source'}")
        elif standing.state in (MergeState.CLEAN, MergeState.MOVED):
            ready.append(standing)
        elif standing.state is MergeState.ALREADY_APPLIED:
            notes.append(f"{remark.id}: today's text says this already")
        elif standing.state is MergeState.TEXT_GONE:
            notes.append(f"{remark.id}: the text it changes is gone")
        else:
            theirs = " … ".join(" ".join(text.split())[:80] for text in standing.theirs)
            notes.append(
                f'{remark.id}: today\'s text has changed here to "{theirs}"; decide with `manual review decide` --text'
            )
    return ready, notes


def _settled(wanted: Sequence[Standing]) -> list[Standing]:
    """Accepted remarks that need no edit: comments, and what today's text says already."""
    return [s for s in wanted if s.state is MergeState.ALREADY_APPLIED]


def _job(standing: Standing) -> Job:
    edits = standing.edits
    text = standing.disposition.get("text")
    if text is not None and edits:
        first = next((e for e in edits if e.new), edits[0])
        edits = tuple(replace(e, new=str(text)) if e is first else replace(e, new="") for e in edits)
    return Job(standing.remark.id, standing.submission.folder, standing.submission.ranks[standing.remark.id], edits)


def _explain(sorted_: Sorted, ready: Sequence[Standing]) -> list[str]:
    words = {s.remark.id: s.remark for s in ready}
    out = []
    for group in sorted_.conflicts:
        told = "; ".join(
            f'{name} ({words[name].author}): "{words[name].old[:40]}" -> "{words[name].new[:40]}"' for name in group
        )
        out.append(f"these overlap, so none was applied; reject all but one: {told}")
    return out


def _commit(
    desk: Desk, free: Sequence[Job], sorted_: Sorted, by_id: dict[str, Standing], texts: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One commit for each author of each submission, the decisions with the first."""
    paths = sorted({e.path for job in free for e in job.edits})
    _refuse_dirty(desk, paths)
    run = hashlib.blake2b("\n".join(sorted(job.remark for job in free)).encode(), digest_size=6).hexdigest()
    twins: dict[str, list[str]] = {}
    for name, kept in sorted_.duplicates.items():
        twins.setdefault(kept, []).append(name)
    applied = [job.remark for job in free] + [n for job in free for n in twins.get(job.remark, [])]
    _record(desk, free, applied, by_id, run)
    groups: dict[tuple[str, str], list[Job]] = {}
    for job in free:
        groups.setdefault((job.submission, by_id[job.remark].remark.author), []).append(job)
    plans: list[tuple[dict[str, bytes], str, Person]] = []
    so_far: list[Job] = []
    for (submission, _), jobs in groups.items():
        so_far += jobs
        files = {
            path: text.encode()
            for path, text in apply_edits(texts, so_far).items()
            if any(path == e.path for j in jobs for e in j.edits)
        }
        plans.append((files, _message(submission, jobs, by_id, twins, run), _person(by_id[jobs[0].remark])))
    if not plans:
        return (), tuple(applied)
    commits = desk.repository.commit_series(plans, list(desk.folder.list(reviews.REVIEWS)))
    return tuple(commits), tuple(applied)


def _refuse_dirty(desk: Desk, paths: Sequence[str]) -> None:
    dirty = desk.repository.changed(paths)
    if dirty:
        raise WrongUse(
            f"these files have changes that are not committed: {', '.join(dirty)}",
            "commit or undo them, then apply again",
        )
    desk.repository.user()


def _person(standing: Standing) -> Person:
    name = standing.remark.author or "Reviewer"
    authors = standing.submission.head.get("authors") or []
    mail = standing.submission.head.get("mail") if len(authors) <= 1 else None
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower()).strip("-") or "reviewer"
    return Person(name, str(mail or f"{slug}@{RESERVED}"))


def _message(
    submission: str, jobs: Sequence[Job], by_id: dict[str, Standing], twins: dict[str, list[str]], run: str
) -> str:
    name = submission.removeprefix(f"{reviews.REVIEWS}/")
    total = len(by_id[jobs[0].remark].submission.remarks)
    lines = [f"review({name}): apply {len(jobs)} of {total} remarks", ""]
    for job in jobs:
        standing = by_id[job.remark]
        reason = standing.disposition.get("reason") or ""
        lines.append(f"{job.remark} {standing.disposition['disposition']}" + (f": {reason}" if reason else ""))
    lines += ["", f"Apply-Run: {run}", *(f"Remark: {job.remark}" for job in jobs)]
    partners = {_person(by_id[n]) for job in jobs for n in twins.get(job.remark, []) if n in by_id}
    return "\n".join([*lines, *(f"Co-authored-by: {p}" for p in sorted(partners, key=str))])


def _record(desk: Desk, free: Sequence[Job], applied: Sequence[str], by_id: dict[str, Standing], run: str) -> None:
    """Write into the decisions what was applied where, so that it can be taken back."""
    places: dict[str, list[dict[str, Any]]] = {}
    for name, edit in landed([(job.remark, e) for job in free for e in job.edits]):
        places.setdefault(name, []).append(
            {"path": edit.path, "start": edit.start, "end": edit.end, "old": edit.old, "new": edit.new}
        )
    for submission in desk.submissions:
        new = {
            name: {**by_id[name].disposition, "applied": {"run": run, "edits": places.get(name, [])}}
            for name in applied
            if name in by_id and by_id[name].submission.folder == submission.folder
        }
        if new:
            reviews.write_dispositions(desk.folder, submission, new)


def undo(root: Path, names: Sequence[str]) -> ApplyReport:
    """Take applied decisions back: the text as it was goes where it stood, and the decision is open again.

    What today's text no longer holds is left alone and reported as a conflict.
    """
    desk = Desk(root)
    jobs, conflicts, notes = [], [], []
    taken = [desk.find(name) for name in names]
    for standing in taken:
        record = standing.disposition.get("applied")
        if not record:
            raise WrongUse(
                f"remark {standing.remark.id} was not applied, so there is nothing to take back",
                "see `manual review show`",
            )
        edits = _inverse(desk, record)
        if edits is None:
            conflicts.append(standing.remark.id)
            notes.append(f"{standing.remark.id}: the text has changed since; mend it by hand")
        else:
            jobs.append((standing, Job(standing.remark.id, standing.submission.folder, 0, tuple(edits))))
    if not jobs:
        return ApplyReport((), (), tuple(conflicts), tuple(notes))
    _refuse_dirty(desk, sorted({e.path for _, job in jobs for e in job.edits}))
    texts = {e.path: desk.today(e.path) or "" for _, job in jobs for e in job.edits}
    files = {path: text.encode() for path, text in apply_edits(texts, [job for _, job in jobs]).items()}
    for standing, _ in jobs:
        reviews.write_dispositions(desk.folder, standing.submission, {standing.remark.id: None})
    done = [standing.remark.id for standing, _ in jobs]
    message = "\n".join([f"review: take back {len(done)} remarks", "", *(f"Undone: {name}" for name in done)])
    commits = desk.repository.commit_series(
        [(files, message, desk.repository.user())], list(desk.folder.list(reviews.REVIEWS))
    )
    return ApplyReport(tuple(commits), tuple(done), tuple(conflicts), tuple(notes))


def _inverse(desk: Desk, record: dict[str, Any]) -> list[Edit] | None:
    """The edits that take an applied remark back, on today's text; None if that text has changed."""
    commit = desk.repository.find_commit(f"Apply-Run: {record['run']}")
    out = []
    for place in record["edits"]:
        data = commit.read(place["path"]) if commit else None
        carrier = Carrier(place["path"], (data or b"").decode(), desk.today(place["path"]))
        carried = carrier.carry(Edit(place["path"], place["start"], place["end"], place["new"], place["old"]))
        if carried.edit is None or carried.state is not MergeState.CLEAN:
            return None
        out.append(carried.edit)
    return out
