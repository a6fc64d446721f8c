"""Read the countries' answers to the norms: `norms.yaml` beside each overlay.

An entry answers one norm of the manual. A norm without an entry is unknown, which is not "no".
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from livingmanual.compose.position import nearest
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error
from livingmanual.text import tree
from livingmanual.workflows.editions import Shelf

ANSWERS = ("yes", "partly", "no", "not-applicable")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a country answered to one norm."""

    norm: str
    country: str
    answer: str
    date: str
    """ISO 8601; empty where the entry gives none."""


def norms_of(shelf: Shelf) -> tuple[str, ...]:
    """The ids of all norms of the manual, in the order of the text."""
    documents = (shelf.loaded.documents[path] for path in shelf.loaded.manual.files)
    return tuple(
        tree.identifier(node)
        for document in documents
        for node in tree.identified(document.blocks)
        if "norm" in tree.classes(node)
    )


def read_answers(shelf: Shelf) -> Outcome[tuple[Answer, ...]]:
    """The answers of all countries, and what is wrong with their files."""
    known, found, troubles = norms_of(shelf), list[Answer](), list[Diagnostic]()
    for code, overlay in sorted(shelf.loaded.overlays.items()):
        path = posixpath.join(posixpath.dirname(overlay.path), "norms.yaml")
        raw = shelf.sources.read(path)
        for entry, line in _entries(path, raw.decode("utf-8", "replace"), troubles) if raw is not None else ():
            wrong = _wrong(entry, known)
            if wrong:
                troubles.append(error("answer-wrong", wrong[0], Position(path, line), wrong[1]))
            else:
                found.append(Answer(entry["norm"], code, str(entry["answer"]), str(entry.get("date") or "")))
    return Outcome(tuple(found), tuple(troubles))


def _entries(path: str, text: str, troubles: list[Diagnostic]) -> list[tuple[dict[str, Any], int]]:
    """Each entry with its line; empty, with a diagnostic, if the file is not a list of entries."""
    try:
        value = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        at = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
        hint = "check the indentation and quote values that contain a colon"
        troubles.append(
            error("yaml-malformed", f"this is not valid YAML: {trouble.problem or trouble.context}", at, hint)
        )
        return []
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        troubles.append(
            error("answer-wrong", "expected a list of answers", Position(path, 1), "begin each with `- norm: N01`")
        )
        return []
    return [(dict(entry), value.lc.item(number)[0] + 1) for number, entry in enumerate(value)]  # type: ignore[attr-defined]


def _wrong(entry: dict[str, Any], known: tuple[str, ...]) -> tuple[str, str] | None:
    """Message and hint if an entry cannot be used."""
    norm, answer = entry.get("norm"), entry.get("answer")
    if norm not in known:
        range_ = f"the norms run from {known[0]} to {known[-1]}" if known else "the manual has no norms"
        return f'there is no norm "{norm}" in the manual', nearest(str(norm), known) or range_
    words = {True: "yes", False: "no"}.get(answer, answer) if isinstance(answer, bool) else answer
    if words not in ANSWERS:
        return f'"{answer}" is no answer to a norm', f"the answers are: {', '.join(ANSWERS)}"
    entry["answer"] = words
    if entry.get("date") and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(entry["date"])):
        return f'"{entry["date"]}" is no date', "write year, month and day: 2027-01-31"
    return None
