"""`orgmap population`: how many people each body of a kind is for."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.options import At, Commands
from orgmap.cli.kit.output import Columns, print_rows, print_sources
from orgmap.cli.kit.question import question

_COLUMNS: Columns = {
    "Name": lambda row: row["name"],
    "Id": lambda row: row["id"],
    "ODS": lambda row: row["codes"].get("ods"),
    "GSS": lambda row: row["codes"].get("gss"),
    "People": lambda row: row["people"],
    "Share": lambda row: row["share"],
    "Practices": lambda row: row["practices"],
    "Without a count": lambda row: row["without_count"],
}


def _print(answer: dict[str, Any]) -> None:
    of_lists = answer["elsewhere"] is not None
    columns = {
        name: get
        for name, get in _COLUMNS.items()
        if name not in ("ODS", "GSS") and (of_lists or name not in ("Practices", "Without a count"))
    }
    print_rows(columns, answer["rows"])
    divided = ", ".join(filter(None, (answer["sex"], answer["ages"] and f"aged {answer['ages']}")))
    print(f"counted: {answer['counted']}{f' ({divided})' if divided else ''}")
    if (elsewhere := answer["elsewhere"]) and elsewhere["practices"]:
        practices, people = elsewhere["practices"], elsewhere["people"]
        lists = "list is" if practices == 1 else "lists are"
        print(f"elsewhere: {practices:,} {lists} under none of these bodies, with {people:,.10g} people")
    print_sources(answer["sources"])


@question(
    _COLUMNS,
    lambda asked: {
        "kind": asked["kind"],
        "at": asked["at"],
        "bodies_of": asked["at"],
        "basis": asked["basis"],
        **{key: None for key in ("counted", "sex", "ages", "elsewhere")},
        **{key: [] for key in ("rows", "sources", "notes")},
    },
    people=_print,
)
def population(
    kind: Annotated[str, typer.Argument(help="Kind of body, e.g. icb.")],
    basis: Annotated[
        str,
        typer.Option(
            "--basis", help="resident: who lives there; registered: who is on the practices' lists."
        ),
    ] = "resident",
    at: At = "",
    sex: Annotated[str, typer.Option("--sex", help="Of registered patients only female or male.")] = "",
    ages: Annotated[
        str, typer.Option("--ages", metavar="AGES", help="Of registered patients only these: 0-17, 65+, 42.")
    ] = "",
) -> None:
    """How many people each body of a kind is for, by residence or by the lists of its practices.

    Residents are those of mid-2020. Lists come from a published table that you load (orgmap load); of its months the
    day's counts, or the last one before it.
    """


COMMANDS: Commands = {"population": population}
