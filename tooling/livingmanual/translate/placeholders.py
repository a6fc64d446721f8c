"""What a translation must carry over from its source unharmed, and what of it was lost.

Variables, citations, references, notes, classes and code are read by the tool, not by people; a translator moves them
to where the other language needs them, and a slip of the hand there would put a wrong name or no source into an
edition. Words between them are nobody's business here: emphasis that differs is only worth a remark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
"""An escaped character (CommonMark 0.31, section 2.4)."""
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
MATH = re.compile(r"(?<![\w$])\$(?=[^\s$])([^$]*[^\s$])\$(?![\d$])")
VARIABLE = re.compile(r"\{\{\s*([A-Za-z][\w-]*)((?:\.[\w-]+)*)\s*(?:\|[^{}|]*)?\}\}")
ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[^<>\s@]+@[^<>\s]+)>")
TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
INLINE_NOTE = re.compile(r"\^\[")
CITATION = re.compile(r"\[(?:[^\[\]@]*[\s(])?-?@\w[^\[\]]*\]")
CITED = re.compile(r"(?<![\w.])-?@(\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
TARGET = re.compile(r"\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
ATTRIBUTES = re.compile(r"(?<=[\])`])\{([^{}]*)\}")
NAME = re.compile(r"(?<!\S)([.#][^\s.#=\"]+)")
STARS, LINES = re.compile(r"\*+"), re.compile(r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|(?<![\w_])_+(?![\w_])")
PARAGRAPH = re.compile(r"\n[ \t]*\n")
RESERVED = re.compile("[\ue000-\uf8ff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no XML file may hold (XML 1.0, section 2.2), and so no Word file."""
OVERRIDES = re.compile("[\u202d\u202e]")
"""Characters that turn round the order in which letters are shown (Unicode Standard Annex 9, section 2.2)."""
UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]+"
)
"""White space, and what has no shape of its own (Default_Ignorable_Code_Point, Unicode 15, section 5.21)."""
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LITERAL = re.compile(r"\\\{\\\{[^{}]*\}\}")
"""Braces that are words: the opening ones are escaped, so the closing ones close nothing."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing that must be carried over, and how people call one that is lost, and one too many."""

    lost: str
    added: str


KINDS = {
    "variable": _Kind("the variable {{{{{}}}}} is missing", "the variable {{{{{}}}}} is not in the source"),
    "citation": _Kind("the citation of @{} is missing", "the citation of @{} is not in the source"),
    "note": _Kind("the note [^{}] is missing", "the note [^{}] is not in the source"),
    "inline note": _Kind("a note {}…] is missing", "a note {}…] is not in the source"),
    "target": _Kind('the link to "{}" is missing', 'the link to "{}" is not in the source'),
    "class": _Kind("the mark {{{}}} is missing", "the mark {{{}}} is not in the source"),
    "code": _Kind("the code `{}` is missing or changed", "the code `{}` is not in the source"),
    "formula": _Kind("the formula ${}$ is missing or changed", "the formula ${}$ is not in the source"),
    "tag": _Kind("the tag <{}> is missing", "the tag <{}> is not in the source"),
}
ONCE = frozenset({"variable"})
"""How often these stand does not matter: a language may say "it" where another repeats the name."""
LOOKED_UP = frozenset({"variable", "citation", "target"})
"""What stands elsewhere, and may be gone by now."""


def damage(source: str, translation: str) -> tuple[str, ...]:
    """What the translation lost or broke, in plain words; empty if it can be used."""
    return (*lost(source, translation), *_broken(_Parts(source), _Parts(translation), source, translation))


def lost(source: str, translation: str) -> tuple[str, ...]:
    """What the translation does not refer to, or refers to without being asked: the part of `damage` about things."""
    return tuple(_differences(_Parts(source).things, _Parts(translation).things))


