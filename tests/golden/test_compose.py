"""Composition, case by case: each page of `compose/` holds the files of a small workspace and what becomes of them.

A page's fenced blocks are `file PATH`, a source file; `edition COUNTRY [LANGUAGE]`, the blocks of that edition, one on
a line; and `said COUNTRY`, its diagnostics. In an edition, words that the tool made stand in ‹ ›, and behind ← stand
the files that the other words come from. With LIVINGMANUAL_UPDATE_GOLDEN=1 the results are written into the pages: read
what git shows as changed before you keep it.
"""

import os
import re
from itertools import groupby
from pathlib import Path

import pytest

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.model.document import Block
from livingmanual.model.edition import Edition
from livingmanual.model.run import OBJECT
from livingmanual.workflows.editions import Shelf
from livingmanual.workflows.load import load

FOLDER = Path(__file__).parent / "compose"
PAGES = sorted(FOLDER.glob("*.md"))
BLOCK = re.compile(r"^(`{3,}|~{3,})(file|edition|said) ([^\n]+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
UPDATE = os.environ.get("LIVINGMANUAL_UPDATE_GOLDEN") == "1"


class Page:
    """The files of a page as a workspace that can be read."""

    def __init__(self, text: str) -> None:
        self.files = {m[3]: m[4].encode() for m in BLOCK.finditer(text) if m[2] == "file"}

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def list(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.files if path.startswith(f"{folder}/")))


def results(page: str) -> str:
    """The page with what the tool says now in its `edition` and `said` blocks."""
    files = Page(page)
    shelf = Shelf(files, load(files, CacheStore(None)), "0" * 40, 0, CacheStore(None))

    def shown(match: re.Match[str]) -> str:
        fence, kind, name, content = match.groups()
        if kind != "file":
            country, _, language = name.partition(" ")
            outcome = shelf.edition(country, language)
            lines = edition_lines(outcome.value) if kind == "edition" else said_lines(outcome.diagnostics)
            content = "".join(f"{line}\n" for line in lines)
        return f"{fence}{kind} {name}\n{content}{fence}"

    return BLOCK.sub(shown, page)


def edition_lines(edition: Edition) -> list[str]:
    """One line for each block."""
    return [block_line(block) for block in edition.blocks]


def block_line(block: Block) -> str:
    words = ""
    for made, runs in groupby(block.runs, lambda run: bool(run.made) and OBJECT not in run.text):
        text = "".join(run.text for run in runs).replace(OBJECT, "¤").replace("\n", "⏎")
        words += f"‹{text}›" if made else text
    files = dict.fromkeys(run.span.path.removeprefix("manual/") for run in block.runs if run.span and not run.made)
    origin = f"  ← {', '.join(files)}" if files else ""
    return f"{'note ' if block.note_of else ''}{block.kind}: {words}{origin}".rstrip()


def said_lines(found: object) -> list[str]:
    """Every diagnostic, its hint on a line of its own."""
    assert isinstance(found, tuple)
    return [line for diagnostic in found for line in str(diagnostic).split("\n")]


@pytest.mark.parametrize("path", PAGES, ids=[page.stem for page in PAGES])
def test_page(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    now = results(page)
    if UPDATE:
        path.write_text(now, encoding="utf-8")
    assert now == page
    assert {m[2] for m in BLOCK.finditer(page)} >= {"file", "edition"}


def test_there_are_pages() -> None:
    assert len(PAGES) >= 8
