"""Writing the graph for other programs: the result appears only when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from orgmap.graphmodel.model import IN_FORCE, Include, Period
from orgmap.graphmodel.store import Store, surest
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.outputs import whole_file, whole_folder
from orgmap.loaders.rows import Row

Progress = Callable[[str, int, int], None]
Rows = Callable[[str], Iterable[Row]]

FOLDERS = ("csv", "parquet")
"""What is written as a folder with several files."""

_OF_NO_DAY = (
    "statements",
    "plans",
    "milestones",
    "observations",
    "processes",
    "stages",
    "cases",
    "case_events",
    "case_totals",
    "contacts",
    "corrections",
    "list_sizes",
    "prescribing",
    "themes",
    "walks",
    "walk_steps",
)
"""What was said is left out of the picture of one day."""

_CHANGES = {"events": "id", "successions": "event"}
"""What tells of changes is left out, too, but for those that are planned for the bodies of the day, if asked for."""


def export(
    form: str,
    target: Path,
    store: Store,
    rows: Rows,
    at: str | None = None,
    progress: Progress | None = None,
    include: Include = IN_FORCE,
) -> None:
    """Writes the graph in one of the formats: all that the tables say, or what was in force on the day `at`.

    `include` adds to a day what had another status, which it bears. `rows` gives the typed rows of a table by its
    name, `store` the same graph as a store. Raises `WrongUse` for a folder that is not empty or a package that is
    missing, `DataBroken` if it cannot be written.
    """
    say = progress or (lambda step, done, of: None)
    chosen = on_day(rows, store, at, include) if at else rows
    with whole_folder(target) if form in FOLDERS else whole_file(target) as part:
        if form == "graphml":
            from orgmap.loaders.exports.graphml import write_graphml

            write_graphml(part, store, at, include)
        elif form == "gexf":
            from orgmap.loaders.exports.gexf import write_gexf

            write_gexf(part, store, at, include)
        elif form == "csv":
            from orgmap.loaders.exports.neo4j_import import write_import_files

            write_import_files(part, chosen, say, whole=not at)
        elif form == "cypher":
            from orgmap.loaders.exports.cypher import write_script

            write_script(part, chosen, say, whole=not at)
        elif form == "parquet":
            from orgmap.loaders.exports.parquet import write_parquet

            write_parquet(part, chosen, say)
        else:
            from orgmap.loaders.exports.rdf import write_rdf

            write_rdf(part, form, chosen, say)


def on_day(rows: Rows, store: Store, at: str, include: Include = IN_FORCE) -> Rows:
    """The rows of what was in force on a day, bodies under the name they had then; of others their stage says so."""
    alive = surest(store.entities(at=at, include=include))
    ahead = {
        event.id
        for event, parts in (store.events(include=include) if include.plans else ())
        if event.status in include.plans
        and any(end in alive for part in parts for end in (part.predecessor, part.successor))
    }

    def chosen(table: str) -> Iterable[Row]:
        columns = TABLES[table].columns if table in TABLES else ()
        if table == "entities":
            for entity in alive.values():
                yield tuple(getattr(entity, column) for column in columns)
            return
        place = {column: number for number, column in enumerate(columns)}
        if table in _CHANGES:
            yield from (row for row in rows(table) if row[place[_CHANGES[table]]] in ahead)
        elif table == "phases":
            stages = (row for row in rows(table) if _holds(row, place, at, alive, include))
            yield from (row for row in stages if row[place["status"]] == alive[row[place["entity"]]].status)
        elif table not in _OF_NO_DAY:
            yield from (row for row in rows(table) if _holds(row, place, at, alive, include))

    return chosen


def _holds(row: Row, place: dict[str, int], at: str, alive: Iterable[str], include: Include) -> bool:
    """Whether a row was in force on the day, and is about bodies that were there."""
    if "valid_from" not in place:
        return True
    if not Period(row[place["valid_from"]], row[place["valid_until"]]).holds(at):
        return False
    if "status" in place and not include.shows(row[place["status"]]):
        return False
    ends = [row[place[end]] for end in ("entity", "subject", "object") if end in place]
    # A rule's ends may be whole kinds: they stand for themselves.
    return all(end in alive for end in ends if ":" in end)
