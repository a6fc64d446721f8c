"""How wide the columns of a table should be.

Word and LibreOffice disagree about tables that fit themselves to their content, and a wide one may leave the page. So
widths are worked out here, from the words: no column narrower than its longest word, the rest shared out by how much
each has to say.
"""

from __future__ import annotations

from livingmanual.model.document import Node
from livingmanual.text import tree

LINE = 92
"""Characters that fit beside each other in a row of table text across the page."""

PADDING = 4
"""Characters' worth of white space in a cell."""

LONGEST = 24
"""A longer word (an address, a code) may be broken rather than push the other columns away."""

SHORT = 12
"""A text of so few characters stays on one line."""

BLANK, BLANK_OF_MANY = 36, 10
"""Width of a column that is to be filled in by hand, in a table of at most four columns and in a wider one."""


def widths(table: Node) -> list[float]:
    """The share of the page's width for every column, adding up to 1."""
    count = len(table["c"][2])
    least, wanted, weight = [4.0] * count, [4.0] * count, [1.0] * count
    blank = [True] * count
    for row_number, row in enumerate(tree.table_rows(table)):
        at = 0
        for cell in row[1]:
            if cell[3] == 1 and at < count:
                text = _text(cell)
                least[at] = max(least[at], _least(text))
                wanted[at] = max(wanted[at], len(text) + PADDING)
                weight[at] += len(text)
                blank[at] &= not text or row_number == 0
            at += cell[3]
    for at in range(count):
        if blank[at]:
            room = BLANK if count <= 4 else BLANK_OF_MANY
            least[at], wanted[at] = max(least[at], room), max(wanted[at], room)
    return _shares(least, wanted, weight)


def _least(text: str) -> float:
    longest = max((len(word) for word in text.split()), default=0)
    return max(min(longest, LONGEST), min(len(text), SHORT)) + PADDING


def _text(cell: list[object]) -> str:
    blocks = cell[4]
    assert isinstance(blocks, list)
    return " ".join(tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves(blocks))


def _shares(least: list[float], wanted: list[float], weight: list[float]) -> list[float]:
    if sum(wanted) <= LINE or sum(least) >= LINE:
        basis = wanted if sum(wanted) <= LINE else least
        return [round(width / sum(basis), 4) for width in basis]
    room = LINE - sum(least)
    # The square root keeps a column of long sentences from starving one of short phrases.
    appetite = [min(want - low, heavy**0.5 * 4) for want, low, heavy in zip(wanted, least, weight, strict=True)]
    total = sum(appetite) or 1.0
    return [round((low + room * part / total) / LINE, 4) for low, part in zip(least, appetite, strict=True)]
