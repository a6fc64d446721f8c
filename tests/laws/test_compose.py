"""Laws of composition on generated manuals, overlays and conditions.

Every paragraph of a generated manual holds one word of its own, so that it can be followed: what is excluded is
nowhere, what somebody wrote is either shown or spoken of, and no step changes what it was given.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose import cites, conditions, fill, media, number, overlay, references
from livingmanual.compose import edition as composing
from livingmanual.compose.assemble import assemble
from livingmanual.model.diagnostic import Outcome
from livingmanual.model.document import Document, Node
from livingmanual.model.edition import Edition, EditionKey
from livingmanual.model.manual import Action, Manual, Overlay, Override
from livingmanual.source import config
from livingmanual.source.tokens import Notations
from livingmanual.text import identity, tree
from livingmanual.text.words import words
from livingmanual.workflows.load import parse

SETTINGS = "id: m\ntitle: M\nchapters: [one.md, two.md]\nannexes: [three.md]\nvariables: {country: your country}\n"
FILES = ("manual/one.md", "manual/two.md", "manual/three.md")
CACHE = CacheStore(None)
COUNTRIES = ("AA", "BB")
REGION = "south"


def read_manual() -> Manual:
    """The settings of every manual here."""
    found = config.read_manual("manual/manual.yaml", SETTINGS).value
    assert found is not None
    return found


def document(path: str, text: str) -> Document:
    """A parsed file."""
    return parse(path, text, Notations(), CACHE).value


@dataclass(frozen=True)
class Piece:
    """A word that can be followed, and for which countries it is meant (empty: for all)."""

    word: str
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A generated manual: its files, every word, and every id that an override may name."""

    texts: tuple[str, ...]
    pieces: tuple[Piece, ...]
    targets: tuple[str, ...]

    def documents(self) -> dict[str, Document]:
        """The parsed files."""
        return {path: document(path, text) for path, text in zip(FILES, self.texts, strict=True)}


AUDIENCES = st.sampled_from([(), (), (), ("AA",), ("BB",), ("AA", "BB")])
KINDS = st.sampled_from(
    ["paragraph", "heading", "heading", "deep", "norm", "item", "inline", "note", "table", "figure"]
)


