"""PO files that come back: whose they are, what is refused, and that a refusal writes nothing."""

from pathlib import Path

import pytest

from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.workflows import take_catalog
from livingmanual.workflows import translate as workflow

FILES = {
    "manual/manual.yaml": "id: m\ntitle: M1\nlanguage: en\nlanguages: [en, fr]\nchapters: [a.md, b.md]\n",
    "manual/a.md": "# One {#one}\n\nThe first words of all.\n",
    "manual/b.md": "# Two {#two}\n\nThe other words, of {{country}}.\n",
}
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
FIRST = '\nmsgctxt "one"\nmsgid "The first words of all."\nmsgstr "Les premiers mots."\n'
OTHER = '\nmsgctxt "two"\nmsgid "The other words, of {{country}}."\nmsgstr "Les autres, du {{country.of}}."\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    workflow.update(tmp_path, ["fr"])
    return tmp_path


def back(root: Path, text: str, name: str = "back.po") -> Path:
    path = root / name
    path.write_text(text, encoding="utf-8")
    return path


def catalogs(root: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "translations").rglob("*.po")}


@pytest.mark.parametrize("language", ["fr", "fr_FR", "fr-FR"])
def test_a_file_finds_its_catalog_by_what_it_says_whatever_its_name(root: Path, language: str) -> None:
    (result,) = take_catalog.take(root, [back(root, HEADER.format(language) + FIRST)], "")
    assert (result.catalog, result.changed) == ("translations/fr/a.po", 1)
    assert 'msgstr "Les premiers mots."' in catalogs(root)["a.po"]


def test_several_files_are_taken_or_none(root: Path) -> None:
    good = back(root, HEADER.format("fr") + FIRST, "good.po")
    bad = back(root, HEADER.format("fr") + OTHER.replace("{{country.of}}", "Kenya"), "bad.po")
    before = catalogs(root)
    with pytest.raises(ContentProblem, match=r"bad\.po:7: error: .*the variable \{\{country\}\} is missing"):
        take_catalog.take(root, [good, bad], "")
    assert catalogs(root) == before
    back(root, HEADER.format("fr") + OTHER, "bad.po")
    results = take_catalog.take(root, [good, bad], "")
    assert [result.catalog for result in results] == ["translations/fr/a.po", "translations/fr/b.po"]


def test_a_message_of_another_file_is_refused(root: Path) -> None:
    text = HEADER.format("fr") + FIRST + OTHER
    text = text.replace('charset=UTF-8\\n"\n', 'charset=UTF-8\\n"\n"X-Source: manual/a.md\\n"\n')
    with pytest.raises(ContentProblem, match=r"is a message of translations/fr/b\.po, not of translations/fr/a\.po"):
        take_catalog.take(root, [back(root, text)], "")


def test_two_files_for_one_catalog_are_refused(root: Path) -> None:
    text = HEADER.format("fr") + FIRST
    with pytest.raises(WrongUse, match=r"two files are for translations/fr/a\.po"):
        take_catalog.take(root, [back(root, text, "x.po"), back(root, text, "y.po")], "")


def test_what_cannot_be_a_catalog_is_not_read(root: Path) -> None:
    file = root / "huge.po"
    with file.open("wb") as handle:
        handle.truncate(take_catalog.LARGEST + 1)
    with pytest.raises(ContentProblem, match="larger than 16 MiB"):
        take_catalog.take(root, [file], "fr")
    file.write_bytes((HEADER.format("fr") + FIRST).encode("utf-16"))
    with pytest.raises(ContentProblem, match="not UTF-8"):
        take_catalog.take(root, [file], "fr")


def test_the_language_must_be_known_and_one(root: Path) -> None:
    with pytest.raises(WrongUse, match='nobody configured the language "de"'):
        take_catalog.take(root, [back(root, HEADER.format("de") + FIRST)], "")
    with pytest.raises(WrongUse, match="does not say its language"):
        take_catalog.take(root, [back(root, HEADER.format("") + FIRST)], "")
    with pytest.raises(ContentProblem, match='the header says "de" and not "fr"'):
        take_catalog.take(root, [back(root, HEADER.format("de") + FIRST)], "fr")


def test_a_file_of_nothing_that_we_know_is_refused(root: Path) -> None:
    text = HEADER.format("fr") + FIRST.replace("first words", "unheard-of words")
    with pytest.raises(WrongUse, match="belongs to none of the catalogs of fr"):
        take_catalog.take(root, [back(root, text)], "")


def test_nobody_confirms_nothing(root: Path) -> None:
    with pytest.raises(WrongUse, match="nobody is named"):
        take_catalog.confirm(root, "fr", [], "", " ")
    with pytest.raises(WrongUse, match=r'there is no catalog "c\.po"'):
        take_catalog.confirm(root, "fr", ["c.po"], "", "A. T.")
