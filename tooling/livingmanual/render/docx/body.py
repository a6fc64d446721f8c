"""The edition's tree as pandoc's DOCX writer gets it: bookmarks in, everything that could surprise us out.

Pandoc gives meaning to many classes and attributes (a span of class `comment-start` becomes a comment), and raw code
from a source must never reach a file; so nothing is passed on but what is named here. The writer's own choice of
styles is not used either: every leaf's style follows from where it stands, and is put on by `finish`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from livingmanual.model.document import Node
from livingmanual.render import marking
from livingmanual.render.docx import columns, ooxml
from livingmanual.render.docx.properties import word_language
from livingmanual.text import tree

NO_ATTR: list[Any] = ["", [], []]
ANCHOR = "x"
"""Put before a bookmark's name in a link: pandoc would hash a name that begins with `_`; `finish` takes it off."""

MEDIA = "lm-media/"
"""Pictures are called by names of ours, so that no path and no address of a source reaches the writer."""

MISSING = MEDIA + "missing.png"
"""Target of a picture that the edition does not hold; nobody hands over its content."""

SCHEMES = frozenset({"http", "https", "mailto"})
BOXES = {"norm": "Norm", "not-applicable": "NotApplicable"}
"""Class of a div -> the family of its paragraph styles, with which their ids begin."""

SPAN_STYLES = {"to-confirm": "To Confirm", "label": "Caption Label", "number": "Number"}
"""Class of a span -> name of its character style."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What around a leaf decides its style."""

    style: str = "BodyText"
    family: str = ""
    """`Norm` or `NotApplicable` inside such a box."""
    part: bool = False
    inside: bool = False
    """True in a list or a quotation, where a heading heads nothing but what stands there."""


