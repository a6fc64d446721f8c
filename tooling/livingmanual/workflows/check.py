"""Look for everything that is wrong in the content, in all editions at once.

Each country's edition is composed as a build would do it, because a reference can be right in one and lead nowhere in
another. To that come things that no single edition shows: overrides whose target has changed, files that nothing names,
passages that still have to be confirmed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.mounted import told
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import Drift, drift, line_of_key
from livingmanual.compose.drift import said as drift_said
from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error, warning
from livingmanual.model.document import Document, Node
from livingmanual.model.edition import Edition
from livingmanual.model.manual import Manual, Overlay, Override
from livingmanual.model.profile import Status
from livingmanual.source import order
from livingmanual.text import tree
from livingmanual.workflows import kept
from livingmanual.workflows.build import FORMATS, Request, by_place, everything, shelf_of
from livingmanual.workflows.check_catalogs import catalogs
from livingmanual.workflows.content import content
from livingmanual.workflows.editions import Shelf, cache_of, make_edition, stack
from livingmanual.workflows.known import profile_of, states
from livingmanual.workflows.load import MANUAL, OVERLAYS, SettingsUnreadable
from livingmanual.workflows.norms import read_answers
from livingmanual.workflows.pictures import read_pictures

CONTENT_FILES = ("front", "chapters", "annexes", "back")
"""Folders of manual/ whose files are all meant to be named in manual.yaml."""
CHECKED = "checked"


def check(root: Path, revision: str = "", cache: bool = True) -> tuple[Diagnostic, ...]:
    """Everything that is wrong, file by file; of the files as they are, or of a revision.

    Raises WrongUse if this is no workspace, or there is no such revision.
    """
    store = cache_of(root) if cache else CacheStore(None)
    key = CacheStore.key(kept.tool(), CHECKED, kept.sources(root, revision, content(root)))
    known = store.read(CHECKED, key)
    if known is not None:
        return tuple(msgspec.json.decode(known, type=list[Diagnostic]))
    try:
        shelf = shelf_of(Request(root, revision=revision or "HEAD", draft=not revision, cache=cache))
    except SettingsUnreadable as trouble:
        return trouble.diagnostics
    found = by_place(told(shelf.sources, tuple(_everything(shelf))))
    store.write(CHECKED, key, msgspec.json.encode(found))
    return found


def as_json(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """As `manual check --json` prints it; no position is an empty path, line 0, column 0."""
    return [
        {
            "severity": d.severity.value,
            "code": d.code,
            "message": d.message,
            "path": d.position.path if d.position else "",
            "line": d.position.line if d.position else 0,
            "column": d.position.column if d.position else 0,
            "hint": d.hint,
        }
        for d in found
    ]


def _everything(shelf: Shelf) -> Iterator[Diagnostic]:
    yield from shelf.loaded.diagnostics
    yield from _formats(shelf.loaded.manual)
    yield from _unused(shelf)
    yield from _overlays(shelf)
    yield from read_answers(shelf).diagnostics
    yield from catalogs(shelf)
    for country, language in everything(shelf):
        outcome = make_edition(shelf, country, language)
        yield from outcome.diagnostics
        yield from _of_edition(shelf, outcome)
    for document in shelf.loaded.documents.values():
        yield from _passages(document, shelf.loaded.documents)


def _formats(manual: Manual) -> Iterator[Diagnostic]:
    for name in manual.formats:
        if name not in FORMATS:
            yield error(
                "format-unknown",
                f'the format "{name}" cannot be made',
                Position(manual.path),
                f"the formats are: {', '.join(FORMATS)}",
            )


def _unused(shelf: Shelf) -> Iterator[Diagnostic]:
    """Files that look like content but are in no edition."""
    folder = posixpath.dirname(MANUAL)
    aside = shelf.loaded.manual.settings.get("aside") or ()
    named = {*shelf.loaded.manual.files, *(posixpath.normpath(posixpath.join(folder, str(path))) for path in aside)}
    for path in chain.from_iterable(shelf.sources.list(f"{folder}/{name}") for name in CONTENT_FILES):
        if path.endswith(".md") and path not in named:
            yield warning(
                "file-unused",
                "this file is in no edition: manual.yaml does not name it",
                Position(path),
                "name it in manual.yaml, or remove it",
            )
    known = {posixpath.dirname(overlay.path) for overlay in shelf.loaded.overlays.values()}
    wrong = {d.position.path for d in shelf.loaded.diagnostics if d.position}
    own = {path for overlay in shelf.loaded.overlays.values() for path in overlay.files}
    for path in shelf.sources.list(OVERLAYS):
        reads = order.is_markdown(path) and order.stem_of(path).lower() != "readme"
        if reads and path not in shelf.loaded.documents and path not in own:
            inside = "/overrides/" in path
            why = "its name does not end in .md" if inside else "overlay.yaml does not name it"
            way = "rename it" if inside else "name it under foreword, chapters or annexes, or remove it"
            yield warning("file-unused", f"this file does nothing: {why}", Position(path), way)
        home = "/".join(path.split("/")[:4])
        if "/overrides/" in path and path.endswith(".md") and home not in known and f"{home}/overlay.yaml" not in wrong:
            yield error(
                "overlay-missing",
                f"this override belongs to no overlay: there is no {home}/overlay.yaml",
                Position(path),
                "add it, or move the override to its country",
            )


def _overlays(shelf: Shelf) -> Iterator[Diagnostic]:
    """Drift of every override, and targets that are gone in overlays that no edition uses."""
    loaded = shelf.loaded
    base = assemble(loaded.manual, loaded.documents).value
    countries = [code for code, overlay in loaded.overlays.items() if not overlay.region]
    used = {overlay.path for country in countries for overlay in stack(loaded, country)}
    for overlay in loaded.overlays.values():
        yield from _profile(shelf, overlay)
        yield from _members(shelf, overlay)
        for override in overlay.overrides:
            said = _drifted(drift(base, override), override, overlay.code, overlay.path in used, loaded.manual)
            if said:
                yield said


def _members(shelf: Shelf, overlay: Overlay) -> Iterator[Diagnostic]:
    """Members of a region that are no countries that anybody knows."""
    known = {*states(), *shelf.loaded.overlays}
    raw = (shelf.sources.read(overlay.path) or b"").decode("utf-8", "replace")
    line = next((n for n, text in enumerate(raw.split("\n"), 1) if text.startswith("members")), 1)
    for member in overlay.members:
        if member not in known:
            hint = nearest(member, known) or "write the two letters of a country"
            message = f'the member "{member}" is no member State of the African Union and has no overlay'
            yield warning("member-unknown", message, Position(overlay.path, line), hint)


def _profile(shelf: Shelf, overlay: Overlay) -> Iterator[Diagnostic]:
    """What is wrong with a country's profile, and which of its values still have to be confirmed."""
    code = overlay.code if overlay.region else overlay.code.upper()
    outcome = profile_of(shelf.loaded, shelf.sources, shelf.cache, code)
    yield from outcome.diagnostics
    for value in outcome.value.values.values() if outcome.value else ():
        if value.status is Status.TO_CONFIRM:
            at = Position(outcome.value.path if outcome.value else "", value.line)
            way = "when it is confirmed, write `status: confirmed` and its source"
            yield _open(f'the value of "{value.name}"', at, way)
    raw = (shelf.sources.read(overlay.path) or b"").decode("utf-8", "replace")
    for name in overlay.unconfirmed:
        found = re.search(rf"^[ \t]+[\"']?{re.escape(name)}[\"']?[ \t]*:", raw, re.MULTILINE)
        at = Position(overlay.path, raw.count("\n", 0, found.start()) + 1 if found else 0)
        yield _open(f'the value of the variable "{name}"', at, "when it is confirmed, take its status out")
    if overlay.arms and overlay.arms.status == TO_CONFIRM:
        at = Position(overlay.path, overlay.arms.line)
        yield _open("the use of the arms", at, "when it is confirmed, say so: `status: confirmed`")
    for override in overlay.overrides:
        if override.status == TO_CONFIRM:
            at = Position(override.document.path, line_of_key(override, "status"))
            yield _open(f'the override of "{override.target}"', at, "when it is confirmed, say so: `status: confirmed`")


