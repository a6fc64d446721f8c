"""French spaces: where they go, and what they leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingmanual.text.typography import breaking_spaces, french_spaces

N = "\u202f"


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("Brouillon : non", f"Brouillon{N}: non"),
        ("Quoi ? Non !", f"Quoi{N}? Non{N}!"),
        ("« mot »", f"«{N}mot{N}»"),
        ("«mot»", f"«{N}mot{N}»"),
        ("«\u00a0mot\u00a0»\u00a0; fin", f"«{N}mot{N}»{N}; fin"),
        ("à 8:30, voir https://au.int/fr?x=1", "à 8:30, voir https://au.int/fr?x=1"),
        ("rien à changer.", "rien à changer."),
        ("fin : (voir « a »)", f"fin{N}: (voir «{N}a{N}»)"),
        (" : au début", " : au début"),
    ],
)
def test_spaces_before_marks(text: str, spaced: str) -> None:
    assert french_spaces(text) == spaced


@given(st.text(alphabet="ab «»:;!?\u00a0\u202f.,/", max_size=30))
def test_a_second_time_changes_nothing_and_letters_stay(text: str) -> None:
    once = french_spaces(text)
    assert french_spaces(once) == once
    assert "".join(once.split()) == "".join(text.split())


def test_spaces_at_which_a_line_might_end_are_found() -> None:
    assert breaking_spaces("Non : « oui »") == [3, 7, 11]
    assert breaking_spaces(french_spaces("Non : « oui »")) == []
