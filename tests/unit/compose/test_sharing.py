"""What editions have in common is made once: each is what it would be alone, in whatever order they are made."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.disk import DiskFolder
from livingmanual.model.document import Node
from livingmanual.model.edition import Edition
from livingmanual.text import tree
from livingmanual.text.shared import Shared
from livingmanual.workflows.editions import DRAFT, Shelf, make_edition
from livingmanual.workflows.known import states
from livingmanual.workflows.load import load

FILES = {
    "manual/manual.yaml": (
        "id: m\ntitle: M\nlanguages: [en, fr]\nchapters: [a.md, b.md]\nreferences: references.yaml\n"
        "variables: {committee: the committee}\n"
    ),
    "manual/references.yaml": (
        "references:\n"
        "- {id: one, type: book, title: One, author: [{family: Ay}], issued: 2001}\n"
        "- {id: two, type: book, title: Two, author: [{family: Bee}], issued: 2002}\n"
    ),
    "manual/a.md": (
        "# One {#one}\n\nIn {{country}} [@one], {{committee}} reads [](#sec-x) and [](#N01)[^1].\n\n"
        "[^1]: A note of {{country.of}} [@two].\n\n"
        "## X {#sec-x}\n\nEqual.\n\nEqual.\n\n| a | {{country}} |\n|---|---|\n| Equal. | b |\n\nEqual.\n\n"
        "::: {#N01 .norm}\nNorm [@two].\n:::\n\n![Picture](p.png){#fig-p alt=p}\n\n::: {.generated of=profile}\n:::\n"
    ),
    "manual/b.md": (
        "# Two {#two}\n\n::: {.when member=icglr}\nFor members [@one] in {{country.in}}, see [](#sec-y).\n:::\n\n"
        "## Y {#sec-y}\n\nEqual. [Only there]{.when country=KE} [district]{.term}\n\n- {{country}}\n- other\n"
    ),
    "manual/overlays/regions/icglr/overlay.yaml": "region: icglr\n",
    "manual/overlays/regions/icglr/overrides/x.md": (
        "---\ntarget: sec-x\naction: append\nreason: r\n---\n\nRegion [@two] in {{country}}.\n\nEqual.\n"
    ),
    "manual/overlays/countries/KE/overlay.yaml": "country: KE\nlanguages: [en]\nvariables: {committee: ours}\n",
    "manual/overlays/countries/KE/overrides/y.md": (
        "---\ntarget: sec-y\naction: replace\nreason: r\n---\n\nOurs [@one].\n\n## Z {#sec-z}\n\nSee [](#sec-y).\n"
    ),
    "manual/overlays/countries/TN/overlay.yaml": "country: TN\nlanguages: [fr]\n",
    "manual/overlays/countries/TN/overrides/x.md": "---\ntarget: sec-x\naction: remove\nreason: r\n---\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def shelf_of(root: Path) -> Shelf:
    """The workspace, read, of which nothing was made yet; documents come from the cache of the test's folder."""
    sources, cache = DiskFolder(root), CacheStore(root / "cache")
    return Shelf(sources, load(sources, cache), DRAFT, 0, cache)


def told(shelf: Shelf, country: str, language: str) -> tuple[object, ...]:
    """Everything that an edition is, and what was said about it."""
    outcome = make_edition(shelf, country, language)
    made: Edition = outcome.value
    return made, [str(diagnostic) for diagnostic in outcome.diagnostics]


WANTED = [(country, language) for country in ("base", *states()) for language in ("en", "fr")]


def alone(root: Path, wanted: Iterable[tuple[str, str]]) -> list[tuple[object, ...]]:
    """Editions of which each is made as if there were no other."""
    shelf = shelf_of(root)
    made = []
    for country, language in wanted:
        fresh = Shelf(shelf.sources, shelf.loaded, shelf.revision, shelf.timestamp, shelf.cache, shared=Shared())
        made.append(told(fresh, country, language))
    return made


@pytest.fixture(scope="module")
def each_alone(root: Path) -> list[tuple[object, ...]]:
    return alone(root, WANTED)


def test_an_edition_among_all_member_states_is_the_edition_alone(
    root: Path, each_alone: list[tuple[object, ...]]
) -> None:
    shelf = shelf_of(root)
    assert [told(shelf, *one) for one in WANTED] == each_alone


def test_the_order_of_editions_makes_no_difference(root: Path, each_alone: list[tuple[object, ...]]) -> None:
    shelf = shelf_of(root)
    assert [told(shelf, *one) for one in reversed(WANTED)] == each_alone[::-1]


def test_no_edition_is_changed_by_those_made_after_it(root: Path, each_alone: list[tuple[object, ...]]) -> None:
    shelf = shelf_of(root)
    first = told(shelf, *WANTED[0])
    for one in WANTED[1:]:
        told(shelf, *one)
    assert first == each_alone[0]


def test_what_no_country_changes_is_one_object(root: Path) -> None:
    shelf = shelf_of(root)
    left, right = (make_edition(shelf, country, "en").value.nodes for country in ("ZW", "LS"))
    differing = [one for one, other in zip(left, right, strict=True) if one is not other]
    assert 0 < len(differing) < len(left) / 2
    assert all("Zimbabwe" in words(node) for node in differing)


def words(node: Node) -> str:
    """All that a block says, its notes included."""
    leaves = [leaf for leaf, _ in tree.leaves([node])]
    notes = [note for leaf in leaves for note in tree.notes_in(tree.inlines(leaf))]
    return " ".join([tree.string(tree.inlines(leaf)) for leaf in leaves] + [words(n) for x in notes for n in x["c"]])


def test_a_list_that_nothing_was_changed_in_is_the_same_object() -> None:
    item = {"t": "Plain", "c": [{"t": "Emph", "c": [{"t": "Str", "c": "a"}]}], "p": "a.md"}
    block = {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[item], [item]]]}
    assert tree.map_inlines([block], lambda node, path: None)[0] is block
    changed = tree.map_inlines([block], lambda node, path: [{"t": "Str", "c": "b"}] if node["t"] == "Str" else None)
    assert changed[0] is not block
    assert item["c"][0] == {"t": "Emph", "c": [{"t": "Str", "c": "a"}]}


def test_results_are_kept_by_object_and_facts() -> None:
    shared, made = Shared(), []
    left, right = [1], [1]
    for given, facts in ((left, "a"), (left, "a"), (right, "a"), (left, "b")):
        shared.once("step", (given,), facts, lambda: made.append(1))
    assert len(made) == 3
