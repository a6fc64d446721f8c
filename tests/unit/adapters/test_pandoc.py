"""Pandoc is run in its sandbox, and says what went wrong in our words."""

import base64
import io
import json
import zipfile
from pathlib import Path

import pytest

from livingmanual.adapters import pandoc
from livingmanual.errors import OurFault
from livingmanual.source import read
from livingmanual.source.tokens import Notations


def test_text_becomes_a_tree_and_the_tree_html_and_typst() -> None:
    tree = pandoc.to_json("*so* it is\n", "commonmark_x")
    assert json.loads(tree)["blocks"][0]["c"][0]["t"] == "Emph"
    assert pandoc.html(tree).strip() == "<p><em>so</em> it is</p>"
    assert pandoc.typst(tree).strip() == "#emph[so] it is"


TOP = Path(__file__).resolve().parents[3]
ODD = ["", "\n", "no end", "tab\there\r\n", "é\u0301 \U0001f600 العربية\n\n- a\n- b", "\x00", "| a |\n|---|\n| b |"]


@pytest.mark.parametrize(
    ("folder", "notations"),
    [
        ("manual", Notations()),
        ("tests/fixtures/foreign", Notations()),
        ("tests/fixtures/foreign", Notations(math=False, attributes=False, pandoc=False)),
    ],
)
def test_many_texts_are_read_at_once_as_each_is_alone(folder: str, notations: Notations) -> None:
    form = read.reader_format(notations)
    files = [path.read_text("utf-8", "replace") for path in sorted((TOP / folder).rglob("*.md"))]
    texts = [read.prepared_text(text) for text in (*ODD, *files)]
    together = pandoc.to_json_all(texts, form)
    assert len(files) > 10
    for text, tree in zip(texts, together, strict=True):
        assert json.loads(tree) == json.loads(pandoc.to_json(text, form)), text[:80]


def test_a_text_read_with_others_draws_in_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,secret\n")
    included = f".. csv-table:: T\n   :file: {tmp_path / 'secret.csv'}\n"
    with pytest.raises(OurFault):
        pandoc.to_json(included, "rst")
    with pytest.raises(OurFault):
        pandoc.to_json_all([included, "other"], "rst")


def test_a_picture_that_was_not_handed_over_is_not_read_but_keeps_its_place(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(base64.b64decode(pandoc.DOT.split(",")[1]) + b"secret")
    tree = pandoc.to_json(f"![alt]({secret})\n", "commonmark_x")
    with zipfile.ZipFile(io.BytesIO(pandoc.docx(tree, pandoc.default_reference(), {}))) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
        assert 'descr="alt"' in archive.read("word/document.xml").decode()
    assert pictures == [base64.b64decode(pandoc.DOT.split(",")[1])]


def test_pictures_travel_inside_the_tree() -> None:
    tree = pandoc.to_json("![alt](one.png) ![alt](two.png)\n", "commonmark_x")
    targets = [
        node["c"][2][0] for node in json.loads(pandoc.with_media(tree, {"one.png": b"x"}))["blocks"][0]["c"][::2]
    ]
    assert targets == ["data:image/png;base64,eA==", "two.png"]


def test_citations_are_rendered_in_a_language() -> None:
    works = "references:\n- id: a\n  type: book\n  title: Title\n  author: [{family: Doe}, {family: Roe}]\n"
    works += "  issued: {date-parts: [[2001]]}\n"
    tree = pandoc.to_json("[@a]", "markdown")
    for language, both in (("en", "Doe and Roe"), ("fr", "Doe et Roe")):
        rendered = pandoc.html(pandoc.citeproc(tree, works, lang=language))
        assert both in rendered.replace("\n", " ")


def test_a_tree_that_is_none_is_our_fault() -> None:
    with pytest.raises(OurFault, match="pandoc stopped"):
        pandoc.html("{}")


def test_equal_trees_give_equal_files() -> None:
    tree = pandoc.to_json("1. a\n2. b\n\n- c\n", "commonmark_x")
    assert pandoc.docx(tree, pandoc.default_reference(), {}) == pandoc.docx(tree, pandoc.default_reference(), {})
