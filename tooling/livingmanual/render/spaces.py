"""Spaces at which no line may end, in the PDF and the page of a French edition.

A translator writes an ordinary space before `:` and inside « »; a line must not end there. The Word file keeps what
the translator wrote, because it comes back and is compared with that; the PDF and the page do not come back.
"""

from __future__ import annotations

from livingmanual.model.document import Node
from livingmanual.text.typography import NARROW

MARKS = (";", ":", "!", "?", "»")
OPENING = "«"


def kept_together(nodes: list[Node], language: str) -> list[Node]:
    """The same inlines with narrow spaces that do not break where French has them; as they are in other languages."""
    if language.split("-", maxsplit=1)[0] != "fr":
        return nodes
    out = list(nodes)
    for at in range(1, len(nodes) - 1):
        if nodes[at]["t"] in ("Space", "SoftBreak") and _together(nodes[at - 1], nodes[at + 1]):
            out[at] = {"t": "Str", "c": NARROW}
    return out


def _together(before: Node, after: Node) -> bool:
    """True for what French sets apart by a space that does not break."""
    if after["t"] == "Str" and after["c"].startswith(MARKS) and not after["c"][1:2].isalnum():
        return True
    return bool(before["t"] == "Str" and before["c"].endswith(OPENING))
