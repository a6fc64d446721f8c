"""The ledger: agreement is silent, every difference has a name."""

from dataclasses import replace

from livingmanual.model.ledger import Account, Counted, Difference, total
from livingmanual.model.returned import Returned
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import account_of_reading, check_reading
from livingmanual.review.word.reader import read_word
from tests.word.package import comment, comment_ex, commented, ins, p, r, word

DATA = word(
    p(ins(r("a")), commented(0, r("b")), commented(1, r("c"))),
    header=[p(ins(r("d")))],
    comments=[comment(0, "q", para_id="0000000A"), comment(1, "r", para_id="0000000B")],
    commentsExtended=[comment_ex("0000000A", done=True), comment_ex("0000000B", parent="0000000A")],
)


def reading() -> Returned:
    value = read_word(DATA).value
    assert value is not None
    return value


def test_agreement() -> None:
    account = account_of_reading(reading(), count_changes(DATA))
    assert account.balanced
    assert account.accounted == {"reply": 1, "resolved": 1, "w:comment": 2, "w:ins": 2}
    assert total(account.found) == account.accounted


def test_a_lost_mark_is_named_with_its_part() -> None:
    one = reading()
    lost = replace(one, marks=tuple(mark for mark in one.marks if mark.part != "word/header1.xml"))
    (difference,) = check_reading(lost, count_changes(DATA))
    assert difference == Difference("word/header1.xml", "w:ins", 1, 0)
    assert str(difference) == "word/header1.xml: w:ins: 1 in the file, 0 accounted for"


def test_a_mark_too_many_is_named() -> None:
    one = reading()
    assert [
        (d.found, d.read) for d in check_reading(replace(one, marks=(*one.marks, one.marks[0])), count_changes(DATA))
    ] == [(1, 2)]


def test_lost_comments_and_threads_are_named() -> None:
    one = reading()
    assert [d.kind for d in check_reading(replace(one, comments=one.comments[:1]), count_changes(DATA))] == [
        "w:comment"
    ]
    assert [d.kind for d in check_reading(replace(one, threads=()), count_changes(DATA))] == ["reply", "resolved"]


def test_what_could_not_be_counted_does_not_balance() -> None:
    assert not Account({}, {}, (), {"word/header1.xml": "it is damaged"}).balanced
    assert not account_of_reading(reading(), Counted({}, {}, {"package": "no"})).balanced