@dataclass(slots=True)
class Body:
    """Collects what `finish` must know while the tree is rebuilt."""

    targets: dict[str, str]
    """Id of an element -> bookmark of the first leaf in it."""
    held: dict[str, str]
    """`Edition.media`: target in the tree -> path in the workspace."""
    styles: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    """Bookmarks of the paragraphs so far, as they will stand in the file."""
    media: dict[str, str] = field(default_factory=dict)
    """Name of ours -> path in the workspace, in order of use."""
    marks: dict[str, marking.Mark] = field(default_factory=dict)
    """Bookmark -> what a reader must know about the passage."""
    notes: list[list[marking.Mark | None]] = field(default_factory=list)
    """The same for every paragraph of every note, in the order of their references."""
    number: int = 0
    """The last bookmark's number."""
    special: dict[str, str] = field(default_factory=dict)
    """Bookmark -> style that goes before what the place asks for."""

    def blocks(self, nodes: list[Node], setting: Setting) -> list[Node]:
        """The nodes, rebuilt."""
        return [out for node in nodes for out in self._block(node, setting)]

    def _block(self, node: Node, setting: Setting) -> list[Node]:
        kind = node["t"]
        if kind in ("Para", "Plain"):
            return [{"t": kind, "c": self._leaf(node, "Equation" if _displayed(node) else setting.style)}]
        if kind == "Header":
            return [self._header(node, setting)]
        if kind == "CodeBlock":
            return [{"t": "Para", "c": self._leaf(node, "SourceCode")}]
        if kind == "Div":
            return self._div(node, setting)
        if kind in ("BulletList", "OrderedList"):
            return [self._list(node, setting)]
        if kind == "DefinitionList":
            return [self._definitions(node, setting)]
        if kind == "BlockQuote":
            return [
                {
                    "t": kind,
                    "c": self.blocks(
                        node["c"],
                        replace(setting, style=f"{setting.family}Text" if setting.family else "BlockText", inside=True),
                    ),
                }
            ]
        if kind == "Table":
            return self._table(node)
        if kind == "Figure":
            return self._figure(node)
        if kind == "HorizontalRule":
            return [{"t": "RawBlock", "c": ["openxml", ooxml.paragraph("HorizontalRule")]}]
        return []

    def _leaf(self, leaf: Node, style: str) -> list[Node]:
        """A leaf's inlines between the ends of its bookmark; without an id (a note's later block) just the inlines."""
        name = leaf.get("id", "")
        if name:
            self.styles[name] = self.special.get(name, style)
            self.order.append(name)
            mark = marking.mark_of_leaf(tree.inlines(leaf)) if leaf["t"] != "CodeBlock" else None
            if mark is not None:
                self.marks[name] = mark
        return self.marked(name, self.inlines(_code(leaf) if leaf["t"] == "CodeBlock" else tree.inlines(leaf)))

    def marked(self, name: str, inside: list[Node]) -> list[Node]:
        """Inlines between the ends of the bookmark `name`; as they are if it is empty."""
        if not name:
            return inside
        # The number is taken after the content, whose notes have bookmarks of their own.
        self.number += 1
        number = self.number
        return [_raw(ooxml.bookmark_start(number, name)), *inside, _raw(ooxml.bookmark_end(number))]

    def _header(self, node: Node, setting: Setting) -> Node:
        level = 4 if setting.inside else min(node["c"][0], 4)
        if setting.part:
            return {"t": "Para", "c": self._leaf(node, "PartTitle")}
        return {"t": "Header", "c": [level, NO_ATTR, self._leaf(node, f"Heading{level}")]}

    def _div(self, node: Node, setting: Setting) -> list[Node]:
        names = tree.classes(node)
        family = next((BOXES[name] for name in names if name in BOXES), setting.family)
        inner = replace(setting, family=family, part=setting.part or "part" in names)
        if family and family != setting.family:
            inner = replace(inner, style=f"{family}Text")
            self.special.update(_first_of_box(node["c"][1], family))
        if "label" in names:
            inner = replace(inner, style=f"{family}Label" if family else "Label")
        if "references" in names:
            inner = replace(inner, style="Bibliography")
        return self.blocks(node["c"][1], inner)

    def _list(self, node: Node, setting: Setting) -> Node:
        ordered = node["t"] == "OrderedList"
        setting = replace(setting, inside=True)
        first = f"{setting.family}List" if setting.family else "ListNumber" if ordered else "ListBullet"
        rest = first if setting.family else "ListContinue"
        items = []
        for item in node["c"][1] if ordered else node["c"]:
            begin = self.blocks(item[:1], replace(setting, style=first))
            items.append(begin + self.blocks(item[1:], replace(setting, style=rest)))
        return {"t": node["t"], "c": [node["c"][0], items] if ordered else items}

    def _definitions(self, node: Node, setting: Setting) -> Node:
        term_style = f"{setting.family}Term" if setting.family else "DefinitionTerm"
        inner = replace(setting, style=f"{setting.family}Definition" if setting.family else "Definition")
        entries = []
        for term, definitions in node["c"]:
            words = [out for leaf in term for out in self._term(leaf, term_style)]
            entries.append([words, [self.blocks(definition, inner) for definition in definitions]])
        return {"t": "DefinitionList", "c": entries}

    def _term(self, leaf: Node, style: str) -> list[Node]:
        return self._leaf(leaf, style) if leaf.get("leaf") == "term" else self.inlines([leaf])

    def _table(self, node: Node) -> list[Node]:
        _, caption, aligned, head, bodies, foot = node["c"]
        above = self.blocks([_paragraph(leaf) for leaf in caption[1]], Setting("TableCaption"))
        small = "Small" if len(aligned) > 5 else ""
        shares = columns.widths(node)
        specs = [[spec[0], {"t": "ColWidth", "c": share}] for spec, share in zip(aligned, shares, strict=True)]

        def rows(group: list[Any], style: str) -> list[Any]:
            return [
                [NO_ATTR, [[NO_ATTR, *cell[1:4], self.blocks(cell[4], Setting(style + small))] for cell in cells]]
                for _, cells in group
            ]

        new_head = [NO_ATTR, rows(head[1], "TableHeading")]
        new_bodies = [[NO_ATTR, body[1], rows(body[2], "TableHeading"), rows(body[3], "TableText")] for body in bodies]
        new_foot = [NO_ATTR, rows(foot[1], "TableText")]
        return [*above, {"t": "Table", "c": [NO_ATTR, [None, []], specs, new_head, new_bodies, new_foot]}]

    def _figure(self, node: Node) -> list[Node]:
        _, caption, content = node["c"]
        picture = self.blocks([_paragraph(leaf) for leaf in content], Setting("CaptionedFigure"))
        return picture + self.blocks([_paragraph(leaf) for leaf in caption[1]], Setting("ImageCaption"))

    def inlines(self, nodes: list[Node]) -> list[Node]:
        """The inlines, rebuilt."""
        return [out for node in nodes for out in self._inline(node)]

    def _inline(self, node: Node) -> list[Node]:
        kind = node["t"]
        if kind in ("Space", "SoftBreak"):
            return [{"t": "Space"}]
        if kind == "LineBreak":
            return [{"t": kind}]
        if kind == "Str":
            return [{"t": kind, "c": node["c"]}]
        if kind == "Math":
            # The writer gives a displayed equation a paragraph of its own, out of its block.
            return [{"t": kind, "c": [{"t": "InlineMath"}, node["c"][1]]}]
        if kind == "Code":
            return [{"t": "Code", "c": [NO_ATTR, node["c"][1]]}]
        if kind == "Note":
            return self._note(node)
        if kind == "Image":
            return [self._image(node)]
        if kind == "Link":
            return self._link(node)
        if kind == "Span":
            return self._span(node)
        if kind in tree.MARKS and kind != "Quoted":
            return [{"t": kind, "c": self.inlines(node["c"])}]
        # The writer would put quotation marks around a Quoted, which are not in the block's text.
        return self.inlines(tree.children_of(node))

    def _note(self, node: Node) -> list[Node]:
        leaves = [leaf for leaf, _ in tree.leaves(node["c"])]
        first = str(leaves[0].get("id", "")) if leaves else ""
        self.notes.append([marking.mark_of_leaf(tree.inlines(leaf)) for leaf in leaves])
        inside = Body(self.targets, self.held, media=self.media)
        content = inside.blocks([_without_ids(block) for block in node["c"]], Setting("FootnoteText"))
        return self.marked(first, [{"t": "Note", "c": content or [{"t": "Para", "c": []}]}])

    def _image(self, node: Node) -> Node:
        attr, words, (target, _) = node["c"]
        name = self._media_name(target)
        alt = tree.attribute(node, "alt") or tree.string(words)
        pairs = [pair for pair in attr[2] if pair[0] in ("width", "height")]
        # The title tells `finish` which picture it is; it takes it off again.
        return {"t": "Image", "c": [["", [], pairs], [{"t": "Str", "c": alt}], [name, name]]}

    def _media_name(self, target: str) -> str:
        path = self.held.get(target)
        if path is None:
            return MISSING
        known = next((name for name, held in self.media.items() if held == path), "")
        name = known or f"{MEDIA}{len(self.media) + 1}{PurePosixPath(path).suffix.lower()}"
        self.media[name] = path
        return name

    def _link(self, node: Node) -> list[Node]:
        inside = self.inlines(node["c"][1])
        target = node["c"][2][0]
        if target.startswith("#"):
            bookmark = self.targets.get(target[1:])
            return [{"t": "Link", "c": [NO_ATTR, inside, [f"#{ANCHOR}{bookmark}", ""]]}] if bookmark else inside
        if urlsplit(target).scheme.lower() not in SCHEMES:
            return inside
        return [{"t": "Link", "c": [NO_ATTR, inside, [target, ""]]}]

    def _span(self, node: Node) -> list[Node]:
        inside = self.inlines(node["c"][1])
        # The direction of a run follows from its letters, in `direction`.
        pairs = [[key, word_language(said)] for key, said in node["c"][0][2] if key == "lang" and said]
        style = next((SPAN_STYLES[name] for name in node["c"][0][1] if name in SPAN_STYLES), "")
        if style:
            pairs = [["custom-style", style], *pairs]
        return [{"t": "Span", "c": [["", [], pairs], inside]}] if pairs else inside


