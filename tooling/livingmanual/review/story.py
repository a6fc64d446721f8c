"""A story of the returned file next to the blocks it was made from, and the way from one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from livingmanual.model.document import Block
from livingmanual.model.returned import Paragraph, Point
from livingmanual.review import align
from livingmanual.review.changes import Map, Place, compare
from livingmanual.review.stream import BaseParagraph, Segment, base_paragraphs


@dataclass(frozen=True, slots=True)
class Story:
    """The base paragraphs of one story, paired with blocks."""

    name: str
    paragraphs: tuple[BaseParagraph, ...]
    blocks: tuple[Block, ...]
    """The blocks expected here, in order."""
    pairs: Mapping[int, Block]
    """Index of a base paragraph -> its block."""
    methods: Mapping[int, str]
    maps: Mapping[int, Map]
    places: Mapping[int, tuple[tuple[int, int, bool], ...]]
    """Index of a returned paragraph -> (offset there, offset in the base text, visible before) of each segment."""
    homes: Mapping[int, int]
    """Index of a returned paragraph -> index of its base paragraph."""
    doubtful: tuple[str, ...] = ()

    def place(self, point: Point) -> Place | None:
        """Where a point of the returned file lies in the text before the review; None if it is not in this story."""
        home = self.homes.get(point.paragraph)
        if home is None:
            return None
        before = 0
        for offset, base, visible in self.places[point.paragraph]:
            if offset > point.offset:
                break
            before = base + (point.offset - offset if visible else 0)
        following = [base for offset, base, _ in self.places[point.paragraph] if offset > point.offset]
        return Place(home, min([before, *following[:1]]))

    def offset(self, place: Place, at_end: bool = False) -> int:
        """A place as an offset in the text of its block."""
        found = self.maps.get(place.paragraph)
        return found.to_block(place.offset, at_end) if found else 0

    def unused(self) -> list[int]:
        """Indexes of blocks that no returned paragraph is paired with."""
        taken = {block.id for block in self.pairs.values()}
        return [index for index, block in enumerate(self.blocks) if block.id not in taken]

    def before(self, paragraph: int) -> Block | None:
        """The block of the nearest paired paragraph before a base paragraph."""
        return next((self.pairs[i] for i in range(paragraph - 1, -1, -1) if i in self.pairs), None)

    def after(self, paragraph: int) -> Block | None:
        """The block of the nearest paired paragraph from a base paragraph on."""
        return next((self.pairs[i] for i in range(paragraph, len(self.paragraphs)) if i in self.pairs), None)


def tell(name: str, paragraphs: Sequence[Paragraph], blocks: Sequence[Block]) -> Story:
    """Put a story of the returned file next to its blocks."""
    base = whole_again(base_paragraphs(paragraphs), blocks)
    pairing = align.align(base, blocks)
    pairs = {i: blocks[j] for i, j in enumerate(pairing.blocks) if j is not None}
    methods = {i: method for i, method in enumerate(pairing.methods) if method}
    maps = {i: compare(base[i].text, block.text) for i, block in pairs.items()}
    homes = {index: home for home, paragraph in enumerate(base) for index in paragraph.indexes}
    return Story(name, tuple(base), tuple(blocks), pairs, methods, maps, _places(base), homes, pairing.doubtful)


def whole_again(paragraphs: Sequence[BaseParagraph], blocks: Sequence[Block]) -> list[BaseParagraph]:
    """Put paragraphs together that were one in the edition and were split without Track Changes.

    Only where their texts, one after the other, are exactly a block's text, and neither is a block's text by itself.
    """
    wanted = {align.normal(block.text) for block in blocks} - {""}
    squeezed = {_squeezed(text) for text in wanted}
    out: list[BaseParagraph] = []
    for paragraph in paragraphs:
        last = out[-1] if out else None
        if (
            last
            and last.story == paragraph.story
            and last.cells == paragraph.cells
            and last.end.kept
            and last.text.strip()
        ):
            alone = align.normal(last.text) in wanted or align.normal(paragraph.text) in wanted
            if not alone and paragraph.text.strip() and _squeezed(last.text + paragraph.text) in squeezed:
                out[-1] = _together(last, paragraph)
                continue
        out.append(paragraph)
    return out


def _squeezed(text: str) -> str:
    return "".join(align.normal(text).split())


def _together(left: BaseParagraph, right: BaseParagraph) -> BaseParagraph:
    """One base paragraph with a break in it that nobody recorded."""
    items = (*left.items[:-1], replace(left.end, base=False), *right.items)
    names = tuple(dict.fromkeys([*left.names, *right.names]))
    return BaseParagraph(left.story, items, names, left.cells, (*left.indexes, *right.indexes))


def _places(paragraphs: Sequence[BaseParagraph]) -> dict[int, tuple[tuple[int, int, bool], ...]]:
    out: dict[int, list[tuple[int, int, bool]]] = {}
    for paragraph in paragraphs:
        base = 0
        for index in paragraph.indexes:
            out.setdefault(index, [])
        for item in paragraph.items:
            if isinstance(item, Segment):
                out[item.at.paragraph].append((item.at.offset, base, item.base))
                base += len(item.text) if item.base else 0
            else:
                out[item.at.paragraph].append((item.at.offset, base, False))
    return {index: tuple(places) for index, places in out.items()}
