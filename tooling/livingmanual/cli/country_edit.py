"""`manual country override` and `refresh`: begin a country's override, and keep it up with the manual."""

from __future__ import annotations

from typing import Any

import click

from livingmanual.cli import output
from livingmanual.cli.country import COMMANDS
from livingmanual.cli.options import root_of
from livingmanual.model.manual import Action

WORDS = {
    "merged": "the manual's changes merged into it",
    "kept": "our text kept",
    "adopted": "the manual's words adopted",
    "adapted": "adapted by hand",
    "conflict": "left for you: both sides changed the same words",
    "orphaned": "left for you: its target is gone",
}


@click.command(short_help=COMMANDS["override"][1])
@click.argument("code", metavar="COUNTRY")
@click.argument("target")
@click.option("--action", type=click.Choice([action.value for action in Action]), default=Action.REPLACE.value)
@click.option("--reason", default="", help="Why the country needs it; kept in the file.")
@output.json_option
@click.pass_context
def override(context: click.Context, code: str, target: str, action: str, reason: str, as_json: bool) -> None:
    """Begin an override of a section, norm, table or figure of the manual, from its text of today.

    The file is written, not committed. It keeps the manual's text, so that later changes of it show.

    \b
    Example:
      manual country override KE sec-warning --reason "The county commissioners answer first."
      manual country override KE N12 --action append
    """
    from livingmanual.workflows.start_override import start

    found = start(root_of(context), code, target, action, reason)
    if as_json:
        output.dump(found)
        return
    output.line(f"{found['path']}: write {output_words(found['action'])}, then `manual check`")


def output_words(action: str) -> str:
    """What a person writes into an override of this action."""
    said = {
        Action.REPLACE.value: "the text that takes the place of the manual's",
        Action.REMOVE.value: "nothing (the reason says why it is taken away)",
        Action.NOT_APPLICABLE.value: "why this does not apply",
        Action.TERM.value: "the country's words",
    }
    return said.get(action, "what is added")


@click.command(short_help=COMMANDS["refresh"][1])
@click.argument("code", metavar="COUNTRY")
@click.argument("targets", metavar="[TARGET]...", nargs=-1)
@click.option("--keep", "decision", flag_value="keep", help="Our text stays as it is.")
@click.option("--adopt", "decision", flag_value="adopt", help="Where both sides changed words, take the manual's.")
@click.option("--adapt", "decision", flag_value="adapt", help="Our text has been adapted by hand; it stands as it is.")
@click.option("--reason", default="", help="Why; kept in the override with the decision.")
@click.option("--commit/--no-commit", default=True, help="Make one commit of what was refreshed.  [default: commit]")
@output.json_option
@click.pass_context
def refresh(
    context: click.Context,
    code: str,
    targets: tuple[str, ...],
    decision: str | None,
    reason: str,
    commit: bool,
    as_json: bool,
) -> None:
    """Take the manual's changes over into the overrides of a country, word by word.

    What merges is written, with the manual's text of today, in one commit. Where both sides changed the same words
    nothing is written: both texts are shown, and you decide with --keep, --adopt or --adapt. Overrides that replace
    nothing are recorded as fitting the text of today. Without a TARGET, all overrides. Ends with 1 if anything is left
    for a person.

    \b
    Example:
      manual country refresh KE
      manual country refresh KE N11 --no-commit
      manual country refresh KE N15 --keep --reason "Our law has its own term."
    """
    from livingmanual.workflows.refresh import refresh as work

    done, sha = work(root_of(context), code, targets, decision or "", reason, commit)
    found = [one.as_json(sha) for one in done]
    if as_json:
        output.dump(found)
    else:
        for row in found:
            _print(row, code)
        if not found:
            output.line("nothing to do: every override fits the text it was made from")
        if sha:
            output.line(f"committed as {sha[:12]}; `git show` shows it, `git revert HEAD` takes it back")
    if any(row["outcome"] in ("conflict", "orphaned") for row in found):
        context.exit(1)


def _print(row: dict[str, Any], code: str) -> None:
    said = WORDS.get(row["outcome"], "recorded")
    output.line(f"{row['path']}: {said} (was {row['state']})")
    if row["outcome"] == "conflict":
        for text in row["merged"].splitlines():
            output.line(f"    {text}".rstrip())
        output.line(f'  decide: manual country refresh {code} {row["target"]} --keep|--adopt|--adapt --reason "…"')
    for heir in row["likely"]:
        output.line(f'  perhaps "{heir["target"]}" now: {heir["path"]}:{heir["line"]} ({heir["likeness"]}% alike)')
