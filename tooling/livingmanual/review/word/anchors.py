"""Handlers for the empty elements that mark places: bookmarks, comment ranges, move ranges.

They may stand inside runs' wrappers, between paragraphs, between rows (ECMA-376 Part 1, 17.13.1, 17.13.4, 17.13.6).
"""

from __future__ import annotations

from livingmanual.review.word.names import ID, NAME, w
from livingmanual.review.word.walk import Walk
from livingmanual.review.word.xml import Element


def bookmark_start(walk: Walk, element: Element) -> None:
    """`w:bookmarkStart`."""
    name = element.get(NAME)
    if name:
        walk.ranges.open_bookmark(element.get(ID, ""), name, walk.here())


def bookmark_end(walk: Walk, element: Element) -> None:
    """`w:bookmarkEnd`."""
    walk.ranges.close_bookmark(element.get(ID, ""), walk.here_end())


def comment_start(walk: Walk, element: Element) -> None:
    """`w:commentRangeStart`."""
    walk.ranges.comment(element.get(ID, "")).starts.append(walk.here())


def comment_end(walk: Walk, element: Element) -> None:
    """`w:commentRangeEnd`."""
    walk.ranges.comment(element.get(ID, "")).ends.append(walk.here_end())


def comment_reference(walk: Walk, element: Element) -> None:
    """`w:commentReference`: where the comment's sign stands; all there is of a comment on a point."""
    walk.ranges.comment(element.get(ID, "")).references.append(walk.here())


def move_start(walk: Walk, element: Element) -> None:
    """`w:moveFromRangeStart`, `w:moveToRangeStart`: their name joins the two halves (17.13.5.24, .28)."""
    name, identity = element.get(NAME, ""), element.get(ID, "")
    if element.tag == w("moveFromRangeStart"):
        walk.ranges.moves_from[identity] = name
        walk.ranges.last_from = name
    else:
        walk.ranges.moves_to[identity] = name
        walk.ranges.last_to = name


def move_end(walk: Walk, element: Element) -> None:
    """`w:moveFromRangeEnd`, `w:moveToRangeEnd`."""
    side = walk.ranges.moves_from if element.tag == w("moveFromRangeEnd") else walk.ranges.moves_to
    side.pop(element.get(ID, ""), None)
