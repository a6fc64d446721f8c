"""Read `profile.yaml` and `norms.yaml`: what a country says about itself, each value with its status.

The schema is a table of groups, fields and kinds; types for msgspec, the JSON Schema for editors and the order of the
printed table all come from it. What does not fit is reported with the line of the key.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

import msgspec
from msgspec import Meta, Struct
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from livingmanual.model.diagnostic import Diagnostic, Outcome, Position, error
from livingmanual.model.profile import FIELDS, STANDINGS, Answer, Answered, Answers, Profile, Status, Value, is_party

T = TypeVar("T")
Day = Annotated[str, Meta(pattern=r"^\d{4}(-\d\d){0,2}$", description="A day, a month or a year: 2027-01-31.")]


class Entry(Struct, Generic[T], forbid_unknown_fields=True):
    """One value with what is known of it."""

    value: T | None = None
    status: Status = Status.UNKNOWN
    unit: str = ""
    date: Day | int = ""
    """What the value is about: a day, a month or a year."""
    source: str = ""
    source_url_or_citation: str = ""
    retrieved: Day | None = None
    note: str = ""


class Law(Struct, forbid_unknown_fields=True):
    """A law that others may use as an example."""

    title: str
    citation: str = ""
    language: str = ""
    topic: str = ""
    licence_or_contact: str = ""
    why_useful: str = ""


class Contributor(Struct, forbid_unknown_fields=True):
    """An institution that took part."""

    institution: str
    type: str = ""
    date: Day | None = None
    consent_to_name: bool = False


KINDS: dict[str, Any] = {
    "text": str,
    "number": int | float,
    "flag": bool,
    "list": list[str],
    "standing": int | str,
    "form": Literal["unitary", "federal", "union", "decentralised"],
    "laws": list[Law],
    "contributors": list[Contributor],
}
"""What a field holds. A `standing` is the year of becoming a party, or words such as `signed`."""

LISTS = {"laws_to_share": "laws", "contributors": "contributors"}
"""What stands beside the groups: one entry each."""


def _entry(kind: str) -> Any:
    """The type of an entry that holds this kind of value."""
    return cast(Any, Entry)[KINDS[kind]]


def _group(name: str, fields: Mapping[str, str]) -> Any:
    made: list[tuple[str, Any, Any]] = [
        (field, _entry(kind), msgspec.field(default_factory=Entry)) for field, kind in fields.items()
    ]
    return msgspec.defstruct(name.title().replace("_", ""), made, forbid_unknown_fields=True)


GROUPS = {name: _group(name, fields) for name, fields in FIELDS.items()}
ProfileFile = msgspec.defstruct(
    "ProfileFile",
    [
        *((name, kind, msgspec.field(default_factory=kind)) for name, kind in GROUPS.items()),
        *((name, _entry(kind), msgspec.field(default_factory=Entry)) for name, kind in LISTS.items()),
    ],
    forbid_unknown_fields=True,
)
"""`profile.yaml` as people write it."""


class NormEntry(Struct, forbid_unknown_fields=True):
    """One answer of `norms.yaml`."""

    norm: str
    answer: Answered
    evidence: str = ""
    note: str = ""
    date: Day | None = None
    source: str = ""
    answered_by: str = ""
    public: bool = True


FILES: dict[str, Any] = {"profile": ProfileFile, "norms": list[NormEntry]}
"""The files whose JSON Schemas lie in tooling/docs/schemas/, for editors that check while people write."""


def file_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of `profile.yaml` or `norms.yaml`."""
    title = f"{name}.yaml of a country"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **msgspec.json.schema(FILES[name]),
    }


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the most similar known name; empty if none is similar."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'did you mean "{found[0]}"?' if found else ""


def read_profile(path: str, text: str) -> Outcome[Profile | None]:
    """Read a `profile.yaml`; None with diagnostics if it does not fit the schema."""
    root, value, troubles = _load(path, text)
    if troubles or root is None:
        return Outcome(None if troubles else Profile(path, {}), troubles)
    try:
        file = msgspec.convert(value, ProfileFile)
    except msgspec.ValidationError as trouble:
        return Outcome(None, (_misfit(path, root, trouble, value),))
    values, found = dict[str, Value](), list[Diagnostic]()
    for group, fields in FIELDS.items():
        for field in fields:
            entry = getattr(getattr(file, group), field)
            line = _line(root, [group, field])
            one = _value(f"{group}.{field}", entry, line)
            values[one.name] = one
            wrong = _contradiction(one, entry)
            if wrong:
                found.append(error("profile-wrong", wrong[0], Position(path, line), wrong[1]))
    return Outcome(Profile(path, values), tuple(found))


def _value(name: str, entry: Entry[Any], line: int) -> Value:
    shown = entry.value is not None and entry.status not in (Status.UNKNOWN, Status.WITHHELD)
    text = _printed(entry.value) if shown else ""
    return Value(name, text, entry.status, entry.unit, str(entry.date or ""), entry.source, line)


def _printed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return str(value).strip()


