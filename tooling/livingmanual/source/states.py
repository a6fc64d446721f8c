"""Read the tables of member States: tab-separated, the first line names the columns."""

from __future__ import annotations

from livingmanual.model.states import TREATIES, Forms, State


def read_states(states: str, treaties: str, names: str) -> dict[str, State]:
    """The States by code, in the order of the first table, from the texts of the three tables.

    Raises KeyError if a table lacks a column or a row, because the tables are ours.
    """
    forms: dict[str, dict[str, Forms]] = {}
    for row in _rows(names):
        one = Forms(row["name"], row["short"] or row["name"], row["of"], row["in"])
        forms.setdefault(row["iso2"], {})[row["language"]] = one
    rights = {row["iso2"]: row for row in _rows(treaties)}
    return {row["iso2"]: _state(row, rights[row["iso2"]], forms[row["iso2"]]) for row in _rows(states)}


def _rows(table: str) -> list[dict[str, str]]:
    head, *lines = (line.split("\t") for line in table.splitlines())
    return [dict(zip(head, [*line, *[""] * (len(head) - len(line))], strict=True)) for line in lines]


def _state(row: dict[str, str], rights: dict[str, str], names: dict[str, Forms]) -> State:
    languages = row["official_au_langs"] or row["suggested_drafting_lang"]
    said = {**rights, "genocide-convention": row["genocide_convention"], "rome-statute": row["rome_statute"]}
    treaties = {treaty: _party(said[treaty]) for treaty in TREATIES}
    return State(
        row["iso2"],
        row["au_region"].lower(),
        tuple(code.strip() for code in languages.split(",") if code.strip()),
        row["icglr"] == "yes",
        treaties,
        names,
    )


def _party(status: str) -> bool | None:
    """A year or `yes` is a party; `signed`, `withdrawn` and `no` are none; a blank or `n/a` is unknown."""
    if status in ("", "n/a"):
        return None
    return status == "yes" or status.isdigit()
