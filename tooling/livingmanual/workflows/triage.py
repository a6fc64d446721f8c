"""Look at remarks and decide on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.merge.apply import Job, sort
from livingmanual.merge.carry import Carried, Carrier
from livingmanual.model.remark import Decision, Edit, MergeState, Remark, origin_of
from livingmanual.workflows import reviews
from livingmanual.workflows.content import files
from livingmanual.workflows.elsewhere import Workplace, at_revision
from livingmanual.workflows.reviews import Submission
from livingmanual.workspace import Sources

ORDER = (MergeState.CONFLICT, MergeState.TEXT_GONE, MergeState.ALREADY_APPLIED, MergeState.MOVED, MergeState.CLEAN)
"""A remark of several edits is as bad as its worst."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A remark on today's text."""

    remark: Remark
    submission: Submission
    state: MergeState | None
    """None for what cannot be applied anyway."""
    edits: tuple[Edit, ...]
    """On today's text; empty unless the state is clean or moved."""
    theirs: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    """Remarks whose changes overlap with this one, so that only one of them can be accepted."""
    same_as: tuple[str, ...] = ()
    """Remarks of other submissions that say the same."""

    @property
    def disposition(self) -> dict[str, Any]:
        """What was decided; empty if nothing was."""
        return self.submission.dispositions.get(self.remark.id, {})

    def as_json(self) -> dict[str, Any]:
        """REMARK of design section 6.1."""
        merge = None
        if self.state is not None:
            spans = [{"path": e.path, "start": e.start, "end": e.end} for e in self.edits]
            merge = {"state": self.state.value, "spans": spans, "theirs": list(self.theirs)}
        decided = self.disposition
        return {
            **self.remark.as_json(),
            "merge": merge,
            "disposition": decided.get("disposition"),
            "reason": decided.get("reason"),
            "applied": bool(decided.get("applied")),
            "submission": self.submission.folder,
            "conflicts_with": list(self.conflicts_with),
            "same_as": list(self.same_as),
        }


class Desk:
    """All submissions of a round (or of every round) next to today's text."""

    def __init__(self, root: Path, round_name: str | None = None) -> None:
        self.root, self.folder = root, DiskFolder(root)
        if round_name:
            reviews.need_round(self.folder, round_name)
        self.submissions = tuple(reviews.submissions(self.folder, round_name))
        self._carriers: dict[tuple[str, str], Carrier] = {}
        self._today: dict[str, str | None] = {}
        self._then: dict[str, Sources] = {}

    @cached_property
    def place(self) -> Workplace:
        """Where the files are, those of overlays kept elsewhere included."""
        return Workplace(self.root)

    @cached_property
    def repository(self) -> Repository:
        """The repository around the workspace."""
        return Repository(self.root)

    def today(self, path: str) -> str | None:
        """A file's text in the working tree; None if it is gone."""
        if path not in self._today:
            data = self.place.read(path)
            self._today[path] = data.decode("utf-8", "replace") if data is not None else None
        return self._today[path]

    def standing(self, remark: Remark, submission: Submission) -> Standing:
        """A remark's merge state."""
        if not remark.edits:
            return Standing(remark, submission, None, ())
        carried = [self._carry(edit, submission.revision) for edit in remark.edits]
        worst = next(state for state in ORDER if any(c.state is state for c in carried))
        if worst is MergeState.ALREADY_APPLIED and any(
            c.state in (MergeState.CLEAN, MergeState.MOVED) for c in carried
        ):
            worst = MergeState.CLEAN
        edits = tuple(c.edit for c in carried if c.edit) if worst in (MergeState.CLEAN, MergeState.MOVED) else ()
        return Standing(remark, submission, worst, edits, tuple(c.theirs for c in carried if c.theirs))

    def _carry(self, edit: Edit, revision: str) -> Carried:
        return self._carrier(edit.path, revision).carry(edit)

    def _carrier(self, path: str, revision: str) -> Carrier:
        key = (path, revision)
        if key not in self._carriers:
            earlier = partial(self._at, revision)
            self._carriers[key] = Carrier(path, earlier(path), self.today(path), self._others(), earlier)
        return self._carriers[key]

    def _at(self, revision: str, path: str) -> str:
        """A file's text in a revision; empty if it was not there."""
        if revision not in self._then:
            self._then[revision] = at_revision(self.root, revision).sources
        return (self._then[revision].read(path) or b"").decode("utf-8", "replace")

    def _others(self) -> dict[str, str]:
        if not hasattr(self, "_all"):
            names = [name for name in files(self.root) if name.endswith((".md", ".markdown", ".po"))]
            self._all = {name: self.today(name) or "" for name in names}
        return self._all

    def standings(self) -> list[Standing]:
        """Every remark, submission by submission, in the order of their files."""
        return compared([self.standing(remark, s) for s in self.submissions for remark in s.remarks])

    def find(self, name: str) -> Standing:
        """A remark by its id or the unambiguous beginning of it; raises WrongUse otherwise."""
        found = [(remark, s) for s in self.submissions for remark in s.remarks if remark.id.startswith(name)]
        exact = [item for item in found if item[0].id == name] or found
        if len(exact) == 1:
            return self.standing(*exact[0])
        if exact:
            raise WrongUse(f'"{name}" is the beginning of {len(exact)} ids', "write more of it")
        known = [remark.id for s in self.submissions for remark in s.remarks]
        raise WrongUse(f'there is no remark "{name}"', nearest(name, known) or "see `manual review list`")


