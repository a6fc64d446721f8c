"""The colours of letters stand out from their ground in every format."""

import re
from importlib.resources import files

import pytest

from livingmanual.render.docx import styles
from tests.support.contrast import LEAST, LEAST_OF_LARGE, contrast

TEMPLATES = files("livingmanual.render") / "templates"
CSS = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", (TEMPLATES / "manual.css").read_text(encoding="utf-8")))
TYPST = dict(re.findall(r'#let ([\w-]+) = rgb\("(#\w+)"\)', (TEMPLATES / "manual.typ").read_text(encoding="utf-8")))
WHITE = "#ffffff"


def test_the_measure_is_that_of_the_guideline() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("letters", ["ink", "blue", "teal", "grey"])
@pytest.mark.parametrize("ground", ["paper", "pale", "mist", "sand"])
def test_letters_of_the_web_page(letters: str, ground: str) -> None:
    assert contrast(CSS[letters], CSS[ground]) >= LEAST


def test_a_colour_of_the_web_page_that_is_written_out_stands_on_blue() -> None:
    page = (TEMPLATES / "manual.css").read_text(encoding="utf-8")
    written = re.findall(r"^header\.title \.(?!draft)[^{]*\{[^}]*?[^-]color: (#[0-9a-f]{3,6})", page, re.MULTILINE)
    assert len(written) >= 3
    assert all(contrast(colour, CSS["blue"]) >= LEAST for colour in written)


@pytest.mark.parametrize("letters", ["blue", "teal", "grey", "dark-ochre"])
@pytest.mark.parametrize("ground", ["white", "pale", "mist", "sand"])
def test_letters_of_the_pdf(letters: str, ground: str) -> None:
    assert contrast(TYPST[letters], TYPST.get(ground, WHITE)) >= LEAST


def test_light_ochre_is_no_colour_of_letters_in_the_pdf() -> None:
    template = (TEMPLATES / "manual.typ").read_text(encoding="utf-8")
    assert "fill: ochre" not in template


@pytest.mark.parametrize("style", styles.STYLES, ids=[style.id for style in styles.STYLES])
def test_letters_of_word(style: styles.Style) -> None:
    """On white, and on the tint of the style's own box."""
    said = f"{style.paragraph}{style.character}"
    grounds = [WHITE, *re.findall(r'w:fill="([0-9A-F]{6})"', said)]
    sizes = [int(size) / 2 for size in re.findall(r'<w:sz w:val="(\d+)"', said)]
    large = any(size >= 18 or (size >= 14 and "<w:b/>" in said) for size in sizes)
    for colour in re.findall(r'<w:color w:val="([0-9A-F]{6})"', said):
        assert contrast(colour, grounds[-1]) >= (LEAST_OF_LARGE if large else LEAST)
