"""A Word file as a package: parts in a zip, found by relationships and content types, never by guessing names.

Nothing is unpacked to disk and nothing outside the package is followed; links that point outside are listed.
(Open Packaging Conventions: ECMA-376 Part 2, clauses 6 and 7.)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from livingmanual.model.diagnostic import Diagnostic, warning
from livingmanual.model.limits import MIB, Limits
from livingmanual.review.word import refuse, xml
from livingmanual.review.word.names import CONTENT_TYPES_NS, PACKAGE_RELS_NS
from livingmanual.review.word.xml import Element

_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

WORD_MAIN = re.compile(r"wordprocessingml\.(document|template)\.main\+xml$")
WORD_MACROS = re.compile(r"ms-word\.(document|template)\.macroEnabled", re.IGNORECASE)


class Refused(Exception):
    """The package cannot be read at all; carries the diagnostic for the user."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or to the outside."""

    id: str
    kind: str
    """Last word of the relationship type: `comments`, `footnotes`, `hyperlink`… the same for Strict files."""
    target: str
    """Part name without leading slash, or the address as written if external."""
    external: bool


@dataclass(slots=True)
class Package:
    """The opened package."""

    archive: zipfile.ZipFile
    limits: Limits
    names: dict[str, str]
    """Part name in lower case (part names do not differ by case) -> name of the zip entry."""
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _relationships: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def __contains__(self, part: str) -> bool:
        """True if the package has this part."""
        return part.lower() in self.names

    def parts(self) -> Iterator[tuple[str, str]]:
        """(part name, content type) of every part that has a content type."""
        for low, name in self.names.items():
            kind = self.content_type(low)
            if kind:
                yield name.replace("\\", "/").lstrip("/"), kind

    def content_type(self, part: str) -> str:
        """Content type of a part, or an empty string."""
        low = part.lower()
        return self.overrides.get(low) or self.defaults.get(low.rpartition(".")[2], "")

    def read(self, part: str) -> bytes:
        """The bytes of a part; raises Unparsable where the zip is damaged there, or the part is too large."""
        entry = self.names[part.lower()]
        info = self.archive.getinfo(entry)
        if info.file_size > self.limits.xml_part:
            raise xml.Unparsable(
                f"it is {info.file_size:,} bytes, over the limit of {self.limits.xml_part:,} (xml_part)"
            )
        if (ratio := too_dense(info, self.limits)) is not None:
            raise xml.Unparsable(f"it is compressed {ratio:,} times, over the limit of {self.limits.ratio:,} (ratio)")
        try:
            return self.archive.read(entry)
        except _TROUBLE as trouble:
            raise xml.Unparsable(f"it is damaged in the package ({trouble})") from trouble

    def tree(self, part: str) -> Element:
        """The root element of a part; raises Unparsable."""
        return xml.parse(self.read(part), self.limits.depth)

    def tree_or_none(self, part: str) -> Element | None:
        """The root element, or None and a diagnostic if there is no such part or it cannot be read."""
        if part not in self:
            return None
        try:
            return self.tree(part)
        except xml.Unparsable as trouble:
            self.diagnostics.append(
                warning(
                    "word-part-broken", f'the part "{part}" cannot be read: {trouble}', hint="ask for the file again"
                )
            )
            return None

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Relationships of a part by id; of the package itself for an empty name."""
        if part not in self._relationships:
            self._relationships[part] = dict(self._read_relationships(part))
        return self._relationships[part]

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that `part` points to with this kind of relationship, those that exist."""
        found = [r.target for r in self.relationships(part).values() if r.kind == kind and not r.external]
        return [target for target in dict.fromkeys(found) if target in self]

    def _read_relationships(self, part: str) -> Iterator[tuple[str, Relationship]]:
        folder, name = posixpath.split(part)
        root = self.tree_or_none(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return
        for item in root.iter(f"{{{PACKAGE_RELS_NS}}}Relationship"):
            kind = item.get("Type", "").rstrip("/").rpartition("/")[2]
            external = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            identity = item.get("Id", "")
            yield identity, Relationship(identity, kind, target if external else resolve(folder, target), external)


def resolve(folder: str, target: str) -> str:
    """The part name that a relationship's target means, seen from the folder of the part it belongs to."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath(joined).lstrip("/")


def open_package(data: bytes, limits: Limits) -> Package:
    """Open the package and check it against the limits; raises Refused."""
    if len(data) > limits.packed:
        raise Refused(refuse.over_limit("the size of the file in bytes", len(data), limits.packed, "packed"))
    trouble = refuse.not_a_zip(data)
    if trouble is not None:
        raise Refused(trouble)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _TROUBLE as problem:
        raise Refused(refuse.broken(str(problem))) from problem
    diagnostics: list[Diagnostic] = []
    entries = archive.infolist()
    _check_limits(entries, limits)
    names = _part_names(entries, diagnostics)
    package = Package(archive, limits, names, diagnostics=diagnostics)
    other = refuse.other_package(frozenset(names), _mimetype(package))
    if other is not None:
        raise Refused(other)
    _read_content_types(package)
    return package


def too_dense(entry: zipfile.ZipInfo, limits: Limits) -> int | None:
    """How many times larger this part becomes, if that is more than allowed; None if it is not."""
    ratio = entry.file_size // max(entry.compress_size, 1)
    return ratio if entry.file_size > MIB and ratio > limits.ratio else None


def _check_limits(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise Refused(refuse.over_limit("the number of parts in the package", len(entries), limits.parts, "parts"))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked:
        raise Refused(refuse.over_limit("the unpacked size in bytes", unpacked, limits.unpacked, "unpacked"))
    for entry in entries:
        ratio = too_dense(entry, limits)
        # Pictures are never unpacked here, and an uncompressed one that is mostly white is denser than any bomb.
        if ratio is not None and entry.filename.lower().endswith((".xml", ".rels")):
            raise Refused(refuse.over_limit("the ratio by which one part is compressed", ratio, limits.ratio, "ratio"))
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(refuse.broken("its parts are encrypted in a way that Word does not use"))
        if entry.compress_type not in _READABLE:
            raise Refused(refuse.broken("its parts are compressed in a way that Word does not use"))


def _part_names(entries: list[zipfile.ZipInfo], diagnostics: list[Diagnostic]) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in entries:
        low = entry.filename.replace("\\", "/").lstrip("/").lower()
        if low.endswith("/"):
            continue
        if low in names:
            message = f'the package holds the part "{entry.filename}" twice; the last one is read'
            diagnostics.append(warning("word-part-twice", message, hint="check the file: Word would call it damaged"))
        names[low] = entry.filename
    return names


def _mimetype(package: Package) -> bytes:
    try:
        return package.read("mimetype")[:200] if "mimetype" in package else b""
    except xml.Unparsable:
        return b""


def _read_content_types(package: Package) -> None:
    root = package.tree_or_none("[Content_Types].xml")
    if root is None:
        return
    for item in root.iter(f"{{{CONTENT_TYPES_NS}}}Default"):
        package.defaults[item.get("Extension", "").lower()] = item.get("ContentType", "")
    for item in root.iter(f"{{{CONTENT_TYPES_NS}}}Override"):
        package.overrides[item.get("PartName", "").lstrip("/").lower()] = item.get("ContentType", "")


def main_part(package: Package) -> str:
    """Name of the document part; raises Refused if there is none, or if the file may carry macros."""
    candidates = package.related("", "officeDocument")
    if not candidates:
        candidates = [name for name, kind in package.parts() if WORD_MAIN.search(kind) or WORD_MACROS.search(kind)]
        if candidates:
            message = "the package does not say which part is its document; found it by its content type"
            package.diagnostics.append(warning("word-no-root", message, hint="nothing, if the text below is complete"))
    if not candidates:
        raise Refused(refuse.no_document(None))
    kind = package.content_type(candidates[0])
    if WORD_MACROS.search(kind):
        raise Refused(refuse.macros())
    if kind and not WORD_MAIN.search(kind) and not kind.endswith("/xml"):
        raise Refused(refuse.no_document(kind))
    return candidates[0]
