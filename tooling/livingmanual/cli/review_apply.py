"""`manual review apply`, `undo` and `report`."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of
from livingmanual.cli.review import COMMANDS


@click.command(short_help=COMMANDS["apply"][1])
@click.option("-r", "--round", "round_name", metavar="ROUND", help="Of this round. Default: of all rounds.")
@output.json_option
@click.pass_context
def apply(context: click.Context, round_name: str | None, as_json: bool) -> None:
    """Apply every accepted suggestion that is not applied yet: one commit for each reviewer of a submission.

    Only what was suggested changes. The exit code is 1 if accepted suggestions could not be applied.

    \b
    Example:
      manual review apply --round 2026-first-consultation
    """
    from livingmanual.workflows import apply_review

    report = apply_review.apply(root_of(context), round_name)
    if as_json:
        output.dump(report.as_json())
    else:
        for line in report.lines():
            output.line(line)
    context.exit(1 if report.conflicts else 0)


@click.command(short_help=COMMANDS["undo"][1])
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@output.json_option
@click.pass_context
def undo(context: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Take applied remarks back, as a commit; what was decided on them stays on record.

    \b
    Example:
      manual review undo 3f2a
    """
    from livingmanual.workflows import apply_review

    report = apply_review.undo(root_of(context), names)
    if as_json:
        output.dump(report.as_json())
    else:
        taken, commits = output.count(len(report.applied), "remark"), output.count(len(report.commits), "commit")
        output.line(f"took back {taken} in {commits}")
        for line in (*(sha[:12] for sha in report.commits), *report.notes):
            output.line(f"  {line}")
    context.exit(1 if report.conflicts else 0)


@click.command(short_help=COMMANDS["report"][1])
@click.option("-r", "--round", "round_name", metavar="ROUND", help="Of this round. Default: of all rounds.")
@output.json_option
@click.pass_context
def report(context: click.Context, round_name: str | None, as_json: bool) -> None:
    """Tell what became of every remark, with the reasons, for sending to the reviewers.

    \b
    Example:
      manual review report --round 2026-first-consultation > report.md
    """
    from livingmanual.workflows.report import report as report_of

    found = report_of(root_of(context), round_name)
    if as_json:
        output.dump(found.as_json())
        return
    for line in found.lines():
        output.line(line)
