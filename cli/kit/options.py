"""Options that every question takes, and what they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Annotated, Any

import typer

from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.refusals import NO_DIFFERENCE
from orgmap.graphmodel.dates import days_of, more_than_a_day
from orgmap.graphmodel.model import STATUSES, Include

EXPLAINED = "explain"
"""What writes the Cypher of a command to standard error is called so."""


def _explain(asked: bool) -> None:
    if not asked and "logging" not in sys.modules:
        return
    import logging

    # One at a time, on today's standard error, and only of this command: a program may run many, one after the other.
    log = logging.getLogger("orgmap.cypher")
    for shown in [one for one in log.handlers if one.get_name() == EXPLAINED]:
        log.removeHandler(shown)
        log.setLevel(logging.NOTSET)
    if asked:
        shown = logging.StreamHandler()
        shown.set_name(EXPLAINED)
        log.addHandler(shown)
        log.setLevel(logging.INFO)


def explainable(command: Any) -> None:
    """Gives a command that takes `--store` the option `--explain` too."""

    def takes(
        explain: bool = typer.Option(
            False, "--explain", callback=_explain, expose_value=False, help="With Neo4j: show the Cypher."
        ),
    ) -> None:
        """Only its option is wanted."""

    if any(parameter.name == "store" for parameter in command.params):
        single = typer.Typer(add_completion=False)
        single.command()(takes)
        command.params += [one for one in typer.main.get_command(single).params if one.name == "explain"]


class Format(str, Enum):  # noqa: UP042 - the option parser shows the plain value
    """How an answer is written."""

    table = "table"
    json = "json"
    ndjson = "ndjson"
    csv = "csv"


class Status(str, Enum):  # noqa: UP042
    """Statuses that an answer may show beside what is in force: `planned` and `proposed` open several."""

    planned = "planned"
    proposed = "proposed"
    shadow = "shadow"
    enacted = "enacted"
    conditional = "conditional"
    provisional = "provisional"
    disputed = "disputed"
    superseded = "superseded"


Body = Annotated[list[str], typer.Argument(help="A body's id, code, name or abbreviation.")]
At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="DATE",
        help="Day asked about: 2013-04-01, 1 April 2013, 01/04/2013; of a month or year the first day.",
    ),
]


def shape(forms: Any) -> Any:
    """The option `--format` among these forms."""
    return Annotated[forms, typer.Option("--format", help="How to write the answer.")]


Shape = Annotated[Format, typer.Option("--format", help="How to write the answer.")]
StoreUrl = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        help="Where the graph is: the embedded file, networkx:, or neo4j://host:7687.",
    ),
]
Extra = Annotated[
    list[Status] | None,
    typer.Option(
        "--include",
        help="Also show what is no fact, labelled: planned (with enacted and conditional), proposed (with provisional,"
        " disputed and superseded), shadow; or one of these alone. May be repeated.",
    ),
]
KnownOn = Annotated[
    str,
    typer.Option(
        "--as-known-on",
        metavar="DATE",
        help="As it was known on that day: nothing said, begun or ended later.",
    ),
]
Within = Annotated[
    str, typer.Option("--within", metavar="PLACE|BODY", help="Only what lies in this place or body.")
]

With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="FOLDER",
        help="Lay your own tables over the bundled ones; may be repeated. Without it those of ORGMAP_WITH are.",
    ),
]


def _known_kind(text: str) -> str:
    """The kind that `--kind` names; a kind that there is not is refused."""
    from orgmap.graphmodel.vocabulary import parse_kind

    return parse_kind(text) if text.strip() else ""


Kind = Annotated[
    str,
    typer.Option("--kind", metavar="KIND", callback=_known_kind, help="Only bodies of this kind, e.g. ccg."),
]


AnyAt = Annotated[str, typer.Option("--at", metavar="DATE", help=NO_DIFFERENCE, hidden=True)]
AnyExtra = Annotated[list[Status] | None, typer.Option("--include", help=NO_DIFFERENCE, hidden=True)]

Commands = dict[str, Callable[..., None] | typer.Typer]
"""Commands of a module by name: the function, or a command that has commands of its own."""


OWN: list[str] = []
"""What the command that runs has said of own tables."""

TAKEN: list[str] = []
"""What it has said of months and years that it took for a day."""


def day(text: str) -> str:
    """The day that `--at` means; blank is today. Of a month or year the first day, which is then said."""
    asked = days_of(text)
    if not asked.one_day:
        note = more_than_a_day(text)
        print(f"note: {in_a_cell(note)}", file=sys.stderr)
        TAKEN.append(note)
    return asked.first


def chosen(kind: str) -> frozenset[str] | None:
    """The kinds among which `--kind` looks for a body; None for all."""
    return frozenset({kind}) if kind else None


def included(extra: Sequence[Enum] | None) -> Include:
    """What `--include` asks for."""
    return Include.of([status.value for status in extra or []])


assert {status.value for status in Status} <= set(STATUSES)
