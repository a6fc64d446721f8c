"""Marks and places that every test may use.

A test marked `@pytest.mark.client("libreoffice")` opens its file in a program that people really use. Where that
program is missing the test is skipped and says so; with LIVINGMANUAL_REQUIRE_CLIENTS=1, as in CI, it fails instead,
so that no check is lost without anybody noticing.
"""

import os
import shutil
from pathlib import Path

import pytest

CLIENTS = {
    "libreoffice": (("soffice", "libreoffice"), "apt-get install libreoffice-writer python3-uno"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
    "poppler": (("pdftotext",), "apt-get install poppler-utils"),
    "gettext": (("msgfmt",), "apt-get install gettext"),
}
"""For each client the commands it may go by, and how to get it on Debian."""

CLIENTS_ARE_REQUIRED = os.environ.get("LIVINGMANUAL_REQUIRE_CLIENTS") == "1"


def client_command(name: str) -> str | None:
    """The path of the command that starts this client, or None where it is not installed."""
    commands, _ = CLIENTS[name]
    return next((found for found in map(shutil.which, commands) if found), None)


@pytest.fixture(autouse=True)
def client_is_there(request: pytest.FixtureRequest) -> None:
    """Skip, or under LIVINGMANUAL_REQUIRE_CLIENTS=1 fail, a test whose client is missing."""
    for mark in request.node.iter_markers("client"):
        for name in mark.args:
            if client_command(name) is None:
                reason = f'the program "{name}" is missing; to run this test: {CLIENTS[name][1]}'
                if CLIENTS_ARE_REQUIRED:
                    pytest.fail(f"{reason} (LIVINGMANUAL_REQUIRE_CLIENTS=1 forbids skipping)", pytrace=False)
                pytest.skip(reason)


@pytest.fixture(scope="session")
def client() -> object:
    """A function from a client's name to the path of its command, for tests that carry its mark."""

    def command(name: str) -> str:
        path = client_command(name)
        assert path is not None, f'use @pytest.mark.client("{name}") on the test'
        return path

    return command


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top folder of this checkout."""
    return Path(__file__).resolve().parent.parent
