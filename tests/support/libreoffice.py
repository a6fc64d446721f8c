"""A reviewer made of LibreOffice: it opens a Word file, edits it as people do, and saves it.

One LibreOffice, without a window and with a profile folder of its own, serves many files. It runs as the child of a
small server in the system's Python (`tests.support.office`), because only that has UNO; the two talk in lines of JSON.
Both are killed at the end, also when the tests are killed.

    with LibreOffice() as office:
        returned = office.review(path, [{"do": "replace", "text": "thirty", "with": "sixty"}], author="Amina Diallo")
        assert all(returned.done)
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.flat import Block, blocks
from tests.support.package import with_comment_paragraphs, without_comments

TOP = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
Edit = dict[str, Any]


class OfficeError(Exception):
    """LibreOffice, or its server, failed or took too long."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one edit."""

    done: bool
    why: str
    """Why not; empty if it was done."""
    part: str
    """`body`, `cell`, `note`, `margin` or `box`."""
    paragraph: str
    """Live text of the paragraph before the edit, U+FFFC for what is no character."""
    offset: int
    """Where in it the edit begins, in characters."""

    def __bool__(self) -> bool:
        return self.done


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that LibreOffice saved."""

    path: Path
    done: tuple[Done, ...]
    """One for each edit, in order."""

    @property
    def data(self) -> bytes:
        """The file."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Texts:
    """A file as LibreOffice sees it."""

    accepted: tuple[Block, ...]
    """Its paragraphs after accepting all changes."""
    rejected: tuple[Block, ...]
    """Its paragraphs after rejecting all changes."""


class LibreOffice:
    """A session with one LibreOffice; a context manager. Restarts by itself after a request that took too long."""

    def __init__(self, seconds: float = 120) -> None:
        """`seconds`: time limit of one request, the start included."""
        self.seconds = seconds
        self.version = ""
        self._server: subprocess.Popen[bytes] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="livingmanual-office-"))
        self._number = 0

    def __enter__(self) -> LibreOffice:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What it can do

    def review(
        self,
        docx: Path,
        edits: list[Edit],
        *,
        author: str = "Amina Diallo",
        tracked: bool = True,
        out: Path | None = None,
    ) -> Returned:
        """Open, edit, save as DOCX. `tracked=False`: Track Changes is off. An edit's own `tracked` or `author` wins.

        Without `out` the file lies in a folder that goes with the session. Raises OfficeError.
        """
        path = out or self._new("docx")
        done = self._ask("review", path=self._copy(docx), out=str(path), edits=edits, author=author, tracked=tracked)
        path.write_bytes(with_comment_paragraphs(path.read_bytes()))
        return Returned(path, tuple(Done(**each) for each in done))

    def texts(self, docx: Path) -> Texts:
        """The paragraphs as LibreOffice itself sees them after accepting, and after rejecting, all changes."""
        return Texts(self._flat(docx, "Accept"), self._flat(docx, "Reject"))

    def directions(self, docx: Path) -> dict[str, Any]:
        """Writing directions: `styles` and `pages` by name, `paragraphs` as list of text, style, direction."""
        found: dict[str, Any] = self._ask("directions", path=self._copy(docx))
        return found

    def _flat(self, docx: Path, decide: str) -> tuple[Block, ...]:
        source, flat = self._new("docx"), self._new("fodt")
        source.write_bytes(without_comments(docx.read_bytes()))
        self._ask("flatten", path=str(source), out=str(flat), decide=decide)
        return tuple(blocks(flat.read_bytes()))

    def _copy(self, docx: Path) -> str:
        """A copy to open: LibreOffice leaves lock files beside what it opens, and refuses a file that has one."""
        return str(shutil.copy(docx, self._new(docx.suffix.removeprefix("."))))

    def _new(self, suffix: str) -> Path:
        self._number += 1
        return self._folder / f"{self._number:04}.{suffix}"

    # The server

    def _start(self) -> None:
        soffice = shutil.which("soffice") or shutil.which("libreoffice")
        if soffice is None:
            raise OfficeError("LibreOffice is not installed: apt-get install libreoffice-writer python3-uno")
        profile = tempfile.mkdtemp(prefix="profile-", dir=self._folder)
        self._server = subprocess.Popen(
            [SYSTEM_PYTHON, "-m", "tests.support.office", soffice, profile],
            cwd=TOP,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.version = self._hear()["ready"]

    def _ask(self, call: str, **arguments: Any) -> Any:
        if self._server is None:
            self._start()
        assert self._server is not None and self._server.stdin is not None
        self._server.stdin.write(json.dumps({"call": call, **arguments}).encode() + b"\n")
        self._server.stdin.flush()
        answer = self._hear()
        if "error" in answer:
            if not answer["alive"]:  # the next request starts another
                self._stop()
            raise OfficeError(answer["error"])
        return answer["answer"]

    def _hear(self) -> dict[str, Any]:
        """The next line of the server, or OfficeError after the time limit; then the server is killed."""
        assert self._server is not None and self._server.stdout is not None
        until, line = time.monotonic() + self.seconds, b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self._server.stdout], [], [], max(0, until - time.monotonic()))
            piece = os.read(self._server.stdout.fileno(), 1 << 16) if ready else b""
            if not piece:
                self._stop()
                raise OfficeError("LibreOffice ended" if ready else f"no answer in {self.seconds:g} seconds")
            line += piece
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _stop(self) -> None:
        """Close the server's input, on which it kills LibreOffice; then make sure of the server itself."""
        server, self._server = self._server, None
        if server is None:
            return
        assert server.stdin is not None and server.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            server.stdin.close()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(timeout=10)
        server.stdout.close()

    def close(self) -> None:
        """End LibreOffice and remove what the session wrote."""
        self._stop()
        shutil.rmtree(self._folder, ignore_errors=True)
