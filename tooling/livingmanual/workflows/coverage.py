"""Say how much of the working tree is translated, in words, by language, file and country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from livingmanual.model.catalog import Found, Message, State
from livingmanual.report.coverage import Row
from livingmanual.translate import match
from livingmanual.translate.messages import NOT_WORDS
from livingmanual.translate.places import Wanted
from livingmanual.workflows.catalogs import read_all
from livingmanual.workflows.editions import Shelf, open_draft
from livingmanual.workflows.translate import chosen, everything


def status(root: Path, names: Sequence[str]) -> list[Row]:
    """A row for each source file that has to be translated, in each of these languages (none: in all)."""
    shelf = open_draft(root)
    messages = everything(shelf)
    return [row for name in chosen(shelf, names) for row in rows_of(shelf, name, messages.into(name))]


def rows_of(shelf: Shelf, language: str, wanted: Mapping[str, Sequence[Wanted]]) -> list[Row]:
    """A row for each source file that has to be translated into a language.

    A catalog that cannot be read counts as one without entries; `manual check` says what is wrong with it.
    """
    messages = {path: [item.message for item in items] for path, items in wanted.items()}
    catalogs, _ = read_all(shelf.sources, language, wanted)
    found = match.match(messages, catalogs)
    return [_row(language, path, asked, found) for path, asked in messages.items()]


def _row(language: str, path: str, asked: Sequence[Message], found: dict[match.Key, Found]) -> Row:
    counts = dict.fromkeys(State, 0)
    drafted = 0
    for message in asked:
        words, one = words_of(message), found[path, message.key]
        counts[one.state] += words
        drafted += words if one.state is State.TRANSLATED and one.entry and one.entry.drafted else 0
    scope = match.scope(path)
    country = scope.rpartition("/")[2] or None
    missing = counts[State.MISSING]
    total = counts[State.TRANSLATED] + counts[State.STALE] + missing
    return Row(language, path, country, counts[State.TRANSLATED], counts[State.STALE], missing, drafted, total)


def words_of(message: Message) -> int:
    """How many words a message has; variables, citations and the like are none."""
    return sum(any(map(str.isalpha, word)) for word in NOT_WORDS.sub(" ", message.text).split())
