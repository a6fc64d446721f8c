"""`manual review list`, `show` and `decide`."""

from __future__ import annotations

from typing import Any

import click

from livingmanual.cli import output
from livingmanual.cli.options import root_of
from livingmanual.cli.review import COMMANDS

WIDEST = 60
"""Characters of a text that a listing shows."""


@click.command(name="list", short_help=COMMANDS["list"][1])
@click.option("-r", "--round", "round_name", metavar="ROUND", help="Of this round. Default: of all rounds.")
@click.option("--undecided", is_flag=True, help="Only those on which nothing was decided.")
@click.option("--unplaced", is_flag=True, help="Only those whose place in the text is not known.")
@output.json_option
@click.pass_context
def list_(context: click.Context, round_name: str | None, undecided: bool, unplaced: bool, as_json: bool) -> None:
    """List the remarks: where each points, what today's text makes of it, what was decided.

    \b
    Example:
      manual review list --round 2026-first-consultation --undecided
    """
    from livingmanual.workflows import triage

    found = triage.remarks(root_of(context), round_name)
    found = [one for one in found if not (undecided and one["disposition"])]
    found = [one for one in found if not (unplaced and one["anchor"]["state"] != "unplaced")]
    if as_json:
        output.dump(found)
        return
    output.table(("id", "kind", "author", "place", "state", "decided", "what"), [_row(one) for one in found])
    if not found:
        output.line("no remarks")


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    state = one["merge"]["state"] if one["merge"] else one["anchor"]["state"]
    decided = one["disposition"] or ("" if one["kind"] == "comment" and one["resolved"] else "-")
    return one["id"], one["kind"], one["author"] or "", place(one), state, decided, _short(summary(one))


def place(one: dict[str, Any]) -> str:
    """`path:line` of the first span of a remark; `unplaced` without one."""
    anchor = one["anchor"]
    return f"{anchor['path']}:{anchor['line']}" if anchor.get("path") else "unplaced"


def summary(one: dict[str, Any]) -> str:
    """What a remark says, in one line."""
    if one["kind"] == "comment":
        return str(one["text"])
    if one["old"] and one["new"]:
        return f'"{one["old"]}" -> "{one["new"]}"'
    return f'delete "{one["old"]}"' if one["old"] else f'insert "{one["new"]}"' if one["new"] else str(one["text"])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


@click.command(short_help=COMMANDS["show"][1])
@click.argument("name", metavar="ID")
@output.json_option
@click.pass_context
def show(context: click.Context, name: str, as_json: bool) -> None:
    """Show one remark: who, what, where it would land, what today's text makes of it. The beginning of its id will do.

    \b
    Example:
      manual review show 3f2a
    """
    from livingmanual.workflows import triage

    one = triage.show(root_of(context), name)
    if as_json:
        output.dump(one)
        return
    for label, value in _facts(one):
        if value:
            output.line(f"{label:<9} {value}")


def _facts(one: dict[str, Any]) -> list[tuple[str, str]]:
    anchor, merge = one["anchor"], one["merge"]
    theirs = "; ".join(str(text) for text in (merge or {}).get("theirs") or ())
    return [
        (one["kind"], one["id"]),
        ("author", " ".join(str(part) for part in (one["author"], one["date"]) if part)),
        ("answers", one["parent"] or ""),
        ("place", f"{place(one)} ({anchor['state']}{': ' + anchor['why'] if anchor.get('why') else ''})"),
        ("lands in", one["route"]),
        *(("perhaps", candidate) for candidate in anchor.get("candidates") or ()),
        ("quoted", one["quoted"] or ""),
        ("old", one["old"] or ""),
        ("new", one["new"] or ""),
        ("says", one["text"] or ""),
        ("today", merge["state"] if merge else ""),
        ("now reads", theirs),
        ("overlaps", ", ".join(one.get("conflicts_with") or ())),
        ("same as", ", ".join(one.get("same_as") or ())),
        ("decided", " ".join(str(part) for part in (one["disposition"], one["reason"]) if part)),
        ("applied", "yes" if one.get("applied") else ""),
    ]


@click.command(short_help=COMMANDS["decide"][1])
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option("--accept", "chosen", flag_value="accepted", help="Take it as it is, or with the words of --text.")
@click.option("--reject", "chosen", flag_value="rejected", help="Do not take it; reviewers are told the reason.")
@click.option("--note", "chosen", flag_value="noted", help="Take note of it; nothing changes.")
@click.option("--duplicate", "chosen", flag_value="duplicate", help="Another remark says the same.")
@click.option("--defer", "chosen", flag_value="deferred", help="Decide later; reviewers are told the reason.")
@click.option("--reason", metavar="TEXT", default="", help="Why.")
@click.option("--text", metavar="TEXT", help="With --accept: write this instead of what was suggested.")
@click.option("--to", type=click.Choice(["country"]), help="With --accept: as an override of the edition's country.")
@click.option("--source-note", metavar="TEXT", help="Of a translation: also raise this as a comment on its source.")
@output.json_option
@click.pass_context
def decide(
    context: click.Context,
    names: tuple[str, ...],
    chosen: str | None,
    reason: str,
    text: str | None,
    to: str | None,
    source_note: str | None,
    as_json: bool,
) -> None:
    """Record one decision on remarks, in the dispositions.yaml beside their submission. The beginning of an id will do.

    \b
    Example:
      manual review decide 3f2a 91bc --accept --reason "as the committee proposed"
      manual review decide 77d0 --reject --reason "the treaty says otherwise"
      manual review decide 5e1f --accept --text "within thirty days" --reason "shorter"
      manual review decide 0c4d --accept --to country --reason "only true of this country"
      manual review decide 8a20 --accept --source-note "the English says less than this"
    """
    if chosen is None:
        raise click.UsageError("say what was decided: --accept, --reject, --note, --duplicate or --defer", context)
    if text is not None and chosen != "accepted":
        raise click.UsageError("--text belongs to --accept", context)
    from livingmanual.workflows import source_note as notes
    from livingmanual.workflows import triage

    raised = [notes.note_on(root_of(context), name, source_note) for name in names] if source_note else []
    disposition = "accepted-with-change" if text is not None else chosen
    found = triage.decide(root_of(context), names, disposition, reason, text, to)
    for note in raised:
        note.write(root_of(context))
    if as_json:
        output.dump(found)
        return
    for one in found:
        output.line(f"{one['id']}  {one['disposition']}  {_short(summary(one))}")
    for note in raised:
        place_ = note.remark.anchor.spans[0]
        output.line(f"{note.remark.id}  comment on {place_.path}:{place_.line}")
