"""Reviewers who do anything at random places of a Word file, as Word records it; several of them in one file."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from lxml.etree import _Element

from tests.support.word_edits import DOCUMENT, NOTES, WordFile, w

MADE = ("TOC", "Contents", "Bibliography", "EditionStamp")
"""Styles of paragraphs that are all the tool's own."""
AUTHORS = ("Amina Diallo", "Jean-Pierre Ngũgĩ", "Ṣadé O’Brien")
NASTY = (
    "*", "_", "**bold**", "_em_", "[x](y)", "{{country}}", "{{x}}", "[@act-1]", "[@nobody]", "@act-1", "# ", "1. ",
    "- ", "+ a", "|", "a|b", "\\", "\\\\", "\\*", "&amp;", "&", "&copy;", "<b>", "</b>", "<!-- x -->", "<http://a.b>",
    "http://a.b/c_d_e", "$x$", "$5 and $6", "$$y$$", "~~a~~", "~a~", "x^2^", "^", "`code`", "```", "`", "[", "]",
    "](", "![", "[^1]", "[^new]: x", "a_b_c", "snake_case_word", ":::", "::: {.x}", "{.x}", "{#id}", "---", "***",
    "===", "> q", ">", "=", ":", ": d", "(1) x", "a) b", "iv. x", "#. x", "(@) x", "...", "--", "'s", "\"q\"",
    "l'État : « oui »", "a\u00a0b", "\u00a0", "co\u00adop", "non\u2011break", "\U0001f54a",
    "\U0001f468\u200d\U0001f469", "السلام عليكم", "e\u0301", "line\nbreak", "a\n- b", "a\n1. b", "a\n# b",
    "tab\there", "x  y", "\ue000", "Ⅳ.", "٣. x", "[x]: y", "[x]", "| a | b |", "|---|", "+---+", "    code", "\tcode",
    "2 * 3 * 4", "f(x)=[a,b]", "C:\\new\\*",
)  # fmt: skip


def style_of(paragraph: _Element) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if found is None else str(found.get(w("val")))


