"""The order of words in the six languages."""

import random

import pytest

from livingmanual.text.collation import key

ORDERS = {
    "en": ["accession", "ACDEG", "CAT", "core norm", "Côte", "coup"],
    "fr": ["adhésion", "alerte", "État", "étude", "événement", "zone"],
    "es": ["nación", "niño", "nube", "ñandú", "obispo"],
    "pt": ["ação", "acórdão", "Órgão", "outro"],
    "sw": ["adhabu", "kamati", "ng’ombe", "sheria"],
    "ar": ["الإبادة", "الأمانة", "إنذار", "التقرير", "جهة", "خط الأساس", "القاعدة", "مُراقب", "ACDEG", "CAT"],
}


@pytest.mark.parametrize("language", ORDERS)
def test_words_stand_in_the_order_of_their_language(language: str) -> None:
    wanted = ORDERS[language]
    words = random.Random(1).sample(wanted, len(wanted))
    found = sorted(words, key=lambda word: key(word, f"{language}-XX"))
    assert found == wanted


def test_only_equal_texts_have_equal_keys() -> None:
    assert key("a", "en") == key("a", "en")
    assert len({key(word, "fr") for word in ("cote", "côte", "Cote", "coté")}) == 4
