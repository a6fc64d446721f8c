"""Every page of this repository's own manual, as poppler sees it in the PDF and in Word's file printed by LibreOffice.

What a person would complain about on leafing through: a page with hardly a line, a heading at the foot of a page, words
that run off the paper, a warning on the way. The quick answers are followed to the place that each of them names.
"""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from tests.external.test_build_editions import clone
from tests.external.test_docx_libreoffice import converted

pytestmark = pytest.mark.client("poppler")

Client = Callable[[str], str]
COUNTRIES = ("KE", "base")
FEWEST_WORDS = 60
"""A page with fewer is nearly empty; title pages of the book and of its parts are not counted."""
TOP, FOOT = 60.0, 772.0
"""Between the running lines, in points from the upper edge."""
LEFT, RIGHT = 40.0, 555.0
"""Beyond these, in points, a page of A4 is white."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page as it is read, and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Built:
    """The files of both editions, and what was said while they were made."""

    folder: Path
    said: str

    def file(self, country: str, form: str) -> Path:
        return self.folder / country / f"national-architectures-{country}-en.{form}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Built:
    workspace = clone(tmp_path_factory.mktemp("pages") / "workspace", repository)
    command = [sys.executable, "-m", "livingmanual", "-C", str(workspace), "build", *COUNTRIES, "--language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return Built(workspace / "build", done.stdout + done.stderr)


WORD = pytest.param("KE docx", marks=pytest.mark.client("libreoffice"))


@pytest.fixture(scope="module", params=["KE pdf", "base pdf", WORD])
def book(
    request: pytest.FixtureRequest, built: Built, client: Client, tmp_path_factory: pytest.TempPathFactory
) -> list[list[Line]]:
    """The lines of every page of an edition."""
    country, form = request.param.split()
    file = built.file(country, form)
    if form == "docx":
        folder = tmp_path_factory.mktemp("printed")
        pdf = converted(client, folder, file.read_bytes(), "pdf")
        file = folder / "printed.pdf"
        file.write_bytes(pdf)
    return list(pages_of(file))


def pages_of(file: Path) -> Iterator[list[Line]]:
    shown = subprocess.run(["pdftotext", "-bbox-layout", str(file), "-"], capture_output=True, check=True).stdout
    root = lxml.html.fromstring(shown)
    for page in root.iter("page"):
        yield sorted(
            (
                Line(
                    " ".join(word.text or "" for word in line.iter("word")),
                    *(float(line.get(side, "0")) for side in ("xmin", "ymin", "xmax", "ymax")),
                )
                for line in page.iter("line")
            ),
            key=lambda line: line.top,
        )


def headings(built: Built, country: str) -> set[str]:
    page = lxml.html.fromstring(built.file(country, "html").read_bytes())
    return {" ".join(node.text_content().split()) for level in "123456" for node in page.iter(f"h{level}")}


def test_a_build_says_no_warning(built: Built) -> None:
    assert "warning" not in built.said
    assert "error" not in built.said


def test_no_page_is_nearly_empty(book: list[list[Line]]) -> None:
    counts = [sum(len(line.text.split()) for line in page) for page in book]
    thin = [number for number, count in enumerate(counts, 1) if count < FEWEST_WORDS]
    assert len(book) > 80
    assert [number for number in thin if number > 1 and not _of_a_part(book[number - 1])] == []


def _of_a_part(page: list[Line]) -> bool:
    return bool(page) and page[0].text.startswith("Part ") and len(page) <= 2


def test_nothing_runs_off_the_paper(book: list[list[Line]]) -> None:
    outside = [line for page in book for line in page if line.left < LEFT or line.right > RIGHT]
    assert outside == []


def test_no_heading_stands_at_the_foot_of_a_page(book: list[list[Line]], built: Built) -> None:
    titles = headings(built, "KE") | headings(built, "base")
    low = []
    first = next(at for at, page in enumerate(book) if any("helps national institutions" in line.text for line in page))
    for number, page in enumerate(book[first:], first + 1):
        body = [line for line in page if line.top > TOP and line.bottom < FOOT]
        if len(body) < 4:
            continue
        last, tail = body[-1], body[-3:]
        for before, after in pairwise(["", *(line.text for line in tail)]):
            if after in titles or f"{before} {after}" in titles:
                # A figure after a heading is a picture, whose words are no lines of text.
                below = [line for line in body if line.top > next(one.top for one in tail if one.text == after) + 2]
                if len({round(line.top) for line in below}) < 2 and last.top > 600:
                    low.append((number, after))
    assert low == []


def test_each_table_that_goes_on_repeats_its_head(built: Built) -> None:
    """The rows of the longest table stand on several pages, each time below the words of its head."""
    pages = list(pages_of(built.file("KE", "pdf")))
    with_rows = [page for page in pages if sum(1 for line in page if line.text == "standard") > 2]
    assert len(with_rows) >= 2
    assert all(any("Evidence" in line.text for line in page) for page in with_rows)


# ---- the quick answers -------------------------------------------------------------------------------------


def answers(repository: Path) -> int:
    """How many links the source of the page has."""
    text = (repository / "manual/front/02-quick-answers.md").read_text(encoding="utf-8")
    return len(re.findall(r"\[\]\(#[\w-]+\)", text))


def named(words: str, there: str) -> bool:
    """Whether the text of a place is the one that the words of a link name."""
    numbered = re.fullmatch(r"(?:chapter|section|annex|norm|table|figure) ([\w.]+)", words)
    if numbered:
        return re.search(rf"(?<![\w.]){re.escape(numbered[1])}(?![\w]|\.\d)", there) is not None
    return words.strip("“”") in there


def test_the_words_of_a_link_must_fit() -> None:
    assert named("section 5.3", "5.3 Steps")
    assert not named("section 5.3", "5.3.1 Step 1")
    assert not named("section 5.3", "15.3 Steps")
    assert named("norm N01", "Norm N01 The mechanism")
    assert named("“How to comment”", "How to comment")


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_quick_answers_lead_to_their_places_on_the_web_page(country: str, built: Built, repository: Path) -> None:
    page = lxml.html.fromstring(built.file(country, "html").read_bytes())
    links = _between(page, "quick-answers")
    assert len(links) == answers(repository)
    for words, target in links:
        place = page.get_element_by_id(target.removeprefix("#"))
        assert named(words, place.text_content()[:400]), (words, target)


def _between(page: lxml.html.HtmlElement, name: str) -> list[tuple[str, str]]:
    """Words and targets of the links between the heading `name` and the next of its level."""
    found: list[tuple[str, str]] = []
    level, inside = "", False
    for node in page.iter():
        if node.get("id") == name:
            level, inside = str(node.tag), True
        elif inside and node.tag == level:
            break
        if inside and node.tag == "a" and str(node.get("href", "")).startswith("#"):
            found.append((" ".join(node.text_content().split()), node.get("href", "")))
    return found


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_quick_answers_lead_to_their_places_in_word(country: str, built: Built, repository: Path) -> None:
    with zipfile.ZipFile(built.file(country, "docx")) as package:
        document = package.read("word/document.xml")
    paragraphs = re.findall(rb"<w:p[ >].*?</w:p>", document, re.DOTALL)
    texts = ["".join(re.findall(r"<w:t[^>]*>([^<]*)", part.decode())) for part in paragraphs]
    places = {
        name.decode(): " ".join(texts[at : at + 2])
        for at, part in enumerate(paragraphs)
        for name in re.findall(rb'<w:bookmarkStart[^>]*w:name="([^"]+)"', part)
    }
    first = next(at for at, part in enumerate(paragraphs) if texts[at] == "Quick answers" and b"Heading1" in part)
    last = next(at for at in range(first + 1, len(paragraphs)) if b'w:val="Heading1"' in paragraphs[at])
    links = [
        ("".join(re.findall(r"<w:t[^>]*>([^<]*)", link.decode())), target.decode())
        for part in paragraphs[first:last]
        for target, link in re.findall(
            rb'<w:hyperlink[^>]*w:anchor="([^"]+)"[^>]*>(.*?)</w:hyperlink>', part, re.DOTALL
        )
    ]
    assert len(links) == answers(repository)
    for words, target in links:
        assert named(words, places[target]), (words, target)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_quick_answers_lead_to_their_pages_in_the_pdf(
    country: str, built: Built, repository: Path, tmp_path: Path
) -> None:
    file = built.file(country, "pdf")
    texts = [" \n".join(line.text for line in page) for page in pages_of(file)]
    numbers = [at for at, text in enumerate(texts, 1) if "Quick answers" in text and at > 4][:2]
    command = ["pdftohtml", "-xml", "-i", "-f", str(numbers[0]), "-l", str(numbers[-1]), str(file), str(tmp_path / "x")]
    subprocess.run(command, capture_output=True, check=True)
    shown = (tmp_path / "x.xml").read_text(encoding="utf-8")
    links = re.findall(r'<a href="x\.html#(\d+)">([^<]*)</a>', shown)
    followed = [
        (words, int(page)) for page, words in links if re.match(r"(section|annex|norm|table|figure) [\w.]+$|“", words)
    ]
    assert len(followed) >= answers(repository) - 3, "poppler joins a link with the words before it here and there"
    for words, page in followed:
        assert named(words, texts[page - 1]), (words, page)
