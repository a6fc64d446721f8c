"""Measure what people wait for, each beside the least that it could take.

Works on a fresh clone of this repository in a temporary folder, so that a first build is one and nobody's cache is
touched. Each figure is a whole process; ours and its floor are run in turn, so that the ratio holds on a busy machine
too; the last column is the ratio of processor time. Nothing is asserted: read the ratios, not the seconds. Names of
rows after `make bench` measure these alone: `make bench ARGS="editions status"`. Run with: make bench
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypandoc
from many import give_overrides
from returns import returned

TOP = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
MANUAL = str(Path(PYTHON).with_name("manual"))
PANDOC = str(pypandoc.get_pandoc_path())
ROUNDS = 3
READER = "commonmark_x+sourcepos"
LOAD = (
    "import gc; from pathlib import Path; from livingmanual.cli.main import PATIENT; gc.set_threshold(*PATIENT);"
    "from livingmanual.workflows.build import Request, shelf_of;"
    "from livingmanual.workflows.editions import make_edition;"
    "make_edition(shelf_of(Request(Path('.'), cache=False)), 'KE', 'en')"
)
COMPOSE = (
    "import gc, time; from pathlib import Path; from livingmanual.cli.main import PATIENT; gc.set_threshold(*PATIENT);"
    "from livingmanual.workflows.build import Request, shelf_of; from livingmanual.workflows.known import states;"
    "from livingmanual.workflows.editions import make_edition;"
    "shelf = shelf_of(Request(Path('.'))); codes = list(states());"
    "wall, cpu = time.perf_counter(), time.process_time();"
    "[make_edition(shelf, code, 'en') for code in codes]; print(time.perf_counter() - wall, time.process_time() - cpu)"
)
READ = "import sys; from pathlib import Path; [p.read_bytes() for p in Path('manual').rglob('*') if p.is_file()]"
WALK = "import docx, sys; [p.text for p in docx.Document(sys.argv[1]).paragraphs]"
TYPST = "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], ignore_system_fonts=True)"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that people wait for, and its floor."""

    name: str
    ours: list[str]
    floor_name: str
    floor: list[list[str]]
    """Commands that run one after the other."""
    before: Callable[[Path], None] = lambda workspace: None
    """What is done before each of our runs, outside of the measurement."""
    prints: bool = False
    """Ours prints the seconds that count, by the clock and of processors: what it did before them is not measured."""


def forget(workspace: Path) -> None:
    """Remove outputs and cache."""
    shutil.rmtree(workspace / "build", ignore_errors=True)


def forget_outputs(workspace: Path) -> None:
    """Remove the outputs and what is known of them; what was read stays in the cache."""
    for name in ("KE", "cache/built"):
        shutil.rmtree(workspace / "build" / name, ignore_errors=True)


def change_override(workspace: Path) -> None:
    """Add a sentence to one of Kenya's overrides."""
    path = sorted((workspace / "manual/overlays/countries/KE/overrides").glob("*.md"))[0]
    path.write_text(f"{path.read_text(encoding='utf-8')}\nA sentence of {time.time_ns()}.\n", encoding="utf-8")


def many_cases(folder: Path, workspace: Path) -> list[Case]:
    """What grows with the countries; a second workspace has 40 overrides in each of them."""
    source, out = str(folder / "all.md"), str(folder / "out")
    many = folder / "many"
    shutil.copytree(workspace, many, ignore=shutil.ignore_patterns("build"))
    count = give_overrides(many)
    status = [MANUAL, "-C", str(many), "country", "status"]
    read = [PYTHON, "-c", READ.replace("'manual'", repr(str(many / "manual")))]
    parse = [PANDOC, "-f", READER, "-t", "json", source, "-o", f"{out}.json"]
    docx = [PANDOC, "-f", READER, source, "-o", f"{out}.docx"]
    compose = [PYTHON, "-c", COMPOSE]
    return [
        Case("compose 55 editions", compose, "pandoc: docx", [docx], prints=True),
        Case("compose 55 editions", compose, "pandoc: parse", [parse], prints=True),
        Case(f"country status, {count} overrides", status, "read files, pandoc: parse", [read, parse]),
    ]


def cases(folder: Path) -> list[Case]:
    """Everything that is measured; `folder` holds `all.md`, the whole manual in one file."""
    source, out = str(folder / "all.md"), str(folder / "out")
    click = [[PYTHON, "-c", "import click"]]
    parse = [[PANDOC, "-f", READER, "-t", "json", source, "-o", f"{out}.json"]]
    docx = [[PANDOC, "-f", READER, source, "-o", f"{out}.docx"]]
    html = [[PANDOC, "-f", READER, "-s", source, "-o", f"{out}.html"]]
    pdf = [
        [PANDOC, "-f", READER, "-s", "-t", "typst", source, "-o", f"{out}.typ"],
        [PYTHON, "-c", TYPST, f"{out}.typ", f"{out}.pdf"],
    ]
    found = [
        Case("manual --help", [MANUAL, "--help"], "python -c 'import click'", click),
        Case("read and compose, cold", [PYTHON, "-c", LOAD], "pandoc: parse", parse),
    ]
    for form, floor in (("docx", docx), ("pdf", pdf), ("html", html)):
        said = "pandoc" if form != "pdf" else "pandoc, typst"
        build = [MANUAL, "build", "KE", "--format", form]
        found.append(Case(f"{form}: first build", build, f"{said}: {form}", floor, forget))
        found.append(Case(f"{form}: sources read before", build, f"{said}: {form}", floor, forget_outputs))
    everything = [MANUAL, "build", "KE", "--language", "en"]
    found.append(
        Case("docx, pdf, html: first build", everything, "pandoc, typst: all three", [*docx, *pdf, *html], forget)
    )
    found.append(Case("docx, pdf, html: nothing to do", everything, "pandoc, typst: all three", [*docx, *pdf, *html]))
    draft = [*everything, "--draft"]
    found.append(
        Case("the same: an override changed", draft, "pandoc, typst: all three", [*docx, *pdf, *html], change_override)
    )
    found.append(Case("check, first", [MANUAL, "check"], "pandoc: parse", parse, forget))
    found.append(Case("check again", [MANUAL, "check"], "pandoc: parse", parse))
    return found


