"""The norms and what countries answered, as a table for people: a page with a picture, and a workbook.

Answers are shown as they were given. Nothing is added up, countries stand in the order of their names, and the signs
are shapes in one colour: a traffic light would say what is good, and many readers could not tell its colours apart.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from livingmanual.model.profile import Answer

NO_ANSWER = "no answer"
SIGNS = {
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "not-applicable": "not applicable",
    "": NO_ANSWER,
}
"""What an answer is called; an empty one was not given, or not published."""
CHANGED = "asked in other words there"
ABOUT = (
    "Each country answers for itself, norm by norm, with its evidence. A sign means little without that evidence. "
    "Nothing here is added up, and the order is that of the names."
)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a workbook: the oldest that a zipped file can hold."""


@dataclass(frozen=True, slots=True)
class NormsTable:
    """Norms by countries."""

    title: str
    """Of the manual."""
    norms: tuple[tuple[str, str], ...]
    """Id and statement of each norm, in the order of their numbers."""
    countries: tuple[tuple[str, str], ...]
    """Code and name of each country, in the order of the names."""
    answers: dict[tuple[str, str], Answer]
    """By norm and country: what was answered and may be published."""
    changed: frozenset[tuple[str, str]] = frozenset()
    """Norm and country where the country asks for something else than the manual does."""

    def said(self, norm: str, country: str) -> str:
        """The answer in words."""
        answer = self.answers.get((norm, country))
        words = SIGNS[answer.answer if answer else ""]
        return f"{words} ({CHANGED})" if (norm, country) in self.changed else words


# The page

