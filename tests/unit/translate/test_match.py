"""Which entry serves a message."""

from collections.abc import Sequence

from livingmanual.model.catalog import Catalog, Found, Message, State
from livingmanual.text.quoted import escape
from livingmanual.translate.match import match, scope
from livingmanual.translate.po import read_catalog

A, B = "manual/a.md", "manual/b.md"
KE, CI = (f"manual/overlays/countries/{code}/overrides/N1.md" for code in ("KE", "CI"))
LONG = "The committee meets four times a year in the capital."
LONGER = "The committee meets at least four times a year in the capital."


def catalog(source: str, *entries: tuple[str, ...], language: str = "fr") -> Catalog:
    """Entries are (context, msgid, msgstr) and perhaps `fuzzy` or `obsolete`."""
    out = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n']
    for context, text, translation, *state in entries:
        mark = "#~ " if "obsolete" in state else ""
        fuzzy = "#, fuzzy\n" if "fuzzy" in state else ""
        fields = (("msgctxt", context), ("msgid", text), ("msgstr", translation))
        out.append(fuzzy + "".join(f'{mark}{name} "{escape(value)}"\n' for name, value in fields))
    path = f"translations/{language}/{source.removeprefix('manual/').removesuffix('.md')}.po"
    outcome = read_catalog(path, source, "\n".join(out))
    assert not outcome.diagnostics
    return outcome.value


def messages(path: str, *pairs: tuple[str, str]) -> list[Message]:
    return [Message(context, text, "paragraph", path, 0) for context, text in pairs]


def one(asked: dict[str, list[Message]], *catalogs: Catalog) -> Found:
    """What is found for the first message."""
    first = next(found for found in asked.values() if found)[0]
    return match(asked, catalogs)[first.path, first.key]


def said(found: Found) -> tuple[State, str]:
    return found.state, found.entry.translation.text if found.entry else ""


def test_its_own_entry_serves_a_message_whatever_the_white_space() -> None:
    asked = {A: messages(A, ("s", "two  words\\\nhere"))}
    assert said(one(asked, catalog(A, ("s", "two words\\ here", "oui")))) == (State.TRANSLATED, "oui")
    assert said(one(asked, catalog(A, ("s", "two words\\ here", "oui", "fuzzy")))) == (State.STALE, "oui")
    assert said(one(asked, catalog(A, ("s", "two words\\ here", " ")))) == (State.MISSING, "")
    assert said(one(asked)) == (State.MISSING, "")


def test_a_moved_message_keeps_its_translation() -> None:
    old = catalog(A, ("old", LONG, "oui"))
    assert said(one({A: messages(A, ("new", LONG))}, old)) == (State.TRANSLATED, "oui")
    assert said(one({B: messages(B, ("new", LONG)), A: []}, old, catalog(B))) == (State.TRANSLATED, "oui")


def test_a_message_that_still_stands_where_it_was_gives_nothing_away() -> None:
    asked = {B: messages(B, ("new", LONG)), A: messages(A, ("old", LONG))}
    assert one(asked, catalog(A, ("old", LONG, "oui")), catalog(B)).state is State.MISSING


def test_a_moved_entry_serves_one_message_and_rather_one_in_its_own_file() -> None:
    asked = {B: messages(B, ("b", LONG)), A: messages(A, ("x", LONG), ("y", LONG))}
    found = match(asked, [catalog(A, ("old", LONG, "oui")), catalog(B)])
    assert [one.state for one in found.values()] == [State.MISSING, State.TRANSLATED, State.MISSING]


def test_an_edited_message_has_a_stale_translation() -> None:
    asked = {A: messages(A, ("s", LONGER))}
    found = one(asked, catalog(A, ("s", LONG, "oui")))
    assert said(found) == (State.STALE, "oui")
    assert found.entry is not None
    assert found.entry.source == LONG
    assert found.catalog == "translations/fr/a.po"


def test_the_best_pairs_come_first_and_one_entry_serves_one_message() -> None:
    asked = {A: messages(A, ("s", f"{LONG} And more."), ("s", f"{LONG} And more of it."), ("s", "Something else."))}
    found = match(asked, [catalog(A, ("s", f"{LONG} And more of this.", "oui"))])
    assert [said(f) for f in found.values()] == [(State.MISSING, ""), (State.STALE, "oui"), (State.MISSING, "")]


def test_short_texts_are_not_alike_by_chance() -> None:
    asked = {A: messages(A, ("s", "Yet"))}
    assert one(asked, catalog(A, ("s", "Yes", "Oui"))).state is State.MISSING


def test_an_override_and_the_manual_never_serve_each_other_nor_do_two_countries() -> None:
    for mine, theirs in ((KE, A), (A, KE), (KE, CI)):
        asked: dict[str, list[Message]] = {mine: messages(mine, ("N1", LONG)), theirs: []}
        assert one(asked, catalog(theirs, ("N1", LONG, "oui")), catalog(mine)).state is State.MISSING
        asked = {mine: messages(mine, ("N1", LONGER)), theirs: []}
        assert one(asked, catalog(theirs, ("N1", LONG, "oui")), catalog(mine)).state is State.MISSING


def test_files_of_one_overlay_serve_each_other() -> None:
    other = KE.replace("N1", "N2")
    asked = {other: messages(other, ("N2", LONG)), KE: []}
    assert said(one(asked, catalog(KE, ("N1", LONG, "oui")), catalog(other))) == (State.TRANSLATED, "oui")


def test_text_that_came_back_finds_its_obsolete_translation() -> None:
    asked = {A: messages(A, ("s", LONG))}
    old = catalog(A, ("s", LONG, ""), ("s", LONG, "oui", "obsolete"))
    assert said(one(asked, old)) == (State.TRANSLATED, "oui")


def test_a_live_entry_comes_before_an_obsolete_one() -> None:
    asked = {A: messages(A, ("s", LONG))}
    old = catalog(A, ("s", LONG, "non", "obsolete"))
    new = catalog(A, ("s", LONG, "oui"), ("s", LONG, "non", "obsolete"))
    assert said(one(asked, old)) == (State.TRANSLATED, "non")
    assert said(one(asked, new)) == (State.TRANSLATED, "oui")


def test_the_nearer_language_comes_first_and_today_before_yesterday() -> None:
    asked = {A: messages(A, ("s", LONG))}
    near, far = catalog(A, ("s", LONG, "près"), language="fr-CM"), catalog(A, ("s", LONG, "loin"))
    assert said(one(asked, near, far)) == (State.TRANSLATED, "près")
    stale = catalog(A, ("s", LONG, "vieux", "fuzzy"), language="fr-CM")
    assert said(one(asked, stale, far)) == (State.TRANSLATED, "loin")
    assert said(one(asked, catalog(A, language="fr-CM"), far)) == (State.TRANSLATED, "loin")


def test_the_result_does_not_depend_on_the_order_of_files() -> None:
    asked = {A: messages(A, ("x", LONG)), B: messages(B, ("y", LONG))}
    catalogs: Sequence[Catalog] = [catalog(A, ("o", LONG, "un")), catalog(B, ("o", LONG, "deux"))]
    there = match(asked, catalogs)
    back = match(asked, list(reversed(catalogs)))
    assert {key: said(found) for key, found in there.items()} == {key: said(found) for key, found in back.items()}


def test_scopes() -> None:
    assert scope(KE) == scope("translations/fr/overlays/countries/KE/profile.po") == "overlays/countries/KE"
    assert scope("manual/overlays/regions/icglr/overlay.yaml") == "overlays/regions/icglr"
    assert scope(A) == scope("translations/fr/chapters/01.po") == ""
