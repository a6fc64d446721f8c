"""Begin the overlay of a country: files whose comments teach what goes into them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from babel import Locale

from livingmanual.adapters.disk import DiskFolder
from livingmanual.compose.position import nearest
from livingmanual.errors import WrongUse
from livingmanual.workflows.editions import open_draft

FOLDER = "manual/overlays/countries"

OVERLAY = """\
# What {name} lays over the manual. Changes of single sections and norms are files of their own in overrides/:
# begin one with `manual country override {code} TARGET`, where TARGET is an id such as sec-warning or N11.
country: {code}
# Regions whose overlays lie between the manual and this one, by their codes; known here: {regions}.
parents: []
# Languages of this country's edition; the first is that of `manual build {code}`. The manual has: {languages}.
languages: [{language}]
# The country's names, as they stand in sentences of each language ("the law of Kenya", "in Kenya").
names:
  {language}: {{short: {name}, official: {name}, of: of {name}, in: in {name}}}
# Words of this country for the manual's variables, such as {{{{committee}}}}; mark what nobody has confirmed yet:
# variables:
#   committee:
#     text: the National Committee for the Prevention of Genocide
#     status: to-confirm
# Files of the committee's own, in this folder, each with a title; their numbers are a series of their own ({code}-1):
# foreword: foreword.md
# chapters: [chapters/own.md]
# annexes: [annexes/forms.md]
# The arms on the cover; without the words and the licence nothing is built:
# arms:
#   picture: arms.svg
#   alt: What the arms show
#   licence: What permits their use, and where that is written
#   status: to-confirm
"""
PROFILE = """\
# Facts about {name} that the edition shows. Every value says how sure it is, where it comes from and when it was read.
# status: confirmed | draft | unknown | withheld | to-confirm (shown in drafts, stops a release). Unknown is not "no".
# Take the signs # off the lines that you fill in:
# identity:
#   short_name:
#     value: "{name}"
#     status: confirmed
#     source: "ISO 3166-1"
#     retrieved: {today}
"""
NORMS = """\
# What the committee of {name} answers to the manual's norms. A norm without an entry is unknown, which is not "no".
# Answers are never added up into a ranking. Put entries like this one in the place of the brackets below:
# - norm: N01
#   answer: partly                  yes | partly | no | not-applicable (only where the norm allows it)
#   evidence: "citation, link or file that shows the answer"
#   date: {today}                day of the answer
[]
"""
GUIDE = """\
Each Markdown file here is one change of the manual for {name}.

`manual country override {code} TARGET` begins one. The lines between `---` say what it changes:

- `target`: the id of a section, norm, table or figure;
- `action`: replace, prepend, append, insert-after, remove, not-applicable, or term (the words of a token);
- `reason`: why the country needs it; readers of the manual may see it;
- `test: changed`: only where a norm asks for something else than the manual's, and that is meant;
- `fingerprint` and `made_from`: the manual's text that the change was made from. The tool writes them.

`manual country status {code}` shows where the manual has changed since; `manual country refresh {code}` takes it over.
"""


def init(root: Path, code: str) -> dict[str, Any]:
    """Write the files of a new overlay; the keys of `manual country init --json`.

    Raises WrongUse for a code that is no country, and if there is an overlay already; then nothing is written.
    """
    code = code.upper()
    names = {str(key): str(name) for key, name in Locale("en").territories.items()}
    if len(code) != 2 or code not in names or code in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
        known = [key for key in names if len(key) == 2]
        raise WrongUse(
            f'"{code}" is not the code of a country (ISO 3166-1, two letters)',
            nearest(code, known) or "e.g. KE, CI, ZM",
        )
    shelf = open_draft(root)
    home = f"{FOLDER}/{code}"
    folder = DiskFolder(root)
    taken = folder.list(home)
    if code in shelf.loaded.overlays and f"{home}/overlay.yaml" not in taken and taken:
        taken = (*taken, shelf.loaded.overlays[code].path)
    if taken:
        raise WrongUse(f"{code} has an overlay already: {taken[0]}", "change that; nothing was written")
    regions = sorted(key for key, overlay in shelf.loaded.overlays.items() if overlay.region)
    words = {
        "code": code,
        "name": names[code],
        "language": shelf.loaded.manual.language,
        "languages": ", ".join(shelf.loaded.manual.languages),
        "regions": ", ".join(regions) or "none yet",
        "today": datetime.date.today().isoformat(),
    }
    files = {"overlay.yaml": OVERLAY, "profile.yaml": PROFILE, "norms.yaml": NORMS, "overrides/README.txt": GUIDE}
    for name, text in files.items():
        folder.write(f"{home}/{name}", text.format(**words).encode("utf-8"))
    return {"country": code, "name": names[code], "files": [f"{home}/{name}" for name in files]}
