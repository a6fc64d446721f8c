"""Count the changes and comments in a Word file, without reading it.

This is the other side of the ledger. It shares no code with the reader: it streams the raw XML through expat and
counts elements by their name and their place, so a fault in the reader cannot hide here. It knows nothing of what
the elements mean.

Kinds are the names of the elements with the properties they stand in:
`w:ins`, `w:del`, `w:moveFrom`, `w:moveTo` around runs; `w:rPr/w:ins` (a paragraph mark), `w:trPr/w:ins` (a row),
`w:numPr/w:ins` (a list item), `m:ctrlPr/w:ins` (part of an equation), and so on for the others;
`w:tcPr/w:cellIns`, `w:tcPr/w:cellDel`, `w:tcPr/w:cellMerge`; `w:rPrChange` and the other seven that keep earlier
properties, and `w:numberingChange`; `w:customXmlInsRangeStart` and its kin; `w14:conflictIns`, `w14:conflictDel`;
`w:comment`; `reply` (an entry with a parent) and `resolved` (an entry that is done) in commentsExtended. A mark
among earlier properties is counted apart: `w:pPrChange//w:numPr/w:ins`.
(ECMA-376 Part 1, 17.13.5 and 17.13.4; [MS-DOCX] 2.5.1 and 2.5.3.)
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from livingmanual.model.ledger import Counted
from livingmanual.model.limits import DEFAULT_LIMITS, MIB, Limits

_SPELLING: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
}

_READABLE_CHOICES: Final = frozenset(
    {
        *_SPELLING,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://purl.oclc.org/ooxml/drawingml/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://purl.oclc.org/ooxml/drawingml/picture",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        "urn:schemas-microsoft-com:vml",
        "urn:schemas-microsoft-com:office:office",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingInk",
        "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "http://schemas.microsoft.com/office/word/2016/wordml/cid",
        "http://schemas.microsoft.com/office/word/2018/wordml",
        "http://schemas.microsoft.com/office/word/2018/wordml/cex",
        "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
        "http://schemas.microsoft.com/office/drawing/2010/main",
        "http://schemas.microsoft.com/office/drawing/2014/main",
        "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "http://schemas.microsoft.com/office/drawing/2016/ink",
        "http://schemas.microsoft.com/office/drawing/2017/model3d",
    }
) - {"http://schemas.openxmlformats.org/markup-compatibility/2006"}
"""What an `mc:Choice` may require to be taken: said here once more, because nothing is shared with the reader."""

_TRACKED: Final = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w14:conflictIns", "w14:conflictDel"})
_KEEPING: Final = frozenset(
    {
        "w:rPrChange",
        "w:pPrChange",
        "w:tblPrChange",
        "w:tblGridChange",
        "w:trPrChange",
        "w:tcPrChange",
        "w:tblPrExChange",
        "w:sectPrChange",
        "w:numberingChange",
    }
)
_CELL: Final = frozenset({"w:cellIns", "w:cellDel", "w:cellMerge"})
_PLAIN: Final = frozenset(
    {
        "w:comment",
        "w:customXmlInsRangeStart",
        "w:customXmlDelRangeStart",
        "w:customXmlMoveFromRangeStart",
        "w:customXmlMoveToRangeStart",
        "w14:customXmlConflictInsRangeStart",
        "w14:customXmlConflictDelRangeStart",
    }
)
_INTERESTING: Final = _TRACKED | _KEEPING | _CELL | _PLAIN
_OWNERS: Final = {"w:trPr": "w:trPr/", "w:numPr": "w:numPr/", "m:ctrlPr": "m:ctrlPr/"}
_ROOTS: Final = frozenset({"w", "w15"})
_NEVER: Final = (".rels", ".png", ".jpeg", ".jpg", ".gif", ".svg", ".emf", ".wmf", ".tif", ".tiff", ".bin", ".odttf")
_YES: Final = frozenset({"1", "true", "on"})


class _Unfit(Exception):
    """A part that cannot be counted."""


def count_changes(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Counted:
    """Count every change and comment of a package, part by part.

    A file that is no package gives an empty count with `unreadable["package"]` saying why; never an exception.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        _check(data, entries, limits)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, _Unfit) as trouble:
        return Counted(unreadable={"package": str(trouble) or "it is not a zip package"})
    counts: dict[str, _Count] = {}
    unreadable: dict[str, str] = {}
    for entry in entries.values():
        if not _may_hold_changes(entry.filename) or _is_bomb(entry, limits):
            continue
        try:
            counted = _count_part(archive, entry, limits)
        except _Unfit as trouble:
            unreadable[_part_name(entry.filename)] = str(trouble)
        else:
            if counted is not None:
                counts[_part_name(entry.filename)] = counted
    return _sorted(counts, unreadable)


def _part_name(entry: str) -> str:
    return entry.replace("\\", "/").lstrip("/")


def _may_hold_changes(entry: str) -> bool:
    name = _part_name(entry).lower()
    return not name.endswith(_NEVER) and not name.startswith(("customxml/", "docprops/", "[content_types]"))


def _check(data: bytes, entries: dict[str, zipfile.ZipInfo], limits: Limits) -> None:
    if len(data) > limits.packed or len(entries) > limits.parts:
        raise _Unfit("it is larger than the limits allow")
    if sum(entry.file_size for entry in entries.values()) > limits.unpacked:
        raise _Unfit("unpacked, it is larger than the limits allow")
    for entry in entries.values():
        if entry.filename.lower().endswith(".xml") and _is_bomb(entry, limits):
            raise _Unfit("one of its parts is compressed more than the limits allow")


