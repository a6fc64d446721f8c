"""The PDF as poppler reads it: every block in the order of its tags, the outline, the language, no page without words.

`pdfinfo -struct-text` prints the text in the order in which a screen reader speaks it; hyphens at the ends of lines
and floating figures do not disturb that order.
"""

import re
import subprocess
import zlib
from pathlib import Path

import pytest

from livingmanual.model.edition import Edition
from livingmanual.model.run import OBJECT
from tests.support import pages

pytestmark = pytest.mark.client("poppler")

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="390" height="290" fill="none" '
    b'stroke="black"/></svg>'
)


@pytest.fixture(scope="module")
def texts(repository: Path) -> dict[str, str]:
    """Markdown texts: one that holds everything, and chapters of the manual with tables, figures, norms and notes."""
    chapters = repository / "manual" / "chapters"
    return {
        "everything": (repository / "tests/unit/render/everything.md").read_text(encoding="utf-8"),
        "legal": (chapters / "05-legal-basis.md").read_text(encoding="utf-8"),
        "warning": (chapters / "08-warning-to-response.md").read_text(encoding="utf-8"),
    }


def pictures(made: Edition) -> dict[str, bytes]:
    return {path: SVG for path in made.media.values() if path.endswith(".svg")}


def inside(data: bytes) -> bytes:
    """The objects of a PDF with their streams unpacked."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return b"\n".join(found)


OURS = ("NotoSans", "NotoSerif", "Amiri", "DejaVuSansMono", "NewCM", "NewComputerModern", "LibertinusSerif")
"""Faces of the font packages, and those that the typst wheel carries for code, equations and rare signs."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2060]", "", text)


def pattern(text: str, unprintable: str) -> re.Pattern[str]:
    """A block's text; where an object stands anything may come, up to the length of a long note."""
    shown = text.translate(dict.fromkeys(map(ord, unprintable), "\N{REPLACEMENT CHARACTER}"))
    return re.compile(r"[\s\S]{0,4000}?".join(re.escape(squeezed(part)) for part in shown.split(OBJECT)))


@pytest.mark.parametrize("name", ["everything", "legal", "warning"])
def test_every_block_is_spoken_in_order(name: str, texts: dict[str, str]) -> None:
    made = pages.edition(texts[name], part="First", annexes=("# An annex {#annex}\n\nIts text.\n",))
    compiled = pages.pdf(made, pictures(made))
    assert compiled.accessible, compiled.warnings
    spoken = pages.spoken(compiled.pdf)
    position = spoken.index(squeezed(made.contents[0].number + made.contents[0].title))
    for block in made.blocks:
        if not block.text.strip(OBJECT) or re.search("[\u0600-\u06ff]", block.text):
            continue
        found = pattern(block.text, "😀漢").search(spoken, position)
        assert found, (block.kind, block.text, spoken[position : position + 300])
        if not block.note_of and not block.notes and block.kind not in ("caption", "cell"):
            position = found.start()


