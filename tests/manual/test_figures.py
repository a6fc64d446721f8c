"""The figures of the manual: each says in words what it shows, and its letters stand out and stay inside."""

import re
from pathlib import Path

import pytest
from lxml import etree

from tests.project.sources import TOP
from tests.support.contrast import LEAST, contrast

FIGURES = sorted((TOP / "manual/figures").glob("*.svg"))
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("chapters", "annexes", "front")
    for path in sorted((TOP / "manual" / folder).glob("*.md"))
]
SHOWN = re.findall(r"!\[(.+?)\]\(\.\./figures/([\w-]+\.svg)\)\{#fig-[\w-]+ alt=\"([^\"]+)\"\}", "\n".join(TEXTS))


def test_every_figure_is_shown_once() -> None:
    assert sorted(name for _, name, _ in SHOWN) == [path.name for path in FIGURES]


@pytest.mark.parametrize(("caption", "name", "alt"), SHOWN, ids=[name for _, name, _ in SHOWN])
def test_the_alternative_text_says_more_than_the_caption(caption: str, name: str, alt: str) -> None:
    assert len(alt.split()) >= 30, "a reader who does not see the figure must learn what it shows"
    assert caption.rstrip(".") not in alt
    assert not re.match(r"(?i)(a |an |the )?(figure|image|picture) (of|showing)", alt)


@pytest.mark.parametrize("path", FIGURES, ids=[path.name for path in FIGURES])
def test_letters_stand_out_from_what_is_drawn_below_them(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    grounds: list[tuple[float, float, float, float, str]] = []
    for element in root.iter("{*}rect", "{*}polygon", "{*}text"):
        if element.tag.endswith("text"):
            x, y = float(element.get("x", "0")), float(element.get("y", "0"))
            ground = next(
                fill for left, top, right, low, fill in reversed(grounds) if left <= x <= right and top <= y <= low
            )
            assert contrast(element.get("fill", "#000000"), ground) >= LEAST, "".join(element.itertext())
        else:
            grounds += _ground(element)


def _ground(element: etree._Element) -> list[tuple[float, float, float, float, str]]:
    """The box around a filled shape, and its colour."""
    fill = element.get("fill", "none")
    if not fill.startswith("#"):
        return []
    if element.tag.endswith("rect"):
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        return [(x, y, x + width, y + height, fill)]
    points = [float(number) for number in re.findall(r"[-\d.]+", element.get("points", ""))]
    return [(min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2]), fill)]


@pytest.mark.parametrize("path", FIGURES, ids=[path.name for path in FIGURES])
def test_letters_are_large_enough_and_inside_the_figure(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for element in root.iter("{*}text"):
        size, x, y = (float(element.get(name, "0")) for name in ("font-size", "x", "y"))
        half = len("".join(element.itertext())) * size * 0.6
        left = x - (
            half / 2 if element.get("text-anchor") == "middle" else half if element.get("text-anchor") == "end" else 0
        )
        assert size * 160 / (width * 0.3528) >= 7, "smaller than 7 points when the figure is as wide as the text"
        assert left >= -1
        assert left + half <= width + 1
        assert 0 < y <= height
