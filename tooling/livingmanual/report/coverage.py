"""How much of a manual is translated: rows by file, sums of them, and a picture of the languages.

Words are counted and not messages, because a heading is not a page. Every word of the source is in exactly one of three
states; `drafted` words are translated, by a machine, and nobody has confirmed them yet.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One source file in one language; the counts are words of the source."""

    language: str
    path: str
    """The source file."""
    country: str | None
    """Code of the overlay that it belongs to; None for the manual itself."""
    translated: int
    stale: int
    missing: int
    drafted: int
    words: int

    def as_json(self) -> dict[str, Any]:
        """As `manual translate status --json` prints it."""
        return asdict(self)

    def share(self, count: int) -> int:
        """A count as per cent of the row's words: 0 and 100 only where it is none or all of them."""
        if not self.words:
            return 100
        whole = round(100 * count / self.words)
        return min(max(whole, 1), 99) if 0 < count < self.words else whole


def summed(rows: Iterable[Row], by: Callable[[Row], tuple[str, str, str | None]]) -> list[Row]:
    """One row for each (language, path, country) that `by` gives, in the order of their first rows."""
    sums: dict[tuple[str, str, str | None], list[int]] = {}
    for row in rows:
        counts = sums.setdefault(by(row), [0, 0, 0, 0, 0])
        for place, count in enumerate((row.translated, row.stale, row.missing, row.drafted, row.words)):
            counts[place] += count
    return [Row(*key, *counts) for key, counts in sums.items()]


COLOURS = (("confirmed", "#2A7F7F"), ("drafted", "#8FC1C1"), ("stale", "#B8862B"), ("missing", "#EDEFF2"))
"""What a bar is made of, from the left: translated and confirmed, drafted by a machine, stale, missing."""
WIDTH, BAR, STEP, LEFT, TOP = 480, 18, 30, 56, 40


def picture(rows: Sequence[Row], names: dict[str, str] | None = None) -> str:
    """An SVG with a bar for each row, named by its language; `names`: other names for the states, by English name."""
    words = names or {}
    height = TOP + STEP * len(rows) + 8
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 72}" height="{height}" '
        f'viewBox="0 0 {LEFT + WIDTH + 72} {height}" role="img">',
        f"<title>{html.escape(_said(rows))}</title>",
        f'<rect width="{LEFT + WIDTH + 72}" height="{height}" fill="#FFFFFF"/>',
    ]
    for number, (name, colour) in enumerate(COLOURS):
        x = LEFT + number * 122
        out.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}" stroke="#6B7280"/>')
        out.append(_text(x + 18, 22, words.get(name, name)))
    for number, row in enumerate(rows):
        out += _bar(row, TOP + STEP * number)
    return "\n".join([*out, "</svg>", ""])


def _bar(row: Row, y: int) -> list[str]:
    out = [_text(8, y + 14, row.language)]
    x = float(LEFT)
    counts = (row.translated - row.drafted, row.drafted, row.stale, row.missing)
    for (_, colour), count in zip(COLOURS, counts, strict=True):
        width = WIDTH * count / row.words if row.words else 0
        if width:
            out.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>')
        x += width
    out.append(f'<rect x="{LEFT}" y="{y}" width="{WIDTH}" height="{BAR}" fill="none" stroke="#6B7280"/>')
    return [*out, _text(LEFT + WIDTH + 8, y + 14, f"{row.share(row.translated)} %")]


def _text(x: int, y: int, words: str) -> str:
    style = 'font-family="Noto Sans, sans-serif" font-size="13" fill="#1B2430"'
    return f'<text x="{x}" y="{y}" {style}>{html.escape(words, quote=False)}</text>'


def _said(rows: Sequence[Row]) -> str:
    return "Translated, in per cent of words: " + ", ".join(
        f"{row.language} {row.share(row.translated)}" for row in rows
    )
