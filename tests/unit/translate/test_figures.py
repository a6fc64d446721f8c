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
