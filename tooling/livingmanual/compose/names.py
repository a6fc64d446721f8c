"""What an edition calls things: its country, its language, the values of variables, the facts conditions ask for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from babel import Locale, UnknownLocaleError

from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Manual, Overlay

BASE = "base"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class Names:
    """Looks names up in the overlays first (nearest wins), then in CLDR."""

    def __init__(self, key: EditionKey, overlays: Sequence[Overlay], manual: Manual) -> None:
        self.key, self.overlays, self.manual = key, tuple(overlays), manual
        self.primary = key.language.split("-")[0]

    @cached_property
    def own(self) -> Overlay | None:
        """The country's overlay; None for the base edition."""
        return next((o for o in reversed(self.overlays) if not o.region), None)

    @cached_property
    def country(self) -> str:
        """The country's short name in the edition's language; empty for the base edition."""
        return "" if self.key.country == BASE else self._name("short") or self._territory()

    def _name(self, form: str) -> str:
        names = self.own.names if self.own else {}
        for language in (self.key.language, self.primary):
            if names.get(language, {}).get(form):
                return names[language][form]
        return ""

    def _territory(self) -> str:
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
            values |= {"country": self.country, "country.official": self._name("official") or self.country}
            values |= {f"country.{form}": self._name(form) or f"{form} {self.country}" for form in ("of", "in")}
        for overlay in self.overlays:
            values |= overlay.variables
        return values

    @cached_property
    def facts(self) -> dict[str, frozenset[str]]:
        """What conditions may ask for; every value in lower case."""
        regions = {overlay.code.lower() for overlay in self.overlays if overlay.region}
        country = self.key.country.lower()
        return {
            "country": frozenset({country} - {BASE}),
            "member": frozenset(regions),
            "language": frozenset({self.key.language.lower(), self.primary}),
            "edition": frozenset({BASE if country == BASE else "country"}),
        }

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The manual's settings for writers, with the country's official name."""
        official = self._name("official") if self.country else ""
        return {**self.manual.settings, "country_official": official}
