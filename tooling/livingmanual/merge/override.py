"""Turn changes of the manual into an override of one country.

A national committee may keep a suggestion for itself: then the manual stays as it is, and the country gets an override
that replaces the smallest identified part around the change with the changed text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from livingmanual.model.document import Document, Node
from livingmanual.model.remark import Edit
from livingmanual.text import tree

NOTE_USE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
PICTURE = re.compile(r"(!\[[^\]]*\]\()([^)\s]+)")


@dataclass(frozen=True, slots=True)
class Target:
    """An identified part of a file: its id, and the half-open slice of its content, heading or fences left out."""

    id: str
    start: int
    end: int


def target_around(document: Document, edits: Sequence[Edit]) -> Target | None:
    """The smallest identified part (section, norm, table) whose content holds all the edits; None if none does."""
    low, high = min(e.start for e in edits), max(e.end for e in edits)
    found = [t for t in targets(document) if t.start <= low and high <= t.end]
    return min(found, key=lambda t: t.end - t.start, default=None)


def targets(document: Document) -> Iterator[Target]:
    """Every identified part of a file that an override can replace."""
    yield from _targets(document.blocks, document.text, len(document.text))


def _targets(nodes: list[Node], text: str, end: int) -> Iterator[Target]:
    for index, node in enumerate(nodes):
        if node["t"] == "Header" and "b" in node:
            yield Target(tree.identifier(node), _next_line(text, node["b"][1]), _section_end(nodes, index, end))
        elif node["t"] == "Div" and "b" in node:
            start, stop = _next_line(text, node["b"][0]), text.rfind("\n", 0, node["b"][1]) + 1
            if tree.identifier(node) and start < stop:
                yield Target(tree.identifier(node), start, stop)
            yield from _targets(node["c"][1], text, stop)


def _next_line(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return found + 1 if found >= 0 else len(text)


def _section_end(nodes: list[Node], start: int, end: int) -> int:
    level = nodes[start]["c"][0]
    for node in nodes[start + 1 :]:
        if node["t"] == "Header" and node["c"][0] <= level and "b" in node:
            return int(node["b"][0])
    return end


def content(document: Document, target: Target, edits: Sequence[Edit], path: str) -> str:
    """The target's text with the edits, fit to stand in the override file `path`: with the notes that it refers to,
    and with its pictures found from there.
    """
    parts: list[str] = []
    at = target.start
    for edit in sorted(edits):
        parts += [document.text[at : edit.start], edit.new]
        at = edit.end
    text = "".join([*parts, document.text[at : target.end]]).strip("\n") + "\n"
    text = seen_from(text, document.path, path)
    return text + missing_notes(document.text, text)


def seen_from(text: str, old: str, new: str) -> str:
    """A text of the file `old` with its pictures found from the file `new`."""
    return PICTURE.sub(lambda m: m.group(1) + _seen_from(m.group(2), old, new), text)


def missing_notes(source: str, text: str) -> str:
    """Definitions in `source` of notes that a text refers to and does not hold itself, ready to stand behind it."""
    return "".join(f"\n{definition}" for definition in _definitions(source, text))


def _seen_from(target: str, old: str, new: str) -> str:
    if re.match(r"[a-zA-Z][\w+.-]*:|/", target):
        return target
    full = posixpath.normpath(posixpath.join(posixpath.dirname(old), target))
    return posixpath.relpath(full, posixpath.dirname(new))


def _definitions(source: str, text: str) -> Iterator[str]:
    """Definitions of notes that the text refers to and does not hold itself."""
    for label in dict.fromkeys(NOTE_USE.findall(text)):
        start = rf"^\[\^{re.escape(label)}\]:"
        if re.search(start, text, re.MULTILINE):
            continue
        found = re.search(start + r".*(?:\n(?:[ \t]+.*|(?=\n[ \t]+\S)))*(?:\n(?!\[\^|\n|#).*)*", source, re.MULTILINE)
        if found:
            yield found.group() + "\n"
