"""What the comment above an entry tells its translator: where the message stands, and what it is.

`#. ch-legal-basis > sec-legal-forms: table cell` names the sections around it from the top by their ids. Titles would
be nicer to read, but then a changed title would change a hundred entries; line numbers change with every edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from livingmanual.model.catalog import Message
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.translate.messages import messages

WORDS = {
    "item": "list item",
    "cell": "table cell",
    "term": "term of the glossary or of a list",
    "definition": "definition",
    "label": "label",
}
"""What translators call a kind; the others are called as they are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message and what its entry says about its place."""

    message: Message
    place: str


def wanted(document: Document) -> list[Wanted]:
    """The messages of a source file in reading order, each once, with their places."""
    around = trails(document.blocks)
    found: dict[tuple[str, str], Message] = {}
    for message in messages(document):
        found.setdefault(message.key, message)
    return [Wanted(m, place_of(m, around.get(m.context, (m.context,)))) for m in found.values()]


def place_of(message: Message, trail: Sequence[str]) -> str:
    """The comment: ids from the top, then the kind."""
    return f"{' > '.join(trail)}: {WORDS.get(message.kind, message.kind)}"


def trails(blocks: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """For every id of a file the ids around it, from the top, itself included."""
    found: dict[str, tuple[str, ...]] = {}
    for identity, trail in _Trails().walk(blocks):
        found.setdefault(identity, trail)
    return found


@dataclass(slots=True)
class _Trails:
    headings: list[tuple[int, str]] = field(default_factory=list)

    def walk(self, nodes: Sequence[Node], inside: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
        for node in nodes:
            identity = tree.identifier(node)
            if node["t"] == "Header":
                level = node["c"][0]
                self.headings = [heading for heading in self.headings if heading[0] < level]
                if identity:
                    self.headings.append((level, identity))
                    yield identity, self._trail(inside)
                continue
            here = (*inside, identity) if identity else inside
            if identity:
                yield identity, self._trail(here)
            for blocks in _inner(node):
                yield from self.walk(blocks, here)

    def _trail(self, inside: tuple[str, ...]) -> tuple[str, ...]:
        return (*(identity for _, identity in self.headings), *inside)


def _inner(node: Node) -> list[list[Node]]:
    kind, content = node["t"], node.get("c")
    if kind in ("Div", "BlockQuote"):
        return [node["c"][1] if kind == "Div" else node["c"]]
    if kind in ("BulletList", "OrderedList"):
        return list(node["c"] if kind == "BulletList" else node["c"][1])
    return [content[2]] if kind == "Figure" and content else []
