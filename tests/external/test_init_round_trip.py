"""Books that others wrote go out as Word files, come back edited in LibreOffice, and only the changed bytes change."""

import subprocess
from pathlib import Path

import pypandoc
import pytest

from livingmanual.model.remark import AnchorState
from livingmanual.workflows import apply_review, build, import_review, rounds, triage
from livingmanual.workflows import init as making
from livingmanual.workflows.editions import open_revision
from tests.support.libreoffice import LibreOffice

pytestmark = pytest.mark.client("libreoffice")
FOREIGN = Path(__file__).parents[1] / "fixtures/foreign"
EDITS = {
    "mdbook": {
        "src/README.md": [("short; so is", "brief; so is")],
        "src/hive/README.md": [
            ("floor, boxes", "floor, some boxes"),
            ("With a second paragraph", "With one more paragraph"),
        ],
        "src/hive/frames.md": [("brood box", "brood chamber"), ("built from both", "built out from both")],
        "src/hive/wax-and-smoke.md": [("Smoke calms bees", "Smoke calms most bees"), ("melts at", "melts near")],
        "src/words.md": [("what the queen lays", "what a queen lays")],
    },
    "github": {
        "README.md": [
            ("in order by pull", "in order by many pull"),
            ("Lantern needs oil", "A lantern needs oil"),
            ("bought", "paid"),
            ("Why oil", "Why use oil"),
        ],
        "docs/01-install.md": [("A quotation in", "One quotation in")],
        "docs/02-configure.md": [("Settings are read", "All settings are read"), (" a unit", " one unit")],
        "docs/10-troubleshooting.md": [("It smokes", "It fumes")],
    },
    "plain": {
        "index.md": [("byte-order mark", "strange mark"), ("Two items", "Three items"), ("flour 500", "flour 450")],
        "2-dough.md": [("ten minutes", "twelve minutes"), ("Let it rest", "Leave it to rest")],
        "5-odd.md": [("only one", "a single one"), ("an escaped", "one escaped"), ("Note one", "Note two")],
    },
}
"""Book -> file -> what a reviewer changes in it."""
IN_HTML = ("in order by pull", "Why oil", " a unit")
"""What stands in blocks of HTML, which other programs leave out of their Word files."""


@pytest.fixture(params=["mdbook", "github", "plain"])
def book(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def workspace(book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace around the book, committed, with an open round."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "E")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "e@example.org")
    made = making.around(tmp_path / book, FOREIGN / book, commit=True)
    rounds.open_round(made.root, "one")
    return made.root


def texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "manual").rglob("*.md")}


def word_file(root: Path) -> Path:
    """What is sent to reviewers."""
    return Path(build.build(build.Request(root, formats=("docx",), review=True)).artifacts[0].path)


def edits(book: str, without: tuple[str, ...] = ()) -> list[dict[str, object]]:
    found = [pair for pairs in EDITS[book].values() for pair in pairs if pair[0] not in without]
    return [{"do": "replace", "text": old, "with": new} for old, new in found]


def changed(book: str, before: dict[str, bytes], without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files as they should be afterwards."""
    after = dict(before)
    for path, pairs in EDITS[book].items():
        for old, new in pairs:
            if old not in without:
                name = f"{making.TEXT}/{path}"
                assert after[name].count(old.encode()) == 1
                after[name] = after[name].replace(old.encode(), new.encode())
    return after


def accept(root: Path, remarks: list[str]) -> apply_review.ApplyReport:
    subprocess.run(["git", "-C", str(root), "add", "-A"], check=True)
    triage.decide(root, remarks, "accepted", "yes")
    return apply_review.apply(root, "one")


def test_an_untouched_return_says_nothing(workspace: Path, libreoffice: LibreOffice) -> None:
    before = texts(workspace)
    report = import_review.import_file(workspace, libreoffice.review(word_file(workspace), []).path, "one")
    assert (report.remarks, report.differences, texts(workspace)) == ((), (), before)


def test_only_the_changed_bytes_change(book: str, workspace: Path, libreoffice: LibreOffice) -> None:
    before = texts(workspace)
    returned = libreoffice.review(word_file(workspace), edits(book))
    assert all(returned.done)
    report = import_review.import_file(workspace, returned.path, "one")
    assert report.balanced
    mine = [remark for remark in report.remarks if remark.old or remark.new]
    assert {remark.anchor.state for remark in mine} == {AnchorState.EXACT}
    applied = accept(workspace, [remark.id for remark in mine])
    assert (applied.conflicts, len(applied.applied)) == ((), len(edits(book)))
    assert texts(workspace) == changed(book, before)


def test_changes_made_without_track_changes_come_back_as_well(
    book: str, workspace: Path, libreoffice: LibreOffice
) -> None:
    before = texts(workspace)
    returned = libreoffice.review(word_file(workspace), edits(book), tracked=False)
    assert all(returned.done)
    report = import_review.import_file(workspace, returned.path, "one", author="Amina Diallo <amina@example.org>")
    assert report.balanced
    accept(workspace, [remark.id for remark in report.remarks])
    assert texts(workspace) == changed(book, before)


def test_a_word_file_of_another_program_finds_its_way(book: str, workspace: Path, libreoffice: LibreOffice) -> None:
    before = texts(workspace)
    files = [str(workspace / path) for path in open_revision(workspace).loaded.manual.files]
    made = workspace.parent / "other.docx"
    pandoc = [pypandoc.get_pandoc_path(), "-f", "gfm", "-t", "docx", "-o", str(made)]
    places = ":".join(sorted({str(Path(path).parent) for path in files}))
    subprocess.run([*pandoc, "--resource-path", places, *files], check=True, capture_output=True)
    wanted = edits(book, IN_HTML)
    returned = libreoffice.review(made, wanted)
    assert all(returned.done)
    report = import_review.import_file(workspace, returned.path, "one", edition="base/en@HEAD", author="Amina Diallo")
    assert report.balanced
    numbers = [
        r for r in report.remarks if r.kind == "suggestion" and not r.new and r.old.strip(" .0123456789\u2002") == ""
    ]
    assert not numbers, "what only our writers put in is not missing"
    tracked = [remark for remark in report.remarks if remark.tracked and (remark.old or remark.new)]
    assert len(tracked) == len(wanted)
    assert {remark.anchor.state for remark in tracked} == {AnchorState.EXACT}
    accept(workspace, [remark.id for remark in tracked])
    assert texts(workspace) == changed(book, before, IN_HTML)
