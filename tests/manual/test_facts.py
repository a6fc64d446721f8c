"""The fact check: no claim of the manual stands alone, and the page shows what the manual says today."""

from pathlib import Path

import pytest

from tests.manual.programs import program, workspace

facts = program("facts")
FOUND, IDLE = facts.claims()
KNOWN = facts.references()


def test_every_claim_has_a_source_or_a_mark() -> None:
    assert list(facts.trouble(FOUND, IDLE, KNOWN)) == []


def test_the_page_is_what_the_manual_says_today() -> None:
    page = (facts.TOP / facts.TABLE).read_text(encoding="utf-8")
    assert page == facts.table(FOUND, KNOWN), "make facts"


def test_the_page_is_the_same_when_it_is_made_again() -> None:
    again, _ = facts.claims()
    assert facts.table(again, KNOWN) == facts.table(FOUND, KNOWN)


def states(top: Path, text: str, name: str = "chapters/01-one.md") -> list[tuple[int, str]]:
    """Line and state of the claims in one file, with the manual's own patterns and no exceptions."""
    rules = {**facts.settings(), "exceptions": []}
    workspace(top, text, name)
    return [(claim.line, claim.state) for claim in facts.claims(top, rules)[0]]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The act came into force in 1999.", ""),
        ("The act came into force in 1999 [@some-act].", "cited"),
        ("[The act came into force in 1999.]{.to-confirm}", "to confirm"),
        ("The act came into force in 1999. It is short [@some-act].", "cited later in its passage"),
        ("It is short [@some-act]. It came into force in 1999.", "cited earlier in its passage"),
        ("The act came into force in 1999.[^a]\n\n[^a]: As printed [@some-act].", "cited in its note"),
        ("It says [@some-act]:\n\n- the act came into force in 1999;", "cited above its list"),
        ("The Union Committee of Nowhere was asked.", ""),
        ("The Rome Statute lists the crimes.", "named"),
        ("The Rome Statute was adopted on 17 July 1998.", ""),
        ("The body has 153 parties.", ""),
        ("The 2005 World Summit Outcome names four.", "named by its date or number"),
        ("Article 12 says so.", ""),
        (
            "::: {.norm #N01}\nThe act of 1999 is kept.\n\nBasis\n:   The act [@some-act].\n:::",
            "cited in the basis of its norm",
        ),
        ("::: {.norm #N01}\nIt is kept [@some-act].\n:::\n\nThe act came into force in 1999.", ""),
    ],
)
def test_what_stands_behind_a_claim(text: str, state: str, tmp_path: Path) -> None:
    assert states(tmp_path, f"# One {{#ch-one}}\n\n{text}\n")[0][1] == state


def test_a_sentence_without_a_claim_is_not_listed(tmp_path: Path) -> None:
    assert states(tmp_path, "# One {#ch-one}\n\nAsk two people and write down what they say.\n") == []


def test_an_override_may_give_its_source_in_its_front_matter(tmp_path: Path) -> None:
    head = "---\ntarget: N01\nsource: {}\nstatus: draft\n---\n\nThe act came into force in 1999.\n"
    name = "overlays/countries/KE/overrides/N01.md"
    assert states(tmp_path, head.format('"P20"'), name)[0] == (7, "source of the override: P20 (draft)")
    assert states(tmp_path, head.format("null"), name)[0] == (7, "")


def test_a_claim_alone_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    path = workspace(tmp_path, "# One {#ch-one}\n\nThe act came into force in 1999.\n")
    found, _ = facts.claims(tmp_path, {**facts.settings(), "exceptions": []})
    (message,) = facts.unsupported(found)
    assert message.startswith(f"{path}:3: error: fact: date without a source or a mark")
    assert "\n  why: " in message
    assert "\n  next: cite a reference" in message


def test_an_exception_that_excuses_nothing_is_an_error() -> None:
    rules = facts.settings()
    idle = {"path": "manual/nowhere.md", "reason": "none"}
    _, left = facts.claims(facts.TOP, {**rules, "exceptions": [*rules["exceptions"], idle]})
    assert left == [str(idle)]


def test_every_exception_says_why() -> None:
    assert all(str(entry.get("reason", "")).strip() for entry in facts.settings()["exceptions"])


def test_names_and_phrases_lead_to_references() -> None:
    rules = facts.settings()
    assert {*rules["names"].values(), *rules["phrases"].values()} <= set(KNOWN)


def test_every_reference_says_its_source_and_grade() -> None:
    grades = {"text", "secondary", "part"}
    assert not [key for key, entry in KNOWN.items() if entry["custom"]["confidence"] not in grades]
    assert not [key for key, entry in KNOWN.items() if not entry["custom"]["source"]]


def test_what_is_open_in_a_reference_is_open_to_the_reader() -> None:
    annex = (facts.TOP / "manual/annexes/k-state-of-the-sources.md").read_text(encoding="utf-8")
    noted = [key for key, entry in KNOWN.items() if entry["custom"].get("note")]
    assert noted
    assert [key for key in noted if f"@{key}" not in annex] == []
