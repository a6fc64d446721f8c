"""What is known of a member State of the African Union before anybody has written an overlay for it.

Facts come from tables with sources and dates (`livingmanual/data/README.md`). A status that the tables do not give is
unknown, which is neither yes nor no: whatever depends on it is left out, and said to be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

REGIONS = ("central", "east", "north", "south", "west")
"""The regions of the African Union."""
TREATIES = (
    "genocide-convention",
    "rome-statute",
    "icerd",
    "iccpr",
    "icescr",
    "cedaw",
    "cat",
    "opcat",
    "crc",
    "cped",
    "crpd",
)
"""The treaties whose status the tables give; conditions name them so."""


class Forms(NamedTuple):
    """A country's name as it stands in a sentence; an empty form is not known."""

    name: str
    """Alone, as on a cover: `Gambia`."""
    short: str
    """In a sentence: `the Gambia`."""
    of: str
    """With the preposition: `of the Gambia`, `de la Gambie`."""
    in_: str
    """With the preposition: `in the Gambia`, `en Gambie`."""


@dataclass(frozen=True, slots=True)
class State:
    """A member State, its code in ISO 3166-1 alpha-2."""

    code: str
    region: str
    """One of `REGIONS`."""
    languages: tuple[str, ...]
    """BCP 47, best first: the official ones that the African Union uses, or the one suggested for drafting."""
    icglr: bool
    treaties: dict[str, bool | None]
    """True for a party, False where there is no record of one, None where the status is unknown."""
    names: dict[str, Forms] = field(default_factory=dict)
    """By language."""
