"""How well letters stand out from what is behind them, as WCAG 2.2 measures it (1.4.3)."""

LEAST, LEAST_OF_LARGE = 4.5, 3.0
"""What text must reach, and what large text must: 18 points, or 14 points and bold."""


def contrast(one: str, other: str) -> float:
    """The contrast between two colours, written `#RRGGBB`, `RRGGBB` or `#RGB`: from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
