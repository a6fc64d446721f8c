"""The templates that come with the package: for the PDF, for the HTML page, and the files of a new workspace."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from livingmanual.errors import OurFault


@functools.cache
def text(name: str) -> str:
    """The text of `render/templates/<name>`; raises `OurFault` if the package was installed without it."""
    try:
        return resources.files("livingmanual.render").joinpath("templates", name).read_text(encoding="utf-8")
    except OSError as trouble:
        raise OurFault(f'the package lacks its template "{name}"', "install livingmanual again") from trouble


@functools.cache
def workspace() -> dict[str, str]:
    """The files of a new workspace by their paths, with `@NAME@` where a value goes; raises `OurFault` without them."""
    found = dict(_below(resources.files("livingmanual.workflows").joinpath("new"), ""))
    if not found:
        raise OurFault("the package lacks the files of a new workspace", "install livingmanual again")
    return found


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry.read_text(encoding="utf-8")
