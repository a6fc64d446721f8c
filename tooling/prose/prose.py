"""Checks of the manual's prose: words, terms, length of sentences, slips, links, headings, quotation marks, spaces.

Every finding says file and line, what, why and what to do next. What is right although a check finds it is written into
exceptions.yaml with a reason, and an exception that no longer excuses anything is itself a finding, so that the list
stays short. The rules and the way to accept an exception are explained in tooling/docs/prose.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manual_text import HEADING, TOP, Passage, manual_files, passages, plain, read, sentences
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
EXCEPTIONS = "tooling/prose/exceptions.yaml"
WORDS = "tooling/prose/words.txt"
LONG, TOO_LONG = 35, 45
"""Words in a sentence: above the first a warning, above the second an error."""
DEEPEST = 4
"""Levels of headings: chapter, section, step, agenda; a fifth could not be found again in the contents."""
WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
UNEVEN, SENSELESS = "it is printed differently in every edition", "it makes changes that mean nothing"
TWICE = re.compile(r"\b(?!that\b|had\b)([^\W\d_]+) \1\b", re.IGNORECASE)
A_VOWEL = re.compile(
    r"\b[Aa] (?!(?:and|as|at|if|in|is|of|on|or)\b|(?:one|once|eu|ewe|uni|use|usa|usu|uti|ubi)[a-z-]*)[aeiou][a-z-]+"
)
AN_CONSONANT = re.compile(r"\b[Aa]n (?!(?:hour|honest|honour|heir))[bcdfghjklmnpqrstvwxyz][a-z-]+")
"""Articles before words in small letters; how an abbreviation is spoken is not seen from its letters."""
PAIRS = ("“”", "()")
VAGUE = {"here", "click here", "this", "link", "this link", "this page", "more", "read more"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; `about` is the text that an exception has to quote a part of."""

    check: str
    path: str
    line: int
    what: str
    why: str
    next_step: str
    about: str
    fatal: bool = True

    def __str__(self) -> str:
        kind = "error" if self.fatal else "warning"
        head = f"{self.path}:{self.line}: {kind}: {self.check}: {self.what}"
        return f"{head}\n  why: {self.why}\n  next: {self.next_step}"


