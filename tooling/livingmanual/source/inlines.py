"""Fold pandoc's position wrappers on inlines into private keys.

With `+sourcepos` pandoc wraps every inline in a `Span` with `wrapper=1` and `data-pos`, or adds `data-pos` to the
attributes of inlines that have some. This module takes the wrappers off, checks each position against the file and
keeps it. A position that does not hold is never trusted: the run then has no literal origin, and a change of it
will be shown to a person instead of being placed (design, promise 2). What pandoc's positions are like, with samples:
`tooling/docs/formats/pandoc-positions.md`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from livingmanual.model.document import Node
from livingmanual.source.derive import ANY_BREAK, BREAK, decode, derives
from livingmanual.source.offsets import Prepared
from livingmanual.text import tree

DELIMITERS = {
    "Emph": ("*", "_"),
    "Strong": ("**", "__"),
    "Strikeout": ("~~", "~"),
    "Superscript": ("^",),
    "Subscript": ("~",),
}
POSITION = re.compile(r"(?:^|[@;])(\d+):(\d+)-(\d+):(\d+)")
ATTRIBUTES = re.compile(r"(?:\{(?:[^{}\"]|\"(?:\\.|[^\"\\])*\")*\})+")
CODE_PAD = re.compile(rf" |\t|{BREAK}")
CODE_PAD_LAST = re.compile(rf"(?:{CODE_PAD.pattern})\Z")
WHITE_SPACE = ("Space", "SoftBreak", "LineBreak")
NO_ATTRIBUTES: list[object] = ["", [], []]
UNMAPPED = "unmapped"
"""What made a run whose place in the file is not known."""

FoldBlocks = Callable[[list[Node], "Source"], list[Node]]


@dataclass(frozen=True, slots=True)
class Source:
    """What folding needs to know of the file."""

    path: str
    text: str
    prepared: Prepared

    def ranges(self, position: str) -> list[tuple[int, int, int, int]]:
        """The ranges of a `data-pos` value: first line and column, last line and column, all from 1."""
        found = [match.groups() for match in POSITION.finditer(position)]
        return [(int(a), int(b), int(c), int(d)) for a, b, c, d in found]

    def span(self, position: str) -> list[int] | None:
        """The slice that a `data-pos` value names: from its first range's start to its last range's end."""
        ranges = self.ranges(position)
        if not ranges:
            return None
        start = min((line, column) for line, column, _, _ in ranges)
        end = max((line, column) for _, _, line, column in ranges)
        return [self.prepared.offset(*start), self.prepared.offset(*end)]

    def slice(self, span: list[int]) -> str:
        """The characters of a slice."""
        return self.text[span[0] : span[1]]


def position_of(node: Node) -> str:
    """The `data-pos` of a node's attributes; the last of several, because what is around a node is written first."""
    found = [str(value) for key, value in tree.attributes(node)[2] if key == "data-pos" and POSITION.search(str(value))]
    return found[-1] if found else ""


def without_positions(node: Node) -> Node:
    """The same node without pandoc's position attributes."""
    identity, names, pairs = tree.attributes(node)
    attr = [identity, names, [pair for pair in pairs if pair[0] not in ("data-pos", "wrapper")]]
    if node["t"] == "Header":
        return {**node, "c": [node["c"][0], attr, node["c"][2]]}
    return {**node, "c": [attr, *node["c"][1:]]}


def fold(nodes: list[Node], source: Source, fold_blocks: FoldBlocks) -> list[Node]:
    """Inlines without wrappers, with private keys; neighbouring literal words that touch become one `Str`.

    `fold_blocks` folds the blocks of notes.
    """
    out: list[Node] = []
    for node in nodes:
        for folded in _fold_one(node, source, fold_blocks):
            if not (out and _join(out[-1], folded)):
                out.append(folded)
    _set_apart(out, source)
    _place_white_space(out, source)
    return out


def _join(left: Node, right: Node) -> bool:
    """Append `right` to `left` in place if both are exact words that touch in the file."""
    if left["t"] != "Str" or right["t"] != "Str" or "x" in left or "x" in right or "g" in left or "g" in right:
        return False
    if "@" not in left or "@" not in right or left["@"][1] != right["@"][0]:
        return False
    left["c"] += right["c"]
    left["@"] = [left["@"][0], right["@"][1]]
    return True


def _fold_one(node: Node, source: Source, fold_blocks: FoldBlocks) -> list[Node]:
    kind = node["t"]
    if kind == "Span" and ["wrapper", "1"] in node["c"][0][2]:
        span = source.span(position_of(node))
        inside = [out for child in node["c"][1] for out in _positioned(child, span, source, fold_blocks)]
        bare = without_positions(node)
        if bare["c"][0] == NO_ATTRIBUTES or inside[0]["t"] in WHITE_SPACE:
            return inside
        # Attributes behind a word or emphasis (`word{.c}`) are written on its wrapper.
        inner = {"in": span} if span else {}
        outer = {"@": _with_attributes(span, source.text)} if span else {}
        return [{**tree.with_children(bare, inside), **outer, **inner}]
    if kind in ("Span", "Link", "Image", "Code"):
        span = _with_attributes(source.span(position_of(node)), source.text)
        return _positioned(without_positions(node), span, source, fold_blocks)
    return _positioned(node, None, source, fold_blocks)


