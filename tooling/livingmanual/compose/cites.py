"""Citations: collect them for the citation processor, and put its words back.

Pandoc's citeproc renders a small document that holds nothing but the edition's citations, in order. What it prints
for each, and the list of works cited, come back as generated text; the manual's own text never passes through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from livingmanual.compose.position import nearest, position_of
from livingmanual.compose.traits import cites_in, cites_of, traits
from livingmanual.model.diagnostic import Diagnostic, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared


def collect(nodes: list[Node], shared: Shared | None = None, at: Sequence[int] | None = None) -> list[Node]:
    """Every citation in reading order, without private keys; `at` are the indexes of the blocks that hold some."""
    shared = shared or Shared()
    holding = nodes if at is None else [nodes[index] for index in at]
    found = [cite for node in holding for cite in cites_of(node, shared)]
    return [shared.once("cite", (cite,), None, partial(tree.plain, cite)) for cite in found]


def unknown(
    nodes: list[Node], keys: Iterable[str], documents: Mapping[str, Document], shared: Shared | None = None
) -> tuple[Diagnostic, ...]:
    """An error for every cited key that is not among the references."""
    known = set(keys)
    shared = shared or Shared()
    troubles: list[Diagnostic] = []
    for node, path in (found for block in nodes for found in traits(block, shared).cites):
        for item in node["c"][0]:
            key = item["citationId"]
            if key not in known:
                at = position_of(node, documents, path)
                hint = nearest(key, known) or "add the work to the references file"
                troubles.append(error("citation-unknown", f'no work has the key "{key}"', at, hint))
    return tuple(troubles)


def document(cites: list[Node]) -> dict[str, Any]:
    """Pandoc's JSON of a document that holds the citations, one paragraph each, and a place for the list of works."""
    paragraphs = [{"t": "Para", "c": [cite]} for cite in cites]
    refs = {"t": "Div", "c": [["refs", [], []], []]}
    return {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [*paragraphs, refs]}


def splice(
    nodes: list[Node], rendered: list[Node], shared: Shared | None = None, at: Sequence[int] | None = None
) -> list[Node]:
    """Put the processor's words into the citations and the list of works at the end of the edition.

    `rendered` are the blocks of `document(collect(nodes))` after citeproc; `at` are the indexes of the blocks that hold
    citations.
    """
    shared = shared or Shared()
    words = iter([block["c"] for block in rendered if block["t"] == "Para"])
    out = list(nodes)
    for index in range(len(nodes)) if at is None else at:
        node = nodes[index]
        shown = [next(words) for _ in cites_of(node, shared)]
        if shown:
            out[index] = shared.once("splice", (node, *shown), None, partial(_spliced, node, shown, shared))
    works = next((block for block in rendered if block["t"] == "Div" and block["c"][0][0] == "refs"), None)
    return [*out, shared.once("works", (works,), None, partial(_list, works))] if works and works["c"][1] else out


def _spliced(node: Node, words: list[list[Node]], shared: Shared) -> Node:
    """A block with the processor's words for its citations, in reading order."""
    rest = iter(words)

    def in_leaf(leaf: Node) -> Node:
        shown = [next(rest) for _ in cites_in(leaf, shared)]
        return shared.once("splice", (leaf, *shown), None, partial(_spliced_leaf, leaf, shown)) if shown else leaf

    return shared.same("splice", node, tree.map_leaves([node], in_leaf)[0])


def _spliced_leaf(leaf: Node, words: list[list[Node]]) -> Node:
    rest = iter(words)

    def change(inline: Node, _: str) -> list[Node] | None:
        if inline["t"] != "Cite":
            return None
        inlines = next(rest)
        shown = inlines[0]["c"][1] if inlines and inlines[0]["t"] == "Cite" else inlines
        return [{**inline, "c": [inline["c"][0], _generated(shown, inline["g"])]}]

    return tree.map_leaf(leaf, change)


def _list(works: Node) -> Node:
    entries = []
    for entry in works["c"][1]:
        key = entry["c"][0][0].removeprefix("ref-")
        made = f"reference list {key}"
        blocks = [
            {"t": "Para", "c": _generated(block["c"], made)}
            for block in entry["c"][1]
            if block["t"] in ("Para", "Plain")
        ]
        entries.append({"t": "Div", "c": [[f"ref-{key}", ["csl-entry"], []], blocks]})
    return {"t": "Div", "c": [["refs", ["references"], []], entries]}


def _generated(nodes: list[Node], made: str) -> list[Node]:
    """The processor's inlines as generated text; wrappers that only carry classes are taken off."""
    out: list[Node] = []
    for node in nodes:
        if node["t"] == "Span" and not re.search(r"to-confirm", " ".join(node["c"][0][1])):
            out.extend(_generated(node["c"][1], made))
        elif tree.children_of(node):
            out.append({**tree.with_children(node, _generated(tree.children_of(node), made)), "g": made})
        else:
            out.append({**node, "g": made} if node["t"] != "SoftBreak" else {"t": "Space", "g": made})
    return out
