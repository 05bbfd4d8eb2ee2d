"""What is said of a line beside its name: on which days it holds, and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from queries.relation import Relation
from queries.structure import Structure
from viz.edges import Edge
from viz.words import date_words, last_day_words

_WHEN = {
    "before": "on the first day",
    "after": "on the second day",
    "both": "on both days",
    "across": "between the two days",
}


def when_words(edge: Edge) -> str:
    """On which of the days a line holds, and from when to when if its statements agree."""
    return _WHEN[edge.side] + _days(edge.relations)


def line_cited(structure: Structure, edges: Iterable[Edge]) -> list[tuple[str, str]]:
    """Who says what the lines tell: sources with where in them."""
    cited: list[tuple[str, str]] = []
    for edge in edges:
        cited += [cite for relation in edge.relations for cite in relation.cited]
        events = [structure.events[event][0] for event in edge.events]
        cited += [(event.source, event.locator) for event in events]
        if edge.side == "across" and not edge.events:
            targets = [body for body in structure.bodies.values() if body.change == "new" and body.before]
            cited += [(body.entity.source, body.entity.locator) for body in targets]
    return cited


def _days(relations: Iterable[Relation]) -> str:
    """From when to when, if all statements of a line agree."""
    days = {(one.valid_from, one.from_precision, one.valid_until, one.until_precision) for one in relations}
    if len(days) != 1:
        return ""
    start, start_precision, end, end_precision = days.pop()
    return f" ({date_words(start, start_precision)} to {last_day_words(end, end_precision)})"
