"""What counts as a change of a target's text, and what does not."""

import pytest

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose.drift import target_fingerprint
from livingmanual.source.tokens import Notations
from livingmanual.workflows.load import parse

TEXT = """# One {#one}

Some words that
are wrapped.

- a
- b

::: note
Inside.

Also inside.
:::
"""


def print_of(text: str) -> str:
    """Fingerprint of the section."""
    return target_fingerprint(parse("a.md", text, Notations(), CacheStore(None)).value.blocks, "one")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("that\nare", "that are"),
        ("that\nare", "that   are"),
        ("- a\n- b", "* a\n* b"),
        ("\n\n- a", "\n\n\n\n- a"),
        ("# One {#one}\n", "# One   {#one}\n\n"),
        ("::: note", ":::: note\n"),
    ],
)
def test_white_space_and_wrapping_do_not_count(old: str, new: str) -> None:
    text = TEXT.replace(old, new)
    if new.startswith("::::"):
        text = text.replace("inside.\n:::", "inside.\n::::")
    assert print_of(text) == print_of(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrapped", "unwrapped"),
        ("One", "Two"),
        ("- a\n- b", "- a\n  - b"),
        ("- a\n- b", "1. a\n2. b"),
        ("Inside.\n\nAlso inside.\n:::", "Inside.\n:::\n\nAlso inside."),
        ("words", "*words*"),
        ("words", "[words](#one)"),
        ("Inside.\n\nAlso", "Inside.\nAlso"),
    ],
)
def test_words_marks_and_structure_count(old: str, new: str) -> None:
    assert print_of(TEXT.replace(old, new)) != print_of(TEXT)
