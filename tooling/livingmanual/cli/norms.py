"""`manual norms`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of, shown

if TYPE_CHECKING:
    from livingmanual.workflows.editions import Shelf


@click.command(short_help="Show what countries answered to the norms.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["html", "xlsx"]),
    help="Write a page with a picture, or a workbook, instead of showing the answers here.",
)
@click.option("-o", "--out", metavar="PATH", help="The file to write. Default: build/norms.html or build/norms.xlsx.")
@output.json_option
@click.pass_context
def norms(context: click.Context, form: str | None, out: str | None, as_json: bool) -> None:
    """Show the answers of all countries, a row for each norm; a norm without an answer is unknown, which is not "no".

    A page and a workbook hold only answers that are public. Nothing is added up.

    \b
    Example:
      manual norms
      manual norms --format html
      manual norms --format xlsx --out norms.xlsx
      manual norms --json
    """
    from livingmanual.workflows.editions import open_draft
    from livingmanual.workflows.norms import norms_of, read_answers

    if form and as_json:
        raise click.UsageError("--format writes a file, --json prints here: give one of the two", context)
    if out and not form:
        raise click.UsageError("--out names a file: say in which --format", context)
    shelf = open_draft(root_of(context))
    if form:
        _write(context, shelf, form, out)
        return
    outcome = read_answers(shelf)
    output.diagnostics(outcome.diagnostics)
    if as_json:
        keys = ("norm", "country", "answer", "date")
        output.dump([{key: getattr(answer, key) for key in keys} for answer in outcome.value])
    else:
        given = {(answer.norm, answer.country): answer.answer for answer in outcome.value}
        countries = sorted(code for code, overlay in shelf.loaded.overlays.items() if not overlay.region)
        rows = [(norm, *(given.get((norm, country), "-") for country in countries)) for norm in norms_of(shelf)]
        output.table(("norm", *countries), rows)
    if outcome.failed:
        context.exit(1)


def _write(context: click.Context, shelf: Shelf, form: str, out: str | None) -> None:
    from pathlib import Path

    from livingmanual.workflows.norms import write

    path = Path(out).absolute() if out else root_of(context) / "build" / f"norms.{form}"
    outcome = write(shelf, form, path)
    output.diagnostics(outcome.diagnostics)
    if outcome.failed:
        context.exit(1)
    output.line(shown(path))
