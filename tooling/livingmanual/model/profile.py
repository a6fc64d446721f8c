"""What a country has written down about itself: the values of its profile, and its answers to the norms.

A value is never without its status. `confirmed` and `draft` values are printed; a value `to-confirm` is printed and
marked, so that nobody takes it for settled; `unknown` and `withheld` values are not printed, only said to be so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from livingmanual.model.states import State

FIELDS: dict[str, dict[str, str]] = {
    "identity": {
        **dict.fromkeys(("iso2", "iso3", "short_name", "official_name", "au_region"), "text"),
        "rec_memberships": "list",
        "icglr": "flag",
        **dict.fromkeys(("languages_official", "languages_national", "languages_drafting"), "list"),
    },
    "state": {"form": "form", "system": "text", "head_of_state_type": "text", "first_level_units": "list"},
    "economic": {
        **dict.fromkeys(
            ("gdp_per_capita", "growth", "inflation", "poverty_rate", "gini", "youth_unemployment"), "number"
        ),
        "horizontal_inequality_note": "text",
        "extractive_dependence": "number",
    },
    "physical": {
        "area_km2": "number",
        **dict.fromkeys(("terrain", "infrastructure_note", "food_insecurity_phase"), "text"),
    },
    "geographic": {
        "neighbours": "list",
        "landlocked": "flag",
        "island": "flag",
        "cross_border_communities": "list",
        **dict.fromkeys(("population", "density", "urban_share"), "number"),
        "age_structure": "text",
    },
    "climate": {
        **dict.fromkeys(("zones", "main_hazards", "drought_flood_events"), "list"),
        "vulnerability_index": "number",
    },
    "conflict": {
        "areas": "list",
        "idps": "number",
        "refugees_hosted": "number",
        "peace_operations_present": "list",
        "past_processes": "list",
    },
    "legal": {
        "constitution": "text",
        "atrocity_crimes_statute": "list",
        "penal_code_articles": "list",
        "hate_speech_law": "list",
        "rabat_review_done": "flag",
        **dict.fromkeys(("nhri", "ihl_committee", "nmirf", "npm"), "text"),
        "peace_body": "list",
        "electoral_body": "text",
    },
    "mechanism": {
        "name": "text",
        "year": "standing",
        **dict.fromkeys(("instrument", "seat", "chair_post"), "text"),
        "members_n": "number",
        "women_n": "number",
        "budget_line": "text",
        "meetings_last_year": "number",
    },
    "focal_points": dict.fromkeys(("r2p", "genocide", "cewarn_unit", "ecowarn_national_centre"), "list"),
    "standards": {
        **dict.fromkeys(
            (
                *("genocide_convention", "rome_statute", "icerd", "iccpr", "icescr", "cedaw", "cat", "opcat", "crc"),
                *("cped", "crpd", "gc_i_iv", "ap_i", "ap_ii", "arms_trade_treaty", "african_charter"),
                *("maputo_protocol", "acrwc", "acdeg", "kampala_convention", "psc_protocol", "malabo_protocol"),
                *("african_court_protocol", "african_court_declaration"),
                *("last_upr", "last_cerd", "last_achpr_report"),
            ),
            "standing",
        ),
        "count_adhered": "number",
        "count_listed": "number",
    },
}
"""The fields of each group, in the order in which they are printed."""
PROFILE = tuple(f"{group}.{field}" for group, fields in FIELDS.items() for field in fields)
"""The names of all values that a profile may hold, in the order of the schema."""


STANDINGS = tuple(
    field for field, kind in FIELDS["standards"].items() if kind == "standing" and not field.startswith("last_")
)
"""The fields of the treaties that a State may be a party to."""
PARTY = frozenset({"party", "ratified", "acceded", "yes"})
NO_PARTY = frozenset({"not", "no", "none", "signed", "withdrawn", "never"})
"""How the words begin that say of a treaty whether a State is a party to it."""


def is_party(said: str) -> bool | None:
    """Whether a treaty's value says that the State is a party: a year or a word of `PARTY`; None if it says neither."""
    first = said.lower().replace(",", " ").split()[:1]
    if not first:
        return None
    if first[0].isdecimal() or first[0] in PARTY:
        return True
    return False if first[0] in NO_PARTY else None


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
    said: str = ""
    """Its words in the edition's language, if that is another one; conditions go by `text`."""

    @property
    def shown(self) -> str:
        """The value with its unit; empty where there is nothing to print."""
        return f"{self.said or self.text} {self.unit}".strip() if self.text else ""


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
