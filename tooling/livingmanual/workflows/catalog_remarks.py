"""Suggestions on a translation, before they become remarks: what they may not take out of a message.

A message has the variables, citations, references and notes of its source. A reviewer who takes one out of the
translated text, or all of its words, speaks about the source: the suggestion keeps its place and its words, but a
person must decide what it means, because the catalog could not hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from livingmanual.model.catalog import Catalog, Entry
from livingmanual.model.remark import Edit, Remark
from livingmanual.review.remarks import Reading
from livingmanual.text import quoted
from livingmanual.translate import placeholders, po

EMPTIED = "a translation without words is none; take the text out of the source, or out of the country's edition"

KEPT = "a translation keeps what its source refers to; make this change in the source text"
BY_HAND = "write it by hand into the catalog, as Markdown"


def checked(reading: Reading, catalogs: Mapping[str, Catalog]) -> Reading:
    """The reading with the edits taken off suggestions that would damage a translation, and why they were."""
    return replace(reading, remarks=tuple(_checked(remark, catalogs) for remark in reading.remarks))


def _checked(remark: Remark, catalogs: Mapping[str, Catalog]) -> Remark:
    edits = [edit for edit in remark.edits if quoted.is_catalog(edit.path)]
    why = next((found for edit in edits for found in _damage(edit, edits, catalogs)), "")
    return replace(remark, edits=(), anchor=replace(remark.anchor, why=why)) if why else remark


class Today:
    """The catalogs that edits are about to change, each read once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.read: dict[str, Catalog | None] = {}
        self.kept: dict[str, list[Edit]] = {}

    def take(self, edits: Sequence[Edit]) -> str:
        """Keep the edits of one remark, or say why they would do harm to a translation, beside those kept before."""
        mine = [edit for edit in edits if quoted.is_catalog(edit.path)]
        for edit in mine:
            catalog = self._catalog(edit.path)
            if catalog is None:
                return f"{edit.path} cannot be read today, see `manual check`; mend it first"
            beside = [*self.kept.get(edit.path, ()), *(e for e in mine if e.path == edit.path)]
            wrong = _damage(edit, beside, {edit.path: catalog})
            if wrong:
                return wrong[0]
        for edit in mine:
            self.kept.setdefault(edit.path, []).append(edit)
        return ""

    def _catalog(self, path: str) -> Catalog | None:
        if path not in self.read:
            outcome = po.read_catalog(path, "", self.texts[path])
            self.read[path] = None if outcome.failed else outcome.value
        return self.read[path]


def _damage(edit: Edit, edits: Sequence[Edit], catalogs: Mapping[str, Catalog]) -> tuple[str, ...]:
    catalog = catalogs.get(edit.path)
    entry = _entry(catalog, edit) if catalog else None
    if catalog is None or entry is None:
        return ("this change reaches over more than one message of the catalog",)
    start, end = entry.translation.span
    raw, at = [], start
    for found in sorted(e for e in edits if e.path == edit.path and start <= e.start and e.end <= end):
        raw += [catalog.text[at : found.start], found.new]
        at = found.end
    new = _unquoted("".join([*raw, catalog.text[at:end]]))
    if new is None:
        return ("the catalog could not be read any more",)
    if not new.strip():
        return (EMPTIED,)
    before = placeholders.damage(entry.source, entry.translation.text)
    referred = placeholders.lost(entry.source, new)
    return tuple(
        f"{found}: {KEPT if found in referred else BY_HAND}"
        for found in placeholders.damage(entry.source, new)
        if found not in before
    )


def _entry(catalog: Catalog, edit: Edit) -> Entry | None:
    return next(
        (e for e in catalog.entries if e.translation.span[0] <= edit.start and edit.end <= e.translation.span[1]), None
    )


def _unquoted(raw: str) -> str | None:
    """What stands between quotation marks, as text; None if that is no string of a PO file."""
    outcome = po.read_catalog("", "", f'msgid "x"\nmsgstr "{raw}"\n')
    entries = outcome.value.entries
    return entries[0].translation.text if len(entries) == 1 and not outcome.failed else None
