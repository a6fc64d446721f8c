"""A pseudo-translation: every word in letters that no source has, everything that is not words as it was.

What is still in the source's letters in an edition of it was not taken from a catalog.
"""

import codecs
import re

from livingmanual.translate.messages import NOT_WORDS

KEPT = re.compile(rf"{NOT_WORDS.pattern}|https?://\S+|`[^`]*`")


def pseudo(text: str) -> str:
    """The text with its words in other letters: each letter thirteen further, so that no English word is left."""
    out: list[str] = []
    at = 0
    for found in KEPT.finditer(text):
        out += [codecs.encode(text[at : found.start()], "rot13"), found.group()]
        at = found.end()
    return "".join([*out, codecs.encode(text[at:], "rot13")])