def job_of(standing: Standing) -> Job:
    """A remark's edits on today's text, as the merge wants them."""
    return Job(
        standing.remark.id,
        standing.submission.folder,
        standing.submission.ranks[standing.remark.id],
        standing.edits,
    )


def compared(standings: list[Standing]) -> list[Standing]:
    """Tell each open suggestion which others say the same, and which overlap with it."""
    open_ = [s for s in standings if s.edits and not s.disposition.get("applied") and not _settled(s)]
    found = sort([job_of(s) for s in open_])
    same: dict[str, list[str]] = {}
    for name, kept in found.duplicates.items():
        same.setdefault(kept, []).append(name)
        same.setdefault(name, []).append(kept)
    groups = {name: tuple(n for n in group if n != name) for group in found.conflicts for name in group}
    return [
        replace(s, conflicts_with=groups.get(s.remark.id, ()), same_as=tuple(same.get(s.remark.id, ())))
        for s in standings
    ]


def _settled(standing: Standing) -> bool:
    """Decided so that it will not be applied."""
    return standing.disposition.get("disposition") in (
        Decision.REJECTED.value,
        Decision.NOTED.value,
        Decision.DUPLICATE.value,
        Decision.DEFERRED.value,
    )


def remarks(root: Path, round_name: str | None = None) -> list[dict[str, Any]]:
    """Every remark of a round (None: of all rounds) as REMARK records."""
    return [standing.as_json() for standing in Desk(root, round_name).standings()]


def show(root: Path, name: str) -> dict[str, Any]:
    """One remark as a REMARK record."""
    desk = Desk(root)
    wanted = desk.find(name).remark.id
    return next(s for s in desk.standings() if s.remark.id == wanted).as_json()


def decide(
    root: Path, names: Sequence[str], disposition: str, reason: str, text: str | None = None, to: str | None = None
) -> list[dict[str, Any]]:
    """Record one decision on some remarks; `text` is what to write instead, for `accepted-with-change`; `to` is
    `country` where an accepted change of the manual is to become an override of the edition's country instead.

    Raises WrongUse for an unknown id, a decision without the reason it needs, or a remark that was applied already.
    """
    decision = _decision(disposition, reason, text)
    desk = Desk(root)
    found = [desk.find(name) for name in names]
    for standing in found:
        if standing.disposition.get("applied"):
            raise WrongUse(
                f"remark {standing.remark.id} was applied already",
                f"take it back first: manual review undo {standing.remark.id}",
            )
    record: dict[str, Any] = {
        "disposition": decision.value,
        "reason": reason,
        "date": datetime.date.today().isoformat(),
    }
    if text is not None:
        record["text"] = text
    homes = {s.remark.id: _home(s, decision, to) for s in found} if to else {}
    for submission in {s.submission.folder: s.submission for s in found}.values():
        new = {
            s.remark.id: {**record, **({"to": homes[s.remark.id]} if homes else {})}
            for s in found
            if s.submission.folder == submission.folder
        }
        reviews.write_dispositions(desk.folder, submission, new)
    again = Desk(root)
    return [again.find(s.remark.id).as_json() for s in found]


def _home(standing: Standing, decision: Decision, to: str | None) -> str:
    """The country whose override a change is to become; raises WrongUse where that makes no sense."""
    country, remark = str(standing.submission.head["edition"]["country"]), standing.remark
    if to != "country" or decision is not Decision.ACCEPTED:
        raise WrongUse("--to country goes with --accept only", "drop --to, or accept the suggestion")
    if country == "base":
        raise WrongUse(f"remark {remark.id} is about the base edition, which no country owns", "decide without --to")
    if not remark.edits or any(origin_of(edit.path) != "manual" for edit in remark.edits):
        raise WrongUse(f"remark {remark.id} does not change text of the manual", "decide without --to")
    return country


def _decision(disposition: str, reason: str, text: str | None) -> Decision:
    try:
        decision = Decision(disposition)
    except ValueError:
        raise WrongUse(
            f'there is no disposition "{disposition}"', f"use one of: {', '.join(d.value for d in Decision)}"
        ) from None
    if decision in (Decision.REJECTED, Decision.DEFERRED) and not reason.strip():
        raise WrongUse(f'"{decision.value}" needs a reason, because reviewers are told it', 'add --reason "…"')
    if (decision is Decision.ACCEPTED_WITH_CHANGE) != (text is not None):
        raise WrongUse("accepted-with-change needs the text to write, and no other decision has one", 'add --text "…"')
    return decision


def counts(standings: Iterable[Standing]) -> dict[str, int]:
    """How many remarks have which disposition; `open` for none."""
    out: dict[str, int] = {}
    for standing in standings:
        name = str(standing.disposition.get("disposition") or "open")
        out[name] = out.get(name, 0) + 1
    return out
