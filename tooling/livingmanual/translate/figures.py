"""The labels of a picture: the words of an SVG file as messages, and the same picture with other words.

A label that is too long for one line is drawn as several `text` elements under each other; for a translator it is one
message, with its line breaks. A translation has its own line breaks, or is broken into lines as long as those of the
source; it stands around the same middle. What would leave the box around it (a `rect`) is broken once more and set
smaller, by the usual widths of letters: no font is asked. Only `text` elements without other elements in them are
read; everything else in the file stays byte for byte.
"""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from livingmanual.model.catalog import Found, Message, State
from livingmanual.translate.messages import has_words

Find = Callable[[Message], Found]
TEXT = re.compile(r"<text\b((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>([^<]*)</text>")
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
RECT = re.compile(r"<rect\b((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
LEADING = (0.9, 1.6)
"""The least and the largest distance of two lines of one label, as parts of the font's size."""
ROOM = 12
"""As many characters have room even where the source's label is shorter."""
SMALLEST = 0.75
"""Labels are not set smaller than this part of their size."""
RIGHT_TO_LEFT, END = "\u2067", "\u2069"
"""An isolate (UAX #9) around a line: pictures are read from left to right, and its last mark would be drawn first."""
WORTH = 0.9
"""Down to this part of their size a translator's lines are kept."""
SIZES = (1.0, 0.95, 0.9, 0.85, 0.8, SMALLEST)
INSET = 5.0
"""Units of the picture that stay free between a label and each side of its box."""
WIDTHS = ((" ", 0.26), (".,:;!|()'’ijl", 0.28), ("frt", 0.38), ("mwMW", 0.9))
"""Letters of a sans-serif face and their widths, as parts of the font's size; other capitals have 0.66, others 0.56."""
BOLD = 1.07


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    attributes: str
    values: dict[str, str]
    text: str

    def number(self, name: str) -> float:
        return _number(self.values, name)


@dataclass(frozen=True, slots=True)
class _Room:
    """What a label may take, in units of the picture."""

    width: float
    height: float


def figure_messages(path: str, text: str) -> list[Message]:
    """The labels of an SVG file in the order of the file, each once."""
    found = [_message(path, label) for label in _labels(text)]
    return list({message.key: message for message in found if has_words(message.text)}.values())


def in_figure(path: str, text: str, find: Find, stale: bool = False) -> str:
    """The text of the same SVG file with its labels in another language."""
    out, at = [], 0
    boxes = [{name: value[1:-1] for name, value in ATTRIBUTE.findall(found[1])} for found in RECT.finditer(text)]
    for label in _labels(text):
        found = find(_message(path, label))
        good = found.state is State.TRANSLATED or (stale and found.state is State.STALE)
        if found.entry and good and found.entry.translation.text.strip():
            out += [text[at : label[0].start], _drawn(label, found.entry.translation.text, _room(label, boxes))]
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


def _number(values: dict[str, str], name: str) -> float:
    found = re.match(r"-?\d+(?:\.\d+)?", values.get(name, ""))
    return float(found[0]) if found else 0.0


def _size(label: list[_Line]) -> float:
    return label[0].number("font-size") or 12.0


def _step(label: list[_Line]) -> float:
    """From one base line to the next."""
    if len(label) == 1:
        return 1.15 * _size(label)
    return (label[-1].number("y") - label[0].number("y")) / (len(label) - 1)


def _room(label: list[_Line], boxes: list[dict[str, str]]) -> _Room | None:
    """The room in the smallest box around a label's middle; none if there is only the paper, or if it is turned."""
    if "transform" in label[0].values:
        return None
    x, y = label[0].number("x"), (label[0].number("y") + label[-1].number("y")) / 2 - 0.35 * _size(label)
    around = []
    for box in boxes:
        left, top, wide, high = (_number(box, name) for name in ("x", "y", "width", "height"))
        if (left or top) and left <= x <= left + wide and top <= y <= top + high:
            before, behind = x - left, left + wide - x
            anchor = label[0].values.get("text-anchor", "start")
            free = {"middle": 2 * min(before, behind), "end": before}.get(anchor, behind)
            inset = 2 * INSET if anchor == "middle" else INSET
            around.append((wide * high, _Room(free - inset, 2 * min(y - top, top + high - y) - INSET)))
    return min(around, key=lambda one: one[0])[1] if around else None


def _wide(words: str, bold: bool) -> float:
    """About how wide words are drawn, as a multiple of the font's size."""
    known = {letter: width for letters, width in WIDTHS for letter in letters}
    letters = [letter for letter in words if not unicodedata.combining(letter)]
    total = sum(known.get(letter, 0.66 if letter.isupper() else 0.58) for letter in letters)
    return total * (BOLD if bold else 1.0)


def _drawn(label: list[_Line], words: str, room: _Room | None) -> str:
    """The elements of a label with other words."""
    first = label[0]
    size, step = _size(label), _step(label)
    lines, scale = _fitted(label, words, room) if room else _broken(label, words)
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


def _fits(label: list[_Line], lines: list[str], scale: float, room: _Room) -> bool:
    bold = label[0].values.get("font-weight") == "bold"
    widest = max(_wide(line, bold) for line in lines) * _size(label) * scale
    return widest <= room.width and len(lines) * _step(label) * scale <= room.height


def _fitted(label: list[_Line], words: str, room: _Room) -> tuple[list[str], float]:
    """Lines that fit into a box: as the translator broke them, unless other breaks allow a larger size than that.

    Lines of the source that begin with a capital are taken for points of a list, which are not joined. What never fits
    is set at the smallest size.
    """
    points = any(line.text[:1].isupper() for line in label[1:])
    given = [" ".join(line.split()) for line in words.strip().split("\n")]
    parts = given if points else [" ".join(given)]
    tries = [(given, scale) for scale in SIZES if scale >= WORTH]
    tries += [(_wrapped(label, parts, room.width / scale), scale) for scale in SIZES]
    for lines, scale in tries:
        if _fits(label, lines, scale, room):
            return lines, scale
    return _wrapped(label, parts, room.width / SMALLEST), SMALLEST


def _wrapped(label: list[_Line], parts: list[str], width: float) -> list[str]:
    """Each part in lines that are no wider, if their words allow it."""
    bold = label[0].values.get("font-weight") == "bold"
    out: list[str] = []
    for part in parts:
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and _wide(longer, bold) * _size(label) > width:
                out.append(line)
                longer = word
            line = longer
        out.append(line)
    return out


def _element(line: _Line, words: str, y: float, size: float | None) -> str:
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words):
        words = f"{RIGHT_TO_LEFT}{words}{END}"
    attributes = _with(line.attributes, "y", f"{y:.1f}".removesuffix(".0"))
    if size is not None:
        attributes = _with(attributes, "font-size", f"{size:.1f}".removesuffix(".0"))
    return f"<text{attributes}>{html.escape(words, quote=False)}</text>"


def _with(attributes: str, name: str, value: str) -> str:
    return re.sub(rf"(?<![\w:-]){name}\s*=\s*(\"[^\"]*\"|'[^']*')", f'{name}="{value}"', attributes, count=1)
