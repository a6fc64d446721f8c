"""Make the PDF and the HTML page of an edition from beginning to end, as the build does, and sample editions."""

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from livingmanual.adapters import pandoc, templates
from livingmanual.adapters.typst import Compiled, compile_pdf
from livingmanual.compose import edition as composing
from livingmanual.model.document import Document
from livingmanual.model.edition import Edition, EditionKey
from livingmanual.model.manual import Manual, Part
from livingmanual.render import html, typst
from livingmanual.source import read
from livingmanual.source.tokens import Notations

REVISION = "0123456789abcdef0123456789abcdef01234567"
TIMESTAMP = 1795219200
"""2026-11-21."""


def document(path: str, text: str) -> Document:
    """A Markdown text as the tool reads it, without the tool's own notations."""
    notations = Notations()
    tree = pandoc.to_json(read.prepared_text(text), read.reader_format(notations))
    return read.read_document(path, text, tree, notations).value


def edition(
    *chapters: str,
    language: str = "en",
    country: str = "KE",
    part: str = "",
    annexes: tuple[str, ...] = (),
    **changes: Any,
) -> Edition:
    """An edition of these Markdown texts; `changes` are fields of the Edition to set afterwards."""
    paths = [f"manual/chapters/{number:02}.md" for number in range(1, len(chapters) + 1)]
    more = [f"manual/annexes/{number}.md" for number in range(1, len(annexes) + 1)]
    documents = {path: document(path, text) for path, text in zip([*paths, *more], [*chapters, *annexes], strict=True)}
    manual = Manual(
        "manual/manual.yaml",
        "sample",
        "A Manual of Samples: What May Stand in a Text",
        "For tests",
        language,
        (language,),
        ("pdf",),
        (),
        (Part("part-a", part, tuple(paths)),),
        tuple(more),
        (),
        "",
    )
    key = EditionKey(country, language, REVISION)
    draft = composing.begin(key, manual, documents, (), frozenset()).value
    made = composing.finish(draft, [], "21 November 2026", TIMESTAMP)
    return replace(made, **changes)


def pdf_files(made: Edition, pictures: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files that are compiled; `pictures` holds the contents of files of the workspace by path."""
    plan = typst.plan(made, "0.0")
    body = pandoc.typst(json.dumps(plan.ast))
    found = {name: (pictures or {})[path] for name, path in plan.media.items() if path in (pictures or {})}
    return {**typst.assemble(body, plan, templates.text("manual.typ"), found), **found}


def pdf(made: Edition, pictures: Mapping[str, bytes] | None = None) -> Compiled:
    """The PDF of an edition."""
    return compile_pdf(pdf_files(made, pictures), made.timestamp)


def page(made: Edition, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The HTML page of an edition."""
    plan = html.plan(made, "0.0")
    found = {name: (pictures or {})[path] for name, path in plan.media.items() if path in (pictures or {})}
    return html.page(pandoc.html(json.dumps(plan.ast)), plan, found, templates.text("manual.css"))


def structure(pdf_data: bytes) -> str:
    """What poppler prints of a PDF's tags, texts in quotes between them."""
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf_data, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def spoken(pdf_data: bytes) -> str:
    """The text of a PDF in the order of its tags, which is what a screen reader speaks; white space left out.

    A hyphen at the end of a line is a piece of its own there, and is left out as well.
    """
    pieces = re.findall(r'^\s*"(.*)"$', structure(pdf_data), re.MULTILINE)
    return re.sub(r"\s", "", "".join(piece for piece in pieces if piece not in ("-", "\u00ad")))
