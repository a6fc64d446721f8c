"""The words of the frame: every language has every word, and says which of them nobody has confirmed."""

import re
from string import Formatter

import pytest

from livingmanual.model.profile import FIELDS
from livingmanual.text.words import WORDS, drafted, words

LANGUAGES = ("ar", "en", "es", "fr", "pt", "sw")
SAME_EVERYWHERE = {"chapter", "labelled", "comma", "ref-title"}
"""What is no word but a pattern."""


def placeholders(text: str) -> list[str]:
    """Names in braces, sorted; what stands in their place may be moved but not lost."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_there_are_words_for_the_languages_of_the_union() -> None:
    assert tuple(sorted(WORDS)) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_with_its_placeholders(language: str) -> None:
    assert set(WORDS[language]) == set(WORDS["en"])
    for key, said in WORDS[language].items():
        assert said.strip(), key
        assert placeholders(said) == placeholders(WORDS["en"][key]), key
        assert said.count("|") == WORDS["en"][key].count("|"), key


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_sentences_are_not_left_in_english(language: str) -> None:
    same = {key for key, said in WORDS[language].items() if said == WORDS["en"][key] and len(said.split()) > 2}
    same -= {"letters"}
    assert same == set()


def test_arabic_words_are_arabic() -> None:
    for key, said in WORDS["ar"].items():
        letters = re.sub(r"\{[^}]*\}|ISO|CEWARN|ECOWARN|docx", "", said)
        assert not re.search("[A-Za-z]", letters), key
        assert key in SAME_EVERYWHERE or re.search("[\u0620-\u064a]", said), key


def test_every_field_of_a_profile_has_a_name() -> None:
    for group, fields in FIELDS.items():
        assert f"profile-{group}" in WORDS["en"]
        assert [name for name in fields if f"profile-{group}.{name}" not in WORDS["en"]] == []


def test_the_primary_subtag_decides_and_english_stands_in() -> None:
    assert words("fr-CM") == dict(WORDS["fr"])
    assert words("am") == dict(WORDS["en"])


def test_what_nobody_has_confirmed_is_known() -> None:
    assert drafted("en") == drafted("am") == frozenset()
    for language in LANGUAGES:
        assert drafted(language) <= set(WORDS[language])
    assert "contents" in drafted("ar-TN")


def test_french_words_have_spaces_that_do_not_break() -> None:
    assert words("fr")["ref-title"] == "«\u202f{number}\u202f»"
    assert words("fr")["labelled"] == "{label}\u202f: {said}"
    for said in WORDS["fr"].values():
        assert not re.search(r"[ \u00a0](?=[;:!?»])|« ", said), said
