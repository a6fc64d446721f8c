"""The laws of the round trip, on small manuals and reviews made at random.

A manual of all constructs is built into a Word file by the real pipeline; reviewers do anything to it that Word can
record (`tests.laws.reviewers`); the file is imported, everything accepted, applied and built again. What must then be
true is said here once for all cases.
"""

import random
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import _Element

from livingmanual.merge.apply import Job, in_order
from livingmanual.merge.apply import apply as apply_edits
from livingmanual.workflows import triage
from livingmanual.workflows.import_review import ImportReport
from livingmanual.workflows.triage import Desk
from tests.laws.documents import Writer
from tests.laws.reviewers import NASTY, Reviewer
from tests.support import oracle, returns
from tests.support.returns import Workspace
from tests.support.word_edits import NOTES, WordFile

EXAMPLES = settings(derandomize=True, deadline=None, max_examples=4)
SEEDS = st.integers(0, 10**6)
REFUSED = 0.05
"""Share of changes that Markdown may be unable to say: emphasis in the middle of a word, next to punctuation…"""


@contextmanager
def manual(files: dict[str, str]) -> Iterator[tuple[Workspace, bytes]]:
    """A workspace with these files, and the Word file that goes to reviewers."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.of_texts(files, Path(folder) / "workspace")
        yield workspace, workspace.built()


@contextmanager
def reviewed(seed: int, count: int = 12) -> Iterator[tuple[Workspace, bytes, ImportReport]]:
    """A random manual, a random review of it, imported."""
    with manual(Writer(seed).files()) as (workspace, sent):
        data = Reviewer(sent, seed).run(count)
        yield workspace, data, workspace.take(data, author="Tess Bekele")


def jobs_of(workspace: Workspace, report: ImportReport) -> list[Job]:
    """What accepting the remarks would do."""
    wanted = {remark.id for remark in report.remarks if remark.edits}
    standings = [s for s in Desk(workspace.root, returns.ROUND).standings() if s.remark.id in wanted]
    return [Job(s.remark.id, s.submission.folder, rank, s.edits) for rank, s in enumerate(standings)]


def outside(before: str, after: str, edits: list[tuple[int, int]]) -> None:
    """Every stretch of `before` outside the edits stands in `after`, in order."""
    at = where = 0
    for start, end in [*sorted(edits), (len(before), len(before))]:
        kept = before[at:start]
        found = after.find(kept, where)
        assert found >= 0, kept
        assert at > 0 or found == 0
        where, at = found + len(kept), max(at, end)


@EXAMPLES
@given(SEEDS)
def test_accepting_everything_is_what_word_accepts(seed: int) -> None:
    with reviewed(seed) as (workspace, data, report):
        before = workspace.sources()
        assert report.balanced, report.differences
        assert workspace.take(data, author="Tess Bekele").added == 0
        assert workspace.apply().commits == () and workspace.sources() == before, "nothing was decided"
        names = [remark.id for remark in report.remarks]
        triage.decide(workspace.root, names, "rejected", "not now") if names else None
        assert workspace.apply().commits == () and workspace.sources() == before, "everything was rejected"
        marks = workspace.marks_of(data)
        outcome = workspace.accepted(report)
        changes = [remark for remark in report.remarks if remark.kind == "suggestion"]
        refused = {remark.id for remark in changes if remark.edits} & set(outcome.conflicts)
        assert len(refused) <= max(2, REFUSED * len(changes)), outcome.notes
        left_out = [
            mark
            for (remark, found), kept in zip(marks, report.remarks, strict=True)
            if remark.old + remark.new and (not remark.edits or kept.id in refused)
            for mark in found
        ]
        assert returns.differences(returns.undone(data, left_out), workspace.built()) == []
        for path, text in workspace.sources().items():
            edits = [(e.start, e.end) for r in report.remarks if r.id not in refused for e in r.edits if e.path == path]
            outside(before[path].decode(), text.decode(), edits)


@EXAMPLES
@given(SEEDS)
def test_order_does_not_matter(seed: int) -> None:
    """Any order of one set of remarks writes the same texts; two runs write what one would."""
    with reviewed(seed) as (workspace, _, report):
        jobs = jobs_of(workspace, report)
        texts = {path: data.decode() for path, data in workspace.sources().items() if path.endswith(".md")}
        whole = apply_edits(texts, jobs)
        chance = random.Random(seed)
        for _ in range(5):
            chance.shuffle(jobs)
            assert apply_edits(texts, jobs) == whole
            assert [e for _, e in in_order(jobs)] == [e for _, e in in_order(sorted(jobs, key=lambda j: j.rank))]
        chosen = chance.sample(report.remarks, len(report.remarks) // 2)
        workspace.accept(chosen)
        first = workspace.apply()
        workspace.accept([r for r in report.remarks if r not in chosen])
        second = workspace.apply()
        twice = workspace.sources()
        workspace.git("reset", "-q", "--hard", "start")
        workspace.git("clean", "-fdq", "reviews")
        again = workspace.take((workspace.root / "build" / "back.docx").read_bytes(), author="Tess Bekele")
        applied = {*first.applied, *second.applied}
        workspace.accept([r for r in again.remarks if r.id in applied])
        assert set(workspace.apply().applied) == applied
        assert workspace.sources() == twice


@settings(EXAMPLES, max_examples=2)
@given(SEEDS)
def test_the_order_of_reviewers_does_not_matter(seed: int) -> None:
    """Two people review one edition: applied one after the other, in either order, or at once, the text is the same."""
    with manual(Writer(seed).files()) as (workspace, sent):
        files = [Reviewer(sent, seed + n).run(7) for n in range(2)]

        def begun() -> list[ImportReport]:
            workspace.start_again()
            return [workspace.take(data, author=f"Person {n}", name=f"{n}.docx") for n, data in enumerate(files)]

        for first in (0, 1):
            reports = begun()
            workspace.accept(reports[first].remarks)
            applied = set(workspace.apply().applied)
            workspace.accept(reports[1 - first].remarks)
            applied |= set(workspace.apply().applied)
            one_by_one = workspace.sources()
            at_once = [remark for report in begun() for remark in report.remarks if remark.id in applied]
            workspace.accept(at_once)
            outcome = workspace.apply()
            together = set(outcome.applied)
            assert together <= applied
            touching = applied - together  # a new paragraph and words at the end of the one before it, for example
            assert touching <= set(outcome.conflicts)
            assert touching or workspace.sources() == one_by_one


@EXAMPLES
@given(SEEDS)
def test_a_second_version_adds_only_what_is_new(seed: int) -> None:
    """The reviewer sends a file, goes on working in it, and sends it again."""
    with manual(Writer(seed).files()) as (workspace, sent):
        reviewer = Reviewer(sent, seed)
        first = workspace.take(reviewer.run(8), author="Tess Bekele")
        reviewer.goes_on_elsewhere()
        second = workspace.take(reviewer.run(6), author="Tess Bekele", name="again.docx")
        assert first.added == len(first.remarks)
        known, now = {r.id for r in first.remarks}, {r.id for r in second.remarks}
        assert known <= now
        assert second.added == len(now - known) == len(second.remarks) - len(first.remarks)
        assert {s.remark.id for s in Desk(workspace.root, returns.ROUND).standings()} == now


def test_both_names_stay_where_one_person_changes_what_another_inserted() -> None:
    files = {"manual/manual.yaml": f"id: plain\ntitle: Plain\nlanguage: en\nchapters: [a.md]\n{NOTATIONS}"}
    with manual({**files, "manual/a.md": "# The chapter\n\nalpha 0 beta\n"}) as (workspace, sent):
        file = WordFile(sent)
        (paragraph,) = numbered(file).values()
        file.insert(paragraph, 6, "several new words ", "Amina Diallo")
        file.delete(paragraph, 14, 18, "Jean Kamau")
        report = workspace.take(file.data())
        (remark,) = report.remarks
        assert (remark.new, remark.author, remark.others) == ("several words ", "Amina Diallo", ("Jean Kamau",))
        (commit,) = workspace.accepted(report).commits
        told = workspace.git("log", "-1", "--format=%an%n%B", commit)
        assert told.startswith("Amina Diallo\n")
        assert "\nCo-authored-by: Jean Kamau <jean-kamau@reviewers.invalid>\n" in told


# Text from Word is data

BLOCKS: dict[str, Callable[[int], str]] = {
    "paragraph": lambda n: f"alpha {n} beta\ngamma\n\n",
    "item": lambda n: f"- alpha {n} beta\n  gamma\n\n",
    "number": lambda n: f"{n % APART + 1}. alpha {n} beta\n",
    "quotation": lambda n: f"> alpha {n} beta\n> gamma\n\n",
    "definition": lambda n: f"Term {n}\n:   alpha {n} beta\n    gamma\n\n",
    "heading": lambda n: f"## alpha {n} beta {{#h-{n}}}\n\n",
    "emphasis": lambda n: f"*alpha {n} beta* and **alpha**\n\n",
    "link": lambda n: f"[alpha {n} beta](https://example.org/{n})\n\n",
    "code": lambda n: f"`alpha {n} beta`\n\n",
    "cell": lambda n: ("| Head |\n|---|\n" if n % APART == 0 else "") + f"| alpha {n} beta |\n",
    "html": lambda n: f"<div>\n<p>alpha {n} beta <b>gamma</b></p>\n</div>\n\n",
    "note": lambda n: f"Text[^{n}].\n\n[^{n}]: alpha {n} beta\n    gamma\n\n",
}
"""Paragraphs of all kinds, as Markdown; each kind is a chapter."""
APART = 200
"""The paragraphs of a kind have their own numbers: those of the next kind begin so much later."""
ALONE = {"cell", "code", "note", "heading", "html"}
"""A paragraph behind one of these is another matter."""


def seen(text: str) -> str:
    """What a reader sees of a text: white space that Markdown cannot hold is one space."""
    text = text.replace("\u00ad", "").replace("\t", " ")
    one = re.sub("\u2002 ", "\u2002", re.sub("[ \n]+", " ", text))  # behind a number, too, no white space begins a text
    return unicodedata.normalize("NFC", one.strip(" \n"))


def numbered(file: WordFile) -> dict[int, _Element]:
    """The paragraphs by their numbers; of those with one number the last, because the contents have it too."""
    found = ((p, re.search(r"alpha (\d+) ", file.text(p))) for p in (*file.paragraphs(), *file.paragraphs(NOTES)))
    return {int(match.group(1)): p for p, match in found if match}


def typed(place: str, file: WordFile, text: str, paragraph: _Element) -> None:
    """Type a text into a paragraph, or behind it."""
    words = file.text(paragraph)
    start = words.index("alpha")
    offset = {"start": start, "middle": start + len("alpha "), "word": start + 2, "end": len(words)}.get(place)
    if offset is not None:
        file.insert(paragraph, offset, text, "Amina Diallo")
    elif place == "behind":
        file.add_paragraph(paragraph, text, "Amina Diallo")
    elif place == "instead":
        file.replace(paragraph, start, len(words), f"alpha {text}", "Amina Diallo")
    else:
        file.insert(paragraph, len(words), " bold ", "Amina Diallo", look="b")
        file.insert(paragraph, len(words) + 3, text, "Amina Diallo", look="b")


PLACES = ("start", "middle", "word", "end", "behind", "instead", "bold")


@pytest.mark.parametrize("place", PLACES)
def test_words_come_out_as_they_went_in(place: str) -> None:
    """Each text at its place in a paragraph of its own, all accepted: the edition says exactly these texts."""
    blocks = [block for block in BLOCKS if place != "behind" or block not in ALONE]
    files = {
        f"manual/chapters/{first}.md": f"# The chapter {{#ch-{first}}}\n\n"
        + "".join(BLOCKS[block](number) for number in range(first, first + len(NASTY)))
        for first, block in zip(range(0, len(blocks) * APART, APART), blocks, strict=True)
    }
    names = ", ".join(name.removeprefix("manual/") for name in files)
    settings_ = {"manual/manual.yaml": f"id: plain\ntitle: Plain\nlanguage: en\nchapters: [{names}]\n{NOTATIONS}"}
    with manual({**settings_, **files}) as (space, sent):
        file = WordFile(sent)
        for number, paragraph in numbered(file).items():
            text, block = NASTY[number % APART], blocks[number // APART]
            if (number % APART + number // APART + PLACES.index(place)) % 2:  # every second one, others at each place
                continue
            # Code cannot hold what ends it; HTML has one kind of space.
            if (block, "`" in text, "\u00a0" in text) not in {("code", True, False), ("html", False, True)}:
                typed(place, file, text, paragraph)
        data = file.data()
        report = space.take(data)
        outcome = space.accepted(report)
        refused = [(r.anchor.spans[:1], r.new) for r in report.remarks if r.id in outcome.conflicts and r.new.strip()]
        assert refused == [], outcome.notes
        assert read_off(space.built()) == read_off(data)


NOTATIONS = "format: 1\nnotations: {variables: true, citations: true, terms: true}\n"


def read_off(data: bytes) -> list[str]:
    """What stands in the body and in notes, the contents and the stamp left out."""
    paras = [para for para in oracle.accepted(data, generated=False) if para.part in ("body", "footnote")]
    theirs = [p for p in paras if not (p.style or "").lower().replace(" ", "").startswith(returns.MADE_STYLES)]
    texts = [seen(para.text) for para in theirs]
    return [text for text in texts if text.strip() and not text.startswith("Edition stamp")]
