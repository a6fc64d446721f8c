"""The id that a heading gets from its words."""

from __future__ import annotations

import re


def slug(text: str) -> str:
    """The id that GitHub gives a heading: lower case, punctuation dropped, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
