"""The command builds this repository's own editions: the same bytes anywhere, and files that people's programs open."""

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.sources import TOP

Client = Callable[[str], str]
FILES = [
    f"{country}/national-architectures-{country}-en.{form}"
    for country in ("KE", "base")
    for form in ("docx", "pdf", "html")
]


def clone(folder: Path, source: Path = TOP) -> Path:
    """What is committed in `source`, in another place."""
    subprocess.run(["git", "clone", "-q", str(source), str(folder)], check=True)
    return folder


def build(workspace: Path, *words: str, **environment: str) -> None:
    """Run `manual build`, which must end well."""
    command = [
        sys.executable,
        "-m",
        "livingmanual",
        "-C",
        str(workspace),
        "build",
        "KE",
        "base",
        "--language",
        "en",
        *words,
    ]
    done = subprocess.run(
        command,
        cwd=workspace.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with Kenya's and the base edition."""
    workspace = clone(tmp_path_factory.mktemp("one") / "workspace")
    build(workspace, "--jobs", "1")
    return workspace / "build"


def test_another_place_zone_language_and_number_of_jobs_give_the_same_bytes(editions: Path, tmp_path: Path) -> None:
    other = clone(tmp_path / "a folder with spaces, é and مرحبا", editions.parent)
    build(other, "--jobs", "3", "--no-cache", "--out", str(tmp_path / "out"), TZ="Pacific/Kiritimati", LC_ALL="C")
    different = [name for name in FILES if (editions / name).read_bytes() != (tmp_path / "out" / name).read_bytes()]
    assert different == []


def test_the_cache_gives_what_a_build_without_it_gives(editions: Path, tmp_path: Path) -> None:
    build(editions.parent, "--out", str(tmp_path))
    assert [name for name in FILES if (editions / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def stamp_of(editions: Path) -> str:
    """The stamp as the Word file's property gives it."""
    with zipfile.ZipFile(editions / FILES[0]) as package:
        found = re.search(
            r"national-architectures/KE/en@[0-9a-f]{40};tool=[^;<]+;format=\d+",
            package.read("docProps/custom.xml").decode(),
        )
    assert found is not None
    return found[0]


def words_of(pdf: Path, client: Client) -> str:
    """The text of a PDF without any white space, so that no line break matters."""
    done = subprocess.run([client("poppler"), str(pdf), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s", "", done.stdout)


@pytest.mark.client("poppler")
def test_the_pdf_says_whose_it_is_and_carries_the_stamp(editions: Path, client: Client) -> None:
    text = words_of(editions / "KE/national-architectures-KE-en.pdf", client)
    assert "Kenya" in text
    assert re.sub(r"\s", "", stamp_of(editions)) in text


@pytest.mark.client("libreoffice", "poppler")
def test_libreoffice_shows_the_word_file_with_all_its_chapters_and_the_stamp(
    editions: Path, client: Client, tmp_path: Path
) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        client("libreoffice"),
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(editions / FILES[0]),
    ]
    subprocess.run(command, capture_output=True, timeout=240, check=True)
    text = words_of(tmp_path / "national-architectures-KE-en.pdf", client)
    assert stamp_of(editions) in text
    first_lines = [
        path.read_text(encoding="utf-8") for path in sorted((editions.parent / "manual/chapters").glob("*.md"))
    ]
    titles = [found[1].strip() for text_ in first_lines if (found := re.search(r"^# ([^{\n]+)", text_, re.MULTILINE))]
    assert titles
    assert [title for title in titles if re.sub(r"\s", "", title) not in text] == []


@pytest.mark.parametrize("after", [0.4, 1.2, 2.0, 2.8])
def test_a_killed_build_leaves_no_half_file(after: float, tmp_path: Path) -> None:
    workspace = clone(tmp_path / "workspace")
    command = [
        sys.executable,
        "-m",
        "livingmanual",
        "-C",
        str(workspace),
        "build",
        "KE",
        "--format",
        "docx",
        "--format",
        "html",
        "--jobs",
        "2",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(after)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    folder = workspace / "build/KE"
    for path in folder.glob("[!.]*"):
        if path.suffix == ".docx":
            assert zipfile.ZipFile(path).testzip() is None
        else:
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert len(list(folder.glob("[!.]*"))) == 2
