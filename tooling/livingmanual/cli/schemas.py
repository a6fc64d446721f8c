"""The shape of everything that `--json` prints: the promise to programs that read it.

Keys that are named here stay; more may be added. The JSON Schemas in tooling/docs/schemas/ are made from these types,
and tests hold the commands' output against them. Nothing here is imported when a command runs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from msgspec.json import schema

Revision = Annotated[str, Meta(description="40 hexadecimal digits, or `draft`.")]
Path = Annotated[str, Meta(description="Relative to the workspace, with forward slashes.")]
Country = Annotated[str, Meta(description="Two letters (ISO 3166-1), `base`, or a region's short name.")]
Language = Annotated[str, Meta(description="BCP 47.")]
Offset = Annotated[int, Meta(description="Half-open offset in characters into the file's text.")]
Line = Annotated[int, Meta(description="From 1; 0 where it is not known.")]
Counts = Annotated[dict[str, int], Meta(description="Number of elements of the file by kind, e.g. `w:ins`.")]


class Artifact(Struct):
    """One file of one edition."""

    country: Country
    language: Language
    format: Literal["docx", "pdf", "html"]
    path: Annotated[str, Meta(description="Absolute.")]
    stamp: str
    from_cache: Annotated[bool, Meta(description="The file was there already, as it would be made today.")]
    seconds: float


class Finding(Struct):
    """One thing that is wrong, or worth knowing."""

    severity: Literal["error", "warning", "note"]
    code: Annotated[str, Meta(description="A stable short name, e.g. `reference-unknown`.")]
    message: str
    path: Annotated[str, Meta(description="Empty if it has no place.")]
    line: Line
    column: Line
    hint: str


class Part(Struct):
    """One part that the tool works with."""

    part: str
    state: Annotated[Literal["ok", "missing", "optional"], Meta(description="`missing`: needed, and not there.")]
    detail: str
    hint: str


class ThreeTexts(Struct):
    """The manual's text when an override was made, its text today, and the override's own."""

    then: str
    now: str
    ours: str


class Heir(Struct):
    """A target that may be what an override was made for."""

    target: str
    path: Path
    line: int
    likeness: Annotated[int, Meta(description="Per cent.", ge=0, le=100)]


class OverrideBegun(Struct):
    """A new override."""

    country: Country
    target: str
    action: Literal["replace", "append", "prepend", "insert-after", "remove", "not-applicable", "term"]
    state: Literal["current", "drifted", "orphaned", "unrecorded"]
    path: Path


class OverrideState(OverrideBegun):
    """One override, and what has become of the text that it was made from."""

    texts: Annotated[ThreeTexts | None, Meta(description="Null unless drifted or orphaned.")]
    fate: Annotated[
        Literal["", "renamed", "moved", "split", "deleted"], Meta(description="Empty unless the target is gone.")
    ]
    likely: list[Heir]


class Conflict(Struct):
    """Words that the manual and an override changed, each differently."""

    then: str
    ours: str
    now: str


class OverrideRefreshed(OverrideState):
    """What became of an override; its `state` is that before."""

    outcome: Literal["recorded", "merged", "kept", "adopted", "adapted", "conflict", "orphaned"]
    conflicts: list[Conflict]
    merged: Annotated[str, Meta(description="The merged text, both texts of a conflict inline.")]
    commit: Annotated[str, Meta(description="40 hexadecimal digits; empty if nothing was committed.")]


class OverlayBegun(Struct):
    """A new overlay."""

    country: Country
    name: str
    files: list[Path]


class Proposed(Struct):
    """A country's text as a submission."""

    submission: Path
    remark: str
    author: str
    known: Annotated[bool, Meta(description="True if it was proposed before; then nothing was written.")]


class CountryText(Struct):
    """What one country or region makes of a target."""

    country: Country
    action: Literal["replace", "append", "prepend", "insert-after", "remove", "not-applicable", "term"]
    state: Literal["current", "drifted", "orphaned", "unrecorded"]
    reason: str
    text: str
    path: Path


class Comparison(Struct):
    """A target in the manual and in every overlay that changes it."""

    target: str
    manual: str
    countries: list[CountryText]


class FileMoved(Struct):
    """A file that a move changed."""

    path: Path
    places: Annotated[int, Meta(description="0 where only the recorded text of an override was written anew.")]


class Moved(Struct):
    """An id renamed, or a section moved."""

    old: str
    new: str
    files: list[FileMoved]


class OverlayEntry(Struct):
    """A country or a region."""

    country: Country
    region: bool
    name: str
    languages: list[Language]
    parents: list[str]
    overrides: int
    path: Path


class OverrideShown(OverrideState):
    """An override with its reason."""

    reason: str
    changes: Annotated[
        list[str], Meta(description="Lines of a comparison with the text of today; empty unless drifted.")
    ]


class OverlayShown(Struct):
    """Everything that a country or region lays over the manual."""

    country: Country
    region: bool
    name: str
    official: str
    languages: list[Language]
    parents: list[str]
    variables: dict[str, str]
    overrides: list[OverrideShown]
    path: Path


