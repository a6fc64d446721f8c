"""Rename an id of the manual, or move a section to another chapter, and carry along what points there.

The result is composed in memory first, for the base and for every overlay; if that has problems which were not there
before, nothing is written. Overrides that fitted their target's text before are recorded as fitting it afterwards.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livingmanual.adapters.mounted import real
from livingmanual.compose.assemble import assemble
from livingmanual.compose.names import BASE
from livingmanual.compose.overlay import find
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.merge.move import applied, relocate, rename, rename_in_text, split
from livingmanual.model.diagnostic import Diagnostic, Severity
from livingmanual.model.document import Document, Node
from livingmanual.model.remark import Edit
from livingmanual.text import tree
from livingmanual.text.markdown import escape
from livingmanual.workflows import translate
from livingmanual.workflows.catalogs import path_of
from livingmanual.workflows.countries import recorded, standings
from livingmanual.workflows.editions import Shelf, all_diagnostics, make_edition, open_draft
from livingmanual.workflows.elsewhere import Workplace
from livingmanual.workflows.load import load
from livingmanual.workspace import Sources

ID = re.compile(r"[A-Za-z][\w:.-]*")


@dataclass(frozen=True, slots=True)
class Edited:
    """A workspace with some files changed in memory."""

    inner: Sources
    texts: dict[str, str]

    def read(self, path: str) -> bytes | None:
        """The file's bytes, changed or as they are."""
        return self.texts[path].encode("utf-8") if path in self.texts else self.inner.read(path)

    def list(self, folder: str) -> tuple[str, ...]:
        """As the workspace lists it; no file comes or goes."""
        return self.inner.list(folder)


def move(root: Path, old: str, new: str, title: str = "") -> dict[str, Any]:
    """Write the changed files; the keys of `manual move --json`.

    `new` is an id, or the file of a chapter. `old` may name a block of a section (`sec-a#3`, `sec-a#Its first words`):
    what begins there becomes the section `new`, called `title`. Raises WrongUse, and writes nothing, for an unknown id
    or file, an id that is taken, and where the result would have problems.
    """
    shelf = open_draft(root)
    name, mark, block = old.partition("#")
    home = _home(shelf, name)
    if mark:
        edits = _splitting(home, name, block, new, title)
    else:
        edits = _relocation(shelf, home, old, new) if new.endswith(".md") else _renaming(shelf, home, old, new)
    texts = applied(_texts(shelf, {edit.path for edit in edits}), edits)
    after = _after(shelf, texts)
    troubles = _new_troubles(shelf, after)
    if troubles:
        said = "\n".join(f"  {trouble}" for trouble in troubles[:10])
        raise WrongUse(f"nothing was written, because the result would have problems:\n{said}", "mend these first")
    relocated = not mark and new.endswith(".md")
    renamed = {} if mark or relocated else {old: new}
    texts |= _recorded(shelf, after, renamed, new if mark else old if relocated else "", name if mark else "")
    texts |= _carried(after, {edit.path for edit in edits})
    place = Workplace(root)
    for path, text in sorted(texts.items()):
        place.write(path, text.encode("utf-8"))
    count = {real(place.sources, path): sum(edit.path == path for edit in edits) for path in sorted(texts)}
    return {"old": old, "new": new, "files": [{"path": path, "places": places} for path, places in count.items()]}


def _home(shelf: Shelf, name: str) -> Document:
    documents = [shelf.loaded.documents[path] for path in shelf.loaded.manual.files]
    known: list[str] = []
    for document in documents:
        ids = [tree.identifier(node) for node in tree.identified(document.blocks)]
        if name in ids:
            return document
        known += ids
    raise WrongUse(
        f'there is no id "{name}" in the manual\'s files', nearest(name, known) or "look up the ids in the headings"
    )


def _renaming(shelf: Shelf, home: Document, old: str, new: str) -> list[Edit]:
    if not ID.fullmatch(new):
        raise WrongUse(f'"{new}" cannot be an id', "an id is a letter, then letters, digits and hyphens: sec-warning")
    edits = [edit for document in shelf.loaded.documents.values() for edit in rename(document, old, new)]
    if not any(edit.path == home.path and edit.old == old for edit in edits):
        raise WrongUse(
            f'the id "{old}" is made from the words of its heading and is not written in {home.path}',
            f"write it there first: ## Heading {{#{old}}}",
        )
    answers = [p for p in shelf.sources.list("manual/overlays") if p.endswith("/norms.yaml")]
    catalogs = [p for p in shelf.sources.list("translations") if p.endswith(".po")]
    for path, text in _texts(shelf, {*answers, *catalogs}).items():
        edits += rename_in_text(path, text, old, new)
    return edits


