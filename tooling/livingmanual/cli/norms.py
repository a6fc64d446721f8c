"""`manual norms`."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of


@click.command(short_help="Show what countries answered to the norms.")
@output.json_option
@click.pass_context
def norms(context: click.Context, as_json: bool) -> None:
    """Show the answers of all countries, a row for each norm; a norm without an answer is unknown, which is not "no".

    \b
    Example:
      manual norms
      manual norms --json
    """
    from livingmanual.workflows.editions import open_draft
    from livingmanual.workflows.norms import norms_of, read_answers

    shelf = open_draft(root_of(context))
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
