"""What an edition calls things: its country, its language, the values of variables, the facts conditions ask for.

A country's name is looked up in its overlay, then in the tables of member States, then in CLDR. In the six languages
of the African Union the tables give articles and prepositions. A name that is not in them has the simple forms of
`SIMPLE`, and where there is none the name alone: a wrong preposition reads worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from babel import Locale, UnknownLocaleError

from livingmanual.compose.generated import shown
from livingmanual.model.edition import EditionKey, Emblem
from livingmanual.model.manual import Manual, Overlay
from livingmanual.model.profile import PROFILE, STANDINGS, Known, Status, is_party
from livingmanual.model.states import REGIONS, TREATIES, Forms
from livingmanual.text.words import words as words_of

BASE = "base"
ALL_TREATIES = tuple(dict.fromkeys([*TREATIES, *(field.replace("_", "-") for field in STANDINGS)]))
"""The treaties that a condition may ask for; the tables give the status of the first ones."""
NOT_AS_IN_CLDR = frozenset({"EH", "CD", "CG"})
"""Codes whose name in CLDR is not the designation that the African Union uses."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
SIMPLE = {"en": ("of {}", "in {}"), "sw": ("ya {}", "nchini {}"), "ar": ("{}", "في {}")}
"""By language: how "of" and "in" are said before a name that has no row in the tables."""


