"""Text becomes typst source that prints as exactly that text.

In typst's markup every ASCII punctuation mark may mean something, some only at the start of a line or twice in a
row; a backslash before it always takes the meaning away (Typst reference, "Syntax", escape sequences). So all of
them are escaped, and nobody has to know where a line begins. Inside a string literal only `\\` and `"` mean anything.
"""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What typst takes for the end of a line."""
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ufeff\ud800-\udfff]")
"""Control characters, non-characters, a stray byte-order mark and lone surrogates: no font has a shape for them."""


def markup(text: str) -> str:
    """Typst markup that prints `text`; ends of lines become spaces, what cannot be printed is left out."""
    if text.isalnum():
        return text
    return SPECIAL.sub(r"\\\1", LINE_ENDS.sub(" ", UNPRINTABLE.sub("", text)))


def string(text: str) -> str:
    """A typst string literal, quotes included, on one line, that holds `text` without what cannot be printed."""
    clean = UNPRINTABLE.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    clean = LINE_ENDS.sub("\\\\n", clean).replace("\t", "\\t")
    return f'"{clean}"'
