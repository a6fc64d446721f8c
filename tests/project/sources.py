"""What the tests of the project look at: the files that git keeps, and the modules of the package."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PACKAGE = TOP / "tooling" / "livingmanual"
PURE = ("model", "text", "source", "compose", "translate", "render", "review", "merge", "report")
"""The folders of the package whose code touches nothing outside it."""


def kept_files() -> tuple[str, ...]:
    """The files that git keeps or would keep, relative to the top; deleted ones left out."""
    command = ["git", "-C", str(TOP), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(sorted({name for name in listed if name and (TOP / name).is_file()}))


def modules(*folders: str) -> Iterator[tuple[str, ast.Module, str]]:
    """Path, syntax tree and text of each module in these folders of the package; of all of tooling/ without folders."""
    roots = [PACKAGE / folder for folder in folders] or [TOP / "tooling"]
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(TOP).as_posix(), ast.parse(text), text
