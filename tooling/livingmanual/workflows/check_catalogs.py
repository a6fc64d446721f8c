"""What is wrong in catalogs, and how much they lack: the part of `manual check` that no single edition shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from livingmanual.compose.names import BASE
from livingmanual.model.catalog import Catalog, Found, Message, Policy, State
from livingmanual.model.diagnostic import Diagnostic, Position, Severity, error, warning
from livingmanual.translate import match, placeholders, terms
from livingmanual.translate.places import Wanted
from livingmanual.workflows.catalogs import ROOT, chain, path_of, policy_of, read_all
from livingmanual.workflows.editions import Shelf
from livingmanual.workflows.translate import everything, languages

GLOSSARY = "glossary"
"""Name of the file, without its ending, whose terms are the term base."""


def catalogs(shelf: Shelf) -> Iterator[Diagnostic]:
    """What is wrong in the catalogs of every language, and one note for each on what is missing or stale."""
    known = languages(shelf)
    there = [path for path in shelf.sources.list(ROOT) if path.endswith(".po")]
    messages = everything(shelf) if there else None
    for language in dict.fromkeys(path.split("/")[1] for path in there):
        if language in known and messages:
            own = [path for path in there if path.split("/")[1] == language]
            yield from _language(shelf, language, messages.into(language), own)
        else:
            hint = f"add it to `languages:` in {shelf.loaded.manual.path}, or remove the folder"
            said = f'nobody configured the language "{language}", so these catalogs are in no edition'
            yield warning("language-unknown", said, Position(f"{ROOT}/{language}"), hint)


def _language(
    shelf: Shelf, language: str, wanted: Mapping[str, Sequence[Wanted]], there: Sequence[str]
) -> Iterator[Diagnostic]:
    messages = {path: [item.message for item in items] for path, items in wanted.items()}
    read, wrong = read_all(shelf.sources, language, wanted)
    yield from wrong
    yield from _strays(language, read, there)
    found = match.match(messages, read)
    yield from _coverage(shelf, language, found)
    glossary = next((path for path in messages if PurePosixPath(path).stem == GLOSSARY), "")
    agreed = terms.agreed(messages.get(glossary, ()), found)
    for asked in messages.values():
        for message in asked:
            one = found[message.path, message.key]
            if one.state is State.TRANSLATED and one.entry:
                yield from _damage(message, one)
                if message.path != glossary:
                    yield from _terms(message, one, agreed, path_of(language, glossary))


def _strays(language: str, read: Sequence[Catalog], there: Sequence[str]) -> Iterator[Diagnostic]:
    """Catalogs that say another language than their folder, and those of files that are not there (any more)."""
    for catalog in (catalog for catalog in read if catalog.path in there):
        said = dict(catalog.header).get("Language", "").replace("_", "-")
        if said and chain(said)[-1] != chain(language)[-1]:
            message = f'the header says that the language is "{said}", the folder "{language}"'
            hint = "move the catalog to the right folder, or mend the header"
            yield error("catalog-language", message, Position(catalog.path, 1), hint)
        if not catalog.source and any(not entry.obsolete for entry in catalog.entries):
            message = "this catalog translates no file of the manual; perhaps its file was renamed or removed"
            hint = f"`manual translate update --language {language}` puts its entries where they belong now"
            yield warning("catalog-stray", message, Position(catalog.path), hint)


def _coverage(shelf: Shelf, language: str, found: Mapping[match.Key, Found]) -> Iterator[Diagnostic]:
    states = Counter(one.state for one in found.values())
    ready = [one.entry for one in found.values() if one.state is State.TRANSLATED and one.entry]
    drafted = sum(entry.drafted for entry in ready)
    if len(ready) == len(found) and not drafted:
        return
    said = f"of {len(found)} messages {states[State.MISSING]} have no translation and {states[State.STALE]} a stale one"
    said += f"; {drafted} were drafted by a machine and nobody has confirmed them" if drafted else ""
    hint = f"`manual translate status --language {language} --by file` says where"
    policy = {
        Policy.KEEP: "editions mark what is missing or stale",
        Policy.SOURCE: "editions show the source's text there, marked",
        Policy.STOP: "editions with such a text are not built",
    }[policy_of(shelf.loaded.manual, BASE)]
    yield Diagnostic(Severity.NOTE, "translation-open", said, Position(f"{ROOT}/{language}"), f"{hint}; {policy}")


def _damage(message: Message, found: Found) -> Iterator[Diagnostic]:
    """Placeholders that were lost; an edition shows the source's text in such a place."""
    assert found.entry is not None
    if not message.markdown:
        return
    for harm in placeholders.damage(found.entry.source, found.entry.translation.text):
        yield error(
            "translation-damaged",
            f'the translation of "{_short(message.text)}" is damaged: {harm}',
            Position(found.catalog, found.entry.line),
            "mend it in the catalog; until then it is not used",
        )


def _terms(message: Message, found: Found, agreed: Sequence[terms.Term], glossary: str) -> Iterator[Diagnostic]:
    assert found.entry is not None
    language = glossary.split("/")[1]
    for term in terms.missing(message.text, found.entry.translation.text, agreed, language):
        yield warning(
            "term-not-used",
            f'"{term.source}" is called "{term.said}" in {language}, and this translation does not say so',
            Position(found.catalog, found.entry.line),
            f"use the agreed word, or change the agreed word in {glossary}",
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
