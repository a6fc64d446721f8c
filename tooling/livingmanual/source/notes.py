r"""Notes that refer to notes, which pandoc cannot read.

Pandoc leaves a note in a note out without a word. And `[^1]: see [^1]` sends its CommonMark reader round for ever
(3.9), as do two notes that refer to each other. So both are looked for before pandoc sees the text; a reference that
closes a circle is hidden from pandoc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DEFINITION = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*\[\^([^\]\s]+)\]:")
REFERENCE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.DOTALL)
GOES_ON = re.compile(r"[ >]*(?:    |\t)|[ \t>]*\Z")
"""A line that belongs to a note behind an empty line: indented, or empty itself."""
HIDDEN = "\u02c6"
"""Stands for the caret of a reference that is hidden: one character as well, so that all columns stay."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference inside a note's text."""

    note: str
    """Label of the note it stands in."""
    label: str
    offset: int
    """Of its opening bracket."""


def nested(text: str) -> tuple[Reference, ...]:
    """The references in notes to notes that the file defines, in reading order; circular ones included."""
    if "]:" not in text or "[^" not in text:
        return ()
    found = list(_references(text))
    defined = {match.group(1).casefold() for line in text.split("\n") if (match := DEFINITION.match(line))}
    return tuple(reference for reference in found if reference.label in defined)


def circular(text: str) -> tuple[Reference, ...]:
    """The references that lead from a note back to itself, directly or through other notes, in reading order."""
    found = nested(text)
    leads: dict[str, set[str]] = {}
    for reference in found:
        leads.setdefault(reference.note, set()).add(reference.label)
    return tuple(r for r in found if r.note in _reached(r.label, leads))


def _reached(label: str, leads: dict[str, set[str]]) -> set[str]:
    """Every label that can be reached from one, itself included."""
    seen: set[str] = set()
    waiting = [label]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(leads.get(name, ()))
    return seen


def _references(text: str) -> Iterator[Reference]:
    """Every reference that stands in a note; code is left out."""
    bare = CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    note = ""
    offset = 0
    empty = False
    for line in bare.split("\n"):
        opening = DEFINITION.match(line)
        if opening:
            note = opening.group(1).casefold()
        elif empty and not GOES_ON.match(line):
            note = ""
        if note:
            for match in REFERENCE.finditer(line, opening.end() if opening else 0):
                yield Reference(note, match.group(1).casefold(), offset + match.start())
        empty = not line.strip(" \t\r>")
        offset += len(line) + 1


def hidden(text: str) -> str:
    """The text with circular references made into plain text of the same length."""
    out = list(text)
    for reference in circular(text):
        out[reference.offset + 1] = HIDDEN
    return "".join(out)
