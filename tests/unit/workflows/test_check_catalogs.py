"""What `manual check` says of catalogs: damage, coverage, terms that were agreed on."""

from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Diagnostic
from livingmanual.translate.po import read_catalog
from livingmanual.translate.revise import Change, revised
from livingmanual.workflows import translate as workflow
from livingmanual.workflows.check_catalogs import catalogs
from livingmanual.workflows.editions import open_draft

FILES = {
    "manual/manual.yaml": """id: m
title: M1
language: en
languages: [en, fr]
chapters: [a.md]
back: [glossary.md]
""",
    "manual/a.md": "# Duty {#duty}\n\nAn early warning is answered by {{committee|the body}}.\n",
    "manual/glossary.md": "# Words {#glossary}\n\nearly warning\n:   A message that comes in time.\n",
}
FRENCH = {
    "Duty": "Devoir",
    "An early warning is answered by {{committee|the body}}.": "Il répond à l’alerte précoce : {{committee|l’organe}}.",
    "Words": "Mots",
    "early warning": "alerte précoce",
    "A message that comes in time.": "Un message qui vient à temps.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace, translated whole and confirmed but for its title, which has no words."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    workflow.update(tmp_path, ["fr"])
    for source in ("a", "glossary", "manual"):
        path = tmp_path / f"translations/fr/{source}.po"
        catalog = read_catalog("x.po", "x.md", path.read_text(encoding="utf-8")).value
        changes = {e.start: Change(FRENCH.get(e.source, "Titre")) for e in catalog.entries}
        path.write_text(revised(catalog, changes), encoding="utf-8")
    return tmp_path


def said(root: Path, file: str, old: str, new: str) -> list[Diagnostic]:
    """What is found after an edit of a catalog."""
    path = root / "translations/fr" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return list(catalogs(open_draft(root)))


def test_a_whole_translation_is_nothing_to_talk_about(root: Path) -> None:
    assert said(root, "a.po", "Devoir", "Devoir") == []


def test_what_is_open_is_one_note_for_a_language(root: Path) -> None:
    (note,) = said(root, "a.po", 'msgstr "Devoir"', 'msgstr ""')
    assert (note.severity, note.code) == ("note", "translation-open")
    assert note.message.startswith("of 6 messages 1 have no translation and 0 a stale one")


def test_damage_is_an_error_with_its_line(root: Path) -> None:
    (found,) = said(root, "a.po", "{{committee|l’organe}}", "l’organe")
    assert (found.severity, found.code) == ("error", "translation-damaged")
    assert str(found.position) == "translations/fr/a.po:20"
    assert "the variable {{committee}} is missing" in found.message


def test_an_agreed_term_that_is_not_used_is_a_warning(root: Path) -> None:
    (found,) = said(root, "a.po", "alerte précoce", "avertissement")
    assert (found.severity, found.code) == ("warning", "term-not-used")
    assert found.message == '"early warning" is called "alerte précoce" in fr, and this translation does not say so'
    assert found.hint.endswith("translations/fr/glossary.po")


def test_a_term_that_nobody_confirmed_is_not_asked_for(root: Path) -> None:
    said(root, "a.po", "alerte précoce", "avertissement")
    (note,) = said(
        root, "glossary.po", 'msgctxt "glossary"\nmsgid "early', '# machine-drafted\nmsgctxt "glossary"\nmsgid "early'
    )
    assert note.code == "translation-open"
    assert note.message.endswith("; 1 were drafted by a machine and nobody has confirmed them")


def test_a_catalog_that_cannot_be_read_is_an_error(root: Path) -> None:
    found = said(root, "a.po", 'msgid "Duty"', "msgid Duty")
    assert [(d.severity, d.code) for d in found] == [("error", "catalog-syntax"), ("note", "translation-open")]
    assert "of 6 messages 2 have no translation" in found[1].message


def test_a_language_that_nobody_configured_is_a_warning(root: Path) -> None:
    (root / "translations/fr").rename(root / "translations/xx")
    (found,) = catalogs(open_draft(root))
    assert (found.severity, found.code) == ("warning", "language-unknown")
    assert "manual/manual.yaml" in found.hint


def test_a_catalog_in_the_wrong_folder_is_an_error(root: Path) -> None:
    (found,) = said(root, "a.po", '"Language: fr\\n"', '"Language: sw_TZ\\n"')
    assert (found.severity, found.code) == ("error", "catalog-language")
    assert str(found.position) == "translations/fr/a.po:1"


def test_a_catalog_whose_file_is_gone_is_a_warning_until_the_next_update(root: Path) -> None:
    (root / "translations/fr/a.po").rename(root / "translations/fr/b.po")
    codes = [found.code for found in catalogs(open_draft(root))]
    assert codes == ["catalog-stray"]
    workflow.update(root, ["fr"])
    assert list(catalogs(open_draft(root))) == []


def test_of_two_files_with_one_catalog_the_first_has_it(root: Path) -> None:
    edited = root / "manual/a.md"
    edited.write_text(f"{edited.read_text(encoding='utf-8')}\n![](a.svg)\n", encoding="utf-8")
    (root / "manual/a.svg").write_text("<svg><text>Words</text></svg>", encoding="utf-8")
    assert {row.change for row in workflow.update(root, ["fr"])} == {"same"}
    assert list(catalogs(open_draft(root))) == []
