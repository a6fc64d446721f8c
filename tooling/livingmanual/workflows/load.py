"""Read a workspace at one revision: settings, parsed documents, overlays, references."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from livingmanual import __version__
from livingmanual.adapters import pandoc
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.mounted import Mounted
from livingmanual.compose.position import nearest
from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, softened, warning
from livingmanual.model.document import Document
from livingmanual.model.manual import Manual, Overlay, Override
from livingmanual.source import config, read
from livingmanual.source.tokens import Notations
from livingmanual.workflows import parsed
from livingmanual.workspace import Sources

MANUAL = "manual/manual.yaml"
OVERLAYS = "manual/overlays"
DOCUMENTS = "documents"
FOLD_VERSION = "9"
"""Raise when the meaning of cached documents changes."""
PROCESSES = 2
ONE_PROCESS = 30_000
"""Characters that one process reads before a second one could have begun."""
OVERHEAD = 100
"""Characters that it could read in the time that a file takes beside its text."""
SMALL = 5_000
"""Characters of a file that is kept together with others."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything an edition is made of."""

    manual: Manual
    documents: dict[str, Document]
    """The manual's files, then the overrides' files."""
    overlays: dict[str, Overlay]
    """By code: countries in upper case, regions as written."""
    bibliography: str
    works: frozenset[str]
    diagnostics: tuple[Diagnostic, ...] = field(default=())


class SettingsUnreadable(ContentProblem):
    """Without its settings there is no manual: `diagnostics` say where they are wrong."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = diagnostics


def load(sources: Sources, cache: CacheStore) -> Loaded:
    """Read everything; what is wrong is kept in the diagnostics.

    Raises WrongUse if this is no workspace, SettingsUnreadable if its manual.yaml cannot be read.
    """
    raw = sources.read(MANUAL)
    if raw is None:
        raise WrongUse(
            f"this is not a workspace: there is no {MANUAL}", "go to the folder of a manual, or name it with -C DIR"
        )
    troubles: list[Diagnostic] = list(sources.troubles) if isinstance(sources, Mounted) else []
    settings = config.read_manual(MANUAL, _decode(MANUAL, raw, troubles))
    if settings.value is None:
        raise SettingsUnreadable((*troubles, *settings.diagnostics))
    manual = settings.value
    notations = notations_of(manual)
    documents = _documents(sources, manual.files, notations, cache, troubles, manual.path)
    if manual.lenient:
        troubles = softened(troubles, "yaml-malformed", "yaml-not-mapping")
    manual = _without_missing(manual, documents)
    overlays = _overlays(sources, notations, cache, documents, troubles)
    overlays = _with_parents(overlays, troubles)
    bibliography = _text(sources, manual.references, troubles) if manual.references else ""
    works = frozenset(_works(bibliography, manual.references, cache, troubles))
    return Loaded(manual, documents, overlays, bibliography, works, tuple(troubles))


def notations_of(manual: Manual) -> Notations:
    """Which notations are on; all of them unless `manual.yaml` says no."""
    on = manual.notations
    return Notations(**{name: on[name] for name in Notations.__slots__ if name in on})


def _decode(path: str, raw: bytes, troubles: list[Diagnostic]) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as trouble:
        line = raw.count(b"\n", 0, trouble.start) + 1
        troubles.append(
            error(
                "encoding",
                f"this file is not UTF-8: byte {trouble.start} cannot be read",
                Position(path, line),
                "save it as UTF-8",
            )
        )
        return raw.decode("utf-8", errors="replace")


def _text(sources: Sources, path: str, troubles: list[Diagnostic]) -> str:
    raw = sources.read(path)
    if raw is None:
        troubles.append(
            error(
                "file-missing",
                f"{path} is named in {MANUAL} but is not there",
                Position(MANUAL),
                "add the file, commit it, or take its name out",
            )
        )
        return ""
    return _decode(path, raw, troubles)


def _documents(
    sources: Sources,
    paths: Iterable[str],
    notations: Notations,
    cache: CacheStore,
    troubles: list[Diagnostic],
    named_in: str,
) -> dict[str, Document]:
    texts: dict[str, str] = {}
    for path in dict.fromkeys(paths):
        raw = sources.read(path)
        if raw is None:
            troubles.append(
                error(
                    "file-missing",
                    f"{path} is named here but is not there",
                    Position(named_in),
                    "add the file, commit it, or take its name out",
                )
            )
        else:
            texts[path] = _decode(path, raw, troubles)
    outcomes = parse_all(texts, notations, cache)
    for outcome in outcomes.values():
        troubles.extend(outcome.diagnostics)
    return {path: outcome.value for path, outcome in outcomes.items()}


def parse(path: str, text: str, notations: Notations, cache: CacheStore) -> Outcome[Document]:
    """One file's Document, from the cache if the same text at the same path was parsed before."""
    return parse_all({path: text}, notations, cache)[path]