def _first_of_box(nodes: list[Node], family: str) -> dict[str, str]:
    """Bookmark -> style of a box's statement, and of its first paragraph if that is no label."""
    leaves = [(leaf["id"], place) for leaf, place in tree.leaves(nodes) if leaf.get("id")]
    statement = next((name for name, place in leaves if place.kind == "paragraph"), "")
    found = {statement: family} if statement else {}
    if leaves and leaves[0][1].kind != "label":
        found[leaves[0][0]] = f"{family}Start"
    return found


def targets(nodes: list[Node]) -> dict[str, str]:
    """Id of every element -> bookmark of the first leaf in it; where an id is used twice, the first."""
    found: dict[str, str] = {}
    for node in _elements(nodes):
        first = next((leaf["id"] for leaf, _ in tree.leaves([node]) if leaf.get("id")), "")
        if first:
            found.setdefault(tree.identifier(node), first)
    for leaf, _ in tree.leaves(nodes):
        for name in _ids_inside(tree.inlines(leaf)):
            found.setdefault(name, leaf.get("id", ""))
    return {name: bookmark for name, bookmark in found.items() if name and bookmark}


def _elements(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        kind = node["t"]
        if kind in ("Header", "Div", "Figure", "Table"):
            yield node
        if kind == "Div":
            yield from _elements(node["c"][1])
        elif kind == "BlockQuote":
            yield from _elements(node["c"])
        elif kind in ("BulletList", "OrderedList"):
            for item in node["c"] if kind == "BulletList" else node["c"][1]:
                yield from _elements(item)


def _ids_inside(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node["t"] == "Span" and node["c"][0][0]:
            yield node["c"][0][0]
        yield from _ids_inside(tree.children_of(node))


def _raw(text: str) -> Node:
    return {"t": "RawInline", "c": ["openxml", text]}


def _paragraph(leaf: Node) -> Node:
    """A caption's or figure's leaf as a paragraph of its own."""
    return {**leaf, "t": "Para"} if leaf["t"] == "Plain" else leaf


def _without_ids(node: Node) -> Node:
    """A note's block: the bookmark stands around the reference, none inside the note."""
    return tree.map_leaves([node], lambda leaf: {key: item for key, item in leaf.items() if key != "id"})[0]


def _displayed(leaf: Node) -> bool:
    """True for a paragraph that is one displayed equation."""
    inside = [node for node in leaf["c"] if node["t"] not in ("Space", "SoftBreak")]
    return len(inside) == 1 and inside[0]["t"] == "Math" and inside[0]["c"][0]["t"] == "DisplayMath"


def _code(leaf: Node) -> list[Node]:
    """A code block's lines as inlines: a bookmark cannot stand inside pandoc's own CodeBlock."""
    out: list[Node] = []
    for number, line in enumerate(leaf["c"][1].split("\n")):
        out.extend([{"t": "LineBreak"}] if number else [])
        if line:
            out.append({"t": "Code", "c": [NO_ATTR, line]})
    return out
