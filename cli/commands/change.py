"""`orgmap diff`, `reforms`, `reform`, `crosswalk`: questions about change."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.commands.bodies import BODY_COLUMNS
from orgmap.cli.kit.events import lines_of
from orgmap.cli.kit.options import (
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
from orgmap.cli.kit.output import Columns, print_sources, print_table, sources_of_yours
from orgmap.cli.kit.refusals import is_given
from orgmap.cli.kit.session import answer
from orgmap.cli.kit.things import THING_COLUMNS
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.store import Store
from orgmap.queries.answers import PARTS, things


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
        from orgmap.queries.change.diff import diff as compare

        return compare(opened, *days, within or None, kind or None, shown)

    _tell_change(store, form, query, {"before": days[0], "after": days[1]})


def _tell_change(store: str, form: Format, query: Any, start: dict[str, Any]) -> None:
    told: dict[str, Any] = {}

    def ask(opened: Store) -> dict[str, Any]:
        told.update(query(opened))
        if form in (Format.csv, Format.ndjson):
            told["rows"] = list(things(told))
        return told

    nothing: dict[str, Any] = {part: [] for part in PARTS}
    empty = {**start, **nothing, "notes": []}
    columns = {} if form is Format.table else THING_COLUMNS
    rows = "rows" if form in (Format.csv, Format.ndjson) else None
    answer(store, form, ask, columns, rows, empty, lambda answered: any(answered[part] for part in PARTS))
    if form is Format.table:
        _print_change(told)


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
    if len(told["changed"]) > _MANY:
        print(f"… and {len(told['changed']) - _MANY:,} more names; --format csv gives all")
    print(f"relations started: {len(told['relations_started']):,}, ended: {len(told['relations_ended']):,}")
    for line in lines_of(told["events"][:_MANY]):
        print(line)
    if len(told["events"]) > _MANY:
        print(f"… and {len(told['events']) - _MANY:,} more changes; --format csv gives all")
    if "above" in told:
        _print_above(told["above"])
    cited = [source for event in told["events"] for source in event["sources"]]
    print_sources([*cited, *sources_of_yours(told)])


def _print_above(above: dict[str, Any]) -> None:
    """What changed among national bodies, which is no change of the place."""
    for change in ("started", "ended"):
        if names := [f"{body['name']} ({body['id']})" for body in above[change]]:
            print(f"above this place, {change}: {', '.join(names)}")
    for row in above["changed"]:
        print(f"above this place, renamed: {row['before']['name']} → {row['after']['name']} ({row['id']})")
    for line in lines_of(above["events"]):
        print(f"above this place: {line}")


def reforms(
    form: Shape = Format.table,
    store: StoreUrl = "",
    at: AnyAt = "",
    include: AnyExtra = None,
    as_known_on: AnyKnownOn = "",
) -> None:
    """The reforms in the graph, by date."""

    def ask(opened: Store) -> list[dict[str, Any]]:
        from orgmap.queries.change.reforms import list_reforms

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
        from orgmap.queries.change.reforms import reform as tell

        return tell(opened, text, within or None, included(include, as_known_on))

    _tell_change(store, form, query, {"reform": None, "before": None, "after": None})


def crosswalk(
    ctx: typer.Context,
    from_kind: Annotated[str, typer.Argument(help="Kind on the first day, e.g. pct.")],
    from_day: Annotated[str, typer.Argument(help="The first day.")],
    to_kind: Annotated[str, typer.Argument(help="Kind on the second day, e.g. ccg.")],
    to_day: Annotated[str, typer.Argument(help="The second day.")],
    by: Annotated[
        str,
        typer.Option(
            "--by", help="Weigh by population or practices; practices themselves only by their number."
        ),
    ] = "population",
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
        from orgmap.graphmodel.vocabulary import parse_kind, reach_of
        from orgmap.queries.change.crosswalk import crosswalk as query

        kinds = (parse_kind(from_kind), parse_kind(to_kind))
        if is_given(ctx, "by") and "list" in map(reach_of, kinds):
            raise WrongUse("Practices themselves are weighed by their number alone: leave out --by.")
        told.update(query(opened, kinds[0], days[0], kinds[1], days[1], by))
        if form in (Format.csv, Format.ndjson):
            told["all_rows"] = [*told["rows"], *told["unmapped"]]
        return told

    ends = ("from", "from_name", "from_ods", "from_gss", "to", "to_name", "to_ods", "to_gss")
    names = (*ends, "weight", "share_of_from", "share_of_to", "why")
    columns: Columns = {name.replace("_", " "): _cell_of(name) for name in names}
    if form is Format.table:
        columns = {name: get for name, get in columns.items() if "ods" not in name and "gss" not in name}
    rows = "all_rows" if form in (Format.csv, Format.ndjson) else "rows"
    empty: dict[str, Any] = {"rows": [], "unmapped": [], "unmapped_from": [], "unmapped_to": [], "notes": []}
    answer(store, form, ask, columns, rows if form is not Format.json else None, empty)
    if form is Format.table:
        _print_unmapped(told)


def _cell_of(name: str) -> Any:
    """How to get a cell of a crosswalk's row; codes stand one level deeper."""
    side, _, scheme = name.partition("_")
    if scheme in ("ods", "gss"):
        return lambda row: row[f"{side}_codes"].get(scheme)
    return lambda row: row.get(name)


def _print_unmapped(told: dict[str, Any]) -> None:
    print(f"weighted by: {told['weighted_by']}")
    for row in told["unmapped"]:
        side = "from" if row["from"] else "to"
        weight = "" if row["weight"] is None else f" {row['weight']:,.10g}"
        print(f"unmapped {side}: {row[f'{side}_name']} ({row[side]}){weight}: {row['why']}")


COMMANDS: Commands = {
    "diff": (diff, {}),
    "reforms": (reforms, {}),
    "reform": (reform, {}),
    "crosswalk": (crosswalk, {}),
}
