"""From pandoc's columns back to offsets in the file.

Pandoc counts columns in text that it has normalised: no byte-order mark, `\\r\\n` as one line end, tabs expanded to
stops of four columns, Unicode NFC (measured with pandoc 3.9; `tooling/docs/formats/pandoc-positions.md`). We prepare
the text in that way ourselves and hand pandoc the prepared text, so that its columns count exactly our characters;
for each line that preparation changed we keep the offset of every column.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB_STOP = 4
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Text as pandoc gets it, with the way back."""

    lines: tuple[str, ...]
    """Prepared lines without their line ends."""
    starts: tuple[int, ...]
    """Offset in the file of each line's first character."""
    columns: tuple[tuple[int, ...] | None, ...]
    """Per line: offset in the file of each column's left edge, one more than columns; None if nothing was changed."""

    @property
    def text(self) -> str:
        """What pandoc reads."""
        return "\n".join(self.lines)

    def offset(self, line: int, column: int) -> int:
        """Offset in the file of the left edge of a column; line and column from 1, as pandoc gives them.

        A position past the last line, which pandoc uses for the end of the last block, is the file's end.
        """
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        table = self.columns[line - 1]
        column = min(column - 1, len(self.lines[line - 1]))
        return table[column] if table else self.starts[line - 1] + column


def prepare(text: str, blank_until: int = 0) -> Prepared:
    """Prepare a file's text; lines before offset `blank_until` (the front matter) become empty lines."""
    lines: list[str] = []
    starts: list[int] = []
    columns: list[tuple[int, ...] | None] = []
    position = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    for raw in text[position:].split("\n"):
        content = raw.removesuffix("\r")
        starts.append(position)
        line, table = ("", None) if position < blank_until else _prepare_line(content, position)
        lines.append(line)
        columns.append(table)
        position += len(raw) + 1
    return Prepared(tuple(lines), tuple(starts), tuple(columns))


def _prepare_line(line: str, start: int) -> tuple[str, tuple[int, ...] | None]:
    if "\t" not in line and "\r" not in line and unicodedata.is_normalized("NFC", line):
        return line, None
    out: list[str] = []
    edges: list[int] = []
    for begin, end in _clusters(line):
        piece = _prepare_piece(line[begin:end], len(out))
        out.extend(piece)
        edges.extend(start + begin + step for step in _steps(line[begin:end], piece))
    edges.append(start + len(line))
    return "".join(out), tuple(edges)


def _prepare_piece(piece: str, column: int) -> str:
    if piece == "\t":
        return " " * (TAB_STOP - column % TAB_STOP)
    return "" if piece == "\r" else unicodedata.normalize("NFC", piece)


def _steps(before: str, after: str) -> list[int]:
    """For each character of a prepared piece, how far into the piece of the file it begins.

    Characters that normalisation left alone at the piece's start keep their place; the rest begins where they end.
    """
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    return [min(step, same) for step in range(len(after))]


def _clusters(line: str) -> list[tuple[int, int]]:
    """Cut a line into the smallest pieces that may be normalised one by one (UAX #15, section 9.1)."""
    cuts: list[tuple[int, int]] = []
    begin = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or _may_cut(line[begin:end], line[end]):
            cuts.append((begin, end))
            begin = end
    return cuts


def _may_cut(before: str, after: str) -> bool:
    if before in ("\t", "\r"):
        return True
    if unicodedata.combining(after):
        return False
    joined = unicodedata.normalize("NFC", before + after)
    return joined == unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", after)
