"""Fields: only results are text, and nothing swallows what follows."""

import pytest

from livingmanual.review.word.fields import link_target
from tests.word.package import d, dele, field_begin, field_end, fld, ins, p, r
from tests.word.reading import codes, outcome, paragraph, piece, read


def _char(kind: str, inside: str = "") -> str:
    return r(inside=f'<w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar>')


def _code(text: str) -> str:
    return r(inside=f'<w:instrText xml:space="preserve">{text}</w:instrText>')


def test_a_complex_field() -> None:
    found = paragraph(r("see "), fld(r" REF  _x \h ", r("Chapter 1")), r("."))
    assert [(item.text, item.field) for item in found.pieces] == [
        ("see ", None),
        ("Chapter 1", r"REF _x \h"),
        (".", None),
    ]


def test_a_simple_field() -> None:
    assert piece(f'<w:fldSimple w:instr="PAGE">{r("7")}</w:fldSimple>').field == "PAGE"


def test_an_instruction_without_result_is_not_text() -> None:
    assert paragraph(_char("begin"), _code('XE "water"'), _char("end"), r("a")).text == "a"


def test_a_contents_list_over_paragraphs() -> None:
    found = read(
        p(field_begin('TOC \\o "1-3"'), fld('HYPERLINK \\l "_Toc1"', r("One\t"), fld("PAGEREF _Toc1", r("3")))),
        p(r("Two")),
        p(field_end(), r("after")),
    ).paragraphs
    assert [(item.text, item.look.link, item.field) for paragraph in found for item in paragraph.pieces] == [
        ("One\t", "#_Toc1", 'TOC \\o "1-3"'),
        ("3", "#_Toc1", "PAGEREF _Toc1"),
        ("Two", None, 'TOC \\o "1-3"'),
        ("after", None, None),
    ]


def test_a_nested_field_in_an_instruction_is_part_of_it() -> None:
    found = paragraph(
        _char("begin"),
        _code("IF "),
        fld("MERGEFIELD a", r("1")),
        _code(" = 1"),
        _char("separate"),
        r("yes"),
        _char("end"),
    )
    assert [(item.text, item.field) for item in found.pieces] == [("yes", "IF 1 = 1")]


def test_a_deleted_field() -> None:
    code = r(inside="<w:delInstrText>PAGE</w:delInstrText>")
    found = paragraph(dele(_char("begin"), code, _char("separate"), d("7"), _char("end")), r("a"))
    assert [(item.text, item.deleted, item.field) for item in found.pieces] == [("7", (0,), "PAGE"), ("a", (), None)]


def test_a_changed_instruction_is_the_new_one() -> None:
    old = dele(r(inside="<w:delInstrText>REF a</w:delInstrText>"))
    found = paragraph(_char("begin"), old, ins(_code("REF b")), _char("separate"), r("x"), _char("end"))
    assert found.pieces[0].field == "REF b"


def test_a_field_that_never_ends_swallows_nothing() -> None:
    result = outcome(p(_char("begin"), _code("REF a"), r("text")), p(r("more"), fld("PAGE", r("1"))))
    assert result.value is not None
    assert [item.text for item in result.value.paragraphs] == ["text", "more1"]
    assert codes(result) == ["word-field-open"]


def test_stray_ends_mean_nothing() -> None:
    assert paragraph(_char("separate"), r("a"), _char("end"), r("b")).text == "ab"


def test_a_link_that_ends_inside_a_run() -> None:
    end = '<w:r><w:t>in</w:t><w:fldChar w:fldCharType="end"/><w:t>out</w:t></w:r>'
    found = paragraph(field_begin('HYPERLINK "u"'), end)
    assert [(item.text, item.look.link) for item in found.pieces] == [("in", "u"), ("out", None)]


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ('HYPERLINK "http://a.b/c"', "http://a.b/c"),
        ("HYPERLINK http://a.b", "http://a.b"),
        ('HYPERLINK "http://a.b" \\l "x" \\o "tip"', "http://a.b#x"),
        ('HYPERLINK \\l "x"', "#x"),
        ('HYPERLINK "c:\\\\a" \\t "_blank"', "c:\\a"),
        ("hyperlink", ""),
        ("PAGE", None),
        ("", None),
    ],
)
def test_link_targets(instruction: str, target: str | None) -> None:
    assert link_target(instruction) == target


@pytest.mark.parametrize(
    ("form", "kind", "text"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "checkbox", "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "checkbox", "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>', "dropdown", "b"),
    ],
)
def test_old_forms(form: str, kind: str, text: str) -> None:
    thing = piece(_char("begin", f"<w:ffData>{form}</w:ffData>"), _code("FORMX"), _char("end")).thing
    assert thing is not None
    assert (thing.kind, thing.text) == (kind, text)


def test_a_shown_field_without_result_is_a_thing() -> None:
    thing = piece(_char("begin"), _code("EQ \\f(1,2)"), _char("end")).thing
    assert thing is not None
    assert (thing.kind, thing.target) == ("field", "EQ \\f(1,2)")
