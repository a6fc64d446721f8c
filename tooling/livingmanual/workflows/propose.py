"""Propose a country's text to the manual: its override becomes a submission in a round, with the committee as author.

From there on it is a suggestion like any other: it is decided on, applied and reported.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.compose.names import BASE, Names
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.merge import override as slices
from livingmanual.merge.override import Target
from livingmanual.model.document import Document
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Action
from livingmanual.model.remark import Anchor, AnchorState, Edit, Remark, Route
from livingmanual.model.run import Span
from livingmanual.workflows import countries, reviews
from livingmanual.workflows.countries import Standing
from livingmanual.workflows.editions import Shelf, open_revision, stack
from livingmanual.workflows.load import notations_of, parse
from livingmanual.workflows.verify import visible

PROPOSABLE = (Action.REPLACE, Action.APPEND, Action.PREPEND, Action.INSERT_AFTER)
DEFINED = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)


def propose(root: Path, country: str, target: str, round_name: str) -> dict[str, Any]:
    """Write the submission; the keys of `manual country propose --json`.

    The text proposed is that of the last commit. Raises WrongUse, and writes nothing, for an unknown round, country
    or override, one that proposes no text, and one whose target has changed since or is gone.
    """
    folder = DiskFolder(root)
    reviews.need_round(folder, round_name)
    shelf = open_revision(root)
    standing = _standing(shelf, country, target)
    document, edit = _edit(shelf, standing)
    scope = hashlib.sha256(f"{standing.country}\n{standing.override.document.text}".encode()).hexdigest()
    name = f"{reviews.REVIEWS}/{round_name}/{standing.country.lower()}-{_slug(target)}-{scope[:8]}"
    remark = _remark(shelf, standing, document, edit, scope)
    result = {"submission": name, "remark": remark.id, "author": remark.author, "known": False}
    if folder.read(f"{name}/submission.yaml") is not None:
        return {**result, "known": True}
    head = {
        "format": 1,
        "scope": scope[:16],
        "sha256": scope,
        "edition": {"country": BASE, "language": shelf.loaded.manual.language, "revision": shelf.revision},
        "authors": [remark.author],
        "proposed": {"country": standing.country, "override": standing.override.document.path},
        "ledger": {"found": {}, "accounted": {}, "balanced": True},
    }
    line = json.dumps(remark.as_json(), ensure_ascii=False, sort_keys=True) + "\n"
    folder.write(f"{name}/remarks.jsonl", line.encode("utf-8"))
    folder.write(f"{name}/submission.yaml", reviews.yaml_bytes(head, "What a country proposes to the manual."))
    return result


def _standing(shelf: Shelf, country: str, target: str) -> Standing:
    overlay = countries.overlay_of(shelf, country)
    found = [one for one in countries.standings(shelf, [overlay]) if one.override.target == target]
    if not found:
        known = [one.target for one in overlay.overrides]
        raise WrongUse(
            f'{overlay.code} has no override of "{target}" in the last commit',
            nearest(target, known) or "commit it first",
        )
    fit = [one for one in found if one.override.action in PROPOSABLE]
    if not fit:
        raise WrongUse(
            f"{found[0].override.document.path} proposes no text to the manual ({found[0].override.action.value})",
            f"what can be proposed: {', '.join(action.value for action in PROPOSABLE)}",
        )
    if fit[0].state in ("drifted", "orphaned"):
        raise WrongUse(
            f'the text of "{target}" has changed since {fit[0].override.document.path} was made from it',
            f"take the change over first: manual country refresh {overlay.code} {target}",
        )
    return fit[0]


def _edit(shelf: Shelf, standing: Standing) -> tuple[Document, Edit]:
    """The change of the manual that carries out the override there."""
    override = standing.override
    known = countries.homes(shelf)
    if override.target not in known:
        raise WrongUse(f'"{override.target}" cannot be changed as a whole in its file', "suggest the change in Word")
    document, target = known[override.target]
    start, end = _trimmed(document, target)
    body = _body(standing, document, start, end)
    if override.action is Action.REPLACE:
        new = body
    elif override.action is Action.PREPEND:
        end, new = start, f"{body}\n\n"
    else:
        start = end if override.action is Action.APPEND else _behind(document, target)
        end, new = start, f"\n\n{body}"
    settings = notations_of(shelf.loaded.manual)
    shown = visible(parse(document.path, body + "\n", settings, shelf.cache).value)
    plain = "".join(text for _, _, text in shown)
    return document, Edit(document.path, start, end, new, document.text[start:end], plain)


def _trimmed(document: Document, target: Target) -> tuple[int, int]:
    text = document.text[target.start : target.end]
    start = target.start + len(text) - len(text.lstrip("\n"))
    return start, max(start, target.start + len(text.rstrip("\n")))


def _behind(document: Document, target: Target) -> int:
    """Behind a norm's closing fence, or the last words of a section."""
    line = document.text[target.end :].split("\n", 1)[0]
    return target.end + len(line) if line.startswith(":::") else _trimmed(document, target)[1]


def _body(standing: Standing, document: Document, start: int, end: int) -> str:
    """The override's text as it can stand in the manual's file: definitions that are there already are left out."""
    body = slices.seen_from(standing.ours, standing.override.document.path, document.path).strip("\n")
    outside = set(DEFINED.findall(document.text[:start])) | set(DEFINED.findall(document.text[end:]))
    first = DEFINED.search(body)
    if first and set(DEFINED.findall(body)) <= outside:
        body = body[: first.start()].rstrip("\n")
    return body


def _remark(shelf: Shelf, standing: Standing, document: Document, edit: Edit, scope: str) -> Remark:
    key = EditionKey(standing.country, shelf.loaded.manual.language, "")
    overlay = shelf.loaded.overlays[standing.country]
    if "committee" in overlay.variables:
        author = overlay.variables["committee"].removeprefix("the ")
    elif overlay.region:
        author = overlay.code
    else:
        author = f"Committee of {Names(key, stack(shelf.loaded, overlay.code), shelf.loaded.manual).country}"
    line = document.line_of(edit.start)
    return Remark(
        id=hashlib.blake2b(f"{scope}\n{edit.path}\n{edit.new}".encode(), digest_size=6).hexdigest(),
        kind="suggestion",
        author=author[:1].upper() + author[1:],
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        text=standing.override.reason,
        quoted=edit.old,
        old=edit.old,
        new=edit.new.strip("\n"),
        route=Route.MANUAL,
        anchor=Anchor(AnchorState.EXACT, (Span(edit.path, edit.start, edit.end, line),), "override"),
        edits=(edit,),
        tracked=False,
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
