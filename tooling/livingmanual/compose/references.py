"""Fill references with words, and mend links between files.

`[](#sec-x)` becomes "section 2.3", `[](#N05)` "norm N05", a heading without a number its title in quotes; at the
beginning of a sentence the first letter is a capital. A link to
another source file (`05-legal-basis.md#sec-x`) leads to the same place inside the edition. Resolving comes after
dropping, so that nothing points at text that is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from livingmanual.compose.number import Label
from livingmanual.compose.position import nearest, position_of
from livingmanual.compose.sentences import at_beginnings
from livingmanual.compose.traits import Traits, map_where, traits
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared


def resolve(
    nodes: list[Node],
    labels: Mapping[str, Label],
    words: Mapping[str, str],
    documents: Mapping[str, Document],
    shared: Shared | None = None,
) -> Outcome[list[Node]]:
    """Fill every reference and mend every internal link; what leads nowhere is an error and becomes plain text."""
    shared = shared or Shared()
    found = [traits(node, shared) for node in nodes]
    with_links = [node for node, has in zip(nodes, found, strict=True) if has.links]
    first = [shared.once("first", (node,), None, partial(at_beginnings, [node])) for node in with_links]
    resolver = _Resolver(found, frozenset().union(*first), labels, words, documents)
    out = [
        shared.same("resolve", node, map_where(node, "links", resolver.change, shared)) if has.links else node
        for node, has in zip(nodes, found, strict=True)
    ]
    return Outcome(out, tuple(resolver.troubles))


class _Resolver:
    """One pass over the inlines of an edition."""

    def __init__(
        self,
        found: Sequence[Traits],
        first: frozenset[int],
        labels: Mapping[str, Label],
        words: Mapping[str, str],
        documents: Mapping[str, Document],
    ) -> None:
        identified = [(tree.identifier(node), node) for has in found for node in has.identified]
        self.here = {name for name, _ in identified}.union(*(has.spans for has in found))
        self.titles = {node["p"]: name for name, node in reversed(identified) if node["t"] == "Header" and "p" in node}
        self.inside: dict[str, set[str]] = {}
        for name, node in identified:
            self.inside.setdefault(node.get("p", ""), set()).add(name)
        self.first = first
        self.labels, self.words, self.documents = labels, words, documents
        self.troubles: list[Diagnostic] = []

    def change(self, node: Node, path: str) -> list[Node] | None:
        """New inlines for a link; None for everything else."""
        if node["t"] != "Link":
            return None
        target = node["c"][2][0]
        if target.startswith("#"):
            return self._internal(node, target[1:], path)
        if _leaves(target):
            return None
        name, _, fragment = target.partition("#")
        file = self._path(unquote(name), path)
        if file in self.titles:
            found = self._in_file(file, unquote(fragment)) if fragment else self.titles[file]
            if not found:
                self.troubles.append(self._not_in_file(target, position_of(node, self.documents, path)))
            return self._internal(node, found or self.titles[file], path)
        if not _is_text(target):
            return None
        if node.get("g"):
            return self._broken(node, target, path)
        self.troubles.append(self._outside(target, position_of(node, self.documents, path)))
        return None

    def _path(self, name: str, path: str) -> str:
        """The source file that a link's name means: the file, or what opens the folder, or the page made of it."""
        full = posixpath.normpath(posixpath.join(posixpath.dirname(path), name.lstrip("/")))
        tried = [full, *(f"{full}/{opener}" for opener in OPENERS), f"{full.removesuffix('.html')}.md"]
        if name.startswith("/"):
            tried = [known for known in self.titles if known.endswith((name, f"{name.removesuffix('.html')}.md"))]
        return next((known for known in tried if known in self.titles), full)

    def _in_file(self, path: str, fragment: str) -> str:
        """The id that a fragment means in a file, where ids that two files have were told apart; empty if none."""
        mine = self.inside.get(path, set())
        names = (f"{PurePosixPath(path).stem}--{fragment}", fragment)
        found = next((name for wanted in names for name in (wanted, wanted.lower()) if name in mine), "")
        return found or (fragment if fragment in self.here else "")

    def _not_in_file(self, target: str, at: Position | None) -> Diagnostic:
        fragment = target.partition("#")[2]
        return warning(
            "link-unknown",
            f'the link to "{target}" leads to the beginning of the file, because nothing there has the id "{fragment}"',
            at,
            nearest(fragment, self.here) or "correct the link's target",
        )

    def _outside(self, target: str, at: Position | None) -> Diagnostic:
        return warning(
            "link-outside",
            f'the link to "{target}" leads to no file of this edition; its words are kept',
            at,
            "mend the link, or name the file in manual.yaml",
        )

    def _internal(self, node: Node, identity: str, path: str) -> list[Node]:
        identity = identity if identity in self.here else unquote(identity)
        if identity not in self.here:
            return self._broken(node, identity, path)
        link = {**node, "c": [node["c"][0], node["c"][1], [f"#{identity}", node["c"][2][1]]]}
        if not node.get("g"):
            return [link]
        return [{**link, "c": [node["c"][0], self._words(identity, id(node) in self.first), link["c"][2]]}]

    def _words(self, identity: str, capital: bool) -> list[Node]:
        label = self.labels.get(identity, Label("title", "", identity))
        said = self.words[f"ref-{label.kind}"].format(number=label.number or label.title)
        return tree.generated(said[:1].upper() + said[1:] if capital else said, f"reference {identity}")

    def _broken(self, node: Node, identity: str, path: str) -> list[Node]:
        at = position_of(node, self.documents, path)
        if node.get("g"):
            shown = identity if _is_text(identity) else f"#{identity}"
            hint = self._left_out(identity) or nearest(identity, self.here) or NAME_ONE
            self.troubles.append(error("reference-unknown", f'the reference to "{shown}" leads nowhere', at, hint))
            return tree.generated(f"[?{identity}]", f"reference {identity}")
        self.troubles.append(self._link(identity, at))
        return list(node["c"][1])

    def _left_out(self, identity: str) -> str:
        """A hint for an id of the manual that this edition leaves out; empty for any other."""
        return LEFT_OUT if identity in self.labels else ""

    def _link(self, identity: str, at: Position | None) -> Diagnostic:
        hint = self._left_out(identity) or nearest(identity, self.here) or "correct the link's target"
        return warning(
            "link-unknown", f'the link to "#{identity}" leads nowhere in this edition; its words are kept', at, hint
        )


NAME_ONE = "write the id of a heading, norm, table or figure of this edition"
LEFT_OUT = (
    "this edition leaves it out: put what leads to it under the same condition, "
    "or let the override say not-applicable instead of remove"
)
OPENERS = ("README.md", "index.md", "readme.md", "Readme.md", "_index.md")
"""Files that open a folder."""


def _leaves(target: str) -> bool:
    """True if a link's target is no path."""
    return ":" in target.split("/", maxsplit=1)[0] or target.startswith("//")


def _is_text(target: str) -> bool:
    """True if a link's target is the path of a source file."""
    return not _leaves(target) and target.partition("#")[0].lower().endswith((".md", ".markdown"))
