"""Passages that a reader must know something about: not translated yet, or translated before their text changed.

The tree says so with a `Span` of class `untranslated` or `stale` around all inlines of a leaf, with the language and
the direction of the words that are shown. Every writer puts a line beside the passage and says its language, and none
of them adds a letter to its text, which a reviewer's file must give back unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

from livingmanual.model.document import Node
from livingmanual.text import tree

KINDS = ("untranslated", "stale")
"""Classes of the spans; the first one that a span has counts."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said about a passage."""

    kind: str
    """One of `KINDS`."""
    language: str
    """BCP 47, of the words that are shown; empty for the edition's own."""
    direction: str
    """`ltr` or `rtl`; empty for the edition's own."""
    inlines: list[Node]
    before: tuple[Node, ...] = ()
    """What the tool itself wrote before the passage, such as a heading's number."""


def mark_of(node: Node) -> Mark | None:
    """The mark that an inline is; None for everything else."""
    if node["t"] != "Span":
        return None
    kind = next((kind for kind in KINDS if kind in tree.classes(node)), "")
    if not kind:
        return None
    return Mark(kind, tree.attribute(node, "lang"), tree.attribute(node, "dir"), node["c"][1])


def mark_of_leaf(nodes: list[Node]) -> Mark | None:
    """The mark of a leaf, given its inlines; behind a number or label of the tool's own. None if it has none."""
    rest = [at for at, node in enumerate(nodes) if not _made(node)]
    if len(rest) != 1:
        return None
    mark = mark_of(nodes[rest[0]])
    if mark is None:
        return None
    return Mark(mark.kind, mark.language, mark.direction, mark.inlines, tuple(nodes[: rest[0]]))


def _made(node: Node) -> bool:
    """True for a number and a label before a text."""
    return node["t"] == "Span" and bool({"number", "label"} & set(tree.classes(node)))
