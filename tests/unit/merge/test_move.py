"""Renaming and moving change the characters that name a thing, and no others."""

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.merge.move import applied, relocate, rename, rename_in_text
from livingmanual.model.document import Document
from livingmanual.source.tokens import Notations
from livingmanual.workflows.load import parse

OLD = """# One {#one}

See [](#sec-a), [there](b.md#sec-a "title"), [ref] and `[](#sec-a)`; not [](#sec-ab).

## A {.wide #sec-a}

Text with [](#one).

## B {#sec-ab}

End.

[ref]: #sec-a
"""


def document(path: str, text: str) -> Document:
    """A parsed file."""
    return parse(path, text, Notations(), CacheStore(None)).value


def test_a_rename_reaches_every_link_and_no_code() -> None:
    after = applied({"m/a.md": OLD}, rename(document("m/a.md", OLD), "sec-a", "new"))["m/a.md"]
    wanted = OLD.replace("[](#sec-a),", "[](#new),").replace("b.md#sec-a ", "b.md#new ")
    assert after == wanted.replace(".wide #sec-a}", ".wide #new}").replace("[ref]: #sec-a", "[ref]: #new")


def test_an_override_keeps_everything_but_its_target() -> None:
    text = "---\ntarget: N01  # a norm\nreason: about N01\n---\n\nAs [](#N01) says.\n"
    after = applied({"o.md": text}, rename(document("o.md", text), "N01", "N02"))["o.md"]
    assert after == text.replace("target: N01", "target: N02").replace("(#N01)", "(#N02)")


def test_answers_and_catalogs() -> None:
    answers = "- norm: N01\n  note: N01\n- norm: N011\n"
    assert applied({"n.yaml": answers}, rename_in_text("n.yaml", answers, "N01", "N02"))["n.yaml"] == answers.replace(
        "norm: N01\n", "norm: N02\n"
    )
    catalog = 'msgid "See [](#N01) and #N01"\n'
    edits = rename_in_text("x.po", catalog, "N01", "N02")
    assert applied({"x.po": catalog}, edits)["x.po"] == 'msgid "See [](#N02) and #N01"\n'


def test_a_section_goes_to_the_end_of_another_file_and_links_with_file_names_follow() -> None:
    old, new = document("m/c/a.md", OLD), document("m/d/b.md", "# Two {#two}\n\n[x](../c/a.md#sec-a)\n")
    edits = relocate(old, new, "sec-a", [old, new])
    assert not isinstance(edits, str)
    after = applied({d.path: d.text for d in (old, new)}, edits)
    assert "## A" not in after["m/c/a.md"]
    assert after["m/d/b.md"] == "# Two {#two}\n\n[x](b.md#sec-a)\n\n## A {.wide #sec-a}\n\nText with [](#one).\n"


def test_what_cannot_be_moved_says_why() -> None:
    text = "# One {#one}\n\nHere[^n].\n\n## A {#sec-a}\n\nThere[^n].\n\n## B {#sec-b}\n\n[^n]: A note.\n"
    old, new = document("a.md", text), document("b.md", "# Two {#two}\n")
    assert "note [^n]" in str(relocate(old, new, "sec-a", []))
    assert "no section" in str(relocate(old, new, "one", []))
