"""`orgmap diff --tables OLD NEW`: what another edition of the tables tells otherwise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from orgmap.cli.kit.options import Format
from orgmap.cli.kit.output import Columns, print_rows, write
from orgmap.cli.kit.refusals import is_given
from orgmap.graphmodel.errors import NothingFound, WrongUse

_MANY = 40
_TOLD = ("status", "valid_from", "valid_until", "date", "day", "planned_for", "text", "name")
"""Columns told to people; --format has all."""


def _cells(row: dict[str, Any], side: str) -> str:
    shown = [one for one in _TOLD if one in row["columns"]] or list(row["columns"])[:2]
    return "; ".join(f"{one}: {row['columns'][one][side] or '–'}" for one in shown)


_COLUMNS: Columns = {
    "Change": lambda row: row["change"],
    "Table": lambda row: row["table"],
    "Id": lambda row: row["id"],
    "Fact": lambda row: row["name"],
    "Was": lambda row: "" if row["change"] == "added" else _cells(row, "was"),
    "Is": lambda row: "" if row["change"] == "gone" else _cells(row, "is"),
    "Source": lambda row: " ".join(row["source"]),
}


def print_tables_apart(ctx: Any, old: str, new: str) -> None:
    """Prints the facts that differ between two folders of tables. Raises `NothingFound` where none does."""
    from orgmap.loaders.apart import ORDER, tables_apart

    if other := [name for name in _NOT_WITH if name in ctx.params and is_given(ctx, name)]:
        raise WrongUse(f"--tables compares two folders whole: leave out --{other[0].replace('_', '-')}.")
    form = Format(ctx.params["form"].value)
    found = [one.to_json() for one in tables_apart(Path(old), Path(new))]
    counts = Counter(row["change"] for row in found)
    counted = {change: counts[change] for change in ORDER}
    if form is Format.json:
        write({"old": old, "new": new, "counts": counted, "changes": found}, form, _COLUMNS)
    elif form is not Format.table:
        write(found, form, _COLUMNS)
    if not found:
        raise NothingFound("The two folders tell the same.")
    if form is Format.table:
        _print_for_people(found, counted)


def _print_for_people(found: list[dict[str, Any]], counted: dict[str, int]) -> None:
    print(", ".join(f"{change}: {many:,}" for change, many in counted.items()))
    shown = [row for change in counted for row in [one for one in found if one["change"] == change][:_MANY]]
    people: Columns = {name: get for name, get in _COLUMNS.items() if name not in ("Id", "Source")}
    print_rows(people, shown)
    if more := len(found) - len(shown):
        print(f"… and {more:,} more; --format csv gives all, with their sources")


_NOT_WITH = ("within", "kind", "include", "store", "as_known_on", "at")
