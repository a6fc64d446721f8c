"""Where the lines of a code block stand.

Code is taken as it is, so each of its lines ends a line of the file, behind the indent and the marks of what the block
stands in. Only tabs differ: pandoc expands them before it looks at the text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from livingmanual.model.document import Node
from livingmanual.source.inlines import UNMAPPED, Source

FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")


def unplaced(text: str) -> list[Node]:
    """The text as one piece that nobody knows the place of."""
    return [{"t": "Str", "c": text, "g": UNMAPPED}] if text else []


def searched(text: str, source: Source) -> list[Node]:
    """Like `pieces` for code in notes, which has no position: it is found if its lines stand at one place only."""
    words = text.split("\n")
    if not words[0].strip():
        return unplaced(text)
    starts = [number for number in range(1, len(source.prepared.lines) + 1) if _stand_at(words, number, source)]
    return _placed(words, starts[0], source) if len(starts) == 1 else unplaced(text)


def _stand_at(words: list[str], start: int, source: Source) -> bool:
    """True if these are the lines from `start` on, save for indents and quote marks."""
    if not source.prepared.lines[start - 1].endswith(words[0]) or not _fits(words, start, source):
        return False
    lines = source.prepared.lines[start - 1 : start - 1 + len(words)]
    return not any(line.removesuffix(word).strip(" >") for line, word in zip(lines, words, strict=True))


def pieces(text: str, position: str, source: Source) -> list[Node]:
    """The text of a code block as words and line breaks with their places; `position` is its `data-pos`.

    A line that cannot be found is left without a place.
    """
    ranges = source.ranges(position)
    line, column = min((first, column) for first, column, _, _ in ranges)
    words = text.split("\n")
    fenced = FENCE.match(source.prepared.lines[line - 1], column - 1) is not None
    start = line + fenced
    if fenced and not _fits(words, start, source) and _fits(words, line, source):
        start = line
    return _placed(words, start, source)


def _placed(words: list[str], start: int, source: Source) -> list[Node]:
    out: list[Node] = []
    for number, word in enumerate(words):
        if number:
            out.append({"t": "LineBreak", "g": UNMAPPED})
        out.extend(_line(word, start + number, source))
    _place_breaks(out, start, source)
    return out


def _fits(words: list[str], start: int, source: Source) -> bool:
    lines = source.prepared.lines[start - 1 : start - 1 + len(words)]
    return len(lines) == len(words) and all(map(str.endswith, lines, words))


def _line(word: str, number: int, source: Source) -> list[Node]:
    """One line of code, cut so that only tabs and normalised characters are inexact."""
    if not word:
        return []
    line = source.prepared.lines[number - 1] if number <= len(source.prepared.lines) else ""
    if not line.endswith(word):
        return unplaced(word)
    first = len(line) - len(word) + 1
    edges = [source.prepared.offset(number, column) for column in range(first, len(line) + 2)]
    out: list[Node] = []
    for start, end in _groups(word, edges):
        span, shown = [edges[start], edges[end]], word[start:end]
        exact = source.slice(span) == shown
        if exact and out and "x" not in out[-1]:
            out[-1] = {"t": "Str", "c": out[-1]["c"] + shown, "@": [out[-1]["@"][0], span[1]]}
        else:
            out.append({"t": "Str", "c": shown, "@": span, **({} if exact else {"x": 1})})
    return out


def _groups(word: str, edges: list[int]) -> list[tuple[int, int]]:
    """Stretches of columns that begin and end at characters of the file."""
    cuts = [0, *(n for n in range(1, len(word)) if edges[n] > edges[n - 1]), len(word)]
    return list(pairwise(cuts))


def _place_breaks(out: list[Node], start: int, source: Source) -> None:
    """A line break runs from the end of one line to where the text of the next begins."""
    number = start - 1
    for index, node in enumerate(out):
        if node["t"] != "LineBreak":
            continue
        number += 1
        if number >= len(source.prepared.lines):
            continue
        line = source.prepared.lines[number - 1]
        after = out[index + 1] if index + 1 < len(out) else {"t": "LineBreak"}
        begin = source.prepared.offset(number, len(line) + 1)
        next_end = source.prepared.offset(number + 1, len(source.prepared.lines[number]) + 1)
        places = after.get("@", [next_end] if after["t"] == "LineBreak" else None)
        if places:
            del node["g"]
            node |= {"@": [begin, places[0]], "x": 1}
