"""`manual init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from livingmanual.cli import output
from livingmanual.cli.options import shown

if TYPE_CHECKING:
    from pathlib import Path

    from livingmanual.workflows.init import Made


@click.command(short_help="Make a workspace, new or around Markdown that others wrote.")
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--from", "source", metavar="FOLDER", default="", help="Make it of the Markdown files in this folder.")
@click.option("--title", default="", help="Title of the manual. Default: what the text or the folder is called.")
@click.option("--language", metavar="TAG", default="", help="Language of the text, e.g. en or pt-BR. Default: en.")
@click.option("--commit", is_flag=True, help="Commit what was made; editions are built from commits.")
@click.pass_context
def init(context: click.Context, folder: str, source: str, title: str, language: str, commit: bool) -> None:
    """Make a workspace in DIR (here, if none is named): a small manual that shows how one is written.

    With --from FOLDER it is made of the Markdown files in FOLDER, which keep every byte and their places among each
    other; a SUMMARY.md, or else their names, give the order. If FOLDER is DIR itself, the files stay where they are.
    Nothing is ever overwritten.

    \b
    Example:
      manual init our-manual --title "Our manual"
      manual init --from ~/their-book our-edition
      cd their-book && manual init --from .
    """
    from pathlib import Path

    from livingmanual.workflows import init as making

    root = Path(context.find_root().obj or ".") / folder
    made = (
        making.around(root, Path(source), title, language, commit)
        if source
        else making.new(root, title, language, commit)
    )
    output.diagnostics(made.diagnostics)
    _tell(made, root.resolve())


def _tell(made: Made, root: Path) -> None:
    where = shown(root)
    output.line(f"made a workspace in {where}: {output.count(len(made.written), 'file')}")
    if made.order:
        found = f"in {made.order.summary}" if made.order.summary else "by their names"
        chapters = output.count(len(made.order.files), "Markdown file")
        left = f", {len(made.order.aside)} left aside" if made.order.aside else ""
        output.line(f"{chapters} in reading order, found {found}{left}; look it over in manual/manual.yaml")
    if made.repository:
        output.line("made a git repository")
    steps = [] if where == "." else [f"cd {where}"]
    steps += [] if made.commit else ["git add .", 'git commit -m "Begin"']
    output.line("next: " + "; ".join([*steps, "manual check", "manual build base"]))
