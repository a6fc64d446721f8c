"""Making workspaces: what is written, what is kept, what is refused; and that they build."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from livingmanual.adapters.git import Repository
from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Severity
from livingmanual.source import config
from livingmanual.workflows import build, check
from livingmanual.workflows import init as sut
from livingmanual.workflows.editions import open_draft

FOREIGN = Path(__file__).parents[2] / "fixtures/foreign"
BOOKS = ("mdbook", "github", "plain")


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git knows who commits, whatever the machine says."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "E")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "e@example.org")


def copied(book: str, to: Path) -> Path:
    """The book under names and bytes of its own, as git does not see it here."""
    for path in (FOREIGN / book).rglob("*"):
        if path.is_file():
            target = to / path.relative_to(FOREIGN / book)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return to


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_a_new_workspace_has_nothing_to_complain_about_and_builds(tmp_path: Path) -> None:
    made = sut.new(tmp_path / "ours", 'A "quoted": title', "fr", commit=True)
    assert made.repository
    assert check.check(made.root) == ()
    report = build.build(build.Request(made.root, formats=("html",)))
    assert not report.failed
    assert "A &quot;quoted&quot;: title" in Path(report.artifacts[0].path).read_text(encoding="utf-8").replace(
        '"', "&quot;"
    )
    written = contents(made.root)
    assert {"manual/manual.yaml", "manual/glossary.md", "manual/references.yaml", "reviews/README.md"} <= set(written)
    assert b"\nbuild/\n" in written[".gitignore"]
    assert b"\nreviews/.private/\n" in written[".gitignore"]


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    sut.new(tmp_path / "new")
    sut.around(tmp_path / "around", FOREIGN / "mdbook")
    for folder in ("new", "around"):
        settings = (tmp_path / folder / "manual/manual.yaml").read_text(encoding="utf-8")
        assert not re.findall("@[A-Z_]+@", settings)


@pytest.mark.parametrize("book", BOOKS)
def test_every_byte_of_the_text_is_kept(book: str, tmp_path: Path) -> None:
    before = contents(FOREIGN / book)
    made = sut.around(tmp_path / "here", FOREIGN / book, commit=True)
    texts = {path: data for path, data in before.items() if path.endswith(".md") and "node_modules" not in path}
    kept = {f"{sut.TEXT}/{path}": data for path, data in texts.items()}
    assert kept.items() <= contents(made.root).items()
    head = Repository(made.root).revision("HEAD")
    assert {path: head.read(path) for path in kept} == kept
    assert contents(FOREIGN / book) == before
    assert made.order is not None
    assert set(made.order.files) | set(made.order.aside) == set(texts)


@pytest.mark.parametrize("book", BOOKS)
def test_no_book_has_errors_and_all_are_read_as_github_reads_them(book: str, tmp_path: Path) -> None:
    made = sut.around(tmp_path / "here", FOREIGN / book)
    shelf = open_draft(made.root)
    found = [d for d in check.check(made.root) if d.severity is Severity.ERROR]
    assert not found
    words = " ".join(block.text for block in shelf.edition("base").value.blocks)
    expected = {
        "mdbook": [
            "{{#include ../listings/check.sh:3:9}}",
            "{{hive.name}}",
            "[@knuth, p. 3]",
            "H~2~O with 2^10^",
            "$5 or $10",
        ],
        "github": [
            "${{ matrix.os }}",
            "@alice-b",
            "water^2",
            "[brackets]{.cls}",
            "(a) not a list",
            "::: note",
            "[^missing]",
        ],
        "plain": ["Café and naïve", "an escaped star_s"],
    }
    assert [one for one in expected[book] if one not in words] == []


def test_pictures_that_are_named_or_near_come_along_and_nothing_else(tmp_path: Path) -> None:
    made = sut.around(tmp_path / "here", FOREIGN / "mdbook")
    assert f"{sut.TEXT}/src/images/hive.png" in made.written
    assert not [path for path in made.written if path.endswith((".rs", ".toml"))]


def test_in_the_folder_of_the_text_nothing_is_moved(tmp_path: Path) -> None:
    folder = copied("github", tmp_path / "lantern")
    before = contents(folder)
    made = sut.around(folder, folder, commit=True)
    assert made.in_place
    assert set(made.written) == {".gitignore", "manual/manual.yaml"}
    assert before.items() <= contents(folder).items()
    assert not [d for d in check.check(folder) if d.severity is Severity.ERROR]
    report = build.build(build.Request(folder, formats=("html",)))
    assert not report.failed
    assert "Never fill it while it burns" in Path(report.artifacts[0].path).read_text(encoding="utf-8")
    (folder / "docs/faq.md").write_text("# Other questions\n", encoding="utf-8")
    assert build.not_in_it(build.Request(folder)) == ("docs/faq.md",)
    draft = build.Request(folder, formats=("html",), draft=True)
    assert "Other questions" in Path(build.build(draft).artifacts[0].path).read_text(encoding="utf-8")
    (folder / "docs/faq.md").write_text("# Quite other questions\n", encoding="utf-8")
    assert "Quite other questions" in Path(build.build(draft).artifacts[0].path).read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", [True, False])
def test_a_target_that_begins_with_a_slash_counts_from_the_top_of_the_text(inside: bool, tmp_path: Path) -> None:
    folder = copied("mdbook", tmp_path / "bees")
    page = folder / "src/seasons/10-winter.md"
    page.write_text("# Winter\n\n![A hive](/images/hive.png) and [frames](/hive/frames.md)\n", encoding="utf-8")
    made = sut.around(folder if inside else tmp_path / "here", folder)
    assert check.check(made.root) == ()
    assert open_draft(made.root).loaded.manual.root == ("src" if inside else f"{sut.TEXT}/src")


def test_an_ignore_file_of_others_is_left_alone(tmp_path: Path) -> None:
    folder = copied("plain", tmp_path / "bread")
    (folder / ".gitignore").write_text("*.log\n")
    sut.around(folder, folder)
    assert (folder / ".gitignore").read_text() == "*.log\n"
    for path in ("build/x.pdf", "reviews/.private/x.docx"):
        assert subprocess.run(["git", "-C", str(folder), "check-ignore", "-q", path], check=False).returncode == 0


def test_a_workspace_and_files_in_the_way_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    sut.new(tmp_path / "one")
    before = contents(tmp_path / "one")
    for again in (lambda: sut.new(tmp_path / "one"), lambda: sut.around(tmp_path / "one", FOREIGN / "plain")):
        with pytest.raises(WrongUse, match="a workspace already"):
            again()
    assert contents(tmp_path / "one") == before
    target = tmp_path / "two" / sut.TEXT / "index.md"
    target.parent.mkdir(parents=True)
    target.write_text("mine")
    with pytest.raises(WrongUse, match=r"would overwrite manual/chapters/index\.md"):
        sut.around(tmp_path / "two", FOREIGN / "plain")
    assert contents(tmp_path / "two") == {f"{sut.TEXT}/index.md": b"mine"}


def test_wrong_folders_and_tags_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    for root, folder in (("a", "absent"), ("b", "empty"), ("file", "empty")):
        with pytest.raises(WrongUse):
            sut.around(tmp_path / root, tmp_path / folder)
    with pytest.raises(WrongUse, match="no language tag"):
        sut.new(tmp_path / "c", language="english, please")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file"]


def test_without_a_name_nothing_is_committed_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    with pytest.raises(WrongUse, match="git does not know your name"):
        sut.new(tmp_path / "a", commit=True)
    assert not (tmp_path / "a").exists()


def test_the_workspace_may_lie_in_the_folder_of_the_text(tmp_path: Path) -> None:
    folder = copied("plain", tmp_path / "bread")
    sut.around(folder / "edition", folder)
    again = sut.around(folder / "edition-2", folder / "pictures/..", title="Again")
    assert [path for path in again.written if "/edition/" in path and path.endswith("index.md")]
    assert not [path for path in again.written if "edition-2" in path]


def test_a_link_to_a_file_outside_is_left_out_and_said(tmp_path: Path) -> None:
    folder = copied("plain", tmp_path / "bread")
    (tmp_path / "secret.md").write_text("# Secret\n")
    (folder / "secret.md").symlink_to(tmp_path / "secret.md")
    made = sut.around(tmp_path / "here", folder)
    assert [d.code for d in made.diagnostics] == ["link-outside"]
    assert not [path for path in made.written if "secret" in path]


def test_a_file_in_another_encoding_is_kept_and_said(tmp_path: Path) -> None:
    made = sut.around(tmp_path / "here", FOREIGN / "latin1")
    assert [(d.code, d.position.path, d.position.line) for d in made.diagnostics if d.position] == [
        ("encoding", "manual/chapters/README.md", 1)
    ]
    found = [d for d in check.check(made.root) if d.severity is Severity.ERROR]
    assert [d.code for d in found] == ["encoding"]


def test_odd_names_survive_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    names = ["a: b.md", "# c.md", "d 'e' \"f\".md", "-g.md", "été/[x]{y}.md", "null.md", "@h.md", "100%.md"]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name.removesuffix('.md')}\n", encoding="utf-8")
    made = sut.around(tmp_path / "here", folder, title="O: {dd} #1")
    text = (made.root / "manual/manual.yaml").read_text(encoding="utf-8")
    manual = config.read_manual("manual/manual.yaml", text).value
    assert manual is not None
    assert manual.title == "O: {dd} #1"
    assert sorted(manual.files) == sorted(f"{sut.TEXT}/{name}" for name in names)
    assert not [d for d in check.check(made.root) if d.severity is Severity.ERROR]
