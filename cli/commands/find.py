"""`orgmap find`: my bodies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.options import (
    At,
    Commands,
    Extra,
    Format,
    Kind,
    KnownOn,
    Shape,
    StoreUrl,
    chosen,
    day,
    included,
)
from orgmap.cli.kit.output import print_sources
from orgmap.cli.kit.session import answer
from orgmap.graphmodel.dates import days_of
from orgmap.graphmodel.store import Store


def find(
    place: Annotated[
        list[str],
        typer.Argument(
            help="A postcode, outcode, region, county, council or town (“Ashford, Spelthorne”), or a practice's code."
        ),
    ],
    at: At = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """My bodies: who commissions, plans, scrutinises and listens for a place on a day."""
    text, when, shown = " ".join(place), day(at), included(include, as_known_on)
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.place.bodies.of_kind import asked_for, of_kinds
        from orgmap.queries.place.find import find as query
        from orgmap.queries.place.months_and_years import find_essence, first_day

        asked = asked_for(opened, text, when, chosen(kind))

        def on(one: str) -> dict[str, Any]:
            answered = query(opened, asked, one, shown)
            return {**answered, "bodies": of_kinds(answered["bodies"], chosen(kind))}

        told.update(first_day(days_of(at), on, find_essence))
        told["query"] = text
        if form is Format.table:
            print(f"{told['place']['described']}, on {when}")
        return told

    columns = {
        "Role": lambda body: body["role"].replace("_", " "),
        "Body": lambda body: body["name"] or "(name not known)",
        "Id": lambda body: body["id"],
        "From": lambda body: body["valid_from"] or "not known",
        "Until": lambda body: body["valid_until"],
        "Share": lambda body: f"{body['share']:.0%} of {body['share_of']}" if "share" in body else "",
        "Basis": lambda body: body["basis"],
        "Status": lambda body: body.get("status"),
    }
    empty: dict[str, Any] = {"query": text, "at": when, "place": None, "bodies": [], "notes": []}
    if form is Format.table:
        columns["Until"] = lambda body: body["valid_until"] and f"{body['valid_until']} (not included)"
    answer(store, form, ask, columns, "bodies", empty)
    if form is Format.table:
        print_sources([source for body in told["bodies"] for source in body["sources"]])


COMMANDS: Commands = {"find": (find, {})}
