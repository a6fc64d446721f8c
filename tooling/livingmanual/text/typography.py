"""Habits of typesetting that differ from language to language.

French puts a space before `;`, `:`, `!` and `?` and inside « », and no line may end at it. The space is the narrow one
that does not break (U+202F), as CLDR has it before these marks and as French typesetters set it.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
"""A narrow space at which no line ends."""
SPACES = " \u00a0\u202f\u2009"
BEFORE = re.compile(rf"(?<=[^\s;:!?])[{SPACES}]+(?=[;:!?»](?:\s|[)\].,;:!?»”\u202f]|$))")
"""A space before a mark, where the mark ends a word: not the colon of an address or of a time."""
AFTER = re.compile(rf"(?<=«)[{SPACES}]*(?=\S)")
CLOSING = re.compile(rf"(?<=[^\s«])[{SPACES}]*(?=»)")
BREAKING = re.compile(r" (?=[;:!?»](?:\s|$))|(?<=«) ")


def french_spaces(text: str) -> str:
    """The same text with spaces that do not break where French wants them; a second time changes nothing.

    Only spaces that are there are changed, but for those inside « », which are added. So `https://` and `8:30` stay.
    """
    return CLOSING.sub(NARROW, AFTER.sub(NARROW, BEFORE.sub(NARROW, text)))


def breaking_spaces(text: str) -> list[int]:
    """Where a French text has an ordinary space at which a line might end before its mark: offsets in the text."""
    return [found.start() for found in BREAKING.finditer(text)]
