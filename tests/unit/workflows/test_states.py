"""Every member State of the African Union has an edition from the first minute, with its own name and its own facts."""

from pathlib import Path

import pytest

from livingmanual.compose.edition import begin
from livingmanual.compose.names import Names
from livingmanual.model.diagnostic import Severity
from livingmanual.model.edition import EditionKey
from livingmanual.text import tree
from livingmanual.workflows.editions import Shelf, open_draft, stack
from livingmanual.workflows.known import known_of, regions_of, states

FRENCH = {
    "KE": ("du Kenya", "au Kenya"),
    "CI": ("de la Côte d’Ivoire", "en Côte d’Ivoire"),
    "DZ": ("de l’Algérie", "en Algérie"),
    "DJ": ("de Djibouti", "à Djibouti"),
    "KM": ("des Comores", "aux Comores"),
    "CD": ("de la République démocratique du Congo", "en République démocratique du Congo"),
    "AO": ("de l’Angola", "en Angola"),
}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The manual of this repository as it is."""
    return open_draft(Path(__file__).resolve().parents[3])


def test_there_are_55_in_five_regions() -> None:
    regions = [state.region for state in states().values()]
    assert len(regions) == 55
    assert {name: regions.count(name) for name in set(regions)} == {
        "north": 7,
        "west": 15,
        "central": 9,
        "east": 14,
        "south": 10,
    }
    assert sum(state.icglr for state in states().values()) == 12
    assert sum(state.treaties["genocide-convention"] is True for state in states().values()) == 36
    assert sum(state.treaties["rome-statute"] is True for state in states().values()) == 33


def test_what_the_tables_do_not_say_is_unknown() -> None:
    assert set(states()["EH"].treaties.values()) == {None}
    assert states()["BI"].treaties["rome-statute"] is False
    assert states()["KE"].treaties["genocide-convention"] is False


@pytest.mark.parametrize("code", FRENCH)
def test_french_names_have_their_articles(code: str) -> None:
    forms = states()[code].names["fr"]
    assert (forms.of, forms.in_) == FRENCH[code]


def test_english_names_have_their_articles() -> None:
    with_article = {code for code, state in states().items() if state.names["en"].short.startswith("the ")}
    assert with_article == {"CF", "KM", "CG", "CD", "GM", "SD", "EH"}
    assert states()["GM"].names["en"].of == "of the Gambia"


def test_those_who_left_ecowas_are_no_members_of_it(shelf: Shelf) -> None:
    assert not {code for code in ("BF", "ML", "NE") if "ecowas" in regions_of(shelf.loaded, code)}
    assert regions_of(shelf.loaded, "NG") == ("ecowas",)
    assert regions_of(shelf.loaded, "ZM") == ("icglr",)


def test_every_state_is_composed_without_errors_and_under_its_own_name(shelf: Shelf) -> None:
    loaded = shelf.loaded
    for code, state in states().items():
        known = known_of(loaded, shelf.sources, shelf.cache, code).value
        assert known.state == state
        key, overlays = EditionKey(code, "en", "draft"), stack(loaded, code)
        outcome = begin(key, loaded.manual, loaded.documents, overlays, loaded.works, known)
        assert [str(d) for d in outcome.diagnostics if d.severity is Severity.ERROR] == [], code
        if code not in loaded.overlays:
            assert outcome.value.names.country == state.names["en"].name
        text = " ".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(outcome.value.nodes))
        assert state.names["en"].of in text, code
        assert "Western Sahara" not in text


def test_the_union_s_own_designation_is_used_in_every_language(shelf: Shelf) -> None:
    for language in ("en", "fr", "ar", "pt", "es", "sw", "am"):
        key = EditionKey("EH", language, "draft")
        names = Names(key, (), shelf.loaded.manual, known_of(shelf.loaded, shelf.sources, shelf.cache, "EH").value)
        fallback = states()["EH"].names["en"]
        assert names.country == states()["EH"].names.get(language, fallback).name
        assert names.values["country.of"].endswith(names.country)
