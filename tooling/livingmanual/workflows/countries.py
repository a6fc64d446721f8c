"""What countries and regions lay over the manual, and whether the text under their overrides has changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from livingmanual.adapters.mounted import real
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import Prints, drift
from livingmanual.compose.names import Names
from livingmanual.compose.overlay import find
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.merge.override import Target, targets
from livingmanual.merge.successor import Candidate, Fate, fate
from livingmanual.model.document import Document, Node
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.workflows.editions import Shelf, stack
from livingmanual.workflows.known import states

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
    """The target's source text today, heading and fences left out; empty if it is gone."""
    fate: Fate | None = None
    """What has become of a target that is gone."""
    home: Document | None = None
    """The file in which the target stands today."""
    place: str = ""
    """Where people find the override's file."""

    @property
    def ours(self) -> str:
        """The override's own text."""
        return self.override.document.text[self.override.document.body_start :].strip("\n")

    def as_json(self) -> dict[str, Any]:
        """As `manual country status --json` prints it."""
        override = self.override
        return {
            "country": self.country,
            "target": override.target,
            "action": override.action.value,
            "state": self.state,
            "path": self.place or override.document.path,
            "texts": self.texts() if self.state in ("drifted", "orphaned") else None,
            "fate": self.fate.what if self.fate else "",
            "likely": [
                {"target": heir.target, "path": heir.path, "line": heir.line, "likeness": heir.likeness}
                for heir in (self.fate.heirs if self.fate else ())
            ],
        }

    def texts(self) -> dict[str, str]:
        """The manual's text then and now, and the override's."""
        return {"then": self.override.made_from.strip("\n"), "now": self.text, "ours": self.ours}


def overlay_of(shelf: Shelf, name: str) -> Overlay:
    """The overlay of a country or region; raises WrongUse with the nearest known name."""
    overlays = shelf.loaded.overlays
    code = next((code for code in overlays if code.lower() == name.lower()), "")
    if not code:
        begin = f"begin one: manual country init {name.upper()}" if name.upper() in states() else ""
        hint = begin or nearest(name.upper(), overlays) or f"there are: {', '.join(sorted(overlays)) or 'none yet'}"
        raise WrongUse(f'there is no overlay for "{name}"', hint)
    return overlays[code]


def standings(shelf: Shelf, overlays: Sequence[Overlay]) -> tuple[Standing, ...]:
    """Every override of these overlays with its state, in the order of its overlay's files."""
    loaded = shelf.loaded
    base = assemble(loaded.manual, loaded.documents).value
    found = []
    known = homes(shelf)
    prints: Prints = {}
    candidates: list[Candidate] | None = None
    for overlay in overlays:
        for override in overlay.overrides:
            one = drift(base, override, prints)
            text, home, gone = "", None, None
            if one.state == "orphaned":
                candidates = candidates if candidates is not None else _candidates(shelf)
                gone = fate(override.target, override.made_from, candidates)
            else:
                is_term = override.action is Action.TERM
                text = override.target if is_term else content_of(known, base, override.target, shelf)
                home = known[override.target][0] if override.target in known else None
            place = real(shelf.sources, override.document.path)
            found.append(Standing(overlay.code, override, one.state, one.today, text, gone, home, place))
    return tuple(found)


def homes(shelf: Shelf) -> dict[str, tuple[Document, Target]]:
    """Every target of the manual's files with the file and the slice in which it stands."""
    documents = (shelf.loaded.documents[path] for path in shelf.loaded.manual.files)
    return {target.id: (document, target) for document in documents for target in targets(document)}


def content_of(known: dict[str, tuple[Document, Target]], nodes: list[Node], name: str, shelf: Shelf) -> str:
    """The source text of a target without its heading or fences: what an override of it replaces."""
    if name in known:
        document, target = known[name]
        return document.text[target.start : target.end].strip("\n")
    return re.sub(r"\A#+ .*\n*", "", source_of(nodes, name, shelf.loaded.documents))


def _candidates(shelf: Shelf) -> list[Candidate]:
    """Every target of the manual today, with its text and the part of it that belongs to no smaller target."""
    out = []
    for path in shelf.loaded.manual.files:
        document = shelf.loaded.documents[path]
        found = list(targets(document))
        for one in found:
            inner = [t for t in found if t is not one and one.start <= t.start and t.end <= one.end]
            own, at = "", one.start
            for smaller in sorted(inner, key=lambda t: t.start):
                own += document.text[at : smaller.start] if smaller.start > at else ""
                at = max(at, smaller.end)
            text = document.text[one.start : one.end]
            line = document.line_of(max(one.start - 1, 0))
            out.append(Candidate(one.id, path, line, text, own + document.text[at : one.end]))
    return out


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


def recorded(document: Document, fingerprint: str, made_from: str, decision: str = "") -> str:
    """The file's text with these keys at the end of its front matter; nothing else changes.

    `decision` is a value in YAML on one line; empty keeps what the file says.
    """
    head, body = document.text[: document.body_start], document.text[document.body_start :]
    newline = "\r\n" if "\r\n" in head else "\n"
    for key in (*RECORDED, *(["decision"] if decision else [])):
        head = re.sub(rf"^{key}:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n(?=[ \t]))*", "", head, flags=re.MULTILINE)
    opening, closing, _ = head.rstrip().rpartition("---" if head.rstrip().endswith("---") else "...")
    indented = "".join(f"  {line}".rstrip() + newline for line in made_from.splitlines())
    sign = "|2" if made_from[:1].isspace() else "|"  # YAML 1.2, 8.1.1.1: else it would guess the indentation
    said = f"decision: {decision}{newline}" if decision else ""
    block = f'{said}fingerprint: "{fingerprint}"{newline}made_from: {sign}{newline}{indented}'
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
