"""Take a PO file that came back from Poedit, Weblate or Lokalise into our catalog, and confirm what a machine drafted.

Such programs wrap lines and order entries as they like, so the file is never put in the place of ours: each translation
is looked up and written into our entry. First everything is looked at, then everything is written; a file with a
damaged placeholder, of another language or of another source file leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from livingmanual.adapters.disk import DiskFolder
from livingmanual.errors import ContentProblem, PartMissing, WrongUse
from livingmanual.model.catalog import Catalog
from livingmanual.model.diagnostic import Diagnostic, Position, error, warning
from livingmanual.model.limits import MIB
from livingmanual.translate import po, revise
from livingmanual.translate.revise import Taken
from livingmanual.workflows.catalogs import chain, path_of
from livingmanual.workflows.editions import Shelf, open_draft
from livingmanual.workflows.translate import chosen, languages, read, wanted_in

LARGEST = 16 * MIB
"""A file from outside that is larger is not read; the largest catalog of a book has about one mebibyte."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was taken from one file, or confirmed in one catalog."""

    file: str
    catalog: str
    changed: int
    """Entries whose translation is another now; for a confirmation, those confirmed."""
    diagnostics: tuple[Diagnostic, ...] = ()


def take(root: Path, files: Sequence[Path], language: str) -> list[Result]:
    """Take the translations of some PO files over; raises ContentProblem, before anything is written, if one is wrong.

    `language`: of all files; empty for the one that each names in its header.
    """
    shelf, folder = open_draft(root), DiskFolder(root)
    if language:
        chosen(shelf, [language])
    plans = [_Plan(shelf, file, language) for file in files]
    wrong = [trouble for plan in plans for trouble in plan.errors]
    if wrong:
        raise ContentProblem("\n".join(map(str, wrong)), "mend these in the file; nothing was written")
    texts: dict[str, str] = {}
    for plan in plans:
        if plan.ours.path in texts:
            raise WrongUse(f"two files are for {plan.ours.path}", "import them one after the other")
        changes = {t.ours.start: t.change for t in plan.taken if t.ours and not t.change.empty}
        texts[plan.ours.path] = revise.revised(plan.ours, changes)
    for path, text in texts.items():
        folder.write(path, text.encode("utf-8"))
    return [plan.result() for plan in plans]


class _Plan:
    """One returned file: whose it is, and what it means for our catalog."""

    def __init__(self, shelf: Shelf, file: Path, language: str) -> None:
        self.name = str(file)
        self.errors: list[Diagnostic] = []
        self.notes: list[Diagnostic] = []
        self.taken: list[Taken] = []
        theirs = self._read(file)
        self.ours = Catalog("", "", "", ())
        if theirs is None:
            return
        self.language = self._language(shelf, theirs, language)
        if self.errors:
            return
        wanted = wanted_in(shelf, self.language)
        catalogs, _ = read(shelf, self.language, wanted)
        self.ours = _own(theirs, [catalog for catalog in catalogs if catalog.source], file, self.language)
        self.taken = revise.taken(self.ours, theirs, self.ours.source.endswith(".md"))
        self._judge([catalog for catalog in catalogs if catalog.path != self.ours.path])

    def _read(self, file: Path) -> Catalog | None:
        try:
            if file.stat().st_size > LARGEST:
                said = f"this file is larger than {LARGEST // MIB} MiB, which no catalog is"
                self.errors.append(error("too-large", said, Position(self.name), "look whether it is the right file"))
                return None
            raw = file.read_bytes()
        except OSError as trouble:
            raise PartMissing(f"{file} cannot be read: {trouble.strerror}", "check its name") from trouble
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as trouble:
            at = Position(self.name, raw.count(b"\n", 0, trouble.start) + 1)
            said = f"this file is not UTF-8: byte {trouble.start} cannot be read"
            self.errors.append(error("encoding", said, at, "let the program save it as UTF-8"))
            return None
        outcome = po.read_catalog(self.name, "", text)
        self.errors += [trouble for trouble in outcome.diagnostics if trouble.severity.value == "error"]
        return None if outcome.failed else outcome.value

    def _language(self, shelf: Shelf, theirs: Catalog, asked: str) -> str:
        """The language of the file; programs may say `fr_FR` where the manual says `fr`."""
        said = dict(theirs.header).get("Language", "").strip().replace("_", "-")
        near = next((name for name in chain(said) if name in languages(shelf)), said)
        if asked and said and asked not in (said, near):
            at = Position(self.name, 1)
            hint = "give the right --language, or mend the header"
            self.errors.append(error("catalog-language", f'the header says "{said}" and not "{asked}"', at, hint))
        if not (asked or said):
            raise WrongUse(f"{self.name} does not say its language", "name it with --language")
        return chosen(shelf, [asked or near])[0]

    def _judge(self, others: Sequence[Catalog]) -> None:
        homes = {e.key: c.path for c in reversed(others) for e in c.entries if not e.obsolete}
        for taken in self.taken:
            at, short = Position(self.name, taken.entry.line), _short(taken.entry.source)
            if taken.ours is None and taken.entry.key in homes:
                said = f'"{short}" is a message of {homes[taken.entry.key]}, not of {self.ours.path}'
                self.errors.append(error("message-elsewhere", said, at, "move it to the file for that catalog"))
            elif taken.ours is None:
                hint = "look whether its translation is of use in the entry that took its place"
                said = f'"{short}" is not in {self.ours.path}: its text has changed; it was left out'
                self.notes.append(warning("message-unknown", said, at, hint))
            for harm in taken.damage:
                said = f'the translation of "{short}" is damaged: {harm}'
                self.errors.append(error("translation-damaged", said, at, "write it as the source has it"))

    def result(self) -> Result:
        """What was taken."""
        changed = sum(taken.change.translation is not None for taken in self.taken)
        return Result(self.name, self.ours.path, changed, tuple(self.notes))


