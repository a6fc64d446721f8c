"""Change single parts of a Word file and leave the others as they are, byte for byte."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO


def rewrite(data: bytes, parts: str, change: Callable[[str], str]) -> bytes:
    """The package with `change` applied to the text of every part whose whole name matches the pattern `parts`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if re.fullmatch(parts, item.filename):
                content = change(content.decode("utf-8")).encode("utf-8")
            target.writestr(item, content)
    return out.getvalue()


def without_comments(data: bytes) -> bytes:
    """The package with no comment in its text; LibreOffice 7.4 reads wrong notes where comments precede them."""
    return rewrite(data, r"word/[a-z]+\d*\.xml", lambda xml: re.sub(r"<w:comment(Range|Reference)[^>]*/>", "", xml))


def with_comment_paragraphs(data: bytes) -> bytes:
    """The package with each line of a comment as a paragraph, as Writer saves what is typed into its window.

    A comment made from outside is saved with its lines run together in one run.
    """
    broken = "</w:t></w:r></w:p><w:p><w:r><w:t>"
    return rewrite(data, r"word/comments\.xml", lambda xml: re.sub(r"</w:t><w:t(?: [^>]*)?>", broken, xml))
