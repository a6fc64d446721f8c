"""Where the content of a workspace lies: its folders, and files that manual.yaml names outside them.

A workspace that was made around a text in its own folder leaves the text where it is, so `manual.yaml` names files
beside `manual/` (`../README.md`). They and the pictures that they show belong to the content as well.
"""

from __future__ import annotations

from pathlib import Path

from livingmanual.adapters.disk import DiskFolder
from livingmanual.source import config, order
from livingmanual.workflows.load import MANUAL

FOLDERS = ("manual", "translations")
"""The folders that editions are made of."""


def content(root: Path) -> tuple[str, ...]:
    """The folders of the content, then the single files outside them, of the files as they are."""
    here = DiskFolder(root)
    raw = here.read(MANUAL) or b""
    if b"../" not in raw:
        return FOLDERS
    manual = config.read_manual(MANUAL, raw.decode("utf-8", "replace")).value
    inside = tuple(f"{folder}/" for folder in FOLDERS)
    texts = [path for path in manual.files if not path.startswith((*inside, ".."))] if manual else []
    shown = {
        target for path in texts for target in order.targets(path, (here.read(path) or b"").decode("utf-8", "replace"))
    }
    pictures = sorted(
        path for path in shown if path.lower().endswith(order.PICTURES) and not path.startswith(("..", "/"))
    )
    return (*FOLDERS, *texts, *(path for path in pictures if here.root.joinpath(path).is_file()))


def files(root: Path) -> tuple[str, ...]:
    """Every file of the content, by folder."""
    here = DiskFolder(root)
    found = (path for place in content(root) for path in (here.list(place) or (place,)))
    return tuple(path for path in found if (root / path).is_file())
