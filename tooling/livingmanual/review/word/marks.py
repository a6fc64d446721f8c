"""The book of change marks: each change element of the file is entered once and gets a number.

What the element means for the text is the business of the handlers; here is only what it says about itself: what
kind it is by its place in the tree, who made it and when, and for changed properties what they were and are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from livingmanual.model.returned import ChangeMark, Point
from livingmanual.review.word.names import (
    AUTHOR,
    CELL_CHANGES,
    CHANGES,
    CTRL_PR,
    DATE,
    DATE_UTC,
    ID,
    INITIALS,
    NUM_PR,
    P_PR,
    R_PR,
    SECT_PR,
    TR_PR,
    TRACKING,
    VAL,
    local,
    short,
    w,
)
from livingmanual.review.word.xml import Element

_RUN_CHANGE = w("rPrChange")
_NUMBERING_CHANGE = w("numberingChange")
_NOT_PROPERTIES = TRACKING | frozenset(CHANGES) | frozenset(CELL_CHANGES)


@dataclass(slots=True)
class OpenMark:
    """A mark while its place is still being found; see ChangeMark for the fields."""

    kind: str
    part: str
    element: Element
    start: Point | None = None
    end: Point | None = None
    move: str | None = None
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class MarkBook:
    """All marks of one reading, by number."""

    marks: list[OpenMark] = field(default_factory=list)
    _compared: Element | None = None
    """The properties that were compared last: each has one change by the schema, and more would be slow."""

    def enter(self, element: Element, kind: str, part: str) -> int:
        """Enter one element; gives its number."""
        self.marks.append(OpenMark(kind, part, element))
        return len(self.marks) - 1

    def enter_change(self, element: Element, kind: str, part: str) -> int:
        """Enter an element that keeps earlier properties, with what differs; gives its number."""
        number = self.enter(element, kind, part)
        mark = self.marks[number]
        if element.tag == _NUMBERING_CHANGE:
            mark.before = (("numbering", element.get(w("original"), "")),)
            return number
        parent = element.getparent()
        if parent is self._compared:
            return number
        self._compared = parent
        earlier = next(iter(element), None)
        was = flat(earlier) if earlier is not None else {}
        now = flat(parent) if parent is not None else {}
        mark.before = tuple((name, value) for name, value in was.items() if now.get(name) != value)
        mark.after = tuple((name, value) for name, value in now.items() if was.get(name) != value)
        return number


def frozen(number: int, mark: OpenMark, start: Point | None, end: Point | None) -> ChangeMark:
    """The finished mark, with its settled place."""
    element = mark.element
    return ChangeMark(
        number,
        mark.kind,
        element.get(AUTHOR),
        element.get(INITIALS),
        element.get(DATE),
        element.get(DATE_UTC),
        mark.part,
        element.get(ID),
        start,
        end,
        mark.move,
        mark.before,
        mark.after,
    )


def kind_of(element: Element) -> str:
    """Kind of an element of TRACKING by what it is a property of (ECMA-376 Part 1, 17.13.5.13 to 17.13.5.30)."""
    name = short(element.tag)
    parent = element.getparent()
    while parent is not None and parent.tag in TRACKING:
        parent = parent.getparent()
    if parent is None:
        return name
    if parent.tag == R_PR:
        return _kind_in_run_properties(parent, name)
    if parent.tag == CTRL_PR:
        return f"m:ctrlPr/{name}"
    if parent.tag == TR_PR:
        return f"w:trPr/{name}"
    if parent.tag == NUM_PR:
        return f"w:numPr/{name}"
    return name


def _kind_in_run_properties(r_pr: Element, name: str) -> str:
    above = r_pr.getparent()
    while above is not None and above.tag in TRACKING:
        above = above.getparent()
    if above is not None and above.tag in {P_PR, _RUN_CHANGE}:
        return f"w:rPr/{name}"
    if above is not None and above.tag == CTRL_PR:
        return f"m:ctrlPr/{name}"
    return f"w:r/w:rPr/{name}"


def flat(properties: Element) -> dict[str, str]:
    """Properties as name -> value in words: `on` for a bare element, else its value or its attributes."""
    values: dict[str, list[str]] = {}
    for child in properties:
        tag = child.tag
        if tag in _NOT_PROPERTIES or tag == SECT_PR or (tag == R_PR and properties.tag == P_PR):
            continue
        values.setdefault(local(tag), []).append(_value(child))
    return {name: ", ".join(words) for name, words in values.items()}


def _value(element: Element) -> str:
    attributes = element.attrib
    value = element.get(VAL)
    if value is not None and len(attributes) == 1 and not len(element):
        return value
    words = [f"{local(str(name))}={given!s}" for name, given in attributes.items()]
    words += [f"{local(child.tag)}({_value(child)})" for child in element if child.tag not in _NOT_PROPERTIES]
    return " ".join(words) or "on"
