"""Country × language × what changed: the state in which every block reaches its reader.

A small workspace is translated whole; then one thing changes, and the editions are composed again, before the catalogs
are brought up to date and after. Each block carries a word in capitals that translations keep, by which it is found.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from livingmanual.text import tree
from livingmanual.translate.po import read_catalog
from livingmanual.translate.revise import Change, revised
from livingmanual.workflows import translate as workflow
from livingmanual.workflows.editions import open_draft

CHAPTER, SECOND = "manual/chapters/a.md", "manual/chapters/b.md"
KENYA = "manual/overlays/countries/KE/overrides/bodies.md"
IVORY = "manual/overlays/countries/CI/overrides/bodies.md"
FILES = {
    "manual/manual.yaml": """id: m
title: M
language: en
languages: [en, fr, sw]
formats: [html]
chapters: [chapters/a.md, chapters/b.md]
""",
    CHAPTER: """# Duty {#duty}

The ALPHA duty exists in time of peace as well as in time of war, and every State has it.

## Bodies {#bodies}

The BETA committee meets four times a year in the capital, and more often where it has to.
""",
    SECOND: """# Work {#work}

The GAMMA secretariat keeps the minutes of all meetings, and publishes what it may publish.
""",
    "manual/overlays/countries/KE/overlay.yaml": "country: KE\nlanguages: [en, fr, sw]\nnames: {en: {short: Kenya}}\n",
    KENYA: """---
target: bodies
action: replace
reason: Kenya has another body.
---

The DELTA committee of Kenya meets every month, in the county from which a report has come.
""",
    "manual/overlays/countries/CI/overlay.yaml": "country: CI\nlanguages: [fr, sw]\nnames: {en: {short: CI}}\n",
    IVORY: """---
target: bodies
action: append
reason: The Ivorian text was written in French.
language: fr
---

Le comité EPSILON se réunit à Abidjan quatre fois par an, et plus souvent là où il le faut.
""",
}
WORDS = ("ALPHA", "BETA", "GAMMA", "DELTA", "EPSILON")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The workspace, translated whole and confirmed."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    workflow.update(tmp_path, ["fr", "sw"])
    for file in (tmp_path / "translations").rglob("*.po"):
        catalog = read_catalog("x.po", "x.md", file.read_text(encoding="utf-8")).value
        words = {entry.start: Change(f"{file.parts[-2]} {entry.source}") for entry in catalog.entries}
        file.write_text(revised(catalog, words), encoding="utf-8")
    return tmp_path


def states(root: Path, country: str, language: str) -> dict[str, str]:
    """The state of every block by its word in capitals; `native` where nothing had to be translated."""
    outcome = open_draft(root).edition(country, language)
    assert not outcome.failed, outcome.diagnostics
    found: dict[str, str] = {}
    for leaf, _ in tree.leaves(outcome.value.nodes):
        text = tree.string(tree.inlines(leaf))
        found |= {word: str(leaf.get("tr", "native")) for word in WORDS if word in text}
    return found


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def rewrapped(root: Path) -> None:
    """Every file with another wrapping and another front matter."""
    for path in (CHAPTER, SECOND, KENYA, IVORY):
        head, mark, body = (root / path).read_text(encoding="utf-8").rpartition("---\n")
        head = head.replace("reason: ", "reason: Perhaps ")
        body = body.replace(" of ", "\nof ").replace(" in ", " in\n").replace(" et ", "\net  ")
        (root / path).write_text(f"{head}{mark}{body}\n", encoding="utf-8")


def moved(root: Path) -> None:
    """The paragraphs ALPHA and BETA change places with each other's section and file."""
    beta = FILES[CHAPTER].split("\n\n")[-1].strip()
    edited(CHAPTER, f"{beta}\n", "")(root)
    edited(SECOND, "The GAMMA", f"{beta}\n\nThe GAMMA")(root)


