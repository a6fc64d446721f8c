"""What a country has written down about itself: the values of its profile, and its answers to the norms.

A value is never without its status. `confirmed` and `draft` values are printed; a value `to-confirm` is printed and
marked, so that nobody takes it for settled; `unknown` and `withheld` values are not printed, only said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from livingmanual.model.states import State


class Status(StrEnum):
    """How far a value may be trusted."""

    CONFIRMED = "confirmed"
    DRAFT = "draft"
    TO_CONFIRM = "to-confirm"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a profile."""

    name: str
    """Group and field: `legal.nhri`."""
    text: str
    """As it is printed, without its unit; empty if it is unknown or withheld."""
    status: Status
    unit: str = ""
    date: str = ""
    """The day, month or year that the value is about; empty if none is given."""
    source: str = ""
    line: int = 0
    """In the file, from 1."""

    @property
    def shown(self) -> str:
        """The value with its unit; empty where there is nothing to print."""
        return f"{self.text} {self.unit}".strip() if self.text else ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The values of `profile.yaml` by name, in the order of the schema."""

    path: str
    values: dict[str, Value]


class Answered(StrEnum):
    """What may be answered to a norm."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a country answered to one norm."""

    norm: str
    country: str
    answer: str
    date: str
    """ISO 8601; empty where the entry gives none."""
    evidence: str = ""
    source: str = ""
    public: bool = True
    """False keeps the answer out of editions."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A country's answers to the norms."""

    path: str
    given: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is known of the country of an edition beside its overlays; empty for the base edition."""

    state: State | None = None
    members: frozenset[str] = frozenset()
    """Codes of the regions that it belongs to, in lower case."""
    regions: frozenset[str] = frozenset({"icglr", "ecowas"})
    """Codes of all regions that a condition may name, in lower case."""
    countries: frozenset[str] = frozenset()
    """Codes of all countries that a condition may name, in lower case; none means any."""
    profile: Profile | None = None
    answers: Answers | None = None
