"""The law on this repository's own manual: our reader gets from our file exactly the text of the blocks."""

from pathlib import Path

import pytest

from livingmanual.review.word import reader
from livingmanual.workflows import editions
from tests.support import docx_files


@pytest.mark.parametrize(("country", "language"), [("base", "en"), ("KE", "en"), ("CI", "fr")])
def test_our_reader_gets_the_blocks_text(repository: Path, country: str, language: str) -> None:
    edition = editions.open_draft(repository).edition(country, language).value
    data, plan = docx_files.made(edition, repository)
    texts = {block.id: block.text for block in (*edition.blocks, *plan.frame)}
    assert {name: text for name, _, text in docx_files.paragraphs(data) if name} == {n: texts[n] for n in plan.order}
    assert [name for name, _, text in docx_files.paragraphs(data) if not name and text] == []

    returned = reader.read_word(data).value
    assert returned is not None and returned.marks == () and returned.comments == ()
    read = {name: p.text for p in returned.paragraphs if p.story == "body" for name in (p.bookmarks or p.places)[:1]}
    assert read == {name: texts[name] for name in plan.order}
    notes = [p.text for p in returned.paragraphs if p.story.startswith("footnote:")]
    assert notes == [texts[name] for block in edition.blocks for name in block.notes]
    assert returned.stamp.stamp == plan.stamp
    assert dict(returned.stamp.blocks) == {block.id: block.fingerprint for block in (*edition.blocks, *plan.frame)}
