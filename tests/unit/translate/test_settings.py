"""Settings as messages, and settings in another language."""

from livingmanual.model.catalog import Entry, Field, Found, Message, State
from livingmanual.model.manual import Manual, Overlay, Part
from livingmanual.model.profile import Answer, Answers, Profile, Status, Value
from livingmanual.translate import settings

MANUAL = Manual(
    "manual/manual.yaml", "m", "Title", "", "en", ("en", "fr"), ("docx",), (), (Part("part-a", "First", ()),), (), (),
    "", {}, {"country": "your country", "empty": "2026"}, {"review": {"send_to": "us"}, "drift": "mark"},
)  # fmt: skip
KENYA = Overlay(
    "KE", False, "manual/overlays/countries/KE/overlay.yaml", (), ("en",), {"en": {"short": "Kenya"}},
    {"committee": "the Committee"}, (),
)  # fmt: skip
REGION = Overlay(
    "ecowas", True, "manual/overlays/regions/ecowas/overlay.yaml", (), (), {"en": {"short": "West"}}, {}, ()
)


def shouted(message: Message) -> Found:
    """Every message has its own words in capitals as its translation."""
    return Found(State.TRANSLATED, Entry("", "", Field(message.text.upper(), (), (), 0), 0, 0, 0), "x.po")


def old(message: Message) -> Found:
    return Found(State.STALE, shouted(message).entry, "x.po")


def texts(messages: list[Message]) -> list[tuple[str, str]]:
    assert all(message.kind == "setting" and not message.markdown for message in messages)
    return [(message.context, message.text) for message in messages]


def test_the_manual() -> None:
    assert texts(settings.manual_messages(MANUAL)) == [
        ("title", "Title"),
        ("part-a", "First"),
        ("country", "your country"),
        ("review.send_to", "us"),
    ]
    made = settings.in_manual(MANUAL, shouted)
    assert (made.title, made.parts[0].title, made.variables) == (
        "TITLE",
        "FIRST",
        {"country": "YOUR COUNTRY", "empty": "2026"},
    )
    assert made.settings == {"review": {"send_to": "US"}, "drift": "mark"}


def test_a_stale_translation_of_a_setting_counts_only_where_it_is_asked_for() -> None:
    assert settings.in_manual(MANUAL, old).title == "Title"
    assert settings.in_manual(MANUAL, old, stale=True).title == "TITLE"


def test_an_overlay_gives_its_names_itself_and_a_region_s_is_translated() -> None:
    assert texts(settings.overlay_messages(KENYA, "en")) == [("committee", "the Committee")]
    made = settings.in_overlay(KENYA, "en", "fr", shouted)
    assert (made.names, made.variables) == (KENYA.names, {"committee": "THE COMMITTEE"})
    assert texts(settings.overlay_messages(REGION, "en")) == [("name", "West")]
    assert settings.in_overlay(REGION, "en", "fr", shouted).names["fr"] == {"short": "WEST"}


def test_a_profile_s_words_but_not_its_codes_numbers_and_choices() -> None:
    values = {
        "identity.iso2": "KE",
        "identity.languages_official": "en, sw",
        "identity.au_region": "East",
        "standards.cat": "signed",
        "state.form": "unitary",
        "legal.nhri": "the Commission",
        "legal.rabat_review_done": "yes",
        "geographic.population": "5 million",
    }
    profile = Profile("p.yaml", {name: Value(name, text, Status.DRAFT) for name, text in values.items()})
    words = {"identity.au_region": "EAST", "standards.cat": "SIGNED", "legal.nhri": "THE COMMISSION"}
    assert [name for name, _ in texts(settings.profile_messages(profile))] == list(words)
    made = settings.in_profile(profile, shouted).values
    assert {name: value.shown for name, value in made.items()} == values | words
    assert {name: value.text for name, value in made.items()} == values, "conditions go by what is written"


def test_the_evidence_of_public_answers() -> None:
    answers = Answers(
        "n.yaml",
        (Answer("N01", "KE", "yes", "", "a law"), Answer("N02", "KE", "no", "", "a secret", public=False)),
    )
    assert texts(settings.answers_messages(answers)) == [("N01", "a law")]
    made = settings.in_answers(answers, shouted)
    assert made.given[0].evidence == "A LAW"
