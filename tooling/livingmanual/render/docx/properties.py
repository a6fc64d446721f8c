"""What the file says about itself: its stamp in three places, its language and dates, whether changes are tracked.

The stamp stands in a custom property, in a custom XML part and in the identifier, because every program that rewrites
a Word file drops some of them; no name of a person is written anywhere.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from lxml import etree

from livingmanual.model.document import Block
from livingmanual.model.edition import Edition, Stamp
from livingmanual.render.docx import ooxml, order
from livingmanual.render.docx.package import OFFICE, Package

EDITION = "https://livingmanual.invalid/ns/edition"
"""Namespace of our custom XML part; `.invalid` is an address that nobody can ever own (RFC 2606)."""

PROPERTY = "LivingManualEdition"
IDENTIFIER = "urn:livingmanual:"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TERMS, DC = "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Property set of custom properties ([MS-OLEPS] section 2.25.2)."""

REGIONS = {
    "am": "am-ET",
    "ar": "ar-SA",
    "en": "en-GB",
    "es": "es-ES",
    "fr": "fr-FR",
    "ha": "ha-Latn-NG",
    "pt": "pt-PT",
    "rw": "rw-RW",
    "so": "so-SO",
    "sw": "sw-KE",
    "ti": "ti-ER",
}
"""Language -> the tag by which Word finds its dictionary, where the edition's own names no region."""


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
LATIN = "en-GB"
"""The language of Latin letters in a text of another script, for which Word has an attribute of its own."""
HYPHENATED = frozenset({"en", "es", "fr", "pt"})
"""Languages in which Word and LibreOffice divide words; Arabic has no hyphens, and nobody has rules for Kiswahili."""


def word_language(tag: str) -> str:
    """A BCP 47 tag with a region."""
    return tag if "-" in tag else REGIONS.get(tag, tag)


def languages(tag: str) -> tuple[str, str]:
    """The languages of Latin and of complex script in an edition (17.3.2.20: `w:val` and `w:bidi`)."""
    full = word_language(tag)
    return (LATIN, full) if _primary(tag) in RIGHT_TO_LEFT else (full, "ar-SA")


def _primary(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0]


def core(package: Package, edition: Edition, stamp: Stamp) -> None:
    """Title, language, identifier and dates; what pandoc wrote there is dropped."""
    names = {"cp": CORE, "dc": DC, "dcterms": TERMS, "xsi": INSTANCE}
    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap=names)
    when = datetime.fromtimestamp(edition.timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _text(root, f"{{{DC}}}title", edition.title)
    _text(root, f"{{{DC}}}subject", edition.country_name)
    _text(root, f"{{{DC}}}language", word_language(edition.key.language))
    _text(root, f"{{{DC}}}identifier", f"{IDENTIFIER}{stamp}")
    for name in ("created", "modified"):
        _text(root, f"{{{TERMS}}}{name}", when).set(f"{{{INSTANCE}}}type", "dcterms:W3CDTF")
    package.put("docProps/core.xml", root)


def extended(package: Package) -> None:
    """The name of the program; pandoc would say that it was Word."""
    root = etree.Element(f"{{{EXTENDED}}}Properties", nsmap=ooxml.names("", EXTENDED))
    _text(root, f"{{{EXTENDED}}}Application", "Living Manual")
    package.put("docProps/app.xml", root)


def custom(package: Package, stamp: Stamp) -> None:
    """The stamp as a property that people can see in the file's properties."""
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=ooxml.names("", CUSTOM, vt=TYPES))
    entry = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=FORMAT_ID, pid="2", name=PROPERTY)
    _text(entry, f"{{{TYPES}}}lpwstr", str(stamp))
    part = "docProps/custom.xml"
    package.put(part, root)
    package.declare(part, "application/vnd.openxmlformats-officedocument.custom-properties+xml")
    package.relate("", f"{OFFICE}/custom-properties", part)


def custom_xml(package: Package, stamp: Stamp, blocks: tuple[Block, ...]) -> None:
    """The stamp and every block's bookmark and fingerprint, in a part that Word and LibreOffice carry along."""
    key = stamp.edition
    root = etree.Element(f"{{{EDITION}}}edition", nsmap=ooxml.names("", EDITION))
    about = {
        "manual": stamp.manual,
        "country": key.country,
        "language": key.language,
        "revision": key.revision,
        "tool": stamp.tool,
        "format": str(stamp.format),
    }
    for name, text in about.items():
        root.set(name, text)
    for block in blocks:
        etree.SubElement(root, f"{{{EDITION}}}block", name=block.id, fingerprint=block.fingerprint)
    package.put("customXml/item1.xml", root)
    _store_properties(package, str(stamp))
    package.relate("word/document.xml", f"{OFFICE}/customXml", "customXml/item1.xml")


def _store_properties(package: Package, stamp: str) -> None:
    """Word keeps a custom XML part only if it has an id of its own (ECMA-376 Part 1, section 22.5)."""
    digits = hashlib.blake2b(stamp.encode(), digest_size=16).hexdigest().upper()
    identity = f"{{{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}}}"
    root = etree.Element(f"{{{STORE}}}datastoreItem", nsmap={"ds": STORE})
    root.set(f"{{{STORE}}}itemID", identity)
    references = etree.SubElement(root, f"{{{STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{STORE}}}schemaRef").set(f"{{{STORE}}}uri", EDITION)
    part = "customXml/itemProps1.xml"
    package.put(part, root)
    package.declare(part, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
    package.relate("customXml/item1.xml", f"{OFFICE}/customXmlProps", part)


def settings(package: Package, language: str, review: bool) -> None:
    """Track Changes if the file is for reviewers; no compatibility mode, in which Word hides replies to comments."""
    root = package.root("word/settings.xml")
    for name in ("w:proofState", "w:updateFields", "w:trackRevisions", "w:rsids", "w:savePreviewPicture"):
        for old in root.findall(ooxml.q(name)):
            root.remove(old)
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    order.insert(root, ooxml.fragment(f"<w:compat>{mode}</w:compat>"), order.SETTINGS)
    latin, complex_ = languages(language)
    order.insert(root, ooxml.fragment(f'<w:themeFontLang w:val="{latin}" w:bidi="{complex_}"/>'), order.SETTINGS)
    if _primary(language) in HYPHENATED:
        for setting in ("<w:autoHyphenation/>", '<w:consecutiveHyphenLimit w:val="2"/>', "<w:doNotHyphenateCaps/>"):
            order.insert(root, ooxml.fragment(setting), order.SETTINGS)
    if review:
        order.insert(root, ooxml.fragment("<w:trackRevisions/>"), order.SETTINGS)
    package.put("word/settings.xml", root)


def language(styles: ooxml.Element, tag: str) -> None:
    """The language of all text that says no other, for spelling checks and for programs that read aloud."""
    path = "/".join(ooxml.q(name) for name in ("w:docDefaults", "w:rPrDefault", "w:rPr"))
    defaults = styles.find(path)
    if defaults is None:
        return
    latin, complex_ = languages(tag)
    lang = ooxml.fragment(f'<w:lang w:val="{latin}" w:eastAsia="{latin}" w:bidi="{complex_}"/>')
    order.insert(defaults, lang, order.RUN)


def _text(parent: ooxml.Element, name: str, text: str) -> ooxml.Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element
