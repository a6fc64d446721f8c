"""The names of the 55 member States in the six languages, as they stand in sentences."""

import csv
from importlib import resources

import pytest

from livingmanual.compose.names import Names
from livingmanual.model.edition import EditionKey
from livingmanual.model.manual import Manual
from livingmanual.model.profile import Known
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
