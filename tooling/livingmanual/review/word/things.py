"""Handlers for what is not text: pictures, drawings, text boxes, equations, embedded objects, rubies.

Each becomes one U+FFFC with a `Thing` that says what it is. Text boxes inside are stories of their own, read after
the story they float in, with the insertions and deletions that surround their drawing.
"""

from __future__ import annotations

from collections.abc import Iterator

from livingmanual.model.returned import Thing
from livingmanual.review.word.changes import loose_change
from livingmanual.review.word.marks import kind_of
from livingmanual.review.word.names import (
    A_NS,
    CELL_CHANGES,
    CHANGES,
    CHANGING,
    O_NS,
    R_ID,
    R_NS,
    RANGE_CHANGES,
    TRACKING,
    TXBX_CONTENT,
    V_NS,
    WP_NS,
    w,
)
from livingmanual.review.word.walk import Box, Walk
from livingmanual.review.word.xml import Element, chosen, inner

_DOC_PR, _GRAPHIC_DATA = f"{{{WP_NS}}}docPr", f"{{{A_NS}}}graphicData"
_BLIP, _A_TEXT = f"{{{A_NS}}}blip", f"{{{A_NS}}}t"
_IMAGE_DATA, _TEXT_PATH = f"{{{V_NS}}}imagedata", f"{{{V_NS}}}textpath"
_OLE = f"{{{O_NS}}}OLEObject"
_EMBED, _LINK = f"{{{R_NS}}}embed", f"{{{R_NS}}}link"
_CONTROL, _RUBY_TEXT, _RUBY_BASE = w("control"), w("rt"), w("rubyBase")
_BY_GRAPHIC = {"picture": "picture", "chart": "chart", "chartex": "chart", "diagram": "diagram"}


def alternate(walk: Walk, element: Element) -> None:
    """`mc:AlternateContent`: only the branch that a reader takes."""
    branch = chosen(element)
    if branch is not None:
        walk.children(branch)


def drawing(walk: Walk, element: Element) -> None:
    """`w:drawing`: DrawingML (17.3.3.9, 20.4.2)."""
    stories = boxes(walk, element)
    properties = next(element.iter(_DOC_PR), None)
    data = next(element.iter(_GRAPHIC_DATA), None)
    uri = "" if data is None else data.get("uri", "").rstrip("/").rpartition("/")[2]
    blip = next(element.iter(_BLIP), None)
    walk.thing(
        Thing(
            "textbox" if stories else _BY_GRAPHIC.get(uri, "drawing"),
            target="" if blip is None else _target(walk, blip, _EMBED, _LINK),
            alt="" if properties is None else properties.get("descr") or properties.get("title") or "",
            text="".join(item.text or "" for item in element.iter(_A_TEXT)),
            stories=stories,
        )
    )


def vector_picture(walk: Walk, element: Element) -> None:
    """`w:pict`: VML, as Word 2007 and old files have it (17.3.3.19)."""
    walk.thing(_vml(walk, element, "drawing"))


def embedded(walk: Walk, element: Element) -> None:
    """`w:object`: an embedded object or control, shown by a picture (17.3.3.19)."""
    walk.thing(_vml(walk, element, "control" if element.find(_CONTROL) is not None else "object"))


def _vml(walk: Walk, element: Element, otherwise: str) -> Thing:
    stories = boxes(walk, element)
    image = next(element.iter(_IMAGE_DATA), None)
    ole = next(element.iter(_OLE), None)
    path = next(element.iter(_TEXT_PATH), None)
    alt = next((item.get("alt", "") for item in element.iter() if item.get("alt")), "")
    kind = otherwise
    if stories:
        kind = "textbox"
    elif image is not None and otherwise == "drawing":
        kind = "picture"
    text = "" if path is None else path.get("string", "")
    if ole is not None:
        text = ole.get("ProgID", "")
    return Thing(
        kind,
        target="" if image is None else _target(walk, image, R_ID),
        alt=alt or ("" if image is None else image.get(f"{{{O_NS}}}title", "")),
        text=text,
        stories=stories,
    )