def parse_all(texts: Mapping[str, str], notations: Notations, cache: CacheStore) -> dict[str, Outcome[Document]]:
    """The Documents of some files by their paths, those that were parsed before from the cache."""
    lots = [{path: texts[path] for path in lot} for lot in _lots(texts)]
    how = (FOLD_VERSION, __version__, repr(notations))
    keys = [cache.key(*how, *(part for item in lot.items() for part in item)) for lot in lots]
    kept = [parsed.recall(lot, cache.read(DOCUMENTS, key)) for lot, key in zip(lots, keys, strict=True)]
    found = {path: outcome for outcomes in kept for path, outcome in (outcomes or {}).items()}
    found |= _read_all({path: text for path, text in texts.items() if path not in found}, notations)
    for lot, key, old in zip(lots, keys, kept, strict=True):
        if old is None:
            cache.write(DOCUMENTS, key, parsed.packed(found[path] for path in lot))
    return {path: found[path] for path in texts}


def _lots(texts: Mapping[str, str]) -> list[list[str]]:
    """What is kept together: a large file, or the small ones of a folder, which are opened faster as one."""
    folders: dict[str, list[str]] = {}
    for path, text in texts.items():
        folders.setdefault(path if len(text) > SMALL else posixpath.dirname(path), []).append(path)
    return list(folders.values())


