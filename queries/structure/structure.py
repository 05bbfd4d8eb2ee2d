"""The structure before and after a change: every body of a place on two days, what became of it, how bodies relate."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Source
from orgmap.graphmodel.plans.foretold import planned_ends
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, kinds_with, of_id, things
from orgmap.queries.change.successors import Events, Takeover, latest_successors, steps
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import last_day_known, marked, planned_successors
from orgmap.queries.structure.england import England
from orgmap.queries.structure.relation import PLACE, Relation
from orgmap.queries.structure.views import relations_of
from orgmap.queries.structure.within import Shares, everyone_on_both, ids_above, scopes_of

CHANGES = ("new", "ended", "renamed", "joined", "left", "shadow", "planned", "unchanged")
"""What can have happened to a body between two days; `joined` and `left` speak of the place, not of the body."""


PLANNED = "planned"
"""Begins the precision of a day that was only planned."""


class BodyOnBothDays(NamedTuple):
    """One body of the structure, as it was on each of the two days; None where it did not belong there.

    `elsewhere` is the body on the day on which it was in force without belonging to the place.
    """

    id: str
    before: Entity | None
    after: Entity | None
    change: str
    became: tuple[Takeover, ...] = ()
    came_from: tuple[Takeover, ...] = ()
    share_before: float | None = None
    share_after: float | None = None
    beside: bool = False
    elsewhere: Entity | None = None

    @property
    def entity(self) -> Entity:
        """The body as it last was in the structure."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.entity.kind

    @property
    def renamed(self) -> bool:
        """Whether it is in force on both days under another name."""
        old, new = self.before or self.elsewhere, self.after or self.elsewhere
        return (
            old is not None
            and new is not None
            and old.status == new.status == "in_force"
            and old.name != new.name
        )


class Structure(NamedTuple):
    """Bodies, relations and change events of a place on two days, with who says so."""

    before: str
    after: str
    place: str
    view: str
    bodies: dict[str, BodyOnBothDays]
    others: dict[str, Entity]
    relations: list[Relation]
    events: Events
    sources: dict[str, Source]
    notes: list[str]

    def name(self, body: str) -> str:
        """What a body is called in this structure, or its id."""
        if body in self.bodies:
            return self.bodies[body].entity.label
        return self.others[body].label if body in self.others else body


class PlaceOnDay(NamedTuple):
    """One of the two days: which bodies belong to the place, with the share of it they cover, and as what."""

    day: str
    label: str
    shares: Shares
    entities: dict[str, Entity]
    notes: tuple[str, ...] = ()


def structure(
    store: Store,
    before: AnyDay,
    after: AnyDay,
    within: str | None = None,
    view: str = "structure",
    service: str | None = None,
    include: Include = IN_FORCE,
) -> Structure:
    """Tells which bodies a place had on two days, what became of each, and the relations that a view shows.

    Bodies that began, ended or got another name are those that `diff` tells; `beside` marks national bodies
    and others above the place's own. Bodies in shadow form are shown, with that word. Raises `NothingFound`,
    `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = structure(store, "2013-03-31", "2013-04-01", within="Kent and Medway")
    >>> answer.bodies["pct:5QA"].change, answer.bodies["ccg:10E"].change
    ('ended', 'new')
    """
    before = day_of(before)
    after = day_of(after)
    for day in (before, after):
        check_day(store, day)
    shown = Include.of([*include.statuses, "shadow"])
    england = England(store)
    sides = [_of_england(side, england) for side in _sides(store, (before, after), within, shown)]
    wanted = {*sides[0].entities, *sides[1].entities}
    relations, beside = relations_of(store, (before, after), wanted, view, service, within, include)
    sides, left_out = _with_lines(sides, relations, view)
    sides, nationals = _with_those_beside(store, sides, beside, shown)
    between = _events(store, before, after, include)
    bodies = _bodies(sides, nationals, _passing(store, between, sides, include))
    events = _touching(between, bodies)
    others = {end for _, parts in events.values() for part in parts for end in part[1:3]} - bodies.keys()
    others |= {takeover.body for body in bodies.values() for takeover in body.became} - bodies.keys()
    found = {body.kind for body in bodies.values()}
    answer = Structure(
        before,
        after,
        sides[1].label,
        view,
        bodies,
        {entity.id: entity for entity in store.entities(ids=others - {""})},
        [relation for relation in relations if _ends_known(relation, bodies)],
        events,
        {},
        [
            *_place_notes(sides, within),
            *england.notes(),
            *left_out,
            *_known_notes(store, found, before, after),
            *_plan_notes(store, sides, include),
        ],
    )
    return answer._replace(sources=store.sources(_cited(answer)))


