"""Latin words and groups of digits are isolated in Arabic pages and PDFs, and the text stays what it is."""

import pytest
from lxml import html

from livingmanual.render.bidi import isolated, isolated_text, own_direction
from livingmanual.text import tree
from tests.support import pages

TEXT = "تتولى UN Women و«مركز» وTelegram، (+254 20 123 4567) *و Act 5*."


def test_stretches_become_spans_and_the_text_stays() -> None:
    nodes = pages.document("m.md", TEXT).blocks[0]["c"]
    spans = [node for node in isolated(nodes) if node["t"] == "Span"]
    assert [tree.string(node["c"][1]) for node in spans] == ["UN Women", "Telegram", "+254 20 123 4567"]
    assert tree.string(isolated(nodes)) == tree.string(nodes)
    assert nodes == pages.document("m.md", TEXT).blocks[0]["c"]


def test_a_text_of_latin_letters_has_a_direction_of_its_own() -> None:
    assert own_direction(pages.document("m.md", "Act 818. 2011.").blocks[0]["c"]) == "ltr"
    assert own_direction(pages.document("m.md", TEXT).blocks[0]["c"]) == ""


@pytest.mark.parametrize(
    ("language", "isolates"), [("ar", ["UN Women", "Telegram", "+254 20 123 4567", "Act 5"]), ("fr", [])]
)
def test_only_a_page_from_right_to_left_has_isolates(language: str, isolates: list[str]) -> None:
    page = html.document_fromstring(pages.page(pages.edition(f"# عنوان {{#a}}\n\n{TEXT}\n", language=language)))
    found = [span.text_content() for span in page.find("body/main").iter("span") if span.get("dir") == "ltr"]
    assert found == isolates


def test_the_pdf_isolates_too_and_says_what_is_english() -> None:
    made = pages.edition(
        f'# عنوان {{#a}}\n\n{TEXT} [Grand mot]{{lang="fr-CI" dir="ltr"}}\n', language="ar", country="EG"
    )
    files = b"".join(data for name, data in pages.pdf_files(made).items() if name.startswith("text/")).decode()
    assert "#lm-turned(dir: ltr)[UN Women]" in files
    assert '#lm-turned(lang: "fr", dir: ltr)[Grand mot]' in files
    assert pages.pdf(made).warnings == ()


def test_a_latin_entry_of_the_references_runs_from_left_to_right() -> None:
    entries = "::: {#ref-a .csl-entry}\nAct 818. *Title*. د.ت.\n:::\n::: {#ref-b .csl-entry}\nنص.\n:::\n"
    entry = f"::: {{#refs .references}}\n{entries}:::\n"
    made = pages.edition(f"# عنوان {{#a}}\n\n{entry}", language="ar", country="EG")
    files = b"".join(data for name, data in pages.pdf_files(made).items() if name.startswith("text/")).decode()
    assert files.count("dir: ltr)[") >= 1
    page = html.document_fromstring(pages.page(made))
    assert [div.get("dir") for div in page.iter("div") if "csl-entry" in (div.get("class") or "")] == ["ltr", None]


def test_lines_of_the_contents_are_isolated_too() -> None:
    made = pages.edition("# منطقة البحيرات: ICGLR {#a}\n\nنص.\n", language="ar", country="EG")
    main = pages.pdf_files(made)["main.typ"].decode()
    assert "منطقة البحيرات: \u2066ICGLR\u2069" in main
    assert isolated_text("نص") == "نص"
