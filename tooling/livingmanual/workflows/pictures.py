"""Read the pictures of an edition, and let in only those that are what they say and do nothing else.

A picture is judged by its content, not its name: PNG, JPEG, or an SVG that holds no script and reaches for nothing
outside itself. What is refused, missing or broken becomes a diagnostic at the place where the text shows the picture.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from lxml import etree

from livingmanual.adapters import fonts, svg, typst
from livingmanual.compose.position import nearest, position_of
from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error, softened, warning
from livingmanual.model.document import Node
from livingmanual.model.edition import Edition
from livingmanual.text import tree
from livingmanual.workflows.catalogs import Spoken
from livingmanual.workflows.editions import Shelf, in_language

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
"""Ends of file names, and what must be inside."""
MOST_BYTES = 32 * 1024 * 1024
MOST_PIXELS = 100_000_000
"""A small file can unpack to a picture that fills the memory."""
PNG = b"\x89PNG\r\n\x1a\n"
ACTING = frozenset({"script", "foreignObject", "handler", "listener", "iframe", "embed", "object", "audio", "video"})
"""Elements of SVG that can act, or hold what can."""
INSIDE = re.compile(r"\s*(#|data:image/(png|jpeg);base64,)")
"""Addresses that stay inside the picture."""
REACHING = re.compile(r"@import|url\(\s*(?!['\"]?\s*#)", re.IGNORECASE)
SAVE_AS = "save it as PNG, JPEG or plain SVG"


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of an edition by their path in the workspace."""

    contents: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[str, bytes] = field(default_factory=dict)
    """For each SVG the same picture as PNG."""


def read_pictures(shelf: Shelf, edition: Edition) -> Outcome[Pictures]:
    """Every picture of the edition that may be used, and what is wrong with the others."""
    found = Pictures()
    troubles: list[Diagnostic] = []
    seen: set[str] = set()
    said = in_language(shelf, edition.key.country, edition.key.language)
    for node, leaf in tree.walk_inlines(edition.nodes):
        if node["t"] != "Image" or node["c"][2][0] in seen:
            continue
        target = node["c"][2][0]
        seen.add(target)
        at = position_of(node, shelf.loaded.documents, leaf.get("p", ""))
        wrong = _read(shelf, said, edition.media[target], at, found) if target in edition.media else _outside(node, at)
        troubles += [wrong] if wrong else []
    troubles = softened(troubles) if shelf.loaded.manual.lenient else troubles
    if edition.emblem:
        at = Position(edition.emblem.source, edition.emblem.line)
        wrong = _read(shelf, said, edition.emblem.path, at, found)
        troubles += [wrong] if wrong else []
    return Outcome(found, tuple(troubles))


def _read(shelf: Shelf, said: Spoken, path: str, at: Position | None, found: Pictures) -> Diagnostic | None:
    try:
        data = shelf.sources.read(path)
    except WrongUse as trouble:
        return error("picture-outside", trouble.message, at, "put the file itself into the workspace, not a link to it")
    if data is None:
        near = nearest(path, shelf.sources.list(posixpath.dirname(path) or "manual"))
        return error(
            "picture-missing",
            f'the picture "{path}" is not there',
            at,
            near or "add the file and commit it, or mend its name",
        )
    wrong = judge(path, data)
    if wrong:
        return error("picture-refused", f'the picture "{path}" cannot be used: {wrong}', at, SAVE_AS)
    data = said.figure(path, data)
    found.contents[path] = data
    if posixpath.splitext(path)[1].lower() != ".svg":
        return None
    try:
        found.drawn[path] = drawn(shelf, data)
    except ContentProblem as trouble:
        return error("picture-refused", f'the picture "{path}" cannot be drawn: {trouble.message}', at, trouble.hint)
    return None


def drawn(shelf: Shelf, data: bytes) -> bytes:
    """An SVG as PNG, from the cache if it was drawn before; raises ContentProblem if it cannot be drawn."""
    key = shelf.cache.key("svg", typst.version(), fonts.fingerprint(), str(svg.PIXELS_PER_INCH), data)
    return shelf.cache.get("drawn", key, lambda: svg.svg_to_png(data))


