"""Keep the catalogs of a workspace in step with its text: templates, new catalogs, changed messages.

The messages of every source file are collected, matched with the entries that the catalogs have, and each catalog that
differs is written again; the bytes of entries that did not change stay as they are. Nothing is written for a language
with a catalog that cannot be read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from livingmanual.adapters.disk import DiskFolder
from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.model.catalog import Catalog, Found, Message, State
from livingmanual.text import tree
from livingmanual.translate import figures, match, places, po, settings, write
from livingmanual.translate.places import Wanted
from livingmanual.workflows import known
from livingmanual.workflows.catalogs import ROOT, chain, foreign, language_of, path_of
from livingmanual.workflows.editions import Shelf, open_draft

TEMPLATES = "build/templates"


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of one catalog."""

    language: str
    path: str
    change: str
    """`new`, `changed`, `removed` or `same`."""
    messages: int
    translated: int
    stale: int

    def as_json(self) -> dict[str, object]:
        """The row for programs."""
        return {name: getattr(self, name) for name in self.__slots__}


def languages(shelf: Shelf) -> tuple[str, ...]:
    """Every language that the manual or an overlay is set up for."""
    manual = shelf.loaded.manual
    overlays = [language for overlay in shelf.loaded.overlays.values() for language in overlay.languages]
    return tuple(dict.fromkeys([manual.language, *manual.languages, *overlays]))


def chosen(shelf: Shelf, names: Sequence[str]) -> tuple[str, ...]:
    """The languages named, or all into which something has to be translated; raises WrongUse for an unknown one."""
    configured = languages(shelf)
    for name in names:
        if name not in configured:
            hint = f"known are: {', '.join(configured)}; add it to `languages:` in {shelf.loaded.manual.path}"
            raise WrongUse(f'nobody configured the language "{name}"', hint)
    own = shelf.loaded.manual.language
    return tuple(dict.fromkeys(names)) or tuple(
        name for name in configured if own not in chain(name) or foreign(shelf.loaded, name)
    )


@dataclass(frozen=True, slots=True)
class Everything:
    """Every message of a workspace, by source file."""

    messages: Mapping[str, Sequence[Wanted]]
    written: Mapping[str, str]
    """The language that each file is written in."""

    def into(self, language: str) -> dict[str, Sequence[Wanted]]:
        """What has to be translated into a language; files without anything are left out.

        Of two files that would have the same catalog (`x.md`, `x.svg`) the second is left out, too.
        """
        own, catalogs = chain(language), dict[str, str]()
        for path, found in self.messages.items():
            if found and self.written[path] not in own:
                catalogs.setdefault(path_of(language, path), path)
        return {path: self.messages[path] for path in catalogs.values()}


def everything(shelf: Shelf) -> Everything:
    """Collect the messages of all files once, for several languages."""
    loaded = shelf.loaded
    found = {path: places.wanted(document) for path, document in loaded.documents.items()}
    written = {path: language_of(document, loaded.manual) for path, document in loaded.documents.items()}
    plain: dict[str, dict[tuple[str, str], Wanted]] = {}
    for message in _plain(shelf):
        wanted = Wanted(message, places.place_of(message, (message.context,)))
        plain.setdefault(message.path, {}).setdefault(message.key, wanted)
    found |= {path: list(messages.values()) for path, messages in plain.items()}
    return Everything(found, dict.fromkeys(plain, loaded.manual.language) | written)


def wanted_in(shelf: Shelf, language: str) -> dict[str, Sequence[Wanted]]:
    """By source file, the messages that have to be translated into a language; files without any are left out."""
    return everything(shelf).into(language)


def _plain(shelf: Shelf) -> Iterator[Message]:
    """The messages of settings and figures, which are in the manual's language."""
    loaded = shelf.loaded
    yield from settings.manual_messages(loaded.manual)
    for code, overlay in loaded.overlays.items():
        yield from settings.overlay_messages(overlay, loaded.manual.language)
        if not overlay.region:
            profile = known.profile_of(loaded, shelf.sources, shelf.cache, code).value
            answers = known.answers_of(loaded, shelf.sources, shelf.cache, code).value
            yield from settings.profile_messages(profile) if profile else ()
            yield from settings.answers_messages(answers) if answers else ()
    for path in figures_of(shelf):
        yield from figures.figure_messages(path, (shelf.sources.read(path) or b"").decode("utf-8", "replace"))


def figures_of(shelf: Shelf) -> tuple[str, ...]:
    """The SVG files that the text shows, relative to the workspace."""
    there = set(shelf.sources.list(posixpath.dirname(shelf.loaded.manual.path)))
    shown: dict[str, None] = {}
    for document in shelf.loaded.documents.values():
        for inline, _ in tree.walk_inlines(document.blocks):
            if inline["t"] == "Image" and inline["c"][2][0].lower().endswith(".svg"):
                shown[posixpath.normpath(posixpath.join(posixpath.dirname(document.path), inline["c"][2][0]))] = None
    return tuple(path for path in shown if path in there)


