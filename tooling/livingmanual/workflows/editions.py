"""Make editions: choose the revision, load it, compose, and have the citations rendered."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.dates import format_date

from livingmanual import __version__
from livingmanual.adapters import pandoc
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose import cites
from livingmanual.compose import edition as composing
from livingmanual.compose.names import BASE
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.model.catalog import Policy
from livingmanual.model.diagnostic import Diagnostic, Outcome
from livingmanual.model.edition import Edition, EditionKey
from livingmanual.model.manual import Overlay
from livingmanual.text.shared import Shared
from livingmanual.workflows import elsewhere
from livingmanual.workflows.catalogs import Spoken, policy_of, spoken
from livingmanual.workflows.known import known_of, regions_of, states
from livingmanual.workflows.load import Loaded, load
from livingmanual.workspace import Sources

DRAFT = "draft"
CACHE = "build/cache"
LOCALES = {"en": "en_GB", "pt": "pt_PT"}
"""How dates are written where a language alone does not say it; the African Union writes day before month."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One revision of a workspace, read and ready to make editions of."""

    sources: Sources
    loaded: Loaded
    revision: str
    """40 hexadecimal digits, or `draft` for the working tree."""
    timestamp: int
    """Seconds since 1970 UTC that every artifact of it carries."""
    cache: CacheStore
    tongues: dict[tuple[str, Policy], Spoken] = field(default_factory=dict)
    """What was translated already: one reading of a language's catalogs serves every country."""
    commits: Mapping[str, str] = field(default_factory=dict)
    """The commits of overlays that have a repository of their own, by their codes."""
    shared: Shared = field(default_factory=Shared)
    """What its editions have in common."""

    def edition(self, country: str, language: str = "") -> Outcome[Edition]:
        """The edition of a country (`base` for none) in a language (empty: the first of the country's overlay)."""
        return make_edition(self, country, language)

    def revision_of(self, country: str) -> str:
        """The revision of a country's edition: the manual's commit, and those of its overlays kept elsewhere."""
        if not self.commits:
            return self.revision
        codes = [overlay.code for overlay in stack(self.loaded, country)]
        return elsewhere.revision_of(self.revision, self.commits, codes)


def cache_of(root: Path) -> CacheStore:
    """The cache of a workspace; it lies in `build/`, which git ignores."""
    return CacheStore(root / CACHE)


def open_revision(root: Path, revision: str = "HEAD") -> Shelf:
    """Read a revision from git; raises WrongUse if there is none, or if this is no workspace."""
    found = elsewhere.at_revision(root, revision)
    cache = cache_of(root)
    return Shelf(found.sources, load(found.sources, cache), found.sha, found.timestamp, cache, commits=found.commits)


def open_draft(root: Path) -> Shelf:
    """Read the working tree as it is; what is built from it is stamped `draft`."""
    sources, cache = elsewhere.draft(root).sources, cache_of(root)
    return Shelf(sources, load(sources, cache), DRAFT, 0, cache)


def country_of(loaded: Loaded, name: str) -> str:
    """The code of a country, or `base`; raises WrongUse with the nearest known name.

    Known are the countries that have an overlay, and the member States of the African Union.
    """
    code = BASE if name.lower() == BASE else name.upper()
    known = [key for key, overlay in loaded.overlays.items() if not overlay.region]
    if code not in (BASE, *known, *states()):
        hint = nearest(code, known) or nearest(code, states()) or f"known are: {', '.join([BASE, *sorted(known)])}"
        raise WrongUse(f'"{name}" has no overlay and is no code of a member State of the African Union', hint)
    return code


def language_of(loaded: Loaded, country: str, name: str) -> str:
    """The edition's language: as named, else the first that the country's overlay and the manual share."""
    own = loaded.overlays[country].languages if country in loaded.overlays else ()
    known = tuple(dict.fromkeys([*loaded.manual.languages, *own]))
    if country not in loaded.overlays and country in states():
        own = states()[country].languages
    if not name:
        return next((language for language in own if language in loaded.manual.languages), loaded.manual.language)
    if name not in known:
        raise WrongUse(f'the language "{name}" is not among those of this manual', f"known are: {', '.join(known)}")
    return name


