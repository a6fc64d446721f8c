"""The outermost function: every end has one message and its exit code, and help costs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[3]
EXPLODING = """
import sys
from livingmanual.cli.main import main, manual
manual.table["explode"] = ("tests.unit.cli.explosions:explode", "Explode.")
sys.exit(main())
"""
HEAVY = {"git", "docx", "lxml", "typst", "pypandoc", "msgspec", "ruamel", "babel", "rich", "json", "pathlib"}


def explode(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, with one command more."""
    return subprocess.run(
        [sys.executable, "-c", EXPLODING, "explode", *words],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("way", "code", "said"),
    [
        ("content", 1, "error: the text is wrong\n  hint: mend it\n"),
        ("located", 1, "a.md:1:2: error: the text is wrong\n"),
        ("use", 2, "error: that cannot be meant\n  hint: mean something else\n"),
        ("part", 3, "error: pandoc is not there\n  hint: install it\n"),
        ("fault", 4, "error: a promise was broken\n  hint: report it\n"),
        ("nothing", 0, ""),
        ("SIGTERM", 143, ""),
        ("steering", 1, "error: \\u001b[31mred\\u001b[0m \\u202egnorw\n"),
    ],
)
def test_an_end_has_its_code_and_its_message(way: str, code: int, said: str) -> None:
    done = explode(way)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", said)


def test_a_full_disk_is_no_fault_of_ours() -> None:
    done = explode("disk")
    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "hint: " in done.stderr


def test_any_other_exception_is_our_fault_and_shows_its_place_only_when_asked() -> None:
    done = explode("surprise")
    assert done.returncode == 4
    assert done.stderr.startswith("error: our own fault: KeyError: 'surprise'\n  hint: please report this")
    assert "Traceback" not in done.stderr
    assert "Traceback" in explode("surprise", LIVINGMANUAL_DEBUG="1").stderr


def test_an_interruption_has_the_code_that_shells_expect() -> None:
    done = explode("SIGINT")
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    command = [sys.executable, "-c", EXPLODING, "explode", "endless"]
    writer = subprocess.Popen(
        command, cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    assert writer.stdout.read(5) == b"line\n"
    writer.stdout.close()
    said = writer.stderr.read()
    writer.stderr.close()
    assert (writer.wait(60), said) == (141, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_no_encoding_stops_a_message(encoding: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "livingmanual", "-C", "Côte d’Ivoire", "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert b"there is no folder" in done.stderr


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["build", "--help"], ["review", "decide", "--help"], ["nonsense"]]
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    look = f"import sys; from livingmanual.cli.main import main; main({words!r}); print(*sys.modules, file=sys.stderr)"
    bare = "import sys, click; click.echo('x'); print(*sys.modules, file=sys.stderr)"

    def loaded(code: str) -> set[str]:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        return {name.split(".")[0] for name in done.stderr.split()}

    assert loaded(look) & HEAVY <= loaded(bare) | ({"json"} if words[0] != "--help" else set())
