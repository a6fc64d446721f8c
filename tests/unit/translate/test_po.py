"""What is said of a PO file that is broken, and what is read of one that is not."""

import pytest

from livingmanual.model.catalog import Catalog
from livingmanual.model.diagnostic import Diagnostic
from livingmanual.text.quoted import escape
from livingmanual.translate.po import read_catalog

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(text: str, header: str = HEADER) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    outcome = read_catalog("fr.po", "a.md", header + text)
    return outcome.value, outcome.diagnostics


BROKEN = [
    ('msgid "a', 1, 7, "this string has no closing quotation mark on its line"),
    ('msgid "a"\nmsgstr "b', 2, 8, "this string has no closing quotation mark on its line"),
    ("msgid a", 1, 7, "text outside of quotation marks stands here"),
    ('msgid "a" b\nmsgstr ""', 1, 11, "text outside of quotation marks stands here"),
    ("words", 1, 1, "text outside of quotation marks stands here"),
    ('# note\n"a"', 2, 1, "a string without a keyword stands here"),
    ('# note\nmsgstr "a"', 2, 1, "`msgstr` has no `msgid` before it"),
    ('msgctxt "a"\nmsgstr "a"', 2, 1, "`msgstr` has no `msgid` before it"),
    ('msgid "a"', 1, 7, "this entry has no `msgstr`"),
    ('msgid "a"\nmsgid "b"\nmsgstr ""', 2, 1, "`msgid` stands here, but the entry above has no `msgstr`"),
    ('msgid "a"\nmsgstr "b"\nmsgstr "c"', 3, 1, "`msgstr` stands twice in one entry"),
    ('msgid "a"\n# note\nmsgstr "b"', 2, 1, "a comment stands inside an entry"),
    ('#~ msgid "a"\nmsgstr "b"', 2, 1, "only a part of this entry is obsolete"),
    ('msgid "a"\nmsgstr "b\\q"', 2, 10, '"\\q" means nothing in a PO file'),
    ('msgid "a"\nmsgstr "\\377"', 2, 9, 'the bytes "\\377" are no UTF-8'),
    ('domain "x"', 1, 1, "catalogs of a manual have no domains"),
    ('#| "x"\nmsgid "a"\nmsgstr ""', 1, 4, "this previous wording has no `msgid` before it"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), BROKEN)
def test_broken_syntax_is_said_with_its_place_and_nothing_is_read(
    text: str, line: int, column: int, message: str
) -> None:
    catalog, (trouble,) = read(f'msgid "whole"\nmsgstr "entier"\n\n{text}\n')
    assert trouble.code == "catalog-syntax"
    assert trouble.message == message
    assert trouble.position is not None
    assert (trouble.position.line - 6, trouble.position.column) == (line, column)
    assert trouble.hint
    assert catalog.entries == ()


def test_plural_forms_are_refused_and_the_other_entries_are_read() -> None:
    catalog, (trouble,) = read('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\n\nmsgid "b"\nmsgstr "c"\n')
    assert trouble.code == "catalog-plural"
    assert "a manual has none" in trouble.message
    assert [entry.source for entry in catalog.entries] == ["b"]


def test_a_message_that_stands_twice_is_an_error_unless_one_is_obsolete() -> None:
    catalog, (trouble,) = read('msgctxt "s"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "s"\nmsgid "a"\nmsgstr "c"\n')
    assert trouble.code == "catalog-duplicate"
    assert "first in line 5" in trouble.message
    assert [entry.translation.text for entry in catalog.entries] == ["b"]
    assert read('msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n')[1] == ()


def test_another_encoding_is_an_error_and_no_header_a_warning() -> None:
    wrong = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
    assert [(t.severity, t.code) for t in read("", wrong)[1]] == [("error", "catalog-charset")]
    assert [(t.severity, t.code) for t in read('msgid "a"\nmsgstr "b"\n', "")[1]] == [("warning", "catalog-header")]
    assert read("", "")[1] == ()


def test_an_entry_is_read_with_everything_around_it() -> None:
    catalog, troubles = read(
        "# a note\n#\n#. sec-x: paragraph\n#: a.md:3\n#, fuzzy, no-wrap\n#| msgctxt \"old\"\n#| msgid \"be\"\n"
        '#| "fore"\nmsgctxt "sec-x"\nmsgid ""\n"two "\n"lines"\nmsgstr "deux\\n"\n"lig" "nes"\n'
    )  # fmt: skip
    (entry,) = catalog.entries
    assert troubles == ()
    assert (entry.context, entry.source, entry.translation.text) == ("sec-x", "two lines", "deux\nlignes")
    assert (entry.comments, entry.extracted, entry.flags) == (
        ("a note", ""),
        ("sec-x: paragraph",),
        ("fuzzy", "no-wrap"),
    )
    assert entry.previous == "before"
    assert entry.line == 13
    assert catalog.text[entry.start : entry.end].startswith("# a note")
    assert catalog.text[entry.start : entry.end].endswith('"nes"\n')


def test_bytes_by_number_are_characters_with_the_place_of_all_their_bytes() -> None:
    catalog, troubles = read('msgid "a"\nmsgstr "caf\\303\\251\\x21"\n')
    (entry,) = catalog.entries
    assert troubles == ()
    assert entry.translation.text == "café!"
    field = entry.translation
    assert catalog.text[field.starts[3] : field.ends[3]] == "\\303\\251"


def test_a_comment_behind_the_last_entry_belongs_to_none() -> None:
    catalog, troubles = read('msgid "a"\nmsgstr "b"\n\n# the end\n')
    assert troubles == ()
    assert catalog.text[catalog.entries[-1].end :] == "\n# the end\n"


def test_escaping_leaves_words_alone_and_names_what_would_break_the_string() -> None:
    assert escape('l’été, "ça" \\ \n\t\x01') == 'l’été, \\"ça\\" \\\\ \\n\\t\\001'
