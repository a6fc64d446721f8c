"""The compiler: what it sees, what it says, and that its bytes depend on nothing else."""

import base64
import os
from pathlib import Path

import pytest

from livingmanual.adapters import typst as sut
from livingmanual.errors import OurFault

HEAD = b'#set document(title: "T")\n#set text(lang: "en", font: ("Noto Serif", "Amiri"))\n'


def test_a_good_document_keeps_the_standard() -> None:
    made = sut.compile_pdf({"main.typ": HEAD + b"= One\nText."}, 0)
    assert made.pdf.startswith(b"%PDF-")
    assert (made.accessible, made.warnings) == (True, ())


def test_a_picture_need_not_be_text() -> None:
    """The wheel takes nothing but UTF-8 in memory."""
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMwMDAAAAEkAJGCSNGTAAAAAElFTkSuQmCC"
    )
    picture = HEAD + b'= One\n#image("/picture-1.png", alt: "A dot")'
    assert sut.compile_pdf({"main.typ": picture, "picture-1.png": png}, 0).accessible


def test_the_folder_we_stand_in_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"main.typ": HEAD + b'= One\n#include "a.typ"', "a.typ": "Text, كتاب".encode()}
    first = sut.compile_pdf(files, 86400)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    assert sut.compile_pdf(files, 86400).pdf == first.pdf
    assert sut.compile_pdf(files, 86401).pdf != first.pdf


def test_no_file_of_the_computer_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text("secret")
    for path in (
        "secret.txt",
        "/secret.txt",
        "/etc/passwd",
        "../../../../../../etc/passwd",
        os.path.abspath("secret.txt"),
    ):
        with pytest.raises(OurFault):
            sut.compile_pdf({"main.typ": HEAD + f'#read("{path}")'.encode()}, 0)


def test_letters_that_no_font_has_are_replaced_and_reported() -> None:
    made = sut.compile_pdf({"main.typ": HEAD + "= A 😀\n漢字 and \U0001f469\u200d\U0001f680 x".encode()}, 0)
    assert made.accessible
    assert any("😀" in words for words in made.warnings)
    assert len(made.warnings) == 1
    assert made.warnings[0].startswith("no font can show ")
    assert "漢" in made.warnings[0]


def test_many_letters_are_counted() -> None:
    made = sut.compile_pdf({"main.typ": HEAD + "".join(map(chr, range(0x4E00, 0x4E40))).encode()}, 0)
    assert made.warnings[0].endswith(f"and {64 - sut.NAMED} more; \ufffd is printed instead")


def test_what_cannot_keep_the_standard_is_made_without_it_and_says_so() -> None:
    made = sut.compile_pdf({"main.typ": HEAD + b"= One\n=== Three"}, 0)
    assert not made.accessible
    assert any("PDF/UA-1" in words and "heading" in words for words in made.warnings)


def test_an_error_in_typst_is_our_fault_with_its_words() -> None:
    with pytest.raises(OurFault, match="unknown variable: nothing"):
        sut.compile_pdf({"main.typ": HEAD + b"#nothing"}, 0)


def test_unknown_fonts_are_warned_of() -> None:
    made = sut.compile_pdf({"main.typ": HEAD + b'= One\n#text(font: "No Such Font")[x]'}, 0)
    assert any("unknown font family" in words for words in made.warnings)


def test_version() -> None:
    assert sut.version().split(".")[0].isdigit()
