"""`manual doctor`."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of


@click.command(short_help="Look whether everything is there that the tool works with.")
@output.json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Look at Python, pandoc, typst, fonts, git and the manual here, and say what to do about what is missing.

    The exit code is 3 if something is missing without which nothing can be built.

    \b
    Example:
      manual doctor
    """
    from livingmanual.workflows import doctor as examining

    found = examining.examine(root_of(context))
    if as_json:
        output.dump(examining.as_json(found))
    else:
        for finding in found:
            output.line(f"{finding.state:<9} {finding.part:<11} {finding.detail}")
            if finding.hint:
                output.line(f"{'':<9} hint: {finding.hint}")
    if any(finding.state == examining.MISSING for finding in found):
        context.exit(3)
