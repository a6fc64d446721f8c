"""Consultation rounds: open one, list them.

Opening a round ties it to a revision and gives that revision a tag, so that the text which reviewers saw can be made
again however far the manual has moved on, in rebased and shallow clones too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from livingmanual.adapters.disk import DiskFolder
from livingmanual.adapters.git import Repository
from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.source.read import read_mapping
from livingmanual.workflows import reviews
from livingmanual.workflows.reviews import REVIEWS

ROUND = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Round:
    """A consultation; the keys of `manual round list --json`."""

    round: str
    opens: str
    """ISO 8601 date; empty if the file gives none."""
    closes: str
    revision: str
    """40 hexadecimal digits: the revision that the round is about."""
    submissions: int
    remarks: int
    undecided: int
    """Remarks without a disposition."""
    path: str


def open_round(root: Path, name: str, opens: str = "", closes: str = "", revision: str = "HEAD") -> Round:
    """Make reviews/NAME/round.yaml, tag the revision `round/NAME`, commit the file.

    `opens` is today if it is not given. Raises WrongUse for a name that is taken or does not fit, dates in the wrong
    order, an unknown revision, or a git that does not know who commits.
    """
    if not ROUND.fullmatch(name):
        raise WrongUse(
            f'"{name}" cannot name a round: it becomes a folder and a tag',
            "use small letters, digits and hyphens: 2026-first-consultation",
        )
    opens = opens or datetime.now(UTC).date().isoformat()
    if closes and date.fromisoformat(closes) < date.fromisoformat(opens):
        raise WrongUse(f"the round would close ({closes}) before it opens ({opens})", "mend one of the dates")
    path = f"{REVIEWS}/{name}/round.yaml"
    folder, repository = DiskFolder(root), Repository(root)
    if folder.read(path) is not None:
        raise WrongUse(f'the round "{name}" is there already', "choose another name, or see `manual round list`")
    sha = repository.revision(revision).sha
    person = repository.user()
    repository.tag(f"round/{name}", sha)
    folder.write(path, _file(name, opens, closes, sha))
    try:
        repository.commit(
            [path], f"review({name}): open the round\n\nIt is about {sha}, which the tag round/{name} names.", person
        )
    except BaseException:
        folder.remove(path)
        raise
    return Round(name, opens, closes, sha, 0, 0, 0, path)


def _file(name: str, opens: str, closes: str, sha: str) -> bytes:
    """The text of round.yaml; dates are written as YAML's dates."""
    last = {"closes": date.fromisoformat(closes)} if closes else {}
    settings = {
        "format": 1,
        "round": name,
        "opens": date.fromisoformat(opens),
        **last,
        "revision": sha,
        "tag": f"round/{name}",
    }
    return reviews.yaml_bytes(
        settings, "A consultation round. The dates are for people; the revision is what reviewers read."
    )


def rounds(root: Path) -> tuple[Round, ...]:
    """Every round, by name; raises ContentProblem with file and line if one of its files cannot be read."""
    folder = DiskFolder(root)
    paths = [path for path in folder.list(REVIEWS) if path.count("/") == 2 and path.endswith("/round.yaml")]
    return tuple(_round(folder, path) for path in paths)


def _round(folder: DiskFolder, path: str) -> Round:
    settings, troubles = read_mapping(path, (folder.read(path) or b"").decode("utf-8", "replace"))
    if troubles:
        raise ContentProblem("\n".join(str(trouble) for trouble in troubles))
    name = path.split("/")[1]
    submissions = tuple(reviews.submissions(folder, name))
    remarks = [(submission, remark.id) for submission in submissions for remark in submission.remarks]
    undecided = sum(not submission.dispositions.get(id_, {}).get("disposition") for submission, id_ in remarks)
    said = {key: str(settings.get(key) or "") for key in ("opens", "closes", "revision")}
    return Round(name, said["opens"], said["closes"], said["revision"], len(submissions), len(remarks), undecided, path)


def as_json(found: Iterable[Round]) -> list[dict[str, Any]]:
    """As `manual round list --json` prints it."""
    return [asdict(one) for one in found]
