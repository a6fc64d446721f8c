"""The edition stamp, and what the file says about itself."""

import pytest

from livingmanual.model.edition import EditionKey, Stamp
from livingmanual.model.returned import Returned
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.stamp import parse_stamp
from tests.word.package import d, dele, ins, p, r, relationships, word
from tests.word.reading import codes

SHA = "0123456789abcdef0123456789abcdef01234567"
VALUE = f"national-architectures/KE/en@{SHA};tool=0.1;format=1"
STAMP = Stamp("national-architectures", EditionKey("KE", "en", SHA), "0.1", 1)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def stamped(
    *body: str, prop: str = "", xml: str = "", identifier: str = "", app: str = "", settings: str = ""
) -> tuple[Returned, list[str]]:
    links = [("rId1", f"{OFFICE}/officeDocument", "word/document.xml", False)]
    files: dict[str, bytes] = {}
    if prop:
        links.append(("rId2", f"{OFFICE}/custom-properties", "docProps/custom.xml", False))
        files["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property name="Other"><vt:lpwstr>no</vt:lpwstr></property>'
            f'<property name="LivingManualEdition"><vt:lpwstr>{prop}</vt:lpwstr></property></Properties>'
        ).encode()
    if xml:
        files["customXml/item3.xml"] = xml.encode()
        files["customXml/item1.xml"] = b"<not-ours"
    if identifier:
        links.append(("rId3", CORE_TYPE, "docProps/core.xml", False))
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>{identifier}</dc:identifier>'
            "<dc:creator>Ana</dc:creator></cp:coreProperties>"
        ).encode()
    if app:
        links.append(("rId4", f"{OFFICE}/extended-properties", "docProps/app.xml", False))
        files["docProps/app.xml"] = f"<Properties><Application>{app}</Application></Properties>".encode()
    files["_rels/.rels"] = relationships(links)
    result = read_word(word(*body, files=files, **({"settings": settings} if settings else {})))
    assert result.value is not None
    return result.value, codes(result)


def element(revision: str = SHA) -> str:
    return (
        f'<lm:edition xmlns:lm="https://livingmanual.invalid/ns/edition" manual="national-architectures" country="KE" '
        f'language="en" revision="{revision}" tool="0.1" format="1"><lm:block bookmark="_a1" fingerprint="f1"/>'
        '<lm:block bookmark="_a2" fingerprint="f2"/></lm:edition>'
    )


def test_all_places_agree() -> None:
    reading, said = stamped(
        p(r("text")), p(r(f"Edition stamp: {VALUE}")), prop=VALUE, xml=element(), identifier=f"urn:livingmanual:{VALUE}"
    )
    assert [(item.place, item.value) for item in reading.stamp.found] == [
        ("property", VALUE),
        ("custom-xml", VALUE),
        ("identifier", VALUE),
        ("printed", VALUE),
    ]
    assert (reading.stamp.stamp, reading.stamp.agree, said) == (STAMP, True, [])
    assert reading.stamp.blocks == (("_a1", "f1"), ("_a2", "f2"))


def test_one_place_is_enough() -> None:
    assert stamped(p(r("x")), identifier=f"urn:livingmanual:{VALUE}")[0].stamp.stamp == STAMP
    assert stamped(p(r("x")), xml=element())[0].stamp.stamp == STAMP


def test_a_printed_stamp_that_was_broken_or_deleted_still_counts() -> None:
    broken = p(
        r("Edition stamp: "), dele(d(VALUE[:20])), r("\n" + VALUE[20:30] + "\u200b"), r(VALUE[30:]), ins(r(" typed"))
    )
    assert stamped(broken)[0].stamp.stamp == STAMP


def test_places_that_differ_are_said() -> None:
    reading, said = stamped(p(r("x")), prop=VALUE, xml=element("f" * 40))
    assert (reading.stamp.stamp, reading.stamp.agree) == (None, False)
    assert said == ["word-stamps-differ"]


def test_no_stamp() -> None:
    reading, said = stamped(p(r("x")), identifier="urn:isbn:9780000000000")
    assert (reading.stamp.found, reading.stamp.stamp, reading.stamp.agree, said) == ((), None, True, [])


def test_an_unreadable_value_is_found_but_gives_no_stamp() -> None:
    reading, _ = stamped(p(r("x")), prop="something else")
    assert (reading.stamp.found[0].value, reading.stamp.stamp) == ("something else", None)


@pytest.mark.parametrize(
    ("value", "stamp"),
    [
        (VALUE, STAMP),
        (f" {VALUE}\n", STAMP),
        (str(STAMP), STAMP),
        ("m/base/fr@draft", Stamp("m", EditionKey("base", "fr", "draft"), "", 1)),
        ("m/KE/en", None),
        ("m/KE/en@", None),
        ("", None),
    ],
)
def test_values(value: str, stamp: Stamp | None) -> None:
    assert parse_stamp(value) == stamp


def test_settings_and_properties() -> None:
    reading, _ = stamped(
        p(r("x")),
        identifier="x",
        app="LibreOffice/7.4.7.2$Linux",
        settings='<w:trackRevisions/><w:removePersonalInformation w:val="1"/><w:removeDateAndTime w:val="0"/>'
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>',
    )
    settings = reading.settings
    assert (settings.generator, settings.application) == ("libreoffice", "LibreOffice/7.4.7.2$Linux")
    assert (settings.track_revisions, settings.remove_personal_information, settings.remove_date_and_time) == (
        True,
        True,
        False,
    )
    assert settings.protection == "trackedChanges"
    assert dict(settings.core) == {"identifier": "x", "creator": "Ana"}


@pytest.mark.parametrize(
    ("app", "generator"),
    [("Microsoft Office Word", "word"), ("Microsoft Macintosh Word", "word"), ("WPS Office", "other"), ("", "unknown")],
)
def test_generators(app: str, generator: str) -> None:
    assert stamped(p(r("x")), app=app)[0].settings.generator == generator


def test_protection_that_is_not_enforced_is_none() -> None:
    reading, _ = stamped(p(r("x")), settings='<w:documentProtection w:edit="comments"/>')
    assert reading.settings.protection is None
