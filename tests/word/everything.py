"""One Word file that holds at least one of every change, comment and container we know.

Used to show that the reader accounts for all of them, and that it would be seen if it stopped to.
"""

from __future__ import annotations

from tests.word.package import (
    bookmark,
    c_end,
    c_ref,
    c_start,
    change,
    comment,
    comment_ex,
    commented,
    d,
    dele,
    field_begin,
    field_end,
    footnote,
    ins,
    move_from,
    move_to,
    note_ref,
    p,
    r,
    t,
    tbl,
    tc,
    text_box,
    tr,
    who,
    word,
)

EARLIER_MARK = change("w:rPrChange", f"<w:rPr>{ins()}<w:b/></w:rPr>")
EARLIER_LIST = change(
    "w:pPrChange", f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/>{ins()}</w:numPr></w:pPr>'
)
NUMBERING = change("w:numberingChange", more='w:original="1."')
SECTION = f"<w:sectPr>{change('w:sectPrChange', '<w:sectPr/>')}</w:sectPr>"
MATH = (
    f"<m:oMathPara><m:oMath><m:r>{change('w:rPrChange', '<w:rPr/>').join(('<w:rPr>', '</w:rPr>'))}<m:t>a</m:t></m:r>"
    f"{ins('<m:r><m:t>+b</m:t></m:r>')}{dele('<m:r><m:t>-c</m:t></m:r>')}"
    f"<m:f><m:fPr><m:ctrlPr>{ins('<w:rPr><w:b/></w:rPr>')}</m:ctrlPr></m:fPr>"
    f"<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:ctrlPr><w:rPr>{dele()}</w:rPr></m:ctrlPr></m:den></m:f>"
    "</m:oMath></m:oMathPara>"
)
RUBY = (
    f"<w:ruby><w:rubyPr/><w:rt>{ins(r('guide'))}</w:rt><w:rubyBase>{dele(d('base'))}{r('Base')}</w:rubyBase></w:ruby>"
)
CUSTOM = (
    f"<w:customXmlInsRangeStart {who()}/><w:customXml w:element='e'>{p(ins(r('custom')))}</w:customXml>"
    f"<w:customXmlDelRangeStart {who()}/><w:customXmlMoveFromRangeStart {who()}/><w:customXmlMoveToRangeStart {who()}/>"
    f"<w14:customXmlConflictInsRangeStart {who()}/><w14:customXmlConflictDelRangeStart {who()}/>"
)
VML_BOX = r(
    inside=f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(ins(r('v')))}</w:txbxContent></v:textbox></v:shape></w:pict>"
)
OBJECT_BOX = r(
    inside=f"<w:object><v:shape><v:textbox><w:txbxContent>{p(dele(d('o')))}</w:txbxContent></v:textbox></v:shape></w:object>"
)

TABLE = tbl(
    tr(tc(p(ins(r("new row"))), properties=change("w:cellIns")), properties=ins()),
    tr(
        tc(
            p(r("old row")),
            tbl(tr(tc(p(r("nested"), dele(d("x")))))),
            "<w:p/>",
            properties=change("w:cellDel") + change("w:tcPrChange", f"<w:tcPr>{change('w:cellIns')}</w:tcPr>"),
        ),
        tc(p(r("merged")), properties=change("w:cellMerge", more='w:vMerge="cont" w:vMergeOrig="rest"')),
        properties=dele() + change("w:trPrChange", "<w:trPr/>"),
    ),
    f"<w:tr><w:tblPrEx>{change('w:tblPrExChange', '<w:tblPrEx/>')}</w:tblPrEx>{tc(p(r('row')))}</w:tr>",
    f"<w:sdt><w:sdtContent>{tr(tc(p(ins(r('in control')))))}</w:sdtContent></w:sdt>",
    properties=change("w:tblPrChange", "<w:tblPr/>"),
    grid=change("w:tblGridChange", "<w:tblGrid/>"),
)