def return_cases(folder: Path, workspace: Path) -> list[Case]:
    """Imports of returned files of four sizes, so that growth can be seen; the floor is what a plain reading costs."""
    subprocess.run([MANUAL, "round", "open", "bench"], cwd=workspace, capture_output=True, check=True)
    built = [MANUAL, "build", "KE", "--format", "docx", "--review", "--json"]
    told = json.loads(subprocess.run(built, cwd=workspace, capture_output=True, check=True, text=True).stdout)
    sent = Path(told[0]["path"]).read_bytes()
    found = []
    for changes in (250, 500, 1000, 2000):
        file = folder / f"returned-{changes}.docx"
        file.write_bytes(returned(sent, changes, changes // 2))
        ours = [MANUAL, "review", "import", str(file), "--round", "bench"]
        floor = [[PYTHON, "-c", WALK, str(file)], [PYTHON, "-c", LOAD]]
        found.append(Case(f"import: {changes} changes", ours, "python-docx walk, rebuild", floor, forget_submissions))
    return found


def forget_submissions(workspace: Path) -> None:
    """Remove what was imported, so that it is imported again."""
    for head in (workspace / "reviews" / "bench").glob("*/submission.yaml"):
        shutil.rmtree(head.parent)


def megabytes(command: list[str], folder: Path) -> float:
    """The most memory that a command held, by the operating system's account of it."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        used = os.wait4(process.pid, 0)[2].ru_maxrss
        process.returncode = 0
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of all processors."""

    wall: float
    cpu: float


def seconds(commands: list[list[str]], folder: Path, printed: bool = False) -> Took:
    """How long the commands take, one after the other; raises CalledProcessError with what a failing one said.

    `printed`: what the last one printed instead.
    """
    start, before = time.perf_counter(), os.times()
    for command in commands:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True)
    if printed:
        return Took(*(float(word) for word in done.stdout.split()))
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(wall, used)


def measured(case: Case, workspace: Path) -> tuple[Took, Took]:
    """Median seconds of ours and of the floor, run in turn, after one run of each that does not count."""
    ours, floor = [], []
    for number in range(ROUNDS + 1):
        case.before(workspace)
        took = seconds([case.ours], workspace, case.prints), seconds(case.floor, workspace)
        if number:
            ours.append(took[0])
            floor.append(took[1])
    return median(ours), median(floor)


def median(took: list[Took]) -> Took:
    """The medians of both."""
    return Took(statistics.median(one.wall for one in took), statistics.median(one.cpu for one in took))


def whole(workspace: Path) -> str:
    """Every file of the manual in one text, without pictures and references."""
    files = sorted(path for path in (workspace / "manual").rglob("*.md") if "overlays" not in path.parts)
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in files)
    return re.sub(
        r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?|(?<=\])\(#[^)]*\)", "", text
    )  # plain typst stops at what is not there


def main() -> int:
    """Print a line for each case; 1 if one failed."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="livingmanual-bench-") as name:
        folder = Path(name)
        workspace = folder / "workspace"
        subprocess.run(["git", "clone", "--quiet", str(TOP), str(workspace)], check=True)
        text = whole(workspace)
        (folder / "all.md").write_text(text, encoding="utf-8")
        print(f"{len(text.split()):,} words; median of {ROUNDS} runs in turn, milliseconds")
        print(f"{'what people wait for':<34}{'ms':>7}   {'its floor':<28}{'ms':>7}{'ratio':>8}{'of cpu':>8}")
        many = many_cases(folder, workspace)
        returns = return_cases(folder, workspace)
        asked = sys.argv[1:]
        wanted = [*cases(folder), *many, *returns]
        for case in [case for case in wanted if not asked or any(word in case.name for word in asked)]:
            try:
                ours, floor = measured(case, workspace)
            except subprocess.CalledProcessError as error:
                failed = 1
                words = (error.stderr or error.stdout or "").strip().splitlines() or ["no message"]
                print(f"{case.name:<34}failed, exit {error.returncode}: {words[0]}")
            else:
                columns = f"{case.name:<34}{ours.wall * 1000:>7.0f}   {case.floor_name:<28}{floor.wall * 1000:>7.0f}"
                print(f"{columns}{ours.wall / floor.wall:>8.2f}{ours.cpu / floor.cpu:>8.2f}", flush=True)
        forget_submissions(workspace)
        print(f"memory of the last import: {megabytes(returns[-1].ours, workspace):.0f} MB")
    return failed


if __name__ == "__main__":
    sys.exit(main())
