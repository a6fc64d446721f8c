"""What nobody has confirmed is listed with its place, and stops a release: in texts, profiles, variables, overrides."""

from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Severity
from livingmanual.workflows.check import check, for_release

FILES = {
    "manual/manual.yaml": "id: m\ntitle: M\nchapters: [a.md]\nvariables: {committee: x}\n",
    "manual/a.md": "# One {#one}\n\nWords [of old]{.to-confirm}.\n\n| a |\n|---|\n| [a *cell*]{.to-confirm} |\n\n"
    "::: {.when country=TZ}\n"
    "[Elsewhere]{.to-confirm}\n:::\n",
    "manual/overlays/countries/KE/overlay.yaml": (
        "country: KE\nlanguages: [en]\nvariables:\n  committee:\n    text: y\n    status: to-confirm\n"
    ),
    "manual/overlays/countries/KE/profile.yaml": (
        "legal:\n  nhri: {value: N, status: confirmed, source: s}\n"
        "  npm:\n    value: P\n    status: to-confirm\n    source: s\n"
    ),
    "manual/overlays/countries/KE/overrides/a.md": (
        "---\ntarget: one\naction: append\nreason: r\nstatus: to-confirm\n---\n\n"
        "More[^n].\n\n[^n]: [Note]{.to-confirm}\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_everything_that_is_to_be_confirmed_is_listed_and_stops_a_release(root: Path) -> None:
    found = check(root)
    listed = {str(d.position): d.message.partition(" is still")[0] for d in found if d.code == "to-confirm"}
    home = "manual/overlays/countries/KE"
    assert listed == {
        "manual/a.md:3:7": '"of old"',
        "manual/a.md:7:3": '"a cell"',
        "manual/a.md:10:1": '"Elsewhere"',
        f"{home}/overlay.yaml:4": 'the value of the variable "committee"',
        f"{home}/profile.yaml:3": 'the value of "legal.npm"',
        f"{home}/overrides/a.md:5": 'the override of "one"',
        f"{home}/overrides/a.md:10:7": '"Note"',
    }
    assert {d.severity for d in found} == {Severity.NOTE}
    stopped = [d for d in for_release(found) if d.severity is Severity.ERROR]
    assert {str(d.position) for d in stopped} == set(listed)


def test_what_is_confirmed_stops_nothing(root: Path) -> None:
    for path in FILES:
        text = (root / path).read_text()
        (root / path).write_text(
            text.replace("status: to-confirm", "status: confirmed").replace("{.to-confirm}", "{.x}")
        )
    assert [d for d in for_release(check(root)) if d.severity is Severity.ERROR] == []
