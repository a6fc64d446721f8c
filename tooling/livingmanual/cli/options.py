"""Options and facts that several commands share: which workspace, which editions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from livingmanual.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = ("manual", "manual.yaml")


def root_of(context: click.Context) -> Path:
    """The workspace: the folder given with -C, else the nearest one, from here upwards, that holds a manual."""
    from pathlib import Path

    given = context.find_root().obj
    if given:
        folder = Path(given)
        if not folder.is_dir():
            raise WrongUse(f'there is no folder "{given}"', "name the folder of a manual with -C DIR")
        return folder.resolve()
    here = Path.cwd().resolve()
    return next((folder for folder in (here, *here.parents) if folder.joinpath(*SETTINGS).is_file()), here)


def shown(path: Path) -> str:
    """A path as short as it can be given from here."""
    near = os.path.relpath(path)
    return near if len(near) < len(str(path)) else str(path)
