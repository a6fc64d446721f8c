"""Packages: what is refused and how it is said, limits, hostile XML, Strict files, odd but valid shapes."""

import io
import zipfile

import pytest

from livingmanual.model.limits import Limits
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.package import resolve
from livingmanual.review.word.reader import read_word
from tests.word.everything import everything
from tests.word.package import TYPES, content_types, ins, p, part, r, relationships, unzipped, word, zipped
from tests.word.reading import codes, outcome

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
GOOD = word(p(r("text"), ins(r("new"))))


def _ole(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(512)


def _main_type(kind: str) -> bytes:
    return zipped({**unzipped(GOOD), "[Content_Types].xml": content_types({"word/document.xml": kind})})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "word-empty"),
        (_ole("WordDocument"), "word-old-doc"),
        (_ole("EncryptedPackage"), "word-encrypted"),
        (_ole("Workbook"), "word-ole"),
        (b"%PDF-1.7\n...", "word-is-pdf"),
        (b"{\\rtf1\\ansi ...}", "word-is-rtf"),
        (b"<!DOCTYPE html><html></html>", "word-is-html"),
        (b"  <HTML><body>", "word-is-html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "word-is-mhtml"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "word-is-xml"),
        (b"Rar!\x1a\x07", "word-is-archive"),
        (b"just some words", "word-not-zip"),
        (b"PK\x03\x04 and then nothing", "word-broken-zip"),
        (GOOD[: len(GOOD) // 2], "word-broken-zip"),
        (GOOD[:-30], "word-broken-zip"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "word-is-odt"),
        (zipped({"mimetype": b"application/epub+zip"}), "word-is-epub"),
        (zipped({"my review.docx": GOOD}), "word-zipped"),
        (zipped({"Index/Document.iwa": b""}), "word-is-pages"),
        (zipped({"a.txt": b"a"}), "word-no-document"),
        (zipped({"[Content_Types].xml": content_types({})}), "word-no-document"),
        (_main_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "word-is-excel"),
        (
            _main_type("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
            "word-is-powerpoint",
        ),
        (_main_type("application/vnd.ms-word.document.macroEnabled.main+xml"), "word-macros"),
        (_main_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "word-macros"),
        (zipped({**unzipped(GOOD), "word/document.xml": b"<w:document"}), "word-document-broken"),
        (zipped({**unzipped(GOOD), "word/document.xml": b""}), "word-document-broken"),
    ],
)
def test_one_clear_message(data: bytes, code: str) -> None:
    result = read_word(data, name="review.docx")
    assert result.value is None
    (said,) = result.diagnostics
    assert said.code == code
    assert said.hint
    assert str(said).startswith("review.docx: error: ")


@pytest.mark.parametrize("length", range(0, len(GOOD), 97))
def test_a_file_cut_anywhere_never_raises(length: int) -> None:
    assert read_word(GOOD[:length]).failed
    assert count_changes(GOOD[:length]).unreadable


@pytest.mark.parametrize("place", range(60, len(GOOD), 41))
def test_a_damaged_byte_never_raises(place: int) -> None:
    data = GOOD[:place] + bytes([GOOD[place] ^ 0xFF]) + GOOD[place + 1 :]
    result = read_word(data)
    assert result.value is not None or result.failed
    count_changes(data)


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        (Limits(packed=100), "packed"),
        (Limits(unpacked=100), "unpacked"),
        (Limits(parts=1), "parts"),
    ],
)
def test_limits_are_named(limits: Limits, name: str) -> None:
    (said,) = read_word(GOOD, limits).diagnostics
    assert said.code == "word-limit"
    assert f"({name})" in said.message
    assert "package" in count_changes(GOOD, limits).unreadable


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = zipped({**unzipped(GOOD), "word/a.xml": bytes(8 * 1024 * 1024)})
    (said,) = read_word(data).diagnostics
    assert "(ratio)" in said.message
    assert count_changes(data).unreadable


def test_a_white_picture_is_no_bomb() -> None:
    data = zipped({**unzipped(GOOD), "word/media/white.bmp": bytes(8 * 1024 * 1024)})
    assert not read_word(data).diagnostics
    assert not count_changes(data).unreadable


def test_a_part_that_is_too_large_is_an_error() -> None:
    (said,) = read_word(GOOD, Limits(xml_part=1000)).diagnostics
    assert "(xml_part)" in said.message


def test_depth_is_limited_for_both() -> None:
    data = word("<w:sdt><w:sdtContent>" * 90 + p(r("deep")) + "</w:sdtContent></w:sdt>" * 90)
    assert read_word(data).diagnostics[0].code == "word-document-broken"
    assert "limit of 180" in read_word(data).diagnostics[0].message
    assert "180" in count_changes(data).unreadable["word/document.xml"]
    shallower = word("<w:sdt><w:sdtContent>" * 80 + p(r("deep")) + "</w:sdtContent></w:sdt>" * 80)
    assert not read_word(shallower).failed


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, b'<!DOCTYPE d SYSTEM "http://x.invalid/d.dtd">'])
@pytest.mark.parametrize("entity", ["&c;", "&x;", ""])
def test_entities_and_document_types_are_refused(prolog: bytes, entity: str) -> None:
    bare = part("w:document", f"<w:body>{p(r('x')).replace('x', entity)}</w:body>").partition(b"?>")[2]
    data = zipped({**unzipped(GOOD), "word/document.xml": prolog + bare})
    result = read_word(data)
    assert result.value is None
    assert codes(result) == ["word-document-broken"]
    assert "word/document.xml" in count_changes(data).unreadable


