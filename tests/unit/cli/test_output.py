"""What is shown to people cannot steer their terminal; plain tables line up."""

import json

import click
import pytest
from click.testing import CliRunner

from livingmanual.cli import output


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\twith tab\nand line", "plain\twith tab\nand line"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("\x9b31m", "\\u009b31m"),
        ("a\rb", "a\\u000db"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("مرحبا, é, 日本", "مرحبا, é, 日本"),
    ],
)
def test_characters_that_steer_are_shown_as_codes(text: str, shown: str) -> None:
    assert output.harmless(text) == shown


def printed(call: click.Command) -> str:
    """What a command prints where there is no terminal."""
    return CliRunner().invoke(call).output


def test_a_plain_table_lines_up_and_ends_without_spaces() -> None:
    call = click.Command("x", callback=lambda: output.table(("id", "what"), [("a", "long words"), ("bbb", 1)]))
    assert printed(call) == "id   what\na    long words\nbbb  1\n"


def test_a_table_without_rows_is_nothing() -> None:
    assert printed(click.Command("x", callback=lambda: output.table(("id",), []))) == ""


def test_json_keeps_letters_and_is_json() -> None:
    text = printed(click.Command("x", callback=lambda: output.dump({"name": "Côte d’Ivoire", "code": "\x1b"})))
    assert "Côte d’Ivoire" in text
    assert json.loads(text) == {"name": "Côte d’Ivoire", "code": "\x1b"}


@pytest.mark.parametrize(("number", "words"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_a_count_agrees_with_its_noun(number: int, words: str) -> None:
    assert output.count(number, "file") == words
