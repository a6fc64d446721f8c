"""`manual translate`: the catalogs of the manual's languages."""

from __future__ import annotations

from pathlib import Path

import click

from livingmanual.cli import output
from livingmanual.cli.lazy import LazyGroup
from livingmanual.cli.options import root_of
from livingmanual.errors import WrongUse

COMMANDS = {
    "extract": ("livingmanual.cli.translate:extract", "Write templates of everything that can be translated."),
    "update": ("livingmanual.cli.translate:update", "Bring the catalogs in step with the text."),
    "status": ("livingmanual.cli.translate:status", "Say how much is translated, in per cent of words."),
    "import": ("livingmanual.cli.translate:import_", "Take over PO files that came back from translators."),
    "confirm": ("livingmanual.cli.translate:confirm", "Confirm translations that a machine drafted."),
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


@click.command(short_help=COMMANDS["status"][1])
@languages_option
@click.option(
    "--by", type=click.Choice(["language", "country", "file"]), default="language", help="What a line of the table is."
)
@click.option("--picture", metavar="PATH", default="", help="Write a picture (SVG) of the languages, too.")
@output.json_option
@click.pass_context
def status(context: click.Context, languages: tuple[str, ...], by: str, picture: str, as_json: bool) -> None:
    """Say how much of the text is translated, stale or missing, in per cent of its words.

    With --json, a row for each source file, and the counts are words.

    \b
    Example:
      manual translate status
      manual translate status --language fr --by file
      manual translate status --picture build/translations.svg
    """
    from livingmanual.report import coverage
    from livingmanual.workflows.coverage import status as rows_of

    rows = rows_of(root_of(context), languages)
    by_language = coverage.summed(rows, lambda row: (row.language, "", None))
    if picture:
        from livingmanual.adapters.disk import DiskFolder

        path = Path(picture)
        DiskFolder(path.parent).write(path.name, coverage.picture(by_language).encode("utf-8"))
    if as_json:
        output.dump([row.as_json() for row in rows])
        return
    if by == "country":
        shown = coverage.summed(rows, lambda row: (row.language, row.country or "base", row.country))
    else:
        shown = rows if by == "file" else by_language
    output.table(
        ("language", *([by] if by != "language" else []), "translated", "drafted", "stale", "missing", "words"),
        [
            (
                row.language,
                *([row.path] if by != "language" else []),
                *(f"{row.share(count)} %" for count in (row.translated, row.drafted, row.stale, row.missing)),
                row.words,
            )
            for row in shown
        ],
    )
    if not rows:
        output.line("nothing has to be translated: add `languages:` to manual.yaml")


@click.command(name="import", short_help=COMMANDS["import"][1])
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--language", metavar="L", default="", help="Language of the files, if their headers do not say it.")
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], language: str) -> None:
    """Take over the translations of PO files that came back from Poedit, Weblate, Lokalise or any other program.

    Our catalogs stay as they are but for the entries whose translation changed; how the program wraps or orders them
    does not matter. A draft of a machine that a person changed is not marked as one any more. Nothing is written if
    something in a file is damaged, or belongs to another language or source file.

    \b
    Example:
      manual translate import ~/Downloads/05-legal-basis.po
      manual translate import returned/*.po --language fr
    """
    from livingmanual.workflows import take_catalog

    for result in take_catalog.take(root_of(context), files, language):
        output.diagnostics(result.diagnostics)
        output.line(f"{result.catalog}: {output.count(result.changed, 'translation')} taken over from {result.file}")


@click.command(short_help=COMMANDS["confirm"][1])
@click.argument("language")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--context", "identity", metavar="ID", default="", help="Only what stands under this id.")
@click.option("--all", "everything", is_flag=True, help="Every catalog of the language.")
@click.option("--by", metavar="NAME", required=True, help="Who has read and confirms them; an alias will do.")
@click.pass_context
def confirm(
    context: click.Context, language: str, files: tuple[str, ...], identity: str, everything: bool, by: str
) -> None:
    """Take the mark "machine-drafted" off the translations in these catalogs, and write down who confirmed them, when.

    Fuzzy translations stay drafts: their source has changed since. The name goes into the catalog, which others read.

    \b
    Example:
      manual translate confirm fr chapters/05-legal-basis.po --by "A. Translator"
      manual translate confirm fr --context sec-legal-forms --by "A. Translator"
    """
    from livingmanual.workflows import take_catalog

    if not (files or identity or everything):
        raise WrongUse("nothing is named that is to be confirmed", "name files, an id with --context, or --all")
    results = take_catalog.confirm(root_of(context), language, files, identity, by)
    for result in results:
        if result.changed:
            output.line(f"{result.catalog}: {output.count(result.changed, 'translation')} confirmed")
    if not any(result.changed for result in results):
        output.line("nothing to confirm: no such translation is marked machine-drafted, or all of them are fuzzy")
