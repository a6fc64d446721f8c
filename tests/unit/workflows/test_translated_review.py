"""A returned Word file of a translated edition: what lands in the catalog, what is left to a person, what is raised."""

from collections.abc import Callable
from pathlib import Path

import pytest

from livingmanual.errors import WrongUse
from livingmanual.model.remark import Route
from livingmanual.workflows import source_note, triage
from livingmanual.workflows.import_review import ImportReport
from tests.support import oracle
from tests.support.returns import Workspace
from tests.support.word_edits import WordFile

MANUAL = """id: small
title: Small
language: en
languages: [en, fr]
chapters: [chapters/01.md]
"""
TEXT = """# The duty {#ch-duty}

## Peace {#sec-peace}

The *duty* holds {{country.in|in your country}} at all times.[^a]

- A short item.

[^a]: A "note" says more.
"""
CATALOG = r"""msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"

msgctxt "sec-peace"
msgid "The *duty* holds {{country.in|in your country}} at all times.[^a]"
msgstr ""
"Le *devoir* vaut {{country.in|dans votre pays}} "
"en tout temps, « \"même\" » en paix.[^a]"

msgctxt "sec-peace"
msgid "A short item."
msgstr "Un point court."

# machine-drafted
msgctxt "sec-peace"
msgid "A \"note\" says more."
msgstr "Une note en dit plus."
"""
PO = "translations/fr/chapters/01.po"
WHO = "Awa Traoré"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    files = {"manual/manual.yaml": MANUAL, "manual/chapters/01.md": TEXT, PO: CATALOG}
    begun = Workspace.of_texts(files, tmp_path / "workspace")
    return Workspace(begun.root, begun.country, "fr")


def returned(workspace: Workspace, begins: str, change: Callable[[WordFile, object], None]) -> ImportReport:
    """Import the edition after a change of the paragraph that begins so."""
    file = WordFile(workspace.built())
    paragraph = next(p for p in reversed(file.paragraphs()) if begins in file.text(p))
    change(file, paragraph)
    report = workspace.take(file.data())
    assert report.balanced, report.differences
    return report


def replaced(old: str, new: str) -> Callable[[WordFile, object], None]:
    """Words for words."""

    def change(file: WordFile, paragraph: object) -> None:
        at = file.text(paragraph).index(old)  # type: ignore[arg-type]
        file.replace(paragraph, at, at + len(old), new, WHO)  # type: ignore[arg-type]

    return change


def test_words_land_in_the_string_of_the_catalog(workspace: Workspace) -> None:
    report = returned(workspace, "Le devoir", replaced("en tout temps", 'toujours ("\\*")'))
    assert [r.route for r in report.remarks] == [Route.CATALOG]
    assert report.remarks[0].edits[0].path == PO
    assert workspace.accepted(report).conflicts == ()
    after = workspace.read(PO)
    assert after == CATALOG.replace("en tout temps, «", r"toujours (\"\\\\\\*\"), «")
    shown = [para.text for para in oracle.accepted(workspace.built())]
    assert any('toujours ("\\*"), «' in text for text in shown)


def test_what_the_source_refers_to_stays(workspace: Workspace) -> None:
    report = returned(workspace, "Le devoir", replaced("dans votre pays en tout temps", "partout"))
    remark = report.remarks[0]
    assert remark.edits == () and "{{country}}" in remark.anchor.why
    assert remark.anchor.spans[0].path == PO
    assert workspace.accepted(report).commits == ()


def test_paragraphs_are_those_of_the_source(workspace: Workspace) -> None:
    def add(file: WordFile, paragraph: object) -> None:
        file.add_paragraph(paragraph, "Un autre point.", WHO)  # type: ignore[arg-type]

    report = returned(workspace, "Un point", add)
    assert [(r.edits, r.new.strip()) for r in report.remarks] == [((), "Un autre point.")]
    assert "make this change in the source" in report.remarks[0].anchor.why


