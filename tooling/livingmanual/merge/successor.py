"""Where has a target gone? Guess it from its id and from the text that an override was made from.

A heading may have got another id, its text may stand under several headings now, or inside another one, or nowhere.
The guess is shown to people, who decide; nothing is ever re-targeted by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

LIKE = 85.0
"""Per cent of likeness at which two paragraphs count as the same."""
WHOLE = 60.0
"""Per cent of likeness at which a whole text counts as the old one under another id."""
IDS_LIKE = 75.0
"""Per cent of likeness at which an id alone is worth naming."""


@dataclass(frozen=True, slots=True)
class Heir:
    """A target of today that may be what an override was made for."""

    target: str
    path: str
    line: int
    likeness: int
    """Per cent: of the texts, or of the ids if no text was found."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of a target, and its likely heirs, the likeliest first."""

    what: str
    """`renamed`, `split`, `moved` (its text stands inside another target) or `deleted`."""
    heirs: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target of today with all its text, and the part of it that stands in no smaller target."""

    target: str
    path: str
    line: int
    text: str
    own: str


def fate(target: str, made_from: str, today: Sequence[Candidate]) -> Fate:
    """What has become of a target that no block carries any more; `made_from` is empty if nobody recorded it."""
    holders = _holders(made_from, today)
    if not holders:
        return Fate("deleted", tuple(_by_id(target, today)))
    by_name = {candidate.target: candidate for candidate in today}
    likeness = {name: fuzz.ratio(_flat(made_from), _flat(by_name[name].text)) for name in holders}
    heirs = sorted(holders, key=lambda name: (-likeness[name], name))
    found = tuple(_heir(by_name[name], likeness[name]) for name in heirs)
    if likeness[heirs[0]] >= WHOLE and (len(heirs) == 1 or likeness[heirs[0]] >= LIKE):
        return Fate("renamed", found)
    return Fate("split" if len(heirs) > 1 else "moved", found)


def _heir(candidate: Candidate, likeness: float) -> Heir:
    return Heir(candidate.target, candidate.path, candidate.line, round(likeness))


def _holders(made_from: str, today: Sequence[Candidate]) -> list[str]:
    """Ids of the targets in which paragraphs of the old text stand, those that the old text names itself left out."""
    known = set(re.findall(r"#([\w-]+)", made_from))
    paragraphs: Mapping[tuple[str, int], str] = {
        (candidate.target, number): paragraph
        for candidate in today
        if candidate.target not in known
        for number, paragraph in enumerate(_paragraphs(candidate.own))
    }
    found: dict[str, None] = {}
    for paragraph in _paragraphs(made_from):
        best = process.extractOne(paragraph, paragraphs, scorer=fuzz.ratio, score_cutoff=LIKE)
        if best is not None:
            found.setdefault(best[2][0])
    return list(found)


def _by_id(target: str, today: Sequence[Candidate]) -> list[Heir]:
    scored = sorted(((fuzz.ratio(target, c.target), c.target, c) for c in today), key=lambda item: (-item[0], item[1]))
    return [_heir(candidate, score) for score, _, candidate in scored[:3] if score >= IDS_LIKE]


def _paragraphs(text: str) -> list[str]:
    parts = (_flat(part) for part in re.split(r"\n[ \t]*\n", text))
    return [part for part in parts if len(part) > 3 and not part.startswith(("#", ":::"))]


def _flat(text: str) -> str:
    return " ".join(text.split())
