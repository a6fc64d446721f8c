"""New text of catalogs: what changed in the source changes in the catalog, and not one byte more.

A catalog is cut into its entries and the blank lines between them. An entry whose message is still there keeps its
bytes, whatever program wrapped them. A changed message changes its entry in place: it becomes fuzzy and shows the
previous wording (`#|`). A new one is put behind the entry of the message before it, one that was moved to another file
takes its translation along, and what is gone stays at the end as an obsolete entry, if it had a translation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from livingmanual.model.catalog import Catalog, Entry, Found, State
from livingmanual.text import quoted
from livingmanual.translate import po
from livingmanual.translate.match import Key
from livingmanual.translate.places import Wanted
from livingmanual.translate.po import Kind

NOTHING = Found(State.MISSING)


def header(project: str, source: str, language: str, date: str) -> str:
    """The header of a new catalog; `date` as gettext writes it, `2026-11-21 12:00+0000`.

    Its fields are those that `msgfmt --check-header` asks for; `X-Source` says which file the catalog translates.
    """
    fields = {
        "Project-Id-Version": project,
        "PO-Revision-Date": date,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source": source,
    }
    lines = [f'"{quoted.escape(f"{name}: {value}")}\\n"\n' for name, value in fields.items()]
    return "".join(['msgid ""\n', 'msgstr ""\n', *lines])


def updated(
    wanted: Mapping[str, Sequence[Wanted]], catalogs: Sequence[Catalog], found: Mapping[Key, Found], fill: bool = True
) -> dict[str, str]:
    """The new text of every catalog of one language, by its path.

    `wanted`: by source file, each message once; `catalogs`: one for each of these files, a new one with its header
    only, and those of files that are gone; `found`: what `match` says. Without `fill`, messages that have no
    translation get no entry, as in the catalogs of a region that only say what differs.
    """
    texts = {catalog.path: catalog.text for catalog in catalogs}
    used = {(f.catalog, f.entry.start): key for key, f in found.items() if f.entry}
    return {c.path: _Writing(c, texts, found, used, fill).text(wanted.get(c.source, ())) for c in catalogs}


def template(text: str, wanted: Sequence[Wanted]) -> str:
    """A catalog with an entry for every message and no translation: `text` is its header."""
    writer = _Entry("\n")
    return "".join([text, *("\n" + writer.made(item, None, "", State.MISSING) for item in wanted)])


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of the new text."""

    text: str
    gap: str | None = None
    """What stood between it and the entry before it; None for one blank line."""


@dataclass(slots=True)
class _Writing:
    """One catalog on its way to its new text."""

    catalog: Catalog
    texts: Mapping[str, str]
    found: Mapping[Key, Found]
    used: Mapping[tuple[str, int], Key]
    fill: bool
    own: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def text(self, wanted: Sequence[Wanted]) -> str:
        """The new text; the same if nothing changed."""
        self.own = {e.key: e for e in reversed(self.catalog.entries) if not e.obsolete}
        new, before = self._placed(wanted)
        items = [_Item(made) for made in before]
        gone: list[_Item] = []
        at, stray = self._head_end(), ""
        for entry in self.catalog.entries:
            gap = self.catalog.text[at : entry.start]
            at = entry.end
            kept = self._kept(entry, new)
            if kept is not None:
                items.append(_Item(kept, None if before and not items[len(before) :] else stray + gap))
                items += [_Item(made) for made in new.get(entry.start, ())[1:]]
            elif self._worth(entry):
                gone.append(_Item(self._entry().obsolete(self._slice(entry), entry.flags)))
            stray = stray + gap if kept is None and gap.strip() else ""
        return self._joined([*items, *gone])

    def _head_end(self) -> int:
        return self.catalog.entries[0].start if self.catalog.entries else len(self.catalog.text)

    def _slice(self, entry: Entry) -> str:
        return self.catalog.text[entry.start : entry.end]

    def _entry(self) -> _Entry:
        first = self.catalog.text.find("\n")
        return _Entry("\r\n" if first > 0 and self.catalog.text[first - 1] == "\r" else "\n")

    def _placed(self, wanted: Sequence[Wanted]) -> tuple[dict[int, list[str]], list[str]]:
        """By offset of an entry: its own new text, then the new entries behind it; and those before all."""
        places: dict[int, list[str]] = {}
        before: list[str] = []
        after = before
        for item in wanted:
            found = self.found.get((self.catalog.source, item.message.key), NOTHING)
            home = self._home(item.message.key, found)
            if home:
                after = places.setdefault(home.start, [""])
                after[0] = self._rewritten(item, home, found)
            elif found.entry or self.fill:
                after.append(self._made(item, found))
        return places, before

    def _home(self, key: tuple[str, str], found: Found) -> Entry | None:
        """The entry that stays in its place for a message: its own, or the one that is re-worded for it."""
        if key in self.own:
            return self.own[key]
        here = found.entry and found.catalog == self.catalog.path and not found.entry.obsolete
        return found.entry if here else None

    def _rewritten(self, item: Wanted, home: Entry, found: Found) -> str:
        own = found.entry is None or (found.catalog == self.catalog.path and found.entry.start == home.start)
        if own and home.key == item.message.key and home.extracted == (item.place,):
            return self._slice(home)
        return self._entry().made(item, home, self._slice(home), found.state) if own else self._made(item, found)

    def _made(self, item: Wanted, found: Found) -> str:
        entry = found.entry
        text = self.texts[found.catalog][entry.start : entry.end] if entry else ""
        return self._entry().made(item, entry, text, found.state)

    def _kept(self, entry: Entry, new: Mapping[int, Sequence[str]]) -> str | None:
        """The new text of an entry that stays in its place; None for one that goes."""
        if entry.start in new:
            return new[entry.start][0]
        return self._slice(entry) if entry.obsolete and self._worth(entry) else None

    def _worth(self, entry: Entry) -> bool:
        """True for what somebody translated and no message needs today.

        Gettext takes a message that stands twice for an error even where one of the two is obsolete.
        """
        twin = self.own.get(entry.key)
        served = (self.catalog.path, entry.start) in self.used
        live = (self.catalog.source, entry.key) in self.found
        double = twin is not None and twin.start != entry.start
        return not served and not live and not double and bool(entry.translation.text.strip())

    def _joined(self, items: Sequence[_Item]) -> str:
        text, entries, end = self.catalog.text, self.catalog.entries, self._entry().end
        head = text[: self._head_end()]
        if not items:
            return head if not entries else _ended(head.rstrip(), end)
        out = head if items[0].gap is not None else _apart(head, end)
        out += (items[0].gap or "").lstrip() + items[0].text
        for item in items[1:]:
            out = (_apart(out, end) if item.gap is None else _ended(out, end) + item.gap) + item.text
        tail = text[entries[-1].end :] if entries else ""
        return out + tail if tail.strip() or (entries and items[-1].text == self._slice(entries[-1])) else out