TO_CONFIRM = "to-confirm"
"""The code of what stops a release, and the class and the status that say it in texts and settings."""
SHOWN = 60
"""Characters of a passage that are quoted."""


def _open(what: str, at: Position | None, way: str) -> Diagnostic:
    return Diagnostic(Severity.NOTE, TO_CONFIRM, f"{what} is still to be confirmed", at, way)


def _passages(document: Document, documents: dict[str, Document]) -> Iterator[Diagnostic]:
    """Every passage of a file that its author has marked as still to be confirmed."""
    for node, leaf in tree.walk_inlines(document.blocks):
        if node["t"] == "Span" and TO_CONFIRM in tree.classes(node):
            words = " ".join(tree.string(tree.children_of(node)).split())
            shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()}…"
            at = position_of(node, documents, leaf.get("p", document.path))
            yield _open(f'"{shown}"', at, "when it is confirmed, take the mark `[…]{.to-confirm}` off, keep the words")


def _drifted(found: Drift, override: Override, code: str, used: bool, manual: Manual) -> Diagnostic | None:
    at = Position(override.document.path, line_of_key(override, "target"))
    again = f"`manual country refresh {code} {override.target}` says so"
    if found.state == "drifted":
        refused = manual.settings.get("drift") == "refuse"
        return drift_said(override, code, Severity.ERROR if refused else Severity.WARNING)
    if found.state == "unrecorded":
        message = f'this override does not say from which text of "{override.target}" it was made'
        return Diagnostic(
            Severity.NOTE,
            "unrecorded",
            f"{message}, so a change of that text goes unnoticed",
            at,
            f"if it fits the text of today, {again}",
        )
    if found.state == "orphaned" and not used:
        return error(
            "override-dangling", f'there is no target "{override.target}" in the manual', at, "mend the target's id"
        )
    return None


