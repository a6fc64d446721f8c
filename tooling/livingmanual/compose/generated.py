"""Tables that the tool makes from what a country has written down: `::: {.generated of=profile}`.

The profile's table holds the values that are there, and says of each group what is not known. The norms' table holds
every norm of the manual with the committee's answer. Answers are shown as they were given: nothing is added up, and
no country is compared with another.

A table is an addition of its country, so it has the country's own series of numbers, and its text is made from a named
file, so a reviewer's change of it is shown to the committee instead of being written into the manual. Where there is
nothing to make a table from, what the div itself holds stays: a form to fill in, a sentence, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from livingmanual.compose.position import nearest, position_of
from livingmanual.compose.traits import traits
from livingmanual.model.diagnostic import Diagnostic, Outcome, error
from livingmanual.model.document import Document, Node
from livingmanual.model.profile import FIELDS, Answers, Known, Profile, Status, Value
from livingmanual.text import tree
from livingmanual.text.shared import Shared

KINDS = ("profile", "norms")
WORDED = ("flag", "form")
"""Kinds of field whose values are words of the tool and not of the country: `yes`, `federal`."""
Row = tuple[list[Node], ...]
"""The inlines of each cell."""


def insert(
    nodes: list[Node],
    known: Known,
    code: str,
    words: Mapping[str, str],
    documents: Mapping[str, Document],
    shared: Shared | None = None,
) -> Outcome[list[Node]]:
    """Put tables in place of the `.generated` divs of an edition; a div that asks for an unknown table is an error.

    `code` is the country whose table it is; the input stays as it is.
    """
    shared = shared or Shared()
    norms = sorted(
        tree.identifier(node)
        for block in nodes
        for node in traits(block, shared).identified
        if "norm" in tree.classes(node)
    )
    troubles: list[Diagnostic] = []

    def change(node: Node) -> list[Node]:
        if node["t"] != "Div" or not traits(node, shared).generated:
            return [node]
        if "generated" not in tree.classes(node):
            return [{**node, "c": [node["c"][0], [new for child in node["c"][1] for new in change(child)]]}]
        kind = tree.attribute(node, "of")
        if kind not in KINDS:
            hint = nearest(kind, KINDS) or f"known are: {', '.join(KINDS)}"
            message = f'there is no table "{kind}" that could be made here'
            troubles.append(error("generated-unknown", message, position_of(node, documents), hint))
        table = _table(kind, tree.identifier(node) or f"tbl-{kind}-{code.lower()}", known, norms, words)
        return _as_addition(table, code) if table else list(node["c"][1])

    return Outcome([new for node in nodes for new in change(node)], tuple(troubles))


def given(known: Known) -> bool:
    """True if a country has written down something that a table could be made from."""
    return bool(known.profile and known.profile.values) or bool(known.answers and known.answers.given)


def _as_addition(table: Node, code: str) -> list[Node]:
    attr = ["", ["override"], [["overlay", code], ["action", "generated"]]]
    return [{"t": "Div", "c": [attr, [table]]}]


def _table(kind: str, identity: str, known: Known, norms: list[str], words: Mapping[str, str]) -> Node | None:
    if kind == "profile" and known.profile and known.profile.values:
        rows = _profile_rows(known.profile, words)
        return _made(identity, known.profile.path, f"profile {known.profile.path}", words, kind, rows)
    if kind == "norms" and known.answers and any(answer.public for answer in known.answers.given):
        rows = _norm_rows(known.answers, norms, words)
        return _made(identity, known.answers.path, f"norms {known.answers.path}", words, kind, rows)
    return None


def shown(value: Value, words: Mapping[str, str]) -> str:
    """A value as it is printed in the edition's language; empty where there is nothing to print."""
    group, _, field = value.name.partition(".")
    if FIELDS[group][field] in WORDED:
        return words.get(f"value-{value.text}", value.text)
    return value.shown


def _profile_rows(profile: Profile, words: Mapping[str, str]) -> list[Row]:
    """A row for each value that is there, and one for each group that lacks some."""
    rows: list[Row] = []
    for group, fields in FIELDS.items():
        values = [profile.values[f"{group}.{field}"] for field in fields]
        first = words[f"profile-{group}"]
        for value in values:
            if value.shown or value.status in (Status.WITHHELD, Status.TO_CONFIRM):
                made = f"profile {value.name}"
                cells = [first, words[f"profile-{value.name}"], "", value.date, value.source]
                row = [tree.generated(cell, made) if cell else [] for cell in cells]
                row[2] = _shown(shown(value, words), value.status, made, words)
                rows.append(tuple(row))
                first = ""
        missing = [words[f"profile-{value.name}"] for value in values if value.status is Status.UNKNOWN]
        if missing:
            made = f"profile {group}"
            text = [first, words["comma"].join(missing), words["value-unknown"], "", ""]
            rows.append(tuple(tree.generated(cell, made) if cell else [] for cell in text))
    return rows


def _shown(text: str, status: Status, made: str, words: Mapping[str, str]) -> list[Node]:
    """A value with the mark of what is not settled."""
    if status is Status.WITHHELD:
        return tree.generated(words["value-withheld"], made)
    if status is not Status.TO_CONFIRM:
        return tree.generated(text, made)
    said = f"{text} ({words['value-to-confirm']})" if text else words["value-to-confirm"]
    return [{"t": "Span", "c": [["", ["to-confirm"], []], tree.generated(said, made)], "g": made}]


def _norm_rows(answers: Answers, norms: Iterable[str], words: Mapping[str, str]) -> list[Row]:
    given = {answer.norm: answer for answer in answers.given if answer.public}
    rows: list[Row] = []
    for norm in norms:
        answer, made = given.get(norm), f"norms {norm}"
        link = {"t": "Link", "c": [["", [], []], [], [f"#{norm}", ""]], "g": f"reference {norm}"}
        said = words[f"answer-{answer.answer}"] if answer else words["answer-none"]
        cells = [said, answer.evidence if answer else "", answer.date if answer else ""]
        rows.append(([link], *(tree.generated(cell, made) if cell else [] for cell in cells)))
    return rows


def _made(identity: str, path: str, made: str, words: Mapping[str, str], kind: str, rows: list[Row]) -> Node:
    """A table with a caption, in the div that holds tables with numbers."""
    columns = words[f"{kind}-columns"].split("|")
    caption = {"t": "Plain", "c": tree.generated(words[f"{kind}-caption"], made), "p": path}
    head = [tree.generated(column, made) for column in columns]
    table = {
        "t": "Table",
        "c": [
            ["", [], []],
            [None, [caption]],
            [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in columns],
            [["", [], []], [_row(head, path)]],
            [[["", [], []], 0, [], [_row(row, path) for row in rows]]],
            [["", [], []], []],
        ],
    }
    return {"t": "Div", "c": [[identity, ["table"], []], [table]]}


def _row(cells: Iterable[list[Node]], path: str) -> list[object]:
    made = [[["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell, "p": path}]] for cell in cells]
    return [["", [], []], made]
