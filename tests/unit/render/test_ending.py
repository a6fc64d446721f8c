"""Which blocks of a chapter's end move together, and that the PDF and Word are told so."""

import re
from typing import Any

import pytest

from livingmanual.render import docx
from livingmanual.render.ending import LEAST, MOST, endings, leading, lines
from tests.support.pages import edition, pdf_files

Node = dict[str, Any]
LONG = "word " * 700


def words(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}]


def header(level: int) -> Node:
    return {"t": "Header", "c": [level, ["", [], []], words("Title")]}


def para(text: str = "Short.") -> Node:
    return {"t": "Para", "c": words(text)}


def items(count: int) -> Node:
    return {"t": "BulletList", "c": [[para("An item of the list.")] for _ in range(count)]}


def picture() -> Node:
    return {"t": "Figure", "c": [["", [], []], [None, []], [para()]]}


def test_the_last_two_sections_move_together_where_the_last_is_too_short_to_stand_alone() -> None:
    nodes = [header(1), para(LONG), header(2), items(8), header(2), items(3)]
    assert endings(nodes) == [(2, 6)]


def test_each_chapter_has_its_end_and_a_part_ends_a_chapter_too() -> None:
    part = {"t": "Div", "c": [["p", ["part"], []], [header(1)]]}
    chapter = [header(1), para(LONG), items(14)]
    assert endings([*chapter, part, *chapter, *chapter]) == [(2, 3), (6, 7), (9, 10)]


@pytest.mark.parametrize("last", [para(LONG), items(60), picture()])
def test_what_is_longer_than_half_a_page_or_floats_is_not_held(last: Node) -> None:
    assert endings([header(1), para(LONG), last]) == []


def test_a_short_chapter_and_a_text_without_headings_need_nothing() -> None:
    assert endings([header(1), para(), items(3)]) == []
    assert endings([para(), items(3)]) == []
    assert endings([]) == []


def test_words_that_announce_a_list_stay_with_it() -> None:
    nodes = [header(1), para(LONG), para("Three things:"), items(12)]
    assert endings(nodes) == [(2, 4)]


def test_an_end_has_between_the_least_and_the_most_lines() -> None:
    nodes = [header(1), para(LONG), *[para("A sentence that fits on one line.") for _ in range(40)]]
    ((first, stop),) = endings(nodes)
    assert LEAST <= sum(lines(node) for node in nodes[first:stop]) <= MOST


POINTS = "- point\n" * 8
TEXT = f"# A\n\n{LONG}\n\n## Checklist\n\n{POINTS}\n## Sources\n\n- one\n- two\n\n# B\n\nx\n"


def test_the_pdf_holds_the_end_in_one_block_and_the_heading_keeps_its_space() -> None:
    files = pdf_files(edition(TEXT))
    first, second = (data.decode() for name, data in sorted(files.items()) if name.startswith("text/"))
    assert re.search(r"#lm-together\(2\)\[\s+#lm-heading\(2, .*?Checklist", first)
    assert first.rstrip().endswith("]")
    assert "lm-together" not in second


def test_word_begins_no_page_inside_the_end() -> None:
    made = edition(TEXT)
    plan = docx.plan(made, "1")
    texts = {block.id: block.text for block in made.blocks}
    held = [texts[name].split("\u2002")[-1] for name in plan.order if name in plan.together]
    assert held == ["Checklist", *["point"] * 8, "Sources", "one"]


def test_a_line_between_a_heading_and_a_list_stays_with_the_list() -> None:
    table = {"t": "Div", "c": [["t", ["table"], []], []]}
    long = para("word " * 60)
    nodes = [header(2), para(), items(2), para("Three things:"), items(3), para(), items(1), header(3), long, table]
    assert leading(nodes) == [1, 3]


def test_one_line_below_a_heading_stays_with_the_text_but_not_with_a_picture_or_a_heading() -> None:
    assert leading([header(2), para(), para(LONG)]) == [1]
    assert leading([header(2), para("word " * 30), para(LONG)]) == []
    assert leading([header(2), para(), picture()]) == []
    assert leading([header(2), para(), header(3), para()]) == []


def test_the_pdf_and_word_are_told_what_leads_to_a_list() -> None:
    text = "# A\n\n## One\n\nAnswer in order.\n\n1. yes\n2. no\n"
    files = pdf_files(edition(text))
    assert any(b"#lm-lead[\n" in data and b"Answer in order" in data for data in files.values())
    made = edition(text)
    texts = {block.id: block.text for block in made.blocks}
    assert [texts[name] for name in docx.plan(made, "1").together] == ["Answer in order."]
