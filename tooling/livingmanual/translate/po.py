r"""Read a PO file so that every character of a translation knows its place in it.

A PO file is a row of entries: comments, `msgctxt`, `msgid`, `msgstr`, each a string that may be cut into several lines
anywhere (GNU gettext manual, "The Format of PO Files"). Editors wrap them differently, so a translation is kept as
characters with their offsets, and who changes it writes `escape(words)` over the slice and leaves every other byte
alone. What is broken is said with file, line and column; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from livingmanual.model.catalog import Catalog, Entry, Field
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.text.quoted import ESCAPES, escape

BYTE_ORDER_MARK = "\ufeff"
BYTES = re.compile(r"(?:\\(?:[0-3][0-7]{2}|x[0-9A-Fa-f]{2}))+")
"""Bytes by number. Three and two digits: C allows fewer, but then a digit that is put behind would belong to them."""
PLAIN = re.compile(r'[^"\\\r\n]+|\r(?!\n)')
LINE = re.compile(r"([^\n]*?)(\r?\n|\Z)")
MARKER = re.compile(r"[ \t\f\v]*(#~\||#[~|.:,]|#)?")
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr|domain)(\[\d*\])?(?![\w\[])")
ROW = re.compile(r"[^\n]*\n|[^\n]+")
SPACE = re.compile(r"[ \t\f\v]*")
UTF8 = re.compile(r"charset\s*=\s*utf-?8\s*(;|$)", re.IGNORECASE)


class Kind(Enum):
    """What a line of a PO file is."""

    BLANK = ""
    COMMENT = "#"
    EXTRACTED = "#."
    REFERENCE = "#:"
    FLAGS = "#,"
    PREVIOUS = "#|"
    STRING = '"'


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; offsets count the file's characters."""

    kind: Kind
    obsolete: bool
    start: int
    body: int
    """Offset behind the marker and one space."""
    stop: int
    """Offset of its line end."""
    end: int
    """Offset behind its line end."""


def lines(text: str) -> Iterator[Line]:
    """The lines of a PO file, or of a part of it that begins at the beginning of a line."""
    at = int(text.startswith(BYTE_ORDER_MARK))
    while at < len(text):
        found = LINE.match(text, at)
        assert found is not None
        yield _line(text, at, found.end(1), found.end())
        at = found.end()


def _line(text: str, start: int, stop: int, end: int) -> Line:
    found = MARKER.match(text, start, stop)
    assert found is not None
    marker, body = found[1] or "", found.end()
    if not marker:
        kind = Kind.STRING if text[body:stop].strip() else Kind.BLANK
        return Line(kind, False, start, body, stop, end)
    body += text.startswith(" ", body, stop)
    kinds = {"#~": Kind.STRING, "#~|": Kind.PREVIOUS}
    kind = kinds[marker] if marker in kinds else Kind(marker)
    if marker == "#~" and not text[body:stop].strip():
        kind = Kind.COMMENT
    return Line(kind, marker.startswith("#~"), start, body, stop, end)


def string(keyword: str, text: str, end: str = "\n", mark: str = "") -> list[str]:
    """The lines of a keyword and its string: one, or one for each line of the text; `mark` as in `#| `."""
    if "\n" not in text.rstrip("\n"):
        return [f'{mark}{keyword} "{escape(text)}"{end}']
    return [f'{mark}{keyword} ""{end}', *(f'{mark}"{escape(line)}"{end}' for line in ROW.findall(text))]


def read_catalog(path: str, source: str, text: str) -> Outcome[Catalog]:
    """A catalog with the place of every character, and what is wrong with it.

    `path`: of the catalog, for messages; `source`: the file that it translates. A file whose syntax is broken gives a
    catalog without entries, because nobody knows what the rest of it means.
    """
    reader = _Reader(path, text)
    try:
        reader.read()
    except _Broken as broken:
        return Outcome(Catalog(path, source, text, ()), (broken.trouble,))
    reader.check_header()
    catalog = Catalog(path, source, text, tuple(reader.entries), tuple(reader.header), reader.header_end)
    return Outcome(catalog, tuple(reader.troubles))


class _Broken(Exception):
    """The file's syntax is broken; only inside this module."""

    def __init__(self, trouble: Diagnostic) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(slots=True)
class _String:
    """A string while it is read."""

    at: int
    line: int
    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.characters)

    def frozen(self) -> Field:
        return Field(self.text, tuple(self.starts), tuple(self.ends), self.at)


@dataclass(slots=True)
class _Open:
    """An entry while it is read."""

    start: int
    end: int = 0
    obsolete: bool = False
    flags: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    strings: dict[str, _String] = field(default_factory=dict)
    previous: dict[str, _String] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return any(name.startswith("msgstr") for name in self.strings)


