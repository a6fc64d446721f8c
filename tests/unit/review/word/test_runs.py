"""Text: characters, breaks, hyphens, symbols, white space, pieces and their states."""

import pytest

from livingmanual.model.returned import PLAIN, Point
from tests.word.package import d, dele, ins, move_from, move_to, p, r
from tests.word.reading import outcome, paragraph, piece, read


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:t xml:space="preserve"> a </w:t>', " a "),
        ("<w:t> a </w:t>", "a"),
        ("<w:t>a\nb</w:t>", "a b"),
        ("<w:t>a<!-- x -->b</w:t>", "ab"),
        ("<w:t>a&amp;b&#233;</w:t>", "a&bé"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a\nb"),
        ("<w:t>a</w:t><w:cr/><w:t>b</w:t>", "a\nb"),
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:ptab/>", "a\tb\t"),
        ("<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t>", "a\u2011b"),
        ("<w:t>a</w:t><w:softHyphen/><w:t>b</w:t>", "a\u00adb"),
        ('<w:sym w:font="Symbol" w:char="F061"/>', "α"),
        ('<w:sym w:font="Wingdings" w:char="F0E0"/>', "→"),
        ('<w:sym w:font="Arial" w:char="00E9"/>', "é"),
        ("<w:t>a</w:t><w:lastRenderedPageBreak/><w:t>b</w:t>", "ab"),
        ("<w:t/>", ""),
    ],
)
def test_characters(inside: str, text: str) -> None:
    assert paragraph(f"<w:r>{inside}</w:r>").text == text


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ('<w:br w:type="page"/>', "page-break"),
        ('<w:br w:type="column"/>', "column-break"),
        ('<w:sym w:font="Webdings" w:char="F061"/>', "symbol"),
        ("<w:pgNum/>", "generated"),
    ],
)
def test_characters_that_are_things(inside: str, kind: str) -> None:
    found = piece(f"<w:r>{inside}</w:r>")
    assert found.text == "\ufffc"
    assert found.thing is not None
    assert found.thing.kind == kind


def test_runs_of_one_state_are_one_piece() -> None:
    assert piece(r("a"), r("b", "<w:noProof/>"), r("c")).text == "abc"


def test_states_part_pieces() -> None:
    found = paragraph(r("a"), ins(r("b"), r("c")), ins(r("d"), author="Ben"), dele(d("e"))).pieces
    assert [(item.text, item.inserted, item.deleted) for item in found] == [
        ("a", (), ()),
        ("bc", (0,), ()),
        ("d", (1,), ()),
        ("e", (), (2,)),
    ]


def test_a_deletion_inside_an_insertion_has_both() -> None:
    reading = read(p(ins(r("a"), dele(d("b"), author="Ben"), author="Ana")))
    assert [(item.text, item.inserted, item.deleted) for item in reading.paragraphs[0].pieces] == [
        ("a", (0,), ()),
        ("b", (0,), (1,)),
    ]
    assert [(mark.kind, mark.author) for mark in reading.marks] == [("w:ins", "Ana"), ("w:del", "Ben")]


def test_a_mark_says_what_the_file_says() -> None:
    inside = r("x")
    attributes = 'w:id="9" w:author="Ana" w:date="2024-01-02T03:04:05Z" w16du:dateUtc="2024-01-02T00:04:05Z"'
    (mark,) = read(p(f"<w:ins {attributes}>{inside}</w:ins>")).marks
    assert (mark.element_id, mark.author, mark.date) == ("9", "Ana", "2024-01-02T03:04:05Z")
    assert (mark.date_utc, mark.part) == ("2024-01-02T00:04:05Z", "word/document.xml")
    assert (mark.start, mark.end) == (Point(0, 0), Point(0, 1))


def test_no_author_and_no_date_are_not_invented() -> None:
    (mark,) = read(p("<w:ins>" + r("x") + "</w:ins>")).marks
    assert (mark.author, mark.date, mark.date_utc, mark.element_id) == (None, None, None, None)


def test_an_empty_insertion_is_a_mark_with_a_place() -> None:
    reading = read(p(r("ab"), ins()))
    assert (reading.marks[0].start, reading.marks[0].end) == (Point(0, 2), Point(0, 2))


def test_the_two_halves_of_a_move_share_a_name() -> None:
    reading = read(p(move_from("move7", r("x"))), p(r("y"), move_to("move7", r("x"))))
    assert [(mark.kind, mark.move) for mark in reading.marks] == [("w:moveFrom", "move7"), ("w:moveTo", "move7")]
    assert reading.paragraphs[0].pieces[0].deleted == (0,)
    assert reading.paragraphs[1].pieces[1].inserted == (1,)


def test_a_moved_paragraph_mark_knows_its_move() -> None:
    start, end = '<w:moveFromRangeStart w:id="1" w:name="m"/>', '<w:moveFromRangeEnd w:id="1"/>'
    reading = read(p(start, mark='<w:moveFrom w:id="2" w:author="A"/>'), p(end))
    assert reading.marks[0].move == "m"


def test_a_change_of_format_keeps_both_looks() -> None:
    change = '<w:rPrChange w:id="1" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    reading = read(p(r("x", f"<w:b/>{change}"), r("y")))
    first, second = reading.paragraphs[0].pieces
    assert first.look.bold and not first.look.italic
    assert first.was is not None
    assert first.was.italic and not first.was.bold
    assert (first.format_mark, second.format_mark, second.was) == (0, None, None)
    assert (reading.marks[0].before, reading.marks[0].after) == ((("i", "on"),), (("b", "on"),))
    assert (reading.marks[0].start, reading.marks[0].end) == (Point(0, 0), Point(0, 1))


def test_text_outside_a_paragraph_is_kept_and_said() -> None:
    result = outcome(r("loose"), p(r("next")))
    assert result.value is not None
    assert [item.text for item in result.value.paragraphs] == ["loose", "next"]
    assert result.diagnostics[0].code == "word-loose-text"


def test_live_text_in_a_deletion_is_deleted() -> None:
    assert piece(dele(r("w:t, as some programs write it"))).deleted == (0,)


def test_unknown_wrappers_are_looked_into() -> None:
    found = paragraph("<w:smartTag><w:unheardOf>", ins(r("a")), "</w:unheardOf></w:smartTag>")
    assert (found.text, found.pieces[0].inserted) == ("a", (0,))


def test_plain_text_is_plain() -> None:
    assert piece(r("x")).look == PLAIN
