"""Find the font files that came as packages.

No font of the computer is used: two machines would make two different PDFs, and Arabic would hang on luck. Each
`fontpkg-*` package is a module with a constant `ROOT`; its fonts lie in `ROOT / "files"`.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
from pathlib import Path

from livingmanual.errors import PartMissing

PACKAGES = ("fontpkg_amiri", "fontpkg_noto_sans", "fontpkg_noto_serif")
"""Modules of the packages whose fonts we use, in the order of their names."""


@functools.cache
def folders() -> tuple[Path, ...]:
    """The folders that hold the fonts; raises `PartMissing` if a package is not installed or is empty."""
    return tuple(_folder(module) for module in PACKAGES)


def _folder(module: str) -> Path:
    package = module.replace("_", "-")
    try:
        folder = Path(importlib.import_module(module).ROOT) / "files"
    except (ImportError, AttributeError) as trouble:
        raise PartMissing(f'the fonts of "{package}" are not there', f"install the package `{package}`") from trouble
    if not any(folder.glob("*.ttf")):
        raise PartMissing(f'the package "{package}" holds no font', f"install the package `{package}` again")
    return folder


@functools.cache
def files() -> tuple[Path, ...]:
    """Every font file, sorted by name."""
    return tuple(sorted((path for folder in folders() for path in folder.glob("*.ttf")), key=lambda path: path.name))


@functools.cache
def fingerprint() -> str:
    """A hash of all fonts by name and content, 32 hexadecimal digits: another font is another PDF."""
    total = hashlib.blake2b(digest_size=16)
    for path in files():
        total.update(f"{path.name}\0".encode())
        total.update(hashlib.blake2b(path.read_bytes()).digest())
    return total.hexdigest()
