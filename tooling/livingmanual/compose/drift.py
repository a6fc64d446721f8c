"""Has the text under an override changed since the override was made?"""

from __future__ import annotations

from dataclasses import dataclass

from livingmanual.compose.overlay import find
from livingmanual.compose.terms import term_fingerprint
from livingmanual.model.document import Node
from livingmanual.model.manual import Action, Override
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


def drift(nodes: list[Node], override: Override) -> Drift:
    """Compare the fingerprint kept with today's; `nodes` is the assembled manual before numbering and overlays."""
    is_term = override.action is Action.TERM
    today = (term_fingerprint if is_term else target_fingerprint)(nodes, override.target)
    if not today:
        return Drift(override, "orphaned", "")
    if not override.fingerprint:
        return Drift(override, "unrecorded", today)
    return Drift(override, "current" if override.fingerprint == today else "drifted", today)
