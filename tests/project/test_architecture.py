"""The architecture page against the folders and the import rules."""

import re
import tomllib

from tests.project.sources import PACKAGE, PURE, TOP

PAGE = (TOP / "tooling/docs/architecture.md").read_text(encoding="utf-8")


def folders_of(place: str) -> set[str]:
    """The folders in this place that hold something of ours."""
    return {
        path.name
        for path in (TOP / place).iterdir()
        if path.is_dir() and path.name != "__pycache__" and path.suffix != ".egg-info"
    }


def test_the_page_lists_the_folders_of_the_package() -> None:
    listed = re.findall(r"^\| `(\w+)/` \|", PAGE, re.MULTILINE)
    assert len(listed) == len(set(listed))
    with_code = {name for name in folders_of("tooling/livingmanual") if any((PACKAGE / name).rglob("*.py"))}
    assert set(listed) == with_code


def test_the_page_names_the_folders_around_the_package() -> None:
    named = set(re.findall(r"`tooling/(\w+)/`", PAGE))
    assert folders_of("tooling") <= named


def test_the_page_names_the_modules_beside_the_folders() -> None:
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert modules <= set(re.findall(r"`(\w+\.py)`", PAGE))


def test_the_page_calls_the_same_folders_phases_as_the_import_rules() -> None:
    phases = set(re.findall(r"^\| `(\w+)/` \| phase \|", PAGE, re.MULTILINE))
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    layers, effects = settings["tool"]["importlinter"]["contracts"][:2]
    beside_each_other = next(layer for layer in layers["layers"] if layer.startswith("source |"))
    assert {name.strip() for name in beside_each_other.split("|")} == phases | {"adapters"}
    assert {name.removeprefix("livingmanual.") for name in effects["source_modules"]} == phases | {"model", "text"}
    assert set(PURE) == phases | {"model", "text"}
