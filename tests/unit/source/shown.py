"""Provenance and positions as plain lines, for documents and tests that show them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from livingmanual.adapters import pandoc
from livingmanual.model.document import Block, Document
from livingmanual.model.run import Run
from livingmanual.source import read
from livingmanual.source.inlines import UNMAPPED
from livingmanual.source.tokens import Notations
from livingmanual.text import identity

NOTATIONS = Notations()


def parsed(text: str, path: str = "manual/chapters/01.md", notations: Notations = NOTATIONS) -> Document:
    """The Document of a text."""
    tree = pandoc.to_json(read.prepared_text(text), read.reader_format(notations))
    return read.read_document(path, text, tree, notations).value


def blocks(text: str, notations: Notations = NOTATIONS) -> tuple[Block, ...]:
    """The blocks of a text."""
    return identity.identify(parsed(text, notations=notations).blocks)[1]


def provenance(text: str, notations: Notations = NOTATIONS) -> list[str]:
    """Each block with its extent, and below it each run with its slice, what made it, and the marks around it."""
    lines = []
    for block in blocks(text, notations):
        extent = _quoted(text[block.extent.start : block.extent.end]) if block.extent is not None else "no place"
        lines.append(f"{block.kind} {extent}")
        lines += [f"  {_run(run, text)}" for run in block.runs]
    return lines


def _run(run: Run, text: str) -> str:
    slice_ = _quoted(text[run.span.start : run.span.end]) if run.span is not None else "no place"
    made = f" ({run.made})" if run.made and run.made != UNMAPPED else ""
    whole = " as a whole" if run.literal and not run.exact else ""
    marks = "".join(f" {mark.kind} {_quoted(text[slice(*mark.outer)]) if mark.outer else '?'}" for mark in run.marks)
    return f"{_quoted(run.text)} ← {slice_}{made}{whole}" + (f" in{marks}" if marks else "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def positions(text: str) -> list[str]:
    """What pandoc says: type, `data-pos` and text of every node that has a position, wrappers left out."""
    tree = json.loads(pandoc.to_json(read.prepared_text(text), read.reader_format(NOTATIONS)))
    return list(_positions(tree["blocks"], ""))


def samples(page: str) -> Iterator[tuple[str, str, list[str]]]:
    """The samples of a document: (text, kind of result, its lines); the text is Markdown, or a JSON string of it.

    A sample is a fenced block `markdown` or `json`; the blocks `positions` and `provenance` behind it are its results.
    """
    text = ""
    for kind, content in re.findall(r"^`{3,}(\w+)\n(.*?)^`{3,}$", page, re.MULTILINE | re.DOTALL):
        if kind in ("markdown", "json"):
            text = json.loads(content) if kind == "json" else content
        elif kind in ("positions", "provenance"):
            yield text, kind, content.splitlines()


def _positions(value: Any, around: str) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _positions(item, around)
    if not isinstance(value, dict) or "t" not in value:
        return
    content = value.get("c")
    own = " ".join(place or "none" for key, place in _attributes(value) if key == "data-pos")
    if ["wrapper", "1"] in _attributes(value):
        yield from _positions(content, own or "none")
        return
    place = own or around
    if place:
        yield f"{value['t']} {place}" + (f" {_quoted(content)}" if isinstance(content, str) else "")
    yield from _positions(content, "")


def _attributes(node: dict[str, Any]) -> list[Any]:
    if node["t"] in ("Div", "Span", "Link", "Image", "Code", "CodeBlock", "Table", "Figure"):
        return list(node["c"][0][2])
    return list(node["c"][1][2]) if node["t"] == "Header" else []
