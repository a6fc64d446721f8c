"""The text before and after, joined as Word joins it, each character traced back."""

import pytest

from livingmanual.model.returned import Point, Returned
from livingmanual.review.word.views import View, accepted, rejected
from tests.word.package import change, d, dele, footnote, ins, move_from, move_to, note_ref, p, r, tbl, tc, text_box, tr
from tests.word.reading import read


def texts(view: View) -> list[str]:
    return [item.text for item in view.paragraphs]


def both(*body: str, **parts: object) -> tuple[list[str], list[str]]:
    reading = read(*body, **parts)
    return texts(rejected(reading.paragraphs)), texts(accepted(reading.paragraphs))


MARK_IN, MARK_OUT = ins(), dele()


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ([p(r("same"))], ["same"], ["same"]),
        ([p(r("a"), ins(r("b")), dele(d("c")))], ["ac"], ["ab"]),
        ([p(ins(r("a"), dele(d("b"))))], [""], ["a"]),
        ([p(move_from("m", r("x")), r("-"), move_to("m", r("x")))], ["x-"], ["-x"]),
        # A paragraph was split, and one joined to the next.
        ([p(r("a"), mark=ins()), p(r("b"))], ["ab"], ["a", "b"]),
        ([p(r("a"), mark=dele()), p(r("b"))], ["a", "b"], ["ab"]),
        ([p(r("a"), mark=dele()), p(r("b"), mark=dele()), p(r("c"))], ["a", "b", "c"], ["abc"]),
        # A whole paragraph came: in the middle, and as the last one.
        ([p(r("a")), p(ins(r("new")), mark=ins()), p(r("b"))], ["a", "b"], ["a", "new", "b"]),
        ([p(r("a"), mark=ins()), p(ins(r("new")))], ["a"], ["a", "new"]),
        ([p(r("a")), p(ins(r("new")), mark=ins())], ["a"], ["a", "new"]),
        ([p(r("a")), p(dele(d("old")), mark=dele())], ["a", "old"], ["a"]),
        # Text that is left over stays although its mark goes.
        ([p(r("a"), mark=dele())], ["a"], ["a"]),
        # Moved paragraphs.
        (
            [
                p(change("w:moveFrom", r("x")), mark=change("w:moveFrom")),
                p(r("y")),
                p(change("w:moveTo", r("x")), mark=change("w:moveTo")),
            ],
            ["x", "y"],
            ["y", "x"],
        ),
        # Rows and cells.
        ([tbl(tr(tc(p(r("a")))), tr(tc(p(r("b"))), properties=ins()))], ["a"], ["a", "b"]),
        ([tbl(tr(tc(p(r("a"))), properties=dele()), tr(tc(p(r("b")))))], ["a", "b"], ["b"]),
        ([tbl(tr(tc(p(r("a")), properties=change("w:cellIns")), tc(p(r("b")))))], ["b"], ["a", "b"]),
        ([tbl(tr(tc(p(r("a")), properties=change("w:cellDel")), tc(p(r("b")))))], ["a", "b"], ["b"]),
        # Marks never join across cells, nor across a table that stays.
        ([tbl(tr(tc(p(r("a"), mark=dele())), tc(p(r("b")))))], ["a", "b"], ["a", "b"]),
        ([p(r("a"), mark=dele()), tbl(tr(tc(p(r("t"))))), p(r("b"))], ["a", "t", "b"], ["a", "t", "b"]),
        ([p(dele(d("a")), mark=dele()), tbl(tr(tc(p(r("t")))))], ["a", "t"], ["t"]),
        # They join across one that goes.
        ([p(r("a"), mark=dele()), tbl(tr(tc(p(r("t"))), properties=dele())), p(r("b"))], ["a", "t", "b"], ["ab"]),
        # A cell keeps one paragraph.
        ([tbl(tr(tc(p(ins(r("a")), mark=ins()))))], [""], ["a"]),
        # Blocks and boxes inside insertions.
        ([ins(p(r("a")), p(r("b"))), p(r("c"))], ["c"], ["a", "b", "c"]),
        ([p(r("a"), ins(text_box(p(r("box")))))], ["a"], ["a\ufffc", "box"]),
        ([p(r("a"), dele(text_box(p(r("box")))))], ["a\ufffc", "box"], ["a"]),
        # A box in a row that goes.
        ([tbl(tr(tc(p(text_box(p(r("box"))))), properties=dele())), p()], ["\ufffc", "", "box"], [""]),
    ],
)
def test_before_and_after(body: list[str], before: list[str], after: list[str]) -> None:
    assert both(*body) == (before, after)


def test_a_note_comes_and_goes_with_its_reference() -> None:
    notes = [footnote(2, p(ins(r("new note")))), footnote(3, p(dele(d("old note")))), footnote(4, p(r("stays")))]
    before, after = both(p(ins(note_ref(2)), dele(note_ref(3)), note_ref(4)), footnotes=notes)
    assert before == ["\ufffc\ufffc", "old note", "stays"]
    assert after == ["\ufffc\ufffc", "new note", "stays"]


def test_a_box_in_a_note_goes_with_the_note() -> None:
    before, after = both(p(r("a"), dele(note_ref(2))), footnotes=[footnote(2, p(r("n"), text_box(p(r("box")))))])
    assert (before, after) == (["a\ufffc", "n\ufffc", "box"], ["a"])


def _styled() -> Returned:
    names = "".join(f'<w:style w:type="paragraph" w:styleId="{n}"><w:name w:val="{n}"/></w:style>' for n in "AB")
    was = change("w:pPrChange", '<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    return read(p(r("a"), style="A", mark=dele()), p(r("b"), style="B", properties=was), styles=names)


def test_the_last_mark_gives_the_properties() -> None:
    paragraphs = _styled().paragraphs
    (joined,) = accepted(paragraphs).paragraphs
    assert (joined.properties.style, joined.paragraphs) == ("B", (0, 1))
    assert [item.properties.style for item in rejected(paragraphs).paragraphs] == ["A", "A"]


def test_formats_before_and_after() -> None:
    change_ = '<w:rPrChange w:id="1" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    paragraphs = read(p(r("x", "<w:b/>" + change_))).paragraphs
    assert rejected(paragraphs).paragraphs[0].slices[0].look.italic
    assert accepted(paragraphs).paragraphs[0].slices[0].look.bold


def test_every_character_is_traced() -> None:
    reading = read(p(r("ab"), ins(r("X")), r("c"), mark=dele()), p(dele(d("Y")), r("de")))
    (after,) = accepted(reading.paragraphs).paragraphs
    assert after.text == "abXcde"
    origins = [after.origin(n) for n in range(7)]
    assert origins == [Point(0, 0), Point(0, 1), Point(0, 2), Point(0, 3), Point(1, 1), Point(1, 2), None]
    before = rejected(reading.paragraphs)
    assert [item.text for item in before.paragraphs] == ["abc", "Yde"]


@pytest.mark.parametrize(
    ("point", "found"),
    [
        (Point(0, 0), (0, 0)),
        (Point(0, 2), (0, 2)),
        (Point(0, 3), (0, 2)),
        (Point(0, 4), (0, 3)),
        (Point(1, 0), (1, 0)),
        (Point(1, 1), (1, 1)),
        (Point(9, 0), None),
    ],
)
def test_points_find_their_place(point: Point, found: tuple[int, int] | None) -> None:
    reading = read(p(r("ab"), ins(r("X")), r("c"), mark=dele()), p(dele(d("Y")), r("de")))
    assert rejected(reading.paragraphs).find(point) == found
