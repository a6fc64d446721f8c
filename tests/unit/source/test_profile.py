"""What does not fit into a profile or a list of answers is found with its line."""

from pathlib import Path

import pytest

from livingmanual.source.profile import read_answers, read_profile

NORMS = ("N01", "N02")


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("legal:\n  nhry: {value: x}\n", 2, '"legal.nhry" is not in the schema', 'did you mean "nhri"?'),
        ("leagl: {}\n", 1, '"leagl" is not in the schema', 'did you mean "legal"?'),
        ("legal:\n  nhri:\n    value: 3\n", 3, 'expected "str | null", got "int" in "legal.nhri.value"', "correct"),
        ("legal:\n  nhri:\n    status: sure\n", 3, "invalid enum value 'sure'", "confirmed, draft, to-confirm"),
        ("legal:\n  nhri: {value: a, status: draft}\n", 2, "a value without a source", "name the source"),
        ("legal:\n  nhri: {value: a}\n", 2, 'its status is "unknown"', "say how sure"),
        ("legal:\n  nhri: {status: confirmed}\n", 2, "but no value", "status: unknown"),
        ("legal:\n  nhri: {retrieved: 1 May}\n", 2, "legal.nhri.retrieved", "correct"),
        ("standards:\n  cat: {value: maybe, status: confirmed, source: x}\n", 2, "a party cannot be read", "the year"),
        ("legal: [", 1, "not valid YAML", "indentation"),
    ],
)
def test_what_is_wrong_in_a_profile(text: str, line: int, message: str, hint: str) -> None:
    (found,) = read_profile("p.yaml", text).diagnostics
    assert message in found.message
    assert hint in found.hint
    assert found.position is not None
    assert abs(found.position.line - line) <= (1 if "YAML" in message else 0)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- {norm: N09, answer: yes}\n", 1, 'no norm "N09"'),
        ("- norm: N01\n  answer: maybe\n", 2, "invalid enum value 'maybe'"),
        ("- {norm: N01, answer: no}\n- {norm: N01, answer: yes}\n", 2, "answered twice, first in line 1"),
        ("- norm: N01\n  answer: no\n  evidnce: x\n", 3, "not in the schema"),
        ("norm: N01\n", 1, "expected a list"),
    ],
)
def test_what_is_wrong_in_answers(text: str, line: int, message: str) -> None:
    (found,) = read_answers("n.yaml", text, "KE", NORMS).diagnostics
    assert message in found.message
    assert found.position is not None
    assert found.position.line == line


def test_yes_and_no_without_quotes_are_answers() -> None:
    found = read_answers("n.yaml", "- {norm: N02, answer: no}\n- {norm: N01, answer: yes}\n", "KE", NORMS).value
    assert [(one.norm, one.answer) for one in found.given] == [("N02", "no"), ("N01", "yes")]


def test_the_profiles_of_this_manual_fit(repository: Path) -> None:
    files = sorted(repository.glob("manual/overlays/countries/*/profile.yaml"))
    assert len(files) >= 5
    for file in files:
        outcome = read_profile(file.name, file.read_text(encoding="utf-8"))
        assert outcome.diagnostics == ()
        assert outcome.value is not None
        assert outcome.value.values["identity.iso2"].text == file.parent.name
