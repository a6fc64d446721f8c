"""How every country and region changed one target, side by side."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import target_fingerprint
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.text import tree
from livingmanual.workflows import countries
from livingmanual.workflows.editions import open_draft

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{target}: what countries changed</title>
<style>
body {{ font-family: "Noto Sans", sans-serif; margin: 2rem; line-height: 1.5; }}
main {{ display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }}
article {{ flex: 1 1 22rem; border: 1px solid #767676; padding: 1rem; }}
pre {{ white-space: pre-wrap; font: inherit; }}
</style>
</head>
<body>
<h1>{target}</h1>
<main>
{articles}</main>
</body>
</html>
"""


def compare(root: Path, target: str, out: str = "") -> dict[str, Any]:
    """The manual's text of a target and what each overlay does with it; the keys of `manual country compare --json`.

    `out` names an HTML file, relative to the workspace, to be written as well. Raises WrongUse if neither the manual
    nor any overlay knows the target.
    """
    shelf = open_draft(root)
    nodes = assemble(shelf.loaded.manual, shelf.loaded.documents).value
    overlays = sorted(shelf.loaded.overlays.values(), key=lambda overlay: (overlay.region, overlay.code))
    found = [one for one in countries.standings(shelf, overlays) if one.override.target == target]
    if not found and not target_fingerprint(nodes, target):
        known = [tree.identifier(node) for node in tree.identified(nodes)]
        raise WrongUse(
            f'there is no target "{target}" in the manual', nearest(target, known) or "look up the manual's ids"
        )
    result = {
        "target": target,
        "manual": countries.content_of(countries.homes(shelf), nodes, target, shelf),
        "countries": [
            {
                "country": one.country,
                "action": one.override.action.value,
                "state": one.state,
                "reason": one.override.reason,
                "text": one.ours,
                "path": one.place,
            }
            for one in found
        ],
    }
    if out:
        DiskFolder(root).write(out, page(result).encode("utf-8"))
    return result


def page(result: dict[str, Any]) -> str:
    """The comparison as an HTML page that needs nothing else."""
    articles = _article("The manual", "", result["manual"], "")
    for row in result["countries"]:
        articles += _article(f"{row['country']}: {row['action']}", row["reason"], row["text"], row["state"])
    return PAGE.format(target=html.escape(result["target"]), articles=articles)


def _article(title: str, reason: str, text: str, state: str) -> str:
    said = f"<p><em>{html.escape(reason)}</em> ({html.escape(state)})</p>\n" if state else ""
    return f'<article>\n<h2>{html.escape(title)}</h2>\n{said}<pre dir="auto">{html.escape(text)}</pre>\n</article>\n'
