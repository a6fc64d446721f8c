"""The first law of provenance: every literal run re-derives from its slice of the file.

Held on generated Markdown, on strings of markup characters, and on every file of the manual itself.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.adapters import pandoc
from livingmanual.model.document import Document, Node
from livingmanual.model.run import Run
from livingmanual.source import blocks as folding
from livingmanual.source import offsets, read
from livingmanual.source.derive import derives
from livingmanual.source.inlines import UNMAPPED, WHITE_SPACE, Source
from livingmanual.source.notes import HIDDEN
from livingmanual.source.tokens import Notations
from livingmanual.text import identity, tree
from livingmanual.text.tree import Place
from tests.laws import markdown

TOP = Path(__file__).resolve().parents[2]
EVERYTHING = Notations()
WHITE = (" ", "\t", "\r", "\n")
PATH = "manual/chapters/01.md"


def parsed(text: str, path: str = PATH, notations: Notations = EVERYTHING) -> Document:
    """The Document of a text, with pandoc's help."""
    given_json = pandoc.to_json(read.prepared_text(text), read.reader_format(notations))
    return read.read_document(path, text, given_json, notations).value


def leaves(nodes: list[Node]) -> Iterator[tuple[Node, Place]]:
    """Every leaf with its place, those of notes behind the one that refers to them."""
    for leaf, place in tree.leaves(nodes):
        yield leaf, place
        if leaf["t"] != "CodeBlock":
            for note in tree.notes_in(tree.inlines(leaf)):
                yield from leaves(note["c"])


def token(run: Run) -> tuple[str, object]:
    """What the runs of one token share: what made them, and out of which slice."""
    return run.made, run.span


def check_runs(text: str, leaf: Node, place: Place) -> None:
    """Each run of a leaf stands for its slice, behind the run before it."""
    last, before = 0, ("", None)
    for run in tree.runs(leaf):
        assert run.made != UNMAPPED or is_excused(text, leaf, run), f"{run.text!r} has no place"
        if run.span is None:
            continue
        slice_ = text[run.span.start : run.span.end]
        code = place.kind == "code" or any(mark.kind == "code" for mark in run.marks)
        if run.literal and run.exact:
            assert slice_ == run.text
        elif run.literal:
            assert derives(slice_, run.text, verbatim=code), (slice_, run.text)
        assert run.span.start >= last or (run.made and token(run) == before), (slice_, run)
        last, before = run.span.end, token(run)


def is_excused(text: str, leaf: Node, run: Run) -> bool:
    """Where a run may have no place (tooling/docs/formats/pandoc-positions.md, "Without a place").

    A fence that is never closed ends with the file, and pandoc adds a line end that the file does not have. Code in
    notes has no position; it is found only if its lines stand at one place. In HTML a backslash is only itself.
    A reference that closes a circle of notes is hidden from pandoc.
    """
    if leaf["t"] == "CodeBlock" and "b" not in leaf:
        return "[^" in text
    if leaf["t"] != "CodeBlock":
        return HIDDEN in run.text or ("\\" in run.text and "<" in text)
    return run.text == "\n" and leaf["b"][1] == len(text)


def check_marks(run: Run) -> None:
    """A construct around a run holds it: delimiters, content, run, from the outside to the inside."""
    for mark in run.marks:
        if mark.inner and run.span:
            assert mark.inner[0] <= run.span.start
            assert run.span.end <= mark.inner[1]
        if mark.inner and mark.outer:
            assert mark.outer[0] <= mark.inner[0] <= mark.inner[1] <= mark.outer[1]


def check_siblings(nodes: list[Node]) -> None:
    """Neighbouring inlines do not overlap in the file."""
    placed = [node for node in nodes if "@" in node]
    for left, right in pairwise(placed):
        assert left["@"][1] <= right["@"][0], (left, right)
    for node in nodes:
        if "g" not in node:
            check_siblings(tree.children_of(node))


def check_extent(text: str, leaf: Node) -> tuple[int, int] | None:
    """The extent holds every run, and begins and ends with no white space but the block's own."""
    runs = [run for run in tree.runs(leaf) if run.span]
    if "b" not in leaf:
        assert not runs, f"no extent: {runs}"
        return None
    start, end = leaf["b"]
    assert all(start <= run.span.start and run.span.end <= end for run in runs if run.span), (text[start:end], runs)
    shown = "".join(run.text for run in runs)
    assert text[start:end][:1] not in WHITE or shown[:1] in WHITE
    assert text[start:end][-1:] not in WHITE or shown[-1:] in WHITE
    return start, end


