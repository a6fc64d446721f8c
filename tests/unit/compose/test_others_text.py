"""Composing text that others wrote: titles, ids, links between files."""

import pytest

from livingmanual.compose import edition as composing
from livingmanual.model.diagnostic import Outcome
from livingmanual.model.edition import Edition, EditionKey
from livingmanual.model.manual import Manual, Part
from livingmanual.text import tree
from tests.support.pages import document


def compose(files: dict[str, str], part: str = "", **settings: object) -> Outcome[Edition]:
    """The base edition of these files, in `manual/`, all chapters of one part."""
    documents = {f"manual/{name}": document(f"manual/{name}", text) for name, text in files.items()}
    manual = Manual(
        "manual/manual.yaml",
        "m",
        "M",
        "",
        "en",
        ("en",),
        (),
        (),
        (Part("part-1", part, tuple(documents)),),
        (),
        (),
        "",
        settings=settings,
    )
    draft = composing.begin(EditionKey("base", "en", "0" * 40), manual, documents, (), frozenset())
    return Outcome(composing.finish(draft.value, [], "", 0), draft.diagnostics)


def headings(edition: Edition) -> list[str]:
    return [block.text.replace("\u2002", " ") for block in edition.blocks if block.kind == "heading"]


def links(edition: Edition) -> dict[str, str]:
    """The words of every link -> where it leads."""
    found = [node for node, _ in tree.walk_inlines(edition.nodes) if node["t"] == "Link"]
    return {tree.string(node["c"][1]): node["c"][2][0] for node in found}


@pytest.mark.parametrize(
    ("name", "text", "titles", "title"),
    [
        ("02-first_steps.md", "Text.\n", {}, "First steps"),
        ("guide/README.md", "## Use\n", {}, "Guide"),
        ("a.md", "---\ntitle: From the header\n---\n\nText.\n", {}, "From the header"),
        ("a.md", "+++\ntitle = 'From Hugo'\n+++\n\nText.\n", {}, "From Hugo"),
        ("a.md", "---\ntitle: From the header\n---\n", {"a.md": "From the summary"}, "From the summary"),
        ("a.md", "", {}, "A"),
        ("a.md", "# Its own\n", {"a.md": "Not this"}, "Its own"),
    ],
)
def test_a_file_without_a_title_gets_one(name: str, text: str, titles: dict[str, str], title: str) -> None:
    found = compose({name: text}, titles=titles).value
    assert headings(found)[0] == f"1 {title}"
    assert [block.text for block in found.blocks].count(title) <= 1


def test_without_the_setting_no_title_is_made() -> None:
    assert headings(compose({"a.md": "Text.\n"}).value) == []


def test_a_made_title_is_nobodys_text() -> None:
    block = compose({"a.md": "Text.\n"}, titles={}).value.blocks[0]
    assert all(run.made for run in block.runs)


def test_several_titles_in_a_file_are_all_chapters() -> None:
    text = "# One\n\n## A\n\n# Two\n\n## B\n"
    assert headings(compose({"a.md": text, "b.md": "# Three\n"}).value) == [
        "1 One",
        "1.1 A",
        "2 Two",
        "2.1 B",
        "3 Three",
    ]


def test_headings_in_quotations_and_lists_have_ids_and_no_numbers() -> None:
    text = "# One\n\n> ## Quoted\n\n- ## Listed\n\nSee [q](#quoted) and [l](#listed).\n"
    outcome = compose({"a.md": text})
    assert headings(outcome.value) == ["1 One", "Quoted", "Listed"]
    assert (links(outcome.value), outcome.diagnostics) == ({"q": "#quoted", "l": "#listed"}, ())


def test_equal_headings_of_several_files_keep_their_links() -> None:
    files = {
        "a.md": "# A\n\n## Use\n\n[own](#use) [b](b.md#use) [c](d/c.md#use)\n\n"
        "[top](b.md) [folder](d/) [page](b.html#use)\n",
        "b.md": "# B\n\n## Use\n\n[own b](#use) [a](a.md#use) [abs](/b.md#use)\n",
        "d/c.md": "# C\n\n> ## Use\n\n[own c](#use) [up](../a.md#use) [loud](../b.md#Use)\n",
        "d/README.md": "# D\n",
    }
    outcome = compose(files)
    assert links(outcome.value) == {
        "own": "#use", "b": "#b--use", "c": "#c--use", "top": "#b", "folder": "#d", "page": "#b--use",
        "own b": "#b--use", "a": "#use", "abs": "#b--use", "own c": "#c--use", "up": "#use", "loud": "#b--use",
    }  # fmt: skip
    assert outcome.diagnostics == ()
    names = [tree.identifier(node) for node in tree.identified(outcome.value.nodes)]
    assert sorted(names) == sorted(set(names))


def test_a_link_to_a_text_that_is_not_there_is_said_and_keeps_its_words() -> None:
    outcome = compose({"a.md": "# A\n\nSee [the licence](LICENSE.md), [code](x.rs) and [web](https://e.org/x.md).\n"})
    assert [d.code for d in outcome.diagnostics] == ["link-outside"]
    assert "See the licence, code and web." in [block.text for block in outcome.value.blocks]


def test_a_written_id_twice_is_an_error_only_where_we_are_strict() -> None:
    files = {"a.md": "# A {#x}\n\n## B {#x}\n", "b.md": "# C {#x}\n\n[x](#x)\n"}
    assert [d.code for d in compose(files).diagnostics] == ["id-duplicate", "id-duplicate"]
    outcome = compose(files, strict=False)
    assert outcome.diagnostics == ()
    assert links(outcome.value) == {"x": "#b--x"}


def test_a_made_title_takes_no_id_from_the_text() -> None:
    outcome = compose({"oven.md": "## Heat\n\n# Oven\n\n[o](#oven)\n"}, titles={})
    assert headings(outcome.value) == ["1 Oven", "1.1 Heat", "2 Oven"]
    names = [tree.identifier(node) for node in tree.identified(outcome.value.nodes)]
    assert (names, links(outcome.value)) == (["oven--oven", "heat", "oven"], {"o": "#oven"})


def test_a_part_and_a_heading_may_share_words() -> None:
    outcome = compose({"a.md": "# Part 1\n\n[here](#part-1)\n"}, part="Part 1")
    names = [tree.identifier(node) for node in tree.identified(outcome.value.nodes)]
    assert (names, links(outcome.value)) == (["part-1", "a--part-1"], {"here": "#a--part-1"})
