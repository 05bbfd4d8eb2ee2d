"""Rules about days: periods in order, facts inside lives, and nothing that two rows answer differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress, count
from operator import eq
from typing import Any

from orgmap.graphmodel.model import DATE_PRECISIONS
from orgmap.graphmodel.tables import TABLES
from orgmap.graphmodel.term_tables import term_rows
from orgmap.graphmodel.vocabulary import kinds
from orgmap.loaders.check.plans import AHEAD
from orgmap.loaders.check.world import OPEN, Finding, Lifetime, World

DATED = tuple(table for table, declared in TABLES.items() if "valid_from" in declared.columns)

CLIMBS = frozenset({"part_of", "member_of"})
"""Verbs that lead from a body to a larger one."""

HIERARCHY = frozenset({"part_of", "member_of", "covers", "clustered_with"})
"""Verbs by which nothing can be joined to itself, nor in a circle."""

TO_A_PART = frozenset(DATE_PRECISIONS) - {"", "not_known"}
"""Precisions of a day that is given."""

BEFORE_A_LIFE = AHEAD | {"shadow"}
"""What a body may be before its legal life, and not in it."""


def order(world: World) -> Iterator[Finding]:
    """Periods that end before they begin, or on the same day."""
    for table in DATED:
        pairs = list(world.cells(table, "valid_from", "valid_until"))
        bad = {(start, end) for start, end in set(pairs) if start and end and start >= end}
        for row in _where(pairs, bad):
            start, end = pairs[row]
            yield world.fault("order", table, row, f"ends ({end}) before it begins ({start}).")


def precision(world: World) -> Iterator[Finding]:
    """Days that are given and said to be not known."""
    names = ("valid_from", "from_precision", "valid_until", "until_precision")
    for table in DATED:
        cells = list(world.cells(table, *names))
        bad: dict[tuple[str, ...], str] = {}
        for start, how, end, how_end in set(cells):
            if (start and how == "not_known") or (end and how_end == "not_known"):
                bad[start, how, end, how_end] = "a day is given and said to be not known."
            elif not end and how_end in TO_A_PART:
                bad[start, how, end, how_end] = f"until_precision is {how_end}, and there is no day."
        for row in _where(cells, bad):
            yield world.fault("precision", table, row, bad[cells[row]])


def prefix(world: World) -> Iterator[Finding]:
    """Bodies whose id has the prefix of another kind."""
    for row, (body, kind) in enumerate(world.cells("entities", "id", "kind")):
        if kind in kinds() and body.partition(":")[0] != kinds()[kind].prefix:
            yield world.fault("prefix", "entities", row, f"its prefix is not that of a {kind}.")


def life(world: World) -> Iterator[Finding]:
    """Facts in force on days on which one of the two bodies was not there."""
    lives = world.lives
    facts = zip(
        world.cells("relationships", "subject", "object", "status"),
        world.periods("relationships"),
        strict=True,
    )
    for row, ((subject, other, status), period) in enumerate(facts):
        if status == "in_force":
            for body in (subject, other):
                lived = lives.get(body)
                if lived and not (lived.start <= period.start and period.end <= lived.end):
                    outside = f"{period.start}–{period.end} is outside the life of {body} ({lived.start}–{lived.end})"
                    yield world.fault("life", "relationships", row, f"{outside}.")


def phase(world: World) -> Iterator[Finding]:
    """Phases that say nothing, or lie in the life that they should go before."""
    cells = zip(world.cells("phases", "entity", "status"), world.periods("phases"), strict=True)
    for row, ((body, status), period) in enumerate(cells):
        lived = world.lives.get(body)
        if status == "in_force":
            yield world.fault(
                "phase", "phases", row, "in force is what a body is in its life; that is no phase."
            )
        elif lived and _runs_into(status, period) > (lived.start or OPEN[1]):
            yield world.fault(
                "phase",
                "phases",
                row,
                f"{status} until {period.end}, and {body} begins on {lived.start or 'a day not known'}.",
            )


def _runs_into(status: str, period: Lifetime) -> str:
    """The day until which a phase goes that comes before a life; a plan without an end takes the place of the life."""
    lasting = status in AHEAD and period.end == OPEN[1]
    return period.end if status in BEFORE_A_LIFE and not lasting else ""


def overlap(world: World) -> Iterator[Finding]:
    """Rows that say the same twice of one day."""
    for table in (table for table in DATED if "valid_from" in TABLES[table].key):
        said = list(world.cells(table, *(name for name in TABLES[table].key if name != "valid_from")))
        if len(set(said)) < len(said):
            periods = world.periods(table)
            for first, second in _on_one_day(said, periods):
                if periods[first].start == periods[second].start:
                    said_twice = f"{table}: {world.key(table, second)} stands there twice."
                    yield Finding("twice", table, world.to_mend(table, second, first), said_twice)
                else:
                    yield _both(world, "overlap", table, first, second, "say the same of one day.")


def one_code(world: World) -> Iterator[Finding]:
    """Codes that two bodies of a kind have on one day; an undated code is a body's for its whole life."""
    always = Lifetime(*OPEN)
    groups, periods = [], []
    rows = list(world.cells("identifiers", "entity", "scheme", "code"))
    for (body, scheme, code), period in zip(rows, world.periods("identifiers"), strict=True):
        groups.append((scheme, code, body.partition(":")[0]))
        periods.append(world.lives.get(body, always) if period == always else period)
    for first, second in _on_one_day(groups, periods):
        if rows[first][0] != rows[second][0]:
            said = "give one code to two bodies on one day."
            yield _both(world, "one_code", "identifiers", first, second, said)


