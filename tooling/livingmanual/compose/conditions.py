"""Choose what an edition holds: `::: {.when member=icglr}` stands only in editions for which it is true.

So does a section whose heading has the class, words in `[…]{.when country=KE}`, and a picture, link or piece of code
that has it, wherever they are: in lists, quotations, tables and notes. All conditions of one of them must hold; several
values of one key are alternatives (`country="KE TZ"`). Dropping comes before references, so that nothing excluded can
leak into contents or links (DITA-OT #4375, Quarto #2140).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from livingmanual.compose.overlay import section_end
from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared

WHEN = "when"
CONDITIONAL = ("Div", "Header", "Span", "Image", "Link", "Code", "CodeBlock")
WRITTEN = re.compile(rf"\.{WHEN}|:::[ \t]*{WHEN}|\bclass\s*=", re.IGNORECASE)
"""Every way to write the class in Markdown; a file that writes classes in HTML's way is looked at closely."""
DERIVED = "derived-id"
OF_PICTURES = frozenset({"alt", "height", "width"})
"""Attributes that a picture has beside its condition."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions may ask for, by name; every value in lower case."""

    holding: Mapping[str, frozenset[str]]
    """The values that hold; a name that is not here is unknown."""
    vocabulary: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of some names, all values that there are: any other one is a typing error."""
    unknown: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The values of which nobody can say whether they hold."""


def choose(
    nodes: list[Node],
    facts: Mapping[str, frozenset[str]] | Facts,
    documents: Mapping[str, Document],
    shared: Shared | None = None,
) -> Outcome[list[Node]]:
    """Drop every `.when` div, section and span whose conditions do not hold; the others lose their condition.

    A paragraph, list item or definition of which nothing is left goes as well. The input stays as it is.

    A condition on an unknown name, or on a value that there is not, is an error: it would silently hide text
    everywhere. One on a status that is not known is false, with a note.
    """
    known = facts if isinstance(facts, Facts) else Facts(facts)
    chooser = _Chooser(known, documents, shared or Shared())
    asked = chooser.may_ask and chooser.shared.once("asked", (nodes,), None, lambda: any(map(chooser.asks, nodes)))
    return Outcome(chooser.blocks(nodes) if asked else nodes, tuple(chooser.troubles))


def _has_conditions(value: Any) -> bool:
    """True if a condition stands anywhere in the tree: most manuals have few, and need not be copied."""
    if isinstance(value, list):
        return any(map(_has_conditions, value))
    if not isinstance(value, dict):
        return False
    return _is_conditional(value) or _has_conditions(value.get("c"))


def _may_ask(documents: Mapping[str, Document]) -> bool:
    """False if no file has the class anywhere: looking at a text is faster than at a tree."""
    return any(WRITTEN.search(document.text) for document in documents.values())


def _is_conditional(node: Node) -> bool:
    return node.get("t") in CONDITIONAL and WHEN in tree.attributes(node)[1]


def _without_condition(node: Node) -> Node:
    """A picture, link or piece of code that stands, without its condition."""
    (identity, names, pairs), *content = node["c"]
    kept = [pair for pair in pairs if pair[0] in OF_PICTURES]
    return {**node, "c": [[identity, [name for name in names if name != WHEN], kept], *content]}


