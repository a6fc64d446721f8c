"""Gather the remarks of a returned file, story by story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from livingmanual.model.document import Block, Document
from livingmanual.model.remark import Anchor, AnchorState, Edit, Remark, Route
from livingmanual.model.returned import ChangeMark, Comment, Point, Returned
from livingmanual.review import changes, context, formats, inline, place, rows, structure, suggest
from livingmanual.review.align import increasing, normal
from livingmanual.review.changes import Change, Place
from livingmanual.review.gather import Gatherer
from livingmanual.review.inline import Unsupported
from livingmanual.review.story import Story
from livingmanual.review.stream import Break, Segment

NO_EDITS: tuple[Edit, ...] = ()
LIKELY = 60
"""Per cent of similarity from which a paragraph without a pair may be a changed one of the edition."""
LAYOUT_ONLY = ("contents", "stamp")
"""Names of frame blocks that Word-processors rewrite by themselves."""


class Collector(Gatherer):
    """Knows every kind of thing that a reviewer can do, and makes remarks of it."""

    def __init__(
        self, returned: Returned, documents: dict[str, Document], stories: Sequence[Story], author: str, foreign: bool
    ) -> None:
        super().__init__(returned, documents, stories, author)
        self.foreign = foreign
        self.ids: dict[int, str] = {}
        self.rows_gone: set[str] = set()
        self.brought: set[str] = set()
        """Stories of new notes whose reference is part of a remark."""
        self.style = context.style_of(stories, documents)
        self.empty: dict[Point, list[ChangeMark]] = {}
        """Insertions and deletions that hold no text, by their place."""
        for mark in returned.marks:
            if mark.start is not None and mark.start == mark.end and mark.kind in ("w:ins", "w:del"):
                self.empty.setdefault(mark.start, []).append(mark)

    def _marks_of_notes(self, change: Change) -> list[int]:
        """Numbers of the marks inside notes that a change brings."""
        targets = {item.thing.target for item in change.content if isinstance(item, Segment) and item.thing} & set(
            self.style.notes
        )
        inside = {
            index for story in self.stories if story.name in targets for p in story.paragraphs for index in p.indexes
        }
        return [m.number for m in self.returned.marks if m.start and m.start.paragraph in inside]

    def _empty_marks_beside(self, change: Change) -> list[int]:
        """Marks without text that go with a change: LibreOffice deletes a note's number with the note's first words."""
        own = [self.returned.marks[n] for n in change.marks]
        beside = {(point, mark.author) for mark in own for point in (mark.start, mark.end) if point is not None}
        return [m.number for point, author in beside for m in self.empty.get(point, ()) if m.author == author]

    def run(self) -> list[Remark]:
        """Everything, in this order: changes of each story, comments, and what is left over."""
        for story in sorted(self.stories, key=lambda s: s.name in self.style.notes):
            self._of_story(story)
        self._comments()
        self._left_over()
        return self.remarks

    # What happened to the text

    def _of_story(self, story: Story) -> None:
        for row in rows.row_changes(story):
            self._row(row, story)
        recorded = rows.without_rows(changes.tracked(story.paragraphs, self.returned.marks), story)
        found = [] if self.foreign else changes.untracked(story.paragraphs, self._comparable(story), story.maps)
        for change in changes.merged(story.paragraphs, recorded, found):
            if not change.empty:
                self._change(change, story)
        for shaped in formats.format_changes(story):
            self._format(shaped, story)
        self._levels(story)
        if not self.foreign and story.name not in self.brought:
            self._paragraphs_without_pair(story)
            self._moved(story)

    def _comparable(self, story: Story) -> dict[int, Block]:
        return {index: block for index, block in story.pairs.items() if not _layout(block)}

    def _change(self, change: Change, story: Story) -> None:
        if change.marks and all(n in self.done for n in change.marks):
            return
        proposal = suggest.propose(change, story, self.documents, self.style)
        block = story.pairs.get(change.start.paragraph)
        marks = [*change.marks, *self._empty_marks_beside(change), *self._marks_of_notes(change)]
        marks = [n for n in marks if n not in self.done]
        self.brought |= {item.thing.target for item in change.content if isinstance(item, Segment) and item.thing}
        anchor = self.anchor_at(story, change.start, change.end, proposal.why)
        route = self.route(proposal.edits, anchor, block, proposal.generated is not None)
        self.suggestion(
            marks,
            block,
            (change.start.offset, change.end.offset),
            change.old or self._old(change, story),
            change.new,
            anchor,
            route,
            proposal.edits,
            change.tracked and bool(change.marks),
        )

    def _old(self, change: Change, story: Story) -> str:
        if change.start.paragraph != change.end.paragraph:
            return ""
        block = story.pairs.get(change.start.paragraph)
        return block.text[story.offset(change.start) : story.offset(change.end, True)] if block else ""

    def _row(self, row: rows.RowChange, story: Story, tracked: bool = True) -> None:
        why, edits = "", NO_EDITS
        try:
            edits = tuple(rows.propose(row, story, self.documents, self.style))
        except (Unsupported, place.Cut) as reason:
            why = suggest.why_not(reason)
        text = rows.text_of(story, row)
        first = row.paragraphs[0]
        block = story.pairs.get(first) or story.before(first)
        anchor = self.block_anchor(block, story.methods.get(first, "text"), edits, why)
        route = self.route(edits, anchor, block, False)
        old, new = ("", text) if row.inserted else (text, "")
        self.suggestion(row.marks, block, (0, 0), old, new, anchor, route, edits, tracked)

    def _format(self, shaped: formats.FormatChange, story: Story) -> None:
        why, edits = "", NO_EDITS
        try:
            edits = tuple(formats.propose(shaped, story, self.documents))
        except (Unsupported, place.Cut) as reason:
            why = suggest.why_not(reason)
        anchor = self.anchor_at(story, Place(shaped.paragraph, shaped.start), Place(shaped.paragraph, shaped.end), why)
        block = story.pairs.get(shaped.paragraph)
        told = ", ".join(
            [*(f"{k} added" for k in sorted(shaped.added)), *(f"{k} removed" for k in sorted(shaped.removed))]
        )
        new = f"{shaped.text} [{told or 'formatting'}]"
        self.suggestion(
            list(shaped.marks),
            block,
            (shaped.start, shaped.end),
            shaped.text,
            new,
            anchor,
            self.route(edits, anchor, block, False),
            edits,
            True,
        )

    def _levels(self, story: Story) -> None:
        """Changes of paragraph properties on paragraph marks that were there before."""
        for index, paragraph in enumerate(story.paragraphs):
            for item in paragraph.items:
                marks = [n for n in item.property_marks if n not in self.done] if isinstance(item, Break) else []
                if not marks or not isinstance(item, Break):
                    continue
                block = story.pairs.get(index)
                why, edits = "", NO_EDITS
                try:
                    if block is None or not item.kept:
                        raise Unsupported(
                            "this paragraph formatting belongs to a paragraph that is new, gone or not found"
                        )
                    edits = tuple(
                        formats.level_edits(item, block, (story.before(index), story.after(index + 1)), self.documents)
                    )
                except Unsupported as reason:
                    why = suggest.why_not(reason)
                anchor = self.anchor_at(story, Place(index, 0), Place(index, len(paragraph.text)), why)
                now, then = item.properties.style or "", (item.was.style or "") if item.was else ""
                self.suggestion(
                    marks,
                    block,
                    (0, 0),
                    f"{then}: {paragraph.text}",
                    f"{now}: {paragraph.text}",
                    anchor,
                    self.route(edits, anchor, block, False),
                    edits,
                    True,
                )

    def _paragraphs_without_pair(self, story: Story) -> None:
        """Paragraphs that came or went without a change mark; look-alikes of something missing are not guessed."""
        rows_of = self._rows_without_pair(story)
        unused = [i for i in story.unused() if story.blocks[i].id not in self.rows_gone]
        missing = [normal(story.blocks[i].text) for i in unused]
        doubted: set[int] = set()
        for index, paragraph in enumerate(story.paragraphs):
            if index in story.pairs or index in rows_of or paragraph.wholly_new or not paragraph.final_text.strip():
                continue
            text = normal(paragraph.text)
            if not paragraph.text.strip():
                continue
            likely = process.extractOne(text, missing, scorer=fuzz.ratio, score_cutoff=LIKELY) if missing else None
            doubted |= {unused[likely[2]]} if likely else set()
            self._added(index, story, "it looks like a paragraph of the edition, but not surely" if likely else "")
        for index in unused:
            self._gone(story, index, "it may have been changed, not taken out" if index in doubted else "")

    def _rows_without_pair(self, story: Story) -> set[int]:
        """Rows of tables that came or went without a change mark; returns the indexes of the new rows' paragraphs."""
        done: set[int] = set()
        for row in rows.untracked_rows(story):
            done |= set(row.paragraphs)
            self._row(row, story, tracked=False)
        for blocks in rows.missing_rows(story, self.documents):
            self.rows_gone |= {block.id for block in blocks}
            why, edits = "", NO_EDITS
            try:
                edits = tuple(rows.line_of(blocks[0], self.documents))
            except Unsupported as reason:
                why = suggest.why_not(reason)
            anchor = self.block_anchor(blocks[0], "text", edits, why)
            self.suggestion(
                [],
                blocks[0],
                (0, 0),
                "\t".join(b.text for b in blocks),
                "",
                anchor,
                self.route(edits, anchor, blocks[0], False),
                edits,
                False,
            )
        return done

    def _moved(self, story: Story) -> None:
        """Paragraphs that stand in another order than in the edition, without a change mark."""
        order = {block.id: index for index, block in enumerate(story.blocks)}
        placed = [(index, order[block.id]) for index, block in sorted(story.pairs.items()) if block.id in order]
        staying = set(increasing(placed))
        for index, place_ in placed:
            block = story.pairs[index]
            if (index, place_) in staying or not block.extent or not block.text.strip() or block.kind == "cell":
                continue
            why, edits = "", NO_EDITS
            try:
                edits = tuple(self._moving(story, index, block, {i for i, _ in staying}))
            except (Unsupported, place.Cut) as reason:
                why = suggest.why_not(reason)
            anchor = self.block_anchor(block, "moved", edits, why)
            self.suggestion(
                [],
                block,
                (0, 0),
                block.text,
                block.text,
                anchor,
                self.route(edits, anchor, block, False),
                edits,
                False,
            )

    def _moving(self, story: Story, index: int, block: Block, staying: set[int]) -> list[Edit]:
        """Take a block out and write its source behind the paragraph that now stands before it."""
        before = next((story.pairs[i] for i in range(index - 1, -1, -1) if i in staying), None)
        if before is None:
            raise Unsupported("nothing that stayed in place stands before it")
        assert block.extent is not None
        source = self.documents[block.extent.path].text[block.extent.start : block.extent.end]
        style = inline.Style(moved={normal(block.text): (source, place.own_words(block))})
        segments = [item for item in story.paragraphs[index].items if isinstance(item, Segment) and item.base]
        new = [structure.New(tuple(segments), story.paragraphs[index].end.properties)]
        add = structure.add_after_table if before.kind == "cell" else structure.add_after
        return [*structure.remove([block], self.documents), *add(before, self.documents, new, style)]

    def _added(self, index: int, story: Story, doubt: str) -> None:
        paragraph = story.paragraphs[index]
        content = changes.content(story.paragraphs, Place(index, 0), Place(index, len(paragraph.text)))
        marks = [n for item in paragraph.items for n in item.marks if n not in self.done]
        previous, edits, why = story.before(index), NO_EDITS, doubt
        if previous is not None and not doubt:
            try:
                new = structure.cut(content, paragraph.end.properties)
                add = structure.add_after_table if previous.kind == "cell" else structure.add_after
                edits = tuple(add(previous, self.documents, new, self.style))
            except (Unsupported, place.Cut) as reason:
                why = suggest.why_not(reason)
        anchor = (
            self.block_anchor(previous, "text", edits, why)
            if edits
            else Anchor(
                AnchorState.UNPLACED,
                why=why or "nothing before it was found in the edition",
                candidates=self.candidates(paragraph.text),
            )
        )
        self.suggestion(
            marks,
            previous,
            (0, 0),
            "",
            paragraph.final_text,
            anchor,
            self.route(edits, anchor, previous, False),
            edits,
            False,
        )

    def _gone(self, story: Story, index: int, doubt: str) -> None:
        block = story.blocks[index]
        similar = any(
            normal(p.text) == normal(block.text) for i, p in enumerate(story.paragraphs) if i not in story.pairs
        )
        if not block.text.strip() or _layout(block) or similar or block.kind in ("label", "frame"):
            return
        why, edits = doubt, NO_EDITS
        try:
            edits = NO_EDITS if doubt else tuple(structure.remove([block], self.documents))
        except Unsupported as reason:
            why = suggest.why_not(reason)
        anchor = self.block_anchor(block, "text", edits, why)
        self.suggestion(
            [],
            block,
            (0, len(block.text)),
            block.text,
            "",
            anchor,
            self.route(edits, anchor, block, False),
            edits,
            False,
        )

    # Comments

    def _comments(self) -> None:
        for comment in self.returned.comments:
            self.ids[comment.number] = self.make_id(
                "comment",
                comment.author or "",
                comment.date or "",
                comment.text,
                comment.element_id if not comment.text else "",
            )
        for comment in self.returned.comments:
            self._comment(comment)

    def _comment(self, comment: Comment) -> None:
        anchor, quoted, _ = self._comment_place(comment)
        marks = self._empty_marks_at(comment)
        counted = Counter(self.returned.marks[n].kind for n in marks)
        counted["w:comment"] = 1
        route = self.route((), anchor, None, False)
        self.done.update(marks)
        self.remarks.append(
            Remark(
                self.ids[comment.number],
                "comment",
                comment.author or self.author,
                comment.date_utc or comment.date or "",
                text=comment.text,
                quoted=quoted,
                route=route,
                anchor=anchor,
                parent=self.ids.get(comment.parent) if comment.parent is not None else None,
                resolved=comment.resolved,
                counted=dict(counted),
                initials=comment.initials or "",
                raw_date=comment.date or "",
            )
        )

    def _comment_place(self, comment: Comment) -> tuple[Anchor, str, Story | None]:
        if comment.start is None or comment.end is None:
            return Anchor(AnchorState.UNPLACED, why="nothing in the text refers to this comment"), "", None
        for story in self.stories:
            start, end = story.place(comment.start), story.place(comment.end)
            if start is not None and end is not None:
                return self.anchor_at(story, start, max(start, end), ""), self._quoted(comment), story
        story_name = self.returned.paragraphs[comment.start.paragraph].story
        return (
            Anchor(AnchorState.UNPLACED, why=f"it stands in {story_name}, which is not part of the manual's text"),
            self._quoted(comment),
            None,
        )

    def _quoted(self, comment: Comment) -> str:
        """What the comment is about, as it reads after the changes; deleted text only if there is nothing else."""
        assert comment.start is not None and comment.end is not None
        seen, all_ = [], []
        for index in range(comment.start.paragraph, comment.end.paragraph + 1):
            paragraph = self.returned.paragraphs[index]
            low = comment.start.offset if index == comment.start.paragraph else 0
            high = comment.end.offset if index == comment.end.paragraph else len(paragraph.text)
            all_.append(paragraph.text[low:high])
            live = [
                piece.text[max(low - at, 0) : max(high - at, 0)]
                for at, piece in paragraph.places_of_pieces()
                if not piece.deleted
            ]
            seen.append("".join(live))
        return "\n".join(seen if any(seen) else all_)

    def _empty_marks_at(self, comment: Comment) -> list[int]:
        """LibreOffice records the adding of a comment as an insertion without text; it belongs to the comment."""
        points = {point for point in (comment.start, comment.end) if point is not None}
        found = [mark for point in points for mark in self.empty.get(point, ()) if mark.kind == "w:ins"]
        return [m.number for m in found if m.number not in self.done and m.author == comment.author]

    # What is left, and the parts of a remark

    def _left_over(self) -> None:
        for mark in self.returned.marks:
            if mark.number not in self.done:
                text = self._text_of(mark)
                where = mark.part.rsplit("/", 1)[-1]
                anchor = Anchor(AnchorState.UNPLACED, why=f"{mark.kind} in {where} is not carried over", candidates=())
                old, new = (text, "") if "del" in mark.kind.lower() or "moveFrom" in mark.kind else ("", text)
                self.suggestion([mark.number], None, (0, 0), old, new, anchor, Route.NONE, (), True)

    def _text_of(self, mark: ChangeMark) -> str:
        if mark.start is None or mark.end is None:
            return "; ".join(f"{name}: {value}" for name, value in mark.after)
        parts = []
        for index in range(mark.start.paragraph, min(mark.end.paragraph, len(self.returned.paragraphs) - 1) + 1):
            text = self.returned.paragraphs[index].text
            low = mark.start.offset if index == mark.start.paragraph else 0
            high = mark.end.offset if index == mark.end.paragraph else len(text)
            parts.append(text[low:high])
        return "\n".join(parts)


def _layout(block: Block) -> bool:
    made = block.runs[0].made if block.runs else ""
    return block.kind == "frame" and made.removeprefix("frame ").startswith(LAYOUT_ONLY)
