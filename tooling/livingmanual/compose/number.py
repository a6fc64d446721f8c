"""Give headings, norms, tables and figures their numbers.

Numbers belong to the manual: they are given before overlays are laid on it, so that "section 5.2" or "norm N15" means
the same in every country. What an overlay adds gets a series of its own afterwards (`KE-1`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from livingmanual.compose import standin
from livingmanual.compose.own import with_owners
from livingmanual.compose.traits import traits
from livingmanual.model.document import Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared

SEPARATOR = "\u2002"
"""Between a heading's number and its words: an en space, which no writer breaks or drops."""
DEEPEST = 3
"""Headings below this level carry no number."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reference to an id says: kind (`section`, `table`, `norm`…) and number, or a title where there is none."""

    kind: str
    number: str
    title: str = ""


@dataclass(slots=True)
class Numbers:
    """Counts while walking; `labels` is the result."""

    words: Mapping[str, str]
    series: str = ""
    """Empty for the manual's own numbers, else the code of the overlay whose additions are counted."""
    labels: dict[str, Label] = field(default_factory=dict)
    parts: int = 0
    chapters: int = 0
    annexes: int = 0
    stem: str = ""
    levels: list[int] = field(default_factory=lambda: [0, 0])
    counts: dict[str, int] = field(default_factory=dict)
    beside: dict[str, Numbers] = field(default_factory=dict)
    """The counts of every overlay, this one's included; empty for the manual's own."""

    def next(self, kind: str) -> str:
        """The next number of tables, figures or additions."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        number = str(self.counts[kind])
        return f"{self.series}-{number}" if self.series else number


def number(
    nodes: list[Node], words: Mapping[str, str], own: Mapping[str, str] | None = None
) -> tuple[list[Node], dict[str, Label]]:
    """Number the manual itself; returns the tree with numbers as generated text, and the label of every id.

    `own` names the files that overlays add (`own.owners`); these get their numbers with the other additions.
    """
    state = Numbers(words)
    return [node if code else _numbered(node, state) for node, code in with_owners(nodes, own or {})], state.labels


def number_additions(
    nodes: list[Node], words: Mapping[str, str], shared: Shared | None = None, own: Mapping[str, str] | None = None
) -> tuple[list[Node], dict[str, Label]]:
    """Number what overlays added, each overlay in its own series; `own` names the files that they added."""
    shared = shared or Shared()
    series: dict[str, Numbers] = {}
    labels: dict[str, Label] = {}

    def numbered(node: Node, code: str) -> Node:
        if code:
            return _own(node, series.setdefault(code, Numbers(words, code.upper(), beside=series)))
        if traits(node, shared).overrides:
            return shared.same("additions", node, _addition(node, series, words))
        return node

    out = [numbered(node, code) for node, code in with_owners(nodes, own or {})]
    for state in series.values():
        labels.update(state.labels)
    return out, labels


def _addition(node: Node, series: dict[str, Numbers], words: Mapping[str, str]) -> Node:
    if node["t"] != "Div":
        return node
    code = tree.attribute(node, "overlay") if "override" in tree.classes(node) else ""
    if code:
        state = series.setdefault(code, Numbers(words, code.upper(), beside=series))
        return {**node, "c": [node["c"][0], [_numbered(child, state) for child in node["c"][1]]]}
    return {**node, "c": [node["c"][0], [_addition(child, series, words) for child in node["c"][1]]]}


def _own(node: Node, state: Numbers) -> Node:
    """A top-level block of a file that an overlay adds."""
    if node["t"] == "Header":
        return _titled(node, state)
    if node["t"] == "Div" and "part" in tree.classes(node):
        state.labels[tree.identifier(node)] = Label("title", "", tree.string(node["c"][1][0]["c"][2]))
        return node
    return _numbered(node, state)


def _numbered(node: Node, state: Numbers) -> Node:
    kind = node["t"]
    if kind == "Header":
        return _heading(node, state)
    if kind == "Figure":
        return _captioned(node, state, "figure", tree.identifier(node))
    if kind == "Table":
        return _captioned(node, state, "table", tree.identifier(node))
    if kind == "Div":
        return _div(node, state)
    content = node.get("c", [])
    if kind == "BlockQuote":
        return {**node, "c": _all_quoted(content, state)}
    if kind == "BulletList":
        return {**node, "c": [_all_quoted(item, state) for item in content]}
    if kind == "OrderedList":
        return {**node, "c": [content[0], [_all_quoted(item, state) for item in content[1]]]}
    if kind == "DefinitionList":
        return {
            **node,
            "c": [[term, [_all_quoted(said, state) for said in definitions]] for term, definitions in content],
        }
    return node


def _all_quoted(nodes: list[Node], state: Numbers) -> list[Node]:
    return [_quoted(node, state) for node in nodes]


def _quoted(node: Node, state: Numbers) -> Node:
    """A heading in a quotation or a list belongs to what is quoted or listed, so it has no number of ours."""
    if node["t"] != "Header":
        return _numbered(node, state)
    state.labels[tree.identifier(node)] = Label("title", "", tree.string(node["c"][2]))
    return node


def _div(node: Node, state: Numbers) -> Node:
    names, identity = tree.classes(node), tree.identifier(node)
    if state.series and "override" in names and tree.attribute(node, "overlay").upper() != state.series:
        return _addition(node, state.beside, state.words)
    if "part" in names:
        return _part(node, state)
    if "norm" in names:
        state.labels[identity] = Label("norm", identity)
        return _norm(node, state)
    if "table" in names:
        table = next((n for n in node["c"][1] if n["t"] == "Table"), None)
        if table is not None:
            new = _captioned(table, state, "table", identity)
            return {**node, "c": [node["c"][0], [new if n is table else n for n in node["c"][1]]]}
    if identity:
        state.labels.setdefault(identity, Label("title", "", identity))
    return {**node, "c": [node["c"][0], [_numbered(child, state) for child in node["c"][1]]]}


def _part(node: Node, state: Numbers) -> Node:
    state.parts += 1
    letter = _letter(state.parts, state.words)
    heading = node["c"][1][0]
    state.labels[tree.identifier(node)] = Label("part", letter, tree.string(heading["c"][2]))
    return {**node, "c": [node["c"][0], [_prefixed(heading, state.words["part"].format(number=letter))]]}


def _letter(number: int, words: Mapping[str, str]) -> str:
    """A, B … Z, AA, AB …, in the order in which a language counts with letters (in Arabic أ, ب, ج, د)."""
    letters = words["letters"].split()
    out = ""
    while number:
        number, rest = divmod(number - 1, len(letters))
        out = letters[rest] + out
    return out


def _prefixed(heading: Node, text: str) -> Node:
    level, attr, words = heading["c"]
    span = {"t": "Span", "c": [["", ["number"], []], tree.generated(text + SEPARATOR, "number")], "g": "number"}
    return {**heading, "c": [level, attr, [span, *words]]}


def _heading(node: Node, state: Numbers) -> Node:
    identity, title = tree.identifier(node), tree.string(node["c"][2])
    if state.series:
        state.labels[identity] = Label("title", "", title)
        return node
    return _titled(node, state)


def _titled(node: Node, state: Numbers) -> Node:
    """A heading with its number, if its file has one."""
    level, (identity, names, _), words = node["c"]
    title = tree.string(words)
    text = _role(names, state) if level == 1 else _section(level, state)
    if not text:
        state.labels[identity] = Label("title", "", title)
        return node
    kind = "section" if level > 1 else ("annex" if "annex" in names else "chapter")
    state.labels[identity] = Label(kind, text, title)
    shown = state.words[kind].format(number=text) if level == 1 else text
    return _prefixed(node, shown)


def _role(names: list[str], state: Numbers) -> str:
    """The number of a file's title; also starts the counts of its sections."""
    state.levels = [0] * (DEEPEST - 1)
    before = f"{state.series}-" if state.series else ""
    if "chapter" in names:
        state.chapters += 1
        state.stem = f"{before}{state.chapters}"
    elif "annex" in names:
        state.annexes += 1
        state.stem = f"{before}{_letter(state.annexes, state.words)}"
    else:
        state.stem = ""
    return state.stem


