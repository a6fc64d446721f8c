"""Fixtures of the instruments in `tests/support`, once for all tests of this folder."""

from tests.support.fixtures import libreoffice

__all__ = ["libreoffice"]
