"""How far a body reaches: the areas that it covers, itself or through its parts."""

from __future__ import annotations

from graphmodel.dates import day_before
from graphmodel.errors import NothingFound
from graphmodel.model import Entity, Place
from graphmodel.store import Store

POPULATION = "population mid-2020"


def body_place(store: Store, body: Entity, at: str, text: str = "") -> Place:
    """The area of a body as a place, by where its people live; where no table reaches back to the day, the first known.

    Raises `NothingFound` if its area is not known at all.
    """
    areas = areas_of(store, body, at)
    notes: tuple[str, ...] = ()
    if not areas:
        areas, notes = _area_of_later(store, body, at)
    if not areas:
        raise NothingFound(f"The area of {body.label} is not known.")
    people = store.populations()
    total = sum(people.get(area, 0.0) for area in areas)
    shares = tuple((area, people.get(area, 0.0) / total if total else 1 / len(areas)) for area in areas)
    return Place(text or body.id, body.kind, body.label, shares, POPULATION, notes)


def _area_of_later(store: Store, body: Entity, at: str) -> tuple[list[str], tuple[str, ...]]:
    """The first area known of a body that was in force before it; of a county without one, those that followed it."""
    unknown = f"How far {body.label} reached on {at} is not known"
    covered = store.relationships(subjects=[body.id], verbs=["covers"]) if body.period.holds(at) else []
    if days := [fact.valid_from for fact in covered if fact.valid_from and fact.valid_from > at]:
        return areas_of(store, body, min(days)), (f"{unknown}; its area of {min(days)} is taken.",)
    heirs = _heirs_of_county(store, body)
    areas = {area for heir in heirs for area in areas_of(store, heir, body.valid_until or at)}
    names = " and ".join(heir.label for heir in heirs)
    return sorted(areas), (f"{unknown}; the area of {names}, which followed it, is taken.",) if areas else ()


def _heirs_of_county(store: Store, body: Entity) -> list[Entity]:
    """The councils that took over from an upper-tier council when it ended; a district is only a part of its heir."""
    if body.kind != "upper_tier_council" or not body.valid_until:
        return []
    found = {
        part.successor
        for event, parts in store.events(ids=[body.id])
        for part in parts
        if part.predecessor == body.id and event.date == body.valid_until and part.successor
    }
    return [heir for heir in store.entities(ids=found) if heir.kind == body.kind]


def areas_of(store: Store, body: Entity, at: str) -> list[str]:
    """The areas that a body covers, itself or through its parts; on the day nearest to `at` in its life."""
    day = at
    if body.valid_until and at >= body.valid_until:
        day = day_before(body.valid_until)
    elif body.valid_from and at < body.valid_from:
        day = body.valid_from
    seen: set[str] = set()
    areas: set[str] = set()
    waiting = [body.id]
    while waiting:
        seen.update(waiting)
        covered = store.relationships(subjects=waiting, verbs=["covers"], at=day)
        areas |= {fact.object for fact in covered}
        whole = {fact.subject for fact in covered}
        below = store.relationships(
            objects=[one for one in waiting if one not in whole], verbs=["part_of", "member_of"], at=day
        )
        waiting = sorted({fact.subject for fact in below if not fact.subject.startswith(_LEAVES)} - seen)
    return sorted(areas)


_LEAVES = ("practice:", "pcn:", "trust:", "hwb:", "council:", "hub:", "sicbre:")
"""What belongs to a body without lending it its area."""
