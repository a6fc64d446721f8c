"""From an edition to the files that typst compiles.

One file per chapter, because typst lays out files that did not change from memory and runs of pages side by side
(measured: a warm rebuild costs a third). The main file holds what differs between editions around the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from livingmanual.model.document import Node
from livingmanual.model.edition import Edition
from livingmanual.render import links
from livingmanual.render.bidi import isolated_text
from livingmanual.render.ending import endings, leading
from livingmanual.render.frame import Frame, frame, shown, word
from livingmanual.render.outline import Levels, opened
from livingmanual.render.typst import escape
from livingmanual.render.typst.blocks import write_blocks
from livingmanual.render.typst.inlines import Context, raw, wrapped, write
from livingmanual.render.typst.tables import source
from livingmanual.text import tree

CUT = "// cut here"
"""The line between two files. No text can make one: its slashes are escaped in markup, and a string has quotes."""
IMPORT = '#import "/template.typ": *\n'
API_VERSION = [1, 23, 1]
"""Version of pandoc's JSON format that the tree is written in."""
DIVIDED = frozenset(
    {"af", "cs", "da", "de", "el", "en", "es", "fi", "fr", "it", "nb", "nl", "nn", "pl", "pt", "ru", "sv", "tr", "uk"}
)
"""Languages whose words typst divides at the ends of lines; in others lines stay ragged, which keeps spaces even."""
DEEPEST_CONTENTS = 2
"""Contents entries below this level are left to the PDF's outline."""


@dataclass(frozen=True, slots=True)
class TypstPlan:
    """What the workflow needs to make a PDF."""

    ast: dict[str, Any]
    """For pandoc's typst writer."""
    media: dict[str, str]
    """Name of a picture among the files to compile -> its path in the workspace."""
    document: str
    """Typst source of the main file up to the text."""
    stamp: str
    """The stamp's line, which stands after the text."""
    timestamp: int
    """Seconds since 1970 UTC; every date in the PDF is this one."""


def plan(edition: Edition, tool_version: str) -> TypstPlan:
    """Lay out an edition made by version `tool_version` of the tool; links that lead nowhere become plain words."""
    around = frame(edition, tool_version)
    context = Context(
        frozenset(links.identifiers(edition.nodes)),
        edition.media,
        write_blocks,
        edition.direction == "rtl",
        _undivided(edition),
        language=edition.key.language,
    )
    chapters = _Chapters(context)
    blocks = chapters.write(edition.nodes)
    media = {name: edition.media[target] for name, target in context.media.items()} | _emblem(edition)
    ast = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    return TypstPlan(ast, media, _document(edition, around), around.stamp_line, edition.timestamp)


def _emblem(edition: Edition) -> dict[str, str]:
    """The picture of the cover by its name among the files."""
    return {f"emblem{PurePosixPath(edition.emblem.path).suffix.lower()}": edition.emblem.path} if edition.emblem else {}


def assemble(body: str, plan: TypstPlan, template: str, pictures: Collection[str] | None = None) -> dict[str, bytes]:
    """The files to compile, by name, `main.typ` first; the caller adds the content of `plan.media`.

    `body` is what pandoc made of `plan.ast`, `template` the text of the template. `pictures` names those of
    `plan.media` that there are (None: all of them); the others print as a box with their words.
    """
    chapters = [part.strip() for part in re.split(f"^{CUT}$", body, flags=re.MULTILINE)]
    texts = {f"text/{number:03}.typ": part for number, part in enumerate(chapters) if part}
    absent = sorted(set(plan.media) - set(plan.media if pictures is None else pictures))
    lines = [plan.document, f"#lm-absent.update(({''.join(escape.string(name) + ', ' for name in absent)}))"]
    for name in texts:
        lines.append(f'#pagebreak(weak: true)\n#include "{name}"')
    lines.append(f"#lm-stamp({escape.string(plan.stamp)})\n")
    files = {"main.typ": "\n".join(lines), "template.typ": template}
    files.update({name: f"{IMPORT}\n{text}\n" for name, text in texts.items()})
    return {name: text.encode("utf-8") for name, text in files.items()}


