"""The samples of the analysis note are read, and reader and counter agree on them."""

import re
from pathlib import Path

import pytest

from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.views import accepted, rejected
from tests.word.package import comment, word

NOTE = Path(__file__).parents[4] / "tooling/docs/formats/word-changes.md"
SAMPLES = re.findall(r"^## ([^\n(]+?)(?: \([^\n]*)?$|^```xml\n(.*?)^```", NOTE.read_text(encoding="utf-8"), re.M | re.S)

EXPECTED = {
    "Text that came, went or moved": [
        (["within thirty days"], ["within sixty days"]),
        (["this clause", ""], ["", "this clause"]),
    ],
    "Paragraph marks": [
        (
            ["First half.Second half.", "The next paragraph."],
            ["First half.", "Second half.The next paragraph."],
        )
    ],
    "Formats and properties": [(["Water"], ["Water"])],
    "Rows, cells, tables": [(["an old one", ""], ["a new row", ""])],
    "Comments": [(["the request, and no later"], ["the request, and no later"])],
    "Fields": [(["Chapter 2", "after"], ["Chapter 2", "after"])],
    "Text boxes, alternatives, equations": [(["\ufffc", "\ufffc", ""], ["\ufffc", "\ufffc", "boxed"])],
}


def samples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    heading = ""
    for title, xml in SAMPLES:
        heading = title or heading
        if xml:
            found.setdefault(heading, []).append(xml)
    return found


def test_every_sample_is_expected() -> None:
    assert {heading: len(xml) for heading, xml in samples().items()} == {name: len(e) for name, e in EXPECTED.items()}


@pytest.mark.parametrize(
    ("xml", "before", "after"),
    [
        (xml, *expected)
        for heading, some in samples().items()
        for xml, expected in zip(some, EXPECTED.get(heading, []), strict=False)
    ],
)
def test_samples(xml: str, before: list[str], after: list[str]) -> None:
    comments = [comment(number, "words") for number in range(xml.count("commentReference"))]
    data = word(xml, comments=comments)
    reading = read_word(data).value
    assert reading is not None
    assert check_reading(reading, count_changes(data)) == []
    assert count_changes(data).parts
    body = [item for item in reading.paragraphs if not item.story.startswith("comment:")]
    assert [item.text for item in rejected(body).paragraphs] == before
    assert [item.text for item in accepted(body).paragraphs] == after
