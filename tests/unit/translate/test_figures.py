"""Labels of pictures as messages, and pictures with other words."""

from livingmanual.model.catalog import Entry, Field, Found, Message, State
from livingmanual.translate.figures import figure_messages, in_figure

STYLE = 'font-size="10" text-anchor="middle"'
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg">
<text x="5" y="20" {STYLE}>Guidance and</text>
<text x="5" y="31" {STYLE}>practice &amp; more</text>
<rect x="1"/>
<text x="5" y="42" {STYLE}>yes</text>
<text x="90" y="20" {STYLE}>2026</text>
<text x="90" y="60" {STYLE}>yes</text>
</svg>
"""
PATH = "manual/figures/ladder.svg"


def saying(words: str, state: State = State.TRANSLATED) -> Found:
    return Found(state, Entry("ladder", "", Field(words, (), (), 0), 0, 0, 0), "x.po")


def drawn(translations: dict[str, Found]) -> list[str]:
    """The changed picture's lines."""

    def find(message: Message) -> Found:
        return translations.get(message.text, Found(State.MISSING))

    return in_figure(PATH, SVG, find).splitlines()


def test_lines_of_one_label_are_one_message_and_numbers_none() -> None:
    found = figure_messages(PATH, SVG)
    assert [message.text for message in found] == ["Guidance and\npractice & more", "yes"]
    assert {(message.context, message.kind, message.markdown) for message in found} == {("ladder", "label", False)}


def test_without_translations_nothing_changes() -> None:
    assert drawn({}) == SVG.splitlines()
    assert drawn({"yes": saying("vieux", State.STALE)}) == SVG.splitlines()


def test_a_label_keeps_its_place_and_its_style_wherever_it_stands() -> None:
    lines = drawn({"yes": saying("oui <été>")})
    assert lines[4] == f'<text x="5" y="42" {STYLE}>oui &lt;été&gt;</text>'
    assert lines[6] == f'<text x="90" y="60" {STYLE}>oui &lt;été&gt;</text>'


def test_the_translator_s_line_breaks_hold_around_the_same_middle() -> None:
    lines = drawn({"Guidance and\npractice & more": saying("un\ndeux\ntrois")})
    assert lines[1:4] == [
        f'<text x="5" y="14.5" {STYLE}>un</text>',
        f'<text x="5" y="25.5" {STYLE}>deux</text>',
        f'<text x="5" y="36.5" {STYLE}>trois</text>',
    ]


def test_a_long_translation_is_broken_and_set_smaller() -> None:
    words = "orientations générales et pratiques établies et bien davantage encore que cela"
    lines = drawn({"Guidance and\npractice & more": saying(words)})
    texts = [line for line in lines if 'x="5"' in line and "yes" not in line]
    assert " ".join(line.partition(">")[2].removesuffix("</text>") for line in texts) == words
    assert len(texts) == 6
    assert all('font-size="7.5"' in line for line in texts)


BOXED = f"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">
<rect x="0" y="0" width="400" height="200"/>
<rect x="20" y="20" width="100" height="60"/>
<text x="70" y="45" {STYLE}>Treaty signed,</text>
<text x="70" y="57" {STYLE}>not in force</text>
<rect x="220" y="20" width="100" height="60"/>
<text x="270" y="45" {STYLE}>Warn</text>
<text x="270" y="57" {STYLE}>Verify</text>
<text x="70" y="150" {STYLE}>outside of a box</text>
</svg>
"""


def boxed(source: str, words: str) -> list[str]:
    """The new lines of the one label of the picture that is translated."""

    def find(message: Message) -> Found:
        return saying(words) if message.text == source else Found(State.MISSING)

    old = BOXED.splitlines()
    return [line for line in in_figure(PATH, BOXED, find).splitlines() if line not in old]


def said(lines: list[str]) -> list[str]:
    return [line.partition(">")[2].removesuffix("</text>") for line in lines]


def test_lines_that_fit_into_their_box_stay_as_the_translator_broke_them() -> None:
    lines = boxed("Treaty signed,\nnot in force", "Traité signé,\npas en vigueur")
    assert lines == [
        f'<text x="70" y="45" {STYLE}>Traité signé,</text>',
        f'<text x="70" y="57" {STYLE}>pas en vigueur</text>',
    ]


def test_lines_that_would_leave_their_box_are_broken_again() -> None:
    lines = boxed("Treaty signed,\nnot in force", "Mkataba uliotiwa saini,\nbado haujaanza kutumika")
    assert said(lines) == ["Mkataba uliotiwa", "saini, bado", "haujaanza", "kutumika"]
    assert boxed("outside of a box", "Mkataba uliotiwa saini, bado haujaanza kutumika")


def test_points_of_a_list_in_a_box_are_not_joined() -> None:
    lines = boxed("Warn\nVerify", "Kutahadharisha mapema sana\nKuhakiki")
    assert said(lines) == ["Kutahadharisha", "mapema sana", "Kuhakiki"]


def test_a_word_that_is_wider_than_its_box_is_set_smallest() -> None:
    lines = boxed("Warn\nVerify", "Kinachoshirikishwa")
    assert all('font-size="' in line for line in lines)
    [line] = boxed("Warn\nVerify", "Unvereinbarkeitsbestimmungen")
    assert 'font-size="7.5"' in line


def test_a_line_of_arabic_keeps_its_last_mark_at_its_end() -> None:
    [line] = boxed("outside of a box", "رقم 8:")
    assert said([line]) == ["\u2067رقم 8:\u2069"]
