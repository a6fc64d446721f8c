"""Does an override change what a norm asks for?

Countries are asked the same questions, so a norm of another wording must not look like the manual's. A norm is its
statement and a list of terms (what counts as yes, as partly, the evidence, the basis). Words that an override adds
beside these change nothing; other words in their place, or a second definition of a term, do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from livingmanual.model.document import Node
from livingmanual.text import fingerprint, tree

OWN = "override"
LABEL = "label"


def is_norm(node: Node) -> bool:
    """True for the div of a norm."""
    return node["t"] == "Div" and "norm" in tree.classes(node)


def norms(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every norm in these blocks."""
    for node in nodes:
        if is_norm(node):
            yield node
        elif node["t"] == "Div":
            yield from norms(node["c"][1])


def reads_otherwise(norm: Node, after: Sequence[Node]) -> bool:
    """True if a norm's statement or one of its terms has other words in `after`, the blocks that replace it."""
    now = next((node for node in norms(after) if tree.identifier(node) == tree.identifier(norm)), None)
    if now is None:
        return True
    terms = {name for name, _ in _entries(norm)}
    same_terms = _entries(norm) == [entry for entry in _entries(now) if entry[0] in terms]
    return not same_terms or not set(_statement(norm)) <= set(_statement(now))


def _content(nodes: Sequence[Node]) -> Iterator[Node]:
    """The blocks of a norm without its labels, those that an override has put there without their wrapping."""
    for node in nodes:
        names = tree.classes(node) if node["t"] == "Div" else []
        if OWN in names:
            yield from _content(node["c"][1])
        elif LABEL not in names:
            yield node


def _statement(norm: Node) -> list[str]:
    return [fingerprint.of_nodes([node]) for node in _content(norm["c"][1]) if node["t"] != "DefinitionList"]


def _entries(norm: Node) -> list[tuple[str, str]]:
    """Terms and the fingerprints of their definitions, in order."""
    lists = [node for node in _content(norm["c"][1]) if node["t"] == "DefinitionList"]
    return [
        (tree.string(tree.inlines(term[0])).strip() if term else "", fingerprint.of_text(str(prints)))
        for entries in lists
        for term, said in entries["c"]
        if (prints := [fingerprint.of_nodes(one) for one in said])
    ]
