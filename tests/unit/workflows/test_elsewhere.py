"""An overlay in a repository of its own: read at its commit, stamped with it, written there, kept inside."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Severity
from livingmanual.workflows import apply_review, countries, import_review, rounds, triage
from livingmanual.workflows.artifacts import make
from livingmanual.workflows.build import Request, build, not_in_it
from livingmanual.workflows.check import check
from livingmanual.workflows.editions import make_edition, open_draft, open_revision
from livingmanual.workflows.move import move
from livingmanual.workflows.pictures import read_pictures
from livingmanual.workflows.refresh import refresh
from livingmanual.workflows.start_override import start

CHAPTER = """# One {#one}

## A {#sec-a}

The State answers within thirty days. It tells the public.

## B {#sec-b}

Other.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
KENYA = "manual/overlays/countries/KE/overrides/sec-a.md"


@pytest.fixture(autouse=True)
def committer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who commits."""
    for key in ("COMMITTER", "AUTHOR"):
        monkeypatch.setenv(f"GIT_{key}_NAME", "Editor")
        monkeypatch.setenv(f"GIT_{key}_EMAIL", "editor@example.org")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


def workspace(folder: Path, overlays: str) -> Path:
    """A workspace whose manual.yaml names overlays elsewhere, committed."""
    root = folder / "base"
    write(root, "manual/manual.yaml", f"id: m\ntitle: M\nchapters: [chapters/a.md]\noverlays: {overlays}\n")
    write(root, "manual/chapters/a.md", CHAPTER)
    write(root, "manual/figures/f.svg", SVG)
    write(root, ".gitignore", "build/\n")
    git(root, "init", "-q")
    commit(root)
    return root


@pytest.fixture
def kenya(tmp_path: Path) -> Path:
    """Kenya's overlay in a repository of its own, with an override that shows pictures of both."""
    folder = tmp_path / "kenya"
    write(folder, "overlay.yaml", "country: KE\nlanguages: [en]\n")
    write(folder, "own.svg", SVG)
    git(folder, "init", "-q")
    commit(folder)
    return folder


@pytest.fixture
def root(tmp_path: Path, kenya: Path) -> Path:
    root = workspace(tmp_path, "{KE: ../../kenya}")
    start(root, "KE", "sec-a", "replace", "Ours.")
    path = kenya / "overrides/sec-a.md"
    more = "\nOurs. ![f](../../../../figures/f.svg){alt=x} ![o](../own.svg){alt=y}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    commit(kenya)
    return root


def test_the_edition_names_both_commits_and_the_base_edition_its_own(root: Path, kenya: Path) -> None:
    shelf = open_revision(root)
    mine, theirs = git(root, "rev-parse", "HEAD"), git(kenya, "rev-parse", "HEAD")
    edition = make_edition(shelf, "KE", "en").value
    assert edition.key.revision == f"{mine}+KE.{theirs}"
    assert make_edition(shelf, "base", "en").value.key.revision == mine
    assert any(block.text.startswith("Ours. ") for block in edition.blocks)
    assert len(read_pictures(shelf, edition).value.contents) == 2
    assert check(root) == ()


def test_a_named_revision_is_read_with_the_commit_that_it_names(root: Path, kenya: Path) -> None:
    before = open_revision(root)
    stamped = make_edition(before, "KE", "en").value
    path = kenya / "overrides/sec-a.md"
    path.write_text(path.read_text().replace("Ours.", "Later."), encoding="utf-8")
    commit(kenya)
    again = make_edition(open_revision(root, stamped.key.revision), "KE", "en").value
    assert again.key == stamped.key
    assert again.blocks == stamped.blocks
    assert make_edition(open_revision(root), "KE", "en").value.blocks != stamped.blocks
    gone = open_revision(root, f"{stamped.key.revision[:-4]}0000")
    assert [d.code for d in gone.loaded.diagnostics] == ["overlay-missing"]