def _sides(store: Store, days: tuple[str, str], within: str | None, shown: Include) -> list[PlaceOnDay]:
    """The bodies of each day; a body that belongs to the place on one of them is looked up for both."""
    if within is None:
        found = []
        for day in days:
            entities = _one_each(store.entities(at=day, include=shown))
            found.append(PlaceOnDay(day, "England", dict.fromkeys(entities, 1.0), entities))
        return found
    scopes = scopes_of(store, within, days)
    on_days = everyone_on_both(store, scopes, days)
    ids = {one for shares, _ in on_days for one in shares}
    if shown.plans:
        ids |= planned_successors(store, ids, shown, days[1])
    label = scopes[1].label if ":" in within else within
    return [
        PlaceOnDay(day, label, shares, _one_each(store.entities(ids=ids, at=day, include=shown)), notes)
        for day, (shares, notes) in zip(days, on_days, strict=True)
    ]


def _of_england(side: PlaceOnDay, england: England) -> PlaceOnDay:
    entities = {one: entity for one, entity in side.entities.items() if england.has(one)}
    return side._replace(entities=entities)


def _one_each(entities: list[Entity]) -> dict[str, Entity]:
    """Bodies by id; one that is in force and something else is in force."""
    found: dict[str, Entity] = {}
    for entity in entities:
        if entity.kind not in things() and (entity.id not in found or entity.status == "in_force"):
            found[entity.id] = entity
    return found


def _with_those_beside(
    store: Store, sides: list[PlaceOnDay], beside: set[str], shown: Include
) -> tuple[list[PlaceOnDay], set[str]]:
    """Adds bodies above the place's own: those that relations lead to, and those that changed."""
    above = {one for side in sides for one in ids_above(store, side.shares, side.day)}
    found = [_one_each(store.entities(ids=above | beside, at=side.day, include=shown)) for side in sides]
    sides, found = _as_planned(store, sides, found, shown)
    force = [{one for one, entity in there.items() if entity.status == "in_force"} for there in found]
    renamed = {one for one in force[0] & force[1] if found[0][one].name != found[1][one].name}
    wanted = {*beside, *(force[0] ^ force[1]), *renamed}
    added = wanted - sides[0].entities.keys() - sides[1].entities.keys()
    out = []
    for side, there in zip(sides, found, strict=True):
        more = {one: entity for one, entity in there.items() if one in added}
        out.append(
            side._replace(
                entities={**side.entities, **more}, shares={**side.shares, **dict.fromkeys(more, 1.0)}
            )
        )
    return out, added


def _as_planned(
    store: Store, sides: list[PlaceOnDay], beside: list[dict[str, Entity]], shown: Include
) -> tuple[list[PlaceOnDay], list[dict[str, Entity]]]:
    """Both days, the second without the bodies that a plan is to end by then; these bear the day of the plan."""
    old, new = ({**side.entities, **there} for side, there in zip(sides, beside, strict=True))
    alive = [one for one, body in new.items() if body.status == "in_force" and one in old]
    ends = {
        one: old[one]._replace(valid_until=end.date, until_precision=f"{PLANNED} {end.precision}".strip())
        for one, end in planned_ends(store, alive, shown).items()
        if end.date and sides[0].day < end.date <= sides[1].day
    }

    def before(bodies: dict[str, Entity]) -> dict[str, Entity]:
        return {one: ends.get(one, body) for one, body in bodies.items()}

    def after(bodies: dict[str, Entity]) -> dict[str, Entity]:
        return {one: body for one, body in bodies.items() if one not in ends}

    first, last = sides
    return (
        [
            first._replace(entities=before(first.entities)),
            last._replace(entities=after(last.entities)),
        ],
        [before(beside[0]), after(beside[1])],
    )


def _plan_notes(store: Store, sides: list[PlaceOnDay], include: Include) -> list[str]:
    """Who said what is planned, and how many plans are left out."""
    if not include.plans and sides[1].day <= last_day_known(store):
        return []
    bodies = {one: body for side in sides for one, body in side.entities.items()}
    return marked(store, [body.to_json() for body in bodies.values()], include, sides[1].day)


def _known_notes(store: Store, of: set[str], before: str, after: str) -> list[str]:
    """What the tables do not know of these kinds on the one day or the other."""
    return list(dict.fromkeys(note for day in (before, after) for note in horizon_notes(store, of, day)))


def _events(store: Store, before: str, after: str, include: Include) -> Events:
    """All changes between two days; by a plan somebody takes over only if plans are asked for."""
    first, last = sorted((before, after))
    shown = include if include.plans else IN_FORCE
    return {event.id: (event, parts) for event, parts in store.events(after=first, until=last, include=shown)}


