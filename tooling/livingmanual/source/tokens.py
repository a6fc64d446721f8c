"""Recognise the notations that pandoc's CommonMark leaves as plain words.

* `{{name}}` — a variable: the country's name and other values of an edition; `{{name|words}}` with the words that stand
  where an edition has no value for it;
* `[@key, p. 3; see @other]` — a citation in pandoc's syntax (pandoc manual, "Citations");
* `[](#id)` — a reference: a link without words of its own, to be filled with "section 2.3" and the like.

Each becomes one node with the position of the whole token. Which notations are on is said in `manual.yaml`; in a
workspace made of Markdown that others wrote they are off, and `{{#include x}}` or `@alice` stay plain text.
An escaped character (`\\{{name}}`, `\\[@key]`) never begins a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from livingmanual.model.document import Node
from livingmanual.text import tree

VARIABLE = re.compile(r"\{\{\s*([A-Za-z][\w-]*(?:\.[\w-]+)*)\s*(?:\|([^{}|]*))?\}\}")
CITATION = re.compile(r"\[(?:[^\[\]@]*[\s(])?-?@[\w][^\[\]]*\]")
CITED = re.compile(r"(-?)@([\w](?:[\w:.#$%&+?<>~/-]*[\w])?)")
REFERENCE = re.compile(r"#.+|[^:#]+\.(?:md|markdown)(?:#.*)?", re.IGNORECASE)
ESCAPED = "\ue000"
"""Stands for characters that may not take part in a token; from the private use area."""


@dataclass(frozen=True, slots=True)
class Notations:
    """Which notations a workspace uses (`notations:` in manual.yaml)."""

    variables: bool = True
    citations: bool = True
    references: bool = True
    math: bool = True
    attributes: bool = True
    """`{#id .class}` behind headings, pictures and links."""
    pandoc: bool = True
    """What pandoc adds to CommonMark: divs, bracketed spans, sub- and superscript, definition lists, letters as list
    numbers, captions of pictures. Off means: as GitHub reads it."""


def recognise(blocks: list[Node], notations: Notations) -> list[Node]:
    """The same blocks with tokens in place of the words that spell them; the input stays as it is."""
    return [_in_block(block, notations) for block in blocks]


def _in_block(node: Any, notations: Notations) -> Any:
    """Go down to every list of inlines; lists of blocks and rows are rebuilt on the way."""
    if isinstance(node, list):
        if node and all(isinstance(item, dict) and item.get("t") in _INLINE for item in node):
            return _in_inlines(node, notations)
        return [_in_block(item, notations) for item in node]
    if isinstance(node, dict) and "c" in node and isinstance(node["c"], list):
        return {**node, "c": _in_block(node["c"], notations)}
    return node


_INLINE = frozenset(
    [
        "Str",
        "Space",
        "SoftBreak",
        "LineBreak",
        "Code",
        "Note",
        "Math",
        "RawInline",
        "Cite",
        "Link",
        "Span",
        "Image",
        *tree.MARKS,
    ]
)


def _in_inlines(nodes: list[Node], notations: Notations) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if node["t"] == "Note":
            out.append({**node, "c": _in_block(node["c"], notations)})
        elif notations.references and _is_reference(node):
            out.append({**node, "g": f"reference {node['c'][2][0].removeprefix('#')}"})
        elif tree.children_of(node) and node["t"] != "Cite":
            out.append(tree.with_children(node, _in_inlines(tree.children_of(node), notations)))
        else:
            out.append(node)
    if notations.citations:
        out = _replace(out, CITATION, _citation)
    if notations.variables:
        out = _replace(out, VARIABLE, _variable)
    return out


def _is_reference(node: Node) -> bool:
    """True for a link without words to a place of the manual: `[](#id)`, `[](05-legal-basis.md#id)`."""
    return node["t"] == "Link" and not node["c"][1] and REFERENCE.fullmatch(node["c"][2][0]) is not None


def _spelling(nodes: list[Node]) -> str:
    """The text of neighbouring words; whatever cannot be part of a token counts as `ESCAPED`, one for one."""
    parts: list[str] = []
    for node in nodes:
        if node["t"] == "Str" and "g" not in node:
            parts.append(node["c"] if "x" not in node else ESCAPED * len(node["c"]))
        elif node["t"] in ("Space", "SoftBreak") and "g" not in node:
            parts.append(" ")
        else:
            parts.append(ESCAPED)
    return "".join(parts)


def _replace(
    nodes: list[Node], pattern: re.Pattern[str], make: Callable[[re.Match[str], list[Node]], Node | None]
) -> list[Node]:
    spelling = _spelling(nodes)
    if not pattern.search(spelling):
        return nodes
    out: list[Node] = []
    done = 0
    for match in pattern.finditer(spelling):
        if ESCAPED in match.group():
            continue
        inside = _cut(nodes, match.start(), match.end())
        token = make(match, inside)
        if token is None:
            continue
        out.extend(_cut(nodes, done, match.start()))
        out.append({**token, "@": [inside[0]["@"][0], inside[-1]["@"][1]]})
        done = match.end()
    out.extend(_cut(nodes, done, len(spelling)))
    return out


def _width(node: Node) -> int:
    return len(node["c"]) if node["t"] == "Str" and "g" not in node else 1


def _cut(nodes: list[Node], start: int, end: int) -> list[Node]:
    """The nodes between two positions of the spelling, words cut where a position falls inside one."""
    out: list[Node] = []
    position = 0
    for node in nodes:
        width = _width(node)
        low, high = max(start, position), min(end, position + width)
        if low < high:
            out.append(node if high - low == width else _part(node, low - position, high - position))
        position += width
    return out


def _part(node: Node, low: int, high: int) -> Node:
    base = node["@"][0]
    return {**node, "c": node["c"][low:high], "@": [base + low, base + high]}


def _variable(match: re.Match[str], inside: list[Node]) -> Node | None:
    if any("@" not in node for node in inside):
        return None
    name, default = match.groups()
    pairs = [["name", name]] if default is None else [["name", name], ["default", default.strip()]]
    return {"t": "Span", "c": [["", ["variable"], pairs], []], "g": f"variable {name}"}


def _citation(match: re.Match[str], inside: list[Node]) -> Node | None:
    """A pandoc Cite from the text between the brackets, with prefix and suffix of each item kept as words."""
    items = []
    for part in match.group()[1:-1].split(";"):
        found = CITED.search(part)
        if not found:
            return None
        items.append(_cited(found, part))
    if any("@" not in node for node in inside):
        return None
    keys = " ".join(item["citationId"] for item in items)
    return {"t": "Cite", "c": [items, tree.generated(match.group(), f"citation {keys}")], "g": f"citation {keys}"}


def _cited(found: re.Match[str], part: str) -> dict[str, Any]:
    suppress, key = found.groups()
    return {
        "citationId": key,
        "citationPrefix": _plain_words(part[: found.start()].strip()),
        "citationSuffix": _plain_words(part[found.end() :].rstrip()),
        "citationMode": {"t": "SuppressAuthor" if suppress else "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _plain_words(text: str) -> list[Node]:
    return tree.plain(tree.generated(text, "")) if text else []
