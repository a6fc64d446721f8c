"""`manual review`: what reviewers send back. The group alone; its commands live in the `review_*` modules beside it."""

from __future__ import annotations

import click

from livingmanual.cli.lazy import LazyGroup

COMMANDS = {
    "import": ("livingmanual.cli.review_import:import_", "Read in the files that reviewers sent back."),
    "list": ("livingmanual.cli.review_decide:list_", "List the remarks."),
    "show": ("livingmanual.cli.review_decide:show", "Show one remark, and where it would land."),
    "decide": ("livingmanual.cli.review_decide:decide", "Record what was decided on remarks."),
    "apply": ("livingmanual.cli.review_apply:apply", "Apply what was accepted, as commits by its reviewers."),
    "undo": ("livingmanual.cli.review_apply:undo", "Take applied remarks back."),
    "report": ("livingmanual.cli.review_apply:report", "Tell what became of every remark of a round."),
}


@click.group(cls=LazyGroup, table=COMMANDS, short_help="Read in what reviewers send back, decide, apply, report.")
def review() -> None:
    """Remarks of reviewers: read in, decided on, applied, answered.

    \b
    Example:
      manual review import comments.docx --round 2026-first-consultation
      manual review list --undecided
      manual review decide 3f2a --accept
      manual review apply
    """
