"""Making remarks: ids, anchors, routes, candidates.

What every kind of remark needs, whatever it was found by.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Anchor, AnchorState, Edit, Remark, Route, origin_of
from livingmanual.model.returned import Returned
from livingmanual.model.run import Span
from livingmanual.review import place
from livingmanual.review.changes import Place
from livingmanual.review.story import Story
from livingmanual.text import quoted

CANDIDATES = 3
STATES = {
    "bookmark": AnchorState.EXACT,
    "text": AnchorState.EXACT,
    "similar": AnchorState.FUZZY,
    "moved": AnchorState.MOVED,
}


class Gatherer:
    """Keeps the remarks made so far; `done` holds the numbers of the change marks that some remark accounts for."""

    def __init__(
        self, returned: Returned, documents: dict[str, Document], stories: Sequence[Story], author: str
    ) -> None:
        self.returned, self.documents, self.stories = returned, documents, stories
        self.author = author
        self.done: set[int] = set()
        self.remarks: list[Remark] = []
        self.seen: Counter[str] = Counter()

    def suggestion(
        self,
        marks: list[int],
        block: Block | None,
        at: tuple[int, int],
        old: str,
        new: str,
        anchor: Anchor,
        route: Route,
        edits: Iterable[Edit],
        tracked: bool,
    ) -> None:
        """Add a suggestion that accounts for the marks; date and author are those of the first."""
        marks = [n for n in marks if n not in self.done]
        self.done.update(marks)
        found = [self.returned.marks[n] for n in marks]
        named = list(dict.fromkeys(mark.author for mark in found if mark.author))
        author = (named[0] if named else "") or self.author
        first = found[0] if found else None
        date = (first.date_utc or first.date or "") if first else ""
        name = self.make_id("suggestion", author, date, block.id if block else "", str(at), old, new)
        self.remarks.append(
            Remark(
                name,
                "suggestion",
                author,
                date,
                old=old,
                new=new,
                route=route,
                anchor=anchor,
                edits=tuple(replace(edit, new=quoted.written_for(edit.path, edit.new)) for edit in edits),
                tracked=tracked,
                counted=dict(Counter(mark.kind for mark in found)),
                others=tuple(named[1:]),
                initials=(first.initials or "") if first else "",
                raw_date=(first.date or "") if first else "",
            )
        )

    def make_id(self, *parts: str | None) -> str:
        """An id made of the parts; equal parts get different ids by their number among equals."""
        text = "\n".join(part or "" for part in parts)
        self.seen[text] += 1
        return hashlib.blake2b(f"{text}\n{self.seen[text]}".encode(), digest_size=6).hexdigest()

    def anchor_at(self, story: Story, start: Place, end: Place, why: str) -> Anchor:
        """The anchor of a stretch of a story; unplaced if its paragraph was not found."""
        found: list[Span] = []
        for index in range(start.paragraph, min(end.paragraph, len(story.paragraphs) - 1) + 1):
            block = story.pairs.get(index)
            if block is None:
                continue
            low = story.offset(start) if index == start.paragraph else 0
            high = story.offset(end, at_end=True) if index == end.paragraph else len(block.text)
            if index == end.paragraph and index != start.paragraph and high == 0:
                continue
            found += place.spans(block, low, max(low, high))
        block = story.pairs.get(start.paragraph)
        method = story.methods.get(start.paragraph, "")
        if block is None or (not found and block.extent is None and not block.runs):
            text = story.paragraphs[min(start.paragraph, len(story.paragraphs) - 1)].text if story.paragraphs else ""
            return Anchor(
                AnchorState.UNPLACED,
                why=why or "the paragraph it is in was not found in the edition",
                candidates=self.candidates(text),
            )
        spans = tuple(self._lined(span) for span in found)
        return Anchor(STATES.get(method, AnchorState.UNPLACED), spans, method, block.id, why)

    def block_anchor(self, block: Block | None, method: str, edits: Iterable[Edit], why: str) -> Anchor:
        """The anchor of a whole block, or of the edits made beside it."""
        spans = [Span(e.path, e.start, e.end) for e in edits]
        if not spans and block and block.extent:
            spans = [block.extent]
        if block is None:
            return Anchor(AnchorState.UNPLACED, why=why)
        return Anchor(
            STATES.get(method, AnchorState.EXACT), tuple(self._lined(s) for s in spans), method, block.id, why
        )

    def _lined(self, span: Span) -> Span:
        document = self.documents.get(span.path)
        return Span(span.path, span.start, span.end, document.line_of(span.start) if document else 0)

    def route(self, edits: Sequence[Edit], anchor: Anchor, block: Block | None, generated: bool) -> Route:
        """Where a change lands: by its edits, else by what it points at."""
        if edits:
            return Route(origin_of(edits[0].path))
        if generated or (block is not None and block.kind in ("frame", "label")):
            return Route.GENERATED
        if anchor.state is AnchorState.UNPLACED:
            return Route.NONE
        return Route(origin_of(anchor.spans[0].path)) if anchor.spans else Route.GENERATED

    def candidates(self, text: str) -> tuple[str, ...]:
        """Blocks of the edition that look most like a text, for a person to choose from."""
        if not text.strip():
            return ()
        blocks = [b for story in self.stories for b in story.blocks if b.extent and b.text.strip()]
        best = process.extract(text, [b.text for b in blocks], scorer=fuzz.ratio, limit=CANDIDATES, score_cutoff=40)
        out = []
        for shown, _, index in best:
            extent = blocks[index].extent
            if extent:
                line = self.documents[extent.path].line_of(extent.start)
                out.append(f'{extent.path}:{line} "{shown[:60]}"')
        return tuple(out)
