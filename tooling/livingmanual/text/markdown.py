"""Writing plain text so that parsing it again yields exactly that text.

Text from Word is data. What could be markup is escaped with a backslash (CommonMark 0.31, section 2.4), and only that,
so that people can still read the source. Some dangers depend on the neighbours (`[a]` before an inserted `(b)`);
whoever writes must parse again and, if the text came out differently, escape everything (`everything=True`).
"""

from __future__ import annotations

import re

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
ALWAYS = re.compile(r"([\\`*\[\]<~^${])")
ENTITY = re.compile(r"&(?=#?\w+;)")
UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+>|=]|:{1,}(?=[\s:]|$)|\(?(?:\d{1,9}|[A-Za-z]{1,6}|#|@)[.)](?=\s|$))")
HARD_BREAK = "\\\n"


def escape(text: str, *, at_line_start: bool = False, in_cell: bool = False, everything: bool = False) -> str:
    """Markdown that reads as `text`: one paragraph's words, without line breaks (see `lines` for those).

    `at_line_start`: the text begins a line, where `#`, `1.` and the like are markup. `in_cell`: a bar must not end the
    cell of a pipe table. `everything`: escape every ASCII punctuation character.
    """
    if everything:
        return PUNCTUATION.sub(r"\\\1", text)
    out = ALWAYS.sub(r"\\\1", text)
    out = ENTITY.sub(r"\\&", out)
    out = UNDERSCORE.sub(r"\\_", out)
    if in_cell:
        out = out.replace("|", "\\|")
    return LINE_START.sub(_at_start, out) if at_line_start else out


def _at_start(match: re.Match[str]) -> str:
    """Escape the character that makes the line start markup: the last of a list marker, else the first."""
    space, marker = match.groups()
    if marker[0] == "(":
        return f"{space}\\{marker}"
    if marker[-1] in ".)":
        return f"{space}{marker[:-1]}\\{marker[-1]}"
    return f"{space}\\{marker}"


def lines(
    text: str, prefix: str, *, at_line_start: bool = False, in_cell: bool = False, everything: bool = False
) -> str:
    """Like `escape` for text with line breaks: each becomes a hard break, the next line begins with `prefix`.

    In a cell of a pipe table a line cannot be broken: the break becomes a space.
    """
    parts = text.split("\n")
    if in_cell:
        return escape(" ".join(parts), at_line_start=at_line_start, in_cell=True, everything=everything)
    first = escape(parts[0], at_line_start=at_line_start, everything=everything)
    rest = [prefix + escape(part.lstrip(), at_line_start=True, everything=everything) for part in parts[1:]]
    return HARD_BREAK.join([first, *rest])


def emphasised(text: str, delimiter: str) -> str:
    """Markdown with a delimiter around it; white space at its ends stays outside, where CommonMark wants it (6.2)."""
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{delimiter}{core}{delimiter}{text[start + len(core) :]}"


def continuation(prefix: str) -> str:
    """What a further line of the same block begins with: quote marks stay, list and note markers become spaces."""
    out = "".join(character if character in "> \t" else " " for character in prefix)
    return out
