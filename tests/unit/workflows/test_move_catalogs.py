"""Moving, renaming and splitting carry overrides and catalogs along, and nothing is silently current."""

from pathlib import Path

import pytest

from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Severity
from livingmanual.workflows import countries, translate
from livingmanual.workflows.check import check
from livingmanual.workflows.editions import make_edition, open_draft
from livingmanual.workflows.move import move
from livingmanual.workflows.start_override import start

ONE = """# One {#one}

See [](#sec-a), [](#sec-deep) and [](#N01).

## A {#sec-a}

First words of A.

- An item of A.

Last words of A.

### Deep {#sec-deep}

Deep words.

#### Deeper {#sec-deeper}

Deeper words.

::: {.norm #N01}
A norm of A.
:::

## B {#sec-b}

Words of B.
"""
TWO = "# Two {#two}\n\n## C {#sec-c}\n\nWords of C.\n"
CATALOGS = ("translations/fr/one.po", "translations/fr/two.po")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A manual with a French translation of every message, and overrides of Kenya."""
    files = {
        "manual/manual.yaml": "id: m\ntitle: M\nlanguages: [en, fr]\nchapters: [one.md, two.md]\n",
        "manual/one.md": ONE,
        "manual/two.md": TWO,
        "manual/overlays/countries/KE/overlay.yaml": "country: KE\nlanguages: [en]\n",
        "translations/.keep": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for target in ("one", "two", "sec-a", "sec-b", "sec-c", "sec-deep", "N01"):
        start(tmp_path, "KE", target, "append", "r")
    translate.update(tmp_path, ["fr"])
    for path in CATALOGS:
        lines = (tmp_path / path).read_text().split("\n")
        for at, line in enumerate(lines):
            if line == 'msgstr ""' and lines[at - 1].startswith("msgid ") and lines[at - 1] != 'msgid ""':
                lines[at] = f'msgstr "FR {lines[at - 1][7:-1]}"'
        (tmp_path / path).write_text("\n".join(lines))
    return tmp_path


def states(root: Path) -> dict[str, str]:
    shelf = open_draft(root)
    found = countries.standings(shelf, list(shelf.loaded.overlays.values()))
    return {one.override.target: one.state for one in found}


def french(root: Path) -> list[str]:
    """The blocks of the French edition that are not translated."""
    blocks = make_edition(open_draft(root), "base", "fr").value.blocks
    literal = ["".join(run.text for run in block.runs if not run.made) for block in blocks]
    return [text for text in literal if text.strip() and not text.startswith("FR ")]


def test_the_fixture_is_translated_and_current(root: Path) -> None:
    assert french(root) == []
    assert set(states(root).values()) == {"current"}


@pytest.mark.parametrize(
    ("old", "new", "title", "drifted", "contexts"),
    [
        ("sec-a", "sec-new", "", set(), {"sec-new": "one.po"}),
        ("N01", "N02", "", set(), {"N02": "one.po"}),
        ("sec-b", "two.md", "", {"one", "two"}, {"sec-b": "two.po"}),
        (
            "sec-deep",
            "two.md",
            "",
            {"one", "two", "sec-a"},
            {"sec-deep": "two.po", "sec-deeper": "two.po", "N01": "two.po"},
        ),
        ("sec-a#2", "sec-half", "Half", {"one", "sec-a"}, {"sec-half": "one.po", "sec-a": "one.po"}),
        ("sec-a#Last words", "sec-half", "Half", {"one", "sec-a"}, {"sec-half": "one.po"}),
        ("sec-a#An item", "sec-half", "Half", {"one", "sec-a"}, {"sec-half": "one.po"}),
    ],
)
def test_what_points_there_goes_along(
    root: Path, old: str, new: str, title: str, drifted: set[str], contexts: dict[str, str]
) -> None:
    before = {path: (root / path).read_text() for path in CATALOGS}
    move(root, old, new, title)
    assert [d for d in check(root) if d.severity is Severity.ERROR] == []
    assert {target for target, state in states(root).items() if state != "current"} == drifted
    catalogs = {path.rpartition("/")[2]: (root / path).read_text() for path in CATALOGS}
    for context, name in contexts.items():
        assert f'msgctxt "{context}"' in catalogs[name]
        assert f'msgctxt "{context}"' not in catalogs["one.po" if name == "two.po" else "two.po"]
    assert french(root) == ([title] if title else [])
    assert {row.change for row in translate.update(root, ["fr"])} == {"same"}
    said = "".join(before.values()).count('msgstr "FR ')
    assert sum(text.count('msgstr "FR ') for text in catalogs.values()) == said, "no translation is lost"


def test_a_subsection_that_moves_to_a_chapter_becomes_one_of_its_sections(root: Path) -> None:
    move(root, "sec-deep", "two.md")
    assert (root / "manual/two.md").read_text() == (
        f"{TWO}\n## Deep {{#sec-deep}}\n\nDeep words.\n\n### Deeper {{#sec-deeper}}\n\nDeeper words.\n\n"
        "::: {.norm #N01}\nA norm of A.\n:::\n"
    )
    assert "### Deep" not in (root / "manual/one.md").read_text()


def test_a_split_changes_one_place_of_the_text(root: Path) -> None:
    move(root, "sec-a#2", "sec-half", "Half of *it*")
    after = ONE.replace("- An item", "## Half of \\*it\\* {#sec-half}\n\n- An item")
    assert (root / "manual/one.md").read_text() == after


@pytest.mark.parametrize(
    ("old", "new", "title", "said"),
    [
        ("sec-a#1", "sec-x", "T", "first block"),
        ("sec-a#9", "sec-x", "T", "has 3 blocks"),
        ("sec-a#0", "sec-x", "T", "has 3 blocks"),
        ("sec-a#Nothing", "sec-x", "T", "no blocks"),
        ("sec-a#2", "sec-x", "", "has no title"),
        ("sec-a#2", "sec-b", "T", "written twice"),
        ("sec-a#2", "two.md", "T", "cannot be an id"),
        ("N01#1", "sec-x", "T", "no section"),
        ("nothing#1", "sec-x", "T", "there is no id"),
    ],
)
def test_what_cannot_be_split_says_why_and_nothing_is_written(
    root: Path, old: str, new: str, title: str, said: str
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.*") if path.is_file() and "build" not in path.parts}
    with pytest.raises(WrongUse, match=said):
        move(root, old, new, title)
    assert {path: path.read_bytes() for path in before} == before
