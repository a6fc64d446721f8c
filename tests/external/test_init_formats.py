"""Books that others wrote, in every format: nothing runs over the margin, nothing is left out."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Severity
from livingmanual.workflows import build
from livingmanual.workflows import init as making

FOREIGN = Path(__file__).parents[1] / "fixtures/foreign"
MARGIN = 20.0 / 25.4 * 72
"""Points; a little less than the margin that the page has."""
SHOWN = {
    "mdbook": [
        "{{#include ../listings/check.sh:3:9}}",
        "With a second paragraph in the item.",
        "A heading in a quotation",
    ],
    "github": [
        "Why oil?",
        "a number & a unit",
        "Because it burns.",
        "note that nobody wrote[^missing]",
        "Lantern needs oil.",
    ],
    "plain": ["water 350", "only one", "Text under a heading that another file has as well.", "Only a header"],
    "wide": ["SERVICE_ACCOUNT_ENABLED", "twelve hundred", "deep_code_word_here", "$E = mc^2$ stays words"],
}
PLACED = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)"[^>]*>([^<]*)<')
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)</word>')


@pytest.fixture(scope="module", params=sorted(SHOWN))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, build.Report]:
    """The book's files in all formats, of files as they are."""
    book = str(request.param)
    made = making.around(tmp_path_factory.mktemp("books") / book, FOREIGN / book)
    return book, build.build(build.Request(made.root, draft=True, formats=("docx", "pdf", "html")))


def file(report: build.Report, form: str) -> Path:
    return Path(next(one.path for one in report.artifacts if one.format == form))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text)


def test_all_formats_are_made_and_only_warnings_are_said(built: tuple[str, build.Report]) -> None:
    report = built[1]
    assert {one.format for one in report.artifacts} == {"docx", "pdf", "html"}
    assert {d.severity for d in report.diagnostics} <= {Severity.WARNING}


@pytest.mark.client("poppler")
def test_no_word_of_the_pdf_runs_over_the_margin(built: tuple[str, build.Report]) -> None:
    done = subprocess.run(["pdftotext", "-bbox", str(file(built[1], "pdf")), "-"], capture_output=True, check=True)
    page = re.search(r'<page width="([\d.]+)"', done.stdout.decode())
    assert page
    words = [(float(left), float(right), word) for left, right, word in WORD.findall(done.stdout.decode())]
    assert len(words) > 50
    assert not [word for word in words if word[1] > float(page[1]) - MARGIN or word[0] < MARGIN]


@pytest.mark.client("poppler")
def test_no_word_of_a_table_stands_on_another(built: tuple[str, build.Report]) -> None:
    """Words whose boxes overlap were printed over each other; letters of a broken word touch at most."""
    done = subprocess.run(["pdftotext", "-bbox", str(file(built[1], "pdf")), "-"], capture_output=True, check=True)
    lines: dict[tuple[int, str], list[tuple[float, float, str]]] = {}
    for number, page in enumerate(done.stdout.decode().split("<page ")):
        for left, top, right, word in re.findall(PLACED, page):
            lines.setdefault((number, top), []).append((float(left), float(right), word))
    pairs = [pair for line in lines.values() for pair in pairwise(sorted(line))]
    assert len(pairs) > 20
    assert not [pair for pair in pairs if pair[0][1] > pair[1][0] + 1]


@pytest.mark.client("poppler")
def test_the_pdf_says_everything(built: tuple[str, build.Report]) -> None:
    done = subprocess.run(["pdftotext", str(file(built[1], "pdf")), "-"], capture_output=True, check=True)
    said = squeezed(done.stdout.decode())
    assert [words for words in SHOWN[built[0]] if squeezed(words) not in said] == []


@pytest.mark.client("libreoffice")
def test_the_word_file_says_everything(built: tuple[str, build.Report], libreoffice: object) -> None:
    texts = libreoffice.texts(file(built[1], "docx"))  # type: ignore[attr-defined]
    said = squeezed(" ".join(block.text for block in texts.accepted))
    assert [words for words in SHOWN[built[0]] if squeezed(words) not in said] == []


def test_the_page_says_everything_and_runs_nothing(built: tuple[str, build.Report]) -> None:
    page = file(built[1], "html").read_text(encoding="utf-8")
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    said = squeezed(re.sub(r"<[^>]*>", "", body).replace("&amp;", "&").replace("&gt;", ">"))
    assert [words for words in SHOWN[built[0]] if squeezed(words) not in said] == []
    assert "img.example.org" not in page