NOTHING: dict[str, str] = {}
CHANGES: dict[str, tuple[Callable[[Path], None], dict[str, str]]] = {
    "nothing": (lambda root: None, NOTHING),
    "manual edited": (edited(CHAPTER, "four times a year", "six times a year"), {"BETA": "stale"}),
    "override edited": (edited(KENYA, "every month", "every week"), {"DELTA": "stale"}),
    "native override edited": (edited(IVORY, "quatre fois", "six fois"), {"EPSILON": "stale"}),
    "cosmetic edit": (rewrapped, NOTHING),
    "block moved": (moved, NOTHING),
    "new text": (edited(SECOND, "The GAMMA secretariat keeps", "GAMMA! Nobody but an archivist ever saw"), {}),
}
BLOCKS = {
    "base": ("ALPHA", "BETA", "GAMMA"),
    "KE": ("ALPHA", "DELTA", "GAMMA"),
    "CI": ("ALPHA", "BETA", "EPSILON", "GAMMA"),
}
NATIVE = {("EPSILON", "fr")}


@pytest.mark.parametrize("updated", [False, True], ids=["before update", "after update"])
@pytest.mark.parametrize("name", CHANGES)
def test_the_state_of_every_block(root: Path, name: str, updated: bool) -> None:
    change, expected = CHANGES[name]
    change(root)
    if updated:
        workflow.update(root, ["fr", "sw"])
    for country, words in BLOCKS.items():
        for language in ("fr", "sw"):
            found = states(root, country, language)
            wanted = {word: expected.get(word, "translated") for word in words}
            wanted |= {word: "native" for word in words if (word, language) in NATIVE}
            if name == "block moved" and country == "KE":
                wanted["BETA"] = "translated"
            if name == "new text":
                wanted["GAMMA"] = found["GAMMA"]
                assert found["GAMMA"] in ("stale", "missing")
            assert found == wanted, (country, language)


def test_an_override_is_never_shown_with_the_translation_of_what_it_replaces(root: Path) -> None:
    """The override says almost what the manual says; its translation is missing all the same."""
    text = FILES[CHAPTER].split("\n\n")[-1].replace("capital", "capital, Nairobi").strip()
    head = FILES[KENYA].rpartition("\n\n")[0]
    (root / KENYA).write_text(f"{head}\n\n{text}\n", encoding="utf-8")
    for file in (root / "translations").rglob("KE/overrides/bodies.po"):
        file.unlink()
    assert states(root, "base", "fr")["BETA"] == "translated"
    assert states(root, "KE", "fr")["BETA"] == "missing"
    workflow.update(root, ["fr", "sw"])
    assert states(root, "KE", "fr")["BETA"] == "missing"


def test_a_file_that_is_renamed_takes_its_catalog_along(root: Path) -> None:
    (root / SECOND).rename(root / "manual/chapters/c.md")
    edited("manual/manual.yaml", "chapters/b.md", "chapters/c.md")(root)
    changes = {row.path: row.change for row in workflow.update(root, ["fr"])}
    assert changes["translations/fr/chapters/c.po"] == "new"
    assert changes["translations/fr/chapters/b.po"] == "removed"
    assert states(root, "base", "fr")["GAMMA"] == "translated"
    assert not (root / "translations/fr/chapters/b.po").exists()


def test_templates_do_not_change_when_the_catalogs_are_brought_up_to_date(root: Path) -> None:
    def templates() -> dict[str, bytes]:
        written = workflow.extract(root, [], "build/pot")
        return {path: (root / path).read_bytes() for path in written}

    before = templates()
    assert {"build/pot/chapters/a.pot", "build/pot/overlays/countries/KE/overrides/bodies.pot"} <= set(before)
    assert {row.change for row in workflow.update(root, [])} <= {"same", "new"}
    assert templates() == before
    assert {row.change for row in workflow.update(root, [])} == {"same"}


