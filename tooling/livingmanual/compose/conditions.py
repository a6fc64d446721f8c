"""Choose what an edition holds: `::: {.when member=icglr}` stands only in editions for which it is true.

All conditions of one div must hold; several values of one key are alternatives (`country="KE TZ"`). Dropping comes
before numbering and references, so that nothing excluded can leak into contents, numbers or links (DITA-OT #4375,
Quarto #2140).
"""

from __future__ import annotations

from collections.abc import Mapping

from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree


def choose(
    nodes: list[Node], facts: Mapping[str, frozenset[str]], documents: Mapping[str, Document]
) -> Outcome[list[Node]]:
    """Drop every `.when` div whose conditions do not hold; the others lose their wrapper.

    `facts` gives for each known name (`country`, `member`, `language`, `edition`) the values that hold. A condition on
    an unknown name is an error: it would silently hide text everywhere.
    """
    troubles: list[Diagnostic] = []
    return Outcome(_choose(nodes, facts, documents, troubles), tuple(troubles))


def _choose(
    nodes: list[Node],
    facts: Mapping[str, frozenset[str]],
    documents: Mapping[str, Document],
    troubles: list[Diagnostic],
) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if node["t"] != "Div":
            out.append(node)
            continue
        inside = {**node, "c": [node["c"][0], _choose(node["c"][1], facts, documents, troubles)]}
        if "when" not in tree.classes(node):
            out.append(inside)
        elif _holds(node, facts, documents, troubles):
            out.extend(inside["c"][1])
    return out


def _holds(
    node: Node, facts: Mapping[str, frozenset[str]], documents: Mapping[str, Document], troubles: list[Diagnostic]
) -> bool:
    for key, value in tree.attributes(node)[2]:
        if key not in facts:
            hint = nearest(key, facts) or f"known names are: {', '.join(sorted(facts))}"
            troubles.append(
                error(
                    "condition-unknown",
                    f'the condition "{key}={value}" asks for an unknown name',
                    position_of(node, documents),
                    hint,
                )
            )
            return False
        if not facts[key] & {word.lower() for word in value.split()}:
            return False
    return True