CELL, ROW, LEFT, TOP = 30, 24, 70, 56
"""Sizes of the picture: a column, a row, the room for the norms' and for the countries' codes."""
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Norms and countries: {title}</title>
<style>
body {{ font-family: "Noto Sans", system-ui, sans-serif; line-height: 1.5; margin: 2rem; }}
body {{ color: #1c2733; background: #fff; }}
.wide {{ overflow-x: auto; }}
svg text {{ font: 12px "Noto Sans", system-ui, sans-serif; fill: #1c2733; }}
table {{ border-collapse: collapse; margin-block: 1rem; }}
caption {{ text-align: start; font-weight: 600; padding-block: 0.5rem; }}
th, td {{ border: 1px solid #767676; padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }}
thead th {{ position: sticky; top: 0; background: #fff; }}
td small {{ display: block; overflow-wrap: anywhere; }}
.key {{ display: flex; flex-wrap: wrap; gap: 0.4rem 1.6rem; list-style: none; padding: 0; }}
.key svg {{ vertical-align: middle; margin-inline-end: 0.4rem; }}
</style>
</head>
<body>
<h1>Norms and countries</h1>
<p>{title}. {about}</p>
<ul class="key">
{key}</ul>
<div class="wide" tabindex="0" role="region" aria-label="Picture of the answers">
{picture}</div>
<div class="wide" tabindex="0" role="region" aria-label="Table of the answers">
{table}</div>
</body>
</html>
"""


def page(table: NormsTable) -> str:
    """A page that needs nothing else: what the signs mean, the picture, and the same as a table for every reader."""
    changed = _item(_changed(CELL / 2, ROW / 2), f"{CHANGED}: the country's edition changes the norm")
    key = "".join(_item(_sign(answer, CELL / 2, ROW / 2), words) for answer, words in SIGNS.items()) + changed
    return PAGE.format(
        title=html.escape(table.title), about=ABOUT, key=key, picture=_picture(table), table="".join(_rows(table))
    )


def _item(sign: str, words: str) -> str:
    picture = f'<svg width="{CELL}" height="{ROW}" aria-hidden="true">{sign}</svg>'
    return f"<li>{picture}{html.escape(words)}</li>\n"


def _picture(table: NormsTable) -> str:
    width, height = LEFT + CELL * len(table.countries) + 10, TOP + ROW * len(table.norms) + 10
    words = "A grid with a row for each norm and a column for each country. The table below says the same in words."
    parts = [
        f'<svg role="img" aria-labelledby="lm-picture lm-words" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">\n',
        f'<title id="lm-picture">Answers to the norms</title>\n<desc id="lm-words">{words}</desc>\n',
    ]
    for column, (code, name) in enumerate(table.countries):
        x = LEFT + CELL * (column + 0.5)
        parts.append(f'<text x="{x:g}" y="{TOP - 14}" text-anchor="middle">{html.escape(code)}')
        parts.append(f"<title>{html.escape(name)}</title></text>\n")
    for row, (norm, _) in enumerate(table.norms):
        y = TOP + ROW * (row + 0.5)
        parts.append(f'<text x="{LEFT - 14}" y="{y + 4:g}" text-anchor="end">{html.escape(norm)}</text>\n')
        parts.append(f'<path d="M{LEFT} {y + ROW / 2:g}H{width - 10}" stroke="#d5dae0"/>\n')
        for column, (code, name) in enumerate(table.countries):
            x = LEFT + CELL * (column + 0.5)
            answer = table.answers.get((norm, code))
            drawn = _sign(answer.answer if answer else "", x, y)
            drawn += _changed(x, y) if (norm, code) in table.changed else ""
            said = html.escape(f"{norm}, {name}: {table.said(norm, code)}")
            parts.append(f"<g><title>{said}</title>{drawn}</g>\n")
    return "".join([*parts, "</svg>\n"])


def _sign(answer: str, x: float, y: float) -> str:
    """A shape for an answer around a centre: full, half, empty, a stroke; a small dot where there is none."""
    circle = f'<circle cx="{x:g}" cy="{y:g}" r="7" fill="{{}}" stroke="#2f4a6b" stroke-width="1.6"/>'
    if answer == "yes":
        return circle.format("#2f4a6b")
    if answer == "partly":
        return circle.format("none") + f'<path d="M{x:g} {y - 7:g}a7 7 0 0 0 0 14z" fill="#2f4a6b"/>'
    if answer == "no":
        return circle.format("none")
    if answer == "not-applicable":
        return f'<path d="M{x - 7:g} {y:g}h14" stroke="#2f4a6b" stroke-width="2"/>'
    return f'<circle cx="{x:g}" cy="{y:g}" r="1.6" fill="#767676"/>'


def _changed(x: float, y: float) -> str:
    return f'<path d="M{x + 9:g} {y - 10:g}v6m-3 -3h6" stroke="#2f4a6b" stroke-width="1.4"/>'


def _rows(table: NormsTable) -> Iterator[str]:
    yield '<table>\n<caption>What each country answered</caption>\n<thead><tr><th scope="col">Norm</th>'
    for code, name in table.countries:
        yield f'<th scope="col"><abbr title="{html.escape(name)}">{html.escape(code)}</abbr></th>'
    yield "</tr></thead>\n<tbody>\n"
    for norm, statement in table.norms:
        yield f'<tr><th scope="row">{html.escape(norm)} <small>{html.escape(statement)}</small></th>'
        yield from (f"<td>{_cell(table, norm, code)}</td>" for code, _ in table.countries)
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _cell(table: NormsTable, norm: str, code: str) -> str:
    answer = table.answers.get((norm, code))
    beside = [part for part in (answer.date, answer.evidence) if part] if answer else []
    small = f"<small>{html.escape('; '.join(beside))}</small>" if beside else ""
    return html.escape(table.said(norm, code)) + small


# The workbook


def workbook(table: NormsTable) -> bytes:
    """An .xlsx file: a sheet of norms by countries, and one with a row for each answer with its evidence and date.

    Equal tables give equal bytes. Words are written as words, so that no cell is ever taken for a formula.
    """
    book = Workbook()
    del book[book.sheetnames[0]]
    grid = book.create_sheet("Norms and countries")
    _fill(
        grid,
        ["Norm", "What it asks for", *(name for _, name in table.countries)],
        [8, 60, *[16] * len(table.countries)],
    )
    for norm, statement in table.norms:
        _write(grid, [norm, statement, *(table.said(norm, code) for code, _ in table.countries)])
    grid.freeze_panes = "C2"
    sheet = book.create_sheet("Answers")
    _fill(sheet, ["Norm", "Country", "Answer", "Date", "Evidence", "Source"], [8, 24, 18, 12, 60, 40])
    for norm, _ in table.norms:
        for code, name in table.countries:
            answer = table.answers.get((norm, code))
            row = [answer.date, answer.evidence, answer.source] if answer else ["", "", ""]
            _write(sheet, [norm, name, table.said(norm, code), *row])
    sheet.freeze_panes = "A2"
    about = book.create_sheet("About")
    about.column_dimensions["A"].width = 100
    for line in (table.title, ABOUT, f'"{NO_ANSWER}": the country has not answered, or its answer is not public.'):
        _write(about, [line])
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue())


def _fill(sheet: Worksheet, heads: list[str], widths: list[int]) -> None:
    _write(sheet, heads)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)


def _write(sheet: Worksheet, values: list[str]) -> None:
    row = sheet.max_row + 1 if sheet.cell(sheet.max_row, 1).value is not None else sheet.max_row
    for number, value in enumerate(values, 1):
        if not value:
            continue
        cell = sheet.cell(row, number)
        cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dated(data: bytes) -> bytes:
    """The same file with one date for all: it depends on the answers alone, not on the hour."""
    day = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*EPOCH)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + day.encode(), part)
            new.writestr(zipfile.ZipInfo(name, EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
