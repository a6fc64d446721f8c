"""How results reach people and programs: lines, tables, JSON; diagnostics on standard error.

Text from files may hold the codes that steer a terminal, so everything shown to people passes `harmless` first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from livingmanual.model.diagnostic import Diagnostic

F = TypeVar("F", bound=Callable[..., Any])
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and newline, and those that turn the direction of what follows."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs instead of text.")


def harmless(text: str) -> str:
    """The text with characters that steer a terminal shown as their codes."""
    return STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def line(text: str = "") -> None:
    """A line for people on standard output."""
    click.echo(harmless(text))


def note(text: str) -> None:
    """A line for people on standard error, beside the result."""
    click.echo(harmless(text), err=True)


def dump(value: Any) -> None:
    """JSON on standard output; letters as they are where the output can carry them."""
    escape = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(value, ensure_ascii=escape, indent=2))


def diagnostics(found: Iterable[Diagnostic]) -> None:
    """Each diagnostic on standard error."""
    for diagnostic in found:
        note(str(diagnostic))


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows under headings: drawn in a terminal, columns of plain text elsewhere; nothing if there are no rows."""
    if not rows:
        return
    texts = [[harmless(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _drawn(headings, texts)
        return
    everything = [list(headings), *texts]
    widths = [max(len(row[column]) for row in everything) for column in range(len(headings))]
    for row in everything:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _drawn(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*headings, box=SIMPLE_HEAD)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


def count(number: int, thing: str, things: str = "") -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
