"""Files on disk: the working folder, written all or nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from livingmanual.errors import PartMissing, WrongUse


class DiskFolder:
    """A folder on disk; paths are relative to it, with forward slashes, and never lead out of it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def full(self, path: str) -> Path:
        """The path on disk; raises WrongUse if it leads out of the folder."""
        found = self.root.joinpath(*path.split("/"))
        if not found.resolve().is_relative_to(self.root):
            raise WrongUse(f'the path "{path}" leads out of {self.root}', "use a path inside the workspace")
        return found

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None if there is no such file."""
        try:
            return self.full(path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as trouble:
            raise PartMissing(f"{path} cannot be read: {trouble.strerror}", "check the file's permissions") from trouble

    def list(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder, sorted; hidden files are left out."""
        found: list[str] = []
        for base, folders, files in os.walk(self.full(folder)):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            here = Path(base).relative_to(self.root).as_posix()
            found += [f"{here}/{name}" for name in files if not name.startswith(".")]
        return tuple(sorted(found))

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place by renaming a finished one, so that a killed process leaves no half file."""
        target = self.full(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                umask = os.umask(0)
                os.umask(umask)
                Path(name).chmod(0o666 & ~umask)
                Path(name).replace(target)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as trouble:
            raise PartMissing(
                f"{target} cannot be written: {trouble.strerror}", "check free space and permissions"
            ) from trouble

    def remove(self, path: str) -> None:
        """Delete a file; nothing happens if it is not there."""
        self.full(path).unlink(missing_ok=True)
