"""How characters look: run properties and character styles folded into one `Look`.

Direct formatting wins over the character style (ECMA-376 Part 1, 17.7.2). The paragraph's style is left out on
purpose: a heading is bold because it is a heading, not because somebody emphasised its words. A run in a
right-to-left script takes its weight from `w:bCs`, `w:iCs` (17.3.2.2, 17.3.2.17).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from livingmanual.model.returned import PLAIN, Look
from livingmanual.review.word.names import VAL, is_on, w
from livingmanual.review.word.xml import Element

CODE_STYLE: Final = re.compile(
    r"^(verbatim char|source text|html (code|typewriter|keyboard|sample)|(inline )?code( char)?|source code char)$",
    re.IGNORECASE,
)
LINK_STYLE: Final = re.compile(
    r"^(followed ?hyperlink|hyperlink|(visited )?internet link|lien hypertexte.*)$", re.IGNORECASE
)

_BOLD, _ITALIC, _BOLD_CS, _ITALIC_CS = w("b"), w("i"), w("bCs"), w("iCs")
_STRIKE, _DOUBLE_STRIKE, _CAPS = w("strike"), w("dstrike"), w("smallCaps")
_VANISH, _WEB_HIDDEN = w("vanish"), w("specVanish")
_RTL, _CS, _UNDERLINE, _VERT = w("rtl"), w("cs"), w("u"), w("vertAlign")
_STYLE, _LANG, _HIGHLIGHT = w("rStyle"), w("lang"), w("highlight")
_BIDI_LANG = w("bidi")
_VERTICAL: Final = {"superscript": "super", "subscript": "sub"}
_TOGGLES: Final = frozenset(
    {_BOLD, _ITALIC, _BOLD_CS, _ITALIC_CS, _STRIKE, _DOUBLE_STRIKE, _CAPS, _VANISH, _WEB_HIDDEN, _RTL, _CS}
)
_VALUES: Final = frozenset({_UNDERLINE, _VERT, _STYLE, _HIGHLIGHT})


def direct(r_pr: Element) -> tuple[tuple[str, str | bool | None], ...]:
    """The properties among an `w:rPr`'s children that a Look is made of, as a key: (tag, value) in file order."""
    key: list[tuple[str, str | bool | None]] = []
    for child in r_pr:
        tag = child.tag
        if tag in _TOGGLES:
            key.append((tag, is_on(child.get(VAL))))
        elif tag in _VALUES:
            key.append((tag, child.get(VAL)))
        elif tag == _LANG:
            key.append((tag, child.get(VAL)))
            key.append((_BIDI_LANG, child.get(_BIDI_LANG)))
    return tuple(key)


@dataclass(slots=True)
class Looks:
    """Makes Looks, each only once; a file repeats few of them very often."""

    styles: dict[str, Look]
    """Character style id -> its look, inheritance resolved."""
    _made: dict[tuple[object, ...], Look]

    @classmethod
    def over(cls, styles: dict[str, Look]) -> Looks:
        """A maker for a file with these character styles."""
        return cls(styles, {((), None, None): PLAIN})

    def of(self, r_pr: Element | None, link: str | None, rtl: bool | None = None) -> Look:
        """The look of a run with these properties, inside a link to `link`, and inside `w:dir` if `rtl` is given."""
        key = (() if r_pr is None else direct(r_pr), link, rtl)
        look = self._made.get(key)
        if look is None:
            look = self._made[key] = fold(key[0], self.styles, link, rtl)
        return look


def fold(
    properties: tuple[tuple[str, str | bool | None], ...], styles: dict[str, Look], link: str | None, rtl: bool | None
) -> Look:
    """A Look from direct properties over the character style that they name."""
    given = dict(properties)
    style_id = given.get(_STYLE)
    base = styles.get(style_id, Look(style=style_id)) if isinstance(style_id, str) else PLAIN
    right = rtl if rtl is not None else bool(given.get(_RTL, base.rtl))
    complex_script = right or bool(given.get(_CS))
    underline = given.get(_UNDERLINE)
    vertical = given.get(_VERT)
    highlight = given.get(_HIGHLIGHT)
    lang = given.get(_BIDI_LANG) if right else given.get(_LANG)
    return Look(
        bold=bool(given.get(_BOLD_CS if complex_script else _BOLD, base.bold)),
        italic=bool(given.get(_ITALIC_CS if complex_script else _ITALIC, base.italic)),
        strike=bool(given.get(_STRIKE, base.strike) or given.get(_DOUBLE_STRIKE)),
        underline=base.underline if underline is None else underline != "none",
        vertical=base.vertical if vertical is None else _VERTICAL.get(str(vertical)),
        small_caps=bool(given.get(_CAPS, base.small_caps)),
        code=base.code,
        hidden=bool(given.get(_VANISH, base.hidden)),
        highlight=base.highlight if highlight is None else (None if highlight == "none" else str(highlight)),
        link=link,
        rtl=right,
        lang=base.lang if lang is None else str(lang),
        style=base.style,
    )


def of_style(name: str, properties: Element | None, base: Look) -> Look:
    """The look of a character style: its own properties over those of the style it is based on."""
    key = () if properties is None else tuple(item for item in direct(properties) if item[0] != _STYLE)
    # Its base stands in for the style that direct formatting would name.
    look = fold((*key, (_STYLE, "base")), {"base": base}, None, None)
    underline = look.underline and not LINK_STYLE.match(name)
    return replace(look, style=name, code=base.code or bool(CODE_STYLE.match(name)), underline=underline)
