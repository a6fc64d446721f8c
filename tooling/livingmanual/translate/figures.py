"""The labels of a picture: the words of an SVG file as messages, and the same picture with other words.

A label that is too long for one line is drawn as several `text` elements under each other; for a translator it is one
message, with its line breaks. A translation has its own line breaks, or is broken into lines as long as those of the
source; it stands around the same middle, and is set smaller where it needs more room than its box has. Only `text`
elements without other elements in them are read; everything else in the file stays byte for byte.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from livingmanual.model.catalog import Found, Message, State
from livingmanual.translate.messages import has_words

Find = Callable[[Message], Found]
TEXT = re.compile(r"<text\b((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>([^<]*)</text>")
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
LEADING = (0.9, 1.6)
"""The least and the largest distance of two lines of one label, as parts of the font's size."""
ROOM = 12
"""As many characters have room even where the source's label is shorter."""
SMALLEST = 0.75
"""Labels are not set smaller than this part of their size."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    attributes: str
    values: dict[str, str]
    text: str

    def number(self, name: str) -> float:
        found = re.match(r"-?\d+(?:\.\d+)?", self.values.get(name, ""))
        return float(found[0]) if found else 0.0


def figure_messages(path: str, text: str) -> list[Message]:
    """The labels of an SVG file in the order of the file, each once."""
    found = [_message(path, label) for label in _labels(text)]
    return list({message.key: message for message in found if has_words(message.text)}.values())


def in_figure(path: str, text: str, find: Find, stale: bool = False) -> str:
    """The text of the same SVG file with its labels in another language."""
    out, at = [], 0
    for label in _labels(text):
        found = find(_message(path, label))
        good = found.state is State.TRANSLATED or (stale and found.state is State.STALE)
        if found.entry and good and found.entry.translation.text.strip():
            out += [text[at : label[0].start], _drawn(label, found.entry.translation.text)]
            at = label[-1].end
    return "".join([*out, text[at:]])


def _message(path: str, label: list[_Line]) -> Message:
    words = "\n".join(line.text for line in label)
    return Message(PurePosixPath(path).stem, words, "label", path, -1, markdown=False)


def _labels(text: str) -> Iterator[list[_Line]]:
    """Neighbouring lines that stand under each other, in one style, as one label."""
    label: list[_Line] = []
    for found in TEXT.finditer(text):
        values = {name: value[1:-1] for name, value in ATTRIBUTE.findall(found[1])}
        words = " ".join(html.unescape(found[2]).split())
        line = _Line(found.start(), found.end(), found[1], values, words)
        if label and not (_follows(label[-1], line) and not text[label[-1].end : line.start].strip()):
            yield label
            label = []
        label.append(line)
    if label:
        yield label


def _follows(above: _Line, below: _Line) -> bool:
    same = {name: value for name, value in above.values.items() if name != "y"}
    if same != {name: value for name, value in below.values.items() if name != "y"}:
        return False
    size = above.number("font-size")
    return LEADING[0] * size <= below.number("y") - above.number("y") <= LEADING[1] * size


def _drawn(label: list[_Line], words: str) -> str:
    """The elements of a label with other words."""
    first = label[0]
    size = first.number("font-size") or 12.0
    step = (label[-1].number("y") - first.number("y")) / (len(label) - 1) if len(label) > 1 else 1.15 * size
    lines, scale = _broken(label, words)
    middle = (first.number("y") + label[-1].number("y")) / 2
    top = middle - step * scale * (len(lines) - 1) / 2
    return "\n".join(
        _element(first, line, top + number * step * scale, size * scale if scale < 1 else None)
        for number, line in enumerate(lines)
    )


def _broken(label: list[_Line], words: str) -> tuple[list[str], float]:
    """Lines no longer than the label's own, and how much smaller they must be to fit into its height."""
    if "\n" in words.strip():
        lines = [" ".join(line.split()) for line in words.strip().split("\n")]
    else:
        longest = max(len(line.text) for line in label)
        width = max(round(longest * 1.1), *(len(word) for word in words.split()))
        lines = textwrap.wrap(" ".join(words.split()), width, break_long_words=False, break_on_hyphens=False)
        if len(label) == 1 and len(lines) > 1:  # a label beside an arrow has no room above and below
            lines = [" ".join(words.split())]
    wide = max(ROOM, *(len(line.text) for line in label)) / max(len(line) for line in lines)
    return lines, max(SMALLEST, min(1.0, (len(label) + 2) / (len(lines) + 1), wide * 1.3))


def _element(line: _Line, words: str, y: float, size: float | None) -> str:
    attributes = _with(line.attributes, "y", f"{y:.1f}".removesuffix(".0"))
    if size is not None:
        attributes = _with(attributes, "font-size", f"{size:.1f}".removesuffix(".0"))
    return f"<text{attributes}>{html.escape(words, quote=False)}</text>"


def _with(attributes: str, name: str, value: str) -> str:
    return re.sub(rf"(?<![\w:-]){name}\s*=\s*(\"[^\"]*\"|'[^']*')", f'{name}="{value}"', attributes, count=1)
