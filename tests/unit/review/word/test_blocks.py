"""Paragraphs, their properties, tables, content controls."""

import pytest

from livingmanual.model.returned import Cell, ListPlace, Point
from tests.word.package import bookmark, change, d, dele, ins, p, r, tbl, tc, text_box, tr
from tests.word.reading import codes, outcome, read

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/><w:basedOn w:val="T1"/>
  <w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T3"><w:name w:val="Own"/><w:basedOn w:val="T2"/></w:style>
<w:style w:type="paragraph" w:styleId="AR"><w:name w:val="Arabic"/><w:pPr><w:bidi/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/><w:basedOn w:val="LB"/></w:style>
<w:style w:type="numbering" w:styleId="NS"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
  <w:lvl w:ilvl="1"><w:pStyle w:val="LB2"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="NS"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
  <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
"""


def _num(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


@pytest.mark.parametrize(
    ("style", "properties", "name", "level", "alignment"),
    [
        ("", "", "Normal", None, None),
        ("T1", "", "heading 1", 1, None),
        ("T2", "", "heading 2", 2, "center"),
        ("T3", "", "Own", 2, "center"),
        ("T3", '<w:outlineLvl w:val="4"/><w:jc w:val="both"/>', "Own", 5, "both"),
        ("T1", '<w:outlineLvl w:val="9"/>', "heading 1", None, None),
        ("Gone", "", "Gone", None, None),
    ],
)
def test_styles_are_known_by_name(
    style: str, properties: str, name: str, level: int | None, alignment: str | None
) -> None:
    (found,) = read(p(r("x"), style=style, properties=properties), styles=STYLES).paragraphs
    assert (found.style, found.properties.outline_level, found.properties.alignment) == (name, level, alignment)


def test_direction() -> None:
    found = read(
        p(style="AR"), p(properties="<w:bidi/>"), p(style="AR", properties='<w:bidi w:val="0"/>'), styles=STYLES
    )
    assert [item.properties.direction for item in found.paragraphs] == ["rtl", "rtl", "ltr"]


@pytest.mark.parametrize(
    ("style", "properties", "place"),
    [
        ("", _num(1), ListPlace("1", 0, True, "decimal", "%1.")),
        ("", _num(1, 1), ListPlace("1", 1, True, "lowerLetter", "(%2)")),
        ("", _num(2), ListPlace("2", 0, False, "bullet", "•")),
        ("", _num(3), ListPlace("3", 0, True, "upperRoman", "%1)")),
        ("", _num(4), ListPlace("4", 0, True, "decimal", "%1.")),
        ("", _num(9), ListPlace("9", 0, None, None, None)),
        ("LB", "", ListPlace("2", 0, False, "bullet", "•")),
        ("LB2", "", ListPlace("2", 1, False, "bullet", "–")),
        ("LB", _num(0), None),
        ("", "", None),
    ],
)
def test_lists(style: str, properties: str, place: ListPlace | None) -> None:
    (found,) = read(p(r("x"), style=style, properties=properties), styles=STYLES, numbering=NUMBERING).paragraphs
    assert found.properties.list == place


def test_marks_of_a_paragraph_mark() -> None:
    found = read(p(r("a"), mark=ins()), p(r("b"), mark=dele()), p(r("c"), mark=ins() + dele()))
    assert [(item.mark_inserted, item.mark_deleted) for item in found.paragraphs] == [
        ((0,), ()),
        ((), (1,)),
        ((2,), (3,)),
    ]
    assert found.marks[0].start == found.marks[0].end == Point(0, 1)


def test_a_change_of_style() -> None:
    before = change("w:pPrChange", '<w:pPr><w:pStyle w:val="T2"/></w:pPr>')
    reading = read(p(r("x"), style="T1", properties='<w:jc w:val="left"/>' + before), styles=STYLES)
    (found,) = reading.paragraphs
    assert (found.style, found.was and found.was.style, found.property_marks) == ("heading 1", "heading 2", (0,))
    assert reading.marks[0].before == (("pStyle", "T2"),)
    assert reading.marks[0].after == (("pStyle", "T1"), ("jc", "left"))


def test_made_a_list_item() -> None:
    inserted = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{ins()}</w:numPr>'
    (found,) = read(p(r("x"), properties=inserted), numbering=NUMBERING).paragraphs
    assert found.properties.list is not None
    assert found.was is not None
    assert found.was.list is None
    assert found.property_marks == (0,)


def test_a_change_of_the_marks_look_is_no_insertion() -> None:
    (found,) = read(p(r("x"), mark="<w:b/>" + change("w:rPrChange", "<w:rPr/>"))).paragraphs
    assert (found.mark_inserted, found.property_marks) == ((), (0,))


def test_a_section_ends() -> None:
    kinds = ["<w:sectPr/>", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', ""]
    found = read(*(p(r("x"), properties=kind) for kind in kinds)).paragraphs
    assert [item.section_break for item in found] == ["nextPage", "continuous", None]


def test_paragraph_ids() -> None:
    assert [item.para_id for item in read(p(para_id="1A2B3C4D"), p()).paragraphs] == ["1A2B3C4D", None]


def test_cells_know_their_place() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    inner = tbl(tr(tc(p(r("deep")))))
    found = read(
        tbl(
            tr(tc(p(r("a")), properties='<w:vMerge w:val="restart"/>'), tc(p(r("b")), properties=wide), tc(p(r("c")))),
            tr(tc(p(), properties="<w:vMerge/>"), tc(inner, p(r("d"))), properties='<w:gridBefore w:val="1"/>'),
        ),
        p(r("after")),
    ).paragraphs
    places = [(item.text, [(c.table, c.row, c.column, c.span, c.merged) for c in item.cells]) for item in found]
    assert places == [
        ("a", [(0, 0, 0, 1, "restart")]),
        ("b", [(0, 0, 1, 2, None)]),
        ("c", [(0, 0, 3, 1, None)]),
        ("", [(0, 1, 1, 1, "continue")]),
        ("deep", [(0, 1, 2, 1, None), (1, 0, 0, 1, None)]),
        ("d", [(0, 1, 2, 1, None)]),
        ("after", []),
    ]


def test_marks_of_rows_and_cells() -> None:
    reading = read(
        tbl(
            tr(tc(p(r("a"))), tc(p(r("b"))), properties=ins()),
            tr(
                tc(p(r("c")), properties=change("w:cellDel")),
                tc(p(r("d")), properties=change("w:cellIns")),
                properties=dele(),
            ),
            properties=change("w:tblPrChange", "<w:tblPr/>"),
        )
    )
    first, _, third, fourth = (item.cells[0] for item in reading.paragraphs)
    assert first == Cell(0, 0, 0, row_inserted=(1,), table_marks=(0,))
    assert (third.row_deleted, third.deleted, third.inserted) == ((2,), (3,), ())
    assert (fourth.row_deleted, fourth.deleted, fourth.inserted) == ((2,), (), (4,))
    assert reading.paragraphs[0].row_marks == (1,)
    assert reading.paragraphs[2].cell_marks == (3,)
    row = reading.marks[1]
    assert (row.kind, row.start, row.end) == ("w:trPr/w:ins", Point(0, 0), Point(1, 1))


def test_merged_cells() -> None:
    merge = change("w:cellMerge", more='w:vMerge="cont" w:vMergeOrig="rest"')
    reading = read(tbl(tr(tc(p(r("a")), properties=merge))))
    assert reading.paragraphs[0].cells[0].marks == (0,)
    assert (reading.marks[0].before, reading.marks[0].after) == ((("vMerge", "rest"),), (("vMerge", "cont"),))


def test_containers() -> None:
    toc = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    tagged = '<w:sdtPr><w:alias w:val="shown"/><w:tag w:val="mine"/></w:sdtPr>'
    found = read(
        f"<w:sdt>{toc}<w:sdtContent>{p(r('a'))}</w:sdtContent></w:sdt>",
        f'<w:customXml w:element="e"><w:sdt>{tagged}<w:sdtContent>{p(r("b"))}</w:sdtContent></w:sdt></w:customXml>',
        p(f"<w:sdt>{tagged}<w:sdtContent>{r('c')}</w:sdtContent></w:sdt>"),
    ).paragraphs
    assert [(item.text, item.containers) for item in found] == [
        ("a", ("sdt:Table of Contents",)),
        ("b", ("customXml:e", "sdt:mine")),
        ("c", ()),
    ]


def test_blocks_inside_an_insertion() -> None:
    found = read(ins(p(r("a")), p(r("b"))), p(r("c"))).paragraphs
    assert [(item.mark_inserted, item.pieces[0].inserted) for item in found] == [((0,), (0,)), ((0,), (0,)), ((), ())]


def test_bookmarks() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="section"/>', '<w:bookmarkEnd w:id="1"/>'
    reading = read(
        start,
        p(bookmark("_head", r("Heading")), bookmark("point")),
        p(r("text ")),
        p(dele('<w:bookmarkStart w:id="7" w:name="_in"/>', d("x")), '<w:bookmarkEnd w:id="7"/>'),
        end,
        p(r("outside")),
    )
    assert [(item.bookmarks, item.places) for item in reading.paragraphs] == [
        (("section", "_head"), ("point",)),
        (("section",), ()),
        (("section", "_in"), ()),
        ((), ()),
    ]
    section = reading.bookmarks[0]
    assert (section.start, section.end) == (Point(0, 0), Point(2, 1))


def test_a_bookmark_that_ends_where_the_next_paragraph_begins_does_not_cover_it() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="b"/>', '<w:bookmarkEnd w:id="1"/>'
    assert [item.bookmarks for item in read(p(start, r("x")), p(end, r("y"))).paragraphs] == [("b",), ()]


def test_bookmarks_that_never_end_or_come_twice() -> None:
    result = outcome(p('<w:bookmarkStart w:id="1" w:name="b"/>', r("x")), p(bookmark("b", r("y"))), p(r("z")))
    assert result.value is not None
    assert [item.bookmarks for item in result.value.paragraphs] == [("b",), ("b",), ()]
    assert [item.end for item in result.value.bookmarks] == [None, Point(1, 1)]
    assert codes(result) == ["word-bookmark-open"]


def test_a_bookmark_between_paragraphs_and_one_at_the_very_end() -> None:
    reading = read(p(r("x")), bookmark("between"), p(r("y")), bookmark("end"))
    assert [item.places for item in reading.paragraphs] == [(), ("between", "end")]


def test_too_many_bookmarks_are_cut_and_said() -> None:
    starts = "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(300))
    ends = "".join(f'<w:bookmarkEnd w:id="{n}"/>' for n in range(300))
    result = outcome(p(starts, r("x")), p(r("y")), p(r("z"), ends))
    assert result.value is not None
    assert [len(item.bookmarks) for item in result.value.paragraphs] == [300, 256, 256]
    assert codes(result) == ["word-many-bookmarks"]


def test_stories_come_in_order() -> None:
    reading = read(
        p(r("body"), text_box(p(r("box")))),
        header=[p(r("head"))],
        footer=[p(r("foot"))],
        footnotes=[f'<w:footnote w:id="2">{p(r("note"))}</w:footnote>'],
    )
    assert [item.story for item in reading.paragraphs] == [
        "body",
        "textbox:1",
        "footnote:2",
        "header:header1",
        "footer:footer1",
    ]
    assert [item.index for item in reading.paragraphs] == [0, 1, 2, 3, 4]
