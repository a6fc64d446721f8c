"""Check that accepted words come out of the Markdown as they went in.

Text from Word is data: whatever it contains, parsing the changed file must yield exactly that text, and must leave
every other block as it was. So the changed file is parsed, and its text compared with what the edits were meant to
say. If it differs, the edits of the file are tried one by one, with everything escaped where that helps; a remark that
still comes out wrong is not applied, and said.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from livingmanual.merge.apply import Job
from livingmanual.merge.apply import apply as apply_edits
from livingmanual.model.document import Document, Node
from livingmanual.model.remark import Edit
from livingmanual.model.run import OBJECT, TOKEN
from livingmanual.source import config
from livingmanual.source.tokens import Notations
from livingmanual.text import markdown, quoted, tree
from livingmanual.workflows import catalogs
from livingmanual.workflows.editions import cache_of
from livingmanual.workflows.load import MANUAL, notations_of, parse

if TYPE_CHECKING:
    from livingmanual.workflows.triage import Desk, Standing


NOTE = re.compile(r"^[> \t]*\[\^([^\]\s]+)\]:", re.MULTILINE)
MARKUP = re.compile(r"\n[> \t]*(?:\n|#{1,6}\s|[-+*]\s|\(?\w{1,9}[.)]\s|:\s|\||\[\^)")
"""What begins another paragraph, item, row or note."""


def visible(document: Document) -> list[tuple[int, int, str]]:
    """What a file shows, in the order of its source: (start, end, text); a token is one mark of its own, objects are
    left out.

    A note that is referred to twice counts once.
    """
    found: set[tuple[int, int, str]] = set()
    for leaf in _all_leaves(document.blocks):
        for run in tree.runs(leaf):
            known = run.span is not None and run.span.end <= len(document.text)
            if run.span is not None and known and not run.made.startswith("object "):
                found.add((run.span.start, run.span.end, run.text if run.literal else f"{TOKEN}{run.made}{TOKEN}"))
    return sorted(found)


def _all_leaves(blocks: list[Node]) -> Iterator[Node]:
    for leaf, _ in tree.leaves(blocks):
        yield leaf
        if leaf["t"] != "CodeBlock":
            for note in tree.notes_in(tree.inlines(leaf)):
                yield from _all_leaves(note["c"])


def expected(document: Document, edits: Sequence[Edit]) -> str:
    """What the file should show after the edits: what stands outside them, and their words; white space left out."""
    pieces: list[tuple[int, int, str]] = [(edit.start, 0, edit.plain) for edit in edits]
    for start, end, text in visible(document):
        exact = end - start == len(text) and not text.startswith(TOKEN)
        inside = [edit for edit in edits if edit.start < end and edit.end > start]
        if exact:
            cuts = [edit.start for edit in edits if edit.start == edit.end and start < edit.start < end]
            pieces += _kept(start, end, text, inside, cuts)
        elif not inside:
            pieces.append((start, 1, text))
    return _bare("".join(text for _, _, text in sorted(pieces, key=lambda piece: piece[:2])))


def _kept(
    start: int, end: int, text: str, inside: Sequence[Edit], cuts: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """The parts of an exact run that stand outside the edits, cut where an edit inserts."""
    edges = sorted({start, end, *cuts, *(p for e in inside for p in (max(e.start, start), min(e.end, end)))})
    for low, high in pairwise(edges):
        if not any(edit.start <= low and high <= edit.end and edit.start < edit.end for edit in inside):
            yield low, 1, text[low - start : high - start]


def _bare(text: str) -> str:
    """Letters only, as pandoc reads them (it composes them: NFC)."""
    bare = "".join(text.replace(OBJECT, "").replace("\u00ad", "").replace("\u200d", "").split())
    return unicodedata.normalize("NFC", bare)


def shape(document: Document, emptied: Sequence[Edit] = ()) -> list[tuple[str, int]]:
    """Kind and level of each paragraph that has words, cells left out; `emptied`: edits that only take words out."""
    out: list[tuple[str, int]] = []
    for leaf, place in tree.leaves(document.blocks):
        spans = [
            run.span for run in tree.runs(leaf) if run.span and run.text.strip() and run.span.end <= len(document.text)
        ]
        gone = all(any(edit.start <= span.start and span.end <= edit.end for edit in emptied) for span in spans)
        if spans and not gone and place.kind != "cell":
            out.append((place.kind, place.level))
    return out


def _shapes(edit: Edit, text: str) -> bool:
    """The edit is meant to change what the paragraphs are, not only their words."""
    line = text[text.rfind("\n", 0, edit.start) + 1 : edit.start]
    at_start = not line.strip("> \t")
    whole = at_start and (edit.old.endswith("\n") or (edit.start < edit.end == len(text)))
    return whole or any(
        MARKUP.search(found) or (at_start and MARKUP.search("\n" + found)) for found in (edit.old, edit.new) if found
    )


class Verifier:
    """Parses texts before and after, and compares."""

    def __init__(self, desk: Desk, texts: Mapping[str, str]) -> None:
        self.desk, self.texts = desk, dict(texts)
        self.cache = cache_of(desk.root)
        data = desk.folder.read(MANUAL) or b""
        settings = config.read_manual(MANUAL, data.decode("utf-8", "replace")).value
        self.notations = notations_of(settings) if settings else Notations()

    def sift(self, jobs: Sequence[Job], standings: Mapping[str, Standing]) -> tuple[list[Job], dict[str, str]]:
        """The jobs whose words come out right (their edits perhaps escaped further), and why the others do not."""
        checked = [job for job in jobs if standings[job.remark].disposition.get("text") is None]
        kept = [job for job in jobs if job not in checked]
        refused: dict[str, str] = {}
        for path in sorted({e.path for job in checked for e in job.edits}):
            mine = [job for job in checked if job.edits[0].path == path]
            good = self._good(mine, [], path, standings)
            kept += good
            for name in {job.remark for job in mine} - {job.remark for job in good}:
                refused[name] = f"{name}: its words would not come out of the Markdown as they are; write them by hand"
        order = {job.remark: number for number, job in enumerate(jobs)}
        return sorted(kept, key=lambda job: order[job.remark]), refused

    def _good(self, jobs: list[Job], beside: list[Job], path: str, standings: Mapping[str, Standing]) -> list[Job]:
        """Those of the jobs that come out right together with `beside`, found by halving."""
        if self._right([*beside, *jobs], path):
            return jobs
        if len(jobs) == 1:
            return self._mended(jobs[0], beside, path, standings)
        middle = len(jobs) // 2
        first = self._good(jobs[:middle], beside, path, standings)
        return [*first, *self._good(jobs[middle:], [*beside, *first], path, standings)]

    def _mended(self, job: Job, beside: list[Job], path: str, standings: Mapping[str, Standing]) -> list[Job]:
        """The job with everything in its words escaped, as Markdown or as HTML, if one of them helps."""
        said = standings[job.remark].remark.new.strip()
        saying = [edit for edit in job.edits if edit.new.strip()]
        edit = saying[0] if len(saying) == 1 else job.edits[0]
        only_breaks = edit.new.count("\n") == edit.new.count(markdown.HARD_BREAK) >= said.count("\n")
        if len(saying) != 1 or not only_breaks:
            return []
        core = edit.new.strip()
        before, _, behind = edit.new.partition(core)
        in_markdown = [] if "\n" in said else [markdown.escape(said, everything=True)]
        for words in (*in_markdown, *_as_html(said)):
            written = replace(edit, new=before + quoted.written_for(path, words) + behind)
            mended = replace(job, edits=tuple(written if e is edit else e for e in job.edits))
            if self._right([*beside, mended], path):
                return [mended]
        return []

    def _right(self, jobs: Sequence[Job], path: str) -> bool:
        """True if the text after the jobs shows the text before with just their words changed, and jobs that only
        change words leave every paragraph a paragraph of its kind.
        """
        edits = [edit for job in sorted(jobs, key=lambda j: j.rank) for edit in job.edits if edit.path == path]
        before = self._parsed(path, self.texts[path])
        shown = _bare("".join(text for _, _, text in visible(self._after(path, jobs))))
        if shown != expected(before, edits):
            return False
        words = [job for job in jobs if not any(_shapes(e, self.texts[path]) for e in job.edits if e.path == path)]
        emptied = [edit for job in words for edit in job.edits if edit.path == path and not edit.plain.strip()]
        return not words or shape(self._after(path, words)) == shape(before, emptied)

    def _after(self, path: str, jobs: Sequence[Job]) -> Document:
        return self._parsed(path, apply_edits(self.texts, jobs).get(path, self.texts[path]))

    def _parsed(self, path: str, text: str) -> Document:
        """The text with a reference to each of its notes at the end: a note that nothing refers to shows nothing."""
        if quoted.is_catalog(path):
            return catalogs.as_document(path, text, self.notations, self.cache)
        labels = dict.fromkeys(NOTE.findall(text))
        more = "\n\n" + " ".join(f"[^{label}]" for label in labels) + "\n" if labels else ""
        return replace(parse(path, text + more, self.notations, self.cache).value, text=text)


def _as_html(words: str) -> Iterator[str]:
    """The words as HTML, in which a backslash escapes nothing; then with every sign that could be a notation."""
    line = words.replace("\n", " ")
    yield html.escape(line, quote=False)
    yield markdown.PUNCTUATION.sub(lambda sign: f"&#{ord(sign.group())};", line)
