"""What editions have in common is made once.

Composing is a row of steps from one tree to the next, and a step gives back the very objects that it did not change. So
a later step can know a block again by the object that it is, and take what it made of that block for another edition.
Nothing here decides anything: without it every edition is the same, only later.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from livingmanual.model.document import Node

T = TypeVar("T")
VARIANTS = 8
"""How many results of one block are compared with a new one; a block that differs in every country is not kept."""


class Shared:
    """Results by the objects that they were made from; the objects are kept too, so that no other can be taken for one.

    To be used for editions of one workspace that is read once, by one thread at a time.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable, tuple[int, ...]], tuple[tuple[object, ...], Any]] = {}
        self._variants: dict[tuple[str, int], tuple[object, list[Any]]] = {}

    def once(self, step: str, made_from: Sequence[object], facts: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives: made anew only if `step` was not yet done with these very objects and equal `facts`."""
        key = (step, facts, tuple(map(id, made_from)))
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = (tuple(made_from), make())
        result: T = found[1]
        return result

    def same(self, step: str, made_from: Node, made: T) -> T:
        """An equal result that `step` made of this block for another edition, if there is one; else `made`."""
        _, variants = self._variants.setdefault((step, id(made_from)), (made_from, []))
        for variant in variants:
            if variant == made:
                known: T = variant
                return known
        if len(variants) < VARIANTS:
            variants.append(made)
        return made
