"""Build OOXML packages out of strings of XML.

    data = word(p(r("Water is "), ins(r("clean"))), comments=[comment(0, "Why?")])

The functions give strings, so a test shows exactly the XML it is about. Ids of changes count up by themselves.
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = {
    "w": W,
    "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "w16cex": "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "w16du": "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
TYPES = {
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "endnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml",
    "header": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
    "footer": "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
    "comments": "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    "styles": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "numbering": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "settings": "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
    "glossaryDocument": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml",
    "commentsExtended": "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
    "commentsIds": "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsIds+xml",
    "commentsExtensible": "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtensible+xml",
}
RELATIONSHIP = {
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "commentsIds": "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    "commentsExtensible": "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
}
ROOT = {
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "header": "w:hdr",
    "footer": "w:ftr",
    "comments": "w:comments",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "settings": "w:settings",
    "glossaryDocument": "w:glossaryDocument",
    "commentsExtended": "w15:commentsEx",
    "commentsIds": "w16cid:commentsIds",
    "commentsExtensible": "w16cex:commentsExtensible",
}

_ids = itertools.count(1000)


# -- text ------------------------------------------------------------------------------------------------------


def t(text: str) -> str:
    """`w:t`."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str = "", properties: str = "", inside: str = "") -> str:
    """A run: text, then other content; newlines and tabs become `w:br` and `w:tab`."""
    return f"<w:r>{_properties('w:rPr', properties)}{_content(text, 'w:t')}{inside}</w:r>"


def d(text: str, properties: str = "") -> str:
    """A run inside a deletion: `w:delText`."""
    return f"<w:r>{_properties('w:rPr', properties)}{_content(text, 'w:delText')}</w:r>"


def _content(text: str, name: str) -> str:
    parts = []
    for line_number, line in enumerate(text.split("\n")):
        parts += ["<w:br/>"] if line_number else []
        for tab_number, piece in enumerate(line.split("\t")):
            parts += ["<w:tab/>"] if tab_number else []
            parts += [f'<{name} xml:space="preserve">{escape(piece)}</{name}>'] if piece else []
    return "".join(parts)