def _relocation(shelf: Shelf, home: Document, old: str, new: str) -> list[Edit]:
    files = shelf.loaded.manual.files
    wanted = posixpath.normpath(new)
    found = [path for path in files if path == wanted or path.endswith(f"/{wanted}")]
    if len(found) != 1:
        raise WrongUse(f'"{new}" is not one of the manual\'s files', nearest(new, files) or f"e.g. {files[0]}")
    if found[0] == home.path:
        raise WrongUse(f'"{old}" stands in {home.path} already', "name another file")
    edits = relocate(home, shelf.loaded.documents[found[0]], old, list(shelf.loaded.documents.values()))
    if isinstance(edits, str):
        raise WrongUse(edits, "nothing was written")
    return edits


def _splitting(home: Document, name: str, block: str, new: str, title: str) -> list[Edit]:
    if not title.strip():
        raise WrongUse(f'the new section "{new}" has no title', 'give it one: --title "What it is about"')
    if not ID.fullmatch(new) or new.endswith(".md"):
        raise WrongUse(f'"{new}" cannot be an id', "an id is a letter, then letters, digits and hyphens: sec-warning")
    edits = split(home, name, block, new, escape(" ".join(title.split())))
    if isinstance(edits, str):
        raise WrongUse(
            edits, f"blocks are counted from 1: manual move {name}#2 {new}; or write the words it begins with"
        )
    return edits


def _carried(after: Shelf, touched: set[str]) -> dict[str, str]:
    """The catalogs of the files that changed, with their entries under the ids and in the files of after the move."""
    everything, out = translate.everything(after), dict[str, str]()
    for language in translate.chosen(after, ()):
        mine = {path_of(language, path) for path in touched}
        for path, text in translate.texts_of(after, language, everything.into(language)).items():
            there = after.sources.read(path)
            if path in mine and there != text.encode() and (there or "\nmsgctxt " in text):
                out[path] = text
    return out


def _texts(shelf: Shelf, paths: set[str]) -> dict[str, str]:
    out = {}
    for path in sorted(paths):
        document = shelf.loaded.documents.get(path)
        out[path] = document.text if document else (shelf.sources.read(path) or b"").decode("utf-8")
    return out


def _after(shelf: Shelf, texts: dict[str, str]) -> Shelf:
    sources = Edited(shelf.sources, texts)
    return Shelf(sources, load(sources, shelf.cache), shelf.revision, shelf.timestamp, shelf.cache)


def _new_troubles(before: Shelf, after: Shelf) -> list[Diagnostic]:
    known = {(d.code, d.message) for d in _errors(before)}
    return [d for d in _errors(after) if (d.code, d.message) not in known]


def _errors(shelf: Shelf) -> list[Diagnostic]:
    countries = [code for code, overlay in shelf.loaded.overlays.items() if not overlay.region]
    found = all_diagnostics(shelf, [make_edition(shelf, country, "") for country in (BASE, *countries)])
    return [d for d in found if d.severity is Severity.ERROR]


def _recorded(before: Shelf, after: Shelf, names: dict[str, str], moved: str, halved: str) -> dict[str, str]:
    """The files of overrides that were current, with the fingerprint and the text of their target after the move.

    A target that has lost or won the section `moved`, and the one that was split (`halved`), say something else now:
    their overrides stay as they are, drifted.
    """
    overlays = tuple(before.loaded.overlays.values())
    old, new = (assemble(shelf.loaded.manual, shelf.loaded.documents).value for shelf in (before, after))
    current = {
        (one.override.document.path, names.get(one.override.target, one.override.target))
        for one in standings(before, overlays)
        if one.state == "current"
    }
    out = {}
    for one in standings(after, tuple(after.loaded.overlays.values())):
        document = one.override.document
        if one.override.target == halved or _holds(old, one.override.target, moved) != _holds(
            new, one.override.target, moved
        ):
            continue
        if (document.path, one.override.target) in current and one.state == "drifted":
            out[document.path] = recorded(document, one.today, one.text)
    return out


def _holds(nodes: list[Node], target: str, name: str) -> bool:
    """True if a block with this id stands inside a target of the manual, whose blocks these are."""
    found = find(nodes, target)
    if found is None or target == name:
        return False
    for index in found.path:
        nodes = nodes[index]["c"][1]
    return name in {tree.identifier(node) for node in tree.identified(nodes[found.start : found.end])}
