"""Has the text under an override changed since the override was made?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livingmanual.compose.overlay import find
from livingmanual.compose.terms import term_fingerprint
from livingmanual.model.diagnostic import Diagnostic, Position, Severity
from livingmanual.model.document import Node
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.text import fingerprint


@dataclass(frozen=True, slots=True)
class Drift:
    """The state of one override: `current`, `drifted` or `orphaned`; `unrecorded` if it keeps no fingerprint yet."""

    override: Override
    state: str
    today: str
    """Fingerprint of the target today; empty if there is no target."""


def target_fingerprint(nodes: list[Node], target: str) -> str:
    """Fingerprint of a target in the manual before any overlay; empty if the manual has no such target."""
    found = find(nodes, target)
    if found is None:
        return ""
    for index in found.path:
        nodes = nodes[index]["c"][1]
    return fingerprint.of_nodes(nodes[found.start : found.end])


Prints = dict[tuple[bool, str], str]
"""Today's fingerprints by targets, and if the target is a term."""


def drift(nodes: list[Node], override: Override, prints: Prints | None = None) -> Drift:
    """Compare the fingerprint kept with today's; `nodes` is the assembled manual before numbering and overlays.

    `prints` are those that were made of these nodes already: many countries may write about one target.
    """
    is_term = override.action is Action.TERM
    known, asked = {} if prints is None else prints, (is_term, override.target)
    if asked not in known:
        known[asked] = (term_fingerprint if is_term else target_fingerprint)(nodes, override.target)
    today = known[asked]
    if not today:
        return Drift(override, "orphaned", "")
    if not override.fingerprint:
        return Drift(override, "unrecorded", today)
    return Drift(override, "current" if override.fingerprint == today else "drifted", today)


def drifted(nodes: list[Node], overlays: Sequence[Overlay]) -> dict[str, Diagnostic]:
    """The overrides of these overlays whose target reads otherwise than it did, by file, and what to say of each."""
    return {
        override.document.path: said(override, overlay.code)
        for overlay in overlays
        for override in overlay.overrides
        if override.fingerprint and drift(nodes, override).state == "drifted"
    }


def said(override: Override, code: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    """That an override of the overlay `code` has drifted, and what to do."""
    show, again = (f"`manual country {word} {code} {override.target}`" for word in ("show", "refresh"))
    return Diagnostic(
        severity,
        "drifted",
        f'the text of "{override.target}" has changed since this override was made from it',
        Position(override.document.path, line_of_key(override, "target")),
        f"compare the two ({show}); if the override still holds, {again} says so",
    )


def line_of_key(override: Override, key: str) -> int:
    """Line of a key of an override's front matter, from 1; 1 if it is not there."""
    lines = override.document.text[: override.document.body_start].split("\n")
    return next((number for number, text in enumerate(lines, 1) if text.startswith(f"{key}:")), 1)
