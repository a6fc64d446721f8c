import pytest

from livingmanual.render import links

KNOWN = frozenset({"sec-one", "änderung"})


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("#sec-one", "sec-one"),
        ("#%C3%A4nderung", "änderung"),
        ("#nowhere", ""),
        ("sec-one", ""),
        ("#", ""),
        ("other.md#sec-one", ""),
    ],
)
def test_a_link_inside_needs_its_target(target: str, found: str) -> None:
    assert links.inside(target, KNOWN) == found


@pytest.mark.parametrize(
    "target", ["https://example.org/a?b=c#d", "http://example.org", "MAILTO:a@example.org", "tel:+1"]
)
def test_schemes_that_open_something_harmless_are_kept(target: str) -> None:
    assert links.outside(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        " https://example.org",
        "https://exa mple.org",
        "",
        "other.md",
        "//example.org",
        "vbscript:x",
        "https:",
    ],
)
def test_other_targets_are_not_followed(target: str) -> None:
    assert links.outside(target) == ""


def test_identifiers_are_found_in_every_kind_of_node() -> None:
    note = {"t": "Note", "c": [{"t": "CodeBlock", "c": [["d", [], []], ""]}]}
    nodes = [
        {"t": "Header", "c": [1, ["a", [], []], [{"t": "Span", "c": [["b", [], []], []]}]]},
        {"t": "Div", "c": [["c", [], []], [{"t": "Para", "c": [note]}]]},
    ]
    assert list(links.identifiers(nodes)) == ["a", "b", "c", "d"]


def test_the_words_of_a_caption_leave_its_number_out() -> None:
    label = {"t": "Span", "c": [["", ["label"], []], [{"t": "Str", "c": "Figure 1."}, {"t": "Space"}]]}
    caption = {"t": "Plain", "c": [label, {"t": "Str", "c": "A"}, {"t": "Space"}, {"t": "Str", "c": "map."}]}
    assert links.caption_words([caption]) == "A map."
