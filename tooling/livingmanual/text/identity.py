"""Names for blocks that survive renumbering.

A block is (section id, fingerprint, number among equals): no ordinals, they renumber (design, section 1). Its id is a
hash of these, so that the same text gives the same bookmarks in every build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from livingmanual.model.document import Block, Node
from livingmanual.model.run import Run, Span
from livingmanual.text import fingerprint, tree
from livingmanual.text.shared import Shared
from livingmanual.text.tree import Place

PREFIX = "_lm"
"""Word hides bookmarks whose names begin with an underscore; it never wrote a name of more than 40 characters."""


Equal = tuple[str, str]
"""Section and fingerprint: blocks that share them are told apart by their number."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Blocks that were identified, with what was known in front of each."""

    nodes: list[Node]
    sections: list[str]
    before: list[dict[Equal, int]]
    books: list[_Book]

    def with_nodes(self, nodes: list[Node], shared: Shared) -> list[_Book] | None:
        """The books of blocks that differ from these in some places only; None if one of them would change others."""
        if len(nodes) != len(self.nodes):
            return None
        books = list(self.books)
        for index, (node, old) in enumerate(zip(nodes, self.nodes, strict=True)):
            if node is not old:
                book = _book(node, self.sections[index], self.before[index], shared)
                if book.equals != books[index].equals or tree.identifier(node) != tree.identifier(old):
                    return None
                books[index] = book
        return books


def identify(
    nodes: list[Node], shared: Shared | None = None, like: list[Node] | None = None
) -> tuple[list[Node], tuple[Block, ...]]:
    """Give every leaf its id; returns the tree with `id` keys and the blocks in reading order.

    Blocks of a note follow the block that refers to it. The input stays as it is. `like` is what these blocks were made
    from, if it is the same for other editions, which then differ from this one in some blocks only.
    """
    shared = shared or Shared()
    first = shared.once("line", (nodes if like is None else like,), None, partial(_line, nodes, shared))
    books = first.with_nodes(nodes, shared) or _line(nodes, shared).books
    return [book.node for book in books], tuple(chain.from_iterable(book.blocks for book in books))


def _line(nodes: list[Node], shared: Shared) -> _Line:
    line = _Line(nodes, [], [], [])
    equals: dict[Equal, int] = {}
    section = ""
    for node in nodes:
        if node["t"] == "Header":
            section = tree.identifier(node) or section
        alone = _book(node, section, {}, shared)
        before = {} if equals.keys().isdisjoint(alone.equals) else {e: equals[e] for e in alone.equals if e in equals}
        book = _book(node, section, before, shared) if before else alone
        line.sections.append(section)
        line.before.append(before)
        line.books.append(book)
        equals.update(book.equals)
    return line


def _book(node: Node, section: str, before: dict[Equal, int], shared: Shared) -> _Book:
    facts = (section, tuple(before.items()))
    return shared.once("identify", (node,), facts, partial(_Book, node, section, before, shared))


class _Book:
    """One block of the tree with the ids of its leaves, and the count of equals so far (`before`: in front of it)."""

    def __init__(self, node: Node, section: str, before: Mapping[Equal, int], shared: Shared) -> None:
        self.shared = shared
        self.blocks: list[Block] = []
        self.equals: dict[Equal, int] = dict(before)
        places = iter([place for _, place in tree.leaves([node], section)])
        self.node = tree.map_leaves([node], lambda leaf: self.enter(leaf, next(places)))[0]

    def enter(self, leaf: Node, place: Place, note_of: str = "", note: int = -1) -> Node:
        """The leaf with its id, and those of the notes in it."""
        runs, print_, with_notes = self.shared.once("runs", (leaf,), None, partial(_told, leaf))
        key = (place.section, print_)
        self.equals[key] = self.equals.get(key, 0) + 1
        number = self.equals[key]
        if not with_notes:
            facts = (place, number, note_of, note)
            out, block = self.shared.once("leaf", (leaf,), facts, partial(_alone, leaf, runs, print_, *facts))
            self.blocks.append(block)
            return out
        name = block_id(place.section, print_, number)
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
        notes: list[str] = []
        out = tree.with_inlines({**leaf, "id": name}, self._notes(tree.inlines(leaf), place, name, notes))
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


def _told(leaf: Node) -> tuple[tuple[Run, ...], str, bool]:
    """A leaf's runs, their fingerprint, and if it refers to notes."""
    runs = tuple(tree.runs(leaf))
    notes = leaf["t"] != "CodeBlock" and next(tree.notes_in(tree.inlines(leaf)), None) is not None
    return runs, fingerprint.of_runs(runs), notes


def _alone(
    leaf: Node, runs: tuple[Run, ...], print_: str, place: Place, number: int, note_of: str, note: int
) -> tuple[Node, Block]:
    """A leaf without notes, with its id, and its block."""
    name = block_id(place.section, print_, number)
    block = Block(name, place.kind, place.section, runs, print_, _extent(leaf), place.level, (), note_of, note)
    return {**leaf, "id": name}, block


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
