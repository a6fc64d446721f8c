"""What an earlier build made and is still true: nothing is built twice.

The key of an edition is a hash over everything that it depends on: the sources (a commit names them all), the tool's
own code, and the programs and fonts that it works with. The record under that key lists the files and their hashes; it
holds only as long as the files still are what was written.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import zlib
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import livingmanual
from livingmanual.adapters import fonts, pandoc
from livingmanual.adapters.cache_store import CacheStore
from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository

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
    """A hash of the sources: of the commit that `revision` names, or, if it is empty, of the files as they are."""
    if revision:
        repository = Repository(root)
        return f"{repository.revision(revision).sha} {repository.prefix}"
    here = DiskFolder(root)
    paths = [path for folder in folders for path in here.list(folder)]
    return CacheStore.key(*(item for path in paths for item in (path, here.read(path) or b"")))


def digest(data: bytes) -> str:
    """The hash by which a written file is recognised."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def recall(cache: CacheStore, key: str, folder: Path) -> dict[str, Any] | None:
    """The record under a key, if every file that it lists still is in `folder` as it was written; else None."""
    data = cache.read(KIND, key)
    try:
        record: dict[str, Any] = json.loads(data) if data is not None else {}
        whole = bool(record) and all(
            digest((folder / name).read_bytes()) == sha for name, sha in record["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return None
    return record if whole else None


def remember(cache: CacheStore, key: str, record: dict[str, Any]) -> None:
    """Keep a record; its `files` maps names inside the output folder to hashes."""
    cache.write(KIND, key, json.dumps(record, ensure_ascii=False).encode())
