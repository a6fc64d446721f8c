"""Rows that were added to a table or taken out of it.

In the source a row of a pipe table is one line, so a row goes with its line, and a new row is a new line behind the
row above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Edit
from livingmanual.review import inline, structure
from livingmanual.review.changes import Change, Place
from livingmanual.review.inline import PLAIN, Style, Unsupported
from livingmanual.review.story import Story
from livingmanual.review.stream import BaseParagraph, Segment

JOINER = "\u200d"
"""LibreOffice 7.4 puts one into the cells of a tracked new row (measurements, section 3)."""


@dataclass(slots=True)
class RowChange:
    """Neighbouring rows of one table, all added or all taken out by one author."""

    table: int
    rows: list[int]
    inserted: bool
    marks: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    """Indexes of base paragraphs."""


def row_marks(paragraph: BaseParagraph) -> tuple[int, ...]:
    """Numbers of the insertions and deletions of the rows around a paragraph."""
    return tuple(n for cell in paragraph.cells for n in (*cell.row_inserted, *cell.row_deleted))


def row_changes(story: Story) -> list[RowChange]:
    """Every added or removed row of a story, neighbours of one kind together."""
    out: list[RowChange] = []
    for index, paragraph in enumerate(story.paragraphs):
        if not row_marks(paragraph):
            continue
        cell = next(c for c in paragraph.cells if c.row_inserted or c.row_deleted)
        inserted = not cell.row_deleted
        last = out[-1] if out else None
        if not (
            last
            and last.table == cell.table
            and last.inserted == inserted
            and last.rows[-1] in (cell.row, cell.row - 1)
        ):
            last = RowChange(cell.table, [cell.row], inserted)
            out.append(last)
        if last.rows[-1] != cell.row:
            last.rows.append(cell.row)
        last.paragraphs.append(index)
        numbers = [n for item in paragraph.items for n in item.marks]
        last.marks += [n for n in dict.fromkeys([*row_marks(paragraph), *numbers]) if n not in last.marks]
    return out


def untracked_rows(story: Story) -> list[RowChange]:
    """Rows none of whose paragraphs is in the edition, and that no change mark explains."""
    cells: dict[tuple[int, int], list[int]] = {}
    for index, paragraph in enumerate(story.paragraphs):
        if paragraph.cells and not row_marks(paragraph):
            cells.setdefault((paragraph.cells[-1].table, paragraph.cells[-1].row), []).append(index)
    out: list[RowChange] = []
    known = {table for (table, _), indexes in cells.items() if any(i in story.pairs for i in indexes)}
    for (table, row), indexes in cells.items():
        new = not any(i in story.pairs for i in indexes) and any(story.paragraphs[i].text.strip() for i in indexes)
        if table in known and new:
            out.append(RowChange(table, [row], True, [], indexes))
    return out


def missing_rows(story: Story, documents: dict[str, Document]) -> list[list[Block]]:
    """Rows of the edition none of whose cells came back, though others of their table did, row by row."""
    unused = {story.blocks[i].id for i in story.unused()}
    lines: dict[tuple[str, int], list[Block]] = {}
    tables = {block.section for block in story.pairs.values() if block.kind == "cell"}
    for block in story.blocks:
        extent = block.source or block.extent
        if block.kind == "cell" and extent:
            line = documents[extent.path].text.rfind("\n", 0, extent.start)
            lines.setdefault((extent.path, line), []).append(block)
    return [
        blocks
        for blocks in lines.values()
        if all(b.id in unused for b in blocks) and blocks[0].section in tables and any(b.text.strip() for b in blocks)
    ]


def line_of(block: Block, documents: dict[str, Document]) -> list[Edit]:
    """Take out the line of the source that a cell stands on; raises Unsupported for a table's head, which it needs."""
    lines = structure.lines_of(block, documents)
    below = lines.document.text[lines.end + 1 :].split("\n", 1)[0]
    if "-" in below and not below.strip("> \t|:-"):
        raise Unsupported("a table of the source must keep its head")
    end = min(lines.end + 1, len(lines.document.text))
    return [Edit(lines.extent.path, lines.start, end, "", lines.document.text[lines.start : end])]


