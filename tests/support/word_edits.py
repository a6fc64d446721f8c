"""A reviewer made of XML: edits on a Word file's parts, written as Word writes them.

LibreOffice cannot write everything that Word does (nested changes of two authors, replies, moves with ranges), and
saves a file anew; this keeps every byte of the file that an edit does not touch. A place is a paragraph and an offset
in its live text, that is its text with every change accepted.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import QName, _Element

from tests.support.returns import parts_of, zipped

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
EXTENDED_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
EXTENDED_RELATION = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
DOCUMENT, NOTES, COMMENTS = "word/document.xml", "word/footnotes.xml", "word/comments.xml"
EXTENDED = "word/commentsExtended.xml"
DATE = "2026-12-01T09:00:00Z"
SIGNS = {"br": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "footnoteReference": "\ufffc"}
GONE = ("del", "moveFrom")


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{NAMES['w']}}}{name}"


def _local(element: _Element) -> str:
    return QName(element).localname if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Bit:
    """A run, or a part of it after cutting, that is alive."""

    run: _Element
    text: str


class WordFile:
    """A Word file that is being edited."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts_of(data)
        self.roots = {name: etree.fromstring(self.parts[name]) for name in (DOCUMENT, NOTES, COMMENTS)}
        self.numbers = itertools.count(50_000)
        self.extended: list[tuple[str, str, bool]] = []
        """(paragraph id, id of the parent's paragraph or empty, resolved) of each comment."""

    def data(self) -> bytes:
        """The file as it is now."""
        for name, root in self.roots.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.extended:
            self._write_extended()
        return zipped(self.parts)

    # What is there

    def paragraphs(self, part: str = DOCUMENT) -> list[_Element]:
        """Every paragraph that is not wholly gone, in the order of the file."""
        return [p for p in self.roots[part].iter(w("p")) if p.getparent() is not None]

    def bits(self, paragraph: _Element) -> list[Bit]:
        """The live runs of a paragraph with their text."""
        runs = [run for run in paragraph.iter(w("r")) if not any(_local(a) in GONE for a in run.iterancestors())]
        return [Bit(run, "".join(_signs(run))) for run in runs]

    def text(self, paragraph: _Element) -> str:
        """The live text of a paragraph."""
        return "".join(bit.text for bit in self.bits(paragraph))

    # Words

    def insert(self, paragraph: _Element, offset: int, text: str, author: str, look: str = "") -> None:
        """Type text at an offset; it looks as what stands before it, and has `look` (`b`, `i`) besides."""
        before = self._cut(paragraph, offset)
        run = self._run(text, before, look)
        wrapper = self._mark("ins", author)
        wrapper.append(run)
        _behind(paragraph, before, wrapper)

    def delete(self, paragraph: _Element, start: int, end: int, author: str) -> None:
        """Delete [start, end): what another author inserted becomes a deletion inside that insertion."""
        for run in self._between(paragraph, start, end):
            self._wrap(run, "del", author)
            for t in run.iter(w("t")):
                t.tag = w("delText")

    def replace(self, paragraph: _Element, start: int, end: int, text: str, author: str) -> None:
        """Type over [start, end): Word keeps the old text, deleted, before the new."""
        self.insert(paragraph, end, text, author)
        self.delete(paragraph, start, end, author)

    def format(self, paragraph: _Element, start: int, end: int, look: str, author: str) -> None:
        """Make [start, end) bold (`b`), italic (`i`) or struck through (`strike`)."""
        for run in self._between(paragraph, start, end):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                run.insert(0, properties)
            if properties.find(w(look)) is not None:
                continue
            was = copy.deepcopy(properties)
            for old in was.findall(w("rPrChange")):
                was.remove(old)
            etree.SubElement(properties, w(look))
            if properties.find(w("rPrChange")) is None:
                self._mark("rPrChange", author, properties).append(was)
            else:
                properties.append(properties.find(w("rPrChange")))

    def move_words(self, paragraph: _Element, start: int, end: int, target: _Element, at: int, author: str) -> None:
        """Cut [start, end) and paste it at an offset of another paragraph."""
        name = f"move{next(self.numbers)}"
        runs = self._between(paragraph, start, end)
        copies = [copy.deepcopy(run) for run in runs]
        before = self._cut(target, at)
        for run in runs:
            self._wrap(run, "moveFrom", author)
        self._range(paragraph, runs[0], runs[-1], "moveFrom", name, author)
        to = self._mark("moveTo", author)
        to.extend(copies)
        _behind(target, before, to)
        self._range(target, copies[0], copies[-1], "moveTo", name, author)

    # Paragraphs

    def split(self, paragraph: _Element, offset: int, author: str) -> _Element:
        """Press Enter at an offset; returns the new first half, whose mark is the new one."""
        before = self._cut(paragraph, offset)
        first = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            first.append(copy.deepcopy(properties))
        anchor = _cleaved(paragraph, before, through_links=True) if before is not None else None
        for child in list(paragraph):
            if child is properties:
                continue
            if anchor is None and _local(child) != "bookmarkStart":
                break
            first.append(child)
            if child is anchor:
                break
        paragraph.addprevious(first)
        self._flag(first, "ins", author)
        return first

    def join(self, paragraph: _Element, author: str) -> None:
        """Delete the paragraph's mark: the next one runs on in it."""
        self._flag(paragraph, "del", author)

    def delete_paragraph(self, paragraph: _Element, author: str) -> None:
        """Delete all of a paragraph, with its mark."""
        self.delete(paragraph, 0, len(self.text(paragraph)), author)
        self._flag(paragraph, "del", author)

    def add_paragraph(self, after: _Element, text: str, author: str, at_end: bool = True, style: str = "") -> _Element:
        """Type a paragraph behind another: with Enter at its end, or (`at_end` false) at the start of the next."""
        new = etree.Element(w("p"))
        properties = after.find(w("pPr"))
        if properties is not None:
            new.append(copy.deepcopy(properties))
        if style:
            for old in new.findall(w("pPr")):
                new.remove(old)
            etree.SubElement(etree.SubElement(new, w("pPr")), w("pStyle")).set(w("val"), style)
        for flag in new.findall(f"{w('pPr')}/{w('rPr')}"):
            flag.getparent().remove(flag)
        wrapper = self._mark("ins", author, new)
        wrapper.append(self._run(text, None, ""))
        after.addnext(new)
        self._flag(after if at_end else new, "ins", author)
        return new

    def move_paragraph(self, paragraph: _Element, behind: _Element, author: str) -> None:
        """Cut a whole paragraph and paste it behind another, as Word records it: with ranges around both."""
        name = f"move{next(self.numbers)}"
        new = copy.deepcopy(paragraph)
        for stale in [e for e in new.iter() if _local(e) in ("bookmarkStart", "bookmarkEnd")]:
            stale.getparent().remove(stale)
        behind.addnext(new)
        for run in [bit.run for bit in self.bits(new)]:
            self._wrap(run, "moveTo", author)
        self._flag(new, "moveTo", author)
        for run in [bit.run for bit in self.bits(paragraph)]:
            self._wrap(run, "moveFrom", author)
        self._flag(paragraph, "moveFrom", author)
        for place, kind in ((paragraph, "moveFrom"), (new, "moveTo")):
            number = str(next(self.numbers))
            start = self._mark(f"{kind}RangeStart", author)
            start.set(w("id"), number)
            start.set(w("name"), name)
            end = etree.Element(w(f"{kind}RangeEnd"))
            end.set(w("id"), number)
            place.addprevious(start)
            place.addnext(end)

    def restyle(self, paragraph: _Element, style: str, author: str) -> None:
        """Give a paragraph another style."""
        properties = self._properties(paragraph)
        was = etree.Element(w("pPr"))
        old = properties.find(w("pStyle"))
        if old is not None:
            was.append(copy.deepcopy(old))
            properties.remove(old)
        named = etree.Element(w("pStyle"))
        named.set(w("val"), style)
        properties.insert(0, named)
        self._mark("pPrChange", author, properties).append(was)

    # Rows

    def delete_row(self, row: _Element, author: str) -> None:
        """Delete a row: Word flags the row and deletes what stands in it."""
        for paragraph in row.iter(w("p")):
            self.delete_paragraph(paragraph, author)
        self._row_flag(row, "del", author)

    def insert_row(self, above: _Element, cells: list[str], author: str) -> _Element:
        """A row below another, with these texts in its cells."""
        row = copy.deepcopy(above)
        for stale in [e for e in row.iter() if _local(e) in ("bookmarkStart", "bookmarkEnd", "ins", "del")]:
            stale.getparent().remove(stale)
        texts = iter(cells)
        for cell in row.iter(w("tc")):
            first, *rest = list(cell.iter(w("p")))
            for paragraph in rest:
                cell.remove(paragraph)
            for child in [child for child in first if _local(child) != "pPr"]:
                first.remove(child)
            self._mark("ins", author, first).append(self._run(next(texts, ""), None, ""))
            self._flag(first, "ins", author)
        above.addnext(row)
        self._row_flag(row, "ins", author)
        return row

    # Comments

    def comment(
        self, start: tuple[_Element, int], end: tuple[_Element, int] | None, text: str, author: str, parent: int = -1
    ) -> int:
        """Comment on a range, or (`end` None) on a point; returns the comment's number. `parent`: it is a reply."""
        number = next(self.numbers)
        made = self._mark("comment", author, self.roots[COMMENTS])
        made.set(w("id"), str(number))
        made.set(w("initials"), "".join(name[0] for name in author.split()))
        for line in text.split("\n"):
            last = etree.SubElement(made, w("p"))
            last.append(self._run(line, None, ""))
        last.set(f"{{{NAMES['w14']}}}paraId", f"{number:08X}")
        self.extended.append((f"{number:08X}", f"{parent:08X}" if parent >= 0 else "", False))
        reference = etree.Element(w("r"))
        etree.SubElement(reference, w("commentReference")).set(w("id"), str(number))
        if end is not None:
            before = self._cut(*end)
            stop = etree.Element(w("commentRangeEnd"))
            stop.set(w("id"), str(number))
            _behind(end[0], before, stop)
            stop.addnext(reference)
            begin = etree.Element(w("commentRangeStart"))
            begin.set(w("id"), str(number))
            _behind(start[0], self._cut(*start), begin)
        else:
            _behind(start[0], self._cut(*start), reference)
        return number

    def resolve(self, number: int) -> None:
        """Tick a comment off."""
        self.extended = [(i, p, d or i == f"{number:08X}") for i, p, d in self.extended]

    # How Word writes it

    def _mark(self, name: str, author: str, parent: _Element | None = None) -> _Element:
        element = etree.Element(w(name)) if parent is None else etree.SubElement(parent, w(name))
        for key, value in (("id", str(next(self.numbers))), ("author", author), ("date", DATE)):
            element.set(w(key), value)
        return element

    def _run(self, text: str, like: _Element | None, look: str) -> _Element:
        run = etree.Element(w("r"))
        properties = like.find(w("rPr")) if like is not None else None
        if properties is not None and properties.find(w("rStyle")) is None:
            run.append(copy.deepcopy(properties))
            for stale in run.findall(f"{w('rPr')}/{w('rPrChange')}"):
                stale.getparent().remove(stale)
        if look:
            if run.find(w("rPr")) is None:
                run.insert(0, etree.Element(w("rPr")))
            etree.SubElement(run.find(w("rPr")), w(look))
        _say(run, text)
        return run

    def _cut(self, paragraph: _Element, offset: int) -> _Element | None:
        """The live run that ends at an offset, cut there if need be; None at the very start."""
        at, last = 0, None
        for bit in self.bits(paragraph):
            if at == offset and last is not None:
                return last
            if at < offset < at + len(bit.text):
                _divide(bit.run, offset - at)
                return bit.run
            at += len(bit.text)
            last = bit.run if bit.text else last
            if at == offset and bit.text:
                return bit.run
        return last if offset >= at else None

    def _between(self, paragraph: _Element, start: int, end: int) -> list[_Element]:
        """The live runs of [start, end), cut at its ends."""
        self._cut(paragraph, start)
        self._cut(paragraph, end)
        at, found = 0, []
        for bit in self.bits(paragraph):
            if bit.text and start <= at and at + len(bit.text) <= end:
                found.append(bit.run)
            at += len(bit.text)
        return found

    def _wrap(self, run: _Element, name: str, author: str) -> None:
        wrapper = self._mark(name, author)
        run.addprevious(wrapper)
        wrapper.append(run)

    def _range(self, paragraph: _Element, first: _Element, last: _Element, kind: str, name: str, author: str) -> None:
        number = str(next(self.numbers))
        start = self._mark(f"{kind}RangeStart", author)
        start.set(w("id"), number)
        start.set(w("name"), name)
        end = etree.Element(w(f"{kind}RangeEnd"))
        end.set(w("id"), number)
        _child_of(paragraph, first).addprevious(start)
        _child_of(paragraph, last).addnext(end)

    def _properties(self, paragraph: _Element) -> _Element:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        return properties

    def _flag(self, paragraph: _Element, name: str, author: str) -> None:
        """Say that a paragraph's mark was inserted, deleted or moved."""
        properties = self._properties(paragraph)
        mark = properties.find(w("rPr"))
        if mark is None:
            mark = etree.Element(w("rPr"))
            later = [e for e in properties if _local(e) in ("sectPr", "pPrChange")]
            later[0].addprevious(mark) if later else properties.append(mark)
        flag = self._mark(name, author)
        flags = [e for e in mark if _local(e) in ("ins", "del", "moveFrom", "moveTo")]
        flags[-1].addnext(flag) if flags else mark.insert(0, flag)

    def _row_flag(self, row: _Element, name: str, author: str) -> None:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(0, properties)
        self._mark(name, author, properties)

    def _write_extended(self) -> None:
        entries = "".join(
            f'<w15:commentEx w15:paraId="{own}"{f" w15:paraIdParent={chr(34)}{parent}{chr(34)}" if parent else ""} '
            f'w15:done="{int(done)}"/>'
            for own, parent, done in self.extended
        )
        self.parts[EXTENDED] = f'<w15:commentsEx xmlns:w15="{NAMES["w15"]}">{entries}</w15:commentsEx>'.encode()
        types = etree.fromstring(self.parts["[Content_Types].xml"])
        relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        if not any(e.get("PartName") == f"/{EXTENDED}" for e in types):
            made = etree.SubElement(types, f"{{{TYPES}}}Override")
            made.set("PartName", f"/{EXTENDED}")
            made.set("ContentType", EXTENDED_TYPE)
            link = etree.SubElement(relations, f"{{{RELATIONS}}}Relationship")
            for key, value in (("Id", "rIdEx1"), ("Type", EXTENDED_RELATION), ("Target", "commentsExtended.xml")):
                link.set(key, value)
        self.parts["[Content_Types].xml"] = etree.tostring(types)
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(relations)


