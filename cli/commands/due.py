"""`orgmap due`: the steps of programmes, by the day on which each is due."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from orgmap.cli.kit.calendar import steps_calendar
from orgmap.cli.kit.options import At, Commands, Within
from orgmap.cli.kit.output import Columns, print_folded, print_sources
from orgmap.cli.kit.question import question
from orgmap.graphmodel.dates import written

_NAMED = 8
"""So many bodies are named for a step; the rest is counted."""

_COLUMNS: Columns = {
    "Due": lambda one: one["due"],
    "Due basis": lambda one: one.get("due_basis"),
    "Due in words": lambda one: one["due_words"],
    "Due from": lambda one: one.get("due_from"),
    "Text": lambda one: one["text"],
    "Owner": lambda one: _owner(one),
    "Beside": lambda one: "; ".join(part["id"] for part in one["beside"]),
    "Bodies": lambda one: "; ".join(part["id"] for part in one.get("bodies", ())),
    "Stream": lambda one: one.get("stream"),
    "Workstream": lambda one: one.get("workstream"),
    "Listed for": lambda one: one.get("listed_for"),
    "Repeats": lambda one: one.get("repeats"),
    "Condition": lambda one: one.get("condition"),
    "Status": lambda one: one["status"],
    "Law": lambda one: "" if one.get("law", True) else "no",
    "Said on": lambda one: one["stated_on"],
    "State": lambda one: one["state"],
    "Done on": lambda one: one["done_on"],
    "Flags": lambda one: "; ".join(one["flags"]),
    "Programme": lambda one: one["programme"],
    "Id": lambda one: one["id"],
    "Sources": lambda one: "; ".join(
        ", ".join(filter(None, (source["title"], source["locator"]))) for source in one["sources"]
    ),
    "Note": lambda one: one.get("note"),
}


def _owner(step: dict[str, Any]) -> str:
    return "; ".join([*(part["id"] for part in step["owner"]), *filter(None, [step.get("owner_words")])])


def _print(answer: dict[str, Any]) -> None:
    """Each step in the order of the days; then how many, and who says so."""
    for one in answer["milestones"]:
        _print_step(one)
    steps = len(answer["milestones"])
    print(f"{steps:,} {'step' if steps == 1 else 'steps'}" + _by_period(answer["counts"]["listed_for"]))
    print_sources([source for one in answer["milestones"] for source in one["sources"]])


def _by_period(counts: dict[str, int]) -> str:
    named = {period: number for period, number in counts.items() if period}
    return f": {', '.join(f'{number} {period}' for period, number in named.items())}" if named else ""


def _print_step(step: dict[str, Any]) -> None:
    print_folded(f"{step['due'] or 'no day    '}  {step['text']}", deeper=12)
    names = [part["name"] for part in step["owner"]]
    # Words that only name again who is named already tell nothing; nor does a shorter form of a name.
    words = [one for one in (step.get("owner_words") or "").split(", ") if one]
    who = [*names, *(one for one in words if not any(one.casefold() in name.casefold() for name in names))]
    said = [step["due_words"], ", ".join(who) or "nobody named"]
    if step["beside"]:
        said.append(f"with {', '.join(part['name'] for part in step['beside'])}")
    said.append(": ".join(filter(None, (step.get("stream"), step.get("workstream")))))
    each = dict.fromkeys(
        one.casefold() for one in said if one
    )  # a stream may be called as who has to take the step
    once = {one.casefold(): one for one in reversed(said)}
    print_folded(f"{'; '.join(once[one] for one in each)}  [{step['id']}]", 4)
    if (bodies := step.get("bodies")) is not None:
        names = [body["name"] for body in bodies]
        rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        print_folded(
            f"here: {', '.join(names[:_NAMED]) + rest if names else 'no such body is known on that day'}", 6
        )
    print_folded(_stands(step), 4)
    for word in (step.get("repeats_words"), step.get("condition"), *step["flags"], step.get("note")):
        if word:
            print_folded(word, 4)


def _stands(step: dict[str, Any]) -> str:
    """What the step is, and how it stands."""
    done = f"done on {step['done_on']}" if step["done_on"] else ""
    if done and step.get("done_precision"):
        near = "" if step["done_precision"] == "approx" else "in "
        done = f"done {near}{written(step['done_on'], step['done_precision'])}"
    still = "open: no evidence recorded" if step["state"] == "open" else ""
    law = "" if step.get("law", True) else ", not law"
    said = f", said on {step['stated_on']}" if step["stated_on"] else ""
    return "; ".join(filter(None, (f"{step['status']}{law}{said}", done or still)))


@question(
    _COLUMNS,
    lambda asked: {
        "milestones": [],
        "counts": {"listed_for": {}, "stream": {}, "owner": {}},
        "place": "",
        "notes": [],
    },
    statuses=False,
    people=_print,
    also={"ics": steps_calendar},
    most_rows=5_000,
)
def due(
    programme: Annotated[
        str, typer.Option("--programme", metavar="NAME", help="Only this programme, e.g. nhs-2012-13.")
    ] = "",
    owner: Annotated[
        str,
        typer.Option(
            "--owner", metavar="KIND|BODY", help="Only what this kind or body has to do, or shares in."
        ),
    ] = "",
    stream: Annotated[
        str, typer.Option("--stream", metavar="NAME", help="Only this stream or workstream.")
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="DATE", help="Only what is due by that day.")] = "",
    at: At = "",
    only_open: Annotated[
        bool,
        typer.Option(
            "--open", help="With --at: what was due by then and of which nobody says that it was done."
        ),
    ] = False,
    reports: Annotated[
        str,
        typer.Option("--reports", metavar="FROM..TO", help="Count out what comes again: 2012-04..2013-03."),
    ] = "",
    within: Within = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="CSV", help="Your own steps, with the columns step and due.", exists=False
        ),
    ] = None,
) -> None:
    """The steps of a programme: what is due until when, who has to do it, on what it depends, whether it was done.

    Where no day is stated, the end of the period counts under which a step is listed, and it is said. With --format
    ics the steps go into a calendar.
    """


COMMANDS: Commands = {"due": due}
