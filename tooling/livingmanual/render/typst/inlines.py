"""The inlines of an edition become inlines that pandoc's typst writer passes on as they should print.

Text is escaped here and given to pandoc as raw typst, so that what prints does not hang on pandoc's rules for
escaping; pandoc writes what has structure (emphasis, notes, equations). Raw code of any format in the source was
written by others and is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from livingmanual.model.document import Node
from livingmanual.render import bidi, links, marking
from livingmanual.render.spaces import kept_together
from livingmanual.render.typst import escape
from livingmanual.text import tree

LONG = 9
"""Words of fewer letters fit everywhere."""
LONGEST = 60
"""A word of more letters gets breaks between them, because it might be wider than the page."""
SYLLABLE = re.compile(r"(?<=\w\w)([aeiou])(?=[^\W\d_aeiou]\w\w)")
"""The vowel of an open syllable, not at the ends of a word."""
STYLED = {"to-confirm": "lm-confirm", "label": "lm-label", "number": "lm-number"}
"""Class of a Span -> function of the template that prints it."""
TYPES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""Kinds of picture that typst reads, by the end of their names."""


@dataclass(slots=True)
class Context:
    """What a writer must know of the whole edition, and what it collects on its way."""

    known: frozenset[str]
    """Every id in the edition; links to anything else lose their link."""
    images: dict[str, str]
    """As `Edition.media`: target in the tree -> path in the workspace."""
    blocks: Callable[[list[Node], Context], list[Node]]
    """Writes blocks; notes hold some."""
    rtl: bool = False
    """True if the script runs from right to left."""
    undivided: bool = False
    """True if typst knows no rules to divide words of the edition's language."""
    squeezed: bool = False
    """True inside a table whose words do not fit side by side."""
    turned: bool = False
    """True inside words that run the other way than the edition's script."""
    nested: int = 0
    """How many lists, quotations and tables stand around the text that is being written."""
    noted: bool = False
    """True inside a note, whose first paragraph stands beside its number and cannot be a block."""
    language: str = ""
    """The edition's, BCP 47."""
    placed: set[str] = field(default_factory=set)
    """Ids whose label stands already: a second one of the same name would be an error in typst."""
    media: dict[str, str] = field(default_factory=dict)
    """Name of a picture in the compiled files -> its target in the tree."""

    def label(self, name: str) -> str:
        """The typst expression of the label of this id at its first use, else `none`."""
        if not name or name in self.placed:
            return "none"
        self.placed.add(name)
        return f"label({escape.string(name)})"

    def picture(self, target: str) -> str:
        """The name under which the compiler finds this picture; empty if it is not one that can be printed."""
        path = self.images.get(target)
        suffix = PurePosixPath(path).suffix.lower() if path else ""
        if path is None or suffix not in TYPES:
            return ""
        name = next((name for name, known in self.media.items() if self.images[known] == path), "")
        if not name:
            name = f"picture-{len(self.media) + 1}{suffix}"
            self.media[name] = target
        return name


def raw(source: str) -> Node:
    """An inline of typst source."""
    return {"t": "RawInline", "c": ["typst", source]}


def wrapped(call: str, content: list[Node]) -> list[Node]:
    """Inlines inside the content argument of a call. Their first mark is escaped, so it cannot begin a line."""
    return [raw(f"{call}["), *content, raw("]")]


def write(nodes: list[Node], context: Context) -> list[Node]:
    """The same inlines, fit for pandoc's typst writer; the input stays as it is.

    Neighbouring pieces of source and spaces become one piece, which spares pandoc most of its reading.
    """
    out: list[Node] = []
    pieces: list[str] = []
    given = bidi.isolated(nodes) if context.rtl and not context.turned else kept_together(nodes, context.language)
    for node in given:
        for piece in _one(node, context):
            if piece["t"] == "RawInline":
                pieces.append(piece["c"][1])
            elif piece["t"] == "Space":
                pieces.append(" ")
            else:
                if pieces:
                    out.append(raw("".join(pieces)))
                    pieces.clear()
                out.append(piece)
    return [*out, raw("".join(pieces))] if pieces else out


def _one(node: Node, context: Context) -> list[Node]:
    kind = node["t"]
    if kind == "Str":
        words = divided(node["c"]) if context.squeezed and context.undivided else node["c"]
        if len(words) > LONGEST:
            return [raw(f"#lm-long({escape.string(words)});")]
        return [raw(escape.markup(words))] if words else []
    if kind in ("Space", "SoftBreak"):
        return [{"t": "Space"}]
    if kind in _SPECIAL:
        return _SPECIAL[kind](node, context)
    if kind in tree.MARKS:
        return [{"t": kind, "c": write(node["c"], context)}]
    return [{"t": "LineBreak"}] if kind == "LineBreak" else []