class Names:
    """Looks names up in the overlays first (nearest wins), then in the tables of States, then in CLDR."""

    def __init__(
        self, key: EditionKey, overlays: Sequence[Overlay], manual: Manual, known: Known | None = None
    ) -> None:
        self.key, self.overlays, self.manual = key, tuple(overlays), manual
        self.known = known or Known()
        self.primary = key.language.split("-")[0]

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The tool's own words in the edition's language."""
        return words_of(self.key.language)

    @cached_property
    def own(self) -> Overlay | None:
        """The country's overlay; None for the base edition."""
        return next((o for o in reversed(self.overlays) if not o.region), None)

    @cached_property
    def country(self) -> str:
        """The country's short name in the edition's language; empty for the base edition."""
        return "" if self.key.country == BASE else self._name("short") or self._forms.name

    @cached_property
    def _forms(self) -> Forms:
        """The forms of the name without the overlay's own words."""
        tables = self.known.state.names if self.known.state else {}
        of, in_ = SIMPLE.get(self.primary, ("{}", "{}"))
        if self._name("short"):
            name = short = self._name("short")
        elif self.primary in tables:
            name, short = tables[self.primary].name, tables[self.primary].short
        else:
            name = short = self._territory()
        if self.primary in tables and name == tables[self.primary].name:
            forms = tables[self.primary]
            return Forms(name, forms.short, forms.of or of.format(name), forms.in_ or in_.format(name))
        return Forms(name, short, of.format(name), in_.format(name))

    def _name(self, form: str) -> str:
        names = self.own.names if self.own else {}
        for language in (self.key.language, self.primary):
            if names.get(language, {}).get(form):
                return names[language][form]
        return ""

    def _territory(self) -> str:
        """The name in CLDR; the African Union's own where CLDR names a territory otherwise than the Union does."""
        if self.known.state and self.key.country in NOT_AS_IN_CLDR:
            return self.known.state.names["en"].name
        try:
            name = Locale.parse(self.key.language.replace("-", "_")).territories.get(self.key.country)
        except (UnknownLocaleError, ValueError):
            name = None
        return str(name or self.key.country)

    @cached_property
    def language(self) -> str:
        """The language's own name with a capital, e.g. `Français`."""
        try:
            name = Locale.parse(self.key.language.replace("-", "_")).display_name or self.key.language
        except (UnknownLocaleError, ValueError):
            name = self.key.language
        return name[:1].upper() + name[1:]

    @cached_property
    def direction(self) -> str:
        """`rtl` for languages written from right to left."""
        return "rtl" if self.primary in RIGHT_TO_LEFT else "ltr"

    @cached_property
    def values(self) -> dict[str, str]:
        """The value of every variable of the edition."""
        values = dict(self.manual.variables)
        if self.country:
            forms = self._forms
            running = forms.short if self.primary == "en" else self.country
            values |= {"country": running, "country.short": forms.short, "country.name": self.country}
            values |= {"country.official": self._name("official") or running}
            values |= {"country.of": self._name("of") or forms.of, "country.in": self._name("in") or forms.in_}
        values |= {f"profile.{name}": self._said(name) for name in PROFILE}
        for overlay in self.overlays:
            values |= overlay.variables
        return values

    def values_in(self, language: str) -> dict[str, str]:
        """The same values for a passage in another language; only the country's names are known in it."""
        other = Names(replace(self.key, language=language), self.overlays, self.manual, self.known)
        given = {name for overlay in self.overlays for name in overlay.variables}
        named = {name: value for name, value in other.values.items() if name.split(".")[0] == "country"}
        return self.values | {name: value for name, value in named.items() if name not in given}

    def _said(self, name: str) -> str:
        """A value of the profile as it stands in a sentence, or that it is not there."""
        value = self.known.profile.values.get(name) if self.known.profile else None
        if value is not None and value.shown:
            return shown(value, self.words)
        return self.words["value-withheld" if self._status(name) == "withheld" else "value-unknown"]

    def _status(self, name: str) -> str:
        value = self.known.profile.values.get(name) if self.known.profile else None
        return str(value.status) if value is not None else "unknown"

    @cached_property
    def pending(self) -> dict[str, str]:
        """Variables whose value is not settled, and why: `to-confirm`, `unknown` or `withheld`."""
        statuses = {f"profile.{name}": self._status(name) for name in PROFILE}
        found = {name: status for name, status in statuses.items() if status not in ("confirmed", "draft")}
        for overlay in self.overlays:
            found = {name: status for name, status in found.items() if name not in overlay.variables}
            found |= dict.fromkeys(overlay.unconfirmed, "to-confirm")
        return found

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """What conditions may ask for; every value in lower case."""
        regions = {overlay.code.lower() for overlay in self.overlays if overlay.region}
        country = self.key.country.lower()
        state = self.known.state
        return {
            "country": frozenset({country} - {BASE}),
            "member": frozenset(regions | self.known.members),
            "treaty": frozenset(name for name, party in self._treaties.items() if party),
            "region": frozenset({state.region} if state else ()),
            "language": frozenset({self.key.language.lower(), self.primary}),
            "edition": frozenset({BASE if country == BASE else "country"}),
        }

    @cached_property
    def unknown(self) -> dict[str, frozenset[str]]:
        """Of the facts, the values of which nobody can say whether they hold."""
        return {"treaty": frozenset(name for name, party in self._treaties.items() if party is None)}

    @cached_property
    def _treaties(self) -> dict[str, bool | None]:
        """Whether the country is a party to each treaty: as its profile says, if that is confirmed, else the tables."""
        if self.known.state is None and self.known.profile is None:
            return {}
        found: dict[str, bool | None] = {
            **dict.fromkeys(ALL_TREATIES),
            **(self.known.state.treaties if self.known.state else {}),
        }
        for field in STANDINGS:
            value = self.known.profile.values.get(f"standards.{field}") if self.known.profile else None
            if value is not None and value.status is Status.CONFIRMED:
                found[field.replace("_", "-")] = is_party(value.text)
        return found

    @cached_property
    def vocabulary(self) -> dict[str, frozenset[str]]:
        """Of the facts that have a fixed set of values, these values."""
        regions = {overlay.code.lower() for overlay in self.overlays if overlay.region}
        found = {
            "member": self.known.regions | regions,
            "treaty": frozenset(ALL_TREATIES),
            "region": frozenset(REGIONS),
            "edition": frozenset({BASE, "country"}),
        }
        return {**found, "country": self.known.countries} if self.known.countries else found

    @cached_property
    def emblem(self) -> Emblem | None:
        """The country's arms for the cover; None for the base edition, and where the overlay names none."""
        own = self.own
        return Emblem(own.arms.path, own.arms.alt, own.path, own.arms.line) if own and own.arms else None

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The manual's settings for writers, with the country's official name, and its name in a sentence."""
        official, short = (self._name("official"), self._forms.short) if self.country else ("", "")
        return {**self.manual.settings, "country_official": official, "country_short": short}
