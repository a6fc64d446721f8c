"""Widths of columns follow from the words in them."""

from livingmanual.render.docx.columns import widths
from tests.support import written


def of(text: str) -> list[float]:
    nodes = written.edition_of(text).nodes
    return widths(next(node for node in nodes if node["t"] == "Table"))


def test_shares_add_up_to_the_page() -> None:
    shares = of("| a | b | c |\n|---|---|---|\n| one | " + "two words " * 40 + "| three |\n")
    assert abs(sum(shares) - 1) < 0.001
    assert shares[1] > 0.6


def test_no_column_is_narrower_than_its_longest_word() -> None:
    shares = of("| a | b |\n|---|---|\n| nongovernmental | " + "word " * 400 + "|\n")
    assert shares[0] * 92 >= len("nongovernmental")


def test_a_column_to_fill_in_gets_room() -> None:
    shares = of("| Field | To fill in |\n|---|---|\n| " + "a long question " * 5 + "| |\n| another | |\n")
    assert shares[1] > 0.35


def test_an_empty_table_does_not_fail() -> None:
    assert of("| | |\n|---|---|\n| | |\n") == [0.5, 0.5]
