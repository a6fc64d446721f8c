"""What a file is when it is not a Word file we can read, and what to tell its sender.

People send old `.doc` files, files with a password, PDF files with another name, and downloads that stopped half
way. Each gets one clear message that says what to do.
"""

from __future__ import annotations

import re

from livingmanual.model.diagnostic import Diagnostic, error

SAVE_AS = "open it in Word or LibreOffice, save it as a Word document (.docx), and import that file"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _name(text: str) -> bytes:
    """A stream's name as an OLE directory spells it ([MS-CFB] 2.6.1)."""
    return text.encode("utf-16-le")


def not_a_zip(data: bytes) -> Diagnostic | None:
    """Why these bytes are no zip package at all; None if they begin like one.

    An encrypted OOXML file is an OLE file with a stream `EncryptedPackage` ([MS-OFFCRYPTO] 1.3.2).
    """
    if not data:
        return error("word-empty", "the file is empty (0 bytes)", hint="ask for the file again: the transfer failed")
    if data.startswith(b"PK\x03\x04"):
        return None
    if data.startswith(_OLE):
        return _ole(data)
    for test, code, what in _OTHERS:
        if test.match(data[:2048]):
            return error(code, f"this is {what}, not a Word file, whatever its name says", hint=SAVE_AS)
    return error("word-not-zip", "this is not a Word file: it does not begin like a zip package", hint=SAVE_AS)


def _ole(data: bytes) -> Diagnostic:
    if _name("EncryptedPackage") in data:
        return error(
            "word-encrypted",
            "the file is protected with a password, so nothing in it can be read",
            hint="open it in Word with the password, remove it under File, Info, Protect Document, and save again",
        )
    if _name("WordDocument") in data:
        return error("word-old-doc", "this is a Word 97-2003 file (.doc)", hint=SAVE_AS)
    return error("word-ole", "this is an old Office file (OLE), not a .docx file", hint=SAVE_AS)


_OTHERS = (
    (re.compile(rb"\s*%PDF-"), "word-is-pdf", "a PDF file"),
    (re.compile(rb"\s*\{\\rtf"), "word-is-rtf", "an RTF file"),
    (re.compile(rb"(?i)(\xef\xbb\xbf)?\s*(<!doctype html|<html)"), "word-is-html", "a web page (HTML)"),
    (re.compile(rb"(?i)MIME-Version:"), "word-is-mhtml", "a web archive (MHTML)"),
    (re.compile(rb"(?s)(\xef\xbb\xbf)?\s*<\?xml.*progid=\"Word.Document\""), "word-is-xml", "a Word XML file (.xml)"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "word-is-archive", "a compressed archive of another kind"),
)


def other_package(names: frozenset[str], mimetype: bytes) -> Diagnostic | None:
    """Why a readable zip package is not a Word file; None if it may be one. Names are in lower case."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return error("word-is-odt", "this is an OpenDocument file (.odt), which we do not read", hint=SAVE_AS)
    if mimetype.startswith(b"application/epub"):
        return error("word-is-epub", "this is an EPUB file, not a Word file", hint=SAVE_AS)
    if "[content_types].xml" in names:
        return None
    if any(name.endswith(".docx") for name in names):
        return error(
            "word-zipped", "this is a zip archive with a Word file inside", hint="unpack it and import the .docx file"
        )
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        return error("word-is-pages", "this is an Apple Pages file", hint="export it from Pages as Word (.docx)")
    return None


def no_document(main_type: str | None) -> Diagnostic:
    """The package is well-formed, but holds no text document."""
    kind = main_type or ""
    if "spreadsheetml" in kind or "ms-excel" in kind:
        return error(
            "word-is-excel", "this is an Excel workbook, not a Word document", hint="import comment tables as tables"
        )
    if "presentationml" in kind or "ms-powerpoint" in kind:
        return error("word-is-powerpoint", "this is a PowerPoint file, not a Word document", hint=SAVE_AS)
    return error(
        "word-no-document",
        "the package holds no document part, so there is no text in it",
        hint="ask for the file again",
    )


def macros() -> Diagnostic:
    """The file may carry macros."""
    return error(
        "word-macros",
        "this is a Word file with macros (.docm or .dotm); such files are not read",
        hint="save it as a Word document without macros (.docx); comments and tracked changes stay",
    )


def broken(detail: str) -> Diagnostic:
    """The zip is damaged or cut short."""
    return error("word-broken-zip", f"the file is damaged or cut short: {detail}", hint="ask for the file again")


def over_limit(what: str, value: int, limit: int, name: str) -> Diagnostic:
    """A limit of `livingmanual.model.limits.Limits`, given by its field name, is passed."""
    return error(
        "word-limit",
        f"{what} is {value:,}, over the limit of {limit:,} ({name})",
        hint="if you trust the file, make it smaller (fewer or smaller pictures), or raise the limit",
    )
