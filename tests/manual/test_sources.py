"""Every tag under `source` leads to a place where the fact was read, and what is printed needs no key."""

import re
from typing import Any

from ruamel.yaml import YAML

from tests.project.sources import TOP

MANUAL = TOP / "manual"
TAG = re.compile(r"\b(?:SEED\d|P\d\d[a-z]?|R\d|V)\b")


def loaded(name: str) -> Any:
    return YAML(typ="safe").load((MANUAL / name).read_text(encoding="utf-8"))


LISTED = loaded("source-list.yaml")
SECOND = LISTED.pop("pages of the second reading")
REFERENCES = {entry["id"]: entry["custom"]["source"] for entry in loaded("references.yaml")["references"]}


def of_overrides() -> dict[str, str]:
    """Each override with what its front matter says under `source`."""
    found = {}
    for path in sorted(MANUAL.glob("overlays/*/*/overrides/*.md")):
        match = re.search(r'^source: "?([^"\n]+)', path.read_text(encoding="utf-8"), re.MULTILINE)
        if match:
            found[path.relative_to(MANUAL).as_posix()] = match[1]
    return found


def test_every_tag_is_in_the_list() -> None:
    used = {tag for said in (*REFERENCES.values(), *of_overrides().values()) for tag in TAG.findall(said)}
    assert len(used) > 90
    assert used <= set(LISTED)


def test_every_reference_of_the_second_reading_names_its_page() -> None:
    again = {name for name, said in REFERENCES.items() if "V" in TAG.findall(said)}
    assert again == set(SECOND)


def test_the_sources_that_a_profile_prints_can_be_read_without_a_key() -> None:
    paths = sorted(MANUAL.glob("overlays/countries/*/profile.yaml"))
    printed = [line for path in paths for line in path.read_text(encoding="utf-8").split("\n") if "source:" in line]
    assert len(printed) > 50
    assert [line.strip() for line in printed if TAG.search(line.split("source:")[1])] == []
