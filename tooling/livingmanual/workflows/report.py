"""Tell what became of every remark of a round."""

from __future__ import annotations

from pathlib import Path

from livingmanual.report.disposition import RoundReport, report_of
from livingmanual.workflows import triage


def report(root: Path, round_name: str | None = None) -> RoundReport:
    """The report of a round (None: of all rounds); raises WrongUse if the round was never opened."""
    return report_of(round_name or "", triage.remarks(root, round_name))
