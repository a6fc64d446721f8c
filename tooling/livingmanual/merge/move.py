"""Rename an id, or take a section to another file, as edits of exactly the characters that name it.

Everything that points there goes along: links, targets of overrides, keys of a country's answers, catalogs. What is not
named stays as it is, byte by byte.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from livingmanual.merge.override import NOTE_USE, seen_from
from livingmanual.model.document import Document, Node
from livingmanual.model.remark import Edit
from livingmanual.text import tree

END = r"(?![\w:.-])"
DEFINED = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)


def rename(document: Document, old: str, new: str) -> list[Edit]:
    """Edits of one Markdown file: the id where it is written, links, and an override's target."""
    found = [*_written(document, old, new), *_links(document, old, lambda target: _with_id(target, old, new))]
    head = document.text[: document.body_start]
    for match in re.finditer(rf"^target:[ \t]*[\"']?({re.escape(old)})[\"']?[ \t]*(?:#.*)?$", head, re.MULTILINE):
        found.append(Edit(document.path, match.start(1), match.end(1), new, old))
    return sorted(set(found))


def rename_in_text(path: str, text: str, old: str, new: str) -> list[Edit]:
    """Edits of a file that is no Markdown: keys of answers (YAML), and links in catalogs (PO)."""
    answer = rf"^[ \t]*(?:-[ \t]+)?(?:norm:[ \t]*)?[\"']?({re.escape(old)})[\"']?(?=[ \t]*(?::|$|#))"
    pattern = answer if path.endswith(".yaml") else rf"(?<=\]\(#)({re.escape(old)})(?=[)\s])"
    return [Edit(path, m.start(1), m.end(1), new, old) for m in re.finditer(pattern, text, re.MULTILINE)]


def _written(document: Document, old: str, new: str) -> Iterator[Edit]:
    """Where the id stands in attributes, at the headings, divs, tables and figures that the parser found."""
    for node in tree.identified(document.blocks):
        if tree.identifier(node) == old:
            low, high = _extent(node, document)
            found = re.search(rf"\{{[^{{}}\n]*?#({re.escape(old)}){END}", document.text[low:high])
            if found:
                yield Edit(document.path, low + found.start(1), low + found.end(1), new, old)


def _extent(node: Node, document: Document) -> tuple[int, int]:
    """From the line on which a node begins to its end; for one without a place, the file from its body on."""
    if "b" not in node:
        return document.body_start, len(document.text)
    end = document.text.find("\n", node["b"][1])
    return document.text.rfind("\n", 0, node["b"][0]) + 1, end if end >= 0 else len(document.text)


def _with_id(target: str, old: str, new: str) -> str:
    path, mark, name = target.rpartition("#")
    return f"{path}#{new}" if mark and name == old else target


def _links(document: Document, old: str, change: Callable[[str], str]) -> Iterator[Edit]:
    """Links whose target `change` changes; `old` is the id that they end in."""
    for node, _ in tree.walk_inlines(document.blocks):
        if node["t"] != "Link" or not node["c"][2][0].endswith(f"#{old}") or not node.get("@"):
            continue
        target = str(node["c"][2][0])
        new = change(target)
        start, end = node["@"]
        at = document.text.rfind(target, start, end)
        if new != target and at >= 0:
            yield Edit(document.path, at, at + len(target), new, target)
    for match in re.finditer(rf"^\[[^\]^][^\]]*\]:[ \t]*<?(\S*#{re.escape(old)}){END}", document.text, re.MULTILINE):
        new = change(match.group(1))
        if new != match.group(1):
            yield Edit(document.path, match.start(1), match.end(1), new, match.group(1))


def relocate(old: Document, new: Document, name: str, others: Sequence[Document]) -> list[Edit] | str:
    """Edits that take a section from one file to the end of another; or why that cannot be done."""
    place = _section(old, name)
    if place is None:
        return f'"{name}" is no section below a chapter\'s title, so it cannot be moved to another file'
    start, end = place
    text, rest = old.text[start:end], old.text[:start] + old.text[end:]
    shared = set(NOTE_USE.findall(text)) - set(DEFINED.findall(text))
    shared |= set(DEFINED.findall(text)) & set(NOTE_USE.findall(rest))
    if shared:
        return f"the note [^{min(shared)}] is used on one side and defined on the other; give each side its own"
    clash = set(DEFINED.findall(text)) & set(DEFINED.findall(new.text))
    if clash:
        return f"both files define a note [^{min(clash)}]; rename one of them"
    raised = _raised(old, name, start, end)
    moved = seen_from(raised, old.path, new.path).strip("\n")
    gap = "\n" if new.text.endswith("\n\n") else "\n\n" if not new.text.endswith("\n") else "\n"
    edits = [
        Edit(old.path, start, end, "", text),
        Edit(new.path, len(new.text), len(new.text), f"{gap}{moved}\n"),
    ]
    inside = {tree.identifier(node) for node in tree.identified(old.blocks) if _starts(node, start, end)}
    for document in others:

        def change(target: str, home: str = document.path) -> str:
            return _at_home(target, home, old.path, new.path)

        found = [edit for one in inside for edit in _links(document, one, change)]
        edits += [e for e in found if document is not old or not start <= e.start < end]
    return edits


