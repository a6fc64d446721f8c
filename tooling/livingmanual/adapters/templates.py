"""The templates that come with the package: the typst file of the PDF, the style sheet of the HTML page."""

from __future__ import annotations

import functools
from importlib import resources

from livingmanual.errors import OurFault


@functools.cache
def text(name: str) -> str:
    """The text of `render/templates/<name>`; raises `OurFault` if the package was installed without it."""
    try:
        return resources.files("livingmanual.render").joinpath("templates", name).read_text(encoding="utf-8")
    except OSError as trouble:
        raise OurFault(f'the package lacks its template "{name}"', "install livingmanual again") from trouble
