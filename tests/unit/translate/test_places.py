"""What a translator is told about the place of a message."""

from livingmanual.adapters import pandoc
from livingmanual.source import read
from livingmanual.source.tokens import Notations
from livingmanual.translate.places import trails, wanted

TEXT = """# One {#one}

Words.

## Two {#two}

- an item

::: {.table #tbl-x caption="A table"}
| a | b |
|---|---|
| c | c |
:::

::: {.norm #N01}
A norm.

Evidence
:   A paper.
:::

# Three {#three}

Words.

Words.
"""


def test_the_place_is_the_ids_from_the_top_and_the_kind() -> None:
    notations = Notations()
    json = pandoc.to_json(read.prepared_text(TEXT), read.reader_format(notations))
    document = read.read_document("manual/a.md", TEXT, json, notations).value
    found = [(item.place, item.message.text) for item in wanted(document)]
    assert found == [
        ("one: heading", "One"),
        ("one: paragraph", "Words."),
        ("one > two: heading", "Two"),
        ("one > two: list item", "an item"),
        ("one > two > tbl-x: caption", "A table"),
        ("one > two > tbl-x: table cell", "a"),
        ("one > two > tbl-x: table cell", "b"),
        ("one > two > tbl-x: table cell", "c"),
        ("one > two > N01: paragraph", "A norm."),
        ("one > two > N01: term of the glossary or of a list", "Evidence"),
        ("one > two > N01: definition", "A paper."),
        ("three: heading", "Three"),
        ("three: paragraph", "Words."),
    ]
    assert trails(document.blocks)["N01"] == ("one", "two", "N01")
