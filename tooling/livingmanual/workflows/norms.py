"""What countries answered to the norms, read from the `norms.yaml` beside their overlays.

A norm without an entry is unknown, which is not "no", and answers are never added up: an answer means something only
together with its evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from livingmanual.adapters.disk import DiskFolder
from livingmanual.compose.assemble import assemble
from livingmanual.compose.names import Names
from livingmanual.compose.norms import norms as norms_in
from livingmanual.compose.norms import reads_otherwise
from livingmanual.compose.overlay import lay
from livingmanual.model.diagnostic import Diagnostic, Outcome
from livingmanual.model.document import Node
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Action
from livingmanual.model.profile import Answer
from livingmanual.report import norms as report
from livingmanual.report.norms import NormsTable
from livingmanual.source.order import natural
from livingmanual.text import tree
from livingmanual.workflows import known
from livingmanual.workflows.editions import Shelf, stack

__all__ = ["FORMATS", "Answer", "norms_of", "read_answers", "table", "write"]
FORMATS: dict[str, Callable[[NormsTable], bytes]] = {
    "html": lambda found: report.page(found).encode("utf-8"),
    "xlsx": report.workbook,
}
"""The formats that the table can be written in."""


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


def write(shelf: Shelf, form: str, path: Path) -> Outcome[NormsTable]:
    """Write the table in a format of FORMATS; nothing if a country's answers cannot be read, which is said."""
    outcome = table(shelf)
    if not outcome.failed:
        DiskFolder(path.parent).write(path.name, FORMATS[form](outcome.value))
    return outcome


def table(shelf: Shelf) -> Outcome[NormsTable]:
    """The norms, the countries with an overlay, and those of their answers that are public."""
    loaded = shelf.loaded
    nodes = assemble(loaded.manual, loaded.documents).value
    asked = sorted(norms_in(nodes), key=lambda norm: natural(tree.identifier(norm)))
    codes = [code for code, overlay in loaded.overlays.items() if not overlay.region]
    names = {code: _name(shelf, code) for code in codes}
    answers = read_answers(shelf)
    return Outcome(
        NormsTable(
            loaded.manual.title,
            tuple((tree.identifier(norm), _statement(norm)) for norm in asked),
            tuple(sorted(names.items(), key=lambda item: (item[1], item[0]))),
            {(answer.norm, answer.country): answer for answer in answers.value if answer.public},
            frozenset((norm, code) for code in codes for norm in _changed(shelf, code, nodes, asked)),
        ),
        answers.diagnostics,
    )


def _name(shelf: Shelf, code: str) -> str:
    key = EditionKey(code, "en", shelf.revision)
    of = known.known_of(shelf.loaded, shelf.sources, shelf.cache, code).value
    return Names(key, stack(shelf.loaded, code), shelf.loaded.manual, of).country


def _statement(norm: Node) -> str:
    """The first paragraph of a norm."""
    first = next((leaf for leaf, place in tree.leaves(norm["c"][1]) if place.kind == "paragraph"), None)
    return " ".join(tree.string(tree.inlines(first)).split()) if first else ""


def _changed(shelf: Shelf, code: str, nodes: list[Node], asked: list[Node]) -> list[str]:
    """The norms that a country asks in other words than the manual does."""
    overlays = stack(shelf.loaded, code)
    laid = lay(nodes, overlays, shelf.loaded.documents).value
    not_asked = {o.target for one in overlays for o in one.overrides if o.action is Action.NOT_APPLICABLE}
    names = (tree.identifier(norm) for norm in asked if reads_otherwise(norm, laid))
    return [name for name in names if name not in not_asked]
