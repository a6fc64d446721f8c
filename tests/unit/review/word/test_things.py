"""Pictures, drawings, text boxes, notes, equations, objects: one character each, and what is inside is read."""

from livingmanual.model.returned import Point, Thing
from tests.word.package import W, d, dele, footnote, ins, note_ref, p, r, tbl, tc, text_box, tr
from tests.word.reading import codes, outcome, paragraph, read

PICTURE = (
    "<w:drawing><wp:inline><wp:docPr id='1' name='P' descr='a well'/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'>"
    "<pic:pic><pic:blipFill><a:blip r:embed='rP'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing>"
)


def thing(*content: str, **parts: object) -> Thing:
    (only,) = [item.thing for item in paragraph(*content, **parts).pieces if item.thing is not None]
    return only


def test_a_picture() -> None:
    found = thing(r("a", inside=PICTURE), links={"rP": ("image", "http://x.invalid/p.png")})
    assert (found.kind, found.target, found.alt) == ("picture", "http://x.invalid/p.png", "a well")


def test_a_picture_outside_the_file_is_said() -> None:
    result = outcome(p(r(inside=PICTURE)), links={"rP": ("image", "http://x.invalid/p.png")})
    assert codes(result) == ["word-external-picture"]


def test_a_vml_picture_and_a_watermark() -> None:
    assert thing(r(inside="<w:pict><v:shape alt='old'><v:imagedata r:id='rP'/></v:shape></w:pict>")).alt == "old"
    mark = thing(r(inside="<w:pict><v:shape><v:textpath string='DRAFT'/></v:shape></w:pict>"))
    assert (mark.kind, mark.text) == ("drawing", "DRAFT")


def test_embedded_objects_and_controls() -> None:
    ole = thing(r(inside="<w:object><v:shape/><o:OLEObject ProgID='Excel.Sheet.12'/></w:object>"))
    assert (ole.kind, ole.text) == ("object", "Excel.Sheet.12")
    assert thing(r(inside="<w:object><w:control w:name='b'/></w:object>")).kind == "control"


def test_a_chart_and_ink() -> None:
    chart = PICTURE.replace("2006/picture'>", "2006/chart'>")
    assert thing(r(inside=chart)).kind == "chart"
    assert thing(r(inside="<w:contentPart r:id='rI'/>")).kind == "ink"


def test_note_references_name_their_story() -> None:
    reading = read(
        p(r("a"), note_ref(2), note_ref(5, "endnote")),
        footnotes=[footnote(2, p(r(inside="<w:footnoteRef/>"), r(" why")))],
        endnotes=[footnote(5, p(r("because")), kind="endnote")],
    )
    targets = [item.thing.target for item in reading.paragraphs[0].pieces if item.thing]
    assert targets == ["footnote:2", "endnote:5"]
    assert [(item.story, item.text) for item in reading.paragraphs[1:]] == [
        ("footnote:2", " why"),
        ("endnote:5", "because"),
    ]


def test_separators_are_no_notes() -> None:
    reading = read(p(r("a")), footnotes=[f'<w:footnote w:type="separator" w:id="-1">{p()}</w:footnote>'])
    assert reading.paragraphs[1].story == "separator:footnote:-1"


def test_two_notes_of_one_id_are_both_kept() -> None:
    result = outcome(p(note_ref(2)), footnotes=[footnote(2, p(r("a"))), footnote(2, p(r("b")))])
    assert result.value is not None
    assert [item.text for item in result.value.paragraphs[1:]] == ["a", "b"]
    assert len({item.story for item in result.value.paragraphs}) == 3
    assert codes(result) == ["word-note-id-twice"]


def test_a_text_box_is_a_story_of_its_own_read_once() -> None:
    reading = read(p(r("a"), text_box(p(r("boxed"), ins(r("!")))), r("b")), p(r("next")))
    assert [(item.story, item.text) for item in reading.paragraphs] == [
        ("body", "a\ufffcb"),
        ("body", "next"),
        ("textbox:1", "boxed!"),
    ]
    assert reading.paragraphs[0].pieces[1].thing == Thing("textbox", alt="a box", stories=("textbox:1",))
    assert len(reading.marks) == 1


def test_a_text_box_in_an_insertion_is_inserted() -> None:
    box = read(p(ins(text_box(p(r("boxed")))))).paragraphs[1]
    assert (box.pieces[0].inserted, box.mark_inserted) == ((0,), (0,))


def test_a_box_in_a_box_and_a_table_in_a_box() -> None:
    reading = read(p(text_box(p(r("outer"), text_box(p(r("inner")))), tbl(tr(tc(p(dele(d("x")))))))))
    stories = [(item.story, item.text, len(item.cells)) for item in reading.paragraphs[1:]]
    assert stories == [("textbox:1", "outer\ufffc", 0), ("textbox:1", "x", 1), ("textbox:2", "inner", 0)]


def test_the_fallback_is_read_where_the_choice_is_not_understood() -> None:
    both = (
        f"<mc:Choice xmlns:new='urn:new' Requires='new'>{ins(r('new'))}</mc:Choice>"
        f"<mc:Fallback>{dele(d('old'))}</mc:Fallback>"
    )
    reading = read(p(f"<mc:AlternateContent>{both}</mc:AlternateContent>"))
    assert reading.paragraphs[0].text == "old"
    assert [mark.kind for mark in reading.marks] == ["w:del"]


def test_the_first_understood_choice_is_read() -> None:
    both = (
        f"<mc:Choice Requires='w14'>{r('one')}</mc:Choice><mc:Choice Requires='w14'>{r('two')}</mc:Choice>"
        f"<mc:Fallback>{r('three')}</mc:Fallback>"
    )
    assert paragraph(f"<mc:AlternateContent>{both}</mc:AlternateContent>").text == "one"


def test_a_choice_may_name_its_namespace_itself() -> None:
    choice = f"<mc:Choice xmlns:q='{W}' Requires='q'>{r('one')}</mc:Choice><mc:Fallback>{r('two')}</mc:Fallback>"
    assert paragraph(f"<mc:AlternateContent>{choice}</mc:AlternateContent>").text == "one"


def test_an_equation_with_changes() -> None:
    changed = (
        f"<m:oMath><m:r><m:t>a</m:t></m:r>{ins('<m:r><m:t>+b</m:t></m:r>')}{dele('<m:r><m:t>-c</m:t></m:r>')}</m:oMath>"
    )
    reading = read(p(r("x"), changed, r("y")))
    assert reading.paragraphs[0].text == "x\ufffcy"
    assert reading.paragraphs[0].pieces[1].thing == Thing("equation", text="a+b", was="a-c", marks=(0, 1))
    assert [(mark.start, mark.end) for mark in reading.marks] == [(Point(0, 1), Point(0, 2))] * 2


def test_an_inserted_equation() -> None:
    found = paragraph(ins("<m:oMath><m:r><m:t>a</m:t></m:r></m:oMath>")).pieces[0]
    assert found.inserted == (0,)
    assert found.thing == Thing("equation", text="a")


def test_a_ruby() -> None:
    found = paragraph(r(inside=f"<w:ruby><w:rt>{r('guide')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby>"))
    assert found.text == "\ufffcbase"
    assert found.pieces[0].thing == Thing("ruby", text="guide")


def test_text_from_other_files_is_named_not_followed() -> None:
    result = outcome("<w:altChunk r:id='rA'/>", p(r("a")), links={"rA": ("aFChunk", "http://x.invalid/a.html")})
    assert codes(result) == ["word-external", "word-foreign-content"]
