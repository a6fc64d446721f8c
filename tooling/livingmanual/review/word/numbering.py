"""Lists: from a paragraph's `w:numPr` to the level's format and marker (ECMA-376 Part 1, 17.9).

Only what a reader of the text must know: which list, which level, numbered or not. Programs rewrite list
definitions freely, so nothing here is ever compared with the manual.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from livingmanual.model.returned import ListPlace
from livingmanual.review.word.names import VAL, w
from livingmanual.review.word.xml import Element

_ABSTRACT, _ABSTRACT_ID = w("abstractNum"), w("abstractNumId")
_NUM, _NUM_ID, _LVL, _ILVL = w("num"), w("numId"), w("lvl"), w("ilvl")
_FMT, _TEXT, _OVERRIDE, _STYLE_LINK, _P_STYLE = (
    w("numFmt"),
    w("lvlText"),
    w("lvlOverride"),
    w("numStyleLink"),
    w("pStyle"),
)
_UNORDERED: Final = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """Format and marker of one level."""

    format: str | None
    marker: str | None
    style: str | None
    """Id of the paragraph style that stands for this level."""


@dataclass(slots=True)
class Numbering:
    """The numbering part; empty if there is none."""

    nums: dict[str, dict[int, Level]] = field(default_factory=dict)
    """`w:numId` -> level -> definition."""
    _places: dict[tuple[str, int], ListPlace] = field(default_factory=dict)

    def place(self, num_id: str | None, level: int) -> ListPlace | None:
        """The place in a list; None for no list (`w:numId` 0 takes a paragraph out of its style's list, 17.9.18)."""
        if num_id is None or num_id == "0":
            return None
        key = (num_id, level)
        if key not in self._places:
            found = self.nums.get(num_id, {}).get(level)
            ordered = None if found is None or found.format is None else found.format not in _UNORDERED
            self._places[key] = ListPlace(
                num_id, level, ordered, found.format if found else None, found.marker if found else None
            )
        return self._places[key]

    def level_of_style(self, num_id: str, style_id: str) -> int:
        """The level that a paragraph style stands for in this list; 0 if none does."""
        levels = self.nums.get(num_id, {})
        return next((number for number, level in levels.items() if level.style == style_id), 0)


def read_numbering(root: Element | None, style_nums: dict[str, str]) -> Numbering:
    """Read the numbering part. `style_nums`: id of a numbering style -> the `w:numId` it uses (17.9.21)."""
    if root is None:
        return Numbering()
    abstracts = {item.get(_ABSTRACT_ID, ""): item for item in root.iter(_ABSTRACT)}
    targets = {item.get(_NUM_ID, ""): _value(item, _ABSTRACT_ID) or "" for item in root.iter(_NUM)}
    nums: dict[str, dict[int, Level]] = {}
    for item in root.iter(_NUM):
        abstract = abstracts.get(_value(item, _ABSTRACT_ID) or "")
        if abstract is not None and (link := _value(abstract, _STYLE_LINK)):
            abstract = abstracts.get(targets.get(style_nums.get(link, ""), ""), abstract)
        levels = _levels(abstract) if abstract is not None else {}
        for override in item.iterchildren(_OVERRIDE):
            levels = {**levels, **_levels(override)}
        nums[item.get(_NUM_ID, "")] = levels
    return Numbering(nums)


def _levels(parent: Element) -> dict[int, Level]:
    return {
        to_int(item.get(_ILVL)): Level(_value(item, _FMT), _value(item, _TEXT), _value(item, _P_STYLE))
        for item in parent.iterchildren(_LVL)
    }


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(name)
    return None if child is None else child.get(VAL)


def to_int(text: str | None, otherwise: int = 0) -> int:
    """A number written in the file; `otherwise` if it is missing or no number."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