class _Writer:
    """Writes one manual, giving every piece a new word."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.targets: list[str] = []
        self.under: tuple[tuple[int, tuple[str, ...]], ...] = ()
        """Audiences of the headings around, with their levels."""

    def word(self, countries: tuple[str, ...]) -> str:
        name = f"wort{len(self.pieces)}x"
        audiences = [set(found) for found in (countries, *(c for _, c in self.under)) if found]
        common = tuple(sorted(set.intersection(*audiences))) if audiences else ()
        self.pieces.append(Piece(name, common if common or not audiences else ("nobody",)))
        return name

    def target(self, kind: str) -> str:
        self.targets.append(f"{kind}-{len(self.targets)}")
        return self.targets[-1]

    def block(self, kind: str, countries: tuple[str, ...], spread: bool) -> str:
        when = f' .when country="{" ".join(countries)}"' if countries else ""
        if kind in ("heading", "deep"):
            level = 3 if kind == "deep" else 2
            self.under = (*((at, found) for at, found in self.under if at < level), (level, countries))
            return f"{'#' * level} {self.word(())} {{#{self.target('sec')}{when}}}"
        if kind == "norm":
            return f"::: {{.norm #{self.target('N')}{when}}}\n{self.word(countries)} {{{{country}}}}\n:::"
        if kind == "item":
            inside = f"::: {{{when.strip() or '.plain'}}}\n  {self.word(countries)}\n  :::"
            return f"- {self.word(())}\n- {inside}"
        if kind == "inline":
            return f"{self.word(())} [{self.word(countries)}]{{.a{when}}} {self.word(())}"
        if kind == "note":
            label = f"n{len(self.pieces)}"
            return f"{self.word(())}[^{label}]\n\n[^{label}]: [{self.word(countries)}]{{.a{when}}}"
        if kind == "table":
            name = self.target("tbl")
            row = f"| [{self.word(countries)}]{{.a{when}}} |\n|---|\n| {self.word(())} |"
            return f"::: {{.table #{name}}}\n{self.word(())}\n\n{row}\n:::"
        if kind == "figure":
            return f'![{self.word(())}](f.svg){{#{self.target("fig")} alt="a"}}'
        return self.word(()) if spread or not countries else f"::: {{{when.strip()}}}\n{self.word(countries)}\n:::"


@st.composite
def manuals(draw: st.DrawFn) -> Written:
    """Three files with sections, norms, tables, figures, lists and notes, some of them under a condition."""
    writer = _Writer()
    texts = []
    for number_, path in enumerate(FILES):
        writer.under = ()
        parts = [f"# {writer.word(())} {{#{writer.target('ch')}}}"]
        for kind in draw(st.lists(KINDS, min_size=1, max_size=6)):
            parts.append(writer.block(kind, draw(AUDIENCES), draw(st.booleans())))
        if number_ == 2:
            shown = [name for name in writer.targets if name.startswith("ch")]
            parts.append(", ".join(f"[](#{name})" for name in shown) + ".")
        assert path
        texts.append("\n\n".join(parts) + "\n")
    return Written(tuple(texts), tuple(writer.pieces), tuple(writer.targets))


def composed(written: Written, country: str, overlays: tuple[Overlay, ...] = ()) -> Outcome[Edition]:
    """The edition of a country without citations."""
    key = EditionKey(country, "en", "0" * 40)
    found = written.documents() | {o.document.path: o.document for overlay_ in overlays for o in overlay_.overrides}
    begun = composing.begin(key, read_manual(), found, overlays, frozenset())
    return Outcome(composing.finish(begun.value, [], "", 0), begun.diagnostics)


def everything_in(edition: Edition) -> str:
    """Whatever a writer could get to see of an edition."""
    return json.dumps(edition.nodes) + repr(edition.blocks) + repr(edition.contents) + repr(edition.media)


@settings(max_examples=40, deadline=None)
@given(manuals())
def test_what_is_excluded_is_nowhere_and_the_rest_is_there(written: Written) -> None:
    for country in ("base", *COUNTRIES):
        outcome = composed(written, country)
        assert [d for d in outcome.diagnostics if d.code != "reference-unknown"] == []
        shown = everything_in(outcome.value)
        for piece in written.pieces:
            assert (piece.word in shown) == (not piece.countries or country in piece.countries), piece


@settings(max_examples=30, deadline=None)
@given(manuals())
def test_numbers_are_the_same_in_every_country(written: Written) -> None:
    numbers = [
        {entry.id: entry.number for entry in composed(written, country).value.contents}
        for country in ("base", *COUNTRIES)
    ]
    for found in numbers:
        for name, said in found.items():
            assert all(other.get(name, said) == said for other in numbers)


# Overlays


def overlay_of(code: str, overrides: list[tuple[str, Action]], words_: dict[str, str]) -> Overlay:
    """An overlay whose overrides each hold one new word, which is put into `words_` under the override's path."""
    made = []
    for index, (target, action) in enumerate(overrides):
        path = f"manual/overlays/{code}/{index}.md"
        words_[path] = f"neu{code.lower()}{index}x"
        body = "" if action is Action.REMOVE else f"{words_[path]}\n"
        text = f"---\ntarget: {target}\naction: {action.value}\nreason: r\n---\n\n{body}"
        made.append(Override(document(path, text), target, action, "r"))
    return Overlay(code, code == REGION, f"manual/overlays/{code}/overlay.yaml", (), (), {}, {}, tuple(made))


ON_BLOCKS = [action for action in Action if action is not Action.TERM]


@st.composite
def overlaid(draw: st.DrawFn) -> tuple[Written, tuple[Overlay, ...], dict[str, str]]:
    """A manual, a region's and a country's overlay on some of its targets, and the words they bring."""
    written = draw(manuals())
    words_: dict[str, str] = {}
    one = st.tuples(st.sampled_from([*written.targets, "nowhere"]), st.sampled_from(ON_BLOCKS))
    found = tuple(overlay_of(code, draw(st.lists(one, max_size=4)), words_) for code in (REGION, "AA"))
    return written, found, words_


