"""How much of a file from outside we are willing to read.

A file from outside is hostile until read: a few kilobytes of zip can unpack to gigabytes. Every limit has a number
here and is named in the message of the diagnostic that it causes.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on a package; sizes in bytes."""

    packed: int = 256 * MIB
    """Size of the file itself."""
    unpacked: int = 1024 * MIB
    """Size of all its parts together, unpacked, pictures included."""
    xml_part: int = 96 * MIB
    """Unpacked size of one XML part that we read."""
    ratio: int = 200
    """How many times larger a part that we read may become; asked only over one mebibyte: small ones may repeat."""
    parts: int = 10_000
    """Number of entries in the package."""
    depth: int = 180
    """Depth of XML elements inside each other."""


DEFAULT_LIMITS = Limits()
