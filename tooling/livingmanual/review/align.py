"""Which block of the edition is each returned paragraph?

Bookmarks say it, the text confirms it; where a bookmark is missing, doubled or contradicted, text alone decides, and
only where it proves something. Order of steps: bookmark with equal text; equal text between two placed neighbours;
bookmark with similar text; similar text in order; equal text elsewhere (moved). Look-alikes are never guessed: a text
that occurs several times is placed only if order leaves one possibility (Hypothesis client #7571).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from livingmanual.model.document import Block
from livingmanual.review.stream import BaseParagraph

SIMILAR_WITH_MARK = 50.0
"""Per cent of similarity at which a bookmark is believed although the text differs (untracked edits)."""
SIMILAR = 72.0
"""Per cent at which text without a bookmark is taken for an edited block, between placed neighbours."""
SIMILAR_OPPOSITE = 50.0
"""The same where as many blocks as paragraphs stand between those neighbours, and it has the same place among them."""
MARGIN = 12.0
"""By how many per cent the best candidate must beat the next."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The result: for each returned paragraph the index of its block (or None), and how that is known."""

    blocks: tuple[int | None, ...]
    methods: tuple[str, ...]
    """`bookmark`, `text`, `similar`, `moved` or empty."""
    doubtful: tuple[str, ...] = ()
    """What contradicted itself, for people: bookmarks that the text does not confirm."""


def normal(text: str) -> str:
    """Text for comparison: Word-processors change the kinds of spaces, and drop them at the ends."""
    return " ".join(text.replace("\u00ad", "").split())


def align(paragraphs: Sequence[BaseParagraph], blocks: Sequence[Block]) -> Pairing:
    """Pair the base paragraphs of one story with the blocks expected there, both in document order."""
    return _Aligner(paragraphs, blocks).run()


