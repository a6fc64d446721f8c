"""From a node of the tree to a place that people can go to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from livingmanual.model.diagnostic import Position
from livingmanual.model.document import Document, Node


def position_of(node: Node, documents: Mapping[str, Document], path: str = "") -> Position | None:
    """Path, line and column of a node; of `path` alone if the node has no position; None if there is no path either."""
    where = node.get("p", path)
    offset = node.get("@") or node.get("b")
    document = documents.get(where)
    if document is None or not offset:
        return Position(where) if where else None
    return Position(where, document.line_of(offset[0]), document.column_of(offset[0]))


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the most similar known name; empty if none is similar."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'did you mean "{found[0]}"?' if found else ""
