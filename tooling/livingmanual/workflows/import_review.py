"""Import a returned Word file: read it, find the edition it was made from, place every remark, write the submission.

Nothing is written before everything is known, and then in one step; a file that was imported before adds nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from livingmanual import __version__
from livingmanual.adapters.disk import DiskFolder
from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Severity
from livingmanual.model.edition import EditionKey
from livingmanual.model.ledger import Counted
from livingmanual.model.remark import AnchorState, Remark
from livingmanual.model.returned import Returned
from livingmanual.render.docx import plan
from livingmanual.review.count import count_changes
from livingmanual.review.elsewhere import as_others_write
from livingmanual.review.ledger import account_of_reading, check_reading
from livingmanual.review.remarks import Expected, Reading, read_remarks
from livingmanual.review.word.reader import read_word
from livingmanual.workflows import catalog_remarks, reviews
from livingmanual.workflows.editions import DRAFT, Shelf, in_language, open_revision
from livingmanual.workflows.reviews import ORIGINAL, PRIVATE, REVIEWS

HARMLESS = frozenset({"word-bookmark-open"})
"""What says nothing to people: LibreOffice never closes the bookmarks of empty cells."""
THREAD_FACTS = ("reply", "resolved")
ANONYMOUS = frozenset({"", "author", "anonymous", "unknown author", "microsoft office user"})


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import found and did."""

    submission: str
    """Folder of the submission."""
    edition: EditionKey
    found: dict[str, int]
    accounted: dict[str, int]
    differences: tuple[str, ...]
    remarks: tuple[Remark, ...]
    """All remarks of the file, those known from earlier submissions included."""
    added: int
    """How many of them are new."""
    notices: tuple[str, ...] = ()
    known: bool = False
    """True if this very file was imported before."""
    alias: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def balanced(self) -> bool:
        """True if every change and comment of the file is in exactly one remark."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """The record of design section 6.1."""
        return {
            "submission": self.submission,
            "edition": {
                "country": self.edition.country,
                "language": self.edition.language,
                "revision": self.edition.revision,
            },
            "ledger": {"found": self.found, "accounted": self.accounted, "balanced": self.balanced},
            "remarks": [
                {**remark.as_json(), "disposition": None, "reason": None, "merge": None} for remark in self.remarks
            ],
            "added": self.added,
            "notices": list(self.notices),
            "differences": list(self.differences),
        }

    def lines(self) -> list[str]:
        """The receipt, which can be sent to the reviewer as it is."""
        comments = [r for r in self.remarks if r.kind == "comment"]
        changes = [r for r in self.remarks if r.kind == "suggestion"]
        out = [
            f"Receipt for {self.submission}",
            f"Edition: {self.edition.country}, {self.edition.language}, {self.edition.revision[:12]}",
        ]
        if self.known:
            out.append("This file was imported before; nothing was added.")
        out.append(
            f"Found: {_count(comments, 'comment')} and {_count(changes, 'change')} "
            f"({_untracked(changes)} without Track Changes)."
        )
        for kind, some in (("Comments", comments), ("Changes", changes)):
            placed = [r for r in some if r.anchor.state is not AnchorState.UNPLACED]
            out.append(f"{kind}: {len(placed)} placed in the text, {len(some) - len(placed)} not placed.")
        out += [
            f"  not placed: {_short(r)} ({r.anchor.why})"
            for r in self.remarks
            if r.anchor.state is AnchorState.UNPLACED
        ]
        out += [
            f"  placed, to be looked at by a person: {_short(r)} ({r.anchor.why})"
            for r in changes
            if not r.applicable and r.anchor.state is not AnchorState.UNPLACED
        ]
        out.append(
            "Every comment and change of the file is accounted for."
            if self.balanced
            else "THE ACCOUNT DOES NOT BALANCE: " + "; ".join(self.differences)
        )
        return [*out, *(f"Note: {notice}" for notice in self.notices)]


def _count(some: Sequence[Remark], word: str) -> str:
    return f"{len(some)} {word}" + ("" if len(some) == 1 else "s")


def _untracked(changes: Iterable[Remark]) -> int:
    return sum(not change.tracked for change in changes)


def _short(remark: Remark) -> str:
    text = remark.text or f"{remark.old} -> {remark.new}"
    return f'"{" ".join(text.split())[:80]}"'


def import_file(
    root: Path,
    file: Path,
    round_name: str,
    edition: str | None = None,
    author: str | None = None,
    alias: str | None = None,
) -> ImportReport:
    """Import one file into a round.

    `edition` names the edition (`KE/en@REV`) of a file that carries no stamp. `author` (`NAME <MAIL>`) names the
    reviewer where the file does not; `alias` keeps name and file out of git. Raises WrongUse for a file that cannot be
    imported; writes nothing then.
    """
    folder = DiskFolder(root)
    reviews.need_round(folder, round_name)
    data = _bytes(file, alias)
    returned, notices = _read(data, alias or file.name)
    key = _edition(returned, edition)
    shelf = open_revision(root, key.revision)
    key = replace(key, revision=shelf.revision_of(key.country))
    manual = returned.stamp.stamp.manual if returned.stamp.stamp else shelf.loaded.manual.id
    if manual != shelf.loaded.manual.id:
        raise WrongUse(
            f'this file belongs to another manual, "{manual}"; this workspace holds "{shelf.loaded.manual.id}"',
            "import it in the workspace of that manual",
        )
    counted = count_changes(data)
    reading = read_remarks(returned, as_others_write(_expected(shelf, key), returned), "")
    reading = catalog_remarks.checked(reading, in_language(shelf, key.country, key.language).catalogs)
    people = _people(returned, reading, author, alias)
    reading = _named(reading, people, alias)
    return _submit(
        folder, _Case(round_name, file.name, data, key, people, alias, author), returned, counted, reading, notices
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One import."""

    round: str
    file: str
    data: bytes
    key: EditionKey
    people: dict[str, str]
    """Name in the file -> name to use."""
    alias: str | None
    author: str | None

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()


