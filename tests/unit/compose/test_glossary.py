"""The glossary's terms in the order of the edition's language; every other list as its author wrote it."""

from livingmanual.compose.glossary import ordered
from livingmanual.model.document import Node
from livingmanual.text import tree
from tests.support.pages import document

TEXT = """# Chapter {#one}

b
:   second

a
:   first

# Glossary {#glossary}

zone
:   z

État
:   e

alerte
:   a

# Annex {#annex}

y
:   1

x
:   2
"""


def terms(nodes: list[Node]) -> list[str]:
    return [tree.string(tree.inlines(leaf)) for leaf, place in tree.leaves(nodes) if place.kind == "term"]


def test_only_the_glossary_is_sorted() -> None:
    nodes = document("m.md", TEXT).blocks
    assert terms(ordered(nodes, "fr")) == ["b", "a", "alerte", "État", "zone", "y", "x"]
    assert terms(nodes)[2] == "zone"


def test_a_glossary_in_order_stays_the_same_object() -> None:
    once = ordered(document("m.md", TEXT).blocks, "fr")
    assert all(one is other for one, other in zip(ordered(once, "fr"), once, strict=True))
