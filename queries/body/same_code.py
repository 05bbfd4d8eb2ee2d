"""Which body of several eras a day means: how far a life lies from the day, and who was the last of a code or name."""

from __future__ import annotations

from datetime import date

from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.vocabulary import reach_of


def days_off(body: Entity, at: str | None) -> int:
    """How many days a life is away from a day.

    >>> days_off(Entity("ccg:10E", "clinical_commissioning_group", "", "2013-04-01", "2020-04-01"), "2020-04-11")
    10
    """
    if at is None or body.in_force_on(at):
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


def last_of_name(bodies: list[Entity], at: str) -> list[Entity]:
    """Of bodies that had one name after each other and have all ended by a day, the last; none if two were in force
    at the same time, or one has not ended. Practices and networks of one name are no successors of each other.

    >>> group = Entity("ccg:03F", "clinical_commissioning_group", "NHS Hull CCG", "2013-04-01", "2022-07-01")
    >>> trust = Entity("pct:5NX", "primary_care_trust", "Hull Teaching PCT", "2006-10-01", "2013-04-01")
    >>> [body.id for body in last_of_name([trust, group], "2023-06-01")]
    ['ccg:03F']
    """
    last = last_ended(bodies, at)
    by_chance = any(reach_of(body.kind) in ("list", "lists") for body in bodies)
    if len(last) != 1 or not last[0].valid_from or by_chance:
        return []
    others = [body.valid_until for body in bodies if body.id != last[0].id and body.valid_until]
    return last if all(end <= last[0].valid_from for end in others) else []
