"""Tables of the finished file: as wide as the text, rows whole, header rows on every page."""

from __future__ import annotations

from livingmanual.render.docx import order, xml
from livingmanual.render.docx.paragraphs import style_of


def dress(body: xml.Element, width: int) -> None:
    """Fit every table to `width` twips, and keep its rows whole."""
    for table in body.iter(xml.q("w:tbl")):
        _fit(table, width)
        for row in table.findall(xml.q("w:tr")):
            properties = order.properties(row, "w:trPr")
            if properties.find(xml.q("w:cantSplit")) is None:
                properties.insert(0, xml.fragment("<w:cantSplit/>"))
        _title(table)
    for table in list(body.iter(xml.q("w:tbl"))):
        _part(table)


def turn(body: xml.Element) -> None:
    """Let the columns of every table run from right to left."""
    for table in body.iter(xml.q("w:tbl")):
        order.insert(order.properties(table, "w:tblPr"), xml.fragment("<w:bidiVisual/>"), order.TABLE)


def _fit(table: xml.Element, width: int) -> None:
    grid = table.find(xml.q("w:tblGrid"))
    columns = [] if grid is None else grid.findall(xml.q("w:gridCol"))
    old = [int(xml.value(column, "w:w") or "0") for column in columns]
    if not sum(old):
        return
    widths = [round(share * width / sum(old)) for share in old]
    for column, share in zip(columns, widths, strict=True):
        column.set(xml.q("w:w"), str(share))
    for row in table.findall(xml.q("w:tr")):
        _fit_row(row, widths)


def _fit_row(row: xml.Element, widths: list[int]) -> None:
    at = 0
    total = sum(widths)
    for cell in row.findall(xml.q("w:tc")):
        properties = order.properties(cell, "w:tcPr")
        span = int(xml.value(properties.find(xml.q("w:gridSpan"))) or "1")
        # In fiftieths of a percent (ECMA-376 Part 1, 17.18.90), so that another page width does not break the table.
        share = round(5000 * sum(widths[at : at + span]) / total)
        order.insert(properties, xml.fragment(f'<w:tcW w:w="{share}" w:type="pct"/>'), order.CELL)
        at += span


def _title(table: xml.Element) -> None:
    """Tell programs that read aloud what the table is: the words of the caption above it."""
    above = table.getprevious()
    if above is None or style_of(above) != "TableCaption":
        return
    caption = table.makeelement(xml.q("w:tblCaption"))
    caption.set(xml.q("w:val"), "".join(text.text or "" for text in above.iter(xml.q("w:t"))))
    order.insert(order.properties(table, "w:tblPr"), caption, order.TABLE)


def _part(table: xml.Element) -> None:
    """Word makes one table of two that touch, and wants a paragraph at the end of a cell: put an empty one there."""
    following = table.getnext()
    if following is None or following.tag in (xml.q("w:tbl"), xml.q("w:sectPr")):
        table.addnext(xml.fragment(xml.paragraph("Compact")))
