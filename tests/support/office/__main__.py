"""Start LibreOffice, answer one JSON line with one JSON line, and take LibreOffice down with us whatever happens.

Usage: python3 -m tests.support.office SOFFICE PROFILE-FOLDER

The standard input is read by a thread of its own: when it ends, because the tests ended or were killed, LibreOffice is
killed too, even while an edit hangs in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from typing import Any

from tests.support.office.session import Session

PATIENCE = 3
"""Seconds that LibreOffice has to end by itself."""


def main(soffice: str, profile: str) -> None:
    """Serve until the input ends."""
    pipe = f"livingmanual{os.getpid()}"
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            f"--accept=pipe,name={pipe};urp;",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    requests: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=watch, args=(requests, office), daemon=True).start()
    try:
        session = Session.connect(pipe, office.poll)
        say({"ready": session.version()})
        while (line := requests.get()) is not None:
            say(answer(session, json.loads(line)))
        session.end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            office.wait(timeout=PATIENCE)
    finally:
        kill(office)


def watch(requests: queue.Queue[str | None], office: subprocess.Popen[bytes]) -> None:
    """Pass the lines of the input on; at its end everything stops, after some patience whether it wants to or not."""
    for line in sys.stdin:
        requests.put(line)
    requests.put(None)
    time.sleep(2 * PATIENCE)
    kill(office)
    os._exit(1)


def kill(office: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with its launcher, which share a process group that is theirs alone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(office.pid, signal.SIGKILL)
    office.wait(timeout=10)


def answer(session: Session, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request; what goes wrong in it is an answer too."""
    try:
        return {"answer": getattr(session, request.pop("call"))(**request)}
    except Exception:
        return {"error": traceback.format_exc(), "alive": session.alive()}


def say(message: dict[str, Any]) -> None:
    """One line of JSON."""
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
