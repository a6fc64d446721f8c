"""Put the manual's files together in their order: front matter, parts with chapters, annexes, back matter.

The file's title heading gets a class that says what it is (`chapter`, `annex`, `front`, `back`), because numbers and
page breaks depend on it. Derived ids that occur in two files are told apart by the file's name; written ids must
differ.

Text that others wrote may leave out what we count on. If `manual.yaml` has `titles:`, a file that does not begin with a
heading of level 1 gets one that is made: as `titles:` calls the file, or its front matter, or its name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from livingmanual.compose.position import position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Manual
from livingmanual.text import tree
from livingmanual.text.slug import slug

DERIVED = "derived-id"


def assemble(manual: Manual, documents: Mapping[str, Document]) -> Outcome[list[Node]]:
    """The whole manual as one list of blocks; ids that are written twice are reported, each at its second place."""
    unique = _Unique(documents, manual)
    nodes: list[Node] = []
    for path in manual.front:
        nodes += unique.add(documents[path], "front")
    for part in manual.parts:
        if part.title:
            unique.seen.setdefault(part.id, manual.path)
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

    def __init__(self, documents: Mapping[str, Document], manual: Manual) -> None:
        self.seen: dict[str, str] = {}
        self.documents, self.manual = documents, manual
        self.diagnostics: list[Diagnostic] = []

    def add(self, document: Document, role: str) -> list[Node]:
        """A file's blocks with its role on its headings of level 1 and derived ids made unique."""
        links: dict[str, str] = {}
        headings: dict[int, str] = {}
        for node in tree.identified(document.blocks):
            name = tree.identifier(node)
            if name not in self.seen:
                self.seen[name] = document.path
            elif node["t"] == "Header" and (self.manual.lenient or tree.attribute(node, DERIVED)):
                new = headings[id(node)] = self._own(name, document.path)
                if self.seen[name] != document.path:
                    links.setdefault(name, new)
            else:
                self._report(node, name, document)
        blocks = [_prepared(node, headings, links, role) for node in document.blocks]
        return [*self._title(document, role), *blocks]

    def _title(self, document: Document, role: str) -> list[Node]:
        """A heading for a file that does not begin with one, if the manual wants that; empty otherwise."""
        words = _made_title(document, self.manual)
        if not words:
            return []
        name = slug(words) or "section"
        name = self._own(name, document.path) if name in self.seen else name
        self.seen[name] = document.path
        inlines = tree.generated(words, f"title {document.path}")
        return [{"t": "Header", "c": [1, [name, [role], []], inlines], "p": document.path}]

    def _own(self, name: str, path: str) -> str:
        """A free id that tells the file."""
        new = self._free(f"{PurePosixPath(path).stem}--{name}")
        self.seen[new] = path
        return new

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


def _made_title(document: Document, manual: Manual) -> str:
    """What a file is called that does not begin with a heading of level 1, if the manual wants that; else empty."""
    titles = manual.settings.get("titles")
    first = next((node for node in document.blocks if node["t"] == "Header"), None)
    if not isinstance(titles, dict) or (first and first["c"][0] == 1):
        return ""
    folder = posixpath.dirname(manual.path)
    named = {posixpath.normpath(posixpath.join(folder, str(path))): str(words) for path, words in titles.items()}
    said = document.meta.get("title")
    return named.get(document.path) or (said.strip() if isinstance(said, str) else "") or _from_name(document.path)


def _from_name(path: str) -> str:
    """A title from a file's name, or from its folder's if the file opens that: `02-first-steps.md`, "First steps"."""
    stem, folder = PurePosixPath(path).stem, PurePosixPath(path).parent.name
    name = folder if stem.lower() in ("readme", "index", "_index") and folder else stem
    words = re.sub(r"[\s_-]+", " ", re.sub(r"^\d+[\s._-]*(?=\D)", "", name)).strip() or name
    return words[:1].upper() + words[1:]


def _prepared(node: Node, headings: Mapping[int, str], links: Mapping[str, str], role: str) -> Node:
    """A block with the new ids of headings, the file's role, and links of its own file mended."""
    if node["t"] == "Header":
        out = _header(node, headings, role if node["c"][0] == 1 else "")
    elif node["t"] in ("Div", "BlockQuote", "BulletList", "OrderedList"):
        out = tree.map_leaves([node], lambda leaf: _header(leaf, headings, "") if leaf["t"] == "Header" else leaf)[0]
    else:
        out = node
    if not links:
        return out

    def mend(inline: Node, _: str) -> list[Node] | None:
        target = inline["c"][2][0] if inline["t"] == "Link" else ""
        if not target.startswith("#") or target[1:] not in links:
            return None
        new = links[target[1:]]
        made = {"g": f"reference {new}"} if "g" in inline else {}
        return [{**inline, "c": [inline["c"][0], inline["c"][1], [f"#{new}", inline["c"][2][1]]], **made}]

    return tree.map_inlines([out], mend)[0]


def _header(node: Node, headings: Mapping[int, str], role: str) -> Node:
    level, (name, names, pairs), content = node["c"]
    kept = [pair for pair in pairs if pair[0] != DERIVED]
    return {**node, "c": [level, [headings.get(id(node), name), [*names, role] if role else names, kept], content]}
