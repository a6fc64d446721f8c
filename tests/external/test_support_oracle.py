"""The judge is judged: every rule of the oracle on XML small enough to see the answer."""

import re
import zipfile
from io import BytesIO

import pytest

from tests.support.oracle import OBJECT, Para, accepted, rejected

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OTHERS = (
    f'xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
WHO = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'


def docx(body: str, namespace: str = W, **parts: str) -> bytes:
    """A package with this body, and other parts by kind, e.g. `footnotes="…"`, `header1="…"`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", content_types("main", *parts))
        archive.writestr("_rels/.rels", rels(("a", "officeDocument", "odd/main.xml")))
        archive.writestr(
            "odd/_rels/main.xml.rels",
            rels(*((name, name.rstrip("0123456789"), f"/odd/{name}.xml") for name in parts)),
        )
        archive.writestr("odd/main.xml", wrap("document", f"<w:body>{body}</w:body>", namespace))
        for name, content in parts.items():
            root = {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)
            archive.writestr(f"odd/{name}.xml", wrap(root, content, namespace))
    return out.getvalue()


def content_types(*names: str) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/odd/{name}.xml" ContentType="{kind}.'
        f'{"document.main" if name == "main" else name.rstrip("0123456789")}+xml"/>'
        for name in names
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def rels(*rows: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>' for i, kind, target in rows)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def wrap(root: str, content: str, namespace: str) -> str:
    return f'<w:{root} xmlns:w="{namespace}" {OTHERS}>{content}</w:{root}>'


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(content: str) -> str:
    return f"<w:ins {WHO}>{content}</w:ins>"


def dele(content: str) -> str:
    deleted = re.sub(r"\bw:t\b", "w:delText", content)
    return f"<w:del {WHO}>{deleted}</w:del>"


def p(*content: str, mark: str = "", properties: str = "") -> str:
    flag = f"<w:rPr><w:{mark} {WHO}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{flag}</w:pPr>{''.join(content)}</w:p>"


def both(body: str, **parts: str) -> tuple[list[str], list[str]]:
    data = docx(body, **parts)
    return [para.text for para in accepted(data)], [para.text for para in rejected(data)]


RUNS = {
    "plain": (p(r("one "), r("two")), ["one two"], ["one two"]),
    "insertion": (p(r("a"), ins(r("b")), r("c")), ["abc"], ["ac"]),
    "deletion": (p(r("a"), dele(r("b")), r("c")), ["ac"], ["abc"]),
    "deletion written with w:t": (p(f"<w:del {WHO}>{r('b')}</w:del>"), [""], ["b"]),
    "move inside a paragraph": (
        p(f"<w:moveFrom {WHO}>{r('x')}</w:moveFrom>", r("-"), f"<w:moveTo {WHO}>{r('x')}</w:moveTo>"),
        ["-x"],
        ["x-"],
    ),
    "inserted by A, deleted by B": (p(r("a"), ins(dele(r("b"))), r("c")), ["ac"], ["ac"]),
    "insertion in a deletion": (p(dele(ins(r("b"))), r("c")), ["c"], ["c"]),
    "insertion in an insertion": (p(ins(r("a") + ins(r("b")))), ["ab"], [""]),
    "link, control, smart tag": (
        p(
            f"<w:hyperlink>{r('a')}{ins(r('b'))}</w:hyperlink>",
            f"<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{dele(r('c'))}</w:sdtContent></w:sdt>",
            f"<w:smartTag>{r('d')}</w:smartTag>",
        ),
        ["abd"],
        ["acd"],
    ),
    "characters": (
        p(
            '<w:r><w:tab/><w:br/><w:cr/><w:noBreakHyphen/><w:softHyphen/><w:drawing/><w:object/><w:br w:type="page"/>'
            '<w:sym w:char="F0B7"/><w:lastRenderedPageBreak/><w:commentReference w:id="1"/></w:r>'
        ),
        ["\t\n\n\u2011\u00ad" + OBJECT * 4],
        ["\t\n\n\u2011\u00ad" + OBJECT * 4],
    ),
    "white space without xml:space": (p("<w:r><w:t> a\nb </w:t></w:r>"), ["a b"], ["a b"]),
    "equation": (p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), [OBJECT], [OBJECT]),
    "equation whose content was deleted": (
        p(f"<m:oMath><w:del {WHO}><m:r><m:t>x</m:t></m:r></w:del></m:oMath>"),
        [""],
        [OBJECT],
    ),
    "inserted picture": (p(ins("<w:r><w:drawing/></w:r>")), [OBJECT], [""]),
    "ruby": (
        p("<w:r><w:ruby><w:rt>" + r("g") + "</w:rt><w:rubyBase>" + r("b") + "</w:rubyBase></w:ruby></w:r>"),
        ["b"],
        ["b"],
    ),
    "alternatives": (
        p(
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        [OBJECT],
        [OBJECT],
    ),
    "alternatives around runs": (
        p(
            f"<mc:AlternateContent><mc:Choice>{r('new')}</mc:Choice><mc:Fallback>{r('old')}</mc:Fallback></mc:AlternateContent>"
        ),
        ["new"],
        ["new"],
    ),
}


def fld(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instr(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def complex_field(code: str, result: str) -> str:
    return fld("begin") + instr(code) + fld("separate") + result + fld("end")


FIELDS = {
    "result is text, instruction is not": (p(complex_field("REF x", r("see 3"))), ["see 3"], ["see 3"]),
    "without a result": (p(r("a"), fld("begin"), instr("XE x"), r("hidden"), fld("end"), r("b")), ["ab"], ["ab"]),
    "field in an instruction": (
        p(fld("begin"), instr("IF "), complex_field("REF x", r("no")), fld("separate"), r("yes"), fld("end")),
        ["yes"],
        ["yes"],
    ),
    "field in a result": (p(complex_field("HYPERLINK x", r("a") + complex_field("REF y", r("b")))), ["ab"], ["ab"]),
    "result changed": (p(complex_field("REF x", dele(r("old")) + ins(r("new")))), ["new"], ["old"]),
    "instruction deleted and inserted": (
        p(fld("begin"), dele(instr("REF a")), ins(instr("REF b")), fld("separate"), r("x"), fld("end")),
        ["x"],
        ["x"],
    ),
    "whole field deleted": (p(r("a"), dele(complex_field("REF x", r("b"))), r("c")), ["ac"], ["abc"]),
    "deletion that holds the end of a field": (
        p(fld("begin"), instr("REF x"), dele(fld("separate") + r("b")), dele(fld("end")), r("c")),
        ["c"],
        ["bc"],
    ),
    "over two paragraphs": (
        p(fld("begin"), instr("TOC"), fld("separate"), r("one")) + p(r("two"), fld("end"), r(" end")),
        ["one", "two end"],
        ["one", "two end"],
    ),
    "simple": (p(f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'), ["3"], ["3"]),
}

PARAGRAPHS = {
    "mark inserted": (p(r("a"), mark="ins") + p(r("b")), ["a", "b"], ["ab"]),
    "mark deleted": (p(r("a"), mark="del") + p(r("b")), ["ab"], ["a", "b"]),
    "three joined": (p(r("a"), mark="del") + p(r("b"), mark="del") + p(r("c")), ["abc"], ["a", "b", "c"]),
    "whole paragraph deleted": (p(dele(r("a")), mark="del") + p(r("b")), ["b"], ["a", "b"]),
    "whole paragraph inserted": (p(ins(r("a")), mark="ins") + p(r("b")), ["a", "b"], ["b"]),
    "mark inserted, then deleted": (
        f"<w:p><w:pPr><w:rPr><w:ins {WHO}/><w:del {WHO}/></w:rPr></w:pPr>{r('a')}</w:p>" + p(r("b")),
        ["ab"],
        ["ab"],
    ),
    "whole paragraph moved": (
        p(f"<w:moveFrom {WHO}>{r('a')}</w:moveFrom>", mark="moveFrom")
        + p(r("b"))
        + p(f"<w:moveTo {WHO}>{r('a')}</w:moveTo>", mark="moveTo")
        + p(r("c")),
        ["b", "a", "c"],
        ["a", "b", "c"],
    ),
    "last paragraph deleted whole": (p(r("a")) + p(dele(r("b")), mark="del"), ["a"], ["a", "b"]),
    "last mark deleted, text left": (p(r("a")) + p(r("b"), mark="del"), ["a", "b"], ["a", "b"]),
    "sole paragraph keeps its mark": (p(dele(r("a")), mark="del"), [""], ["a"]),
    "join over the end of a content control": (
        f"<w:sdt><w:sdtContent>{p(r('a'), mark='del')}</w:sdtContent></w:sdt>{p(r('b'))}",
        ["ab"],
        ["a", "b"],
    ),
}


def tc(*content: str, mark: str = "") -> str:
    return f"<w:tc><w:tcPr>{f'<w:{mark} {WHO}/>' if mark else ''}</w:tcPr>{''.join(content)}</w:tc>"


def tr(*cells: str, mark: str = "") -> str:
    return f"<w:tr><w:trPr>{f'<w:{mark} {WHO}/>' if mark else ''}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


TABLES = {
    "cells in order": (tbl(tr(tc(p(r("a"))), tc(p(r("b")))), tr(tc(p(r("c"))))), ["a", "b", "c"], ["a", "b", "c"]),
    "row inserted": (tbl(tr(tc(p(r("a")))), tr(tc(p(ins(r("b")))), mark="ins")), ["a", "b"], ["a"]),
    "row deleted": (tbl(tr(tc(p(r("a")))), tr(tc(p(dele(r("b")))), mark="del")), ["a"], ["a", "b"]),
    "row deleted, its text unmarked": (tbl(tr(tc(p(r("a")))), tr(tc(p(r("b"))), mark="del")), ["a"], ["a", "b"]),
    "cell inserted": (tbl(tr(tc(p(r("a"))), tc(p(r("b")), mark="cellIns"))), ["a", "b"], ["a"]),
    "cell deleted": (tbl(tr(tc(p(r("a"))), tc(p(r("b")), mark="cellDel"))), ["a"], ["a", "b"]),
    "all rows deleted": (p(r("x")) + tbl(tr(tc(p(r("a"))), mark="del")) + p(r("y")), ["x", "y"], ["x", "a", "y"]),
    "text of a cell": (tbl(tr(tc(p(r("a"), ins(r("b")))))), ["ab"], ["a"]),
    "cells do not join": (
        tbl(tr(tc(p(dele(r("a")), mark="del")), tc(p(r("b"))))),
        ["", "b"],
        ["a", "b"],
    ),
    "nested table": (tbl(tr(tc(tbl(tr(tc(p(r("a"))), mark="ins")), p(r("b"))))), ["a", "b"], ["b"]),
    "paragraph before a table": (
        p(dele(r("a")), mark="del") + tbl(tr(tc(p(r("b"))))) + p(r("c")),
        ["b", "c"],
        ["a", "b", "c"],
    ),
    "text does not join a table": (p(r("a"), mark="del") + tbl(tr(tc(p(r("b"))))), ["a", "b"], ["a", "b"]),
    "paragraphs join where a table is gone": (
        p(r("a"), mark="del") + tbl(tr(tc(p(r("b"))), mark="del")) + p(r("c")),
        ["ac"],
        ["a", "b", "c"],
    ),
    "row in a content control": (
        tbl(f"<w:sdt><w:sdtContent>{tr(tc(p(r('a'))))}</w:sdtContent></w:sdt>"),
        ["a"],
        ["a"],
    ),
}

CASES = {
    f"{group}: {name}": case
    for group, cases in {"runs": RUNS, "fields": FIELDS, "paragraphs": PARAGRAPHS, "tables": TABLES}.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("namespace", [W, STRICT], ids=["transitional", "strict"])
def test_rule(name: str, namespace: str) -> None:
    body, yes, no = CASES[name]
    data = docx(body, namespace)
    assert [para.text for para in accepted(data)] == yes
    assert [para.text for para in rejected(data)] == no


def ref(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(kind: str, number: int, *content: str) -> str:
    return f'<w:{kind} w:id="{number}">{"".join(content)}</w:{kind}>'


def test_notes_come_by_order_of_reference_and_only_if_referred_to() -> None:
    yes, no = both(
        p(r("a"), ref("footnote", 2), ref("endnote", 1), dele(ref("footnote", 3)), ins(ref("footnote", 1))),
        footnotes=note("footnote", 0, p(r("separator")))
        + note("footnote", 1, p(r("first")))
        + note("footnote", 2, p(r("sec"), ins(r("ond"))), p(r("more")))
        + note("footnote", 3, p(r("third"))),
        endnotes=note("endnote", 1, p(r("end"))),
    )
    assert yes == [f"a{OBJECT * 3}", "second", "more", "first", "end"]
    assert no == [f"a{OBJECT * 3}", "sec", "more", "third", "end"]


def test_headers_and_footers_come_by_section_each_once() -> None:
    sections = "".join(
        p(properties=f"<w:sectPr>{refs}</w:sectPr>")
        for refs in (
            '<w:headerReference r:id="header2"/><w:footerReference r:id="footer1"/>',
            '<w:headerReference r:id="header1"/><w:headerReference r:id="header2"/>',
        )
    )
    data = docx(sections, header1=p(r("one")), header2=p(r("two"), dele(r(" old"))), footer1=p(r("foot")))
    assert [(x.part, x.text) for x in rejected(data)][2:] == [
        ("header", "two old"),
        ("header", "one"),
        ("footer", "foot"),
    ]


def test_text_boxes_come_last_and_once() -> None:
    box = f"<w:txbxContent>{p(r('in'), ins(r(' new')))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = docx(p(r("a"), drawing) + p(dele(drawing.replace("in<", "gone<")), r("b")))
    assert accepted(data) == [Para("body", f"a{OBJECT}"), Para("body", "b"), Para("text box", "in new")]
    assert [x.text for x in rejected(data)] == [f"a{OBJECT}", f"{OBJECT}b", "in", "gone"]


def test_the_surviving_mark_gives_style_and_level() -> None:
    item = '<w:pStyle w:val="L"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr>'
    data = docx(p(r("a"), mark="del", properties='<w:pStyle w:val="H"/>') + p(r("b"), properties=item))
    assert accepted(data) == [Para("body", "ab", "L", 1)]
    assert rejected(data) == [Para("body", "a", "H"), Para("body", "b", "L", 1)]


def test_rejecting_a_change_of_properties_puts_the_old_ones_back() -> None:
    change = f'<w:pStyle w:val="New"/><w:pPrChange {WHO}><w:pPr><w:pStyle w:val="Old"/></w:pPr></w:pPrChange>'
    data = docx(p(r("a"), properties=change))
    assert (accepted(data)[0].style, rejected(data)[0].style) == ("New", "Old")


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="Sub"/>', 2),
        ('<w:pStyle w:val="Sub"/><w:numPr><w:ilvl w:val="0"/></w:numPr>', 0),
        ('<w:pStyle w:val="Sub"/><w:numPr><w:numId w:val="0"/></w:numPr>', None),
        ('<w:numPr><w:numId w:val="7"/></w:numPr>', 0),
        ('<w:pStyle w:val="Loop"/>', None),
        ("", None),
    ],
)
def test_list_level_is_inherited(properties: str, level: int | None) -> None:
    styles = (
        '<w:style w:styleId="Sub"><w:basedOn w:val="Top"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Top"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    assert accepted(docx(p(r("a"), properties=properties), styles=styles))[0].level == level


def test_generated_text_can_be_left_out() -> None:
    contents = (
        p(fld("begin"), instr("TOC \\h"), fld("separate"), r("One\t"), complex_field("PAGEREF _x", r("3")))
        + p(r("Two\t"), complex_field("PAGEREF _y", r("4")))
        + p(fld("end"))
    )
    data = docx(
        p(r("Title"))
        + contents
        + p(r("See page "), complex_field("PAGEREF _x", r("3")), complex_field("REF z", r("!")))
    )
    assert [x.text for x in accepted(data)] == ["Title", "One\t3", "Two\t4", "", "See page 3!"]
    assert [x.text for x in accepted(data, generated=False)] == ["Title", "See page !"]


def test_tables_are_told() -> None:
    data = docx(p(r("a")) + tbl(tr(tc(p(r("b"))))))
    assert [x.in_table for x in accepted(data)] == [False, True]
