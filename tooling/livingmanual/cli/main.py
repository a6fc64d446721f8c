"""The outermost function: runs one command, and turns every way to fail into one message and one exit code.

0 done · 1 content problems found · 2 wrong use · 3 a part is missing or failed · 4 our own fault; and, as shells have
it, 130 for an interruption, 141 for a reader that went away, 143 for a request to end. Nothing heavy is imported here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import FrameType

import click

from livingmanual import __version__
from livingmanual.cli.lazy import LazyGroup
from livingmanual.errors import ManualError, PartMissing

DEBUG = "LIVINGMANUAL_DEBUG"
PATIENT = (200_000, 50, 100)
"""Thresholds of the garbage collector for a process that makes large trees and ends soon."""
INTERRUPTED, READER_GONE, ENDED = 130, 141, 143

COMMANDS = {
    "init": ("livingmanual.cli.init:init", "Make a workspace, new or around Markdown that others wrote."),
    "build": ("livingmanual.cli.build:build", "Build editions as Word, PDF and HTML files."),
    "check": ("livingmanual.cli.check:check", "Look for everything that is wrong in the content."),
    "status": ("livingmanual.cli.status:status", "Show the state of the manual on one screen."),
    "country": ("livingmanual.cli.country:country", "What countries and regions lay over the manual."),
    "norms": ("livingmanual.cli.norms:norms", "Show what countries answered to the norms."),
    "translate": ("livingmanual.cli.translate:translate", "Keep the catalogs of the manual's languages."),
    "move": ("livingmanual.cli.move:move", "Rename an id, or move a section to another chapter."),
    "round": ("livingmanual.cli.round:round_", "Open and list consultation rounds."),
    "review": ("livingmanual.cli.review:review", "Read in what reviewers send back, decide, apply, report."),
    "doctor": ("livingmanual.cli.doctor:doctor", "Look whether everything is there that the tool works with."),
}


@click.group(cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", metavar="DIR", default="", help="Work on the manual in this folder.")
@click.version_option(__version__, prog_name="manual", message="%(prog)s %(version)s")
@click.pass_context
def manual(context: click.Context, folder: str) -> None:
    """One manual, many editions, and the way back from a reviewer's Word file to the text.

    \b
    Example:
      manual check
      manual build KE --format docx
      manual -C ~/other-manual build
    """
    context.obj = folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (`arguments`: None for that of the process); the result is the exit code."""
    _prepare()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
        sys.stdout.flush()
    except ManualError as trouble:
        return _say(_message(trouble), trouble.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted; nothing half-written was left behind", INTERRUPTED)
    except OSError as trouble:
        failed = PartMissing(f"the computer refused: {trouble}", "check free space and permissions")
        return _say(f"error: {failed}", failed.exit_code)
    except Exception as trouble:  # the last door: whatever is left is ours
        return _own_fault(trouble)
    return code


def _run(words: list[str]) -> int:
    if "_MANUAL_COMPLETE" in os.environ:
        manual.main(words, prog_name="manual")
    try:
        with manual.make_context("manual", words) as context:
            manual.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as trouble:
        trouble.show()
        return 2
    except click.ClickException as trouble:
        return _say(f"error: {trouble.format_message()}", 2)
    return 0


def _prepare() -> None:
    """Let no locale stop a message, a request to end clean up as an interruption does, and garbage lie a while."""
    import gc
    import signal

    # Trees of a hundred thousand nodes are made and none is garbage: looking for it took a third of the time.
    gc.set_threshold(*PATIENT)

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(ENDED)

    try:
        signal.signal(signal.SIGTERM, end)
    except ValueError:  # not the main thread: whoever runs us there keeps its own way to end
        return


def _message(trouble: ManualError) -> str:
    """What stopped the work; diagnostics that stopped it say themselves that they are errors."""
    said = str(trouble)
    return said if ": error: " in said.partition("\n")[0] else f"error: {said}"


def _say(message: str, code: int) -> int:
    from livingmanual.cli.output import harmless

    print(harmless(message), file=sys.stderr)  # noqa: T201 - click.echo would raise where the reader went away
    return code


def _own_fault(trouble: Exception) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(trouble)
    said = f"error: our own fault: {type(trouble).__name__}: {trouble}"
    return _say(
        f"{said}\n  hint: please report this with the command that you gave; {DEBUG}=1 shows where it happened", 4
    )
