"""Build the reference document that gives our Word files their styles, page and running lines.

Pandoc takes styles, page size, headers and footers from such a document. It is built from pandoc's own, so that every
style pandoc may ask for is there. In its headers and footers `{title}`, `{country}`, `{language}`, `{draft}`,
`{date}`, `{edition}`, `{page}` and `{of}` are filled in for each edition. A manual may lay a document of its own,
changed in Word, in `manual/templates/reference.docx`.
"""

from __future__ import annotations

from lxml import etree

from livingmanual.render.docx import ooxml, styles
from livingmanual.render.docx.package import OFFICE, Package

DOCUMENT = "word/document.xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1588" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="624" w:gutter="0"/>'
)
"""A4 with margins of 25 mm at the sides."""


def build(pandoc_default: bytes) -> bytes:
    """Our reference document out of pandoc's (`pandoc --print-default-data-file reference.docx`)."""
    package = Package.read(pandoc_default)
    root = package.root("word/styles.xml")
    _defaults(root)
    put_styles(root, styles.STYLES, replace=True)
    package.put("word/styles.xml", root)
    _running_lines(package)
    return package.write()


def put_styles(root: ooxml.Element, wanted: tuple[styles.Style, ...], replace: bool) -> None:
    """Add styles to a styles part; those that it has already are replaced or left alone."""
    have = {ooxml.value(style, "w:styleId"): style for style in root.findall(ooxml.q("w:style"))}
    for style in wanted:
        old = have.get(style.id)
        if old is not None and not replace:
            continue
        if old is not None:
            root.remove(old)
        root.append(ooxml.fragment(style.xml))


def _defaults(root: ooxml.Element) -> None:
    old = root.find(ooxml.q("w:docDefaults"))
    if old is not None:
        root.remove(old)
    root.insert(0, ooxml.fragment(styles.DEFAULTS))


def _running_lines(package: Package) -> None:
    """A header and a footer, and empty ones for the first page."""
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{styles.LINE}"/></w:pBdr>'
    head = ooxml.paragraph("Header", [ooxml.run("{title}"), ooxml.run("\t"), ooxml.run("{country}")], rule)
    numbers = [ooxml.run("{page} "), ooxml.field("PAGE", "1"), ooxml.run(" {of} "), ooxml.field("NUMPAGES", "1")]
    foot = ooxml.paragraph("Footer", [ooxml.run("{language}{draft}"), ooxml.run("\t"), *numbers])
    references = "".join(
        _line(package, kind, which, name, content)
        for kind, which, name, content in (
            ("header", "default", "header1", head),
            ("header", "first", "header2", ooxml.paragraph("Header")),
            ("footer", "default", "footer1", foot),
            ("footer", "first", "footer2", ooxml.paragraph("Footer")),
        )
    )
    document = package.root(DOCUMENT)
    body = document[0]
    for old in body.findall(ooxml.q("w:sectPr")):
        body.remove(old)
    body.append(ooxml.fragment(f"<w:sectPr>{references}{PAGE}<w:titlePg/></w:sectPr>"))
    package.put(DOCUMENT, document)


def _line(package: Package, kind: str, which: str, name: str, content: str) -> str:
    """One header or footer part, and the reference to it for `w:sectPr`."""
    tag = "hdr" if kind == "header" else "ftr"
    part = f"word/{name}.xml"
    root = ooxml.fragment(f"<w:{tag}>{content}</w:{tag}>")
    etree.cleanup_namespaces(root)
    package.put(part, root)
    package.declare(part, f"{MAIN}.{kind}+xml")
    number = package.relate(DOCUMENT, f"{OFFICE}/{kind}", part)
    return f'<w:{kind}Reference w:type="{which}" r:id="{number}"/>'
