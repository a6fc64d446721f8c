"""Begin an override from the manual's text of today."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from livingmanual.adapters.mounted import real
from livingmanual.compose import ids
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import target_fingerprint
from livingmanual.compose.position import nearest
from livingmanual.compose.terms import term_fingerprint, tokens
from livingmanual.errors import WrongUse
from livingmanual.merge import override as slices
from livingmanual.model.manual import Action
from livingmanual.text import tree
from livingmanual.text.slug import slug
from livingmanual.workflows import countries, reviews
from livingmanual.workflows.editions import Shelf, open_draft
from livingmanual.workflows.elsewhere import Workplace

BODIES = {
    Action.REMOVE: "",
    Action.NOT_APPLICABLE: "<!-- Write here why this does not apply; readers see it under the heading. -->\n",
}
ADDITION = "<!-- Write here what is added. The manual's own text stays. -->\n"


def start(root: Path, country: str, target: str, action: str, reason: str) -> dict[str, Any]:
    """Write the file of a new override; the keys of `manual country override --json`.

    Raises WrongUse for an unknown country or target, and where the country has such an override already.
    """
    shelf = open_draft(root)
    overlay = countries.overlay_of(shelf, country)
    wanted = Action(action)
    twin = next((o for o in overlay.overrides if o.target == target and o.action is wanted), None)
    if twin:
        raise WrongUse(
            f'{overlay.code} has an override of "{target}" already: {real(shelf.sources, twin.document.path)}',
            "change the text in that file",
        )
    nodes = assemble(shelf.loaded.manual, shelf.loaded.documents).value
    is_term = wanted is Action.TERM
    print_ = (term_fingerprint if is_term else target_fingerprint)(nodes, target)
    if not print_:
        known = list(tokens(nodes)) if is_term else [tree.identifier(node) for node in tree.identified(nodes)]
        raise WrongUse(
            f'there is no target "{target}" in the manual',
            nearest(target, known)
            or ("a token is written [word]{.term}" if is_term else "")
            or "look up the ids in the manual's headings, norms, tables and figures",
        )
    if wrong := _unclear(shelf, target):
        raise WrongUse(wrong, "write an id at the one that is meant, ## Heading {#sec-name}, and name that")
    homes = countries.homes(shelf)
    stem = f"{overlay.path.removesuffix('overlay.yaml')}overrides/{slug(target) if is_term else target}"
    place = Workplace(root)
    path = _free(place, stem, action)
    made_from = target if is_term else countries.content_of(homes, nodes, target, shelf)
    body = f"{target}\n" if is_term else BODIES.get(wanted, ADDITION)
    if wanted is Action.REPLACE:
        body = slices.content(*homes[target], (), path) if target in homes else f"{made_from}\n"
    head = {
        "target": target,
        "action": action,
        "reason": DoubleQuotedScalarString(reason or "to be written"),
        "kind": "adapt",
        "status": "draft",
        "confirmed_by": None,
        "date": datetime.date.today(),
        "fingerprint": DoubleQuotedScalarString(print_),
        "made_from": LiteralScalarString(made_from.strip("\n") + "\n"),
    }
    text = f"---\n{reviews.yaml_bytes(head).decode()}---\n\n{body}"
    place.write(path, text.encode("utf-8"))
    shown = real(place.sources, path)
    return {"country": overlay.code, "target": target, "action": action, "state": "current", "path": shown}


def _unclear(shelf: Shelf, target: str) -> str:
    """Why it is not clear what a target is; empty if it is."""
    loaded = shelf.loaded
    places = ids.unclear(loaded.documents[path] for path in loaded.manual.files).get(target, ())
    named = ", ".join(f"{at.path}:{at.line}" for at in places)
    return f'"{target}" may be any of the headings at {named}' if places else ""


def _free(folder: Workplace, stem: str, action: str) -> str:
    """A path that no file has yet; a second override of one target is named for its action."""
    names = [f"{stem}.md", f"{stem}-{action}.md", *(f"{stem}-{action}-{number}.md" for number in range(2, 100))]
    return next(name for name in names if folder.read(name) is None)
