"""What stands around the text of an edition: title page, running lines, the stamp.

Every format prints the same frame. Its words come in the edition's language; where a word is missing there, the
English one below stands in, so that a new language is readable before it is complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from livingmanual.model.edition import Edition

WORDS = {
    "contents": "Contents",
    "draft": "Draft",
    "base-edition": "Edition for all countries",
    "edition-for": "Edition for {name}",
    "edition-stamp": "Edition stamp",
    "page": "Page",
    "of": "of",
    "notes": "Notes",
    "skip-to-text": "Skip to the text",
    "back-to-text": "Back to the text",
}
"""Keys of `Edition.words` that the PDF and the HTML use, with what is printed where a language lacks them."""


def word(edition: Edition, key: str) -> str:
    """A word of the frame in the edition's language, else in English."""
    return edition.words.get(key) or WORDS[key]


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
    day: tuple[int, ...]
    """Year, month and day of the revision in UTC; empty for a draft, which has no date."""


def frame(edition: Edition, tool_version: str) -> Frame:
    """The frame of an edition made by version `tool_version` of the tool."""
    stamp = str(edition.stamp(tool_version))
    key = edition.key
    when = datetime.fromtimestamp(edition.timestamp, UTC)
    return Frame(
        title=edition.title,
        subtitle=edition.subtitle,
        country=edition.country_name,
        edition=word(edition, "edition-for").format(name=edition.country_name)
        if edition.country_name
        else word(edition, "base-edition"),
        official=_setting(edition, "country_official"),
        language=edition.language_name,
        date=edition.date,
        draft=word(edition, "draft") if key.revision == "draft" else "",
        status=_setting(edition, "status"),
        authors=_authors(edition),
        stamp=stamp,
        short_stamp=f"{key.country}/{key.language}@{key.revision[:8]}",
        stamp_line=f"{word(edition, 'edition-stamp')}: {stamp}",
        day=(when.year, when.month, when.day) if edition.timestamp else (),
    )


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
