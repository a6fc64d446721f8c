"""The state of a workspace on one screen: editions, drift, what is open in the rounds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from livingmanual.adapters.git import Repository
from livingmanual.errors import WrongUse
from livingmanual.workflows import countries, rounds
from livingmanual.workflows.build import everything
from livingmanual.workflows.content import content
from livingmanual.workflows.editions import open_draft


def status(root: Path) -> dict[str, Any]:
    """The keys of `manual status --json`; raises WrongUse if this is no workspace."""
    shelf = open_draft(root)
    manual = shelf.loaded.manual
    standings = countries.standings(shelf, tuple(shelf.loaded.overlays.values()))
    states = {code: Counter(one.state for one in standings if one.country == code) for code in shelf.loaded.overlays}
    return {
        "manual": manual.id,
        "title": manual.title,
        **_revision(root),
        "chapters": len(manual.files),
        "editions": [{"country": country, "language": language} for country, language in everything(shelf)],
        "overrides": [
            {"country": code, **{state: counted[state] for state in ("current", "drifted", "orphaned", "unrecorded")}}
            for code, counted in sorted(states.items())
        ],
        "errors": sum(d.severity.value == "error" for d in shelf.loaded.diagnostics),
        "rounds": rounds.as_json(rounds.rounds(root)),
    }


def _revision(root: Path) -> dict[str, Any]:
    """The last commit and what is not in it; nothing where there is no commit."""
    try:
        repository = Repository(root)
        changed = repository.changed([folder for folder in content(root) if (root / folder).exists()])
        return {"revision": repository.revision("HEAD").sha, "uncommitted": list(changed)}
    except WrongUse:
        return {"revision": "", "uncommitted": []}