class Reviewer:
    """Edits one file at random."""

    def __init__(self, data: bytes, seed: int) -> None:
        self.random = random.Random(seed)
        self.file = WordFile(data)
        self.done: list[str] = []
        self.whole: set[_Element] = set()
        """Paragraphs that took part in a change of paragraphs; nothing else happens to them."""

    def run(self, count: int) -> bytes:
        """The file after some edits."""
        for _ in range(count):
            self._one()
        return self.file.data()

    def goes_on_elsewhere(self) -> None:
        """From now on, keep away from every paragraph and table in which something was changed."""
        for paragraph in [*self.file.paragraphs(), *self.file.paragraphs(NOTES)]:
            if self._marked(paragraph) or paragraph.find(f".//{w('rPrChange')}") is not None:
                self.whole.add(paragraph)
        for table in self.file.roots[DOCUMENT].iter(w("tbl")):
            if table.find(f".//{w('trPr')}/*") is not None:
                self.whole |= {*table.iter(w("tr")), *table.iter(w("p"))}

    def _one(self) -> None:
        kinds = (
            self.typed, self.typed, self.typed, self.deleted, self.deleted, self.retyped, self.retyped, self.nested,
            self.formatted, self.split, self.joined, self.gone, self.added, self.moved, self.moved_words,
            self.row_gone, self.row_added, self.commented, self.commented, self.restyled,
        )  # fmt: skip
        kind = self.random.choice(kinds)
        if kind():
            self.done.append(kind.__name__)

    # Places

    def author(self) -> str:
        return self.random.choice(AUTHORS)

    def words(self) -> str:
        """What somebody types: plain words, or something that Markdown takes for markup."""
        if self.random.random() < 0.5:
            return self.random.choice(NASTY)
        return self.random.choice([f"new{self.random.randrange(999)}", "and more", "a, b; c", " spaced "])

    def prose(self) -> list[_Element]:
        """Paragraphs with bookmarks, in the body."""
        free = [p for p in self.file.paragraphs() if p not in self.whole and p.find(w("bookmarkStart")) is not None]
        return [
            p
            for p in free
            if len(self.file.text(p)) > 4
            and not style_of(p).startswith(("TOC", "Contents", "Bibliography", "EditionStamp"))
        ]

    def place(self) -> _Element:
        if self.random.random() < 0.1 and (notes := self.notes()):
            return self.random.choice(notes)
        return self.random.choice(self.prose())

    def notes(self) -> list[_Element]:
        return [p for p in self.file.paragraphs(NOTES) if len(self.file.text(p)) > 8 and p not in self.whole]

    def span(self, paragraph: _Element) -> tuple[int, int]:
        """Some words, or any stretch, or everything; a heading, to which references lead, keeps its first letter."""
        text = self.file.text(paragraph)
        if style_of(paragraph).startswith("Heading"):
            start = min(len(text), 5)
            return start, min(len(text), start + self.random.randrange(12))
        if self.random.random() < 0.05:
            return 0, len(text)
        found = list(re.finditer(r"\S+", text)) or list(re.finditer(r"\s+", text))
        if self.random.random() < 0.7 and found:
            first = self.random.randrange(len(found))
            last = min(len(found) - 1, first + self.random.randrange(3))
            return found[first].start(), found[last].end()
        start = self.random.randrange(len(text)) if text else 0
        return start, min(len(text), start + self.random.randrange(1, 12))

    def together(self) -> list[_Element]:
        """Two untouched neighbours in the body, outside tables; no headings, to which references lead."""
        free = [p for p in self.prose() if p.getparent().tag == w("body") and not style_of(p).startswith("Heading")]
        pairs = [(a, b) for a, b in pairwise(free) if a.getnext() is b]
        pairs = [(a, b) for a, b in pairs if not any(self._marked(p) for p in (a, b))]
        return list(self.random.choice(pairs)) if pairs else []

    def _marked(self, paragraph: _Element) -> bool:
        return any(paragraph.find(f".//{w(name)}") is not None for name in ("ins", "del", "moveFrom", "moveTo"))

    def rows(self) -> list[_Element]:
        rows = [row for row in self.file.roots[DOCUMENT].iter(w("tr")) if row not in self.whole]
        return [row for row in rows if not any(row.find(f".//{w(n)}") is not None for n in ("ins", "del", "moveTo"))]

    # Edits; each returns whether it was done

    def typed(self) -> bool:
        paragraph = self.place()
        offset = self.random.randrange(len(self.file.text(paragraph)) + 1)
        if self.random.random() < 0.2:
            offset = self.random.choice([0, len(self.file.text(paragraph))])
        look = self.random.choice(["", "", "", "b", "i"])
        self.file.insert(paragraph, offset, self.words(), self.author(), look)
        return True

    def deleted(self) -> bool:
        paragraph = self.place()
        self.file.delete(paragraph, *self.span(paragraph), self.author())
        return True

    def retyped(self) -> bool:
        paragraph = self.place()
        self.file.replace(paragraph, *self.span(paragraph), self.words(), self.author())
        return True

    def nested(self) -> bool:
        """Somebody inserts, somebody else deletes a part of that."""
        paragraph = self.place()
        offset = self.random.randrange(len(self.file.text(paragraph)) + 1)
        self.file.insert(paragraph, offset, "several new words here", AUTHORS[0])
        self.file.delete(paragraph, offset + 8, offset + 12, AUTHORS[1])
        return True

    def formatted(self) -> bool:
        paragraph = self.place()
        self.file.format(paragraph, *self.span(paragraph), self.random.choice(["b", "i", "strike"]), self.author())
        return True

    def split(self) -> bool:
        paragraph = self.random.choice([p for p in self.prose() if not style_of(p).startswith("Heading")])
        text = self.file.text(paragraph)
        first = self.file.split(paragraph, self.random.randrange(len(text) + 1), self.author())
        self.whole |= {paragraph, first}
        return True

    def joined(self) -> bool:
        pair = self.together()
        if pair:
            self.file.join(pair[0], self.author())
            self.whole |= set(pair)
        return bool(pair)

    def gone(self) -> bool:
        pair = self.together()
        if pair:
            self.file.delete_paragraph(pair[0], self.author())
            self.whole |= set(pair)
        return bool(pair)

    def added(self) -> bool:
        pair = self.together()
        if pair:
            words = f"A new paragraph {self.words()} here"
            new = self.file.add_paragraph(pair[0], words, self.author(), self.random.random() < 0.5)
            self.whole |= {*pair, new}
        return bool(pair)

    def moved(self) -> bool:
        pair, target = self.together(), self.together()
        if not pair or not target or set(pair) & set(target):
            return False
        self.file.move_paragraph(pair[0], target[0], self.author())
        self.whole |= {*pair, *target}
        return True

    def moved_words(self) -> bool:
        source, target = self.place(), self.place()
        if source is target:
            return False
        start, end = self.span(source)
        if start < end:
            at = self.random.randrange(len(self.file.text(target)) + 1)
            self.file.move_words(source, start, end, target, at, self.author())
        return start < end

    def row_gone(self) -> bool:
        rows = self.rows()
        if rows:
            row = self.random.choice(rows)
            self.file.delete_row(row, self.author())
            self.whole |= {row, *row.iter(w("p"))}
        return bool(rows)

    def row_added(self) -> bool:
        rows = self.rows()
        if rows:
            row = self.random.choice(rows)
            new = self.file.insert_row(row, [self.words(), self.words()], self.author())
            self.whole |= {row, new, *row.iter(w("p")), *new.iter(w("p"))}
        return bool(rows)

    def commented(self) -> bool:
        paragraph = self.place()
        start, end = self.span(paragraph)
        shape = self.random.randrange(4)
        if shape == 0:
            number = self.file.comment((paragraph, start), None, "A point.", self.author())
        elif shape == 1 and paragraph in self.prose() and paragraph is not self.prose()[-1]:
            after = self.prose()[self.prose().index(paragraph) + 1]
            number = self.file.comment((paragraph, start), (after, 2), "Over paragraphs.", self.author())
        else:
            number = self.file.comment((paragraph, start), (paragraph, end), f"On {self.words()}", self.author())
        if self.random.random() < 0.4:
            self.file.comment((paragraph, start), (paragraph, end), "A reply.\nSecond line.", self.author(), number)
        if self.random.random() < 0.3:
            self.file.resolve(number)
        return True

    def restyled(self) -> bool:
        pair = self.together()
        if pair:
            self.file.restyle(pair[0], self.random.choice(["Heading4", "BodyText", "Heading5"]), self.author())
            self.whole |= set(pair)
        return bool(pair)
