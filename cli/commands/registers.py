"""`orgmap handover`, `rollup` and `template`: a user's own agreements and ratings, and empty files for them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from orgmap.cli.commands.tables import watched
from orgmap.cli.kit.harmless import for_data, in_a_cell
from orgmap.cli.kit.options import At, Commands, Extra, Kind, KnownOn, StoreUrl, chosen, day, included
from orgmap.cli.kit.output import Columns, print_folded, print_rows, write_csv
from orgmap.cli.kit.question import Asked, Copying, question
from orgmap.cli.kit.session import with_store
from orgmap.graphmodel.dates import days_of, parse_day
from orgmap.graphmodel.store import Store

if TYPE_CHECKING:
    from orgmap.graph import Graph
    from orgmap.loaders.own.csvreading import Watch
    from orgmap.registers import HandoverOutcome


def handover(
    file: Annotated[Path, typer.Argument(help="A CSV file of agreements, with a header.")],
    party: Annotated[
        list[str],
        typer.Option(
            "--party", metavar="COLUMN", help="A column with a party's name or code; several may be."
        ),
    ],
    across: Annotated[
        str,
        typer.Option("--across", metavar="DATE", help="The day of the reform; the day before counts, too."),
    ],
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write; - for standard output.")],
    service: Annotated[
        str,
        typer.Option("--service", metavar="COLUMN", help="The column with what each agreement is about."),
    ] = "",
    place: Annotated[
        str,
        typer.Option(
            "--place",
            metavar="COLUMN",
            help="The column with where each agreement is for, instead of all of the party's area.",
        ),
    ] = "",
    kind: Kind = "",
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
    include: Extra = None,
    as_known_on: KnownOn = "",
    store: StoreUrl = "",
) -> None:
    """Tells of each agreement of a CSV file which party ends with a reform, and who takes over, by function.

    Behind the columns of the file each party gets its own: how it stands, its successors with shares, who does the
    service in its area from that day on (one, two, several, nobody, not known, which one?), the legal act and who says
    so. What only a plan says, with --include planned, is called planned.
    """
    from orgmap.graphmodel.known import known_then
    from orgmap.registers import hand_over_file

    asked = _handover_asked(party, across, service, place, kind, encoding, include, as_known_on)
    asked |= {"across": day(across)}  # says what it takes of a month or year

    def work(opened: Store) -> HandoverOutcome:
        rest = {name: value for name, value in asked.items() if name != "known"}
        return hand_over_file(known_then(opened, asked["known"]), file, out, watch=watched, **rest)

    done = with_store(store, work, again=str(out) != "-")
    for note in done.notes:
        print(f"note: {in_a_cell(note)}", file=sys.stderr)
    print(_went(done), file=sys.stderr)


def _went(done: HandoverOutcome) -> str:
    return f"{done.rows:,} rows: {done.changed:,} change hands, {done.open:,} with something not known."


def _handover_asked(
    party: list[str],
    across: str,
    service: str,
    place: str,
    kind: str,
    encoding: str,
    include: Any,
    as_known_on: str,
) -> dict[str, Any]:
    """What is asked of a register, its day read. Raises `WrongUse` for what is no day."""
    from orgmap.registers import RegisterColumns

    return {
        "named": RegisterColumns(tuple(party), service or None, place or None),
        "across": days_of(across).first,
        "include": included(include),
        "kinds": chosen(kind),
        "encoding": encoding,
        "known": parse_day(as_known_on) if as_known_on else None,
    }


def _handed_over(
    graph: Graph, sent: bytes, out: TextIO, asked: dict[str, Any], watch: Watch
) -> HandoverOutcome:
    """The copy of a register that was sent."""
    from orgmap.graphmodel.known import known_then
    from orgmap.registers import hand_over_sent

    rest = {name: value for name, value in asked.items() if name != "known"}
    return hand_over_sent(known_then(graph.store, asked["known"]), sent, out, watch=watch, **rest)


handover.copying = Copying(_handover_asked, _handed_over, _went)  # type: ignore[attr-defined]


_NAMED = 6
"""So many bodies are named for a rating; the rest is counted."""


def _columns(asked: Asked) -> Columns:
    """The columns of a rollup: a count for each rating of the scale."""
    from orgmap.queries.registers.ratings import RatingScale

    def counted(rating: str) -> dict[str, Any]:
        return {rating.title(): lambda row: row["counts"][rating]}

    found: Columns = {
        "Parent": lambda row: row["parent"]["id"] if row["parent"] else "",
        "Name": lambda row: row["parent"]["name"] if row["parent"] else "none known",
        "Domain": lambda row: row["domain"],
        "Rating": lambda row: row["rating"],
    }
    for rating in RatingScale.of(asked.get("scale", "")).ratings:
        found |= counted(rating)
    return found | {
        "Not rated": lambda row: row["not_rated"],
        "Children": lambda row: row["children"],
        "Because of": lambda row: _names(row["because"]),
        "Unrated": lambda row: _names(row["unrated"]),
        "People": lambda row: (
            "; ".join(f"{rating} {part:.1%}" for rating, part in row["people"].items() if part)
            if row["people"]
            else "not known"
        ),
    }


def _names(bodies: list[dict[str, str]]) -> str:
    return "; ".join(body["id"] for body in bodies)


def _print_rollup(answer: dict[str, Any]) -> None:
    """Each parent with its rating, the counts, and who made it so."""
    for row in answer["parents"]:
        parent = row["parent"]
        who = f"{parent['name']} ({parent['id']})" if parent else f"no {answer['to']} known above them"
        about = f", {row['domain']}" if row["domain"] else ""
        print(f"{who}{about}: {row['rating']}")
        counts = [f"{number} {rating}" for rating, number in row["counts"].items() if number]
        counts += [f"{row['not_rated']} not rated"] if row["not_rated"] else []
        print(f"    {', '.join(counts)} of {row['children']}")
        if row["because"]:
            print_folded(f"{row['rating'].removesuffix(' or worse')}: {_some(row['because'])}", 4)
        if row["unrated"]:
            print_folded(f"not rated: {_some(row['unrated'])}", 4)


def _some(bodies: list[dict[str, str]]) -> str:
    names = [f"{body['name']} ({body['id']})" for body in bodies[:_NAMED]]
    return ", ".join(names) + (f" and {len(bodies) - _NAMED:,} more" if len(bodies) > _NAMED else "")


@question(
    _columns,
    lambda asked: {
        "parents": [],
        "at": asked["at"],
        "to": asked["to"],
        "rule": asked["rule"],
        "scale": [],
        "domains": [],
        "notes": [],
    },
    statuses=False,
    people=_print_rollup,
)
def rollup(
    file: Annotated[
        Path, typer.Argument(help="A CSV file of ratings: body, rating and, if you like, domain.")
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="KIND", help="The kind of body to roll up to, e.g. region.")
    ],
    at: At = "",
    rule: Annotated[
        str,
        typer.Option(
            "--rule",
            metavar="RULE",
            help="worst: the worst counts; most: what most have, of equals the worse.",
        ),
    ] = "worst",
    scale: Annotated[
        str,
        typer.Option(
            "--scale",
            metavar="RATINGS",
            help="The ratings, the worst first (default: red,amber-red,amber,amber-green,green).",
        ),
    ] = "",
    body: Annotated[str, typer.Option("--body", metavar="COLUMN", help="The column with the body.")] = "body",
    domain: Annotated[
        str, typer.Option("--domain", metavar="COLUMN", help="The column with the domain, if there is one.")
    ] = "domain",
    rating: Annotated[
        str, typer.Option("--rating", metavar="COLUMN", help="The column with the rating.")
    ] = "rating",
    encoding: Annotated[str, typer.Option("--encoding", help="The file's encoding.")] = "utf-8-sig",
) -> None:
    """Ratings of bodies rolled up to those above them on a day: how many red, how many not rated, who made it red.

    Every body of the rated kinds counts once, rated or not; what is not rated is never taken for green.
    """


def _template_csv(answer: dict[str, Any]) -> str:
    """A template as the CSV file that is to be filled in."""
    from io import StringIO

    out = StringIO()
    columns: Columns = {head: partial(_cell, head) for head in answer["heads"]}
    write_csv(out, columns, answer["rows"])
    return out.getvalue()


def _cell(head: str, row: dict[str, Any]) -> str:
    return str(row["cells"][head])


def _print_template(answer: dict[str, Any]) -> None:
    """The file itself; without a name the list of them."""
    if answer["template"]:
        print(_template_csv(answer), end="", file=for_data(sys.stdout))
    else:
        print_rows({head.title(): partial(_cell, head) for head in answer["heads"]}, answer["rows"])


@question(
    {},
    lambda asked: {
        "template": asked.get("name", ""),
        "title": "",
        "description": "",
        "heads": [],
        "rows": [],
        "notes": [],
    },
    statuses=False,
    people=_print_template,
    also={"csv": _template_csv},
)
def template(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Which template; without one they are listed.")
    ] = "",
) -> None:
    """An empty CSV file to fill in, with its heads and rows: a rating, a hand-over, a register of agreements.

    The rows are what the documents ask for, in short words; the last column names the document and its line.
    """


COMMANDS: Commands = {"handover": handover, "rollup": rollup, "template": template}
