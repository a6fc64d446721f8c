"""Lay overrides over the manual.

Overlays are applied from the farthest to the nearest (region, then country), so that the nearer one wins. An override
names a target by its id: a section is a heading with everything up to the next heading of its level or above; a norm,
table or figure is the block that carries the id. A target that is not there is an error, never a silent no-op: a
dangling patch that nobody sees is the most common complaint about overlay systems (kustomize #4379, #5093).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from livingmanual.compose import ids, norms, standin, terms
from livingmanual.compose.position import nearest, position_of
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, Severity, error, warning
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Action, Overlay, Override
from livingmanual.text import tree

BEHIND = "behind"
"""The attribute that says behind which target an override has put its text."""
WITHIN = "within"
"""The attribute that says at the end of which target an override has put its text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a target stands: the list of blocks that holds it, as a path of indexes, and its slice [start, end)."""

    path: tuple[int, ...]
    start: int
    end: int


def lay(
    nodes: list[Node],
    overlays: Sequence[Overlay],
    documents: Mapping[str, Document],
    drifted: Container[str] = (),
) -> Outcome[list[Node]]:
    """Apply every override of every overlay, the farthest overlay first; the input stays as it is.

    `drifted` are the files of overrides whose target has changed since; their text says so.

    Where two overlays take one target away, the nearer does it alone. An override whose target stands in text that
    another override takes away is left out with a warning; any other override without a target is an error.
    """
    laying = _Laying(nodes, drifted)
    for number, overlay in enumerate(overlays):
        laying.lay(overlay, {override.target for later in overlays[number + 1 :] for override in _taking(later)})
    paths = {override.document.path for overlay in overlays for override in overlay.overrides}
    troubles = [*laying.troubles, *ids.doubles(laying.nodes, paths, documents)]
    return Outcome(terms.reword(laying.nodes, laying.words), tuple(troubles))


def _taking(overlay: Overlay) -> list[Override]:
    return [override for override in overlay.overrides if override.action.takes_target_away]


class _Laying:
    """The tree while overlays are laid on it, and what has to be said about them."""

    def __init__(self, nodes: list[Node], drifted: Container[str]) -> None:
        self.nodes, self.drifted = nodes, drifted
        self.base = {tree.identifier(node) for node in tree.identified(nodes)}
        self.gone: dict[str, str] = {}
        """Targets that were taken away, and the file that did it."""
        self.farther: dict[str, str] = {}
        """Targets of the overlays laid so far, and the file of the override."""
        self.words: dict[str, Override] = {}
        self.troubles: list[Diagnostic] = []

    def lay(self, overlay: Overlay, nearer: Container[str]) -> None:
        """Lay one overlay; `nearer` are the targets that a nearer one takes away."""
        removed = self._removed(overlay, nearer)
        taken: dict[str, str] = {}
        for override in self._ordered(overlay.overrides):
            target, path = override.target, override.document.path
            if override.action is Action.TERM:
                self.words[target] = override
                self.troubles += _wrong_term(override, self.nodes)
            elif target in nearer and override.action is not Action.INSERT_AFTER:
                continue
            elif target in taken and override.action.takes_target_away:
                self.troubles.append(_twice(override, taken[target]))
            elif removed.get(target, path) != path and not _stays_beside(override, removed[target], overlay):
                self.troubles.append(_covered(override, removed[target]))
            else:
                taken |= {target: path} if override.action.takes_target_away else {}
                self._apply(override, overlay)
        self.farther |= {override.target: override.document.path for override in overlay.overrides}

    def _removed(self, overlay: Overlay, nearer: Container[str]) -> dict[str, str]:
        """What this overlay removes, all inside it included, and the file that does it."""
        found: dict[str, str] = {}
        for override in overlay.overrides:
            stretch = find(self.nodes, override.target) if override.action is Action.REMOVE else None
            if stretch and override.target not in nearer:
                found |= dict.fromkeys(_names(self.nodes, stretch), override.document.path)
        return found

    def _ordered(self, overrides: Iterable[Override]) -> list[Override]:
        """New text first, the outermost before what stands in it; then additions to it; removals last."""

        def rank(override: Override) -> tuple[bool, bool, int, int, str]:
            found = find(self.nodes, override.target) or Stretch((), 0, 0)
            removes, takes = override.action is Action.REMOVE, override.action.takes_target_away
            return removes, not takes, len(found.path), found.start - found.end, override.document.path

        return sorted(overrides, key=rank)

    def _apply(self, override: Override, overlay: Overlay) -> None:
        path = override.document.path
        found = find(self.nodes, override.target)
        if found is None:
            gone = self.gone.get(override.target)
            self.troubles.append(_covered(override, gone) if gone else _dangling(override, self.base, self.nodes))
            return
        target = _holder(self.nodes, found.path)[found.start : found.end]
        if target[0]["t"] == "Div" and "part" in tree.classes(target[0]):
            self.troubles.append(_of_part(override))
            return
        if not override.document.blocks and override.action not in (Action.REMOVE, Action.NOT_APPLICABLE):
            self.troubles.append(_empty(override))
        self.troubles += _too_high(override, target[0])
        inside = set(_names(self.nodes, found)) - {override.target}
        if override.action.takes_target_away:
            self.troubles += _nearer(override, self.farther)
            removed = {override.target} if override.action is Action.REMOVE else set()
            self.gone |= dict.fromkeys(inside | removed, path)
        others = {tree.identifier(node) for node in tree.identified(self.nodes)}
        taken = others - inside if override.action.takes_target_away else others
        blocks = ids.settled(override.document.blocks, taken, overlay.code)
        blocks = [_label("drifted"), *blocks] if path in self.drifted and blocks else blocks
        new = changed(target, override, overlay, blocks)
        self.troubles += _of_norms(override, target, new)
        if norms.is_norm(target[0]) and norms.is_norm(new[0] if new else {"t": ""}):
            shown = override.action is Action.NOT_APPLICABLE or not norms.reads_otherwise(target[0], new)
            new = new if shown else [_with_note(new[0]), *new[1:]]
        self.nodes = _edit(self.nodes, found.path, found, new)


def _names(nodes: list[Node], found: Stretch) -> list[str]:
    """The ids in a stretch, that of the target first."""
    holder = _holder(nodes, found.path)
    return [tree.identifier(node) for node in tree.identified(holder[found.start : found.end])]


def _stays_beside(override: Override, remover: str, overlay: Overlay) -> bool:
    """True if an override puts its text behind the very target that is removed."""
    own = next((o.target for o in overlay.overrides if o.document.path == remover), "")
    return override.action is Action.INSERT_AFTER and override.target == own


def _nearer(override: Override, farther: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Say that the nearer of two overlays wins."""
    if override.target in farther:
        yield Diagnostic(
            Severity.NOTE,
            "override-nearer",
            f'this override of "{override.target}" takes the place of {farther[override.target]}, which is farther',
            _at(override),
            "nothing to do if that is meant; else take over here what the other says",
        )