def _read_all(texts: Mapping[str, str], notations: Notations) -> dict[str, Outcome[Document]]:
    """Have pandoc read files, in two processes if that is faster."""
    found: dict[str, Outcome[Document]] = {}
    halves = [{path: texts[path] for path in half} for half in _halves(list(texts), texts)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        for made in pool.map(partial(_read, notations=notations), halves):
            found |= made
    return found


def _halves(paths: Sequence[str], texts: Mapping[str, str]) -> list[list[str]]:
    """The files in as many parts of about one size as there are processes; in one if they are few."""
    if sum(len(texts[path]) for path in paths) < ONE_PROCESS:
        return [list(paths)] if paths else []
    parts: list[list[str]] = [[] for _ in range(PROCESSES)]
    sizes = [0] * PROCESSES
    for path in sorted(paths, key=lambda path: (-len(texts[path]), path)):
        least = sizes.index(min(sizes))
        parts[least].append(path)
        sizes[least] += len(texts[path]) + OVERHEAD
    return parts


def _read(texts: Mapping[str, str], notations: Notations) -> dict[str, Outcome[Document]]:
    """Have pandoc read some files in one process."""
    trees = pandoc.to_json_all([read.prepared_text(text) for text in texts.values()], read.reader_format(notations))
    return {
        path: read.read_document(path, text, tree, notations)
        for (path, text), tree in zip(texts.items(), trees, strict=True)
    }


def _without_missing(manual: Manual, documents: dict[str, Document]) -> Manual:
    """The same manual without files that are not there; they have been reported."""
    if all(path in documents for path in manual.files):
        return manual

    def there(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(path for path in paths if path in documents)

    parts = tuple(replace(part, chapters=there(part.chapters)) for part in manual.parts)
    return replace(
        manual, front=there(manual.front), parts=parts, annexes=there(manual.annexes), back=there(manual.back)
    )


def _overlays(
    sources: Sources,
    notations: Notations,
    cache: CacheStore,
    documents: dict[str, Document],
    troubles: list[Diagnostic],
) -> dict[str, Overlay]:
    files = sources.list(OVERLAYS)
    found: dict[str, Overlay] = {}
    overrides = _documents(
        sources, [p for p in files if "/overrides/" in p and p.endswith(".md")], notations, cache, troubles, OVERLAYS
    )
    documents.update(overrides)
    for path in (p for p in files if p.endswith("/overlay.yaml")):
        folder = path.removesuffix("overlay.yaml") + "overrides/"
        own: list[Override] = []
        for document in (d for p, d in sorted(overrides.items()) if p.startswith(folder)):
            read_one = config.read_override(document)
            troubles.extend(read_one.diagnostics)
            own += [read_one.value] if read_one.value else []
        outcome = config.read_overlay(path, _text(sources, path, troubles), tuple(own))
        troubles.extend(outcome.diagnostics)
        if outcome.value:
            named = [name for name in outcome.value.files if name not in documents]
            documents.update(_documents(sources, named, notations, cache, troubles, path))
            overlay = _with_files_there(outcome.value, documents)
            troubles += _untitled(overlay, documents)
            troubles += _misplaced(overlay, found)
            found.setdefault(overlay.code if overlay.region else overlay.code.upper(), overlay)
    return found


def _misplaced(overlay: Overlay, others: Mapping[str, Overlay]) -> Iterable[Diagnostic]:
    """An overlay of a country that lies in the folder of another one, or that there is twice."""
    code = overlay.code if overlay.region else overlay.code.upper()
    folder = overlay.path.split("/")[-2]
    at = Position(overlay.path, 1)
    if code in others:
        message = f"there is an overlay of {code} already: {others[code].path}"
        yield error("overlay-twice", message, at, "make one of the two, or name another country here")
    elif not overlay.region and folder.upper() != code:
        message = f'this overlay is for "{overlay.code}", but it lies in the folder "{folder}"'
        yield error("overlay-misplaced", message, at, f"rename the folder, or write `country: {folder}`")


def _with_parents(overlays: dict[str, Overlay], troubles: list[Diagnostic]) -> dict[str, Overlay]:
    """The overlays without parents that are not there or that lead back to themselves; these are reported."""
    out = dict(overlays)
    for code, overlay in overlays.items():
        kept: list[str] = []
        for parent in overlay.parents:
            circle = _circle(overlays, code, parent) if parent in overlays else ()
            at = Position(overlay.path, overlay.parents_line)
            if parent not in overlays:
                hint = nearest(parent, overlays) or "add it under manual/overlays/regions/"
                troubles.append(error("parent-unknown", f'the parent "{parent}" is not there', at, hint))
            elif circle:
                message = f"the parents of overlays run in a circle: {' -> '.join(circle)}"
                troubles.append(error("parents-circle", message, at, "take one of them out of `parents:`"))
            else:
                kept.append(parent)
        out[code] = replace(overlay, parents=tuple(kept))
    return out


def _circle(overlays: dict[str, Overlay], code: str, parent: str) -> tuple[str, ...]:
    """The way from a parent back to the overlay `code`, both ends included; empty if there is none."""
    ways: list[tuple[str, ...]] = [(code, parent)]
    while ways:
        way = ways.pop()
        if way[-1] == code:
            return way
        ways += [(*way, up) for up in overlays[way[-1]].parents if up in overlays and up not in way[1:]]
    return ()


def _with_files_there(overlay: Overlay, documents: dict[str, Document]) -> Overlay:
    """The overlay without own files that are not there; they have been reported."""
    there = {path for path in overlay.files if path in documents}
    return replace(
        overlay,
        foreword=overlay.foreword if overlay.foreword in there else "",
        chapters=tuple(path for path in overlay.chapters if path in there),
        annexes=tuple(path for path in overlay.annexes if path in there),
    )


def _untitled(overlay: Overlay, documents: dict[str, Document]) -> Iterable[Diagnostic]:
    """Own files that do not begin with a title: their text would belong to the section before them."""
    for path in overlay.files:
        first = next(iter(documents[path].blocks), None)
        if not first or first["t"] != "Header" or first["c"][0] != 1:
            at = Position(path, documents[path].text.count("\n", 0, documents[path].body_start) + 1)
            hint = "begin it with a title: # Foreword {#ke-foreword}"
            yield error("title-missing", "this file of an overlay does not begin with a title", at, hint)


def _works(bibliography: str, path: str, cache: CacheStore, troubles: list[Diagnostic]) -> list[str]:
    """The keys of the works; BibTeX keys are read by their pattern, CSL-YAML by a YAML parser."""
    if not bibliography:
        return []
    if not path.endswith((".yaml", ".yml", ".json")):
        return re.findall(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", bibliography, re.MULTILINE)
    key = cache.key("works", __version__, bibliography)
    kept = cache.read("works", key)
    if kept is not None:
        return [str(work) for work in json.loads(kept)]
    mapping, wrong = read.read_mapping(path, bibliography)
    troubles.extend(wrong)
    works = [str(work["id"]) for work in mapping.get("references", []) if isinstance(work, dict) and "id" in work]
    for double in sorted({work for work in works if works.count(work) > 1}):
        troubles.append(
            warning("work-duplicate", f'the key "{double}" is given to two works', Position(path), "rename one")
        )
    if not wrong:
        cache.write("works", key, json.dumps(works).encode())
    return works
