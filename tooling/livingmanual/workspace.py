"""The one door to the outside: what workflows ask of the world.

Two things are asked: a tree of source files as they stood at one revision, and a working folder to read and write.
The real ones are in `adapters/disk.py` and `adapters/git.py`, the one that tests use in `adapters/memory.py`.
"""

from __future__ import annotations

from typing import Protocol


class Sources(Protocol):
    """Files as they stand at one revision; paths are relative to the workspace, with forward slashes."""

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None if there is no such file."""

    def list(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder, sorted; empty if there is no such folder."""


class Folder(Sources, Protocol):
    """A folder that can be written to, all or nothing per file."""

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place; a reader sees the old bytes or the new ones, never a part."""