def test_status_refresh_and_override_work_in_its_repository(root: Path, kenya: Path) -> None:
    write(root, "manual/chapters/a.md", CHAPTER.replace("thirty", "sixty"))
    commit(root)
    head = git(root, "rev-parse", "HEAD")
    shelf = open_draft(root)
    [one] = countries.standings(shelf, list(shelf.loaded.overlays.values()))
    assert (one.state, one.as_json()["path"]) == ("drifted", "../kenya/overrides/sec-a.md")
    told = [d for d in check(root) if d.code == "drifted"]
    assert [str(d.position) for d in told] == ["../kenya/overrides/sec-a.md:2"]
    [done], sha = refresh(root, "KE")
    assert done.outcome == "merged"
    assert sha == git(kenya, "rev-parse", "HEAD")
    assert git(root, "rev-parse", "HEAD") == head
    assert git(root, "status", "--porcelain") == git(kenya, "status", "--porcelain") == ""
    assert "within sixty days" in (kenya / "overrides/sec-a.md").read_text()
    assert start(root, "KE", "sec-b", "append", "r")["path"] == "../kenya/overrides/sec-b.md"
    assert not (root / "manual/overlays").exists()
    assert not_in_it(Request(root, ("KE",))) == ("../kenya/overrides/sec-b.md",)
    write(root, "manual/chapters/a.md", CHAPTER.replace("thirty", "sixty").replace("Other", "Another"))
    with pytest.raises(WrongUse, match=r"\.\./kenya/overrides/sec-b\.md"):
        refresh(root, "KE", ["sec-b"], "keep", "r")


def test_move_carries_its_overrides_along(root: Path, kenya: Path) -> None:
    found = move(root, "sec-a", "sec-answers")
    assert {one["path"] for one in found["files"]} == {"../kenya/overrides/sec-a.md", "manual/chapters/a.md"}
    assert "target: sec-answers" in (kenya / "overrides/sec-a.md").read_text()
    assert [d for d in check(root) if d.severity is not Severity.NOTE] == []


def test_a_returned_file_finds_its_place_and_lands_in_its_repository(root: Path, kenya: Path, tmp_path: Path) -> None:
    rounds.open_round(root, "r1", "2026-01-01", "2026-12-31")
    shelf = open_revision(root)
    edition = make_edition(shelf, "KE", "en").value
    sent = make(shelf, edition, "docx", read_pictures(shelf, edition).value).value
    (tmp_path / "back.docx").write_bytes(_with(sent, "Ours.", "Yours."))
    write(root, "manual/chapters/a.md", CHAPTER.replace("thirty", "sixty"))
    commit(root)
    refresh(root, "KE")
    import_review.import_file(root, tmp_path / "back.docx", "r1", author="Amina <a@example.org>")
    [remark] = triage.Desk(root, "r1").standings()
    assert (remark.remark.new, remark.remark.route) == ("Yours", "override")
    triage.decide(root, [remark.remark.id], "accepted", "")
    report = apply_review.apply(root, "r1")
    assert report.applied == (remark.remark.id,)
    text = (kenya / "overrides/sec-a.md").read_text()
    assert "\nYours. ![f]" in text
    assert "within sixty days" in text
    assert git(kenya, "log", "-1", "--format=%an") == git(root, "log", "-1", "--format=%an") == "Amina"
    assert git(kenya, "status", "--porcelain") == git(root, "status", "--porcelain") == ""
    assert not (root / "manual/overlays").exists()


