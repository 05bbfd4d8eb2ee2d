"""Which body of several eras a day means: how far a life lies from the day, and who was the last of a code."""

from __future__ import annotations

from datetime import date

from orgmap.graphmodel.model import Entity


def days_off(body: Entity, at: str | None) -> int:
    """How many days a life is away from a day.

    >>> days_off(Entity("ccg:10E", "clinical_commissioning_group", "", "2013-04-01", "2020-04-01"), "2020-04-11")
    10
    """
    if at is None or body.period.holds(at):
        return 0
    day = date.fromisoformat(at)
    ends = [date.fromisoformat(end) for end in body.period if end]
    return min(abs((day - end).days) for end in ends)


def last_ended(bodies: list[Entity], at: str) -> list[Entity]:
    """Of bodies that had one code after each other and have all ended by a day, the last; none if any has not ended.

    >>> last_ended([Entity("ccg:10E", "clinical_commissioning_group", "", "2013-04-01", "2020-04-01")], "2019-01-01")
    []
    """
    ends = [body.valid_until for body in bodies if body.valid_until and body.valid_until <= at]
    if not ends or len(ends) < len(bodies):
        return []
    return [body for body in bodies if body.valid_until == max(ends)]
