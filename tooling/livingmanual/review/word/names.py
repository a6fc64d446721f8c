"""The names of OOXML that the reader knows, in lxml's `{namespace}name` spelling.

Strict files (ISO/IEC 29500 Strict, purl.oclc.org) are turned into Transitional names right after parsing
(`livingmanual.review.word.xml`), so the reader knows one spelling only.
"""

from __future__ import annotations

from typing import Final

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MC_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V_NS: Final = "urn:schemas-microsoft-com:vml"
O_NS: Final = "urn:schemas-microsoft-com:office:office"
W14_NS: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15_NS: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
W16CID_NS: Final = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
W16CEX_NS: Final = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
W16DU_NS: Final = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
XML_NS: Final = "http://www.w3.org/XML/1998/namespace"
PACKAGE_RELS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessing"

UNDERSTOOD: Final = frozenset(
    {
        W_NS,
        M_NS,
        R_NS,
        A_NS,
        WP_NS,
        PIC_NS,
        V_NS,
        O_NS,
        W14_NS,
        W15_NS,
        W16CID_NS,
        W16CEX_NS,
        W16DU_NS,
        _WPS + "Shape",
        _WPS + "Group",
        _WPS + "Canvas",
        _WPS + "Drawing",
        _WPS + "Ink",
        "http://schemas.microsoft.com/office/drawing/2010/main",
        "http://schemas.microsoft.com/office/drawing/2014/main",
        "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "http://schemas.microsoft.com/office/drawing/2016/ink",
        "http://schemas.microsoft.com/office/drawing/2017/model3d",
        "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "http://schemas.microsoft.com/office/word/2018/wordml",
    }
)
"""Namespaces whose content we can look into: what `mc:Choice/@Requires` may ask for (ECMA-376 Part 3, 10.2.1)."""


def w(name: str) -> str:
    """A WordprocessingML name."""
    return f"{{{W_NS}}}{name}"


def m(name: str) -> str:
    """An Office Math name."""
    return f"{{{M_NS}}}{name}"


def w14(name: str) -> str:
    """A name of Word 2010's extension."""
    return f"{{{W14_NS}}}{name}"


VAL: Final = w("val")
ID: Final = w("id")
NAME: Final = w("name")
AUTHOR: Final = w("author")
INITIALS: Final = w("initials")
DATE: Final = w("date")
DATE_UTC: Final = f"{{{W16DU_NS}}}dateUtc"
PARA_ID: Final = w14("paraId")
R_ID: Final = f"{{{R_NS}}}id"
XML_SPACE: Final = f"{{{XML_NS}}}space"

P: Final = w("p")
R: Final = w("r")
T: Final = w("t")
P_PR: Final = w("pPr")
R_PR: Final = w("rPr")
TR: Final = w("tr")
TC: Final = w("tc")
TR_PR: Final = w("trPr")
TC_PR: Final = w("tcPr")
TBL_PR_EX: Final = w("tblPrEx")
SECT_PR: Final = w("sectPr")
NUM_PR: Final = w("numPr")
CTRL_PR: Final = m("ctrlPr")
TXBX_CONTENT: Final = w("txbxContent")
FLD_CHAR: Final = w("fldChar")
ALTERNATE: Final = f"{{{MC_NS}}}AlternateContent"
CHOICE: Final = f"{{{MC_NS}}}Choice"
FALLBACK: Final = f"{{{MC_NS}}}Fallback"

INSERTING: Final = frozenset({w("ins"), w("moveTo"), w14("conflictIns")})
DELETING: Final = frozenset({w("del"), w("moveFrom"), w14("conflictDel")})
TRACKING: Final = INSERTING | DELETING
"""Elements that say of what they surround, or of what they are a property of, that it came or went."""

CHANGES: Final = {
    w(name): f"w:{name}"
    for name in (
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "tblPrExChange",
        "sectPrChange",
        "numberingChange",
    )
}
"""Elements that keep earlier properties (ECMA-376 Part 1, 17.13.5), and their kinds."""

CELL_CHANGES: Final = {w(name): f"w:tcPr/w:{name}" for name in ("cellIns", "cellDel", "cellMerge")}

RANGE_CHANGES: Final = {
    **{
        w(name): f"w:{name}"
        for name in (
            "customXmlInsRangeStart",
            "customXmlDelRangeStart",
            "customXmlMoveFromRangeStart",
            "customXmlMoveToRangeStart",
        )
    },
    w14("customXmlConflictInsRangeStart"): "w14:customXmlConflictInsRangeStart",
    w14("customXmlConflictDelRangeStart"): "w14:customXmlConflictDelRangeStart",
}
"""Changes of the wrapping of content controls and custom XML (17.13.5.4 to 17.13.5.11; [MS-DOCX] 2.5.3)."""


CHANGING: Final = TRACKING | frozenset({*CHANGES, *CELL_CHANGES, *RANGE_CHANGES})
"""Every element that is a change, whatever it surrounds or belongs to."""


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def short(tag: str) -> str:
    """`w:ins`, `w14:conflictIns`: prefix by namespace, whatever the file's own prefixes are."""
    namespace, _, name = tag[1:].rpartition("}")
    return f"{'w14' if namespace == W14_NS else 'w'}:{name}"


def is_on(value: str | None) -> bool:
    """An on/off value of a property that is present (17.17.4): absent, `1`, `true` and `on` mean on."""
    return value is None or value in {"1", "true", "on", ""}