def _section(level: int, state: Numbers) -> str:
    if not state.stem or level > DEEPEST:
        return ""
    at = level - 2
    state.levels[at] += 1
    state.levels[at + 1 :] = [0] * (len(state.levels) - at - 1)
    return ".".join([state.stem, *(str(n) for n in state.levels[: at + 1])])


def _norm(node: Node, state: Numbers) -> Node:
    text = tree.generated(state.words["norm"].format(number=tree.identifier(node)), "number")
    label = {"t": "Div", "c": [["", ["label"], []], [{"t": "Para", "c": text, "p": node.get("p", "")}]]}
    return {**node, "c": [node["c"][0], [label, *(_numbered(child, state) for child in node["c"][1])]]}


def _captioned(node: Node, state: Numbers, kind: str, identity: str) -> Node:
    caption = node["c"][1]
    if not caption[1]:
        if identity:
            state.labels[identity] = Label("title", "", identity)
        return node
    given = standin.label_of(node)
    if given:
        if identity:
            state.labels.setdefault(identity, Label(kind, _number_in(given)))
        return node
    label = state.next(kind)
    if identity:
        state.labels[identity] = Label(kind, label)
    words = [*tree.generated(state.words[kind].format(number=label), "number"), {"t": "Space", "g": "number"}]
    span = {"t": "Span", "c": [["", ["label"], []], words], "g": "number"}
    first = tree.with_inlines(caption[1][0], [span, *tree.inlines(caption[1][0])])
    return {**node, "c": [node["c"][0], [caption[0], [first, *caption[1][1:]]], *node["c"][2:]]}


def _number_in(label: Node) -> str:
    """The number that a label says: `3` in "Table 3."."""
    found = re.search(r"[\w-]*\d[\w-]*", tree.string(tree.children_of(label)))
    return found.group() if found else ""
