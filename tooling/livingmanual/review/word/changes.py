"""Handlers for change elements: what surrounds text, and what stands among properties.

The first kind (`w:ins`, `w:del`, `w:moveFrom`, `w:moveTo` around runs) puts its number around everything inside
(ECMA-376 Part 1, 17.13.5.14, .18, .22, .25). The second kind stands in the properties of a run, paragraph mark,
row, cell, table, section, list or equation and speaks of that.
"""

from __future__ import annotations

from collections.abc import Iterable

from livingmanual.review.word.marks import kind_of
from livingmanual.review.word.names import (
    ALTERNATE,
    CELL_CHANGES,
    CHANGES,
    DELETING,
    INSERTING,
    RANGE_CHANGES,
    TRACKING,
    local,
    w,
)
from livingmanual.review.word.walk import Numbers, Walk
from livingmanual.review.word.xml import Element, inner, inner_of

_MOVE_FROM, _MOVE_TO = w("moveFrom"), w("moveTo")
_RANGE_ID = w("id")
_PROPERTY_KINDS = {**CHANGES, **CELL_CHANGES, **RANGE_CHANGES}


def inserted(walk: Walk, element: Element) -> None:
    """`w:ins`, `w:moveTo`, `w14:conflictIns` around runs or blocks."""
    before = walk.inserted
    number = walk.open_mark(element, kind_of(element))
    if element.tag == _MOVE_TO:
        walk.book.marks[number].move = next(reversed(walk.ranges.moves_to.values()), None)
    walk.inserted = (*before, number)
    walk.children(element)
    walk.inserted = before
    walk.close_mark(number)


def deleted(walk: Walk, element: Element) -> None:
    """`w:del`, `w:moveFrom`, `w14:conflictDel` around runs or blocks."""
    before = walk.deleted
    number = walk.open_mark(element, kind_of(element))
    if element.tag == _MOVE_FROM:
        walk.book.marks[number].move = next(reversed(walk.ranges.moves_from.values()), None)
    walk.deleted = (*before, number)
    walk.children(element)
    walk.deleted = before
    walk.close_mark(number)


def wrapping(walk: Walk, element: Element) -> None:
    """Start of a change of the wrapping itself, e.g. a content control put around text (17.13.5.4 to .11)."""
    number = walk.open_mark(element, RANGE_CHANGES[element.tag])
    walk.close_mark(number)
    identity = element.get(_RANGE_ID, "")
    walk.wrappings[f"{local(element.tag).removesuffix('Start')} {identity}"] = number


def wrapping_end(walk: Walk, element: Element) -> None:
    """Its end."""
    number = walk.wrappings.pop(f"{local(element.tag).removesuffix('End')} {element.get(_RANGE_ID, '')}", None)
    if number is not None:
        walk.close_mark(number)


def property_changes(walk: Walk, properties: Iterable[Element]) -> Numbers:
    """Enter every change among these properties, however deep; gives their numbers, their places still open."""
    numbers: list[int] = []
    for child in properties:
        tag = child.tag
        if tag == ALTERNATE:
            numbers += property_changes(walk, inner_of(child))
        elif tag in CHANGES:
            numbers += change_of_properties(walk, child)
        elif tag in TRACKING:
            numbers.append(walk.book.enter(child, kind_of(child), walk.part))
            numbers += property_changes(walk, child)
        elif tag in CELL_CHANGES:
            numbers.append(cell_change(walk, child))
        elif tag in RANGE_CHANGES:
            numbers.append(walk.book.enter(child, RANGE_CHANGES[tag], walk.part))
        elif len(child):
            numbers += property_changes(walk, child)
    return tuple(numbers)


def change_of_properties(walk: Walk, element: Element) -> Numbers:
    """Enter an element that keeps earlier properties, and the marks that were among those earlier properties.

    The mark of the element itself comes first; the others are named after it, e.g. `w:pPrChange//w:numPr/w:ins`.
    """
    kind = CHANGES[element.tag]
    numbers = [walk.book.enter_change(element, kind, walk.part)]
    for child in inner(element):
        numbers += _earlier(walk, child, kind)
    return tuple(numbers)


def _earlier(walk: Walk, element: Element, kind: str) -> Numbers:
    """Enter the marks among earlier properties that a change of this kind keeps."""
    name = kind_of(element) if element.tag in TRACKING else _PROPERTY_KINDS.get(element.tag)
    numbers = () if name is None else (walk.book.enter(element, f"{kind}//{name}", walk.part),)
    below = CHANGES.get(element.tag, kind)
    return (*numbers, *(number for child in inner(element) for number in _earlier(walk, child, below)))


def cell_change(walk: Walk, element: Element) -> int:
    """Enter `w:cellIns`, `w:cellDel` or `w:cellMerge` (17.13.5.1 to .3)."""
    number = walk.book.enter(element, CELL_CHANGES[element.tag], walk.part)
    if element.tag == w("cellMerge"):
        mark = walk.book.marks[number]
        mark.before = (("vMerge", element.get(w("vMergeOrig"), "rest")),)
        mark.after = (("vMerge", element.get(w("vMerge"), "rest")),)
    return number


def loose_change(walk: Walk, element: Element) -> None:
    """A change of properties, or of a cell, where no properties should be."""
    loose_properties(walk, (element,))


def loose_properties(walk: Walk, properties: Iterable[Element]) -> None:
    """Properties that belong to nothing we keep: of content controls, of an equation's parts, of the last section."""
    numbers = property_changes(walk, properties)
    if numbers:
        walk.place(numbers, walk.here_end(), walk.here_end())


def is_inserting(walk: Walk, number: int) -> bool:
    """True if this mark says that something came."""
    return walk.book.marks[number].element.tag in INSERTING


def is_deleting(walk: Walk, number: int) -> bool:
    """True if this mark says that something went."""
    return walk.book.marks[number].element.tag in DELETING
