"""`orgmap diff`, `reforms`, `reform`, `crosswalk`: questions about change."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.commands.bodies import BODY_COLUMNS
from orgmap.cli.kit.events import lines_of
from orgmap.cli.kit.options import Commands, Kind, Within
from orgmap.cli.kit.output import Columns, print_rows, print_sources, sources_of_yours
from orgmap.cli.kit.question import question
from orgmap.cli.kit.refusals import is_given
from orgmap.cli.kit.things import THING_COLUMNS
from orgmap.graphmodel.dates import today
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.queries.answers import PARTS

_MANY = 40


def _print_change(answer: dict[str, Any]) -> None:
    if reform := answer.get("reform"):
        print(f"{reform['name']} ({reform['id']})")
    print(f"From {answer['before']} to {answer['after']}")
    for change in ("started", "ended"):
        rows = answer[change]
        print(f"{change}: {len(rows):,}")
        print_rows(BODY_COLUMNS, rows[:_MANY])
        if len(rows) > _MANY:
            print(f"… and {len(rows) - _MANY:,} more; --kind or --within narrows, --format csv gives all")
    for row in answer["changed"][:_MANY]:
        print(f"renamed: {row['before']['name']} → {row['after']['name']} ({row['id']})")
    if len(answer["changed"]) > _MANY:
        print(f"… and {len(answer['changed']) - _MANY:,} more names; --format csv gives all")
    print(
        f"relations started: {len(answer['relations_started']):,}, ended: {len(answer['relations_ended']):,}"
    )
    for line in lines_of(answer["events"][:_MANY]):
        print(line)
    if len(answer["events"]) > _MANY:
        print(f"… and {len(answer['events']) - _MANY:,} more changes; --format csv gives all")
    if "above" in answer:
        _print_above(answer["above"])
    cited = [source for event in answer["events"] for source in event["sources"]]
    print_sources([*cited, *sources_of_yours(answer)])


def _print_above(above: dict[str, Any]) -> None:
    """What changed among national bodies, which is no change of the place."""
    for change in ("started", "ended"):
        if names := [f"{body['name']} ({body['id']})" for body in above[change]]:
            print(f"above this place, {change}: {', '.join(names)}")
    for row in above["changed"]:
        print(f"above this place, renamed: {row['before']['name']} → {row['after']['name']} ({row['id']})")
    for line in lines_of(above["events"]):
        print(f"above this place: {line}")


def _changed(answer: dict[str, Any]) -> bool:
    """Whether there is an answer; of days to come, “nothing as far as is known” is one."""
    return any(answer[part] for part in PARTS) or max(answer["before"], answer["after"]) > today()


def _no_change(**asked: Any) -> dict[str, Any]:
    return {**asked, **{part: [] for part in PARTS}, "notes": []}


@question(
    THING_COLUMNS,
    lambda asked: _no_change(before=asked["before"], after=asked["after"]),
    found=_changed,
    people=_print_change,
)
def diff(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument(help="The earlier day; or folder, or release.")],
    after: Annotated[str, typer.Argument(help="The later day; or folder, or release.")],
    within: Within = "",
    kind: Kind = "",
    tables: Annotated[
        bool | None,
        typer.Option("--tables", help="Compare two folders of tables instead: what is told otherwise."),
    ] = None,
    releases: Annotated[
        bool | None,
        typer.Option("--releases", help="Compare two loaded releases instead: what the register changed."),
    ] = None,
) -> None:
    """What changed between two days: bodies and relations that began, ended or got another name."""
    if releases:
        from orgmap.cli.kit.releases_apart import print_releases_apart

        print_releases_apart(ctx, before, after)
        raise typer.Exit
    if tables:
        from orgmap.cli.kit.tables_apart import print_tables_apart

        print_tables_apart(ctx, before, after)
        raise typer.Exit


@question(
    THING_COLUMNS,
    lambda asked: _no_change(reform=None, before=None, after=None),
    found=_changed,
    people=_print_change,
)
def reform(
    name: Annotated[list[str], typer.Argument(help="A reform's id or name, see orgmap reforms.")],
    within: Within = "",
) -> None:
    """What one reform changed: the day before it against the day itself."""


@question(
    {
        "Date": lambda one: one["valid_from"],
        "Reform": lambda one: one["name"],
        "Id": lambda one: one["id"],
        "Source": lambda one: "; ".join(source["title"] for source in one["sources"]),
    },
    lambda asked: [],
    statuses=False,
)
def reforms() -> None:
    """The reforms in the graph, by date."""


def _cell_of(name: str) -> Any:
    """How to get a cell of a crosswalk's row; codes stand one level deeper."""
    side, _, scheme = name.partition("_")
    if scheme in ("ods", "gss"):
        return lambda row: row[f"{side}_codes"].get(scheme)
    return lambda row: row.get(name)


_ENDS = ("from", "from_name", "from_ods", "from_gss", "to", "to_name", "to_ods", "to_gss")
_CROSSWALK_COLUMNS: Columns = {
    name.replace("_", " "): _cell_of(name)
    for name in (*_ENDS, "weight", "share_of_from", "share_of_to", "why")
}


_STATUS_COLUMNS: Columns = {f"{side} status": _cell_of(f"{side}_status") for side in ("from", "to")}
"""What a body is that is not in force, where that was asked for."""


def _print_crosswalk(answer: dict[str, Any]) -> None:
    codes = ("ods", "gss")
    columns = {name: get for name, get in _CROSSWALK_COLUMNS.items() if not name.endswith(codes)}
    print_rows({**columns, **_STATUS_COLUMNS}, answer["rows"])
    if not answer["rows"]:
        raise NothingFound("Nothing found.")
    print(f"weighted by: {answer['weighted_by']}")
    for row in answer["unmapped"]:
        side = "from" if row["from"] else "to"
        weight = "" if row["weight"] is None else f" {row['weight']:,.10g}"
        print(f"unmapped {side}: {row[f'{side}_name']} ({row[side]}){weight}: {row['why']}")


@question(
    lambda asked: {**_CROSSWALK_COLUMNS, **(_STATUS_COLUMNS if len(asked["include"]) > 1 else {})},
    lambda asked: {key: [] for key in ("rows", "unmapped", "unmapped_from", "unmapped_to", "notes")},
    people=_print_crosswalk,
)
def crosswalk(
    ctx: typer.Context,
    from_kind: Annotated[str, typer.Argument(help="Kind on the first day, e.g. pct.")],
    from_day: Annotated[str, typer.Argument(help="The first day.")],
    to_kind: Annotated[str, typer.Argument(help="Kind on the second day, e.g. ccg.")],
    to_day: Annotated[str, typer.Argument(help="The second day.")],
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="population, practices, registered (patients), items or cost (prescribed); practices only by number.",
        ),
    ] = "population",
) -> None:
    """A many-to-many table between two structures, weighted, with what did not map."""
    from orgmap.graphmodel.vocabulary import parse_kind, reach_of

    practices = "list" in (reach_of(parse_kind(from_kind)), reach_of(parse_kind(to_kind)))
    if practices and is_given(ctx, "by"):
        raise WrongUse("Practices themselves are weighed by their number alone: leave out --by.")
    if practices and is_given(ctx, "include"):
        raise WrongUse(
            "--include makes no difference to practices themselves: nobody plans them. Leave it out."
        )


COMMANDS: Commands = {"diff": diff, "reforms": reforms, "reform": reform, "crosswalk": crosswalk}
