"""Folders that lie elsewhere, read as if they stood in the workspace.

A country may keep its overlay in a repository of its own. `manual.yaml` names the folder, and everything else goes on
seeing its files where an overlay stands: paths, pictures and catalogs mean the same wherever it is kept. Only the named
folder is opened: a path in it that leads out of it is refused as it is in the workspace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from livingmanual.model.diagnostic import Diagnostic, Position
from livingmanual.workspace import Sources


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder that is read in another place."""

    prefix: str
    """Where it stands in the workspace, e.g. `manual/overlays/countries/KE`."""
    shown: str
    """Where it is, as people are told: relative to the workspace if that is possible."""
    files: Sources


class Mounted:
    """A workspace's files with those of the folders that lie elsewhere."""

    def __init__(self, inner: Sources, mounts: Sequence[Mount], troubles: Sequence[Diagnostic] = ()) -> None:
        self.inner, self.mounts = inner, tuple(mounts)
        self.troubles = tuple(troubles)
        """What is wrong with the folders that are named."""

    def read(self, path: str) -> bytes | None:
        """The file's bytes; None if there is no such file."""
        mount = self.of(path)
        return mount.files.read(path[len(mount.prefix) + 1 :]) if mount else self.inner.read(path)

    def list(self, folder: str) -> tuple[str, ...]:
        """Every file below a folder, sorted."""
        top = folder.rstrip("/")
        found = {path for path in self.inner.list(folder) if self.of(path) is None}
        for mount in self.mounts:
            if f"{mount.prefix}/".startswith(f"{top}/"):
                found |= {f"{mount.prefix}/{path.removeprefix('./')}" for path in mount.files.list(".")}
            elif top.startswith(f"{mount.prefix}/"):
                found |= {f"{mount.prefix}/{path}" for path in mount.files.list(top[len(mount.prefix) + 1 :])}
        return tuple(sorted(found))

    def of(self, path: str) -> Mount | None:
        """The folder elsewhere that holds a path; None for a file of the workspace itself."""
        return next((mount for mount in self.mounts if path.startswith(f"{mount.prefix}/")), None)

    def real(self, path: str) -> str:
        """Where people find a file."""
        mount = self.of(path)
        return f"{mount.shown}/{path[len(mount.prefix) + 1 :]}" if mount else path


def real(sources: Sources, path: str) -> str:
    """Where people find a file of these sources."""
    return sources.real(path) if isinstance(sources, Mounted) else path


def told(sources: Sources, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same with the places where people find the files."""
    if not isinstance(sources, Mounted) or not sources.mounts:
        return tuple(found)
    return tuple(_told(sources, diagnostic) for diagnostic in found)


def _told(sources: Mounted, found: Diagnostic) -> Diagnostic:
    at, message, hint = found.position, found.message, found.hint
    if at:
        at = Position(sources.real(at.path), at.line, at.column)
    for mount in sources.mounts:
        message = message.replace(f"{mount.prefix}/", f"{mount.shown}/")
        hint = hint.replace(f"{mount.prefix}/", f"{mount.shown}/")
    return replace(found, position=at, message=message, hint=hint)
