"""A parsed file as the cache keeps it: its blocks, its front matter, and what is wrong with it.

The front matter is kept too, because reading YAML takes longer than all the rest of a small file. JSON knows fewer
kinds of values than YAML: front matter that would not come back as it was is read again each time.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import msgspec

from livingmanual.model.diagnostic import Diagnostic, Outcome
from livingmanual.model.document import Document
from livingmanual.source import read

DATE = "$date"


def packed(outcome: Outcome[Document]) -> bytes:
    """A parsed file for the cache: a line for what is beside the text, then the blocks."""
    document = outcome.value
    said = msgspec.json.encode(outcome.diagnostics).decode() if outcome.diagnostics else ""
    head = json.dumps([_packed(document.meta), said, document.body_start])
    blocks = json.dumps(document.blocks, ensure_ascii=False, separators=(",", ":"))
    return f"{head}\n{blocks}".encode()


def recall(path: str, text: str, kept: bytes | None) -> Outcome[Document] | None:
    """The file as it was parsed before; None if nothing was kept, or it cannot be read."""
    if kept is None:
        return None
    head, _, rest = kept.partition(b"\n")
    try:
        meta, said, body_start = json.loads(head)
        blocks = json.loads(rest)
        troubles = tuple(msgspec.json.decode(said, type=list[Diagnostic])) if said else ()
        if meta is not None:
            return Outcome(Document(path, text, json.loads(meta, object_hook=_dated), blocks, body_start), troubles)
    except (ValueError, TypeError, msgspec.MsgspecError):
        return None
    again, troubles = read.read_meta(path, text)
    return Outcome(Document(path, text, again, blocks, body_start), troubles)


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
