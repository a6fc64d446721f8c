"""The metadata block at the head of a file.

A block of YAML between a first line `---` and a later line `---` or `...`. We find it ourselves, instead of letting
pandoc read it, because its text must keep its place in the file: edits count offsets from the file's first character.
A block of TOML between two lines `+++`, as Hugo has it, is stepped over; only its title is read.
"""

from __future__ import annotations

import re

from livingmanual.source.offsets import BYTE_ORDER_MARK

OPENING = re.compile(r"---[ \t]*\r?\n")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
FIRST_KEY = re.compile(r"""\s*(?:#|["']?[\w.-]+["']?[ \t]*:(?:\s|\Z)|\{|\Z)""")


TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"""^[ \t]*title[ \t]*=[ \t]*("(?:\\.|[^"\\\n])*"|'[^'\n]*')""", re.MULTILINE)
"""A basic or a literal string of TOML, which YAML reads alike but for a few escapes (TOML 1.0, "String")."""


def split(text: str) -> tuple[str, int]:
    """The YAML text (without its fences) and the offset where the body begins; `("", 0)` without front matter.

    A file that opens with `---` and never closes it has none: that line is a thematic break (CommonMark 4.1).
    """
    head = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    toml = TOML.match(text, head)
    if toml:
        title = TITLE.search(toml[1])
        return f"title: {title[1]}\n" if title else "", toml.end()
    opening = OPENING.match(text, head)
    if not opening:
        return "", 0
    closing = CLOSING.search(text, opening.end())
    if not closing or not _looks_like_yaml(text[opening.end() : closing.start()]):
        return "", 0
    return text[opening.end() : closing.start()], closing.end()


def _looks_like_yaml(text: str) -> bool:
    """Tell front matter from prose between two thematic breaks: it is empty, a comment, or begins with a key."""
    return FIRST_KEY.match(text) is not None
