"""Handlers for runs and what they hold: text, breaks, symbols, fields, links.

A run is a stretch with one set of properties (ECMA-376 Part 1, 17.3.2.25). Its pieces carry the look of those
properties and, if they were changed with tracking on, the look before.
"""

from __future__ import annotations

from livingmanual.model.returned import PLAIN, Thing
from livingmanual.review.word import symbols
from livingmanual.review.word.changes import change_of_properties, property_changes
from livingmanual.review.word.fields import FLD_CHAR_TYPE, SHOWN_WITHOUT_RESULT, Field, keyword
from livingmanual.review.word.names import CHANGING, R_ID, R_PR, VAL, XML_SPACE, T, is_on, w
from livingmanual.review.word.walk import Numbers, Walk
from livingmanual.review.word.xml import Element

_R_PR_CHANGE = w("rPrChange")
_TYPE, _CHAR, _FONT, _INSTR, _ANCHOR = w("type"), w("char"), w("font"), w("instr"), w("anchor")
_FF_DATA, _CHECK_BOX, _DROP_DOWN = w("ffData"), w("checkBox"), w("ddList")
_BREAKS = {"page": "page-break", "column": "column-break"}


def run(walk: Walk, element: Element) -> None:
    """`w:r`, and `m:r` inside equations."""
    around = walk.run_properties, walk.look, walk.was, walk.format_mark
    walk.run_properties = walk.was = walk.format_mark = None
    link = walk.link or walk.fields.link
    walk.look = PLAIN if link is None and walk.rtl is None else walk.styles.looks.of(None, link, walk.rtl)
    handlers = walk.handlers
    for child in element:
        tag = child.tag
        if tag == T and not len(child):
            text(walk, child)
        elif tag == R_PR:
            run_properties(walk, child)
        else:
            handler = handlers.get(tag)
            if handler is not None:
                handler(walk, child)
            elif len(child):
                walk.children(child)
    _close_format(walk)
    walk.run_properties, walk.look, walk.was, walk.format_mark = around


def _close_format(walk: Walk) -> None:
    """A change of format ends with its run."""
    if walk.format_mark is not None:
        walk.close_mark(walk.format_mark)


def run_properties(walk: Walk, r_pr: Element) -> None:
    """`w:rPr` of a run: its look, and the look before a tracked change (17.13.5.31)."""
    looks = walk.styles.looks
    link = walk.link or walk.fields.link
    walk.run_properties = r_pr
    walk.look = looks.of(r_pr, link, walk.rtl)
    for child in r_pr:
        if child.tag == _R_PR_CHANGE:
            numbers = change_of_properties(walk, child)
            walk.format_mark = numbers[0]
            walk.was = looks.of(child.find(R_PR), link, walk.rtl)
            _place(walk, numbers)
        elif len(child) or child.tag in CHANGING:
            _place(walk, property_changes(walk, (child,)))


def _place(walk: Walk, numbers: Numbers) -> None:
    here = walk.here()
    walk.place(numbers, here, here)


def text(walk: Walk, element: Element) -> None:
    """`w:t`, `w:delText`, `m:t`. Without `xml:space="preserve"` white space at the ends does not count (17.3.3.31)."""
    content = element.text
    if not content:
        return
    if element.get(XML_SPACE) != "preserve":
        content = content.strip(" \t\r\n")
    if "\n" in content:
        content = content.replace("\n", " ")
    if content:
        walk.text(content)


def line_break(walk: Walk, element: Element) -> None:
    """`w:br`: a line break is a character, a page or column break is a thing (17.3.3.1)."""
    kind = _BREAKS.get(element.get(_TYPE, ""))
    if kind is None:
        walk.text("\n")
    else:
        walk.thing(Thing(kind))


def carriage_return(walk: Walk, element: Element) -> None:
    """`w:cr`: another way to write a line break (17.3.3.4)."""
    walk.text("\n")


def tab(walk: Walk, element: Element) -> None:
    """`w:tab`, `w:ptab`. Tab stops of paragraph properties have the same name, but are read by their parent."""
    walk.text("\t")


def hard_hyphen(walk: Walk, element: Element) -> None:
    """`w:noBreakHyphen` (17.3.3.18)."""
    walk.text("\u2011")


