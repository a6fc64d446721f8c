"""Put the manual's files together in their order: front matter, parts with chapters, annexes, back matter.

The file's title heading gets a class that says what it is (`chapter`, `annex`, `front`, `back`), because numbers and
page breaks depend on it. Derived ids that occur in two files are told apart by the file's name; written ids must
differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from livingmanual.compose.position import position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Manual
from livingmanual.text import tree

DERIVED = "derived-id"


def assemble(manual: Manual, documents: Mapping[str, Document]) -> Outcome[list[Node]]:
    """The whole manual as one list of blocks; ids that are written twice are reported, each at its second place."""
    unique = _Unique(documents)
    nodes: list[Node] = []
    for path in manual.front:
        nodes += unique.add(documents[path], "front")
    for part in manual.parts:
        if part.title:
            nodes.append(_part(part.id, part.title, manual.path))
        for path in part.chapters:
            nodes += unique.add(documents[path], "chapter")
    for path in manual.annexes:
        nodes += unique.add(documents[path], "annex")
    for path in manual.back:
        nodes += unique.add(documents[path], "back")
    return Outcome(nodes, tuple(unique.diagnostics))


def _part(identity: str, title: str, path: str) -> Node:
    words = tree.generated(title, f"setting {path}")
    return {"t": "Div", "c": [[identity, ["part"], []], [{"t": "Header", "c": [1, ["", [], []], words], "p": path}]]}


class _Unique:
    """Keeps ids unique over files."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.seen: dict[str, str] = {}
        self.documents = documents
        self.diagnostics: list[Diagnostic] = []

    def add(self, document: Document, role: str) -> list[Node]:
        """A file's blocks with its role on the title heading and derived ids made unique."""
        renamed: dict[str, str] = {}
        for node in tree.identified(document.blocks):
            name = tree.identifier(node)
            if name not in self.seen:
                self.seen[name] = document.path
            elif node["t"] == "Header" and tree.attribute(node, DERIVED):
                renamed[name] = self._free(f"{PurePosixPath(document.path).stem}--{name}")
                self.seen[renamed[name]] = document.path
            else:
                self._report(node, name, document)
        title = next((n for n in document.blocks if n["t"] == "Header"), None)
        return [_prepared(node, renamed, role if node is title else "", document.path) for node in document.blocks]

    def _free(self, name: str) -> str:
        count, base = 1, name
        while name in self.seen:
            count += 1
            name = f"{base}-{count}"
        return name

    def _report(self, node: Node, name: str, document: Document) -> None:
        self.diagnostics.append(
            error(
                "id-duplicate",
                f'the id "{name}" is written twice; the first is in {self.seen[name]}',
                position_of(node, self.documents, document.path),
                "give this one another id and mend the references to it",
            )
        )


def _prepared(node: Node, renamed: dict[str, str], role: str, path: str) -> Node:
    """A block with its new id, its role, and links of its own file mended."""
    out = _header(node, renamed, role) if node["t"] == "Header" else node
    if not renamed:
        return out

    def mend(inline: Node, _: str) -> list[Node] | None:
        target = inline["c"][2][0] if inline["t"] == "Link" else ""
        if not target.startswith("#") or target[1:] not in renamed:
            return None
        new = renamed[target[1:]]
        made = {"g": f"reference {new}"} if "g" in inline else {}
        return [{**inline, "c": [inline["c"][0], inline["c"][1], [f"#{new}", inline["c"][2][1]]], **made}]

    return tree.map_inlines([out], mend)[0]


def _header(node: Node, renamed: dict[str, str], role: str) -> Node:
    level, (name, names, pairs), content = node["c"]
    kept = [pair for pair in pairs if pair[0] != DERIVED]
    return {**node, "c": [level, [renamed.get(name, name), [*names, role] if role else names, kept], content]}
