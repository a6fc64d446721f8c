"""Take the manual's changes over into overrides.

Only an override that replaces text has anything to merge: its file holds the manual's text as it was (`made_from`), the
override's own text, and the manual holds its text of today. For the other actions, refreshing records that somebody has
looked. What cannot be merged is left as it is, and a person decides: keep our text, adopt the manual's words, or say
that the text has been adapted by hand.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.merge import override as slices
from livingmanual.merge.three_way import Merged, merge
from livingmanual.model.manual import Action, Overlay
from livingmanual.workflows.countries import Standing, overlay_of, recorded, standings
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.elsewhere import Workplace

DECISIONS = {"keep": "kept", "adopt": "adopted", "adapt": "adapted"}


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one override."""

    standing: Standing
    outcome: str
    """`recorded`, `merged`, `kept`, `adopted`, `adapted`, `conflict` or `orphaned`."""
    text: str = ""
    """The file's new text; empty if it stays as it is."""
    merged: Merged | None = None

    def as_json(self, commit: str = "") -> dict[str, Any]:
        """As `manual country refresh --json` prints it."""
        conflicts = self.merged.conflicts if self.merged else ()
        return {
            **self.standing.as_json(),
            "outcome": self.outcome,
            "conflicts": [{"then": c.base, "ours": c.ours, "now": c.theirs} for c in conflicts],
            "merged": self.merged.marked() if self.merged else "",
            "commit": commit if self.text else "",
        }


def refresh(
    root: Path,
    country: str,
    targets: Sequence[str] = (),
    decision: str = "",
    reason: str = "",
    commit: bool = True,
) -> tuple[tuple[Refreshed, ...], str]:
    """Refresh a country's overrides (of these targets, or all that are not current); what became of each, and the sha
    of the one commit that holds them (empty if nothing was written, or `commit` is off).

    `decision` is `keep`, `adopt`, `adapt` or empty; a decision needs targets and a reason. Raises WrongUse, and
    writes nothing, for an unknown country or target, a target that is gone, or files with uncommitted changes.
    """
    if decision and not (targets and reason.strip()):
        raise WrongUse(
            f"--{decision} is a decision about named targets, with a reason",
            f'write: manual country refresh {country} TARGET --{decision} --reason "…"',
        )
    shelf = open_draft(root)
    overlay = overlay_of(shelf, country)
    chosen = _chosen(standings(shelf, [overlay]), overlay, targets)
    done = tuple(_one(standing, decision, reason) for standing in chosen if standing.state != "current")
    return done, _write(root, overlay, [one for one in done if one.text], decision, commit)


def _chosen(found: Sequence[Standing], overlay: Overlay, targets: Sequence[str]) -> list[Standing]:
    known = {standing.override.target for standing in found}
    for target in targets:
        if target not in known:
            raise WrongUse(
                f'{overlay.code} has no override of "{target}"',
                nearest(target, known) or f"it has: {', '.join(sorted(known))}",
            )
    chosen = [one for one in found if one.override.target in targets or not targets]
    gone = [one for one in chosen if one.state == "orphaned"]
    if gone and targets:
        heirs = gone[0].fate.heirs if gone[0].fate else ()
        hint = f'perhaps its target is "{heirs[0].target}" now; ' if heirs else ""
        raise WrongUse(
            f"the target of {gone[0].override.document.path} is gone, so there is nothing that it could fit",
            f"{hint}mend its target, or remove the override",
        )
    return chosen


def _one(standing: Standing, decision: str, reason: str) -> Refreshed:
    override = standing.override
    if standing.state == "orphaned":
        return Refreshed(standing, "orphaned")
    if decision:
        note = f"{{taken: {DECISIONS[decision]}, reason: {json.dumps(reason.strip(), ensure_ascii=False)}, "
        note += f"date: {datetime.date.today()}}}"
        merged = _merged(standing) if decision == "adopt" and override.action is Action.REPLACE else None
        body = merged.text("theirs") if merged else None
        return Refreshed(standing, DECISIONS[decision], _text(standing, body, note))
    if override.action is not Action.REPLACE or standing.state == "unrecorded":
        return Refreshed(standing, "recorded", _text(standing))
    merged = _merged(standing)
    if merged.conflicts:
        return Refreshed(standing, "conflict", merged=merged)
    body = merged.text()
    changed = body.strip() != standing.ours.strip()
    return Refreshed(standing, "merged" if changed else "recorded", _text(standing, body if changed else None), merged)


def _merged(standing: Standing) -> Merged:
    """Their changes and ours; the manual's text as it would stand in the override's file."""
    override, home = standing.override, standing.home
    path = override.document.path
    base = re.sub(r"\A#+ .*\n*", "", override.made_from).strip("\n")
    ours = standing.ours
    notes = ours[len(_without_notes(ours)) :]
    merged = merge(
        slices.seen_from(base, home.path, path) if home else base,
        _without_notes(ours),
        slices.seen_from(standing.text, home.path, path) if home else standing.text,
    )
    missing = slices.missing_notes(home.text, merged.text() + notes) if home else ""
    return Merged((*merged.pieces, notes + missing)) if notes or missing else merged


def _without_notes(text: str) -> str:
    """The text up to the definitions of notes that stand at its end."""
    found = re.search(r"\n+(?:\[\^[^\]\s]+\]:(?:.*)(?:\n(?!\[\^)[^\n]+|\n+(?=[ \t]|\[\^[^\]\s]+\]:))*\n*)+\Z", text)
    return text[: found.start()] if found else text


def _text(standing: Standing, body: str | None = None, decision: str = "") -> str:
    document = standing.override.document
    text = recorded(document, standing.today, standing.text, decision)
    if body is None:
        return text
    old = document.text[document.body_start :]
    lead = old[: len(old) - len(old.lstrip("\r\n"))] or "\n"
    return text[: len(text) - len(old)] + lead + body.strip("\n") + "\n"


def _write(root: Path, overlay: Overlay, done: Sequence[Refreshed], decision: str, commit: bool) -> str:
    files = {one.standing.override.document.path: one.text for one in done}
    if not files:
        return ""
    place = Workplace(root)
    if commit:
        author = place.author(sorted(files))
        dirty = place.changed(sorted(files)) if decision != "adapt" else ()
        if dirty:
            raise WrongUse(
                f"these files have changes that are not committed: {', '.join(dirty)}",
                "commit or undo them; or write beside them with --no-commit",
            )
    for path, text in files.items():
        place.write(path, text.encode("utf-8"))
    if not commit:
        return ""
    lines = [f"{one.standing.override.target}: {one.outcome} (was {one.standing.state})" for one in done]
    message = "\n".join([f"Refresh {len(files)} override{'s' if len(files) > 1 else ''} of {overlay.code}", "", *lines])
    return place.commit(sorted(files), message, author)