def text_of(story: Story, change: RowChange) -> str:
    """The rows' text, cells separated by tabs, rows by line ends."""
    lines: list[str] = []
    for row in change.rows:
        cells = [p for i in change.paragraphs for p in [story.paragraphs[i]] if any(c.row == row for c in p.cells)]
        lines.append("\t".join(_words(p, change.inserted) for p in cells))
    return "\n".join(lines)


def _words(paragraph: BaseParagraph, inserted: bool) -> str:
    """A new row's text after the review, also what its author inserted only with the row; an old row's before it."""
    items = [i for i in paragraph.items if isinstance(i, Segment)]
    return "".join(i.text for i in items if (i.final if inserted else i.base)).strip()


def propose(change: RowChange, story: Story, documents: dict[str, Document], style: Style = PLAIN) -> list[Edit]:
    """The lines to take out or to write; raises Unsupported where a row has no line of its own."""
    return _written(change, story, documents, style) if change.inserted else _removed(change, story, documents)


def _removed(change: RowChange, story: Story, documents: dict[str, Document]) -> list[Edit]:
    edits: dict[tuple[str, int], Edit] = {}
    for index in change.paragraphs:
        block = story.pairs.get(index)
        if block is None or block.extent is None:
            continue
        lines = structure.lines_of(block, documents)
        if "|" not in lines.document.text[lines.start : lines.end]:
            raise Unsupported("the row does not stand on a line of its own")
        edits[block.extent.path, lines.start] = line_of(block, documents)[0]
    if not edits:
        raise Unsupported("the row was not found in the edition")
    return sorted(edits.values())


def _written(change: RowChange, story: Story, documents: dict[str, Document], style: Style) -> list[Edit]:
    above = _row_above(story, change)
    lines = structure.lines_of(above, documents)
    line = lines.document.text[lines.start : lines.end]
    indent = line[: len(line) - len(line.lstrip("> \t"))]
    at = lines.end
    following = lines.document.text[at + 1 :].split("\n", 1)[0]
    if following.strip("> \t|:-") == "" and "-" in following and "|" in following:
        at = at + 1 + len(following)
    text = "".join(f"\n{indent}{_line(story, change, row, style)}" for row in change.rows)
    return [Edit(lines.extent.path, at, at, text, "", text_of(story, change))]


def _row_above(story: Story, change: RowChange) -> Block:
    for index in range(change.paragraphs[0] - 1, -1, -1):
        paragraph = story.paragraphs[index]
        block = story.pairs.get(index)
        if not any(cell.table == change.table for cell in paragraph.cells):
            break
        if block is not None and block.extent is not None and block.kind == "cell":
            return block
    raise Unsupported("a row cannot be added above the first row of a table")


def _line(story: Story, change: RowChange, row: int, style: Style) -> str:
    cells: dict[int, list[str]] = {}
    for index in change.paragraphs:
        paragraph = story.paragraphs[index]
        cell = next((c for c in paragraph.cells if c.row == row and c.table == change.table), None)
        if cell is None:
            continue
        content = [i for i in paragraph.items if isinstance(i, Segment) and i.final and i.text]
        words = inline.written(content, frozenset(), "", at_start=False, in_cell=True, style=style)
        cells.setdefault(cell.column, []).append(words.strip().strip(JOINER))
    return "| " + " | ".join(" ".join(words) for _, words in sorted(cells.items())) + " |"


def without_rows(changes: Sequence[Change], story: Story) -> list[Change]:
    """The changes that do not lie in added or removed rows."""
    return [change for change in changes if not row_marks(story.paragraphs[_home(change.start, story)])]


def _home(place: Place, story: Story) -> int:
    return min(place.paragraph, len(story.paragraphs) - 1)
