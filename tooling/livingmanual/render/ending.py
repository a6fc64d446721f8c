"""What stays together on a page: the end of a chapter, and words that lead to a list or a table.

A chapter begins on a new page. If its last two lines do not fit on the page before, they stand alone on theirs. So the
last blocks of a chapter, from a dozen lines up to half a page, are not divided: where they do not fit, all of them move
on, as a typesetter would do by hand. How many lines a block takes is guessed from its letters; the guess need not be
good, because it only decides how much moves.

A heading stays with the block below it. If that block is one line such as "Answer these questions in order.", heading
and line would still stand alone at the foot of a page, so a line like that stays with the block below it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from livingmanual.model.document import Node
from livingmanual.text import tree

LETTERS = 88
"""Letters of a line of text across the page."""
LEAST, MOST = 12.0, 30.0
"""Lines that the end of a chapter holds at least, and at most."""
HEADING, GAP = 2.5, 0.6
"""Lines that a heading takes with the space around it, and that lie between two blocks."""


def endings(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """For each chapter the blocks at its end that stay together: half-open ranges of indices into `nodes`.

    `nodes` is the top level with every div around a heading opened (`outline.opened`). A chapter that is no longer than
    its end, and one whose last block is longer than what may stay together, has none.
    """
    starts = [at for at, node in enumerate(nodes) if _begins_page(node)]
    found = []
    for start, stop in itertools.pairwise([*starts, len(nodes)]):
        first = _first(nodes, start + 1, stop)
        if start + 1 < first < stop:
            found.append((first, stop))
    return found


def leading(nodes: Sequence[Node]) -> list[int]:
    """Indices of the paragraphs that stay with the block below them.

    Those that end with a colon before a list, definitions or a table, and those that stand right below a heading: of
    one line before any text, of two lines before a list.
    """
    found = []
    for at, (node, following) in enumerate(itertools.pairwise(nodes)):
        if node["t"] != "Para" or following["t"] == "Header" or _floats(following):
            continue
        listed = _is_led_to(following)
        below_heading = at > 0 and nodes[at - 1]["t"] == "Header"
        short = below_heading and len(tree.string(node["c"])) <= (2 if listed else 1) * LETTERS
        if short or (listed and _announces(node)):
            found.append(at)
    return found


def _is_led_to(node: Node) -> bool:
    lists = ("BulletList", "OrderedList", "DefinitionList", "Table", "BlockQuote")
    return node["t"] in lists or (node["t"] == "Div" and "table" in tree.classes(node))


def _begins_page(node: Node) -> bool:
    return (node["t"] == "Header" and node["c"][0] == 1) or (node["t"] == "Div" and "part" in tree.classes(node))


def _first(nodes: Sequence[Node], start: int, stop: int) -> int:
    """The index of the first block that stays with the end of the chapter in `nodes[start:stop]`."""
    first, height = stop, 0.0
    while first > start:
        before = nodes[first - 1]
        leads = before["t"] == "Header" or _announces(before)
        if height >= LEAST and not leads:
            break
        height += lines(before)
        if height > MOST or _floats(before):
            break
        first -= 1
    return first


def _announces(node: Node) -> bool:
    return node["t"] in ("Para", "Plain") and tree.string(node["c"]).rstrip().endswith((":", "："))


def _floats(node: Node) -> bool:
    """A picture may move to the foot of a page, and cannot do so from inside a group of blocks."""
    return node["t"] == "Figure" or (node["t"] == "Div" and any(_floats(child) for child in node["c"][1]))


def lines(node: Node) -> float:
    """About how many lines a block takes."""
    if node["t"] == "Header":
        return HEADING
    if node["t"] == "Table":
        return sum(max(1.0, _letters(row[1]) / LETTERS) + GAP for row in tree.table_rows(node)) + HEADING
    if node["t"] == "Div":
        return sum(lines(child) for child in node["c"][1])
    found = [tree.string(tree.inlines(leaf)) for leaf, _ in tree.leaves([node])]
    return sum(1 + len(text) // LETTERS for text in found) + GAP * max(1, len(found) / 3)


def _letters(cells: Sequence[Sequence[object]]) -> int:
    total = 0
    for cell in cells:
        blocks = cell[4]
        assert isinstance(blocks, list)
        total += sum(len(tree.string(tree.inlines(leaf))) for leaf, _ in tree.leaves(blocks))
    return total
