"""The catalogs of a workspace, and the workspace in another language.

A source file is written in the manual's language, or in the one its front matter names (`language: fr`, for an
override that its committee wrote in French). For an edition in another language each such file is translated block by
block from `translations/<language>/`, the same tree as `manual/`; `fr-CM` falls back to `fr`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose.names import RIGHT_TO_LEFT
from livingmanual.errors import ContentProblem
from livingmanual.model.catalog import Catalog, Entry, Found, Message, Policy, State
from livingmanual.model.diagnostic import Diagnostic, Position, error
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Manual, Overlay
from livingmanual.model.profile import Known
from livingmanual.source.tokens import Notations
from livingmanual.translate import apply, figures, match, placeholders, po, settings, virtual
from livingmanual.translate.messages import messages
from livingmanual.workflows.load import Loaded, notations_of, parse, parse_all
from livingmanual.workspace import Sources

ROOT = "translations"
MANUAL = "manual/"
PLAIN = (".yaml", ".svg")
"""Files whose words are plain text: settings, profiles, answers, the labels of figures."""
Key = tuple[str, tuple[str, str]]
"""A message of all files: path of its source file, and its own key."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a workspace says in one language."""

    manual: Manual
    documents: Mapping[str, Document]
    """The files with their words in the language; the catalogs, whose text is looked at for positions."""
    overlays: Mapping[str, Overlay]
    troubles: Mapping[str, tuple[Diagnostic, ...]]
    """What is wrong with the translation of each file, by the file's path."""
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    """By path."""
    find: Callable[[Message], Found] | None = None
    """What the catalogs have for a setting or a label; None for a workspace that is written in this language."""

    def known(self, known: Known) -> Known:
        """What is known of a country, with the words of its profile and answers in this language."""
        if self.find is None:
            return known
        profile = settings.in_profile(known.profile, self.find) if known.profile else None
        answers = settings.in_answers(known.answers, self.find) if known.answers else None
        return replace(known, profile=profile, answers=answers)

    def figure(self, path: str, data: bytes) -> bytes:
        """An SVG with its labels in this language; any other file as it is."""
        if self.find is None or not path.endswith(".svg"):
            return data
        return figures.in_figure(path, data.decode("utf-8", "surrogateescape"), self.find).encode(
            "utf-8", "surrogateescape"
        )

    def laid(self, overlays: Iterable[Overlay]) -> tuple[Overlay, ...]:
        """The same overlays in this language."""
        by_path = {overlay.path: overlay for overlay in self.overlays.values()}
        return tuple(by_path[overlay.path] for overlay in overlays)


def chain(language: str) -> tuple[str, ...]:
    """The languages whose catalogs serve an edition, the nearest first: `fr-CM`, `fr`."""
    parts = language.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def path_of(language: str, source: str) -> str:
    """Path of the catalog of a source file: `translations/fr/chapters/05-legal-basis.po`."""
    return f"{ROOT}/{language}/{source.removeprefix(MANUAL).rpartition('.')[0]}.po"


def language_of(document: Document, manual: Manual) -> str:
    """The language that a file is written in."""
    said = document.meta.get("language")
    return said if isinstance(said, str) and said else manual.language


def policy_of(manual: Manual, country: str) -> Policy:
    """What an edition shows of what is not translated: `untranslated:` of manual.yaml, one word or one per country.

    It stands in the sources, so that a returned file is compared with the edition that the reviewer saw.
    """
    said = manual.settings.get("untranslated", Policy.KEEP.value)
    chosen = said.get(country, said.get("default", Policy.KEEP.value)) if isinstance(said, dict) else said
    if chosen not in list(Policy):
        hint = f"the policies are: {', '.join(Policy)}"
        raise ContentProblem(f'{manual.path}: "{chosen}" is no policy for what is not translated\n  hint: {hint}')
    return Policy(chosen)


def _direction(language: str) -> str:
    return "rtl" if chain(language)[-1] in RIGHT_TO_LEFT else "ltr"


def foreign(loaded: Loaded, language: str) -> list[Document]:
    """The files that are not written in a language, nor in one that it falls back to."""
    own = chain(language)
    return [d for d in loaded.documents.values() if language_of(d, loaded.manual) not in own]


