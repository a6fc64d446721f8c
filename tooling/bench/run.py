"""Measure what people wait for: starting the command, a first build, a build with nothing to do, a check.

Runs the installed `manual` on a fresh clone of this repository in a temporary folder, so that a first build is one
and nobody's cache is touched. Each figure is a whole process on this machine; compare ratios, not machines.
Run with: make bench
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
MANUAL = Path(sys.executable).with_name("manual")
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure."""

    name: str
    arguments: tuple[str, ...]
    fresh: bool = False
    """Whether each run starts with outputs and cache removed."""


CASES = (
    Case("start (manual --help)", ("--help",)),
    Case("check", ("check",)),
    *(
        Case(f"{kind} {what}", ("build", "KE", "--language", "en", *(("--format", form) if form else ())), fresh)
        for what, form in (("DOCX", "docx"), ("PDF", "pdf"), ("HTML", "html"), ("all formats", ""))
        for kind, fresh in (("first build,", True), ("again,", False))
    ),
)


def seconds(case: Case, workspace: Path) -> float:
    """How long one run takes; raises CalledProcessError if it fails for another reason than content problems."""
    if case.fresh:
        shutil.rmtree(workspace / "build", ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run([str(MANUAL), "-C", str(workspace), *case.arguments], capture_output=True, check=False)
    took = time.perf_counter() - start
    if done.returncode > 1:
        raise subprocess.CalledProcessError(done.returncode, case.arguments, done.stdout, done.stderr)
    return took


def main() -> int:
    """Print a line for each case: minimum, median, maximum of its runs; 1 if one failed."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="livingmanual-bench-") as folder:
        workspace = Path(folder) / "workspace"
        subprocess.run(["git", "clone", "--quiet", str(TOP), str(workspace)], check=True)
        print(f"{'seconds, ' + str(ROUNDS) + ' runs':<28}{'min':>8}{'median':>8}{'max':>8}")
        for case in CASES:
            try:
                runs = [seconds(case, workspace) for _ in range(ROUNDS)]
            except subprocess.CalledProcessError as error:
                failed = 1
                words = error.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
                print(f"{case.name:<28}failed, exit {error.returncode}: {words[-1]}")
            else:
                print(f"{case.name:<28}{min(runs):>8.2f}{statistics.median(runs):>8.2f}{max(runs):>8.2f}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
