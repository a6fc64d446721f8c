r"""The first law of provenance as functions: what text does a slice of Markdown stand for?

Every literal run of text comes from a slice of a source file. Most slices are the text, character by character; the
others hold escapes, entities, line breaks, tabs or characters that Unicode writes in two ways. `decode` says what
such a slice stands for, `derives` whether it stands for a given text. A run is literal only if `derives` holds, so that
a position which pandoc gets wrong is never trusted.
"""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5

BREAK = r"\r?\n[ \t>]*"
"""A line end with the indent and the quote marks of the next line."""
HARD_BREAK = re.compile(rf"(?:\\|  +){BREAK}")
SOFT_BREAK = re.compile(rf"[ \t]*{BREAK}")
ANY_BREAK = re.compile(rf"(?:\\|[ \t]*){BREAK}")
REFERENCE = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
"""An escaped ASCII punctuation character, or a reference to a character (CommonMark 0.31, sections 2.4 and 2.5)."""
REPLACEMENT = "\ufffd"


def decode(slice_: str) -> str:
    """The text that a slice of prose stands for.

    NFC first, then escapes and entities (pandoc does not normalise what they give); a hard break is a newline, any
    other line break with its indent a space, and so is a slice of nothing but white space.
    """
    if HARD_BREAK.fullmatch(slice_):
        return "\n"
    if SOFT_BREAK.fullmatch(slice_):
        return " "
    plain = unicodedata.normalize("NFC", SOFT_BREAK.sub(" ", slice_))
    if not plain.strip(" \t"):
        return " " if plain else ""
    return REFERENCE.sub(_character, plain)


def _character(match: re.Match[str]) -> str:
    escaped, decimal, hexadecimal, name = match.groups()
    if escaped is not None:
        return escaped
    if name is not None:
        return html5.get(f"{name};", match.group())
    number = int(decimal) if decimal is not None else int(hexadecimal, 16)
    valid = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if valid else REPLACEMENT


def derives(slice_: str, text: str, *, verbatim: bool = False) -> bool:
    r"""True if the slice stands for the text.

    `verbatim` is for code, where escapes and entities are not read and tabs have become up to four spaces. In prose
    one thing is ambiguous: a tab before a line end may be one space or, as pandoc expands it, a hard break. In cells of
    a pipe table the bar is escaped before anything else is read, so `\|` may stand for a bar anywhere.
    """
    if slice_ == text:
        return True
    if verbatim:
        return re.fullmatch(_verbatim(slice_), text) is not None
    if text == "\n":
        return bool(re.search(r"(?:\\|[ \t])\r?\n", slice_)) and ANY_BREAK.fullmatch(slice_) is not None
    return decode(slice_) == text or ("\\|" in slice_ and decode(slice_.replace("\\|", "|")) == text)


def _verbatim(slice_: str) -> str:
    """A pattern for the texts that a slice of code may stand for."""
    parts = re.split(rf"({BREAK}|\t|\\\|)", slice_)
    return "".join(_PIECES.get(part) or _piece(part) for part in parts)


_PIECES = {"\t": " {0,4}", "\\|": r"\\?\|"}


def _piece(part: str) -> str:
    if re.fullmatch(BREAK, part):
        return "[ \n]" + "".join(" {0,4}" if mark == "\t" else f"{mark}?" for mark in part.lstrip("\r\n"))
    return re.escape(unicodedata.normalize("NFC", part))
