"""What LibreOffice writes, read by our reader: the account balances, and both texts are what the judge says.

LibreOffice gets files that we built, one construct at a time, and files that it edits as a reviewer. What it drops
on the way is its own affair (failure-modes of `tooling/docs/formats/word-changes.md`); what it writes must be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from livingmanual.model.returned import Returned
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.views import View, accepted, rejected
from tests.support import oracle as judge
from tests.support.fixtures import libreoffice  # noqa: F401
from tests.support.libreoffice import LibreOffice
from tests.word.everything import BODY
from tests.word.package import comment, comment_ex, d, dele, footnote, ins, p, r, tbl, tc, tr, word

pytestmark = pytest.mark.client("libreoffice")

FIRST = p(r("The state shall report within thirty days of the request."))
SECOND = p(r("A second paragraph stands here for a reviewer."))
TABLE = tbl(tr(tc(p(r("alpha"))), tc(p(r("beta")))), tr(tc(p(r("gamma"))), tc(p(r("delta")))))
LAST = p(r("Last paragraph of the text."))


def read(data: bytes) -> Returned:
    """The reading of a file from LibreOffice; its account balances and its texts are the judge's."""
    result = read_word(data)
    assert result.value is not None
    assert not result.failed
    assert check_reading(result.value, count_changes(data)) == []
    assert result.value.settings.generator == "libreoffice"
    assert _texts(rejected(result.value.paragraphs)) == sorted(para.text for para in judge.rejected(data))
    assert _texts(accepted(result.value.paragraphs)) == sorted(para.text for para in judge.accepted(data))
    return result.value


def _texts(view: View) -> list[str]:
    return sorted(item.text for item in view.paragraphs if not item.story.startswith(("comment:", "separator:")))


def reviewed(office: LibreOffice, folder: Path, *edits: dict[str, object], body: tuple[str, ...] = ()) -> Returned:
    source = folder / "source.docx"
    source.write_bytes(word(*(body or (FIRST, SECOND, TABLE, LAST))))
    returned = office.review(source, list(edits))
    assert [done.why for done in returned.done if not done] == []
    return read(returned.data)


RUBY = 14
"""Number of the paragraph with a ruby: its guide is a thing for us and nothing for the judge."""


@pytest.mark.parametrize("number", [number for number in range(len(BODY)) if number != RUBY])
def test_each_construct_saved_again(number: int, libreoffice: LibreOffice, tmp_path: Path) -> None:  # noqa: F811
    source = tmp_path / "source.docx"
    source.write_bytes(
        word(
            BODY[number],
            p(r("end")),
            comments=[comment(n, f"comment {n}", para_id=f"00000A{n:02}") for n in range(7)],
            commentsExtended=[
                comment_ex("00000A00"),
                comment_ex("00000A01", done=True),
                comment_ex("00000A06", "00000A00"),
            ],
            footnotes=[footnote(2, p(r("note "), ins(r("came"))))],
            endnotes=[footnote(3, p(r("end "), dele(d("went"))), kind="endnote")],
        )
    )
    read(libreoffice.review(source, []).data)


def test_edited_words(libreoffice: LibreOffice, tmp_path: Path) -> None:  # noqa: F811
    found = reviewed(
        libreoffice,
        tmp_path,
        {"do": "replace", "text": "thirty", "with": "sixty"},
        {"do": "delete", "text": "of the text"},
        {"do": "bold", "text": "within"},
    )
    assert {mark.kind for mark in found.marks} == {"w:ins", "w:del", "w:rPrChange"}
    assert {mark.author for mark in found.marks} == {"Amina Diallo"}
    changed = [
        piece.text for paragraph in found.paragraphs for piece in paragraph.pieces if piece.format_mark is not None
    ]
    assert changed == ["within"]


def test_comments_replies_and_resolved_ones(libreoffice: LibreOffice, tmp_path: Path) -> None:  # noqa: F811
    found = reviewed(
        libreoffice,
        tmp_path,
        {"do": "comment", "text": "thirty", "comment": "Why thirty?"},
        {"do": "reply", "to": "Why thirty?", "comment": "Because.", "author": "Ben"},
        {"do": "resolve", "to": "Why thirty?"},
        {"do": "comment", "text": "stands", "point": True, "comment": "point"},
        {"do": "comment", "text": "request", "to": "second paragraph", "comment": "across"},
    )
    by_text = {item.text.split("\n")[-1]: item for item in found.comments}
    assert sorted(by_text) == ["Because.", "Why thirty?", "across", "point"]
    assert by_text["Why thirty?"].resolved
    assert by_text["Because."].parent == by_text["Why thirty?"].number
    assert by_text["point"].is_point
    across = by_text["across"]
    assert across.start is not None and across.end is not None
    assert (across.start.paragraph, across.end.paragraph) == (0, 1)


def test_paragraphs_and_rows(libreoffice: LibreOffice, tmp_path: Path) -> None:  # noqa: F811
    found = reviewed(
        libreoffice,
        tmp_path,
        {"do": "split-paragraph", "text": "within"},
        {"do": "add-paragraph", "begins": "A second", "with": "A new one."},
        {"do": "insert-row", "text": "alpha", "cells": ["new", "row"]},
        {"do": "delete-row", "text": "gamma"},
    )
    kinds = {mark.kind for mark in found.marks}
    assert {"w:rPr/w:ins", "w:trPr/w:ins", "w:trPr/w:del"} <= kinds
    before = [item.text for item in rejected(found.paragraphs).paragraphs]
    assert before == [
        "The state shall report within thirty days of the request.",
        "A second paragraph stands here for a reviewer.",
        *("alpha", "beta", "gamma", "delta"),
        "Last paragraph of the text.",
    ]
    after = [item.text.replace("\u200d", "") for item in accepted(found.paragraphs).paragraphs]
    assert after == [
        *("The state shall report ", "within thirty days of the request."),
        *("A second paragraph stands here for a reviewer.", "A new one."),
        *("alpha", "beta", "new", "row"),
        "Last paragraph of the text.",
    ]


def test_notes_that_come(libreoffice: LibreOffice, tmp_path: Path) -> None:  # noqa: F811
    found = reviewed(libreoffice, tmp_path, {"do": "insert-note", "text": "request", "with": "a new note"})
    assert "\ufffc" in "".join(item.text for item in accepted(found.paragraphs).paragraphs)
    assert "\ufffc" not in "".join(item.text for item in rejected(found.paragraphs).paragraphs)
    assert not [item for item in rejected(found.paragraphs).paragraphs if item.story.startswith("footnote:")]
