"""The order of files that others wrote: summaries as their authors write them, and names."""

import pytest

from livingmanual.source import order as sut

MDBOOK = """\
# Summary

[Before](README.md)

# The hive

- [Parts *of* a hive](hive/README.md)
    - [Frames](./hive/frames.md#top)
    - [A draft]()
- [With spaces](<hive/wax and smoke.md>)
<!-- - [Not this](hidden.md) -->

# Empty part

# Seasons

1. [Spring](seasons/02.md "a title")
2) [Winter](seasons/10%20b.md)
- [Again](hive/frames.md)
- [Elsewhere](https://example.org/x.md)

---

[Words](words.md)
[Gone](gone.md)
"""
FILES = [
    "src/README.md", "src/SUMMARY.md", "src/hidden.md", "src/hive/README.md", "src/hive/frames.md",
    "src/hive/wax and smoke.md", "src/seasons/02.md", "src/seasons/10 b.md", "src/words.md",
]  # fmt: skip


def parts(found: sut.Order) -> list[tuple[str, list[str]]]:
    return [(part.title, list(part.paths)) for part in found.parts]


def test_a_summary_of_mdbook() -> None:
    found = sut.order(FILES, {"src/SUMMARY.md": MDBOOK}, "src")
    assert found.front == ("src/README.md",)
    assert parts(found) == [
        ("The hive", ["src/hive/README.md", "src/hive/frames.md", "src/hive/wax and smoke.md"]),
        ("Seasons", ["src/seasons/02.md", "src/seasons/10 b.md"]),
    ]
    assert found.back == ("src/words.md",)
    assert found.aside == ("src/hidden.md", "src/SUMMARY.md")
    assert found.missing == ("src/gone.md",)
    assert found.titles["src/hive/README.md"] == "Parts of a hive"
    assert found.summary == "src/SUMMARY.md"


def test_a_summary_of_gitbook_has_headings_of_level_2_and_star_lists() -> None:
    text = "# Table of contents\n\n* [Hello](README.md)\n\n## Use\n\n* [One](use/one.md)\n  * [Two](use/two.md)\n"
    text = text.replace("\n", "\r\n")
    found = sut.order(["README.md", "SUMMARY.md", "use/one.md", "use/two.md"], {"SUMMARY.md": text})
    assert parts(found) == [("", ["README.md"]), ("Use", ["use/one.md", "use/two.md"])]


def test_a_list_item_without_a_link_is_a_part() -> None:
    text = "- Basics\n  - [A](a.md)\n- More\n  - [B](b.md)\n"
    assert parts(sut.order(["a.md", "b.md", "SUMMARY.md"], {"SUMMARY.md": text})) == [
        ("Basics", ["a.md"]),
        ("More", ["b.md"]),
    ]


def test_a_summary_that_names_nothing_that_is_there_does_not_count() -> None:
    found = sut.order(
        ["1.md", "SUMMARY.md"], {"SUMMARY.md": "# What we learnt\n\nA lot, see [it](https://example.org).\n"}
    )
    assert (found.files, found.aside, found.summary) == (("1.md",), ("SUMMARY.md",), "")


def test_the_summary_that_book_toml_means_wins() -> None:
    texts = {"docs/SUMMARY.md": "- [A](a.md)", "text/SUMMARY.md": "- [B](b.md)"}
    files = ["docs/a.md", "docs/SUMMARY.md", "text/b.md", "text/SUMMARY.md"]
    assert sut.order(files, texts, "text").files == ("text/b.md",)
    assert sut.order(files, texts).files == ("docs/a.md",)


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (["10-c.md", "2-b.md", "1-a.md"], ["1-a.md", "2-b.md", "10-c.md"]),
        (["b.md", "A.md", "index.md", "_draft.md"], ["index.md", "A.md", "b.md"]),
        (["README.md"], ["README.md"]),
        (["docs/README.md", "docs/z.md", "README.md"], ["README.md", "docs/README.md", "docs/z.md"]),
        (["x/2.md", "x/README.md", "x/y/1.md", "a.md"], ["a.md", "x/README.md", "x/2.md", "x/y/1.md"]),
        (["01-a.md", "02-b/1.md", "03-c.md"], ["01-a.md", "02-b/1.md", "03-c.md"]),
        (
            ["CHANGELOG.md", "LICENSE.md", "CODE_OF_CONDUCT.md", "text.md", "x/changelog.md"],
            ["text.md", "x/changelog.md"],
        ),
        (["a.MD", "b.markdown", "c.txt"], ["a.MD", "b.markdown"]),
    ],
)
def test_names(files: list[str], wanted: list[str]) -> None:
    assert list(sut.order(files, {}).files) == wanted


def test_folders_are_parts_and_appendices_are_annexes() -> None:
    found = sut.order(["intro.md", "02-getting_started/a.md", "how-to/b.md", "appendix/c.md", "README.md"], {})
    assert found.front == ("README.md",)
    assert parts(found) == [
        ("", ["intro.md"]),
        ("Getting started", ["02-getting_started/a.md"]),
        ("How to", ["how-to/b.md"]),
    ]
    assert found.annexes == ("appendix/c.md",)


def test_nothing_is_lost_and_nothing_doubled() -> None:
    files = [
        "README.md",
        "CONTRIBUTING.md",
        "a/README.md",
        "a/b/index.md",
        "a/b/2.md",
        "a/10.md",
        "a/9.md",
        "c/1.md",
        "_x/1.md",
    ]
    found = sut.order(files, {})
    assert sorted([*found.files, *found.aside]) == sorted(files)
    assert found.files.index("a/9.md") < found.files.index("a/10.md")


def test_book_toml() -> None:
    book = sut.read_book('[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "fr"\nsrc = "text"\n')
    assert book == sut.Book("T", "fr", ("A",), "text")
    assert sut.read_book("not toml [") == sut.read_book("book = 3") == sut.Book()


def test_targets_of_links_and_pictures() -> None:
    text = 'See ![a](pic%20ture.png "t") and <img src="../b.svg"> and ![c][r].\n\n[r]: <x/c.gif> "t"\n[q]: https://e.org/d.png\n'
    assert list(sut.targets("docs/a.md", text)) == [
        "docs/pic ture.png",
        "b.svg",
        "docs/x/c.gif",
        "docs/https:/e.org/d.png",
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [("02-getting_started", "Getting started"), ("2024", "2024"), ("", ""), ("API", "API"), ("10. oven", "Oven")],
)
def test_a_title_from_a_name(name: str, title: str) -> None:
    assert sut.title_of(name) == title
