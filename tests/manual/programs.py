"""The programs that check the text, which stand outside the package, as modules."""

import importlib
import sys
from types import ModuleType

from tests.project.sources import TOP


def program(name: str) -> ModuleType:
    """A program of tooling/prose by its name."""
    folder = str(TOP / "tooling/prose")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module(name)


def workspace(top: object, text: str, name: str = "chapters/01-one.md") -> str:
    """Write one file of a manual under `top`, with an empty glossary beside it; its path from the top."""
    from pathlib import Path

    root = Path(str(top)) / "manual"
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (root / "glossary.md").write_text("# Glossary {#glossary}\n", encoding="utf-8")
    return f"manual/{name}"
