"""The words of the frame that a Word file uses, in English; an edition's own words win over these."""

from __future__ import annotations

from livingmanual.model.edition import Edition

WORDS = {
    "contents": "Contents",
    "edition-for": "Edition for {name}",
    "base-edition": "Edition for all countries",
    "draft": "Draft",
    "page": "Page",
    "of": "of",
    "edition-stamp": "Edition stamp",
    "review-title": "How to send us your remarks",
    "review-how": (
        "Comments and changes are both welcome. Track Changes is already on: write into the text, or select words and "
        "add a comment. Please do not accept or reject changes, and keep the file in its format (docx)."
    ),
    "review-send": "Send the file to",
}
"""Key -> English default."""


def word(edition: Edition, key: str) -> str:
    """The words for `key` in the edition's language, or else in English."""
    return edition.words.get(key) or WORDS[key]
