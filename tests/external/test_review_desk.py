"""What the task group does with returned files: names kept safe, duplicates, overlaps, stale text, overrides."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from livingmanual.errors import WrongUse
from livingmanual.workflows import apply_review, import_review, triage
from tests.commands.reviewer import returned
from tests.support.returns import Workspace, parts_of, zipped

SMALL = Path(__file__).parents[1] / "commands" / "small" / "manual"
DAYS, WEEKS = "thirty days", "four weeks"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.of(SMALL, tmp_path / "workspace", "base")


def back(data: bytes, author: str, old: str, new: str, comment: str = "") -> bytes:
    """The file as this reviewer returns it: one tracked replacement, and perhaps a comment on it."""
    parts = returned(parts_of(data), old, new, comment)
    named = {name: part.replace(b'w:author="Amina"', f'w:author="{author}"'.encode()) for name, part in parts.items()}
    return zipped(named)


def everything_git_knows(root: Path) -> str:
    """Every object of the repository, commits and their authors included, and every file that git does not ignore."""
    every = "git rev-list --objects --all | cut -d' ' -f1 | git cat-file --batch"
    asked = f"{every}; git reflog --all; git ls-files -co --exclude-standard"
    objects = subprocess.run(asked, shell=True, cwd=root, capture_output=True, check=True).stdout
    open_files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, check=True
    ).stdout.split(b"\0")
    texts = [(root / name.decode()).read_bytes() for name in open_files if name]
    return b"\n".join([objects, *texts]).decode("utf-8", "replace")


def on_disk(root: Path) -> dict[Path, bytes]:
    """Every file of the workspace, git's own and the outputs left out."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if not {".git", "build"} & set(path.relative_to(root).parts)}


def test_under_an_alias_neither_name_nor_file_reaches_git_or_a_message(workspace: Workspace) -> None:
    data = back(workspace.built(), "Nakuru Wanjiru", DAYS, WEEKS, "Ask Nakuru Wanjiru about this.")
    file = workspace.root.parent / "Wanjiru final.docx"
    file.write_bytes(data)
    report = import_review.import_file(workspace.root, file, "r1", alias="reviewer-7")
    triage.decide(workspace.root, [remark.id for remark in report.remarks], "accepted", "agreed")
    applied = apply_review.apply(workspace.root, "r1")
    workspace.git("add", "-A")
    said = [*report.lines(), str(report.as_json()), *applied.lines(), str(applied.as_json())]
    said += [str(triage.remarks(workspace.root)), everything_git_knows(workspace.root)]
    for name in ("Nakuru", "Wanjiru", "NW"):
        assert not [text[:200] for text in said if name in text], name
    assert "reviewer-7 <reviewer-7@reviewers.invalid>" in workspace.git("log", "-1", "--format=%an <%ae>")
    kept = list((workspace.root / "reviews" / ".private").rglob("original.docx"))
    assert [path.read_bytes() for path in kept] == [data]


def test_a_refused_file_is_not_named_under_an_alias(workspace: Workspace) -> None:
    file = workspace.root.parent / "Wanjiru final.docx"
    file.write_bytes(b"no Word file")
    with pytest.raises(WrongUse) as refused:
        import_review.import_file(workspace.root, file, "r1", alias="reviewer-7")
    assert "Wanjiru" not in str(refused.value)
    file.unlink()
    with pytest.raises(WrongUse) as missing:
        import_review.import_file(workspace.root, file, "r1", alias="reviewer-7")
    assert "Wanjiru" not in str(missing.value)


def test_equal_suggestions_are_one_change_with_two_names(workspace: Workspace) -> None:
    sent = workspace.built()
    one = workspace.take(back(sent, "Amina Diallo", DAYS, WEEKS), name="a.docx")
    two = workspace.take(back(sent, "Kofi Mensah", DAYS, WEEKS), name="b.docx")
    listed = {remark["id"]: remark for remark in triage.remarks(workspace.root)}
    assert listed[one.remarks[0].id]["same_as"] == [two.remarks[0].id]
    workspace.accept([*one.remarks, *two.remarks])
    report = workspace.apply()
    assert set(report.applied) == {one.remarks[0].id, two.remarks[0].id} and len(report.commits) == 1
    message = workspace.git("log", "-1", "--format=%an%n%B")
    assert message.startswith("Amina Diallo\n") and "Co-authored-by: Kofi Mensah" in message
    assert f"answered within {WEEKS}." in workspace.read("manual/chapters/01-first.md")


def test_overlapping_suggestions_wait_for_one_decision(workspace: Workspace) -> None:
    sent = workspace.built()
    one = workspace.take(back(sent, "Amina Diallo", DAYS, WEEKS), name="a.docx")
    two = workspace.take(back(sent, "Kofi Mensah", "within thirty", "after sixty"), name="b.docx")
    listed = {remark["id"]: remark for remark in triage.remarks(workspace.root)}
    assert listed[one.remarks[0].id]["conflicts_with"] == [two.remarks[0].id]
    before = workspace.sources()
    workspace.accept([*one.remarks, *two.remarks])
    report = workspace.apply()
    assert set(report.conflicts) == {one.remarks[0].id, two.remarks[0].id} and not report.commits
    assert workspace.sources() == before
    triage.decide(workspace.root, [one.remarks[0].id], "rejected", "the other is clearer")
    assert workspace.apply().applied == (two.remarks[0].id,)
    assert "answered after sixty days." in workspace.read("manual/chapters/01-first.md")