def _ended(text: str, end: str) -> str:
    return text if not text or text.endswith("\n") else text + end


def _apart(text: str, end: str) -> str:
    """The text with one blank line at its end, if there is anything in it."""
    text = _ended(text, end)
    blank = not text.strip(po.BYTE_ORDER_MARK) or text.endswith(("\n\n", "\n\r\n"))
    return text if blank else text + end


@dataclass(frozen=True, slots=True)
class _Entry:
    """Writes entries with the line ends of their file."""

    end: str

    def made(self, item: Wanted, donor: Entry | None, slice_: str, state: State) -> str:
        """The entry of a message. Translation and comments are the donor's, as `slice_` spells them."""
        message, raw = item.message, self._raw(slice_)
        same = donor is not None and donor.key == message.key
        stale = state is State.STALE and donor is not None and bool(donor.translation.text.strip())
        flags = [flag for flag in (donor.flags if donor else ()) if flag != "fuzzy"]
        wanted_flags = (["fuzzy"] if stale else []) + flags
        out = [*raw.get("#", ()), f"#. {item.place}{self.end}", *raw.get("#:", ())]
        if donor is not None and list(donor.flags) == wanted_flags:
            out += raw.get("#,", ())
        elif wanted_flags:
            out.append(f"#, {', '.join(wanted_flags)}{self.end}")
        if stale and donor is not None:
            out += raw.get("#|", ()) or ([] if same else self._previous(donor, message.context))
        kept = same and "msgid" in raw
        out += raw.get("msgctxt", []) if kept else po.string("msgctxt", message.context, self.end)
        out += raw["msgid"] if kept else po.string("msgid", message.text, self.end)
        out += raw.get("msgstr") or po.string("msgstr", "", self.end)
        return "".join(out)

    def obsolete(self, slice_: str, flags: Sequence[str]) -> str:
        """The same entry as an obsolete one: without what the tool says to translators, as msgmerge writes it."""
        raw = self._raw(slice_)
        out = [*raw.get("#", ()), *(raw.get("#,", ()) if flags else ())]
        out += [f"#~| {line.removeprefix('#|').lstrip()}" for line in raw.get("#|", ())]
        out += [f"#~ {line}" for name in ("msgctxt", "msgid", "msgstr") for line in raw.get(name, ())]
        return "".join(out)

    def _previous(self, donor: Entry, context: str) -> list[str]:
        moved = po.string("msgctxt", donor.context, self.end, "#| ") if donor.context != context else []
        return [*moved, *po.string("msgid", donor.source, self.end, "#| ")]

    def _raw(self, slice_: str) -> dict[str, list[str]]:
        """The lines of an entry by what they are, none of them obsolete, with the line ends of this file."""
        found: dict[str, list[str]] = {}
        keyword = ""
        for line in po.lines(slice_):
            name = line.kind.value
            body = slice_[line.start : line.stop]
            if line.kind is Kind.STRING:
                body = slice_[line.body : line.stop] if line.obsolete else body
                said = po.KEYWORD.match(body.lstrip())
                keyword = name = said[1] if said else keyword
            elif line.kind is Kind.PREVIOUS and line.obsolete:
                body = f"#| {slice_[line.body : line.stop]}"
            if line.kind is not Kind.BLANK:
                found.setdefault(name, []).append(body + self.end)
        return found
