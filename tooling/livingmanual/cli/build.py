"""`manual build`."""

from __future__ import annotations

import os

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of, shown

FORMATS = ("docx", "pdf", "html")
MOST_JOBS = 4
"""As many as are used without being asked for: each takes some hundred megabytes."""


@click.command(short_help="Build editions as Word, PDF and HTML files.")
@click.argument("countries", nargs=-1, metavar="[COUNTRY|base]...")
@click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANG",
    help="A language of the edition, e.g. en; may be given several times.",
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="A format; may be given several times. Default: those of manual.yaml.",
)
@click.option("--rev", "revision", default="HEAD", show_default=True, help="The git revision to build.")
@click.option("--draft", is_flag=True, help="Build the files as they are now; the editions are stamped as drafts.")
@click.option(
    "--review",
    is_flag=True,
    help="Make the Word file that goes to reviewers: Track Changes on, and what to do on its first page.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Build the base edition and every country's, in every language with content.",
)
@click.option(
    "--all-states",
    "states",
    is_flag=True,
    help="Build the base edition and that of each of the 55 member States of the African Union.",
)
@click.option(
    "-o",
    "--out",
    "out",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Write into this folder instead of build/.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help=f"How many to make side by side. Default: one a processor, at most {MOST_JOBS}.",
)
@click.option(
    "--drift",
    type=click.Choice(["mark", "refuse"]),
    help="Overrides whose text has changed in the manual: mark them for the reader, or build nothing of that country. "
    "Default: as manual.yaml says, else mark.",
)
@click.option("--no-cache", "no_cache", is_flag=True, help="Make everything anew, and keep nothing for the next time.")
@output.json_option
@click.pass_context
def build(
    context: click.Context,
    countries: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    revision: str,
    draft: bool,
    review: bool,
    everything: bool,
    states: bool,
    out: str | None,
    jobs: int | None,
    drift: str | None,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Build the editions of countries (two letters, e.g. KE), or of `base`, the manual without any country's changes.

    The last commit is built, unless --rev or --draft says otherwise. The files are written to
    build/COUNTRY/MANUAL-COUNTRY-LANG.FORMAT; an edition with errors in its content writes none. A member State of the
    African Union needs no overlay: its name, region and treaties are known.

    \b
    Example:
      manual build                                 the base edition, in all its formats
      manual build KE CI --format docx             two countries, as Word files
      manual build KE --review                     the Word file for Kenya's reviewers
      manual build --all --jobs 2 --out editions
    """
    _refuse(context, countries, formats, draft, review, everything, states, revision)
    from pathlib import Path

    from livingmanual.workflows import build as building

    request = building.Request(
        root_of(context),
        countries,
        languages,
        ("docx",) if review else tuple(dict.fromkeys(formats)),
        revision,
        draft,
        review,
        everything,
        states=states,
        out=Path(out).absolute() if out else None,
        jobs=jobs or min(os.cpu_count() or 1, MOST_JOBS),
        cache=not no_cache,
        drift=drift or "",
    )
    report = building.build(request)
    output.diagnostics(report.diagnostics)
    _remind(building.not_in_it(request))
    if as_json:
        output.dump(report.as_json())
    else:
        for artifact in report.artifacts:
            output.line(f"{shown(Path(artifact.path))}{'  (unchanged)' if artifact.from_cache else ''}")
    if report.failed:
        context.exit(1)


def _refuse(
    context: click.Context,
    countries: tuple[str, ...],
    formats: tuple[str, ...],
    draft: bool,
    review: bool,
    everything: bool,
    states: bool,
    revision: str,
) -> None:
    """Options that contradict each other."""
    if draft and context.get_parameter_source("revision") is not click.core.ParameterSource.DEFAULT:
        raise click.UsageError(
            f'--draft builds the files as they are, --rev "{revision}" a revision: give one of the two', context
        )
    if everything and countries:
        raise click.UsageError("--all names every country already: leave the countries out", context)
    if everything and states:
        raise click.UsageError("--all and --all-states are two choices: give one of the two", context)
    if states and countries:
        raise click.UsageError("--all-states names every State already: leave the countries out", context)
    if review and set(formats) - {"docx"}:
        raise click.UsageError("a review edition is a Word file: leave --format out", context)


def _remind(left_out: tuple[str, ...]) -> None:
    if not left_out:
        return
    names = ", ".join(left_out[:3]) + (f" and {len(left_out) - 3} more" if len(left_out) > 3 else "")
    output.note(
        f"note: {output.count(len(left_out), 'file')} with changes that are not committed, "
        f"and so not in what was built: {names}\n"
        "  hint: commit them, or build them as they are with --draft"
    )
