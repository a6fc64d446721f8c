"""What a catalog looks like after its source changed; each case shows the whole file."""

from livingmanual.model.catalog import Catalog, Message
from livingmanual.translate.match import match
from livingmanual.translate.places import Wanted
from livingmanual.translate.po import read_catalog
from livingmanual.translate.write import header, template, updated

A, B = "manual/a.md", "manual/b.md"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
FIRST = '#. s: paragraph\nmsgctxt "s"\nmsgid "The first sentence of all."\nmsgstr "La première."\n'
SECOND = '# a note\n#. s: paragraph\nmsgctxt "s"\nmsgid ""\n"The second "\n"sentence of all."\n'
SECOND += 'msgstr ""\n"La deux"\n"ième."\n'
THIRD = '#. t: paragraph\nmsgctxt "t"\nmsgid "The third one."\nmsgstr "La troisième."\n'


def catalog(text: str, source: str = A) -> Catalog:
    path = f"translations/fr/{source.removeprefix('manual/').removesuffix('.md')}.po"
    outcome = read_catalog(path, source, text)
    assert not outcome.diagnostics
    return outcome.value


def wanted(path: str, *pairs: tuple[str, str]) -> list[Wanted]:
    return [Wanted(Message(context, text, "paragraph", path, 0), f"{context}: paragraph") for context, text in pairs]


def after(text: str, *pairs: tuple[str, str], fill: bool = True) -> str:
    """The text of the catalog of A when A says this."""
    return both({A: wanted(A, *pairs)}, [catalog(text)], fill)[0]


def both(asked: dict[str, list[Wanted]], catalogs: list[Catalog], fill: bool = True) -> list[str]:
    messages = {path: [item.message for item in items] for path, items in asked.items()}
    texts = updated(asked, catalogs, match(messages, catalogs), fill)
    return [texts[one.path] for one in catalogs]


ONE = ("s", "The first sentence of all.")
TWO = ("s", "The second sentence of all.")
THREE = ("t", "The third one.")
ALL = f"{HEADER}\n{FIRST}\n{SECOND}\n{THIRD}"


def test_nothing_changes() -> None:
    assert after(ALL, ONE, TWO, THREE) == ALL
    assert after(ALL, THREE, TWO, ONE) == ALL
    assert after(ALL, ("s", "The first\n  sentence of all."), TWO, THREE) == ALL


def test_a_new_message_stands_behind_the_one_before_it() -> None:
    new = '#. s: paragraph\nmsgctxt "s"\nmsgid "New words."\nmsgstr ""\n'
    say = ("s", "New words.")
    assert after(ALL, say, ONE, TWO, THREE) == f"{HEADER}\n{new}\n{FIRST}\n{SECOND}\n{THIRD}"
    assert after(ALL, ONE, say, TWO, THREE) == f"{HEADER}\n{FIRST}\n{new}\n{SECOND}\n{THIRD}"
    assert after(ALL, ONE, TWO, THREE, say) == f"{HEADER}\n{FIRST}\n{SECOND}\n{THIRD}\n{new}"
    assert after(HEADER, say) == f"{HEADER}\n{new}"


def test_an_edited_message_keeps_its_translation_and_shows_what_it_was() -> None:
    edited = (
        '# a note\n#. s: paragraph\n#, fuzzy\n#| msgid "The second sentence of all."\nmsgctxt "s"\n'
        'msgid "The second sentence of everything."\nmsgstr ""\n"La deux"\n"ième."\n'
    )
    text = after(ALL, ONE, ("s", "The second sentence of everything."), THREE)
    assert text == f"{HEADER}\n{FIRST}\n{edited}\n{THIRD}"
    again = after(text, ONE, ("s", "The second sentence of everything there is."), THREE)
    assert '#| msgid "The second sentence of all."\n' in again
    assert again.count("#|") == 1


def test_a_message_under_another_id_keeps_its_translation() -> None:
    moved = FIRST.replace("#. s", "#. u").replace('msgctxt "s"', 'msgctxt "u"')
    assert after(ALL, ("u", ONE[1]), TWO, THREE) == f"{HEADER}\n{moved}\n{SECOND}\n{THIRD}"


