"""`orgmap stated`: what the documents of the time stated, planned or left open."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.options import Commands, Format, KnownOn, Shape, StoreUrl, included
from orgmap.cli.kit.output import Columns, print_sources
from orgmap.cli.kit.session import answer
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.store import Store

_COLUMNS: Columns = {
    "Id": lambda one: one["id"],
    "Topic": lambda one: one["topic"],
    "Status": lambda one: one["status"],
    "Statement": lambda one: one["text"],
    "From": lambda one: one.get("valid_from"),
    "Until": lambda one: one.get("valid_until"),
    "Due": lambda one: one.get("due"),
    "Value": lambda one: one.get("value"),
    "Unit": lambda one: one.get("unit"),
    "Stated on": lambda one: one.get("stated_on"),
    "Document": lambda one: one["document"],
    "Line": lambda one: " | ".join(source["locator"] or "" for source in one.get("sources", [])),
    "Note": lambda one: one.get("note"),
}

_COUNTED: Columns = {"Value": lambda row: row["value"], "Number": lambda row: row["number"]}
"""What `--count-by` gives a spreadsheet."""


def stated(
    text: Annotated[
        list[str] | None, typer.Argument(help="A question or its words. Leave it out to list all.")
    ] = None,
    document: Annotated[
        str, typer.Option("--in", metavar="DOC", help="Only this document: 000, 001 … or its title.")
    ] = "",
    about: Annotated[
        str, typer.Option("--about", metavar="BODY", help="Only on this body, kind of body or service.")
    ] = "",
    topic: Annotated[
        str,
        typer.Option("--topic", metavar="T", help="Only this: service, date, rule, milestone, not_stated …"),
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="FIELD=VALUE",
            help="Only these, e.g. subject=pctc, part='Q2 2012/13', series='Annex 1', due=2012-09; may be repeated.",
        ),
    ] = None,
    count_by: Annotated[
        str,
        typer.Option("--count-by", metavar="FIELD", help="Count by a field: about, part, series, topic …"),
    ] = "",
    known_on: KnownOn = "",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many to show; with --count-by all are counted.")
    ] = None,
    form: Shape = Format.table,
    store: StoreUrl = "",
) -> None:
    """What the documents of 2011, 2012 and 2019 state: plans as plans, with the line that says so.

    Exit code 1 says that the documents do not state it: no words of theirs are near, or they leave it open.
    """
    if count_by and limit is not None:
        raise WrongUse("--count-by counts all that is found: leave out --limit.")
    words = " ".join(text or [])
    pairs = [_pair(one) for one in where or []]
    day = included(None, known_on).as_known_on
    told: dict[str, Any] = {}
    counted = bool(count_by) and form in (Format.csv, Format.ndjson)

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.documents.statements import stated as query

        told.update(
            query(
                opened,
                words,
                document=document or None,
                about=about or None,
                topic=topic or None,
                where=pairs,
                as_known_on=day,
                count_by=count_by or None,
                limit=limit,
            )
        )
        if counted:
            told["counted"] = [{"value": value, "number": number} for value, number in told["counts"].items()]
        return told

    empty: dict[str, Any] = {"query": words, "stated": False, "statements": [], "notes": []}
    columns = _COUNTED if counted else {} if form is Format.table else _COLUMNS
    answer(store, form, ask, columns, "counted" if counted else "statements", empty)
    if form is Format.table:
        _print(told)
    if not told["stated"]:
        raise NothingFound("Not stated in the documents.")


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise WrongUse(
            f"“{text}” is not a condition. Write a field and its value: --where part='Q2 2012/13'."
        )
    return field.strip().replace("-", "_"), value.strip()


def _print(told: dict[str, Any]) -> None:
    """The answer for people: a sentence a statement, and below it what kind it is and the line."""
    for value, number in told.get("counts", {}).items():
        print(f"{number:>5}  {value}")
    if "counts" in told:
        print(f"{len(told['statements']):>5}  in all")
    else:
        for one in told["statements"]:
            status = "" if one["status"] == "in_force" else f"{one['status']}; "
            print(one["text"])
            kind = one["topic"].replace("_", " ")
            print(f"    {status}{kind}; said {one['stated_on']}; {_line(one)}  [{one['id']}]")
            if note := one.get("note"):
                print(f"    {note}")
    print_sources([source for one in told["statements"] for source in one.get("sources", [])])


def _line(one: dict[str, Any]) -> str:
    """Where it stands: each document with its line."""
    sources = zip(one["document"].split(), one.get("sources", []), strict=False)
    return "; ".join(f"document {number}, {source['locator']}" for number, source in sources)


COMMANDS: Commands = {"stated": (stated, {})}