def test_a_second_version_of_a_file_adds_only_what_is_new(workspace: Workspace) -> None:
    first = back(workspace.built(), "Amina Diallo", DAYS, WEEKS)
    one = workspace.take(first, name="a.docx")
    second = parts_of(back(first, "Amina Diallo", "The State has a national", "Each State has a national"))
    second["word/document.xml"] = second["word/document.xml"].replace(b'"900', b'"800', 2)
    two = workspace.take(zipped(second), name="a2.docx")
    assert (one.added, two.added, len(two.remarks)) == (1, 1, 2)
    assert len(triage.remarks(workspace.root)) == 2


def test_the_manual_moved_on_since_the_file_was_sent(workspace: Workspace) -> None:
    sent = workspace.built()
    report = workspace.take(back(sent, "Amina Diallo", DAYS, WEEKS))
    path, name = "manual/chapters/01-first.md", report.remarks[0].id
    text = workspace.read(path)

    def state(new: str) -> str:
        workspace.write(path, new)
        return str(triage.show(workspace.root, name)["merge"]["state"])

    assert state(text.replace("The State protects", "Every State protects")) == "clean"
    assert state(text.replace(DAYS, WEEKS)) == "already-applied"
    assert state(text.replace(DAYS, "ten days")) == "conflict"
    assert triage.show(workspace.root, name)["merge"]["theirs"] == ["ten days"]
    assert state(text.replace("A warning is answered within thirty days.\n", "")) == "text-gone"
    second = "manual/chapters/02-second.md"
    workspace.write(second, workspace.read(second) + "\nA warning is answered within thirty days.\n")
    assert state(text.replace("A warning is answered within thirty days.\n", "")) == "moved"
    assert triage.show(workspace.root, name)["merge"]["spans"][0]["path"] == second


def test_a_file_with_uncommitted_changes_is_not_written_over(workspace: Workspace) -> None:
    report = workspace.take(back(workspace.built(), "Amina Diallo", DAYS, WEEKS))
    workspace.accept(report.remarks)
    path = "manual/chapters/01-first.md"
    workspace.write(path, workspace.read(path) + "\nWork in progress.\n")
    before = workspace.sources()
    with pytest.raises(WrongUse, match="not committed"):
        workspace.apply()
    assert workspace.sources() == before
    workspace.git("checkout", "--", path)
    workspace.write("manual/chapters/02-second.md", workspace.read("manual/chapters/02-second.md") + "\nElsewhere.\n")
    assert workspace.apply().applied == (report.remarks[0].id,)


def test_a_run_that_is_killed_leaves_the_working_tree_as_it_was(workspace: Workspace) -> None:
    report = workspace.take(back(workspace.built(), "Amina Diallo", DAYS, WEEKS))
    workspace.accept(report.remarks)
    before = on_disk(workspace.root)
    hook = workspace.root / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text('#!/bin/sh\ntest "$1" = prepared && kill -9 $(ps -o ppid= -p $PPID)\nexit 0\n')
    hook.chmod(0o755)
    script = (
        "import sys; from pathlib import Path; from livingmanual.workflows import apply_review;"
        "apply_review.apply(Path(sys.argv[1]), 'r1')"
    )
    done = subprocess.run([sys.executable, "-c", script, str(workspace.root)], capture_output=True, check=False)
    hook.unlink()
    assert done.returncode == -9, done.stderr.decode()
    assert on_disk(workspace.root) == before
    for _ in range(100):  # git itself goes on for a moment and moves HEAD
        if "Amina" in workspace.git("log", "-1", "--format=%an"):
            break
        time.sleep(0.1)
    again = workspace.apply()
    assert not again.commits and "interrupted" in again.notes[0]
    assert f"answered within {WEEKS}." in workspace.read("manual/chapters/01-first.md")
    assert triage.show(workspace.root, report.remarks[0].id)["applied"] and not workspace.git("status", "--porcelain")


def test_a_suggestion_can_become_an_override_of_the_country_and_be_taken_back(tmp_path: Path) -> None:
    workspace = Workspace.of(SMALL, tmp_path / "workspace", "CI")
    report = workspace.take(back(workspace.built(), "Amina Diallo", DAYS, WEEKS))
    chapter = workspace.read("manual/chapters/01-first.md")
    triage.decide(workspace.root, [report.remarks[0].id], "accepted", "only here", to="country")
    applied = workspace.apply()
    made = workspace.read("manual/overlays/countries/CI/overrides/sec-warning.md")
    assert f"answered within {WEEKS}." in made and "made_from: |" in made and "fingerprint: " in made
    assert "(../../../../figures/boxes.svg)" in made
    assert workspace.read("manual/chapters/01-first.md") == chapter
    assert apply_review.undo(workspace.root, applied.applied).applied == applied.applied
    assert not (workspace.root / "manual/overlays/countries/CI/overrides/sec-warning.md").exists()
