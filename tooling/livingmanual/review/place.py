"""From characters of a block to slices of its source.

A block's text is its runs, one after the other. This module answers three questions about a stretch [start, end) of
that text: which slices of which file it comes from; whether it cuts into text that the tool made; and at which offset
of the file new text would have to go, inside or outside the emphasis around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from livingmanual.model.document import Block
from livingmanual.model.run import TOKEN, Mark, Run, Span


@dataclass(frozen=True, slots=True)
class Part:
    """A run's share of a stretch: the stretch covers [low, high) of the run's text."""

    run: Run
    start: int
    """Offset of the run in the block's text."""
    low: int
    high: int

    @property
    def whole(self) -> bool:
        """The whole run is covered."""
        return self.low == 0 and self.high == len(self.run.text)


class Cut(Exception):
    """A stretch cuts into generated text; `run` is the run that is cut."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.made)
        self.run = run


def placed_runs(block: Block) -> Iterator[tuple[int, Run]]:
    """Each run with its offset in the block's text."""
    at = 0
    for run in block.runs:
        yield at, run
        at += len(run.text)


def parts(block: Block, start: int, end: int) -> list[Part]:
    """The runs that a non-empty stretch touches."""
    return [
        Part(run, at, max(start - at, 0), min(end - at, len(run.text)))
        for at, run in placed_runs(block)
        if at < end and at + len(run.text) > start
    ]


def token_of(run: Run) -> tuple[str, Span | None] | None:
    """What makes neighbouring generated runs one token; None for literal text and objects."""
    return (run.made, run.span) if run.made and not run.made.startswith("object ") else None


def own_words(block: Block, start: int = 0) -> str:
    """A block's literal text from an offset on, with a mark for each citation: what its source shows before anything
    is filled in.
    """
    tokens = {(run.made, run.span): run.made for run in block.runs if run.made.startswith("citation ")}
    out: list[str] = []
    for at, run in placed_runs(block):
        if run.literal:
            out.append(run.text[max(start - at, 0) :])
        elif at >= start and (made := tokens.pop((run.made, run.span), "")):
            out.append(f"{TOKEN}{made}{TOKEN}")
    return "".join(out)


