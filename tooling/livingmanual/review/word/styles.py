"""Paragraph and character styles, with inheritance resolved (ECMA-376 Part 1, 17.7).

Styles are known to the rest of the tool by name: LibreOffice and Google Docs rename the ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from livingmanual.model.returned import PLAIN, ListPlace, Look, Properties
from livingmanual.review.word.looks import Looks, of_style
from livingmanual.review.word.names import NUM_PR, P_PR, R_PR, VAL, is_on, w
from livingmanual.review.word.numbering import Numbering, read_numbering, to_int
from livingmanual.review.word.xml import Element

_STYLE, _STYLE_ID, _TYPE, _DEFAULT, _BASED_ON = w("style"), w("styleId"), w("type"), w("default"), w("basedOn")
_NAME, _P_STYLE, _OUTLINE, _BIDI, _JC, _ILVL, _NUM_ID = (
    w("name"),
    w("pStyle"),
    w("outlineLvl"),
    w("bidi"),
    w("jc"),
    w("ilvl"),
    w("numId"),
)
_BODY_TEXT: Final = 9
"""`w:outlineLvl` 9 means no level (17.3.1.20)."""
_LONGEST_CHAIN: Final = 32
"""Styles based on styles: real files have five at most; a hostile one must not make this slow."""


@dataclass(frozen=True, slots=True)
class Given:
    """Paragraph properties that one place gives; None where it says nothing."""

    style_id: str | None = None
    outline: int | None = None
    num_id: str | None = None
    level: int | None = None
    bidi: bool | None = None
    jc: str | None = None

    def over(self, base: Given) -> Given:
        """These properties where given, else those of `base`; the style stays this one's."""
        return Given(
            self.style_id,
            base.outline if self.outline is None else self.outline,
            base.num_id if self.num_id is None else self.num_id,
            base.level if self.level is None else self.level,
            base.bidi if self.bidi is None else self.bidi,
            base.jc if self.jc is None else self.jc,
        )


NOTHING = Given()


def given(p_pr: Element | None) -> Given:
    """The properties among the children of a `w:pPr`."""
    if p_pr is None:
        return NOTHING
    found: dict[str, str | None] = {}
    num_id, level = None, None
    for child in p_pr:
        if child.tag == NUM_PR:
            for item in child:
                if item.tag == _NUM_ID:
                    num_id = item.get(VAL)
                elif item.tag == _ILVL:
                    level = to_int(item.get(VAL))
        else:
            found[child.tag] = child.get(VAL)
    outline = found.get(_OUTLINE)
    return Given(
        found.get(_P_STYLE),
        None if outline is None else to_int(outline, _BODY_TEXT),
        num_id,
        level,
        is_on(found[_BIDI]) if _BIDI in found else None,
        found.get(_JC),
    )


@dataclass(slots=True)
class Styles:
    """The styles part and the numbering part together."""

    names: dict[str, str] = field(default_factory=dict)
    paragraphs: dict[str, Given] = field(default_factory=dict)
    """Paragraph style id -> its properties, inheritance resolved."""
    default: str | None = None
    """Id of the paragraph style of paragraphs that name none."""
    looks: Looks = field(default_factory=lambda: Looks.over({}))
    numbering: Numbering = field(default_factory=Numbering)
    _made: dict[Given, Properties] = field(default_factory=dict)

    def properties(self, direct: Given) -> Properties:
        """What a paragraph with these direct properties is."""
        made = self._made.get(direct)
        if made is None:
            made = self._made[direct] = self._resolve(direct)
        return made

    def _resolve(self, direct: Given) -> Properties:
        style_id = direct.style_id if direct.style_id in self.paragraphs else direct.style_id or self.default
        base = self.paragraphs.get(style_id or "", NOTHING)
        full = direct.over(base)
        outline = full.outline
        return Properties(
            style=self.names.get(style_id or "", style_id),
            style_id=style_id,
            outline_level=outline + 1 if outline is not None and 0 <= outline < _BODY_TEXT else None,
            list=self._list(direct, full, style_id),
            direction="rtl" if full.bidi else "ltr",
            alignment=full.jc,
        )

    def _list(self, direct: Given, full: Given, style_id: str | None) -> ListPlace | None:
        if full.num_id is None:
            return None
        if direct.num_id is None and direct.level is None and style_id is not None:
            # A style's list: the level is the one that names the style (17.9.23), whatever w:ilvl says.
            level = self.numbering.level_of_style(full.num_id, style_id) or full.level or 0
        else:
            level = full.level or 0
        return self.numbering.place(full.num_id, level)


def read_styles(root: Element | None, numbering: Element | None) -> Styles:
    """Read both parts; either may be missing."""
    if root is None:
        return Styles(numbering=read_numbering(numbering, {}))
    items = {item.get(_STYLE_ID, ""): item for item in root.iterchildren(_STYLE)}
    names = {key: _name(item, key) for key, item in items.items()}
    paragraphs: dict[str, Given] = {}
    characters: dict[str, Look] = {}
    style_nums: dict[str, str] = {}
    default = None
    for key, item in items.items():
        kind = item.get(_TYPE)
        if kind == "paragraph":
            paragraphs[key] = _paragraph_style(key, items)
            if item.get(_DEFAULT) is not None and is_on(item.get(_DEFAULT)):
                default = key
        elif kind == "character":
            characters[key] = _character_style(key, items, names)
        elif kind == "numbering" and (num := given(item.find(P_PR)).num_id):
            style_nums[key] = num
    return Styles(names, paragraphs, default, Looks.over(characters), read_numbering(numbering, style_nums))


def _name(item: Element, key: str) -> str:
    name = item.find(_NAME)
    return key if name is None else name.get(VAL, key)


def _chain(key: str, items: dict[str, Element]) -> list[str]:
    """The style and those it is based on, itself first; a circle ends where it closes."""
    chain: list[str] = []
    current: str | None = key
    while current in items and current not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(current)
        based = items[current].find(_BASED_ON)
        current = None if based is None else based.get(VAL)
    return chain


def _paragraph_style(key: str, items: dict[str, Element]) -> Given:
    full = NOTHING
    for ancestor in reversed(_chain(key, items)):
        full = given(items[ancestor].find(P_PR)).over(full)
    return replace(full, style_id=key)


def _character_style(key: str, items: dict[str, Element], names: dict[str, str]) -> Look:
    look = PLAIN
    for ancestor in reversed(_chain(key, items)):
        look = of_style(names[ancestor], items[ancestor].find(R_PR), look)
    return look