def test_an_untranslated_block_is_the_manuals(workspace: Workspace) -> None:
    report = returned(workspace, "Peace", replaced("Peace", "In peace"))
    assert [r.route for r in report.remarks] == [Route.MANUAL]
    workspace.accepted(report)
    assert "## In peace {#sec-peace}" in workspace.read("manual/chapters/01.md")


def test_a_note_is_raised_on_the_source(workspace: Workspace) -> None:
    report = returned(workspace, "Un point", replaced("court", "bref"))
    note = source_note.note_on(workspace.root, report.remarks[0].id, "short of what?")
    note.write(workspace.root)
    found = next(one for one in triage.remarks(workspace.root) if one["id"] == note.remark.id)
    assert (found["kind"], found["route"], found["quoted"]) == ("comment", "manual", "A short item.")
    assert found["anchor"]["path"] == "manual/chapters/01.md" and found["author"] == "Task Group"
    assert WHO not in "".join(data.decode() for data in note.files.values())


def test_only_translations_have_a_source(workspace: Workspace) -> None:
    report = returned(workspace, "Peace", replaced("Peace", "In peace"))
    with pytest.raises(WrongUse, match="is not about a translation"):
        source_note.note_on(workspace.root, report.remarks[0].id, "why?")


def test_the_catalog_moved_on(workspace: Workspace) -> None:
    file = WordFile(workspace.built())
    paragraph = next(p for p in reversed(file.paragraphs()) if file.text(p).startswith("Le devoir"))
    replaced("en tout temps", "toujours")(file, paragraph)
    data = file.data()
    workspace.write(PO, CATALOG.replace("Un point court.", "Un autre point, plus long.").replace("vaut", "s’applique"))
    workspace.commit("a translator worked on")
    report = workspace.take(data)
    assert workspace.accepted(report).conflicts == ()
    after = workspace.read(PO)
    assert "s’applique" in after and '"toujours, «' in after and "plus long" in after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("en {{pays}}", "the variable {{pays}} is not in the source"),
        ("*toujours", "an emphasis is opened"),
        ("a\n\nb", "it has two paragraphs"),
    ],
)
def test_words_of_a_decision_leave_the_translation_whole(workspace: Workspace, text: str, said: str) -> None:
    report = returned(workspace, "Un point", replaced("court", "bref"))
    name = report.remarks[0].id
    triage.decide(workspace.root, [name], "accepted-with-change", "clearer", text=text)
    applied = workspace.apply()
    assert applied.conflicts == (name,) and said in " ".join(applied.notes)
    assert workspace.read(PO) == CATALOG
    triage.decide(workspace.root, [name], "accepted-with-change", "clearer", text='"vite"')
    assert workspace.apply().applied == (name,)
    assert r'msgstr "Un point \"vite\"."' in workspace.read(PO)


def test_two_changes_do_not_empty_a_translation_together(workspace: Workspace) -> None:
    file = WordFile(workspace.built())
    paragraph = next(p for p in file.paragraphs() if file.text(p) == "Un point court.")
    file.delete(paragraph, 0, 9, WHO)
    file.delete(paragraph, 0, 6, "Binta Kone")
    report = workspace.take(file.data())
    assert len(report.remarks) == 2
    applied = workspace.accepted(report)
    assert len(applied.applied) == len(applied.conflicts) == 1
    assert "a translation without words is none" in applied.notes[0]
    assert 'msgstr ""\n\n' not in workspace.read(PO)


def test_a_catalog_that_cannot_be_read_today_is_named(workspace: Workspace) -> None:
    file = WordFile(workspace.built())
    paragraph = next(p for p in reversed(file.paragraphs()) if "Un point" in file.text(p))
    replaced("court", "bref")(file, paragraph)
    data = file.data()
    workspace.write(PO, CATALOG.replace('msgstr "Une note', "msgstr Une note"))
    workspace.commit("a slip of the hand")
    applied = workspace.accepted(workspace.take(data))
    assert applied.applied == () and f"{PO} cannot be read today" in applied.notes[0]