class _Aligner:
    def __init__(self, paragraphs: Sequence[BaseParagraph], blocks: Sequence[Block]) -> None:
        self.paragraphs, self.blocks = paragraphs, blocks
        self.texts = [normal(p.text) for p in paragraphs]
        self.wanted = [normal(b.text) for b in blocks]
        self.names = {block.id: index for index, block in enumerate(blocks)}
        self.found: list[int | None] = [None] * len(paragraphs)
        self.methods = [""] * len(paragraphs)
        self.used: set[int] = set()
        self.doubtful: list[str] = []

    def run(self) -> Pairing:
        self._by_bookmark(self._equal)
        self._between_neighbours()
        self._by_bookmark(self._similar_enough)
        self._between_neighbours()
        while self._in_order_similar():  # each pair found divides its gap
            pass
        self._bookmark_in_order()
        self._moved()
        self._report_contradictions()
        return Pairing(tuple(self.found), tuple(self.methods), tuple(self.doubtful))

    def _take(self, paragraph: int, block: int, method: str) -> None:
        self.found[paragraph], self.methods[paragraph] = block, method
        self.used.add(block)

    def _equal(self, paragraph: int, block: int) -> bool:
        return self.texts[paragraph] == self.wanted[block]

    def _similar_enough(self, paragraph: int, block: int) -> bool:
        return fuzz.ratio(self.texts[paragraph], self.wanted[block]) >= SIMILAR_WITH_MARK

    def _by_bookmark(self, confirms: Callable[[int, int], bool]) -> None:
        """Pair by name; of several paragraphs that carry one name (a copied passage) the first confirmed wins."""
        for index, paragraph in enumerate(self.paragraphs):
            if self.found[index] is not None or paragraph.wholly_new:
                continue
            for name in paragraph.names:
                block = self.names.get(name)
                if block is not None and block not in self.used and confirms(index, block):
                    self._take(index, block, "bookmark")
                    break

    def _gaps(self) -> list[tuple[range, range]]:
        """Stretches without a pair between two paired neighbours that keep their order."""
        anchors = increasing([(i, j) for i, j in enumerate(self.found) if j is not None])
        edges = [(-1, -1), *anchors, (len(self.paragraphs), len(self.blocks))]
        return [(range(a + 1, c), range(b + 1, d)) for (a, b), (c, d) in pairwise(edges)]

    def _open(self, gap: tuple[range, range]) -> tuple[list[int], list[int]]:
        mine = [i for i in gap[0] if self.found[i] is None and not self.paragraphs[i].wholly_new]
        return mine, [j for j in gap[1] if j not in self.used]

    def _between_neighbours(self) -> None:
        """Equal texts inside a gap, in order; a text that occurs unequally often on the two sides is left alone."""
        for gap in self._gaps():
            mine, theirs = self._open(gap)
            here, there = Counter(self.texts[i] for i in mine), Counter(self.wanted[j] for j in theirs)
            places: dict[str, list[int]] = defaultdict(list)
            for j in theirs:
                places[self.wanted[j]].append(j)
            for i in mine:
                text = self.texts[i]
                if text and here[text] == there[text]:
                    self._take(i, places[text].pop(0), "text")
                elif not text and len(mine) == len(theirs):
                    block = theirs[mine.index(i)]
                    if not self.wanted[block]:
                        self._take(i, block, "text")

    def _in_order_similar(self) -> bool:
        """Edited texts inside a gap: the best candidate, if it is good and clearly better than any other.

        True if any was found.
        """
        before = len(self.used)
        for gap in self._gaps():
            mine, theirs = self._open(gap)
            scores = {
                (i, j): fuzz.ratio(self.texts[i], self.wanted[j])
                for i in mine
                for j in theirs
                if len(mine) * len(theirs) <= 40_000
            }
            opposite = set(zip(mine, theirs, strict=True)) if len(mine) == len(theirs) else set()
            for (i, j), score in sorted(scores.items(), key=lambda item: -item[1]):
                if score < (SIMILAR_OPPOSITE if (i, j) in opposite else SIMILAR):
                    continue
                if self.found[i] is None and j not in self.used and self._clearly_best(i, j, score, scores):
                    self._take(i, j, "similar")
        return len(self.used) > before

    def _bookmark_in_order(self) -> None:
        """A bookmark that stands where its block belongs is believed, unless its text is another block's."""
        for gap in self._gaps():
            mine, theirs = self._open(gap)
            for i in mine:
                named = [j for j in theirs if self.blocks[j].id in self.paragraphs[i].names and j not in self.used]
                if named and self.texts[i] and self.texts[i] not in self.wanted:
                    self._take(i, named[0], "similar")

    def _clearly_best(self, i: int, j: int, score: float, scores: dict[tuple[int, int], float]) -> bool:
        rivals = [
            s for (a, b), s in scores.items() if (a == i) != (b == j) and self.found[a] is None and b not in self.used
        ]
        return all(score - rival >= MARGIN for rival in rivals)

    def _moved(self) -> None:
        """A text that is left over exactly once on both sides was moved by hand."""
        mine = [
            i for i, j in enumerate(self.found) if j is None and self.texts[i] and not self.paragraphs[i].wholly_new
        ]
        theirs = [j for j in range(len(self.blocks)) if j not in self.used]
        here, there = Counter(self.texts[i] for i in mine), Counter(self.wanted[j] for j in range(len(self.blocks)))
        for i in mine:
            text = self.texts[i]
            if here[text] == 1 and there[text] == 1:
                match = [j for j in theirs if self.wanted[j] == text]
                if match:
                    self._take(i, match[0], "moved")

    def _report_contradictions(self) -> None:
        for index, paragraph in enumerate(self.paragraphs):
            named = {self.names[name] for name in paragraph.names if name in self.names}
            if named and self.found[index] not in named and self.texts[index]:
                self.doubtful.append(f'a bookmark on "{self.texts[index][:60]}" names another block than its text')


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs whose second members rise (patience sorting)."""
    tails: list[int] = []
    at: list[int] = []
    back: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        back.append(at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            at.append(index)
        else:
            tails[place], at[place] = j, index
    out = []
    here = at[-1] if at else -1
    while here >= 0:
        out.append(pairs[here])
        here = back[here]
    return out[::-1]
