"""The reference page of all commands, made from the commands themselves: tooling/docs/reference/commands.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from livingmanual.cli.main import manual

HEAD = """# Commands

Made from the command's own help; `manual COMMAND --help` prints the same. Exit codes: 0 done, 1 content problems found,
2 wrong use, 3 a part is missing or failed, 4 our own fault; 130, 141 and 143 when it was interrupted, its reader went
away, or it was asked to end. What `--json` prints is described by the schemas in [schemas](../schemas/).
"""
WIDTH = 100


def commands(command: click.Command = manual, path: str = "manual") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what is in them."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=path) as context:
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                yield from commands(inner, f"{path} {name}")


def page() -> str:
    """The page, Markdown."""
    parts = [HEAD]
    # click keeps a command's help option as the first context names it, so every context must name it as `manual` does
    settings = {"max_content_width": WIDTH, "terminal_width": WIDTH, **manual.context_settings}
    for path, command in commands():
        with click.Context(command, info_name=path, **settings) as context:
            help_text = re.sub(r"[ \t]+$", "", command.get_help(context), flags=re.MULTILINE)
        parts.append(f"## {path}\n\n```text\n{help_text}\n```\n")
    return "\n".join(parts)
