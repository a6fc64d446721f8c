"""Lay overrides over the manual.

Overlays are applied from the farthest to the nearest (region, then country), so that the nearer one wins. An override
names a target by its id: a section is a heading with everything up to the next heading of its level or above; a norm,
table or figure is the block that carries the id. A target that is not there is an error, never a silent no-op: a
dangling patch that nobody sees is the most common complaint about overlay systems (kustomize #4379, #5093).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from livingmanual.compose import terms
from livingmanual.compose.position import nearest
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error, warning
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.text import tree


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a target stands: the list of blocks that holds it, as a path of indexes, and its slice [start, end)."""

    path: tuple[int, ...]
    start: int
    end: int


def lay(nodes: list[Node], overlays: Sequence[Overlay], documents: Mapping[str, Document]) -> Outcome[list[Node]]:
    """Apply every override of every overlay; the input stays as it is.

    An override whose target a nearer overlay has taken away is left out with a warning; any other override without a
    target is an error.
    """
    troubles: list[Diagnostic] = []
    base = {tree.identifier(node) for node in tree.identified(nodes)}
    gone: dict[str, str] = {}
    farther: dict[str, str] = {}
    words: dict[str, Override] = {}
    for overlay in overlays:
        laid: dict[str, str] = {}
        for override in _ordered(overlay.overrides):
            laid[override.target] = override.document.path
            if override.action is Action.TERM:
                words[override.target] = override
                troubles += _wrong_term(override, nodes)
                continue
            found = find(nodes, override.target)
            if found is None:
                troubles.append(_dangling(override, base, gone))
                continue
            if override.action.takes_target_away:
                troubles += _nearer(override, farther)
                for name in _inside(nodes, found, override.target):
                    gone[name] = override.document.path
            nodes = _edit(nodes, found.path, found, override, overlay)
        farther |= laid
    return Outcome(terms.reword(nodes, words), tuple(troubles))


def _nearer(override: Override, farther: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Say that the nearer of two overlays wins."""
    if override.target in farther:
        yield Diagnostic(
            Severity.NOTE,
            "override-nearer",
            f'this override of "{override.target}" takes the place of {farther[override.target]}, which is farther',
            Position(override.document.path, _line(override)),
            "nothing to do if that is meant; else take over here what the other says",
        )


def _wrong_term(override: Override, nodes: list[Node]) -> Iterator[Diagnostic]:
    known = set(terms.tokens(nodes))
    at = Position(override.document.path, _line(override))
    if override.target not in known:
        hint = nearest(override.target, known) or "a token is written [word]{.term} in the manual"
        yield error("override-dangling", f'no token of the manual has the words "{override.target}"', at, hint)
    if not terms.wording(override):
        yield error("term-shape", "the words for a token are not one paragraph", at, "write the words alone")


def _ordered(overrides: Iterable[Override]) -> list[Override]:
    """What takes a target away comes last, so that additions beside it still find it; else by file name."""
    return sorted(overrides, key=lambda o: (o.action is Action.REMOVE, o.action.takes_target_away, o.document.path))


def _inside(nodes: list[Node], found: Stretch, target: str) -> list[str]:
    holder = _holder(nodes, found.path)
    return [
        tree.identifier(n) for n in tree.identified(holder[found.start : found.end]) if tree.identifier(n) != target
    ]


def _dangling(override: Override, known: set[str], gone: dict[str, str]) -> Diagnostic:
    at = Position(override.document.path, _line(override))
    if override.target in gone:
        return warning(
            "override-covered",
            f'the target "{override.target}" is not shown any more, because {gone[override.target]} takes its place',
            at,
            "move this text into that file, or drop one of the two",
        )
    hint = nearest(override.target, known) or "look up the ids in the manual's headings, norms, tables and figures"
    return error("override-dangling", f'there is no target "{override.target}" in the manual', at, hint)


def _line(override: Override) -> int:
    """Line of `target:` in the override's file."""
    return override.document.text.count("\n", 0, max(override.document.text.find("target:"), 0)) + 1


def find(nodes: list[Node], target: str, path: tuple[int, ...] = ()) -> Stretch | None:
    """Where the target stands; None if no block has that id."""
    for index, node in enumerate(nodes):
        if tree.identifier(node) == target:
            return Stretch(path, index, section_end(nodes, index) if node["t"] == "Header" else index + 1)
        if node["t"] == "Div":
            inner = find(node["c"][1], target, (*path, index))
            if inner:
                return inner
    return None


def section_end(nodes: Sequence[Node], start: int) -> int:
    """Index behind the last block of the section whose heading stands at `start`."""
    level = nodes[start]["c"][0]
    for index in range(start + 1, len(nodes)):
        node = nodes[index]
        if (node["t"] == "Header" and node["c"][0] <= level) or (node["t"] == "Div" and "part" in tree.classes(node)):
            return index
    return len(nodes)


def _holder(nodes: list[Node], path: tuple[int, ...]) -> list[Node]:
    for index in path:
        nodes = nodes[index]["c"][1]
    return nodes


def _edit(nodes: list[Node], path: tuple[int, ...], found: Stretch, override: Override, overlay: Overlay) -> list[Node]:
    """Rebuild the lists on the way to the target, and only those."""
    if path:
        div = nodes[path[0]]
        inner = _edit(div["c"][1], path[1:], found, override, overlay)
        return [*nodes[: path[0]], {**div, "c": [div["c"][0], inner]}, *nodes[path[0] + 1 :]]
    target = nodes[found.start : found.end]
    return [*nodes[: found.start], *changed(target, override, overlay), *nodes[found.end :]]


def changed(target: list[Node], override: Override, overlay: Overlay) -> list[Node]:
    """The blocks that stand in the target's place afterwards."""
    new = _wrapped(override, overlay)
    action, head = override.action, target[0]
    if action is Action.REMOVE:
        return []
    if action is Action.INSERT_AFTER:
        return [*target, *new]
    if head["t"] == "Header":
        return [head, *_content(action, target[1:], new)]
    if head["t"] == "Div":
        labels, rest = _labels(head["c"][1])
        return [{**head, "c": [head["c"][0], [*labels, *_content(action, rest, new)]]}]
    return new if action.takes_target_away else _content(action, target, new)


def _labels(nodes: list[Node]) -> tuple[list[Node], list[Node]]:
    """The labels that the tool put before a norm's text, and that text: a replaced norm keeps its number."""
    count = 0
    while count < len(nodes) and nodes[count]["t"] == "Div" and "label" in tree.classes(nodes[count]):
        count += 1
    return nodes[:count], nodes[count:]


def _content(action: Action, old: list[Node], new: list[Node]) -> list[Node]:
    if action is Action.APPEND:
        return [*old, *new]
    if action is Action.PREPEND:
        return [*new, *old]
    return new


def _wrapped(override: Override, overlay: Overlay) -> list[Node]:
    """The override's blocks in a div that says whose they are; not-applicable text gets its label."""
    blocks = override.document.blocks
    names = ["override"]
    if override.action is Action.NOT_APPLICABLE:
        label = {
            "t": "Para",
            "c": [{"t": "Span", "c": [["", ["not-applicable-label"], []], []], "g": "label not-applicable"}],
        }
        blocks = [{"t": "Div", "c": [["", ["label"], []], [label]]}, *blocks]
        names = ["override", "not-applicable"]
    if not blocks:
        return []
    return [{"t": "Div", "c": [["", names, [["overlay", overlay.code], ["action", override.action.value]]], blocks]}]
