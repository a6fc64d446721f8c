"""Laws of translated text: it says what the catalog says, and every character of it knows its place there.

The test of both is a translation that says the same as its source: the edition must be the same, whatever the catalog
looks like, but every literal run now comes from the catalog.
"""

import json
import random
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from livingmanual.adapters import pandoc
from livingmanual.model.catalog import Catalog, Found, Message, Policy, State
from livingmanual.model.document import Document, Node
from livingmanual.source import read
from livingmanual.source.derive import derives
from livingmanual.source.tokens import Notations
from livingmanual.text import tree
from livingmanual.text.quoted import escape
from livingmanual.translate import apply, po, virtual
from livingmanual.translate.messages import messages
from tests.laws import markdown

TOP = Path(__file__).resolve().parents[2]
NOTATIONS = Notations()
CATALOG = "translations/xx/chapters/01.po"
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def parsed(text: str, path: str = "manual/chapters/01.md") -> Document:
    """The Document of a text, with pandoc's help."""
    given_json = pandoc.to_json(read.prepared_text(text), read.reader_format(NOTATIONS))
    return read.read_document(path, text, given_json, NOTATIONS).value


def quoted(text: str, chance: random.Random) -> str:
    """A string of a PO file, on one line or cut into several, as editors do it."""
    words = escape(text)
    width = chance.choice([10**6, 40, 7])
    cut = textwrap.wrap(words, width, drop_whitespace=False, break_long_words=False, break_on_hyphens=False)
    whole = "".join(cut) == words
    return "\n".join(f'"{piece}"' for piece in (["", *cut] if whole and width < 10**6 else [words]))


def echo(document: Document, chance: random.Random) -> Catalog:
    """A catalog in which every translation says what its source says."""
    entries = {message.key: message for message in messages(document)}
    out = [HEADER]
    for message in entries.values():
        out.append(
            f'msgctxt "{escape(message.context)}"\nmsgid {quoted(message.text, chance)}\n'
            f"msgstr {quoted(message.text, chance)}\n"
        )
    outcome = po.read_catalog(CATALOG, document.path, "\n".join(out))
    assert outcome.diagnostics == ()
    return outcome.value


def unfolded(catalog: Catalog, document: Document) -> dict[tuple[int, int], tuple[Node, ...]]:
    """The translations as nodes."""
    text = virtual.virtual(catalog, document.text)
    return virtual.unfold(parsed(text.text, catalog.path).blocks, text) if text.pieces else {}


def in_words_of(document: Document, catalog: Catalog, policy: Policy = Policy.KEEP) -> Document:
    """The document with the catalog's words where it has some; entries are found by their keys alone."""
    inlines = unfolded(catalog, document)
    by_key = {entry.key: entry for entry in catalog.entries}

    def find(message: Message) -> Found:
        entry = by_key.get(message.key)
        if entry is None or not entry.translation.text:
            return Found(State.MISSING)
        state = State.STALE if entry.fuzzy else State.TRANSLATED
        return Found(state, entry, catalog.path, inlines.get((entry.start, entry.end), ()))

    return apply.translated(document, find, apply.Tongues("en", "xx", policy=policy))


def is_word(value: Any) -> bool:
    """True for a word of pandoc's tree."""
    return isinstance(value, dict) and value.get("t") == "Str"


def said(value: Any) -> Any:
    """A tree without private keys, with white space of the source as one space, and words that were cut as one."""
    if isinstance(value, dict) and value.get("t") == "Code":
        return {"t": "Code", "c": [value["c"][0], " ".join(value["c"][1].split())]}
    if isinstance(value, dict):
        return {"t": "Space"} if value.get("t") == "SoftBreak" else {key: said(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    out: list[Any] = []
    for item in value:
        if is_word(item) and out and is_word(out[-1]):
            out[-1] = {"t": "Str", "c": out[-1]["c"] + item["c"]}
        else:
            out.append(said(item))
    return out


def check_runs(translated: Document, catalog: Catalog) -> int:
    """Every literal run of a catalog stands for its slice; returns how many there are."""
    count = 0
    for leaf, _ in tree.leaves(translated.blocks):
        for run in tree.runs(leaf):
            if run.literal and run.span and run.span.path == catalog.path:
                count += 1
                slice_ = catalog.text[run.span.start : run.span.end]
                code = any(mark.kind == "code" for mark in run.marks)
                same = slice_ == run.text if run.exact else derives(unescaped(slice_), run.text, verbatim=code)
                assert same, (slice_, run.text)
    return count


def unescaped(slice_: str) -> str:
    """What a slice of a PO string stands for."""
    text = f'{HEADER}\nmsgid "x"\nmsgstr "{slice_}"\n'
    return po.read_catalog(CATALOG, "", text).value.entries[0].translation.text


@pytest.mark.parametrize("path", sorted((TOP / "manual").rglob("*.md")), ids=lambda path: path.stem)
def test_a_catalog_that_says_the_same_makes_the_same_manual(path: Path) -> None:
    document = parsed(path.read_text(encoding="utf-8"), path.relative_to(TOP).as_posix())
    catalog = echo(document, random.Random(path.name))
    translated = in_words_of(document, catalog)
    assert said(tree.plain(translated.blocks)) == said(tree.plain(document.blocks))
    assert check_runs(translated, catalog) >= len(catalog.entries) - 8  # alternative texts have no runs
    for leaf, _ in tree.leaves(translated.blocks):
        for run in tree.runs(leaf):
            there = run.span is not None and run.span.path == document.path
            assert not (run.literal and there and any(letter.isalpha() for letter in run.text)), run


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.data())
def test_on_any_markdown(data: st.DataObject) -> None:
    """Left out: tabs, which code and line ends read by their column; fences, which may swallow the names of links; and
    blocks of HTML, whose words are no Markdown.
    """
    text = data.draw(markdown.files())
    assume(not re.search(r"\t|```|~~~|^[ >]*<", text, re.MULTILINE))
    document = parsed(text)
    catalog = echo(document, random.Random(len(document.text)))
    translated = in_words_of(document, catalog)
    check_runs(translated, catalog)
    for old, new in zip(tree.leaves(document.blocks), tree.leaves(translated.blocks), strict=True):
        assert json.dumps(said(tree.plain(new[0]))) == json.dumps(said(tree.plain(old[0])))
