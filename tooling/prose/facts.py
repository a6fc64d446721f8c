"""The fact check: every claim of the manual, and what stands behind it.

A claim is a sentence with a date, an article, a number that means something, an instrument or a named body. Behind a
claim stands a citation in the sentence, in the rest of its passage, in the basis of its norm or in its footnote; a mark
that it is still to be confirmed; the source that an override gives in its front matter; or, for the mere name of an
instrument or a body, the reference of that name. A claim with none of these fails. The table is written to
tooling/docs/fact-check.md, and it is an error if that file is not what the manual says today.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manual_text import TOP, Passage, Sentence, front_matter, manual_files, passages, plain, sentences
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
TABLE = "tooling/docs/fact-check.md"
KEY = re.compile(r"@([a-z][\w-]*)")
MARK = "{.to-confirm}"
NAMED = ("article", "instrument", "body")
"""Kinds for which the reference of a name is enough; a date or a number needs a source of its own."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that states something, with what stands behind it; `state` is what the table shows."""

    path: str
    line: int
    kinds: tuple[str, ...]
    text: str
    keys: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands near a passage: the file's notes, the basis of its norm, the paragraph above its list."""

    notes: dict[str, Passage]
    basis: Passage | None
    lead: Passage | None


def settings() -> dict[str, Any]:
    """Patterns, names and exceptions."""
    return dict(YAML(typ="safe").load((HERE / "facts.yaml").read_text(encoding="utf-8")))


def references(top: Path = TOP) -> dict[str, dict[str, Any]]:
    """The entries of the file of references by key."""
    loaded = YAML(typ="safe").load((top / "manual/references.yaml").read_text(encoding="utf-8"))
    return {str(entry["id"]): dict(entry) for entry in loaded["references"]}


def kinds_of(text: str, patterns: dict[str, str]) -> tuple[str, ...]:
    """The kinds of claim in what a reader sees of a sentence."""
    return tuple(kind for kind, pattern in patterns.items() if re.search(pattern, text))


def claims(top: Path = TOP, rules: dict[str, Any] | None = None) -> tuple[list[Claim], list[str]]:
    """Every claim in order, and each exception that excuses nothing."""
    rules = rules or settings()
    used: set[int] = set()
    found: list[Claim] = []
    for path in manual_files(top):
        parts = passages(path, top)
        notes = {match[1]: part for part in parts if (match := re.match(r"\[\^([\w-]+)\]:", part.text))}
        lead: Passage | None = None
        bases = {part.norm: part for part in parts if part.norm and KEY.search(part.text)}
        for part in parts:
            if part.kind in ("heading", "figure"):
                continue
            if part.kind == "paragraph":
                lead = part
            above = lead if part.kind == "item" and lead and lead.section == part.section else None
            around = Around(notes, bases.get(part.norm), above)
            for sentence in sentences(part):
                claim = _claim(part, sentence, rules, around, used, top)
                if claim:
                    found.append(claim)
    idle = [str(entry) for index, entry in enumerate(rules["exceptions"]) if index not in used]
    return found, idle


def _claim(
    part: Passage,
    sentence: Sentence,
    rules: dict[str, Any],
    around: Around,
    used: set[int],
    top: Path,
) -> Claim | None:
    text = plain(sentence.text)
    kinds = kinds_of(text, rules["patterns"])
    if not kinds:
        return None
    keys, state = _behind(part, sentence, kinds, rules, around)
    if not state:
        state = _given(part.path, top)
    if not state:
        for index, entry in enumerate(rules["exceptions"]):
            if _excused(entry, part, text):
                used.add(index)
                state = f"exception: {entry['reason']}"
    return Claim(part.path, sentence.line, kinds, re.sub(r"\s+", " ", text), keys, state)


def _behind(
    part: Passage,
    sentence: Sentence,
    kinds: tuple[str, ...],
    rules: dict[str, Any],
    around: Around,
) -> tuple[tuple[str, ...], str]:
    """Keys and state of a sentence, from what is nearest to what is farthest."""
    shown = plain(sentence.text)
    marks = re.findall(r"\[\^([\w-]+)\]", sentence.text)
    noted = " ".join(around.notes[name].text for name in marks if name in around.notes)
    rest = part.text[part.text.find(sentence.text[:40]) :] if sentence.text[:40] in part.text else part.text
    lead = around.lead.text if around.lead else ""
    near = (
        ("cited", sentence.text),
        ("cited in its note", noted),
        ("cited later in its passage", rest),
        ("cited earlier in its passage", part.text),
        ("cited above its list", lead),
    )
    for state, text in near:
        keys = tuple(dict.fromkeys(KEY.findall(" ".join(re.findall(r"\[[^\]]*@[^\]]*\]", text)))))
        if MARK in text:
            return keys, "to confirm" + (" (" + state + ")" if keys else "")
        if keys:
            return keys, state
    if around.basis:
        return tuple(dict.fromkeys(KEY.findall(around.basis.text))), "cited in the basis of its norm"
    meant = [key for phrase, key in rules["phrases"].items() if re.search(phrase, shown)]
    if meant:
        return tuple(dict.fromkeys(meant)), "named by its date or number"
    names = [key for name, key in rules["names"].items() if name in shown]
    if names and all(kind in NAMED for kind in kinds):
        return tuple(dict.fromkeys(names)), "named"
    return (), ""


