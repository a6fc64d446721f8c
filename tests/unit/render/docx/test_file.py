"""The file around the text: reproducible bytes, the stamp, Track Changes, languages, pictures, order of properties."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest

from livingmanual.adapters import pandoc
from livingmanual.render.docx import order, package, reference
from tests.support import docx_files, written
from tests.support.docx_files import W

TEXT = """# One {#one}

Text[^n] with a picture.

[^n]: Note.

![Alt](../figures/legal-path.svg)

| a | b |
|---|---|
| c | |
"""
STAMP = f"sample/base/en@{written.REVISION};tool=0.0;format=1"


@pytest.fixture(scope="module")
def made(repository: Path) -> bytes:
    return docx_files.made(written.edition_of(TEXT), repository)[0]


def test_the_same_edition_gives_the_same_bytes(made: bytes, repository: Path) -> None:
    assert docx_files.made(written.edition_of(TEXT), repository)[0] == made


def test_the_zip_carries_one_date_and_sorted_names(made: bytes) -> None:
    entries = zipfile.ZipFile(io.BytesIO(made)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names)


def test_every_part_has_a_content_type_and_every_relationship_a_target(made: bytes) -> None:
    names = set(zipfile.ZipFile(io.BytesIO(made)).namelist())
    found = package.Package.read(made)
    for source in ("", "word/document.xml", "customXml/item1.xml"):
        for kind, target in found.related(source).values():
            assert target in names or kind == "hyperlink", (source, target)
    types = found.root("[Content_Types].xml")
    overrides = {entry.get("PartName") for entry in types if entry.get("PartName")}
    defaults = {entry.get("Extension") for entry in types if entry.get("Extension")}
    assert {name for name in overrides if name[1:] not in names} == set()
    assert all(f"/{name}" in overrides or name.rsplit(".", 1)[-1] in defaults for name in names if name[0] != "[")


def test_the_stamp_stands_in_four_places(made: bytes) -> None:
    assert STAMP in docx_files.raw(made, "docProps/custom.xml")
    assert f"urn:livingmanual:{STAMP}" in docx_files.raw(made, "docProps/core.xml")
    assert docx_files.paragraphs(made)[-1][2] == f"Edition stamp: {STAMP}"
    root = docx_files.part(made, "customXml/item1.xml")
    assert root.tag == "{https://livingmanual.invalid/ns/edition}edition"
    assert dict(root.attrib) == {
        "manual": "sample",
        "country": "base",
        "language": "en",
        "revision": written.REVISION,
        "tool": "0.0",
        "format": "1",
    }


def test_the_custom_part_names_every_block_once(repository: Path) -> None:
    edition = written.edition_of(TEXT)
    data, plan = docx_files.made(edition, repository)
    found = [(block.get("name"), block.get("fingerprint")) for block in docx_files.part(data, "customXml/item1.xml")]
    wanted = {(block.id, block.fingerprint) for block in (*edition.blocks, *plan.frame)}
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_no_person_is_named_and_dates_are_the_revision_s(made: bytes) -> None:
    properties = python_docx.Document(io.BytesIO(made)).core_properties
    assert properties.author == "" and properties.last_modified_by == ""
    assert str(properties.created) == str(properties.modified) == "2026-11-21 00:00:00+00:00"
    assert properties.title == "A Sample"


@pytest.mark.parametrize(("review", "found"), [(False, 0), (True, 1)])
def test_track_changes_is_on_in_a_file_for_reviewers_only(repository: Path, review: bool, found: int) -> None:
    data, _ = docx_files.made(written.edition_of(TEXT), repository, review)
    settings = docx_files.part(data, "word/settings.xml")
    assert len(settings.findall(f"{W}trackRevisions")) == found
    assert settings.find(f"{W}updateFields") is None
    said = " ".join(text for _, _, text in docx_files.paragraphs(data))
    assert ("review@example.org" in said) is review


def test_word_does_not_open_it_in_compatibility_mode(made: bytes) -> None:
    setting = docx_files.part(made, "word/settings.xml").find(f"{W}compat/{W}compatSetting")
    assert setting is not None and setting.get(f"{W}val") == "15"


@pytest.mark.parametrize(
    ("tag", "attribute", "lang"),
    [("en", "val", "en-GB"), ("fr", "val", "fr-FR"), ("sw-TZ", "val", "sw-TZ"), ("ar", "bidi", "ar-SA")],
)
def test_the_file_says_its_language_with_a_region(repository: Path, tag: str, attribute: str, lang: str) -> None:
    data, _ = docx_files.made(written.edition_of(TEXT, tag), repository)
    found = docx_files.part(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert found is not None and found.get(f"{W}{attribute}") == lang
    theme = docx_files.part(data, "word/settings.xml").find(f"{W}themeFontLang")
    assert theme is not None and theme.get(f"{W}{attribute}") == lang


@pytest.mark.parametrize(("tag", "divided"), [("en", True), ("fr-CI", True), ("ar", False), ("sw", False)])
def test_words_are_divided_where_there_are_rules(repository: Path, tag: str, divided: bool) -> None:
    data, _ = docx_files.made(written.edition_of(TEXT, tag), repository)
    assert (docx_files.part(data, "word/settings.xml").find(f"{W}autoHyphenation") is not None) is divided
    assert docx_files.raw(data, "word/styles.xml").count("<w:suppressAutoHyphens/>") > 8


def test_a_picture_stands_there_twice_with_its_alternative_text(made: bytes) -> None:
    found = package.Package.read(made)
    pictures = [target for kind, target in found.related("word/document.xml").values() if kind == "image"]
    assert sorted(Path(target).suffix for target in pictures) == [".png", ".svg"]
    xml = docx_files.raw(made, "word/document.xml")
    assert 'descr="Alt"' in xml and "data:" not in xml and "lm-media" not in xml
    embedded = {name for name in found.related("word/document.xml") if f'embed="{name}"' in xml}
    assert len(embedded) == 2


def test_header_rows_repeat_and_rows_stay_whole(made: bytes) -> None:
    rows = list(docx_files.part(made, "word/document.xml").iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_from_right_to_left_paragraphs_runs_and_tables_turn(repository: Path) -> None:
    text = "# الواجب\n\nنص عربي.[^n]\n\n[^n]: حاشية.\n\n| أ | ب |\n|---|---|\n| ج | English |\n"
    data, _ = docx_files.made(written.edition_of(text, "ar", direction="rtl"), repository)
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        root = docx_files.part(data, name)
        assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in root.iter(f"{W}p")), name
    body = docx_files.part(data, "word/document.xml")
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl"))
    turned = {"".join(run.itertext()): run.find(f"{W}rPr/{W}rtl") is not None for run in body.iter(f"{W}r")}
    assert turned["نص عربي."] is True
    assert turned["English"] is False


ORDERS = {
    "pPr": order.PARAGRAPH,
    "rPr": order.RUN,
    "tblPr": order.TABLE,
    "tcPr": order.CELL,
    "sectPr": order.SECTION,
    "settings": order.SETTINGS,
}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_properties_stand_in_the_order_of_the_schema(repository: Path, direction: str) -> None:
    data, _ = docx_files.made(written.edition_of(TEXT, direction=direction), repository, review=True)
    names = [
        name
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if name.startswith("word/") and name.endswith(".xml")
    ]
    seen = 0
    for name in names:
        for element in docx_files.part(data, name).iter():
            local = str(element.tag).rsplit("}", 1)[-1]
            if local in ORDERS and str(element.tag).startswith(W):
                wanted = ORDERS[local].split()
                places = [wanted.index(str(child.tag).rsplit("}", 1)[-1]) for child in element]
                assert places == sorted(places), (name, local, [child.tag for child in element])
                seen += 1
    assert seen > 150


def test_contents_lead_to_headings_and_ask_for_their_pages(made: bytes) -> None:
    edition = written.edition_of(TEXT)
    entry = edition.contents[0]
    xml = docx_files.raw(made, "word/document.xml")
    assert f'w:anchor="{entry.block}"' in xml and f"PAGEREF {entry.block} " in xml
    assert ("TOC2", "One\t") in {(style, text) for _, style, text in docx_files.paragraphs(made)}


def test_the_reference_document_opens_in_word_s_model_and_asks_for_the_edition_s_words() -> None:
    data = reference.build(pandoc.default_reference())
    section = python_docx.Document(io.BytesIO(data)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "{title}\t{country}"
    assert section.first_page_header.paragraphs[0].text == ""
    assert {"Heading 1", "List Bullet", "Table Caption", "Norm", "To Confirm"} <= {
        style.name for style in python_docx.Document(io.BytesIO(data)).styles
    }
    assert data == reference.build(pandoc.default_reference())


def test_running_lines_name_the_edition(repository: Path) -> None:
    data, _ = docx_files.made(written.edition_of(TEXT, country="Kenya"), repository)
    lines = [
        "".join(docx_files.part(data, f"word/{name}.xml").itertext()) for name in ("header1", "header2", "footer1")
    ]
    assert lines == ["A SampleKenya", "", "EnglishPage  PAGE 1 of  NUMPAGES 1"]
    assert all("{" not in line for line in lines)


def test_a_title_that_is_long_for_a_running_line_is_cut_at_its_colon(repository: Path) -> None:
    title = "Wajibu Wakati wa Amani: Mifumo ya Kitaifa ya Kuzuia Mauaji ya Kimbari na Uhalifu wa Ukatili Mkubwa"
    edition = replace(written.edition_of(TEXT, country="Kenya"), title=title)
    data, _ = docx_files.made(edition, repository)
    assert "".join(docx_files.part(data, "word/header1.xml").itertext()) == "Wajibu Wakati wa AmaniKenya"


def test_a_reference_document_without_our_styles_gets_them(repository: Path) -> None:
    edition = written.edition_of(TEXT)
    data, _ = docx_files.made(edition, repository, base=pandoc.default_reference())
    used = {style for _, style, _ in docx_files.paragraphs(data)}
    have = {style.get(f"{W}styleId") for style in docx_files.part(data, "word/styles.xml").iter(f"{W}style")}
    assert used <= have