def _bytes(file: Path, alias: str | None) -> bytes:
    shown = "the file" if alias else str(file)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise WrongUse(f"{shown} is not there", "check the path") from None
    except OSError as trouble:
        raise WrongUse(f"{shown} cannot be read: {trouble.strerror}", "check the path and its permissions") from None


def _read(data: bytes, name: str) -> tuple[Returned, list[str]]:
    outcome = read_word(data, name=name)
    if outcome.value is None:
        raise WrongUse("\n".join(str(d) for d in outcome.diagnostics))
    told = [d for d in outcome.diagnostics if d.severity is not Severity.NOTE and d.code not in HARMLESS]
    return outcome.value, [str(d) for d in told]


def _edition(returned: Returned, named: str | None) -> EditionKey:
    """The edition that the file was made from: named by hand, or by the file's stamp."""
    if named:
        match = re.fullmatch(r"(\w+)/([\w-]+)@(\S+)", named)
        if not match:
            raise WrongUse(f'"{named}" names no edition', "write it as COUNTRY/LANGUAGE@REVISION, e.g. KE/en@HEAD")
        return EditionKey(*match.groups())
    reading = returned.stamp
    if reading.stamp is None:
        why = (
            "its stamps contradict each other" if reading.found and not reading.agree else "it carries no edition stamp"
        )
        raise WrongUse(f"the edition of this file is not known: {why}", "name it: --edition COUNTRY/LANGUAGE@REVISION")
    if reading.stamp.edition.revision == DRAFT:
        raise WrongUse(
            "this file was built from uncommitted files (a draft), so what the reviewer saw cannot be rebuilt",
            "send reviewers a committed revision; or name the nearest one: --edition COUNTRY/LANGUAGE@REVISION",
        )
    return reading.stamp.edition


