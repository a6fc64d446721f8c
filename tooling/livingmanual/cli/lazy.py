"""A group of commands that imports a command only when it is run or asked for help.

`manual --help` must answer at once, and most commands need parts that take longer to load than the answer. So the
group keeps a table: name, where the command is, and its one line of help; a test compares that line with the command's.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

Table = Mapping[str, tuple[str, str]]
"""Name -> (`module:attribute`, one line of help), in the order in which help shows them."""


class LazyGroup(click.Group):
    """A group whose commands are named in a table."""

    def __init__(self, *arguments: Any, table: Table | None = None, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.table = dict(table or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the table's order."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None if the table has no such name."""
        if cmd_name not in self.table:
            return None
        module, _, attribute = self.table[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in self.table.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the nearest name for one that is not there."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.table, 1)
            more = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(self.table)}"
            raise click.UsageError(f'there is no command "{args[0]}"; {more}', ctx)
        return super().resolve_command(ctx, args)
