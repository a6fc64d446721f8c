"""Characters that Word writes as a font and a code (`w:sym`, ECMA-376 Part 1, 17.3.3.30).

The Symbol and Wingdings fonts have their own codes, which Word often moves to the private area U+F000 to U+F0FF.
What we know is turned into Unicode; the rest stays a thing that names font and code, so that nothing is lost.
"""

from __future__ import annotations

from typing import Final

_SYMBOL_LOW: Final = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
"""Codes 0x20 to 0x7E of Adobe's Symbol encoding."""

_SYMBOL_HIGH: Final = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u23d0\u23af↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
"""Codes 0xA0 to 0xEF."""

_SYMBOL_LAST: Final = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
"""Codes 0xF1 to 0xFE."""

_WINGDINGS: Final = {
    0x22: "✂",
    0x28: "☎",
    0x2A: "✉",
    0x36: "⌛",
    0x46: "☞",
    0x47: "☝",
    0x48: "☟",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x4E: "☠",
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "◻",
    0x71: "❑",
    0x72: "❒",
    0x73: "⬧",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x77: "⬥",
    0x9E: "·",
    0x9F: "•",
    0xA0: "\u00a0",
    0xA1: "○",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xD8: "➢",
    0xDC: "➲",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "⇐",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}

_TABLES: Final[dict[str, dict[int, str]]] = {
    "symbol": {
        **{0x20 + n: character for n, character in enumerate(_SYMBOL_LOW)},
        **{0xA0 + n: character for n, character in enumerate(_SYMBOL_HIGH)},
        **{0xF1 + n: character for n, character in enumerate(_SYMBOL_LAST)},
    },
    "wingdings": _WINGDINGS,
}


def character(font: str, code: str) -> str | None:
    """The Unicode character for a font's name and a hexadecimal code; None if we do not know it."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    private = 0xF000 <= number <= 0xF0FF
    table = _TABLES.get(font.lower())
    if table is not None:
        return table.get(number - 0xF000 if private else number)
    if private or not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return None
    return chr(number)
