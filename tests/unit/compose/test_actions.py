"""What each action leaves of its target, who wins on one target, and words for tokens."""

import pytest

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose.conditions import choose
from livingmanual.compose.overlay import lay
from livingmanual.compose.terms import term_fingerprint
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.source.tokens import Notations
from livingmanual.text import tree
from livingmanual.workflows.load import parse

TEXT = """# One {#one}

## A {#sec-a}

Old.

::: {#N01 .norm}
Norm.
:::

## B {#sec-b}

A [district]{.term}, districts and a district.
"""


def document(path: str, text: str) -> Document:
    """A parsed file."""
    return parse(path, text, Notations(), CacheStore(None)).value


def overlay(code: str, *overrides: tuple[str, Action, str]) -> Overlay:
    """An overlay with these (target, action, text)."""
    found = [
        Override(document(f"{code}/{n}.md", f"---\ntarget: {target}\n---\n\n{text}\n"), target, action, "r")
        for n, (target, action, text) in enumerate(overrides)
    ]
    return Overlay(code, False, f"{code}/overlay.yaml", (), (), {}, {}, tuple(found))


def words(nodes: list[Node]) -> str:
    """What stands in the blocks, notes of the tool left out."""
    return " ".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(nodes)).replace("  ", " ").strip()


@pytest.mark.parametrize(
    ("target", "action", "wanted"),
    [
        ("sec-a", Action.REPLACE, "One A New. B"),
        ("sec-a", Action.APPEND, "One A Old. Norm. New. B"),
        ("sec-a", Action.PREPEND, "One A New. Old. Norm. B"),
        ("sec-a", Action.INSERT_AFTER, "One A Old. Norm. New. B"),
        ("sec-a", Action.REMOVE, "One B"),
        ("sec-a", Action.NOT_APPLICABLE, "One A New. B"),
        ("N01", Action.REPLACE, "One A Old. New. B"),
        ("N01", Action.APPEND, "One A Old. Norm. New. B"),
        ("N01", Action.PREPEND, "One A Old. New. Norm. B"),
        ("N01", Action.REMOVE, "One A Old. B"),
    ],
)
def test_an_action_leaves_of_its_target_what_it_says(target: str, action: Action, wanted: str) -> None:
    outcome = lay(document("a.md", TEXT).blocks, [overlay("KE", (target, action, "New."))], {})
    assert {d.code for d in outcome.diagnostics} <= {"norm-changed"}
    assert words(outcome.value).startswith(wanted)


def test_the_nearer_overlay_wins_and_says_so() -> None:
    both = [overlay("icglr", ("sec-a", Action.REPLACE, "Far.")), overlay("KE", ("sec-a", Action.REPLACE, "Near."))]
    outcome = lay(document("a.md", TEXT).blocks, both, {})
    assert "Near." in words(outcome.value)
    assert "Far." not in words(outcome.value)
    [said] = [d for d in outcome.diagnostics if d.code != "norm-changed"]
    assert (said.code, said.position.path if said.position else "") == ("override-nearer", "KE/0.md")
    assert "icglr/0.md" in said.message


def test_a_term_changes_its_token_and_no_words_that_look_alike() -> None:
    outcome = lay(document("a.md", TEXT).blocks, [overlay("KE", ("district", Action.TERM, "county"))], {})
    assert outcome.diagnostics == ()
    assert words(outcome.value).endswith("A county, districts and a district.")
    runs = [run for leaf, _ in tree.leaves(outcome.value) for run in tree.runs(leaf) if run.text == "county"]
    assert [run.span.path for run in runs if run.span] == ["KE/0.md"]


@pytest.mark.parametrize(
    ("target", "text", "code"),
    [
        ("distrct", "county", "override-dangling"),
        ("district", "one\n\ntwo", "term-shape"),
        ("district", "", "term-shape"),
    ],
)
def test_a_term_that_does_not_fit_is_an_error_with_its_place(target: str, text: str, code: str) -> None:
    outcome = lay(document("a.md", TEXT).blocks, [overlay("KE", (target, Action.TERM, text))], {})
    assert [d.code for d in outcome.diagnostics] == [code]
    assert str(outcome.diagnostics[0]).startswith("KE/0.md:2")


def test_a_term_drifts_with_its_definition() -> None:
    glossary = "\n## Words {#words}\n\ndistrict\n:   A part of a PLACE.\n"
    plain, state, region = (
        term_fingerprint(document("a.md", TEXT + extra).blocks, "district")
        for extra in ("", glossary.replace("PLACE", "State"), glossary.replace("PLACE", "region"))
    )
    assert len({plain, state, region}) == 3
    assert term_fingerprint(document("a.md", TEXT).blocks, "county") == ""


def test_text_at_the_end_of_a_section_stands_though_the_part_before_it_is_left_out() -> None:
    read = document("m.md", "# One {#one}\n\nOld.\n\n## Elsewhere {#sec-x .when country=ZM}\n\nOther.\n")
    laid = lay(read.blocks, [overlay("KE", ("one", Action.APPEND, "New."))], {}).value
    assert words(choose(laid, {"country": frozenset({"ke"})}, {}).value) == "One Old. New."
    assert words(choose(laid, {"country": frozenset({"zm"})}, {}).value) == "One Old. Elsewhere Other. New."


QUOTED = """# One {#one}

> ## Quoted {#sec-q}
>
> A [district]{.term}.

## A {#sec-a}

Text.
"""


@pytest.mark.parametrize(
    ("target", "action", "text", "code", "hint"),
    [
        ("sec-q", Action.APPEND, "New.", "override-inside", "section around it"),
        ("district", Action.REPLACE, "New.", "override-dangling", "`action: term`"),
        ("sec-a", Action.REPLACE, "## New", "override-heading", "### Heading"),
        ("sec-a", Action.INSERT_AFTER, "# New", "override-heading", "## Heading"),
        ("sec-a", Action.INSERT_AFTER, "## New", "", ""),
        ("sec-a", Action.REPLACE, "### New", "", ""),
    ],
)
def test_what_an_override_cannot_be_is_said(target: str, action: Action, text: str, code: str, hint: str) -> None:
    outcome = lay(document("a.md", QUOTED).blocks, [overlay("KE", (target, action, text))], {})
    assert [d.code for d in outcome.diagnostics] == ([code] if code else [])
    assert all(hint in d.hint and d.position and d.position.line > 1 for d in outcome.diagnostics)


@pytest.mark.parametrize(
    "written",
    [
        "::: {.when country=ZM}\nNot here.\n:::",
        '::: {.a .when country="ZM"}\nNot here.\n:::',
        '::: {class="a when" country=ZM}\nNot here.\n:::',
        "::: {class = when country=ZM}\nNot here.\n:::",
        "::: when\nNot here.\n:::",
        "[Not here.]{.when country=ZM}",
    ],
)
def test_a_condition_is_seen_however_its_class_is_written(written: str) -> None:
    read = document("m.md", f"# One {{#one}}\n\n{written}\n")
    facts = {"country": frozenset({"ke"})}
    assert words(choose(read.blocks, facts, {"m.md": read}).value) == words(choose(read.blocks, facts, {}).value)
