"""Choose what an edition holds: `::: {.when member=icglr}` stands only in editions for which it is true.

All conditions of one div must hold; several values of one key are alternatives (`country="KE TZ"`). Dropping comes
before numbering and references, so that nothing excluded can leak into contents, numbers or links (DITA-OT #4375,
Quarto #2140).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, Severity, error
from livingmanual.model.document import Document, Node
from livingmanual.text import tree


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
    nodes: list[Node], facts: Mapping[str, frozenset[str]] | Facts, documents: Mapping[str, Document]
) -> Outcome[list[Node]]:
    """Drop every `.when` div whose conditions do not hold; the others lose their wrapper.

    A condition on an unknown name, or on a value that there is not, is an error: it would silently hide text
    everywhere. One on a status that is not known is false, with a note.
    """
    troubles: list[Diagnostic] = []
    asked = facts if isinstance(facts, Facts) else Facts(facts)
    return Outcome(_choose(nodes, asked, documents, troubles), tuple(troubles))


def _choose(
    nodes: list[Node], facts: Facts, documents: Mapping[str, Document], troubles: list[Diagnostic]
) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if node["t"] != "Div":
            out.append(node)
        elif "when" not in tree.classes(node):
            out.append({**node, "c": [node["c"][0], _choose(node["c"][1], facts, documents, troubles)]})
        elif all(_holds(node, key, value, facts, documents, troubles) for key, value in tree.attributes(node)[2]):
            out.extend(_choose(node["c"][1], facts, documents, troubles))
    return out


def _holds(
    node: Node,
    key: str,
    value: str,
    facts: Facts,
    documents: Mapping[str, Document],
    troubles: list[Diagnostic],
) -> bool:
    words = frozenset(value.lower().split())
    known = facts.vocabulary.get(key, words)
    wrong = next(iter(sorted(words - known)), "")
    if key not in facts.holding or wrong:
        asked, names = (wrong, known) if wrong else (key, frozenset(facts.holding))
        what = f'an unknown value, "{wrong}"' if wrong else "an unknown name"
        hint = nearest(asked, names) or f"known {'values' if wrong else 'names'} are: {', '.join(sorted(names))}"
        message = f'the condition "{key}={value}" asks for {what}'
        troubles.append(error("condition-unknown", message, position_of(node, documents), hint))
        return False
    if facts.holding[key] & words:
        return True
    open_ = sorted(words & facts.unknown.get(key, frozenset()))
    if open_:
        message = f'whether "{key}={open_[0]}" holds is not known, so the text under this condition is left out'
        hint = "this is no statement that it does not hold; a committee can write the text in its overlay"
        troubles.append(Diagnostic(Severity.NOTE, "condition-open", message, position_of(node, documents), hint))
    return False
