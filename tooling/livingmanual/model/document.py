"""One source file after reading, and the blocks of text that it holds.

The tree is pandoc's JSON, which we do not re-model. While the tool works on it, its nodes carry private keys with
their positions (see `livingmanual.text.tree`); `plain` there takes them off again before a writer sees the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from livingmanual.model.run import Run, Span

Node = dict[str, Any]
"""A node of pandoc's JSON tree: `{"t": type, "c": content}`, perhaps with our private keys."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed Markdown file."""

    path: str
    """Relative to the workspace, with forward slashes."""
    text: str
    """The file's text as read, byte-order mark included; every offset counts its characters."""
    meta: dict[str, Any]
    """The front matter; empty if there is none."""
    blocks: list[Node]
    """The tree with our private keys."""
    body_start: int = 0
    """Offset of the first character after the front matter."""

    def line_of(self, offset: int) -> int:
        """Line number, from 1, of a character offset."""
        return self.text.count("\n", 0, offset) + 1

    def column_of(self, offset: int) -> int:
        """Column, from 1, in characters, of a character offset."""
        return offset - (self.text.rfind("\n", 0, offset) + 1) + 1


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest thing that a reviewer sees as one paragraph, and its provenance."""

    id: str
    """Name of its bookmark: `_` and letters or digits, at most 40 characters; the same in every build of one text."""
    kind: str
    """`paragraph`, `heading`, `item`, `cell`, `caption`, `term`, `definition`, `code`, `label`, `frame`."""
    section: str
    """Id of the nearest section, norm or table around it."""
    runs: tuple[Run, ...]
    fingerprint: str
    extent: Span | None = None
    """The whole block in its source file, without the marker of its list item or heading; None if generated."""
    level: int = 0
    """Heading level, or nesting depth of a list item."""
    notes: tuple[str, ...] = ()
    """Ids of the blocks that stand in notes referred to here, in order of their references."""
    note_of: str = ""
    """For a block inside a note: id of the block that refers to it."""
    note: int = -1
    """For a block inside a note: which of the referring block's notes, from 0."""
    source: Span | None = None
    """For a translated block, whose extent is in a catalog: the extent of the block that it translates."""

    @property
    def text(self) -> str:
        """What the reader sees, objects as U+FFFC, line breaks as newlines."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    level: int
    number: str
    title: str
    path: str
    children: tuple[Section, ...] = field(default=())
