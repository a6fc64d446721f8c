"""Tests that need a program that is missing: skipped at home, failed in CI."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CLIENTS
from tests.project.sources import TOP

SAMPLE = """
import pytest

@pytest.mark.client("poppler")
def test_with_poppler():
    pass
"""


@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("1", "1 error")])
def test_a_missing_client_is_skipped_at_home_and_fails_in_ci(tmp_path: Path, required: str, outcome: str) -> None:
    shutil.copy(TOP / "tests/conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(tmp_path), "LIVINGMANUAL_REQUIRE_CLIENTS": required},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert "apt-get install poppler-utils" in done.stdout


def test_ci_installs_every_client() -> None:
    script = (TOP / ".ci/run").read_text(encoding="utf-8")
    for _, how in CLIENTS.values():
        for package in how.removeprefix("apt-get install ").split():
            assert re.search(rf"\b{re.escape(package)}\b", script), package
