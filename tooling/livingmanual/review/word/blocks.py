"""Handlers for what stands between paragraphs, and for paragraphs themselves.

Paragraph properties (ECMA-376 Part 1, 17.3.1), tables with their rows and cells (17.4), content controls (17.5.2),
custom XML, and the kinds of content that live in other files and are only named (17.17.2).
"""

from __future__ import annotations

from dataclasses import replace

from livingmanual.model.returned import Cell
from livingmanual.review.word.changes import (
    change_of_properties,
    is_deleting,
    is_inserting,
    loose_properties,
    property_changes,
)
from livingmanual.review.word.names import (
    NUM_PR,
    P_PR,
    R_PR,
    SECT_PR,
    TBL_PR_EX,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    w,
)
from livingmanual.review.word.numbering import to_int
from livingmanual.review.word.styles import given
from livingmanual.review.word.walk import Numbers, Table, Walk
from livingmanual.review.word.xml import Element

_P_PR_CHANGE = w("pPrChange")
_CELL_INS, _CELL_DEL = w("cellIns"), w("cellDel")
_GRID_SPAN, _GRID_BEFORE, _V_MERGE = w("gridSpan"), w("gridBefore"), w("vMerge")
_SDT_PR, _TAG, _ALIAS, _GALLERY = w("sdtPr"), w("tag"), w("alias"), w("docPartGallery")


def paragraph(walk: Walk, element: Element) -> None:
    """`w:p`."""
    around = walk.draft
    if around is not None and around.element is None:
        walk.end_paragraph()
        around = None
    walk.begin_paragraph(element)
    walk.children(element)
    walk.end_paragraph()
    walk.draft = around


def paragraph_properties(walk: Walk, element: Element) -> None:
    """`w:pPr`: style, list, direction, and the changes of all that (17.3.1.26)."""
    draft = walk.draft
    if draft is None:
        loose_properties(walk, element)
        return
    draft.given = given(element)
    for child in element:
        tag = child.tag
        if tag == R_PR:
            _paragraph_mark(walk, child)
        elif tag == SECT_PR:
            kind = child.find(w("type"))
            draft.section_break = "nextPage" if kind is None else kind.get(VAL, "nextPage")
            draft.property_marks += property_changes(walk, child)
        elif tag == NUM_PR:
            _numbering(walk, child)
        elif tag == _P_PR_CHANGE:
            draft.property_marks += change_of_properties(walk, child)
            draft.was = given(child.find(P_PR))
        else:
            draft.property_marks += property_changes(walk, (child,))


def _paragraph_mark(walk: Walk, r_pr: Element) -> None:
    """The mark's own properties: `w:ins` here means that the paragraph mark was inserted (17.13.5.15, .20)."""
    draft = walk.draft
    assert draft is not None
    numbers = property_changes(walk, r_pr)
    own = [number for number in numbers if walk.book.marks[number].kind.startswith("w:rPr/")]
    draft.mark_inserted += tuple(number for number in own if is_inserting(walk, number))
    draft.mark_deleted += tuple(number for number in own if is_deleting(walk, number))
    draft.at_end.extend(numbers)


def _numbering(walk: Walk, num_pr: Element) -> None:
    """`w:numPr/w:ins`: the paragraph was made an item of a list (17.13.5.19)."""
    draft = walk.draft
    assert draft is not None
    numbers = property_changes(walk, num_pr)
    draft.property_marks += numbers
    if draft.was is None and any(is_inserting(walk, number) for number in numbers):
        draft.was = replace(draft.given, num_id="0", level=None)


def table(walk: Walk, element: Element) -> None:
    """`w:tbl`."""
    around_cells, around_table = walk.cells, walk.table
    walk.table = Table(walk.tables, walk.cells)
    walk.tables += 1
    start = walk.here()
    walk.children(element)
    walk.place(walk.table.marks, start, walk.here_end())
    walk.cells, walk.table = around_cells, around_table


def table_properties(walk: Walk, element: Element) -> None:
    """`w:tblPr`, `w:tblGrid`: only their changes matter (17.13.5.33, .34)."""
    if walk.table is not None:
        walk.table.marks += property_changes(walk, element)
    else:
        loose_properties(walk, element)


