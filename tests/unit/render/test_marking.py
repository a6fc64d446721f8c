"""Passages that are not translated, or out of date: a line beside them in every format, and not a letter more."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from livingmanual.model.document import Node
from livingmanual.model.edition import Edition
from livingmanual.render.frame import translation
from livingmanual.render.marking import mark_of, mark_of_leaf
from livingmanual.review.word import reader
from livingmanual.text import identity, tree
from tests.support import docx_files, pages, written

W = docx_files.W
TEXT = """# Title {#a}

First paragraph.[^n]

[^n]: The note.

- An item.
- Another.

| Head | B |
|------|---|
| Cell | 2 |

::: {.norm #N01 level="core"}
The statement.
:::

Last paragraph.
"""
COUNTS = {"blocks": 9, "untranslated": 2, "stale": 1, "drafted": 3, "language": "fr", "source": "en"}


def marked(nodes: list[Node], texts: dict[str, str], **attributes: str) -> list[Node]:
    """The nodes with a mark around the leaves of these texts: text -> kind."""

    def change(leaf: Node) -> Node:
        if leaf["t"] == "CodeBlock":
            return leaf
        own = [one for one in tree.inlines(leaf) if one["t"] == "Span" and "number" in tree.classes(one)]
        rest = [one for one in tree.inlines(leaf) if one not in own]
        kind = texts.get(tree.string(rest), "")
        if not kind:
            return leaf
        span = {"t": "Span", "c": [["", [kind], [[name, said] for name, said in attributes.items()]], rest]}
        return tree.with_inlines(leaf, [*own, span])

    def in_note(node: Node, _: str) -> list[Node] | None:
        return [{**node, "c": tree.map_leaves(node["c"], change)}] if node["t"] == "Note" else None

    return tree.map_leaves(tree.map_inlines(nodes, in_note), change)


MARKS = {
    "Title": "untranslated",
    "First paragraph.": "untranslated",
    "An item.": "stale",
    "Cell": "stale",
    "The statement.": "untranslated",
}


def edition(language: str = "fr", **changes: Any) -> Edition:
    """An edition for the PDF and the page in which some passages are marked."""
    made = pages.edition(TEXT, language=language, country="CI" if language == "fr" else "EG")
    return replace(made, nodes=marked(made.nodes, MARKS, lang="en", dir="ltr"), **changes)


def test_a_mark_is_found_behind_a_number() -> None:
    heading = edition().nodes[0]
    mark = mark_of_leaf(heading["c"][2])
    assert mark is not None
    assert (mark.kind, mark.language, mark.direction, len(mark.before)) == ("untranslated", "en", "ltr", 1)
    assert mark_of({"t": "Str", "c": "x"}) is None
    assert mark_of_leaf([{"t": "Str", "c": "x"}]) is None


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pdf_draws_lines_and_compiles_without_a_complaint(language: str) -> None:
    made = edition(language)
    files = b"".join(data for name, data in pages.pdf_files(made).items() if name.startswith("text/")).decode()
    assert files.count('#lm-marked("untranslated"') == 2
    assert files.count('#lm-marked("stale", nested: true') == 2
    assert files.count('#lm-sign("untranslated")') == 1
    assert files.count('lang: "en", dir: ltr') == 5
    compiled = pages.pdf(made)
    assert (compiled.accessible, compiled.warnings) == (True, ())


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_says_it_on_the_elements(language: str) -> None:
    made = edition(language)
    page = html.document_fromstring(pages.page(made))
    said = {
        element.text_content().strip(): (element.tag, element.get("lang"), element.get("dir"), element.get("title"))
        for kind in ("untranslated", "stale")
        for element in page.iter()
        if kind in str(element.get("class") or "").split()
    }
    sign = made.words["sign-untranslated"]
    assert said["First paragraph.1"] == ("p", "en", "ltr", sign)
    assert said["Cell"] == ("td", "en", "ltr", made.words["sign-stale"])
    assert said["Title"] == ("span", "en", "ltr", sign)
    assert len(said) == 5
    assert "marked" in page.find("body/main/h2").get("class").split()


def word_file(repository: Path, direction: str) -> tuple[bytes, Edition]:
    made = written.edition_of(TEXT, "ar" if direction == "rtl" else "fr", direction=direction)
    made = replace(made, nodes=marked(made.nodes, MARKS, lang="en", dir="ltr"))
    nodes, blocks = identity.identify(made.nodes)
    made = replace(made, nodes=nodes, blocks=blocks)
    return docx_files.made(made, repository)[0], made


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_word_file_draws_lines_and_its_text_stays(repository: Path, direction: str) -> None:
    data, made = word_file(repository, direction)
    body = docx_files.part(data, "word/document.xml")[0]
    side = "left" if direction == "ltr" else "right"
    lines = {
        "".join(text.text for text in p.iter(f"{W}t")): line.get(f"{W}val")
        for p in body.iter(f"{W}p")
        for line in p.findall(f"{W}pPr/{W}pBdr/{W}{side}")
    }
    assert lines == {"Title": "dashed", "First paragraph.": "dashed", "An item.": "dotted", "Cell": "dotted"}
    languages = {lang.get(f"{W}val") for lang in body.iter(f"{W}lang")}
    assert languages == {"en-GB"}
    tinted = [r for r in body.iter(f"{W}r") if r.find(f"{W}rPr/{W}shd") is not None]
    assert ["".join(r.itertext()) for r in tinted] == ["The statement."]
    returned = reader.read_word(data).value
    assert returned is not None
    texts = {block.id: block.text for block in made.blocks}
    read = {name: p.text for p in returned.paragraphs if p.story == "body" for name in p.bookmarks[:1] if name in texts}
    assert read == {name: texts[name] for name in read}
    assert len(read) > 8
    assert [p.text for p in returned.paragraphs if p.story.startswith("footnote:")] == ["The note."]


def test_a_note_has_a_line_of_its_own(repository: Path) -> None:
    text = "# T {#a}\n\nOne.[^a] Two.[^b]\n\n[^a]: First.\n\n    More.\n\n[^b]: Second.\n"
    made = written.edition_of(text, "fr")
    made = replace(made, nodes=marked(made.nodes, {"More.": "stale", "Second.": "untranslated"}, lang="en"))
    data, _ = docx_files.made(made, repository)
    root = docx_files.part(data, "word/footnotes.xml")
    lines = {
        "".join(text.text for text in p.iter(f"{W}t")): line.get(f"{W}val")
        for p in root.iter(f"{W}p")
        for line in p.findall(f"{W}pPr/{W}pBdr/{W}left")
    }
    assert lines == {"More.": "dotted", "Second.": "dashed"}


def test_in_french_an_arabic_passage_runs_from_right_to_left(repository: Path) -> None:
    made = written.edition_of("# T {#a}\n\nنص عربي.\n\nTexte.\n", "fr")
    made = replace(made, nodes=marked(made.nodes, {"نص عربي.": "stale"}, lang="ar", dir="rtl"))
    data, _ = docx_files.made(made, repository)
    (turned,) = [
        p for p in docx_files.part(data, "word/document.xml").iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None
    ]
    assert "".join(turned.itertext()) == "نص عربي."
    (run,) = [run for run in turned.iter(f"{W}r") if run.find(f"{W}t") is not None]
    assert run.find(f"{W}rPr/{W}rtl") is not None
    assert dict(run.find(f"{W}rPr/{W}lang").attrib) == {f"{W}bidi": "ar-SA"}
    assert turned.find(f"{W}pPr/{W}pBdr/{W}left") is not None, "the edition's lines begin at the left"


def test_in_arabic_an_english_passage_runs_from_left_to_right(repository: Path) -> None:
    data, _ = word_file(repository, "rtl")
    body = docx_files.part(data, "word/document.xml")[0]
    turned = {
        "".join(text.text for text in p.iter(f"{W}t")): (p.find(f"{W}pPr/{W}bidi").get(f"{W}val") or "1")
        for p in body.iter(f"{W}p")
    }
    assert turned["First paragraph."] == turned["Cell"] == turned["An item."] == "0"
    assert turned["Head"] == "1", "a cell that is not marked stands in the frame that is turned"
    assert turned["Last paragraph."] == "0", "all its letters are Latin"


def test_sentences_about_the_translation_stand_on_the_back_of_the_title_page(repository: Path) -> None:
    made = edition(settings={"translation": COUNTS})
    said = translation(made)
    assert len(said) == 4
    assert "2 passages sur 9" in said[0] and "anglais" in said[0]
    for sentence in said:
        assert sentence in pages.page(made).decode()
    main = pages.pdf_files(made)["main.typ"].decode()
    assert main.count("passages sur 9") == 3
    data, _ = docx_files.made(replace(made, nodes=written.edition_of("# A\n").nodes), repository)
    assert [text for _, style, text in docx_files.paragraphs(data) if style == "TranslationNote"] == list(said)


@pytest.mark.parametrize(
    ("language", "number"), [("en", "3,328"), ("fr", "3\u202f328"), ("ar", "3,328"), ("ar-EG", "3,328")]
)
def test_numbers_are_grouped_as_the_language_does_and_have_european_digits(language: str, number: str) -> None:
    counts = {**COUNTS, "blocks": 3328}
    said = translation(pages.edition("# A\n", language=language, settings={"translation": counts}))
    assert number in said[0]


def test_a_whole_translation_says_so_and_a_text_in_its_first_language_nothing() -> None:
    whole = edition(settings={"translation": {**COUNTS, "untranslated": 0, "stale": 0, "drafted": 0}})
    assert "9 passages sont tous traduits" in translation(whole)[0]
    assert translation(pages.edition("# A\n", language="en")) == ()
    assert len(translation(edition())) == 1, "only the tool's own words are spoken of"


def test_the_same_marks_give_the_same_bytes(repository: Path) -> None:
    first, again = word_file(repository, "rtl")[0], word_file(repository, "rtl")[0]
    assert first == again
