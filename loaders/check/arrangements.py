"""Rules about arrangements and statements: bodies that exist, one commissioner at a time, a locator for each source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from orgmap.loaders.check.world import Finding, World


def coverage(world: World) -> Iterator[Finding]:
    """Arrangements that hold only for, or except for, bodies that they do not name, or name some and hold for all."""
    for table in ("rules", "accountability"):
        for row, (which, bodies) in enumerate(world.cells(table, "coverage", "bodies")):
            if which and (which in ("only", "except")) > bool(bodies):
                said = f"the coverage “{which}” does not fit its bodies."
                yield world.fault("coverage", table, row, said)


def one_commissioner(world: World) -> Iterator[Finding]:
    """Rules of one basis that name two commissioners for the same service, people and bodies on one day.

    Partners in a joint arrangement are several; so are those of which only one holds and nobody knows which.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    names = ("service", "basis", "population", "coverage", "bodies", "status", "commissioner")
    for row, (*cells, commissioner) in enumerate(world.cells("rules", *names)):
        several = cells[1] == "joint" or cells[3] == "not_known"
        alike.setdefault((*cells, commissioner if several else ""), []).append(row)
    periods = world.periods("rules")
    for group in alike.values():
        for first, second in pairwise(sorted(group, key=lambda row: periods[row].start)):
            if periods[second].start < periods[first].end:
                keys = f"{world.key('rules', first)} and {world.key('rules', second)}"
                said = f"rules {keys}: both hold on {periods[second].start}."
                yield Finding("one_commissioner", "rules", world.to_mend("rules", second, first), said)


def named_body(world: World) -> Iterator[Finding]:
    """Arrangements in force that name a body which is not there on any of their days, not even in the making."""
    named = {
        "rules": ("service", "commissioner", "accountable", "on_behalf_of", "acting_through", "bodies"),
        "accountability": ("subject", "object", "bodies"),
    }
    for table, columns in named.items():
        periods = world.periods(table)
        for row, (status, *cells) in enumerate(world.cells(table, "status", *columns)):
            for body in " ".join(cells).split() if status == "in_force" else ():
                lived = world.whole_lives.get(body)
                if lived and not lived.meets(periods[row]):
                    said = f"names {body} from {periods[row].start}, which lived {lived.start}–{lived.end}."
                    yield world.fault("named_body", table, row, said)


def locators(world: World) -> Iterator[Finding]:
    """Statements with more sources than places in them, or fewer."""
    for row, (source, locator) in enumerate(world.cells("statements", "source", "locator")):
        if len(source.split()) != len(locator.split(" | ")):
            yield world.fault("locators", "statements", row, "its sources and its locators are not as many.")


def licence(world: World) -> Iterator[Finding]:
    """Sources that anybody can read at an address, without a word on their licence."""
    for row, (url, terms) in enumerate(world.cells("sources", "url", "licence")):
        if url and not terms:
            yield world.fault("licence", "sources", row, "has an address and no licence.")


def own_sources(world: World) -> Iterator[Finding]:
    """Rows that cite a source which only another dataset describes."""
    own: dict[str, set[str]] = {}
    for dataset, source in zip(world.dataset("sources"), world.column("sources", "id"), strict=True):
        own.setdefault(dataset, set()).add(source)
    every = set().union(*own.values())
    for table, files in world.tables.files.items():
        if table == "sources" or not files or "source" not in _columns(table):
            continue
        cited, start = world.column(table, "source"), 0
        for file in files:
            mine = own.get(file.dataset, set())
            part = cited[start : start + file.size]
            strange = {
                cell for cell in set(part) if any(one in every and one not in mine for one in cell.split())
            }
            for row, cell in enumerate(part, start=start) if strange else ():
                if cell in strange:
                    yield world.fault(
                        "own_sources", table, row, f"cites “{cell}”, which another dataset describes."
                    )
            start += file.size


def _columns(table: str) -> tuple[str, ...]:
    from orgmap.graphmodel.tables import TABLES

    return TABLES[table].columns


def derived(world: World) -> Iterator[Finding]:
    """Facts that were derived, without a word on how."""
    for row, (basis, note) in enumerate(world.cells("relationships", "basis", "note")):
        if basis == "derived" and not note:
            yield world.fault("derived", "relationships", row, "is derived, and its note does not say how.")


def plan(world: World) -> Iterator[Finding]:
    """What is told as in force and begins after the last day of which any dataset knows: that is a plan."""
    known = max((about["horizon"] for about in world.tables.about.values()), default="9999-12-31")
    announced = set(world.column("phases", "entity"))
    for table in ("entities", "relationships", "rules", "accountability"):
        id_or_status = world.column(table, "id" if table == "entities" else "status")
        for row, (start, said) in enumerate(
            zip(world.column(table, "valid_from"), id_or_status, strict=True)
        ):
            if start > known and (said not in announced if table == "entities" else said == "in_force"):
                later = f"is told as in force from {start}, and no dataset knows of days after {known}."
                yield world.fault("plan", table, row, later)
    for row, (day, status) in enumerate(world.cells("events", "date", "status")):
        if day > known and status in ("", "in_force"):
            later = f"is told as having happened on {day}, and no dataset knows of days after {known}."
            yield world.fault("plan", "events", row, later)


RULES = (coverage, one_commissioner, named_body, locators, licence, own_sources, derived, plan)