def _is_bomb(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    return entry.file_size > MIB and entry.file_size > limits.ratio * max(entry.compress_size, 1)


def _sorted(counts: dict[str, _Count], unreadable: dict[str, str]) -> Counted:
    """Tell the glossary document and its company from the parts that count."""
    aside = {posixpath.dirname(part) for part, counted in counts.items() if counted.root == "w:glossaryDocument"}
    aside -= {posixpath.dirname(part) for part, counted in counts.items() if counted.root == "w:document"}

    def ignored(part: str) -> bool:
        effects = posixpath.basename(part).lower() == "styleswitheffects.xml"
        return effects or counts[part].root == "w:glossaryDocument" or posixpath.dirname(part) in aside

    filled = {part: dict(sorted(counted.kinds.items())) for part, counted in counts.items() if counted.kinds}
    return Counted(
        {part: kinds for part, kinds in filled.items() if not ignored(part)},
        {part: kinds for part, kinds in filled.items() if ignored(part)},
        {part: why for part, why in unreadable.items() if posixpath.dirname(part) not in aside},
    )


def _count_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> _Count | None:
    """Count one part; None if it is not one that can hold changes."""
    counted = _Count(limits.depth)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    parser.StartNamespaceDeclHandler = counted.declare
    parser.EndNamespaceDeclHandler = counted.forget
    parser.StartDoctypeDeclHandler = counted.doctype
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(1 << 16):
                parser.Parse(chunk, False)
                if counted.foreign:
                    return None
        parser.Parse(b"", True)
    except expat.ExpatError as trouble:
        if counted.foreign or not (counted.root or entry.filename.lower().endswith(".xml")):
            return None
        raise _Unfit(f"it is not well-formed XML ({trouble})") from trouble
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as trouble:
        raise _Unfit(f"it is damaged in the package ({trouble})") from trouble
    return counted


@dataclass(slots=True)
class _Count:
    """What expat calls, and what it counted."""

    depth: int
    root: str = ""
    foreign: bool = False
    """The root element is of no kind that holds changes."""
    kinds: Counter[str] = field(default_factory=Counter)
    above: list[str] = field(default_factory=list)
    """Names of the open elements."""
    keeping: list[str] = field(default_factory=list)
    """Open elements that keep earlier properties."""
    taken: list[bool] = field(default_factory=list)
    """For each open mc:AlternateContent: one of its branches was taken."""
    skipped: int = 0
    """Open elements inside a branch that is not taken; 0 while counting."""
    prefixes: dict[str, list[str]] = field(default_factory=dict)

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """A namespace prefix begins to hold."""
        self.prefixes.setdefault(prefix or "", []).append(uri or "")

    def forget(self, prefix: str | None) -> None:
        """It ends to hold."""
        self.prefixes[prefix or ""].pop()

    def doctype(self, *_: object) -> None:
        """A document type: Word files have none, and entities are a danger."""
        raise _Unfit("it declares a document type (DTD)")

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self.skipped:
            self.skipped += 1
            return
        if len(self.above) >= self.depth:
            raise _Unfit(f"its elements nest deeper than {self.depth} levels")
        uri, _, name = qualified.rpartition(" ")
        prefix = _SPELLING.get(uri, "?")
        spelt = f"{prefix}:{name}"
        if not self.above:
            self.root = spelt
            self.foreign = prefix not in _ROOTS
        if self.above[-1:] == ["mc:AlternateContent"] and not self._is_taken(spelt, attributes):
            self.skipped = 1
            return
        if spelt == "mc:AlternateContent":
            self.taken.append(False)
        if spelt in _INTERESTING and (spelt != "w:comment" or self.above == ["w:comments"]):
            self.kinds["//".join([*self.keeping[-1:], self._kind(spelt)])] += 1
        elif spelt == "w15:commentEx":
            self._thread(attributes)
        if spelt in _KEEPING:
            self.keeping.append(spelt)
        self.above.append(spelt)

    def end(self, qualified: str) -> None:
        """An element ends."""
        if self.skipped:
            self.skipped -= 1
            return
        spelt = self.above.pop()
        if spelt in _KEEPING:
            self.keeping.pop()
        elif spelt == "mc:AlternateContent":
            self.taken.pop()

    def _is_taken(self, spelt: str, attributes: dict[str, str]) -> bool:
        """Whether this child of an mc:AlternateContent is the one branch that counts."""
        wanted = attributes.get("Requires", "").split()
        known = all((self.prefixes.get(prefix) or [""])[-1] in _READABLE_CHOICES for prefix in wanted)
        fits = spelt == "mc:Fallback" or (spelt == "mc:Choice" and bool(wanted) and known)
        taken = fits and not self.taken[-1]
        self.taken[-1] = self.taken[-1] or fits
        return taken

    def _kind(self, spelt: str) -> str:
        """The element's name with the properties it stands in."""
        if spelt in _CELL:
            return f"w:tcPr/{spelt}"
        if spelt not in _TRACKED:
            return spelt
        owners = [name for name in self.above if name not in _TRACKED]
        owner = owners[-1] if owners else ""
        if owner == "w:rPr":
            return f"{_of_run_properties(owners)}{spelt}"
        return f"{_OWNERS.get(owner, '')}{spelt}"

    def _thread(self, attributes: dict[str, str]) -> None:
        given = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        if given.get("paraIdParent"):
            self.kinds["reply"] += 1
        if given.get("done") in _YES:
            self.kinds["resolved"] += 1


def _of_run_properties(owners: list[str]) -> str:
    """Whose `w:rPr` it is: a paragraph mark's, an equation's, or a run's own."""
    holder = owners[-2] if len(owners) > 1 else ""
    if holder in {"w:pPr", "w:rPrChange"}:
        return "w:rPr/"
    return "m:ctrlPr/" if holder == "m:ctrlPr" else "w:r/w:rPr/"
