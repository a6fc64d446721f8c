"""The repository as a whole: what may lie at its top, and what may not stand in its files."""

import re
import subprocess

import pytest

from tests.project.sources import TOP, kept_files

ALLOWED = {
    "manual",
    "translations",
    "tooling",
    "build",
    "reviews",
    "tests",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "requirements.lock",
}
"""What may lie at the top, beside dot files."""

CONTENT = ("manual/front", "manual/chapters", "manual/annexes", "manual/back", "manual/overlays")
"""Where links are looked after by `manual check`."""

LOCAL_PATH = re.compile(r"(?<![\w./~-])/(?:(?:work|root)/|(?:home|Users)/\w+/|tmp/pv\b)")
"""A path that exists on somebody's machine only."""


def test_the_top_holds_only_what_belongs_there() -> None:
    names = {name.split("/")[0] for name in kept_files()}
    assert {name for name in names if not name.startswith(".")} <= ALLOWED


def test_git_keeps_nothing_of_build_and_of_private_reviews() -> None:
    assert [name for name in kept_files() if name.startswith("build/")] == ["build/README.md"]
    ignored = subprocess.run(
        ["git", "-C", str(TOP), "check-ignore", "reviews/.private/x.docx", "build/KE/x.docx", ".venv/bin/python"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(ignored.stdout.splitlines()) == 3


def test_no_file_mentions_a_place_on_somebodys_machine() -> None:
    found = []
    for name in kept_files():
        content = (TOP / name).read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if LOCAL_PATH.search(line):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("where", ["work", "root"])
def test_a_local_path_is_recognised(where: str) -> None:
    assert LOCAL_PATH.search(f'open("/{where}/main")')
    assert not LOCAL_PATH.search(f"https://example.org/{where}/main")


def test_every_relative_link_in_the_documents_leads_somewhere() -> None:
    dead = []
    for name in kept_files():
        if not name.endswith(".md") or name.startswith(
            ("tests/", "manual/chapters", "manual/annexes", "manual/overlays")
        ):
            continue
        text = re.sub(r"```.*?```|`[^`\n]*`", "", (TOP / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if not re.match(r"\w+:", target) and not (TOP / name).parent.joinpath(target).exists():
                dead.append(f"{name}: {target}")
    assert not dead, "\n".join(dead)