def _signs(run: _Element) -> Iterator[str]:
    for child in run:
        if _local(child) == "t":
            yield child.text or ""
        elif _local(child) in SIGNS:
            yield SIGNS[_local(child)]


def _say(run: _Element, text: str) -> None:
    """Write text into a run: line breaks, tabs and Word's two hyphens are elements of their own."""
    names = {sign: name for name, sign in SIGNS.items()}
    here = ""
    for character in [*text, ""]:
        if character in names or not character:
            if here:
                t = etree.SubElement(run, w("t"))
                t.text = here
                t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            here = ""
            if character:
                etree.SubElement(run, w(names[character]))
        else:
            here += character


def _divide(run: _Element, offset: int) -> None:
    """Cut a run in two at an offset of its text."""
    text = "".join(_signs(run))
    second = copy.deepcopy(run)
    for half, words in ((run, text[:offset]), (second, text[offset:])):
        for child in [child for child in half if _local(child) != "rPr"]:
            half.remove(child)
        _say(half, words)
    run.addnext(second)


def _child_of(paragraph: _Element, element: _Element) -> _Element:
    """The paragraph's own child that holds an element."""
    while element.getparent() is not paragraph:
        element = element.getparent()
    return element


def _behind(paragraph: _Element, before: _Element | None, new: _Element) -> None:
    """Put an element behind a run: outside changes around it, inside a link that goes on; at the start behind
    properties.
    """
    if before is not None:
        _cleaved(paragraph, before).addnext(new)
        return
    last = None
    for child in paragraph:
        if _local(child) not in ("pPr", "bookmarkStart"):
            break
        last = child
    last.addnext(new) if last is not None else paragraph.insert(0, new)


def _cleaved(paragraph: _Element, run: _Element, through_links: bool = False) -> _Element:
    """The element that ends with a run and stands in the paragraph or in a link; wrappers that go on are divided."""
    here = run
    while (parent := here.getparent()) is not paragraph:
        rest = list(parent)[parent.index(here) + 1 :]
        if _local(parent) == "hyperlink" and rest and not through_links:
            break
        if rest:
            second = etree.Element(parent.tag, dict(parent.attrib))
            second.extend(rest)
            parent.addnext(second)
        here = parent
    return here