class _Reader:
    """Reads entry by entry; stops at the first thing that cannot be understood."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.entries: list[Entry] = []
        self.header: list[tuple[str, str]] = []
        self.header_at = -1
        self.header_end = 0
        self.troubles: list[Diagnostic] = []
        self.seen: dict[tuple[str | None, str], int] = {}
        self.open: _Open | None = None
        self.current: _String | None = None
        self.number = 0

    def read(self) -> None:
        """Fill `entries`, `header` and `troubles`; raises _Broken."""
        for number, line in enumerate(lines(self.text), 1):
            self.number = number
            if line.kind is Kind.BLANK:
                continue
            if line.kind is Kind.STRING:
                self._string_line(line)
            else:
                self._comment_line(line)
        self._close()

    def position(self, offset: int) -> Position:
        """The place of an offset for people."""
        return Position(self.path, self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset))

    def _broken(self, offset: int, what: str, hint: str) -> _Broken:
        return _Broken(error("catalog-syntax", what, self.position(offset), hint))

    def _comment_line(self, line: Line) -> None:
        if self.open and self.open.strings and not self.open.complete:
            raise self._broken(
                line.start, "a comment stands inside an entry", "move it above the entry's `msgctxt` or `msgid`"
            )
        if self.open and self.open.complete:
            self._close()
        self.current = None
        opened = self.open = self.open or _Open(line.start)
        body = self.text[line.body : line.stop]
        if line.kind is Kind.FLAGS:
            opened.flags += [flag for flag in (part.strip() for part in body.split(",")) if flag]
        elif line.kind is Kind.COMMENT:
            opened.comments.append(body)
        elif line.kind is Kind.EXTRACTED:
            opened.extracted.append(body)
        elif line.kind is Kind.PREVIOUS:
            self._previous(line, opened)

    def _previous(self, line: Line, opened: _Open) -> None:
        found = KEYWORD.match(self.text, line.body, line.stop)
        if found:
            opened.previous[found[1]] = _String(found.end(), self.number)
        string = next(reversed(opened.previous.values()), None)
        if string is None:
            raise self._broken(line.body, "this previous wording has no `msgid` before it", "take the line out")
        self._strings(found.end() if found else line.body, line.stop, string)

    def _string_line(self, line: Line) -> None:
        found = KEYWORD.match(self.text, SPACE.match(self.text, line.body, line.stop).end(), line.stop)  # type: ignore[union-attr]
        at = line.body
        if found:
            at = found.end()
            self._keyword(found, line)
        opened, string = self.open, self.current
        if opened is None or string is None:
            what = "a string without a keyword" if self.text[at : line.stop].lstrip()[:1] == '"' else "text outside of"
            what += "" if what.startswith("a string") else " quotation marks"
            raise self._broken(at, f"{what} stands here", "an entry is `msgctxt`, `msgid` and `msgstr`, each quoted")
        if opened.obsolete is not line.obsolete:
            raise self._broken(line.start, "only a part of this entry is obsolete", "begin all its lines with `#~`")
        self._strings(at, line.stop, string)
        opened.end = line.end

    def _keyword(self, found: re.Match[str], line: Line) -> None:
        name, at = found[0], found.start()
        if found[1] == "domain":
            raise self._broken(at, "catalogs of a manual have no domains", "take this line out")
        if found[1] in ("msgctxt", "msgid"):
            self._begin(found[1], line)
        opened = self.open
        if opened is None or (found[1] != "msgctxt" and found[1] != "msgid" and "msgid" not in opened.strings):
            raise self._broken(at, f"`{name}` has no `msgid` before it", "add the `msgid`, or take this line out")
        if name in opened.strings:
            raise self._broken(at, f"`{name}` stands twice in one entry", "keep one of the two")
        string = _String(found.end(), self.number)
        opened.strings[name] = self.current = string

    def _begin(self, name: str, line: Line) -> None:
        """A `msgctxt`, or a `msgid` without one, opens an entry, with the comments just above it."""
        opened = self.open
        if opened and opened.complete:
            self._close()
        elif opened and "msgid" in opened.strings:
            raise self._broken(line.body, f"`{name}` stands here, but the entry above has no `msgstr`", "add it")
        if self.open is None:
            self.open = _Open(line.start)
        if not self.open.strings:
            self.open.obsolete = line.obsolete

    def _strings(self, at: int, stop: int, string: _String) -> None:
        """Every quoted string of a line; there is at least one."""
        first = True
        while True:
            at = SPACE.match(self.text, at, stop).end()  # type: ignore[union-attr]
            if at == stop and not first:
                return
            if at == stop or self.text[at] != '"':
                raise self._broken(
                    at, "text outside of quotation marks stands here", "put every string between quotation marks"
                )
            if first and not string.characters and self.text[string.at - 1] != '"':
                string.at = at + 1
            first = False
            at = self._quoted(at + 1, stop, string)

    def _quoted(self, at: int, stop: int, string: _String) -> int:
        """Read up to the closing quotation mark; the offset behind it."""
        begin = at
        while at < stop:
            plain = PLAIN.match(self.text, at, stop)
            if plain:
                string.characters.extend(plain[0])
                string.starts.extend(range(at, plain.end()))
                string.ends.extend(range(at + 1, plain.end() + 1))
                at = plain.end()
            elif self.text[at] == '"':
                return at + 1
            else:
                at = self._escape(at, stop, string)
        raise self._broken(
            begin - 1, "this string has no closing quotation mark on its line", 'end it with "; write \\" inside it'
        )

    def _escape(self, at: int, stop: int, string: _String) -> int:
        letter = self.text[at + 1 : at + 2] if at + 1 < stop else ""
        if letter in ESCAPES and letter:
            string.characters.append(ESCAPES[letter])
            string.starts.append(at)
            string.ends.append(at + 2)
            return at + 2
        found = BYTES.match(self.text, at, stop)
        if found:
            self._bytes(found, string)
            return found.end()
        raise self._broken(
            at,
            f'"\\{letter}" means nothing in a PO file',
            "write \\\\ for a backslash; bytes are \\ooo (three digits) or \\xhh (two)",
        )

    def _bytes(self, found: re.Match[str], string: _String) -> None:
        spelt = re.findall(r"\\(?:x..|...)", found[0])
        values = bytes(int(s[2:], 16) if s[1] == "x" else int(s[1:], 8) for s in spelt)
        try:
            characters = values.decode("utf-8")
        except UnicodeDecodeError:
            raise self._broken(
                found.start(), f'the bytes "{found[0]}" are no UTF-8', "write the characters themselves"
            ) from None
        at = found.start()
        for character in characters:
            end = at + 4 * len(character.encode())
            string.characters.append(character)
            string.starts.append(at)
            string.ends.append(end)
            at = end

    def _close(self) -> None:
        """The open entry is over: check it and keep it."""
        opened, self.open, self.current = self.open, None, None
        if opened is None or not opened.strings:
            return
        if not opened.complete:
            last = next(reversed(opened.strings.values()))
            raise self._broken(last.at - 1, "this entry has no `msgstr`", 'add `msgstr ""` below it')
        identifier = opened.strings["msgid"]
        context = opened.strings["msgctxt"].text if "msgctxt" in opened.strings else None
        if context is None and not identifier.text and not opened.obsolete:
            self._header(opened)
        elif self._single(opened, identifier) and self._new(opened, context, identifier):
            self.entries.append(_entry(opened, context or "", identifier))

    def _single(self, opened: _Open, identifier: _String) -> bool:
        if not opened.strings.keys() - {"msgctxt", "msgid", "msgstr"}:
            return True
        self.troubles.append(
            error(
                "catalog-plural",
                "this entry has plural forms, and a manual has none: every message is one text",
                self.position(identifier.at),
                "write one `msgid` and one `msgstr`",
            )
        )
        return False

    def _new(self, opened: _Open, context: str | None, identifier: _String) -> bool:
        key = (context, identifier.text)
        if opened.obsolete or key not in self.seen:
            if not opened.obsolete:
                self.seen[key] = identifier.line
            return True
        self.troubles.append(
            error(
                "catalog-duplicate",
                f'"{_short(identifier.text)}" stands twice in this catalog, first in line {self.seen[key]}',
                self.position(identifier.at),
                "keep one of the two entries",
            )
        )
        return False

    def _header(self, opened: _Open) -> None:
        said = opened.strings.get("msgstr") or next(reversed(opened.strings.values()))
        if self.header_at >= 0:
            raise self._broken(said.at, "this catalog has two headers", 'an empty `msgid ""` is the header; keep one')
        self.header_at, self.header_end = said.at, opened.end
        pairs = (line.partition(":") for line in said.text.split("\n") if line.strip())
        self.header = [(name.strip(), value.strip()) for name, _, value in pairs]

    def check_header(self) -> None:
        """A catalog says that it is UTF-8; another encoding would have been read wrongly by now."""
        kind = next((value for name, value in self.header if name.casefold() == "content-type"), "")
        if self.header_at < 0 and self.entries:
            self.troubles.append(
                warning(
                    "catalog-header",
                    "this catalog has no header, so that other programs do not know that it is UTF-8",
                    Position(self.path, 1),
                    "`manual translate update` writes one",
                )
            )
        elif self.header_at >= 0 and not UTF8.search(kind):
            said = kind or "nothing"
            self.troubles.append(
                error(
                    "catalog-charset",
                    f'the header says "{said}" about the encoding, and a catalog is UTF-8',
                    self.position(self.header_at),
                    'save it as UTF-8 with "Content-Type: text/plain; charset=UTF-8\\n"',
                )
            )


def _entry(opened: _Open, context: str, identifier: _String) -> Entry:
    previous = opened.previous.get("msgid")
    return Entry(
        context=context,
        source=identifier.text,
        translation=opened.strings["msgstr"].frozen(),
        start=opened.start,
        end=opened.end,
        line=identifier.line,
        flags=tuple(opened.flags),
        comments=tuple(opened.comments),
        previous=previous.text if previous else "",
        obsolete=opened.obsolete,
        extracted=tuple(opened.extracted),
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
