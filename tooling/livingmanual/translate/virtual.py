r"""The translations of a catalog as one Markdown text, and its tree with places in the catalog.

Pandoc reads files, not messages; so all translations of a catalog are put into one text, each as a paragraph that
begins with its number between two characters of the private use area. No translation can begin a list, a heading or a
table then, and none can reach into its neighbour: every further line begins with such a character, too. When pandoc
has read the text, the numbers are taken off and each position in the text becomes one in the catalog, where `\"` stands
for a quotation mark and a string may be broken over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from livingmanual.model.catalog import Catalog, Entry
from livingmanual.model.document import Node
from livingmanual.text import tree

OPEN, CLOSE, NOTE, LINE = "\ue010", "\ue011", "\ue012", "\ue013"
"""Around a number; before the label in a note; at the beginning of a further line. No text may hold them."""
LABEL = re.compile(r"\[\^([^\]\s]+)\]")
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[^\n]*$", re.MULTILINE)
"""The definition of a link's name (CommonMark 0.31, section 4.7), on one line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one translation stands in the virtual text."""

    entry: Entry
    start: int
    """Offset of the first character behind the number and its space."""
    index: tuple[int, ...]
    """Per character of the virtual text: which character of the translation it is, or stands before."""


@dataclass(frozen=True, slots=True)
class Virtual:
    """All translations of a catalog as one Markdown text."""

    catalog: Catalog
    text: str
    pieces: tuple[Piece, ...]


def virtual(catalog: Catalog, source_text: str) -> Virtual:
    """The translations of a catalog as one text; `source_text` gives the names of links that the source defines."""
    pieces: list[Piece] = []
    out: list[str] = []
    length = 0
    for number, entry in enumerate(entry for entry in catalog.entries if entry.translation.text.strip()):
        head = f"{OPEN}{number}{CLOSE} "
        characters = list(_lines(entry.translation.text))
        body = "".join(character for character, _ in characters)
        pieces.append(Piece(entry, length + len(head), tuple(index for _, index in characters)))
        out.append(f"{head}{body}\n\n")
        length += len(head) + len(body) + 2
    labels = dict.fromkeys(label for piece in pieces for label in LABEL.findall(piece.entry.translation.text))
    notes = [f"[^{label}]: {NOTE}{label}\n\n" for label in labels]
    links = [f"{found}\n\n" for found in DEFINITION.findall(source_text.replace("\r", ""))] if pieces else []
    return Virtual(catalog, "".join([*out, *notes, *links]), tuple(pieces))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The characters of a translation; what opens a further line is marked, white space before it left out."""
    opens = False
    for index, character in enumerate(text):
        if opens and character in " \t":
            continue
        if opens and character != "\n":
            yield LINE, index
        opens = character == "\n"
        yield character, index


def unfold(blocks: Sequence[Node], source: Virtual) -> dict[tuple[int, int], tuple[Node, ...]]:
    """The inlines of every translation, by the span of its entry in the catalog.

    `blocks` is the tree of the virtual text. A translation that cannot be read as one paragraph is not among them.
    """
    found: dict[tuple[int, int], tuple[Node, ...]] = {}
    for block in blocks:
        inlines = block["c"] if block["t"] == "Para" else []
        first = inlines[0] if inlines else None
        if not first or first["t"] != "Str" or first["c"][:1] != OPEN or not first["c"].endswith(CLOSE):
            continue
        piece = source.pieces[int(first["c"][1:-1])]
        moved = _Moved(source, piece).inlines(inlines[2:])
        found[piece.entry.start, piece.entry.end] = tuple(moved)
    return found


@dataclass(frozen=True, slots=True)
class _Moved:
    """Carries nodes from the virtual text to the catalog."""

    source: Virtual
    piece: Piece

    def inlines(self, nodes: Sequence[Node]) -> list[Node]:
        """The same inlines with places in the catalog."""
        return [out for node in nodes for out in self.node(node)]

    def node(self, node: Node) -> list[Node]:
        """One inline; a word may become several pieces, because escapes are not exact."""
        kind = node["t"]
        if kind == "Str":
            return self._words(node)
        out = self._placed(node)
        if kind == "Note":
            return [self._note(node, out)]
        if kind == "Code":
            text = node["c"][1].replace(LINE, "")
            changed = text != node["c"][1] or ("in" in out and self._raw(out["in"]) != text)
            return [{**out, "c": [node["c"][0], text], **({"x": 1} if changed else {})}]
        if kind == "Space" and "@" in out and self._raw(out["@"]) != " ":
            out["x"] = 1
        if tree.children_of(node):
            return [tree.with_children(out, self.inlines(tree.children_of(node)))]
        return [out]

    def _note(self, node: Node, out: Node) -> Node:
        """A reference to a note of the source keeps its label, an inline note its words."""
        words = tree.string(node["c"][0]["c"]) if node["c"] and node["c"][0]["t"] in ("Para", "Plain") else ""
        if words.startswith(NOTE):
            return {**out, "c": [], "label": words[1:]}
        return {**out, "c": tree.map_leaves(node["c"], self._leaf)}

    def _leaf(self, leaf: Node) -> Node:
        return tree.with_inlines(self._placed(leaf), self.inlines(tree.inlines(leaf)))

    def _placed(self, node: Node) -> Node:
        return {key: self._span(value) if key in ("@", "in", "b") else value for key, value in node.items()}

    def _span(self, span: list[int]) -> list[int]:
        start, end = (place - self.piece.start for place in span)
        index, field = self.piece.index, self.piece.entry.translation
        if not 0 <= start <= end <= len(index):
            return [field.span[0], field.span[0]]
        if start == end:
            at = field.starts[index[start]] if start < len(index) else field.span[1]
            return [at, at]
        return [field.starts[index[start]], field.ends[index[end - 1]]]

    def _raw(self, span: list[int]) -> str:
        return self.source.catalog.text[span[0] : span[1]]

    def _words(self, node: Node) -> list[Node]:
        """A word; where the catalog spells a character otherwise, or breaks the line, the word is cut."""
        text: str = node["c"]
        if "@" not in node:
            return [{**node, "c": text.replace(LINE, "")}]
        start, end = node["@"]
        if text.startswith(LINE):
            text, start = text[1:], start + 1
        if not text:
            return []
        whole = {**node, "c": text, "@": self._span([start, end])}
        if "x" in node or end - start != len(text) or self._raw(whole["@"]) == text:
            return [whole]
        pieces: list[Node] = []
        for offset, character in enumerate(text):
            span = self._span([start + offset, start + offset + 1])
            exact: dict[str, Any] = {} if self._raw(span) == character else {"x": 1}
            last = pieces[-1] if pieces else None
            if last and not exact and "x" not in last and last["@"][1] == span[0]:
                pieces[-1] = {**last, "c": last["c"] + character, "@": [last["@"][0], span[1]]}
            else:
                pieces.append({**node, "c": character, "@": span, **exact})
        return pieces
