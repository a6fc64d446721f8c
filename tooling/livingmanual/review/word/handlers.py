"""The table of handlers: which element means what.

An element that is not listed is looked into, so what is listed as `nothing` is left out on purpose: it holds no
text and no change, or its parent has read it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from livingmanual.review.word import anchors, blocks, changes, runs, things
from livingmanual.review.word.names import (
    ALTERNATE,
    CELL_CHANGES,
    CHANGES,
    DELETING,
    INSERTING,
    RANGE_CHANGES,
    W14_NS,
    W_NS,
    m,
    w,
)
from livingmanual.review.word.walk import Walk
from livingmanual.review.word.xml import Element

Handler = Callable[[Walk, Element], None]

_NAMED: Final[dict[str, Handler]] = {
    # Blocks
    "p": blocks.paragraph,
    "pPr": blocks.paragraph_properties,
    "tbl": blocks.table,
    "tblPr": blocks.table_properties,
    "tblGrid": blocks.table_properties,
    "tr": blocks.row,
    "tc": blocks.cell,
    "trPr": blocks.row_or_cell_properties,
    "tcPr": blocks.row_or_cell_properties,
    "tblPrEx": blocks.row_or_cell_properties,
    "sdt": blocks.content_control,
    "sdtPr": changes.loose_properties,
    "sdtEndPr": changes.loose_properties,
    "customXml": blocks.custom_xml,
    "sectPr": changes.loose_properties,
    "rPr": changes.loose_properties,
    "altChunk": blocks.elsewhere,
    "subDoc": blocks.elsewhere,
    # Runs
    "r": runs.run,
    "t": runs.text,
    "delText": runs.text,
    "br": runs.line_break,
    "cr": runs.carriage_return,
    "tab": runs.tab,
    "ptab": runs.tab,
    "noBreakHyphen": runs.hard_hyphen,
    "softHyphen": runs.soft_hyphen,
    "sym": runs.symbol,
    "footnoteReference": runs.note_reference,
    "endnoteReference": runs.note_reference,
    "hyperlink": runs.hyperlink,
    "dir": runs.direction,
    "bdo": runs.direction,
    "fldSimple": runs.simple_field,
    "fldChar": runs.field_character,
    "instrText": runs.field_code,
    "delInstrText": runs.field_code,
    **dict.fromkeys(
        ("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong"), runs.generated
    ),
    # Things
    "drawing": things.drawing,
    "pict": things.vector_picture,
    "object": things.embedded,
    "contentPart": things.ink,
    "txbxContent": things.text_box,
    "ruby": things.ruby,
    # Places
    "bookmarkStart": anchors.bookmark_start,
    "bookmarkEnd": anchors.bookmark_end,
    "commentRangeStart": anchors.comment_start,
    "commentRangeEnd": anchors.comment_end,
    "commentReference": anchors.comment_reference,
    "moveFromRangeStart": anchors.move_start,
    "moveToRangeStart": anchors.move_start,
    "moveFromRangeEnd": anchors.move_end,
    "moveToRangeEnd": anchors.move_end,
    # Left out on purpose
    **dict.fromkeys(
        (
            "proofErr",
            "permStart",
            "permEnd",
            "lastRenderedPageBreak",
            "annotationRef",
            "footnoteRef",
            "endnoteRef",
            "separator",
            "continuationSeparator",
            "fldData",
        ),
        blocks.nothing,
    ),
}

_LEAVES: Final = frozenset(
    [
        "t",
        "delText",
        "br",
        "cr",
        "tab",
        "ptab",
        "noBreakHyphen",
        "softHyphen",
        "sym",
        "footnoteReference",
        "endnoteReference",
        "instrText",
        "delInstrText",
        "pgNum",
        "dayShort",
        "dayLong",
        "monthShort",
        "monthLong",
        "yearShort",
        "yearLong",
        "contentPart",
        "altChunk",
        "subDoc",
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "moveFromRangeStart",
        "moveToRangeStart",
        "moveFromRangeEnd",
        "moveToRangeEnd",
    ]
)
"""Elements that hold no others by the schema. Where a damaged file has some in them, those are read all the same."""


def _with_children(handler: Handler) -> Handler:
    def both(walk: Walk, element: Element) -> None:
        handler(walk, element)
        if len(element):
            walk.children(element)

    return both


HANDLERS: Final[dict[str, Handler]] = {
    **{w(name): _with_children(handler) if name in _LEAVES else handler for name, handler in _NAMED.items()},
    **dict.fromkeys(INSERTING, changes.inserted),
    **dict.fromkeys(DELETING, changes.deleted),
    **dict.fromkeys((*CHANGES, *CELL_CHANGES), changes.loose_change),
    **dict.fromkeys(RANGE_CHANGES, changes.wrapping),
    **{
        f"{{{namespace}}}{name}RangeEnd": changes.wrapping_end
        for namespace, names in (
            (W_NS, ("customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")),
            (W14_NS, ("customXmlConflictIns", "customXmlConflictDel")),
        )
        for name in names
    },
    ALTERNATE: things.alternate,
    m("oMath"): things.equation,
    m("oMathPara"): things.math_paragraph,
    m("r"): runs.run,
    m("t"): runs.text,
    m("ctrlPr"): changes.loose_properties,
}
