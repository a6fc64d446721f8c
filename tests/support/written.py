"""Editions out of a few lines of Markdown, for tests of what is made from editions."""

from dataclasses import replace

from livingmanual.adapters import pandoc
from livingmanual.compose.edition import contents
from livingmanual.compose.media import locate
from livingmanual.model.edition import Edition, EditionKey
from livingmanual.source.read import prepared_text, read_document, reader_format
from livingmanual.source.tokens import Notations
from livingmanual.text import identity
from livingmanual.text.words import words

REVISION = "0123456789abcdef0123456789abcdef01234567"


def edition_of(text: str, language: str = "en", country: str = "", **changes: object) -> Edition:
    """The edition of a manual that consists of one file, `manual/chapters/01.md`, without numbers and overlays."""
    notations = Notations()
    json = pandoc.to_json(prepared_text(text), reader_format(notations))
    document = read_document("manual/chapters/01.md", text, json, notations).value
    located, media = locate(document.blocks)
    nodes, blocks = identity.identify(located)
    made = Edition(
        key=EditionKey("KE" if country else "base", language, REVISION),
        manual="sample",
        title="A Sample",
        subtitle="for tests",
        country_name=country,
        language_name="English",
        direction="ltr",
        date="21 November 2026",
        timestamp=1795219200,
        nodes=nodes,
        blocks=blocks,
        contents=tuple(contents(nodes)),
        words=words(language),
        media=media,
        settings={"review": {"send_to": "review@example.org"}},
    )
    return replace(made, **changes)  # type: ignore[arg-type]
