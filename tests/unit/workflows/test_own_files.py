"""A committee's own files: what is wrong with them is said, with the place where people can mend it."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Position, Severity
from livingmanual.workflows.build import Request, build
from livingmanual.workflows.check import check
from livingmanual.workflows.editions import make_edition, open_draft
from tests.support.returns import Workspace

HOME = "manual/overlays/countries/KE"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "manual/manual.yaml", "id: m\ntitle: M\nlanguages: [en, fr]\nchapters: [a.md]\n")
    write(tmp_path, "manual/a.md", "# One {#one}\n\n## A {#sec-a}\n\nText.\n")
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "code", "line", "words"),
    [
        ("foreword: none.md", "file-missing", 0, f"{HOME}/none.md"),
        ("chapters:\n  - ../CI/a.md", "settings-wrong", 3, "not inside the folder"),
        ("annexes: [/etc/passwd]", "settings-wrong", 2, "not inside the folder"),
        ("annexes: [../../../../../secret.md]", "settings-wrong", 2, "not inside the folder"),
        ("foreword: notitle.md", "title-missing", 1, "does not begin with a title"),
        ("forword: f.md", "settings-unknown", 2, '"forword" is unknown'),
        ("chapters: f.md", "settings-wrong", 2, "array"),
    ],
)
def test_what_is_wrong_with_own_files_is_said_with_its_place(
    root: Path, settings: str, code: str, line: int, words: str
) -> None:
    write(root.parent, "secret.md", "# Secret\n")
    write(root, f"{HOME}/notitle.md", "Words.\n")
    write(root, f"{HOME}/overlay.yaml", f"country: KE\n{settings}\n")
    [told] = open_draft(root).loaded.diagnostics
    assert (told.code, told.position.line if told.position else -1) == (code, line)
    assert words in told.message
    if code == "settings-unknown":
        assert told.hint == 'did you mean "foreword"?'


def test_an_unknown_key_of_an_override_is_named(root: Path) -> None:
    write(root, f"{HOME}/overlay.yaml", "country: KE\n")
    write(
        root, f"{HOME}/overrides/a.md", "---\ntarget: sec-a\naction: append\nreason: r\nfingerprnt: x\n---\n\nMore.\n"
    )
    told = [d for d in check(root) if d.code == "settings-unknown"]
    assert [(str(d.position), d.hint) for d in told] == [(f"{HOME}/overrides/a.md:5", 'did you mean "fingerprint"?')]


def test_an_override_of_the_manual_is_not_touched_by_own_files(root: Path) -> None:
    write(root, f"{HOME}/overlay.yaml", "country: KE\n")
    before = make_edition(open_draft(root), "KE", "en").value
    write(root, f"{HOME}/overlay.yaml", "country: KE\nchapters: [own.md]\nforeword: f.md\n")
    write(root, f"{HOME}/own.md", "# Own {#ke-own}\n\nWords.\n")
    write(root, f"{HOME}/f.md", "# Foreword {#ke-f}\n\nWords.\n")
    after = make_edition(open_draft(root), "KE", "en").value
    names = [block.id for block in before.blocks]
    assert [block.id for block in after.blocks if block.id in names] == names
    assert [entry.number for entry in after.contents] == ["", "1", "1.1", "KE-1"]
    assert [block.text for block in make_edition(open_draft(root), "base", "en").value.blocks] == [
        block.text for block in before.blocks
    ]


def test_a_country_s_own_language_is_one_of_its_editions(root: Path) -> None:
    write(root, f"{HOME}/overlay.yaml", "country: KE\nlanguages: [luo, en]\n")
    shelf = open_draft(root)
    assert make_edition(shelf, "KE", "luo").value.key.language == "luo"
    assert shelf.loaded.diagnostics == ()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="50"><rect width="39" height="49"/></svg>'
ARMS = "country: KE\narms:\n  picture: arms.svg\n  alt: A shield\n  licence: Public notice 1\n"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("arms: {picture: arms.svg, licence: x}", "arms-alt"),
        ("arms: {picture: arms.svg, alt: A shield}", "arms-licence"),
        ("arms: {picture: ../arms.svg, alt: A shield, licence: x}", "settings-wrong"),
    ],
)
def test_arms_need_words_and_a_licence(root: Path, settings: str, code: str) -> None:
    write(root, f"{HOME}/overlay.yaml", f"country: KE\n{settings}\n")
    [told] = open_draft(root).loaded.diagnostics
    assert (told.code, told.severity, told.position) == (code, Severity.ERROR, Position(f"{HOME}/overlay.yaml", 2))


def test_arms_that_are_not_there_or_not_confirmed_are_told(root: Path) -> None:
    write(root, f"{HOME}/overlay.yaml", f"{ARMS}  status: to-confirm\n")
    assert [d.code for d in build(Request(root, ("KE",), draft=True)).diagnostics] == ["picture-missing"]
    write(root, f"{HOME}/arms.svg", SVG)
    told = [d for d in check(root) if d.code == "to-confirm"]
    assert [str(d.position) for d in told] == [f"{HOME}/overlay.yaml:2"]


def test_arms_are_on_the_cover_of_every_format_and_of_no_other_country(root: Path) -> None:
    write(root, f"{HOME}/overlay.yaml", ARMS)
    write(root, f"{HOME}/arms.svg", SVG)
    report = build(Request(root, ("KE", "base"), formats=("docx", "html", "pdf"), draft=True))
    assert report.diagnostics == ()
    files = {(one.country, one.format): Path(one.path).read_bytes() for one in report.artifacts}
    page, other = (files[country, "html"].decode() for country in ("KE", "base"))
    assert re.search(r'<header class="title"><img class="emblem" src="data:image/svg[^"]*" alt="A shield">', page)
    assert "emblem" not in other.split("</style>")[1]
    with zipfile.ZipFile(io.BytesIO(files["KE", "docx"])) as package:
        cover = package.read("word/document.xml").decode().partition("<w:t")[0]
        assert 'descr="A shield"' in cover
        assert {Path(name).suffix for name in package.namelist() if "media/" in name} == {".png", ".svg"}
    assert b"A shield" in files["KE", "pdf"] or "A shield".encode("utf-16-be") in files["KE", "pdf"]
    assert b"A shield" not in files["base", "pdf"]


def test_an_untouched_file_with_arms_and_own_chapters_comes_back_without_a_change(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(root, f"{HOME}/overlay.yaml", f"{ARMS}foreword: f.md\nannexes: [own.md]\n")
    write(root, f"{HOME}/arms.svg", SVG)
    write(root, f"{HOME}/f.md", "# Foreword {#ke-f}\n\nWords.\n")
    write(root, f"{HOME}/own.md", "# Own {#ke-own}\n\n## Below\n\nWords of ours.\n\n| a |\n|---|\n| b |\n")
    files = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
    workspace = Workspace.of_texts(files, tmp_path_factory.mktemp("returned"), "KE")
    assert workspace.take(workspace.built()).remarks == ()


@pytest.mark.parametrize(
    ("path", "text", "code", "words"),
    [
        (f"{HOME}/overlay.yaml", "country: TZ\n", "overlay-misplaced", 'lies in the folder "KE"'),
        (f"{HOME}/overlay.yaml", "country: KEN\n", "settings-wrong", "no code of a country"),
        (f"{HOME}/overlay.yaml", "country: KE\nlanguages: [english]\n", "settings-wrong", "no code of a language"),
        ("manual/overlays/countries/ke/overlay.yaml", "country: KE\n", "overlay-twice", "already"),
        ("manual/overlays/regions/eac/overlay.yaml", "region: eac\nmembers: [KX, ke]\n", "member-unknown", '"KX"'),
        (f"{HOME}/overrides/a.markdown", "---\ntarget: one\n---\n", "file-unused", "does not end in .md"),
        (f"{HOME}/more.md", "# More\n", "file-unused", "overlay.yaml does not name it"),
    ],
)
def test_what_would_do_nothing_in_silence_is_said(root: Path, path: str, text: str, code: str, words: str) -> None:
    write(root, f"{HOME}/overlay.yaml", "country: KE\n")
    write(root, path, text)
    write(root, "manual/overlays/README.md", "About overlays.\n")
    told = [d for d in check(root) if d.code == code]
    assert [words in d.message for d in told] == [True]
    assert all(d.position and d.position.path.lower() == path.lower() for d in told)
