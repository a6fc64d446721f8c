"""The account of an import: were any part of the reader to stop working, the command would say so and end with 1.

One Word file holds at least one of every change, comment and container. It is imported by the command itself while one
handler of the reader is switched off at a time.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from livingmanual.cli.main import main
from livingmanual.review.word import names
from livingmanual.review.word.handlers import HANDLERS
from livingmanual.review.word.walk import Walk
from livingmanual.review.word.xml import Element
from tests.support.returns import ROUND, Workspace
from tests.unit.review.word.test_complete import _matters
from tests.word.everything import everything

FILES = {
    "manual/manual.yaml": "format: 1\nid: small\ntitle: Small\nlanguage: en\nchapters: [chapters/01.md]\n",
    "manual/chapters/01.md": "# The chapter\n\nThe State answers in writing.\n",
}
TAGS = sorted(tag for tag, handler in HANDLERS.items() if _matters(tag, handler))
ENTERING = sorted(names.TRACKING | set(names.RANGE_CHANGES))
"""Elements of which each is a change: a handler that only looked inside would lose it."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small manual with the file in it."""
    made = Workspace.of_texts(FILES, tmp_path_factory.mktemp("account") / "workspace")
    (made.root / "build").mkdir()
    (made.root / "build" / "back.docx").write_bytes(everything())
    return made


def imported(workspace: Workspace) -> int:
    """The exit code of the command."""
    file = str(workspace.root / "build" / "back.docx")
    words = ["-C", str(workspace.root), "review", "import", file, "--round", ROUND]
    return main([*words, "--edition", "base/en@HEAD", "--author", "Tess Bekele", "--json"])


def test_the_whole_reader_loses_nothing(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.start_again()
    assert imported(workspace) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ledger"]["balanced"] and report["differences"] == []
    assert report["ledger"]["found"] == report["ledger"]["accounted"]


STUBS: dict[str, Callable[[Walk, Element], None]] = {
    "passes over": lambda walk, element: None,
    "looks inside only": lambda walk, element: walk.children(element),
}


@pytest.mark.parametrize(
    ("stub", "tag"),
    [*(("passes over", tag) for tag in TAGS), *(("looks inside only", tag) for tag in ENTERING)],
    ids=lambda item: names.local(item) if "{" in item else item,
)
def test_a_handler_that_stops_working_is_an_error_that_is_named(
    tag: str, stub: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.start_again()
    monkeypatch.setitem(HANDLERS, tag, STUBS[stub])
    code = imported(workspace)
    report = json.loads(capsys.readouterr().out)
    assert code == 1
    assert not report["ledger"]["balanced"]
    found, accounted = report["ledger"]["found"], report["ledger"]["accounted"]
    lost = {kind for kind, number in found.items() if accounted.get(kind, 0) != number}
    assert lost and all(any(kind in line for line in report["differences"]) for kind in lost)


def test_what_a_mended_reader_finds_is_added_to_an_account_that_did_not_balance(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.start_again()
    with monkeypatch.context() as broken:
        broken.setitem(HANDLERS, names.w("tbl"), lambda walk, element: None)
        assert imported(workspace) == 1
    first = json.loads(capsys.readouterr().out)
    assert imported(workspace) == 0
    second = json.loads(capsys.readouterr().out)
    folder = workspace.root / second["submission"]
    kept = [json.loads(line)["id"] for line in (folder / "remarks.jsonl").read_text().splitlines()]
    assert second["submission"] == first["submission"]
    assert second["added"] > 0 and len(kept) == len(set(kept))
    assert {r["id"] for r in second["remarks"]} <= set(kept)
    assert imported(workspace) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 0
    assert Path(folder / "submission.yaml").read_text().count("balanced: true") == 1