def read(shelf: Shelf, language: str, sources: Iterable[str]) -> tuple[list[Catalog], tuple[str, ...]]:
    """The catalogs of a language that are there, those of files that are gone included; raises ContentProblem.

    The second value is the paths of all of them. A catalog of a file that is gone has the empty string as its source.
    """
    names = {path_of(language, source): source for source in sources}
    there = tuple(path for path in shelf.sources.list(f"{ROOT}/{language}") if path.endswith(".po"))
    found, troubles = list[Catalog](), list[str]()
    for path in there:
        try:
            text = (shelf.sources.read(path) or b"").decode("utf-8")
        except UnicodeDecodeError as trouble:
            troubles.append(f"{path}: error: this catalog is not UTF-8: byte {trouble.start} cannot be read")
            continue
        outcome = po.read_catalog(path, names.get(path, ""), text)
        found.append(outcome.value)
        troubles += [str(trouble) for trouble in outcome.diagnostics] if outcome.failed else []
    if troubles:
        raise ContentProblem("\n".join(troubles), "mend these first; nothing was written")
    return found, there


def update(root: Path, names: Sequence[str]) -> list[Updated]:
    """Bring the catalogs of some languages (none: of all) up to date with the working tree."""
    shelf, folder = open_draft(root), DiskFolder(root)
    found: list[Updated] = []
    messages = everything(shelf)
    for language in chosen(shelf, names):
        found += _update(shelf, folder, language, messages.into(language))
    return found


def _update(shelf: Shelf, folder: DiskFolder, language: str, wanted: Mapping[str, Sequence[Wanted]]) -> list[Updated]:
    old, _ = read(shelf, language, wanted)
    catalogs = _with_new(shelf, language, wanted, old)
    messages = {path: [item.message for item in items] for path, items in wanted.items()}
    found, texts = _brought_up(language, wanted, catalogs)
    before = {catalog.path: catalog.text for catalog in old}
    rows = []
    for catalog in catalogs:
        text = texts[catalog.path]
        empty = not po.read_catalog(catalog.path, catalog.source, text).value.entries
        if empty and catalog.path not in before:
            continue
        change = "removed" if empty else "new" if catalog.path not in before else "changed"
        change = "same" if not empty and before.get(catalog.path) == text else change
        if change == "removed":
            folder.remove(catalog.path)
        elif change != "same":
            folder.write(catalog.path, text.encode("utf-8"))
        states = [found[catalog.source, m.key].state for m in messages.get(catalog.source, ())]
        counts = (len(states), states.count(State.TRANSLATED), states.count(State.STALE))
        rows.append(Updated(language, catalog.path, change, *counts))
    return rows


def texts_of(shelf: Shelf, language: str, wanted: Mapping[str, Sequence[Wanted]]) -> dict[str, str]:
    """By path the text that every catalog of a language would have after an update; nothing if it has no catalogs."""
    old, there = read(shelf, language, wanted)
    return _brought_up(language, wanted, _with_new(shelf, language, wanted, old))[1] if there else {}


def _brought_up(
    language: str, wanted: Mapping[str, Sequence[Wanted]], catalogs: Sequence[Catalog]
) -> tuple[Mapping[tuple[str, tuple[str, str]], Found], dict[str, str]]:
    """Where each message finds its translation, and the new text of each catalog."""
    messages = {path: [item.message for item in items] for path, items in wanted.items()}
    found = match.match(messages, catalogs)
    return found, write.updated(wanted, catalogs, found, fill=len(chain(language)) == 1)


def _with_new(
    shelf: Shelf, language: str, wanted: Mapping[str, Sequence[Wanted]], old: Sequence[Catalog]
) -> list[Catalog]:
    """The catalogs that are there, and a new one with its header for every file that has none."""
    there = {catalog.path: catalog for catalog in old}
    made = []
    date = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
    for source in wanted:
        path = path_of(language, source)
        header = write.header(shelf.loaded.manual.id, source, language, date)
        text = header if path not in there else there[path].text
        if path in there and there[path].entries and not there[path].header_end:
            text = f"{header}\n{text.removeprefix(po.BYTE_ORDER_MARK)}"
        made.append(po.read_catalog(path, source, text).value)
    names = {catalog.path for catalog in made}
    return [*made, *(catalog for catalog in old if catalog.path not in names)]


def extract(root: Path, names: Sequence[str], out: str = TEMPLATES) -> list[str]:
    """Write a template (POT) of every source file that has to be translated; the paths, relative to the workspace.

    `names`: only what has to be translated into these languages; none: into any.
    """
    shelf, folder = open_draft(root), DiskFolder(root)
    wanted: dict[str, Sequence[Wanted]] = {}
    messages = everything(shelf)
    for language in chosen(shelf, names):
        wanted |= messages.into(language)
    written = []
    for source, items in wanted.items():
        path = f"{out}/{path_of('', source).removeprefix(f'{ROOT}//')}t"
        header = write.header(shelf.loaded.manual.id, source, "", "YEAR-MO-DA HO:MI+ZONE")
        folder.write(path, write.template(header, items).encode("utf-8"))
        written.append(path)
    return written
