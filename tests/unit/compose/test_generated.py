"""Tables made of what a country has written down, conditions on what is known of it, and values in the text."""

from livingmanual.compose.conditions import Facts, choose
from livingmanual.compose.fill import fill
from livingmanual.compose.generated import insert
from livingmanual.model.profile import Known
from livingmanual.source.profile import read_answers, read_profile
from livingmanual.text import tree
from livingmanual.text.words import words
from tests.support.pages import document

PROFILE = """
legal:
  nhri: {value: A Commission, status: to-confirm, source: X}
  npm: {value: null, status: withheld}
  constitution: {value: "2010", status: confirmed, source: Gazette}
economic:
  gdp_per_capita: {value: 5, unit: USD, date: 2024, status: draft, source: WDI}
"""
NORMS = ("N01", "N02")
ANSWERS = "- {norm: N01, answer: yes, evidence: Act 3, date: 2026-01-31}\n- {norm: N02, answer: no, public: false}\n"
TEXT = "::: {.norm #N01}\nOne.\n:::\n\n::: {.norm #N02}\nTwo.\n:::\n\n"


def known() -> Known:
    """A country with a profile and answers."""
    profile = read_profile("p.yaml", PROFILE)
    answers = read_answers("n.yaml", ANSWERS, "KE", NORMS)
    assert profile.diagnostics == answers.diagnostics == ()
    return Known(profile=profile.value, answers=answers.value)


def composed(of: str, about: Known, code: str = "KE") -> tuple[list[str], list[str]]:
    """The texts of the leaves after the norms, and the codes of what is wrong."""
    one = document("m.md", f"{TEXT}::: {{.generated of={of}}}\nThe form.\n:::\n")
    outcome = insert(one.blocks, about, code, words("en"), {"m.md": one})
    leaves = [tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(outcome.value)]
    return leaves[2:], [d.code for d in outcome.diagnostics]


def test_the_profile_shows_what_is_there_and_says_what_is_not() -> None:
    leaves, wrong = composed("profile", known())
    assert not wrong
    assert leaves[0] == "Country profile."
    text = "|".join(leaves)
    assert "GDP per person|5 USD|2024|WDI" in text
    assert "National human rights institution|A Commission (to be confirmed)||X" in text
    assert "Mechanism for the prevention of torture|withheld||" in text
    assert "The form." not in text
    assert "not known" in text


def test_the_norms_are_all_there_and_what_is_not_public_is_not_told() -> None:
    leaves, wrong = composed("norms", known())
    assert not wrong
    assert leaves[5:] == ["", "yes", "Act 3", "2026-01-31", "", "not answered", "", ""]


def test_every_word_of_a_table_says_what_it_was_made_from() -> None:
    one = document("m.md", "::: {.generated of=profile}\n:::\n")
    made = insert(one.blocks, known(), "KE", words("en"), {"m.md": one}).value
    inlines = [node for leaf, _ in tree.leaves(made) for node in tree.inlines(leaf)]
    assert len(inlines) > 50
    assert all(str(node["g"]).startswith("profile ") for node in inlines)
    assert {leaf["p"] for leaf, _ in tree.leaves(made)} == {"p.yaml"}


def test_without_anything_written_down_the_form_stays() -> None:
    for of in ("profile", "norms"):
        assert composed(of, Known()) == (["The form."], [])


def test_an_unknown_table_is_an_error_with_the_nearest_name() -> None:
    assert composed("profil", known()) == (["The form."], ["generated-unknown"])


def test_a_table_speaks_the_language_of_the_edition() -> None:
    one = document("m.md", "::: {.generated of=profile}\n:::\n")
    text = "identity:\n  icglr: {value: true, status: draft}\nstate:\n  form: {value: federal, status: draft}\n"
    about = Known(profile=read_profile("p.yaml", text).value)
    said = []
    for language in ("fr", "ar"):
        made = insert(one.blocks, about, "KE", words(language), {"m.md": one}).value
        said.append("|".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(made)))
    assert "|oui|" in said[0]
    assert "État|Forme de l’État|fédéral|" in said[0]
    assert "Code ISO à deux lettres, Code ISO à trois lettres" in said[0]
    assert "|اتحادية|" in said[1]
    assert "رمز ISO من حرفين، رمز ISO من ثلاثة أحرف" in said[1]


def test_values_that_are_not_settled_are_marked_and_defaults_stand_in() -> None:
    one = document("m.md", "{{a}} {{b}} {{b|words here}} {{c|other}} {{d}}\n")
    outcome = fill(
        one.blocks, {"a": "A", "b": "not known", "d": "D"}, {}, {"m.md": one}, {"b": "unknown", "d": "to-confirm"}
    )
    assert tree.string(tree.inlines(outcome.value[0])) == "A not known words here other D"
    spans = [node for node in tree.inlines(outcome.value[0]) if node["t"] == "Span"]
    assert ["to-confirm" in tree.classes(span) for span in spans] == [False, True, False, False, True]
    assert outcome.diagnostics == ()


def test_a_passage_that_is_not_translated_has_the_values_of_its_own_language() -> None:
    text = "{{in}} [we act {{in}} *{{in}}*[^n]]{.untranslated lang=en} [{{in}}]{.stale lang=fr}\n\n[^n]: {{in}}\n"
    one = document("m.md", text)
    outcome = fill(one.blocks, {"in": "au Kenya"}, {}, {"m.md": one}, elsewhere={"en": {"in": "in Kenya"}})
    said = tree.string(tree.inlines(outcome.value[0]))
    assert said == "au Kenya we act in Kenya in Kenya au Kenya"
    [note] = tree.notes_in(tree.inlines(outcome.value[0]))
    assert tree.string(tree.inlines(note["c"][0])) == "au Kenya"
    assert outcome.diagnostics == ()


def test_conditions_on_what_is_not_known_are_false_and_noted() -> None:
    text = '::: {.when treaty="rome-statute"}\nYes.\n:::\n\n::: {.when treaty="cat"}\nOpen.\n:::\n\n'
    one = document("m.md", f"{text}::: {{.when treaty=rome-statut}}\nWrong.\n:::\n")
    names = frozenset({"rome-statute", "cat"})
    facts = Facts({"treaty": frozenset({"rome-statute"})}, {"treaty": names}, {"treaty": frozenset({"cat"})})
    outcome = choose(one.blocks, facts, {"m.md": one})
    assert [tree.string(tree.inlines(node)) for node in outcome.value] == ["Yes."]
    assert [(d.severity.value, d.code) for d in outcome.diagnostics] == [
        ("note", "condition-open"),
        ("error", "condition-unknown"),
    ]
    assert outcome.diagnostics[1].hint == 'did you mean "rome-statute"?'
