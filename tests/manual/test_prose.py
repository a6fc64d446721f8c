"""The prose checks: the manual passes them, and each of them finds what it is for."""

from pathlib import Path

import pytest

from tests.manual.programs import program, workspace

prose = program("prose")
manual_text = program("manual_text")

CLEAN = "---\ntitle: One\n---\n\n# One {#ch-one}\n\nThe committee meets every month.\n"


def test_the_manual_has_no_errors() -> None:
    found = prose.without(prose.find(prose.manual_files()), prose.load("exceptions.yaml"))
    assert not [str(finding) for finding in found if finding.fatal]


def test_clean_text_passes(tmp_path: Path) -> None:
    assert prose.find([workspace(tmp_path, CLEAN)], tmp_path) == []


@pytest.mark.parametrize(
    ("check", "text", "line"),
    [
        ("word", "The comittee meets.", 7),
        ("word", "The program is read.\nThe organization meets.", 8),
        ("terms", "A early warning system is a plan.", 7),
        ("inclusive", "The chairman meets the committee.", 7),
        ("length", "The committee meets " + "and meets " * 22 + "again.", 7),
        ("slips", "The committee meets in\nin every month.", 7),
        ("slips", "The committee has a office.", 7),
        ("slips", "This is an report.", 7),
        ("slips", "The committee (which meets every month is small.", 7),
        ("slips", "They say “yes and meet.", 7),
        ("link", "See [the plan] (#ch-one).", 7),
        ("link", "See [here](#ch-one).", 7),
        ("link", "See https://example.org for it.", 7),
        ("heading", "### Two {#sec-two}", 7),
        ("heading", "## Two", 7),
        ("signs", 'The "plan" is read.', 7),
        ("signs", "The plan  is read.", 7),
        ("signs", "The plan is read. ", 7),
    ],
)
def test_a_fault_is_found_where_it_stands(check: str, text: str, line: int, tmp_path: Path) -> None:
    path = workspace(tmp_path, CLEAN.replace("The committee meets every month.", text))
    found = [(finding.check, finding.path, finding.line) for finding in prose.find([path], tmp_path)]
    assert (check, path, line) in found


@pytest.mark.parametrize(
    "text",
    [
        "A union, a European office and a one-page form; an hour, an honest answer.",
        "Annexes A and B are read. It had had an answer. They say that that is right.",
        "| yes | yes |",
        "1) It meets (every month).",
        "- See [norm N01](#ch-one) (and [](#ch-one)).",
    ],
)
def test_what_only_looks_like_a_slip_passes(text: str, tmp_path: Path) -> None:
    path = workspace(tmp_path, CLEAN.replace("The committee meets every month.", text))
    assert [str(found) for found in prose.find([path], tmp_path) if found.check == "slips"] == []


def test_sentences_begin_on_their_own_lines(tmp_path: Path) -> None:
    path = workspace(tmp_path, CLEAN + "\nSee art. 3 and no. 4. Next one (see\nabove). “Third.” Fourth.[^a] Fifth.\n")
    read = [s for part in manual_text.passages(path, tmp_path)[2:] for s in manual_text.sentences(part)]
    assert [(s.line, s.text[:6]) for s in read] == [
        (9, "See ar"),
        (9, "Next o"),
        (10, "“Third"),
        (10, "Fourth"),
        (10, "Fifth."),
    ]


def test_a_long_sentence_is_first_a_warning(tmp_path: Path) -> None:
    text = CLEAN + "\nThe committee meets " + "and meets " * 17 + "again.\n"
    assert [finding.fatal for finding in prose.find([workspace(tmp_path, text)], tmp_path)] == [False]


def test_an_exception_excuses_what_it_quotes_and_nothing_else(tmp_path: Path) -> None:
    path = workspace(tmp_path, CLEAN + "\nThe chairman meets.\n")
    found = prose.find([path], tmp_path)
    one = {"check": "inclusive", "path": path, "text": "chairman meets", "reason": "quoted"}
    assert [finding.check for finding in prose.without(found, [one])] == ["word"]
    other = {**one, "text": "spokesman"}
    assert "exception" in [finding.check for finding in prose.without(found, [other])]


def test_an_exception_without_a_reason_is_an_error(tmp_path: Path) -> None:
    found = prose.find([workspace(tmp_path, CLEAN + "\nThe chairman meets.\n")], tmp_path)
    left = prose.without(found, [{"check": "inclusive", "text": "chairman meets", "reason": " "}])
    assert "exception" in [finding.check for finding in left]


def test_preferred_terms_stand_in_the_glossary() -> None:
    glossary = (prose.TOP / "manual/glossary.md").read_text(encoding="utf-8").split("\n")
    wanted = {term["glossary"] for term in prose.load("terms.yaml") if "glossary" in term}
    assert wanted
    assert wanted <= set(glossary)


def test_the_list_of_words_is_in_order_and_has_none_twice() -> None:
    words = [w for w in (prose.HERE / "words.txt").read_text(encoding="utf-8").split("\n") if w and w[0] != "#"]
    assert words == sorted(set(words))


def test_a_message_says_what_why_and_what_next(tmp_path: Path) -> None:
    path = workspace(tmp_path, CLEAN + "\nThe chairman meets.\n")
    said = [str(finding) for finding in prose.find([path], tmp_path) if finding.check == "inclusive"]
    assert said[0].startswith(f'{path}:9: error: inclusive: "chairman"\n  why: ')
    assert "\n  next: write: chair" in said[0]
