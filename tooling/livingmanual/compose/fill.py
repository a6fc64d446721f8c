"""Fill variables with an edition's values; the last step, so that one translation serves every country."""

from __future__ import annotations

from collections.abc import Mapping

from livingmanual.compose.position import nearest, position_of
from livingmanual.compose.traits import map_where, places
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared


def fill(
    nodes: list[Node],
    values: Mapping[str, str],
    words: Mapping[str, str],
    documents: Mapping[str, Document],
    pending: Mapping[str, str] | None = None,
    shared: Shared | None = None,
    elsewhere: Mapping[str, Mapping[str, str]] | None = None,
) -> Outcome[list[Node]]:
    """Put values in place of variables, and labels in place of their tokens.

    A variable without a value has its own default words; without these, it is an error. `pending` says of values what
    keeps them from being settled (`to-confirm`, `unknown`, `withheld`); they are marked, so that the reader sees it.
    `elsewhere` has the values for passages that are not translated, by their language: "in Kenya" in an English one.
    """
    troubles: list[Diagnostic] = []
    open_ = pending or {}

    def filled(node: Node, path: str, known: Mapping[str, str]) -> list[Node] | None:
        made = node.get("g", "")
        if made.startswith("label "):
            return [_filled(node, _label(words[made.split(" ", 1)[1]], known), made)]
        if not made.startswith("variable "):
            return None
        name = made.split(" ", 1)[1]
        default = next((str(value) for key, value in node["c"][0][2] if key == "default"), None)
        if default is not None and (name not in known or open_.get(name) == "unknown"):
            return [_filled(node, default, made)]
        if name in known:
            return [_filled(_marked(node) if name in open_ else node, known[name], made)]
        hint = nearest(name, known) or f"known variables are: {', '.join(_few(known))}"
        at = position_of(node, documents, path)
        troubles.append(error("variable-unknown", f'the variable "{name}" has no value in this edition', at, hint))
        return [_filled(node, "{{" + name + "}}", made)]

    def change(node: Node, path: str) -> list[Node] | None:
        foreign = (elsewhere or {}).get(_language(node))
        if foreign is None:
            return filled(node, path, values)

        def within(inner: Node, path: str) -> list[Node] | None:
            """Notes may be translated although the passage is not."""
            note = inner["t"] == "Note"
            return [{**inner, "c": tree.map_inlines(inner["c"], change)}] if note else filled(inner, path, foreign)

        leaf = tree.map_leaf({"t": "Plain", "c": node["c"][1], "p": path}, within)
        return [{**node, "c": [node["c"][0], leaf["c"]]}]

    shared = shared or Shared()
    out = list(nodes)
    for index in places(nodes, shared).tokens:
        out[index] = shared.same("fill", nodes[index], map_where(nodes[index], "tokens", change, shared))
    return Outcome(out, tuple(troubles))


def _language(node: Node) -> str:
    """The language of a passage that is not translated; empty for anything else."""
    if node["t"] != "Span" or "untranslated" not in tree.classes(node):
        return ""
    return next((str(value) for key, value in node["c"][0][2] if key == "lang"), "")


def _few(values: Mapping[str, str]) -> list[str]:
    """The names of the variables, those of the profile as one."""
    own = sorted(name for name in values if not name.startswith("profile."))
    return [*own, "profile.*"] if len(own) < len(values) else own


def _marked(node: Node) -> Node:
    identity, names, pairs = node["c"][0]
    return {**node, "c": [[identity, ["to-confirm", *names], pairs], node["c"][1]]}


def _filled(node: Node, text: str, made: str) -> Node:
    return {**node, "c": [node["c"][0], tree.generated(text, made)]}


def _label(text: str, values: Mapping[str, str]) -> str:
    for name in ("country", "country.in", "country.of"):
        text = text.replace("{" + name + "}", values.get(name, ""))
    return text