def _of_edition(shelf: Shelf, outcome: Outcome[Edition]) -> Iterator[Diagnostic]:
    yield from read_pictures(shelf, outcome.value).diagnostics
    for node, leaf, in_figure in _images(outcome.value.nodes):
        words = dict(node["c"][0][2]).get("alt", "")
        if not words and (in_figure or not node["c"][1]):
            at = position_of(node, shelf.loaded.documents, leaf.get("p", ""))
            yield warning(
                "alt-missing",
                f'the picture "{node["c"][2][0]}" has no words for those who cannot see it',
                at,
                'say what it shows: `![Caption](picture.svg){alt="…"}`',
            )


def _images(nodes: list[Node]) -> Iterator[tuple[Node, Node, bool]]:
    """Every picture with its leaf, and whether it stands in a figure, whose words are its caption."""
    inside = {id(leaf) for figure in _figures(nodes) for leaf, _ in tree.leaves(figure["c"][2])}
    for node, leaf in tree.walk_inlines(nodes):
        if node["t"] == "Image":
            yield node, leaf, id(leaf) in inside


def _figures(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node["t"] == "Figure":
            yield node
        elif node["t"] == "Div":
            yield from _figures(node["c"][1])
        elif node["t"] == "BlockQuote":
            yield from _figures(node["c"])


def strictly(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same with every warning as an error."""
    return tuple(replace(d, severity=Severity.ERROR) if d.severity is Severity.WARNING else d for d in found)


def for_release(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same with everything that is still to be confirmed as an error: it must not be released."""
    return tuple(replace(d, severity=Severity.ERROR) if d.code == TO_CONFIRM else d for d in found)
