"""Accepted suggestions that a national committee keeps for its own edition become overrides of that country."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ruamel.yaml.scalarstring import LiteralScalarString

from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import target_fingerprint
from livingmanual.merge import override
from livingmanual.merge.override import Target
from livingmanual.model.document import Document
from livingmanual.model.remark import Edit
from livingmanual.text import quoted
from livingmanual.workflows import reviews
from livingmanual.workflows.editions import Shelf, open_draft
from livingmanual.workflows.triage import Desk, Standing

OVERRIDES = "manual/overlays/countries/{country}/overrides"


@dataclass(frozen=True, slots=True)
class NewOverride:
    """A file to be written, and the remarks that it carries out."""

    path: str
    text: str
    remarks: tuple[str, ...]


def overrides_for(desk: Desk, standings: Sequence[Standing]) -> tuple[list[NewOverride], dict[str, str]]:
    """New override files for remarks decided `--to country`, one for each target; and why some cannot be made."""
    if not standings:
        return [], {}
    shelf = open_draft(desk.root)
    nodes = assemble(shelf.loaded.manual, shelf.loaded.documents).value
    groups: dict[tuple[str, str, Target], list[Standing]] = {}
    refused: dict[str, str] = {}
    for standing in standings:
        country = str(standing.disposition["to"])
        document = shelf.loaded.documents.get(standing.edits[0].path)
        target = _target(document, standing.edits)
        if quoted.is_catalog(standing.edits[0].path):
            refused[standing.remark.id] = (
                f"{standing.remark.id}: this changes a translation; an override changes the text: write one with "
                f"`manual country override {country} TARGET`, in the country's language (`language:`) if that is meant"
            )
        elif document is None or target is None or country not in shelf.loaded.overlays:
            refused[standing.remark.id] = (
                f"{standing.remark.id}: no identified part of the manual holds all of this change"
            )
        else:
            groups.setdefault((country, document.path, target), []).append(standing)
    made: list[NewOverride] = []
    for (country, path, target), some in groups.items():
        made.append(
            _made(shelf, country, shelf.loaded.documents[path], target, some, target_fingerprint(nodes, target.id))
        )
    return made, refused


def _target(document: Document | None, edits: Sequence[Edit]) -> Target | None:
    if document is None or any(edit.path != document.path for edit in edits):
        return None
    return override.target_around(document, edits)


def _made(
    shelf: Shelf, country: str, document: Document, target: Target, some: Sequence[Standing], print_: str
) -> NewOverride:
    path = _free_path(shelf, f"{OVERRIDES.format(country=country)}/{target.id}.md")
    edits = [edit for standing in some for edit in standing.edits]
    reasons = [str(s.disposition.get("reason") or "") for s in some]
    names = ", ".join(s.remark.id for s in some)
    head = {
        "target": target.id,
        "action": "replace",
        "reason": " ".join([*(r for r in dict.fromkeys(reasons) if r), f"Taken over from review remarks {names}."]),
        "kind": "adapt",
        "status": "draft",
        "confirmed_by": None,
        "date": datetime.date.today(),
        "fingerprint": print_,
        "made_from": LiteralScalarString(document.text[target.start : target.end].strip("\n") + "\n"),
    }
    text = f"---\n{reviews.yaml_bytes(head).decode()}---\n\n{override.content(document, target, edits, path)}"
    return NewOverride(path, text, tuple(s.remark.id for s in some))


def _free_path(shelf: Shelf, path: str) -> str:
    taken, number, stem = set(shelf.sources.list(str(PurePosixPath(path).parent))), 2, path.removesuffix(".md")
    while path in taken:
        path, number = f"{stem}-{number}.md", number + 1
    return path
