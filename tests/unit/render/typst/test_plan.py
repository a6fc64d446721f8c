"""What goes to pandoc's typst writer, and the files that are compiled."""

import copy
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from livingmanual.render import typst
from livingmanual.text import tree
from tests.support.pages import edition, pdf_files

EVERYTHING = (Path(__file__).parents[1] / "everything.md").read_text(encoding="utf-8")


def source(text: str, **changes: Any) -> str:
    """The typst source of the text's files."""
    files = pdf_files(edition(text, **changes))
    return "\n".join(data.decode() for name, data in files.items() if name.startswith("text/"))


def keys(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*(keys(item) for item in value)) if value else set()
    if isinstance(value, dict):
        return set(value) | keys(list(value.values()))
    return set()


def test_the_edition_stays_as_it_is_and_no_private_key_gets_out() -> None:
    made = edition(EVERYTHING)
    before = copy.deepcopy(made.nodes)
    plan = typst.plan(made, "1")
    assert made.nodes == before
    assert not keys(plan.ast["blocks"]) & tree.PRIVATE


def test_links_keep_their_words_and_only_good_targets() -> None:
    written = source("# A {#a}\n\n[in](#a) [out](https://e.org/x_y) [lost](#b) [bad](javascript:x) [file](x.md)\n")
    assert '#lm-reference(label("a"))[in]' in written
    assert '#lm-link("https://e.org/x_y")[out] lost bad file' in written


def test_raw_code_of_the_source_is_dropped() -> None:
    written = source("# A\n\nx `#panic()`{=typst} <b>y</b>\n\n```{=typst}\n#panic()\n```\n\n<script>z</script>\n")
    assert "panic" not in written
    assert "script" not in written
    assert "x  #strong[y]" in written


def test_an_id_that_stands_twice_becomes_one_label() -> None:
    made = edition("# A {#a}\n\n::: {#n .norm}\nx\n:::\n")
    twice = replace(made, nodes=[*made.nodes, *made.nodes])
    plan = json.dumps(typst.plan(twice, "1").ast)
    assert plan.count('label(\\"a\\")') == 1
    assert plan.count('label(\\"n\\")') == 1


def test_terms_in_a_norm_stand_in_a_column_also_where_an_overlay_wrote_them() -> None:
    written = source("# A\n\n:::: {#n .norm}\n::: {.override}\nx\n\nYes\n:   y\n:::\n::::\n\nTerm\n:   z\n")
    assert written.count('#lm-definitions("norm",') == 1
    assert written.count('#lm-definitions("list",') == 1
    assert written.index("#lm-override[") < written.index('#lm-definitions("norm",')


def test_pictures_get_safe_names_and_one_name_for_one_file() -> None:
    made = edition(
        '# A\n\n![x](p.svg){alt="said \\"so\\""}\n\n![y](p.svg)\n\n![z](q.exe)\n\n![w](https://e.org/p.png)\n'
    )
    plan = typst.plan(made, "1")
    assert plan.media == {"picture-1.svg": "manual/chapters/p.svg"}
    written = json.dumps(plan.ast)
    assert "e.org" not in written
    assert "q.exe" not in written


def test_a_picture_is_described_by_its_alt_text_or_its_caption_without_its_number() -> None:
    written = source('# A\n\n![The caption.](p.svg){#f alt="The words"}\n\n![Only a caption.](q.svg){#g}\n')
    assert '"picture-1.svg", "The words"' in written
    assert '"picture-2.svg", "Only a caption."' in written


def test_pictures_that_are_not_there_are_named_in_the_main_file() -> None:
    made = edition("# A\n\n![c](p.svg){#f}\n")
    plan = typst.plan(made, "1")
    some, none = (typst.assemble("x", plan, "t", pictures)["main.typ"] for pictures in (None, ()))
    assert b"lm-absent.update(())" in some
    assert b'lm-absent.update(("picture-1.svg", ))' in none


def test_one_file_for_each_part_and_chapter_without_empty_ones() -> None:
    files = pdf_files(edition("# One\n\na\n", "# Two\n\nb\n", part="P", annexes=("# Three\n\nc\n",)))
    names = [name for name in files if name.startswith("text/")]
    assert len(names) == 4
    main = files["main.typ"].decode()
    assert re.findall(r'#include "(.+?)"', main) == names
    assert all(files[name].startswith(b'#import "/template.typ": *\n') for name in names)


@pytest.mark.parametrize("text", ["", "no heading at all\n", "## starts deep\n\nx\n", "# A\n\n# B\n"])
def test_any_shape_of_document_has_a_body(text: str) -> None:
    assert "#lm-stamp(" in pdf_files(edition(text))["main.typ"].decode()


def test_levels_in_the_outline_have_no_gaps() -> None:
    written = source("# A\n\n#### deep\n\n## back\n", part="P")
    found = re.findall(r'#lm-heading\((\d), "([a-z0-9-]+)"', written)
    assert found == [("2", "chapter"), ("3", "section-4"), ("3", "section-2")]


def test_the_cut_between_files_cannot_be_written_in_a_text() -> None:
    text = "# A\n\n// cut here\n\n`// cut here`\n\n```\n// cut here\n```\n\n| // cut here |\n|--|\n| // cut here |\n"
    names = [name for name in pdf_files(edition(text)) if name.startswith("text/")]
    assert len(names) == 1


def test_the_same_edition_gives_the_same_files() -> None:
    assert pdf_files(edition(EVERYTHING)) == pdf_files(edition(EVERYTHING))


@pytest.mark.parametrize(
    ("language", "country", "lang", "region"),
    [("fr", "CI", "fr", "CI"), ("pt-BR", "base", "pt", "BR"), ("en", "base", "en", ""), ("sw", "TZ", "sw", "TZ")],
)
def test_language_and_region(language: str, country: str, lang: str, region: str) -> None:
    main = pdf_files(edition("# A\n", language=language, country=country))["main.typ"].decode()
    assert f'lang: "{lang}"' in main
    assert f'region: "{region}"' in main
