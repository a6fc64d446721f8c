"""The reference page and the JSON Schemas against the commands. LIVINGMANUAL_UPDATE=1 writes them anew."""

import json
import os
import re
from pathlib import Path

import click
import pytest

from livingmanual.cli.reference import commands, page
from livingmanual.cli.schemas import SCHEMAS, json_schema
from livingmanual.source.profile import FILES, file_schema
from tests.project.sources import TOP

PAGE = TOP / "tooling/docs/reference/commands.md"
FOLDER = TOP / "tooling/docs/schemas"
UPDATE = os.environ.get("LIVINGMANUAL_UPDATE") == "1"


def agrees(path: Path, text: str) -> bool:
    """Whether a file holds this text; with LIVINGMANUAL_UPDATE=1 it does afterwards."""
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


def test_the_page_is_what_the_commands_say() -> None:
    assert agrees(PAGE, page()), "LIVINGMANUAL_UPDATE=1 pytest tests/project/test_commands_page.py"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_what_the_types_say(name: str) -> None:
    assert agrees(FOLDER / f"{name}.json", json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n")


def test_there_is_a_schema_for_every_command_with_json_and_for_no_other() -> None:
    with_json = {
        path.removeprefix("manual ").replace(" ", "-")
        for path, command in commands()
        if any("--json" in parameter.opts for parameter in command.params)
    }
    stems = {path.stem for path in FOLDER.glob("*.json")}
    assert {stem for stem in stems if not stem.endswith(".schema")} == set(SCHEMAS) == with_json
    assert {stem.removesuffix(".schema") for stem in stems if stem.endswith(".schema")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_schema_of_a_file_is_what_its_types_say(name: str) -> None:
    text = json.dumps(file_schema(name), indent=2, ensure_ascii=False) + "\n"
    assert agrees(FOLDER / f"{name}.schema.json", text), (
        "LIVINGMANUAL_UPDATE=1 pytest tests/project/test_commands_page.py"
    )


def test_every_command_has_an_example_and_a_line_of_help_that_its_group_repeats() -> None:
    for path, command in commands():
        assert re.search(r"\x08\n *Example:\n +manual ", command.help or ""), path
        if isinstance(command, click.Group):
            with click.Context(command) as context:
                for name, (_, line) in command.table.items():  # type: ignore[attr-defined]
                    inner = command.get_command(context, name)
                    assert inner is not None
                    assert inner.name == name
                    assert inner.get_short_help_str(200) == line, name
