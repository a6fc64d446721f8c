"""`manual country init`, `propose` and `compare`: begin an overlay, send practice back, look at each other's."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.country import COMMANDS
from livingmanual.cli.options import root_of


@click.command(short_help=COMMANDS["init"][1])
@click.argument("code", metavar="COUNTRY")
@output.json_option
@click.pass_context
def init(context: click.Context, code: str, as_json: bool) -> None:
    """Begin the overlay of a country, given by its two letters: files whose comments say what goes into them.

    Nothing that is there is ever written over.

    \b
    Example:
      manual country init ZM
    """
    from livingmanual.workflows import scaffold

    found = scaffold.init(root_of(context), code)
    if as_json:
        output.dump(found)
        return
    for path in found["files"]:
        output.line(path)
    output.line(f"read {found['files'][0]} first; then: manual build {found['country']} --draft")


@click.command(short_help=COMMANDS["propose"][1])
@click.argument("code", metavar="COUNTRY")
@click.argument("target")
@click.option("--round", "round_name", metavar="ROUND", required=True, help="The round that it goes into.")
@output.json_option
@click.pass_context
def propose(context: click.Context, code: str, target: str, round_name: str, as_json: bool) -> None:
    """Propose a country's text to the manual: a submission in a round, with the committee as author.

    It is then decided on and applied like any other suggestion. The text is that of the last commit.

    \b
    Example:
      manual country propose KE N11 --round 2026-first
    """
    from livingmanual.workflows.propose import propose as work

    found = work(root_of(context), code, target, round_name)
    if as_json:
        output.dump(found)
    elif found["known"]:
        output.line(f"{found['submission']}: proposed already; nothing was added")
    else:
        output.line(f"{found['submission']}: remark {found['remark']} by {found['author']}")
        output.line(f"decide: manual review decide {found['remark']} --accept; then: manual review apply")


@click.command(short_help=COMMANDS["compare"][1])
@click.argument("target")
@click.option("--html", "page", metavar="FILE", default="", help="Write a page as well, e.g. build/N11.html.")
@output.json_option
@click.pass_context
def compare(context: click.Context, target: str, page: str, as_json: bool) -> None:
    """Show the manual's text of a section or norm and what every country and region makes of it.

    \b
    Example:
      manual country compare N11
      manual country compare N11 --html build/N11.html
    """
    from livingmanual.workflows.compare_countries import compare as work

    found = work(root_of(context), target, page)
    if as_json:
        output.dump(found)
        return
    output.line(f"{target} in the manual:")
    _indented(found["manual"])
    for row in found["countries"]:
        output.line()
        output.line(f"{row['country']}: {row['action']} ({row['state']}): {row['reason']}")
        _indented(row["text"])
    if not found["countries"]:
        output.line("no country or region has changed it")
    if page:
        output.line(f"written: {page}")


def _indented(text: str) -> None:
    for line in text.splitlines():
        output.line(f"    {line}".rstrip())
