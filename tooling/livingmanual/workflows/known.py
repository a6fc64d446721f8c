"""What is known of a country beside its overlays: tables of member States, its profile, its answers to the norms."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from livingmanual import __version__
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.states import tables
from livingmanual.model.diagnostic import Outcome
from livingmanual.model.profile import Answers, Known, Profile
from livingmanual.model.states import State
from livingmanual.source.profile import read_answers, read_profile
from livingmanual.source.states import read_states
from livingmanual.text import tree
from livingmanual.workflows.load import Loaded
from livingmanual.workspace import Sources

T = TypeVar("T")
ICGLR = "icglr"
"""The region whose members the tables of States name."""


@functools.cache
def states() -> dict[str, State]:
    """The member States of the African Union by their codes."""
    return read_states(*tables())


def regions_of(loaded: Loaded, country: str) -> tuple[str, ...]:
    """The codes of the regions that have an overlay and that a country belongs to, by what is known of both."""
    found = {code for code, overlay in loaded.overlays.items() if overlay.region and country in overlay.members}
    if country in states() and states()[country].icglr and ICGLR in loaded.overlays:
        found.add(ICGLR)
    return tuple(sorted(found))


def norms_of(loaded: Loaded) -> tuple[str, ...]:
    """The ids of all norms of the manual, in the order of the text."""
    return tuple(
        tree.identifier(node)
        for path in loaded.manual.files
        for node in tree.identified(loaded.documents[path].blocks)
        if "norm" in tree.classes(node)
    )


def known_of(loaded: Loaded, sources: Sources, cache: CacheStore, country: str) -> Outcome[Known]:
    """What is known of a country, and what is wrong with the files that say it; empty for the base edition."""
    members = {code.lower() for code in regions_of(loaded, country)}
    if country in states() and states()[country].icglr:
        members.add(ICGLR)
    regions = Known().regions | {code.lower() for code, overlay in loaded.overlays.items() if overlay.region}
    profile = profile_of(loaded, sources, cache, country)
    answers = answers_of(loaded, sources, cache, country)
    known = Known(
        states().get(country),
        frozenset(members),
        frozenset(regions),
        frozenset(code.lower() for code in (*states(), *loaded.overlays)),
        profile.value,
        answers.value,
    )
    return Outcome(known, (*profile.diagnostics, *answers.diagnostics))


def profile_of(loaded: Loaded, sources: Sources, cache: CacheStore, country: str) -> Outcome[Profile | None]:
    """The country's profile; None if it has none, or one that does not fit its schema."""
    path, text = _file(loaded, sources, country, "profile.yaml")
    if text is None:
        return Outcome(None)
    return _kept(cache, Outcome[Profile | None], (path, text), lambda: read_profile(path, text))


def answers_of(loaded: Loaded, sources: Sources, cache: CacheStore, country: str) -> Outcome[Answers | None]:
    """The country's answers to the norms; None if it has no file of them."""
    path, text = _file(loaded, sources, country, "norms.yaml")
    if text is None:
        return Outcome(None)
    norms = norms_of(loaded)
    made = _kept(
        cache, Outcome[Answers], (path, text, *norms), lambda: read_answers(path, text, country.upper(), norms)
    )
    return Outcome(made.value, made.diagnostics)


def _file(loaded: Loaded, sources: Sources, country: str, name: str) -> tuple[str, str | None]:
    if country not in loaded.overlays:
        return "", None
    path = posixpath.join(posixpath.dirname(loaded.overlays[country].path), name)
    raw = sources.read(path)
    return path, None if raw is None else raw.decode("utf-8", "replace")


def _kept(cache: CacheStore, kind: Any, parts: tuple[str, ...], make: Callable[[], T]) -> T:
    """What `make` gives, from the cache if the same file was read before: reading YAML takes longest of all."""
    key = cache.key("known", __version__, *parts)

    def encoded() -> bytes:
        return msgspec.json.encode(make())

    value: T = msgspec.json.decode(cache.get("known", key, encoded), type=kind)
    return value
