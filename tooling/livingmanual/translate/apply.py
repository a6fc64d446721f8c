"""Put a language's translations in the place of the words of a Document.

Every block is looked up by its own Markdown, before anything is numbered, resolved or filled in, so that one message
serves every country. A block without a translation of today's text keeps the source's words, or those of its stale
translation, and is marked, so that the reader sees it (design, promise 7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from livingmanual.model.catalog import DRAFTED, Found, Message, Policy, State
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.tree import Place
from livingmanual.translate.messages import alternative, context_of, is_inline_note, message_of

Find = Callable[[Message], Found]

UNTRANSLATED, STALE = "untranslated", "stale"
"""Classes of the span around the words of a marked block."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """From which language into which, and what to do where a translation is missing."""

    source: str
    target: str
    source_direction: str = "ltr"
    target_direction: str = "ltr"
    policy: Policy = Policy.KEEP


def translated(document: Document, find: Find, tongues: Tongues) -> Document:
    """The same file in another language; the input stays as it is.

    `find` says what the catalogs have for a message, with its inlines.
    """
    blocks = _captioned(_Applying(document, find, tongues).blocks(document.blocks))
    return Document(document.path, document.text, document.meta, blocks, document.body_start)


@dataclass(frozen=True, slots=True)
class _Applying:
    document: Document
    find: Find
    tongues: Tongues

    def blocks(self, nodes: list[Node], section: str = "", kind: str = "") -> list[Node]:
        places = iter([place for _, place in tree.leaves(nodes, section)])

        def change(leaf: Node) -> Node:
            place = next(places)
            return self.leaf(leaf, Place(kind, place.level, section) if kind else place)

        return tree.map_leaves(nodes, change)

    def leaf(self, leaf: Node, place: Place) -> Node:
        """A leaf in the other language; code stays as it is."""
        if leaf["t"] == "CodeBlock":
            return leaf
        message = message_of(leaf, place, self.document)
        inlines = tree.inlines(leaf)
        if message is None:
            return tree.with_inlines(leaf, self._pictures(self._with_notes(inlines, place), place))
        found = self.find(message)
        if found.state in (State.TRANSLATED, State.NATIVE) or (found.inlines and self.tongues.policy is Policy.KEEP):
            return self._in_other_words(leaf, found, place)
        words = self._pictures(self._with_notes(inlines, place), place)
        span = _marked(words, UNTRANSLATED, self.tongues.source, self.tongues.source_direction)
        return {**tree.with_inlines(leaf, span), "tr": found.state.value}

    def _in_other_words(self, leaf: Node, found: Found, place: Place) -> Node:
        assert found.entry is not None
        inlines = tree.inlines(leaf)
        said = [_in_cell(node) for node in found.inlines] if place.kind == "cell" else list(found.inlines)
        words = self._pictures(_terms(self._notes_into(said, inlines, place), inlines), place)
        known = DRAFTED if found.entry.drafted and found.state is State.TRANSLATED else found.state.value
        if found.state is not State.TRANSLATED:
            words = _marked(words, STALE, self.tongues.target, self.tongues.target_direction)
        made = [node for node in inlines[:2] if "@" not in node and "in" not in node and "g" in node]
        words = [{**node, "p": found.catalog} for node in words]
        extent = {"tb": list(found.entry.translation.span), "bp": found.catalog}
        return {**tree.with_inlines(leaf, [*made, *words]), **extent, "tr": known}

    def _with_notes(self, inlines: list[Node], place: Place) -> list[Node]:
        """The same words; what stands in their notes is translated, but for inline notes, which belong to them."""

        def change(node: Node) -> list[Node]:
            if node["t"] == "Note":
                return [node if is_inline_note(node, self.document) else self._note(node, place)]
            inner = tree.children_of(node)
            if not inner or node["t"] == "Image":
                return [node]
            return [tree.with_children(node, [out for child in inner for out in change(child)])]

        return [out for node in inlines for out in change(node)]

    def _note(self, note: Node, place: Place) -> Node:
        return {**note, "c": self.blocks(note["c"], place.section, "footnote")}

    def _notes_into(self, words: list[Node], source: list[Node], place: Place) -> list[Node]:
        """Put the source's notes where the translation refers to them; one that the source has not is left out.

        What looks like a reference and refers to nothing is words in the source (`[^1]`), and so in the translation.
        """
        notes = {self._label(note): note for note in tree.notes_in(source)}
        words_there = tree.string(source)

        def change(node: Node, in_picture: bool = False) -> list[Node]:
            if node["t"] == "Note" and "label" in node:
                note, spelt = notes.get(node["label"].casefold()), f"[^{node['label']}]"
                if note is None or in_picture:
                    return [{"t": "Str", "c": spelt, "@": node["@"]}] if in_picture or spelt in words_there else []
                return [{**self._note(note, place), "@": node["@"], "x": 1}]
            inside = in_picture or node["t"] == "Image"
            inner = [out for child in tree.children_of(node) for out in change(child, inside)]
            return [tree.with_children(node, inner)] if inner else [node]

        return [out for node in words for out in change(node)]

    def _label(self, note: Node) -> str:
        start, end = note.get("@", [0, 0])
        return self.document.text[start:end].removeprefix("[^").removesuffix("]").casefold()

    def _pictures(self, inlines: list[Node], place: Place) -> list[Node]:
        """The same inlines with the alternative texts of their pictures translated."""
        return [self._picture(node, place) for node in inlines]

    def _picture(self, node: Node, place: Place) -> Node:
        if node["t"] == "Image":
            message = alternative(node, context_of(place.section, self.document), self.document)
            found = self.find(message) if message else None
            if found and found.entry and found.state is State.TRANSLATED:
                return _with_alternative(node, found.entry.translation.text)
            return node
        inner = tree.children_of(node)
        return tree.with_children(node, [self._picture(child, place) for child in inner]) if inner else node


def _in_cell(node: Node) -> Node:
    """The same inline as a cell of a table shows it, where `\\|` is a bar also in code (GFM 0.29, section 4.10)."""
    if node["t"] == "Code" and "\\|" in node["c"][1]:
        return {**node, "c": [node["c"][0], node["c"][1].replace("\\|", "|")], "x": 1}
    inner = tree.children_of(node)
    return tree.with_children(node, [_in_cell(child) for child in inner]) if inner and node["t"] != "Note" else node


def _captioned(value: Any) -> Any:
    """The same tree; a figure's picture, whose words writers read out, says what its caption says."""
    if isinstance(value, list):
        return [_captioned(item) for item in value]
    if not isinstance(value, dict) or "c" not in value:
        return value
    if value["t"] in ("Para", "Plain", "Header", "CodeBlock"):
        return value
    out = {**value, "c": _captioned(value["c"])}
    if value["t"] != "Figure" or len(out["c"][1][1]) != 1 or len(out["c"][2]) != 1:
        return out
    words, (picture, *more) = tree.inlines(out["c"][1][1][0]), tree.inlines(out["c"][2][0]) or [{"t": ""}]
    if picture["t"] != "Image" or more:
        return out
    content = [tree.with_inlines(out["c"][2][0], [tree.with_children(picture, words)])]
    return {**out, "c": [out["c"][0], out["c"][1], content]}


