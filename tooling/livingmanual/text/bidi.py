"""Which way words run, and what keeps its own direction inside a text that runs from right to left.

The Unicode Bidirectional Algorithm (UAX #9) orders most mixed lines by itself. Two things go wrong in Arabic text: a
number behind a Latin word is drawn to that word's side, across an Arabic comma; and the groups of a telephone number
change places, because nothing says that they belong together. So a writer isolates such stretches, and UAX #9 (X5a to
X6a) then treats each as one thing.
"""

from __future__ import annotations

import re
import unicodedata

RIGHTWARD = ("R", "AL")
"""Bidirectional classes of letters that are written from right to left."""
LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u052f\u1e00-\u1fff"
"""Letters that run from left to right: Latin, Greek, Cyrillic."""
JOIN = rf"[^{LATIN}0-9\s\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc«»]"
"""Marks that may stand between two such words: no space, no Arabic letter or mark."""
WORD = rf"[{LATIN}][{LATIN}0-9\u0300-\u036f]*"
NUMBER = r"[0-9]+(?:[.,:/-][0-9]+)*"
STRETCH = re.compile(
    rf"""
    {WORD}(?:                                                       # words, and the numbers behind them
        {JOIN}*+[ \u00a0]?+{JOIN}*+{WORD}
        | [ \u00a0]?+[.(/:\#§–-]*+[ \u00a0]?+{NUMBER}
        | {JOIN}*+{NUMBER}
    )*
    (?:/|\+{{1,2}}|=|\#)?
    | \+?[0-9]+(?:[ \u00a0-][0-9]+){{2,}} | \+[0-9]+(?:[ \u00a0-][0-9]+)+                  # groups of digits
    """,
    re.VERBOSE,
)
PAIRS = {"(": ")", "[": "]", "{": "}"}
CLOSING = frozenset(PAIRS.values())


def direction(text: str) -> str:
    """`rtl` or `ltr` by the letters of a text: `ltr` if it has letters and none is written from right to left.

    Empty for a text without letters, which runs as its surroundings do.
    """
    found = kinds(text)
    if found & set(RIGHTWARD):
        return "rtl"
    return "ltr" if "L" in found else ""


def beginning(text: str) -> str:
    """`rtl` or `ltr` by the first letter of a text, as UAX #9 has it (P2, P3); empty for a text without letters."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in RIGHTWARD:
            return "ltr" if kind == "L" else "rtl"
    return ""


def kinds(text: str) -> frozenset[str]:
    """The bidirectional classes of a text's characters (UAX #9, table 4)."""
    return frozenset(unicodedata.bidirectional(character) for character in text)


def stretches(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of a text from right to left that must be kept together from left to right, in order.

    They are Latin words with the numbers behind them, and groups of digits such as a telephone number. A bracket is
    inside if its partner is.
    """
    return [(found.start(), _closed(text, found.start(), found.end())) for found in STRETCH.finditer(text)]


def _closed(text: str, start: int, end: int) -> int:
    """The end of a stretch with the brackets behind it that close one inside, without one that is left open."""
    open_: list[tuple[str, int]] = []
    for at in range(start, end):
        if text[at] in PAIRS:
            open_.append((PAIRS[text[at]], at))
        elif open_ and text[at] == open_[-1][0]:
            open_.pop()
        elif text[at] in CLOSING:
            return _trimmed(text, start, at if not open_ else open_[0][1])
    while open_ and end < len(text) and text[end] == open_[-1][0]:
        open_.pop()
        end += 1
    return end if not open_ else _trimmed(text, start, open_[0][1])


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without space before it."""
    return start + len(text[start:end].rstrip())
