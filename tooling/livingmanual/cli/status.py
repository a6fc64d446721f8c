"""`manual status`."""

from __future__ import annotations

from typing import Any

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of


@click.command(short_help="Show the state of the manual on one screen.")
@output.json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show which editions there are, which overrides the manual has moved away from, and what is open in the rounds.

    \b
    Example:
      manual status
    """
    from livingmanual.workflows import status as looking

    found = looking.status(root_of(context))
    if as_json:
        output.dump(found)
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    output.line(found["title"])
    changed = len(found["uncommitted"])
    output.line(
        f"revision  {found['revision'][:12] or 'none'}"
        + (f", {output.count(changed, 'file')} not committed" if changed else "")
    )
    languages: dict[str, list[str]] = {}
    for edition in found["editions"]:
        languages.setdefault(edition["country"], []).append(edition["language"])
    shown = ", ".join(f"{country} ({' '.join(names)})" for country, names in languages.items())
    output.line(f"editions  {len(found['editions'])}: {shown}")
    if not found["rounds"]:
        output.line("rounds    none: manual round open NAME")
    if found["errors"]:
        output.line(f"errors    {found['errors']}: see `manual check`")
    states = ("current", "drifted", "orphaned", "unrecorded")
    _block(("overlay", *states), [(row["country"], *(row[state] for state in states)) for row in found["overrides"]])
    keys = ("round", "opens", "closes", "submissions", "remarks", "undecided")
    _block(keys, [tuple(row[key] for key in keys) for row in found["rounds"]])


def _block(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        output.line()
        output.table(headings, rows)
