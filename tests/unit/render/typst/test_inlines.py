import pytest

from livingmanual.render.typst.inlines import divided
from tests.support.pages import edition, pdf_files

LONG = "Kutokushirikishwa"
WIDE = "| " + " | ".join([LONG] * 9) + " |\n" + "|---" * 9 + "|\n"


def cells(language: str, text: str) -> str:
    files = pdf_files(edition(f"# A\n\n{text}\n\nAfter: {LONG}\n", language=language, country="TZ"))
    return next(data.decode() for name, data in files.items() if name.startswith("text/"))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        (LONG, "Kuto-ku-shi-ri-ki-shwa"),
        ("Mahakamani", "Maha-ka-mani"),
        ("short", "short"),
        ("", ""),
        ("12345678901", "12345678901"),
    ],
)
def test_long_words_are_divided_behind_open_syllables(word: str, pieces: str) -> None:
    assert divided(word) == pieces.replace("-", "\u00ad")


def test_only_crowded_tables_in_languages_without_rules_get_soft_hyphens() -> None:
    crowded = cells("sw", WIDE)
    assert "\u00ad" in crowded
    assert f"After\\: {LONG}" in crowded
    assert "\u00ad" not in cells("sw", "| a | b |\n|---|---|\n| Kutokushirikishwa | c |\n")
    assert "\u00ad" not in cells("fr", WIDE)
