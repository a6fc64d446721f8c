"""The table of norms and countries: what was answered and nothing more, for eyes, screen readers and spreadsheets."""

import io
import re
from collections.abc import Iterator

import pytest
from lxml import html
from openpyxl import load_workbook

from livingmanual.model.profile import Answer
from livingmanual.report.norms import SIGNS, NormsTable, page, workbook

COUNTRIES = (("CI", "Côte d’Ivoire"), ("KE", "Kenya"), ("ZM", "Zambia <b>"))
NORMS = (("N01", "A law exists."), ("N02", "It is & stays public."))
ANSWERS = (
    Answer("N01", "KE", "partly", "2026-11-21", '=HYPERLINK("http://x")', "+1"),
    Answer("N01", "CI", "yes", ""),
    Answer("N02", "CI", "no", ""),
    Answer("N02", "KE", "not-applicable", ""),
)
TABLE = NormsTable(
    "A <manual>", NORMS, COUNTRIES, {(a.norm, a.country): a for a in ANSWERS}, frozenset({("N02", "ZM")})
)
WANTED = {
    ("N01", "CI"): "yes",
    ("N01", "KE"): "partly",
    ("N01", "ZM"): "no answer",
    ("N02", "CI"): "no",
    ("N02", "KE"): "not applicable",
    ("N02", "ZM"): "no answer (asked in other words there)",
}


@pytest.fixture(scope="module")
def read() -> html.HtmlElement:
    return html.document_fromstring(page(TABLE).encode(), parser=html.HTMLParser(encoding="utf-8"))


def pictured(read: html.HtmlElement) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Norm and country, words and shape of each cell of the picture."""
    names = {name: code for code, name in COUNTRIES}
    for group in read.iter("g"):
        norm, country, said = re.fullmatch(r"(\w+), (.*?): (.*)", group.find("title").text).groups()  # type: ignore[union-attr]
        shape = "".join(re.sub(r'(c[xy]|d)="[^"]*"', "", html.tostring(one, encoding="unicode")) for one in group[1:])
        yield (norm, names[country]), said, shape


def test_the_picture_and_the_table_say_the_same(read: html.HtmlElement) -> None:
    assert {key: said for key, said, _ in pictured(read)} == WANTED
    [table] = read.iter("table")
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert [cell.split()[0] for cell in rows[0]] == ["Norm", "CI", "KE", "ZM"]
    for row in rows[1:]:
        for (code, _), cell in zip(COUNTRIES, row[1:], strict=True):
            assert cell.startswith(WANTED[row[0].split()[0], code])


def test_answers_differ_in_shape_and_have_one_colour(read: html.HtmlElement) -> None:
    shapes = {said: shape for _, said, shape in pictured(read)}
    assert len(set(shapes.values())) == len(shapes) == 6
    drawn = "".join(shapes[words] for words in SIGNS.values() if words != "no answer")
    assert set(re.findall(r"#[0-9a-f]{6}", drawn)) == {"#2f4a6b"}


def test_a_screen_reader_is_told_what_the_picture_is_and_the_table_has_its_heads(read: html.HtmlElement) -> None:
    [picture] = [one for one in read.iter("svg") if one.get("role") == "img"]
    named = [read.get_element_by_id(name).text for name in picture.get("aria-labelledby").split()]
    assert all(named) and len(named) == 2
    assert {cell.get("scope") for cell in read.iter("th")} == {"row", "col"}
    assert all(one.get("role") == "img" or one.get("aria-hidden") == "true" for one in read.iter("svg"))
    assert read.get("lang") == "en"


def test_nothing_is_added_up_and_nothing_runs(read: html.HtmlElement) -> None:
    words = read.text_content().lower()
    assert not re.search(r"%|\btotal|\bscore|\brank|\baverage|\bsum\b", words)
    assert list(read.iter("script", "a", "img", "link", "iframe")) == []
    assert "Zambia <b>" in page(TABLE).replace("&lt;", "<").replace("&gt;", ">")
    assert "<b>" not in page(TABLE)


def test_the_workbook_holds_words_and_no_formulas() -> None:
    book = load_workbook(io.BytesIO(workbook(TABLE)))
    grid, answers = book["Norms and countries"], book["Answers"]
    rows = [[str(value) for value in row] for row in grid.iter_rows(values_only=True)]
    assert rows[0] == ["Norm", "What it asks for", *(name for _, name in COUNTRIES)]
    assert {
        (row[0], code): said for row in rows[1:] for (code, _), said in zip(COUNTRIES, row[2:], strict=True)
    } == WANTED
    said = {(row[0], row[1]): row[2:] for row in answers.iter_rows(min_row=2, values_only=True)}
    assert said["N01", "Kenya"] == ("partly", "2026-11-21", '=HYPERLINK("http://x")', "+1")
    assert len(said) == len(WANTED)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_equal_tables_give_equal_bytes() -> None:
    assert workbook(TABLE) == workbook(TABLE)
    assert page(TABLE) == page(TABLE)
