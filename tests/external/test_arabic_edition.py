"""An Arabic edition as people's programs see it: LibreOffice by its own interface, poppler, and our Word reader."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Outcome
from livingmanual.model.edition import Edition
from livingmanual.model.remark import AnchorState, Route
from livingmanual.render.docx import order
from livingmanual.review.word import reader
from livingmanual.workflows import editions
from tests.support import docx_files, pages, returns
from tests.support.libreoffice import Edit, LibreOffice
from tests.support.returns import Workspace

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "arabic"
CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\\s]")
PLAIN = re.compile("(?:[ء-غف-ي]+ )+[ء-غف-ي]{2,}(?![\u0640-\u065f])")
"""Words of plain letters beside each other; typst 0.15 says letters with vowel marks twice (right-to-left.md)."""
LATIN = (
    "Security Council 1366 2001",
    "254 20 123 4567",
    "Committee of the Red Cross ICRC",
    "12 3 2026",
    "Act No 12 of 2008",
)
"""Without their marks, which poppler moves: it guesses where a line turns."""
LEFT_TO_RIGHT = ("alert = report.urgent", "Act 818. 2011.")
"""Beginnings of the paragraphs that run from left to right in the Arabic manual: code, and a work in English."""
ORDERS = {
    "pPr": order.PARAGRAPH,
    "rPr": order.RUN,
    "tblPr": order.TABLE,
    "sectPr": order.SECTION,
    "settings": order.SETTINGS,
}
EDITS: list[Edit] = [
    {"do": "replace", "text": "إلى المكتب الخطأ", "with": "إلى مكتب آخر"},
    {"do": "insert-after", "text": "UN Women", "with": " وAfrican Union"},
    {"do": "replace", "text": "30 سنة", "with": "40 سنة"},
    {"do": "replace", "text": "Red Cross", "with": "Red Crescent"},
    {"do": "replace", "text": "المكتب بالأغلبية", "with": "المكتب بالإجماع"},
    {"do": "delete", "text": " إلكترونياً"},
    {"do": "comment", "text": "المحللة", "comment": "من هي؟"},
    {"do": "replace", "text": "قسم ختامي", "with": "خاتمة"},
    {"do": "delete", "text": " وTelegram"},
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outcome[Edition]:
    folder = tmp_path_factory.mktemp("arabic")
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    return editions.open_draft(folder).edition("TN", "ar")


@pytest.fixture(scope="module")
def edition(made: Outcome[Edition]) -> Edition:
    return made.value


@pytest.fixture(scope="module")
def word(edition: Edition) -> bytes:
    return docx_files.made(edition, FIXTURE, review=True)[0]


def test_the_manual_is_without_faults(made: Outcome[Edition]) -> None:
    assert [str(trouble) for trouble in made.diagnostics] == []
    assert made.value.direction == "rtl"


@pytest.mark.client("libreoffice")
def test_libreoffice_opens_the_word_file_from_right_to_left(
    libreoffice: LibreOffice, word: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "arabic.docx"
    path.write_bytes(word)
    found = libreoffice.directions(path)
    assert set(found["pages"].values()) == {"rtl"}
    assert found["tables"] == ["rtl", "rtl"]
    turned = {p["text"]: p["direction"] for p in found["paragraphs"] if p["text"].strip()}
    assert len(turned) > 60
    left = {text for text, direction in turned.items() if direction != "rtl"}
    assert {text.startswith(LEFT_TO_RIGHT) for text in left} == {True}
    assert len(left) == len(LEFT_TO_RIGHT)
    in_use = {name: direction for name, direction in found["styles"].items() if direction != "rtl"}
    assert set(in_use) <= {"Source Code"}


def test_our_reader_gets_the_text_of_the_blocks(edition: Edition, word: bytes) -> None:
    plan = docx_files.made(edition, FIXTURE, review=True)[1]
    texts = {block.id: block.text for block in (*edition.blocks, *plan.frame)}
    returned = reader.read_word(word).value
    assert returned is not None and returned.marks == ()
    read = {name: p.text for p in returned.paragraphs if p.story == "body" for name in (p.bookmarks or p.places)[:1]}
    assert read == {name: texts[name] for name in plan.order}
    notes = [p.text for p in returned.paragraphs if p.story.startswith("footnote:")]
    assert notes == [texts[name] for block in edition.blocks for name in block.notes]


@pytest.mark.client("poppler")
def test_text_copied_from_the_pdf_is_in_logical_order(edition: Edition) -> None:
    compiled = pages.pdf(edition)
    assert (compiled.accessible, compiled.warnings) == (True, ())
    done = subprocess.run(["pdftotext", "-", "-"], input=compiled.pdf, capture_output=True, check=True)
    said = CONTROLS.sub("", done.stdout.decode())
    phrases = [found for block in edition.blocks for found in PLAIN.findall(block.text)]
    assert len(phrases) > 60
    assert [phrase for phrase in phrases if CONTROLS.sub("", phrase) not in said] == []
    bare = re.sub(r"[^A-Za-z0-9]+", " ", done.stdout.decode())
    assert [words for words in LATIN if words not in bare] == []


@pytest.mark.client("poppler")
def test_words_are_copied_from_the_pdf_without_spaces_inside() -> None:
    words = "الاتحاد الأفريقي وجمهورية التعريف والفريق والتحريض أفريقيا ويجب طريق التشريعية الهوية"
    made = pages.edition(f"# {words}\n\n{words}\n", language="ar", direction="rtl")
    done = subprocess.run(["pdftotext", "-", "-"], input=pages.pdf(made).pdf, capture_output=True, check=True)
    said = re.sub("[\u2066-\u2069\u202a-\u202e]", "", done.stdout.decode())
    assert " ".join(said.split()).count(words) == 3, "contents, heading, paragraph"


@pytest.mark.client("poppler")
def test_groups_of_digits_and_latin_words_are_drawn_in_their_order(edition: Edition) -> None:
    """By the places of the words on the page: what comes first stands at the left."""
    compiled = pages.pdf(edition)
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=compiled.pdf, capture_output=True, check=True)
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', done.stdout.decode())
    places = {CONTROLS.sub("", text).lstrip("("): (float(y), float(x)) for x, y, text in found}
    groups = [places[group] for group in ("+254", "20", "123", "4567")]
    assert groups == sorted(groups)
    assert len({round(y) for y, _ in groups}) == 1


@pytest.mark.client("libreoffice")
def test_a_review_of_the_arabic_edition_comes_back_whole(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Words next to Latin ones, digits, a note, a cell and an override are changed; everything lands in its file."""
    workspace = Workspace.of(FIXTURE / "manual", tmp_path / "workspace", country="TN")
    path = tmp_path / "sent.docx"
    path.write_bytes(workspace.built())
    back = libreoffice.review(path, EDITS, author="أمينة ديالو")
    assert [done.why for done in back.done if not done] == []
    report = workspace.take(back.data)
    assert report.balanced, report.differences
    assert {remark.anchor.state for remark in report.remarks} == {AnchorState.EXACT}
    assert {remark.author for remark in report.remarks} == {"أمينة ديالو"}
    assert {remark.route for remark in report.remarks} == {Route.MANUAL, Route.OVERRIDE}
    assert [remark.text for remark in report.remarks if remark.kind == "comment"] == ["من هي؟"]
    outcome = workspace.accepted(report)
    assert outcome.conflicts == ()
    assert returns.differences(back.data, workspace.built()) == []
    assert "إلى مكتب آخر" in workspace.read("manual/chapters/01-duty.md")
    assert "UN Women وAfrican Union" in workspace.read("manual/chapters/01-duty.md")


