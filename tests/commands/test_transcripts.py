"""What people type and what they get: each Markdown file here is a session, run again and compared.

A fence `file PATH` writes a file. A fence `console` holds commands after `$ ` and, under each, everything that it
prints on both streams; a last line `[exit N]` where the code is not 0. `[...]` stands for anything within a line, a
line `...` for any lines. Every session begins with the workspace `small/`, committed; `<!-- empty -->` in its file
begins with nothing instead. After a wanted change: LIVINGMANUAL_UPDATE=1 pytest tests/commands
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FENCE = re.compile(r"^```(file \S+|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UPDATE = os.environ.get("LIVINGMANUAL_UPDATE") == "1"
DAY = "2026-11-21T12:00:00+00:00"


def environment(home: Path) -> dict[str, str]:
    """Nothing of the machine: no settings of git, no colours, one width, one day."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(HERE.parents[1]),
        "COLUMNS": "100",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": DAY,
        "GIT_COMMITTER_DATE": DAY,
    }


VOLATILE = (
    r"\b[0-9a-f]{40}\b",
    r"\b[0-9a-f]{12}\b",
    r"\b[0-9a-f]{16}\b",
    r"(?<=-)[0-9a-f]{8}\b",
    r"(?<=\"seconds\": )[\d.]+",
    r"(?<=tool=)[\w.]+",
)
"""What changes with every change of the tool or of the day; an update writes `[...]` for it."""


def shell(command: str, folder: Path, home: Path) -> str:
    """What a command prints on both streams, and its exit code if that is not 0."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    code = f"[exit {done.returncode}]\n" if done.returncode else ""
    text = done.stdout.replace(str(folder), "FOLDER")
    return text + ("\n" if text and not text.endswith("\n") else "") + code


def fits(expected: str, actual: str) -> bool:
    """Whether a command's output is what was written down."""
    pattern = ""
    for line in map(str.rstrip, expected.splitlines()):
        if line == "...":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("[...]")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in actual.splitlines())) is not None


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a fence with the output under it; a line that ends in a backslash goes on."""
    found = []
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, output = re.sub(r"\\\n", "\\\\\x00", part).partition("\n")
        found.append((command.replace("\x00", "\n"), output))
    return found


def prepare(folder: Path, home: Path, text: str) -> None:
    """The workspace that a session begins with."""
    folder.mkdir()
    home.mkdir()
    if "<!-- empty -->" in text:
        return
    shutil.copytree(HERE / "small", folder, dirs_exist_ok=True)
    (folder / ".gitignore").write_text("/build/\n", encoding="utf-8")
    begin = "git init -q -b main . && git config user.name Editor && git config user.email editor@example.org"
    said = shell(f"{begin} && git add . && git commit -q -m Begin", folder, home)
    assert said == "", said


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.md")))
def test_session(name: str, tmp_path: Path) -> None:
    text = (HERE / name).read_text(encoding="utf-8")
    folder, home = tmp_path / "folder", tmp_path / "home"
    prepare(folder, home, text)
    new, position, wrong = "", 0, []
    for fence in FENCE.finditer(text):
        kind, body = fence.groups()
        if kind != "console":
            target = folder / kind.removeprefix("file ")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, encoding="utf-8")
            continue
        console = ""
        for command, expected in commands(body):
            actual = shell(command, folder, home)
            right = fits(expected, actual)
            console += f"$ {command}\n{expected if right else re.sub('|'.join(VOLATILE), '[...]', actual)}"
            if not right:
                wrong.append(f"$ {command}\n--- written down\n{expected}--- today\n{actual}")
        new += text[position : fence.start(2)] + console
        position = fence.end(2)
    if UPDATE and wrong:
        (HERE / name).write_text(new + text[position:], encoding="utf-8")
    assert UPDATE or not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("expected", "actual", "right"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a [...] c\n", "a b c\n", True),
        ("a\n...\n", "a\nb\nc\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("", "a\n", False),
    ],
)
def test_what_is_written_down_is_compared(expected: str, actual: str, right: bool) -> None:
    assert fits(expected, actual) is right
