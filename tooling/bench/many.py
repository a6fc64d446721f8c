"""A workspace in which each State of the African Union keeps 40 overrides, to measure what committees wait for."""

from __future__ import annotations

import shutil
from itertools import cycle, islice
from pathlib import Path

from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import target_fingerprint
from livingmanual.workflows.countries import content_of, homes
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.known import states

EACH = 40
OVERRIDE = """---
target: {target}
action: append
reason: "Because of law {number}: the section says so."
date: 2026-01-15
fingerprint: "{fingerprint}"
made_from: |
{indented}---

In {code} the committee adds sentence {number} of its own, see [](#{target}).
"""


def give_overrides(workspace: Path) -> int:
    """Write overlays of 55 States with `EACH` overrides, one in seven drifted; returns the number of overrides."""
    shelf = open_draft(workspace)
    base = assemble(shelf.loaded.manual, shelf.loaded.documents).value
    known = homes(shelf)
    targets = cycle(sorted(known))
    written = 0
    for code in states():
        folder = workspace / "manual/overlays/countries" / code
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "overrides").mkdir(parents=True)
        (folder / "overlay.yaml").write_text(f"country: {code}\nlanguages: [en]\n", encoding="utf-8")
        for number, target in enumerate(islice(targets, EACH)):
            text = content_of(known, base, target, shelf)
            said = OVERRIDE.format(
                target=target,
                number=number,
                code=code,
                fingerprint=target_fingerprint(base, target) if number % 7 else "0" * 16,
                indented="".join(f"  {line}".rstrip() + "\n" for line in text.splitlines()),
            )
            (folder / "overrides" / f"{number:02}.md").write_text(said, encoding="utf-8")
            written += 1
    return written
