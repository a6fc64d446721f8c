"""Fold pandoc's position wrappers on inlines into private keys.

With `+sourcepos` pandoc wraps every inline in a `Span` with `wrapper=1` and `data-pos`, or adds `data-pos` to the
attributes of inlines that have some. This module takes the wrappers off, checks each position against the file and
keeps it. A position that does not hold is never trusted: the run then has no literal origin, and a change of it
will be shown to a person instead of being placed (design, promise 2).
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from livingmanual.model.document import Node
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
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
HARD_BREAK = re.compile(r"(?:\\|  +)\r?\n[ \t>]*")
SOFT_BREAK = re.compile(r"[ \t]*\r?\n[ \t>]*")
ATTRIBUTES = re.compile(r"\{(?:[^{}\"\n]|\"(?:\\.|[^\"\\])*\")*\}")
UNMAPPED = "unmapped"


@dataclass(frozen=True, slots=True)
class Source:
    """What folding needs to know of the file."""

    path: str
    text: str
    prepared: Prepared

    def span(self, position: str) -> list[int] | None:
        """The slice that a `data-pos` value names: from its first range's start to its last range's end."""
        ranges = [tuple(map(int, match.groups())) for match in POSITION.finditer(position)]
        if not ranges:
            return None
        start = min((line, column) for line, column, _, _ in ranges)
        end = max((line, column) for _, _, line, column in ranges)
        return [self.prepared.offset(*start), self.prepared.offset(*end)]


def decode(slice_: str) -> str:
    """The text that a slice stands for: escapes and entities resolved, NFC, a line break with its indent as a space.

    This is the first law of provenance (design, section 3) written as a function: the text of every literal run is
    `decode` of its slice. CommonMark 0.31, sections 2.4 and 2.5.
    """
    if HARD_BREAK.fullmatch(slice_):
        return "\n"
    if SOFT_BREAK.fullmatch(slice_):
        return " "
    plain = re.sub(r"[ \t]*\r?\n[ \t>]*", " ", slice_)
    plain = re.sub(r"[ \t]+", " ", plain) if plain.strip() == "" else plain
    if "\\" in plain:
        parts = re.split(r"(\\[!-/:-@\[-`{-~])", plain)
        plain = "".join(part[1] if ESCAPE.fullmatch(part) else html.unescape(part) for part in parts)
    elif "&" in plain:
        plain = html.unescape(plain)
    return unicodedata.normalize("NFC", plain)


def fold(nodes: list[Node], source: Source, blocks_in_note: object = None) -> list[Node]:
    """Inlines without wrappers, with private keys; neighbouring literal words that touch become one `Str`."""
    out: list[Node] = []
    for node in nodes:
        for folded in _fold_one(node, source, blocks_in_note):
            if not (out and _join(out[-1], folded)):
                out.append(folded)
    _place_soft_breaks(out, source)
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


def _fold_one(node: Node, source: Source, fold_blocks: object) -> list[Node]:
    kind = node["t"]
    if kind == "Span" and ["wrapper", "1"] in node["c"][0][2]:
        span = source.span(tree.attribute(node, "data-pos"))
        return [out for child in node["c"][1] for out in _positioned(child, span, source, fold_blocks)]
    if kind in ("Span", "Link", "Image", "Code"):
        span = _with_attributes(source.span(tree.attribute(node, "data-pos")), source.text)
        identity, names, pairs = node["c"][0]
        bare = {
            **node,
            "c": [[identity, names, [p for p in pairs if p[0] not in ("data-pos", "wrapper")]], *node["c"][1:]],
        }
        return _positioned(bare, span, source, fold_blocks)
    return _positioned(node, None, source, fold_blocks)


def _with_attributes(span: list[int] | None, text: str) -> list[int] | None:
    """Pandoc's position of a link, picture or code leaves out the `{…}` behind it, which belongs to it."""
    behind = ATTRIBUTES.match(text, span[1]) if span else None
    return [span[0], behind.end()] if span and behind else span


def _positioned(node: Node, span: list[int] | None, source: Source, fold_blocks: object) -> list[Node]:
    kind = node["t"]
    if kind == "Str":
        return _words(node["c"], span, source)
    if kind == "Space":
        return [_space(node, span, source)]
    if kind in ("SoftBreak", "LineBreak"):
        return [{"t": kind, "x": 1, **_break(kind, span, source)}]
    if kind == "Code":
        return [_code(node, span, source)]
    if kind == "Note":
        folded = fold_blocks(node["c"], source) if callable(fold_blocks) else node["c"]
        return [{"t": "Note", "c": folded, "x": 1, **({"@": span} if span else {})}]
    if kind in tree.MARKS or kind in ("Link", "Span", "Image", "Cite"):
        return [_container(node, span, source, fold_blocks)]
    if kind == "Span" and not node["c"][1]:
        return [node]
    return [{**node, **({"@": span, "x": 1} if span else {})}]


def _container(node: Node, span: list[int] | None, source: Source, fold_blocks: object) -> Node:
    """A construct with content: its outer slice is taken from its delimiters, which pandoc may misplace when nested."""
    kind = node["t"]
    children = fold(tree.children_of(node), source, fold_blocks)
    out = tree.with_children(node, children)
    inner = extent(children)
    if inner and kind in DELIMITERS:
        outer = _delimited(inner, DELIMITERS[kind], source.text)
        return {**out, "@": outer, "in": inner} if outer else {**out, "in": inner}
    if inner:
        out["in"] = inner
    if span:
        out["@"] = span
    return out


