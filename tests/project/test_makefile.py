"""The Makefile and its help."""

import re
import shutil
import subprocess

import pytest

from tests.project.sources import TOP

MAKEFILE = (TOP / "Makefile").read_text(encoding="utf-8")
NEEDS_MAKE = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def targets() -> set[str]:
    """Every target that has a rule."""
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", MAKEFILE, re.MULTILINE))


@NEEDS_MAKE
def test_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "-s", "help"], cwd=TOP, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make (\S+) +\S", shown, re.MULTILINE)) == targets()


def test_every_target_is_phony() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == targets()


def test_check_runs_every_checking_target() -> None:
    prerequisites = re.search(r"^check: ([^#]+)", MAKEFILE, re.MULTILINE)
    assert prerequisites is not None
    assert {"lint", "types", "imports", "prose", "test"} <= set(prerequisites[1].split())


def test_ci_runs_what_a_developer_runs() -> None:
    lines = (TOP / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "make check"
    assert "export LIVINGMANUAL_REQUIRE_CLIENTS=1" in lines


def test_the_makefile_uses_nothing_newer_than_make_3_81() -> None:
    newer = re.findall(r"^\.ONESHELL|^\w+\s*!=|^\w+\s*::=|&:|\$\(file ", MAKEFILE, re.MULTILINE)
    assert not newer
