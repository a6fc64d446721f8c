"""Merging word by word: what is taken, what is left for a person, and that wrapping is no change."""

from livingmanual.merge.three_way import Conflict, merge, same

BASE = "The State answers within thirty days. It tells the public.\n\n- one item\n- another item\n"


def test_both_sides_changes_are_taken_and_our_wrapping_stays() -> None:
    ours = "The State answers within\nthirty days. It tells the public at once.\n\n- one item\n- another item\n"
    merged = merge(BASE, ours, BASE.replace("thirty", "twenty").replace("one item", "one thing"))
    assert merged.conflicts == ()
    assert merged.text() == ours.replace("thirty", "twenty").replace("one item", "one thing")


def test_the_same_words_changed_twice_are_a_conflict_with_all_three_texts() -> None:
    merged = merge(BASE, BASE.replace("thirty", "ten"), BASE.replace("thirty", "sixty"))
    assert merged.conflicts == (Conflict(" thirty", " ten", " sixty"),)
    assert "within <<ours: ten | manual: sixty>> days" in merged.marked()
    assert merged.text("theirs") == BASE.replace("thirty", "sixty")


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    changed = BASE.replace("thirty", "ten")
    assert merge(BASE, changed, changed).text() == changed


def test_wrapping_is_no_change_but_items_and_paragraphs_are() -> None:
    assert same("one two\nthree", "one\n  two three\n")
    assert not same("one two", "one\n\ntwo")
    assert not same("one - two", "one\n- two")
    assert not same("- a\n- b", "- a\n  - b")


def test_one_word_in_common_is_no_place_to_meet() -> None:
    merged = merge("alpha the beta", "quite the other", "alpha the gamma")
    assert merged.conflicts


def test_a_text_that_begins_or_ends_with_a_change() -> None:
    assert merge("a b c d", "a b c d e", "x a b c d").text() == "x a b c d e"
    assert merge("a b c d", "b c d", "a b c d e").text() == "b c d e"
    assert merge("", "ours", "").text() == "ours"
    assert merge("gone", "", "gone").text() == ""
