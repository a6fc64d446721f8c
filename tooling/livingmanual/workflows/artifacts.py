"""Make one format of an edition: plan, run the writer, finish.

What every format needs from outside (pictures, fonts, templates, pandoc, typst) is fetched here; the phases in between
are pure. The same edition gives the same bytes.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable

from livingmanual import __version__
from livingmanual.adapters import pandoc, templates, typst
from livingmanual.errors import ContentProblem
from livingmanual.model.diagnostic import Diagnostic, Outcome, warning
from livingmanual.model.edition import Edition
from livingmanual.render import docx, html
from livingmanual.render import typst as typesetting
from livingmanual.render.docx.package import Package
from livingmanual.render.docx.reference import build
from livingmanual.workflows.editions import Shelf
from livingmanual.workflows.pictures import Pictures

REFERENCE = "manual/templates/reference.docx"
"""A manual's own styles for Word; without it ours are used."""


def _docx(shelf: Shelf, edition: Edition, pictures: Pictures, review: bool) -> Outcome[bytes]:
    plan = docx.plan(edition, __version__, review)
    media = {target: pictures.contents[path] for target, path in plan.media.items() if path in pictures.contents}
    drawn = {target: pictures.drawn[path] for target, path in plan.media.items() if path in pictures.drawn}
    written = pandoc.docx(json.dumps(plan.ast, ensure_ascii=False), reference(shelf), media)
    return Outcome(docx.finish(written, plan, drawn))


def reference(shelf: Shelf) -> bytes:
    """The reference document: the manual's own, else ours; raises ContentProblem if the manual's is no Word file."""
    own = shelf.sources.read(REFERENCE)
    if own is None:
        return build(pandoc.default_reference())
    try:
        Package.read(own)
    except (zipfile.BadZipFile, KeyError) as trouble:
        raise ContentProblem(f"{REFERENCE} is no Word file", "save it from Word as .docx, or remove it") from trouble
    return own


def _pdf(shelf: Shelf, edition: Edition, pictures: Pictures, review: bool) -> Outcome[bytes]:
    plan = typesetting.plan(edition, __version__)
    body = pandoc.typst(json.dumps(plan.ast, ensure_ascii=False))
    media = {name: pictures.contents[path] for name, path in plan.media.items() if path in pictures.contents}
    files = typesetting.assemble(body, plan, templates.text("manual.typ"), media)
    made = typst.compile_pdf({**files, **media}, plan.timestamp)
    return Outcome(made.pdf, tuple(_said(message) for message in made.warnings))


def _said(message: str) -> Diagnostic:
    return warning(
        "pdf-imperfect",
        message,
        None,
        "change the text or picture that it speaks about, or ask for help with this message",
    )


def _html(shelf: Shelf, edition: Edition, pictures: Pictures, review: bool) -> Outcome[bytes]:
    plan = html.plan(edition, __version__)
    media = {name: pictures.contents[path] for name, path in plan.media.items() if path in pictures.contents}
    fragment = pandoc.html(json.dumps(plan.ast, ensure_ascii=False))
    return Outcome(html.page(fragment, plan, media, templates.text("manual.css")))


FORMATS: dict[str, Callable[[Shelf, Edition, Pictures, bool], Outcome[bytes]]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
}
"""The formats there are, and what makes each; the order is that of the listings."""


def make(shelf: Shelf, edition: Edition, form: str, pictures: Pictures, review: bool = False) -> Outcome[bytes]:
    """The file of an edition in a format of FORMATS; `review` makes the Word file that goes to reviewers."""
    return FORMATS[form](shelf, edition, pictures, review)
