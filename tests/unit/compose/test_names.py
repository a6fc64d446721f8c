"""The names of the 55 member States in the six languages, as they stand in sentences."""

import csv
from importlib import resources

import pytest

from livingmanual.compose.names import Names
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Manual
from livingmanual.model.profile import STANDINGS, Known, Profile, Status, Value, is_party
from livingmanual.source.states import read_states

DATA = resources.files("livingmanual").joinpath("data")
TABLES = [
    DATA.joinpath(name).read_text(encoding="utf-8") for name in ("au_states.tsv", "au_hr_treaties.tsv", "names.tsv")
]
STATES = read_states(TABLES[0], TABLES[1], TABLES[2])
ROWS = list(csv.DictReader(TABLES[2].splitlines(), delimiter="\t"))
MANUAL = Manual("manual/manual.yaml", "sample", "A Sample", "", "en", ("en",), ("pdf",), (), (), (), (), "")
LANGUAGES = ("ar", "en", "es", "fr", "pt", "sw")
SAID = [
    ("KE", "fr", "du Kenya", "au Kenya"),
    ("CI", "fr", "de la Côte d’Ivoire", "en Côte d’Ivoire"),
    ("TZ", "fr", "de la Tanzanie", "en Tanzanie"),
    ("KM", "fr", "des Comores", "aux Comores"),
    ("DZ", "fr", "de l’Algérie", "en Algérie"),
    ("MG", "fr", "de Madagascar", "à Madagascar"),
    ("MZ", "pt", "de Moçambique", "em Moçambique"),
    ("KE", "pt", "do Quénia", "no Quénia"),
    ("TN", "pt", "da Tunísia", "na Tunísia"),
    ("CM", "pt", "dos Camarões", "nos Camarões"),
    ("KE", "es", "de Kenia", "en Kenia"),
    ("TN", "es", "de Túnez", "en Túnez"),
    ("CG", "es", "del Congo", "en el Congo"),
    ("KE", "sw", "ya Kenya", "nchini Kenya"),
    ("CF", "sw", "ya Jamhuri ya Afrika ya Kati", "katika Jamhuri ya Afrika ya Kati"),
    ("KE", "ar", "كينيا", "في كينيا"),
    ("GM", "en", "of the Gambia", "in the Gambia"),
]


def test_every_state_has_every_form_in_every_language() -> None:
    assert len(STATES) == 55
    for code, state in STATES.items():
        assert set(state.names) == set(LANGUAGES), code
        assert all(all(forms) for forms in state.names.values()), code
    assert len(ROWS) == 55 * len(LANGUAGES)


def test_every_row_says_how_sure_it_is() -> None:
    assert {row["status"] for row in ROWS if row["language"] == "en"} == {""}
    assert {row["status"] for row in ROWS if row["language"] != "en"} <= {"drafted", "to-confirm", "confirmed"}


def test_the_forms_end_in_the_name_and_nothing_hangs_loose() -> None:
    for row in ROWS:
        for form in ("short", "of", "in"):
            said = row[form]
            assert said.endswith(row["name"]), row
            assert said == " ".join(said.split()), row
            assert "'" not in said, "the apostrophe is ’"


@pytest.mark.parametrize(("code", "language", "of", "in_"), SAID)
def test_a_country_stands_in_a_sentence(code: str, language: str, of: str, in_: str) -> None:
    values = Names(EditionKey(code, language, "draft"), (), MANUAL, Known(state=STATES[code])).values
    assert (values["country.of"], values["country.in"]) == (of, in_)


def test_a_passage_in_another_language_has_the_country_s_names_in_it() -> None:
    names = Names(EditionKey("KE", "sw", "draft"), (), MANUAL, Known(state=STATES["KE"]))
    english = names.values_in("en")
    assert (english["country.of"], english["country.in"]) == ("of Kenya", "in Kenya")
    assert english["profile.legal.nhri"] == names.values["profile.legal.nhri"]


def facts(country: str, **said: tuple[str, Status]) -> Names:
    """The names of a country whose profile says this of treaties."""
    values = {f"standards.{field}": Value(f"standards.{field}", text, status) for field, (text, status) in said.items()}
    known = Known(STATES[country], profile=Profile("profile.yaml", values))
    return Names(EditionKey(country, "en", "draft"), (), MANUAL, known)


@pytest.mark.parametrize(
    ("text", "status", "party"),
    [
        ("2027", Status.CONFIRMED, True),
        ("party", Status.CONFIRMED, True),
        ("2027", Status.DRAFT, False),
        ("2027", Status.TO_CONFIRM, False),
        ("not a party", Status.CONFIRMED, False),
    ],
)
def test_a_confirmed_value_of_the_profile_decides_over_the_table(text: str, status: Status, party: bool) -> None:
    names = facts("KE", genocide_convention=(text, status))
    assert ("genocide-convention" in names.facts["treaty"]) is party
    assert "genocide-convention" not in names.unknown["treaty"]
    assert "rome-statute" in names.facts["treaty"], "what the profile does not speak of is as the table says"


def test_a_country_that_withdrew_is_no_party_any_more() -> None:
    assert "rome-statute" not in facts("KE", rome_statute=("withdrawn", Status.CONFIRMED)).facts["treaty"]


def test_a_treaty_that_no_table_gives_is_unknown_until_the_profile_says_it() -> None:
    assert "kampala-convention" in facts("KE").unknown["treaty"]
    assert "kampala-convention" in facts("KE", kampala_convention=("2030", Status.CONFIRMED)).facts["treaty"]
    assert {field.replace("_", "-") for field in STANDINGS} <= facts("KE").vocabulary["treaty"]


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("2005", True),
        ("Acceded, 2005", True),
        ("Signed", False),
        ("no record found", False),
        ("perhaps", None),
        ("", None),
    ],
)
def test_words_for_a_party(said: str, party: bool | None) -> None:
    assert is_party(said) is party