def _given(path: str, top: Path) -> str:
    """What an override says of its source in its front matter."""
    head = front_matter(path, top)
    source = re.search(r"^source: *\"?([^\"\n]+)", head, re.MULTILINE)
    status = re.search(r"^status: *(\S+)", head, re.MULTILINE)
    if "/overrides/" in path and source and source[1].strip() not in ("", "null"):
        return f"source of the override: {source[1].strip()} ({status[1] if status else 'no status'})"
    return ""


def _excused(entry: dict[str, Any], part: Passage, text: str) -> bool:
    return (
        part.path.startswith(str(entry.get("path", "")))
        and (not entry.get("section") or re.fullmatch(str(entry["section"]), part.section) is not None)
        and (not entry.get("table") or re.fullmatch(str(entry["table"]), part.table) is not None)
        and (not entry.get("text") or re.search(str(entry["text"]), text) is not None)
    )


def unsupported(found: Iterable[Claim]) -> list[str]:
    """A message for each claim with nothing behind it."""
    return [
        f"{claim.path}:{claim.line}: error: fact: {', '.join(claim.kinds)} without a source or a mark: “{claim.text}”\n"
        "  why: a reader has to be able to check every statement of fact\n"
        "  next: cite a reference [@key]; or mark it [words]{.to-confirm}; or, if it states no fact about the world, "
        "add an exception with its reason to tooling/prose/facts.yaml"
        for claim in found
        if not claim.state
    ]


def table(found: list[Claim], known: dict[str, dict[str, Any]]) -> str:
    """The fact-check page."""
    marked = sum(claim.state.startswith("to confirm") for claim in found)
    excused = sum(claim.state.startswith("exception") for claim in found)
    lines = [
        "# Fact check",
        "",
        "Made by `make facts` from the text of the manual; do not edit it. What counts as a claim, and what may stand",
        "behind one, is explained in [prose.md](prose.md). The letters and numbers after a reference are its source",
        "in the project's list of sources, followed by the grade: *text* was read, *secondary* was stated elsewhere,",
        "*part* was confirmed in part only.",
        "",
        f"{len(found)} claims: {len(found) - marked - excused} with a source, {marked} marked as still to be",
        f"confirmed, {excused} excepted with a reason.",
    ]
    path = ""
    for claim in found:
        if claim.path != path:
            path = claim.path
            lines += ["", f"## {path}", "", "| Line | Kind | Sentence | What stands behind it |", "|---|---|---|---|"]
        behind = "; ".join([claim.state or "**nothing**", *(_graded(key, known) for key in claim.keys)])
        lines.append(f"| {claim.line} | {', '.join(claim.kinds)} | {_cell(claim.text)} | {_cell(behind)} |")
    return "\n".join(lines) + "\n"


def _graded(key: str, known: dict[str, dict[str, Any]]) -> str:
    custom = known.get(key, {}).get("custom", {})
    return f"`{key}` ({custom.get('source', '?')}, {custom.get('confidence', '?')})"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", "\\|").replace("<", "&lt;")).strip()


def trouble(found: list[Claim], idle: list[str], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Everything that is wrong with the claims, apart from the page."""
    yield from unsupported(found)
    for entry in idle:
        yield f"tooling/prose/facts.yaml: error: fact: this exception excuses nothing: {entry}\n  next: take it out"
    for claim in found:
        for key in claim.keys:
            if key not in known or not known[key].get("custom", {}).get("confidence"):
                yield f"{claim.path}:{claim.line}: error: fact: the reference {key} has no source or grade"


def main(arguments: list[str]) -> int:
    """Write the page, or with --check see that it is what the manual says; 1 if something is wrong."""
    found, idle = claims()
    known = references()
    wrong = list(trouble(found, idle, known))
    page = TOP / TABLE
    made = table(found, known)
    if "--check" not in arguments:
        page.write_text(made, encoding="utf-8")
    elif not page.is_file() or page.read_text(encoding="utf-8") != made:
        wrong.append(f"{TABLE}: error: fact: the page is not what the manual says today\n  next: make facts")
    sys.stdout.write("".join(f"{message}\n" for message in wrong))
    sys.stdout.write(f"facts: {len(found)} claims, {len(wrong)} errors\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
