"""`manual move`: rename an id, or take a section to another chapter."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.main import COMMANDS
from livingmanual.cli.options import root_of


@click.command(short_help=COMMANDS["move"][1])
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW-ID|FILE")
@click.option("--title", default="", help="What the new section is called, where one is split.")
@output.json_option
@click.pass_context
def move(context: click.Context, old: str, new: str, title: str, as_json: bool) -> None:
    """Give a section, norm, table or figure another id, or move a section to the end of another chapter's file.

    With a block behind the id (its number in the section, or the words with which it begins) the section is split: what
    begins there becomes a section of its own.

    References, links, the targets of overrides, answers and catalogs go along. Overrides of what has become another
    text (a section that was split, a chapter that lost one) are drifted afterwards, and wait for a person. Nothing is
    written if the result would have problems; what is written is not committed, so that you can look at it with
    `git diff`.

    \b
    Example:
      manual move sec-alert sec-warning
      manual move sec-warning chapters/08-warning-to-response.md
      manual move "sec-warning#3" sec-answers --title "Who answers"
      manual move "sec-warning#The committee answers" sec-answers --title "Who answers"
    """
    from livingmanual.workflows.move import move as work

    found = work(root_of(context), old, new, title)
    if as_json:
        output.dump(found)
        return
    for row in found["files"]:
        output.line(f"{row['path']}: {output.count(row['places'], 'place') if row['places'] else 'recorded anew'}")
