"""What is shown of HTML in Markdown, and where its words stand in the file."""

from typing import Any

import pytest

from livingmanual.adapters import pandoc
from livingmanual.model.document import Document
from livingmanual.source import read
from livingmanual.source.derive import decode
from livingmanual.source.tokens import Notations
from livingmanual.text import tree

GITHUB = Notations(variables=False, citations=False, references=False, math=False, attributes=False, pandoc=False)


def document(text: str) -> Document:
    made = pandoc.to_json(read.prepared_text(text), read.reader_format(GITHUB))
    return read.read_document("a.md", text, made, GITHUB).value


def shown(text: str) -> list[str]:
    """Kind and text of every leaf."""
    return [f"{leaf['t']} {tree.string(tree.inlines(leaf))}" for leaf, _ in tree.leaves(document(text).blocks)]


def kinds(value: Any) -> set[str]:
    """The types of all nodes."""
    if isinstance(value, list):
        return {kind for item in value for kind in kinds(item)}
    if isinstance(value, dict):
        return ({str(value["t"])} if "t" in value else set()) | kinds(value.get("c"))
    return set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p align=center>A <b>lamp</b>\n  of oil.</p>\n", ["Para A lamp of oil."]),
        ("<h2>Use</h2>\n", ["Header Use"]),
        ("<details>\n<summary>Why?</summary>\n\nText.\n\n</details>\n", ["Para Why?", "Para Text."]),
        ("<ul><li>one</li><li>two</li></ul>\n", ["Para one", "Para two"]),
        ("<!-- <b>no</b>\n\nno -->\n\nyes\n", ["Para yes"]),
        ("<script>let a = '<p>no</p>';</script>\n\n<style>p {}</style>\n", []),
        ("a<br>b<br/>c\n", ["Para a\nb\nc"]),
        ("Press <kbd>Ctrl</kbd>. <!-- no --> End\n", ["Para Press Ctrl.  End"]),
        (
            "<table><tr><th>K</th></tr><tr><td>a &amp; b</td><td>c</td></tr></table>\n",
            ["Plain K", "Plain ", "Plain a & b", "Plain c"],
        ),
        ("<div>2 < 3 &lt; 4</div>\n", ["Para 2 < 3 < 4"]),
        ("> <p>in a\n> quotation</p>\n", ["Para in a quotation"]),
        ("- x\n\n  <p>in a\n  list</p>\n", ["Para x", "Para in a list"]),
        ("Note[^1].\n\n[^1]: with a<br>break\n", ["Para Note."]),
        ("<p>unclosed <b>bold", ["Para unclosed bold"]),
    ],
)
def test_words_are_shown(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("H<sub>2</sub>O", "Subscript"),
        ("x<sup>2</sup>", "Superscript"),
        ("<em>a</em>", "Emph"),
        ("<p><strong>a</strong></p>", "Strong"),
        ('<p><a href="b.md">a</a></p>', "Link"),
        ('<p><img src="a.png" alt="A"></p>', "Image"),
        ("<table><tr><td>a</td></tr></table>", "Table"),
    ],
)
def test_what_tags_mean_is_kept(text: str, kind: str) -> None:
    assert kind in kinds(document(text).blocks)


@pytest.mark.parametrize(
    "text", ['<p>a<img src="a.png" onerror="x()"></p>', "<iframe src='x'>a</iframe>", "a <b onclick=x>b</b>"]
)
def test_no_raw_html_is_left(text: str) -> None:
    assert not kinds(document(text).blocks) & {"RawBlock", "RawInline"}
    assert "onclick" not in str(document(text).blocks)


def test_an_anchor_can_be_linked_to() -> None:
    found = document('<a name="here"></a>Text.\n').blocks[0]
    assert [node["c"][0][0] for node in found["c"] if node["t"] == "Span"] == ["here"]


def test_a_size_is_kept_and_a_nonsensical_one_is_not() -> None:
    pairs = document('<img src="a.png" width="120" height="calc(1px)">\n').blocks[0]["c"][0]["c"][0][2]
    assert pairs == [["width", "120px"]]


@pytest.mark.parametrize(
    "text",
    [
        "<p>A &amp; b\r\n  c <i>d</i></p>\r\n",
        "> - <div>x\n>   y &copy; z</div>\n",
        "a <b>b  c</b>\\* <kbd>d</kbd>\n",
        "<p>a back\\*slash</p>\n",
        "<td>\n\tx\u0301y\n</td>\n",
        "<p>cafe\u0301 au lait</p>\n",
    ],
)
def test_every_literal_word_is_in_the_file_where_it_says(text: str) -> None:
    runs = [run for leaf, _ in tree.leaves(document(text).blocks) for run in tree.runs(leaf)]
    literal = [run for run in runs if run.literal]
    assert literal
    for run in literal:
        assert run.span is not None
        slice_ = text[run.span.start : run.span.end]
        assert slice_ == run.text if run.exact else decode(slice_) == run.text, run