def test_a_broken_part_beside_the_document_is_an_error_and_the_rest_is_read() -> None:
    data = word(p(ins(r("a"))), header=[p(ins(r("b")))], files={"word/header1.xml": b"<w:hdr"})
    result = read_word(data)
    assert result.value is not None
    assert result.failed
    assert codes(result) == ["word-part-broken"]
    assert result.value.paragraphs[0].text == "a"
    assert "word/header1.xml" in count_changes(data).unreadable


def test_names_of_parts_do_not_depend_on_case_or_folder() -> None:
    entries = unzipped(GOOD)
    entries["other/Text.XML"] = entries.pop("word/document.xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    entries["_rels/.rels"] = relationships([("rId1", kind, "/Other/text.xml", False)])
    entries["[Content_Types].xml"] = content_types({"other/text.xml": TYPES["document"]})
    data = zipped(entries)
    result = read_word(data)
    assert result.value is not None
    assert [item.text for item in result.value.paragraphs] == ["textnew"]
    assert check_reading(result.value, count_changes(data)) == []


def test_a_package_without_root_relationships_is_read_with_a_warning() -> None:
    entries = unzipped(GOOD)
    del entries["_rels/.rels"]
    result = read_word(zipped(entries))
    assert result.value is not None
    assert codes(result) == ["word-no-root"]


def test_a_template_is_read() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    assert not read_word(_main_type(kind)).diagnostics


def test_a_part_that_comes_twice_is_said() -> None:
    memory = io.BytesIO(GOOD)
    with zipfile.ZipFile(memory, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", part("w:document", f"<w:body>{p(r('second'))}</w:body>"))
    result = read_word(memory.getvalue())
    assert result.value is not None
    assert [item.text for item in result.value.paragraphs] == ["second"]
    assert codes(result) == ["word-part-twice"]
    assert check_reading(result.value, count_changes(memory.getvalue())) == []


def test_macros_in_a_plain_file_are_said() -> None:
    assert codes(outcome(p(r("a")), files={"word/vbaProject.bin": b"x"})) == ["word-active-content"]
    entries = unzipped(GOOD)
    entries["word/vbaProject.bin"] = b"x"
    entries["[Content_Types].xml"] = content_types(
        {"word/document.xml": TYPES["document"], "word/vbaProject.bin": "application/vnd.ms-office.vbaProject"}
    )
    assert codes(read_word(zipped(entries))) == ["word-active-content"]


def test_what_lies_elsewhere_is_said_without_naming_anybody() -> None:
    said = outcome(p(r("a")), links={"rO": ("oleObject", "file:///C:/Private/Amina/x.xlsx")}).diagnostics
    assert [item.code for item in said] == ["word-external"]
    assert "Amina" not in str(said[0])


def test_the_template_on_its_authors_disk_is_nobodys_business() -> None:
    assert codes(outcome(p(r("a")), links={"rT": ("attachedTemplate", "file:///C:/Private/Amina/Normal.dotm")})) == []


def _strict(data: bytes) -> bytes:
    """The same file with the names of ISO/IEC 29500 Strict."""
    new = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math": b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    }
    entries = unzipped(data)
    for old, strict in new.items():
        entries = {name: content.replace(old, strict) for name, content in entries.items()}
    return zipped(entries)


def test_strict_files_read_the_same() -> None:
    data = everything()
    strict = _strict(data)
    assert b"purl.oclc.org" in unzipped(strict)["word/document.xml"]
    loose, tight = read_word(data), read_word(strict)
    assert loose.value is not None
    assert tight.value is not None
    assert tight.value.settings.strict and not loose.value.settings.strict
    assert tight.value.paragraphs == loose.value.paragraphs
    assert tight.value.marks == loose.value.marks
    assert tight.value.comments == loose.value.comments
    assert tight.diagnostics == loose.diagnostics
    assert count_changes(strict) == count_changes(data)


def test_other_encodings_and_prefixes() -> None:
    text = f'<x:document xmlns:x="{"http://schemas.openxmlformats.org/wordprocessingml/2006/main"}">'
    text += "<x:body><x:p><x:ins x:id='1'><x:r><x:t>é</x:t></x:r></x:ins></x:p></x:body></x:document>"
    encoded = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
    data = zipped({**unzipped(GOOD), "word/document.xml": encoded})
    result = read_word(data)
    assert result.value is not None
    assert result.value.paragraphs[0].text == "é"
    assert check_reading(result.value, count_changes(data)) == []


@pytest.mark.parametrize(
    ("folder", "target", "name"),
    [
        ("word", "comments.xml", "word/comments.xml"),
        ("word", "/word/comments.xml", "word/comments.xml"),
        ("word", "../customXml/item1.xml", "customXml/item1.xml"),
        ("", "word/document.xml", "word/document.xml"),
        ("word", "media/a%20b.png", "word/media/a b.png"),
        ("word", "../../../../etc/passwd", "etc/passwd"),
    ],
)
def test_targets_stay_inside_the_package(folder: str, target: str, name: str) -> None:
    assert resolve(folder, target) == name
