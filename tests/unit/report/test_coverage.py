"""Sums of what is translated, and their picture."""

from xml.etree import ElementTree

from livingmanual.report.coverage import Row, picture, summed

ROWS = [
    Row("fr", "manual/a.md", None, 60, 10, 30, 20, 100),
    Row("fr", "manual/overlays/countries/KE/overrides/N1.md", "KE", 0, 0, 100, 0, 100),
    Row("sw", "manual/a.md", None, 0, 0, 0, 0, 0),
]


def test_rows_are_summed_by_what_is_asked() -> None:
    by_language = summed(ROWS, lambda row: (row.language, "", None))
    assert by_language == [Row("fr", "", None, 60, 10, 130, 20, 200), Row("sw", "", None, 0, 0, 0, 0, 0)]
    assert [row.words for row in summed(ROWS, lambda row: (row.language, "", row.country))] == [100, 100, 0]


def test_shares_are_per_cent_of_words_and_nothing_is_all_done() -> None:
    assert ROWS[0].share(ROWS[0].translated) == 60
    assert ROWS[2].share(0) == 100


def test_what_is_nearly_all_is_not_all_and_a_little_is_not_nothing() -> None:
    row = Row("fr", "manual/a.md", None, 999, 0, 1, 0, 1000)
    assert (row.share(999), row.share(1), row.share(0), row.share(1000)) == (99, 1, 0, 100)


def test_the_picture_has_a_bar_for_each_language_as_long_as_its_shares() -> None:
    svg = ElementTree.fromstring(picture(summed(ROWS, lambda row: (row.language, "", None))))
    name = "{http://www.w3.org/2000/svg}"
    bars = [r for r in svg.iter(f"{name}rect") if r.get("height") == "18" and r.get("fill") != "none"]
    assert [(bar.get("fill"), bar.get("width")) for bar in bars] == [
        ("#2A7F7F", "96.0"),
        ("#8FC1C1", "48.0"),
        ("#B8862B", "24.0"),
        ("#EDEFF2", "312.0"),
    ]
    words = [text.text for text in svg.iter(f"{name}text")]
    assert words == ["confirmed", "drafted", "stale", "missing", "fr", "30 %", "sw", "100 %"]
    assert svg.find(f"{name}title") is not None
