"""Build editions: as many as asked for, side by side, each written whole or not at all.

What an edition was made of is kept as one hash; if it has not changed and the files still are what was written, there
is nothing to do, and nothing is even read. Several editions are made in processes of their own, the formats of one
edition in threads, because the writers are programs of their own; neither changes a byte.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from livingmanual import __version__
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository
from livingmanual.errors import ContentProblem, PartMissing
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error
from livingmanual.model.manual import Manual
from livingmanual.workflows import artifacts, kept
from livingmanual.workflows.editions import DRAFT, Shelf, cache_of, country_of, language_of, make_edition
from livingmanual.workflows.load import OVERLAYS, load
from livingmanual.workflows.pictures import read_pictures

CONTENT = ("manual", "translations")
"""The folders that editions are made of."""
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
    out: Path | None = None
    """Where the countries' folders go; None means `build/` of the workspace."""
    jobs: int = 1
    cache: bool = True


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
        """What there is to say, each thing once."""
        return tuple(dict.fromkeys(d for edition in self.editions for d in edition.diagnostics))

    @property
    def failed(self) -> bool:
        """True if at least one edition was not built."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    def as_json(self) -> list[dict[str, Any]]:
        """As `manual build --json` prints it."""
        return [asdict(artifact) for artifact in self.artifacts]


def build(request: Request) -> Report:
    """Build everything that was asked for.

    An edition with errors in its content writes nothing; the others are built all the same. Raises WrongUse for an
    unknown country, language or revision, PartMissing if a writer or the disk fails.
    """
    keys = _keys(request, _wanted(request))
    built = {edition: _kept(request, key) for edition, key in keys.items()}
    missing = [edition for edition, found in built.items() if found is None]
    if request.jobs > 1 and len(missing) > 1:
        alone = replace(request, jobs=1)
        with ProcessPoolExecutor(min(request.jobs, len(missing)), mp_context=get_context("spawn")) as pool:
            made = list(pool.map(_make, repeat(alone), missing, [keys[edition] for edition in missing]))
    else:
        made = [_make(request, edition, keys[edition]) for edition in missing]
    built |= dict(zip(missing, made, strict=True))
    return Report(tuple(edition for edition in built.values() if edition is not None))


def not_in_it(request: Request) -> tuple[str, ...]:
    """Files of the content that differ from HEAD, if HEAD is what is built; they are not in the editions."""
    if request.draft or request.revision != "HEAD":
        return ()
    return Repository(request.root).changed([folder for folder in CONTENT if (request.root / folder).exists()])


_shelves: dict[tuple[Path, str, bool, bool], Shelf] = {}
"""Workspaces that this process has read: one for all editions of a build."""


def shelf_of(request: Request) -> Shelf:
    """The workspace at the revision asked for, read once in a process (a draft every time: its files may change)."""
    key = (request.root, request.revision, request.draft, request.cache)
    if key not in _shelves or request.draft:
        cache = cache_of(request.root) if request.cache else CacheStore(None)
        if request.draft:
            folder = DiskFolder(request.root)
            _shelves[key] = Shelf(folder, load(folder, cache), DRAFT, 0, cache)
        else:
            found = Repository(request.root).revision(request.revision)
            _shelves[key] = Shelf(found, load(found, cache), found.sha, found.timestamp, cache)
    return _shelves[key]


Edition = tuple[str, str]
"""Country and language as asked for; the language may be empty."""


def _wanted(request: Request) -> list[Edition]:
    """The editions that were asked for, each once, in the order asked."""
    if request.everything:
        return list(everything(shelf_of(request), request.languages))
    countries = [country.upper() if country.lower() != "base" else "base" for country in request.countries] or ["base"]
    return list(dict.fromkeys((country, language) for country in countries for language in request.languages or ("",)))


def everything(shelf: Shelf, languages: Sequence[str] = ()) -> Iterator[Edition]:
    """The base edition and every country's, in each of `languages`, or else in those that have content."""
    loaded = shelf.loaded
    present = with_content(shelf)
    countries = sorted(code for code, overlay in loaded.overlays.items() if not overlay.region)
    for country in ("base", *countries):
        own = loaded.overlays[country].languages if country in loaded.overlays else loaded.manual.languages
        first = [language for language in own if language in present] or [loaded.manual.language]
        for language in languages or first:
            yield country, language


def with_content(shelf: Shelf) -> tuple[str, ...]:
    """The manual's own language, and those of its languages that have catalogs."""
    manual = shelf.loaded.manual
    translated = {path.split("/")[1] for path in shelf.sources.list("translations") if path.endswith(".po")}
    return (manual.language, *(name for name in manual.languages if name in translated and name != manual.language))


