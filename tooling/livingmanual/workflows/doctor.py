"""Look at the computer: is everything there that the tool works with, and what to do where it is not."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from livingmanual import __version__
from livingmanual.adapters import fonts, pandoc, typst
from livingmanual.adapters.git import Repository
from livingmanual.errors import ManualError
from livingmanual.workflows.content import content
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.load import MANUAL

OK, MISSING, OPTIONAL = "ok", "missing", "optional"
PACKAGES = (
    "babel",
    "git",
    "lxml",
    "msgspec",
    "polib",
    "pycountry",
    "docx",
    "rapidfuzz",
    "rich",
    "ruamel.yaml",
)
CLIENTS = {
    "soffice": "LibreOffice shows Word files as pages (apt-get install libreoffice-writer)",
    "pdftoppm": "poppler shows PDF pages as pictures (apt-get install poppler-utils)",
    "chromium": "Chromium shows the web page (apt-get install chromium)",
}
OLDEST_GIT = (2, 25)


@dataclass(frozen=True, slots=True)
class Finding:
    """One part; the keys of `manual doctor --json`."""

    part: str
    state: str
    """`ok`; `missing`: needed, and not there or not working; `optional`: not there, and only some things need it."""
    detail: str
    hint: str = ""


def examine(root: Path) -> tuple[Finding, ...]:
    """Every part that the tool works with, in the order of need."""
    parts = [_python(), *_programs(), _packages(), *_git(root), _workspace(root), _build_folder(root), *_clients()]
    return tuple(parts)


def as_json(found: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """As `manual doctor --json` prints it."""
    return [asdict(finding) for finding in found]


def _python() -> Finding:
    version = f"{platform.python_version()}, livingmanual {__version__}, in {sys.prefix}"
    return Finding("python", OK, version)


def _tried(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, OK, look())
    except ManualError as trouble:
        return Finding(part, MISSING, trouble.message, trouble.hint)
    except (ImportError, OSError, metadata.PackageNotFoundError) as trouble:
        return Finding(part, MISSING, str(trouble), f"install the package `{part}` again")


def _programs() -> Iterator[Finding]:
    yield _tried("pandoc", _pandoc)
    yield _tried("typst", _typst)
    yield _tried(
        "fonts", lambda: f"{len(fonts.files())} files in {', '.join(name.replace('_', '-') for name in fonts.PACKAGES)}"
    )


def _pandoc() -> str:
    """Pandoc is asked to do what we need of it: positions of words."""
    pandoc.to_json("*word*", "commonmark_x+sourcepos")
    return pandoc.version()


def _typst() -> str:
    typst.compile_pdf({"main.typ": b'#set document(title: "x")\nx'}, 0)
    return typst.version()


def _packages() -> Finding:
    absent = []
    for name in PACKAGES:
        try:
            importlib.import_module(name)
        except ImportError:
            absent.append(name)
    if absent:
        return Finding(
            "packages", MISSING, f"not there: {', '.join(absent)}", "run `make setup`, or install livingmanual again"
        )
    return Finding("packages", OK, f"{len(PACKAGES)} there")


def _git(root: Path) -> Iterator[Finding]:
    program = shutil.which("git")
    if program is None:
        yield Finding("git", MISSING, "not there", "install git (apt-get install git; macOS: xcode-select --install)")
        return
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
    version = said[2] if len(said) > 2 else "0"
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    old = numbers < OLDEST_GIT
    yield Finding(
        "git", MISSING if old else OK, version, f"install git {'.'.join(map(str, OLDEST_GIT))} or newer" if old else ""
    )
    yield from _repository(root)


def _repository(root: Path) -> Iterator[Finding]:
    try:
        repository = Repository(root)
        head = repository.revision("HEAD").sha[:12]
    except ManualError as trouble:
        yield Finding("repository", OPTIONAL, trouble.message, trouble.hint)
        return
    changed = repository.changed([folder for folder in content(root) if (root / folder).exists()])
    dirty = f", {len(changed)} files of the content not committed" if changed else ""
    yield Finding("repository", OK, f"HEAD is {head}{dirty}")
    try:
        yield Finding("identity", OK, str(repository.user()))
    except ManualError as trouble:
        yield Finding(
            "identity",
            OPTIONAL,
            "git does not know who you are; needed to open rounds and to apply remarks",
            trouble.hint,
        )


def _workspace(root: Path) -> Finding:
    try:
        loaded = open_draft(root).loaded
    except ManualError as trouble:
        return Finding("workspace", OPTIONAL, trouble.message, trouble.hint)
    regions = sum(overlay.region for overlay in loaded.overlays.values())
    wrong = sum(d.severity.value == "error" for d in loaded.diagnostics)
    size = f"files: {len(loaded.manual.files)}, countries: {len(loaded.overlays) - regions}, regions: {regions}"
    detail = f"{root / MANUAL}: {size}"
    return Finding(
        "workspace", OK, detail + (f"; {wrong} errors" if wrong else ""), "see `manual check`" if wrong else ""
    )


def _build_folder(root: Path) -> Finding:
    place = next(folder for folder in (root / "build", *root.parents) if folder.exists())
    if not os.access(place, os.W_OK):
        return Finding(
            "disk",
            MISSING,
            f"{place} cannot be written to",
            "give yourself the right to write there, or build with --out DIR",
        )
    free = shutil.disk_usage(place).free // 2**20
    return (
        Finding("disk", OK, f"{free:,} MiB free")
        if free > 200
        else Finding("disk", MISSING, f"only {free} MiB free", "make room")
    )


def _clients() -> Iterator[Finding]:
    for name, use in CLIENTS.items():
        path = shutil.which(name)
        yield (
            Finding(name, OK, path)
            if path
            else Finding(name, OPTIONAL, "not there; nothing here needs it to build or to review", use)
        )
