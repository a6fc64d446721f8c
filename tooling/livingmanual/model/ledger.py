"""The account of a returned file: what is in it, and what became of it.

One count is made by a counter that shares no code with the reader, the other comes from the reading. When they
differ, something would be lost, and the tool says so instead of reporting success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Counts = Mapping[str, Mapping[str, int]]
"""Part name -> kind -> number of elements."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the independent counter found in a package."""

    parts: Counts = field(default_factory=dict)
    """Parts with at least one element."""
    ignored: Counts = field(default_factory=dict)
    """The same for parts that are not part of the text (the glossary document): named, not accounted for."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Part name (or `package`) -> why it could not be counted."""

    @property
    def totals(self) -> dict[str, int]:
        """Kind -> number over all parts that count."""
        return total(self.parts)


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One line of the account that does not balance."""

    part: str
    kind: str
    found: int
    """By the counter."""
    read: int
    """By the reader."""

    def __str__(self) -> str:
        """For people."""
        return f"{self.part}: {self.kind}: {self.found} in the file, {self.read} accounted for"


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of a submission."""

    found: Counts
    accounted: Mapping[str, int]
    """Kind -> number, over all parts."""
    differences: tuple[Difference, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        """True if nothing was lost and nothing invented."""
        return not self.differences and not self.unreadable


def total(counts: Counts) -> dict[str, int]:
    """Sum the parts: kind -> number, kinds in alphabetical order."""
    sums: dict[str, int] = {}
    for kinds in counts.values():
        for kind, number in kinds.items():
            sums[kind] = sums.get(kind, 0) + number
    return dict(sorted(sums.items()))
