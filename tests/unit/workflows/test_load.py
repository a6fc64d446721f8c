"""Reading a workspace: what is wrong with its settings is a problem of the content, in every command."""

from pathlib import Path

import pytest

from livingmanual.cli.main import main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual/manual.yaml").write_text("id: m\ntitle: One: two\nchapters: [a.md]\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [["build", "--draft"], ["check"], ["status"], ["norms"], ["country", "list"], ["country", "status", "KE"]],
)
def test_broken_settings_are_told_with_their_line_and_exit_1(
    root: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(root), *command]) == 1
    said = capsys.readouterr()
    assert "manual/manual.yaml:2:" in said.out + said.err
    assert "this is not valid YAML" in said.out + said.err
