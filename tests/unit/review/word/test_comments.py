"""Comments: every shape that Word, LibreOffice and Google Docs write, each kept with its place and thread."""

import pytest

from livingmanual.model.returned import Comment, Point
from tests.word.package import (
    c_end,
    c_ref,
    c_start,
    comment,
    comment_ex,
    commented,
    d,
    dele,
    footnote,
    ins,
    note_ref,
    p,
    part,
    r,
    relationships,
    tbl,
    tc,
    tr,
)
from tests.word.reading import codes, outcome, read

WORD = {
    "_rels/.rels": relationships(
        [
            (
                "rId1",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                "word/document.xml",
                False,
            ),
            (
                "rId2",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
                "docProps/app.xml",
                False,
            ),
        ]
    ),
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>",
}


def place(found: Comment) -> tuple[Point | None, Point | None, bool]:
    return found.start, found.end, found.is_point


def test_a_comment_on_a_stretch() -> None:
    (found,) = read(p(r("ab"), commented(3, r("cd")), r("e")), comments=[comment(3, "Why", "so?")]).comments
    assert (found.element_id, found.author, found.initials, found.date) == ("3", "Ana", "A", "2024-05-06T07:08:00Z")
    assert found.text == "Why\nso?"
    assert place(found) == (Point(0, 2), Point(0, 4), False)
    assert found.anchored


def test_a_comment_on_a_point() -> None:
    (found,) = read(p(r("ab"), c_ref(0), r("c")), comments=[comment(0, "here")]).comments
    assert place(found) == (Point(0, 2), Point(0, 2), True)


def test_a_range_of_zero_length_is_a_point() -> None:
    (found,) = read(p(r("ab"), commented(0)), comments=[comment(0, "here")]).comments
    assert place(found) == (Point(0, 2), Point(0, 2), True)


def test_a_comment_over_paragraphs_and_over_a_table() -> None:
    reading = read(
        p(r("a"), c_start(0), r("b")),
        p(r("cd"), c_end(0), c_ref(0)),
        c_start(1),
        tbl(tr(tc(p(r("e"))), tc(p(r("fg"))))),
        c_end(1),
        p(c_ref(1), r("h")),
        comments=[comment(0, "two"), comment(1, "table")],
    )
    assert place(reading.comments[0]) == (Point(0, 1), Point(1, 2), False)
    assert place(reading.comments[1]) == (Point(2, 0), Point(3, 2), False)


def test_comments_on_tracked_text_and_ends_inside_deletions() -> None:
    reading = read(
        p(commented(0, ins(r("new"))), c_start(1), r("x"), dele(d("old"), c_end(1), d("er")), c_ref(1)),
        comments=[comment(0, "a"), comment(1, "b")],
    )
    assert place(reading.comments[0]) == (Point(0, 0), Point(0, 3), False)
    assert place(reading.comments[1]) == (Point(0, 3), Point(0, 7), False)


def test_overlapping_comments() -> None:
    reading = read(
        p(c_start(0), r("a"), c_start(1), r("b"), c_end(0), c_ref(0), r("c"), c_end(1), c_ref(1)),
        comments=[comment(0, "a"), comment(1, "b")],
    )
    assert [place(found) for found in reading.comments] == [
        (Point(0, 0), Point(0, 2), False),
        (Point(0, 1), Point(0, 3), False),
    ]


def test_a_comment_in_a_footnote() -> None:
    reading = read(
        p(note_ref(2)), footnotes=[footnote(2, p(r("see "), commented(0, r("this"))))], comments=[comment(0, "n")]
    )
    assert place(reading.comments[0]) == (Point(1, 4), Point(1, 8), False)
    assert reading.paragraphs[1].story == "footnote:2"


def test_a_comment_without_a_place_is_kept() -> None:
    result = outcome(p(r("a")), comments=[comment(0, "lost?")])
    assert result.value is not None
    (found,) = result.value.comments
    assert (found.text, found.anchored, found.start) == ("lost?", False, None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ((r("a"), c_start(0), r("b"), c_ref(0), r("c")), (Point(0, 1), Point(0, 2), False)),
        ((r("a"), c_start(0), r("b")), (Point(0, 1), Point(0, 1), True)),
        ((r("a"), c_end(0), r("b")), (Point(0, 1), Point(0, 1), True)),
        ((c_end(0), r("a"), c_start(0), r("b"), c_ref(0)), (Point(0, 1), Point(0, 1), True)),
    ],
)
def test_unbalanced_ranges_are_anchored_as_far_as_known(content: tuple[str, ...], expected: object) -> None:
    result = outcome(p(*content), comments=[comment(0, "x")])
    assert result.value is not None
    assert place(result.value.comments[0]) == expected
    assert set(codes(result)) <= {"word-comment-half"}


def test_a_place_without_a_comment_is_said() -> None:
    assert codes(outcome(p(commented(7, r("a"))), comments=[])) == ["word-comment-missing"]


def test_two_comments_of_one_id_are_both_kept_each_with_its_place() -> None:
    result = outcome(
        p(commented(1, r("a")), commented(1, r("b"))),
        comments=[comment(1, "first"), comment(1, "second", author="Ben")],
    )
    assert result.value is not None
    first, second = result.value.comments
    assert (first.text, first.start, second.text, second.start) == ("first", Point(0, 0), "second", Point(0, 1))
    assert first.story != second.story
    assert codes(result) == ["word-comment-id-twice"]


