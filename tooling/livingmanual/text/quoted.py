r"""How a text is written inside the quotation marks of a PO file (GNU gettext manual, "The Format of PO Files").

What changes a source file writes Markdown; what changes a catalog writes Markdown in a C string, where `"` and `\` are
escaped and a line end is `\n`.
"""

from __future__ import annotations

SUFFIX = ".po"
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
"""What stands behind a backslash, and the character that it means."""
SPELT = {character: f"\\{letter}" for letter, character in ESCAPES.items()}


def is_catalog(path: str) -> bool:
    """True for the path of a catalog."""
    return path.endswith(SUFFIX)


def escape(text: str) -> str:
    """The text as it stands between the quotation marks."""
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character in SPELT:
        return SPELT[character]
    return f"\\{ord(character):03o}" if character < " " or character == "\x7f" else character


def written_for(path: str, markdown: str) -> str:
    """Markdown as it is to be written into this file."""
    return escape(markdown) if is_catalog(path) else markdown