def spans(block: Block, start: int, end: int) -> list[Span]:
    """The source slices of a stretch for pointing at it: generated text points at its token; neighbours are joined.

    An empty stretch gives one empty slice at the offset where text would be put; nothing if there is none.
    """
    if start >= end:
        at = insertion(block, start, frozenset())
        return [Span(at.path, at.offset, at.offset)] if at else []
    found: list[Span] = []
    for part in parts(block, start, end):
        span = _slice(part)
        if span is None:
            continue
        last = found[-1] if found else None
        if last and last.path == span.path and last.end >= span.start >= last.start:
            found[-1] = Span(last.path, last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def _slice(part: Part) -> Span | None:
    span = part.run.span
    if span is None or not part.run.literal or not part.run.exact:
        return span
    return Span(span.path, span.start + part.low, span.start + part.high)


def deletions(block: Block, start: int, end: int) -> list[Span]:
    """The slices to take out so that a non-empty stretch is gone, delimiters of emptied constructs included.

    Raises Cut if the stretch covers a part only of generated text, or text whose source is not known.
    """
    touched = parts(block, start, end)
    _refuse_cut_tokens(block, touched, start, end)
    found: list[Span] = []
    for part in touched:
        span = part.run.span
        if span is None or (part.run.made and not part.run.made.startswith("object ") and token_of(part.run) is None):
            raise Cut(part.run)
        if part.run.literal and part.run.exact:
            found.append(Span(span.path, span.start + part.low, span.start + part.high))
        elif part.whole or part.run.made:
            found.append(span)
        else:
            raise Cut(part.run)
    path = found[0].path
    for mark in _emptied(block, start, end):
        if mark.outer and mark.inner:
            found += [Span(path, mark.outer[0], mark.inner[0]), Span(path, mark.inner[1], mark.outer[1])]
        elif mark.outer:
            found.append(Span(path, *mark.outer))
    return _united(found)


def _refuse_cut_tokens(block: Block, touched: list[Part], start: int, end: int) -> None:
    """A token may go as a whole; a part of it is nobody's text."""
    for part in touched:
        token = token_of(part.run)
        if token is None:
            continue
        if token[1] is None:
            raise Cut(part.run)
        extent = [(at, at + len(run.text)) for at, run in placed_runs(block) if token_of(run) == token]
        if extent[0][0] < start or extent[-1][1] > end:
            raise Cut(part.run)


def _emptied(block: Block, start: int, end: int) -> list[Mark]:
    """Constructs all of whose text lies in the stretch."""
    inside: dict[Mark, bool] = {}
    for at, run in placed_runs(block):
        covered = start <= at and at + len(run.text) <= end
        for mark in run.marks:
            inside[mark] = inside.get(mark, True) and covered
    return [mark for mark, emptied in inside.items() if emptied]


def _united(found: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(found):
        if out and out[-1].path == span.path and span.start <= out[-1].end:
            out[-1] = Span(span.path, out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


@dataclass(frozen=True, slots=True)
class Insertion:
    """Where new text goes."""

    path: str
    offset: int
    kinds: frozenset[str]
    """Kinds of the constructs around that place: text put there takes part in them."""
    in_cell: bool
    at_start: bool
    """Nothing of the block stands before it."""


def insertion(block: Block, offset: int, wanted: frozenset[str]) -> Insertion | None:
    """Where text goes that is to look like `wanted` (`strong`, `emph`…); None if it would cut generated text.

    Between two runs there are up to three places: inside the constructs that end there, inside those that begin
    there, or between them; the one whose constructs are nearest to `wanted` is taken.
    """
    left = right = None
    for at, run in placed_runs(block):
        if at < offset < at + len(run.text):
            return _within(block, run, offset - at)
        if run.text and at + len(run.text) == offset:
            left = run
        if run.text and at == offset and right is None:
            right = run
    if left and right and token_of(left) and token_of(left) == token_of(right):
        return None
    if left is None and right is not None and right.span is None and any(run.literal for run in block.runs):
        return None  # before a number that the tool gives, where no source stands
    options = _options(left, right)
    if not options:
        start = block.extent
        return Insertion(start.path, start.start, frozenset(), block.kind == "cell", True) if start else None
    path, at, kinds = min(options, key=lambda option: len(option[2] ^ wanted))
    return Insertion(
        path, at, kinds, block.kind == "cell", left is None or (bool(token_of(left)) and left.span is None)
    )


def around(block: Block, where: Insertion) -> list[Mark]:
    """The constructs that have text on both sides of a place, outermost first."""
    found: list[Mark] = []
    for run in block.runs:
        for mark in run.marks if run.span and run.span.path == where.path else ():
            low, high = mark.inner or mark.outer or (0, 0)
            if low < where.offset < high and mark not in found:
                found.append(mark)
    return found


def _within(block: Block, run: Run, offset: int) -> Insertion | None:
    if not run.literal or not run.exact or run.span is None:
        return None
    kinds = frozenset(mark.kind for mark in run.marks)
    return Insertion(run.span.path, run.span.start + offset, kinds, block.kind == "cell", False)


def _options(left: Run | None, right: Run | None) -> list[tuple[str, int, frozenset[str]]]:
    """(path, offset, kinds around) of every place between two runs, the most natural first."""
    left = left if left and left.span else None
    right = right if right and right.span else None
    shared = 0
    if left and right:
        shared = sum(1 for _ in _common(left.marks, right.marks))
    found: list[tuple[str, int, frozenset[str]]] = []
    if left and left.span:
        found += _edges(left, left.span.end, shared if right else 0, 1)
    if right and right.span and not (left and left.span and left.span.path != right.span.path):
        found += _edges(right, right.span.start, shared if left else 0, 0)
    return found


def _edges(run: Run, here: int, shared: int, side: int) -> Iterator[tuple[str, int, frozenset[str]]]:
    """Places from the innermost construct of a run outwards, down to the constructs that both sides share."""
    assert run.span is not None
    marks = run.marks if not run.made else ()
    if not marks or marks[-1].kind != "code" or marks[-1].inner:
        yield run.span.path, here, frozenset(mark.kind for mark in marks)
    for depth in range(len(marks) - 1, shared - 1, -1):
        outer = marks[depth].outer
        if outer:
            yield run.span.path, outer[side], frozenset(mark.kind for mark in marks[:depth])


def _common(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> Iterator[Mark]:
    for a, b in zip(left, right, strict=False):
        if a != b:
            return
        yield a