def _with_attributes(span: list[int] | None, text: str) -> list[int] | None:
    """Pandoc's position of a link, picture or code leaves out the `{…}` behind it, which belongs to it."""
    behind = ATTRIBUTES.match(text, span[1]) if span else None
    return [span[0], behind.end()] if span and behind else span


def _positioned(node: Node, span: list[int] | None, source: Source, fold_blocks: FoldBlocks) -> list[Node]:
    kind = node["t"]
    if kind == "Str":
        return _words(node["c"], span, source)
    if kind in WHITE_SPACE:
        return [_white_space(kind, span, source)]
    if kind == "Code":
        return [_code(node, span, source)]
    if kind == "Note":
        return [{"t": "Note", "c": fold_blocks(node["c"], source), "x": 1, **({"@": span} if span else {})}]
    if kind in tree.MARKS or kind in ("Link", "Span", "Image", "Cite"):
        return [_container(node, span, source, fold_blocks)]
    return [{**node, **({"@": span, "x": 1} if span else {})}]


def _container(node: Node, span: list[int] | None, source: Source, fold_blocks: FoldBlocks) -> Node:
    """A construct with content.

    The slice of emphasis is taken from its delimiters, because pandoc misplaces the end of nested emphasis.
    """
    kind, children = node["t"], tree.children_of(node)
    if kind == "Link" and span and len(children) == 1 and children[0]["t"] == "Str":
        folded = _autolink(children[0]["c"], span, source)
    else:
        folded = fold(children, source, fold_blocks)
    out = tree.with_children(node, folded)
    inner = extent(folded)
    if inner and kind in DELIMITERS:
        outer = _delimited(inner, span, DELIMITERS[kind], source.text)
        return {**out, "@": outer, "in": inner} if outer else {**out, "in": inner}
    if inner:
        out["in"] = inner
    if span:
        out["@"] = span
    return out


def _autolink(text: str, span: list[int], source: Source) -> list[Node]:
    """The words of `<http://…>` or of a bare address, which have no position of their own."""
    start = span[0] + (source.text[span[0]] == "<")
    return _words(text, [start, start + len(text)], source)


def extent(nodes: list[Node]) -> list[int] | None:
    """From the start of the first inline that has a place to the end of the last; None if none has one."""
    placed = [node.get("@") or node["in"] for node in nodes if "@" in node or "in" in node]
    return [min(p[0] for p in placed), max(p[1] for p in placed)] if placed else None


def _delimited(inner: list[int], span: list[int] | None, delimiters: tuple[str, ...], text: str) -> list[int] | None:
    """The content with its delimiters; they stand beside it, or before attributes (`*{.c} a*`, which pandoc drops)."""
    for mark in delimiters:
        starts = [inner[0] - len(mark), *([span[0]] if span else [])]
        for start in starts:
            if 0 <= start < inner[0] and text.startswith(mark, start) and text.startswith(mark, inner[1]):
                return [start, inner[1] + len(mark)]
    return None


def _set_apart(nodes: list[Node], source: Source) -> None:
    """Mend places of neighbours that overlap.

    What stands behind a link in braces need not be attributes; and of the delimiters that emphasis leaves over
    (`*a**`) pandoc names the first instead of the last.
    """
    for left, right in pairwise(nodes):
        here, next_ = left.get("@"), right.get("@")
        if not here or not next_ or here[1] <= next_[0]:
            continue
        if left["t"] in DELIMITERS and right["t"] == "Str":
            moved = [here[1], here[1] + len(right["c"])]
            if source.slice(moved) == right["c"]:
                right["@"] = moved
        elif left["t"] in ("Link", "Span", "Image", "Code"):
            inner = left.get("in") or here
            left["@"] = [here[0], max(inner[1], next_[0])]


def _white_space(kind: str, span: list[int] | None, source: Source) -> Node:
    """A space with its place, or white space that its neighbours will place; a break's own position stops too early."""
    if kind == "Space" and span and span[0] < span[1] and derives(source.slice(span), " "):
        return {"t": "Space", "@": span, **({} if source.slice(span) == " " else {"x": 1})}
    return {"t": kind, "g": UNMAPPED}


def _place_white_space(nodes: list[Node], source: Source) -> None:
    """White space without a place of its own lies between its neighbours (design, section 3)."""
    for index, node in enumerate(nodes):
        if node["t"] not in WHITE_SPACE or "@" in node:
            continue
        before = nodes[index - 1].get("@", [None, None])[1] if index else None
        after = nodes[index + 1].get("@", [None])[0] if index + 1 < len(nodes) else None
        wanted = "\n" if node["t"] == "LineBreak" else " "
        found = next((span for span in _gaps(before, after, source.text) if derives(source.slice(span), wanted)), None)
        if found:
            node["@"] = found
            del node["g"]
            if source.slice(found) != " ":
                node["x"] = 1


