"""The laws of reading a catalog: what polib reads, where every character stands, and what a replaced span says."""

import tempfile
from pathlib import Path

import polib
from hypothesis import given
from hypothesis import strategies as st

from livingmanual.model.catalog import Catalog, Field
from livingmanual.text.quoted import escape
from livingmanual.translate import po
from livingmanual.translate.po import read_catalog
from tests.laws import catalogs
from tests.laws.catalogs import Message


def _read(text: str) -> Catalog:
    outcome = read_catalog("translations/fr/x.po", "manual/x.md", text)
    assert outcome.diagnostics == ()
    return outcome.value


@st.composite
def files(draw: st.DrawFn) -> tuple[list[Message], str]:
    found = draw(catalogs.catalogs)
    return found, draw(catalogs.spelt(found))


@given(files())
def test_a_catalog_says_what_was_written(case: tuple[list[Message], str]) -> None:
    found, text = case
    read = [
        Message(e.context, e.source, e.translation.text, e.fuzzy, e.comments, e.extracted, e.previous, e.obsolete)
        for e in _read(text).entries
    ]
    plain = [
        Message(m.context, m.source, m.translation, m.fuzzy, m.comments, () if m.obsolete else m.extracted, m.previous,
                m.obsolete)
        for m in found
    ]  # fmt: skip
    assert read == plain


@given(files())
def test_polib_reads_the_same(case: tuple[list[Message], str]) -> None:
    text = case[1].removeprefix(po.BYTE_ORDER_MARK)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.po"
        path.write_bytes(text.encode())
        theirs = polib.pofile(str(path))
    ours = _read(text)
    assert [(e.msgctxt, e.msgid, e.msgstr, e.fuzzy, bool(e.obsolete)) for e in theirs] == [
        (e.context, e.source, e.translation.text, e.fuzzy, e.obsolete) for e in ours.entries
    ]
    assert dict(ours.header) == theirs.metadata


@given(files())
def test_every_character_comes_out_of_its_slice(case: tuple[list[Message], str]) -> None:
    text = case[1]
    for entry in _read(text).entries:
        field = entry.translation
        assert len(field.starts) == len(field.ends) == len(field.text)
        assert list(field.starts) == sorted(field.starts)
        for character, start, end in zip(field.text, field.starts, field.ends, strict=True):
            assert text[start:end] == escape(character)
        assert text[field.at - 1] == '"'
        assert entry.start < field.at < entry.end


@given(files())
def test_the_entries_and_what_is_between_them_are_the_file(case: tuple[list[Message], str]) -> None:
    text = case[1]
    catalog = _read(text)
    at = catalog.header_end
    assert text[:at].count("msgid") == 1
    for entry in catalog.entries:
        assert not text[at : entry.start].strip()
        assert text[entry.start : entry.end].count("msgstr") == 1
        at = entry.end
    assert not text[at:].strip()


def _put(field: Field, first: int, last: int) -> tuple[int, int]:
    """The slice of the file for the characters `first` to `last`, half-open."""
    if first < last:
        return field.starts[first], field.ends[last - 1]
    at = field.starts[first] if first < len(field.text) else field.span[1]
    return at, at


@given(files(), catalogs.text, st.data())
def test_a_replaced_span_reads_as_what_was_put_there(
    case: tuple[list[Message], str], new: str, data: st.DataObject
) -> None:
    text = case[1]
    entries = _read(text).entries
    if not entries:
        return
    number = data.draw(st.integers(0, len(entries) - 1))
    field = entries[number].translation
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(field.text))] * 2)))
    start, end = _put(field, first, last)
    changed = _read(text[:start] + escape(new) + text[end:]).entries
    assert changed[number].translation.text == field.text[:first] + new + field.text[last:]
    others = [(e.key, e.translation.text) for e in entries if e is not entries[number]]
    assert others == [(e.key, e.translation.text) for n, e in enumerate(changed) if n != number]


@given(st.text('msgidctxtr "\\n\n#~|.,:[0]ab\r\ufeff', max_size=80))
def test_rubbish_is_read_or_reported(text: str) -> None:
    outcome = read_catalog("x.po", "x.md", text)
    assert outcome.value.text == text
    for trouble in outcome.diagnostics:
        assert trouble.position is not None
        assert 1 <= trouble.position.line <= text.count("\n") + 1
        assert trouble.hint