def test_a_regional_catalog_says_only_what_differs(root: Path) -> None:
    (root / "manual/overlays/countries/CM").mkdir()
    text = "country: CM\nlanguages: [fr-CM]\nnames: {en: {short: Cameroon}}\n"
    (root / "manual/overlays/countries/CM/overlay.yaml").write_text(text, encoding="utf-8")
    assert workflow.update(root, ["fr-CM"]) == []
    assert states(root, "CM", "fr-CM") == {"ALPHA": "translated", "BETA": "translated", "GAMMA": "translated"}
    near = root / "translations/fr-CM/chapters/b.po"
    near.parent.mkdir(parents=True)
    far = (root / "translations/fr/chapters/b.po").read_text(encoding="utf-8")
    near.write_text(far.replace("chapters The GAMMA", "fr-CM The GAMMA"), encoding="utf-8")
    edition = open_draft(root).edition("CM", "fr-CM").value
    shown = [tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(edition.nodes)]
    assert any(words.startswith("fr-CM The GAMMA") for words in shown)
    edited(SECOND, "publishes what", "prints what")(root)
    (row,) = workflow.update(root, ["fr-CM"])
    assert (row.change, row.stale) == ("changed", 1)


def test_an_override_in_the_country_s_language_needs_a_translation_into_the_manual_s(root: Path) -> None:
    assert states(root, "CI", "en") == {
        "ALPHA": "native",
        "BETA": "native",
        "GAMMA": "native",
        "EPSILON": "missing",
    }
    assert not (root / "translations/fr/overlays/countries/CI").exists()
    (row,) = workflow.update(root, ["en"])
    assert (row.path, row.messages) == ("translations/en/overlays/countries/CI/overrides/bodies.po", 1)
    path = root / row.path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr ""\n', 'msgstr "The EPSILON committee."\n').replace(
        'msgid ""\nmsgstr "The EPSILON committee."', 'msgid ""\nmsgstr ""'), encoding="utf-8")  # fmt: skip
    assert states(root, "CI", "en")["EPSILON"] == "translated"


@pytest.mark.parametrize("updated", [False, True], ids=["before update", "after update"])
def test_a_stale_translation_is_not_shown_where_it_refers_to_what_is_gone(root: Path, updated: bool) -> None:
    edited(SECOND, "what it may publish.", "what it may publish; see [](#bodies).")(root)
    workflow.update(root, ["fr"])
    catalog = root / "translations/fr/chapters/b.po"
    entry = next(
        e for e in read_catalog("x.po", "x.md", catalog.read_text("utf-8")).value.entries if "#bod" in e.source
    )
    text = catalog.read_text("utf-8").replace("#, fuzzy\n", "").replace('publish."\n', 'publish; see [](#bodies)."\n')
    assert entry.fuzzy
    catalog.write_text(text, encoding="utf-8")
    assert states(root, "base", "fr")["GAMMA"] == "translated"
    (root / CHAPTER).write_text(FILES[CHAPTER].partition("## Bodies")[0], encoding="utf-8")
    for overlay in ("KE", "CI"):
        (root / f"manual/overlays/countries/{overlay}/overrides/bodies.md").unlink()
    edited(SECOND, "; see [](#bodies).", ".")(root)
    if updated:
        workflow.update(root, ["fr"])
    assert states(root, "base", "fr") == {"ALPHA": "translated", "GAMMA": "stale"}
    shown = [
        tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(open_draft(root).edition("base", "fr").value.nodes)
    ]
    assert any(words.startswith("The GAMMA") for words in shown)


def test_words_that_look_like_a_note_and_bars_in_the_code_of_a_cell_are_translated_as_they_are(root: Path) -> None:
    table = "| Sign [^1] | Use |\n|---|---|\n| `a\\|b` sign | one use |\n"
    (root / SECOND).write_text(f"# Work {{#work}}\n\nThe words [^Nobody] say it.\n\n{table}", encoding="utf-8")
    workflow.update(root, ["fr"])
    file = root / "translations/fr/chapters/b.po"
    catalog = read_catalog("x.po", "x.md", file.read_text(encoding="utf-8")).value
    words = {e.start: Change(f"fr {e.source}", fuzzy=False) for e in catalog.entries if not e.obsolete}
    file.write_text(revised(catalog, words), encoding="utf-8")
    edition = open_draft(root).edition("base", "fr").value
    shown = [tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(edition.nodes)]
    assert {"fr The words [^Nobody] say it.", "fr Sign [^1]", "fr a|b sign"} <= set(shown)
