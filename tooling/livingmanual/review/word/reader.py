"""Read a returned Word file completely: bytes in, one typed reading out.

Everything a reviewer can do becomes a change mark or a comment. What cannot be read is said in a diagnostic; no
content of the file ever raises an exception, and nothing is written or fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace

from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, warning
from livingmanual.model.limits import DEFAULT_LIMITS, Limits
from livingmanual.model.returned import ChangeMark, Returned
from livingmanual.review.word import comments as comment_parts
from livingmanual.review.word.changes import property_changes
from livingmanual.review.word.fields import unclosed
from livingmanual.review.word.handlers import HANDLERS
from livingmanual.review.word.marks import frozen
from livingmanual.review.word.names import ID, w
from livingmanual.review.word.package import Package, Refused, main_part, open_package
from livingmanual.review.word.ranges import names_by_paragraph
from livingmanual.review.word.settings import read_settings
from livingmanual.review.word.stamp import find_stamp
from livingmanual.review.word.styles import Styles, read_styles
from livingmanual.review.word.walk import Walk, finished
from livingmanual.review.word.xml import Element, Unparsable

_ROLES = (
    (re.compile(r"wordprocessingml\.(document|template)\.main\+xml$"), "document"),
    (re.compile(r"wordprocessingml\.(footnotes|endnotes|header|footer|comments|styles|numbering)\+xml$"), None),
    (re.compile(r"wordprocessingml\.document\.glossary\+xml$"), "glossaryDocument"),
    (re.compile(r"(?:wordprocessingml|ms-word)\.(commentsExtended|commentsIds|commentsExtensible)\+xml$"), None),
    (re.compile(r"ms-word\.(stylesWithEffects)\+xml$"), None),
)
"""Content types of the parts that matter, and their role: the relationship's last word."""

_ORDER = ("document", "footnotes", "endnotes", "header", "footer", "comments", "styles", "numbering")
_EXTENSIONS = ("commentsExtended", "commentsIds", "commentsExtensible")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_word(data: bytes, limits: Limits = DEFAULT_LIMITS, name: str = "") -> Outcome[Returned | None]:
    """Read the bytes of a `.docx` file; `name` is the file's name for messages.

    The value is None exactly if the file cannot be read as a Word file at all; then one error says why. Otherwise
    warnings and errors name what could not be read, and `livingmanual.review.ledger` tells whether it mattered.
    """
    try:
        package = open_package(data, limits)
        main = main_part(package)
        value, diagnostics = _read(package, main)
    except Refused as refused:
        return Outcome(None, _located([refused.diagnostic], name))
    return Outcome(value, _located(diagnostics, name))


def _located(diagnostics: Iterable[Diagnostic], name: str) -> tuple[Diagnostic, ...]:
    if not name:
        return tuple(diagnostics)
    return tuple(replace(item, position=item.position or Position(name)) for item in diagnostics)


def _read(package: Package, main: str) -> tuple[Returned, list[Diagnostic]]:
    try:
        document = package.tree(main)
    except Unparsable as trouble:
        message = f'the text of the file ("{main}") cannot be read: {trouble}'
        raise Refused(error("word-document-broken", message, hint="ask for the file again")) from trouble
    roles, ignored = parts_by_role(package, main)
    styles = _styles(package, roles)
    walk = Walk(styles, HANDLERS)
    book = comment_parts.Book()
    for role in _ORDER:
        for part in roles.get(role, []):
            _read_part(walk, package, part, role, document if part == main else None, book)
    for role in _EXTENSIONS:
        for part in roles.get(role, []):
            root = package.tree_or_none(part)
            if root is not None:
                comment_parts.read_extended(root, book)
    parts = tuple(part for role in (*_ORDER, *_EXTENSIONS) for part in roles.get(role, []))
    _warn_of_content(package, parts)
    return _put_together(walk, book, package, main, document, parts, tuple(ignored))


def _put_together(
    walk: Walk,
    book: comment_parts.Book,
    package: Package,
    main: str,
    document: Element,
    parts: tuple[str, ...],
    ignored: tuple[str, ...],
) -> tuple[Returned, list[Diagnostic]]:
    bookmarks = walk.ranges.settled_bookmarks()
    names = names_by_paragraph(bookmarks, len(walk.drafts))
    paragraphs = tuple(finished(draft, walk.styles, names) for draft in walk.drafts)
    settings = read_settings(package, main, document)
    read = comment_parts.finish(book, walk.ranges, paragraphs, settings.generator)
    value = Returned(
        paragraphs=paragraphs,
        marks=_marks(walk),
        comments=read.comments,
        bookmarks=bookmarks,
        threads=read.threads,
        stamp=find_stamp(package, main, paragraphs, settings),
        settings=settings,
        parts=parts,
        ignored=ignored,
        media=tuple(item for item in package.parts() if not item[1].endswith("xml")),
    )
    diagnostics = [*package.diagnostics, *walk.diagnostics, *names.diagnostics, *read.diagnostics]
    if not value.stamp.agree:
        places = ", ".join(f'{item.place}: "{item.value}"' for item in value.stamp.found)
        diagnostics.append(
            warning(
                "word-stamps-differ", f"the file names different editions ({places})", hint="say which with --edition"
            )
        )
    return value, diagnostics


def _marks(walk: Walk) -> tuple[ChangeMark, ...]:
    settled = ((mark, *walk.ranges.settle_pair(mark.start, mark.end)) for mark in walk.book.marks)
    return tuple(frozen(number, mark, start, end) for number, (mark, start, end) in enumerate(settled))