def extent(nodes: list[Node]) -> list[int] | None:
    """From the start of the first inline that has a place to the end of the last; None if none has one."""
    placed = [node["@"] for node in nodes if "@" in node]
    return [min(p[0] for p in placed), max(p[1] for p in placed)] if placed else None


def _delimited(inner: list[int], delimiters: tuple[str, ...], text: str) -> list[int] | None:
    for mark in delimiters:
        start, end = inner[0] - len(mark), inner[1] + len(mark)
        if start >= 0 and text[start : inner[0]] == mark and text[inner[1] : end] == mark:
            return [start, end]
    return None


def _break(kind: str, span: list[int] | None, source: Source) -> dict[str, list[int]]:
    """A hard break's position in pandoc's tree stops before the line end, which belongs to it."""
    if not span or kind == "SoftBreak":
        return {}
    whole = HARD_BREAK.match(source.text, span[0])
    return {"@": [span[0], whole.end()]} if whole else {}


def _space(node: Node, span: list[int] | None, source: Source) -> Node:
    if span and span[0] < span[1] and decode(source.text[span[0] : span[1]]) == " ":
        exact = {} if source.text[span[0] : span[1]] == " " else {"x": 1}
        return {"t": "Space", "@": span, **exact}
    return {"t": "Space", "g": UNMAPPED}


def _words(text: str, span: list[int] | None, source: Source) -> list[Node]:
    """A word as one exact piece, or cut so that only what really differs from the file is inexact."""
    if not span:
        return [{"t": "Str", "c": text, "g": UNMAPPED}]
    slice_ = source.text[span[0] : span[1]]
    if text == "|" == slice_ and source.text[span[0] - 1 : span[0]] == "\\":
        # Pandoc undoes the escape of a bar in a table before it looks at the cell, so the backslash has no position.
        return [{"t": "Str", "c": text, "@": [span[0] - 1, span[1]], "x": 1}]
    if slice_ == text:
        return [{"t": "Str", "c": text, "@": span}]
    if decode(slice_) != text:
        return [{"t": "Str", "c": text, "g": UNMAPPED}]
    return _normalised(text, slice_, span[0])


def _normalised(text: str, slice_: str, start: int) -> list[Node]:
    """Peel what is equal off both ends; the rest is one piece that can only be replaced as a whole."""
    head = 0
    while head < min(len(text), len(slice_)) and text[head] == slice_[head] and slice_[head] not in "\\&":
        head += 1
    while head and (_combines(slice_[head : head + 1]) or _combines(text[head : head + 1])):
        head -= 1
    tail = 0
    while tail < min(len(text), len(slice_)) - head and text[-1 - tail] == slice_[-1 - tail]:
        tail += 1
    while tail and (
        _combines(slice_[-tail]) or decode(slice_[head : len(slice_) - tail]) != text[head : len(text) - tail]
    ):
        tail -= 1
    middle = {"t": "Str", "c": text[head : len(text) - tail], "@": [start + head, start + len(slice_) - tail], "x": 1}
    if decode(slice_[head : len(slice_) - tail]) != middle["c"]:
        return [{"t": "Str", "c": text, "@": [start, start + len(slice_)], "x": 1}]
    left = [{"t": "Str", "c": text[:head], "@": [start, start + head]}] if head else []
    end = start + len(slice_)
    right = [{"t": "Str", "c": text[len(text) - tail :], "@": [end - tail, end]}] if tail else []
    return [*left, middle, *right]


def _combines(character: str) -> bool:
    return bool(character) and unicodedata.combining(character) > 0


def _code(node: Node, span: list[int] | None, source: Source) -> Node:
    """Inline code: its text lies between runs of backquotes, less one space at both ends (CommonMark 6.1)."""
    text = node["c"][1]
    if not span:
        return {**node, "g": UNMAPPED}
    slice_ = source.text[span[0] : span[1]]
    ticks = len(slice_) - len(slice_.lstrip("`"))
    for pad in (ticks, ticks + 1):
        inner = re.sub(r"\r?\n", " ", slice_[pad : len(slice_) - pad])
        if ticks and inner == text and len(inner) == len(slice_) - 2 * pad:
            return {**node, "@": span, "in": [span[0] + pad, span[1] - pad]}
    closing = slice_.rfind("`" * ticks) if ticks else -1
    if closing > ticks and text in (slice_[ticks:closing], slice_[ticks + 1 : closing - 1]):
        pad = 0 if text == slice_[ticks:closing] else 1
        return {**node, "@": span, "in": [span[0] + ticks + pad, span[0] + closing - pad]}
    return {**node, "@": span, "x": 1} if ticks else {**node, "g": UNMAPPED}


def _place_soft_breaks(nodes: list[Node], source: Source) -> None:
    """A soft break has no position of its own: it lies between its neighbours (design, section 3)."""
    for index, node in enumerate(nodes):
        if node["t"] not in ("SoftBreak", "LineBreak", "Space") or "@" in node:
            continue
        before = nodes[index - 1].get("@") if index else None
        after = nodes[index + 1].get("@") if index + 1 < len(nodes) else None
        wanted = "\n" if node["t"] == "LineBreak" else " "
        if before and after and before[1] < after[0] and decode(source.text[before[1] : after[0]]) == wanted:
            node["@"] = [before[1], after[0]]
            node.pop("g", None)
            if node["@"][1] - node["@"][0] > 1 or node["t"] != "Space":
                node["x"] = 1
        else:
            node["g"] = UNMAPPED
