"""What a reviewer does in Writer, one function per kind of edit.

Each takes the session, the open document and the edit as a dictionary, and returns where it was done. The commands of
the menus are used where the plain interface would not be tracked as a person's edit is: rows, moves, lists.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import uno  # type: ignore[import-not-found,unused-ignore]

from tests.support.office.places import NotFoundError, Paragraph, find, find_paragraph, paragraph_at

Edit = dict[str, Any]
Place = dict[str, Any]

PARAGRAPH_BREAK = 0
"""com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK."""


def replace(session: Any, document: Any, edit: Edit) -> Place:
    """`text` → `with`: delete, then type behind, as a person does who types over a selection."""
    paragraph, start, end = find(document, edit)
    place = paragraph.place(start)
    old = paragraph.span(start, end)
    behind = old.Text.createTextCursorByRange(old.End)
    old.setString("")
    behind.Text.insertString(behind, edit["with"], False)
    return place


def delete(session: Any, document: Any, edit: Edit) -> Place:
    """`text`."""
    paragraph, start, end = find(document, edit)
    place = paragraph.place(start)
    paragraph.span(start, end).setString("")
    return place


def insert_before(session: Any, document: Any, edit: Edit) -> Place:
    """`with`, before `text`."""
    paragraph, start, _ = find(document, edit)
    return _insert(paragraph, start, edit["with"])


def insert_after(session: Any, document: Any, edit: Edit) -> Place:
    """`with`, behind `text`."""
    paragraph, _, end = find(document, edit)
    return _insert(paragraph, end, edit["with"])


def _insert(paragraph: Paragraph, offset: int, text: str) -> Place:
    place = paragraph.place(offset)
    cursor = paragraph.point(offset)
    cursor.Text.insertString(cursor, text, False)
    return place


# Paragraphs


def add_paragraph(session: Any, document: Any, edit: Edit) -> Place:
    """A paragraph of `with` behind the one that `begins` so; `style` is the style's name, else as the one before."""
    paragraph = find_paragraph(document, edit)
    place = paragraph.place(len(paragraph.text))
    cursor = paragraph.content.Text.createTextCursorByRange(paragraph.content.End)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    cursor.Text.insertString(cursor, edit["with"], False)
    if "style" in edit:
        cursor.ParaStyleName = edit["style"]
    return place


def delete_paragraph(session: Any, document: Any, edit: Edit) -> Place:
    """All of the paragraph that `begins` so, with its mark; the last one of a text takes the mark before it."""
    paragraph = find_paragraph(document, edit)
    place = paragraph.place()
    _select(document, _whole(paragraph))
    session.command(document, "Delete")
    return place


def _whole(paragraph: Paragraph) -> Any:
    """From the start of a paragraph to the start of the next; of the last one, from the end of the one before."""
    start, end = paragraph.content.Start, paragraph.content.End
    cursor = paragraph.content.Text.createTextCursorByRange(start)
    cursor.gotoRange(end, True)
    if not cursor.goRight(1, True):
        cursor.gotoRange(start, False)
        if not cursor.goLeft(1, False):
            raise NotFoundError("it is the only paragraph")
        cursor.gotoRange(end, True)
    if _holds_table(cursor):
        raise NotFoundError("a table stands beside it")
    return cursor


def _holds_table(cursor: Any) -> bool:
    """A paragraph's mark next to a table cannot be selected without the table."""
    blocks = cursor.createEnumeration()
    found = False
    while blocks.hasMoreElements():
        found = blocks.nextElement().supportsService("com.sun.star.text.TextTable") or found
    return found


def _select(document: Any, cursor: Any) -> None:
    """What the menu's commands work on."""
    view = document.CurrentController.ViewCursor
    view.gotoRange(cursor.Start, False)
    view.gotoRange(cursor.End, True)


def split_paragraph(session: Any, document: Any, edit: Edit) -> Place:
    """A new paragraph begins before `text`."""
    paragraph, start, _ = find(document, edit)
    place = paragraph.place(start)
    cursor = paragraph.point(start)
    cursor.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    return place


def join_paragraph(session: Any, document: Any, edit: Edit) -> Place:
    """The paragraph that `begins` so loses its mark: the next one runs on in it, after `with` if given."""
    paragraph = find_paragraph(document, edit)
    place = paragraph.place(len(paragraph.text))
    cursor = paragraph.content.Text.createTextCursorByRange(paragraph.content.End)
    if edit.get("with"):
        cursor.Text.insertString(cursor, edit["with"], False)
    if not cursor.goRight(1, True):
        raise NotFoundError("there is no next paragraph")
    if _holds_table(cursor):
        raise NotFoundError("a table stands beside it")
    document.CurrentController.ViewCursor.gotoRange(cursor.Start, False)
    session.command(document, "Delete")
    return place


