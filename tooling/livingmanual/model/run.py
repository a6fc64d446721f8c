"""Where every character of an edition came from.

A run is a stretch of text with one origin. Literal runs come from a slice of a source file; generated runs
were made by the tool (a number, a country's name, a rendered citation) out of something that can be named.
"""

from __future__ import annotations

from dataclasses import dataclass

OBJECT = "\ufffc"
"""Stands in a block's text for one thing that is not text: a note's reference, a picture, an equation.

U+FFFC OBJECT REPLACEMENT CHARACTER (The Unicode Standard, section 23.8)."""

TOKEN = "\ue001"  # noqa: S105 - a mark in texts, no password
"""Stands around the name of a token where texts are compared; from the private use area, so that no text holds it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A slice of a source file: half-open character offsets [start, end) into the file's decoded text."""

    path: str
    start: int
    end: int
    line: int = 0
    """Line of `start`, from 1, for people; 0 where it was not computed."""

    def __len__(self) -> int:
        """Length in characters."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Mark:
    """One inline construct around a run, e.g. strong emphasis or a link.

    `outer` is the construct with its delimiters, `inner` its content; both half-open. Two neighbouring
    constructs of one kind differ by their spans, so marks can be compared.
    """

    kind: str
    """`emph`, `strong`, `strikeout`, `superscript`, `subscript`, `underline`, `smallcaps`, `code`, `link`, `span`."""
    outer: tuple[int, int] | None
    inner: tuple[int, int] | None
    detail: str = ""
    """A link's target, or the classes of a bracketed span, space-separated."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's text with one origin."""

    text: str
    span: Span | None
    """The slice it came from. For a generated run: the token that caused it (`{{country}}`), if there is one."""
    made: str = ""
    """Empty for literal text; else what made it: `variable country`, `citation AU2000`, `number`, `reference sec-x`."""
    exact: bool = True
    """True if the slice is the text, character by character; False for escapes, entities, line breaks and the like,
    which can only be replaced as a whole."""
    marks: tuple[Mark, ...] = ()
    """The constructs around it, outermost first."""

    @property
    def literal(self) -> bool:
        """True if a reviewer's change of this text belongs at `span`."""
        return not self.made and self.span is not None
