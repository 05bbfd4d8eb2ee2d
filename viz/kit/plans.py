"""What is dated after the last day that the tables know: it was only planned, and says so."""

from __future__ import annotations

from typing import TypeVar

from orgmap.graphmodel.model import Entity
from orgmap.queries.coverage import is_plan
from orgmap.queries.structure.relation import Relation
from orgmap.queries.structure.structure import PLANNED, BodyOnBothDays, Structure

PLANNED_DASHES = "5 4"
"""How a line or a box is dashed that only a plan knows."""

Dated = TypeVar("Dated", Entity, Relation)


def precision_of(day: str | None, precision: str, known: str) -> str:
    """How exactly a day is known, and whether it is only planned.

    >>> precision_of("2027-04-01", "", "2026-10-09"), precision_of("2013-04-01", "month", "2026-10-09")
    ('planned', 'month')
    """
    planned = is_plan(day, known) and not precision.startswith(PLANNED)
    return f"{PLANNED} {precision}".strip() if planned else precision


def with_plans(structure: Structure, known: str) -> Structure:
    """The structure with every day after the last one that the tables know marked as planned."""

    def marked(dated: Dated) -> Dated:
        if not is_plan(dated.valid_from, known) and not is_plan(dated.valid_until, known):
            return dated
        return dated._replace(
            from_precision=precision_of(dated.valid_from, dated.from_precision, known),
            until_precision=precision_of(dated.valid_until, dated.until_precision, known),
        )

    def marked_body(body: BodyOnBothDays) -> BodyOnBothDays:
        before = marked(body.before) if body.before else None
        after = marked(body.after) if body.after else None
        if before is body.before and after is body.after:
            return body
        return body._replace(before=before, after=after)

    bodies = {one: marked_body(body) for one, body in structure.bodies.items()}
    events = {
        one: (event._replace(precision=precision_of(event.date, event.precision, known)), parts)
        for one, (event, parts) in structure.events.items()
    }
    relations = [marked(relation) for relation in structure.relations]
    return structure._replace(bodies=bodies, events=events, relations=relations)


def planned_end(body: BodyOnBothDays) -> bool:
    """Whether a body that is gone on the second day was only planned to end by then."""
    return body.change == "ended" and body.entity.until_precision.startswith(PLANNED)
