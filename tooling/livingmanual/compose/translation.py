"""What is known of the translation of an edition, block by block: the back of its title page says it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from livingmanual.compose.traits import places, traits
from livingmanual.model.catalog import DRAFTED, State
from livingmanual.model.document import Node
from livingmanual.text.shared import Shared

KEY = "translation"
"""The setting of an edition that holds the counts."""


def counted(nodes: list[Node], language: str, source: str, shared: Shared | None = None) -> dict[str, Any]:
    """The setting `translation` of an edition: its blocks, and how many of them are not, or no longer, translated.

    Empty for an edition in which nothing had to be translated. `drafted` counts what a machine wrote and nobody has
    confirmed.
    """
    shared = shared or Shared()
    known: Counter[str] = Counter()
    for index in places(nodes, shared).states:
        known.update(traits(nodes[index], shared).states)
    if not known:
        return {}
    counts = {
        "blocks": known.total(),
        "untranslated": known[State.MISSING.value],
        "stale": known[State.STALE.value],
        "drafted": known[DRAFTED],
    }
    return {KEY: {**counts, "language": language, "source": source}}
