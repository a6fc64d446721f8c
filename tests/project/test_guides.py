"""The guides tell the truth: their commands are run, in the order of the page, on a copy of this repository.

Words in capitals are filled in as a reader would: FILE is a Word file that came back from a reviewer, ID and ANOTHER-ID
are remarks in it. A command that is only named in the running text must exist, with its options.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest

from livingmanual.cli.main import manual
from tests.commands import reviewer
from tests.project.sources import TOP

GUIDES = sorted((TOP / "tooling/docs/guides").glob("*.md"))
PAGES = [*GUIDES, TOP / "README.md", TOP / "build/README.md", TOP / "reviews/README.md", TOP / "translations/README.md"]
ROUND = "2026-first-consultation"
SAID_EARLIER = {"national-committee.md": [f"manual round open {ROUND}"]}
"""What has been done, by somebody else, before the reader of a guide begins."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A clone of what is committed here, with an identity of its own."""
    clone = tmp_path / "clone"
    for words in (
        ["clone", "-q", str(TOP), str(clone)],
        ["-C", str(clone), "config", "user.name", "E"],
        ["-C", str(clone), "config", "user.email", "e@example.org"],
    ):
        subprocess.run(["git", *words], check=True)
    return clone


def run(command: str, workspace: Path) -> str:
    """What a command prints; it must end well."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        shlex.split(command),
        cwd=workspace,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}[exit {done.returncode}]"
    return done.stdout


def returned(workspace: Path) -> Path:
    """A Word file in which a reviewer has changed one word of a chapter and commented on it."""
    sent = next((workspace / "build/KE").glob("*.docx"))
    back = workspace.parent / "returned.docx"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((workspace / "manual/chapters").glob("*.md")))
    with zipfile.ZipFile(sent) as package:
        document = package.read("word/document.xml").decode()
    for sentence in re.findall(r"<w:t[^>]*>([A-Z][a-z ,]{60,}[.])</w:t>", document):
        if text.count(sentence) == 1 and document.count(sentence) == 1:
            reviewer.main(str(sent), str(back), sentence, f"{sentence[:-1]}, always.", "Always.")
            return back
    raise AssertionError("no sentence of the chapters stands in one run of the Word file")


def filled(command: str, workspace: Path) -> str:
    """The command with what its words in capitals stand for."""
    if "FILE" in command:
        command = command.replace("FILE", str(returned(workspace)))
    if "ID" in command.split() or "ANOTHER-ID" in command.split():
        remarks = json.loads(run("manual review list --json", workspace))
        ids = {one["kind"]: one["id"] for one in remarks}
        command = command.replace("ANOTHER-ID", ids["comment"]).replace("ID", ids["suggestion"])
    return command.replace("build --all", "build --all --format html")


def commands(text: str) -> list[str]:
    """The commands of a page's `console` fences, without remarks after `#`."""
    consoles = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        re.sub(r"\s+#.*", "", line[2:])
        for console in consoles
        for line in console.splitlines()
        if line.startswith("$ ")
    ]


@pytest.mark.parametrize(
    "guide", [path for path in GUIDES if commands(path.read_text(encoding="utf-8"))], ids=lambda path: path.stem
)
def test_the_commands_of_a_guide_work_in_their_order(guide: Path, workspace: Path) -> None:
    for command in (*SAID_EARLIER.get(guide.name, ()), *commands(guide.read_text(encoding="utf-8"))):
        run(filled(command, workspace), workspace)


def named(text: str) -> list[str]:
    """Every `manual …` of a page that is set as code, fences included."""
    inline = re.findall(r"`(manual [a-z][^`\n]*)`", text)
    return inline + [command for command in commands(text) if command.startswith("manual ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    for command in named(page.read_text(encoding="utf-8")):
        found, words = manual, shlex.split(command)[1:]
        while isinstance(found, click.Group) and words and not words[0].startswith("-") and not words[0].isupper():
            with click.Context(found) as context:
                inner = found.get_command(context, words.pop(0))
            assert inner is not None, f"{page.name}: there is no `{command}`"
            found = inner
        known = {option for parameter in found.params for option in parameter.opts} | {"--help", "-h"}
        unknown = {word for word in words if word.startswith("-")} - known
        assert not unknown, f"{page.name}: `{command}` has no {unknown}"