# -- which parts there are -------------------------------------------------------------------------------------


def parts_by_role(package: Package, main: str) -> tuple[dict[str, list[str]], list[str]]:
    """Parts to read by role, and parts that can hold changes but are not part of the text.

    A part counts by its content type or by a relationship from the document, so that one which the document no
    longer points to is read as well: its changes are in the file.
    """
    found: dict[str, str] = {main: "document"}
    for link in package.relationships(main).values():
        if not link.external and link.target in package and link.kind in {*_ORDER, *_EXTENSIONS, "glossaryDocument"}:
            found.setdefault(link.target, link.kind)
    spelt = {part.lower() for part in found}
    for part, kind in package.parts():
        role = _role(kind)
        if role is not None and part.lower() not in spelt:
            found[part] = role
    glossary = _glossary_parts(package, found)
    roles: dict[str, list[str]] = {}
    ignored: list[str] = []
    for part in sorted(found, key=lambda part: (part != main, _natural(posixpath.splitext(part)[0]))):
        if part.lower() in glossary or found[part] == "stylesWithEffects":
            ignored.append(part)
        else:
            roles.setdefault(found[part], []).append(part)
    return roles, ignored


def _role(content_type: str) -> str | None:
    for pattern, role in _ROLES:
        match = pattern.search(content_type)
        if match is not None:
            return role or match[1]
    return None


def _glossary_parts(package: Package, found: dict[str, str]) -> set[str]:
    """The glossary document (building blocks, 12.3.4) and what belongs to it."""
    names: set[str] = set()
    for part in [part for part, role in found.items() if role == "glossaryDocument"]:
        names.add(part.lower())
        names.update(link.target.lower() for link in package.relationships(part).values() if not link.external)
    return names


def _natural(part: str) -> list[tuple[int, str]]:
    """A key that puts `header2` before `header10`."""
    return [(int(text) if text.isdigit() else -1, text) for text in re.split(r"(\d{1,9})", part)]


def _styles(package: Package, roles: dict[str, list[str]]) -> Styles:
    styles = next(iter(roles.get("styles", [])), None)
    numbering = next(iter(roles.get("numbering", [])), None)
    return read_styles(
        package.tree_or_none(styles) if styles else None, package.tree_or_none(numbering) if numbering else None
    )


# -- reading one part ------------------------------------------------------------------------------------------


def _read_part(
    walk: Walk, package: Package, part: str, role: str, root: Element | None, book: comment_parts.Book
) -> None:
    if root is None:
        try:
            root = package.tree(part)
        except Unparsable as trouble:
            message = f'the part "{part}" cannot be read: {trouble}'
            walk.diagnostics.append(error("word-part-broken", message, hint="ask for the file again"))
            return
    walk.part = part
    walk.relationships = package.relationships(part)
    walk.broken_fields = unclosed(root)
    stem = posixpath.splitext(posixpath.basename(part))[0]
    if role in _NOTES:
        _read_notes(walk, root, _NOTES[role])
    elif role == "comments":
        comment_parts.read_comments(walk, root, part, book)
    elif role in {"styles", "numbering"}:
        property_changes(walk, root)
    elif role == "document":
        walk.read_story(root, "body" if not walk.drafts else f"unlinked:{stem}")
    else:
        walk.read_story(root, f"{role}:{stem}")
    _read_boxes(walk)
    left = walk.ranges.end_part()
    if left:
        walk.note("word-bookmark-open", f'{left} bookmarks in "{part}" never end')


def _read_notes(walk: Walk, root: Element, kind: str) -> None:
    """A notes part: each note is a story (17.11.10, 17.11.2); the lines between text and notes are not text."""
    seen: set[str] = set()
    for note in root:
        if note.tag != w(kind):
            walk.read_story((note,), f"stray:{kind}")
            continue
        identity = note.get(ID, "")
        story = f"{kind}:{identity}"
        if note.get(w("type")) in _SEPARATORS:
            story = f"separator:{kind}:{identity}"
        if story in seen:
            walk.note("word-note-id-twice", f'two notes in "{walk.part}" have the id "{identity}"; both are kept')
            story = f"{story}~{len(seen)}"
        seen.add(story)
        walk.read_story(note, story)


def _read_boxes(walk: Walk) -> None:
    """Read the text boxes that this part's stories hold, and the boxes inside those."""
    while walk.queue:
        box = walk.queue.pop(0)
        walk.read_story(box.content, box.story, box.inserted, box.deleted)


# -- what is never followed ------------------------------------------------------------------------------------

_MACROS = re.compile(r"vbaProject|macroEnabled|activeX", re.IGNORECASE)
_HARMLESS = frozenset({"hyperlink", "image", "customXml", "attachedTemplate"})
"""Nearly every file from Word names a template on its author's disk; it is never fetched, and says who that is."""


def _warn_of_content(package: Package, parts: Iterable[str]) -> None:
    """Name what the file would run or fetch; we do neither."""
    macros = [part for part, kind in package.parts() if _MACROS.search(kind)]
    macros += [name for low, name in package.names.items() if "vbaproject" in low]
    if macros:
        package.diagnostics.append(
            warning("word-active-content", f'the file holds active content ("{macros[0]}"), which is not run')
        )
    links = (link for part in parts for link in package.relationships(part).values())
    outside = [link for link in links if link.external and link.kind not in _HARMLESS]
    if outside:
        # The address itself is left out: a path on somebody's disk often holds that person's name.
        message = f"the file points outside itself ({outside[0].kind}), which is not followed"
        package.diagnostics.append(warning("word-external", message))
