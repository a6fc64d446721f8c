"""What an earlier build made and is still true: nothing is built twice.

The key of an edition is a hash over everything that it depends on: the sources (a commit names them all), the tool's
own code, and the programs and fonts that it works with. The record under that key lists the files and their hashes; it
holds only as long as the files still are what was written.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import msgspec

import livingmanual
from livingmanual.adapters import fonts, pandoc
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository
from livingmanual.errors import WrongUse
from livingmanual.model.diagnostic import Diagnostic
from livingmanual.workflows import elsewhere

KIND = "built"
PARTS = ("babel", "lxml", "msgspec", "ruamel.yaml", "typst")
"""Packages whose version can change a byte of an artifact."""


@functools.cache
def tool() -> str:
    """A hash of the tool's own code and templates, and of the programs and fonts that it works with."""
    package = Path(livingmanual.__file__).parent
    files = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    code = [item for path in files for item in (path.relative_to(package).as_posix(), path.read_bytes())]
    versions = [f"{name} {metadata.version(name)}" for name in PARTS]
    around = [platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, pandoc.version(), fonts.fingerprint()]
    return CacheStore.key(*code, *versions, *around)


def sources(root: Path, revision: str, folders: Sequence[str]) -> str:
    """A hash of the sources: of the commit that `revision` names, or, if it is empty, of the files as they are.

    `folders` may name single files as well.
    """
    others = elsewhere.content_key(root, revision)
    if revision:
        repository = Repository(root)
        return CacheStore.key(repository.revision(revision.partition("+")[0]).sha, repository.prefix, *others)
    here = DiskFolder(root)
    paths = [path for place in folders for path in (here.list(place) or (place,))]
    return CacheStore.key(*(item for path in paths for item in (path, _content(here, path))), *others)


def _content(folder: DiskFolder, path: str) -> bytes:
    """The file's content; nothing for a link that leads out of the workspace, which no edition holds."""
    try:
        return folder.read(path) or b""
    except WrongUse:
        return b""


def digest(data: bytes) -> str:
    """The hash by which a written file is recognised."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its place in the output folder, and the hash of its content."""

    name: str
    sha: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an edition that was built."""

    country: str = ""
    language: str = ""
    stamp: str = ""
    default: tuple[str, ...] = ()
    """The formats that manual.yaml asked for."""
    files: dict[str, File] = field(default_factory=dict)
    """By format."""
    diagnostics: tuple[Diagnostic, ...] = ()


NOTHING = Record()


def recall(cache: CacheStore, key: str) -> Record:
    """The record under a key; an empty one if there is none, or the key is empty."""
    data = cache.read(KIND, key) if key else None
    try:
        return msgspec.json.decode(data, type=Record) if data else NOTHING
    except msgspec.MsgspecError:
        return NOTHING


def remember(cache: CacheStore, key: str, record: Record) -> None:
    """Keep a record; nothing happens if the key is empty."""
    if key:
        cache.write(KIND, key, msgspec.json.encode(record))


def whole(record: Record, folder: Path) -> tuple[str, ...]:
    """The formats of a record whose files still are in the output folder as they were written."""
    return tuple(form for form, file in record.files.items() if _is(folder / file.name, file.sha))


def _is(path: Path, sha: str) -> bool:
    try:
        return digest(path.read_bytes()) == sha
    except OSError:
        return False
