"""Overlays that are kept in a repository of their own, next to the manual's or inside it.

`overlays:` in `manual.yaml` names their folders. An edition then depends on two commits, so its revision names both:
`SHA+KE.SHA`. Read at HEAD, or at a revision that names the manual's commit alone, an overlay is that of its own HEAD;
one that the manual's commit records as a submodule is read at the commit recorded there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Person, Repository
from livingmanual.adapters.mounted import Mount, Mounted
from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Diagnostic, Position, error
from livingmanual.source import config
from livingmanual.workspace import Sources

MANUAL = "manual/manual.yaml"
OVERLAYS = "manual/overlays"
PIECE = re.compile(r"\+([^.+]+)\.([^+]+)")
"""One overlay's commit in the name of a revision."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of a workspace at a revision, or as they are, with those of overlays kept elsewhere."""

    sources: Sources
    sha: str = ""
    """Of the manual's own commit; empty for files as they are."""
    timestamp: int = 0
    commits: Mapping[str, str] = field(default_factory=dict)
    """The commits of overlays that have a repository of their own, by their codes."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that `overlays:` names."""

    code: str
    prefix: str
    folder: Path
    shown: str
    line: int
    """In manual.yaml."""


def draft(root: Path) -> Opened:
    """The files as they are."""
    here = DiskFolder(root)
    found, troubles = _homes(root, here)
    mounts = [Mount(home.prefix, home.shown, DiskFolder(home.folder)) for home in found]
    return Opened(_mounted(here, mounts, troubles))


def at_revision(root: Path, name: str) -> Opened:
    """The files at a revision: a name that git knows, perhaps with the commits of overlays behind it.

    Raises WrongUse if there is no such revision, here or in the repository of an overlay.
    """
    bare, *_ = name.split("+", maxsplit=1)
    said = dict(PIECE.findall(name[len(bare) :]))
    repository = Repository(root)
    found = repository.revision(bare)
    homes, troubles = _homes(root, found)
    mounts: list[Mount] = []
    commits: dict[str, str] = {}
    for home in homes:
        try:
            its = Repository(home.folder)
            same = its.top == repository.top
            wanted = found.sha if same else said.get(home.code) or found.linked(home.shown) or "HEAD"
            there = its.revision(wanted)
        except WrongUse as trouble:
            troubles.append(_at_its_place(home, str(trouble), trouble.hint))
            continue
        mounts.append(Mount(home.prefix, home.shown, there))
        if not same:
            commits[home.code] = there.sha
    return Opened(_mounted(found, mounts, troubles), found.sha, found.timestamp, commits)


def _mounted(inner: Sources, mounts: Sequence[Mount], troubles: Sequence[Diagnostic]) -> Sources:
    return Mounted(inner, mounts, troubles) if mounts or troubles else inner


def revision_of(sha: str, commits: Mapping[str, str], codes: Sequence[str]) -> str:
    """The name of the revision of an edition that is made of these overlays."""
    return sha + "".join(f"+{code}.{commits[code]}" for code in sorted(codes) if code in commits)


def _homes(root: Path, sources: Sources) -> tuple[list[Home], list[Diagnostic]]:
    """The folders that manual.yaml names, and what is wrong with them."""
    raw = (sources.read(MANUAL) or b"").decode("utf-8", "replace")
    manual = config.read_manual(MANUAL, raw).value if re.search(r"^overlays\s*:", raw, re.MULTILINE) else None
    found: list[Home] = []
    troubles: list[Diagnostic] = []
    for code, name in manual.overlays if manual else ():
        shown = posixpath.normpath(posixpath.join(posixpath.dirname(MANUAL), name))
        line = next((n for n, text in enumerate(raw.split("\n"), 1) if name in text and "overlays" not in text), 0)
        line = line or next((n for n, text in enumerate(raw.split("\n"), 1) if text.startswith("overlays")), 0)
        folder = (root / shown).resolve()
        if not folder.is_dir():
            message = f'the overlay{f" of {code}" if code else ""} is named as "{name}", but there is no folder {shown}'
            hint = "clone its repository there; paths in manual.yaml count from its own folder"
            at = Position(f"{_prefix(code)}/overlay.yaml") if code else Position(MANUAL, line)
            troubles.append(error("overlay-missing", f"{message} ({MANUAL}:{line})", at, hint))
            continue
        inside = _inside(folder, shown, code, line)
        if not inside:
            hint = "name the folder that holds overlay.yaml, or the one that holds countries/ and regions/"
            message = f'there is no overlay.yaml in the folder "{shown}"'
            troubles.append(error("overlay-missing", message, Position(MANUAL, line), hint))
        found += inside
    for home in found:
        twice = any(other is not home and other.code == home.code for other in found)
        if twice or _in_two_places(root, sources, home):
            message = f"{home.code} has an overlay in {home.shown}, and another one in this workspace"
            troubles.append(error("overlay-twice", message, Position(MANUAL, home.line), "keep one of the two"))
    return found, troubles


