"""`orgmap who`, `what`, `answers-to`: who commissions what for whom, answerable to whom."""

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
from orgmap.cli.kit.output import Columns, print_sources, print_table
from orgmap.cli.kit.session import answer
from orgmap.graphmodel.dates import days_of
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds, verbs


def who(
    service: Annotated[
        list[str], typer.Argument(help="A service in the words people use, e.g. health visitors.")
    ],
    place: Annotated[
        str, typer.Option("--for", metavar="PLACE", help="A postcode, council, town, practice code or body.")
    ],
    at: At = "",
    and_: Annotated[str, typer.Option("--and", metavar="DATE", help="A second day: before and after.")] = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """Who commissions a service, for whom, through whom, answerable to whom, since when, and who says so."""
    text, when, shown = " ".join(service), day(at), included(include, as_known_on)
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.commissioning.who import compare
        from orgmap.queries.commissioning.who import who as query
        from orgmap.queries.place.bodies.of_kind import answers_of_kinds, asked_for
        from orgmap.queries.place.months_and_years import first_day, who_essence

        asked = asked_for(opened, place, when, chosen(kind))
        if and_:
            told.update(compare(opened, text, asked, when, day(and_), shown))
            sides = tuple(answers_of_kinds(told[side], chosen(kind)) for side in ("before", "after"))
            told["before"], told["after"] = sides
            told["answers"] = [{"at": side["at"], **one} for side in sides for one in side["answers"]]
            told["rows"] = [row for side in sides for row in _rows(side)]
        else:

            def on(one: str) -> dict[str, Any]:
                return answers_of_kinds(query(opened, text, asked, one, shown), chosen(kind))

            told.update(first_day(days_of(at), on, who_essence))
            told["rows"] = _rows(told)
        if form not in (Format.csv, Format.ndjson):
            del told["rows"]
        return told

    empty: dict[str, Any] = {"query": {"service": text, "for": place}, "at": when, "answers": [], "notes": []}
    if form is not Format.table:
        columns = {"At": lambda row: row["at"], **_ANSWER_COLUMNS} if and_ else _ANSWER_COLUMNS
        rows = "answers" if form is Format.json else "rows"
        answer(store, form, ask, columns, rows, empty, lambda answered: answered["answers"])
        return
    answer(store, form, ask, {}, "answers", empty)
    for side in (told["before"], told["after"]) if and_ else (told,):
        _print_answers(side)
    for change in told.get("changes", []):
        print(
            f"changed: {change['what']}: {', '.join(change['before']) or '-'} → {', '.join(change['after']) or '-'}"
        )


def _name(body: dict[str, Any] | None) -> str:
    return f"{body['name'] or '(name not known)'} ({body['id']})" if body else ""


def _rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Each answer, and each of whom it does not hold for, with `what` it is and its day."""
    kinds_of_row = {"answer": told["answers"], "otherwise": told["otherwise"]}
    return [{"what": what, "at": told["at"], **one} for what, rows in kinds_of_row.items() for one in rows]


def _id_of(body: dict[str, Any] | None) -> Any:
    return body["id"] if body else None


_ANSWER_COLUMNS: Columns = {
    "Commissioner": lambda row: _id_of(row["commissioner"]),
    "Commissioner name": lambda row: row["commissioner"]["name"] if row["commissioner"] else None,
    "Basis": lambda row: row["basis"],
    "Status": lambda row: row.get("status"),
    "Acting through": lambda row: " ".join(body["id"] for body in row.get("acting_through", ())),
    "Legally accountable": lambda row: _id_of(row.get("legally_accountable")),
    "Population": lambda row: row["population"],
    "From": lambda row: row.get("fact", {}).get("valid_from"),
    "Until": lambda row: row.get("fact", {}).get("valid_until"),
    "Verified": lambda row: row.get("verified"),
    "Sources": lambda row: "; ".join(one["title"] for one in row.get("fact", row)["sources"]),
    "What": lambda row: row["what"],
    "Note": lambda row: "; ".join(row.get("notes", ())) or row.get("note"),
}


def _print_answers(told: dict[str, Any]) -> None:
    print(f"{told['service']['name']}, for {told['for']['described']}, on {told['at']}")
    for one in told["answers"]:
        status = "" if one["status"] == "in_force" else f" [{one['status']}]"
        print(f"\n{_name(one['commissioner'])} — {one['basis'].replace('_', ' ')}{status}")
        for words, bodies in (
            ("acting through", one["acting_through"]),
            ("legally accountable", [one["legally_accountable"], *one.get("also_accountable", [])]),
            ("on behalf of", one["on_behalf_of"]),
            ("commissioning support from", one["supported_by"]),
        ):
            if bodies and not (words == "legally accountable" and bodies == [one["commissioner"]]):
                print(f"  {words}: {'; '.join(_name(body) for body in bodies)}")
        fact = one["fact"]
        print(f"  for: {one['population']}")
        end = f" until {fact['valid_until']} (not included)" if fact["valid_until"] else ""
        print(f"  since {fact['valid_from'] or 'a day not known'}{end}")
        if "share" in one:
            print(f"  covers {one['share']:.0%} of the place ({one['share_of']})")
        for chain in one["answers_to"]:
            print(
                f"  answers to: {' → '.join(step['upper']['name'] or step['upper']['id'] for step in chain)}"
            )
        for note in one.get("notes", []):
            print(f"  note: {note}")
        for source in fact["sources"]:
            place = f", {source['locator']}" if source["locator"] else ""
            mark = "" if source.get("verified", True) else " (not verified against a source)"
            print(f"  source: {source['title']}{place}{mark}")
    for other in told["otherwise"]:
        print(f"\nOtherwise, for {other['population']}: {_name(other['commissioner']) or other['note']}")
    print()


def what(
    body: Annotated[list[str], typer.Argument(help="A body's id, code, name or abbreviation.")],
    at: At = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """What a body commissions or does, and for whom."""
    text, when, shown = " ".join(body), day(at), included(include, as_known_on)
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.commissioning.what import what as query
        from orgmap.queries.place.months_and_years import first_day, what_essence

        told.update(
            first_day(days_of(at), lambda one: query(opened, text, one, shown, chosen(kind)), what_essence)
        )
        if form is Format.table:
            told["rows"] = [row for row in told["rows"] if not _said(row, told["acts_for"])]
        return told

    columns: Columns = {
        "Service": lambda row: row["service"]["name"] if "service" in row else "",
        "Does": _does,
        "Basis": lambda row: row.get("basis") or f"{row['status']}, said {row.get('stated_on')}",
        "For": lambda row: row.get("population"),
        "From": lambda row: row.get("valid_from"),
        "Until": lambda row: row.get("valid_until"),
        "Coverage": _coverage,
        "Verified": lambda row: row.get("verified"),
    }
    keys = ("commissions", "acts_for", "does", "stated", "notes")
    empty: dict[str, Any] = {"body": None, "at": when, **{key: [] for key in keys}}
    answer(store, form, ask, columns, "rows", empty)
    if form is Format.table:
        print_sources([source for row in told["rows"] for source in row["sources"]])


def _said(row: dict[str, Any], acts_for: list[dict[str, Any]]) -> bool:
    """Whether a line above says already for whom a body acts: the relation by which it does tells people no more."""
    return "object_name" in row and any(
        row["basis"] == one["basis"] and row["object"] in {body["id"] for body in one["commissioners"]}
        for one in acts_for
    )


def _does(row: dict[str, Any]) -> str:
    """What a row says that is no service of the body's own: for whom it acts, a relation, a statement."""
    if "commissioners" in row:
        return f"acts for {', '.join(str(one['name'] or one['id']) for one in row['commissioners'])}"
    if "service" in row:
        return ""
    if "text" in row:
        return str(row["text"])
    target = (
        kinds()[row["object"]].plural if row["object"] in kinds() else row["object_name"] or row["object"]
    )
    return f"{verbs()[row['verb']].forward} {target}"


def _coverage(row: dict[str, Any]) -> str:
    """“may” where the sources do not say which bodies; else for which bodies or places the row holds."""
    covers = row.get("coverage") or "all"
    return "may" if row.get("holds") == "may" else "" if covers == "all" else str(covers)


def answers_to(
    body: Annotated[list[str], typer.Argument(help="A body's id, code, name or abbreviation.")],
    at: At = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """To whom a body answers: each step with its verb, its basis, its days and its source."""
    text, when, shown = " ".join(body), day(at), included(include, as_known_on)
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from orgmap.queries.commissioning.accountability import answers_to as query
        from orgmap.queries.place.months_and_years import answers_essence, first_day

        told.update(
            first_day(days_of(at), lambda one: query(opened, text, one, shown, chosen(kind)), answers_essence)
        )
        return told

    columns: Columns = {
        "Step": lambda step: step.get("sentence") or step["text"],
        "About": lambda step: step["about"] if "sentence" in step else "",
        "Basis": lambda step: step.get("basis") or f"{step['status']}, said {step.get('stated_on')}",
        "From": lambda step: step.get("valid_from"),
        "Until": lambda step: step.get("valid_until"),
        "Verified": lambda step: step.get("verified"),
    }
    empty: dict[str, Any] = {"body": None, "at": when, "chains": [], "others": [], "stated": [], "notes": []}
    if form is not Format.table:
        answer(store, form, ask, columns, "steps", empty)
        return
    answer(store, form, ask, {}, "steps", empty)
    print(f"{told['body']['name']} ({told['body']['id']}) on {when}")
    for chain in told["chains"]:
        print("  " + "; ".join(step["sentence"] for step in chain))
    if told["others"]:
        print_table(
            ["Also", "About", "Basis"],
            [[step["sentence"], step["about"] or "", step["basis"] or ""] for step in told["others"]],
        )
    for one in told["stated"]:
        print(f"  stated ({one['status']}, said {one.get('stated_on')}): {one['text']}")
    print_sources([source for step in told["steps"] for source in step["sources"]])


COMMANDS: Commands = {"who": (who, {}), "what": (what, {}), "answers-to": (answers_to, {})}