def test_the_document_says_what_it_is(texts: dict[str, str]) -> None:
    made = pages.edition(texts["everything"], part="First", language="fr", country="CI")
    compiled = pages.pdf(made, pictures(made))
    objects = inside(compiled.pdf)
    for needed in (
        b"/StructTreeRoot",
        b"/Outlines",
        b"/Lang (fr-CI)",
        b"/MarkInfo",
        b"pdfuaid",
        b"/DisplayDocTitle true",
    ):
        assert needed in objects or needed.replace(b" (", b"(") in objects, needed
    said = subprocess.run(["pdfinfo", "-"], input=compiled.pdf, capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Title:\s+A Manual of Samples: What May Stand in a Text$", said, re.MULTILINE)
    assert re.search(r"^CreationDate:\s+Sat Nov 21", said, re.MULTILINE)
    assert re.search(r"^Tagged:\s+yes$", said, re.MULTILINE)
    assert f"CI/fr@{pages.REVISION}" in said
    assert "(A4)" in said


def test_tags_of_tables_lists_figures_and_notes(texts: dict[str, str]) -> None:
    made = pages.edition(texts["everything"])
    compiled = pages.pdf(made, pictures(made))
    tags = pages.structure(compiled.pdf)
    for tag in (
        "Table",
        "THead",
        "TH",
        "TD",
        "Caption",
        "Figure",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Note",
        "BlockQuote",
        "TOC",
        "Link",
        "Formula",
        "H1",
        "H2",
    ):
        assert re.search(rf"^\s*{tag}\b", tags, re.MULTILINE), tag
    assert b"/Alt (A square in a square)" in inside(compiled.pdf).replace(b"/Alt(", b"/Alt (")


def test_no_font_of_the_computer(texts: dict[str, str]) -> None:
    made = pages.edition(texts["everything"])
    said = subprocess.run(["pdffonts", "-"], input=pages.pdf(made, pictures(made)).pdf, capture_output=True, check=True)
    names = {re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in said.stdout.decode().splitlines()[2:]}
    assert names
    assert all(name.startswith(OURS) for name in names), names


def page_texts(data: bytes) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_no_empty_page_and_pages_are_counted(texts: dict[str, str]) -> None:
    made = pages.edition(
        texts["legal"], texts["warning"], part="First", annexes=("# An annex {#annex}\n\nIts text.\n",)
    )
    found = page_texts(pages.pdf(made, pictures(made)).pdf)
    assert all(squeezed(page) for page in found)
    last = [page for page in found if re.search(rf"Page {len(found)} of {len(found)}\s*$", page)]
    assert len(last) == 1
    assert "Edition stamp: sample/KE/en@" in found[-1]
    headed = [page for page in found if re.match(r"\s*A Manual of Samples\s+1\s+Legal basis and mandate", page)]
    assert headed


def test_no_heading_ends_a_page(texts: dict[str, str]) -> None:
    made = pages.edition(texts["legal"], texts["warning"])
    titles = {squeezed(block.text) for block in made.blocks if block.kind == "heading"}
    for page in page_texts(pages.pdf(made, pictures(made)).pdf)[2:]:
        lines = [squeezed(line) for line in page.splitlines() if line.strip()]
        assert lines[-2] not in titles, lines[-4:]


def test_the_bytes_do_not_depend_on_folder_or_time(
    texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pages.edition(texts["everything"])
    first = pages.pdf(made, pictures(made)).pdf
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Africa/Nairobi")
    again = pages.edition(texts["everything"])
    assert pages.pdf(again, pictures(again)).pdf == first


def test_right_to_left_keeps_the_standard_and_its_typeface() -> None:
    table = "| الشكل | القوة |\n|---|---|\n| مرسوم | أسرع |\n"
    text = f"# الأساس القانوني {{#a}}\n\nتعمل الآلية الوطنية (1948).[^1]\n\n[^1]: حاشية.\n\n{table}"
    compiled = pages.pdf(pages.edition(text, language="ar", country="EG"))
    assert (compiled.accessible, compiled.warnings) == (True, ())
    objects = inside(compiled.pdf)
    assert b"/Lang (ar-EG)" in objects.replace(b"/Lang(", b"/Lang (")
    assert b"/Direction /R2L" in objects.replace(b"/Direction/", b"/Direction /")
    assert b"Amiri-Regular" in objects


def table_edges(data: bytes) -> list[float]:
    """Right edges of all words, in points."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    return [float(found) for found in re.findall(r'xMax="([\d.]+)"', done.stdout.decode())]


@pytest.mark.parametrize("language", ["en", "fr", "sw", "pt"])
@pytest.mark.parametrize("count", [2, 5, 9])
def test_no_table_runs_over_the_margin(count: int, language: str) -> None:
    words = [
        "Kutokushirikishwa",
        "Responsabilisation",
        "https://example.org/a/long/address-of-things.html",
        "Mechanism",
    ]
    row = "| " + " | ".join(words[column % 4] for column in range(count)) + " |\n"
    made = pages.edition(f"# A\n\n{row}{'|---' * count}|\n{row * 3}", language=language, country="TZ")
    margin = (210 - 25) / 25.4 * 72
    assert max(table_edges(pages.pdf(made).pdf)) <= margin + 1
