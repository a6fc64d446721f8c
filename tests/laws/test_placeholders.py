"""The laws of placeholders: a text does no damage to itself, and what is taken out of it is missed."""

from hypothesis import given
from hypothesis import strategies as st

from livingmanual.translate.placeholders import damage, remarks
from tests.laws.markdown import words

lines = st.lists(words, min_size=1, max_size=6).map(" ".join).filter(lambda text: "\n" not in text)
THINGS = ("{{country.of}}", "[@key, p. 3]", "[](#sec-x)", "[a](#b)", "[^note]", "[x]{.term}", "`code`", "<br>", "$x^2$")


@given(lines)
def test_a_text_does_no_damage_to_itself(text: str) -> None:
    assert damage(text, text) == ()
    assert remarks(text, text) == ()


@given(st.permutations(THINGS))
def test_their_order_does_not_matter(things: list[str]) -> None:
    assert damage(f"so {' and '.join(THINGS)} it is", f"ainsi {' et '.join(things)} fin") == ()


@given(st.permutations(THINGS))
def test_the_one_that_is_gone_is_named(things: list[str]) -> None:
    (found,) = damage(f"so {' and '.join(THINGS)} it is", f"ainsi {' et '.join(things[1:])} fin")
    assert "is missing" in found
