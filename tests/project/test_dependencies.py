"""The page of dependencies against pyproject.toml, the lock, and the licences of what is installed."""

import re
import tomllib
from importlib.metadata import PackageMetadata, distributions
from itertools import chain

import pytest

from tests.project.sources import TOP

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (TOP / "requirements.lock").read_text(encoding="utf-8")
REFUSED = re.compile(r"\bAGPL|\bAffero\b", re.IGNORECASE)


def plain(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    """The names of all packages that pyproject.toml asks for, extras included."""
    wanted = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    return {plain(re.split(r"[ \[<>=!~;]", line, maxsplit=1)[0]) for line in wanted}


def licence_words(metadata: PackageMetadata) -> str:
    """Everything that a package's metadata says about its licence; of a full text its first lines."""
    stated = chain(
        metadata.get_all("License-Expression") or [],
        (text[:200] for text in metadata.get_all("License") or []),
        (line for line in metadata.get_all("Classifier") or [] if line.startswith("License")),
    )
    return " ".join(stated)


def test_every_dependency_has_its_line() -> None:
    page = (TOP / "tooling/docs/dependencies.md").read_text(encoding="utf-8")
    tables = page.split("## The fonts")[0]
    described = {plain(name) for name in re.findall(r"^\| `([\w.-]+)` \| [^|]+ \| [^|]+ \|$", tables, re.MULTILINE)}
    assert described == declared()


def test_every_dependency_is_locked_by_hash() -> None:
    locked = re.findall(r"^([\w.-]+)==\S+ \\\n    --hash=sha256:", LOCK, re.MULTILINE)
    assert declared() <= {plain(name) for name in locked}
    assert len(locked) == len(re.findall(r"^[\w.-]+==", LOCK, re.MULTILINE)), "a locked package without a hash"


def test_the_lock_names_no_index_of_a_machine() -> None:
    assert not re.findall(r"^--|file:/|https?:|/\w+/\w+/", LOCK, re.MULTILINE)


def test_nothing_installed_is_under_a_licence_that_we_refuse() -> None:
    installed = {dist.name: licence_words(dist.metadata) for dist in distributions()}
    assert declared() <= {plain(name) for name in installed}
    assert not {name: words for name, words in installed.items() if REFUSED.search(words)}


@pytest.mark.parametrize(
    "words", ["AGPL-3.0-only", "License :: OSI Approved :: GNU Affero General Public License v3", "GNU AGPLv3"]
)
def test_a_refused_licence_is_recognised(words: str) -> None:
    assert REFUSED.search(words)