def _with(data: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            made.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("said", ["[../../kenya]", "../../kenya", "{ke: ../../kenya}", "../../all", "[../../all]"])
def test_a_folder_alone_says_whose_it_is(tmp_path: Path, kenya: Path, said: str) -> None:
    write(tmp_path / "all", "countries/KE/overlay.yaml", "country: KE\nparents: [icglr]\n")
    write(tmp_path / "all", "regions/icglr/overlay.yaml", "region: icglr\nmembers: [KE]\n")
    git(tmp_path / "all", "init", "-q")
    sha = commit(tmp_path / "all")
    root = workspace(tmp_path, said)
    for shelf in (open_draft(root), open_revision(root)):
        assert sorted(shelf.loaded.overlays) == (["KE", "icglr"] if "all" in said else ["KE"])
        assert shelf.loaded.diagnostics == ()
    if "all" in said:
        assert make_edition(shelf, "KE", "en").value.key.revision.endswith(f"+KE.{sha}+icglr.{sha}")


def test_a_folder_of_the_workspace_is_read_at_the_workspace_s_revision(tmp_path: Path) -> None:
    write(tmp_path / "base", "kenya/overlay.yaml", "country: KE\nlanguages: [en]\n")
    root = workspace(tmp_path, "{KE: ../kenya}")
    edition = make_edition(open_revision(root), "KE", "en").value
    assert edition.key.revision == git(root, "rev-parse", "HEAD")


def test_a_submodule_is_read_at_the_commit_that_the_manual_records(tmp_path: Path, kenya: Path) -> None:
    root = workspace(tmp_path, "{KE: overlays/countries/KE}")
    git(root, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(kenya), "manual/overlays/countries/KE")
    commit(root)
    recorded = git(kenya, "rev-parse", "HEAD")
    inside = root / "manual/overlays/countries/KE"
    write(inside, "overlay.yaml", "country: KE\nlanguages: [en]\nnames: {en: {short: Later}}\n")
    commit(inside)
    edition = make_edition(open_revision(root), "KE", "en").value
    assert edition.key.revision.endswith(f"+KE.{recorded}")
    assert edition.country_name == "Kenya"
    assert make_edition(open_draft(root), "KE", "en").value.country_name == "Later"


@pytest.mark.parametrize("draft", [True, False])
def test_a_folder_that_is_not_there_stops_its_country_and_no_other(tmp_path: Path, draft: bool) -> None:
    root = workspace(tmp_path, "\n  KE: ../../kenya")
    report = build(Request(root, ("base", "KE"), formats=("html",), draft=draft))
    assert [one.country for one in report.artifacts] == ["base"]
    [told] = report.diagnostics
    assert (told.code, "manual/manual.yaml:5" in told.message) == ("overlay-missing", True)


def test_a_folder_in_no_repository_can_be_built_as_a_draft_alone(tmp_path: Path) -> None:
    write(tmp_path / "kenya", "overlay.yaml", "country: KE\nlanguages: [en]\n")
    root = workspace(tmp_path, "{KE: ../../kenya}")
    assert not build(Request(root, ("KE",), formats=("html",), draft=True)).failed
    [told] = build(Request(root, ("KE",), formats=("html",))).diagnostics
    assert told.code == "overlay-missing"
    assert "cannot be read at a revision" in told.message


def test_two_overlays_of_one_country_are_refused(tmp_path: Path, kenya: Path) -> None:
    write(tmp_path / "base", "manual/overlays/countries/KE/overlay.yaml", "country: KE\n")
    root = workspace(tmp_path, "{KE: ../../kenya}")
    for shelf in (open_draft(root), open_revision(root)):
        [told] = shelf.loaded.diagnostics
        assert (told.code, told.severity) == ("overlay-twice", Severity.ERROR)


def test_no_path_leaves_the_folder(tmp_path: Path, root: Path, kenya: Path) -> None:
    write(tmp_path, "secret.svg", SVG)
    write(tmp_path, "secret.md", "Secret.")
    (kenya / "link.svg").symlink_to(tmp_path / "secret.svg")
    (kenya / "overrides/link.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(WrongUse, match="leads out of"):
        open_draft(root)
    (kenya / "overrides/link.md").unlink()
    path = kenya / "overrides/sec-a.md"
    for target in ("../link.svg", "../../secret.svg", "../../../../../../secret.svg", str(tmp_path / "secret.svg")):
        path.write_text(f"---\ntarget: sec-a\naction: replace\nreason: r\n---\n\n![x]({target}){{alt=x}}\n")
        shelf = open_draft(root)
        pictures = read_pictures(shelf, make_edition(shelf, "KE", "en").value)
        assert pictures.failed, target
        assert not pictures.value.contents


def test_a_build_is_made_again_when_its_repository_moves(root: Path, kenya: Path) -> None:
    request = Request(root, ("KE",), formats=("html",))
    assert [one.from_cache for one in (*build(request).artifacts, *build(request).artifacts)] == [False, True]
    write(kenya, "overlay.yaml", "country: KE\nlanguages: [en]\nnames: {en: {short: Later}}\n")
    assert [one.from_cache for one in build(request).artifacts] == [True]
    commit(kenya)
    assert [one.from_cache for one in build(request).artifacts] == [False]
