"""The set-up script where it cannot do its work: it says what to do, and leaves no half-made .venv.

The interpreters here are small scripts that answer as such a Python would; the good path is what every run of the
tests has behind it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.project.sources import TOP

OLD = "exit 1"
WITHOUT_ENSUREPIP = 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.11 ;; esac'
BREAKS_OFF = (
    'case "$1$2" in -mvenv) mkdir -p .venv/bin && echo "disk full" >&2 && exit 1 ;; --version) echo Python 3.11 ;; esac'
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the script reads."""
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(TOP / name, tmp_path / name)
    shutil.copy(TOP / "tooling/setup/venv.sh", tmp_path / "venv.sh")
    return tmp_path


def set_up(checkout: Path, interpreter: str) -> subprocess.CompletedProcess[str]:
    """Run the script with this interpreter as the only one there is."""
    python = checkout / "python"
    python.write_text(f"#!/bin/sh\n{interpreter}\n", encoding="utf-8")
    python.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(python)}
    return subprocess.run(
        ["sh", "venv.sh"], cwd=checkout, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("interpreter", "words"),
    [
        (OLD, ("no Python 3.11 or newer", "apt-get install python3", "make setup PYTHON=")),
        (WITHOUT_ENSUREPIP, ("cannot make a virtual environment", "apt-get install python3.11-venv")),
        (BREAKS_OFF, ("disk full", "making .venv with", "what to do:")),
    ],
    ids=["too old", "no ensurepip", "breaks off"],
)
def test_a_set_up_that_cannot_work_says_what_to_do(checkout: Path, interpreter: str, words: tuple[str, ...]) -> None:
    done = set_up(checkout, interpreter)
    assert done.returncode == 3
    for word in words:
        assert word in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_half_made_environment_is_made_again(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    done = set_up(checkout, BREAKS_OFF)
    assert "making .venv" in done.stderr
    assert not (checkout / ".venv").exists()
