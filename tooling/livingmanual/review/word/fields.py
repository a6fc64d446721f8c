"""Fields: an instruction and its shown result, often spread over many runs and paragraphs.

A complex field is begin, instruction, separate, result, end, each in a run of its own (ECMA-376 Part 1, 17.16.18).
Only the result is text. Fields nest; a result that stands in another field's instruction is part of that
instruction. A begin without an end would swallow the rest of the text, so those are found beforehand and ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from livingmanual.review.word.names import CHOICE, FALLBACK, FLD_CHAR, TXBX_CONTENT, w
from livingmanual.review.word.xml import Element, chosen

FLD_CHAR_TYPE: Final = w("fldCharType")
_OWN_STORY: Final = frozenset({TXBX_CONTENT, w("footnote"), w("endnote"), w("comment")})
_WORDS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
SHOWN_WITHOUT_RESULT: Final = frozenset(
    {"EQ", "SYMBOL", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "MACROBUTTON", "GOTOBUTTON"}
)
"""Fields that show something although the file keeps no result for them (17.16.5)."""


@dataclass(slots=True)
class Field:
    """One open field."""

    begin: Element | None
    """Its `w:fldChar`; None for a simple field."""
    code: list[str] = field(default_factory=list)
    deleted_code: list[str] = field(default_factory=list)
    in_code: bool = True
    outer: str | None = None
    """Instruction of the field around it that is not a link."""
    outer_link: str | None = None
    empty: bool = True
    """Nothing of its result was seen yet."""

    @property
    def instruction(self) -> str:
        """Its instruction on one line; the deleted one only if there is no other."""
        return " ".join("".join(self.code or self.deleted_code).split())


@dataclass(slots=True)
class Fields:
    """The open fields of one story, and what they mean for text that comes now."""

    stack: list[Field] = field(default_factory=list)
    in_code: list[Field] = field(default_factory=list)
    """Those of them that are in their instruction: text is shown only if there are none."""
    instruction: str | None = None
    """Instruction of the innermost field, links apart, whose result comes now."""
    link: str | None = None
    """Target of the innermost link field."""

    def begin(self, element: Element | None) -> None:
        """A field begins."""
        opened = Field(element, outer=self.instruction, outer_link=self.link)
        self.stack.append(opened)
        self.in_code.append(opened)

    def separate(self) -> None:
        """The instruction ends, the result begins."""
        if not self.stack or not self.stack[-1].in_code:
            return
        top = self.stack[-1]
        top.in_code = False
        self.in_code.pop()
        target = link_target(top.instruction)
        if target is not None:
            self.link = target
        else:
            self.instruction = top.instruction

    def end(self) -> Field | None:
        """The innermost field ends; None if none is open."""
        if not self.stack:
            return None
        top = self.stack.pop()
        if top.in_code:
            self.in_code.pop()
        self.instruction, self.link = top.outer, top.outer_link
        return top

    def add_code(self, text: str, deleted: bool = False) -> None:
        """Text of an instruction, or the result of a field inside an instruction."""
        if self.in_code:
            innermost = self.in_code[-1]
            (innermost.deleted_code if deleted else innermost.code).append(text)

    def seen(self) -> None:
        """Something of the innermost field's result was read."""
        if self.stack:
            self.stack[-1].empty = False


def link_target(instruction: str) -> str | None:
    """Where a HYPERLINK instruction points (17.16.5.25); None for other fields."""
    words = [quoted or bare for quoted, bare in _WORDS.findall(instruction)]
    if not words or words[0].upper() != "HYPERLINK":
        return None
    address, anchor = "", ""
    rest = iter(words[1:])
    for word in rest:
        switch = word.lower()
        if switch == "\\l":
            anchor = next(rest, "")
        elif switch in {"\\o", "\\t", "\\s"}:
            next(rest, "")
        elif not word.startswith("\\") and not address:
            address = word.replace("\\\\", "\\")
    return f"{address}#{anchor}" if anchor else address


def keyword(instruction: str) -> str:
    """The field's type, e.g. `PAGEREF`, in capitals."""
    return instruction.split(" ", 1)[0].upper()


def unclosed(root: Element) -> set[Element]:
    """The `w:fldChar` elements that begin a field of this part which never ends."""
    open_by_story: dict[Element | None, list[Element]] = {}
    for item in root.iter(FLD_CHAR):
        story, shown = _story_of(item)
        if not shown:
            continue
        stack = open_by_story.setdefault(story, [])
        kind = item.get(FLD_CHAR_TYPE)
        if kind == "begin":
            stack.append(item)
        elif kind == "end" and stack:
            stack.pop()
    return {item for stack in open_by_story.values() for item in stack}


def _story_of(item: Element) -> tuple[Element | None, bool]:
    """The element whose own text this belongs to, and whether its branch of alternatives is the chosen one."""
    shown = True
    story = None
    node = item.getparent()
    while node is not None:
        parent = node.getparent()
        if node.tag in {CHOICE, FALLBACK} and parent is not None and chosen(parent) is not node:
            shown = False
        if story is None and node.tag in _OWN_STORY:
            story = node
        node = parent
    return story, shown
