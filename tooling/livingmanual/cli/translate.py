"""`manual translate`: the catalogs of the manual's languages."""

from __future__ import annotations

import click

from livingmanual.cli import output
from livingmanual.cli.lazy import LazyGroup
from livingmanual.cli.options import root_of

COMMANDS = {
    "extract": ("livingmanual.cli.translate:extract", "Write templates of everything that can be translated."),
    "update": ("livingmanual.cli.translate:update", "Bring the catalogs in step with the text."),
}
languages_option = click.option(
    "--language", "languages", metavar="L", multiple=True, help="Only this language (may be given several times)."
)


@click.group(cls=LazyGroup, table=COMMANDS, short_help="Keep the catalogs of the manual's languages.")
def translate() -> None:
    """Catalogs: what translators work on, a file for each source file and language.

    \b
    Example:
      manual translate update --language fr
    """


@click.command(short_help=COMMANDS["extract"][1])
@languages_option
@click.option("--out", metavar="DIR", default="build/templates", help="Folder for the templates, in the workspace.")
@click.pass_context
def extract(context: click.Context, languages: tuple[str, ...], out: str) -> None:
    """Write a template (POT) of every source file, from which a PO editor can begin a catalog.

    \b
    Example:
      manual translate extract
      manual translate extract --language fr --out build/templates
    """
    from livingmanual.workflows import translate as workflow

    written = workflow.extract(root_of(context), languages, out)
    output.line(f"{len(written)} templates in {out}")


@click.command(short_help=COMMANDS["update"][1])
@languages_option
@output.json_option
@click.pass_context
def update(context: click.Context, languages: tuple[str, ...], as_json: bool) -> None:
    """Bring the catalogs of these languages (or of all) in step with the text of the working tree.

    A new message gets an empty entry; one whose text changed becomes fuzzy and shows the earlier wording; one that was
    moved takes its translation along; what is gone stays at the end of the file. All other bytes stay as they are.

    \b
    Example:
      manual translate update
      manual translate update --language fr
    """
    from livingmanual.workflows import translate as workflow

    found = workflow.update(root_of(context), languages)
    if as_json:
        output.dump([row.as_json() for row in found])
        return
    changed = [row for row in found if row.change != "same"]
    rows = [(row.change, row.path, row.messages, row.translated, row.stale) for row in changed]
    output.table(("change", "catalog", "messages", "translated", "stale"), rows)
    output.line(f"{len(changed)} of {len(found)} catalogs changed")
