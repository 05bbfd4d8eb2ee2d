"""The surroundings of one body: every body within some steps of it, day by day, and the relations among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_after, day_before, day_of, today
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import (
    IN_FORCE,
    ChangeEvent,
    Entity,
    Include,
    Period,
    Relationship,
    Source,
    Succession,
)
from orgmap.graphmodel.plans.foretold import PlannedEnd, planned_ends
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store, relationship_order
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds, kind_of, kinds, things
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import plan_notes
from orgmap.queries.structure.network_rules import lines_by_rule

MOST = 2_500
"""More bodies than this are no surroundings any more."""

MOST_OVER_TIME = 600
"""Of more bodies than this only one day is told."""


class Network(NamedTuple):
    """A body with all bodies within `hops` steps of it, and every relation among them, with who says so.

    `over_time` says whether it holds the whole life of the body, or only the day `at`. `ends` has the bodies that a
    plan is to end, if plans were asked for.
    """

    centre: str
    at: str
    hops: int
    over_time: bool
    bodies: dict[str, Entity]
    relations: list[Relationship]
    events: list[tuple[ChangeEvent, list[Succession]]]
    others: dict[str, Entity]
    sources: dict[str, Source]
    notes: list[str]
    ends: dict[str, PlannedEnd]

    def name(self, body: str) -> str:
        """What a body is called, or its id."""
        found = self.bodies.get(body) or self.others.get(body)
        return found.label if found else body

    def distances(self, at: str) -> dict[str, int]:
        """How many steps away each body is on a day, nearest first."""
        return distances(
            self.centre, self.hops, [relation for relation in self.relations if relation.period.holds(at)]
        )


def distances(centre: str, hops: int, relations: Iterable[Relationship]) -> dict[str, int]:
    """How many steps each body is away from one, over these relations, as far as `hops` steps.

    >>> distances("b", 1, [Relationship("a", "part_of", "b"), Relationship("c", "part_of", "a")])
    {'b': 0, 'a': 1}
    """
    near: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        near[relation.subject].add(relation.object)
        near[relation.object].add(relation.subject)
    found = {centre: 0}
    front, step = [centre], 0
    while front and step < hops:
        step += 1
        for one in front:
            for other in sorted(near[one]):
                found.setdefault(other, step)
        front = [one for one, far in found.items() if far == step]
    return found


def network(
    store: Store,
    text: str,
    hops: int = 1,
    at: AnyDay | None = None,
    include: Include = IN_FORCE,
    over_time: bool = True,
    of_kinds: Kinds = None,
) -> Network:
    """Finds the bodies within some steps of a body, on any day of its life, and the relations among them.

    Without a day it is today, or the last day of a body that has ended. Where the whole life has too many
    bodies, only that day is told, and a note says so. Raises `NothingFound`, `Ambiguous` or `WrongUse`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     around = network(store, "NHS Thanet CCG", 1, "2013-06-01")
    >>> around.distances("2013-06-01")["at:Q67"], "lo:Q81" in around.bodies
    (1, True)
    """
    at = day_of(at) if at else None
    of_kinds = chosen_kinds(of_kinds)
    if hops < 1:
        raise WrongUse("At least one step is needed: --hops 1.")
    if not text.strip():
        raise WrongUse("Around which body? orgmap draw network BODY.")
    body = resolve(store, text, at, of_kinds)
    if body.kind in things():
        raise WrongUse(f"{body.label} is a {kinds()[body.kind].label}, not a body: nothing stands around it.")
    day, notes = _day(store, body, at, include)
    period = body.period if include == IN_FORCE else Period(None, None)
    relations = _reached(store, body.id, hops, period, include, MOST_OVER_TIME) if over_time else None
    if relations is None:
        if over_time:
            notes.append("Only this day is shown: on other days there are more bodies than a page holds.")
        relations = _reached(store, body.id, hops, Period(day, day_after(day)), include, MOST)
        if relations is None:
            raise WrongUse(f"More than {MOST:,} bodies are within {hops} steps. Ask for fewer --hops.")
        relations = [relation for relation in relations if relation.period.holds(day)]
        over_time = False
    time = period if over_time else Period(day, day_after(day))
    ruled, ends_of_rules = lines_by_rule(store, body, day, time, include)
    said = {(one.subject, one.verb, one.object) for one in relations}
    said |= {(one.subject, one.verb, kind_of(one.object) or "") for one in relations}
    said |= {(kind_of(one.subject) or "", one.verb, one.object) for one in relations}
    # What a statement of its own tells a rule about the kind need not tell again.
    relations += [
        one
        for one in ruled
        if (one.subject, one.verb, one.object) not in said
        and (one.subject, one.verb, one.object.partition(":")[2]) not in said
        and (one.subject.partition(":")[2], one.verb, one.object) not in said
    ]
    ids = {body.id, *(end for relation in relations for end in (relation.subject, relation.object))}
    bodies = ends_of_rules | {entity.id: entity for entity in store.entities(ids=ids)}
    bodies |= {entity.id: entity for entity in store.entities(ids=ids, at=day, include=include)}
    relations = [
        relation for relation in relations if relation.subject in bodies and relation.object in bodies
    ]
    events = store.events(ids=ids, include=include)
    others = {end for _, parts in events for part in parts for end in (part.predecessor, part.successor)}
    ends = planned_ends(store, (one for one, life in bodies.items() if life.status not in PLANS), include)
    cited = {
        row.source for rows in (bodies.values(), relations, (event for event, _ in events)) for row in rows
    }
    return Network(
        body.id,
        day,
        hops,
        over_time,
        dict(sorted(bodies.items())),
        relations,
        events,
        {entity.id: entity for entity in store.entities(ids=others - bodies.keys() - {""})},
        store.sources({one for text in cited for one in text.split()}),
        [
            *notes,
            *horizon_notes(store, {entity.kind for entity in bodies.values()}, day),
            *plan_notes(store, bodies.values(), include),
        ],
        ends,
    )


def _day(store: Store, body: Entity, at: str | None, include: Include) -> tuple[str, list[str]]:
    """The day to begin with: the one asked for, today, or the last one of a body that has ended."""
    if at is None:
        now = today()
        if body.in_force_on(now):
            return now, []
        last = day_before(body.valid_until) if body.valid_until and body.valid_until <= now else now
        return last, [f"{body.label} has ended; shown on its last day{onward(store, body.id)}."]
    check_day(store, at)
    if not store.entities(ids=[body.id], at=at, include=include):
        raise NothingFound(f"{body.label} was not in force on {at}: {life(body)}{onward(store, body.id)}.")
    return at, []


def onward(store: Store, body: str) -> str:
    """Who took over from a body that has ended, by name and id, as the end of a sentence; blank if nobody did."""
    found = {
        part.successor: None
        for event, parts in store.events(ids=[body])
        if event.kind not in GOES_ON
        for part in parts
        if part.predecessor == body and part.successor not in ("", body) and not part.stray
    }
    bodies = sorted(store.entities(ids=sorted(found)), key=lambda one: (one.label, one.id))
    named = listed_few([f"{one.label} ({one.id})" for one in bodies])
    return f"; followed by {named}" if named else ""


def listed_few(words: list[str]) -> str:
    """Words joined by commas, no more than eight of them."""
    more = f" and {len(words) - 8} more" if len(words) > 8 else ""
    return ", ".join(words[:8]) + more


def _reached(
    store: Store, centre: str, hops: int, period: Period, include: Include, most: int
) -> list[Relationship] | None:
    """The relations among all bodies within some steps on any day of a period; None if they are too many.

    A way counts only if all its steps hold on one and the same day.
    """
    reach: dict[str, list[Period]] = {centre: [period]}
    front = dict(reach)
    known: dict[Relationship, None] = {}
    step = 0
    while front:  # where nobody new is reached further steps reach nobody
        known.update(dict.fromkeys(_around(store, front, include)))
        if step == hops:
            break
        step += 1
        further: dict[str, list[Period]] = {}
        for relation in known:
            for here, there in ((relation.subject, relation.object), (relation.object, relation.subject)):
                for time in front.get(here, ()):
                    both = relation.period.clip(time)
                    if both and not any(_inside(both, old) for old in reach.get(there, ())):
                        reach.setdefault(there, []).append(both)
                        further.setdefault(there, []).append(both)
        if len(reach) > most:
            return None
        front = further
    found = [
        relation
        for relation in known
        if relation.subject in reach
        and relation.object in reach
        and _meets(relation, reach[relation.subject], reach[relation.object])
    ]
    return sorted(found, key=relationship_order)


def _around(store: Store, front: Iterable[str], include: Include) -> list[Relationship]:
    ids = sorted(front)
    found = [
        *store.relationships(subjects=ids, include=include),
        *store.relationships(objects=ids, include=include),
    ]
    return [
        relation for relation in found if not {kind_of(relation.subject), kind_of(relation.object)} & things()
    ]


def _inside(inner: Period, outer: Period) -> bool:
    return outer.clip(inner) == inner


def _meets(relation: Relationship, *ends: list[Period]) -> bool:
    """Whether a relation holds on a day on which both its ends are near enough."""
    return any(
        (first := relation.period.clip(one)) and first.clip(other) for one in ends[0] for other in ends[1]
    )
