"""Keep the ids of an edition apart.

Who writes an id means it, so a written id that occurs twice is an error. An id that was derived from a heading's words
is nobody's: where two meet, the second gets a name in front, and the links of its own file are mended.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from livingmanual.compose.position import position_of
from livingmanual.model.diagnostic import Diagnostic, Position, error
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.text import tree

DERIVED = "derived-id"
"""The attribute that says of a heading that nobody wrote its id."""


def settled(blocks: list[Node], taken: Container[str], prefix: str) -> list[Node]:
    """The blocks of one file without marks of derived ids; those ids that are taken begin with `prefix` and `--`."""
    links: dict[str, str] = {}
    for node in tree.identified(blocks):
        name = tree.identifier(node)
        if node["t"] == "Header" and tree.attribute(node, DERIVED) and name in taken:
            links[name] = _free(f"{prefix}--{name}", taken)
    out = tree.map_leaves(blocks, lambda leaf: _heading(leaf, links))
    return tree.map_inlines(out, lambda node, _: _link(node, links)) if links else out


def _free(name: str, taken: Container[str]) -> str:
    count, base = 1, name
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def _heading(leaf: Node, links: Mapping[str, str]) -> Node:
    if leaf["t"] != "Header" or not tree.attribute(leaf, DERIVED):
        return leaf
    level, (name, names, pairs), words = leaf["c"]
    kept = [pair for pair in pairs if pair[0] != DERIVED]
    return {**leaf, "c": [level, [links.get(name, name), names, kept], words]}


def _link(node: Node, links: Mapping[str, str]) -> list[Node] | None:
    target = node["c"][2][0] if node["t"] == "Link" else ""
    new = links.get(target.removeprefix("#")) if target.startswith("#") else None
    if new is None:
        return None
    made = {"g": f"reference {new}"} if "g" in node else {}
    return [{**node, "c": [node["c"][0], node["c"][1], [f"#{new}", node["c"][2][1]]], **made}]


def unclear(documents: Iterable[Document]) -> dict[str, tuple[Position, ...]]:
    """Ids that nobody wrote and that several headings have, each with the places of these headings.

    Such a name is no target: which of them it means would depend on the order of the files.
    """
    found: dict[str, list[Position]] = {}
    for document in documents:
        for node in tree.identified(document.blocks):
            if node["t"] == "Header" and tree.attribute(node, DERIVED):
                at = position_of(node, {document.path: document}, document.path)
                found.setdefault(tree.identifier(node), []).extend([at] if at else [])
    return {name: tuple(places) for name, places in found.items() if len(places) > 1}


def ambiguous(names: Mapping[str, Sequence[Position]], overlays: Iterable[Overlay]) -> list[Diagnostic]:
    """An error for every override whose target is one of `unclear`."""
    return [
        error(
            "override-ambiguous",
            f'the target "{override.target}" may be any of the headings at '
            + ", ".join(f"{at.path}:{at.line}" for at in names[override.target]),
            Position(override.document.path, line_of(override)),
            "write an id at the one that is meant, ## Heading {#sec-name}, and name that",
        )
        for overlay in overlays
        for override in overlay.overrides
        if override.target in names and override.action is not Action.TERM
    ]


def line_of(override: Override) -> int:
    """The line of `target:` in an override's file."""
    text = override.document.text
    return text.count("\n", 0, max(text.find("target:"), 0)) + 1


def doubles(nodes: list[Node], paths: Container[str], documents: Mapping[str, Document]) -> list[Diagnostic]:
    """An error for every block of the files `paths` whose written id stands in the edition already."""
    seen: dict[str, str] = {}
    found: list[Diagnostic] = []
    of_manual = [node for node in tree.identified(nodes) if node.get("p", "") not in paths]
    of_overrides = [node for node in tree.identified(nodes) if node.get("p", "") in paths]
    for node in (*of_manual, *of_overrides):
        name, path = tree.identifier(node), str(node.get("p", ""))
        if path in paths and name in seen:
            found.append(double(node, name, seen[name], documents))
        seen.setdefault(name, path)
    return found


def double(node: Node, name: str, first: str, documents: Mapping[str, Document], path: str = "") -> Diagnostic:
    """The error for an id that is written a second time."""
    return error(
        "id-duplicate",
        f'the id "{name}" is written twice; the first is in {first}',
        position_of(node, documents, path),
        "give this one another id and mend the references to it",
    )
