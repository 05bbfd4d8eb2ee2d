"""`orgmap stated`: what the documents of the time stated, planned or left open."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import Commands
from orgmap.cli.kit.output import Columns, print_sources
from orgmap.cli.kit.question import question
from orgmap.cli.kit.record_words import record_lines
from orgmap.graphmodel.errors import NothingFound, WrongUse

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


def _rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What `--count-by` counted, or the statements."""
    if "counts" in answer:
        return [{"value": value, "number": number} for value, number in answer["counts"].items()]
    rows: list[dict[str, Any]] = answer["statements"]
    return rows


def _pairs(conditions: list[str] | None) -> list[tuple[str, str]]:
    return [_pair(one) for one in conditions or []]


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not value.strip():
        raise WrongUse(
            f"“{text}” is not a condition. Write a field and its value: --where part='Q2 2012/13'."
        )
    return field.strip().replace("-", "_"), value.strip()


def _print(answer: dict[str, Any]) -> None:
    """The answer for people: the record; then a sentence a statement, and below it what kind it is and the line."""
    if record := answer.get("record"):
        for line in record_lines(record):
            print(in_a_cell(line))
        print()
    for value, number in answer.get("counts", {}).items():
        print(f"{number:>5}  {value}")
    if "counts" in answer:
        print(f"{len(answer['statements']):>5}  in all")
    else:
        for one in answer["statements"]:
            status = "" if one["status"] == "in_force" else f"{one['status']}; "
            print(one["text"])
            kind = one["topic"].replace("_", " ")
            print(f"    {status}{kind}; said {one['stated_on']}; {_line(one)}  [{one['id']}]")
            if note := one.get("note"):
                print(f"    {note}")
    print_sources([source for one in answer["statements"] for source in one.get("sources", [])])


def _line(statement: dict[str, Any]) -> str:
    """Where it stands: each document with its line."""
    sources = zip(statement["document"].split(), statement.get("sources", []), strict=False)
    return "; ".join(f"document {number}, {source['locator']}" for number, source in sources)


def _refuse_unless_stated(answer: dict[str, Any]) -> None:
    if not answer["stated"]:
        record = answer.get("record")
        if record and record["verdict"] == "nothing_near":
            raise NothingFound("Nothing in the documents is near this question.")
        raise NothingFound("Not stated in the documents.")


@question(
    lambda asked: _COUNTED if "count_by" in asked else _COLUMNS,
    lambda asked: {
        "query": asked.get("text", ""),
        "stated": False,
        "record": None,
        "statements": [],
        "notes": [],
    },
    statuses=False,
    rows=_rows,
    found=lambda answer: answer.get("counts") or answer.get("record") or answer["statements"],
    people=_print,
    after=_refuse_unless_stated,
)
def stated(
    text: Annotated[
        list[str] | None, typer.Argument(help="A question or its words. Leave it out to list all.")
    ] = None,
    in_: Annotated[
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
            callback=_pairs,
            help="Only these, e.g. subject=pctc, part='Q2 2012/13', series='Annex 1', due=2012-09; may be repeated.",
        ),
    ] = None,
    count_by: Annotated[
        str,
        typer.Option("--count-by", metavar="FIELD", help="Count by a field: about, part, series, topic …"),
    ] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many to show; with --count-by all are counted.")
    ] = None,
) -> None:
    """What the documents of 2011, 2012 and 2019 state: plans as plans, with the line that says so.

    A question is answered first: yes or no, who, what, how many, when, on what condition, each with where it stands;
    “derived” where it was worked out. The sentences near to it follow.

    Exit code 1 says that the documents do not state it: no words of theirs are near, or they leave it open.
    """
    if count_by and limit is not None:
        raise WrongUse("--count-by counts all that is found: leave out --limit.")


COMMANDS: Commands = {"stated": stated}
