"""Word files as programs other than ours write them: vocabulary of ECMA-376 and its extensions, sample by sample."""

from __future__ import annotations

from tests.support.returns import parts_of, zipped
from tests.word import package as made
from tests.word.package import (
    c_end,
    c_ref,
    c_start,
    change,
    comment,
    comment_ex,
    commented,
    d,
    dele,
    fld,
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
    word,
)


def strict(data: bytes) -> bytes:
    """The file in the namespaces of ISO/IEC 29500 Strict."""
    swaps = (
        (made.W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (made.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    parts = parts_of(data)
    for old, new in swaps:
        parts = {name: entry.replace(old.encode(), new.encode()) for name, entry in parts.items()}
    return zipped(parts)


def utf16(data: bytes) -> bytes:
    """The main part in UTF-16."""
    parts = parts_of(data)
    text = parts["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return zipped({**parts, "word/document.xml": text.encode("utf-16")})


def typed_as(data: bytes, kind: str) -> bytes:
    """The main part with another content type."""
    parts = parts_of(data)
    types = parts["[Content_Types].xml"].replace(made.TYPES["document"].encode(), kind.encode())
    return zipped({**parts, "[Content_Types].xml": types})


def renamed(data: bytes, old: str, new: str) -> bytes:
    """A part under another name, with every mention of it."""
    parts = {
        name.replace(old, new): entry.replace(old.encode(), new.encode()) for name, entry in parts_of(data).items()
    }
    return zipped(parts)


OURS = p(r("The State answers in writing."))
TELLS = p(r("It tells "), ins(r("all of ")), r("the public."))
REVIEWED = word(
    OURS,
    TELLS,
    p(r("New words "), commented(0, dele(d("gone ")), r("here"))),
    comments=[comment(0, "Why?", para_id="00000001")],
    commentsExtended=[comment_ex("00000001", done=True)],
)
BOX = f"<w:txbxContent>{TELLS}</w:txbxContent>"
VML_BOX = f"<w:pict><v:shape type='#_x0000_t202'><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
FALLBACK = f"<mc:AlternateContent><mc:Fallback>{VML_BOX}</mc:Fallback></mc:AlternateContent>"
SMART = f"<w:smartTag w:uri='u'><w:smartTagPr/>{ins(r('Kenya'))}<w:smartTag>{r('x')}</w:smartTag></w:smartTag>"
RUBY = f"<w:rt>{ins(r('ka'))}</w:rt><w:rubyBase>{r('base')}{dele(d('x'))}</w:rubyBase>"
NUMBERING = change("w:numberingChange", more="w:original='1.'")
INSERTED_SIGN = ins("<m:r><m:t>y</m:t></m:r>")
DELETED_SIGN = dele("<m:r><m:t>z</m:t></m:r>")
EQUATION = f"<m:oMath><m:r>{t('x')}</m:r>{INSERTED_SIGN}<m:sSup><m:e>{DELETED_SIGN}</m:e></m:sSup></m:oMath>"
WHO = (
    "",
    "w:author=''",
    "w:author='A' w:date='yesterday'",
    "w:author='&#x645;' w:date='2024-13-45T99:00:00Z'",
    f"w:author='{'long ' * 80}'",
    "w:author='A&#10;B'",
)
NOBODY = "w:author='' w:date='2024-01-01T00:00:00Z'"
WORDS = ("The ", "State ", "answers ", "in ", "writing.")
WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEMPLATE_WITH_MACROS = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"

SAMPLES: dict[str, bytes] = {
    "content controls of every level": word(
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{TELLS}</w:sdtContent></w:sdt>",
        p(r("a "), f"<w:sdt><w:sdtPr/><w:sdtContent>{ins(r('b'))}</w:sdtContent></w:sdt>"),
        f"<w:sdt><w:sdtContent>{tbl(tr(tc(TELLS)))}</w:sdtContent></w:sdt>",
        tbl(f"<w:sdt><w:sdtContent>{tr(tc(TELLS))}</w:sdtContent></w:sdt>"),
        tbl(tr(f"<w:sdt><w:sdtContent>{tc(TELLS)}</w:sdtContent></w:sdt>")),
    ),
    "smart tags and custom XML": word(p(SMART), f"<w:customXml w:element='e'><w:customXmlPr/>{TELLS}</w:customXml>"),
    "ruby with changes": word(p(r(inside=f"<w:ruby><w:rubyPr/>{RUBY}</w:ruby>"))),
    "text boxes, twice and in VML": word(
        p(r("x"), text_box(TELLS)), p(r(inside=VML_BOX)), p(text_box(tbl(tr(tc(TELLS)))))
    ),
    "a picture with a fallback only": word(p(r(inside=FALLBACK))),
    "content of other files": word(p(r("a")), "<w:altChunk r:id='rId9'/>", p("<w:subDoc r:id='rId8'/>"), TELLS),
    "fields in fields, cut by changes": word(
        p(fld(" IF ", r("a"), fld(" PAGEREF _x ", ins(r("3"))), r("b")), TELLS),
        p(made.field_begin(' HYPERLINK "http://a.b" '), ins(r("link"), made.field_end())),
        p(ins(made.field_begin(" REF x ")), r("text"), made.field_end(), made.field_end()),
    ),
    "moves across cells": word(
        tbl(tr(tc(p(move_from("m1", d("words")))), tc(p(move_to("m1", r("words")))))),
        p(move_from("m2", r("live text in moveFrom"))),
    ),
    "cells that came, went and were merged": word(
        tbl(
            tr(
                tc(p(r("a")), properties=change("w:cellIns")),
                tc(p(r("b")), properties=change("w:cellDel")),
                tc(p(r("c")), properties=change("w:cellMerge", more="w:vMerge='cont' w:vMergeOrig='rest'")),
                properties=ins(),
            ),
            tr(tc(p(ins(r("d")), mark=ins())), properties=dele()),
        )
    ),
    "rows and blocks wrapped in changes": word(
        f"<w:tbl><w:tblPr/>{ins(tr(tc(p(r('x')))))}{dele(tr(tc(p(r('y')))))}</w:tbl>",
        ins(p(r("block level")), tbl(tr(tc(p(r("z")))))),
    ),
    "changed numbering and sections": word(
        p(r("a"), properties=f"<w:numPr>{ins()}{NUMBERING}</w:numPr>"),
        p(r("b"), properties=change("w:pPrChange", "<w:pPr><w:sectPr/></w:pPr>")),
        f"<w:sectPr>{change('w:sectPrChange', '<w:sectPr/>')}</w:sectPr>",
    ),
    "equations with changes": word(p(EQUATION), f"<m:oMathPara>{EQUATION}</m:oMathPara>"),
    "comments everywhere": word(
        p(commented(0, r("a")), c_start(1), r("open")),
        tbl(tr(tc(p(c_start(2), r("in a cell"))), tc(p(r("over two"), c_end(2), c_ref(2))))),
        p(note_ref(7), ins(note_ref(8))),
        footnotes=[footnote(7, p(commented(3, r("note")))), footnote(8, p(ins(commented(4, r("new note")))))],
        header=p(commented(5, ins(r("header")))),
        footer=p(commented(6, r("footer"))),
        comments=[comment(n, f"c{n}", para_id=f"0000000{n}") for n in range(8)],
        commentsExtended=[
            comment_ex("00000001", parent="00000000"),
            comment_ex("00000099", parent="00000098", done=True),
        ],
        commentsIds="<w16cid:commentId w16cid:paraId='00000001' w16cid:durableId='1'/>",
    ),
    "notes without references": word(
        TELLS,
        endnotes=[footnote(1, p(ins(r("lonely"))), kind="endnote")],
        footnotes=[footnote(3, p(dele(d("lonely too"))))],
    ),
    "the glossary": word(
        TELLS,
        glossaryDocument=f"<w:docParts><w:docPart><w:docPartBody>{TELLS}</w:docPartBody></w:docPart></w:docParts>",
    ),
    "dates and names of all sorts": word(
        *(p(f"<w:ins w:id='{n}' {more}>{r('x')}</w:ins>") for n, more in enumerate(WHO))
    ),
    "ids of all sorts": word(
        p(f"<w:ins w:author='A'>{r('no id')}</w:ins><w:del w:id='-1' w:author='A'>{d('minus')}</w:del>"),
        p(f"<w:ins w:id='x' w:author='A'>{r('letters')}</w:ins><w:ins w:id='99999999999999'>{r('huge')}</w:ins>"),
        p(c_start(-1), r("a"), c_end(-1), c_ref(-1)),
        comments=[comment(-1, "minus"), comment(-1, "again")],
    ),
    "changes five deep": word(p(ins(dele(ins(dele(ins(r("deep"), author="E"), author="D"), author="C"), author="B")))),
    "nothing in the body": word(),
    "an empty paragraph": word("<w:p/>"),
    "a table in a table in a table": word(tbl(tr(tc(tbl(tr(tc(tbl(tr(tc(TELLS)))))))))),
    "Strict Open XML": strict(REVIEWED),
    "UTF-16": utf16(REVIEWED),
    "a template": typed_as(REVIEWED, TEMPLATE),
    "Word on the web: document2.xml": renamed(REVIEWED, "document.xml", "document2.xml"),
    "Google Docs: suggestions by nobody, threads on one range": word(
        p(f"<w:ins w:id='0' {NOBODY}><w:r><w:rPr><w:rtl w:val='0'/></w:rPr><w:t>x</w:t></w:r></w:ins>"),
        p(c_start(0), c_start(1), r("thread"), c_end(0), c_end(1), c_ref(0), c_ref(1)),
        comments=[comment(0, "first", author="A"), comment(1, "answer", author="B")],
    ),
    "OnlyOffice: ids from 0 for every kind, empty runs": word(
        p("<w:ins w:id='0' w:author='Owner' oouserid='uid-1'><w:r/></w:ins>", r("a"), "<w:r/>"),
        p(f"<w:del w:id='0' w:author='Owner'>{d('b')}</w:del>"),
    ),
    "WPS: elements of its own": word(
        f"<x:x xmlns:x='{WPS}'/>",
        p("<w:r><w:rPr><w:rFonts w:hint='eastAsia'/></w:rPr><y:e xmlns:y='urn:wps'><w:t>in</w:t></y:e></w:r>"),
        p(ins(r("中文"))),
    ),
    "Pages: a bookmark round every run": word(
        p(*(made.bookmark(f"_{n}", r(said)) for n, said in enumerate(WORDS))),
        p(ins(r("It", properties="<w:b w:val='1'/>")), r(" tells the public.")),
    ),
    "stray ends and beginnings": word(
        c_end(5),
        "<w:bookmarkEnd w:id='77'/><w:moveToRangeEnd w:id='6'/>",
        p(c_end(4), "<w:moveFromRangeStart w:id='9' w:name='m' w:author='A'/>", r("a")),
        p("<w:bookmarkStart w:id='3' w:name='x'/>"),
        p(change("w:rPrChange"), "<w:pPr><w:pPrChange/></w:pPr>", "<w:rPr><w:ins/></w:rPr>"),
    ),
}

REFUSED: dict[str, tuple[bytes, str]] = {
    "a file with macros": (typed_as(REVIEWED, MACROS), "with macros"),
    "a template with macros": (typed_as(REVIEWED, TEMPLATE_WITH_MACROS), "with macros"),
    "a presentation": (typed_as(REVIEWED, SLIDES), "not a Word document"),
    "nothing": (b"", "empty"),
    "words": (b"The State answers in writing.", "not a Word file"),
}
"""What is not read, and words of the message."""
