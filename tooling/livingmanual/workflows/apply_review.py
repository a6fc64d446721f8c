"""Apply what was accepted: one commit for each reviewer, with the reviewer as its author.

The commits are made beside the working tree and put in place at the end, so a killed run leaves everything as it was.
Files that would be written must have no changes that are not committed; other changes do not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Person, Repository
from livingmanual.errors import WrongUse
from livingmanual.merge.apply import Job, Sorted, landed, sort, with_line_ends
from livingmanual.merge.apply import apply as apply_edits
from livingmanual.merge.carry import Carrier
from livingmanual.model.remark import Decision, Edit, MergeState
from livingmanual.source.read import read_mapping
from livingmanual.text import quoted
from livingmanual.workflows import catalog_remarks, reviews
from livingmanual.workflows.to_country import NewOverride, overrides_for
from livingmanual.workflows.triage import Desk, Standing, job_of
from livingmanual.workflows.verify import Verifier

ACCEPTED = (Decision.ACCEPTED.value, Decision.ACCEPTED_WITH_CHANGE.value)
TRAILER = "Apply-Run: "
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
        remarks, commits = "remark" if total == 1 else "remarks", "commit" if len(self.commits) == 1 else "commits"
        out = [f"applied {len(self.applied)} of {total} accepted {remarks} in {len(self.commits)} {commits}"]
        out += [f"  {sha[:12]}" for sha in self.commits]
        return [*out, *(f"  {note}" for note in self.notes)]


def apply(root: Path, round_name: str | None = None) -> ApplyReport:
    """Apply every accepted remark that is not applied yet.

    Raises WrongUse, and changes nothing, if a file to be written has uncommitted changes or git knows no user.
    """
    finished = _finish(root)
    desk = Desk(root, round_name)
    wanted = [
        s for s in desk.standings() if s.disposition.get("disposition") in ACCEPTED and not s.disposition.get("applied")
    ]
    ready, notes = _ready(wanted)
    notes += [f"{path}: put in place; an earlier run was interrupted before it could" for path in finished]
    by_id = {s.remark.id: s for s in ready}
    new, why_not = overrides_for(desk, [s for s in ready if s.disposition.get("to")])
    jobs = [_job(s) for s in ready if not s.disposition.get("to")]
    texts = {path: desk.today(path) or "" for job in jobs for path in {e.path for e in job.edits}}
    sorted_ = sort([with_line_ends(job, texts) for job in jobs])
    whole, harmful = _harmless(sorted_.free, texts)
    free, refused = Verifier(desk, texts).sift(whole, by_id)
    notes += [*why_not.values(), *harmful, *refused.values(), *_explain(sorted_, ready)]
    work = Work(desk, by_id, tuple(free), sorted_.duplicates, tuple(new), texts)
    commits = work.commit() if free or new else ()
    settled = {s.remark.id for s in wanted if s.state is MergeState.ALREADY_APPLIED}
    done = {*work.applied, *settled}
    conflicts = tuple(s.remark.id for s in wanted if s.remark.id not in done and s.remark.kind == "suggestion")
    return ApplyReport(commits, work.applied, conflicts, tuple(notes))


def _finish(root: Path) -> tuple[str, ...]:
    """Finish a run that was killed after its commits: put its files in place, and its record into the decisions."""
    repository, folder = Repository(root), DiskFolder(root)
    finished = repository.finish_interrupted(TRAILER)
    for submission in reviews.submissions(folder) if finished else ():
        data = repository.revision("HEAD").read(f"{submission.folder}/dispositions.yaml") or b""
        mapping, _ = read_mapping("", data.decode("utf-8", "replace"))
        kept = {str(name): dict(value) for name, value in (mapping.get("dispositions") or {}).items()}
        missing = {
            name: value
            for name, value in kept.items()
            if value.get("applied") and not submission.dispositions.get(name, {}).get("applied")
        }
        if missing:
            reviews.write_dispositions(folder, submission, missing)
    return finished


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


def _job(standing: Standing) -> Job:
    edits = standing.edits
    text = standing.disposition.get("text")
    if text is not None and edits:
        first = next((e for e in edits if e.new), edits[0])
        edits = tuple(
            replace(e, new=quoted.written_for(e.path, str(text))) if e is first else replace(e, new="") for e in edits
        )
    return replace(job_of(standing), edits=edits)


def _harmless(jobs: Sequence[Job], texts: Mapping[str, str]) -> tuple[list[Job], list[str]]:
    """The jobs that leave every translation whole, alone and all together, and why the others do not.

    Each change was looked at when it was read in, but a person may have written other words since, and two changes
    that do no harm alone may empty a translation together.
    """
    today = catalog_remarks.Today(texts)
    kept: list[Job] = []
    why_not: list[str] = []
    for job in jobs:
        wrong = today.take(job.edits)
        if wrong:
            why_not.append(f"{job.remark}: not applied: {wrong}")
        else:
            kept.append(job)
    return kept, why_not


def _explain(sorted_: Sorted, ready: Sequence[Standing]) -> list[str]:
    words = {s.remark.id: s.remark for s in ready}
    out = []
    for group in sorted_.conflicts:
        told = "; ".join(
            f'{name} ({words[name].author}): "{words[name].old[:40]}" -> "{words[name].new[:40]}"' for name in group
        )
        out.append(f"these overlap, so none was applied; reject all but one: {told}")
    return out


@dataclass(frozen=True, slots=True)
class Work:
    """What one run applies."""

    desk: Desk
    by_id: Mapping[str, Standing]
    free: tuple[Job, ...]
    duplicates: Mapping[str, str]
    """Remark -> the equal remark that is applied."""
    new: tuple[NewOverride, ...]
    texts: Mapping[str, str]

    @property
    def applied(self) -> tuple[str, ...]:
        """Every remark that is carried out, duplicates included."""
        names = [job.remark for job in self.free] + [name for override in self.new for name in override.remarks]
        return (*names, *(twin for name in names for twin in self.twins(name)))

    def twins(self, name: str) -> list[str]:
        """The remarks that say the same."""
        return [twin for twin, kept in self.duplicates.items() if kept == name]

    @property
    def run(self) -> str:
        """A name for the run, which its commits carry."""
        return hashlib.blake2b("\n".join(sorted(self.applied)).encode(), digest_size=6).hexdigest()

    def commit(self) -> tuple[str, ...]:
        """One commit for each author of each submission, the decisions with the first; returns their shas."""
        _refuse_dirty(self.desk, sorted({e.path for job in self.free for e in job.edits} | {o.path for o in self.new}))
        decided = self._decided()
        plans: list[tuple[dict[str, bytes | None], str, Person]] = []
        so_far: list[Job] = []
        for (submission, _), names in self._groups().items():
            jobs = [job for job in self.free if job.remark in names]
            so_far += jobs
            files = self._files(jobs, so_far) | {o.path: o.text.encode() for o in self.new if o.remarks[0] in names}
            files |= decided if not plans else {}
            plans.append((files, self._message(submission, names), _person(self.by_id[names[0]])))
        return _committed(self.desk, plans)

    def _groups(self) -> dict[tuple[str, str], list[str]]:
        groups: dict[tuple[str, str], list[str]] = {}
        for name in [job.remark for job in self.free] + [name for override in self.new for name in override.remarks]:
            standing = self.by_id[name]
            groups.setdefault((standing.submission.folder, standing.remark.author), []).append(name)
        return groups

    def _files(self, jobs: Sequence[Job], so_far: Sequence[Job]) -> dict[str, bytes | None]:
        touched = {edit.path for job in jobs for edit in job.edits}
        return {path: text.encode() for path, text in apply_edits(self.texts, so_far).items() if path in touched}

    def _message(self, submission: str, names: Sequence[str]) -> str:
        total = len(self.by_id[names[0]].submission.remarks)
        title = submission.removeprefix(f"{reviews.REVIEWS}/")
        lines = [f"review({title}): apply {len(names)} of {total} {'remark' if total == 1 else 'remarks'}", ""]
        for name in names:
            decided = self.by_id[name].disposition
            lines.append(
                f"{name} {decided['disposition']}" + (f": {decided['reason']}" if decided.get("reason") else "")
            )
        lines += ["", f"{TRAILER}{self.run}", *(f"Remark: {name}" for name in names)]
        partners = {_person(self.by_id[twin]) for name in names for twin in self.twins(name) if twin in self.by_id}
        partners |= {_named(other) for name in names for other in self.by_id[name].remark.others}
        return "\n".join([*lines, *(f"Co-authored-by: {p}" for p in sorted(partners, key=str))])

    def _decided(self) -> dict[str, bytes | None]:
        """The files of decisions with what was applied where, so that it can be taken back."""
        places: dict[str, list[dict[str, Any]]] = {}
        for name, edit in landed(self.free):
            places.setdefault(name, []).append({k: getattr(edit, k) for k in ("path", "start", "end", "old", "new")})
        for override in self.new:
            place = {"path": override.path, "start": 0, "end": len(override.text), "old": override.text, "new": ""}
            places.setdefault(override.remarks[0], []).append(place)
        files: dict[str, bytes | None] = {}
        for submission in self.desk.submissions:
            new = {
                name: {**self.by_id[name].disposition, "applied": {"run": self.run, "edits": places.get(name, [])}}
                for name in self.applied
                if name in self.by_id and self.by_id[name].submission.folder == submission.folder
            }
            if new:
                path, data = reviews.dispositions(self.desk.folder, submission, new)
                files[path] = data
        return files


def _committed(desk: Desk, plans: Sequence[tuple[dict[str, bytes | None], str, Person]]) -> tuple[str, ...]:
    """Commit the plans, and with the first of them the rest of `reviews/` as it stands on disk."""
    planned = {path for files, _, _ in plans for path in files}
    rest = [path for path in desk.folder.list(reviews.REVIEWS) if path not in planned]
    mine: list[tuple[dict[str, bytes | None], str, Person]] = []
    theirs: dict[Path, list[tuple[dict[str, bytes | None], str, Person]]] = {}
    for files, message, person in plans:
        for folder, inner in desk.place.split(files).items():
            (mine if folder == desk.root else theirs.setdefault(folder, [])).append((inner, message, person))
    # The manual's own commits come last, because they say that all is done.
    shas = [sha for folder, some in theirs.items() for sha in Repository(folder).commit_series(some, ())]
    return (*shas, *desk.repository.commit_series(mine, rest)) if mine else tuple(shas)


def _refuse_dirty(desk: Desk, paths: Sequence[str]) -> None:
    dirty = desk.place.changed(paths)
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
    return Person(name, str(mail)) if mail else _named(name)


def _named(name: str) -> Person:
    """Somebody of whom only the name is known."""
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower()).strip("-") or "reviewer"
    return Person(name, f"{slug}@{RESERVED}")


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
    after = apply_edits(texts, [job for _, job in jobs]).items()
    files: dict[str, bytes | None] = {path: text.encode() if text else None for path, text in after}
    for submission in {s.submission.folder: s.submission for s, _ in jobs}.values():
        gone = {s.remark.id: None for s, _ in jobs if s.submission.folder == submission.folder}
        path, data = reviews.dispositions(desk.folder, submission, gone)
        files[path] = data
    done = [standing.remark.id for standing, _ in jobs]
    message = "\n".join(
        [
            f"review: take back {len(done)} {'remark' if len(done) == 1 else 'remarks'}",
            "",
            *(f"Undone: {name}" for name in done),
        ]
    )
    commits = _committed(desk, [(files, message, desk.repository.user())])
    return ApplyReport(commits, tuple(done), tuple(conflicts), tuple(notes))


def _inverse(desk: Desk, record: dict[str, Any]) -> list[Edit] | None:
    """The edits that take an applied remark back, on today's text; None if that text has changed."""
    commit = desk.repository.find_commit(f"{TRAILER}{record['run']}")
    out = []
    for place in record["edits"]:
        data = commit.read(place["path"]) if commit else None
        carrier = Carrier(place["path"], (data or b"").decode(), desk.today(place["path"]))
        carried = carrier.carry(Edit(place["path"], place["start"], place["end"], place["new"], place["old"]))
        if carried.edit is None or carried.state is not MergeState.CLEAN:
            return None
        out.append(carried.edit)
    return out
