"""`manual round`: consultations."""

from __future__ import annotations

from datetime import datetime

import click

from livingmanual.cli import output
from livingmanual.cli.lazy import LazyGroup
from livingmanual.cli.options import root_of

COMMANDS = {
    "open": ("livingmanual.cli.round:open_", "Open a round: tie it to a revision, and keep that revision."),
    "list": ("livingmanual.cli.round:list_", "List the rounds, and what is undecided in them."),
}
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="round", cls=LazyGroup, table=COMMANDS, short_help="Open and list consultation rounds.")
def round_() -> None:
    """Consultation rounds: what reviewers are asked about, and until when.

    \b
    Example:
      manual round open 2026-first-consultation --closes 2026-12-31
      manual round list
    """


@click.command(name="open", short_help=COMMANDS["open"][1])
@click.argument("name")
@click.option("--opens", metavar="DATE", type=DAY, help="First day, e.g. 2026-11-21. Default: today.")
@click.option("--closes", metavar="DATE", type=DAY, help="Last day.")
@click.option("--rev", "revision", default="HEAD", show_default=True, help="The git revision that reviewers read.")
@output.json_option
@click.pass_context
def open_(
    context: click.Context, name: str, opens: datetime | None, closes: datetime | None, revision: str, as_json: bool
) -> None:
    """Open a round: write reviews/NAME/round.yaml, tag the revision round/NAME, commit.

    The tag keeps the text that reviewers read, however far the manual moves on.

    \b
    Example:
      manual round open 2026-first-consultation --closes 2026-12-31
    """
    from livingmanual.workflows import rounds

    first, last = (day.date().isoformat() if day else "" for day in (opens, closes))
    opened = rounds.open_round(root_of(context), name, first, last, revision)
    if as_json:
        output.dump(rounds.as_json([opened])[0])
        return
    output.line(f"opened {opened.path} about {opened.revision[:12]}, which the tag round/{name} names")
    output.line(f"next: manual build COUNTRY --review --rev round/{name}, and send the Word files")


@click.command(name="list", short_help=COMMANDS["list"][1])
@output.json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """List the rounds with their dates, and how many remarks came in and are undecided.

    \b
    Example:
      manual round list
    """
    from livingmanual.workflows import rounds

    found = rounds.as_json(rounds.rounds(root_of(context)))
    if as_json:
        output.dump(found)
        return
    keys = ("round", "opens", "closes", "submissions", "remarks", "undecided")
    output.table(keys, [tuple(row[key] for key in keys) for row in found])
    if not found:
        output.line("no round has been opened: manual round open NAME")
