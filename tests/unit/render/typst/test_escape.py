"""Whatever a text contains, typst prints exactly that."""

import json
import re
import tempfile

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livingmanual.render.typst import escape

PLAIN = """
#let plain(it) = {
  if type(it) == str { it }
  else if it == [ ] { " " }
  else if it.has("text") { it.text }
  else if it.has("children") { it.children.map(plain).join("") }
  else if it.has("body") { "<" + repr(it.func()) + ">" + plain(it.body) }
  else { "<" + repr(it.func()) + ">" }
}
"""
"""The text of content; any element that is not text shows up by its name."""


def value(source: str) -> str:
    """What typst makes of a source that ends in `#metadata(…) <out>`."""
    with tempfile.TemporaryDirectory() as root:
        found = typst.query(source.encode(), "<out>", field="value", one=True, root=root, ignore_system_fonts=True)
    return str(json.loads(found) or "")


def shown(text: str) -> str:
    """What a reader can see of a text: ends of lines are spaces, controls are nothing."""
    return escape.LINE_ENDS.sub(" ", escape.UNPRINTABLE.sub("", text))


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.text(
    st.sampled_from("#[](){}*_`$<>@=+-/\\~'\"0123a. \n\t:;,!?&|^%"), max_size=40
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("= heading")
@example("- item\n+ item\n/ term: x\n1. one")
@example("https://example.org -- ... -? ~ // /* */ <label> @key #import \\u{41}")
@example("a\u2028b\x85c\r\nd")
@example("\x00\ufeff\ufffe")
def test_markup_prints_as_the_text(text: str) -> None:
    printed = value(f"{PLAIN}#metadata(plain([{escape.markup(text)}]))<out>")
    assert re.sub(r"\s+", " ", printed) == re.sub(r"\s+", " ", shown(text))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example('"\\u{41}"')
def test_a_string_holds_the_text(text: str) -> None:
    held = value(f"#metadata({escape.string(text)})<out>")
    expected = escape.LINE_ENDS.sub("\n", escape.UNPRINTABLE.sub("", text))
    assert held == expected


@given(TEXTS)
def test_source_stays_on_its_line(text: str) -> None:
    assert not escape.LINE_ENDS.search(escape.markup(text) + escape.string(text))


@pytest.mark.parametrize("text", ["", "word", "été", "كتاب", "12"])
def test_words_are_left_alone(text: str) -> None:
    assert escape.markup(text) == text
