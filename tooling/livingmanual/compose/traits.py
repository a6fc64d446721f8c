"""What a block holds that may read differently in another edition: looked up once, and all others are left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from livingmanual.model.document import Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared


@dataclass(frozen=True, slots=True)
class Traits:
    """What stands in one block, at any depth."""

    identified: tuple[Node, ...]
    """As `tree.identified`."""
    spans: frozenset[str]
    """Ids of inlines, which links may name as well."""
    cites: tuple[tuple[Node, str], ...]
    """Citations in reading order, each with the path of its leaf."""
    links: bool
    images: bool
    tokens: bool
    """Variables, and labels in the words of the edition's language."""
    overrides: bool
    """Text of an overlay."""
    generated: bool
    """A place for a table that the tool makes."""
    states: tuple[str, ...]
    """What is known of the translation of each leaf of which something is known."""


@dataclass(frozen=True, slots=True)
class Places:
    """Which of some blocks hold something: their indexes."""

    tokens: tuple[int, ...]
    cites: tuple[int, ...]
    images: tuple[int, ...]
    states: tuple[int, ...]


def places(nodes: list[Node], shared: Shared) -> Places:
    """Where something stands in these blocks; looked up once for one list."""
    return shared.once("places", (nodes,), None, lambda: _places(nodes, shared))


def _places(nodes: list[Node], shared: Shared) -> Places:
    found = [traits(node, shared) for node in nodes]

    def those(name: str) -> tuple[int, ...]:
        return tuple(index for index, has in enumerate(found) if getattr(has, name))

    return Places(those("tokens"), those("cites"), those("images"), those("states"))


def map_where(node: Node, what: str, change: Callable[[Node, str], list[Node] | None], shared: Shared) -> Node:
    """As `tree.map_inlines`, for one block; leaves without a `what` (`tokens`, `links`) are passed by."""

    def in_leaf(leaf: Node) -> Node:
        holds = getattr(_held(leaf, shared), what)
        return shared.same(what, leaf, tree.map_leaf(leaf, change)) if holds else leaf

    return tree.map_leaves([node], in_leaf)[0]


@dataclass(frozen=True, slots=True)
class _Held:
    """What stands in one leaf, its notes included."""

    cites: tuple[Node, ...]
    links: bool
    tokens: bool


def _held(leaf: Node, shared: Shared) -> _Held:
    return shared.once("held", (leaf,), None, partial(_look, leaf))


def _look(leaf: Node) -> _Held:
    if leaf["t"] == "CodeBlock":
        return _Held((), False, False)
    found = [inline for inline, _ in tree.walk_inlines([{"t": "Plain", "c": tree.inlines(leaf)}])]
    cites = tuple(inline for inline in found if inline["t"] == "Cite")
    return _Held(cites, any(inline["t"] == "Link" for inline in found), any(map(is_token, found)))


def cites_in(leaf: Node, shared: Shared) -> tuple[Node, ...]:
    """The citations of a leaf in reading order, those in its notes included."""
    return _held(leaf, shared).cites


def cites_of(node: Node, shared: Shared) -> tuple[Node, ...]:
    """The citations of a block in reading order."""

    def found() -> tuple[Node, ...]:
        return tuple(cite for leaf, _ in tree.leaves([node]) for cite in cites_in(leaf, shared))

    return shared.once("cites", (node,), None, found)


def is_token(inline: Node) -> bool:
    """True for a variable, and for a label in the words of the edition's language."""
    return str(inline.get("g", "")).startswith(("variable ", "label "))


def traits(node: Node, shared: Shared) -> Traits:
    """The traits of a block."""
    return shared.once("traits", (node,), None, lambda: _traits(node))


def _traits(node: Node) -> Traits:
    spans: set[str] = set()
    cites: list[tuple[Node, str]] = []
    links = images = tokens = False
    for inline, leaf in tree.walk_inlines([node]):
        kind = inline["t"]
        if kind in ("Span", "Code", "Link", "Image"):
            spans.add(inline["c"][0][0])
            links = links or kind == "Link"
            images = images or kind == "Image"
        elif kind == "Cite":
            cites.append((inline, leaf.get("p", "")))
        tokens = tokens or is_token(inline)
    overrides, generated = (node["t"] == "Div" and _is_around(node, name) for name in ("override", "generated"))
    found = tuple(tree.identified([node]))
    return Traits(
        found,
        frozenset(spans - {""}),
        tuple(cites),
        links,
        images,
        tokens,
        overrides,
        generated,
        tuple(_states([node])),
    )


def _states(nodes: list[Node]) -> Iterator[str]:
    for leaf, _ in tree.leaves(nodes):
        if "tr" in leaf:
            yield leaf["tr"]
        if leaf["t"] != "CodeBlock":
            for note in tree.notes_in(tree.inlines(leaf)):
                yield from _states(note["c"])


def _is_around(div: Node, name: str) -> bool:
    """True if this div, or a div in it, has a class."""
    return name in tree.classes(div) or any(_is_around(child, name) for child in div["c"][1] if child["t"] == "Div")
