"""A Markdown file and pandoc's reading of it become a Document.

The adapter runs pandoc on `prepared_text` with the format `reader_format`; this module folds the positions, moves
captions, derives missing ids and recognises the notations. Nothing here touches the disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.model.document import Document
from livingmanual.source import blocks, conventions, frontmatter, html, notes, offsets, tokens
from livingmanual.source.inlines import Source
from livingmanual.source.tokens import Notations

WITHOUT_PANDOCS_OWN = (
    "-bracketed_spans-definition_lists-fancy_lists-fenced_divs-implicit_header_references-raw_attribute-subscript"
    "-superscript+autolink_bare_uris"
)
"""What leaves of `commonmark_x` the Markdown that GitHub reads (GitHub Flavored Markdown Spec 0.29)."""

YAML_TROUBLES = (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError)
"""What ruamel.yaml 0.18 raises on malformed text: `!!int` without a number is an IndexError."""


def reader_format(notations: Notations) -> str:
    """The pandoc format we read: CommonMark with pandoc's extensions and positions.

    `smart` is off, so that what is written is what is printed and every character keeps its place (decision 0002);
    `emoji` is off for the same reason; ids of headings are derived by us, across files.
    """
    math = "" if notations.math else "-tex_math_dollars"
    attributes = "" if notations.attributes else "-attributes"
    own = "+implicit_figures" if notations.pandoc else WITHOUT_PANDOCS_OWN
    return f"commonmark_x+sourcepos-smart-emoji-gfm_auto_identifiers-yaml_metadata_block{own}{attributes}{math}"


def prepared_text(text: str) -> str:
    """What pandoc must be given for a file's text, so that its positions can be mapped back."""
    return _prepared(text, body_start(text)).text


def _prepared(text: str, body: int) -> offsets.Prepared:
    return offsets.prepare(notes.hidden(text), body)


def body_start(text: str) -> int:
    """Offset of the first character after the front matter."""
    return frontmatter.split(text)[1]


def read_meta(path: str, text: str) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """A file's front matter, and what is wrong with the file before pandoc sees it."""
    meta, troubles = read_mapping(path, frontmatter.split(text)[0], first_line=2)
    return meta, (*troubles, *_nested_notes(path, text))


def _nested_notes(path: str, text: str) -> Iterator[Diagnostic]:
    circles = set(notes.circular(text))
    for found in notes.nested(text):
        offset = found.offset
        at = Position(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        if found in circles:
            message = f'the note "{found.note}" leads back to itself through the reference "[^{found.label}]"'
            yield error("note-circular", message, at, "take the reference out of the note")
        else:
            message = f'the note "{found.label}" is not shown here, because a note cannot stand in a note'
            yield warning("note-nested", message, at, f'write its words into the note "{found.note}"')


def read_document(path: str, text: str, pandoc_json: str, notations: Notations) -> Outcome[Document]:
    """Fold pandoc's JSON of `prepared_text(text)` into a Document.

    Front matter that is no mapping, and notes that lead back to themselves, are errors.
    """
    body = body_start(text)
    meta, troubles = read_meta(path, text)
    source = Source(path, text, _prepared(text, body))
    tree = html.show(blocks.fold(json.loads(pandoc_json)["blocks"], source), source)
    tree = tokens.recognise(conventions.apply(tree, source), notations)
    return Outcome(Document(path, text, meta, tree, body), troubles)


def read_mapping(path: str, yaml: str, first_line: int = 1) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Read YAML that must be a mapping; `first_line` is the line of the file on which the text begins.

    Malformed YAML gives an empty mapping and one diagnostic with line and column, never an exception.
    """
    if not yaml.strip():
        return {}, ()
    try:
        value = YAML(typ="safe", pure=True).load(yaml)
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        line = (mark.line if mark else 0) + first_line
        column = (mark.column if mark else 0) + 1
        return {}, (
            error(
                "yaml-malformed",
                f"this is not valid YAML: {trouble.problem or trouble.context}",
                Position(path, line, column),
                "check the indentation and quote values that contain a colon",
            ),
        )
    except YAML_TROUBLES as trouble:
        said = str(trouble).strip().split("\n", maxsplit=1)[0]
        return {}, (
            error(
                "yaml-malformed",
                f"this is not valid YAML: {said}",
                Position(path, first_line),
                "check dates, numbers and characters that cannot be seen, or quote them",
            ),
        )
    if value is None:
        return {}, ()
    if not isinstance(value, dict):
        return {}, (
            error(
                "yaml-not-mapping",
                "expected lines of the form `key: value`",
                Position(path, first_line),
                "write the settings as a mapping",
            ),
        )
    return value, ()
