"""The manual as sentences with line numbers: what the prose checks and the fact check both look at.

A file is cut into passages: a paragraph, a list item, a row of a table, a definition, a footnote, a heading. A passage
knows its line, its section and whether it stands in a norm; its sentences know the line on which they begin. This is a
reader for checks only, far simpler than the one that makes editions: it needs lines, not structure, and it must be able
to read a file that an edition cannot be made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)[^}]*\})?\s*$")
FENCE = re.compile(r"^(:{3,})\s*(\{[^}]*\})?\s*$")
ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)])\s+")
NOTE = re.compile(r"^\[\^([\w-]+)\]:\s*")
END = re.compile(r"(?<=[.!?])(?:[”’)\]*_]|\{\.[\w-]+\}|\[\^[\w-]+\])*\s+(?=[“‘(\[*_]*[A-Z0-9“‘])")
SHORT = re.compile(r"(?:\b(?:arts?|paras?|No|no|vol|vols|e\.g|i\.e|v|p|pp|nos)|\b[A-Z])\.$")
CITED = re.compile(r"\s*\[@[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, item, row, definition, note or heading; each of its lines with its number, from 1."""

    path: str
    kind: str
    lines: tuple[tuple[int, str], ...]
    section: str = ""
    norm: str = ""
    level: int = 0
    table: str = ""

    @property
    def line(self) -> int:
        """The line of the file on which the passage begins, from 1."""
        return self.lines[0][0]

    @property
    def text(self) -> str:
        """The words as written, on one line."""
        return " ".join(line.strip() for _, line in self.lines)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written, with the line of the file on which it begins, from 1."""

    line: int
    text: str


def manual_files(top: Path = TOP) -> list[str]:
    """Every Markdown file of the manual and of its overlays, relative to `top`, in a fixed order; no licence text."""
    found = (path.relative_to(top).as_posix() for path in (top / "manual").rglob("*.md"))
    return sorted(path for path in found if path != "manual/LICENSE.md")


def read(path: str, top: Path = TOP) -> list[tuple[int, str]]:
    """The lines of a file with their numbers from 1, without its front matter."""
    lines = list(enumerate((top / path).read_text(encoding="utf-8").split("\n"), 1))
    if lines and lines[0][1] == "---":
        last = next(index for index, (_, text) in enumerate(lines) if index and text == "---")
        return lines[last + 1 :]
    return lines


def front_matter(path: str, top: Path = TOP) -> str:
    """The front matter of a file as it is written; empty if it has none."""
    text = (top / path).read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[0] if text.startswith("---\n") else ""


class _Reader:
    """Collects the lines of one file into passages."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.section = self.norm = self.table = ""
        self.fences: list[tuple[int, str, str]] = []
        self.open: list[tuple[int, str]] = []
        self.kind = "paragraph"
        self.found: list[Passage] = []

    def close(self, level: int = 0) -> None:
        """End the passage that is open, if any."""
        if self.open:
            lines = tuple(self.open)
            self.found.append(Passage(self.path, self.kind, lines, self.section, self.norm, level, self.table))
        self.open, self.kind = [], "paragraph"

    def take(self, number: int, text: str) -> None:
        """Read one line."""
        heading, fence = HEADING.match(text), FENCE.match(text.strip())
        if not text.strip():
            self.close()
        elif heading:
            self.close()
            self.section = heading[3] or self.section
            self.kind, self.open = "heading", [(number, text)]
            self.close(len(heading[1]))
        elif fence:
            self.close()
            self._fence(len(fence[1]), fence[2] or "")
        elif text.lstrip().startswith("|"):
            self.close()
            self.kind, self.open = "row", [(number, text)]
            self.close()
        else:
            self._words(number, text)

    def _fence(self, width: int, attributes: str) -> None:
        if not attributes and self.fences:
            _, self.norm, self.table = self.fences.pop()
            return
        self.fences.append((width, self.norm, self.table))
        name = re.search(r"#([\w-]+)", attributes)
        if ".norm" in attributes and name:
            self.norm = name[1]
        if ".table" in attributes and name:
            self.table = name[1]

    def _words(self, number: int, text: str) -> None:
        wrapped = self.open and self.kind != "item" and re.match(r"\s*(?!1[.)])\d+[.)]", text)
        for kind, starts in (("item", ITEM), ("definition", re.compile(r"^:\s+")), ("note", NOTE)):
            if starts.match(text) and not wrapped:
                self.close()
                self.kind = kind
        if text.startswith("!["):
            self.close()
            self.kind = "figure"
        if not self.open and self.kind == "paragraph" and text.startswith("    "):
            self.kind = "definition"
        self.open.append((number, text))


def passages(path: str, top: Path = TOP) -> list[Passage]:
    """The passages of a file in order; rules of tables (`|---|`) and code are left out."""
    reader = _Reader(path)
    code = False
    for number, text in read(path, top):
        if text.lstrip().startswith("```"):
            code = not code
            continue
        if not code and not re.fullmatch(r"\|[|:\s-]+", text.strip()):
            reader.take(number, text)
    reader.close()
    return reader.found


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage with their lines; each cell of a row, and a heading, is one."""
    if passage.kind == "row":
        yield Sentence(passage.line, passage.lines[0][1].strip())
        return
    text, starts = "", []
    for number, line in passage.lines:
        starts.append((len(text), number))
        text += line.strip() + " "
    at = 0
    for match in END.finditer(text):
        if not SHORT.search(text[at : match.start()]):
            yield _sentence(text, at, match.end(), starts)
            at = match.end()
    yield _sentence(text, at, len(text), starts)


def _sentence(text: str, start: int, end: int, starts: list[tuple[int, int]]) -> Sentence:
    line = max(number for offset, number in starts if offset <= start)
    return Sentence(line, text[start:end].strip())


def plain(text: str) -> str:
    """What a reader sees: without citations, attributes, targets of links and marks of emphasis."""
    text = CITED.sub("", text)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", text)
    text = re.sub(r"\[\]\(#[^)]*\)", "there", text)
    text = re.sub(r"\[([^\]^][^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[\^[\w-]+\]:?", "", text)
    text = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", text)
    text = re.sub(r"\{\{[\w.]+\}\}|`[^`]*`", "it", text)
    return re.sub(r"[*_|\[\]]|(?:^|(?<= ))> |^:\s+|^>\s|^#+\s|\{#[^}]*\}", " ", text).strip()
