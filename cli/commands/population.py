"""`orgmap population`, `prescribed`: how many people each body of a kind is for, and what its practices prescribed."""

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


_AMOUNTS: Columns = {
    "Items": lambda row: row["items"],
    "Ingredient cost": lambda row: row["ingredient_cost"],
    "Actual cost": lambda row: row["actual_cost"],
}
_PRESCRIBED_COLUMNS: Columns = {
    **{name: _COLUMNS[name] for name in ("Name", "Id", "ODS", "GSS")},
    **_AMOUNTS,
    "Practices": _COLUMNS["Practices"],
    "People": _COLUMNS["People"],
    "Items per 1000": lambda row: row["items_per_1000"],
    "Cost per 1000": lambda row: row["cost_per_1000"],
    "Without a list": lambda row: row["without_list"],
}
_RATES = ("People", "Items per 1000", "Cost per 1000", "Without a list")


def _amounts(amounts: dict[str, Any]) -> str:
    """Items and their costs in words."""
    costs = (
        f"net ingredient cost £{amounts['ingredient_cost']:,.2f}, actual cost £{amounts['actual_cost']:,.2f}"
    )
    return f"{amounts['items']:,} items, {costs}"


def _print_prescribed(answer: dict[str, Any]) -> None:
    pounds = {
        name: lambda row, get=get: None if get(row) is None else f"{get(row):.2f}"
        for name, get in _AMOUNTS.items()
        if name != "Items"
    }
    columns = {
        name: pounds.get(name, get)
        for name, get in _PRESCRIBED_COLUMNS.items()
        if name not in ("ODS", "GSS") and (answer["lists_of"] or name not in _RATES)
    }
    print_rows(columns, answer["rows"])
    print(f"counted: {answer['counted']}; costs in pounds")
    if answer["lists_of"]:
        print(f"per 1,000: patients registered on {answer['lists_of']}; of cost the actual one")
    apart = (
        ("elsewhere", "under none of these bodies", answer["elsewhere"]),
        ("not placed", "that no table has", answer["unknown"]),
    )
    for heading, whose, amounts in apart:
        if number := amounts["practices"]:
            practices = "practice" if number == 1 else "practices"
            print(f"{heading}: {number:,} {practices} {whose}: {_amounts(amounts)}")
    if answer["unidentified"]["items"]:
        print(f"not identified: prescribers under nobody: {_amounts(answer['unidentified'])}")
    print(f"in all: {_amounts(answer['total'])}")
    print_sources(answer["sources"])


@question(
    _PRESCRIBED_COLUMNS,
    lambda asked: {
        "kind": asked["kind"],
        "at": asked["at"],
        "bodies_of": asked["at"],
        **{key: None for key in ("month", "chapter", "counted", "lists_of")},
        **{key: None for key in ("elsewhere", "unidentified", "unknown", "total")},
        **{key: [] for key in ("rows", "sources", "notes")},
    },
    people=_print_prescribed,
)
def prescribed(
    kind: Annotated[str, typer.Argument(help="Kind of body, e.g. icb.")],
    at: At = "",
    chapter: Annotated[
        str,
        typer.Option(
            "--chapter", metavar="CHAPTER", help="Only this chapter of the BNF, by number or name: 04, skin."
        ),
    ] = "",
) -> None:
    """What the practices under each body of a kind prescribed in a month, and what it cost.

    It comes from a published table of that month that you load (orgmap load EPD_202404.zip). With a table of registered
    patients of the same month, it is told per 1,000 patients, too.
    """


COMMANDS: Commands = {"population": population, "prescribed": prescribed}
