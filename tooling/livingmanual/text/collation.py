"""In which order words stand in a dictionary of their language.

A small part of the Unicode Collation Algorithm (UTS #10) that six languages need: accents and capitals count last,
Spanish has ñ behind n, and Arabic leaves out the article, the vowel marks and the shapes of hamza, as its dictionaries
and indexes do. Words of another script stand behind those of the language's own.
"""

from __future__ import annotations

import unicodedata

ARTICLE = "ال"
FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": "", "ء": ""}
)
"""Arabic letters that count as another one, and what does not count."""
TAILORED = {"es": {"ñ": "n\uffff"}}
"""Language -> letters that are letters of their own there."""
Key = tuple[int, str, str]


def key(text: str, language: str) -> Key:
    """What to sort a text by in a language (BCP 47); equal texts have equal keys, others never."""
    primary = language.split("-", maxsplit=1)[0].lower()
    said = unicodedata.normalize("NFC", text).casefold()
    for letter, placed in TAILORED.get(primary, {}).items():
        said = said.replace(letter, placed)
    words = [_bare(word, primary) for word in said.split()]
    shown = " ".join(word for word in words if word)
    foreign = primary == "ar" and not any(unicodedata.bidirectional(letter) == "AL" for letter in shown)
    return int(foreign), shown, text


def _bare(word: str, language: str) -> str:
    """A word without its marks; in Arabic without its article as well."""
    letters = "".join(c for c in unicodedata.normalize("NFD", word.translate(FOLDED)) if c.isalnum() or c == "\uffff")
    if language == "ar" and letters.startswith(ARTICLE) and len(letters) > len(ARTICLE) + 1:
        return letters[len(ARTICLE) :]
    return letters
