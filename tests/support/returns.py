"""A whole round of review in a folder of its own: build, send, take back, decide, apply, build again.

Everything goes through the workflows that the commands use, on a real git repository. What is compared is text as a
reader of the Word file sees it, read by the judge (`tests.support.oracle`), which shares no code with the package.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from livingmanual.model.remark import Remark, Route
from livingmanual.model.returned import ChangeMark
from livingmanual.review import remarks as reading
from livingmanual.review.collect import Collector
from livingmanual.review.word.reader import read_word
from livingmanual.workflows import apply_review, build, catalog_remarks, import_review, triage
from livingmanual.workflows.apply_review import ApplyReport
from livingmanual.workflows.editions import in_language, open_revision
from livingmanual.workflows.import_review import ImportReport
from tests.support import oracle

TOP = Path(__file__).resolve().parents[2]
KENYA = TOP / "manual"
SMALL = TOP / "tests" / "fixtures" / "round-trip" / "manual"
ROUND = "r1"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OTHER = {"ins": "del", "del": "ins", "moveFrom": "moveTo", "moveTo": "moveFrom"}
STYLED = "pPrChange"
DRIFTED = "The manual’s text here has changed since this passage was written."
"""What an edition says above an override when the text below it was changed by the same review."""
MADE_STYLES = ("toc", "contents", "editionstamp", "bibliography", "translationnote")
"""Styles of paragraphs that follow from the rest: a work leaves the references with the last citation of it, and the
note on the translation counts passages."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace in a repository of its own, with one open round."""

    root: Path
    country: str = "KE"
    language: str = ""
    """Empty: the country's first."""

    @classmethod
    def of(cls, manual: Path, root: Path, country: str = "KE") -> Workspace:
        """A copy of a `manual/` folder, committed, with the round open."""
        shutil.copytree(manual, root / "manual")
        return cls._begun(root, country)

    @classmethod
    def of_texts(cls, files: dict[str, str], root: Path, country: str = "base") -> Workspace:
        """These files, committed, with the round open."""
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text.encode())
        return cls._begun(root, country)

    @classmethod
    def _begun(cls, root: Path, country: str) -> Workspace:
        made = cls(root, country)
        (root / ".gitignore").write_text("build/\nreviews/.private/\n")
        (root / "reviews" / ROUND).mkdir(parents=True)
        (root / "reviews" / ROUND / "round.yaml").write_text(f"format: 1\nname: {ROUND}\n")
        made.git("init", "-q", "-b", "main")
        made.git("config", "user.name", "Task Group")
        made.git("config", "user.email", "group@example.org")
        made.commit("start")
        made.git("tag", "start")
        return made

    # git

    def git(self, *words: str) -> str:
        """What a git command says."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True, env=clean)
        return done.stdout.decode()

    def commit(self, message: str) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def start_again(self) -> None:
        """Everything as it was at the start; only the cache of the builds stays."""
        self.git("reset", "-q", "--hard", "start")
        self.git("clean", "-fdq", "reviews", "manual", "translations")

    def write(self, path: str, text: str) -> None:
        """Change a file in the working tree."""
        (self.root / path).write_bytes(text.encode())

    def read(self, path: str) -> str:
        """A file of the working tree."""
        return (self.root / path).read_bytes().decode()

    def sources(self) -> dict[str, bytes]:
        """Every file of the manual and its catalogs in the working tree."""
        folders = [self.root / "manual", self.root / "translations"]
        files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}

    # The round

    @property
    def _languages(self) -> tuple[str, ...]:
        return (self.language,) if self.language else ()

    def built(self) -> bytes:
        """The Word file for reviewers, of the last commit."""
        build._shelves.clear()  # one process makes many revisions here
        report = build.build(build.Request(self.root, (self.country,), self._languages, ("docx",), review=True))
        assert report.artifacts, [str(d) for d in report.diagnostics]
        return Path(report.artifacts[0].path).read_bytes()

    def take(self, data: bytes, author: str | None = None, name: str = "back.docx") -> ImportReport:
        """Import a returned file."""
        path = self.root / "build" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return import_review.import_file(self.root, path, ROUND, author=author)

    def accept(self, remarks: Iterable[Remark | str]) -> None:
        """Accept these remarks."""
        names = [found if isinstance(found, str) else found.id for found in remarks]
        triage.decide(self.root, names, "accepted", "") if names else None

    def apply(self) -> ApplyReport:
        """Apply what was accepted."""
        return apply_review.apply(self.root, ROUND)

    def accepted(self, report: ImportReport) -> ApplyReport:
        """Accept and apply everything."""
        self.accept(report.remarks)
        return self.apply()

    # What a remark is made of

    def marks_of(self, data: bytes) -> list[tuple[Remark, tuple[ChangeMark, ...]]]:
        """Each remark of a file with its change marks, in the order of the import."""
        returned = read_word(data).value
        assert returned is not None
        key = import_review._edition(returned, None)
        shelf = open_revision(self.root, key.revision)
        expected = import_review._expected(shelf, key)
        stories = list(reading.tell_stories(returned, expected))
        collector = _Noting(returned, expected.documents, stories, "", False)
        catalogs = in_language(shelf, key.country, key.language).catalogs
        remarks = catalog_remarks.checked(reading.Reading(tuple(collector.run())), catalogs).remarks
        return [(r, tuple(returned.marks[n] for n in collector.noted.get(r.id, ()))) for r in remarks]


class _Noting(Collector):
    """Writes down which marks each remark accounts for."""

    noted: dict[str, list[int]]

    def suggestion(self, marks: list[int], *rest: object, **more: object) -> None:  # type: ignore[override]
        before = set(self.done)
        super().suggestion(marks, *rest, **more)  # type: ignore[arg-type]
        if not hasattr(self, "noted"):
            self.noted = {}
        self.noted[self.remarks[-1].id] = sorted(self.done - before)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Entries of a package by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A package of these entries, in their order."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, entry in parts.items():
            archive.writestr(name, entry)
    return memory.getvalue()


def undone(data: bytes, marks: Iterable[ChangeMark]) -> bytes:
    """The file with some changes turned round, so that accepting all of it leaves these as they were before.

    An insertion that is called a deletion vanishes when it is accepted, and a deletion called an insertion stays. A
    paragraph gets the style back that it had.
    """
    parts = parts_of(data)
    wanted: dict[str, set[tuple[str, str]]] = {}
    for mark in marks:
        if mark.element.removeprefix("w:") in {*OTHER, STYLED} and mark.element_id is not None:
            wanted.setdefault(mark.part, set()).add((mark.element.removeprefix("w:"), mark.element_id))
    for part, names in wanted.items():
        root = etree.fromstring(parts[part])
        for element in list(root.iter(*(f"{W}{name}" for name in (*OTHER, STYLED)))):
            kind = etree.QName(element).localname
            if (kind, element.get(f"{W}id")) not in names:
                continue
            if kind == STYLED:
                _styled_as_before(element)
            else:
                element.tag = f"{W}{OTHER[kind]}"
        parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zipped(parts)


def _styled_as_before(change: etree._Element) -> None:
    properties, before = change.getparent(), change.find(f"{W}pPr")
    assert properties is not None
    kept = [child for child in properties if etree.QName(child).localname in ("rPr", "sectPr")]
    properties[:] = [*(before if before is not None else ()), *kept]


def lines(paras: Sequence[oracle.Para]) -> list[str]:
    """What a reader reads, paragraph by paragraph: without the contents, the references, margins, the stamp, and
    differences of white space alone.
    """
    out = []
    for para in paras:
        text = unicodedata.normalize("NFC", " ".join(re.sub("[\u00ad\u200d]", "", para.text).split()))
        style = (para.style or "").lower().replace(" ", "")
        if text and para.part not in ("header", "footer") and not style.startswith(MADE_STYLES):
            out.append(f"{para.part}: {text}")
    made = ("body: Edition stamp", "body: References", f"body: {DRIFTED}")
    return [line for line in out if not line.startswith(made)]


def differences(returned: bytes, rebuilt: bytes) -> list[str]:
    """Where the rebuilt edition reads otherwise than the returned file with every change accepted."""
    left = lines(oracle.accepted(returned, generated=False))
    right = lines(oracle.accepted(rebuilt, generated=False))
    found = difflib.unified_diff(left, right, "returned, all accepted", "rebuilt", lineterm="", n=0)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def not_carried(marks: Sequence[tuple[Remark, tuple[ChangeMark, ...]]], report: ImportReport) -> list[Remark]:
    """The suggestions that change no source: routed `generated`, or not supported."""
    return [remark for remark in report.remarks if remark.kind == "suggestion" and not remark.edits]


def routed_away(remark: Remark) -> bool:
    """The remark says why it is not carried over."""
    return not remark.edits and (remark.route in (Route.GENERATED, Route.NONE) or bool(remark.anchor.why))
