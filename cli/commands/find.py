"""`orgmap find`: my bodies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.commands.bodies import status_cell
from orgmap.cli.kit.options import At, Commands, Kind
from orgmap.cli.kit.output import Columns, print_rows, print_sources
from orgmap.cli.kit.question import question

_COLUMNS: Columns = {
    "Role": lambda body: body["role"].replace("_", " "),
    "Body": lambda body: body["name"] or "(name not known)",
    "Id": lambda body: body["id"],
    "From": lambda body: body["valid_from"] or "not known",
    "Until": lambda body: body["valid_until"],
    "Share": lambda body: f"{body['share']:.0%} of {body['share_of']}" if "share" in body else "",
    "Basis": lambda body: body["basis"],
    "Status": lambda body: status_cell(body) or None,
}


def _print(answer: dict[str, Any]) -> None:
    until = {"Until": lambda body: body["valid_until"] and f"{body['valid_until']} (not included)"}
    print_rows({**_COLUMNS, **until}, answer["bodies"])
    print_sources([source for body in answer["bodies"] for source in body["sources"]])


@question(
    _COLUMNS,
    lambda asked: {"query": asked["place"], "at": asked["at"], "place": None, "bodies": [], "notes": []},
    heading=lambda answer, _: answer.title,
    people=_print,
)
def find(
    place: Annotated[
        list[str],
        typer.Argument(
            help="A postcode, outcode, region, county, council or town (“Ashford, Spelthorne”), or a practice's code."
        ),
    ],
    at: At = "",
    kind: Kind = "",
) -> None:
    """My bodies: who commissions, plans, scrutinises and listens for a place on a day."""


COMMANDS: Commands = {"find": find}
