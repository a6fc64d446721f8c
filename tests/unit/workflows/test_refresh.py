"""Refreshing overrides on disk: merging, deciding, notes and pictures, and that twice is once."""

from pathlib import Path

import pytest

from livingmanual.errors import WrongUse
from livingmanual.workflows import countries
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.refresh import refresh
from livingmanual.workflows.start_override import start

CHAPTER = """# One {#one}

## A {#sec-a}

The State answers within thirty days.[^n] It tells the public how it has answered.

![Boxes](../figures/b.svg){#fig-b alt="Boxes"}

## B {#sec-b}

Another section.

[^n]: Calendar days.
"""
OVERRIDE = "manual/overlays/countries/KE/overrides/sec-a.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which Kenya replaces a section."""
    files = {
        "manual/manual.yaml": "id: m\ntitle: M\nchapters: [chapters/a.md]\n",
        "manual/chapters/a.md": CHAPTER,
        "manual/overlays/countries/KE/overlay.yaml": "country: KE\nlanguages: [en]\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    start(tmp_path, "KE", "sec-a", "replace", "Our law.")
    edit(tmp_path, OVERRIDE, "\nThe State answers", "\nIn Kenya the State answers")
    return tmp_path


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change a file by hand."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def body(root: Path) -> str:
    """The override's own text."""
    return (root / OVERRIDE).read_text(encoding="utf-8").split("\n---\n", 1)[1]


def state(root: Path) -> str:
    """The state of the only override."""
    shelf = open_draft(root)
    [one] = countries.standings(shelf, list(shelf.loaded.overlays.values()))
    return one.state


def test_a_new_override_holds_its_note_and_finds_its_picture_and_is_current(root: Path) -> None:
    assert "[^n]: Calendar days." in body(root)
    assert "../../../../figures/b.svg" in body(root)
    assert state(root) == "current"


def test_changes_of_other_words_merge_and_the_note_is_there_once(root: Path) -> None:
    edit(root, "manual/chapters/a.md", "how it has answered.", "how it answered, and why.[^m]")
    edit(root, "manual/chapters/a.md", "[^n]: Calendar days.", "[^n]: Calendar days.\n\n[^m]: In writing.")
    [one], _ = refresh(root, "KE", commit=False)
    assert one.outcome == "merged"
    after = body(root)
    assert "In Kenya the State answers" in after
    assert "how it answered, and why.[^m]" in after
    assert after.count("[^n]: Calendar days.") == after.count("[^m]: In writing.") == 1
    assert "../../../../figures/b.svg" in after
    assert state(root) == "current"
    assert refresh(root, "KE", commit=False) == ((), "")
    assert body(root) == after


def test_white_space_and_other_sections_ask_for_nothing(root: Path) -> None:
    edit(root, "manual/chapters/a.md", "within thirty", "within\nthirty")
    edit(root, "manual/chapters/a.md", "Another section.", "Quite another section.")
    assert state(root) == "current"
    assert refresh(root, "KE", commit=False) == ((), "")


@pytest.mark.parametrize(
    ("decision", "words"),
    [("keep", "In Kenya the State answers"), ("adapt", "In Kenya the State answers"), ("adopt", "Every State answers")],
)
def test_a_conflict_is_left_for_a_person_whose_decision_is_recorded(root: Path, decision: str, words: str) -> None:
    edit(root, "manual/chapters/a.md", "The State answers", "Every State answers")
    before = (root / OVERRIDE).read_bytes()
    [one], _ = refresh(root, "KE", commit=False)
    assert one.outcome == "conflict"
    assert one.merged is not None
    assert [(c.base, c.ours, c.theirs) for c in one.merged.conflicts] == [("The", "In Kenya the", "Every")]
    assert (root / OVERRIDE).read_bytes() == before
    with pytest.raises(WrongUse):
        refresh(root, "KE", ["sec-a"], decision, " ", commit=False)
    refresh(root, "KE", ["sec-a"], decision, 'They said: "yes"', commit=False)
    assert words in body(root)
    shelf = open_draft(root)
    decided = shelf.loaded.documents[OVERRIDE].meta["decision"]
    assert (decided["reason"], state(root)) == ('They said: "yes"', "current")
    assert refresh(root, "KE", commit=False) == ((), "")


def test_a_target_that_is_gone_is_left_alone_and_its_heir_is_named(root: Path) -> None:
    edit(root, "manual/chapters/a.md", "{#sec-a}", "{#sec-new}")
    before = (root / OVERRIDE).read_bytes()
    [one], _ = refresh(root, "KE", commit=False)
    assert one.outcome == "orphaned"
    assert one.standing.fate is not None
    assert (one.standing.fate.what, one.standing.fate.heirs[0].target) == ("renamed", "sec-new")
    assert (root / OVERRIDE).read_bytes() == before
    with pytest.raises(WrongUse):
        refresh(root, "KE", ["sec-a"], commit=False)
