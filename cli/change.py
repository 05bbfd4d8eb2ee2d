"""`orgmap diff`, `reforms`, `reform`, `crosswalk`: questions about change."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.bodies import BODY_COLUMNS, event_sentence
from cli.options import (
    AnyAt,
    AnyExtra,
    AnyKnownOn,
    Commands,
    Extra,
    Format,
    Kind,
    KnownOn,
    Shape,
    StoreUrl,
    Within,
    day,
    included,
)
from cli.output import Columns, print_sources, print_table
from cli.session import answer
from graphmodel.store import Store

_DIFF_COLUMNS: Columns = {"Change": lambda row: row["change"], **BODY_COLUMNS}


def diff(
    before: Annotated[str, typer.Argument(help="The earlier day.")],
    after: Annotated[str, typer.Argument(help="The later day.")],
    within: Within = "",
    kind: Kind = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """What changed between two days: bodies and relations that began, ended or got another name."""
    days, shown = (day(before), day(after)), included(include, as_known_on)

    def query(opened: Store) -> dict[str, Any]:
        from queries.diff import diff as compare

        return compare(opened, *days, within or None, kind or None, shown)

    _tell_change(store, form, query, {"before": days[0], "after": days[1]})


def _tell_change(store: str, form: Format, query: Any, start: dict[str, Any]) -> None:
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        told.update(query(opened))
        if form is not Format.json:
            told["rows"] = [
                {"change": change, **row} for change in ("started", "ended") for row in told[change]
            ] + [{"change": "changed", **row["after"]} for row in told["changed"]]
        return told

    empty: dict[str, Any] = {**start, **{part: [] for part in _PARTS}, "notes": []}
    columns = {} if form is Format.table else _DIFF_COLUMNS
    rows = None if form is Format.json else "rows"
    answer(store, form, ask, columns, rows, empty, lambda answered: any(answered[part] for part in _PARTS))
    if form is Format.table:
        _print_change(told)


_PARTS = ("started", "ended", "changed", "relations_started", "relations_ended", "events")
_MANY = 40


def _print_change(told: dict[str, Any]) -> None:
    if reform := told.get("reform"):
        print(f"{reform['name']} ({reform['id']})")
    print(f"From {told['before']} to {told['after']}")
    for change in ("started", "ended"):
        rows = told[change]
        print(f"{change}: {len(rows):,}")
        columns = list(BODY_COLUMNS.items())
        if rows:
            cells = [[str(get(row) or "") for _, get in columns] for row in rows[:_MANY]]
            print_table([heading for heading, _ in columns], cells)
        if len(rows) > _MANY:
            print(f"… and {len(rows) - _MANY:,} more; --kind or --within narrows, --format csv gives all")
    for row in told["changed"][:_MANY]:
        print(f"renamed: {row['before']['name']} → {row['after']['name']} ({row['id']})")
    print(f"relations started: {len(told['relations_started']):,}, ended: {len(told['relations_ended']):,}")
    for event in told["events"][:_MANY]:
        print(event_sentence(event))
    if len(told["events"]) > _MANY:
        print(f"… and {len(told['events']) - _MANY:,} more changes; --format json gives all")
    print_sources([source for event in told["events"] for source in event["sources"]])


def reforms(
    form: Shape = Format.table,
    store: StoreUrl = "",
    at: AnyAt = "",
    include: AnyExtra = None,
    as_known_on: AnyKnownOn = "",
) -> None:
    """The reforms in the graph, by date."""

    def ask(opened: Store) -> list[dict[str, Any]]:
        from queries.reforms import list_reforms

        return list_reforms(opened)

    columns: Columns = {
        "Date": lambda one: one["valid_from"],
        "Reform": lambda one: one["name"],
        "Id": lambda one: one["id"],
        "Source": lambda one: "; ".join(source["title"] for source in one["sources"]),
    }
    answer(store, form, ask, columns, None, [])


def reform(
    name: Annotated[list[str], typer.Argument(help="A reform's id or name, see orgmap reforms.")],
    within: Within = "",
    form: Shape = Format.table,
    store: StoreUrl = "",
    at: AnyAt = "",
    include: Extra = None,
    as_known_on: KnownOn = "",
) -> None:
    """What one reform changed: the day before it against the day itself."""
    text = " ".join(name)

    def query(opened: Store) -> dict[str, Any]:
        from queries.reforms import reform as tell

        return tell(opened, text, within or None, included(include, as_known_on))

    _tell_change(store, form, query, {"reform": None, "before": None, "after": None})


def crosswalk(
    from_kind: Annotated[str, typer.Argument(help="Kind on the first day, e.g. pct.")],
    from_day: Annotated[str, typer.Argument(help="The first day.")],
    to_kind: Annotated[str, typer.Argument(help="Kind on the second day, e.g. ccg.")],
    to_day: Annotated[str, typer.Argument(help="The second day.")],
    by: Annotated[str, typer.Option("--by", help="Weigh by population or practices.")] = "population",
    form: Shape = Format.table,
    store: StoreUrl = "",
    at: AnyAt = "",
    include: AnyExtra = None,
    as_known_on: AnyKnownOn = "",
) -> None:
    """A many-to-many table between two structures, weighted, with what did not map."""
    days = (day(from_day), day(to_day))
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        from graphmodel.vocabulary import parse_kind
        from queries.crosswalk import crosswalk as query

        told.update(query(opened, parse_kind(from_kind), days[0], parse_kind(to_kind), days[1], by))
        return told

    names = ("from", "from_name", "to", "to_name", "weight", "share_of_from", "share_of_to")
    columns: Columns = {name.replace("_", " "): lambda row, name=name: row[name] for name in names}  # type: ignore[misc]
    empty: dict[str, Any] = {"rows": [], "unmapped_from": [], "unmapped_to": [], "notes": []}
    answer(store, form, ask, columns, "rows", empty)
    if form is Format.table:
        print(f"weighted by: {told['weighted_by']}")
        for side in ("unmapped_from", "unmapped_to"):
            if told[side]:
                print(f"{side.replace('_', ' ')}: {', '.join(one['id'] for one in told[side])}")


COMMANDS: Commands = {
    "diff": (diff, {}),
    "reforms": (reforms, {}),
    "reform": (reform, {}),
    "crosswalk": (crosswalk, {}),
}
