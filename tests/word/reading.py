"""Short ways from hand-made XML to a reading, for tests."""

from __future__ import annotations

from typing import Any

from livingmanual.model.diagnostic import Outcome
from livingmanual.model.returned import Paragraph, Piece, Returned
from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.reader import read_word
from tests.word.package import word


def outcome(*body: str, **parts: Any) -> Outcome[Returned | None]:
    """What `read_word` says of a file with this body; the ledger is checked on the way."""
    data = word(*body, **parts)
    result = read_word(data)
    if result.value is not None:
        assert check_reading(result.value, count_changes(data)) == []
    return result


def read(*body: str, **parts: Any) -> Returned:
    """The reading of a file with this body."""
    value = outcome(*body, **parts).value
    assert value is not None
    return value


def paragraph(*content: str, **parts: Any) -> Paragraph:
    """The first paragraph of a file with this one paragraph."""
    return read(f"<w:p>{''.join(content)}</w:p>", **parts).paragraphs[0]


def piece(*content: str, **parts: Any) -> Piece:
    """The only piece of a file with this one paragraph."""
    (only,) = paragraph(*content, **parts).pieces
    return only


def codes(result: Outcome[Any]) -> list[str]:
    """Codes of its diagnostics."""
    return [diagnostic.code for diagnostic in result.diagnostics]
