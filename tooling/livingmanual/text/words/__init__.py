"""Words of an edition's frame, per language: labels, references, notices.

Wherever the tool itself writes a word into an edition, the word comes from here. Each language of the African Union has
a module of its own; a language without one falls back to English. Everything but the English was drafted by machine:
`CONFIRMED` of a language names the words that a person who speaks it has read and confirmed, and until all are in it
every edition in that language says so on the back of its title page.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from livingmanual.text.typography import french_spaces
from livingmanual.text.words import ar, en, es, fr, pt, sw

_MODULES = {"ar": ar, "en": en, "es": es, "fr": fr, "pt": pt, "sw": sw}
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        language: MappingProxyType(
            {key: french_spaces(said) if language == "fr" else said for key, said in module.WORDS.items()}
        )
        for language, module in _MODULES.items()
    }
)
"""Language -> key -> words."""


def words(language: str) -> dict[str, str]:
    """The words of a language (BCP 47; its primary subtag decides), English where it has none of its own."""
    return {**WORDS["en"], **WORDS.get(_primary(language), {})}


def drafted(language: str) -> frozenset[str]:
    """The keys of the words in a language that nobody has confirmed; none for English and for a language without words.

    The languages are those of `words`.
    """
    name = _primary(language)
    if name == "en" or name not in _MODULES:
        return frozenset()
    confirmed: frozenset[str] = _MODULES[name].CONFIRMED
    return frozenset(WORDS[name]) - confirmed


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
