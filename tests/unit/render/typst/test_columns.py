"""Column widths: whole words, no overflow, room for what is long."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingmanual.render.typst import columns as sut

Node = dict[str, Any]


def table(*rows: list[str], head: int = 1) -> Node:
    def row(cells: list[str]) -> list[Any]:
        return [["", [], []], [cell(text) for text in cells]]

    made = [row(texts) for texts in rows]
    spec = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    empty = ["", [], []]
    return {
        "t": "Table",
        "c": [
            empty,
            [None, []],
            [spec] * len(rows[0]),
            [empty, made[:head]],
            [[empty, 0, [], made[head:]]],
            [empty, []],
        ],
    }


def cell(text: str, rows: int = 1, spans: int = 1) -> list[Any]:
    words = [{"t": "Str", "c": text}]
    return [["", [], []], {"t": "AlignDefault"}, rows, spans, [{"t": "Plain", "c": words}]]


LONG = "a sentence that says a good deal more than the others do, so that it needs several lines to be read with ease"


def test_a_small_table_keeps_its_natural_width() -> None:
    assert sut.columns(table(["a", "b"], ["1", "2"])) == sut.Columns((), 1.0, False, True)


def test_short_cells_stay_on_one_line_beside_long_text() -> None:
    made = sut.columns(table(["Norm", "What it says"], ["norm N01", LONG], ["norm N02", LONG]))
    first, second = made.shares
    assert first / 100 >= sut.width("norm N01") + sut.PADDING - 0.01
    assert second > 3 * first
    assert (made.size, made.divide) == (1.0, False)


def test_long_words_side_by_side_shrink_the_text_and_are_divided_at_last() -> None:
    word = "Intergovernmental"
    six = sut.columns(table([word] * 5, [word] * 5))
    many = sut.columns(table([word] * 12, [word] * 12))
    assert (six.size < 1, six.divide) == (True, False)
    assert (many.size, many.divide) == (sut.SIZES[-1], True)


def test_an_endless_word_does_not_take_the_page() -> None:
    made = sut.columns(table(["a", "b"], ["x" * 200, LONG]))
    assert made.divide
    assert made.shares[0] < 2.5 * made.shares[1]


def test_columns_to_fill_in_get_room() -> None:
    made = sut.columns(table(["Question", "Answer"], [LONG, ""], [LONG, ""]))
    assert made.shares[1] / 100 >= 10


def test_a_cell_over_two_columns_and_one_over_two_rows() -> None:
    node = table(["a", "b", "c"], ["x", "y", "z"], ["u", "v"])
    node["c"][4][0][3] = [
        [["", [], []], [cell("tall", rows=2), cell("wide " * 20, spans=2)]],
        [["", [], []], [cell("under"), cell("last")]],
    ]
    found = [(found.row, found.column, found.text) for found in sut._cells(node, 3)]
    assert found[3:] == [(1, 0, "tall"), (1, 1, "wide " * 20), (2, 1, "under"), (2, 2, "last")]
    assert sut.columns(node).shares == ()


def test_short_tables_are_kept_together_and_long_ones_not() -> None:
    assert sut.columns(table(["a", LONG], ["b", LONG])).keep
    assert not sut.columns(table(["a", LONG], *[["b", LONG]] * 12)).keep


@pytest.mark.parametrize(("text", "ems"), [("mmm", 2.82), ("iii", 0.81), ("é", 0.57), ("漢", 1.0), ("e\u0301", 0.57)])
def test_width_of_letters(text: str, ems: float) -> None:
    assert sut.width(text) == pytest.approx(ems)


CELLS = st.text(st.sampled_from("abcdefghijklmno MW.,-/\n"), max_size=60)
ROWS = st.integers(1, 9).flatmap(
    lambda count: st.lists(st.lists(CELLS, min_size=count, max_size=count), min_size=1, max_size=6)
)


@given(ROWS)
def test_every_column_holds_its_longest_word_unless_words_are_divided(rows: list[list[str]]) -> None:
    node = table(*rows)
    made = sut.columns(node)
    if not made.shares or made.divide:
        return
    line = sut.LINE / made.size
    assert sum(made.shares) / 100 <= line + 0.01 * len(made.shares)
    for cell_ in sut._cells(node, len(rows[0])):
        for word in sut._words(cell_.text):
            weight = sut.BOLD if cell_.head else 1.0
            assert sut.width(word) * weight + sut.PADDING <= made.shares[cell_.column] / 100 + 0.01


def test_one_long_column_gets_what_the_short_ones_leave() -> None:
    head = ["Form", "By", "Limit", "Example"]
    made = sut.columns(table(head, ["Act of parliament", "Legislature", "Takes time", LONG]))
    assert made.shares[3] > 1.5 * max(made.shares[:3])


def test_only_rows_as_tall_as_a_page_may_break() -> None:
    assert not sut.columns(table(["a", "b"], [LONG, LONG * 3])).tall
    assert sut.columns(table(["a", "b"], [LONG, LONG * 40])).tall