def read_all(sources: Sources, language: str, paths: Iterable[str]) -> tuple[list[Catalog], list[Diagnostic]]:
    """Every catalog of a language and of those it falls back to, the nearest first, and what is wrong with them.

    `paths`: of the source files; a catalog of a file that is gone has no source, and may still serve a block that was
    moved out of it.
    """
    names = named(language, paths)
    found: list[Catalog] = []
    troubles: list[Diagnostic] = []
    for name in chain(language):
        for path in sources.list(f"{ROOT}/{name}"):
            text = _decoded(path, sources.read(path) or b"", troubles) if path.endswith(".po") else None
            if text is not None:
                outcome = po.read_catalog(path, names.get(path, ""), text)
                troubles += outcome.diagnostics
                found.append(outcome.value)
    return found, troubles


def named(language: str, paths: Iterable[str]) -> dict[str, str]:
    """Path of a catalog -> path of its source file; of two that want the same catalog, the first."""
    return {path_of(name, path): path for path in reversed(list(paths)) for name in chain(language)}


def _decoded(path: str, raw: bytes, troubles: list[Diagnostic]) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as trouble:
        at = Position(path, raw.count(b"\n", 0, trouble.start) + 1)
        message = f"this catalog is not UTF-8: byte {trouble.start} cannot be read"
        troubles.append(error("encoding", message, at, "save it as UTF-8; most PO editors do that by themselves"))
        return None


def spoken(sources: Sources, loaded: Loaded, cache: CacheStore, language: str, policy: Policy) -> Spoken:
    """The workspace in a language; a workspace that is written in it comes back as it is."""
    others = foreign(loaded, language)
    if not others and loaded.manual.language in chain(language):
        return Spoken(loaded.manual, loaded.documents, loaded.overlays, {})
    files = [*(d.path for d in others), *(p for p in sources.list(MANUAL.rstrip("/")) if p.endswith(PLAIN))]
    catalogs, wrong = read_all(sources, language, files)
    asked = {document.path: list(messages(document)) for document in others}
    finder = _Finder(
        loaded, catalogs, cache, match.match(asked, [c for c in catalogs if c.source in asked or not c.source])
    )
    documents = dict(loaded.documents)
    troubles = _by_source(wrong, named(language, files))
    for document in others:
        source_language = language_of(document, loaded.manual)
        tongues = apply.Tongues(source_language, language, _direction(source_language), _direction(language), policy)
        documents[document.path] = apply.translated(document, partial(finder.find, document.path), tongues)
        found = [*_damaged(asked[document.path], document.path, finder)]
        if policy is Policy.STOP:
            found += _stops(asked[document.path], document, finder, language)
        troubles[document.path] = (*troubles.get(document.path, ()), *found)
    documents |= {c.path: Document(c.path, c.text, {}, []) for c in catalogs}
    manual, overlays = _settings(loaded, documents, finder, language)
    return Spoken(manual, documents, overlays, troubles, finder.catalogs, finder.plain)


def _by_source(wrong: Iterable[Diagnostic], names: Mapping[str, str]) -> dict[str, tuple[Diagnostic, ...]]:
    """What is wrong with catalogs, by the source files that they translate."""
    out: dict[str, tuple[Diagnostic, ...]] = {}
    for trouble in wrong:
        source = names.get(trouble.position.path if trouble.position else "", "")
        out[source] = (*out.get(source, ()), trouble)
    return out


def _settings(
    loaded: Loaded, documents: Mapping[str, Document], finder: _Finder, language: str
) -> tuple[Manual, dict[str, Overlay]]:
    """The manual's settings and the overlays, with the translated files of their overrides."""
    written = loaded.manual.language
    in_other_words = written not in chain(language)
    manual = settings.in_manual(loaded.manual, finder.plain) if in_other_words else loaded.manual

    def changed(overlay: Overlay) -> Overlay:
        overrides = tuple(replace(o, document=documents[o.document.path]) for o in overlay.overrides)
        out = replace(overlay, overrides=overrides)
        return settings.in_overlay(out, written, language, finder.plain) if in_other_words else out

    return manual, {code: changed(overlay) for code, overlay in loaded.overlays.items()}