def _in_two_places(root: Path, sources: Sources, home: Home) -> bool:
    if home.folder == (root / home.prefix).resolve():
        return False
    return any(path.endswith("/overlay.yaml") for path in sources.list(home.prefix))


def _inside(folder: Path, shown: str, code: str, line: int) -> list[Home]:
    """The overlays in a folder: its own, or those in its folders for countries and regions."""
    here = DiskFolder(folder)
    own = _code(here, "overlay.yaml")
    if own or code:
        code = code or own
        code = code.upper() if len(code) == len("KE") else code
        return [Home(code, _prefix(code), folder, shown, line)]
    paths = [path for path in here.list(".") if re.fullmatch(r"(countries|regions)/[^/]+/overlay\.yaml", path)]
    return [
        Home(_code(here, path), f"{OVERLAYS}/{home}", folder / home, f"{shown}/{home}", line)
        for path in paths
        if (home := posixpath.dirname(path))
    ]


def _code(here: DiskFolder, path: str) -> str:
    """The code that an overlay.yaml gives; empty if there is none."""
    text = (here.read(path) or b"").decode("utf-8", "replace")
    found = re.search(r"^(?:country|region)[ \t]*:[ \t]*[\"']?([\w-]+)", text, re.MULTILINE)
    return found[1] if found else ""


def _prefix(code: str) -> str:
    kind = "countries" if re.fullmatch(r"[A-Za-z]{2}", code) else "regions"
    return f"{OVERLAYS}/{kind}/{code}"


def _at_its_place(home: Home, message: str, hint: str) -> Diagnostic:
    said = f"the overlay of {home.code} cannot be read at a revision: {message.splitlines()[0]}"
    return error("overlay-missing", said, Position(f"{home.prefix}/overlay.yaml"), hint)


class Workplace:
    """Where files of a workspace are written and committed, each in the repository that it is kept in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources = draft(root).sources
        self.mounts = self.sources.mounts if isinstance(self.sources, Mounted) else ()

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None if there is no such file."""
        return self.sources.read(path)

    def _place(self, path: str) -> tuple[Path, str]:
        for mount in self.mounts:
            if path.startswith(f"{mount.prefix}/") and isinstance(mount.files, DiskFolder):
                return mount.files.root, path[len(mount.prefix) + 1 :]
        return self.root, path

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place, all or nothing."""
        root, inner = self._place(path)
        DiskFolder(root).write(inner, data)

    def _by_repository(self, paths: Sequence[str]) -> dict[Path, dict[str, str]]:
        """Roots, each with its paths as they are called there, and as they are called in the workspace."""
        found: dict[Path, dict[str, str]] = {}
        for path in paths:
            root, inner = self._place(path)
            found.setdefault(root, {})[inner] = path
        return found

    def split(self, files: Mapping[str, bytes | None]) -> dict[Path, dict[str, bytes | None]]:
        """Files by the root that holds them, under the names that they have there."""
        found: dict[Path, dict[str, bytes | None]] = {}
        for path, data in files.items():
            root, inner = self._place(path)
            found.setdefault(root, {})[inner] = data
        return found

    def changed(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Which of these paths have changes that are not committed, as people find them."""
        out: list[str] = []
        for root, names in self._by_repository(paths).items():
            out += (names.get(inner, inner) for inner in Repository(root).changed(sorted(names)))
        return tuple(sorted(self.sources.real(path) if isinstance(self.sources, Mounted) else path for path in out))

    def author(self, paths: Sequence[str]) -> Person:
        """Who commits these paths; raises WrongUse if git does not know a name in one of their repositories."""
        return [Repository(root).user() for root in self._by_repository(paths)][-1]

    def commit(self, paths: Sequence[str], message: str, author: Person) -> str:
        """One commit in each repository that holds some of these paths; returns the sha of the last."""
        sha = ""
        for root, names in self._by_repository(paths).items():
            sha = Repository(root).commit(sorted(names), message, author)
        return sha


def changed(root: Path) -> tuple[str, ...]:
    """Files of overlays kept elsewhere that differ from the HEAD of their repositories, as people find them."""
    opened = draft(root).sources
    out: list[str] = []
    for mount in opened.mounts if isinstance(opened, Mounted) else ():
        if isinstance(mount.files, DiskFolder):
            try:
                out += (f"{mount.shown}/{path}" for path in Repository(mount.files.root).changed(["."]))
            except WrongUse:
                continue
    return tuple(out)


def content_key(root: Path, revision: str) -> tuple[str | bytes, ...]:
    """What, beside the workspace's own files, decides over editions: overlays' commits, or their files as they are."""
    if revision:
        opened = at_revision(root, revision)
        troubles = opened.sources.troubles if isinstance(opened.sources, Mounted) else ()
        return (*(f"{code} {sha}" for code, sha in sorted(opened.commits.items())), *map(str, troubles))
    sources = draft(root).sources
    if not isinstance(sources, Mounted):
        return ()
    found: list[str | bytes] = [str(trouble) for trouble in sources.troubles]
    for mount in sources.mounts:
        for path in mount.files.list("."):
            found += [f"{mount.prefix}/{path}", mount.files.read(path) or b""]
    return tuple(found)
