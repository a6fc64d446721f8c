"""Terms that were agreed on, and translations that do not use them."""

import pytest

from livingmanual.model.catalog import DRAFTED, Entry, Field, Found, Message, State
from livingmanual.translate.terms import Term, agreed, missing

FRENCH = [
    Term("national committee", ("comité national",)),
    Term("early warning", ("alerte précoce",)),
    Term("core norm", ("norme de base",)),
    Term("alert", ("alerte",)),
    Term("norm", ("norme",)),
    Term("CAT", ("CAT", "Convention contre la torture")),
]
ARABIC = [
    Term("early warning", ("الإنذار المبكر",)),
    Term("mechanism", ("الآلية",)),
    Term("norm", ("القاعدة",)),
    Term("risk factor", ("عامل الخطر",)),
]
SWAHILI = [Term("expert", ("mtaalamu",))]

USED = [
    ("Early warnings help.", "Les alertes précoces aident.", "fr", FRENCH),
    ("The national committees", "L’ensemble des comités nationaux", "fr", FRENCH),
    ("A core norm", "Une norme de base", "fr", FRENCH),
    ("the cat", "le chat", "fr", FRENCH),
    ("under CAT", "en vertu de la Convention contre la torture", "fr", FRENCH),
    ("See [](#norm).", "Voir [](#norm).", "fr", FRENCH),
    ("normal", "normal", "fr", FRENCH),
    ("an early warning", "نظام للإنذار المبكّر", "ar", ARABIC),
    ("an early warning", "والإنذار المبكر", "ar", ARABIC),
    ("the norms", "أي من قواعده", "ar", ARABIC),
    ("a mechanism with risk factors", "آلية مع عوامل خطر", "ar", ARABIC),
    ("the Continental Early Warning System", "le Système continental d’alerte rapide", "fr", FRENCH),
    ("see the *Manual on Early Warning*", "voir le *Manual on Early Warning*", "fr", FRENCH),
    ("conditions and triggers", "ظروف ومحفّزات", "ar", [Term("trigger", ("المحفّز",))]),
    ("ICCPR, CAT", "وICCPR، وCAT", "ar", [Term("CAT", ("CAT",))]),
    ("experts", "wataalamu wengine", "sw", SWAHILI),
]


@pytest.mark.parametrize(("source", "translation", "language", "terms"), USED)
def test_forms_of_the_agreed_word_will_do(source: str, translation: str, language: str, terms: list[Term]) -> None:
    assert list(missing(source, translation, terms, language)) == []


NOT_USED = [
    ("Early warnings help.", "Les avertissements aident.", "fr", FRENCH, ["early warning"]),
    ("A core norm and a norm", "Une règle", "fr", FRENCH, ["core norm", "norm"]),
    ("under CAT", "selon le pacte", "fr", FRENCH, ["CAT"]),
    ("an early warning", "التنبيه", "ar", ARABIC, ["early warning"]),
    ("**Early warning** is all", "**L’avertissement** est tout", "fr", FRENCH, ["early warning"]),
    ("An alert in an early warning", "un signal, une alerte précoce", "fr", FRENCH, []),
]


@pytest.mark.parametrize(("source", "translation", "language", "terms", "said"), NOT_USED)
def test_other_words_are_said(source: str, translation: str, language: str, terms: list[Term], said: list[str]) -> None:
    assert [term.source for term in missing(source, translation, terms, language)] == said


def test_only_terms_that_a_person_confirmed_count() -> None:
    asked = [Message("glossary", text, "term", "manual/glossary.md", 0) for text in ("a", "longer", "b", "c")]
    asked.append(Message("glossary", "d", "definition", "manual/glossary.md", 0))

    def found(words: str, state: State = State.TRANSLATED, comments: tuple[str, ...] = ()) -> Found:
        return Found(state, Entry("glossary", "", Field(words, (), (), 0), 0, 0, 0, comments=comments), "x.po")

    states = {
        ("manual/glossary.md", asked[0].key): found("un (m.) ; l’un"),
        ("manual/glossary.md", asked[1].key): found("plus long"),
        ("manual/glossary.md", asked[2].key): found("deux", comments=(DRAFTED,)),
        ("manual/glossary.md", asked[3].key): found("trois", State.STALE),
        ("manual/glossary.md", asked[4].key): found("quatre"),
    }
    assert agreed(asked, states) == [Term("longer", ("plus long",)), Term("a", ("un", "l’un"))]
