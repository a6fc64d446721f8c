"""Changes that people make to entries: a translation from another program, a confirmation; all by span.

Whoever changes the words of a machine's draft has read it, so the mark of the machine goes; whoever confirms it without
a change leaves name and day in its place. Entries that nobody touched keep every byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from livingmanual.model.catalog import DRAFTED, Catalog, Entry
from livingmanual.translate import placeholders, po
from livingmanual.translate.po import Kind

CONFIRMED = "confirmed: "
"""Begins the translator's comment that says who confirmed a draft, and when."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of an entry; None leaves that as it is."""

    translation: str | None = None
    fuzzy: bool | None = None
    drafted: bool | None = None
    comments: tuple[str, ...] = ()
    """Translators' comments to be added."""

    @property
    def empty(self) -> bool:
        """True if nothing changes."""
        return (self.translation, self.fuzzy, self.drafted, self.comments) == (None, None, None, ())


@dataclass(frozen=True, slots=True)
class Taken:
    """What an entry from another program means for ours."""

    entry: Entry
    """The one that came back."""
    ours: Entry | None
    change: Change
    damage: tuple[str, ...] = ()


def revised(catalog: Catalog, changes: Mapping[int, Change]) -> str:
    """The new text of a catalog; `changes` by the offset of an entry."""
    out, at = [], 0
    for entry in catalog.entries:
        change = changes.get(entry.start, Change())
        if not change.empty:
            out += [catalog.text[at : entry.start], _entry(catalog.text, entry, change)]
            at = entry.end
    return "".join([*out, catalog.text[at:]])


def _entry(text: str, entry: Entry, change: Change) -> str:
    slice_ = text[entry.start : entry.end]
    end = "\r\n" if "\r\n" in text else "\n"
    flags = [flag for flag in entry.flags if flag != "fuzzy" or change.fuzzy is not False]
    flags = ["fuzzy", *flags] if change.fuzzy and not entry.fuzzy else flags
    out: list[str] = []
    notes = [f"# {comment}{end}" for comment in change.comments]
    notes += [f"# {DRAFTED}{end}"] if change.drafted and not entry.drafted else []
    said = list(entry.flags) == flags
    keyword = ""
    for line in po.lines(slice_):
        raw, body = slice_[line.start : line.end], slice_[line.body : line.stop]
        if line.kind is Kind.COMMENT:
            out += [raw] if change.drafted is not False or body != DRAFTED else []
            continue
        out, notes = [*out, *notes], []
        if not said and line.kind not in (Kind.EXTRACTED, Kind.REFERENCE):
            out += [f"#, {', '.join(flags)}{end}"] if flags else []
            said = True
            if line.kind is Kind.FLAGS:
                continue
        found = po.KEYWORD.match(slice_, line.body, line.stop) if line.kind is Kind.STRING else None
        keyword = found[1] if found else keyword
        if line.kind is Kind.PREVIOUS and change.fuzzy is False:
            continue
        if keyword == "msgstr" and change.translation is not None:
            out += po.string("msgstr", change.translation, end) if found else []
        else:
            out.append(raw)
    return "".join(out)


def taken(ours: Catalog, theirs: Catalog, markdown: bool) -> list[Taken]:
    """What each translated entry of a catalog that came back means for ours; `markdown`: of a text, not of settings.

    An entry finds its own by context and text, or by text alone if a program lost the context and one entry only has
    that text; one that was sent out before its text changed finds it by the previous wording, and stays fuzzy.
    """
    by_key = {entry.key: entry for entry in reversed(ours.entries) if not entry.obsolete}
    by_previous = {(e.context, " ".join(e.previous.split())): e for e in ours.entries if e.fuzzy and e.previous}
    texts = Counter(text for _, text in by_key)
    by_text = {key[1]: entry for key, entry in by_key.items() if texts[key[1]] == 1}
    found: list[Taken] = []
    for entry in theirs.entries:
        if entry.obsolete or not entry.translation.text.strip():
            continue
        own = by_key.get(entry.key) or (None if entry.context else by_text.get(entry.key[1]))
        earlier = own is None
        own = own or by_previous.get(entry.key)
        change = _change(own, entry, earlier) if own else Change()
        harm: tuple[str, ...] = ()
        if change.translation is not None and markdown:
            harm = placeholders.damage(entry.source, change.translation)
        found.append(Taken(entry, own, change, harm))
    return found


def _change(ours: Entry, theirs: Entry, earlier: bool) -> Change:
    words = theirs.translation.text
    new = words if words != ours.translation.text else None
    fuzzy = None if earlier or theirs.fuzzy == ours.fuzzy else theirs.fuzzy
    if fuzzy is False and new is None and not ours.translation.text.strip():
        fuzzy = None
    kept = {comment.strip() for comment in ours.comments}
    comments = tuple(c.strip() for c in theirs.comments if c.strip() and c.strip() not in kept and c.strip() != DRAFTED)
    drafted = False if new is not None and ours.drafted else None
    if new is not None and not ours.drafted and DRAFTED in theirs.comments and not ours.translation.text.strip():
        drafted = True
    return Change(new, fuzzy, drafted, comments)


def confirmations(catalog: Catalog, context: str, by: str, day: str) -> dict[int, Change]:
    """The changes that confirm the machine's drafts of a catalog; fuzzy ones stay drafts.

    `context`: only the entries that have it (empty: all); `by`: the name, or alias, of who confirms; `day`: ISO 8601.
    """
    change = Change(drafted=False, comments=(f"{CONFIRMED}{by}, {day}",))
    return {
        entry.start: change
        for entry in catalog.entries
        if entry.drafted and not entry.fuzzy and not entry.obsolete and entry.translation.text.strip()
        if not context or entry.context == context
    }
