"""Rounds and submissions as files: what lies under `reviews/`, read and written.

`reviews/<round>/round.yaml` says what the round is about; `reviews/<round>/<submission>/` holds `submission.yaml`,
`remarks.jsonl` (machine facts, never changed), `dispositions.yaml` (what people decided) and the original file, unless
it was given under an alias.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML

from livingmanual.adapters.disk import DiskFolder
from livingmanual.errors import ContentProblem, WrongUse
from livingmanual.model.remark import Remark
from livingmanual.source.read import read_mapping

REVIEWS = "reviews"
PRIVATE = f"{REVIEWS}/.private"
"""Files of reviewers who gave an alias; git never sees this folder."""
ORIGINAL = "original.docx"


@dataclass(frozen=True)
class Submission:
    """One submission as it lies on disk."""

    folder: str
    """`reviews/<round>/<name>`."""
    head: Mapping[str, Any]
    """`submission.yaml`."""
    remarks: tuple[Remark, ...]
    dispositions: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """Remark id -> `disposition`, `reason`, and what else people wrote."""

    @property
    def name(self) -> str:
        """Its own name inside the round."""
        return self.folder.rsplit("/", 1)[-1]

    @property
    def round(self) -> str:
        """The round's name."""
        return self.folder.split("/")[1]

    @property
    def revision(self) -> str:
        """The revision of the edition that was reviewed."""
        return str(self.head["edition"]["revision"])

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Remark id -> its place in the file."""
        return {remark.id: rank for rank, remark in enumerate(self.remarks)}


def round_file(name: str) -> str:
    """Path of a round's settings."""
    return f"{REVIEWS}/{name}/round.yaml"


def need_round(folder: DiskFolder, name: str) -> None:
    """Raise WrongUse if the round was never opened."""
    if folder.read(round_file(name)) is None:
        raise WrongUse(f'there is no round "{name}"', f"open it: manual round open {name}")


def submissions(folder: DiskFolder, round_name: str | None = None) -> Iterator[Submission]:
    """Every submission of a round, or of all rounds, in the order of their folders."""
    for path in folder.list(REVIEWS):
        parts = path.split("/")
        if len(parts) == 4 and parts[3] == "submission.yaml" and (round_name is None or parts[1] == round_name):
            yield read_submission(folder, "/".join(parts[:3]))


def read_submission(folder: DiskFolder, path: str) -> Submission:
    """Read one submission; raises ContentProblem with file and line where a file is damaged."""
    head = _mapping(folder, f"{path}/submission.yaml")
    found = _mapping(folder, f"{path}/dispositions.yaml").get("dispositions") or {}
    return Submission(
        path, head, tuple(_remarks(folder, f"{path}/remarks.jsonl")), {str(k): dict(v) for k, v in found.items()}
    )


def _mapping(folder: DiskFolder, path: str) -> dict[str, Any]:
    data = folder.read(path)
    value, troubles = read_mapping(path, data.decode("utf-8", "replace") if data else "")
    if troubles:
        raise ContentProblem("\n".join(str(trouble) for trouble in troubles))
    return value


def _remarks(folder: DiskFolder, path: str) -> Iterator[Remark]:
    data = folder.read(path) or b""
    for number, line in enumerate(data.decode("utf-8").splitlines(), 1):
        try:
            yield Remark.from_json(json.loads(line))
        except (ValueError, KeyError, TypeError) as trouble:
            raise ContentProblem(
                f"{path}:{number}: this record cannot be read: {trouble}",
                "restore the file from git; remarks are never edited by hand",
            ) from trouble


def yaml_bytes(value: Any, comment: str = "") -> bytes:
    """YAML text that people can edit, with a comment line at its head."""
    yaml = YAML()
    yaml.width = 110
    yaml.allow_unicode = True
    out = io.StringIO()
    if comment:
        out.write("".join(f"# {line}\n" for line in comment.splitlines()))
    yaml.dump(value, out)
    return out.getvalue().encode()


def write_dispositions(folder: DiskFolder, submission: Submission, new: Mapping[str, dict[str, Any] | None]) -> None:
    """Set (or with None take away) what was decided on some remarks, on disk."""
    folder.write(*dispositions(folder, submission, new))


def dispositions(
    folder: DiskFolder, submission: Submission, new: Mapping[str, dict[str, Any] | None]
) -> tuple[str, bytes]:
    """Path and new bytes of a submission's decisions; comments that people wrote in the file stay."""
    path = f"{submission.folder}/dispositions.yaml"
    yaml = YAML()
    yaml.width = 110
    data = folder.read(path)
    document = yaml.load(data.decode()) if data else None
    if document is None:
        document = yaml.load(HEAD)
    if document.get("dispositions") is None:
        document["dispositions"] = {}
    for name, value in new.items():
        if value is None:
            document["dispositions"].pop(name, None)
        else:
            document["dispositions"][name] = value
    out = io.StringIO()
    yaml.dump(document, out)
    return path, out.getvalue().encode()


HEAD = """\
# What the task group decided on this submission's remarks; edit by hand or with `manual review decide`.
# disposition: accepted, accepted-with-change, rejected, noted, duplicate or deferred; give a reason.
format: 1
dispositions: {}
"""
