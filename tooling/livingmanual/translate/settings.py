"""The messages of settings: titles and variables of a manual, words of an overlay, of a profile, of answers to norms.

They are plain text, not Markdown, and their context is the name of the setting. Functions, for a `find` that says what
the catalogs have for a message, as in `apply`:

* `manual_messages(manual)`, `in_manual(manual, find)` for `manual.yaml`;
* `overlay_messages(overlay, language)`, `in_overlay(overlay, language, find)` for `overlay.yaml`, where a region's name
  is a message and a country's is not: it gives its names by language itself, or the tables of States do;
* `profile_messages(profile)`, `in_profile(profile, find)` for `profile.yaml`;
* `answers_messages(answers)`, `in_answers(answers, find)` for the evidence in `norms.yaml`.

A setting has nothing around it that could mark it, so a stale translation of one counts as none unless `stale` is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from livingmanual.model.catalog import Found, Message, State
from livingmanual.model.manual import Manual, Overlay
from livingmanual.model.profile import FIELDS, Answers, Profile, Value
from livingmanual.translate.messages import has_words

Find = Callable[[Message], Found]
KIND = "setting"
PROSE = frozenset({"text", "list", "standing"})
"""The kinds of values of a profile that hold words of the country; the tool knows the words of the others."""
CODES = frozenset({"identity.iso2", "identity.iso3"})
LANGUAGES = "identity.languages_"
"""Values of a profile that are codes: the same in every language, or said by CLDR."""
SAID = ("status",)
"""Settings of `manual.yaml` that are printed, beside titles and variables."""


def manual_messages(manual: Manual) -> list[Message]:
    """What `manual.yaml` says to readers."""
    return list(_messages(_of_manual(manual), manual.path))


def in_manual(manual: Manual, find: Find, stale: bool = False) -> Manual:
    """The same manual with its settings in another language."""
    say = _Saying(manual.path, find, stale)
    settings = dict(manual.settings)
    settings |= {name: say(name, settings[name]) for name in SAID if isinstance(settings.get(name), str)}
    review = settings.get("review")
    if isinstance(review, dict) and isinstance(review.get("send_to"), str):
        settings["review"] = {**review, "send_to": say("review.send_to", review["send_to"])}
    return replace(
        manual,
        title=say("title", manual.title),
        subtitle=say("subtitle", manual.subtitle),
        parts=tuple(replace(part, title=say(part.id, part.title)) for part in manual.parts),
        variables={name: say(name, value) for name, value in manual.variables.items()},
        settings=settings,
    )


def _of_manual(manual: Manual) -> Iterator[tuple[str, object]]:
    yield "title", manual.title
    yield "subtitle", manual.subtitle
    yield from ((part.id, part.title) for part in manual.parts)
    yield from manual.variables.items()
    yield from ((name, manual.settings.get(name)) for name in SAID)
    review = manual.settings.get("review")
    if isinstance(review, dict):
        yield "review.send_to", review.get("send_to")


def overlay_messages(overlay: Overlay, language: str) -> list[Message]:
    """What `overlay.yaml` says to readers; `language` is the one that it is written in."""
    name = overlay.names.get(language, {}).get("short") if overlay.region else None
    return list(_messages([("name", name), *overlay.variables.items()], overlay.path))


def in_overlay(overlay: Overlay, written: str, language: str, find: Find, stale: bool = False) -> Overlay:
    """The same overlay in another language; names that it gives in that language itself stay."""
    say = _Saying(overlay.path, find, stale)
    names = dict(overlay.names)
    if overlay.region and language not in names and names.get(written, {}).get("short"):
        names[language] = {"short": say("name", names[written]["short"])}
    return replace(
        overlay, names=names, variables={name: say(name, value) for name, value in overlay.variables.items()}
    )


def profile_messages(profile: Profile) -> list[Message]:
    """The values of a profile that are words of the country."""
    return list(_messages(((v.name, v.text) for v in profile.values.values() if _is_prose(v)), profile.path))


def in_profile(profile: Profile, find: Find, stale: bool = False) -> Profile:
    """The same profile in another language."""
    say = _Saying(profile.path, find, stale)
    values = {n: replace(v, said=say(n, v.text)) if _is_prose(v) else v for n, v in profile.values.items()}
    return replace(profile, values=values)


def _is_prose(value: Value) -> bool:
    group, _, field = value.name.partition(".")
    return FIELDS[group][field] in PROSE and value.name not in CODES and not value.name.startswith(LANGUAGES)


def answers_messages(answers: Answers) -> list[Message]:
    """The evidence of every answer to a norm, unless it is kept out of editions."""
    return list(_messages(((a.norm, a.evidence) for a in answers.given if a.public), answers.path))


def in_answers(answers: Answers, find: Find, stale: bool = False) -> Answers:
    """The same answers with their evidence in another language."""
    say = _Saying(answers.path, find, stale)
    return replace(answers, given=tuple(replace(a, evidence=say(a.norm, a.evidence)) for a in answers.given))


def _messages(pairs: Iterator[tuple[str, object]] | list[tuple[str, object]], path: str) -> Iterator[Message]:
    for name, value in pairs:
        if isinstance(value, str) and has_words(value):
            yield _message(name, value, path)


def _message(name: str, value: str, path: str) -> Message:
    return Message(name, value.strip(), KIND, path, -1, markdown=False)


@dataclass(frozen=True, slots=True)
class _Saying:
    """Says a setting in the other language, or as it is."""

    path: str
    find: Find
    stale: bool

    def __call__(self, name: str, value: str) -> str:
        if not has_words(value):
            return value
        found = self.find(_message(name, value, self.path))
        good = found.state is State.TRANSLATED or (self.stale and found.state is State.STALE)
        return found.entry.translation.text if good and found.entry else value
