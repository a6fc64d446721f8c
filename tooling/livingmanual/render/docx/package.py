"""A Word file as its parts: read, changed, and written so that equal content gives equal bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from livingmanual.render.docx import ooxml

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can carry; no build writes another."""


@dataclass(slots=True)
class Package:
    """The parts of a Word file by name, `word/document.xml` and so on (ECMA-376 Part 2)."""

    parts: dict[str, bytes]

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Out of a file's bytes."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()})

    def write(self) -> bytes:
        """The file's bytes: content types first, as Word wants them, then the other parts by name."""
        target = io.BytesIO()
        names = sorted(self.parts, key=lambda name: (name != CONTENT_TYPES, name))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name in names:
                entry = zipfile.ZipInfo(name, FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, self.parts[name])
        return target.getvalue()

    def root(self, name: str) -> ooxml.Element:
        """A part's root element."""
        return ooxml.parse(self.parts[name])

    def put(self, name: str, root: ooxml.Element) -> None:
        """Replace a part by an element."""
        self.parts[name] = ooxml.serialise(root)

    def declare(self, name: str, content_type: str) -> None:
        """Say in the content types what a part is; replaces what was said before."""
        root = self.root(CONTENT_TYPES)
        for old in root.findall(f"{{{TYPES}}}Override[@PartName='/{name}']"):
            root.remove(old)
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        self.put(CONTENT_TYPES, root)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part (`""`: the package) to another; returns the relationship's id, an old one if it is there.

        `kind` is a whole relationship type; `target` the other part's name.
        """
        name = relationships_of(source)
        root = (
            self.root(name)
            if name in self.parts
            else etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap=ooxml.names("", RELATIONSHIPS))
        )
        address = posixpath.relpath(target, posixpath.dirname(source) or ".")
        for old in root:
            if old.get("Type") == kind and old.get("Target") in (address, f"/{target}"):
                return str(old.get("Id"))
        used = {old.get("Id") for old in root}
        number = next(n for n in range(1, len(used) + 2) if f"rLm{n}" not in used)
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=f"rLm{number}", Type=kind, Target=address)
        self.put(name, root)
        return f"rLm{number}"

    def related(self, source: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (last word of its type, part or outside address), for all that a part relates to."""
        name = relationships_of(source)
        if name not in self.parts:
            return {}
        folder = posixpath.dirname(source)
        found = {}
        for entry in self.root(name):
            target = str(entry.get("Target"))
            if entry.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            found[str(entry.get("Id"))] = (str(entry.get("Type")).rsplit("/", 1)[-1], target)
        return found


def relationships_of(source: str) -> str:
    """Name of the part that holds the relationships of a part."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")
