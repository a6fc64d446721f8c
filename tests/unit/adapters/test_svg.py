"""SVG pictures become PNG ones, the same everywhere."""

import struct

import pytest

from livingmanual.adapters.svg import PIXELS_PER_INCH, svg_to_png
from livingmanual.errors import ContentProblem

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 120 60">
<rect width="120" height="60" fill="#fff"/><text x="5" y="30" font-family="Noto Sans">Word</text></svg>"""


def size(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", png[16:24])  # type: ignore[return-value]


def test_it_is_as_large_as_it_says_and_equal_each_time() -> None:
    png = svg_to_png(SVG)
    assert png.startswith(b"\x89PNG")
    width, height = size(png)
    assert abs(width - 120 * 0.75 / 72 * PIXELS_PER_INCH) <= 1
    assert abs(width / height - 2) < 0.02
    assert svg_to_png(SVG) == png


def test_words_are_drawn_with_the_fonts_of_the_packages() -> None:
    assert svg_to_png(SVG) != svg_to_png(SVG.replace(b"Word", b""))


def test_what_is_no_svg_is_a_problem_of_the_content() -> None:
    with pytest.raises(ContentProblem, match="cannot be drawn"):
        svg_to_png(b"no picture")
