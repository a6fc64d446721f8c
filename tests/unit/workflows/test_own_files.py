"""A committee's own files: what is wrong with them is said, with the place where people can mend it."""

from pathlib import Path

import pytest

from livingmanual.workflows.check import check
from livingmanual.workflows.editions import make_edition, open_draft

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