def move_paragraph(session: Any, document: Any, edit: Edit) -> Place:
    """The paragraph that `begins` so goes before the one that begins with `before` (cut and paste), or `down`/`up`
    by one (the menu's command)."""
    paragraph = find_paragraph(document, edit)
    place = paragraph.place()
    view = document.CurrentController.ViewCursor
    if "before" not in edit:
        view.gotoRange(paragraph.content.Start, False)
        session.command(document, "MoveUp" if edit.get("up") else "MoveDown")
        return place
    target = find_paragraph(document, {"begins": edit["before"]})
    start = target.content.Text.createTextCursorByRange(target.content.Start)
    _select(document, _whole(paragraph))
    session.command(document, "Cut")
    view.gotoRange(start, False)
    session.command(document, "Paste")
    return place


def set_style(session: Any, document: Any, edit: Edit) -> Place:
    """The paragraph that `begins` so gets the `style` of this name."""
    return _at(session, document, edit, "StyleApply", Style=edit["style"], FamilyName="ParagraphStyles")


def indent(session: Any, document: Any, edit: Edit) -> Place:
    """The list item that `begins` so goes one level down."""
    return _at(session, document, edit, "DecrementLevel")


def outdent(session: Any, document: Any, edit: Edit) -> Place:
    """The list item that `begins` so goes one level up."""
    return _at(session, document, edit, "IncrementLevel")


def _at(session: Any, document: Any, edit: Edit, command: str, **arguments: Any) -> Place:
    """The menu's command, with the cursor in the paragraph that `begins` so."""
    paragraph = find_paragraph(document, edit)
    place = paragraph.place()
    document.CurrentController.ViewCursor.gotoRange(paragraph.content.Start, False)
    session.command(document, command, **arguments)
    return place


# Looks


def bold(session: Any, document: Any, edit: Edit) -> Place:
    """`text` becomes bold."""
    return _look(document, edit, CharWeight=150.0)


def italic(session: Any, document: Any, edit: Edit) -> Place:
    """`text` becomes italic."""
    return _look(document, edit, CharPosture=uno.Enum("com.sun.star.awt.FontSlant", "ITALIC"))


def strike(session: Any, document: Any, edit: Edit) -> Place:
    """`text` is struck through, which is a look and no deletion."""
    return _look(document, edit, CharStrikeout=1)


def _look(document: Any, edit: Edit, **look: Any) -> Place:
    paragraph, start, end = find(document, edit)
    place = paragraph.place(start)
    span = paragraph.span(start, end)
    for name, value in look.items():
        span.setPropertyValue(name, value)
    return place


# Tables


def insert_row(session: Any, document: Any, edit: Edit) -> Place:
    """A row behind the one that holds `text`, with `cells` as the text of its cells."""
    paragraph, start, _ = find(document, {**edit, "part": "cell"})
    place = paragraph.place(start)
    view = document.CurrentController.ViewCursor
    view.gotoRange(paragraph.content.Start, False)
    table, name = view.TextTable, view.Cell.CellName
    session.command(document, "InsertRowsAfter")
    row = int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) + 1
    for number, text in enumerate(edit.get("cells", [])):
        cell = table.getCellByName(f"{chr(ord('A') + number)}{row}")
        cursor = cell.createTextCursor()
        cell.insertString(cursor, text, False)
    return place


def delete_row(session: Any, document: Any, edit: Edit) -> Place:
    """The row that holds `text`."""
    paragraph, start, _ = find(document, {**edit, "part": "cell"})
    place = paragraph.place(start)
    document.CurrentController.ViewCursor.gotoRange(paragraph.content.Start, False)
    session.command(document, "DeleteRows")
    return place


# Comments


def comment(session: Any, document: Any, edit: Edit) -> Place:
    """`comment` on `text`; with `to` as far as the end of that string, in whatever paragraph; with `point` before
    `text` only."""
    paragraph, start, end = find(document, edit)
    place = paragraph.place(start)
    if edit.get("point"):
        span = paragraph.point(start)
    elif "to" in edit:
        last, _, until = find(document, {k: v for k, v in edit.items() if k in {"to", "part"}}, key="to")
        span = paragraph.span(start, end)
        span.gotoRange(last.point(until), True)
    else:
        span = paragraph.span(start, end)
    _annotate(session, document, span, edit["comment"])
    return place


