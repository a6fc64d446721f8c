from typing import Any

from livingmanual.render.outline import Levels, opened

Node = dict[str, Any]


def header(level: int, *classes: str) -> Node:
    return {"t": "Header", "c": [level, ["", list(classes), []], []]}


def div(*children: Node, name: str = "", classes: tuple[str, ...] = ()) -> Node:
    return {"t": "Div", "c": [[name, list(classes), []], list(children)]}


PARA: Node = {"t": "Para", "c": [{"t": "Str", "c": "x"}]}


def test_chapters_stand_below_their_part_and_annexes_beside_it() -> None:
    levels = Levels()
    assert levels.heading(header(1, "front")) == 1
    assert levels.heading(header(2)) == 2
    assert levels.part() == 1
    assert levels.heading(header(1, "chapter")) == 2
    assert levels.heading(header(2)) == 3
    assert levels.heading(header(1, "chapter")) == 2
    assert levels.heading(header(1, "annex")) == 1
    assert levels.heading(header(2)) == 2


def test_no_level_is_left_out_and_the_first_heading_is_on_the_first() -> None:
    levels = Levels()
    assert [levels.heading(header(depth)) for depth in (3, 6, 6, 2, 4, 1, 3)] == [1, 2, 3, 2, 3, 1, 2]


def test_divs_open_around_headings_only() -> None:
    box = div(PARA, header(2), PARA, PARA, name="n", classes=("override",))
    assert list(opened([box])) == [
        div(PARA, name="n", classes=("override",)),
        header(2),
        div(PARA, PARA, name="n", classes=("override",)),
    ]
    norm = div(PARA, name="N01", classes=("norm",))
    assert list(opened([norm])) == [norm]


def test_nested_divs_open_and_a_part_stays_whole() -> None:
    inner = div(header(1), PARA, classes=("override",))
    assert list(opened([div(inner)])) == [header(1), div(div(PARA, classes=("override",)))]
    part = div(header(1), classes=("part",))
    assert list(opened([part])) == [part]