def _wrong_term(override: Override, nodes: list[Node]) -> Iterator[Diagnostic]:
    known = set(terms.tokens(nodes))
    at = _at(override)
    if override.target not in known:
        hint = nearest(override.target, known) or "a token is written [word]{.term} in the manual"
        yield error("override-dangling", f'no token of the manual has the words "{override.target}"', at, hint)
    if not terms.wording(override):
        yield error("term-shape", "the words for a token are not one paragraph", at, "write the words alone")


def _dangling(override: Override, known: set[str], nodes: list[Node]) -> Diagnostic:
    if override.target in known:
        message = f'the target "{override.target}" stands in a quotation or a list, where nothing can be laid over it'
        return error("override-inside", message, _at(override), "name the section around it as the target")
    if override.target in terms.tokens(nodes):
        message = f'"{override.target}" is no id in the manual, but the words of a token'
        return error("override-dangling", message, _at(override), "to give it other words, write `action: term`")
    hint = nearest(override.target, known) or "look up the ids in the manual's headings, norms, tables and figures"
    message = f'there is no target "{override.target}" in the manual'
    return error("override-dangling", message, _at(override), hint)


def _covered(override: Override, by: str) -> Diagnostic:
    return warning(
        "override-covered",
        f'the target "{override.target}" is not shown any more, because {by} takes its place',
        _at(override),
        "move this text into that file, or drop one of the two",
    )


def _twice(override: Override, first: str) -> Diagnostic:
    return error(
        "override-twice",
        f'{first} of this overlay already says what becomes of "{override.target}"',
        _at(override),
        "make one file of the two",
    )


def _of_part(override: Override) -> Diagnostic:
    return error(
        "override-part",
        f'"{override.target}" is a part, which has no text of its own',
        _at(override),
        "name a chapter as the target",
    )


def _too_high(override: Override, target: Node) -> Iterator[Diagnostic]:
    """Say which heading would end the section that the override's text stands in."""
    if target["t"] != "Header":
        return
    lowest = target["c"][0] + (override.action is not Action.INSERT_AFTER)
    for node in override.document.blocks:
        if node["t"] == "Header" and node["c"][0] < lowest:
            signs = "#" * lowest
            document = override.document
            yield warning(
                "override-heading",
                f'this heading is not below that of "{override.target}", the section in which it stands',
                position_of(node, {document.path: document}, document.path),
                f"write it with at least {lowest} signs: {signs} Heading",
            )


def _empty(override: Override) -> Diagnostic:
    return warning(
        "override-empty",
        f'this override of "{override.target}" has no text',
        _at(override),
        "write the text below the front matter, or use the action remove",
    )


