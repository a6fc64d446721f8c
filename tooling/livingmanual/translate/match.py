"""Which entry of the catalogs serves a message: the same words, the same words from elsewhere, or an earlier wording.

First every message takes the entry that has its context and its text; white space does not count. What is left over on
both sides is compared: a message whose text stands word for word in an entry that no message needs any more was moved
there and keeps its translation; one that is similar to such an entry has a stale translation. An override and the text
that it replaces never serve each other, so that the manual's translation is never shipped under an override.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from livingmanual.model.catalog import Catalog, Entry, Found, Message, State

SIMILAR = 60.0
"""Least likeness, in per cent, of an earlier wording in the same section."""
SIMILAR_ELSEWHERE = 75.0
"""The same for one from another section of the file."""
SHORT = 25
"""Texts up to this many characters are alike by chance: they need SIMILAR_SHORT."""
SIMILAR_SHORT = 80.0

Key = tuple[str, tuple[str, str]]
"""A message of all files: path of its source file, and its own key."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may serve a message that is not its own."""

    catalog: Catalog
    entry: Entry
    order: int

    @property
    def text(self) -> str:
        """Its source, on one line."""
        return self.entry.key[1]


def match(messages: Mapping[str, Sequence[Message]], catalogs: Sequence[Catalog]) -> dict[Key, Found]:
    """What the catalogs have for every message, by source file and key; the inlines are left to the caller.

    `catalogs`: of one language, or of several that stand in for each other, the nearest first; a translation of today's
    text in a farther language comes before a stale one in a nearer.
    """
    wanted = {(path, message.key): message for path, found in messages.items() for message in found}
    out = dict.fromkeys(wanted, Found(State.MISSING))
    for group in _by_language(catalogs):
        for key, found in _Matching(wanted, group).found().items():
            if _rank(found) > _rank(out[key]):
                out[key] = found
    return out


def language_of(path: str) -> str:
    """The language in the path of a catalog: `translations/fr/…`."""
    return path.split("/")[1] if path.count("/") > 1 else ""


def scope(path: str) -> str:
    """Within what entries may serve each other: an overlay (`overlays/countries/KE`), or "" for the manual.

    `path`: of a source file or of a catalog.
    """
    parts = path.split("/")
    inner = parts[2:] if parts[0] == "translations" else parts[1:]
    return "/".join(inner[:3]) if len(inner) > 3 and inner[0] == "overlays" else ""


def _by_language(catalogs: Iterable[Catalog]) -> list[list[Catalog]]:
    groups: dict[str, list[Catalog]] = {}
    for catalog in catalogs:
        groups.setdefault(language_of(catalog.path), []).append(catalog)
    return list(groups.values())


def _rank(found: Found) -> int:
    return {State.TRANSLATED: 2, State.STALE: 1}.get(found.state, 0)


def _translated(entry: Entry) -> bool:
    return bool(entry.translation.text.strip())


class _Matching:
    """The messages and the catalogs of one language."""

    def __init__(self, wanted: Mapping[Key, Message], catalogs: Sequence[Catalog]) -> None:
        self.wanted, self.catalogs = wanted, catalogs
        self.out: dict[Key, Found] = {}
        self.spare: list[Candidate] = []
        self.taken: set[int] = set()

    def found(self) -> dict[Key, Found]:
        """What is there for each message; those with nothing are left out."""
        self._own()
        self._moved()
        self._similar()
        return self.out

    def _own(self) -> None:
        """Entries under their own key; what no message needs any more is kept aside."""
        for catalog in self.catalogs:
            for entry in catalog.entries:
                key = (catalog.source, entry.key)
                if key in self.wanted:
                    self._offer(key, entry, catalog)
                elif _translated(entry):
                    self.spare.append(Candidate(catalog, entry, len(self.spare)))

    def _offer(self, key: Key, entry: Entry, catalog: Catalog) -> None:
        if not _translated(entry):
            return
        found = Found(State.STALE if entry.fuzzy else State.TRANSLATED, entry, catalog.path)
        held = self.out.get(key)
        better = held is None or held.entry is None or _rank(found) > _rank(held)
        if better or (held and held.entry and held.entry.obsolete and _rank(found) == _rank(held)):
            self.out[key] = found

    def _open(self) -> Iterator[tuple[Key, Message]]:
        for key, message in self.wanted.items():
            if key not in self.out or self.out[key].state is not State.TRANSLATED:
                yield key, message

    def _moved(self) -> None:
        by_text: dict[tuple[str, str], list[Candidate]] = {}
        for candidate in self.spare:
            by_text.setdefault((scope(candidate.catalog.path), candidate.text), []).append(candidate)
        pairs = [
            (_distance(message, candidate), number, candidate, key)
            for number, (key, message) in enumerate(self._open())
            for candidate in by_text.get((scope(key[0]), key[1][1]), ())
        ]
        for _, _, candidate, key in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2].order)):
            state = State.STALE if candidate.entry.fuzzy else State.TRANSLATED
            held = self.out.get(key)
            if candidate.order not in self.taken and (held is None or _rank(held) < _rank(Found(state))):
                self._take(key, candidate, state)

    def _similar(self) -> None:
        """The most similar pairs first, so that no message takes what fits another one better."""
        left = [c for c in self.spare if c.order not in self.taken]
        near: dict[tuple[str, str], list[Candidate]] = {}
        for candidate in left:
            place = scope(candidate.catalog.path)
            near.setdefault((place, "#" + candidate.entry.context), []).append(candidate)
            near.setdefault((place, candidate.catalog.source), []).append(candidate)
        pairs: list[tuple[float, int, int, Candidate, Key]] = []
        for number, (key, message) in enumerate(self._open()):
            if key in self.out:
                continue
            place = scope(key[0])
            around = [*near.get((place, "#" + message.context), ()), *near.get((place, key[0]), ())]
            for candidate in {c.order: c for c in around}.values():
                score = likeness(message, candidate.entry)
                if score:
                    pairs.append((-score, number, candidate.order, candidate, key))
        for _, _, order, candidate, key in sorted(pairs, key=lambda pair: pair[:3]):
            if key not in self.out and order not in self.taken:
                self._take(key, candidate, State.STALE)

    def _take(self, key: Key, candidate: Candidate, state: State) -> None:
        self.taken.add(candidate.order)
        self.out[key] = Found(state, candidate.entry, candidate.catalog.path)


def likeness(message: Message, entry: Entry) -> float:
    """How like an entry's wording is to a message: 0 for not at all, else per cent, with 5 more in one section."""
    text, other = message.key[1], entry.key[1]
    same = message.context == entry.context
    least = SIMILAR if same else SIMILAR_ELSEWHERE
    if min(len(text), len(other)) <= SHORT:
        least = SIMILAR_SHORT
    score = fuzz.ratio(text, other, score_cutoff=least)
    return score + 5 if score and same else score


def _distance(message: Message, candidate: Candidate) -> tuple[bool, bool, bool, bool]:
    """What makes a moved entry a worse guess; the smallest first."""
    entry = candidate.entry
    return (
        entry.fuzzy,
        entry.context != message.context,
        candidate.catalog.source != message.path,
        entry.obsolete,
    )
