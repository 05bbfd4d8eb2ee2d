"""`orgmap search`, `show`, `list`, `lineage`: questions about bodies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.events import lines_of, pairs_cell, print_memberships
from orgmap.cli.kit.options import At, Body, Commands, Kind, Within
from orgmap.cli.kit.output import Columns, print_rows, print_sources, print_table, with_yours
from orgmap.cli.kit.question import question
from orgmap.cli.kit.registered import registered_lines
from orgmap.cli.kit.things import BODY_THING_COLUMNS
from orgmap.graphmodel.dates import written
from orgmap.graphmodel.errors import WrongUse

BODY_COLUMNS: Columns = {
    "Id": lambda body: body["id"],
    "Name": lambda body: body["name"] or "(name not known)",
    "Kind": lambda body: body["kind"].replace("_", " "),
    "From": lambda body: body["valid_from"] or "not known",
    "Until": lambda body: body["valid_until"],
    "Share": lambda body: body.get("share"),
    "Status": lambda body: status_cell(body) or None,
}


def status_cell(body: dict[str, Any]) -> str:
    """What a body is if not in force, whether a plan is to end it, whether it is only as last known."""
    status = body.get("status", "")
    said = [f"{status}, not law" if body.get("law") is False else status] if status else []
    if end := _to_end(body):
        said.append(end)
    return "; ".join([*said, *(["as last known"] if body.get("last_known") else [])])


def _to_end(body: dict[str, Any]) -> str:
    """By which plan a body is to end, if by any."""
    if not (end := body.get("to_end")):
        return ""
    when = _planned_day(end["date"], end.get("precision", ""))
    return f"to end {when} ({end['status']}{_no_law(end)})"


def _planned_day(day: str | None, precision: str) -> str:
    """The day of a plan in a cell: an exact one as dates elsewhere, another in words."""
    if not day:
        return "on a day not known"
    return written(day, precision) if precision else day


def _no_law(plan: dict[str, Any]) -> str:
    return ", not law" if plan.get("law") is False else ""


CODE_COLUMNS: Columns = {
    "ODS": lambda body: body.get("codes", {}).get("ods"),
    "GSS": lambda body: body.get("codes", {}).get("gss"),
}
"""A body's codes of the day: the register's and that of its area."""


@question(BODY_COLUMNS, lambda asked: {"query": asked["text"], "bodies": [], "notes": []}, statuses=False)
def search(
    text: Annotated[list[str], typer.Argument(help="Words of a name, a code or an abbreviation.")],
    kind: Kind = "",
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="Bodies in force on that day come first.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 20,
) -> None:
    """Bodies whose names come nearest to a text, best first; forgives typing errors."""


def _within(answer: Any, asked: dict[str, Any]) -> str:
    """In which place the bodies are, and on which day; of England nothing is said."""
    return f"Within {answer.title.removeprefix(asked['kind'] + ' in ')}" if "within" in asked else ""


@question(
    {**BODY_COLUMNS, **CODE_COLUMNS},
    lambda asked: [],
    heading=_within,
    people=lambda bodies: print_rows(with_yours(BODY_COLUMNS), bodies),
)
def list_(
    kind: Annotated[
        str,
        typer.Argument(
            help="A kind of body or its short prefix, e.g. ccg; where the whole register is loaded also pharmacy,"
            " care home or what else it calls its bodies."
        ),
    ],
    within: Within = "",
    at: At = "",
) -> None:
    """All bodies of a kind on a day, in England or within a place."""


def _print_body(answer: dict[str, Any]) -> None:
    from orgmap.graphmodel.vocabulary import kinds, verbs

    body = answer["body"]
    kind = kinds()[body["kind"]].label if body["kind"] in kinds() else body["kind"]
    print(f"{body['name'] or '(name not known)'}  ({body['id']}, {kind})")
    end = f"until {body['valid_until']} (not included)" if body["valid_until"] else "no end known"
    print(
        f"from {body['valid_from'] or 'a day not known'}, {end}{f'; {plan}' if (plan := _to_end(body)) else ''}"
    )
    if body.get("status"):
        print(f"On {answer['at']} not in force: {body['status']}")
    if body.get("note"):
        print(body["note"])
    for heading, key, value, sort in (
        ("Names", "names", "name", "use"),
        ("Codes", "codes", "code", "scheme"),
    ):
        if answer[key]:
            words = (f"{word[value]} ({word[sort]}{_days(word)})" for word in answer[key])
            print(f"{heading}: {'; '.join(words)}")
    if answer["phases"]:
        print(f"Statuses: {'; '.join(word['status'] + _days(word) for word in answer['phases'])}")
    print_memberships(answer.get("memberships", []))
    for line in lines_of(answer["events"]):
        print(line)
    if answer["relations"]:
        print(f"On {answer['at']}:")
        rows = [
            [one["subject_name"], verbs()[one["verb"]].forward, one["object_name"], one["basis"] or ""]
            for one in answer["relations"]
        ]
        print_table(["Who", "does", "to whom", "Basis"], rows)
    for line in registered_lines(answer["registered"]) if "registered" in answer else ():
        print(line)
    print_sources(
        [*answer["sources"], *(source for relation in answer["relations"] for source in relation["sources"])]
    )


def _days(word: dict[str, Any]) -> str:
    start = f" from {word['valid_from']}" if word["valid_from"] else ""
    if not start and word.get("from_precision") == "not_known":
        start = " from a day not known"
    return f"{start}{' until ' + word['valid_until'] if word['valid_until'] else ''}"


@question(
    BODY_THING_COLUMNS,
    lambda asked: {
        "body": None,
        "at": asked["at"],
        **{key: [] for key in ("relations", "events", "sources", "notes")},
    },
    found=lambda answer: answer["body"],
    people=_print_body,
)
def show(body: Body, at: At = "", kind: Kind = "") -> None:
    """One body: names, codes, dates, what came before and after, relations, sources."""


_CHANGE_COLUMNS: Columns = {
    "What": lambda row: row["what"],
    "Date": lambda row: row.get("date", row.get("valid_from")),
    "Until": lambda row: row.get("valid_until"),
    "Kind": lambda row: row.get("kind"),
    "Body": lambda row: row["body"]["id"] if "body" in row else None,
    "Predecessors": lambda row: "; ".join(one["id"] for one in row.get("predecessors", ())),
    "Successors": lambda row: "; ".join(one["id"] for one in row.get("successors", ())),
    "Counts": lambda row: row.get("counts"),
    "Pairs": lambda row: pairs_cell(row.get("pairs", [])),
}


def _print_lineage(answer: dict[str, Any]) -> None:
    memberships = answer.get("memberships", [])
    print(f"{answer['body']['name'] or '(name not known)'} ({answer['body']['id']})")
    print_memberships(memberships)
    for line in lines_of(answer["events"]):
        print(line)
    print_sources([source for one in (*memberships, *answer["events"]) for source in one["sources"]])


@question(
    _CHANGE_COLUMNS,
    lambda asked: {"body": None, "events": [], "notes": []},
    found=lambda answer: answer["events"] or answer.get("memberships"),
    people=_print_lineage,
)
def lineage(
    body: Body,
    back: Annotated[bool, typer.Option("--back", help="Only what came before.")] = False,
    forward: Annotated[bool, typer.Option("--forward", help="Only what came after.")] = False,
    about: Annotated[
        str, typer.Option("--about", metavar="SERVICE", help="Only what passed on for this service.")
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="DATE", help="Of bodies with the same name or code, the one of that day."
        ),
    ] = "",
    kind: Kind = "",
) -> None:
    """What a body came from and what became of it."""
    if back and forward:
        raise WrongUse(
            "--back tells only what came before, --forward only what came after: name one, or none for both."
        )


COMMANDS: Commands = {"search": search, "show": show, "list": list_, "lineage": lineage}
