"""Files of an edition are put in place together, or not at all."""

import os
from pathlib import Path

import pytest

from livingmanual.errors import PartMissing
from livingmanual.model.diagnostic import Position, error
from livingmanual.workflows.build import by_place, concerns, write_together


def test_all_files_are_put_in_place_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_together({tmp_path / "KE/a.docx": b"a", tmp_path / "KE/a.pdf": b"b"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "KE").iterdir()} == {"a.docx": b"a", "a.pdf": b"b"}


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    old, running = tmp_path / ".part-1-a.docx", tmp_path / ".part-2-a.docx"
    for path in (old, running):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_together({tmp_path / "a.docx": b"whole"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [running.name, "a.docx"]


def test_if_one_cannot_be_put_in_place_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    (tmp_path / "c.html/not-empty").mkdir(parents=True)
    with pytest.raises(PartMissing, match="cannot be written"):
        write_together({tmp_path / "a.docx": b"new", tmp_path / "b.pdf": b"new", tmp_path / "c.html": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "c.html"]
    assert (tmp_path / "a.docx").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("path", "of_kenya"),
    [
        ("manual/chapters/01.md", True),
        ("manual/overlays/regions/icglr/overlay.yaml", True),
        ("manual/overlays/countries/KE/overlay.yaml", True),
        ("manual/overlays/countries/CI/overlay.yaml", False),
    ],
)
def test_what_is_wrong_in_another_country_does_not_concern_this_one(path: str, of_kenya: bool) -> None:
    assert concerns(error("x", "y", Position(path, 1)), "KE") is of_kenya


def test_findings_come_once_and_in_the_order_of_files_and_lines() -> None:
    found = [error("x", "y", Position("b.md", 2)), error("x", "y", Position("a.md", 10)), error("x", "y")]
    places = [diagnostic.position for diagnostic in by_place([*found, *found, error("x", "y", Position("a.md", 9))])]
    assert places == [None, Position("a.md", 9), Position("a.md", 10), Position("b.md", 2)]
