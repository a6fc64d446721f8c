"""What stops the tool, and with which exit code.

Content problems travel as diagnostics; an exception is for wrong use, a missing or failing part, or our own fault. Only
the outermost function of the command line prints one and exits (design, section 6).
"""

from __future__ import annotations


class ManualError(Exception):
    """Something stops the work. `message`: what and why, lower case first; `hint`: what to do next."""

    exit_code = 4

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The message, and the hint on a line of its own."""
        return self.message + (f"\n  hint: {self.hint}" if self.hint else "")


class ContentProblem(ManualError):
    """The content is wrong in a way that stops the work."""

    exit_code = 1


class WrongUse(ManualError):
    """The command cannot mean what it says: an unknown country, a file that is no Word file."""

    exit_code = 2


class PartMissing(ManualError):
    """A part is missing or failed: git, pandoc, typst, a font, the disk."""

    exit_code = 3


class OurFault(ManualError):
    """A broken promise of our own; please report it."""

    exit_code = 4
