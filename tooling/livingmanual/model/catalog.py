"""Catalogs: the translation of one source file into one language, message by message.

A message is what one block of a source file says, as Markdown on one line; its context is the id of the section, norm,
table or figure around it, never an ordinal. A catalog is a gettext PO file (GNU gettext manual, "The Format of PO
Files"); an entry of it keeps the place of every character of its translation in the file, so that a reviewer's change
of a translated edition lands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from livingmanual.model.document import Node

DRAFTED = "machine-drafted"
"""The translator's comment that says that a machine wrote this and no person has confirmed it. It is a comment and no
flag, because `msgmerge` (gettext 0.21) drops flags that it does not know."""


class State(StrEnum):
    """What is known of a block in an edition's language."""

    NATIVE = "native"
    """Written in that language."""
    TRANSLATED = "translated"
    STALE = "stale"
    """There is a translation of an earlier wording."""
    MISSING = "missing"


class Policy(StrEnum):
    """What an edition shows where no translation of today's text is there."""

    SOURCE = "source"
    """The source's text, marked."""
    KEEP = "keep"
    """The stale translation, marked; the source's text, marked, where there is none."""
    STOP = "stop"
    """Nothing: the edition is not built."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one block of a source file says."""

    context: str
    """Id of the nearest section, norm, table or figure; the file's name where there is none."""
    text: str
    """Its Markdown on one line; a hard break is a backslash and a newline. Plain text where `markdown` is false."""
    kind: str
    """As in `Block.kind`, or `alternative text`, `setting`."""
    path: str
    """The source file."""
    start: int
    """Offset of its first character in the source file; -1 for what stands in a setting or an attribute."""
    markdown: bool = True
    end: int = -1
    """Offset behind its last character in the source file; -1 as for `start`."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by: white space does not count."""
        return self.context, " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Field:
    """A string of an entry with the place of its characters in the file."""

    text: str
    starts: tuple[int, ...]
    """Per character: offset in the file where what stands for it begins."""
    ends: tuple[int, ...]
    """Per character: offset where that ends; an escape has two characters, and lines may break between two."""
    at: int
    """Offset of the first quotation mark, plus one: where text goes if there is none yet."""

    @property
    def span(self) -> tuple[int, int]:
        """All of it, half-open, without the quotation marks at its ends."""
        return (self.starts[0], self.ends[-1]) if self.text else (self.at, self.at)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalog and its translation."""

    context: str
    source: str
    """`msgid`."""
    translation: Field
    start: int
    """Offset of the first character of its first line, comments included."""
    end: int
    """Offset behind the line end of its last line."""
    line: int
    """Of `msgid`, from 1."""
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """What translators wrote: the lines that begin with `# `, without that."""
    previous: str = ""
    """`#| msgid`: the wording that a fuzzy translation was made from."""
    obsolete: bool = False
    extracted: tuple[str, ...] = ()
    """What the tool says to translators: the lines that begin with `#. `, without that."""

    @property
    def fuzzy(self) -> bool:
        """True if the translation may not fit the source any more."""
        return "fuzzy" in self.flags

    @property
    def drafted(self) -> bool:
        """True if a machine wrote the translation and nobody has confirmed it."""
        return DRAFTED in self.comments

    @property
    def key(self) -> tuple[str, str]:
        """What it is found by: white space does not count."""
        return self.context, " ".join(self.source.split())


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file after reading."""

    path: str
    """Relative to the workspace."""
    source: str
    """The source file that it translates."""
    text: str
    entries: tuple[Entry, ...]
    """Without the header."""
    header: tuple[tuple[str, str], ...] = ()
    header_end: int = 0
    """Offset behind the last line of the header; 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a catalog has for a message."""

    state: State
    entry: Entry | None = None
    catalog: str = ""
    """Path of the catalog that holds the entry."""
    inlines: tuple[Node, ...] = ()
    """The translation as nodes whose positions count in the catalog; empty for plain text."""
