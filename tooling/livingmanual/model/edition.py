"""The manual as one country reads it, in one language, at one revision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from livingmanual.model.document import Block, Node

FORMAT_VERSION = 1
"""Version of the stamp and of the marks we put into artifacts; raise it when old returns need another reader."""


@dataclass(frozen=True, slots=True, order=True)
class EditionKey:
    """Which edition: country (ISO 3166-1 alpha-2, or `base`), language (BCP 47), revision (40 hex digits, `draft`)."""

    country: str
    language: str
    revision: str

    @property
    def slug(self) -> str:
        """Stem of the artifact's file name, e.g. `KE-en`."""
        return f"{self.country}-{self.language}"

    def __str__(self) -> str:
        """`KE/en@0123abcd…`, the form that `--edition` reads."""
        return f"{self.country}/{self.language}@{self.revision}"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an artifact says about where it comes from (design, section 3)."""

    manual: str
    edition: EditionKey
    tool: str
    format: int = FORMAT_VERSION

    def __str__(self) -> str:
        """`manual/KE/en@sha;tool=0.1.0;format=1`."""
        return f"{self.manual}/{self.edition};tool={self.tool};format={self.format}"


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents list."""

    id: str
    """Id of the heading."""
    level: int
    """0 for a part, 1 for a chapter, annex or front-matter title, 2 and 3 for sections."""
    number: str
    """`2.3`, `A`, `Part B`; empty where there is none."""
    title: str
    block: str
    """Id of the heading's block, which is the name of its bookmark."""


@dataclass(frozen=True, slots=True)
class Emblem:
    """The picture on an edition's cover: a country's arms."""

    path: str
    """In the workspace."""
    alt: str
    """What it shows, in words."""
    source: str = ""
    """The file that names it."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """A composed, filtered, numbered, resolved and filled text, ready for any writer."""

    key: EditionKey
    manual: str
    """The manual's id."""
    title: str
    subtitle: str
    country_name: str
    """In the edition's language; empty for the base edition."""
    language_name: str
    """The language's own name, e.g. `English`, `Français`."""
    direction: str
    """`ltr` or `rtl`."""
    date: str
    """Of the revision, as people of that language write it."""
    timestamp: int
    """Of the revision's commit, seconds since 1970 UTC; every date in an artifact is this one."""
    nodes: list[Node]
    """The tree with private keys; `livingmanual.text.tree.plain` makes it fit for a writer."""
    blocks: tuple[Block, ...]
    """Every block of text in reading order, blocks of notes after the block that refers to them."""
    contents: tuple[ContentsEntry, ...]
    words: dict[str, str] = field(default_factory=dict)
    """Words of the frame (`contents`, `figure`, `draft`…) in the edition's language."""
    media: dict[str, str] = field(default_factory=dict)
    """Image target as it stands in the tree -> path of the file in the workspace."""
    emblem: Emblem | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    """Things of manual.yaml that writers need: where to send a review, licence, authors."""

    def stamp(self, tool: str) -> Stamp:
        """The stamp of an artifact of this edition, made by version `tool` of the tool."""
        return Stamp(self.manual, self.key, tool)