def soft_hyphen(walk: Walk, element: Element) -> None:
    """`w:softHyphen` (17.3.3.29)."""
    walk.text("\u00ad")


def symbol(walk: Walk, element: Element) -> None:
    """`w:sym`."""
    font, code = element.get(_FONT, ""), element.get(_CHAR, "")
    found = symbols.character(font, code)
    if found is not None:
        walk.text(found)
    else:
        walk.thing(Thing("symbol", target=font, text=code))


def note_reference(walk: Walk, element: Element) -> None:
    """`w:footnoteReference`, `w:endnoteReference` (17.11.14, 17.11.7)."""
    kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
    walk.thing(Thing(kind, target=f"{kind}:{element.get(w('id'), '')}"))


def generated(walk: Walk, element: Element) -> None:
    """`w:pgNum`, `w:dayLong` and their kin: text that the program fills in."""
    walk.thing(Thing("generated", target=element.tag.rpartition("}")[2]))


def hyperlink(walk: Walk, element: Element) -> None:
    """`w:hyperlink`: to an address, a place in the file, or both (17.16.22)."""
    around = walk.link
    relationship = walk.relationships.get(element.get(R_ID, ""))
    address = relationship.target if relationship is not None else ""
    anchor = element.get(_ANCHOR)
    walk.link = f"{address}#{anchor}" if anchor else address or around
    walk.children(element)
    walk.link = around


def direction(walk: Walk, element: Element) -> None:
    """`w:dir`, `w:bdo`: a stretch with a direction of its own (17.3.2.8, 17.3.2.3)."""
    around = walk.rtl
    walk.rtl = element.get(VAL) == "rtl"
    walk.children(element)
    walk.rtl = around


def field_code(walk: Walk, element: Element) -> None:
    """`w:instrText`, `w:delInstrText`: part of an instruction, never text."""
    if element.text:
        walk.fields.add_code(element.text, element.tag == w("delInstrText"))


def simple_field(walk: Walk, element: Element) -> None:
    """`w:fldSimple` (17.16.19)."""
    walk.fields.begin(None)
    walk.fields.add_code(element.get(_INSTR, ""))
    walk.fields.separate()
    walk.children(element)
    walk.fields.end()


def field_character(walk: Walk, element: Element) -> None:
    """`w:fldChar`: begin, separate or end of a complex field (17.16.18)."""
    _place(walk, property_changes(walk, element))
    kind = element.get(FLD_CHAR_TYPE)
    if kind == "begin":
        if element in walk.broken_fields:
            walk.note("word-field-open", f'a field in "{walk.part}" never ends; its instruction is left out')
        else:
            walk.fields.begin(element)
    elif kind == "separate":
        walk.fields.separate()
    elif kind == "end":
        ended = walk.fields.end()
        if ended is not None:
            _show_without_result(walk, ended)
    walk.refresh_look()


def _show_without_result(walk: Walk, ended: Field) -> None:
    """Form controls, and fields whose result is not kept, stand as things."""
    if not ended.empty and not ended.in_code:
        return
    form = None if ended.begin is None else ended.begin.find(_FF_DATA)
    if form is not None:
        control = _form_control(form)
        if control is not None:
            walk.thing(control)
    elif ended.in_code and keyword(ended.instruction) in SHOWN_WITHOUT_RESULT:
        walk.thing(Thing("field", target=ended.instruction))


def _form_control(form: Element) -> Thing | None:
    """A check box or a drop-down list of an old form (17.16.7, 17.16.9)."""
    box = form.find(_CHECK_BOX)
    if box is not None:
        states = [item for name in ("checked", "default") for item in box.iterchildren(w(name))]
        return Thing("checkbox", text="☒" if states and is_on(states[0].get(VAL)) else "☐")
    choices = form.find(_DROP_DOWN)
    if choices is None:
        return None
    entries = [item.get(VAL, "") for item in choices.iterchildren(w("listEntry"))]
    result = choices.find(w("result"))
    chosen = result.get(VAL, "0") if result is not None else "0"
    number = int(chosen) if chosen.isdigit() else 0
    return Thing("dropdown", text=entries[number] if number < len(entries) else "")
