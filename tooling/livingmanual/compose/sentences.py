"""Where sentences begin: a reference that the tool words itself needs a capital there ("Figure 1 shows …")."""

from __future__ import annotations

import re

from livingmanual.model.document import Node
from livingmanual.text import tree

OPENING = r"[\s\"'(\[{“‘«‹¿¡]*"
"""What may stand between the end of a sentence and the first letter of the next."""
START = re.compile(rf"{OPENING}\Z")
END = re.compile(rf"[.!?…؟।][\"')\]}}”’»›]*\s{OPENING}\Z")
BEFORE_NUMBERS = "[Aa]rts?|[Cc]f|[Cc]hap|ed|[Ff]ig|[Nn]os?|pp?|paras?|[Ss]ect?|viz|vol"
ABBREVIATION = re.compile(rf"(?:^|[\s(\[“«])(?:\w|(?:\w\.)+\w|{BEFORE_NUMBERS})\.\s{OPENING}\Z")
"""A full stop that ends no sentence: behind a single letter, in `e.g.`, and in what stands before numbers."""


def at_beginnings(nodes: list[Node]) -> frozenset[int]:
    """`id()` of every reference without words that begins a paragraph or a sentence; notes are looked through."""
    found: set[int] = set()
    for leaf, _ in tree.leaves(nodes):
        if leaf["t"] != "CodeBlock":
            _leaf(leaf, found)
    return frozenset(found)


def _leaf(leaf: Node, found: set[int]) -> None:
    _walk(tree.inlines(leaf), "", found)
    for note in tree.notes_in(tree.inlines(leaf)):
        found.update(at_beginnings(note["c"]))


def _walk(nodes: list[Node], before: str, found: set[int]) -> str:
    """The text up to the end of these inlines, given the text before them."""
    for node in nodes:
        kind, made = node["t"], str(node.get("g", ""))
        if kind == "Link" and made.startswith("reference ") and begins_sentence(before):
            found.add(id(node))
        if made == "number" or kind in ("Note", "RawInline"):
            continue
        if kind == "Str":
            before += node["c"]
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            before += " "
        elif tree.children_of(node) and kind not in ("Image", "Cite"):
            before = _walk(tree.children_of(node), before, found)
        elif kind != "Span" or made:
            before += "x"
    return before


def begins_sentence(before: str) -> bool:
    """True if what follows this text of a paragraph is the first word of a sentence."""
    return START.match(before) is not None or (END.search(before) is not None and not ABBREVIATION.search(before))