def _annotate(session: Any, document: Any, span: Any, words: str) -> None:
    user = session.configuration("/org.openoffice.UserProfile/Data")
    note = document.createInstance("com.sun.star.text.TextField.Annotation")
    note.Author = f"{user.givenname} {user.sn}".strip()
    note.Initials = user.initials
    note.DateTimeValue = _now()
    note.Content = words
    span.Text.insertTextContent(span, note, not span.isCollapsed())


def _now() -> Any:
    now = datetime.datetime.now()
    moment = uno.createUnoStruct("com.sun.star.util.DateTime")
    moment.Year, moment.Month, moment.Day = now.year, now.month, now.day
    moment.Hours, moment.Minutes, moment.Seconds = now.hour, now.minute, now.second
    return moment


def _annotations(document: Any) -> list[Any]:
    """Every comment of the document."""
    fields, found = document.TextFields.createEnumeration(), []
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.TextField.Annotation"):
            found.append(field)
    return found


def _annotation(document: Any, words: str) -> Any:
    found = [field for field in _annotations(document) if field.Content.startswith(words)]
    if len(found) != 1:
        raise NotFoundError(f'comments that begin with "{words}": {len(found)}')
    return found[0]


def reply(session: Any, document: Any, edit: Edit) -> Place:
    """`comment` in answer to the comment that begins with the words `to`, at the end of its range.

    An imitation: the menu's command answers only in a window that somebody sees. The words are those that Writer 7.4
    itself writes (`SwAnnotationWin::InitAnswer`); nothing but they tells that this is an answer.
    """
    parent = _annotation(document, edit["to"])
    place = paragraph_at(parent.Anchor).place()
    date = parent.DateTimeValue
    when = f"{date.Month:02}/{date.Day:02}/{date.Year:04}, {date.Hours:02}:{date.Minutes:02}"
    words = f'Reply to {parent.Author} ({when}): "{parent.Content}"\n{edit["comment"]}'
    _annotate(session, document, parent.Anchor.Text.createTextCursorByRange(parent.Anchor.End), words)
    return place


def resolve(session: Any, document: Any, edit: Edit) -> Place:
    """The comment that begins with the words `to` is done."""
    field = _annotation(document, edit["to"])
    field.Resolved = True
    return paragraph_at(field.Anchor).place()


# Notes


def insert_note(session: Any, document: Any, edit: Edit) -> Place:
    """A footnote that says `with`, behind `text`."""
    paragraph, _, end = find(document, edit)
    place = paragraph.place(end)
    cursor = paragraph.point(end)
    note = document.createInstance("com.sun.star.text.Footnote")
    cursor.Text.insertTextContent(cursor, note, False)
    note.insertString(note.createTextCursor(), edit["with"], False)
    return place


def delete_note(session: Any, document: Any, edit: Edit) -> Place:
    """The footnote whose text begins with `note`, by deleting its reference."""
    notes = [document.Footnotes.getByIndex(i) for i in range(document.Footnotes.Count)]
    found = [note for note in notes if note.String.strip().startswith(edit["note"])]
    if len(found) != 1:
        raise NotFoundError(f'footnotes that begin with "{edit["note"]}": {len(found)}')
    anchor = found[0].Anchor
    place = paragraph_at(anchor).place()
    cursor = anchor.Text.createTextCursorByRange(anchor.Start)
    cursor.goRight(1, True)
    cursor.setString("")
    return place


# Everything


def accept_all(session: Any, document: Any, edit: Edit) -> Place:
    """Every change of the file so far."""
    session.command(document, "AcceptAllTrackedChanges")
    return {"part": "", "paragraph": "", "offset": 0}


def reject_all(session: Any, document: Any, edit: Edit) -> Place:
    """Every change of the file so far."""
    session.command(document, "RejectAllTrackedChanges")
    return {"part": "", "paragraph": "", "offset": 0}


EDITS: dict[str, Callable[[Any, Any, Edit], Place]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        *(replace, delete, insert_before, insert_after),
        *(add_paragraph, delete_paragraph, split_paragraph, join_paragraph, move_paragraph, set_style, indent, outdent),
        *(bold, italic, strike),
        *(insert_row, delete_row),
        *(comment, reply, resolve),
        *(insert_note, delete_note),
        *(accept_all, reject_all),
    )
}
"""Every kind of edit by the name that a script calls it."""
