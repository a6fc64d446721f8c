"""The HTML page: complete, self-contained, harmless, and with an id for every block."""

import base64
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from livingmanual.model.edition import Edition
from livingmanual.model.run import OBJECT
from tests.support.pages import REVISION, edition, page

EVERYTHING = (Path(__file__).parents[1] / "everything.md").read_text(encoding="utf-8")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="9" height="9"/></svg>'


def parsed(made: Edition, pictures: dict[str, bytes] | None = None) -> html.HtmlElement:
    return html.document_fromstring(page(made, pictures))


@pytest.fixture(scope="module")
def made() -> Edition:
    return edition(EVERYTHING, part="First")


@pytest.fixture(scope="module")
def document(made: Edition) -> html.HtmlElement:
    return parsed(made, {"manual/chapters/picture.svg": SVG})


APART = ("ul", "ol", "dl", "p", "math", "img")
"""Elements inside a block's element that are blocks of their own, or no text."""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def own_text(element: html.HtmlElement) -> str:
    """The text of a block's element, without lists below it, marks of notes and the ways back from them."""
    parts = [element.text or ""]
    for child in element:
        if child.get("role") not in ("doc-noteref", "doc-backlink") and child.tag not in APART:
            parts.append(own_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def test_every_block_is_there_once_with_its_text(made: Edition, document: html.HtmlElement) -> None:
    for block in made.blocks:
        found = document.xpath("//*[@id=$name]", name=block.id)
        if not block.text:
            continue
        assert len(found) == 1, block
        if block.text == OBJECT:
            continue
        element = found[0].getparent() if found[0].tag == "span" else found[0]
        assert squeezed(own_text(element)) == squeezed(block.text.replace(OBJECT, "")), block


def test_blocks_stand_in_reading_order(made: Edition, document: html.HtmlElement) -> None:
    there = [element.get("id") for element in document.iter() if (element.get("id") or "").startswith("_lm")]
    blocks = [block for block in made.blocks if block.kind != "cell" and not block.note_of]
    body = [block.id for block in blocks if block.text.strip(OBJECT)]
    assert [name for name in there if name in set(body)] == body


def test_ids_are_unique_and_every_link_inside_leads_somewhere(document: html.HtmlElement) -> None:
    ids = [element.get("id") for element in document.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    targets = {link.get("href") for link in document.iter("a")}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)
    assert {target for target in targets if not target.startswith("#")} == {"https://example.org/a_b?c=d&e=f"}


def test_written_ids_are_there(made: Edition, document: html.HtmlElement) -> None:
    ids = {element.get("id") for element in document.iter()}
    assert {"ch-all", "sec-lists", "tbl-one", "fig-one", "N01", "any-div", "na-one", "part-a"} <= ids


def test_nothing_is_loaded_and_nothing_of_the_source_acts(document: html.HtmlElement) -> None:
    text = html.tostring(document, encoding="unicode")
    assert "alert(" not in re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL)
    assert "#panic" not in text
    assert not document.xpath("//@onclick | //link | //iframe | //form | //object")
    assert not document.xpath("//main//@style[not(contains(., 'text-align'))]")
    assert len(document.xpath("//script")) == 1
    assert all(value.startswith("data:") for value in document.xpath("//@src"))
    policy = document.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "javascript:" not in text


def test_raw_code_loses_its_tags_and_keeps_its_words(document: html.HtmlElement) -> None:
    words = squeezed(document.find("body/main").text_content())
    assert "arawspan" in words
    assert "</script><b>" in words


def test_pictures_are_inside_with_their_words(document: html.HtmlElement) -> None:
    images = document.xpath("//img")
    address = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
    assert [image.get("src") for image in images] == [address, address]
    assert [image.get("alt") for image in images] == ["A square in a square", "dot"]
    assert document.xpath("//figure[@id='fig-two']//span[@class='no-picture']/text()") == ["A missing picture."]


def test_headings_go_down_without_gaps(document: html.HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in document.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_say_what_heads_what(document: html.HtmlElement) -> None:
    assert {cell.get("scope") for cell in document.xpath("//thead//th")} == {"col"}
    for around in document.xpath("//div[@class='table']"):
        assert around.get("tabindex") == "0"
    labelled = document.xpath("//div[@id='tbl-one']/@aria-labelledby")[0]
    assert squeezed(document.get_element_by_id(labelled).text_content()) == "Table1.Thefirsttable'scaption."


def test_notes_lead_there_and_back(document: html.HtmlElement) -> None:
    (reference,) = document.xpath("//a[@role='doc-noteref']")
    note = document.get_element_by_id(reference.get("href")[1:])
    (back,) = note.xpath(".//a[@role='doc-backlink']")
    assert back.get("href") == f"#{reference.get('id')}"
    assert back.get("aria-label") == "Back to the text"
    assert note.getparent().getparent().find("h2").text == "Notes"


def test_the_contents_list_is_that_of_the_edition(made: Edition, document: html.HtmlElement) -> None:
    links = document.xpath("//nav//a")
    assert [link.get("href") for link in links] == [f"#{entry.id}" for entry in made.contents]
    words = [squeezed(link.text_content()) for link in links]
    assert words == [squeezed(entry.number + entry.title) for entry in made.contents]
    assert len(document.xpath("//nav/details[@open]/ol/li/ol/li/ol/li")) == 3


def test_language_direction_stamp_and_frame(document: html.HtmlElement) -> None:
    assert (document.get("lang"), document.get("dir")) == ("en", "ltr")
    stamp = f"sample/KE/en@{REVISION};tool=0.0;format=1"
    assert document.xpath("//meta[@name='edition-stamp']/@content") == [stamp]
    assert document.find("body/footer").text_content() == f"Edition stamp: {stamp}"
    assert document.find("head/title").text == "A Manual of Samples: What May Stand in a Text – Kenya"
    assert document.xpath("//a[@class='skip']/@href") == ["#lm-text"]
    assert document.xpath("//meta[@name='date']/@content") == ["2026-11-21"]


def test_right_to_left() -> None:
    document = parsed(edition("# عنوان {#a}\n\nنص\n", language="ar", country="EG"))
    assert (document.get("lang"), document.get("dir")) == ("ar", "rtl")
    assert document.xpath("//footer//bdi/@dir") == ["ltr"]


def test_an_id_that_stands_twice_is_set_once(made: Edition) -> None:
    document = parsed(replace(made, nodes=[*made.nodes, *made.nodes]))
    ids = [element.get("id") for element in document.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("changes", [{"title": '<b>"&'}, {"subtitle": "</title><script>x</script>"}])
def test_words_of_the_frame_are_text(changes: dict[str, Any]) -> None:
    document = parsed(edition("# A\n", **changes))
    assert next(iter(changes.values())) in document.find("body/header").text_content()
    assert len(document.xpath("//script")) == 1


def test_the_same_edition_gives_the_same_bytes(made: Edition) -> None:
    assert page(made) == page(edition(EVERYTHING, part="First"))
