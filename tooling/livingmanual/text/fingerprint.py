"""Fingerprints: has this text changed, white space and wrapping aside?

A fingerprint is a short hash of normalised content. Time stamps and commit ids are no evidence of change; content is.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

from livingmanual.model.document import Node
from livingmanual.model.run import Run

LENGTH = 16
"""Hexadecimal digits kept: 64 bits, so that two different blocks of one manual never meet by chance."""


def of_text(text: str) -> str:
    """Fingerprint of a text: NFC, every run of white space as one space, none at the ends."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.blake2b(normal.encode(), digest_size=LENGTH // 2).hexdigest()


def of_runs(runs: Iterable[Run]) -> str:
    """Fingerprint of a block's source: literal text as it is, generated text by what made it, marks by their kinds.

    So a country's name does not change the fingerprint of the sentence that contains it.
    """
    parts: list[str] = []
    previous = ""
    for run in runs:
        if run.made:
            token = "{" + run.made + (f"@{run.span.start}" if run.span else "") + "}"
            if token != previous:
                parts.append("{" + run.made + "}")
            previous = token
            continue
        previous = ""
        kinds = "/".join(f"{mark.kind}:{mark.detail}" for mark in run.marks)
        parts.append(f"<{kinds}>{run.text}" if kinds else run.text)
    return of_text("".join(parts))


def of_nodes(nodes: list[Node]) -> str:
    """Fingerprint of a stretch of the tree: types, attributes, words and what stands inside what; positions and
    wrapping do not count.
    """
    parts: list[str] = []
    _words(nodes, parts)
    return of_text(" ".join(parts))


def _words(value: object, out: list[str]) -> None:
    if isinstance(value, dict):
        kind = value.get("t", "")
        if kind in ("Space", "SoftBreak"):
            out.append(" ")
            return
        out.append(kind)
        _words(value.get("c"), out)
    elif isinstance(value, list):
        out.append("[")
        for item in value:
            _words(item, out)
        out.append("]")
    elif value is not None:
        out.append(str(value))
