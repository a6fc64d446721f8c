"""Every --json output of a round from beginning to end, held against the types that the schemas are made from."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from livingmanual.cli.schemas import SCHEMAS
from tests.commands import reviewer

SMALL = Path(reviewer.__file__).parent / "small"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace, committed."""
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    (folder / ".gitignore").write_text("/build/\n", encoding="utf-8")
    for words in (
        ["init", "-q"],
        ["config", "user.name", "E"],
        ["config", "user.email", "e@example.org"],
        ["add", "."],
        ["commit", "-qm", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


def manual(workspace: Path, *words: str) -> Any:
    """What a command prints as JSON; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", "livingmanual", "-C", str(workspace), *words, "--json"],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_output_keeps_its_promise(workspace: Path) -> None:
    seen: set[str] = set()

    def call(name: str, *words: str) -> Any:
        value = manual(workspace, *name.split("-"), *words)
        msgspec.convert(value, SCHEMAS[name], strict=True)
        seen.add(name)
        return value

    call("round-open", "first", "--closes", "2099-12-31")
    [sent] = call("build", "KE", "--review")
    back = workspace.parent / "back.docx"
    reviewer.main(sent["path"], str(back), "thirty", "twenty", "Too long.")
    call("review-import", str(back), "--round", "first")
    remarks = call("review-list")
    change = next(one["id"] for one in remarks if one["kind"] == "suggestion")
    call("review-show", change)
    call("review-decide", change, "--accept")
    assert call("review-apply")["applied"] == [change]
    call("review-report")
    assert call("review-undo", change)["commits"]
    assert call("check")
    assert call("country-list")
    assert call("country-status")
    assert call("country-show", "KE")["overrides"]
    assert call("country-refresh", "KE")
    assert call("country-init", "ZM")["files"]
    assert call("country-override", "KE", "first", "--action", "append")["path"]
    assert call("country-compare", "first")["countries"]
    for words in (["add", "."], ["commit", "-qm", "Add"]):
        subprocess.run(["git", *words], cwd=workspace, check=True)
    assert call("country-propose", "KE", "sec-warning", "--round", "first")["remark"]
    assert call("move", "sec-warning", "sec-alarm")["files"]
    assert call("round-list")[0]["remarks"] == 3
    assert call("norms")
    assert call("doctor")
    assert call("status")["rounds"]
    assert call("translate-update", "--language", "fr")
    assert call("translate-status")
    assert seen == set(SCHEMAS)
