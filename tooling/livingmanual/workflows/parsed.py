"""A parsed file as the cache keeps it: its blocks, its front matter, and what is wrong with it.

The front matter is kept too, because reading YAML takes longer than all the rest of a small file. JSON knows fewer
kinds of values than YAML: front matter that would not come back as it was is read again each time.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from livingmanual.model.diagnostic import Diagnostic, Outcome
from livingmanual.model.document import Document
from livingmanual.source import read

DATE = "$date"


def packed(outcomes: Iterable[Outcome[Document]]) -> bytes:
    """Some parsed files for the cache."""
    return b"\n".join(line for outcome in outcomes for line in _lines(outcome))


def _lines(outcome: Outcome[Document]) -> tuple[bytes, bytes]:
    """A line for what is beside the text, and one for the blocks; JSON has no line ends inside."""
    document = outcome.value
    said = msgspec.json.encode(outcome.diagnostics).decode() if outcome.diagnostics else ""
    head = json.dumps([_packed(document.meta), said, document.body_start])
    return head.encode(), json.dumps(document.blocks, ensure_ascii=False, separators=(",", ":")).encode()


def recall(texts: Mapping[str, str], kept: bytes | None) -> dict[str, Outcome[Document]] | None:
    """The files by their paths as they were parsed before; None if nothing was kept, or it cannot be read."""
    lines = kept.split(b"\n") if kept is not None else []
    if kept is None or len(lines) != 2 * len(texts):
        return None
    try:
        return {
            path: _recalled(path, text, lines[2 * at], lines[2 * at + 1])
            for at, (path, text) in enumerate(texts.items())
        }
    except (ValueError, TypeError, msgspec.MsgspecError):
        return None


def _recalled(path: str, text: str, head: bytes, blocks: bytes) -> Outcome[Document]:
    meta, said, body_start = json.loads(head)
    tree = json.loads(blocks)
    if meta is None:
        again, troubles = read.read_meta(path, text)
        return Outcome(Document(path, text, again, tree, body_start), troubles)
    told = tuple(msgspec.json.decode(said, type=list[Diagnostic])) if said else ()
    return Outcome(Document(path, text, json.loads(meta, object_hook=_dated), tree, body_start), told)


def _packed(meta: dict[str, Any]) -> str | None:
    """Front matter as JSON; None if it would not come back as it was."""
    try:
        said = json.dumps(meta, default=_undated)
        back = json.loads(said, object_hook=_dated)
    except (TypeError, ValueError, RecursionError):
        return None
    return said if back == meta else None


def _undated(value: object) -> dict[str, str]:
    if type(value) is not dt.date:
        raise TypeError("a value that JSON does not know")
    return {DATE: value.isoformat()}


def _dated(value: dict[str, Any]) -> Any:
    return dt.date.fromisoformat(value[DATE]) if value.keys() == {DATE} else value
