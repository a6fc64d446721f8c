"""Fill variables with an edition's values; the last step, so that one translation serves every country."""

from __future__ import annotations

from collections.abc import Mapping

from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree


def fill(
    nodes: list[Node], values: Mapping[str, str], words: Mapping[str, str], documents: Mapping[str, Document]
) -> Outcome[list[Node]]:
    """Put values in place of variables, and labels in place of their tokens; an unknown variable is an error."""
    troubles: list[Diagnostic] = []

    def change(node: Node, path: str) -> list[Node] | None:
        made = node.get("g", "")
        if made.startswith("label "):
            return [_filled(node, _label(words[made.split(" ", 1)[1]], values), made)]
        if not made.startswith("variable "):
            return None
        name = made.split(" ", 1)[1]
        if name in values:
            return [_filled(node, values[name], made)]
        hint = nearest(name, values) or f"known variables are: {', '.join(sorted(values))}"
        at = position_of(node, documents, path)
        troubles.append(error("variable-unknown", f'the variable "{name}" has no value in this edition', at, hint))
        return [_filled(node, "{{" + name + "}}", made)]

    return Outcome(tree.map_inlines(nodes, change), tuple(troubles))


def _filled(node: Node, text: str, made: str) -> Node:
    return {**node, "c": [node["c"][0], tree.generated(text, made)]}


def _label(text: str, values: Mapping[str, str]) -> str:
    for name in ("country", "country.in", "country.of"):
        text = text.replace("{" + name + "}", values.get(name, ""))
    return text