def check(text: str, document: Document) -> None:
    """The whole law on one file."""
    extents: set[tuple[int, int]] = set()
    for leaf, place in leaves(document.blocks):
        check_runs(text, leaf, place)
        for run in tree.runs(leaf):
            check_marks(run)
        if leaf["t"] != "CodeBlock":
            check_siblings(tree.inlines(leaf))
        extent = check_extent(text, leaf)
        if extent and not any(node["t"] == "Image" for node in tree.inlines(leaf)):
            extents.add(extent)
    for left, right in pairwise(sorted(extents)):
        assert left[1] <= right[0], ("extents overlap", text[slice(*left)], text[slice(*right)])


@settings(max_examples=100, deadline=None)
@given(markdown.paragraphs)
def test_law_on_paragraphs(text: str) -> None:
    check(text, parsed(text))


@settings(max_examples=80, deadline=None)
@given(markdown.blocks)
def test_law_on_blocks(text: str) -> None:
    check(text, parsed(text))


@settings(max_examples=60, deadline=None)
@given(markdown.files())
def test_law_on_files(text: str) -> None:
    check(text, parsed(text))


@settings(max_examples=150, deadline=None)
@given(markdown.rubbish())
def test_law_on_rubbish(text: str) -> None:
    check(text, parsed(text))


def test_only_the_end_of_an_open_fence_has_no_place() -> None:
    text = "```\nx = 1"
    unmapped = [run.text for leaf, _ in leaves(parsed(text).blocks) for run in tree.runs(leaf) if run.made == UNMAPPED]
    assert unmapped == ["\n"]


SOURCES = sorted(
    path.relative_to(TOP).as_posix() for path in (TOP / "manual").rglob("*.md") if "templates" not in path.parts
)


@pytest.mark.parametrize("path", SOURCES)
def test_law_on_the_manual(path: str) -> None:
    text = (TOP / path).read_text(encoding="utf-8")
    document = parsed(text, path)
    check(text, document)
    _, blocks = identity.identify(document.blocks)
    assert blocks
    assert [run for block in blocks for run in block.runs if run.made == UNMAPPED] == []
    assert all(block.extent is not None for block in blocks)


# What folding may not change


def without_wrappers(value: Any) -> Any:
    """A tree in one shape: neighbouring words joined, what pandoc leaves of its wrappers off, empty cells empty."""
    if isinstance(value, dict):
        return {key: without_wrappers(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    for item in map(without_wrappers, value):
        last = out[-1] if out else None
        if isinstance(item, dict) and isinstance(last, dict) and item.get("t") == last.get("t") == "Str":
            out[-1] = {"t": "Str", "c": last["c"] + item["c"]}
        elif item != ["wrapper", "1"]:
            out.append(item)
    return [] if out == [{"t": "Plain", "c": []}] else out


def on_white_space(value: Any) -> Any:
    """The same without spans around white space: attributes behind a space mean nothing."""
    if isinstance(value, dict):
        return {key: on_white_space(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    for item in map(on_white_space, value):
        inside = item["c"][1] if isinstance(item, dict) and item.get("t") == "Span" else []
        white = len(inside) == 1 and inside[0]["t"] in WHITE_SPACE and ["wrapper", "1"] in item["c"][0][2]
        out.extend(inside if white else [item])
    return out


@settings(max_examples=120, deadline=None)
@given(st.one_of(markdown.blocks, markdown.paragraphs, markdown.rubbish()))
def test_folding_keeps_the_tree_that_pandoc_gives_without_positions(text: str) -> None:
    prepared, reader = read.prepared_text(text), read.reader_format(EVERYTHING)
    positioned = json.loads(pandoc.to_json(prepared, reader))["blocks"]
    bare = json.loads(pandoc.to_json(prepared, reader.replace("+sourcepos", "")))["blocks"]
    source = Source(PATH, text, offsets.prepare(text, read.body_start(text)))
    folded = tree.plain(folding.fold(positioned, source))
    assert without_wrappers(folded) == without_wrappers(on_white_space(bare))
