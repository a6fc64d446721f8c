"""The glossary as term base: where a translation does not use the word that was agreed on for a term.

A term is agreed on when a person has confirmed its translation in the catalog of the glossary. Words are inflected, so
they are compared by their beginning, in Swahili also by their end, in Arabic by their consonants without article and
prefixes. A word of the source that is part of a longer term counts for that one only, and one in a title (in italics)
or a name (`Early Warning System`) for none. It is better to miss a slip than to cry wolf: people stop reading warnings
that are wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from livingmanual.model.catalog import Found, Message, State
from livingmanual.translate.match import Key
from livingmanual.translate.messages import NOT_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
ASIDE = re.compile(r"\([^()]*\)")
ALTERNATIVES = re.compile(r"\s*[;/،؛]\s*")
SHORT = 3
"""Words of a term up to this length (`de`, `of`, `wa`) need not be there, unless the term has no longer ones."""
ARTICLE = re.compile(r"^(?:[وفبكل]*ال|لل|[وفبلك](?=\w{4}))")
WEAK = re.compile("[اويىةهءآأإؤئ]")
"""Letters of Arabic that come and go between forms of a word: قاعدة, قواعد."""
TATWEEL = "\u0640"
BORDER = re.compile("(?<=[\u0600-\u06ff])(?=[A-Za-z])")
"""Where Latin letters follow Arabic ones: وCAT."""
TITLE = re.compile(r"(?<![*\w])\*(?!\*)[^*]+\*(?!\*)")
BY_THEIR_END = frozenset({"sw"})
"""Languages whose nouns change at the beginning: mtaalamu, wataalamu."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it is called in another language."""

    source: str
    words: tuple[str, ...]
    """The ways in which it may be said; a translation uses one of them."""

    @property
    def said(self) -> str:
        """For people: the first way."""
        return self.words[0]


def agreed(glossary: Iterable[Message], found: Mapping[Key, Found]) -> list[Term]:
    """The terms of a glossary whose translation a person has confirmed, the longest first."""
    terms = []
    for message in glossary:
        one = found.get((message.path, message.key))
        if message.kind == "term" and one and one.state is State.TRANSLATED and one.entry and not one.entry.drafted:
            ways = ALTERNATIVES.split(ASIDE.sub(" ", one.entry.translation.text))
            words = tuple(" ".join(way.split()) for way in ways if WORD.search(way))
            if words:
                terms.append(Term(" ".join(message.text.split()), words))
    return sorted(terms, key=lambda term: (-len(term.source), term.source))


def missing(source: str, translation: str, terms: Iterable[Term], language: str) -> Iterator[Term]:
    """The terms of the source that the translation does not use in their agreed words."""
    rest = TITLE.sub(" ", NOT_WORDS.sub(" ", source))
    given = [_bare(word, language) for word in _words(NOT_WORDS.sub(" ", translation))]
    for term in terms:
        shorter = _spelt(term.source).sub(" \ufffc ", rest)
        if shorter != rest and not any(_uses(given, way, language) for way in term.words):
            yield term
        rest = shorter


def _spelt(term: str) -> re.Pattern[str]:
    """The term in a source text, with an English plural; its first letter may be a capital, as a sentence begins."""
    first, rest = re.escape(term[0]), r"\s+".join(re.escape(word) for word in term[1:].split(" "))
    plural = r"(?:e?s)?" if not term.endswith("y") else ""
    return re.compile(rf"(?<![\w-])[{first}{term[0].upper()}]{rest}{plural}(?![\w-])")


def _words(text: str) -> list[str]:
    """The words of a text without vowel marks, which are no letters; an Arabic prefix before Latin letters is one."""
    bare = "".join(c for c in unicodedata.normalize("NFC", text) if not unicodedata.combining(c) and c != TATWEEL)
    return WORD.findall(BORDER.sub(" ", bare))


def _bare(word: str, language: str) -> str:
    """The word in small letters without marks above and below, elided articles and Arabic prefixes."""
    bare = word.casefold().replace("’", "'").rpartition("'")[2] or word.casefold()
    if language.partition("-")[0] == "ar":
        bare = ARTICLE.sub("", "".join(c for c in bare if not unicodedata.combining(c)))
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


def _uses(given: list[str], way: str, language: str) -> bool:
    """True if every word of the term that matters is there in some form."""
    wanted = [_bare(word, language) for word in _words(way)]
    wanted = [word for word in wanted if len(word) > SHORT] or wanted
    return all(any(_same(word, other, language) for other in given) for word in wanted)


def _same(word: str, other: str, language: str) -> bool:
    """True if two words are forms of one: a long common beginning, or end where words change in front."""
    if len(word) <= SHORT:
        return word == other
    need = max(SHORT, min(len(word) - 2, round(0.65 * len(word))))
    if word[:need] == other[:need]:
        return True
    if language.partition("-")[0] == "ar":
        return len(WEAK.sub("", word)) > 1 and WEAK.sub("", word) == WEAK.sub("", other)
    return language.partition("-")[0] in BY_THEIR_END and len(other) > SHORT and word[-need:] == other[-need:]