def _marked(words: list[Node], name: str, language: str, direction: str) -> list[Node]:
    return [{"t": "Span", "c": [["", [name], [["lang", language], ["dir", direction]]], words]}]


def _with_alternative(image: Node, text: str) -> Node:
    identity, names, pairs = image["c"][0]
    attr = [identity, names, [[key, text if key == "alt" else value] for key, value in pairs]]
    return {**image, "c": [attr, *image["c"][1:]]}


def _terms(words: list[Node], source: list[Node]) -> list[Node]:
    """The same words; each token of a term knows its words in the source, by which a country may reword it.

    A translation says it with `[préfecture]{.term for="district"}`; where both have the same number of tokens, their
    order says it.
    """
    names = [_spelt(node) for node in _tokens(source)]
    mine = list(_tokens(words))
    order = {id(node): name for node, name in zip(mine, names, strict=True)} if len(mine) == len(names) else {}

    def change(node: Node) -> Node:
        inner = tree.children_of(node)
        out = tree.with_children(node, [change(child) for child in inner]) if inner and node["t"] != "Image" else node
        if not _is_token(node):
            return out
        name = tree.attribute(node, "for") or order.get(id(node), "")
        identity, names, pairs = node["c"][0]
        kept = [pair for pair in pairs if pair[0] != "for"]
        return {**out, "c": [[identity, names, kept], out["c"][1]], **({"of": name} if name else {})}

    return [change(node) for node in words]


def _tokens(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if _is_token(node):
            yield node
        elif node["t"] not in ("Note", "Image"):
            yield from _tokens(tree.children_of(node))


def _is_token(node: Node) -> bool:
    return node["t"] == "Span" and "term" in tree.classes(node)


def _spelt(node: Node) -> str:
    return " ".join(tree.string(tree.children_of(node)).split())
