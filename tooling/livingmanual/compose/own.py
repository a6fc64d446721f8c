"""What a committee writes itself: a foreword, chapters and annexes of its own; and parts that have become empty.

They stand beside the manual's: the foreword first, chapters behind the manual's chapters, annexes behind its annexes.
The manual's numbers stay as they are everywhere, so these have a series of their own (chapter KE-1, annex KE-A).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from livingmanual.model.document import Node
from livingmanual.model.manual import Manual, Overlay, Part
from livingmanual.text import tree

PART = "part-"
"""The id of the part that holds a country's own chapters, before its code."""


def with_own(manual: Manual, overlays: Sequence[Overlay], title: str) -> Manual:
    """The manual with the files that the overlays add, those of the nearer behind those of the farther.

    Where the manual has parts, a country's own chapters are a part called `title`.
    """
    if not any(overlay.files for overlay in overlays):
        return manual
    parts = list(manual.parts)
    for overlay in overlays:
        if overlay.chapters:
            titled = any(part.title for part in manual.parts)
            name = (title or overlay.code) if not overlay.region else overlay.code.upper()
            parts.append(Part(f"{PART}{overlay.code.lower()}", name if titled else "", overlay.chapters))
    forewords = [overlay.foreword for overlay in reversed(overlays) if overlay.foreword]
    annexes = [path for overlay in overlays for path in overlay.annexes]
    return replace(
        manual,
        front=(*forewords, *manual.front),
        parts=tuple(parts),
        annexes=(*manual.annexes, *annexes),
    )


def owners(overlays: Sequence[Overlay]) -> dict[str, str]:
    """Code of the overlay by the path of each file that it adds, and by the id of the part of its chapters."""
    found = {path: overlay.code for overlay in overlays for path in overlay.files}
    return found | {f"{PART}{overlay.code.lower()}": overlay.code for overlay in overlays if overlay.chapters}


def with_owners(nodes: Sequence[Node], own: Mapping[str, str]) -> Iterator[tuple[Node, str]]:
    """Each top-level block with the code of the overlay whose own file it stands in; empty for the manual's."""
    code = ""
    for node in nodes:
        if own:
            code = own.get(_place(node), code)
            code = code if _place(node) in own or not _place(node) else ""
        yield node, code


def _place(node: Node) -> str:
    """The file of a block, or its id if it is a part; empty for a block without words."""
    if _is_part(node):
        return tree.identifier(node)
    first = next((leaf for leaf, _ in tree.leaves([node])), node)
    return str(node.get("p") or first.get("p", ""))


def without_empty_parts(nodes: list[Node]) -> list[Node]:
    """The same blocks without the titles of parts of which an edition leaves every chapter out."""
    empty = [
        index
        for index, node in enumerate(nodes)
        if _is_part(node) and (index + 1 == len(nodes) or _ends_part(nodes[index + 1]))
    ]
    return [node for index, node in enumerate(nodes) if index not in empty] if empty else nodes


def _is_part(node: Node) -> bool:
    return node["t"] == "Div" and "part" in tree.classes(node)


def _ends_part(node: Node) -> bool:
    return _is_part(node) or (node["t"] == "Header" and node["c"][0] == 1 and "chapter" not in tree.classes(node))