TOP = 2
"""The level of a chapter's sections."""


def _raised(document: Document, name: str, start: int, end: int) -> str:
    """A section's text with its heading on the level of a chapter's sections, and the headings below it with it."""
    heads = [node for node in document.blocks if node["t"] == "Header" and _starts(node, start, end)]
    top = next(node["c"][0] for node in heads if tree.identifier(node) == name)
    text = document.text[start:end]
    for node in reversed(heads):
        at = document.text.rfind("\n", 0, node["b"][0]) + 1 - start
        if top > TOP and text[at:].startswith("#" * (top - TOP + 1)):
            text = text[:at] + text[at + top - TOP :]
    return text


def split(document: Document, name: str, place: str, new: str, title: str) -> list[Edit] | str:
    """Edits that make a section of the end of another one, from a block on; or why that cannot be done.

    `place` is the number of the block in its section, from 1, or the words with which it begins.
    """
    nodes = document.blocks
    at = next((i for i, n in enumerate(nodes) if n["t"] == "Header" and tree.identifier(n) == name), None)
    if at is None:
        return f'"{name}" is no section, so it cannot be split'
    level = nodes[at]["c"][0]
    stop = next((i for i in range(at + 1, len(nodes)) if nodes[i]["t"] == "Header"), len(nodes))
    blocks = [node for node in nodes[at + 1 : stop] if _begin(node) >= 0]
    if place.isdecimal():
        found = blocks[int(place) - 1 : int(place)] if int(place) else []
        lacking = f'"{name}" has {len(blocks)} blocks before its next heading'
    else:
        found = [node for node in blocks if _words(node).startswith(" ".join(place.split()))]
        lacking = f'{len(found) or "no"} blocks of "{name}" begin with "{place}"'
    if len(found) != 1:
        return lacking
    if found[0] is blocks[0]:
        return f'that is the first block of "{name}", so nothing would be left of it'
    start = document.text.rfind("\n", 0, _begin(found[0])) + 1
    return [Edit(document.path, start, start, f"{'#' * level} {title} {{#{new}}}\n\n")]


def _begin(node: Node) -> int:
    """The offset at which a block begins, or the first of its words; -1 for one without a place."""
    places = [node["b"][0]] if "b" in node else [leaf["b"][0] for leaf, _ in tree.leaves([node]) if "b" in leaf]
    return min(places, default=-1)


def _words(node: Node) -> str:
    return " ".join(" ".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves([node])).split())


def _starts(node: Node, start: int, end: int) -> bool:
    return "b" in node and start <= node["b"][0] < end


def _section(document: Document, name: str) -> tuple[int, int] | None:
    """The half-open slice of a section with its heading; None for a title, or what is no section."""
    nodes = document.blocks
    for index, node in enumerate(nodes):
        if node["t"] == "Header" and tree.identifier(node) == name and node["c"][0] > 1 and "b" in node:
            level = node["c"][0]
            after = (n for n in nodes[index + 1 :] if n["t"] == "Header" and n["c"][0] <= level and "b" in n)
            follower = next(after, None)
            start = document.text.rfind("\n", 0, node["b"][0]) + 1
            if follower:
                return start, follower["b"][0]
            return len(document.text[:start].rstrip("\n")) + 1, len(document.text)
    return None


def _at_home(target: str, home: str, old: str, new: str) -> str:
    """A link with a file's name, led to the file in which its target stands now."""
    path, _, name = target.rpartition("#")
    if not path or posixpath.normpath(posixpath.join(posixpath.dirname(home), path)) != old:
        return target
    return f"{posixpath.relpath(new, posixpath.dirname(home))}#{name}"


def applied(texts: Mapping[str, str], edits: Sequence[Edit]) -> dict[str, str]:
    """The texts that change, after the edits; no two edits overlap."""
    out: dict[str, str] = {}
    for edit in sorted(set(edits), reverse=True):
        text = out.get(edit.path, texts[edit.path])
        out[edit.path] = text[: edit.start] + edit.new + text[edit.end :]
    return out
