"""What a translation must carry over, and what it may change."""

import pytest

from livingmanual.translate.placeholders import damage, misleads, remarks

WHOLE = [
    ("The {{country.of}} law [@a, p. 3; see @b].", "La loi {{country}} [voir @b ; @a, p. 3]."),
    ("it says {{country}} and {{country}}", "il dit {{country.in}}"),
    ("{{committee|the committee}} meets", "{{committee|le comité}} se réunit"),
    ("see [](#N01) and [the table](#tbl-x)", "voir [le tableau](#tbl-x) et [](#N01)"),
    ("in the [district]{.term}", 'dans la [préfecture]{.term for="district"}'),
    ("words[^a] and^[an aside]", "mots^[un aparté] et[^a]"),
    ("`code` and <https://a.org/b_c> and <br/>", "<br/> et <https://a.org/b_c> et `code`"),
    ("5 * 3 = 15 and a_b", "5 * 3 = 15 et a_b"),
    ("a \\*star\\* and \\[brackets\\]", "une étoile \\* et rien"),
    ("**bold**", "normal"),
    ("Art. 5 [1948]", "art. 5 [1948]"),
    ("two\\\nlines", "deux\\\nlignes\n"),
    ("${x^2}$ grows", "croît ${x^2}$"),
    ("[a](http://x/(y))", "[b](http://x/(y))"),
    ("braces", r"des \{\{accolades}}"),
    ("Arabic", "\u2067العربية\u2069\u200f"),
]


@pytest.mark.parametrize(("source", "translation"), WHOLE)
def test_what_a_translator_may_do(source: str, translation: str) -> None:
    assert damage(source, translation) == ()


HARMED = [
    ("of {{country}}", "de Kenya", ["the variable {{country}} is missing"]),
    (
        "of {{country}}",
        "de {{pays}}",
        ["the variable {{country}} is missing", "the variable {{pays}} is not in the source"],
    ),
    (
        "of {{country}}",
        "de {{country}",
        [
            "the variable {{country}} is missing",
            "the braces of a variable do not match: it is written {{name}}",
        ],
    ),
    ("so [@a; @b]", "donc [@a]", ["the citation of @b is missing"]),
    ("so [@a]", "donc [@A]", ["the citation of @a is missing", "the citation of @A is not in the source"]),
    (
        "see [](#N01)",
        "voir [](#N02)",
        ['the link to "#N01" is missing', 'the link to "#N02" is not in the source'],
    ),
    ("a word[^n]", "un mot", ["the note [^n] is missing"]),
    ("a [word]{.term}", "un mot", ["the mark {.term} is missing"]),
    ("`rm`", "`supprimer`", ["the code `rm` is missing or changed", "the code `supprimer` is not in the source"]),
    ("a<br>b", "a b", ["the tag <br> is missing"]),
    ("*a* b", "*a b", ["an emphasis is opened and not closed: there is an odd number of *"]),
    ("_a_ b", "_a b", ["an emphasis is opened and not closed: there is an odd number of _"]),
    ("a (b)", "a [b", ["its square brackets do not match"]),
    ("one", "un\n\ndeux", ["it has two paragraphs where the source has one"]),
    ("one", "un\ue010", ["it holds a character of Unicode's private use area, which no font shows"]),
    ("a[^n]", "a[^n] b[^n]", ["the note [^n] is not in the source"]),
    ("one", "u\x07n", ["it holds a control character, which no page can show"]),
    ("one", "\u202enu\u202c", ["it holds a character that turns the order of its letters round"]),
    ("one", "\u200b\u2060", ["nothing of it can be seen"]),
    ("one", "<!-- later -->", ["nothing of it can be seen"]),
]


@pytest.mark.parametrize(("source", "translation", "said"), HARMED)
def test_what_harms(source: str, translation: str, said: list[str]) -> None:
    assert list(damage(source, translation)) == said


def test_what_is_odd_in_the_source_may_be_so_in_the_translation() -> None:
    assert damage("note * and [ alone", "note * et [ seul") == ()


def test_other_emphasis_is_only_remarked_on() -> None:
    assert remarks("**a** b", "**a** *b*") == ("it has 2 words or phrases with emphasis, the source 1",)
    assert remarks("*a*", "_b_") == ()


def test_a_text_is_no_damage_to_itself() -> None:
    for source, _ in WHOLE:
        assert damage(source, source) == ()


SHOWN = [
    ("see [](#N01) in {{country}} [@a]", ["see [](#N01)"], "voir [](#N01)"),
    ("a word", ["a word[^n] and `code`"], "un mot[^n] et `code`"),
    ("{{country}} twice: {{country}}", ["{{country}}"], "{{country.of}}"),
]
NOT_SHOWN = [
    ("no more", ["see [](#N01)"], "voir [](#N01)"),
    ("no more", ["so [@a]"], "donc [@a]"),
    ("no more", ["in {{district}}"], "en {{district}}"),
    ("a word", ["words"], "un mot <script>alert(1)</script>"),
    ("a word", ["words"], "un mot `x`{=html}"),
    ("a word", ["words"], "un \ue010"),
]


@pytest.mark.parametrize(("source", "earlier", "translation"), SHOWN)
def test_what_a_stale_translation_may_say(source: str, earlier: list[str], translation: str) -> None:
    assert not misleads(source, earlier, translation)


@pytest.mark.parametrize(("source", "earlier", "translation"), NOT_SHOWN)
def test_a_stale_translation_may_not_say_what_is_gone_or_was_never_there(
    source: str, earlier: list[str], translation: str
) -> None:
    assert misleads(source, earlier, translation)
