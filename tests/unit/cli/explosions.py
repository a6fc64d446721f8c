"""Commands that end in every way a command can end."""

import os
import signal
import sys

import click

from livingmanual.errors import ContentProblem, OurFault, PartMissing, WrongUse

WAYS = {
    "content": ContentProblem("the text is wrong", "mend it"),
    "located": ContentProblem("a.md:1:2: error: the text is wrong"),
    "use": WrongUse("that cannot be meant", "mean something else"),
    "part": PartMissing("pandoc is not there", "install it"),
    "fault": OurFault("a promise was broken", "report it"),
    "surprise": KeyError("surprise"),
    "disk": OSError(28, "No space left on device", "/full/disk"),
    "steering": ContentProblem("\x1b[31mred\x1b[0m \u202egnorw"),
}


@click.command(short_help="Explode.")
@click.argument("way")
def explode(way: str) -> None:
    """Explode in a way.

    \b
    Example:
      manual explode fault
    """
    if way in ("SIGINT", "SIGTERM"):
        os.kill(os.getpid(), getattr(signal, way))
    if way == "endless":
        while True:
            sys.stdout.write("line\n")
    if way in WAYS:
        raise WAYS[way]
