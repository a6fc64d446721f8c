"""Results that are dear to make, kept by the hash of everything they depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from livingmanual.adapters.disk import DiskFolder


class CacheStore:
    """A folder of results; a key names everything that the result depends on, so nothing in it is ever stale."""

    def __init__(self, root: Path | None) -> None:
        self.folder = DiskFolder(root) if root is not None else None

    @staticmethod
    def key(*parts: str | bytes) -> str:
        """A name for these inputs; no two different sequences of parts share one."""
        digest = hashlib.blake2b(digest_size=20)
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
        return digest.hexdigest()

    def read(self, kind: str, key: str) -> bytes | None:
        """The kept result; None if there is none."""
        return self.folder.read(f"{kind}/{key[:2]}/{key}") if self.folder else None

    def write(self, kind: str, key: str, data: bytes) -> None:
        """Keep a result."""
        if self.folder:
            self.folder.write(f"{kind}/{key[:2]}/{key}", data)

    def get(self, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
        """The kept result, or a new one that is kept from now on."""
        found = self.read(kind, key)
        if found is None:
            found = make()
            self.write(kind, key, found)
        return found