def divided(word: str) -> str:
    """A long word with soft hyphens behind its open syllables, for languages without rules of their own.

    Syllables end in a vowel in Swahili and in its neighbours, so this divides them well; elsewhere it is better than
    a table that runs over the margin.
    """
    return SYLLABLE.sub("\\1\u00ad", word) if len(word) > LONG else word


def _code(node: Node, context: Context) -> list[Node]:
    return [raw(f"#raw({escape.string(node['c'][1])});")]


def _span(node: Node, context: Context) -> list[Node]:
    mark = marking.mark_of(node)
    if mark is not None:
        return [raw(f'#lm-sign("{mark.kind}");'), *turned(mark.inlines, mark.language, mark.direction, context)]
    language, direction = tree.attribute(node, "lang"), tree.attribute(node, "dir")
    content = turned(node["c"][1], language, direction, context)
    call = next((call for name, call in STYLED.items() if name in tree.classes(node)), "")
    if call and content:
        content = wrapped(f"#{call}", content)
    name = node["c"][0][0]
    return [raw(f"#lm-anchor({context.label(name)});"), *content] if name else content


def leaf(nodes: list[Node], context: Context) -> list[Node]:
    """The inlines of a whole paragraph; one without a letter of the edition's script keeps its own direction."""
    if context.rtl and not context.turned and bidi.own_direction(nodes) and marking.mark_of_leaf(nodes) is None:
        return turned(nodes, "", "ltr", context)
    return write(nodes, context)


def turned(nodes: list[Node], language: str, direction: str, context: Context) -> list[Node]:
    """Inlines in a language (BCP 47) and a direction of their own; an empty one is that of the text around."""
    before = context.turned
    if direction:
        context.turned = (direction == "rtl") != context.rtl
    content = write(nodes, context)
    context.turned = before
    if not content or not (language or direction):
        return content
    return wrapped(f"#lm-turned({settings_of(language, direction)})", content)


def settings_of(language: str, direction: str) -> str:
    """The arguments of a call that say language and direction."""
    primary = language.split("-", maxsplit=1)[0].lower()
    said = [f"lang: {escape.string(primary)}"] if 2 <= len(primary) <= 3 and primary.isalpha() else []
    return ", ".join([*said, *([f"dir: {direction}"] if direction in ("ltr", "rtl") else [])])


def _quoted(node: Node, context: Context) -> list[Node]:
    start, end = ("‘", "’") if node["c"][0]["t"] == "SingleQuote" else ("“", "”")
    return [raw(start), *write(node["c"][1], context), raw(end)]


def _link(node: Node, context: Context) -> list[Node]:
    content, target = write(node["c"][1], context), str(node["c"][2][0])
    place, address = links.inside(target, context.known), links.outside(target)
    if not content or not (place or address):
        return content
    goal = f"label({escape.string(place)})" if place else escape.string(address)
    call = "lm-reference" if place else "lm-link"
    return wrapped(f"#{call}({goal})", content)


def _image(node: Node, context: Context) -> list[Node]:
    alt = alternative(node)
    name = context.picture(node["c"][2][0])
    if not name:
        return write(node["c"][1], context) or [raw(escape.markup(alt))]
    return [raw(f"#lm-inline-picture({escape.string(name)}, {escape.string(alt)});")]


def alternative(node: Node) -> str:
    """The words that stand for a picture: its alternative text, else its caption, else its title or name."""
    pairs = dict(tree.attributes(node)[2]) if node["c"][0] else {}
    words = pairs.get("alt") or tree.string(node["c"][1])
    target = node["c"][2]
    return " ".join((words or target[1] or PurePosixPath(target[0]).stem).split()) or "picture"


def _note(node: Node, context: Context) -> list[Node]:
    context.noted = True
    content = context.blocks(node["c"], context)
    context.noted = False
    return [{"t": "Note", "c": content}]


def _math(node: Node, context: Context) -> list[Node]:
    return wrapped(f"#lm-equation({escape.string(node['c'][1])})", [{"t": "Math", "c": node["c"]}])


def _children(node: Node, context: Context) -> list[Node]:
    return write(node["c"][1], context)


_SPECIAL: dict[str, Callable[[Node, Context], list[Node]]] = {
    "Code": _code,
    "Span": _span,
    "Quoted": _quoted,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Math": _math,
    "Cite": _children,
}
