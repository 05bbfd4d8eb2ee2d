"""What is said of a line beside its name: on which days it holds, and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.queries.structure.relation import Relation
from orgmap.queries.structure.structure import Structure
from orgmap.viz.before_after.lines import Edge
from orgmap.viz.kit.words import date_words, last_day_words

_WHEN = {
    "before": "on the first day",
    "after": "on the second day",
    "both": "on both days",
    "across": "between the two days",
}
_UNKNOWN = date_words(None)


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
            began = [structure.bodies[one].entity for one in edge.bodies]
            cited += [(entity.source, entity.locator) for entity in began]
    return cited


def _days(relations: Iterable[Relation]) -> str:
    """From when to when, if all statements of a line agree and tell one of them."""
    days = {(one.valid_from, one.from_precision, one.valid_until, one.until_precision) for one in relations}
    if len(days) != 1:
        return ""
    start, start_precision, end, end_precision = days.pop()
    first, last = date_words(start, start_precision), last_day_words(end, end_precision)
    if first == _UNKNOWN and (end is None or last == _UNKNOWN):
        return ""
    return f" ({first} to {last})"
