"""The report of a round: every remark, what was decided on it, and why, for those who made them.

Nothing is left out: a remark on which nobody has decided yet is in it as such. Authors are named as they are in the
records, so somebody who gave an alias appears under the alias.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from livingmanual.text.markdown import escape

UNDECIDED = "undecided"
WORDS = {
    "accepted": "Accepted",
    "accepted-with-change": "Accepted with a change",
    "rejected": "Not accepted",
    "noted": "Noted",
    "duplicate": "Said by another remark as well",
    "deferred": "Deferred",
    UNDECIDED: "Not decided yet",
}
"""Disposition -> what reviewers read, in the order of the summary."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What became of the remarks of a round, or of all rounds."""

    round: str
    """Empty for all rounds."""
    submissions: Mapping[str, Sequence[Mapping[str, Any]]]
    """Folder of a submission -> its remarks as REMARK records (design, section 6.1)."""

    @property
    def counts(self) -> dict[str, int]:
        """Number of remarks by disposition, those without one as `undecided`; only what occurs."""
        found = Counter(_disposition(remark) for remarks in self.submissions.values() for remark in remarks)
        return {name: found[name] for name in WORDS if found[name]}

    def as_json(self) -> dict[str, Any]:
        """As `manual review report --json` prints it."""
        listed = [{"submission": name, "remarks": list(remarks)} for name, remarks in self.submissions.items()]
        return {"round": self.round, "counts": self.counts, "submissions": listed}

    def lines(self) -> list[str]:
        """The report as Markdown."""
        title = f"# What became of the remarks{f' of the round {self.round}' if self.round else ''}"
        out = [title, "", *[f"- {WORDS[name]}: {number}" for name, number in self.counts.items()]]
        for name, remarks in self.submissions.items():
            out += ["", f"## {escape(name)}"]
            for number, remark in enumerate(remarks, 1):
                out += ["", *_entry(number, remark)]
        return out if self.submissions else [title, "", "Nothing was sent in."]


def report_of(round_name: str, remarks: Iterable[Mapping[str, Any]]) -> RoundReport:
    """The report of these remarks, each with its `submission`, in their order."""
    submissions: dict[str, list[Mapping[str, Any]]] = {}
    for remark in remarks:
        submissions.setdefault(str(remark["submission"]), []).append(remark)
    return RoundReport(round_name, submissions)


def _disposition(remark: Mapping[str, Any]) -> str:
    return str(remark.get("disposition") or UNDECIDED)


def _entry(number: int, remark: Mapping[str, Any]) -> list[str]:
    who = escape(_plain(remark["author"] or "unknown"))
    where = (
        f"`{remark['anchor']['path']}`, line {remark['anchor']['line']}"
        if remark["anchor"]["path"]
        else "no place found"
    )
    lead = f"{number}. "
    inside = " " * len(lead)
    decided = f"**{WORDS.get(_disposition(remark), _disposition(remark))}**"
    reason = f": {escape(_plain(remark['reason']))}" if remark.get("reason") else ""
    applied = " (in the text)" if remark.get("applied") else ""
    said = [f"{inside}{line}  " for line in _said(remark)]
    return [f"{lead}{who} on {where} ({remark['id']})  ", *said, f"{inside}{decided}{applied}{reason}"]


def _said(remark: Mapping[str, Any]) -> list[str]:
    """What the remark says, one line a thing."""
    if remark["kind"] == "comment":
        about = [f"about “{escape(_plain(remark['quoted']))}”:"] if remark["quoted"] else []
        return [*about, f"“{escape(_plain(remark['text']))}”"]
    old, new = (escape(_plain(remark[key])) for key in ("old", "new"))
    if old and new:
        return [f"“{old}” → “{new}”"]
    return [
        f"delete “{old}”" if old else f"insert “{new}”" if new else escape(_plain(remark["text"])) or "a change of form"
    ]


def _plain(text: Any) -> str:
    return " ".join(str(text).split())
