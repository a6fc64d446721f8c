"""Tables of the finished file: as wide as the text, rows whole, header rows on every page."""

from __future__ import annotations

from livingmanual.render.docx import ooxml, order
from livingmanual.render.docx.paragraphs import keep_with_next, style_of, text_of

SHORT, SHORT_ROWS = 700, 8
"""Characters and rows of a table that is kept on one page."""


def dress(body: ooxml.Element, width: int) -> None:
    """Fit every table to `width` twips, and keep its rows whole."""
    for table in body.iter(ooxml.q("w:tbl")):
        _fit(table, width)
        for row in table.findall(ooxml.q("w:tr")):
            properties = order.properties(row, "w:trPr")
            if properties.find(ooxml.q("w:cantSplit")) is None:
                properties.insert(0, ooxml.fragment("<w:cantSplit/>"))
        _title(table)
        _keep(table)
    for table in list(body.iter(ooxml.q("w:tbl"))):
        _part(table)


def turn(body: ooxml.Element) -> None:
    """Let the columns of every table run from right to left."""
    for table in body.iter(ooxml.q("w:tbl")):
        order.insert(order.properties(table, "w:tblPr"), ooxml.fragment("<w:bidiVisual/>"), order.TABLE)


def _fit(table: ooxml.Element, width: int) -> None:
    grid = table.find(ooxml.q("w:tblGrid"))
    columns = [] if grid is None else grid.findall(ooxml.q("w:gridCol"))
    old = [int(ooxml.value(column, "w:w") or "0") for column in columns]
    if not sum(old):
        return
    widths = [round(share * width / sum(old)) for share in old]
    for column, share in zip(columns, widths, strict=True):
        column.set(ooxml.q("w:w"), str(share))
    for row in table.findall(ooxml.q("w:tr")):
        _fit_row(row, widths)


def _fit_row(row: ooxml.Element, widths: list[int]) -> None:
    at = 0
    total = sum(widths)
    for cell in row.findall(ooxml.q("w:tc")):
        properties = order.properties(cell, "w:tcPr")
        span = int(ooxml.value(properties.find(ooxml.q("w:gridSpan"))) or "1")
        # In fiftieths of a percent (ECMA-376 Part 1, 17.18.90), so that another page width does not break the table.
        share = round(5000 * sum(widths[at : at + span]) / total)
        order.insert(properties, ooxml.fragment(f'<w:tcW w:w="{share}" w:type="pct"/>'), order.CELL)
        at += span


def _keep(table: ooxml.Element) -> None:
    """Keep a short table on one page; of a long one, two rows at least at either end."""
    rows = table.findall(ooxml.q("w:tr"))
    short = len(text_of(table)) <= SHORT and len(rows) <= SHORT_ROWS
    heads = sum(1 for row in rows if row.find(f"{ooxml.q('w:trPr')}/{ooxml.q('w:tblHeader')}") is not None)
    kept = rows[:-1] if short else [*rows[: heads + 1], *rows[-2:-1]]
    for row in kept:
        for paragraph in row.iter(ooxml.q("w:p")):
            keep_with_next(paragraph)


def _title(table: ooxml.Element) -> None:
    """Tell programs that read aloud what the table is: the words of the caption above it."""
    above = table.getprevious()
    if above is None or style_of(above) != "TableCaption":
        return
    caption = table.makeelement(ooxml.q("w:tblCaption"))
    caption.set(ooxml.q("w:val"), "".join(text.text or "" for text in above.iter(ooxml.q("w:t"))))
    order.insert(order.properties(table, "w:tblPr"), caption, order.TABLE)


def _part(table: ooxml.Element) -> None:
    """Word makes one table of two that touch, and wants a paragraph at the end of a cell: put an empty one there."""
    following = table.getnext()
    if following is None or following.tag in (ooxml.q("w:tbl"), ooxml.q("w:sectPr")):
        table.addnext(ooxml.fragment(ooxml.paragraph("Compact")))
