"""What a workspace says about its manual: `manual.yaml` and the overlays, after reading and checking."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from livingmanual.model.document import Document


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the manual: a title over some chapters."""

    id: str
    title: str
    chapters: tuple[str, ...]
    """Paths of files, relative to the workspace."""


@dataclass(frozen=True, slots=True)
class Manual:
    """The settings of `manual/manual.yaml`; every path is relative to the workspace."""

    path: str
    id: str
    title: str
    subtitle: str
    language: str
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    front: tuple[str, ...]
    parts: tuple[Part, ...]
    """A manual without parts has one part without a title."""
    annexes: tuple[str, ...]
    back: tuple[str, ...]
    references: str
    """Path of the CSL-YAML or BibTeX file; empty if there is none."""
    notations: dict[str, bool] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    """The rest of the file, for writers."""
    overlays: tuple[tuple[str, str], ...] = ()
    """Overlays that are kept elsewhere: code (empty where only the folder is named) and folder, as written."""

    @property
    def lenient(self) -> bool:
        """True for text that others wrote (`strict: false`): what is missing beside the text is only a warning."""
        return self.settings.get("strict") is False

    @property
    def root(self) -> str:
        """The folder from which targets that begin with a slash count (`root:`); empty if there is none."""
        said = self.settings.get("root")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), said)) if isinstance(said, str) else ""

    @property
    def files(self) -> tuple[str, ...]:
        """Every source file in reading order."""
        chapters = [path for part in self.parts for path in part.chapters]
        return (*self.front, *chapters, *self.annexes, *self.back)


class Action(StrEnum):
    """What an override does to its target; the only list of actions, from which messages and schemas are made."""

    REPLACE = "replace"
    APPEND = "append"
    PREPEND = "prepend"
    INSERT_AFTER = "insert-after"
    REMOVE = "remove"
    NOT_APPLICABLE = "not-applicable"
    TERM = "term"
    """Its target is no block but the words of tokens such as `[district]{.term}`."""

    @property
    def takes_target_away(self) -> bool:
        """True if the target's own text is not shown any more."""
        return self in (Action.REPLACE, Action.REMOVE, Action.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Override:
    """One change that an overlay makes to one identified target."""

    document: Document
    """The override's own file: its body is the new text."""
    target: str
    action: Action
    reason: str
    kind: str = "adapt"
    """`adopt`, `adapt` or `new`."""
    fingerprint: str = ""
    """Of the target when the override was made from it; empty if nobody has recorded it yet."""
    made_from: str = ""
    """The target's text at that time, so that drift can be shown without git history."""
    status: str = "draft"
    confirmed_by: str = ""
    date: str = ""
    test: str = ""
    """`changed` if it is meant that a norm asks for something else than the manual's; else empty."""


@dataclass(frozen=True, slots=True)
class Arms:
    """A country's arms, which its editions show on the cover."""

    path: str
    alt: str
    """What they show, in words."""
    licence: str
    """What permits their use."""
    status: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Overlay:
    """Everything one country or one region lays over the manual."""

    code: str
    """ISO 3166-1 alpha-2 of a country, or a region's short name."""
    region: bool
    path: str
    """Path of its `overlay.yaml`."""
    parents: tuple[str, ...]
    languages: tuple[str, ...]
    names: dict[str, dict[str, str]]
    """Language -> form (`short`, `official`, `of`, `in`) -> name."""
    variables: dict[str, str]
    overrides: tuple[Override, ...]
    members: tuple[str, ...] = ()
    """Of a region: the codes of the countries that belong to it."""
    unconfirmed: tuple[str, ...] = ()
    """The names of the variables whose value still has to be confirmed."""
    parents_line: int = 1
    """Line of `parents:` in its file."""
    foreword: str = ""
    """Path of the committee's foreword; empty if there is none."""
    chapters: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    arms: Arms | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it adds to the manual, in reading order."""
        return (*((self.foreword,) if self.foreword else ()), *self.chapters, *self.annexes)
