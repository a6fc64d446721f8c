"""The first half: what pandoc has to write, and what has to be done to it afterwards."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from livingmanual.model.document import Block, Node
from livingmanual.model.edition import Edition, Stamp
from livingmanual.render.docx import body, frame
from livingmanual.render.ending import endings, leading
from livingmanual.render.marking import Mark
from livingmanual.render.outline import opened
from livingmanual.text import tree

API_VERSION = [1, 23, 1]
"""Of pandoc's JSON tree; every pandoc since 3.0 reads it."""


@dataclass(frozen=True, slots=True)
class DocxPlan:
    """A Word file before pandoc has written it."""

    edition: Edition
    stamp: Stamp
    review: bool
    """True if the file is for reviewers: Track Changes on, and the first page says what to do."""
    ast: dict[str, Any]
    """Pandoc's JSON tree, fit for the writer."""
    frame: tuple[Block, ...]
    """The blocks that the tool adds, in the order of the file."""
    order: tuple[str, ...]
    """The bookmark of every paragraph of the body, in the order of the file: blocks of the edition and the frame.
    Blocks of notes are not among them; a note's reference carries the bookmark of the note's first block."""
    styles: dict[str, str]
    """Bookmark -> id of the paragraph style; the frame's paragraphs have theirs already."""
    media: dict[str, str]
    """Target in the tree -> path of the picture in the workspace."""
    beside: frozenset[str]
    """Bookmarks of headings that stay on the page of the part title before them."""
    marks: dict[str, Mark] = field(default_factory=dict, kw_only=True)
    """Bookmark -> what a reader must know about the passage."""
    notes: list[list[Mark | None]] = field(default_factory=list, kw_only=True)
    """The same for every paragraph of every note, in the order of their references."""
    together: frozenset[str] = frozenset()
    """Bookmarks of paragraphs after which no page begins: the end of a chapter, and words that lead to a list."""


def plan(edition: Edition, tool_version: str, review: bool = False) -> DocxPlan:
    """What it takes to make the edition's Word file with version `tool_version` of the tool."""
    stamp = edition.stamp(tool_version)
    front = frame.front(edition, review)
    made = body.Body(body.targets(edition.nodes), edition.media, number=front.number)
    nodes = made.blocks(edition.nodes, body.Setting())
    back = frame.back(edition, str(stamp), made.number)
    blocks = (*front.blocks, *back.blocks)
    order = (*(block.id for block in front.blocks), *made.order, *(block.id for block in back.blocks))
    tree_ = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": [*front.nodes, *nodes, *back.nodes]}
    beside = frozenset(_after_part_titles(edition.nodes))
    together = frozenset(_together(edition.nodes))
    return DocxPlan(
        edition,
        stamp,
        review,
        tree_,
        blocks,
        order,
        {**front.styles, **made.styles},
        {**front.media, **made.media},
        beside,
        together,
        marks=made.marks,
        notes=made.notes,
    )


def _after_part_titles(nodes: list[Node]) -> list[str]:
    """Bookmarks of the headings that follow a part's title directly."""
    headings = [leaf["id"] for leaf, place in tree.leaves(nodes) if place.kind == "heading" and "part" in place.classes]
    everything = [leaf.get("id", "") for leaf, _ in tree.leaves(nodes)]
    following = dict(itertools.pairwise(everything))
    return [following[name] for name in headings if name in following]


def _together(nodes: list[Node]) -> Iterator[str]:
    """Bookmarks of all leaves in the ends of chapters, but the last leaf of each, and of words that lead to a list."""
    top = list(opened(nodes))
    yield from (str(top[at].get("id", "")) for at in leading(top))
    for first, stop in endings(top):
        names = [leaf.get("id", "") for leaf, _ in tree.leaves(top[first:stop])]
        yield from (name for name in names[:-1] if name)