@settings(max_examples=60, deadline=None)
@given(overlaid())
def test_what_an_overlay_says_is_shown_or_spoken_of(
    given_: tuple[Written, tuple[Overlay, ...], dict[str, str]],
) -> None:
    written, overlays, brought = given_
    outcome = composed(written, "AA", overlays)
    shown = everything_in(outcome.value)
    spoken = {d.position.path for d in outcome.diagnostics if d.position}
    hidden = hidden_from(written, "AA")
    near, far = overlays[1], overlays[0]
    for layer in overlays:
        for override in layer.overrides:
            path = override.document.path
            superseded = layer is far and not _stands(override, written, near)
            if override.action is not Action.REMOVE and override.target not in hidden and not superseded:
                assert brought[path] in shown or path in spoken, override
            if brought[path] in shown:
                assert "".join(block.text for block in outcome.value.blocks).count(brought[path]) == 1


def hidden_from(written: Written, country: str) -> set[str]:
    """Targets that a condition takes out of a country's edition, and what stands in them."""
    shown = json.dumps(composed(written, country).value.nodes)
    return {name for name in written.targets if f'"{name}"' not in shown}


def _stands(override: Override, written: Written, nearer: Overlay) -> bool:
    """True if the nearer overlay takes nothing away around the override's target; a rough judgement is enough."""
    around = [o.target for o in nearer.overrides if o.action.takes_target_away]
    return not around


@settings(max_examples=40, deadline=None)
@given(manuals())
def test_empty_overlays_change_nothing(written: Written) -> None:
    empty = (overlay_of(REGION, [], {}), overlay_of("AA", [], {}))
    plain, laid = composed(written, "AA").value, composed(written, "AA", empty).value
    assert laid.blocks == plain.blocks
    assert laid.nodes == plain.nodes
    assert laid.contents == plain.contents


@settings(max_examples=20, deadline=None)
@given(manuals(), st.sampled_from(ON_BLOCKS), st.data())
def test_what_stands_beside_a_target_keeps_its_blocks(written: Written, action: Action, data: st.DataObject) -> None:
    target = data.draw(st.sampled_from(written.targets))
    brought: dict[str, str] = {}
    before = composed(written, "base").value.blocks
    after = composed(written, "base", (overlay_of("AA", [(target, action)], brought),)).value.blocks
    own = {block.id for block in after if any(w in block.text for w in brought.values()) or block.kind == "label"}
    known = {block.id for block in before}
    changed = [block for block in after if block.id not in known and block.id not in own]
    assert all("[?" in block.text or target in block.section for block in changed), changed


# No function changes its arguments


def unchanged(work: Callable[..., Any], *arguments: Any) -> Any:
    """The result of a call whose arguments are deeply the same afterwards."""
    kept = copy.deepcopy(arguments)
    result = work(*arguments)
    assert arguments == kept, work
    return result


@settings(max_examples=15, deadline=None)
@given(overlaid())
def test_no_step_changes_what_it_is_given(given_: tuple[Written, tuple[Overlay, ...], dict[str, str]]) -> None:
    written, overlays, _ = given_
    found = written.documents() | {o.document.path: o.document for layer in overlays for o in layer.overrides}
    said = words("en")
    nodes: list[Node] = unchanged(assemble, read_manual(), found).value
    nodes, labels = unchanged(number.number, nodes, said)
    nodes = unchanged(overlay.lay, nodes, overlays, found).value
    nodes = unchanged(conditions.choose, nodes, {"country": frozenset({"aa"})}, found).value
    nodes, more = unchanged(number.number_additions, nodes, said)
    nodes = unchanged(references.resolve, nodes, {**labels, **more}, said, found).value
    nodes = unchanged(fill.fill, nodes, {"country": "Alpha"}, said, found).value
    unchanged(cites.collect, nodes)
    unchanged(cites.unknown, nodes, frozenset(), found)
    nodes, _ = unchanged(media.locate, nodes)
    nodes, blocks = unchanged(identity.identify, nodes)
    unchanged(tree.plain, nodes)
    assert blocks


def test_the_writer_of_manuals_writes_every_kind() -> None:
    writer = _Writer()
    for kind in ("paragraph", "heading", "deep", "norm", "item", "inline", "note", "table", "figure"):
        assert "wort" in writer.block(kind, ("AA",), False)
    assert pytest.approx(len(writer.pieces)) == len({piece.word for piece in writer.pieces})
