"""Fill references with words, and mend links between files.

`[](#sec-x)` becomes "section 2.3", `[](#N05)` "norm N05", a heading without a number its title in quotes. A link to
another source file (`05-legal-basis.md#sec-x`) leads to the same place inside the edition. Resolving comes after
dropping, so that nothing points at text that is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

from livingmanual.compose.number import Label
from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.model.document import Document, Node
from livingmanual.text import tree


def resolve(
    nodes: list[Node], labels: Mapping[str, Label], words: Mapping[str, str], documents: Mapping[str, Document]
) -> Outcome[list[Node]]:
    """Fill every reference and mend every internal link; what leads nowhere is an error and becomes plain text."""
    resolver = _Resolver(nodes, labels, words, documents)
    return Outcome(tree.map_inlines(nodes, resolver.change), tuple(resolver.troubles))


class _Resolver:
    """One pass over the inlines of an edition."""

    def __init__(
        self,
        nodes: list[Node],
        labels: Mapping[str, Label],
        words: Mapping[str, str],
        documents: Mapping[str, Document],
    ) -> None:
        self.here = {tree.identifier(node) for node in tree.identified(nodes)} | _spans(nodes)
        self.titles = {
            node["p"]: tree.identifier(node)
            for node in reversed(list(tree.identified(nodes)))
            if node["t"] == "Header" and "p" in node
        }
        self.labels, self.words, self.documents = labels, words, documents
        self.troubles: list[Diagnostic] = []

    def change(self, node: Node, path: str) -> list[Node] | None:
        """New inlines for a link; None for everything else."""
        if node["t"] != "Link":
            return None
        target = node["c"][2][0]
        if target.startswith("#"):
            return self._internal(node, target[1:], path)
        beside = self._file(target, path)
        return self._internal(node, beside, path) if beside else None

    def _file(self, target: str, path: str) -> str:
        """The id that a relative link to a source file of this edition leads to; empty for any other link."""
        if ":" in target.split("/", maxsplit=1)[0] or target.startswith("//"):
            return ""
        name, _, fragment = target.partition("#")
        full = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(name)))
        if full not in self.titles:
            return ""
        return fragment if fragment in self.here else self.titles[full]

    def _internal(self, node: Node, identity: str, path: str) -> list[Node]:
        identity = identity if identity in self.here else unquote(identity)
        if identity not in self.here:
            return self._broken(node, identity, path)
        link = {**node, "c": [node["c"][0], node["c"][1], [f"#{identity}", node["c"][2][1]]]}
        if node["c"][1] and not node.get("g"):
            return [link]
        return [{**link, "c": [node["c"][0], self._words(identity), link["c"][2]]}]

    def _words(self, identity: str) -> list[Node]:
        label = self.labels.get(identity, Label("title", "", identity))
        said = label.number or label.title
        return tree.generated(self.words[f"ref-{label.kind}"].format(number=said), f"reference {identity}")

    def _broken(self, node: Node, identity: str, path: str) -> list[Node]:
        at = position_of(node, self.documents, path)
        if node.get("g"):
            hint = nearest(identity, self.here) or "write the id of a heading, norm, table or figure of this edition"
            self.troubles.append(error("reference-unknown", f'the reference to "#{identity}" leads nowhere', at, hint))
            return tree.generated(f"[?{identity}]", f"reference {identity}")
        self.troubles.append(self._link(identity, at))
        return list(node["c"][1])

    def _link(self, identity: str, at: Position | None) -> Diagnostic:
        hint = nearest(identity, self.here) or "correct the link's target"
        return warning(
            "link-unknown", f'the link to "#{identity}" leads nowhere in this edition; its words are kept', at, hint
        )


def _spans(nodes: list[Node]) -> set[str]:
    """Ids written on bracketed spans, which links may name as well."""
    return {
        node["c"][0][0] for node, _ in tree.walk_inlines(nodes) if node["t"] in ("Span", "Code", "Link", "Image")
    } - {""}