def stack(loaded: Loaded, country: str) -> tuple[Overlay, ...]:
    """The overlays of a country from the farthest to the nearest; raises WrongUse for an unknown or circular parent.

    A country with an overlay has the parents that it names; any other one has the regions that it belongs to.
    """
    if country == BASE:
        return ()
    order: list[Overlay] = []
    if country not in loaded.overlays:
        for region in regions_of(loaded, country):
            _climb(loaded, region, (), order)
        return tuple(order)
    _climb(loaded, country, (), order)
    return tuple(order)


def _climb(loaded: Loaded, code: str, below: tuple[str, ...], order: list[Overlay]) -> None:
    if code in below:
        raise WrongUse(
            f"{_parents_at(loaded, code)}the parents of overlays run in a circle: {' -> '.join((*below, code))}",
            f"take one of them out of `parents:` in {loaded.overlays[code].path}",
        )
    overlay = loaded.overlays.get(code)
    if overlay is None:
        raise WrongUse(
            f'{_parents_at(loaded, below[-1])}the parent "{code}" is not there',
            nearest(code, loaded.overlays) or "add it under manual/overlays/regions/",
        )
    for parent in overlay.parents:
        _climb(loaded, parent, (*below, code), order)
    if overlay not in order:
        order.append(overlay)


def _parents_at(loaded: Loaded, code: str) -> str:
    """Where an overlay names its parents, as the beginning of a message."""
    return f"{loaded.overlays[code].path}:{loaded.overlays[code].parents_line}: "


def make_edition(shelf: Shelf, country: str, language: str) -> Outcome[Edition]:
    """Compose one edition; problems of the content are in the diagnostics, those of use are raised as WrongUse."""
    loaded = shelf.loaded
    code = country_of(loaded, country)
    tongue = language_of(loaded, code, language)
    key = EditionKey(code, tongue, shelf.revision_of(code))
    said = in_language(shelf, code, tongue)
    overlays = said.laid(stack(loaded, code))
    known = known_of(loaded, shelf.sources, shelf.cache, code)
    written = loaded.documents if said.documents is not loaded.documents else None
    begun = composing.begin(
        key, said.manual, said.documents, overlays, loaded.works, said.known(known.value), written, shelf.shared
    )
    cited = begun.value.cites()
    rendered = shelf.shared.once("rendered", cited, tongue, lambda: _render_citations(shelf, cited, tongue))
    date = _date(shelf.timestamp, tongue) if shelf.timestamp else ""
    made = composing.finish(begun.value, rendered, date, shelf.timestamp)
    files = [*said.manual.files, *(o.document.path for overlay in overlays for o in overlay.overrides), ""]
    wrong = [trouble for path in files for trouble in said.troubles.get(path, ())]
    return Outcome(made, (*known.diagnostics, *wrong, *begun.diagnostics))


def in_language(shelf: Shelf, country: str, language: str) -> Spoken:
    """The workspace in a language, under the country's policy for what is not translated."""
    policy = policy_of(shelf.loaded.manual, country)
    if (language, policy) not in shelf.tongues:
        shelf.tongues[language, policy] = spoken(shelf.sources, shelf.loaded, shelf.cache, language, policy)
    return shelf.tongues[language, policy]


def _render_citations(shelf: Shelf, found: Sequence[dict[str, object]], language: str) -> list[dict[str, object]]:
    """The citation processor's blocks, kept by the citations in their order, the works and the language."""
    if not found or not shelf.loaded.bibliography:
        return []
    document = json.dumps(cites.document(list(found)), ensure_ascii=False, sort_keys=True)
    key = shelf.cache.key("cites", __version__, pandoc.version(), document, shelf.loaded.bibliography, language)

    def make() -> bytes:
        return pandoc.citeproc(document, shelf.loaded.bibliography, lang=language).encode()

    blocks: list[dict[str, object]] = json.loads(shelf.cache.get("cites", key, make))["blocks"]
    return blocks


def _date(timestamp: int, language: str) -> str:
    locale = LOCALES.get(language, re.sub("-", "_", language))
    return format_date(datetime.fromtimestamp(timestamp, UTC).date(), "long", locale=locale)


def all_diagnostics(shelf: Shelf, outcomes: Sequence[Outcome[Edition]]) -> tuple[Diagnostic, ...]:
    """What is wrong with the workspace and with these editions, each thing once."""
    found = dict.fromkeys(shelf.loaded.diagnostics)
    for outcome in outcomes:
        found.update(dict.fromkeys(outcome.diagnostics))
    return tuple(found)