def _keys(request: Request, wanted: Sequence[Edition]) -> dict[Edition, str]:
    """For each edition the hash of everything it depends on; empty if nothing is to be kept."""
    if not request.cache:
        return dict.fromkeys(wanted, "")
    source = kept.sources(request.root, "" if request.draft else request.revision, CONTENT)
    asked = ",".join(request.formats), str(request.review), str(request.draft)
    return {edition: CacheStore.key(kept.tool(), source, *edition, *asked) for edition in wanted}


def _kept(request: Request, key: str) -> Built | None:
    """The edition as an earlier build left it; None if there is none."""
    started = time.perf_counter()
    folder = folder_of(request)
    record = kept.recall(cache_of(request.root), key, folder) if key else None
    if record is None:
        return None
    seconds = round(time.perf_counter() - started, 3)
    found = [
        Artifact(**{**item, "path": str(folder / item["path"]), "from_cache": True, "seconds": seconds})
        for item in record["artifacts"]
    ]
    return Built(tuple(found), tuple(msgspec.convert(record["diagnostics"], list[Diagnostic])))


def _keep(request: Request, key: str, built: Built, files: dict[Path, bytes]) -> None:
    if not key:
        return
    folder = folder_of(request)
    listed = [
        {**asdict(artifact), "path": Path(artifact.path).relative_to(folder).as_posix()} for artifact in built.artifacts
    ]
    kept.remember(
        cache_of(request.root),
        key,
        {
            "artifacts": listed,
            "diagnostics": msgspec.to_builtins(built.diagnostics),
            "files": {path.relative_to(folder).as_posix(): kept.digest(data) for path, data in files.items()},
        },
    )


def _make(request: Request, wanted: Edition, key: str) -> Built:
    """Compose an edition and write its files; none if it has errors."""
    started = time.perf_counter()
    shelf = shelf_of(request)
    country, language, problems = _named(shelf, wanted)
    forms = request.formats or _formats(shelf.loaded.manual, problems)
    outcome = make_edition(shelf, country, language)
    pictures = read_pictures(shelf, outcome.value)
    problems += [*outcome.diagnostics, *pictures.diagnostics]
    if any(d.severity is Severity.ERROR for d in problems):
        return Built((), tuple(dict.fromkeys(problems)))
    before = time.perf_counter() - started

    def one(form: str) -> tuple[Outcome[bytes], float]:
        begun = time.perf_counter()
        return artifacts.make(shelf, outcome.value, form, pictures.value, request.review), time.perf_counter() - begun

    with ThreadPoolExecutor(max(request.jobs, 1)) as pool:
        made = dict(zip(forms, pool.map(one, forms), strict=True))
    stem = outcome.value.manual + f"-{country}-{language}" + ("-review" if request.review else "")
    paths = {form: folder_of(request) / country / f"{stem}.{form}" for form in forms}
    files = {paths[form]: result.value for form, (result, _) in made.items()}
    write_together(files)
    stamp = str(outcome.value.stamp(__version__))
    problems += [said for result, _ in made.values() for said in result.diagnostics]
    built = Built(
        tuple(
            Artifact(country, language, form, str(paths[form]), stamp, False, round(seconds + before, 3))
            for form, (_, seconds) in made.items()
        ),
        tuple(dict.fromkeys(problems)),
    )
    _keep(request, key, built, files)
    return built


def _named(shelf: Shelf, wanted: Edition) -> tuple[str, str, list[Diagnostic]]:
    """The edition's country and language, and the problems of the workspace that concern it."""
    loaded = shelf.loaded
    name = wanted[0].upper()
    own = [d for d in loaded.diagnostics if d.position and f"/countries/{name}/" in d.position.path]
    if own and name not in loaded.overlays:
        raise ContentProblem("\n".join(str(d) for d in own), f"the edition for {name} can be built when this is mended")
    country = country_of(loaded, wanted[0])
    language = language_of(loaded, country, wanted[1])
    return country, language, [d for d in loaded.diagnostics if concerns(d, country)]


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
    """Put all files in place, or none: each is written beside its place first, and only then are all renamed."""
    beside = {path: path.with_name(f".part-{os.getpid()}-{path.name}") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(data)
        for path, part in beside.items():
            part.replace(path)
    except OSError as trouble:
        raise PartMissing(
            f"{trouble.filename} cannot be written: {trouble.strerror}",
            "check free space and permissions, and that no other program has the file open",
        ) from trouble
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)
