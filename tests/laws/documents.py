"""Small manuals of all constructs, made at random: what the laws of the round trip are tried on.

A seed gives a manual. Some of its paragraphs look alike on purpose, as they do in a real manual.
"""

from __future__ import annotations

import random
from collections.abc import Callable

SETTINGS = """format: 1
id: laws
title: A Manual for Laws
language: en
languages: [en]
formats: [docx]
notations: {variables: true, citations: true, terms: true}
chapters: [chapters/01.md, chapters/02.md]
references: references.yaml
variables: {country: your country, committee: the national committee}
"""
REFERENCES = """references:
- id: act-1
  type: report
  author: [{literal: Act One}]
  title: The first act
  issued: {date-parts: [[2011]]}
"""
VOCABULARY = """
the committee publishes its review every year and ministers answer to it in writing before any crisis begins while
districts report signs of danger that nobody else has seen peace is work done early by people whose names are known a
warning reaches its desk or is lost don't wait 5 % more (see below) well-known naïve façade Ǫ̀yọ́ مرحبا 2008 §14
"""
WORDS = VOCABULARY.split()


class Writer:
    """Writes one manual."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.notes: list[str] = []
        self.sections = 0

    def files(self) -> dict[str, str]:
        """The manual's files."""
        return {
            "manual/manual.yaml": SETTINGS,
            "manual/references.yaml": REFERENCES,
            "manual/chapters/01.md": self.chapter(1),
            "manual/chapters/02.md": self.chapter(2),
        }

    def chapter(self, number: int) -> str:
        """A chapter with a title and some blocks."""
        self.notes = []
        parts = [f"# The chapter {self.words(3)} {{#ch-{number}}}", self.paragraph()]
        makers: tuple[Callable[[], str], ...] = (
            self.paragraph,
            self.paragraph,
            self.twins,
            self.section,
            self.bullets,
            self.numbers,
            self.table,
            self.definitions,
            self.quotation,
            self.code,
            self.norm,
        )
        for _ in range(self.random.randrange(5, 10)):
            parts.append(self.random.choice(makers)())
            if self.notes and self.random.random() < 0.5:
                parts.append(self.notes.pop())
        return "\n\n".join([*parts, *self.notes]) + self.random.choice(["\n", "\n\n", ""])

    # Inline

    def words(self, count: int) -> str:
        """Plain words."""
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def phrase(self, words: int = 14, notes: bool = True) -> str:
        """Words with some inline constructs between them, on one line."""
        out = [self.words(2)]
        for _ in range(words // 4):
            out += [self.inline(notes), self.words(self.random.randrange(1, 5))]
        return " ".join(out) + self.random.choice([".", ".", "?", ""])

    def inline(self, notes: bool) -> str:
        """One construct, or plain words."""
        kind = self.random.randrange(16)
        text = self.words(self.random.randrange(1, 4))
        made = {
            0: f"**{text}**",
            1: f"*{text}*",
            2: f"***{text}***",
            3: f"*{text} **{self.words(1)}** {self.words(1)}*",
            4: f"[{text}](https://example.org/{self.random.randrange(99)})",
            5: f"`x_{self.random.randrange(99)}`",
            6: "{{committee}}",
            7: "[@act-1, p. 3]",
            8: "[](#ch-1)",
            9: f"~~{text}~~",
            10: "2 \\* 3 &lt; 7 \\[x\\]",
            11: "H~2~O and x^2^",
            12: f"[{text}]{{.to-confirm}}",
        }.get(kind)
        if kind == 13 and notes:
            name = f"n{len(self.notes)}-{self.random.randrange(10**6)}"
            more = f"\n\n    {self.phrase(8, notes=False)}" if self.random.random() < 0.3 else ""
            self.notes.append(f"[^{name}]: {self.phrase(8, notes=False)}{more}")
            return f"{text}[^{name}]"
        return made or text

    def wrapped(self, text: str, prefix: str = "") -> str:
        """The text over several lines, as editors wrap it; a line never begins with what could be markup."""
        out: list[str] = []
        for word in text.split(" "):
            if out and self.random.random() < 0.12 and word[:1].isalpha():
                out.append(f"\n{prefix}{word}")
            else:
                out.append(f" {word}" if out else word)
        return "".join(out)

    # Blocks

    def paragraph(self) -> str:
        """A paragraph."""
        return self.wrapped(self.phrase())

    def twins(self) -> str:
        """Two paragraphs that differ in a word, or not at all."""
        text = self.phrase(10, notes=False)
        return f"In the first quarter {text}\n\nIn the {self.random.choice(['first', 'second'])} quarter {text}"

    def section(self) -> str:
        """A heading."""
        self.sections += 1
        return f"{'#' * self.random.randrange(2, 4)} Heading {self.words(2)} {{#sec-{self.sections}}}"

    def bullets(self) -> str:
        """A list with a list in it."""
        gap = self.random.choice(["\n", "\n", "\n\n"])
        items = [f"- {self.wrapped(self.phrase(8), '  ')}" for _ in range(self.random.randrange(1, 4))]
        if self.random.random() < 0.6:
            items.insert(1, f"  - {self.phrase(4)}\n  - {self.phrase(4)}")
        if self.random.random() < 0.3:
            items.append(f"- {self.phrase(4)}\n\n  {self.phrase(6)}")
        return gap.join(items)

    def numbers(self) -> str:
        """A numbered list."""
        first = self.random.choice([1, 1, 1, 4])
        items = [f"{first + n}. {self.wrapped(self.phrase(8), '   ')}" for n in range(self.random.randrange(2, 5))]
        if self.random.random() < 0.5:
            items.insert(1, f"   1. {self.phrase(4)}\n   2. {self.phrase(4)}")
        return "\n".join(items)

    def table(self) -> str:
        """A table, perhaps with a caption."""
        columns = self.random.randrange(2, 4)
        rows = [
            "| " + " | ".join(self.phrase(4, notes=False) for _ in range(columns)) + " |"
            for _ in range(self.random.randrange(2, 5))
        ]
        rows.insert(1, "|" + "---|" * columns)
        table = "\n".join(rows)
        if self.random.random() < 0.5:
            self.sections += 1
            return f"::: {{.table #tbl-{self.sections}}}\nA caption {self.words(4)}.\n\n{table}\n:::"
        return table

    def definitions(self) -> str:
        """A definition list."""
        return "\n\n".join(
            f"Term {self.words(1)}\n:   {self.wrapped(self.phrase(8), '    ')}"
            for _ in range(self.random.randrange(1, 3))
        )

    def quotation(self) -> str:
        """A quotation of one or two paragraphs."""
        parts = [f"> {self.wrapped(self.phrase(10), '> ')}" for _ in range(self.random.randrange(1, 3))]
        return "\n>\n".join(parts)

    def code(self) -> str:
        """A block of code."""
        return f"```\n{self.words(3)}\n  {self.words(2)}\n```"

    def norm(self) -> str:
        """A norm with its statement and a definition."""
        self.sections += 1
        return (
            f'::: {{.norm #N{self.sections:02} level="core"}}\n{self.phrase(8, notes=False)}\n\n'
            f"Yes\n:   {self.phrase(6, notes=False)}\n:::"
        )
