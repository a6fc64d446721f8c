"""What keeps its own direction inside a text from right to left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingmanual.text.bidi import beginning, direction, stretches

SAMPLES = [
    ("قرار Security Council 1366 (2001). وتتولى UN Women و«مركز»", ["Security Council 1366 (2001)", "UN Women"]),
    ("(+254 20 123 4567)", ["+254 20 123 4567"]),
    ("من 3.2 إلى 3.36 في 12/3/2026 الساعة 9:30 و14:00", []),
    ("Rule 4(a)", ["Rule 4(a)"]),
    ("WhatsApp، 5 مجموعات وTelegram.", ["WhatsApp", "Telegram"]),
    ("https://www.example.org/sign/ نعم", ["https://www.example.org/sign/"]),
    ("منظمة International Committee of the Red Cross (ICRC) في", ["International Committee of the Red Cross (ICRC)"]),
    ("(focal point).", ["focal point"]),
    ("N’Guessan", ["N’Guessan"]),
    ("القاعدة N01 في 2026-01-31", ["N01", "2026-01-31"]),
    ("UN (انظر", ["UN"]),
    ("لغة C++ و", ["C++"]),
    ("انظر https://x.org/fr/?p=2670 هنا", ["https://x.org/fr/?p=2670"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "kept"), SAMPLES)
def test_latin_words_with_their_numbers_and_groups_of_digits_are_kept_together(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in stretches(text)] == kept


@pytest.mark.parametrize(
    ("text", "runs"), [("Act 818. 2011.", "ltr"), ("نص Act", "rtl"), ("1948 (2)", ""), ("", ""), ("ﷺ", "rtl")]
)
def test_letters_decide_the_direction(text: str, runs: str) -> None:
    assert direction(text) == runs


def test_the_first_letter_says_how_an_entry_begins() -> None:
    assert [beginning(text) for text in ("1. Paris. د.ت.", "«د.ت.» Paris", "12")] == ["ltr", "rtl", ""]


@given(st.text(alphabet="aB é1+-. ،/()«»ابةًّ:#\u00a0", max_size=60))
def test_stretches_are_in_order_and_hold_no_arabic(text: str) -> None:
    end = 0
    for start, stop in stretches(text):
        assert end <= start < stop <= len(text)
        assert direction(text[start:stop]) != "rtl"
        assert text[start:stop] == text[start:stop].strip()
        assert text[start:stop].count("(") == text[start:stop].count(")")
        end = stop


def test_long_runs_of_marks_do_not_keep_the_search_busy() -> None:
    assert stretches("a" + "." * 20000 + " ب") == [(0, 1)]
    assert len(stretches("a(" * 5000)) == 1
