"""`manual check`."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of


@click.command(short_help="Look for everything that is wrong in the content.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--release", is_flag=True, help="Take for an error whatever is still to be confirmed.")
@click.option("--rev", "revision", default="", help="Check a git revision instead of the files as they are.")
@click.option("--no-notes", is_flag=True, help="Leave out what is not wrong but worth knowing.")
@output.json_option
@click.pass_context
def check(context: click.Context, strict: bool, release: bool, revision: str, no_notes: bool, as_json: bool) -> None:
    """Look through all editions for broken references, overrides whose target is gone or has changed, unknown variables
    and works, missing pictures and alternative texts, answers that do not fit.

    Each finding says where (file:line:column), what, and what to do. The exit code is 1 if there are errors.

    \b
    Example:
      manual check
      manual check --strict --no-notes
      manual check --release
      manual check --rev v1.2 --json
    """
    from livingmanual.model.diagnostic import Severity
    from livingmanual.workflows import check as checking

    found = checking.check(root_of(context), revision)
    if strict:
        found = checking.strictly(found)
    if release:
        found = checking.for_release(found)
    if no_notes:
        found = tuple(d for d in found if d.severity is not Severity.NOTE)
    if as_json:
        output.dump(checking.as_json(found))
    else:
        for diagnostic in found:
            output.line(str(diagnostic))
        numbers = {severity: sum(d.severity is severity for d in found) for severity in Severity}
        output.line(", ".join(output.count(number, severity.value) for severity, number in numbers.items()))
    if any(d.severity is Severity.ERROR for d in found):
        context.exit(1)
