"""The counter by itself: what it counts as what, and what it leaves alone."""

import pytest

from livingmanual.review.count import count_changes
from tests.word.package import (
    change,
    comment,
    comment_ex,
    d,
    dele,
    ins,
    p,
    part,
    r,
    tbl,
    tc,
    text_box,
    tr,
    unzipped,
    word,
    zipped,
)


def body(*content: str) -> dict[str, int]:
    """Counts in the document part of a file with this body."""
    counted = count_changes(word(*content))
    assert not counted.unreadable
    return dict(counted.parts.get("word/document.xml", {}))


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (p(r("a")), {}),
        (p(ins(r("a"), dele(d("b")))), {"w:ins": 1, "w:del": 1}),
        (p(ins(), ins()), {"w:ins": 2}),
        (p(change("w:moveFrom"), change("w:moveTo")), {"w:moveFrom": 1, "w:moveTo": 1}),
        (p(mark=ins() + dele()), {"w:rPr/w:ins": 1, "w:rPr/w:del": 1}),
        (p(mark=change("w:moveFrom") + change("w:moveTo")), {"w:rPr/w:moveFrom": 1, "w:rPr/w:moveTo": 1}),
        (p(r("a", ins())), {"w:r/w:rPr/w:ins": 1}),
        (p(properties=f"<w:numPr>{ins()}</w:numPr>"), {"w:numPr/w:ins": 1}),
        (tbl(tr(tc(), properties=ins() + dele())), {"w:trPr/w:ins": 1, "w:trPr/w:del": 1}),
        (tbl(tr(tc(properties=change("w:cellIns")))), {"w:tcPr/w:cellIns": 1}),
        (p(f"<m:oMath><m:f><m:fPr><m:ctrlPr>{ins()}</m:ctrlPr></m:fPr></m:f></m:oMath>"), {"m:ctrlPr/w:ins": 1}),
        (
            p(f"<m:oMath><m:ctrlPr>{ins('<w:rPr>' + dele() + '</w:rPr>')}</m:ctrlPr></m:oMath>"),
            {"m:ctrlPr/w:ins": 1, "m:ctrlPr/w:del": 1},
        ),
        (
            p(properties=change("w:pPrChange", f"<w:pPr><w:numPr>{ins()}</w:numPr></w:pPr>")),
            {"w:pPrChange": 1, "w:pPrChange//w:numPr/w:ins": 1},
        ),
        (p(mark=change("w:rPrChange", f"<w:rPr>{dele()}</w:rPr>")), {"w:rPrChange": 1, "w:rPrChange//w:rPr/w:del": 1}),
        (p(text_box(p(ins(r("boxed"))))), {"w:ins": 1}),
        (p("<w:moveFromRangeStart w:id='1' w:name='m'/><w:moveFromRangeEnd w:id='1'/>"), {}),
    ],
)
def test_kinds(content: str, counts: dict[str, int]) -> None:
    assert body(content) == counts


@pytest.mark.parametrize(
    ("branches", "counts"),
    [
        ("<mc:Choice Requires='w14'>{ins}</mc:Choice><mc:Fallback>{del}</mc:Fallback>", {"w:ins": 1}),
        ("<mc:Choice xmlns:n='urn:new' Requires='n'>{ins}</mc:Choice><mc:Fallback>{del}</mc:Fallback>", {"w:del": 1}),
        ("<mc:Choice xmlns:n='urn:new' Requires='w14 n'>{ins}</mc:Choice>", {}),
        ("<mc:Choice Requires='unbound'>{ins}</mc:Choice><mc:Fallback>{del}</mc:Fallback>", {"w:del": 1}),
        ("<mc:Choice>{ins}</mc:Choice><mc:Fallback>{del}</mc:Fallback>", {"w:del": 1}),
        ("<mc:Choice Requires='w14'>{ins}</mc:Choice><mc:Choice Requires='w15'>{del}</mc:Choice>", {"w:ins": 1}),
    ],
)
def test_one_branch_of_alternatives_counts(branches: str, counts: dict[str, int]) -> None:
    inside = branches.replace("{ins}", ins(r("a"))).replace("{del}", dele(d("b")))
    assert body(p(f"<mc:AlternateContent>{inside}</mc:AlternateContent>")) == counts


def test_alternatives_inside_alternatives() -> None:
    inner = f"<mc:AlternateContent><mc:Choice Requires='w14'>{ins(r('a'))}</mc:Choice></mc:AlternateContent>"
    outer = f"<mc:Choice Requires='w15'>{inner}</mc:Choice><mc:Fallback>{inner}{inner}</mc:Fallback>"
    assert body(p(f"<mc:AlternateContent>{outer}</mc:AlternateContent>{ins(r('after'))}")) == {"w:ins": 2}


def test_comments_replies_and_resolved_ones() -> None:
    counted = count_changes(
        word(
            p(),
            comments=[comment(0, "a"), comment(1, "b")],
            commentsExtended=[
                comment_ex("1", done=True),
                comment_ex("2", parent="1"),
                comment_ex("3", parent="1", done=True),
            ],
        )
    )
    assert counted.totals == {"reply": 2, "resolved": 2, "w:comment": 2}


def test_parts_are_counted_apart() -> None:
    counted = count_changes(word(p(ins(r("a"))), header=[p(ins(r("b")))], comments=[comment(0, p(ins(r("c"))))]))
    assert counted.parts == {
        "word/document.xml": {"w:ins": 1},
        "word/header1.xml": {"w:ins": 1},
        "word/comments.xml": {"w:comment": 1, "w:ins": 1},
    }


def test_what_is_not_word_is_left_alone() -> None:
    lookalike = part("w:document", f"<w:body>{p(ins(r('x')))}</w:body>")
    foreign = b'<x:root xmlns:x="urn:x"><x:ins/></x:root>'
    files = {"customXml/item1.xml": lookalike, "word/theme/theme1.xml": foreign, "word/media/a.png": b"\x89PNG"}
    counted = count_changes(word(p(), files=files))
    assert (counted.parts, counted.unreadable) == ({}, {})


def test_a_part_without_xml_in_its_name_is_counted() -> None:
    assert count_changes(word(p(), files={"word/odd": part("w:hdr", p(ins(r("x"))))})).parts == {
        "word/odd": {"w:ins": 1}
    }


def test_a_part_that_is_not_well_formed_is_named() -> None:
    entries = unzipped(word(p(ins(r("a"))), header=[p()]))
    entries["word/header1.xml"] = entries["word/header1.xml"][:-4]
    counted = count_changes(zipped(entries))
    assert list(counted.unreadable) == ["word/header1.xml"]
    assert counted.parts == {"word/document.xml": {"w:ins": 1}}
