"""From an edition to a tree for pandoc's HTML writer.

Every block keeps its id, as an empty span that `page` turns into an attribute of its element. Attributes that were
written in the source are dropped, except language and direction, and so is raw code: both could act in a browser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from livingmanual.model.document import Node
from livingmanual.model.edition import ContentsEntry, Edition
from livingmanual.render import bidi, links, marking
from livingmanual.render.frame import WORDS, Frame, frame, shown, word
from livingmanual.render.outline import Levels, opened
from livingmanual.render.spaces import kept_together
from livingmanual.text import tree

API_VERSION = [1, 23, 1]
"""Version of pandoc's JSON format that the tree is written in."""
BLOCK = "lm-block"
"""Class of the empty span that carries a block's id to `page`."""
CLASSES = frozenset(
    {
        "part",
        "norm",
        "label",
        "number",
        "table",
        "figure",
        "not-applicable",
        "override",
        "to-confirm",
        "term",
        "variable",
        "references",
        "csl-entry",
        *marking.KINDS,
    }
)
"""Classes that mean something to the style sheet; others are dropped."""
EMBLEM = "emblem"
"""Name, without its end, of the picture on the cover."""
PAIRS = frozenset({"lang", "dir"})
DEEPEST_HEADING = 6
TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""Kinds of picture that every browser shows, by the end of their names."""


@dataclass(frozen=True, slots=True)
class HtmlPlan:
    """What the workflow needs to make the page."""

    ast: dict[str, Any]
    """For pandoc's HTML writer."""
    media: dict[str, str]
    """Name of a picture in the tree -> its path in the workspace."""
    frame: Frame
    language: str
    direction: str
    contents: tuple[ContentsEntry, ...]
    words: dict[str, str]
    """The words of the frame in the edition's language, every key of `frame.WORDS`."""


