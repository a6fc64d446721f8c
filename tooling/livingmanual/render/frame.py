"""What stands around the text of an edition: title page, running lines, the stamp.

Every format prints the same frame. Its words come in the edition's language; where a word is missing there, the
English one stands in, so that a new language is readable before it is complete. What a reader should know about a
translation stands on the back of the title page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from livingmanual.model.edition import Edition
from livingmanual.text.typography import french_spaces
from livingmanual.text.words import drafted
from livingmanual.text.words import words as words_of

ENGLISH = words_of("en")
WORDS = {
    key: ENGLISH[key]
    for key in (
        "contents",
        "draft",
        "base-edition",
        "edition-for",
        "edition-stamp",
        "page",
        "of",
        "notes",
        "skip-to-text",
        "back-to-text",
        "translation-title",
        "sign-untranslated",
        "sign-stale",
    )
}
"""Keys of `Edition.words` that the PDF and the HTML use, with what is printed where a language lacks them."""
STATES = ("untranslated", "stale", "drafted")
"""What `settings["translation"]` counts, in the order in which it is said."""


def word(edition: Edition, key: str) -> str:
    """A word of the frame in the edition's language, else in English."""
    return edition.words.get(key) or ENGLISH[key]


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around the text, ready to be printed."""

    title: str
    subtitle: str
    country: str
    """The country's name; empty for the base edition."""
    edition: str
    """Whom the edition is for, in words."""
    official: str
    """The line under the country's name, e.g. the State's official name; empty where there is none."""
    language: str
    date: str
    draft: str
    """The words for a draft; empty for an edition of a committed revision."""
    status: str
    """What the manual says of its own standing; empty where it says nothing."""
    authors: tuple[str, ...]
    stamp: str
    """The whole edition stamp."""
    short_stamp: str
    """Country, language and the revision's first characters, for a running line."""
    stamp_line: str
    """The last line that people can read: the words for it, and the whole stamp."""
    translation: tuple[str, ...]
    """Sentences for the back of the title page: what is not translated, out of date, or drafted by machine."""
    emblem_alt: str
    """What the picture on the cover shows; empty if there is none."""
    day: tuple[int, ...]
    """Year, month and day of the revision in UTC; empty for a draft, which has no date."""


def frame(edition: Edition, tool_version: str) -> Frame:
    """The frame of an edition made by version `tool_version` of the tool."""
    stamp = str(edition.stamp(tool_version))
    key = edition.key
    when = datetime.fromtimestamp(edition.timestamp, UTC)
    return Frame(
        title=shown(edition.title, edition),
        subtitle=shown(edition.subtitle, edition),
        country=edition.country_name,
        edition=edition_line(edition),
        official=_setting(edition, "country_official"),
        language=edition.language_name,
        date=edition.date,
        draft=word(edition, "draft") if key.revision == "draft" else "",
        status=shown(_setting(edition, "status"), edition),
        authors=_authors(edition),
        stamp=stamp,
        short_stamp=f"{key.country}/{key.language}@{key.revision[:8]}",
        stamp_line=labelled(edition, word(edition, "edition-stamp"), stamp),
        translation=translation(edition),
        emblem_alt=edition.emblem.alt if edition.emblem else "",
        day=(when.year, when.month, when.day) if edition.timestamp else (),
    )


def edition_line(edition: Edition) -> str:
    """For whom the edition is: `Edition for the Gambia`, or `Edition for all countries`."""
    if not edition.country_name:
        return word(edition, "base-edition")
    return word(edition, "edition-for").format(name=edition.settings.get("country_short") or edition.country_name)


def labelled(edition: Edition, label: str, said: str) -> str:
    """A label and what it labels, with the language's own space before the colon."""
    return word(edition, "labelled").format(label=label, said=said)


def translation(edition: Edition) -> tuple[str, ...]:
    """What a reader should know about the translation, in sentences; nothing for a text in its first language.

    The counts are those of `settings["translation"]`; without it only the tool's own words are spoken of.
    """
    found = edition.settings.get("translation")
    said = _counted(edition, found) if isinstance(found, dict) else []
    if edition.words and drafted(edition.key.language):
        said.append(word(edition, "words-drafted"))
    return tuple(said)


def _counted(edition: Edition, counts: dict[str, object]) -> list[str]:
    source = _language(str(counts.get("source", "")), edition.key.language)
    values = {"blocks": _number(counts.get("blocks"), edition), "source": source}
    kinds = [state for state in STATES if counts.get(state)]
    said = [
        word(edition, f"translation-{kind}").format(**values, number=_number(counts[kind], edition)) for kind in kinds
    ]
    if not {"untranslated", "stale"} & set(kinds):
        said.insert(0, word(edition, "translation-complete").format(**values))
    return said


def _number(count: object, edition: Edition) -> str:
    """A number as people of the language group its digits, which are European ones in every language."""
    tag = edition.key.language.replace("-", "_")
    try:
        return format_decimal(count if isinstance(count, int) else 0, locale=tag, numbering_system="latn")
    except (UnknownLocaleError, ValueError):
        return str(count)


def shown(text: str, edition: Edition) -> str:
    """A line of the frame as the PDF and the page show it, with French spaces that do not break."""
    return french_spaces(text) if edition.key.language.split("-", maxsplit=1)[0] == "fr" else text


def _language(tag: str, language: str) -> str:
    """The name of a language (BCP 47) in another; the tag where it has none."""
    try:
        names = Locale.parse(language.replace("-", "_")).languages
    except (UnknownLocaleError, ValueError):
        return tag
    return str(names.get(tag) or names.get(tag.split("-", maxsplit=1)[0]) or tag)


def _setting(edition: Edition, name: str) -> str:
    value = edition.settings.get(name, "")
    return value if isinstance(value, str) and value != edition.country_name else ""


def _authors(edition: Edition) -> tuple[str, ...]:
    value = edition.settings.get("authors", ())
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple):
        return ()
    names = [item.get("name", "") if isinstance(item, dict) else item for item in value]
    return tuple(str(name) for name in names if name)