def _target(walk: Walk, element: Element, *attributes: str) -> str:
    """The part or address of a picture; a picture that lives outside the file is named, never fetched."""
    for attribute in attributes:
        relationship = walk.relationships.get(element.get(attribute, ""))
        if relationship is not None:
            if relationship.external:
                walk.note(
                    "word-external-picture", f'a picture in "{walk.part}" lives outside the file; it is not fetched'
                )
            return relationship.target
    return ""


def ink(walk: Walk, element: Element) -> None:
    """`w:contentPart`: handwriting, kept in a part of its own."""
    walk.thing(Thing("ink", target=_target(walk, element, R_ID)))


def text_box(walk: Walk, element: Element) -> None:
    """`w:txbxContent` met outside the drawings we know."""
    walk.thing(Thing("textbox", stories=(_queue(walk, element),)))


def boxes(walk: Walk, element: Element) -> tuple[str, ...]:
    """Queue every text box inside, alternatives counted once; gives the names of their stories."""
    if next(element.iter(TXBX_CONTENT, *CHANGING), None) is None:
        return ()
    return tuple(_queue(walk, content) for content in _contents(walk, element))


def _contents(walk: Walk, element: Element) -> Iterator[Element]:
    """Contents of text boxes inside, in order, not those inside other boxes; changes outside any box are entered."""
    for child in inner(element):
        if child.tag == TXBX_CONTENT:
            yield child
        elif child.tag in CHANGES:
            loose_change(walk, child)
        else:
            if child.tag in CHANGING:
                walk.place(_only(walk, child), walk.here_end(), walk.here_end())
            yield from _contents(walk, child)


def _only(walk: Walk, element: Element) -> tuple[int, ...]:
    """Enter one change where none should be; what is inside comes later."""
    kind = kind_of(element) if element.tag in TRACKING else CELL_CHANGES.get(element.tag) or RANGE_CHANGES[element.tag]
    return (walk.book.enter(element, kind, walk.part),)


def _queue(walk: Walk, content: Element) -> str:
    walk.boxes += 1
    story = f"textbox:{walk.boxes}"
    walk.queue.append(Box(content, story, walk.inserted, walk.deleted))
    return story


def equation(walk: Walk, element: Element) -> None:
    """`m:oMath` (22.1.2.77): one character, with the text inside and the changes inside."""
    collected, numbers = _aside(walk, element)
    text, was = _both(collected)
    walk.thing(Thing("equation", text=text, was=was, marks=numbers))
    _cover(walk, numbers)


def math_paragraph(walk: Walk, element: Element) -> None:
    """`m:oMathPara` (22.1.2.78): the equations inside stand in the paragraph one by one."""
    walk.children(element)


def ruby(walk: Walk, element: Element) -> None:
    """`w:ruby` (17.3.3.25): the base is text, the guide above it a thing."""
    for child in element:
        if child.tag == _RUBY_TEXT:
            collected, numbers = _aside(walk, child)
            text, was = _both(collected)
            walk.thing(Thing("ruby", text=text, was=was, marks=numbers))
            _cover(walk, numbers)
        elif child.tag == _RUBY_BASE:
            walk.children(child)
        else:
            walk.children((child,))


Collected = list[tuple[str, tuple[int, ...], tuple[int, ...]]]


def _aside(walk: Walk, element: Element) -> tuple[Collected, tuple[int, ...]]:
    """Walk an element with its text set aside; gives the text and the numbers of the changes inside."""
    around = walk.sink
    collected: Collected = []
    first = len(walk.book.marks)
    walk.sink = collected
    inserted, deleted = walk.inserted, walk.deleted
    walk.inserted, walk.deleted = (), ()
    walk.children(element)
    walk.inserted, walk.deleted = inserted, deleted
    walk.sink = around
    return collected, tuple(range(first, len(walk.book.marks)))


def _both(collected: Collected) -> tuple[str, str | None]:
    """Text with every change accepted; with every change rejected if that differs."""
    now = "".join(text for text, _, deleted in collected if not deleted)
    was = "".join(text for text, inserted, _ in collected if not inserted)
    return now, None if was == now else was


def _cover(walk: Walk, numbers: tuple[int, ...]) -> None:
    """Changes inside a thing stand where the thing stands; called after it was added."""
    end = walk.here_end()
    if numbers and walk.sink is None:
        for number in numbers:
            walk.book.marks[number].end = end
