"""What the tool says when content or use is wrong.

Phases never raise for bad content: they return diagnostics beside their result, so that one run can show
everything that is wrong. Each says what, where and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad: an error stops the work, a warning does not, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place that people can go to: path relative to the workspace, line and column from 1 (0: not known)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`path:line:column`, as compilers print it, without the parts that are not known."""
        parts = [self.path] + [str(n) for n in (self.line, self.column) if n]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, or worth knowing."""

    severity: Severity
    code: str
    """Stable short name, e.g. `reference-unknown`; scripts may rely on it."""
    message: str
    """What and why, in one sentence that begins in lower case; quoted user text in double quotes."""
    position: Position | None = None
    hint: str = ""
    """What to do next; empty only where nothing can be done."""

    def __str__(self) -> str:
        """The text shown to people: position, severity, message, and the hint on a line of its own."""
        where = f"{self.position}: " if self.position else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{where}{self.severity}: {self.message}{hint}"


def error(code: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """A diagnostic that stops the work."""
    return Diagnostic(Severity.ERROR, code, message, position, hint)


def warning(code: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """A diagnostic that does not stop the work."""
    return Diagnostic(Severity.WARNING, code, message, position, hint)


def softened(found: Iterable[Diagnostic], *codes: str) -> list[Diagnostic]:
    """The same, with errors of these codes (none: of all) as warnings."""
    return [
        replace(d, severity=Severity.WARNING) if d.severity is Severity.ERROR and (not codes or d.code in codes) else d
        for d in found
    ]


def hardened(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same, with every warning as an error."""
    return [replace(d, severity=Severity.ERROR) if d.severity is Severity.WARNING else d for d in found]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A result together with what there is to say about it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    @property
    def failed(self) -> bool:
        """True if at least one diagnostic is an error."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)
