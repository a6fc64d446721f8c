"""Latin words and groups of digits inside an edition from right to left, marked for the writers of PDF and HTML.

A `Span` with `dir="ltr"` is put around each stretch that must keep its own direction (`text/bidi.py` says which). The
text stays what it is: the marks are attributes, not the invisible characters of UAX #9, which would come back from a
reviewer as changes. Word has no such span; there `docx/paragraphs.py` cuts runs at the same places.
"""

from __future__ import annotations

from collections.abc import Iterator

from livingmanual.model.document import Node
from livingmanual.text import bidi, tree

SPACES = ("Space", "SoftBreak")
LTR = ["", [], [["dir", "ltr"]]]


def isolated(nodes: list[Node]) -> list[Node]:
    """The same inlines with their left-to-right stretches in spans; the input stays as it is.

    Only neighbours on one level are joined to a stretch: emphasis inside a Latin name divides it in two.
    """
    out: list[Node] = []
    text: list[Node] = []
    for node in nodes:
        if node["t"] == "Str" or node["t"] in SPACES:
            text.append(node)
            continue
        out += _cut(text)
        text = []
        out.append(node)
    return [*out, *_cut(text)]


def isolated_text(text: str) -> str:
    """A line of text for the PDF with the marks of UAX #9 around its stretches, where no span can stand."""
    out, at = "", 0
    for start, end in bidi.stretches(text):
        out += text[at:start] + "\u2066" + text[start:end] + "\u2069"
        at = end
    return out + text[at:]


def own_direction(nodes: list[Node]) -> str:
    """`ltr` for a text in which every letter runs from left to right, else empty: the edition's own."""
    return "ltr" if bidi.direction(tree.string(nodes)) == "ltr" else ""


def begins_leftward(blocks: list[Node]) -> bool:
    """True for an entry of the references that begins with a Latin letter: it runs from left to right as a whole."""
    return bidi.beginning(" ".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(blocks))) == "ltr"


def _cut(nodes: list[Node]) -> list[Node]:
    said = "".join(node["c"] if node["t"] == "Str" else " " for node in nodes)
    places = bidi.stretches(said)
    if not places:
        return nodes
    out: list[Node] = []
    at = 0
    for start, end in [*places, (len(said), len(said))]:
        out += _between(nodes, at, start)
        inside = _between(nodes, start, end)
        out += [{"t": "Span", "c": [LTR, inside]}] if inside else []
        at = end
    return out


def _between(nodes: list[Node], start: int, end: int) -> list[Node]:
    """The part of text nodes between two characters."""
    return [
        part for node, first, last in _placed(nodes) for part in _part(node, start - first, end - first, last - first)
    ]


def _placed(nodes: list[Node]) -> Iterator[tuple[Node, int, int]]:
    at = 0
    for node in nodes:
        length = len(node["c"]) if node["t"] == "Str" else 1
        yield node, at, at + length
        at += length


def _part(node: Node, start: int, end: int, length: int) -> list[Node]:
    start, end = max(start, 0), min(end, length)
    if start >= end:
        return []
    return [{**node, "c": node["c"][start:end]}] if node["t"] == "Str" else [node]