def misleads(source: str, earlier: Iterable[str], translation: str) -> bool:
    """True if a stale translation may not be shown, not even marked as stale.

    It may lack what today's `source` has, and keep what an `earlier` wording had; but what is looked up elsewhere must
    be in today's text, because it may be gone, and anything that no wording had is nobody's text.
    """
    today, given = _Parts(source), _Parts(translation)
    wordings = [today, *map(_Parts, earlier)]
    for name in KINDS:
        known = [today] if name in LOOKED_UP else wordings
        if set(given.things[name]) - {thing for wording in known for thing in wording.things[name]}:
            return True
    return any(_broken(today, given, source, translation))


def _broken(wanted: _Parts, given: _Parts, source: str, translation: str) -> Iterator[str]:
    """What cannot be read, or not be seen, whatever the source refers to."""
    known = set(wanted.broken())
    yield from (wrong for wrong in given.broken() if wrong not in known)
    if PARAGRAPH.search(translation.strip()):
        yield "it has two paragraphs where the source has one"
    for pattern, wrong in (
        (RESERVED, "it holds a character of Unicode's private use area, which no font shows"),
        (CONTROL, "it holds a control character, which no page can show"),
        (OVERRIDES, "it holds a character that turns the order of its letters round"),
    ):
        if pattern.search(translation) and not pattern.search(source):
            yield wrong
    if translation.strip() and not UNSEEN.sub("", COMMENT.sub("", translation)):
        yield "nothing of it can be seen"


def remarks(source: str, translation: str) -> tuple[str, ...]:
    """What differs but may well be meant: emphasis."""
    wanted, given = _Parts(source).emphasis(), _Parts(translation).emphasis()
    if wanted == given:
        return ()
    return (f"it has {given} words or phrases with emphasis, the source {wanted}",)


def _differences(wanted: dict[str, Counter[str]], given: dict[str, Counter[str]]) -> Iterator[str]:
    for name, kind in KINDS.items():
        here, there = wanted[name], given[name]
        if name in ONCE:
            here, there = Counter(set(here)), Counter(set(there))
        yield from (kind.lost.format(thing) for thing in here - there)
        yield from (kind.added.format(thing) for thing in there - here)


class _Parts:
    """The things in a message that are not words, and the rest with those taken out."""

    def __init__(self, text: str) -> None:
        self.things: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
        rest = ESCAPED.sub("\ufffc\ufffc", LITERAL.sub("\ufffc", text))
        rest = self._take("code", CODE, rest, 2)
        rest = self._take("formula", MATH, rest, 1)
        rest = self._take("variable", VARIABLE, rest, 1)
        rest = self._take("target", ADDRESS, rest, 1)
        rest = self._take("tag", TAG, rest, 2)
        rest = self._take("note", NOTE, rest, 1)
        self.things["inline note"].update(INLINE_NOTE.findall(rest))
        rest = CITATION.sub(self._cited, rest)
        self.things["target"].update(found[1] for found in TARGET.finditer(rest) if found[1])
        rest = TARGET.sub("]`", rest)
        for found in ATTRIBUTES.finditer(rest):
            self.things["class"].update([" ".join(sorted(NAME.findall(found[1])))] if NAME.search(found[1]) else [])
        self.rest = ATTRIBUTES.sub("", rest)

    def _take(self, name: str, pattern: re.Pattern[str], text: str, group: int) -> str:
        self.things[name].update(" ".join(found[group].split()) for found in pattern.finditer(text))
        return pattern.sub("`", text)

    def _cited(self, found: re.Match[str]) -> str:
        self.things["citation"].update(CITED.findall(found[0]))
        return "\ufffc"

    def broken(self) -> Iterator[str]:
        """What is opened and not closed, or the other way round."""
        if "{{" in self.rest or "}}" in self.rest:
            yield "the braces of a variable do not match: it is written {{name}}"
        if not _balanced(self.rest, "[", "]"):
            yield "its square brackets do not match"
        if "](" in self.rest:
            yield "the round brackets of a link do not match"
        for mark, pattern in (("*", STARS), ("_", LINES)):
            if sum(len(found) for found in pattern.findall(self.rest)) % 2:
                yield f"an emphasis is opened and not closed: there is an odd number of {mark}"

    def emphasis(self) -> int:
        """How many words or phrases are emphasised."""
        return sum(len(pattern.findall(self.rest)) for pattern in (STARS, LINES)) // 2


def _balanced(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0