@pytest.mark.client("libreoffice")
def test_an_untouched_return_of_the_arabic_edition_changes_nothing(libreoffice: LibreOffice, tmp_path: Path) -> None:
    workspace = Workspace.of(FIXTURE / "manual", tmp_path / "workspace", country="TN")
    path = tmp_path / "sent.docx"
    path.write_bytes(workspace.built())
    report = workspace.take(libreoffice.review(path, []).data, author="أمينة ديالو")
    assert report.remarks == () and report.balanced


def test_every_property_stands_where_the_schema_wants_it(word: bytes) -> None:
    seen = 0
    for name in ("word/document.xml", "word/footnotes.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml"):
        for element in docx_files.part(word, name).iter():
            local = str(element.tag).removeprefix(docx_files.W)
            if local in ORDERS and element.tag == docx_files.W + local:
                wanted = ORDERS[local].split()
                places = [wanted.index(str(child.tag).rsplit("}", 1)[-1]) for child in element]
                assert places == sorted(places if local == "sectPr" else set(places)), (name, local, list(element))
                seen += 1
    assert seen > 400


def test_new_paragraphs_run_from_right_to_left_too(word: bytes) -> None:
    """What a reviewer types has the direction of its style."""
    styles = docx_files.part(word, "word/styles.xml")
    turned = {
        style.get(f"{docx_files.W}styleId"): bidi.get(f"{docx_files.W}val", "1")
        for style in styles.iter(f"{docx_files.W}style")
        for bidi in style.findall(f"{docx_files.W}pPr/{docx_files.W}bidi")
    }
    assert turned == {"Normal": "1", "SourceCode": "0"}
