"""One thing in a submission, where it points, and what it would change.

Remarks are machine facts: their ids are derived from their content, they are written once and never changed. What
people decide about them is kept apart, in dispositions.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from livingmanual.model.run import Span


class Route(StrEnum):
    """Where a change would land."""

    MANUAL = "manual"
    OVERRIDE = "override"
    CATALOG = "catalog"
    GENERATED = "generated"
    NONE = "none"


class AnchorState(StrEnum):
    """How sure the place is."""

    EXACT = "exact"
    MOVED = "moved"
    FUZZY = "fuzzy"
    UNPLACED = "unplaced"


class MergeState(StrEnum):
    """What today's text makes of a suggestion."""

    CLEAN = "clean"
    MOVED = "moved"
    ALREADY_APPLIED = "already-applied"
    CONFLICT = "conflict"
    TEXT_GONE = "text-gone"


class Decision(StrEnum):
    """What the task group can decide on a remark."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_CHANGE = "accepted-with-change"
    REJECTED = "rejected"
    NOTED = "noted"
    DUPLICATE = "duplicate"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace a slice of a source file: half-open character offsets into the text of the edition's revision."""

    path: str
    start: int
    end: int
    new: str
    """Markdown."""
    old: str = ""
    """The slice as it was, so that a changed base is noticed."""
    plain: str = ""
    """The words that `new` says, so that what was written can be checked by parsing it again."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a remark points in the edition's revision."""

    state: AnchorState
    spans: tuple[Span, ...] = ()
    method: str = ""
    """How it was placed: `bookmark`, `text`, `similar`, `moved`."""
    block: str = ""
    """Id of the block it is in."""
    why: str = ""
    """For an unplaced remark: why; for generated text: where that text comes from."""
    candidates: tuple[str, ...] = ()
    """For an unplaced remark: `path:line "text"` of places that might be meant."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a suggestion."""

    id: str
    kind: str
    """`comment` or `suggestion`."""
    author: str
    """As in the file, or as given at import; never invented."""
    date: str
    """`w16du:dateUtc` if the file has it, else `w:date` raw."""
    text: str = ""
    """A comment's words."""
    quoted: str = ""
    """The text that a comment is about."""
    old: str = ""
    new: str = ""
    """A suggestion's text before and after, as readers see it; paragraph marks as newlines."""
    route: Route = Route.NONE
    anchor: Anchor = Anchor(AnchorState.UNPLACED)
    edits: tuple[Edit, ...] = ()
    """What accepting it does to the sources of the edition's revision; empty if it cannot be applied."""
    parent: str | None = None
    resolved: bool = False
    tracked: bool = True
    counted: dict[str, int] = field(default_factory=dict)
    """Kinds of the elements of the file that this remark accounts for, with their numbers."""
    others: tuple[str, ...] = ()
    """Further authors whose changes are part of this one."""
    initials: str = ""
    raw_date: str = ""

    @property
    def applicable(self) -> bool:
        """True if accepting it changes a source."""
        return bool(self.edits)

    def as_json(self) -> dict[str, Any]:
        """The record as it is kept in `remarks.jsonl` (design, section 6.1)."""
        value = asdict(self)
        spans = [
            {"path": s.path, "start": s.start, "end": s.end, "line": s.line, "origin": origin_of(s.path)}
            for s in self.anchor.spans
        ]
        first = spans[0] if spans else {"path": None, "start": None, "end": None, "line": None}
        value["anchor"] = {
            "state": self.anchor.state.value,
            "spans": spans,
            "path": first["path"],
            "start": first["start"],
            "end": first["end"],
            "line": first["line"],
            "method": self.anchor.method,
            "block": self.anchor.block,
            "why": self.anchor.why,
            "candidates": list(self.anchor.candidates),
        }
        value["route"] = self.route.value
        value["edits"] = [asdict(edit) for edit in self.edits]
        value["others"] = list(self.others)
        return value

    @staticmethod
    def from_json(value: dict[str, Any]) -> Remark:
        """Read a record back."""
        anchor = value["anchor"]
        spans = tuple(Span(s["path"], s["start"], s["end"], s["line"]) for s in anchor["spans"])
        kept = {
            key: value[key]
            for key in (
                "id",
                "kind",
                "author",
                "date",
                "text",
                "quoted",
                "old",
                "new",
                "parent",
                "resolved",
                "tracked",
                "counted",
                "initials",
                "raw_date",
            )
            if key in value
        }
        return Remark(
            **kept,
            route=Route(value["route"]),
            anchor=Anchor(
                AnchorState(anchor["state"]),
                spans,
                anchor.get("method", ""),
                anchor.get("block", ""),
                anchor.get("why", ""),
                tuple(anchor.get("candidates", ())),
            ),
            edits=tuple(Edit(**edit) for edit in value.get("edits", ())),
            others=tuple(value.get("others", ())),
        )


def origin_of(path: str) -> str:
    """What kind of source a path is: `manual`, `override` or `catalog`."""
    if path.startswith("translations/"):
        return "catalog"
    return "override" if "/overlays/" in path else "manual"
