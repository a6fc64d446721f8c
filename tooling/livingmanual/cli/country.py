"""`manual country`: what countries and regions lay over the manual."""

from __future__ import annotations

from typing import Any

import click

from livingmanual.cli import output
from livingmanual.cli.lazy import LazyGroup
from livingmanual.cli.options import root_of

COMMANDS = {
    "list": ("livingmanual.cli.country:list_", "List the countries and regions."),
    "show": ("livingmanual.cli.country:show", "Show what a country lays over the manual."),
    "status": ("livingmanual.cli.country:status", "Say of each override whether its text has changed."),
    "init": ("livingmanual.cli.country_new:init", "Begin the overlay of a country."),
    "override": ("livingmanual.cli.country_edit:override", "Begin an override from the manual's text of today."),
    "refresh": ("livingmanual.cli.country_edit:refresh", "Take the manual's changes over into overrides."),
    "propose": ("livingmanual.cli.country_new:propose", "Propose a country's text to the manual."),
    "compare": ("livingmanual.cli.country_new:compare", "Show how every country changed one target."),
}


@click.group(cls=LazyGroup, table=COMMANDS, short_help="What countries and regions lay over the manual.")
def country() -> None:
    """Countries and regions, and their overrides.

    \b
    Example:
      manual country list
      manual country show KE
    """


@click.command(name="list", short_help=COMMANDS["list"][1])
@output.json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """List the countries and regions that lay something over the manual.

    \b
    Example:
      manual country list
    """
    from livingmanual.workflows import countries
    from livingmanual.workflows.editions import open_draft

    found = countries.listing(open_draft(root_of(context)))
    if as_json:
        output.dump(found)
        return
    output.table(
        ("code", "name", "languages", "parents", "overrides"),
        [
            (row["country"], row["name"], " ".join(row["languages"]), " ".join(row["parents"]), row["overrides"])
            for row in found
        ],
    )
    if not found:
        output.line("no country has an overlay yet: add manual/overlays/countries/XX/overlay.yaml")


@click.command(short_help=COMMANDS["show"][1])
@click.argument("code", metavar="COUNTRY")
@click.argument("target", required=False)
@output.json_option
@click.pass_context
def show(context: click.Context, code: str, target: str | None, as_json: bool) -> None:
    """Show a country's names, words and overrides; with a TARGET, what has changed in the text under that override.

    \b
    Example:
      manual country show KE
      manual country show KE N11
    """
    from livingmanual.workflows import countries
    from livingmanual.workflows.editions import open_draft

    found = countries.show(open_draft(root_of(context)), code, target or "")
    if as_json:
        output.dump(found)
    elif target:
        _print_override(found["overrides"][0])
    else:
        _print_country(found)


def _print_country(found: dict[str, Any]) -> None:
    output.line(f"{found['country']}  {found['name']}")
    for key in ("official", "languages", "parents"):
        value = found[key] if isinstance(found[key], str) else " ".join(found[key])
        if value:
            output.line(f"{key:<10} {value}")
    for name, text in found["variables"].items():
        output.line(f"{'{{' + name + '}}':<10} {text}")
    output.line()
    rows = [(one["target"], one["action"], one["state"], one["path"]) for one in found["overrides"]]
    output.table(("target", "action", "state", "file"), rows)


def _print_override(found: dict[str, Any]) -> None:
    output.line(f"{found['path']}: {found['action']} {found['target']} ({found['state']})")
    output.line(f"reason: {found['reason']}")
    for line in found["changes"]:
        output.line(line)


@click.command(short_help=COMMANDS["status"][1])
@click.argument("codes", metavar="[COUNTRY]...", nargs=-1)
@output.json_option
@click.pass_context
def status(context: click.Context, codes: tuple[str, ...], as_json: bool) -> None:
    """Say of each override of these countries (or of all) whether the text that it was made from has changed.

    `current`: it has not; `drifted`: it has, look whether the override still holds; `orphaned`: it is gone;
    `unrecorded`: nobody has recorded which text the override was made from. For one country, the manual's text then
    and now and the override's own are shown under the table.

    \b
    Example:
      manual country status KE
      manual country status --json
    """
    from livingmanual.workflows import countries
    from livingmanual.workflows.editions import open_draft

    shelf = open_draft(root_of(context))
    overlays = [countries.overlay_of(shelf, code) for code in codes] or list(shelf.loaded.overlays.values())
    found = [one.as_json() for one in countries.standings(shelf, overlays)]
    if as_json:
        output.dump(found)
        return
    keys = ("country", "target", "action", "state", "path")
    output.table(keys, [tuple(row[key] for key in keys) for row in found])
    for row in found if codes else ():
        _print_moved(row)


def _print_moved(row: dict[str, Any]) -> None:
    """What changed under one override, and where its target may have gone."""
    if row["texts"] is None:
        return
    output.line()
    output.line(f"{row['target']} ({row['state']}{', ' + row['fate'] if row['fate'] else ''})")
    for heir in row["likely"]:
        output.line(f'  perhaps "{heir["target"]}" now: {heir["path"]}:{heir["line"]} ({heir["likeness"]}% alike)')
    titles = {"then": "the manual then", "now": "the manual now", "ours": "ours"}
    for key, title in titles.items():
        if row["texts"][key]:
            output.line(f"  {title}:")
            for text in row["texts"][key].splitlines():
                output.line(f"    {text}".rstrip())
    if row["texts"]["then"].split() == row["texts"]["now"].split():
        output.line("  (only its title or its attributes have changed)")
