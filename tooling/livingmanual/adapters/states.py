"""The tables of member States that come with the package."""

from __future__ import annotations

import functools
from importlib import resources

from livingmanual.errors import OurFault

TABLES = ("au_states.tsv", "au_hr_treaties.tsv", "names.tsv")


@functools.cache
def tables() -> tuple[str, ...]:
    """The texts of the tables in the order of `TABLES`; raises `OurFault` if the package was installed without them."""
    folder = resources.files("livingmanual").joinpath("data")
    try:
        return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in TABLES)
    except OSError as trouble:
        raise OurFault("the package lacks its tables of States", "install livingmanual again") from trouble