def _outside(node: Node, at: Position | None) -> Diagnostic:
    target = node["c"][2][0]
    if re.match(r"https?:", target):
        return warning(
            "picture-outside",
            f'the picture "{target}" is on the network and is not fetched; its words are shown',
            at,
            "put the file into the workspace and name it there",
        )
    return error(
        "picture-outside",
        f'the picture "{target}" is not inside the workspace',
        at,
        "put the file into the workspace, and name it relative to this file",
    )


def judge(path: str, data: bytes) -> str:
    """Why a picture is refused; empty if it may be used."""
    kind = KINDS.get(posixpath.splitext(path)[1].lower())
    if kind is None:
        return "only PNG, JPEG and SVG are shown by every program"
    if len(data) > MOST_BYTES:
        return f"it is larger than {MOST_BYTES // 1024 // 1024} MiB"
    if data.startswith(b"version https://git-lfs"):
        return "it is only a pointer of Git LFS, the picture itself was not fetched (`git lfs pull`)"
    return {"PNG": _judge_png, "JPEG": _judge_jpeg, "SVG": _judge_svg}[kind](data)


def _judge_png(data: bytes) -> str:
    """Every chunk must be whole (ISO/IEC 15948, 5.3)."""
    if not data.startswith(PNG):
        return "it is no PNG file, whatever its name says"
    position, ended = len(PNG), False
    while not ended and position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        body, end = data[position + 4 : position + 8 + length], position + 12 + length
        if end > len(data) or zlib.crc32(body) != int.from_bytes(data[end - 4 : end], "big"):
            return "it is damaged"
        if body[:4] == b"IHDR" and _too_large(body[4:8], body[8:12]):
            return f"it has more than {MOST_PIXELS:,} pixels"
        position, ended = end, body[:4] == b"IEND"
    return "" if ended else "it is cut off"


def _judge_jpeg(data: bytes) -> str:
    """The frame header tells the size (ITU-T T.81, B.2.2)."""
    if not data.startswith(b"\xff\xd8\xff"):
        return "it is no JPEG file, whatever its name says"
    if b"\xff\xd9" not in data[-64:]:
        return "it is cut off"
    for kind, body in _segments(data):
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return f"it has more than {MOST_PIXELS:,} pixels" if _too_large(body[1:3], body[3:5]) else ""
    return "it is damaged"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each segment before the picture's own data."""
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        yield data[position + 1], data[position + 4 : position + 2 + length]
        position += 2 + length


def _too_large(width: bytes, height: bytes) -> bool:
    return int.from_bytes(width, "big") * int.from_bytes(height, "big") > MOST_PIXELS


def _judge_svg(data: bytes) -> str:
    """No entity, no script, no address that leads out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        said = re.sub(r" \(<string>.*", "", str(trouble).partition("\n")[0]) or "no detail"
        return f"it is not well-formed XML ({said})"
    if etree.QName(root).localname != "svg":
        return "it is no SVG file, whatever its name says"
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        return "it defines entities"
    around = chain(root.itersiblings(preceding=True), root.iter(), root.itersiblings())
    return next((why for node in around if (why := _acts(node))), "")


def _acts(node: Any) -> str:
    """What this part of an SVG would do that a picture must not; empty if nothing."""
    where = f" (line {node.sourceline})" if node.sourceline else ""
    if not isinstance(node.tag, str):
        return "" if node.tag is etree.Comment else f"it holds instructions for other programs{where}"
    name = etree.QName(node).localname
    if name in ACTING:
        return f'it holds a "{name}"{where}'
    if name == "style" and REACHING.search("".join(node.itertext())):
        return f"its style reaches for something outside{where}"
    attributes = ((etree.QName(key).localname.lower(), str(value)) for key, value in node.attrib.items())
    return next((f"{why}{where}" for key, value in attributes if (why := _attribute_acts(name, key, value))), "")


def _attribute_acts(element: str, key: str, value: str) -> str:
    if key.startswith("on"):
        return f'it acts when something happens ("{key}")'
    if key not in ("href", "src"):
        return "its style reaches for something outside" if REACHING.search(value) else ""
    if element == "a":
        return (
            f'it links to "{value[:60]}"' if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE) else ""
        )
    return "" if INSIDE.match(value) else f'it reaches for "{value[:60]}"'
