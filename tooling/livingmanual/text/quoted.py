r"""How a text is written inside the quotation marks of a PO file (GNU gettext manual, "The Format of PO Files").

What changes a source file writes Markdown; what changes a catalog writes Markdown in a C string, where `"` and `\` are
escaped and a line end is `\n`.
"""

from __future__ import annotations

SUFFIX = ".po"
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def is_catalog(path: str) -> bool:
    """True for the path of a catalog."""
    return path.endswith(SUFFIX)


def escape(text: str) -> str:
    """The text as it stands between the quotation marks."""
    return text.translate(ESCAPES)


def written_for(path: str, markdown: str) -> str:
    """Markdown as it is to be written into this file."""
    return escape(markdown) if is_catalog(path) else markdown
