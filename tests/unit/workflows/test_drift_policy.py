"""What becomes of a drifted override in a build: the reader is told, or nothing of that country is built."""

from pathlib import Path

import pytest

from livingmanual.model.diagnostic import Severity
from livingmanual.workflows.build import Request, build
from livingmanual.workflows.check import check
from livingmanual.workflows.load import SettingsUnreadable

FILES = {
    "manual/manual.yaml": "id: m\ntitle: M\nchapters: [a.md]\n",
    "manual/a.md": "# One {#one}\n\n## A {#sec-a}\n\nWords.\n",
    "manual/overlays/countries/KE/overlay.yaml": "country: KE\nlanguages: [en]\n",
    "manual/overlays/countries/KE/overrides/a.md": (
        '---\ntarget: sec-a\naction: append\nreason: r\nfingerprint: "0000000000000000"\n---\n\nMore.\n'
    ),
}
TOLD = "The manual’s text here has changed since this passage was written."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def say(root: Path, policy: str) -> None:
    settings = root / "manual/manual.yaml"
    settings.write_text(f"{settings.read_text()}drift: {policy}\n")


def request(root: Path, drift: str = "", country: str = "KE") -> Request:
    return Request(root, (country,), formats=("html",), draft=True, drift=drift)


@pytest.mark.parametrize(
    ("settings", "option", "refused"),
    [
        ("", "", False),
        ("mark", "", False),
        ("refuse", "", True),
        ("refuse", "mark", False),
        ("mark", "refuse", True),
    ],
)
def test_a_drifted_override_is_marked_or_refused(root: Path, settings: str, option: str, refused: bool) -> None:
    if settings:
        say(root, settings)
    report = build(request(root, option))
    [told] = report.diagnostics
    assert (told.code, told.severity) == ("drifted", Severity.ERROR if refused else Severity.WARNING)
    assert str(told.position) == "manual/overlays/countries/KE/overrides/a.md:2"
    assert report.failed is refused
    assert [TOLD in Path(one.path).read_text() for one in report.artifacts] == ([] if refused else [True])


def test_other_editions_are_built_all_the_same(root: Path) -> None:
    say(root, "refuse")
    report = build(Request(root, ("KE", "base", "ZM"), formats=("html",), draft=True))
    assert [one.country for one in report.artifacts] == ["base", "ZM"]


def test_check_says_it_once_as_the_policy_has_it(root: Path) -> None:
    assert [(d.code, d.severity) for d in check(root)] == [("drifted", Severity.WARNING)]
    say(root, "refuse")
    assert [(d.code, d.severity) for d in check(root)] == [("drifted", Severity.ERROR)]


def test_an_unknown_policy_is_named_with_the_nearest_one(root: Path) -> None:
    say(root, "refsue")
    with pytest.raises(SettingsUnreadable) as raised:
        build(request(root))
    [told] = raised.value.diagnostics
    assert (str(told.position), told.hint) == (
        "manual/manual.yaml:4",
        'did you mean "refuse"? write one of: mark, refuse',
    )