def row(walk: Walk, element: Element) -> None:
    """`w:tr`: a row, perhaps inserted or deleted as a whole (17.13.5.12, .17)."""
    here = walk.table
    if here is None:
        here = walk.table = Table(walk.tables, walk.cells)
        walk.tables += 1
    here.row += 1
    here.column, here.row_inserted, here.row_deleted, here.row_marks = 0, (), (), ()
    for child in element:
        if child.tag == TR_PR:
            before = child.find(_GRID_BEFORE)
            here.column = _bounded(before)
            _row_changes(walk, here, child)
        elif child.tag == TBL_PR_EX:
            here.row_marks += property_changes(walk, child)
    start = walk.here()
    walk.children(element)
    walk.place((*here.row_inserted, *here.row_deleted, *here.row_marks), start, walk.here_end())


def _row_changes(walk: Walk, here: Table, tr_pr: Element) -> None:
    numbers = property_changes(walk, tr_pr)
    own = {number for number in numbers if walk.book.marks[number].kind.startswith("w:trPr/")}
    here.row_inserted += tuple(number for number in numbers if number in own and is_inserting(walk, number))
    here.row_deleted += tuple(number for number in numbers if number in own and is_deleting(walk, number))
    here.row_marks += tuple(number for number in numbers if number not in own)


def _bounded(element: Element | None) -> int:
    """A count of grid columns; Word allows 63, more is nonsense."""
    return 0 if element is None else max(0, min(to_int(element.get(VAL)), 63))


def cell(walk: Walk, element: Element) -> None:
    """`w:tc`."""
    here = walk.table
    properties = next((child for child in element if child.tag == TC_PR), None)
    if here is None:
        here = Table(walk.tables, walk.cells, row=0)
        walk.tables += 1
    span, merged = 1, None
    numbers: Numbers = ()
    if properties is not None:
        span = _bounded(properties.find(_GRID_SPAN)) or 1
        merge = properties.find(_V_MERGE)
        merged = None if merge is None else merge.get(VAL, "continue")
        numbers = property_changes(walk, properties)
    around = walk.cells
    walk.cells = (*here.outer, _cell(walk, here, numbers, span, merged))
    walk.table = None
    start = walk.here()
    walk.children(element)
    walk.place(numbers, start, walk.here_end())
    walk.cells, walk.table = around, here
    here.column += span


def _cell(walk: Walk, here: Table, numbers: Numbers, span: int, merged: str | None) -> Cell:
    tags = {number: walk.book.marks[number].element.tag for number in numbers}
    direct = {number for number in numbers if walk.book.marks[number].kind.startswith("w:tcPr/")}
    gone = tuple(number for number in numbers if number in direct and tags[number] == _CELL_DEL)
    came = tuple(number for number in numbers if number in direct and tags[number] == _CELL_INS)
    known = {*came, *gone}
    return Cell(
        here.number,
        here.row,
        here.column,
        span,
        merged,
        here.row_inserted,
        here.row_deleted,
        came,
        gone,
        tuple(number for number in numbers if number not in known),
        here.row_marks,
        here.marks,
    )


def row_or_cell_properties(walk: Walk, element: Element) -> None:
    """`w:trPr`, `w:tblPrEx`, `w:tcPr`: the row or cell around them has read them already, if it is one."""
    parent = element.getparent()
    if parent is None or parent.tag != (TC if element.tag == TC_PR else TR):
        loose_properties(walk, element)


def nothing(walk: Walk, element: Element) -> None:
    """An element that holds neither text nor changes; what a damaged file has in it is read all the same."""
    if len(element):
        walk.children(element)


def content_control(walk: Walk, element: Element) -> None:
    """`w:sdt`: what is inside is ordinary text; its tag tells what it is for (17.5.2.29)."""
    around = walk.containers
    if walk.draft is None:
        walk.containers = (*around, f"sdt:{_label(element)}")
    walk.children(element)
    walk.containers = around


def _label(sdt: Element) -> str:
    """Gallery, tag or title of a content control."""
    properties = sdt.find(_SDT_PR)
    if properties is None:
        return ""
    for name in (_GALLERY, _TAG, _ALIAS):
        found = next(properties.iter(name), None)
        if found is not None:
            return found.get(VAL, "")
    return ""


def custom_xml(walk: Walk, element: Element) -> None:
    """`w:customXml` around blocks or runs (17.5.1.6)."""
    around = walk.containers
    if walk.draft is None:
        walk.containers = (*around, f"customXml:{element.get(w('element'), '')}")
    walk.children(element)
    walk.containers = around


def elsewhere(walk: Walk, element: Element) -> None:
    """`w:altChunk`, `w:subDoc`: text that lives in another file, which is not followed (17.17.2.1, .2)."""
    walk.note(
        "word-foreign-content",
        f'"{walk.part}" includes another document, which is not read',
        hint="open the file in Word, save it again as .docx so that the text becomes part of it, and import that",
    )
