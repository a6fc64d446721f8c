"""Raise a note on the source of a translation: what was said about it becomes a comment on the text itself.

A reviewer of a translation often finds what is wrong in the source. The suggestion stays what it is, a change of the
catalog; beside it a submission with one comment is written into the same round, which points at the source's own words
and is decided on like any other. It names who raised it, never the reviewer.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository
from livingmanual.compose.names import BASE
from livingmanual.errors import WrongUse
from livingmanual.model.document import Document
from livingmanual.model.remark import Anchor, AnchorState, Remark, Route, origin_of
from livingmanual.model.run import Span
from livingmanual.text import quoted
from livingmanual.translate import po
from livingmanual.translate.messages import messages
from livingmanual.workflows import reviews
from livingmanual.workflows.editions import Shelf, open_revision
from livingmanual.workflows.elsewhere import at_revision
from livingmanual.workflows.triage import Desk, Standing


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a source, and the files that make it a submission."""

    remark: Remark
    files: dict[str, bytes]

    def write(self, root: Path) -> None:
        """Put the submission in place."""
        folder = DiskFolder(root)
        for path, data in self.files.items():
            folder.write(path, data)


def note_on(root: Path, remark: str, text: str) -> Note:
    """A comment on the source of the translation that a remark is about; nothing is written.

    Raises WrongUse for a remark that is about no translation, or whose source text is gone.
    """
    desk = Desk(root)
    standing = desk.find(remark)
    shelf = open_revision(root)
    document, start, end = _source(desk, shelf, standing)
    author = Repository(root).user().name
    scope = hashlib.sha256(f"{standing.remark.id}\n{text}".encode()).hexdigest()
    note = Remark(
        id=scope[:12],
        kind="comment",
        author=author,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        text=f"{text}\n(raised with {standing.remark.id}, on the translation of this)",
        quoted=document.text[start:end],
        route=Route(origin_of(document.path)),
        anchor=Anchor(AnchorState.EXACT, (Span(document.path, start, end, document.line_of(start)),), "translation"),
    )
    head = {
        "format": 1,
        "scope": scope[:16],
        "sha256": scope,
        "edition": {"country": BASE, "language": shelf.loaded.manual.language, "revision": shelf.revision},
        "authors": [author],
        "ledger": {"found": {}, "accounted": {}, "balanced": True},
    }
    name = f"{reviews.REVIEWS}/{standing.submission.round}/source-note-{scope[:8]}"
    line = json.dumps(note.as_json(), ensure_ascii=False, sort_keys=True) + "\n"
    about = reviews.yaml_bytes(head, "A note on the source of a translation.")
    return Note(note, {f"{name}/remarks.jsonl": line.encode("utf-8"), f"{name}/submission.yaml": about})


def _source(desk: Desk, shelf: Shelf, standing: Standing) -> tuple[Document, int, int]:
    """Today's source of the translation that a remark points at, and its slice."""
    spans = [span for span in standing.remark.anchor.spans if quoted.is_catalog(span.path)]
    if not spans:
        raise WrongUse(
            f"{standing.remark.id} is not about a translation",
            "comment on the text itself, or decide on the remark with a reason",
        )
    then = at_revision(desk.root, standing.submission.revision).sources.read(spans[0].path) or b""
    key = _message_at(spans[0].path, then.decode("utf-8", "replace"), spans[0].start)
    for document in shelf.loaded.documents.values():
        for message in messages(document):
            if message.key == key:
                return document, message.start, message.end
    raise WrongUse(
        f"the source text of what {standing.remark.id} is about is not there any more",
        "comment on what stands in its place",
    )


def _message_at(path: str, text: str, offset: int) -> tuple[str, str] | None:
    """The key of the message in whose translation an offset of a catalog falls."""
    entries = po.read_catalog(path, "", text).value.entries
    return next((e.key for e in entries if e.translation.span[0] <= offset <= e.translation.span[1]), None)