def test_replies_and_resolved_ones() -> None:
    reading = read(
        p(commented(0, r("a")), commented(1, r("b"))),
        comments=[
            comment(0, "q", para_id="0000AA00"),
            comment(1, "own", "answer", para_id="0000AA01"),
            comment(2, "c"),
        ],
        commentsExtended=[comment_ex("0000AA00", done=True), comment_ex("0000AA01", parent="0000aa00")],
    )
    assert [(item.parent, item.parent_by, item.resolved) for item in reading.comments] == [
        (None, "", True),
        (0, "file", False),
        (None, "", False),
    ]
    assert [item.parent_para_id for item in reading.threads] == [None, "0000aa00"]


def test_replies_to_nothing_are_said() -> None:
    result = outcome(
        p(commented(0, r("a"))),
        comments=[comment(0, "q", para_id="0000AA00")],
        commentsExtended=[comment_ex("0000AA00", parent="0000FFFF"), comment_ex("0000EEEE", parent="0000AA00")],
    )
    assert codes(result) == ["word-reply-dangling", "word-thread-missing"]
    assert result.value is not None
    assert result.value.comments[0].parent is None


def test_a_circle_of_replies_is_cut() -> None:
    reading = read(
        p(commented(0, r("a")), commented(1, r("b"))),
        comments=[comment(0, "q", para_id="0000AA00"), comment(1, "r", para_id="0000AA01")],
        commentsExtended=[comment_ex("0000AA00", parent="0000AA01"), comment_ex("0000AA01", parent="0000AA00")],
    )
    assert [item.parent for item in reading.comments] == [None, 0]


def test_true_time_comes_from_the_extensible_part() -> None:
    reading = read(
        p(commented(0, r("a"))),
        comments=[comment(0, "q", para_id="0000AA00")],
        commentsIds=['<w16cid:commentId w16cid:paraId="0000AA00" w16cid:durableId="7"/>'],
        commentsExtensible=['<w16cex:commentExtensible w16cex:durableId="7" w16cex:dateUtc="2024-05-06T04:08:00Z"/>'],
    )
    assert (reading.comments[0].date, reading.comments[0].date_utc) == ("2024-05-06T07:08:00Z", "2024-05-06T04:08:00Z")


def test_google_docs_repeats_the_range() -> None:
    both = p(c_start(0), c_start(1), r("abc"), c_end(0), c_ref(0), c_end(1), c_ref(1))
    google = both.replace("<w:p>", '<w:p w:rsidR="00000000">')
    reading = read(google, p(commented(2, r("x"))), comments=[comment(n, str(n)) for n in range(3)])
    assert reading.settings.generator == "google"
    assert [(item.parent, item.parent_by) for item in reading.comments] == [(None, ""), (0, "range"), (None, "")]


def test_word_without_threads_has_none() -> None:
    both = p(c_start(0), c_start(1), r("abc"), c_end(0), c_ref(0), c_end(1), c_ref(1))
    reading = read(both, comments=[comment(0, "a"), comment(1, "b")], files=WORD)
    assert reading.settings.generator == "word"
    assert [item.parent for item in reading.comments] == [None, None]


def test_libreoffice_says_it_in_the_text() -> None:
    reading = read(
        p(commented(0, r("abc")), commented(1, r("d")), c_ref(2)),
        comments=[
            comment(0, "other", author="Ana B"),
            comment(1, "question", author="Ana B"),
            comment(2, 'Reply to Ana B (05/06/2024, 07:08): "question"', "answer", author="Ben"),
        ],
        files=WORD,
    )
    assert [(item.parent, item.parent_by) for item in reading.comments] == [(None, ""), (None, ""), (1, "text")]


def test_a_text_that_names_nobody_here_is_no_reply() -> None:
    reading = read(
        p(commented(0, r("a")), c_ref(1)),
        comments=[comment(0, "q", author="Ana"), comment(1, 'Reply to Zoe (05/06/2024, 07:08): "q"', author="Ben")],
        files=WORD,
    )
    assert [item.parent for item in reading.comments] == [None, None]


def test_changes_inside_a_comments_own_text() -> None:
    reading = read(p(c_ref(0)), comments=[comment(0, p(r("is "), ins(r("new")), dele(d("old"))))])
    assert reading.comments[0].text == "is new"
    assert [mark.part for mark in reading.marks] == ["word/comments.xml"] * 2


def test_an_empty_comment() -> None:
    (found,) = read(p(c_ref(0)), comments=['<w:comment w:id="0"/>']).comments
    assert (found.text, found.author, found.date) == ("", None, None)


def test_comments_without_ids_are_kept() -> None:
    reading = read(p(r("a")), comments=["<w:comment/>", f"<w:comment>{p(r('x'))}</w:comment>"])
    assert [item.text for item in reading.comments] == ["", "x"]


def test_a_comments_part_that_nothing_points_to_is_read() -> None:
    files = {"word/_rels/document.xml.rels": relationships([])}
    assert len(read(p(c_ref(0)), comments=[comment(0, "x")], files=files).comments) == 1


def test_a_second_comments_part_is_read_too() -> None:
    second = {"word/comments2.xml": part("w:comments", comment(1, "b"))}
    data = read(p(c_ref(0), c_ref(1)), comments=[comment(0, "a")], footer=["<w:p/>"], files=_also(second))
    assert [item.text for item in data.comments] == ["a", "b"]


def _also(files: dict[str, bytes]) -> dict[str, bytes]:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    links = [("rId1", kind, "comments.xml", False), ("rId2", kind, "/word/comments2.xml", False)]
    return {**files, "word/_rels/document.xml.rels": relationships(links)}
