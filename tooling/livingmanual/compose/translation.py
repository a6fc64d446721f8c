"""What is known of the translation of an edition, block by block: the back of its title page says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from livingmanual.model.catalog import DRAFTED, State
from livingmanual.model.document import Node
from livingmanual.text import tree

KEY = "translation"
"""The setting of an edition that holds the counts."""


def counted(nodes: list[Node], language: str, source: str) -> dict[str, Any]:
    """The setting `translation` of an edition: its blocks, and how many of them are not, or no longer, translated.

    Empty for an edition in which nothing had to be translated. `drafted` counts what a machine wrote and nobody has
    confirmed.
    """
    known = Counter(_known(nodes))
    if not known:
        return {}
    counts = {
        "blocks": known.total(),
        "untranslated": known[State.MISSING.value],
        "stale": known[State.STALE.value],
        "drafted": known[DRAFTED],
    }
    return {KEY: {**counts, "language": language, "source": source}}


def _known(nodes: list[Node]) -> Iterator[str]:
    for leaf, _ in tree.leaves(nodes):
        if "tr" in leaf:
            yield leaf["tr"]
        if leaf["t"] != "CodeBlock":
            for note in tree.notes_in(tree.inlines(leaf)):
                yield from _known(note["c"])