BODY = (
    p(r("Text "), ins(r("came", "<w:b/>")), dele(d("went"), author="Ben"), commented(0, r("noted"))),
    p(
        ins(r("both "), dele(d("nested"), author="Ben"), author=None),
        r("format", f"<w:i/>{change('w:rPrChange', '<w:rPr/>')}"),
    ),
    p(r("split"), mark=ins()),
    p(r("join"), mark=dele()),
    p(r("mark"), mark="<w:b/>" + EARLIER_MARK),
    p(r("moved away"), mark=change("w:moveFrom")),
    p(move_from("move1", r("moved text"))),
    p(move_to("move1", r("moved text")), mark=change("w:moveTo")),
    p(
        r("list"),
        properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{ins()}{NUMBERING}</w:numPr>{EARLIER_LIST}',
    ),
    p(r("section"), properties=SECTION),
    p(field_begin("REF x"), ins(r("result")), "<w:hyperlink w:anchor='x'>" + ins(r("link")) + "</w:hyperlink>"),
    p(dele(d("rest of result")), field_end(), f"<w:fldSimple w:instr='PAGE'>{ins(r('7'))}</w:fldSimple>"),
    p(r(inside=f'<w:fldChar w:fldCharType="begin">{change("w:numberingChange")}</w:fldChar>'), field_end()),
    p(
        f"<w:sdt><w:sdtPr><w:rPr>{change('w:rPrChange', '<w:rPr/>')}</w:rPr></w:sdtPr><w:sdtEndPr><w:rPr>"
        f"{change('w:rPrChange', '<w:rPr/>')}</w:rPr></w:sdtEndPr>"
        f"<w:sdtContent>{ins(r('control'))}</w:sdtContent></w:sdt>",
        f"<w:smartTag>{ins(r('smart'))}</w:smartTag>",
        f'<w:dir w:val="rtl">{ins(r("dir"))}</w:dir><w:bdo w:val="rtl">{ins(r("bdo"))}</w:bdo>',
    ),
    p(MATH, r(inside=RUBY)),
    p(
        change("w14:conflictIns", r("conflict")),
        change("w14:conflictDel", r("conflict")),
        mark=change("w14:conflictIns"),
    ),
    CUSTOM,
    f"<w:sdt><w:sdtContent>{p(ins(r('block control')))}</w:sdtContent></w:sdt>",
    TABLE,
    p(text_box(p(ins(r("boxed")), commented(4, r("in a box"))), tbl(tr(tc(p(dele(d("deep")))))))),
    p(
        VML_BOX,
        OBJECT_BOX,
        r(inside=f"<mc:AlternateContent><mc:Choice Requires='w14'>{t('x')}</mc:Choice></mc:AlternateContent>"),
    ),
    p(f"<mc:AlternateContent><mc:Choice Requires='w14'>{ins(r('chosen'))}</mc:Choice></mc:AlternateContent>"),
    p(note_ref(2), note_ref(3, "endnote"), c_start(1), bookmark("_b", r("over"))),
    p(r("two"), dele(d("gone"), c_end(1)), c_ref(1), c_ref(2), commented(3, dele(d("deleted")))),
    f"<w:sectPr>{change('w:sectPrChange', '<w:sectPr/>')}</w:sectPr>",
)


def everything() -> bytes:
    """The file."""
    styled = f"<w:style w:type='paragraph' w:styleId='S'><w:rPr>{change('w:rPrChange', '<w:rPr/>')}</w:rPr></w:style>"
    level = f"<w:lvl w:ilvl='0'><w:pPr>{change('w:pPrChange', '<w:pPr/>')}</w:pPr></w:lvl>"
    return word(
        *BODY,
        footnotes=[
            footnote(-1, p(r(inside="<w:separator/>"))),
            footnote(2, p(r("note "), ins(r("came")), commented(5, r("in a note")))),
        ],
        endnotes=[footnote(3, p(r("end "), dele(d("went"))), kind="endnote")],
        header=[p(ins(r("head"))), p(text_box(p(ins(r("in the head")))))],
        footer=[p(dele(d("foot")))],
        comments=[
            comment(0, "first", para_id="00000A00"),
            comment(1, "over two", "paragraphs", para_id="00000A01"),
            comment(2, "point", para_id="00000A02"),
            comment(3, "on a deletion", para_id="00000A03"),
            comment(4, "in a box", para_id="00000A04"),
            comment(5, p(r("in a note "), ins(r("corrected"))), para_id="00000A05"),
            comment(6, "reply", author="Ben", para_id="00000A06"),
        ],
        commentsExtended=[
            comment_ex("00000A00"),
            comment_ex("00000A01", done=True),
            comment_ex("00000A06", parent="00000A00"),
        ],
        styles=styled,
        numbering=f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>",
        glossaryDocument=f"<w:docParts><w:docPart><w:docPartBody>{p(ins(r('glossary')))}</w:docPartBody></w:docPart></w:docParts>",
    )
