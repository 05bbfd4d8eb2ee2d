"""`orgmap search`, `show`, `list`, `lineage`: questions about bodies."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.events import lines_of, pairs_cell, print_memberships
from orgmap.cli.kit.harmless import in_a_cell
from orgmap.cli.kit.options import (
    AnyExtra,
    AnyKnownOn,
    At,
    Commands,
    Extra,
    Format,
    Kind,
    KnownOn,
    Shape,
    StoreUrl,
    Within,
    chosen,
    day,
    included,
)
from orgmap.cli.kit.output import Columns, print_sources, print_table
from orgmap.cli.kit.session import answer
from orgmap.cli.kit.things import BODY_THING_COLUMNS
from orgmap.graphmodel.dates import days_of
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.queries.answers import things_of_body, things_of_lineage

BODY_COLUMNS: Columns = {
    "Id": lambda body: body["id"],
    "Name": lambda body: body["name"] or "(name not known)",
    "Kind": lambda body: body["kind"].replace("_", " "),
    "From": lambda body: body["valid_from"] or "not known",
    "Until": lambda body: body["valid_until"],
    "Share": lambda body: body.get("share"),
    "Status": lambda body: body.get("status"),
}


CODE_COLUMNS: Columns = {
    "ODS": lambda body: body.get("codes", {}).get("ods"),
    "GSS": lambda body: body.get("codes", {}).get("gss"),
}
"""A body's codes of the day: the register's and that of its area."""


def search(
    text: Annotated[list[str], typer.Argument(help="Words of a name, a code or an abbreviation.")],
    kind: Kind = "",
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="Bodies in force on that day come first.")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 20,
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: AnyExtra = None,
    as_known_on: AnyKnownOn = "",
) -> None:
    """Bodies whose names come nearest to a text, best first; forgives typing errors."""
    words, when = " ".join(text), day(at) if at else None

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.body.search import search as query

        return query(opened, words, kind or None, when, limit)

    answer(store, form, ask, BODY_COLUMNS, "bodies", {"query": words, "bodies": [], "notes": []})


def list_(
    kind: Annotated[str, typer.Argument(help="A kind of body or its short prefix, e.g. ccg.")],
    within: Within = "",
    at: At = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """All bodies of a kind on a day, in England or within a place."""
    if as_known_on and not within:
        raise WrongUse(
            "--as-known-on makes no difference to a list without --within: of bodies the tables do not say when"
            " they were stated. Leave it out."
        )
    when, shown = day(at), included(include, as_known_on)

    def ask(opened: Store) -> list[dict[str, Any]]:
        import sys

        from orgmap.graphmodel.vocabulary import parse_kind
        from orgmap.queries.body.listing import list_bodies
        from orgmap.queries.place.months_and_years import list_changes

        named = parse_kind(kind)

        def on(one: str) -> dict[str, Any]:
            return list_bodies(opened, named, one, within or None, shown)

        told = on(when)
        for note in (*told["notes"], *list_changes(days_of(at), named, on)):
            print(f"note: {in_a_cell(note)}", file=sys.stderr)
        if form is Format.table and told["place"]:
            print(f"Within {told['place']}, on {when}")
        return list(told["bodies"])

    columns = {**BODY_COLUMNS, **CODE_COLUMNS} if form is Format.csv else BODY_COLUMNS
    answer(store, form, ask, columns, None, [])


def show(
    body: Annotated[list[str], typer.Argument(help="A body's id, code, name or abbreviation.")],
    at: At = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """One body: names, codes, dates, what came before and after, relations, sources."""
    text, when, shown = " ".join(body), day(at), included(include, as_known_on)
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.body.show import show as query
        from orgmap.queries.place.months_and_years import first_day, show_essence

        told.update(
            first_day(days_of(at), lambda one: query(opened, text, one, shown, chosen(kind)), show_essence)
        )
        if form in (Format.csv, Format.ndjson):
            told["rows"] = list(things_of_body(told))
        return told

    empty: dict[str, Any] = {
        "body": None,
        "at": when,
        "relations": [],
        "events": [],
        "sources": [],
        "notes": [],
    }
    columns = {} if form is Format.table else BODY_THING_COLUMNS
    rows = "rows" if form in (Format.csv, Format.ndjson) else None
    answer(store, form, ask, columns, rows, empty, lambda answered: answered["body"])
    if form is Format.table:
        _print_body(told)


def _print_body(told: dict[str, Any]) -> None:
    from orgmap.graphmodel.vocabulary import kinds, verbs

    body = told["body"]
    print(f"{body['name'] or '(name not known)'}  ({body['id']}, {kinds()[body['kind']].label})")
    end = f"until {body['valid_until']} (not included)" if body["valid_until"] else "no end known"
    print(f"from {body['valid_from'] or 'a day not known'}, {end}")
    if body.get("status"):
        print(f"On {told['at']} not in force: {body['status']}")
    if body.get("note"):
        print(body["note"])
    for heading, key, value, sort in (
        ("Names", "names", "name", "use"),
        ("Codes", "codes", "code", "scheme"),
    ):
        if told[key]:
            words = (f"{word[value]} ({word[sort]}{_days(word)})" for word in told[key])
            print(f"{heading}: {'; '.join(words)}")
    if told["phases"]:
        print(f"Statuses: {'; '.join(word['status'] + _days(word) for word in told['phases'])}")
    print_memberships(told.get("memberships", []))
    for line in lines_of(told["events"]):
        print(line)
    if told["relations"]:
        print(f"On {told['at']}:")
        rows = [
            [fact["subject_name"], verbs()[fact["verb"]].forward, fact["object_name"], fact["basis"] or ""]
            for fact in told["relations"]
        ]
        print_table(["Who", "does", "to whom", "Basis"], rows)
    print_sources([*told["sources"], *(source for fact in told["relations"] for source in fact["sources"])])


def _days(word: dict[str, Any]) -> str:
    start = f" from {word['valid_from']}" if word["valid_from"] else ""
    if not start and word.get("from_precision") == "not_known":
        start = " from a day not known"
    return f"{start}{' until ' + word['valid_until'] if word['valid_until'] else ''}"


def lineage(
    body: Annotated[list[str], typer.Argument(help="A body's id, code, name or abbreviation.")],
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
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """What a body came from and what became of it."""
    if back and forward:
        raise WrongUse(
            "--back tells only what came before, --forward only what came after: name one, or none for both."
        )
    wanted = included(include, as_known_on)
    text, first = " ".join(body), day(at) if at else None
    both = not back and not forward
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.change.lineage import lineage as query
        from orgmap.queries.place.months_and_years import body_essence, first_day

        def on(one: str) -> dict[str, Any]:
            return query(
                opened,
                text,
                back or both,
                forward or both,
                about or None,
                one if first else None,
                chosen(kind),
                wanted,
            )

        told.update(first_day(days_of(at), on, body_essence))
        if form in (Format.csv, Format.ndjson):
            told["rows"] = list(things_of_lineage(told))
        return told

    columns: Columns = {
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
    empty: dict[str, Any] = {"body": None, "events": [], "notes": []}

    def something(answered: dict[str, Any]) -> bool:
        return bool(answered["events"] or answered.get("memberships"))

    if form is Format.table:
        answer(store, form, ask, {}, "events", empty, something)
        print(f"{told['body']['name'] or '(name not known)'} ({told['body']['id']})")
        print_memberships(told.get("memberships", []))
        for line in lines_of(told["events"]):
            print(line)
        print_sources(
            [source for one in (*told.get("memberships", []), *told["events"]) for source in one["sources"]]
        )
    else:
        answer(store, form, ask, columns, None if form is Format.json else "rows", empty, something)


COMMANDS: Commands = {
    "search": (search, {}),
    "show": (show, {}),
    "list": (list_, {}),
    "lineage": (lineage, {}),
}