def _expected(shelf: Shelf, key: EditionKey) -> Expected:
    """The blocks of the edition as its Word file shows them, the review instructions included."""
    edition = shelf.edition(key.country, key.language).value
    made = plan(edition, __version__, review=True)
    blocks = {block.id: block for block in (*edition.blocks, *made.frame)}
    documents = in_language(shelf, key.country, key.language).documents
    return Expected(made.order, blocks, dict(documents))


def _people(returned: Returned, reading: Reading, author: str | None, alias: str | None) -> dict[str, str]:
    """How each author of the file is to be called; raises WrongUse if somebody has no name and none was given."""
    names = list(
        dict.fromkeys([remark.author for remark in reading.remarks] + [n for r in reading.remarks for n in r.others])
    )
    if alias:
        return {name: alias if number == 0 else f"{alias}-{number + 1}" for number, name in enumerate(names or [""])}
    nameless = [name for name in names if name.strip().lower() in ANONYMOUS]
    given = re.sub(r"\s*<[^>]*>\s*$", "", author or "").strip()
    tracked_names = [name for name in names if name not in nameless]
    if (
        nameless
        and not given
        and any(r.tracked or r.kind == "comment" for r in reading.remarks if r.author in nameless)
    ):
        raise WrongUse(
            "this file does not say who made its changes (the names were removed)",
            'name the reviewer: --author "NAME <MAIL>", or keep the name out of git: --alias ALIAS',
        )
    if nameless and not given and len(tracked_names) == 1:
        given = tracked_names[0]
    if nameless and not given:
        raise WrongUse(
            "this file holds changes made without Track Changes, and does not say who made them",
            'name the reviewer: --author "NAME <MAIL>", or keep the name out of git: --alias ALIAS',
        )
    return {name: (given if name in nameless else name) for name in names}


def _named(reading: Reading, people: dict[str, str], alias: str | None) -> Reading:
    remarks = tuple(_rename(remark, people, alias) for remark in reading.remarks)
    return replace(reading, remarks=remarks)


def _rename(remark: Remark, people: dict[str, str], alias: str | None) -> Remark:
    """The remark under the names to use; under an alias every known name disappears from the words as well."""
    out = replace(
        remark, author=people.get(remark.author, remark.author), others=tuple(people.get(n, n) for n in remark.others)
    )
    if not alias:
        return out
    return replace(
        out, initials="", text=_scrub(out.text, people), anchor=replace(out.anchor, why=_scrub(out.anchor.why, people))
    )


def _scrub(text: str, people: dict[str, str]) -> str:
    for name, used in sorted(people.items(), key=lambda item: -len(item[0])):
        if len(name.strip()) > 1 and name.strip().lower() not in ANONYMOUS:
            text = re.sub(re.escape(name), used, text, flags=re.IGNORECASE)
    return text


def _submit(
    folder: DiskFolder, case: _Case, returned: Returned, counted: Counted, reading: Reading, notices: list[str]
) -> ImportReport:
    found, accounted, differences = _account(returned, counted, reading)
    earlier = list(reviews.submissions(folder, case.round))
    same = next((s for s in earlier if s.head.get("sha256") == case.digest), None)
    scope, remarks = _scoped(reading.remarks, earlier, case)
    known = {remark.id for s in earlier for remark in s.remarks}
    new = [remark for remark in remarks if remark.id not in known]
    whole = same is not None and bool((same.head.get("ledger") or {}).get("balanced", True))
    name = same.folder if same else f"{REVIEWS}/{case.round}/{_slug(_first(case))}-{case.digest[:8]}"
    if reading.foreign:
        notices = [*notices, "hardly any paragraph of this file is in the edition; is it a return of it?"]
    report = ImportReport(
        name,
        case.key,
        found,
        accounted,
        differences,
        remarks,
        0 if whole else len(new),
        (*notices, *reading.notices),
        whole,
        case.alias or "",
    )
    if not whole:
        _write(folder, name, case, report, new, scope, same)
    return report