class _Finder:
    """Looks messages up, and reads the translations of a catalog the first time that one of them is asked for."""

    def __init__(
        self, loaded: Loaded, catalogs: Sequence[Catalog], cache: CacheStore, found: Mapping[Key, Found]
    ) -> None:
        self.loaded, self.cache, self.found = loaded, cache, found
        self.catalogs = {catalog.path: catalog for catalog in catalogs}
        self.judged: dict[tuple[str, int], tuple[str, ...]] = {}
        self.entries: dict[tuple[str, str, str], Found] = {}
        for catalog in reversed(catalogs):
            for entry in catalog.entries:
                if entry.translation.text.strip() and not entry.obsolete:
                    state = State.STALE if entry.fuzzy else State.TRANSLATED
                    self.entries[catalog.source, *entry.key] = Found(state, entry, catalog.path)
        self.notations: Notations = notations_of(loaded.manual)

    def find(self, path: str, message: Message) -> Found:
        """What the catalogs have for a message of a file, with its inlines; damaged translations count as missing."""
        found = self.found.get((path, message.key))
        if found is None or found.entry is None:
            return Found(State.MISSING)
        if self.damage(message, found):
            return Found(State.MISSING)
        if found.state is State.STALE and message.markdown and _misleads(message, found.entry):
            return found
        return replace(found, inlines=self._inlines(found)) if message.markdown else found

    def plain(self, message: Message) -> Found:
        """What the catalogs have for a setting or a label: the same text under the same name, or nothing."""
        return self.entries.get((message.path, *message.key), Found(State.MISSING))

    def damage(self, message: Message, found: Found) -> tuple[str, ...]:
        """What keeps a translation of today's text from being used."""
        if found.state is not State.TRANSLATED or found.entry is None or not message.markdown:
            return ()
        place = (found.catalog, found.entry.start)
        if place not in self.judged:
            wrong = tuple(placeholders.damage(found.entry.source, found.entry.translation.text))
            unreadable = () if self._inlines(found) else ("it cannot be read as one paragraph",)
            self.judged[place] = wrong or unreadable
        return self.judged[place]

    def _inlines(self, found: Found) -> tuple[Node, ...]:
        assert found.entry is not None
        return self.read.get(found.catalog, {}).get((found.entry.start, found.entry.end), ())

    @cached_property
    def read(self) -> dict[str, dict[tuple[int, int], tuple[Node, ...]]]:
        """The inlines of every translation of Markdown, by the path of its catalog and the entry's span in it."""
        sources = {path: self.loaded.documents.get(c.source) for path, c in self.catalogs.items()}
        texts = {
            path: virtual.virtual(self.catalogs[path], source.text if source else "")
            for path, source in sources.items()
            if source or not self.catalogs[path].source
        }
        texts = {path: text for path, text in texts.items() if text.pieces}
        parsed = parse_all({path: text.text for path, text in texts.items()}, self.notations, self.cache)
        return {path: virtual.unfold(parsed[path].value.blocks, text) for path, text in texts.items()}


def as_document(path: str, text: str, notations: Notations, cache: CacheStore) -> Document:
    """What the translations of a catalog show, one paragraph each, with places in the catalog's text.

    One that cannot be read shows nothing, nor does a catalog with an error.
    """
    catalog = po.read_catalog(path, "", text).value
    source = virtual.virtual(catalog, "")
    found = virtual.unfold(parse(path, source.text, notations, cache).value.blocks, source) if source.pieces else {}
    blocks: list[Node] = [{"t": "Para", "c": list(inlines), "p": path} for inlines in found.values()]
    return Document(path, text, {}, blocks)


def _damaged(asked: Sequence[Message], path: str, finder: _Finder) -> Iterable[Diagnostic]:
    for message in {message.key: message for message in asked}.values():
        found = finder.found.get((path, message.key))
        if found is None or found.entry is None:
            continue
        for wrong in finder.damage(message, found):
            yield error(
                "translation-damaged",
                f'the translation of "{_short(message.text)}" is damaged: {wrong}',
                Position(found.catalog, found.entry.line),
                "mend it in the catalog; until then it is not used",
            )


def _stops(asked: Sequence[Message], document: Document, finder: _Finder, language: str) -> Iterable[Diagnostic]:
    open_ = [m for m in asked if finder.find(document.path, m).state is not State.TRANSLATED]
    if open_:
        line = document.line_of(max(open_[0].start, 0))
        message = f"{len(open_)} of {len(asked)} blocks have no translation of today's text into {language}"
        hint = "translate them, or build with the policy `keep` or `source`, which mark them"
        yield error("translation-missing", message, Position(document.path, line), hint)


def _misleads(message: Message, entry: Entry) -> bool:
    """A stale translation says what no wording said, or refers to what today's text does not refer to any more."""
    earlier = [wording for wording in (entry.source, entry.previous) if wording]
    return placeholders.misleads(message.text, earlier, entry.translation.text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