def load(name: str) -> list[dict[str, Any]]:
    """The entries of a YAML file of this folder."""
    return list(YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8")) or [])


def _visible(passage: Passage) -> Iterator[tuple[int, str]]:
    """The lines without citations, which may run over several lines, and with the words for those who cannot see."""
    text = "\n".join(line for _, line in passage.lines)
    text = re.sub(r"\[@[^\]]*\]", lambda match: "\n" * match[0].count("\n"), text)
    text = re.sub(r'\{[^}]*alt="([^"]*)"[^}]*\}', r" \1 ", text)
    for (number, _), line in zip(passage.lines, text.split("\n"), strict=True):
        yield number, plain(line)


def check_words(passage: Passage, known: frozenset[str]) -> Iterator[Finding]:
    """Words that are in no list: mistyped, or new to the manual."""
    for number, line in _visible(passage):
        if "://" in line:
            continue
        for word in WORD.findall(line):
            parts = [word, *re.split(r"[-’]", word)] if re.search(r"[-’]", word) else [word]
            if not any(part.lower() in known for part in parts[:1]) and not all(
                part.lower() in known or len(part) == 1 for part in (parts[1:] or parts)
            ):
                yield Finding(
                    "word",
                    passage.path,
                    number,
                    f'"{word}" is in no list of words',
                    "a word that is not known is mistyped, or American, or new to the manual",
                    f"correct it; if it is right, add it to {WORDS}, which is kept in order of the alphabet",
                    word,
                )


def check_terms(passage: Passage, terms: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Words for which the glossary, or fairness, has another word."""
    text = re.sub(r"\s+", " ", plain(passage.text))
    for term in terms:
        for match in re.finditer(term["avoid"], text, re.IGNORECASE):
            yield Finding(
                term["group"],
                passage.path,
                _line_of(passage, match[0]),
                f'"{match[0]}"',
                str(term["why"]),
                f"write: {term['prefer']}",
                text[max(0, match.start() - 60) : match.end() + 60],
            )


def _line_of(passage: Passage, words: str) -> int:
    first = words.split(maxsplit=1)[0]
    return next((number for number, line in passage.lines if first in line), passage.line)


def check_length(passage: Passage) -> Iterator[Finding]:
    """Sentences that a reader, a translator or an interpreter cannot hold in one breath."""
    if passage.kind in ("row", "heading"):
        return
    for sentence in sentences(passage):
        text = plain(sentence.text)
        count = len(text.split())
        if count > LONG:
            yield Finding(
                "length",
                passage.path,
                sentence.line,
                f"a sentence of {count} words: “{' '.join(text.split()[:8])} …”",
                f"above {LONG} words it is hard to follow and hard to translate; above {TOO_LONG} it stops the check",
                "make two sentences of it, or a list",
                text,
                fatal=count > TOO_LONG,
            )


def check_slips(passage: Passage) -> Iterator[Finding]:
    """What a hand leaves behind when it changes a sentence: a word twice, a wrong article, half a pair of signs."""
    text = re.sub(r"\s+", " ", plain(passage.text.replace("|", " · ")))
    cases = [(match, f'"{match[0]}" stands twice', "take one out") for match in TWICE.finditer(text)]
    cases += [(match, f'"{match[0]}"', "write: an") for match in A_VOWEL.finditer(text)]
    cases += [(match, f'"{match[0]}"', "write: a") for match in AN_CONSONANT.finditer(text)]
    why = "it is left over from a change"
    for match, what, step in cases:
        about = text[max(0, match.start() - 60) : match.end() + 60]
        yield Finding("slips", passage.path, _line_of(passage, match[0]), what, why, step, about)
    inside = re.sub(r"^\W*\d+\)", "", text)
    for pair in PAIRS:
        if inside.count(pair[0]) != inside.count(pair[1]):
            what, step = f"{pair[0]} and {pair[1]} do not go in pairs", "add the other half, or take this one out"
            yield Finding("slips", passage.path, passage.line, what, why, step, text)


def check_links(passage: Passage) -> Iterator[Finding]:
    """Links that are written so that they do not work, or do not say where they lead."""
    wrong = (
        (r"\]\s+\([#.a-z]", "a space between the two halves of a link", "take the space out"),
        (r"\]\(\s*\)", "a link that leads nowhere", "write the target, or take the brackets off"),
        (r"\]\([^)\s]+ +[^)\"]*\)", "a space in the target of a link", "take the space out"),
        (r"(?<![(<])\bhttps?://", "an address in the text", "cite the work as [@key] and put the address there"),
        (r"\[@?#[\w-]+\](?!\()", "a reference that is not a link", "write [](#target)"),
    )
    for number, line in passage.lines:
        for pattern, what, step in wrong:
            if re.search(pattern, line):
                yield Finding("link", passage.path, number, what, "it is printed as it stands", step, line)
        for words in re.findall(r"(?<!!)\[([^\]^][^\]]*)\]\(", line):
            if words.strip().lower() in VAGUE:
                why = "on paper, and to those who hear the text, it says nothing"
                step = "name what it leads to, or write [](#target), which does so by itself"
                yield Finding("link", passage.path, number, f'a link whose words are "{words}"', why, step, line)


def check_headings(path: str, found: Iterable[Passage]) -> Iterator[Finding]:
    """Depth, steps between levels, and the written id that overrides and links hold on to."""
    before = 0
    for passage in (p for p in found if p.kind == "heading"):
        match = HEADING.match(passage.text)
        if match is None:
            continue
        wrong = []
        if passage.level > DEEPEST:
            wrong.append((f"a heading of level {passage.level}", f"{DEEPEST} levels are enough", "move it up"))
        if before and passage.level > before + 1:
            why = "readers who listen move from level to level"
            wrong.append((f"level {passage.level} follows level {before}", why, "do not leave out a level"))
        if not match[3]:
            why = "an id made from the words changes when they change, and overrides lose their target"
            wrong.append(("a heading without a written id", why, "add {#sec-chapter-word}"))
        if re.search(r"[.:;,]$", match[2]):
            wrong.append(("a heading that ends in a sign", "it stands in the contents", "take the sign off"))
        for what, why, step in wrong:
            yield Finding("heading", path, passage.line, what, why, step, passage.text)
        before = passage.level


def check_signs(path: str, lines: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Straight quotation marks, double spaces, spaces at the end of a line, tabs."""
    for number, line in lines:
        bare = re.sub(r"\{[^}]*\}|`[^`]*`|(?<=\])\([^)\s]*\)|<[^>]*>", "x", line)
        inner = re.sub(r"^\s*(?:[:>*+-]|\d+[.)])?\s+", "", bare)
        cases = (
            (re.search(r"[\"']", bare), "a straight quotation mark", "write “ ” or ’"),
            (re.search(r"\S  +\S", inner) and "|" not in inner, "two spaces", "write one"),
            (line != line.rstrip(), "spaces at the end of the line", "take them off; for a new line start a paragraph"),
            ("\t" in line, "a tab", "write spaces"),
            (re.search(r"\.\.\.", bare), "three dots", "write …"),
        )
        for wrong, what, step in cases:
            if wrong:
                why = UNEVEN if "mark" in what else SENSELESS
                yield Finding("signs", path, number, what, why, step, line)


def find(files: Iterable[str], top: Path = TOP) -> list[Finding]:
    """Everything that the checks find in these files, without regard to exceptions."""
    terms = load("terms.yaml")
    known = known_words(top)
    found: list[Finding] = []
    for path in files:
        parts = passages(path, top)
        for passage in parts:
            found += check_words(passage, known)
            found += check_terms(passage, terms)
            found += check_length(passage)
            found += check_slips(passage)
            found += check_links(passage)
        found += check_headings(path, parts)
        found += check_signs(path, read(path, top))
    return sorted(found, key=lambda f: (f.path, f.line, f.check, f.what))


def known_words(top: Path = TOP) -> frozenset[str]:
    """The list of words, in small letters, and every word of the glossary's entries."""
    listed = (HERE / "words.txt").read_text(encoding="utf-8").split("\n")
    glossary = [p.text for p in passages("manual/glossary.md", top) if p.kind == "paragraph"]
    words = {word.lower() for text in glossary if not text.endswith((".", ":")) for word in WORD.findall(text)}
    return frozenset(words | {word.strip().lower() for word in listed if word and not word.startswith("#")})


def without(found: Iterable[Finding], exceptions: list[dict[str, Any]]) -> list[Finding]:
    """What no exception excuses, and every exception that excuses nothing or gives no reason."""
    used = [False] * len(exceptions)
    left = []
    for finding in found:
        excused = False
        for index, exception in enumerate(exceptions):
            if _covers(exception, finding):
                used[index] = excused = True
        if not excused:
            left.append(finding)
    for exception, was_used in zip(exceptions, used, strict=True):
        about = str(exception.get("text", exception.get("path", "")))
        if not was_used:
            what, step = f'the exception for "{about}" excuses nothing', "take it out"
            left.append(Finding("exception", EXCEPTIONS, 1, what, "a list of exceptions is kept short", step, about))
        if not str(exception.get("reason", "")).strip():
            what, step = f'the exception for "{about}" has no reason', "write the reason"
            left.append(Finding("exception", EXCEPTIONS, 1, what, "the next editor has to judge it", step, about))
    return left


def _covers(exception: dict[str, Any], finding: Finding) -> bool:
    return (
        exception["check"] == finding.check
        and finding.path.startswith(str(exception.get("path", "")))
        and str(exception.get("text", "")) in finding.about
    )


def report(found: list[Finding], say: Callable[[str], object]) -> int:
    """Print the findings; 1 if one of them is an error."""
    for finding in found:
        say(f"{finding}\n")
    errors = sum(finding.fatal for finding in found)
    say(f"prose: {errors} errors, {len(found) - errors} warnings\n")
    return int(errors > 0)


def main() -> int:
    """Check the manual's text."""
    return report(without(find(manual_files()), load("exceptions.yaml")), sys.stdout.write)


if __name__ == "__main__":
    sys.exit(main())