def _account(
    returned: Returned, counted: Counted, reading: Reading
) -> tuple[dict[str, int], dict[str, int], tuple[str, ...]]:
    """What the counter found, what the remarks hold, and where the two differ."""
    found = counted.totals
    held: Counter[str] = Counter()
    for remark in reading.remarks:
        held.update(remark.counted)
    read = account_of_reading(returned, counted)
    for fact in THREAD_FACTS:
        if read.accounted.get(fact):
            held[fact] = read.accounted[fact]
    differences = [str(d) for d in check_reading(returned, counted)]
    differences += [f"{part}: cannot be counted: {why}" for part, why in counted.unreadable.items()]
    differences += [
        f"{kind}: {found.get(kind, 0)} in the file, {held.get(kind, 0)} in remarks"
        for kind in sorted({*found, *held})
        if found.get(kind, 0) != held.get(kind, 0)
    ]
    return found, dict(sorted(held.items())), tuple(differences)


def _scoped(
    remarks: Iterable[Remark], earlier: list[reviews.Submission], case: _Case
) -> tuple[str, tuple[Remark, ...]]:
    """Give ids their scope, so that equal remarks of two people stay apart and a second version of one file adds only
    what is new: a file shares the scope of an earlier one with which it has a dated remark in common.
    """
    remarks = list(remarks)
    for submission in earlier:
        scope = str(submission.head.get("scope", ""))
        known = {remark.id for remark in submission.remarks}
        if any(_in_scope(remark, scope).id in known for remark in remarks if remark.raw_date):
            return scope, _all_in_scope(remarks, scope)
        if submission.head.get("sha256") == case.digest:
            return scope, _all_in_scope(remarks, scope)
    scope = case.digest[:16]
    return scope, _all_in_scope(remarks, scope)


def _all_in_scope(remarks: list[Remark], scope: str) -> tuple[Remark, ...]:
    return tuple(_in_scope(remark, scope) for remark in remarks)


def _in_scope(remark: Remark, scope: str) -> Remark:
    def named(name: str) -> str:
        return hashlib.blake2b(f"{scope}\n{name}".encode(), digest_size=6).hexdigest()

    return replace(remark, id=named(remark.id), parent=named(remark.parent) if remark.parent else None)


def _first(case: _Case) -> str:
    return (
        case.alias
        or re.sub(r"\s*<[^>]*>\s*$", "", case.author or "")
        or next(iter(case.people.values()), "")
        or "reviewer"
    )


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "reviewer"


def _write(
    folder: DiskFolder,
    name: str,
    case: _Case,
    report: ImportReport,
    new: list[Remark],
    scope: str,
    same: reviews.Submission | None,
) -> None:
    """Write a submission: its head last, because a folder without one does not count.

    `same`: the same file's submission whose account did not balance; what is new is added to it.
    """
    mail = re.search(r"<([^>]+)>", case.author or "")
    head: dict[str, Any] = {
        "format": 1,
        "scope": scope,
        "sha256": case.digest,
        "edition": {"country": case.key.country, "language": case.key.language, "revision": report.edition.revision},
        "authors": sorted(set(case.people.values())),
        "ledger": {"found": report.found, "accounted": report.accounted, "balanced": report.balanced},
    }
    if mail and not case.alias:
        head["mail"] = mail.group(1)
    if not case.alias:
        head["file"] = case.file
        folder.write(f"{name}/{ORIGINAL}", case.data)
    else:
        folder.write(f"{PRIVATE}/.gitignore", b"*\n")
        folder.write(f"{PRIVATE}/{name.removeprefix(REVIEWS + '/')}/{ORIGINAL}", case.data)
    known = folder.read(f"{name}/remarks.jsonl") or b"" if same else b""
    lines = [json.dumps(remark.as_json(), ensure_ascii=False, sort_keys=True) for remark in new]
    folder.write(f"{name}/remarks.jsonl", known + "".join(line + "\n" for line in lines).encode())
    if same is None:
        folder.write(f"{name}/dispositions.yaml", reviews.HEAD.encode())
    folder.write(f"{name}/submission.yaml", reviews.yaml_bytes(head, "Written by `manual review import`; do not edit."))
