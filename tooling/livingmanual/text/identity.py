"""Names for blocks that survive renumbering.

A block is (section id, fingerprint, number among equals): no ordinals, they renumber (design, section 1). Its id is a
hash of these, so that the same text gives the same bookmarks in every build.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import Any

from livingmanual.model.document import Block, Node
from livingmanual.model.run import Span
from livingmanual.text import fingerprint, tree
from livingmanual.text.tree import Place

PREFIX = "_lm"
"""Word hides bookmarks whose names begin with an underscore; it never wrote a name of more than 40 characters."""


def identify(nodes: list[Node]) -> tuple[list[Node], tuple[Block, ...]]:
    """Give every leaf its id; returns the tree with `id` keys and the blocks in reading order.

    Blocks of a note follow the block that refers to it. The input stays as it is.
    """
    places = iter([place for _, place in tree.leaves(nodes)])
    book = _Book()
    return tree.map_leaves(nodes, lambda leaf: book.enter(leaf, next(places))), tuple(book.blocks)


class _Book:
    """Collects blocks while the tree is rebuilt, and counts equals."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.equals: Counter[tuple[str, str]] = Counter()

    def enter(self, leaf: Node, place: Place, note_of: str = "", note: int = -1) -> Node:
        runs = tuple(tree.runs(leaf))
        print_ = fingerprint.of_runs(runs)
        key = (place.section, print_)
        self.equals[key] += 1
        name = block_id(place.section, print_, self.equals[key])
        at = len(self.blocks)
        self.blocks.append(
            Block(
                name,
                place.kind,
                place.section,
                runs,
                print_,
                _extent(leaf),
                place.level,
                (),
                note_of,
                note,
                _source(leaf),
            )
        )
        out = {**leaf, "id": name}
        if leaf["t"] == "CodeBlock":
            return out
        notes: list[str] = []
        out = tree.with_inlines(out, self._notes(tree.inlines(leaf), place, name, notes))
        if notes:
            self.blocks[at] = replace(self.blocks[at], notes=tuple(notes))
        return out

    def _notes(self, inlines: list[Node], place: Place, owner: str, names: list[str]) -> list[Node]:
        """The inlines with the leaves of their notes entered."""
        return [self._note(node, place, owner, names) for node in inlines]

    def _note(self, node: Node, place: Place, owner: str, names: list[str]) -> Node:
        if node["t"] == "Note":
            inner = [p for _, p in tree.leaves(node["c"], place.section)]
            places = iter(inner)
            before = len(self.blocks)
            number = 1 + max((block.note for block in self.blocks if block.note_of == owner), default=-1)

            def enter(leaf: Node) -> Node:
                found = next(places)
                inside = Place(found.kind, found.level, place.section, (*place.classes, "note"))
                return self.enter(leaf, inside, owner, number)

            content = tree.map_leaves(node["c"], enter)
            names.extend(block.id for block in self.blocks[before:] if block.note_of == owner)
            return {**node, "c": content}
        children = tree.children_of(node)
        if not children or node["t"] == "Image":
            return node
        return tree.with_children(node, self._notes(children, place, owner, names))


def _extent(leaf: Node) -> Span | None:
    """Where the leaf's own words stand: of a translated one, in the catalog."""
    extent: Any = leaf.get("tb") or leaf.get("b")
    path = leaf.get("bp") or leaf.get("p")
    return Span(path, extent[0], extent[1]) if extent and path else None


def _source(leaf: Node) -> Span | None:
    extent: Any = leaf.get("b")
    return Span(leaf["p"], extent[0], extent[1]) if "bp" in leaf and extent else None


def block_id(section: str, print_: str, number: int) -> str:
    """The bookmark name of a block: `_lm` and 20 hexadecimal digits."""
    text = f"{section}\n{print_}\n{number}"
    return PREFIX + hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
