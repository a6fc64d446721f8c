"""Laws on generated files: nothing is lost, and both views are what a small independent model says they are.

The model below builds random documents twice: as XML for the reader, and as plain Python for a tiny oracle that
knows nothing of OOXML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.model.returned import Point, Returned
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.views import View, accepted, rejected
from tests.support import oracle as judge
from tests.word.package import c_end, c_ref, c_start, change, comment, fld, p, r, tbl, tc, text_box, tr, word


@dataclass(frozen=True)
class Text:
    text: str
    format: bool = False


@dataclass(frozen=True)
class Change:
    kind: str
    inside: tuple[Node, ...]


@dataclass(frozen=True)
class Noted:
    inside: tuple[Node, ...]
    point: bool


@dataclass(frozen=True)
class Field:
    inside: tuple[Node, ...]


@dataclass(frozen=True)
class Box:
    blocks: tuple[Block, ...]


Node = Text | Change | Noted | Field | Box


@dataclass(frozen=True)
class Para:
    nodes: tuple[Node, ...]
    mark: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    cells: tuple[tuple[Block, ...], ...]
    change: str = ""


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]


Block = Para | Table
COMES, GOES = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")


# -- as XML ----------------------------------------------------------------------------------------------------


@dataclass
class Writer:
    comments: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def change(self, kind: str, element: str, *inside: str) -> str:
        self.counts[kind] += 1
        return change(element, *inside)

    def blocks(self, blocks: tuple[Block, ...]) -> str:
        return "".join(self.table(block) if isinstance(block, Table) else self.para(block) for block in blocks)

    def table(self, table: Table) -> str:
        return tbl(*(self.row(row) for row in table.rows))

    def row(self, row: Row) -> str:
        state = self.change(f"w:trPr/{row.change}", row.change) if row.change else ""
        return tr(*(tc(self.blocks(cell), p()) for cell in row.cells), properties=state)

    def para(self, para: Para) -> str:
        mark = "".join(self.change(f"w:rPr/{name}", name) for name in para.mark)
        return p(self.nodes(para.nodes), mark=mark)

    def nodes(self, nodes: tuple[Node, ...]) -> str:
        return "".join(self.node(node) for node in nodes)

    def node(self, node: Node) -> str:
        match node:
            case Text(text, form):
                return r(text, self.change("w:rPrChange", "w:rPrChange", "<w:rPr><w:b/></w:rPr>") if form else "")
            case Change(kind, inside):
                return self.change(kind, kind, self.nodes(inside))
            case Field(inside):
                return fld("REF x", self.nodes(inside))
            case Box(blocks):
                # text_box writes the content twice, as Word does; it counts once.
                return text_box(self.blocks(blocks))
            case Noted(inside, point):
                return self.noted(inside, point)

    def noted(self, inside: tuple[Node, ...], point: bool) -> str:
        number = len(self.comments)
        self.comments.append(comment(number, f"comment {number}"))
        self.covered.append("" if point else "".join(everything(node) for node in inside))
        self.counts["w:comment"] += 1
        content = self.nodes(inside)
        if point:
            return content + c_ref(number)
        return f"{c_start(number)}{content}{c_end(number)}{c_ref(number)}"


# -- as an oracle ----------------------------------------------------------------------------------------------


def everything(node: Node) -> str:
    match node:
        case Text(text):
            return text
        case Box():
            return "\ufffc"
        case Change(_, inside) | Noted(inside) | Field(inside):
            return "".join(everything(child) for child in inside)


@dataclass
class Oracle:
    """What is left when the kinds in `leave` are left out."""

    leave: tuple[str, ...]
    boxes: list[tuple[tuple[Block, ...], bool]] = field(default_factory=list)

    def all(self, blocks: tuple[Block, ...]) -> list[str]:
        shown = self.container(blocks, True)
        while self.boxes:
            content, stays = self.boxes.pop(0)
            inside = self.container(content, stays)
            shown += inside if stays else []
        return shown

    def container(self, blocks: tuple[Block, ...], stays: bool) -> list[str]:
        shown: list[str] = []
        waiting: str | None = None
        alone = True
        for block in blocks:
            if isinstance(block, Para):
                text = (waiting or "") + self.text(block.nodes, stays)
                goes = any(name in self.leave for name in block.mark)
                waiting = text if goes else None
                shown += [] if goes else [text]
                continue
            rows = [item for row in block.rows for item in self.row(row, stays)]
            if any(row.change not in self.leave for row in block.rows):
                shown += [waiting] if waiting else []
                waiting, alone = None, False
            shown += rows
        if waiting or (waiting == "" and alone and not shown):
            shown.append(waiting)
        return shown

    def row(self, row: Row, stays: bool) -> list[str]:
        here = row.change not in self.leave
        inside = [text for cell in row.cells for text in self.container((*cell, Para(())), stays and here)]
        return inside if here else []

    def text(self, nodes: tuple[Node, ...], stays: bool) -> str:
        return "".join(self.node(node, stays) for node in nodes)

    def node(self, node: Node, stays: bool) -> str:
        match node:
            case Text(text):
                return text if stays else ""
            case Box(blocks):
                self.boxes.append((blocks, stays))
                return "\ufffc" if stays else ""
            case Change(kind, inside):
                return self.text(inside, stays and kind not in self.leave)
            case Noted(inside) | Field(inside):
                return self.text(inside, stays)


# -- random documents ------------------------------------------------------------------------------------------


def ended(blocks: list[Block]) -> tuple[Block, ...]:
    """A story ends with a paragraph whose mark nobody can delete."""
    return (*blocks, Para(()))


letters = st.text("abc é\u0627\n\t", min_size=0, max_size=4)
texts = st.builds(Text, letters, st.booleans())
leaves: st.SearchStrategy[Node] = texts
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Change, st.sampled_from(COMES + GOES), st.lists(inner, max_size=3).map(tuple)),
        st.builds(Noted, st.lists(inner, max_size=3).map(tuple), st.booleans()),
        st.builds(Field, st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=5,
)
marks = st.lists(st.sampled_from(COMES + GOES), max_size=2, unique=True).map(tuple)
paras = st.builds(Para, st.lists(nodes, max_size=4).map(tuple), marks)


def tables(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    cells = st.lists(blocks, max_size=3).map(tuple)
    rows = st.builds(Row, st.lists(cells, min_size=1, max_size=2).map(tuple), st.sampled_from(["", "w:ins", "w:del"]))
    return st.builds(Table, st.lists(rows, min_size=1, max_size=3).map(tuple))


def boxed(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    boxes = st.builds(Box, st.lists(blocks, max_size=3).map(ended))
    around = st.one_of(boxes, st.builds(lambda kind, box: Change(kind, (box,)), st.sampled_from(COMES + GOES), boxes))
    return st.builds(lambda box, para: Para((*para.nodes, box), para.mark), around, paras)


blocks: st.SearchStrategy[Block] = st.recursive(
    paras, lambda inner: st.one_of(tables(inner), boxed(inner)), max_leaves=6
)
documents = st.lists(blocks, max_size=5).map(ended)


def read(document: tuple[Block, ...]) -> tuple[Returned, Writer, bytes]:
    writer = Writer()
    body = writer.blocks(document)
    data = word(body, comments=writer.comments)
    result = read_word(data)
    assert result.value is not None
    return result.value, writer, data


def shown(view: View) -> list[str]:
    return [item.text for item in view.paragraphs if not item.story.startswith("comment:")]


@settings(max_examples=80, deadline=None)
@given(documents)
def test_everything_is_accounted_for(document: tuple[Block, ...]) -> None:
    reading, writer, data = read(document)
    counted = count_changes(data)
    assert counted.totals == dict(sorted(writer.counts.items()))
    assert check_reading(reading, counted) == []


@settings(max_examples=80, deadline=None)
@given(documents)
def test_before_and_after_are_what_the_oracle_says(document: tuple[Block, ...]) -> None:
    reading, _, _ = read(document)
    assert shown(rejected(reading.paragraphs)) == Oracle(COMES).all(document)
    assert shown(accepted(reading.paragraphs)) == Oracle(GOES).all(document)


@settings(max_examples=80, deadline=None)
@given(documents)
def test_before_and_after_are_what_the_judge_says(document: tuple[Block, ...]) -> None:
    """The judge of the whole pipeline reads the XML in its own way."""
    reading, _, data = read(document)
    assert shown(rejected(reading.paragraphs)) == [para.text for para in judge.rejected(data)]
    assert shown(accepted(reading.paragraphs)) == [para.text for para in judge.accepted(data)]


@settings(max_examples=50, deadline=None)
@given(documents)
def test_comments_cover_what_they_were_put_on(document: tuple[Block, ...]) -> None:
    reading, writer, _ = read(document)
    for found, text in zip(reading.comments, writer.covered, strict=True):
        assert found.anchored
        assert found.start is not None
        assert found.end is not None
        assert found.start.paragraph == found.end.paragraph
        assert reading.paragraphs[found.start.paragraph].text[found.start.offset : found.end.offset] == text


@settings(max_examples=50, deadline=None)
@given(documents)
def test_every_mark_points_into_the_text_and_pieces_name_real_marks(document: tuple[Block, ...]) -> None:
    reading, _, _ = read(document)
    for number, mark in enumerate(reading.marks):
        assert mark.number == number
        assert mark.start is not None
        assert mark.end is not None
        assert mark.start <= mark.end
        assert mark.end.offset <= len(reading.paragraphs[mark.end.paragraph].text)
    for paragraph in reading.paragraphs:
        for offset, piece in paragraph.places_of_pieces():
            assert piece.text
            assert (piece.thing is not None) == (piece.text == "\ufffc")
            for number in (*piece.inserted, *piece.deleted):
                mark = reading.marks[number]
                assert mark.start is not None
                if mark.start.paragraph == paragraph.index:
                    assert mark.start <= Point(paragraph.index, offset)


@settings(max_examples=50, deadline=None)
@given(documents)
def test_every_character_of_a_view_is_traced_to_itself(document: tuple[Block, ...]) -> None:
    reading, _, _ = read(document)
    for view in (rejected(reading.paragraphs), accepted(reading.paragraphs)):
        for place, paragraph in enumerate(view.paragraphs):
            for offset, character in enumerate(paragraph.text):
                origin = paragraph.origin(offset)
                assert origin is not None
                assert reading.paragraphs[origin.paragraph].text[origin.offset] == character
                assert view.find(origin) == (place, offset)