def plan(edition: Edition, tool_version: str) -> HtmlPlan:
    """Lay out an edition made by version `tool_version` of the tool; links that lead nowhere become plain words."""
    writer = _Writer(
        frozenset(links.identifiers(edition.nodes)), edition.media, edition.direction == "rtl", edition.key.language
    )
    blocks = writer.top(edition.nodes)
    return HtmlPlan(
        ast={"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks},
        media={**writer.media, **_emblem(edition)},
        frame=frame(edition, tool_version),
        language=edition.key.language,
        direction=edition.direction,
        contents=tuple(replace(entry, title=shown(entry.title, edition)) for entry in edition.contents),
        words={key: word(edition, key) for key in WORDS},
    )


def _emblem(edition: Edition) -> dict[str, str]:
    """The picture of the cover, by the name that `page` looks for."""
    return (
        {f"{EMBLEM}{PurePosixPath(edition.emblem.path).suffix.lower()}": edition.emblem.path} if edition.emblem else {}
    )


@dataclass(slots=True)
class _Writer:
    """Rewrites the tree; the input stays as it is."""

    known: frozenset[str]
    images: dict[str, str]
    rtl: bool = False
    """True if the edition's script runs from right to left."""
    language: str = ""
    """The edition's, BCP 47."""
    turned: bool = False
    """True inside words that run the other way than the edition's script."""
    media: dict[str, str] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    levels: Levels = field(default_factory=Levels)

    def top(self, nodes: list[Node]) -> list[Node]:
        out: list[Node] = []
        for node in opened(nodes):
            if node["t"] == "Div" and "part" in tree.classes(node):
                out.append(self._part(node))
            else:
                out += self.blocks([node])
        return out

    def _part(self, node: Node) -> Node:
        level = self.levels.part()
        attr = self.attr(node["c"][0])
        children = [
            self._heading(child, level, ["part-title"]) if child["t"] == "Header" else child for child in node["c"][1]
        ]
        return {
            "t": "Div",
            "c": [
                attr,
                [done for child in children for done in ([child] if child["t"] == "Header" else self.blocks([child]))],
            ],
        }

    def attr(self, attr: list[Any]) -> list[Any]:
        """Attributes without what could act: the id at its first use, classes and pairs that we know."""
        name, classes, pairs = attr
        kept = [pair for pair in pairs if pair[0] in PAIRS]
        return [self.once(name), [found for found in classes if found in CLASSES], kept]

    def once(self, name: str) -> str:
        """An id where it is used for the first time, else nothing."""
        if not name or name in self.placed:
            return ""
        self.placed.add(name)
        return name

    def blocks(self, nodes: list[Node]) -> list[Node]:
        return [out for node in nodes for out in _BLOCKS.get(node["t"], _nothing)(self, node)]

    def leaf(self, node: Node, content: list[Node]) -> list[Node]:
        """The inlines of a leaf, led by the carrier of its id."""
        name = self.once(node.get("id", ""))
        carrier = [{"t": "Span", "c": [[name, [BLOCK], []], []]}] if name else []
        if self.rtl and not self.turned and bidi.own_direction(content) and marking.mark_of_leaf(content) is None:
            content = [{"t": "Span", "c": [bidi.LTR, content]}]
        return carrier + self.inlines(content)

    def para(self, node: Node) -> list[Node]:
        content = self.leaf(node, node["c"])
        return [{"t": node["t"], "c": content}] if content else []

    def header(self, node: Node) -> list[Node]:
        return [self._heading(node, self.levels.heading(node), [f"depth-{node['c'][0]}"])]

    def _heading(self, node: Node, level: int, classes: list[str]) -> Node:
        attr = self.attr(node["c"][1])
        level = min(level + 1, DEEPEST_HEADING)
        return {"t": "Header", "c": [level, [attr[0], classes, attr[2]], self.leaf(node, node["c"][2])]}

    def code(self, node: Node) -> list[Node]:
        return [{"t": "CodeBlock", "c": [[self.once(node.get("id", "")), [], []], node["c"][1]]}]

    def div(self, node: Node) -> list[Node]:
        attr = self.attr(node["c"][0])
        before = self.turned
        if self.rtl and "csl-entry" in attr[1] and bidi.begins_leftward([node]):
            attr, self.turned = [attr[0], attr[1], [["dir", "ltr"]]], True
        children = self.table_body(node["c"][1]) if "table" in attr[1] else self.blocks(node["c"][1])
        self.turned = before
        return [{"t": "Div", "c": [attr, children]}]

    def table_body(self, nodes: list[Node]) -> list[Node]:
        return [out for node in nodes for out in ([self._table(node)] if node["t"] == "Table" else self.blocks([node]))]

    def table(self, node: Node) -> list[Node]:
        """A table outside a div of its own gets one, so that it can be scrolled on a narrow screen."""
        return [{"t": "Div", "c": [["", ["table"], []], [self._table(node)]]}]

    def _table(self, node: Node) -> Node:
        attr, caption, specs, head, bodies, foot = node["c"]
        empty = ["", [], []]

        def rows(group: list[Any]) -> list[Any]:
            return [[empty, [[empty, *cell[1:4], self.blocks(cell[4])] for cell in row[1]]] for row in group]

        columns = [[spec[0], {"t": "ColWidthDefault"}] for spec in specs]
        new_caption = [None, self.blocks(caption[1])]
        new_bodies = [[empty, body[1], rows(body[2]), rows(body[3])] for body in bodies]
        return {
            "t": "Table",
            "c": [self.attr(attr), new_caption, columns, [empty, rows(head[1])], new_bodies, [empty, rows(foot[1])]],
        }

    def figure(self, node: Node) -> list[Node]:
        attr, caption, content = node["c"]
        body = self.blocks(_with_alt(content, links.caption_words(caption[1])))
        return [{"t": "Figure", "c": [self.attr(attr), [None, self.blocks(caption[1])], body]}]

    def bullets(self, node: Node) -> list[Node]:
        return [{"t": "BulletList", "c": [self.blocks(item) for item in node["c"]]}]

    def numbers(self, node: Node) -> list[Node]:
        return [{"t": "OrderedList", "c": [node["c"][0], [self.blocks(item) for item in node["c"][1]]]}]

    def definitions(self, node: Node) -> list[Node]:
        return [
            {
                "t": "DefinitionList",
                "c": [
                    [self._term(term), [self.blocks(_apart(definition)) for definition in definitions]]
                    for term, definitions in node["c"]
                ],
            }
        ]

    def _term(self, term: list[Node]) -> list[Node]:
        return [
            out
            for node in term
            for out in (self.leaf(node, node["c"][1]) if node.get("leaf") == "term" else self.inlines([node]))
        ]

    def quote(self, node: Node) -> list[Node]:
        return [{"t": "BlockQuote", "c": self.blocks(node["c"])}]

    def lines(self, node: Node) -> list[Node]:
        return [{"t": "LineBlock", "c": [self.inlines(line) for line in node["c"]]}]

    def rule(self, node: Node) -> list[Node]:
        return [{"t": "HorizontalRule"}]

    def inlines(self, nodes: list[Node]) -> list[Node]:
        given = bidi.isolated(nodes) if self.rtl and not self.turned else kept_together(nodes, self.language)
        return [out for node in given for out in self._inline(node)]

    def _inline(self, node: Node) -> list[Node]:
        kind = node["t"]
        if kind in _INLINES:
            return _INLINES[kind](self, node)
        if kind in tree.MARKS:
            return [tree.with_children({"t": kind, "c": node["c"]}, self.inlines(tree.children_of(node)))]
        if kind in ("Str", "Math"):
            return [{"t": kind, "c": node["c"]}]
        return [{"t": kind}] if kind in ("Space", "SoftBreak", "LineBreak") else []

    def inline_code(self, node: Node) -> list[Node]:
        return [{"t": "Code", "c": [["", [], []], node["c"][1]]}]

    def children(self, node: Node) -> list[Node]:
        return self.inlines(node["c"][1])

    def span(self, node: Node) -> list[Node]:
        attr, before = self.attr(node["c"][0]), self.turned
        direction = tree.attribute(node, "dir")
        if direction:
            self.turned = (direction == "rtl") != self.rtl
        content = self.inlines(node["c"][1])
        self.turned = before
        return [{"t": "Span", "c": [attr, content]}] if any(attr) else content

    def note(self, node: Node) -> list[Node]:
        return [{"t": "Note", "c": self.blocks(node["c"])}]

    def link(self, node: Node) -> list[Node]:
        content, target = self.inlines(node["c"][1]), str(node["c"][2][0])
        place = links.inside(target, self.known)
        goal = f"#{place}" if place else links.outside(target)
        return [{"t": "Link", "c": [["", [], []], content, [goal, ""]]}] if goal and content else content

    def image(self, node: Node) -> list[Node]:
        target, title = node["c"][2]
        path = self.images.get(target, "")
        suffix = PurePosixPath(path).suffix.lower()
        alt = tree.attribute(node, "alt") or tree.string(node["c"][1]) or title
        if suffix not in TYPES:
            return self.inlines(node["c"][1]) or [{"t": "Str", "c": alt}]
        name = next((name for name, known in self.media.items() if known == path), "")
        name = name or f"picture-{len(self.media) + 1}{suffix}"
        self.media[name] = path
        return [{"t": "Image", "c": [["", [], [["alt", alt]]], [{"t": "Str", "c": alt}] if alt else [], [name, ""]]}]


def _with_alt(content: list[Node], words: str) -> list[Node]:
    """The content of a figure; a picture without words of its own is described by the caption."""

    def change(leaf: Node) -> Node:
        if leaf["t"] not in ("Para", "Plain"):
            return leaf
        return {**leaf, "c": [_described(node, words) for node in leaf["c"]]}

    return [change(node) for node in content]


def _described(node: Node, words: str) -> Node:
    if node["t"] != "Image" or tree.attribute(node, "alt"):
        return node
    identity, classes, pairs = node["c"][0]
    return {**node, "c": [[identity, classes, [*pairs, ["alt", words]]], *node["c"][1:]]}


def _apart(blocks: list[Node]) -> list[Node]:
    """Blocks among which no paragraph runs into the next one."""
    if len(blocks) < 2:
        return blocks
    return [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in blocks]


def _nothing(writer: _Writer, node: Node) -> list[Node]:
    return []


_BLOCKS: dict[str, Callable[[_Writer, Node], list[Node]]] = {
    "Para": _Writer.para,
    "Plain": _Writer.para,
    "Header": _Writer.header,
    "CodeBlock": _Writer.code,
    "Div": _Writer.div,
    "Table": _Writer.table,
    "Figure": _Writer.figure,
    "BulletList": _Writer.bullets,
    "OrderedList": _Writer.numbers,
    "DefinitionList": _Writer.definitions,
    "BlockQuote": _Writer.quote,
    "LineBlock": _Writer.lines,
    "HorizontalRule": _Writer.rule,
}
_INLINES: dict[str, Callable[[_Writer, Node], list[Node]]] = {
    "Code": _Writer.inline_code,
    "Cite": _Writer.children,
    "Span": _Writer.span,
    "Note": _Writer.note,
    "Link": _Writer.link,
    "Image": _Writer.image,
}
