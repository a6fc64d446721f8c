"""From a manual, its documents and overlays to an Edition.

The order matters (design, section 3): number the manual; lay overlays; choose what this edition holds; number
additions; resolve references on what is left; fill values last. Citations go through the citation processor between
the two halves, `begin` and `finish`, because only an adapter may run it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from livingmanual.compose import cites, drift, fill, generated, glossary, ids, media, number, references, translation
from livingmanual.compose.assemble import assemble
from livingmanual.compose.conditions import Facts, choose
from livingmanual.compose.names import Names
from livingmanual.compose.overlay import lay
from livingmanual.compose.own import owners, with_own, without_empty_parts
from livingmanual.compose.traits import places
from livingmanual.model.diagnostic import Diagnostic, Outcome, hardened
from livingmanual.model.document import Document, Node
from livingmanual.model.edition import ContentsEntry, Edition, EditionKey
from livingmanual.model.manual import Manual, Overlay
from livingmanual.model.profile import Known
from livingmanual.text import identity, tree
from livingmanual.text.shared import Shared
from livingmanual.text.words import words as words_of


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition whose citations still have to be rendered."""

    key: EditionKey
    manual: Manual
    overlays: tuple[Overlay, ...]
    nodes: list[Node]
    names: Names
    documents: Mapping[str, Document]
    unfilled: list[Node]
    """The blocks before values were put in place of variables: one list for all editions that differ in values only."""
    shared: Shared

    def cites(self) -> list[Node]:
        """Its citations for the processor, in reading order."""
        return cites.collect(self.nodes, self.shared, places(self.unfilled, self.shared).cites)


def begin(
    key: EditionKey,
    manual: Manual,
    documents: Mapping[str, Document],
    overlays: Sequence[Overlay],
    works: frozenset[str],
    known: Known | None = None,
    written: Mapping[str, Document] | None = None,
    shared: Shared | None = None,
) -> Outcome[Draft]:
    """Everything up to the citations.

    `overlays` run from the farthest to the nearest; `works` are the keys of the references; `known` is what
    is known of the country beside its overlays; `written` are the documents before they were translated, by which drift
    is judged. Never raises for bad content: what is wrong is in the diagnostics, and
    the draft holds a visible stand-in. `shared` holds what was made for other editions of this workspace.
    """
    troubles: list[Diagnostic] = []
    words = words_of(key.language)
    names = Names(key, overlays, manual, known)
    shared = shared or Shared()
    once = shared.once
    own = owners(overlays)
    manual = once("own", (manual, *overlays), names.country, lambda: with_own(manual, overlays, names.country))

    def kept(outcome: Outcome[list[Node]]) -> list[Node]:
        troubles.extend(outcome.diagnostics)
        return outcome.value

    assembled = kept(once("assemble", (manual, documents), None, lambda: assemble(manual, documents)))
    before = (
        once("assemble", (manual, written), None, lambda: assemble(manual, written)).value if written else assembled
    )
    files = written or documents
    twice = once("twice", (manual, files), None, lambda: ids.unclear(files[path] for path in manual.files))
    troubles += ids.ambiguous(twice, overlays)
    stale = once("drift", (before, *overlays), None, lambda: drift.drifted(before, overlays))
    troubles += stale.values() if manual.settings.get("drift") != "refuse" else hardened(stale.values())
    numbered, labels = once("number", (assembled,), key.language, lambda: number.number(assembled, words, own))
    laid = kept(once("lay", (numbered, *overlays), tuple(stale), lambda: lay(numbered, overlays, documents, stale)))

    def with_tables() -> Outcome[list[Node]]:
        return generated.insert(laid, names.known, key.country, words, documents, shared)

    tables = kept(with_tables() if generated.given(names.known) else once("tables", (laid,), key.language, with_tables))
    chosen = kept(choose(tables, Facts(names.facts, names.vocabulary, names.unknown), documents, shared))
    chosen = without_empty_parts(chosen)
    if key.language != manual.language:
        unsorted = chosen
        chosen = once("glossary", tuple(chosen), key.language, lambda: glossary.ordered(unsorted, key.language))

    def referred() -> Outcome[list[Node]]:
        nodes, added = number.number_additions(chosen, words, shared, own)
        return references.resolve(nodes, {**labels, **added}, words, documents, shared)

    found = kept(once("refer", (labels, *chosen), key.language, referred))
    elsewhere = {} if key.language == manual.language else {manual.language: names.values_in(manual.language)}
    nodes = kept(fill.fill(found, names.values, words, documents, names.pending, shared, elsewhere))
    troubles += once("unknown", (found, works), None, lambda: cites.unknown(found, works, documents, shared))
    return Outcome(Draft(key, manual, tuple(overlays), nodes, names, documents, found, shared), tuple(troubles))


