from importlib import resources

import pytest

from livingmanual.adapters import fonts, templates
from livingmanual.errors import OurFault, PartMissing
from livingmanual.text.words import WORDS
from tests.support import pages


def test_every_face_that_the_template_names_comes_from_a_package() -> None:
    names = {path.name for path in fonts.files()}
    assert {"Amiri-Regular.ttf", "Amiri-Bold.ttf", "NotoSans[wdth,wght].ttf", "NotoSerif[wdth,wght].ttf"} <= names
    assert all("site-packages" in path.parts for path in fonts.files())


def test_the_fingerprint_is_that_of_the_files() -> None:
    assert len(fonts.fingerprint()) == 32
    assert fonts.fingerprint() == fonts.fingerprint.__wrapped__()


def test_a_missing_package_is_named() -> None:
    with pytest.raises(PartMissing, match="fontpkg-nothing"):
        fonts._folder("fontpkg_nothing")


def test_templates_come_with_the_package() -> None:
    assert "lm-document" in templates.text("manual.typ")
    assert "@media print" in templates.text("manual.css")
    with pytest.raises(OurFault, match=r"nothing\.css"):
        templates.text("nothing.css")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "pt", "sw"])
def test_the_fonts_have_every_letter_of_the_tool_s_own_words_and_names(language: str) -> None:
    table = resources.files("livingmanual").joinpath("data", "names.tsv").read_text(encoding="utf-8")
    names = [row for row in table.splitlines() if row.split("\t")[1] == language]
    letters = sorted(
        {letter for said in [*WORDS[language].values(), *names] for letter in said if letter.isprintable()}
    )
    text = " ".join(f"\\{letter}" if letter.isascii() and not letter.isalnum() else letter for letter in letters)
    assert pages.pdf(pages.edition(f"# A\n\n{text}\n", language=language)).warnings == ()
