"""The glossary of a translated edition is in the order of its language; that of the source is as written."""

from pathlib import Path

from livingmanual.text import tree
from livingmanual.workflows.editions import open_draft

MANUAL = "id: small\ntitle: Small\nlanguage: en\nlanguages: [en, fr]\nback: [glossary.md]\n"
GLOSSARY = "# Glossary {#glossary}\n\nzeal\n:   One.\n\nalert\n:   Two.\n"
CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "glossary"
msgid "zeal"
msgstr "élan"

msgctxt "glossary"
msgid "alert"
msgstr "veille"
"""


def terms(root: Path, language: str) -> list[str]:
    """The terms of the base edition in their order."""
    edition = open_draft(root).edition("base", language).value
    return [tree.string(tree.inlines(leaf)) for leaf, place in tree.leaves(edition.nodes) if place.kind == "term"]


def test_terms_are_sorted_in_a_translation_only(tmp_path: Path) -> None:
    for path, text in {
        "manual/manual.yaml": MANUAL,
        "manual/glossary.md": GLOSSARY,
        "translations/fr/glossary.po": CATALOG,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert terms(tmp_path, "en") == ["zeal", "alert"]
    assert terms(tmp_path, "fr") == ["élan", "veille"]
    (tmp_path / "translations/fr/glossary.po").write_text(CATALOG.replace("élan", "zèle"), encoding="utf-8")
    assert terms(tmp_path, "fr") == ["veille", "zèle"]