class _Chooser:
    """One pass over an edition's tree."""

    def __init__(self, facts: Facts, documents: Mapping[str, Document], shared: Shared) -> None:
        self.facts, self.documents, self.shared = facts, documents, shared
        self.troubles: list[Diagnostic] = []
        self.may_ask = not documents or self.shared.once("may ask", (documents,), None, partial(_may_ask, documents))

    def asks(self, node: Node) -> bool:
        """True if a condition stands anywhere in a block."""
        # a text without the word needs no look at every node of it, which takes ten times as long
        return self.shared.once("asks", (node,), None, lambda: f"'{WHEN}'" in repr(node) and _has_conditions(node))

    def blocks(self, nodes: list[Node], path: str = "") -> list[Node]:
        """The blocks that stand in this edition."""
        out: list[Node] = []
        behind = 0
        for index, node in enumerate(nodes):
            if index < behind:
                continue
            if not self.asks(node):
                out.append(node)
            elif node["t"] not in ("Header", "Div") or WHEN not in tree.classes(node):
                out += self.shared.same("choose", node, self._block(node, path))
            elif self._holds(node, path):
                out += self.shared.same("choose", node, self._unconditional(node, path))
            else:
                behind = section_end(nodes, index) if node["t"] == "Header" else index + 1
        return out

    def _unconditional(self, node: Node, path: str) -> list[Node]:
        """A block whose condition holds; a div that is nothing else gives way to its content."""
        identity, names, pairs = tree.attributes(node)
        attr = [identity, [name for name in names if name != WHEN], [pair for pair in pairs if pair[0] == DERIVED]]
        if node["t"] == "Header":
            level, _, words = node["c"]
            return self._block({**node, "c": [level, attr, words]}, path)
        content = self.blocks(node["c"][1], path)
        return [{**node, "c": [attr, content]}] if identity or attr[1] else content

    def _block(self, node: Node, path: str) -> list[Node]:
        """One block with what is left of its content; none if all of it went."""
        kind, content = node["t"], node.get("c", [])
        if kind in ("Para", "Plain", "Header"):
            words = self.inlines(tree.inlines(node), node.get("p", path))
            gone = kind != "Header" and not words and content
            return [] if gone else [tree.with_inlines(node, words)]
        if kind in ("Div", "BlockQuote"):
            old = content[1] if kind == "Div" else content
            new = self.blocks(old, path)
            return [{**node, "c": [content[0], new] if kind == "Div" else new}] if new or not old else []
        if kind in ("BulletList", "OrderedList"):
            items = self._kept(content if kind == "BulletList" else content[1])
            return [{**node, "c": items if kind == "BulletList" else [content[0], items]}] if items else []
        if kind == "DefinitionList":
            left = [new for term, said in content if (new := self._entry(term, said, path))]
            return [{**node, "c": left}] if left else []
        if kind in ("Table", "Figure"):
            shown = kind == "Table" or self._has_picture(node)
            return tree.map_leaves([node], lambda leaf: self._leaf(leaf, path)) if shown else []
        if kind == "CodeBlock" and _is_conditional(node):
            return [_without_condition(node)] if self._holds(node, path) else []
        return [node]

    def _entry(self, term: list[Node], said: list[list[Node]], path: str) -> list[Any]:
        """A term with its definitions; empty if nothing is left of the one or the other."""
        words = [self._leaf(leaf, path) for leaf in term]
        left = self._kept(said)
        gone = any(map(tree.inlines, term)) and not any(map(tree.inlines, words))
        return [words, left] if left and not gone else []

    def _has_picture(self, figure: Node) -> bool:
        """False if the condition of a figure's picture does not hold: then its caption goes as well."""
        pictures = [node for node, _ in tree.walk_inlines(figure["c"][2]) if node["t"] == "Image"]
        return all(self._holds(node, figure.get("p", "")) for node in pictures if _is_conditional(node))

    def _kept(self, items: list[list[Node]]) -> list[list[Node]]:
        """The items or definitions of which something is left."""
        return [new for item in items if (new := self.blocks(item)) or not item]

    def _leaf(self, leaf: Node, path: str) -> Node:
        if leaf["t"] == "CodeBlock":
            return leaf
        return tree.with_inlines(leaf, self.inlines(tree.inlines(leaf), leaf.get("p", path)))

    def inlines(self, nodes: list[Node], path: str) -> list[Node]:
        """The inlines that stand in this edition; the space before what goes, goes with it."""
        out: list[Node] = []
        for node in nodes:
            if _is_conditional(node):
                if self._holds(node, path):
                    bare = tree.children_of(node) if node["t"] == "Span" else [_without_condition(node)]
                    out += self.inlines(bare, path)
                elif out and out[-1]["t"] in ("Space", "SoftBreak"):
                    out.pop()
            elif node["t"] == "Note":
                new = self.blocks(node["c"], path)
                out += [{**node, "c": new}] if new else []
            elif tree.children_of(node) and node["t"] != "Image":
                out.append(tree.with_children(node, self.inlines(tree.children_of(node), path)))
            else:
                out.append(node)
        went_first = bool(out) and out[0]["t"] in ("Space", "SoftBreak") and out[0] is not nodes[0]
        return out[1:] if went_first else out

    def _holds(self, node: Node, path: str) -> bool:
        at = position_of(node, self.documents, path)
        other = {DERIVED, *(OF_PICTURES if node["t"] == "Image" else ())}
        asked = [(key, value) for key, value in tree.attributes(node)[2] if key not in other]
        if not asked:
            hint = "write what it asks for, e.g. {.when country=KE}"
            self.troubles.append(error("condition-empty", "this condition asks for nothing", at, hint))
        return all(_holds(key, value, at, self.facts, self.troubles) for key, value in asked)


def _holds(key: str, value: str, at: Position | None, facts: Facts, troubles: list[Diagnostic]) -> bool:
    words = frozenset(value.lower().split())
    known = facts.vocabulary.get(key, words)
    wrong = next(iter(sorted(words - known)), "")
    if key not in facts.holding or wrong:
        asked, names = (wrong, known) if wrong else (key, frozenset(facts.holding))
        what = f'an unknown value, "{wrong}"' if wrong else "an unknown name"
        hint = nearest(asked, names) or f"known {'values' if wrong else 'names'} are: {', '.join(sorted(names))}"
        troubles.append(error("condition-unknown", f'the condition "{key}={value}" asks for {what}', at, hint))
        return False
    if facts.holding[key] & words:
        return True
    open_ = sorted(words & facts.unknown.get(key, frozenset()))
    if open_:
        message = f'whether "{key}={open_[0]}" holds is not known, so the text under this condition is left out'
        hint = "this is no statement that it does not hold; a committee can write the text in its overlay"
        troubles.append(Diagnostic(Severity.NOTE, "condition-open", message, at, hint))
    return False