def _document(edition: Edition, around: Frame) -> str:
    language, _, rest = edition.key.language.partition("-")
    region = (
        edition.key.country
        if len(edition.key.country) == 2
        else next((part for part in rest.split("-") if len(part) == 2), "")
    )
    values = {
        "title": around.title,
        "subtitle": around.subtitle,
        "country": around.country,
        "edition": around.edition,
        "official": around.official,
        "language": around.language,
        "date": around.date,
        "draft": around.draft,
        "status": around.status,
        "emblem": next(iter(_emblem(edition)), ""),
        "emblem-alt": around.emblem_alt,
        "stamp": around.stamp,
        "short-stamp": around.short_stamp,
        "lang": language.lower(),
        "region": region,
        "direction": edition.direction,
        "contents": word(edition, "contents"),
        "page": word(edition, "page"),
        "of": word(edition, "of"),
        "translation-title": word(edition, "translation-title"),
    }
    pairs = [f"  {name}: {escape.string(value)}," for name, value in values.items()]
    authors = "".join(f"{escape.string(name)}, " for name in around.authors)
    pairs.append(f"  authors: ({authors}),")
    said = "".join(f"{escape.string(sentence)}, " for sentence in around.translation)
    pairs.append(f"  translation: ({said}),")
    pairs.append(f"  divide: {'false' if _undivided(edition) else 'true'},")
    pairs.append(f"  day: {around.day or '()'},")
    pairs.append(f"  entries: {_entries(edition)},")
    inside = "\n".join(pairs)
    return f"{IMPORT}#let lm-settings = (\n{inside}\n)\n#show: lm-document.with(lm-settings)\n"


def _depth(node: Node) -> int:
    """The level of a heading; 0 for any other block."""
    return int(node["c"][0]) if node["t"] == "Header" else 0


def _undivided(edition: Edition) -> bool:
    return edition.key.language.split("-")[0].lower() not in DIVIDED


def _entries(edition: Edition) -> str:
    """A dictionary from the ids of headings to what the contents page and the running line show of them."""
    lines = []
    for entry in edition.contents:
        if entry.id and entry.level <= DEEPEST_CONTENTS:
            number, title = (escape.string(_line(text, edition)) for text in (entry.number, entry.title))
            lines.append(f"    {escape.string(entry.id)}: ({number}, {title}),")
    return "(\n" + "\n".join(lines) + "\n  )" if lines else "(:)"


def _line(text: str, edition: Edition) -> str:
    """A number or title as one line of the contents shows it."""
    return isolated_text(text) if edition.direction == "rtl" else shown(text, edition)


class _Chapters:
    """Writes the top level: parts, chapters, sections, each with its level in the PDF's outline."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.levels = Levels()

    def write(self, nodes: list[Node]) -> list[Node]:
        out: list[Node] = []
        top = list(opened(nodes))
        ends = endings(top)
        begin, close, lead = {first for first, _ in ends}, {stop for _, stop in ends}, set(leading(top))
        for at, node in enumerate([*top, None]):
            out += [source("]")] if at in close else []
            out += [source(f"#lm-together({_depth(top[at])})[")] if at in begin else []
            written = self._one(node) if node is not None else []
            out += [source("#lm-lead["), *written, source("]")] if at in lead else written
        return out

    def _one(self, node: Node) -> list[Node]:
        if node["t"] == "Header":
            return self._header(node)
        if node["t"] == "Div" and "part" in tree.classes(node):
            return self._part(node)
        return write_blocks([node], self.context)

    def _part(self, node: Node) -> list[Node]:
        level = self.levels.part()
        heading = next((child for child in node["c"][1] if child["t"] == "Header"), None)
        rest = [child for child in node["c"][1] if child is not heading]
        words = write(heading["c"][2], self.context) if heading else []
        name = tree.identifier(node) or (tree.identifier(heading) if heading else "")
        anchor = self.context.label(tree.identifier(heading)) if heading else "none"
        label = self.context.label(name)
        opening = wrapped(f"#lm-part({level}, {label if label != 'none' else anchor})", words)
        return [
            source(CUT),
            {"t": "Para", "c": [*opening, raw("[")]},
            *write_blocks(rest, self.context),
            source("]"),
            source(CUT),
        ]

    def _header(self, node: Node) -> list[Node]:
        depth, name = node["c"][0], tree.identifier(node)
        kind = "chapter" if depth == 1 else f"section-{min(depth, 4)}"
        call = f'#lm-heading({self.levels.heading(node)}, "{kind}", {self.context.label(name)})'
        block = {"t": "Para", "c": wrapped(call, write(node["c"][2], self.context))}
        return [source(CUT), block] if depth == 1 else [block]