def _contradiction(value: Value, entry: Entry[Any]) -> tuple[str, str] | None:
    """Message and hint where value and status do not go together."""
    if entry.value is not None and value.status is Status.UNKNOWN:
        return f'"{value.name}" has a value, but its status is "unknown"', "say how sure it is: draft or to-confirm"
    if entry.value is None and value.status in (Status.CONFIRMED, Status.DRAFT):
        return f'"{value.name}" has the status "{value.status}", but no value', "write `status: unknown`"
    group, _, field = value.name.partition(".")
    if (
        group == "standards"
        and field in STANDINGS
        and value.status is Status.CONFIRMED
        and is_party(value.text) is None
    ):
        message = f'whether the State is a party cannot be read from the value of "{value.name}", "{value.text}"'
        return message, "write the year of becoming a party, or: party, signed, not a party, withdrawn"
    if value.text and not entry.source and not entry.source_url_or_citation:
        return f'"{value.name}" has a value without a source', "name the source: `source: …`"
    return None


def read_answers(path: str, text: str, country: str, norms: tuple[str, ...]) -> Outcome[Answers]:
    """Read a `norms.yaml` against the manual's norms; entries that do not fit are left out and reported."""
    root, value, troubles = _load(path, text)
    if troubles or value is None:
        return Outcome(Answers(path, ()), troubles)
    if not isinstance(value, list) or not isinstance(root, SequenceNode):
        hint = "begin each with `- norm: N01`"
        return Outcome(
            Answers(path, ()), (error("answer-wrong", "expected a list of answers", Position(path, 1), hint),)
        )
    given, found, seen = list[Answer](), list[Diagnostic](), dict[str, int]()
    for node, item in zip(root.value, value, strict=True):
        outcome = _answer(path, node, item, country, norms)
        found += outcome.diagnostics
        one = outcome.value
        if one is not None and one.norm in seen:
            message = f"norm {one.norm} is answered twice, first in line {seen[one.norm]}"
            found.append(error("answer-wrong", message, Position(path, _at(node)), "keep one of the two"))
        elif one is not None:
            seen[one.norm] = _at(node)
            given.append(one)
    return Outcome(Answers(path, tuple(given)), tuple(found))


def _answer(path: str, node: Node, item: object, country: str, norms: tuple[str, ...]) -> Outcome[Answer | None]:
    if isinstance(item, dict) and isinstance(item.get("answer"), bool):  # YAML 1.1 and people read yes and no so
        item = {**item, "answer": "yes" if item["answer"] else "no"}
    if isinstance(item, dict) and item.get("norm") not in norms:
        said = item.get("norm")
        range_ = f"the norms run from {norms[0]} to {norms[-1]}" if norms else "the manual has no norms"
        at = Position(path, _at(node))
        wrong = error(
            "answer-wrong", f'there is no norm "{said}" in the manual', at, nearest(str(said), norms) or range_
        )
        return Outcome(None, (wrong,))
    try:
        entry = msgspec.convert(item, NormEntry)
    except msgspec.ValidationError as trouble:
        return Outcome(None, (_misfit(path, node, trouble, item),))
    return Outcome(
        Answer(entry.norm, country, entry.answer, entry.date or "", entry.evidence, entry.source, entry.public)
    )


def _load(path: str, text: str) -> tuple[Node | None, Any, tuple[Diagnostic, ...]]:
    """The nodes, which know their lines, and the plain value with days as text; or what is wrong with the YAML."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        value = YAML(typ="safe", pure=True).load(text)
    except (MarkedYAMLError, ValueError) as trouble:
        mark = getattr(trouble, "problem_mark", None) or getattr(trouble, "context_mark", None)
        at = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path)
        said = getattr(trouble, "problem", None) or getattr(trouble, "context", None) or trouble
        hint = "check the indentation and quote values that contain a colon"
        return None, None, (error("yaml-malformed", f"this is not valid YAML: {said}", at, hint),)
    return root, _plain(value), ()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _misfit(path: str, root: Node, trouble: msgspec.ValidationError, value: object) -> Diagnostic:
    """A message of msgspec with the line of the key that it names, and what may stand there."""
    said, _, place = str(trouble).partition(" - at `$")
    keys = re.findall(r"\w+", place)
    unknown = re.search(r"unknown field `(\w+)`", said)
    if unknown:
        keys.append(unknown.group(1))
    line = _line(root, keys)
    name = ".".join(keys)
    if unknown:
        known = FIELDS.get(keys[-2], {}) if len(keys) > 1 else {**FIELDS, **LISTS}
        hint = nearest(keys[-1], known) or f"known are: {', '.join(known) or ', '.join(Entry.__struct_fields__)}"
        return error("settings-wrong", f'"{name}" is not in the schema', Position(path, line), hint)
    choices = {"status": Status, "answer": Answered}.get(keys[-1] if keys else "")
    hint = f"write one of: {', '.join(choices)}" if choices else "correct the value"
    inside = f' in "{name}"' if name else ""
    words = said[:1].lower() + said[1:].replace("`", '"')
    return error("settings-wrong", f"{words}{inside}", Position(path, line), hint)


def _line(root: Node, keys: list[str]) -> int:
    """The line of the deepest of these keys that is there, from 1."""
    line, node = _at(root), root
    for key in keys:
        pair = next((p for p in node.value if p[0].value == key), None) if isinstance(node, MappingNode) else None
        if pair is None:
            return line
        line, node = _at(pair[0]), pair[1]
    return line


def _at(node: Node) -> int:
    return int(node.start_mark.line) + 1