def _gaps(before: int | None, after: int | None, text: str) -> Iterator[list[int]]:
    """Where white space may lie: all between its neighbours, a line break behind the one, or before the other.

    The last two are for the edges of links, and for attributes that pandoc drops.
    """
    if before is not None and after is not None and before < after:
        yield [before, after]
    if before is not None:
        found = ANY_BREAK.match(text, before, len(text) if after is None else after)
        if found:
            yield list(found.span())
    if after is not None:
        line = text.rfind("\n", before or 0, after)
        start = line - 1 if text[max(line - 1, 0)] == "\r" else line
        while start > (before or 0) and text[start - 1] in " \t":
            start -= 1
        if line >= 0:
            yield [start, after]
            yield [start - 1, after]  # the backslash of a hard break


def _words(text: str, span: list[int] | None, source: Source) -> list[Node]:
    """A word as one exact piece, or cut so that only what really differs from the file is inexact.

    A note in a note, which pandoc leaves out, has left an empty word.
    """
    if not text:
        return []
    if not span:
        return [{"t": "Str", "c": text, "g": UNMAPPED}]
    slice_ = source.slice(span)
    if slice_ == text and text[:1] == "|" and source.text[span[0] - 1 : span[0]] == "\\":
        # Pandoc undoes the escape of a bar in a table before it looks at the cell, so the backslash has no position …
        return [{"t": "Str", "c": text, "@": [span[0] - 1, span[1]], "x": 1}]
    if slice_ == text:
        return [{"t": "Str", "c": text, "@": span}]
    if slice_.endswith("\\") and source.text[span[1] : span[1] + 1] == "|" and derives(slice_[:-1], text):
        # … and what stands before it ends, for pandoc, where the bar begins.
        return _words(text, [span[0], span[1] - 1], source)
    if not derives(slice_, text):
        return [{"t": "Str", "c": text, "g": UNMAPPED}]
    return _cut(text, slice_, span[0])


def _cut(text: str, slice_: str, start: int) -> list[Node]:
    """Peel what is equal off both ends; the rest is one piece that can only be replaced as a whole."""
    head = 0
    while head < min(len(text), len(slice_)) and text[head] == slice_[head] and slice_[head] not in "\\&":
        head += 1
    while head and (_combines(slice_[head : head + 1]) or _combines(text[head : head + 1])):
        head -= 1
    tail = 0
    while tail < min(len(text), len(slice_)) - head and text[-1 - tail] == slice_[-1 - tail]:
        tail += 1
    while tail and not _cuts(text, slice_, head, tail):
        tail -= 1
    end = len(slice_)
    if not _cuts(text, slice_, head, tail):
        return [{"t": "Str", "c": text, "@": [start, start + end], "x": 1}]
    middle = {"t": "Str", "c": text[head : len(text) - tail], "@": [start + head, start + end - tail], "x": 1}
    left = [{"t": "Str", "c": text[:head], "@": [start, start + head]}] if head else []
    right = [{"t": "Str", "c": text[-tail:], "@": [start + end - tail, start + end]}] if tail else []
    return [*left, middle, *right]


def _cuts(text: str, slice_: str, head: int, tail: int) -> bool:
    """True if the middle between `head` and `tail` characters stands for the same middle of the text."""
    if tail and _combines(slice_[-tail]):
        return False
    middle = slice_[head : len(slice_) - tail]
    return bool(middle) and decode(middle) == text[head : len(text) - tail] != ""


def _combines(character: str) -> bool:
    return bool(character) and unicodedata.combining(character) > 0


def _code(node: Node, span: list[int] | None, source: Source) -> Node:
    """Inline code: its text lies between runs of backquotes, less one space at both ends (CommonMark 6.1)."""
    if not span:
        return {**node, "g": UNMAPPED}
    inner = _code_text(node["c"][1], span, source)
    if inner is None:
        return {**node, "g": UNMAPPED}
    return {**node, "@": span, "in": inner, **({} if source.slice(inner) == node["c"][1] else {"x": 1})}


def _code_text(text: str, span: list[int], source: Source) -> list[int] | None:
    """The slice of the text of inline code: all between its backquotes, or that without the space at both ends."""
    slice_ = source.slice(span)
    ticks = len(slice_) - len(slice_.lstrip("`"))
    closing = re.compile(rf"(?<!`)`{{{ticks}}}(?!`)").search(slice_, ticks + 1) if ticks else None
    if closing is None:
        return None
    start, end = span[0] + ticks, span[0] + closing.start()
    whole = source.text[start:end]
    if derives(whole, text, verbatim=True):
        return [start, end]
    for begin in _pads(CODE_PAD.match(whole)):
        for size in _pads(CODE_PAD_LAST.search(whole)):
            until = len(whole) - size
            if begin <= until and derives(whole[begin:until], text, verbatim=True):
                return [start + begin, start + until]
    return None


def _pads(found: re.Match[str] | None) -> list[int]:
    """How many characters of the file the space at an end of inline code may take, the most likely first.

    What follows a line break may belong to the code; of a tab only one column is taken off.
    """
    if found is None:
        return []
    return [0] if found[0] == "\t" else list(range(len(found[0]), 0, -1))