class NormAnswer(Struct):
    """What a country answered to a norm; a norm without an entry is unknown, which is not `no`."""

    norm: str
    country: Country
    answer: Literal["yes", "partly", "no", "not-applicable"]
    date: Annotated[str, Meta(description="ISO 8601; empty where the entry gives none.")]


class Round(Struct):
    """A consultation."""

    round: str
    opens: Annotated[str, Meta(description="A date, ISO 8601, or empty.")]
    closes: str
    revision: Revision
    submissions: int
    remarks: int
    undecided: int
    path: Path


class EditionName(Struct):
    """Country and language of an edition."""

    country: Country
    language: Language


class OverlayStates(Struct):
    """How many overrides of an overlay are in which state."""

    country: Country
    current: int
    drifted: int
    orphaned: int
    unrecorded: int


class Status(Struct):
    """The workspace on one screen."""

    manual: str
    title: str
    revision: Annotated[str, Meta(description="Of the last commit; empty if there is none.")]
    uncommitted: list[Path]
    chapters: int
    editions: list[EditionName]
    overrides: list[OverlayStates]
    errors: int
    rounds: list[Round]


class AnchorSpan(Struct):
    """A place in a source file at the edition's revision."""

    path: Path
    start: Offset
    end: Offset
    line: Line
    origin: Literal["manual", "override", "catalog"]


class Anchor(Struct):
    """Where a remark points; path, start, end and line repeat the first span."""

    state: Literal["exact", "moved", "fuzzy", "unplaced"]
    spans: list[AnchorSpan]
    path: str | None
    start: int | None
    end: int | None
    line: int | None


class MergeSpan(Struct):
    """A place in a source file of today."""

    path: Path
    start: Offset
    end: Offset


class Merge(Struct):
    """What today's text makes of a suggestion."""

    state: Literal["clean", "moved", "already-applied", "conflict", "text-gone"]
    spans: list[MergeSpan]


class Remark(Struct):
    """One comment or suggestion."""

    id: str
    kind: Literal["comment", "suggestion"]
    author: str | None
    date: str | None
    parent: str | None
    resolved: bool
    tracked: bool
    quoted: str
    old: str
    new: str
    text: str
    route: Literal["manual", "override", "catalog", "generated", "none"]
    anchor: Anchor
    merge: Merge | None
    disposition: Literal["accepted", "accepted-with-change", "rejected", "noted", "duplicate", "deferred"] | None
    reason: str | None


class EditionRead(Struct):
    """The edition that a returned file was made from."""

    country: Country
    language: Language
    revision: Revision


class Ledger(Struct):
    """The account of a returned file."""

    found: Counts
    accounted: Counts
    balanced: bool


class Import(Struct):
    """What an import found."""

    submission: Path
    edition: EditionRead
    ledger: Ledger
    remarks: list[Remark]


class SubmissionReport(Struct):
    """A submission with all its remarks."""

    submission: Path
    remarks: list[Remark]


class Report(Struct):
    """What became of the remarks of a round."""

    round: Annotated[str, Meta(description="Empty for all rounds.")]
    counts: Annotated[dict[str, int], Meta(description="Number of remarks by disposition, or `undecided`.")]
    submissions: list[SubmissionReport]


class Apply(Struct):
    """What was applied, or taken back."""

    commits: list[str]
    applied: Annotated[list[str], Meta(description="Ids of remarks.")]
    conflicts: Annotated[list[str], Meta(description="Ids of accepted remarks that were not applied.")]


class Coverage(Struct):
    """How much of a source file is translated into a language; the counts are words of the source."""

    language: Language
    path: Path
    country: Annotated[str | None, Meta(description="Code of the overlay; null for the manual itself.")]
    translated: int
    stale: Annotated[int, Meta(description="There is a translation of an earlier wording.")]
    missing: int
    drafted: Annotated[int, Meta(description="Translated by a machine, and confirmed by nobody; part of `translated`.")]
    words: Annotated[int, Meta(description="translated + stale + missing.")]


class CatalogUpdated(Struct):
    """What became of a catalog; the counts are messages."""

    language: Language
    path: Path
    change: Literal["new", "changed", "removed", "same"]
    messages: int
    translated: int
    stale: int


SCHEMAS: dict[str, Any] = {
    "build": list[Artifact],
    "check": list[Finding],
    "country-compare": Comparison,
    "country-init": OverlayBegun,
    "country-list": list[OverlayEntry],
    "country-override": OverrideBegun,
    "country-propose": Proposed,
    "country-refresh": list[OverrideRefreshed],
    "country-show": OverlayShown,
    "country-status": list[OverrideState],
    "doctor": list[Part],
    "move": Moved,
    "norms": list[NormAnswer],
    "review-apply": Apply,
    "review-decide": list[Remark],
    "review-import": Import | list[Import],
    "review-list": list[Remark],
    "review-report": Report,
    "review-show": Remark,
    "review-undo": Apply,
    "round-list": list[Round],
    "round-open": Round,
    "status": Status,
    "translate-status": list[Coverage],
    "translate-update": list[CatalogUpdated],
}
"""Command, its words joined by hyphens -> type of its output."""


def json_schema(command: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a command's output."""
    title = f"manual {command.replace('-', ' ')} --json"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema(SCHEMAS[command])}
