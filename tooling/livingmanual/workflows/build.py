"""Build editions: as many as asked for, side by side, each written whole or not at all.

What an edition was made of is kept as one hash; if it has not changed and the files still are what was written, there
is nothing to do, and nothing is even read. Several editions are made in processes of their own, the formats of one
edition in threads, because the writers are programs of their own; neither changes a byte.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from livingmanual import __version__
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository, Revision
from livingmanual.adapters.mounted import told
from livingmanual.compose.names import BASE
from livingmanual.errors import PartMissing, WrongUse
from livingmanual.model import edition as composed
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error
from livingmanual.model.manual import Manual
from livingmanual.workflows import artifacts, elsewhere, kept
from livingmanual.workflows.content import content
from livingmanual.workflows.editions import DRAFT, Shelf, cache_of, country_of, language_of, make_edition
from livingmanual.workflows.kept import File, Record
from livingmanual.workflows.known import states
from livingmanual.workflows.load import MANUAL, OVERLAYS, Loaded, load
from livingmanual.workflows.pictures import Pictures, read_pictures
from livingmanual.workspace import Sources

ABANDONED = 3600
"""Seconds after which a file that was not put in place belongs to no build that still runs."""
FORMATS = tuple(artifacts.FORMATS)


@dataclass(frozen=True, slots=True)
class Request:
    """What to build."""

    root: Path
    countries: tuple[str, ...] = ()
    """Codes or `base`; none means `base`."""
    languages: tuple[str, ...] = ()
    """None means the first language of each country."""
    formats: tuple[str, ...] = ()
    """None means those of manual.yaml."""
    revision: str = "HEAD"
    draft: bool = False
    """Build the working tree instead of a revision."""
    review: bool = False
    """Make the Word file that goes to reviewers."""
    everything: bool = False
    """Every country that has an overlay, and the base edition, in every language that has content."""
    states: bool = False
    """The base edition and every member State of the African Union, each in one language."""
    out: Path | None = None
    """Where the countries' folders go; None means `build/` of the workspace."""
    jobs: int = 1
    cache: bool = True
    drift: str = ""
    """What becomes of drifted overrides: `mark` or `refuse`; empty means as manual.yaml says."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of one edition; the keys of `manual build --json`."""

    country: str
    language: str
    format: str
    path: str
    """Absolute."""
    stamp: str
    from_cache: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """One edition that was asked for: its files, none if it has errors, and what there is to say about it."""

    artifacts: tuple[Artifact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made."""

    editions: tuple[Built, ...]

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Every file, edition after edition."""
        return tuple(artifact for edition in self.editions for artifact in edition.artifacts)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What there is to say, each thing once, file by file."""
        return by_place(d for edition in self.editions for d in edition.diagnostics)

    @property
    def failed(self) -> bool:
        """True if at least one edition was not built."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    def as_json(self) -> list[dict[str, Any]]:
        """As `manual build --json` prints it."""
        return [asdict(artifact) for artifact in self.artifacts]


def by_place(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, line and column; those without a place first."""
    nowhere = Position("")
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.position or nowhere, d.code)))


def build(request: Request) -> Report:
    """Build everything that was asked for.

    An edition with errors in its content writes nothing; the others are built all the same. Raises WrongUse for an
    unknown country, language or revision before anything is written, PartMissing if a writer or the disk fails.
    """
    wanted = _wanted(request)
    keys = _keys(request, wanted)
    built = {edition: _as_it_was(request, keys[edition]) for edition in wanted}
    missing = [edition for edition, found in built.items() if found is None]
    for edition in missing:
        _named(shelf_of(request), edition)
    if request.jobs > 1 and len(missing) > 1:
        alone = replace(request, jobs=1)
        made = _side_by_side(alone, missing, keys, min(request.jobs, len(missing)))
    else:
        made = [_make(request, edition, keys[edition]) for edition in missing]
    built |= dict(zip(missing, made, strict=True))
    return Report(tuple(edition for edition in built.values() if edition is not None))


def _side_by_side(request: Request, missing: list[Edition], keys: dict[Edition, str], workers: int) -> list[Built]:
    """Make the editions in processes of their own."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin_worker, gc.get_threshold())
    try:
        with pool:
            return list(pool.map(_make, repeat(request), missing, [keys[edition] for edition in missing]))
    except BrokenProcessPool as trouble:
        raise PartMissing(
            "a process that built an edition was ended from outside, perhaps because memory ran out",
            "try again with --jobs 1",
        ) from trouble


def _begin_worker(*thresholds: int) -> None:
    """A worker collects garbage as its parent does, and leaves it to the parent to be interrupted."""
    gc.set_threshold(*thresholds)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def not_in_it(request: Request) -> tuple[str, ...]:
    """Files of the content that differ from HEAD, if HEAD is what is built; they are not in the editions."""
    if request.draft or request.revision != "HEAD":
        return ()
    places = [place for place in content(request.root) if (request.root / place).exists()]
    return (*Repository(request.root).changed(places), *elsewhere.changed(request.root))


def _revision(request: Request) -> Revision:
    """The revision asked for; raises WrongUse if there is none, or if it holds no manual."""
    there = (request.root / MANUAL).is_file()
    try:
        found = Repository(request.root).revision(request.revision.partition("+")[0])
    except WrongUse:
        if not there:
            load(DiskFolder(request.root), CacheStore(None))
        raise
    if there and found.read(MANUAL) is None:
        raise WrongUse(
            f"{MANUAL} is here, but not in the revision {request.revision}",
            "commit it, or build the files as they are with --draft",
        )
    return found


_shelves: dict[tuple[Path, str, bool, str], Shelf] = {}
"""Workspaces that this process has read: one for all editions of a build."""


def shelf_of(request: Request) -> Shelf:
    """The workspace at the revision asked for, read once in a process (a draft every time: its files may change)."""
    cache = cache_of(request.root) if request.cache else CacheStore(None)
    if request.draft:
        sources = elsewhere.draft(request.root).sources
        return Shelf(sources, _loaded(sources, cache, request.drift), DRAFT, 0, cache)
    _revision(request)
    found = elsewhere.at_revision(request.root, request.revision)
    key = (request.root, f"{found.sha} {sorted(found.commits.items())}", request.cache, request.drift)
    if key not in _shelves:
        loaded = _loaded(found.sources, cache, request.drift)
        _shelves[key] = Shelf(found.sources, loaded, found.sha, found.timestamp, cache, commits=found.commits)
    return _shelves[key]


def _loaded(sources: Sources, cache: CacheStore, drift: str) -> Loaded:
    """As `load`; `drift` over what manual.yaml says of drift."""
    loaded = load(sources, cache)
    settings = {**loaded.manual.settings, **({"drift": drift} if drift else {})}
    return replace(loaded, manual=replace(loaded.manual, settings=settings))


Edition = tuple[str, str]
"""Country and language as asked for; the language may be empty."""


def _wanted(request: Request) -> list[Edition]:
    """The editions that were asked for, each once, in the order asked."""
    if request.everything:
        shelf = shelf_of(request)
        return [*everything(shelf, request.languages), *((code, "") for code in _unreadable(shelf))]
    if request.states:
        return [(country, language) for country in (BASE, *states()) for language in request.languages or ("",)]
    countries = [country.upper() if country.lower() != BASE else BASE for country in request.countries] or [BASE]
    return list(dict.fromkeys((country, language) for country in countries for language in request.languages or ("",)))


def _unreadable(shelf: Shelf) -> list[str]:
    """The countries whose overlay cannot be read at all."""
    places = (d.position.path for d in shelf.loaded.diagnostics if d.position)
    codes = {path.split("/")[3] for path in places if path.startswith(f"{OVERLAYS}/countries/")}
    return sorted(codes - set(shelf.loaded.overlays))


def everything(shelf: Shelf, languages: Sequence[str] = ()) -> Iterator[Edition]:
    """The base edition and every country's, in each of `languages`, or else in those that have content."""
    loaded = shelf.loaded
    present = with_content(shelf)
    countries = sorted(code for code, overlay in loaded.overlays.items() if not overlay.region)
    for country in (BASE, *countries):
        own = loaded.overlays[country].languages if country in loaded.overlays else loaded.manual.languages
        first = [language for language in own if language in present] or [loaded.manual.language]
        for language in languages or first:
            yield country, language


def with_content(shelf: Shelf) -> tuple[str, ...]:
    """The manual's own language, and those of its languages, or of a country's own, that have catalogs."""
    manual = shelf.loaded.manual
    translated = {path.split("/")[1] for path in shelf.sources.list("translations") if path.endswith(".po")}
    others = [*manual.languages, *(name for one in shelf.loaded.overlays.values() for name in one.languages)]
    named = dict.fromkeys(name for name in others if name in translated and name != manual.language)
    return (manual.language, *named)


def _keys(request: Request, wanted: Sequence[Edition]) -> dict[Edition, str]:
    """For each edition the hash of everything it depends on; empty if nothing is to be kept."""
    if not request.cache:
        return dict.fromkeys(wanted, "")
    if not request.draft:
        _revision(request)
    source = kept.sources(request.root, "" if request.draft else request.revision, content(request.root))
    look = f"{request.review} {request.draft} {request.drift}"
    return {edition: CacheStore.key(kept.tool(), source, *edition, look) for edition in wanted}


def _as_it_was(request: Request, key: str) -> Built | None:
    """The edition as earlier builds left it; None if one of its files has to be made."""
    started = time.perf_counter()
    record = kept.recall(cache_of(request.root), key)
    whole = kept.whole(record, folder_of(request))
    wanted = request.formats or record.default
    if not wanted or not set(wanted) <= set(whole):
        return None
    seconds = round(time.perf_counter() - started, 3)
    return Built(tuple(_listed(request, record, form, True, seconds) for form in wanted), record.diagnostics)


def _listed(request: Request, record: Record, form: str, from_cache: bool, seconds: float) -> Artifact:
    path = folder_of(request) / record.files[form].name
    return Artifact(record.country, record.language, form, str(path), record.stamp, from_cache, round(seconds, 3))


def _make(request: Request, wanted: Edition, key: str) -> Built:
    """Compose an edition and write those of its files that are not as they would be; none if it has errors."""
    started = time.perf_counter()
    shelf = shelf_of(request)
    country, language, problems = _named(shelf, wanted)
    if country in _unreadable(shelf):
        return Built((), told(shelf.sources, problems))
    default = _formats(shelf.loaded.manual, problems)
    outcome = make_edition(shelf, country, language)
    pictures = read_pictures(shelf, outcome.value)
    problems += [*outcome.diagnostics, *pictures.diagnostics]
    if any(d.severity is Severity.ERROR for d in problems):
        return Built((), told(shelf.sources, tuple(dict.fromkeys(problems))))
    old = kept.recall(cache_of(request.root), key)
    forms, whole = request.formats or default, kept.whole(old, folder_of(request))
    before = time.perf_counter() - started
    made = _written(request, shelf, outcome.value, pictures.value, [form for form in forms if form not in whole])
    new = Record(
        country,
        language,
        str(outcome.value.stamp(__version__)),
        default,
        {**{form: old.files[form] for form in whole}, **{form: one.file for form, one in made.items()}},
        told(
            shelf.sources,
            tuple(dict.fromkeys([*old.diagnostics, *problems, *(d for one in made.values() for d in one.diagnostics)])),
        ),
    )
    kept.remember(cache_of(request.root), key, new)
    seconds = {form: one.seconds + before for form, one in made.items()}
    return Built(
        tuple(_listed(request, new, form, form in whole, seconds.get(form, 0)) for form in forms), new.diagnostics
    )


@dataclass(frozen=True, slots=True)
class _Made:
    file: File
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def _written(
    request: Request, shelf: Shelf, edition: composed.Edition, pictures: Pictures, forms: Sequence[str]
) -> dict[str, _Made]:
    """Make these formats and put them in place together."""

    def one(form: str) -> tuple[Outcome[bytes], float]:
        begun = time.perf_counter()
        return artifacts.make(shelf, edition, form, pictures, request.review), time.perf_counter() - begun

    with ThreadPoolExecutor(max(request.jobs, 1)) as pool:
        results = dict(zip(forms, pool.map(one, forms), strict=True))
    key = edition.key
    stem = f"{key.country}/{edition.manual}-{key.slug}" + ("-review" if request.review else "")
    write_together({folder_of(request) / f"{stem}.{form}": outcome.value for form, (outcome, _) in results.items()})
    return {
        form: _Made(File(f"{stem}.{form}", kept.digest(outcome.value)), outcome.diagnostics, seconds)
        for form, (outcome, seconds) in results.items()
    }


def _named(shelf: Shelf, wanted: Edition) -> tuple[str, str, list[Diagnostic]]:
    """The edition's country and language, and the problems of the workspace that concern it.

    Raises WrongUse for a country or language that is not there; a country whose overlay cannot be read is there.
    """
    loaded, name = shelf.loaded, wanted[0]
    if name not in loaded.overlays and name in _unreadable(shelf):
        return (
            name,
            wanted[1],
            [d for d in loaded.diagnostics if d.position and f"/countries/{name}/" in d.position.path],
        )
    country = country_of(loaded, name)
    return country, language_of(loaded, country, wanted[1]), [d for d in loaded.diagnostics if concerns(d, country)]


def concerns(diagnostic: Diagnostic, country: str) -> bool:
    """False for what is wrong in the overlay of another country."""
    path = diagnostic.position.path if diagnostic.position else ""
    return not path.startswith(f"{OVERLAYS}/countries/") or path.startswith(f"{OVERLAYS}/countries/{country}/")


def _formats(manual: Manual, problems: list[Diagnostic]) -> tuple[str, ...]:
    """The formats that manual.yaml asks for; those that cannot be made are problems."""
    for name in manual.formats:
        if name not in FORMATS:
            problems.append(
                error(
                    "format-unknown",
                    f'the format "{name}" cannot be made',
                    Position(manual.path),
                    f"the formats are: {', '.join(FORMATS)}",
                )
            )
    return tuple(name for name in FORMATS if name in manual.formats)


def folder_of(request: Request) -> Path:
    """The folder that holds the countries' folders."""
    return (request.out or request.root / "build").resolve()


def write_together(files: dict[Path, bytes]) -> None:
    """Put all files in place, or none: each is written beside its place first, and only then are all renamed.

    If one cannot be put in place, those before it get their old content back. Raises PartMissing.
    """
    beside = {path: path.with_name(f".part-{os.getpid()}-{path.name}") for path in files}
    old: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path)
            beside[path].write_bytes(data)
        for path, part in beside.items():
            before = path.read_bytes() if path.is_file() else None
            part.replace(path)
            old[path] = before
    except BaseException as trouble:
        _put_back(old)
        if not isinstance(trouble, OSError):
            raise
        where = trouble.filename2 or trouble.filename
        raise PartMissing(
            f"{where} cannot be written: {trouble.strerror}",
            "check free space and permissions, and that no other program has the file open",
        ) from trouble
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what a build that was killed left beside this place."""
    for part in path.parent.glob(f".part-*-{path.name}"):
        if time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)


def _put_back(old: dict[Path, bytes | None]) -> None:
    for path, data in old.items():
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)