def test_a_message_that_went_to_another_file_takes_its_translation_along() -> None:
    asked = {A: wanted(A, ONE, THREE), B: wanted(B, TWO)}
    here, there = both(asked, [catalog(ALL), catalog(HEADER, B)])
    assert here == f"{HEADER}\n{FIRST}\n{THIRD}"
    joined = '# a note\n#. s: paragraph\nmsgctxt "s"\nmsgid ""\n"The second "\n"sentence of all."\n'
    assert there == f'{HEADER}\n{joined}msgstr ""\n"La deux"\n"ième."\n'


def test_what_is_gone_stays_at_the_end_if_somebody_translated_it() -> None:
    gone = '# a note\n#~ msgctxt "s"\n#~ msgid ""\n#~ "The second "\n#~ "sentence of all."\n#~ msgstr ""\n'
    gone += '#~ "La deux"\n#~ "ième."\n'
    text = after(ALL, ONE, THREE)
    assert text == f"{HEADER}\n{FIRST}\n{THIRD}\n{gone}"
    assert after(text, ONE, THREE) == text
    assert after(text, ONE, TWO, THREE) == ALL
    empty = FIRST.replace("La première.", "")
    assert after(f"{HEADER}\n{empty}\n{THIRD}", THREE) == f"{HEADER}\n{THIRD}"
    assert after(f"{HEADER}\n{empty}") == HEADER


def test_no_message_stands_twice_even_where_one_is_obsolete() -> None:
    gone = "".join(f"#~ {line}\n" for line in FIRST.splitlines()[1:]).replace("La première", "Jadis")
    text = after(f"{HEADER}\n{FIRST}\n{gone}", THREE)
    assert text.count("The first sentence") == 1
    assert "La première." in text
    fuzzy = f"#, fuzzy\n{gone}"
    asked = {A: wanted(A, ONE), B: []}
    elsewhere = FIRST.replace('msgctxt "s"', 'msgctxt "b"')
    here, there = both(asked, [catalog(f"{HEADER}\n{fuzzy}"), catalog(f"{HEADER}\n{elsewhere}", B)])
    assert (here, there) == (f"{HEADER}\n{FIRST}", HEADER)


def test_an_edited_message_stays_where_its_entry_is() -> None:
    text = after(ALL, ONE, THREE, ("s", "The second sentence of everything."))
    assert text.index("La deux") < text.index("La troisième")


def test_a_header_that_does_not_stand_first_stays() -> None:
    text = f"{FIRST}\n{HEADER}\n{THIRD}"
    assert after(text, THREE).startswith(f"{HEADER}\n{THIRD}")
    assert HEADER in after(f"{FIRST}\n{HEADER}\n{SECOND}\n{THIRD}", ONE, THREE)


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = f"\ufeff{ALL}".replace("\n", "\r\n")
    changed = after(text, ONE, TWO, ("t", "A new one for the third."))
    assert "\n" not in changed.replace("\r\n", "")
    assert changed.startswith("\ufeff")
    assert after(text, ONE, TWO, THREE) == text


def test_a_hard_break_is_a_line_of_its_own() -> None:
    text = after(HEADER, ("s", "two\\\nlines"))
    assert text.endswith('msgctxt "s"\nmsgid ""\n"two\\\\\\n"\n"lines"\nmsgstr ""\n')


def test_a_change_of_place_changes_the_comment_only() -> None:
    place = {A: [Wanted(wanted(A, ONE)[0].message, "top > s: table cell")]}
    (text,) = both(place, [catalog(f"{HEADER}\n{FIRST}")])
    assert text == f"{HEADER}\n{FIRST.replace('#. s: paragraph', '#. top > s: table cell')}"


def test_a_region_gets_no_empty_entries() -> None:
    assert after(HEADER, ONE, fill=False) == HEADER
    assert after(f"{HEADER}\n{FIRST}", ONE, TWO, fill=False) == f"{HEADER}\n{FIRST}"


def test_a_new_catalog_says_what_it_is() -> None:
    text = template(header("manual", A, "pt-AO", "2026-11-21 12:00+0000"), wanted(A, ONE))
    found = catalog(text)
    assert dict(found.header)["Language"] == "pt_AO"
    assert dict(found.header)["X-Source"] == A
    assert [entry.source for entry in found.entries] == [ONE[1]]
    assert text[found.header_end :].startswith("\n#. s: paragraph\n")