def finish(draft: Draft, rendered: list[Node], date: str, timestamp: int) -> Edition:
    """The edition, with its citations as the processor rendered them (`rendered`: empty if there are none)."""
    shared, names = draft.shared, draft.names
    at = places(draft.unfilled, shared)
    nodes = cites.splice(draft.nodes, rendered, shared, at.cites) if rendered else draft.nodes
    nodes = _with_heading_of_works(nodes, draft)
    nodes, pictures = media.locate(nodes, draft.manual.root, shared, at.images)
    nodes, blocks = identity.identify(nodes, shared, draft.unfilled)
    told = translation.counted(draft.unfilled, draft.key.language, draft.manual.language, shared)
    return Edition(
        key=draft.key,
        manual=draft.manual.id,
        title=draft.manual.title,
        subtitle=draft.manual.subtitle,
        country_name=names.country,
        language_name=names.language,
        direction=names.direction,
        date=date,
        timestamp=timestamp,
        nodes=nodes,
        blocks=blocks,
        contents=tuple(contents(nodes, shared)),
        words=words_of(draft.key.language),
        media=pictures,
        emblem=names.emblem,
        settings={**names.settings, **told},
    )


def _with_heading_of_works(nodes: list[Node], draft: Draft) -> list[Node]:
    """The list of works gets a heading of its own, unless the manual has written one with the id `references`."""
    last = nodes[-1] if nodes else None
    if not last or last["t"] != "Div" or tree.identifier(last) != "refs":
        return nodes
    title = tree.generated(words_of(draft.key.language)["references"], "setting")
    heading = {"t": "Header", "c": [1, ["references", ["back"], []], title], "p": draft.manual.references}
    unfilled = draft.unfilled
    if draft.shared.once("heading of works", (unfilled,), None, lambda: "references" in map(tree.identifier, unfilled)):
        return nodes
    return [*nodes[:-1], draft.shared.same("heading of works", last, heading), last]


def contents(nodes: list[Node], shared: Shared | None = None) -> list[ContentsEntry]:
    """The entries of the contents list: parts, titles, and sections of two levels; the blocks have their ids."""
    shared = shared or Shared()
    found: list[ContentsEntry] = []
    for node in nodes:
        if node["t"] == "Div" and "part" in tree.classes(node):
            found.append(
                shared.once("entry", (node,), None, partial(_entry, node["c"][1][0], 0, tree.identifier(node)))
            )
        elif node["t"] == "Header" and node["c"][0] <= DEEPEST:
            entry = partial(_entry, node, node["c"][0], tree.identifier(node))
            found.append(shared.once("entry", (node,), None, entry))
    return found


DEEPEST = 2
"""Deepest level of headings in the contents list."""


def _entry(heading: Node, level: int, identity_: str) -> ContentsEntry:
    inlines = heading["c"][2]
    numbers = [node for node in inlines if node["t"] == "Span" and node["c"][0][1] == ["number"]]
    words = [node for node in inlines if node not in numbers]
    return ContentsEntry(identity_, level, tree.string(numbers).strip(), tree.string(words).strip(), heading["id"])
