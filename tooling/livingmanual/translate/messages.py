"""The messages of a source file: one for each block that holds words.

A message is the block's own Markdown, so inline markup, variables, citations and references stay in it as they are
written, and a translation of it is Markdown too. Line breaks and the indent and quote marks of continued lines are
white space, which never counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from livingmanual.model.catalog import Message
from livingmanual.model.document import Document, Node
from livingmanual.text import tree
from livingmanual.text.tree import Place

BREAK = re.compile(r"(\\|  +)?[ \t]*\r?\n[ \t>]*")
"""A line end with what the next line begins with; group 1 makes it a hard break (CommonMark 0.31, section 6.7)."""
NOT_WORDS = re.compile(
    r"\{\{[^{}]*\}\}"  # variables
    r"|\[[^\[\]]*-?@[^\[\]]*\]"  # citations
    r"|\[\]\([^()]*\)|\]\([^()]*\)"  # references, targets of links
    r"|\[\^[^\]]+\]"  # notes
    r"|\{[^{}]*\}"  # attributes
    r"|<[^<>]*>"  # addresses, HTML
    r"|&#?\w+;"
)


def messages(document: Document) -> Iterator[Message]:
    """Every message of a file in reading order; the same message may come twice."""
    for leaf, place in tree.leaves(document.blocks):
        yield from _of_leaf(leaf, place, document)
    for image, section in _pictures(document.blocks):
        found = alternative(image, section, document)
        if found:
            yield found


def _of_leaf(leaf: Node, place: Place, document: Document) -> Iterator[Message]:
    found = message_of(leaf, place, document)
    if found:
        yield found
    if leaf["t"] == "CodeBlock":
        return
    for note in tree.notes_in(tree.inlines(leaf)):
        if is_inline_note(note, document):
            continue
        for inner, inside in tree.leaves(note["c"], place.section):
            yield from _of_leaf(inner, Place("footnote", inside.level, place.section), document)


def is_inline_note(note: Node, document: Document) -> bool:
    """True for `^[words]`, whose words are part of the message around it."""
    return "@" in note and document.text[note["@"][0] : note["@"][0] + 2] == "^["


def message_of(leaf: Node, place: Place, document: Document) -> Message | None:
    """The message of a leaf; None if there is nothing in it to translate, or if its words have no place in the file."""
    if leaf["t"] == "CodeBlock" or leaf.get("p") != document.path:
        return None
    inlines = tree.inlines(leaf)
    extent = extent_of(inlines)
    if extent is None or (leaf["t"] == "Plain" and all(node["t"] == "Image" for node in inlines)):
        return None  # the words of a figure are its caption, a message of its own
    text = normal(document.text[extent[0] : extent[1]])
    if not has_words(text):
        return None
    return Message(context_of(place.section, document), text, place.kind, document.path, extent[0], end=extent[1])


def extent_of(inlines: list[Node]) -> tuple[int, int] | None:
    """From the start of the first inline that has a place to the end of the last one; half-open."""
    placed = [node.get("@") or node["in"] for node in inlines if "@" in node or "in" in node]
    return (min(p[0] for p in placed), max(p[1] for p in placed)) if placed else None


def normal(slice_: str) -> str:
    """A slice of a file as a message: NFC, on one line but for hard breaks."""
    return BREAK.sub(lambda found: "\\\n" if found[1] else " ", unicodedata.normalize("NFC", slice_)).strip(" \t\r\n")


def has_words(text: str) -> bool:
    """True if there is a letter outside of variables, citations, references and the like."""
    return any(character.isalpha() for character in NOT_WORDS.sub(" ", text))


def context_of(section: str, document: Document) -> str:
    """The context of a message: the id around it, or the file's name."""
    return section or PurePosixPath(document.path).stem


def alternative(image: Node, section: str, document: Document) -> Message | None:
    """The message of a picture's alternative text; None if it has none of its own."""
    text = tree.attribute(image, "alt")
    if not has_words(text):
        return None
    return Message(context_of(section, document), text, "alternative text", document.path, -1, markdown=False)


def _pictures(nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    for leaf, place in tree.leaves(nodes):
        if leaf["t"] != "CodeBlock":
            yield from ((image, place.section) for image in pictures_in(tree.inlines(leaf)))


def pictures_in(inlines: list[Node]) -> Iterator[Node]:
    """Every picture among inlines, those inside links and emphasis included."""
    for node in inlines:
        if node["t"] == "Image":
            yield node
        elif node["t"] != "Note":
            yield from pictures_in(tree.children_of(node))
