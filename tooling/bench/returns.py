"""Make a returned Word file of any size: an edition with many tracked changes and comments in it.

Every n-th paragraph gets a word struck out and another put in, as Word writes it; every m-th a comment on its first
words. Only the standard library and lxml, so that nothing of the tool takes part.
"""

from __future__ import annotations

import io
import zipfile
from itertools import cycle

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/package/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
DATE = "2026-11-21T10:00:00Z"
AUTHORS = ("Amina Diallo", "Kofi Mensah", "Lindiwe Dube")


def w(name: str) -> str:
    """A name in the main namespace."""
    return f"{{{W}}}{name}"


def returned(docx: bytes, changes: int, comments: int) -> bytes:
    """The file with that many tracked changes (half deletions, half insertions) and comments, spread evenly."""
    parts = {
        name: zipfile.ZipFile(io.BytesIO(docx)).read(name) for name in zipfile.ZipFile(io.BytesIO(docx)).namelist()
    }
    body = etree.fromstring(parts["word/document.xml"])
    runs = [r for r in body.iter(w("r")) if len(r.findall(w("t"))) == 1 and " " in (r.findtext(w("t")) or "").strip()]
    runs = [r for r in runs if r.getparent().tag == w("p")]
    _change(_spread(runs, changes // 2))
    notes = _comment([r for r in body.iter(w("r")) if r.getparent().tag == w("p") and r.findtext(w("t"))], comments)
    parts["word/document.xml"] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    _add_comments(parts, notes)
    return _zip(parts)


def _spread(items: list[etree._Element], count: int) -> list[etree._Element]:
    step = max(len(items) / max(count, 1), 1)
    return [items[int(i * step)] for i in range(count) if int(i * step) < len(items)]


def _change(runs: list[etree._Element]) -> None:
    """In each run the first word gives way to another."""
    for number, (run, author) in enumerate(zip(runs, cycle(AUTHORS), strict=False)):
        text = run.find(w("t"))
        first, rest = str(text.text).split(" ", 1)
        parent, at = run.getparent(), run.getparent().index(run)
        marks = {w("id"): str(100_000 + 2 * number), w("author"): author, w("date"): DATE}
        gone, new = (
            etree.Element(w("del"), marks),
            etree.Element(w("ins"), {**marks, w("id"): str(100_001 + 2 * number)}),
        )
        for holder, tag, words in ((gone, "delText", first), (new, "t", f"word{number}")):
            inner = etree.SubElement(holder, w("r"))
            etree.SubElement(inner, w(tag)).text = words
        text.text = f" {rest}"
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        parent.insert(at, gone)
        parent.insert(at + 1, new)


def _comment(runs: list[etree._Element], count: int) -> etree._Element:
    notes = etree.Element(w("comments"), nsmap={"w": W})
    for number, (run, author) in enumerate(zip(_spread(runs, count), cycle(AUTHORS), strict=False)):
        mark = {w("id"): str(number)}
        parent, at = run.getparent(), run.getparent().index(run)
        parent.insert(at, etree.Element(w("commentRangeStart"), mark))
        parent.insert(at + 2, etree.Element(w("commentRangeEnd"), mark))
        reference = etree.Element(w("r"))
        etree.SubElement(reference, w("commentReference"), mark)
        parent.insert(at + 3, reference)
        note = etree.SubElement(notes, w("comment"), {**mark, w("author"): author, w("date"): DATE, w("initials"): "X"})
        words = etree.SubElement(etree.SubElement(etree.SubElement(note, w("p")), w("r")), w("t"))
        words.text = f"Comment {number}: please look at this again."
    return notes


def _add_comments(parts: dict[str, bytes], notes: etree._Element) -> None:
    parts["word/comments.xml"] = etree.tostring(notes, xml_declaration=True, encoding="UTF-8", standalone=True)
    types = etree.fromstring(parts["[Content_Types].xml"])
    if not any(t.get("PartName") == "/word/comments.xml" for t in types):
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        etree.SubElement(types, f"{{{CT}}}Override", {"PartName": "/word/comments.xml", "ContentType": kind})
    parts["[Content_Types].xml"] = etree.tostring(types)
    links = etree.fromstring(parts["word/_rels/document.xml.rels"])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    if not any(link.get("Type") == kind for link in links):
        etree.SubElement(links, f"{{{R}}}Relationship", {"Id": "rIdBench", "Type": kind, "Target": "comments.xml"})
    parts["word/_rels/document.xml.rels"] = etree.tostring(links)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
