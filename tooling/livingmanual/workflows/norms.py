"""What countries answered to the norms, read from the `norms.yaml` beside their overlays.

A norm without an entry is unknown, which is not "no", and answers are never added up: an answer means something only
together with its evidence.
"""

from __future__ import annotations

from livingmanual.model.diagnostic import Diagnostic, Outcome
from livingmanual.model.profile import Answer
from livingmanual.workflows import known
from livingmanual.workflows.editions import Shelf

__all__ = ["Answer", "norms_of", "read_answers"]


def norms_of(shelf: Shelf) -> tuple[str, ...]:
    """The ids of all norms of the manual, in the order of the text."""
    return known.norms_of(shelf.loaded)


def read_answers(shelf: Shelf) -> Outcome[tuple[Answer, ...]]:
    """The answers of all countries, and what is wrong with their files."""
    found, troubles = list[Answer](), list[Diagnostic]()
    for code in sorted(shelf.loaded.overlays):
        outcome = known.answers_of(shelf.loaded, shelf.sources, shelf.cache, code)
        troubles += outcome.diagnostics
        found += outcome.value.given if outcome.value else ()
    return Outcome(tuple(found), tuple(troubles))
