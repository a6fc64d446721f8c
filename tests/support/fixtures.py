"""Fixtures around the instruments; a folder's `conftest.py` offers them to its tests by importing them.

from tests.support.fixtures import libreoffice

__all__ = ["libreoffice"]
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.support.libreoffice import SYSTEM_PYTHON, LibreOffice


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One LibreOffice for all tests of a process; the tests carry the mark `client("libreoffice")`."""
    _uno_is_there()
    with LibreOffice() as office:
        yield office


def _uno_is_there() -> None:
    """The mark looks for the program only; skip, or fail where clients are required, without its Python bridge."""
    try:
        subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        reason = f"{SYSTEM_PYTHON} has no module uno; to run this test: apt-get install python3-uno"
        if os.environ.get("LIVINGMANUAL_REQUIRE_CLIENTS") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
