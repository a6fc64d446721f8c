"""Compare the judge with the second witness: the oracle's paragraphs with those LibreOffice shows.

What LibreOffice 7.4 is known to do otherwise is evened out: it leaves U+200D in the cells of a row whose insertion is
tracked, and drops spaces at the end of a paragraph. It also overlooks the change of a paragraph mark where the
paragraph holds a note or ends in a link; then the same text stands in more, or fewer, paragraphs, which is told apart
from other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.support.flat import Block
from tests.support.oracle import Para


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch of paragraphs that the two see differently."""

    kind: str
    """`mark`: the same text in other paragraphs; `text`: other text."""
    oracle: tuple[str, ...]
    """The oracle's paragraphs, each as `part: text`."""
    witness: tuple[str, ...]
    """LibreOffice's paragraphs."""


def disagreements(oracle: Sequence[Para], witness: Sequence[Block]) -> list[Disagreement]:
    """Where the two differ; empty paragraphs do not count."""
    ours, theirs = _lines(oracle), _lines(witness)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            one, other = tuple(ours[a:b]), tuple(theirs[c:d])
            found.append(Disagreement("mark" if _letters(one) == _letters(other) else "text", one, other))
    return found


def _lines(paras: Iterable[Para | Block]) -> list[str]:
    clean = ((para.part, para.text.replace("\u200d", "").strip()) for para in paras)
    return [f"{part}: {text}" for part, text in clean if text]


def _letters(lines: Iterable[str]) -> str:
    return "".join("".join(line.partition(": ")[2].split()) for line in lines)