def _touching(events: Events, bodies: dict[str, BodyOnBothDays]) -> Events:
    """The changes that touch one of the bodies, or by which somebody took over from one in the end."""
    last = {takeover.event for body in bodies.values() for takeover in (*body.became, *body.came_from)}
    return {
        one: (event, parts)
        for one, (event, parts) in events.items()
        if one in last or any(end in bodies for part in parts for end in part[1:3])
    }


class TakeOvers(NamedTuple):
    """Who took over from whom between the two days, in both directions, and who of them all is there at the end."""

    onward: dict[str, list[Takeover]]
    back: dict[str, list[Takeover]]
    alive: set[str]


def _passing(store: Store, events: Events, sides: list[PlaceOnDay], include: Include) -> TakeOvers:
    onward = steps(events, forward=True)
    ends = {takeover.body for takeovers in onward.values() for takeover in takeovers} - {""}
    return TakeOvers(
        onward,
        steps(events, forward=False),
        {entity.id for entity in store.entities(ids=ends, at=sides[1].day, include=include)},
    )


def _bodies(
    sides: list[PlaceOnDay],
    nationals: set[str],
    passing: TakeOvers,
) -> dict[str, BodyOnBothDays]:
    bodies = {}
    for one in sorted({*sides[0].entities, *sides[1].entities}):
        old, new = sides[0].entities.get(one), sides[1].entities.get(one)
        change = _change(one, old, new, sides)
        bodies[one] = BodyOnBothDays(
            one,
            None if change == "joined" else old,
            None if change == "left" else new,
            change,
            latest_successors(one, passing.onward, passing.alive) if change == "ended" else (),
            tuple(dict.fromkeys(passing.back.get(one, ()))) if change in ("new", PLANNED) else (),
            sides[0].shares.get(one),
            sides[1].shares.get(one),
            one in nationals,
            old if change == "joined" else new if change == "left" else None,
        )
    return bodies


def _change(body: str, old: Entity | None, new: Entity | None, sides: list[PlaceOnDay]) -> str:
    was = old is not None and old.status == "in_force"
    is_now = new is not None and new.status == "in_force"
    if not was and not is_now:
        status = (new or old or sides[0].entities[body]).status
        return status if status in CHANGES else "planned"
    if not was:
        return "new"
    if not is_now:
        return "ended"
    if body not in sides[0].shares and _area_known(body, sides[0]):
        return "joined"
    if body not in sides[1].shares and _area_known(body, sides[1]):
        return "left"
    assert old is not None
    assert new is not None
    return "renamed" if old.name != new.name else "unchanged"


def _area_known(body: str, side: PlaceOnDay) -> bool:
    """Whether the tables know the areas of such bodies on that day: else nobody can say that it came or left."""
    return any(kind_of(other) == kind_of(body) for other in side.shares)


def _with_lines(
    sides: list[PlaceOnDay], relations: list[Relation], view: str
) -> tuple[list[PlaceOnDay], list[str]]:
    """What a view of relations shows: of some kinds only bodies at the end of a line, and a note of the rest."""
    if view == "structure":
        return sides, []
    ends = {end for relation in relations for end in (*relation.subjects, *relation.objects)}
    alone = {
        body.id: body.kind
        for side in sides
        for body in side.entities.values()
        if has(body.kind, "drawn_by_lines") and body.id not in ends
    }
    kept = [
        side._replace(entities={one: body for one, body in side.entities.items() if one not in alone})
        for side in sides
    ]
    counts = Counter(alone.values())
    notes = [
        f"{number} {kinds()[kind].plural if number > 1 else kinds()[kind].label}, to which no line of this view leads,"
        f" {'are' if number > 1 else 'is'} left out."
        for kind, number in sorted(counts.items())
    ]
    return kept, notes


def _ends_known(relation: Relation, bodies: dict[str, BodyOnBothDays]) -> bool:
    return all(
        any(one in bodies or one == PLACE for one in ends) for ends in (relation.subjects, relation.objects)
    )


def _place_notes(sides: list[PlaceOnDay], within: str | None) -> list[str]:
    """What a place's structure must admit: an area taken from another day, a day without a known commissioner."""
    if within is None:
        return []
    about = dict.fromkeys(note for side in sides for note in side.notes)
    about |= dict.fromkeys(
        f"No table says which council this place had on {side.day}; those shown were in force on both days."
        for side in sides
        if not any("social_care" in of_id(one).traits for one in side.shares)
    )
    return [*about] + [
        f"Area not known for that day: no table says which body commissioned for this place on {side.day}."
        for side in sides
        if not any(kind_of(one) in kinds_with("local_commissioner") for one in side.shares)
    ]


def _cited(structure: Structure) -> set[str]:
    cited = {source for relation in structure.relations for source, _ in relation.cited}
    cited |= {event.source for event, _ in structure.events.values()}
    for body in structure.bodies.values():
        cited |= {entity.source for entity in (body.before, body.after) if entity}
    return cited - {""}