def _own(theirs: Catalog, ours: Sequence[Catalog], file: Path, language: str) -> Catalog:
    """The catalog that a file is for: by its header, else by its name, else by what it says."""
    source = dict(theirs.header).get("X-Source", "")
    named = [c for c in ours if source and c.path == path_of(language, source)]
    if not named:
        wanted = {entry.key for entry in theirs.entries if not entry.obsolete}
        shares = [(len(wanted & _keys(c)), c.path.endswith(f"/{file.name}"), c) for c in ours]
        best = max(shares, key=lambda share: share[:2], default=None)
        named = [best[2]] if best and best[0] and (best[1] or best[0] * 2 > len(wanted)) else []
    if not named:
        hint = f"make our catalogs first: manual translate update --language {language}"
        raise WrongUse(f"{file} belongs to none of the catalogs of {language}", hint)
    return named[0]


def _keys(catalog: Catalog) -> set[tuple[str, str]]:
    """What the catalog's entries are found by, those of earlier wordings included."""
    return {e.key for e in catalog.entries} | {
        (e.context, " ".join(e.previous.split())) for e in catalog.entries if e.previous
    }


def confirm(root: Path, language: str, files: Sequence[str], context: str, by: str) -> list[Result]:
    """Take the mark of the machine off drafts, and write down who read them and when.

    `files`: catalogs or source files, relative to the workspace (none: all); `context`: only entries with it.
    """
    if not by.strip():
        raise WrongUse("nobody is named who confirms", 'give a name or an alias: --by "A. Translator"')
    shelf, folder = open_draft(root), DiskFolder(root)
    wanted = wanted_in(shelf, chosen(shelf, [language])[0])
    catalogs, _ = read(shelf, language, wanted)
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    named = [_named(catalogs, name) for name in files] or catalogs
    found = []
    for catalog in named:
        changes = revise.confirmations(catalog, context, " ".join(by.split()), day)
        if changes:
            folder.write(catalog.path, revise.revised(catalog, changes).encode("utf-8"))
        found.append(Result("", catalog.path, len(changes)))
    return found


def _named(catalogs: Sequence[Catalog], name: str) -> Catalog:
    wanted = PurePosixPath(name).as_posix()
    for catalog in catalogs:
        if wanted in (catalog.path, catalog.source) or catalog.path.endswith(f"/{wanted}"):
            return catalog
    raise WrongUse(f'there is no catalog "{name}"', "name a catalog or a source file as `manual translate status` does")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
