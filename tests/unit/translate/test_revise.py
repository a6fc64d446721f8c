"""What people change in catalogs: translations that come back, confirmations."""

from livingmanual.model.catalog import Catalog
from livingmanual.translate.po import read_catalog
from livingmanual.translate.revise import Change, confirmations, revised, taken

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DRAFT = '# machine-drafted\n#. s: paragraph\nmsgctxt "s"\nmsgid "One {{country}}."\nmsgstr "Un {{country}}."\n'
FUZZY = '\n#, fuzzy\n#| msgid "Was."\nmsgctxt "s"\nmsgid "Is."\nmsgstr "Était."\n'
OURS = HEADER + DRAFT + FUZZY


def catalog(text: str) -> Catalog:
    outcome = read_catalog("fr.po", "a.md", text)
    assert not outcome.diagnostics
    return outcome.value


def came(theirs: str, ours: str = OURS) -> str:
    """Our text after theirs came back."""
    found = taken(catalog(ours), catalog(HEADER + theirs), True)
    assert not any(one.damage for one in found)
    return revised(catalog(ours), {one.ours.start: one.change for one in found if one.ours})


def test_a_file_that_was_only_wrapped_and_sorted_anew_changes_nothing() -> None:
    theirs = (
        FUZZY + '\n# machine-drafted\nmsgctxt "s"\nmsgid ""\n"One "\n"{{country}}."\nmsgstr ""\n"Un {{country}}."\n'
    )
    assert came(theirs) == OURS


def test_words_that_a_person_changed_are_no_draft_any_more() -> None:
    text = came('# machine-drafted\nmsgctxt "s"\nmsgid "One {{country}}."\nmsgstr "Le {{country}}."\n')
    assert text == OURS.replace("# machine-drafted\n", "").replace("Un {{", "Le {{")


def test_a_fuzzy_entry_that_a_person_mended_is_not_fuzzy_any_more() -> None:
    text = came('msgctxt "s"\nmsgid "Is."\nmsgstr "Est."\n')
    assert text == HEADER + DRAFT + '\nmsgctxt "s"\nmsgid "Is."\nmsgstr "Est."\n'


def test_a_person_may_call_an_entry_fuzzy_and_write_a_note() -> None:
    text = came('# is this right?\n#, fuzzy\nmsgctxt "s"\nmsgid "One {{country}}."\nmsgstr "Un {{country}}."\n')
    wanted = DRAFT.replace("drafted\n", "drafted\n# is this right?\n").replace("msgctxt", "#, fuzzy\nmsgctxt")
    assert text == HEADER + wanted + FUZZY


def test_a_translation_of_an_earlier_wording_stays_fuzzy() -> None:
    text = came('msgctxt "s"\nmsgid "Was."\nmsgstr "C’était."\n')
    assert text == OURS.replace("Était.", "C’était.")


def test_a_context_that_a_program_lost_is_made_up_for_by_a_text_that_stands_once() -> None:
    assert came('msgid "Is."\nmsgstr "Est."\n') == HEADER + DRAFT + '\nmsgctxt "s"\nmsgid "Is."\nmsgstr "Est."\n'
    twice = OURS + '\nmsgctxt "t"\nmsgid "Is."\nmsgstr ""\n'
    assert came('msgid "Is."\nmsgstr "Est."\n', twice) == twice


def test_an_empty_translation_takes_nothing_away() -> None:
    assert came('msgctxt "s"\nmsgid "Is."\nmsgstr ""\n') == OURS


def test_damage_and_strangers_are_said() -> None:
    theirs = 'msgctxt "s"\nmsgid "One {{country}}."\nmsgstr "Un Kenya."\n\nmsgctxt "x"\nmsgid "Other"\nmsgstr "Autre"\n'
    damaged, strange = taken(catalog(OURS), catalog(HEADER + theirs), True)
    assert damaged.damage == ("the variable {{country}} is missing",)
    assert strange.ours is None


def test_a_draft_from_elsewhere_that_fills_a_gap_is_still_a_draft() -> None:
    gap = HEADER + 'msgctxt "s"\nmsgid "Is."\nmsgstr ""\n'
    text = came('# machine-drafted\nmsgctxt "s"\nmsgid "Is."\nmsgstr "Est."\n', gap)
    assert text == HEADER + '# machine-drafted\nmsgctxt "s"\nmsgid "Is."\nmsgstr "Est."\n'


def test_a_confirmation_says_who_and_when_and_leaves_fuzzy_drafts_alone() -> None:
    ours = catalog(OURS.replace("#, fuzzy", "# machine-drafted\n#, fuzzy"))
    changes = confirmations(ours, "", "A. T.", "2026-11-21")
    said = revised(ours, changes)
    assert said == ours.text.replace("# machine-drafted\n#. s", "# confirmed: A. T., 2026-11-21\n#. s")
    assert confirmations(ours, "other", "A. T.", "2026-11-21") == {}


def test_no_change_changes_no_byte() -> None:
    text = OURS.replace("\n", "\r\n")
    assert revised(catalog(text), {}) == text
    assert revised(catalog(text), {e.start: Change() for e in catalog(text).entries}) == text
