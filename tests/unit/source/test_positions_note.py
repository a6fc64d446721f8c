"""The note on pandoc's source positions: every sample in it is true."""

from pathlib import Path

import pytest

from tests.unit.source import shown

PAGE = Path(__file__).resolve().parents[3] / "tooling/docs/formats/pandoc-positions.md"
SAMPLES = list(shown.samples(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "kind", "said"), SAMPLES, ids=[f"{number}-{kind}" for number, (_, kind, _) in enumerate(SAMPLES)]
)
def test_sample(text: str, kind: str, said: list[str]) -> None:
    assert {"positions": shown.positions, "provenance": shown.provenance}[kind](text) == said


def test_the_samples_are_found() -> None:
    assert len(SAMPLES) > 20