def _properties(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>" if inside else ""


def p(*content: str, style: str = "", properties: str = "", mark: str = "", para_id: str = "") -> str:
    """A paragraph. `mark` is what stands in the `w:rPr` of its mark, `properties` what else in its `w:pPr`."""
    inside = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties + _properties("w:rPr", mark)
    identity = f' w14:paraId="{para_id}"' if para_id else ""
    return f"<w:p{identity}>{_properties('w:pPr', inside)}{''.join(content)}</w:p>"


# -- changes ---------------------------------------------------------------------------------------------------


def who(author: str | None = "Ana", date: str | None = "2024-05-06T07:08:00Z", utc: str | None = None) -> str:
    """Attributes of a change, with an id of its own."""
    given = {"w:id": str(next(_ids)), "w:author": author, "w:date": date, "w16du:dateUtc": utc}
    return " ".join(f"{name}={quoteattr(value)}" for name, value in given.items() if value is not None)


def change(name: str, *content: str, author: str | None = "Ana", more: str = "") -> str:
    """Any change element: `change("w:ins", r("x"))`, `change("w:rPrChange", "<w:rPr/>")`."""
    return f"<{name} {who(author)}{' ' + more if more else ''}>{''.join(content)}</{name}>"


def ins(*content: str, author: str | None = "Ana") -> str:
    """`w:ins`; without content the mark of an inserted paragraph, row or list item."""
    return change("w:ins", *content, author=author)


def dele(*content: str, author: str | None = "Ana") -> str:
    """`w:del`."""
    return change("w:del", *content, author=author)


def move_from(name: str, *content: str) -> str:
    """`w:moveFrom` in its range."""
    number = next(_ids)
    start = f'<w:moveFromRangeStart w:id="{number}" w:name="{name}" w:author="Ana"/>'
    return f'{start}{change("w:moveFrom", *content)}<w:moveFromRangeEnd w:id="{number}"/>'


def move_to(name: str, *content: str) -> str:
    """`w:moveTo` in its range."""
    number = next(_ids)
    start = f'<w:moveToRangeStart w:id="{number}" w:name="{name}" w:author="Ana"/>'
    return f'{start}{change("w:moveTo", *content)}<w:moveToRangeEnd w:id="{number}"/>'


# -- tables, fields, places ------------------------------------------------------------------------------------


def tc(*content: str, properties: str = "") -> str:
    """A cell."""
    return f"<w:tc>{_properties('w:tcPr', properties)}{''.join(content) or '<w:p/>'}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr>{_properties('w:trPr', properties)}{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "", grid: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def fld(instruction: str, *result: str) -> str:
    """A complex field, each part in a run of its own."""
    return field_begin(instruction) + "".join(result) + field_end()


def field_begin(instruction: str) -> str:
    """Its first half, up to the result."""
    code = f'<w:instrText xml:space="preserve">{escape(instruction)}</w:instrText>'
    return f"{r(inside=_fld_char('begin'))}{r(inside=code)}{r(inside=_fld_char('separate'))}"


def field_end() -> str:
    """Its last part."""
    return r(inside=_fld_char("end"))


def _fld_char(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def bookmark(name: str, *content: str, number: int | None = None) -> str:
    """A bookmark around content."""
    identity = next(_ids) if number is None else number
    start = f'<w:bookmarkStart w:id="{identity}" w:name="{name}"/>'
    return f'{start}{"".join(content)}<w:bookmarkEnd w:id="{identity}"/>'


def c_start(number: int) -> str:
    """`w:commentRangeStart`."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def c_end(number: int) -> str:
    """`w:commentRangeEnd`."""
    return f'<w:commentRangeEnd w:id="{number}"/>'


def c_ref(number: int) -> str:
    """A run with the comment's sign."""
    return r(inside=f'<w:commentReference w:id="{number}"/>')


def commented(number: int, *content: str) -> str:
    """Content with a comment on it, as Word writes it."""
    return f"{c_start(number)}{''.join(content)}{c_end(number)}{c_ref(number)}"


def comment(
    number: int,
    *paragraphs: str,
    author: str = "Ana",
    date: str = "2024-05-06T07:08:00Z",
    para_id: str = "",
) -> str:
    """A comment; plain strings become paragraphs, the last one with the paragraph id."""
    blocks = [text if text.startswith("<") else p(r(text)) for text in paragraphs[:-1]]
    last = paragraphs[-1] if paragraphs else ""
    blocks.append(last if last.startswith("<") else p(r(last), para_id=para_id))
    attributes = f'w:id="{number}" w:author={quoteattr(author)} w:date="{date}" w:initials="A"'
    return f"<w:comment {attributes}>{''.join(blocks)}</w:comment>"


def comment_ex(para_id: str, parent: str = "", done: bool = False) -> str:
    """An entry of commentsExtended."""
    above = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{para_id}"{above} w15:done="{int(done)}"/>'


def footnote(number: int, *content: str, kind: str = "footnote") -> str:
    """A note; content is blocks."""
    return f'<w:{kind} w:id="{number}">{"".join(content)}</w:{kind}>'


def note_ref(number: int, kind: str = "footnote") -> str:
    """A run with the reference to a note."""
    return r(inside=f'<w:{kind}Reference w:id="{number}"/>')


def text_box(*blocks: str) -> str:
    """A run with a text box as Word writes it: DrawingML first, the same in VML for old programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    new = (
        "<w:drawing><wp:inline><wp:docPr id='1' name='Box' descr='a box'/><a:graphic>"
        "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    branches = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return r(inside=f"<mc:AlternateContent>{branches}</mc:AlternateContent>")


# -- the package -----------------------------------------------------------------------------------------------


def part(root: str, inside: str) -> bytes:
    """A part with every namespace declared."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{root} {DECLARED}>{inside}</{root}>'.encode()


def word(
    *body: str,
    files: Mapping[str, bytes] | None = None,
    links: Mapping[str, tuple[str, str]] | None = None,
    **parts: str | list[str],
) -> bytes:
    """A Word file. `parts` by role (`comments=[…]`, `header="…"`); `links`: id -> (type, address) to the outside.

    `files` adds or replaces entries of the package by name.
    """
    entries: dict[str, bytes] = {"word/document.xml": part("w:document", f"<w:body>{''.join(body)}</w:body>")}
    overrides = {"word/document.xml": TYPES["document"]}
    rels = []
    for number, (role, inside) in enumerate(parts.items()):
        name = f"word/{role}{'1' if role in {'header', 'footer'} else ''}.xml"
        if role == "glossaryDocument":
            name = "word/glossary/document.xml"
        entries[name] = part(ROOT[role], inside if isinstance(inside, str) else "".join(inside))
        overrides[name] = TYPES[role]
        target = name.removeprefix("word/")
        rels.append((f"rId{number + 1}", RELATIONSHIP.get(role, f"{OFFICE}/{role}"), target, False))
    rels += [(key, f"{OFFICE}/{kind}", target, True) for key, (kind, target) in (links or {}).items()]
    entries["word/_rels/document.xml.rels"] = relationships(rels)
    entries["_rels/.rels"] = relationships([("rId1", f"{OFFICE}/officeDocument", "word/document.xml", False)])
    entries["[Content_Types].xml"] = content_types(overrides)
    return zipped({**entries, **(files or {})})


def relationships(items: list[tuple[str, str, str, bool]]) -> bytes:
    """A relationships part: (id, type, target, external)."""
    mode = {True: ' TargetMode="External"', False: ""}
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target={quoteattr(target)}{mode[external]}/>'
        for key, kind, target, external in items
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()


def content_types(overrides: Mapping[str, str]) -> bytes:
    """The content types part."""
    inside = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{inside}</Types>'.encode()


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """A zip with these entries, content types first, as Word writes them."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries, key=lambda name: name != "[Content_Types].xml"):
            archive.writestr(name, entries[name])
    return memory.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Entries of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