def one_name(world: World) -> Iterator[Finding]:
    """Bodies with two official names on one day.

    Of a name whose start is not known nobody can say that it was there together with another.
    """
    periods = world.periods("names")
    groups = [
        (body,) if use in ("official", "former") and period.start else ()
        for (body, use), period in zip(world.cells("names", "entity", "use"), periods, strict=True)
    ]
    for first, second in _on_one_day(groups, periods):
        yield _both(world, "one_name", "names", first, second, "name one body on one day.")


def one_at_a_time(world: World) -> Iterator[Finding]:
    """What has only one of these on any day: two would be two answers to one question."""
    declared = term_rows("one_at_a_time.csv")
    which = {
        (subject, verb, other): (number, 0 if by == "subject" else 1)
        for number, (subjects, verb, objects, by, _) in enumerate(declared)
        for subject in subjects.split()
        for other in objects.split()
    }
    groups: list[tuple[Any, ...]] = []
    for subject, verb, other, status in world.cells("relationships", "subject", "verb", "object", "status"):
        found = which.get((subject.partition(":")[0], verb, other.partition(":")[0]))
        groups.append((found[0], (subject, other)[found[1]]) if found and status == "in_force" else ())
    for first, second in _on_one_day(groups, world.periods("relationships")):
        said = f"hold on one day. {declared[groups[first][0]][-1]}"
        yield _both(world, "one_at_a_time", "relationships", first, second, said)


def circle(world: World) -> Iterator[Finding]:
    """Bodies that are part of themselves, at once or by way of others."""
    subjects, others = world.column("relationships", "subject"), world.column("relationships", "object")
    verbs, status = world.column("relationships", "verb"), world.column("relationships", "status")
    periods = world.periods("relationships")
    for row in compress(count(), map(eq, subjects, others)):
        if verbs[row] in HIERARCHY:
            yield world.fault("circle", "relationships", row, f"joins {subjects[row]} to itself.")
    # Whoever contains nothing is in no circle: that is true of most bodies, and tells it of most rows at once.
    between = world.distinct("relationships", "subject") & world.distinct("relationships", "object")
    out: dict[str, list[tuple[str, int, Lifetime]]] = {}
    for row in compress(count(), map(between.__contains__, subjects)):
        other = others[row]
        if other in between and other != subjects[row] and verbs[row] in CLIMBS and status[row] == "in_force":
            out.setdefault(subjects[row], []).append((other, row, periods[row]))
    while loose := [body for body, ways in out.items() if not any(other in out for other, _, _ in ways)]:
        for body in loose:
            del out[body]
    for body in sorted(out):
        yield from _back_to(world, body, out)


def _back_to(world: World, start: str, out: dict[str, list[tuple[str, int, Lifetime]]]) -> Iterator[Finding]:
    """Ways from a body back to itself on one day, told at the body that comes first."""
    waiting: list[tuple[str, Lifetime, tuple[str, ...], tuple[int, ...]]] = [
        (start, Lifetime(*OPEN), (start,), ())
    ]
    while waiting:
        body, period, way, rows = waiting.pop()
        for other, row, holds in out.get(body, ()):
            both = Lifetime(max(period.start, holds.start), min(period.end, holds.end))
            if both.start >= both.end:
                continue
            if other == start and start == min(way):
                said = f"is in a circle: {' → '.join((*way, start))} on {both.start or 'every day'}."
                yield world.fault("circle", "relationships", world.to_mend("relationships", row, *rows), said)
            elif other not in way and len(way) < 12:
                waiting.append((other, both, (*way, other), (*rows, row)))


def _where(cells: list[tuple[str, ...]], bad: Iterable[tuple[str, ...]]) -> Iterator[int]:
    wanted = set(bad)
    if wanted:
        yield from (row for row, cell in enumerate(cells) if cell in wanted)


def _on_one_day(groups: Iterable[tuple[Any, ...]], periods: list[Lifetime]) -> Iterator[tuple[int, int]]:
    """Pairs of rows of one group that both hold on some day; rows of a blank group are left out."""
    by_group: dict[tuple[Any, ...], list[int]] = {}
    for row, group in enumerate(groups):
        if group:
            by_group.setdefault(group, []).append(row)
    for rows in by_group.values():
        if len(rows) > 1:
            rows.sort(key=lambda row: periods[row])
            longest = rows[0]
            for row in rows[1:]:
                if periods[longest].meets(periods[row]):
                    yield longest, row
                if periods[row].end > periods[longest].end:
                    longest = row


def _both(world: World, rule: str, table: str, first: int, second: int, said: str) -> Finding:
    both = f"{table} {world.key(table, first)} and {world.key(table, second)}: both {said}"
    return Finding(rule, table, world.to_mend(table, second, first), both)


RULES = (order, precision, prefix, life, phase, overlap, one_code, one_name, one_at_a_time, circle)
