"""What countries and regions lay over the manual, and whether the text under their overrides has changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import drift
from livingmanual.compose.names import Names
from livingmanual.compose.overlay import find
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.model.document import Document, Node
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Overlay, Override
from livingmanual.workflows.editions import Shelf, open_draft, stack

RECORDED = ("fingerprint", "made_from")
"""Keys of an override's front matter that `refresh` writes."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One override, and what has become of the text it was made from."""

    country: str
    """Code of the overlay, a country's or a region's."""
    override: Override
    state: str
    """`current`, `drifted`, `orphaned` or `unrecorded`."""
    today: str
    """Fingerprint of the target today; empty if it is gone."""
    text: str
    """The target's source text today; empty if it is gone."""

    def as_json(self) -> dict[str, Any]:
        """As `manual country status --json` prints it."""
        override = self.override
        return {
            "country": self.country,
            "target": override.target,
            "action": override.action.value,
            "state": self.state,
            "path": override.document.path,
        }


def overlay_of(shelf: Shelf, name: str) -> Overlay:
    """The overlay of a country or region; raises WrongUse with the nearest known name."""
    overlays = shelf.loaded.overlays
    code = next((code for code in overlays if code.lower() == name.lower()), "")
    if not code:
        hint = nearest(name.upper(), overlays) or f"there are: {', '.join(sorted(overlays)) or 'none yet'}"
        raise WrongUse(f'there is no overlay for "{name}"', hint)
    return overlays[code]


def standings(shelf: Shelf, overlays: Sequence[Overlay]) -> tuple[Standing, ...]:
    """Every override of these overlays with its state, in the order of its overlay's files."""
    loaded = shelf.loaded
    base = assemble(loaded.manual, loaded.documents).value
    found = []
    for overlay in overlays:
        for override in overlay.overrides:
            state = drift(base, override)
            text = source_of(base, override.target, loaded.documents)
            found.append(Standing(overlay.code, override, state.state, state.today, text))
    return tuple(found)


def source_of(nodes: list[Node], target: str, documents: dict[str, Document]) -> str:
    """The source text of a target, whole lines; empty if there is none, or if it has no place in a file."""
    found = find(nodes, target)
    if found is None:
        return ""
    for index in found.path:
        nodes = nodes[index]["c"][1]
    places: dict[str, list[int]] = {}
    _places(nodes[found.start : found.end], "", places)
    path = next(iter(places), "")
    if path not in documents:
        return ""
    text = documents[path].text
    start = text.rfind("\n", 0, min(places[path])) + 1
    end = text.find("\n", max(places[path]) - 1)
    return text[start : end if end >= 0 else len(text)].strip("\n")


def _places(value: object, path: str, out: dict[str, list[int]]) -> None:
    """Offsets of everything that has a place, by file."""
    if isinstance(value, dict):
        path = value.get("p", path)
        for key in ("@", "b"):
            if path and value.get(key):
                out.setdefault(path, []).extend(value[key])
        for item in value.values():
            _places(item, path, out)
    elif isinstance(value, list):
        for item in value:
            _places(item, path, out)


def describe(shelf: Shelf, overlay: Overlay) -> dict[str, Any]:
    """What an overlay says about its country or region; the keys of `manual country list --json`."""
    key = EditionKey(overlay.code, shelf.loaded.manual.language, "")
    if overlay.region:
        name = next((form["short"] for form in overlay.names.values() if "short" in form), overlay.code)
    else:
        name = Names(key, stack(shelf.loaded, overlay.code), shelf.loaded.manual).country
    return {
        "country": overlay.code,
        "region": overlay.region,
        "name": name,
        "languages": list(overlay.languages),
        "parents": list(overlay.parents),
        "overrides": len(overlay.overrides),
        "path": overlay.path,
    }


def listing(shelf: Shelf) -> list[dict[str, Any]]:
    """Every overlay, countries first, by code."""
    found = sorted(shelf.loaded.overlays.values(), key=lambda overlay: (overlay.region, overlay.code))
    return [describe(shelf, overlay) for overlay in found]


def refresh(root: Path, country: str, targets: Sequence[str]) -> tuple[Standing, ...]:
    """Record in overrides that they fit their targets' text of today; returns those that were written anew.

    Writes into the working tree and commits nothing. `targets` none means every override that is not orphaned. Raises
    WrongUse for an unknown country or target, and for one that is gone.
    """
    shelf = open_draft(root)
    found = standings(shelf, [overlay_of(shelf, country)])
    known = {standing.override.target for standing in found}
    for target in targets:
        if target not in known:
            raise WrongUse(
                f'{country} has no override of "{target}"',
                nearest(target, known) or f"it has: {', '.join(sorted(known))}",
            )
    chosen = [one for one in found if one.override.target in targets or not targets]
    gone = [one.override.document.path for one in chosen if one.state == "orphaned" and targets]
    if gone:
        raise WrongUse(
            f"the target of {gone[0]} is gone, so there is nothing that it could fit",
            "mend its target, or remove the override",
        )
    folder = DiskFolder(root)
    written = []
    for standing in chosen:
        document = standing.override.document
        text = recorded(document, standing.today, standing.text) if standing.today else document.text
        if text != document.text:
            folder.write(document.path, text.encode("utf-8"))
            written.append(standing)
    return tuple(written)


def recorded(document: Document, fingerprint: str, made_from: str) -> str:
    """The file's text with these two keys at the end of its front matter; nothing else changes."""
    head, body = document.text[: document.body_start], document.text[document.body_start :]
    newline = "\r\n" if "\r\n" in head else "\n"
    for key in RECORDED:
        head = re.sub(rf"^{key}:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n(?=[ \t]))*", "", head, flags=re.MULTILINE)
    opening, closing, _ = head.rstrip().rpartition("---" if head.rstrip().endswith("---") else "...")
    indented = "".join(f"  {line}".rstrip() + newline for line in made_from.splitlines())
    sign = "|2" if made_from[:1].isspace() else "|"  # YAML 1.2, 8.1.1.1: else it would guess the indentation
    block = f"fingerprint: {fingerprint}{newline}made_from: {sign}{newline}{indented}"
    return f"{opening}{block}{closing}{head[len(head.rstrip()) :]}{body}"


def show(shelf: Shelf, name: str, target: str = "") -> dict[str, Any]:
    """An overlay with its overrides (of `target` alone, if it is given); the keys of `manual country show --json`.

    Raises WrongUse for an unknown country, or a target that it has no override of.
    """
    overlay = overlay_of(shelf, name)
    found = [one for one in standings(shelf, [overlay]) if target in ("", one.override.target)]
    if target and not found:
        known = [override.target for override in overlay.overrides]
        raise WrongUse(
            f'{overlay.code} has no override of "{target}"', nearest(target, known) or f"it has: {', '.join(known)}"
        )
    official = next((forms["official"] for forms in overlay.names.values() if forms.get("official")), "")
    return {
        **describe(shelf, overlay),
        "official": official,
        "variables": overlay.variables,
        "overrides": [{**one.as_json(), "reason": one.override.reason, "changes": changes(one)} for one in found],
    }


def changes(standing: Standing) -> list[str]:
    """Lines of a comparison of the text that an override was made from with the text of today."""
    if not standing.override.made_from or standing.state != "drifted":
        return []
    before, after = standing.override.made_from.splitlines(), standing.text.splitlines()
    return [line.rstrip("\n") for line in difflib.unified_diff(before, after, "made from", "today", lineterm="")]