def _at(override: Override) -> Position:
    """The line of `target:` in the override's file."""
    return Position(override.document.path, ids.line_of(override))


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
    """Index behind the last block of the section whose heading stands at `start`.

    What an overlay has put behind the section, behind one around it, or at the end of one around it, is not part of it.
    """
    level = nodes[start]["c"][0]
    inside: set[str] = set()
    own = tree.identifier(nodes[start])
    for index in range(start + 1, len(nodes)):
        node = nodes[index]
        names = tree.classes(node) if node["t"] == "Div" else []
        if (node["t"] == "Header" and node["c"][0] <= level) or "part" in names:
            return index
        if "override" in names and (
            tree.attribute(node, BEHIND) not in ("", *inside) or tree.attribute(node, WITHIN) not in ("", own, *inside)
        ):
            return index
        inside.add(tree.identifier(node))
    return len(nodes)


def _holder(nodes: list[Node], path: tuple[int, ...]) -> list[Node]:
    for index in path:
        nodes = nodes[index]["c"][1]
    return nodes


def _edit(nodes: list[Node], path: tuple[int, ...], found: Stretch, new: list[Node]) -> list[Node]:
    """Put blocks in the place of a stretch; only the lists on the way to it are rebuilt."""
    if path:
        div = nodes[path[0]]
        inner = _edit(div["c"][1], path[1:], found, new)
        return [*nodes[: path[0]], {**div, "c": [div["c"][0], inner]}, *nodes[path[0] + 1 :]]
    return [*nodes[: found.start], *new, *nodes[found.end :]]


def changed(target: list[Node], override: Override, overlay: Overlay, blocks: list[Node]) -> list[Node]:
    """The blocks that stand in the target's place afterwards; `blocks` are the override's."""
    action, head = override.action, target[0]
    if action is Action.REPLACE:
        blocks = standin.kept(head, blocks)
    new = _wrapped(override, overlay, blocks)
    if action is Action.REMOVE:
        return []
    if action is Action.INSERT_AFTER:
        return [*target, *new]
    if head["t"] == "Header":
        return [head, *_content(action, target[1:], new)]
    if head["t"] == "Div":
        labels, rest = _labels(head["c"][1])
        return [{**head, "c": [head["c"][0], [*labels, *_content(action, rest, new)]]}]
    return _named(new, override.target) if action.takes_target_away else _content(action, target, new)


def _label(name: str) -> Node:
    """A line that the tool writes in the words of the edition's language; the one on drift is marked for the eye."""
    look = "to-confirm" if name == "drifted" else f"{name}-label"
    line = {"t": "Para", "c": [{"t": "Span", "c": [["", [look], []], []], "g": f"label {name}"}]}
    return {"t": "Div", "c": [["", ["label"], []], [line]]}


def _reason(override: Override) -> Node:
    """Why something does not apply, for an override that has no text of its own."""
    made = tree.generated(override.reason, f"reason {override.document.path}")
    return {"t": "Para", "c": made, "p": override.document.path}


def _with_note(norm: Node) -> Node:
    """A norm that says behind its number that it reads otherwise than the manual's."""
    attr, content = norm["c"]
    count = len(_labels(content)[0])
    return {**norm, "c": [attr, [*content[:count], _label("norm-changed"), *content[count:]]]}


def _of_norms(override: Override, target: list[Node], new: list[Node]) -> Iterator[Diagnostic]:
    """Say which norms are asked in other words, or not at all, because of an override."""
    if override.action is Action.INSERT_AFTER:
        return
    for norm in norms.norms(target):
        name = tree.identifier(norm)
        there = name in {tree.identifier(node) for node in norms.norms(new)}
        if (override.action is Action.NOT_APPLICABLE and norm is target[0]) or not norms.reads_otherwise(norm, new):
            continue
        meant = override.test == "changed"
        what = f"changes what the norm {name} asks for" if there else f"takes the norm {name} out of the edition"
        way = "add words beside the norm's own (append, insert-after)" if there else "say not-applicable of the norm"
        yield Diagnostic(
            Severity.NOTE if meant else Severity.WARNING,
            "norm-changed",
            f"this override {what}, so answers to {name} cannot be read beside those of other countries",
            _at(override),
            "nothing to do: `test: changed` says that it is meant"
            if meant
            else f"{way} instead, or write `test: changed`",
        )


def _named(new: list[Node], target: str) -> list[Node]:
    """New text for a figure, which keeps its id: references lead to it still."""
    if not new or target in {tree.identifier(node) for node in tree.identified(new)}:
        return new
    (_, names, pairs), content = new[0]["c"]
    return [{**new[0], "c": [[target, names, pairs], content]}, *new[1:]]


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


def _wrapped(override: Override, overlay: Overlay, blocks: list[Node]) -> list[Node]:
    """The override's blocks in a div that says whose they are; not-applicable text gets its label."""
    names = ["override"]
    if override.action is Action.NOT_APPLICABLE:
        blocks = [_label("not-applicable"), *(blocks or [_reason(override)])]
        names = ["override", "not-applicable"]
    if not blocks:
        return []
    place = {Action.INSERT_AFTER: BEHIND, Action.APPEND: WITHIN}.get(override.action)
    pairs = [
        ["overlay", overlay.code],
        ["action", override.action.value],
        *([[place, override.target]] if place else []),
    ]
    return [{"t": "Div", "c": [["", names, pairs], blocks]}]
