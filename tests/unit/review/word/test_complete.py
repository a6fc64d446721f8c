"""The reader accounts for everything, and it would be seen if any part of it stopped to."""

import pytest

from livingmanual.model.ledger import Difference
from livingmanual.model.returned import Returned
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import account_of_reading, check_reading
from livingmanual.review.word import blocks, changes, comments, handlers, marks, names, runs, things
from livingmanual.review.word.handlers import HANDLERS
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.walk import Walk
from livingmanual.review.word.xml import Element
from tests.word.everything import everything

DATA = everything()

KINDS = {
    *(f"{where}{name}" for where in ("", "w:rPr/") for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo")),
    *("w:trPr/w:ins", "w:trPr/w:del", "w:tcPr/w:cellIns", "w:tcPr/w:cellDel", "w:tcPr/w:cellMerge", "w:numPr/w:ins"),
    *names.CHANGES.values(),
    *("m:ctrlPr/w:ins", "m:ctrlPr/w:del", "w14:conflictIns", "w14:conflictDel", "w:rPr/w14:conflictIns"),
    *names.RANGE_CHANGES.values(),
    *("w:rPrChange//w:rPr/w:ins", "w:pPrChange//w:numPr/w:ins", "w:tcPrChange//w:tcPr/w:cellIns"),
    *("w:comment", "reply", "resolved"),
}


def reading() -> Returned:
    value = read_word(DATA).value
    assert value is not None
    return value


def differences() -> list[Difference]:
    return check_reading(reading(), count_changes(DATA))


def test_the_file_holds_every_kind() -> None:
    assert set(count_changes(DATA).totals) == KINDS


def test_nothing_is_lost_or_counted_twice() -> None:
    assert differences() == []
    account = account_of_reading(reading(), count_changes(DATA))
    assert account.balanced
    assert account.accounted == count_changes(DATA).totals


def test_the_glossary_is_named_and_not_counted() -> None:
    counted = count_changes(DATA)
    assert counted.ignored == {"word/glossary/document.xml": {"w:ins": 1}}
    assert reading().ignored == ("word/glossary/document.xml",)


HOLDS_NO_CHANGE = {
    *(
        "delText",
        "br",
        "cr",
        "tab",
        "ptab",
        "noBreakHyphen",
        "softHyphen",
        "sym",
        "subDoc",
        "altChunk",
        "contentPart",
        "t",
    ),
    *("footnoteReference", "endnoteReference", "instrText", "delInstrText"),
    *("pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong"),
    *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
    *("moveFromRangeStart", "moveToRangeStart", "moveFromRangeEnd", "moveToRangeEnd"),
}
"""Elements whose handler makes text or places: the ledger is about changes and comments, so it need not see these."""

# Boxes are met in their drawings, properties and their changes in what they belong to: these handlers are for strays.
FOR_STRAYS = {
    *("txbxContent", "rPr", "trPr", "tcPr", "tblPrEx"),
    *(names.local(tag) for tag in (*names.CHANGES, *names.CELL_CHANGES)),
}


def _matters(tag: str, handler: object) -> bool:
    name = names.local(tag)
    return handler not in {blocks.nothing, changes.wrapping_end} and name not in HOLDS_NO_CHANGE | FOR_STRAYS


def _skip(walk: Walk, element: Element) -> None:
    """Stands in for a handler that was disabled: everything inside is passed over."""


@pytest.mark.parametrize("tag", sorted(tag for tag, handler in HANDLERS.items() if _matters(tag, handler)))
def test_a_disabled_handler_is_seen(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, tag, _skip)
    assert differences()


def _transparent(walk: Walk, element: Element) -> None:
    """Stands in for a handler that forgot to enter a mark, and only looks inside."""
    walk.children(element)


@pytest.mark.parametrize("tag", sorted(names.TRACKING | set(names.RANGE_CHANGES)))
def test_a_handler_that_enters_no_mark_is_seen(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, tag, _transparent)
    assert differences()


@pytest.mark.parametrize("tag", sorted(names.CHANGES))
def test_a_change_of_properties_left_out_is_seen(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {known: kind for known, kind in names.CHANGES.items() if known != tag}
    for module in (blocks, changes, marks, runs):
        if hasattr(module, "CHANGES"):
            monkeypatch.setattr(module, "CHANGES", without)
    monkeypatch.setattr(changes, "CELL_CHANGES", names.CELL_CHANGES)
    real = changes.change_of_properties

    def unless(walk: Walk, element: Element) -> tuple[int, ...]:
        return () if element.tag == tag else real(walk, element)

    monkeypatch.setattr(changes, "change_of_properties", unless)
    monkeypatch.setattr(blocks, "change_of_properties", unless)
    monkeypatch.setattr(runs, "change_of_properties", lambda walk, element: unless(walk, element) or (0,))
    assert differences()


@pytest.mark.parametrize("tag", sorted(names.CELL_CHANGES))
def test_a_change_of_cells_left_out_is_seen(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {known: kind for known, kind in names.CELL_CHANGES.items() if known != tag}
    monkeypatch.setattr(changes, "CELL_CHANGES", without)
    assert differences()


PARTS_OF_THE_READER = [
    (blocks, "_paragraph_mark"),
    (blocks, "_numbering"),
    (blocks, "_row_changes"),
    (changes, "_earlier"),
    (runs, "run_properties"),
    (things, "boxes"),
]


@pytest.mark.parametrize(("module", "name"), PARTS_OF_THE_READER, ids=lambda item: getattr(item, "__name__", item))
def test_a_disabled_step_is_seen(module: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, lambda *_: ())
    assert differences()


def test_a_forgotten_thread_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "_threads", lambda _: [])
    assert {difference.kind for difference in differences()} == {"reply", "resolved"}


@pytest.mark.parametrize("role", ["footnotes", "endnotes", "header", "footer", "comments", "styles", "numbering"])
def test_a_forgotten_part_is_seen(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from livingmanual.review.word import reader

    monkeypatch.setattr(reader, "_ORDER", tuple(known for known in reader._ORDER if known != role))
    assert differences()


def test_the_table_of_handlers_is_what_the_reader_uses() -> None:
    assert handlers.HANDLERS is HANDLERS
