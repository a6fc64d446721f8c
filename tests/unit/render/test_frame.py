from dataclasses import replace

from livingmanual.model.edition import EditionKey
from livingmanual.render.frame import WORDS, frame, word
from tests.support.pages import REVISION, edition


def test_the_stamp_is_printed_whole_and_short() -> None:
    made = frame(edition("# One\n"), "1.2")
    assert made.stamp_line == f"Edition stamp: sample/KE/en@{REVISION};tool=1.2;format=1"
    assert made.short_stamp == "KE/en@01234567"
    assert made.day == (2026, 11, 21)
    assert (made.country, made.edition, made.draft) == ("Kenya", "Edition for Kenya", "")


def test_a_draft_says_so_and_has_no_day() -> None:
    made = edition("# One\n")
    made = replace(made, key=EditionKey("base", "en", "draft"), country_name="", timestamp=0)
    around = frame(made, "1")
    assert around.draft.startswith("Draft")
    assert around.day == ()
    assert around.edition == "General edition"
    assert around.short_stamp == "base/en@draft"


def test_a_missing_word_is_english_and_settings_are_read_with_care() -> None:
    made = edition("# One\n")
    settings = {"authors": ["A", {"name": "B"}, {}], "status": 3, "country_official": "Kenya"}
    made = replace(made, words={}, settings=settings)
    assert {key: word(made, key) for key in WORDS} == WORDS
    around = frame(made, "1")
    assert (around.authors, around.status, around.official) == (("A", "B"), "", "")
    assert frame(replace(made, settings={"authors": "One"}), "1").authors == ("One",)
