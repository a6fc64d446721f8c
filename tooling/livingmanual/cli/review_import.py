"""`manual review import`."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of
from livingmanual.cli.review import COMMANDS
from livingmanual.errors import ManualError


@click.command(name="import", short_help=COMMANDS["import"][1])
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path())
@click.option("-r", "--round", "round_name", metavar="ROUND", required=True, help="The round that the files belong to.")
@click.option("--edition", metavar="KE/en@REV", help="Which edition was reviewed, if the file does not say so itself.")
@click.option("--author", metavar='"NAME <MAIL>"', help="Whose remarks these are, if the file names nobody.")
@click.option("--alias", metavar="ALIAS", help="Name the reviewer so; neither name nor file ever enters git.")
@output.json_option
@click.pass_context
def import_(
    context: click.Context,
    files: tuple[str, ...],
    round_name: str,
    edition: str | None,
    author: str | None,
    alias: str | None,
    as_json: bool,
) -> None:
    """Read in returned Word files: count every comment and change, and find the text that each speaks about.

    The exit code is 1 if the account of a file does not balance. Nothing is placed by guess: a remark whose place is
    not certain is listed as unplaced. With --json, one FILE gives an object, several a list of them.

    \b
    Example:
      manual review import comments.docx --round 2026-first-consultation
      manual review import anonymous.docx --round 2026-first-consultation --alias reviewer-7
    """
    from pathlib import Path

    from livingmanual.workflows import import_review

    root, reports, code = root_of(context), [], 0
    for number, file in enumerate(files, 1):
        try:
            report = import_review.import_file(root, Path(file), round_name, edition, author, alias)
        except ManualError as trouble:
            if len(files) == 1:
                raise
            # Under an alias not even the file's name is printed: it often holds the reviewer's.
            output.note(f"error: {f'file {number}' if alias else file}: {trouble}")
            code = max(code, trouble.exit_code)
            continue
        reports.append(report.as_json())
        code = max(code, 0 if report.balanced else 1)
        for line in () if as_json else report.lines():
            output.line(line)
    if as_json:
        output.dump(reports[0] if len(files) == 1 else reports)
    context.exit(code)
