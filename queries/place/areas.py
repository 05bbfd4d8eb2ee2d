"""How far a body reaches: the areas that it covers, itself and through its parts."""

from __future__ import annotations

from collections.abc import Iterable

from orgmap.graphmodel.dates import AnyDay, day_before, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import Kind, has, kind_of, kinds, of_id, paired, reach_of, things
from orgmap.queries.place.bodies.followed import became, followers
from orgmap.queries.place.location import POPULATION, shares_of, standing_place, why_not_standing
from orgmap.queries.structure.hierarchy import Chains

FORMER_DISTRICT = "former district"
"""Places of this kind bear the official name of a district that ended, and tell how far it reached."""


def body_place(store: Store, body: Entity, at: AnyDay, text: str = "") -> Place:
    """The area of a body as a place, by where its people live; where no table reaches back to the day, the first known.

    The place bears the body's name of the day. A trust is where its postcode lies. Raises `NothingFound` if a body's
    area is not known at all, or if it has none.
    """
    at = day_of(at)
    body = named_on(store, body, at)
    if reach_of(body.kind) == "postcode" and (stood := standing_place(store, body, _day_in_life(body, at))):
        described = stood.described or in_words(body)
        return stood._replace(text=text or body.id, kind=body.kind, label=body.label, described=described)
    areas = areas_of(store, body, at)
    notes: tuple[str, ...] = ()
    if not areas and (former := former_extent(store, body)):
        sentence = f"How far {body.label} reached is taken from the names of small areas that were given in its time."
        notes = (
            (sentence, became(store, body)) if body.valid_until and at >= body.valid_until else (sentence,)
        )
        return Place(text or body.id, body.kind, body.label, former, POPULATION, notes, in_words(body))
    if not areas:
        areas, notes = _area_of_later(store, body, at)
    if not areas:
        raise NothingFound(_no_area(store, body, at))
    people = store.populations()
    shares = shares_of([(area, people.get(area, 0.0)) for area in areas])
    return Place(text or body.id, body.kind, body.label, shares, POPULATION, notes, in_words(body))


def named_on(store: Store, body: Entity, day: AnyDay) -> Entity:
    """A body under the name that it had on a day; on a day outside its life, its first or last name.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [trust] = store.entities(ids=["trust:REM"])
    ...     named_on(store, trust, "2018-06-01").label
    'Aintree University Hospital NHS Foundation Trust'
    """
    day = day_of(day)
    then = store.entities(ids=[body.id], at=_day_in_life(body, day))
    return body._replace(name=next((one.name for one in then if one.name), body.name))


def in_words(body: Entity) -> str:
    """A body with its kind.

    >>> in_words(Entity("council:E10000016", "upper_tier_council", "Kent County Council", None, None))
    'Kent County Council, an upper-tier council'
    """
    label = kinds()[body.kind].label if body.kind in kinds() else "body"
    article = "an" if label.startswith(("a", "e", "i", "o", "u", "NHS")) else "a"
    return f"{body.label}, {article} {label}"


def without_area(body: Entity) -> bool:
    """Whether a body has no area of its own, whoever asks: a practice, a network, a hub."""
    return of_id(body.id).reach in ("list", "lists", "none") and body.kind not in things()


def _no_area(store: Store, body: Entity, at: str) -> str:
    """Why a body has no area to answer for, and what can be asked instead."""
    if reach_of(body.kind) == "postcode":
        return why_not_standing(store, body, _day_in_life(body, at))
    if not without_area(body):
        sentence = became(store, body) if body.in_force_on(at) or at >= (body.valid_until or at) else ""
        if body.valid_from and at < body.valid_from:
            sentence = f"It began on {body.valid_from}{_before(store, body)}."
        reason = (
            f": {body.id} was in force, but no table says how far it reached" if body.in_force_on(at) else ""
        )
        return f"The area of {body.label} is not known for {at}{reason}. {sentence}".strip()
    stood = standing_place(store, body, _day_in_life(body, at))
    hint = f" It stood at {stood.label}: ask for that postcode." if stood else ""
    label = kinds()[body.kind].label
    return f"{body.label} has no area of its own ({label}), so nothing lies within it.{hint}"


def _before(store: Store, body: Entity) -> str:
    """The bodies that one followed when it began, in words behind the day."""
    found = {
        part.predecessor
        for event, parts in store.events(ids=[body.id])
        for part in parts
        if event.date == body.valid_from and part.successor == body.id and part.predecessor and not part.stray
    }
    names = [f"{one.label} ({one.id})" for one in store.entities(ids=found)]
    return f" and followed {' and '.join(names)}" if names else ""


def _area_of_later(store: Store, body: Entity, at: str) -> tuple[list[str], tuple[str, ...]]:
    """The first area known of a body that was in force before it; of a council without one, those that followed it."""
    unknown = f"How far {body.label} reached on {at} is not known"
    covered = store.relationships(subjects=[body.id], verbs=["covers"]) if body.in_force_on(at) else []
    if days := [
        relationship.valid_from
        for relationship in covered
        if relationship.valid_from and relationship.valid_from > at
    ]:
        return areas_of(store, body, min(days)), (f"{unknown}; its area of {min(days)} is taken.",)
    successors = _councils_after(store, body, at)
    areas = {area for successor in successors for area in areas_of(store, successor, body.valid_until or at)}
    names = " and ".join(successor.label for successor in successors)
    return sorted(areas), (f"{unknown}; the area of {names}, which followed it, is taken.",) if areas else ()


def _councils_after(store: Store, body: Entity, at: str) -> list[Entity]:
    """The councils that took over from a council when it ended; from a district, of which they are more than it was,
    only on days since.
    """
    since = bool(body.valid_until) and at >= (body.valid_until or "")
    if not has(body.kind, "local_authority") or not (since or has(body.kind, "social_care")):
        return []
    return [
        one.body
        for one in followers(store, body)
        if has(one.body.kind, "social_care") or one.body.kind == body.kind
    ]


def former_extent(store: Store, body: Entity) -> tuple[tuple[str, float], ...]:
    """The areas in which the people of a district lived that ended before the look-ups begin, with their shares."""
    if not has(body.kind, "local_authority") or not body.valid_until:
        return ()
    rows = store.place_names(place_form(body.label))
    return tuple((row.code, row.share) for row in rows if row.kind == FORMER_DISTRICT)


def areas_of(store: Store, body: Entity, at: AnyDay) -> list[str]:
    """The areas that a body covers, itself and through its parts; on the day nearest to `at` in its life.

    These are the areas whose people are told that they belong to the body. A board or a voice reaches as far as its
    councils, a national body over all of England, a trust over nothing but where it stands; a practice,
    a network or a hub has no area. The vocabulary says of each kind how far it reaches.
    """
    return areas_by_body(store, [body], at)[body.id]


def areas_by_body(store: Store, bodies: Iterable[Entity], at: AnyDay) -> dict[str, list[str]]:
    """The same for many bodies, by their ids.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     counties = store.entities(ids=["council:E10000016", "council:E06000035"])
    ...     found = areas_by_body(store, counties, "2015-10-01")
    ...     [found[county.id] == areas_of(store, county, "2015-10-01") for county in counties]
    [True, True]
    """
    at = day_of(at)
    asked = list(bodies)
    chains = Chains.of(store)
    chains.expect_reach(one.id for one in asked if reach_of(one.kind) in _AREAS)
    by_councils = [one.id for one in asked if reach_of(one.kind) == "councils"]
    chains.expect_reach(by_councils)
    chains.expect_relations(by_councils)
    return {body.id: _reached(chains, body, _day_in_life(body, at)) for body in asked}


def _reached(chains: Chains, body: Entity, day: str) -> list[str]:
    reach = reach_of(body.kind)
    if reach == "country":
        return sorted(chains.store.populations())
    if reach == "postcode":
        stood = standing_place(chains.store, body, day)
        return sorted(area for area, _ in stood.parts) if stood else []
    if reach == "councils":
        return _covered(chains, _councils_of(chains, body.id, day), day)
    seen: set[str] = set()
    areas: set[str] = set()
    waiting = [body.id]
    while waiting:
        seen.update(waiting)
        areas.update(_covered(chains, waiting, day))
        below = [relationship for one in waiting for relationship in chains.below(one, day)]
        waiting = sorted({f.subject for f in below if _lends(of_id(f.subject), of_id(f.object))} - seen)
        chains.expect_reach(waiting)
    return sorted(areas)


def _lends(part: Kind, whole: Kind) -> bool:
    """Whether what belongs to a body lends it its area: a council sits in a partnership for the council's other
    parts."""
    return part.reach in _AREAS and (whole.reach == "members" or "local_authority" not in part.traits)


_AREAS = frozenset({"own", "members"})
"""How kinds reach that have an area by themselves."""


def _day_in_life(body: Entity, at: str) -> str:
    """The day nearest to `at` on which a body existed."""
    if body.valid_until and at >= body.valid_until:
        return day_before(body.valid_until)
    return body.valid_from if body.valid_from and at < body.valid_from else at


def _covered(chains: Chains, bodies: Iterable[str], day: str) -> list[str]:
    """What bodies cover themselves; a health authority only where no trust tells its own authority better."""
    covered = [relationship for one in bodies for relationship in chains.covered(one, day)]
    better = {
        relationship.subject: paired(kind_of(relationship.subject) or "", "yields_to")
        for relationship in covered
    }
    guessed = {relationship.object for relationship in covered if better[relationship.subject]}
    better_known = {
        (area, kind_of(relationship.subject)) for area, relationship in chains.covering_all(guessed, day)
    }
    return sorted(
        {f.object for f in covered if not any((f.object, kind) in better_known for kind in better[f.subject])}
    )


def _councils_of(chains: Chains, body: str, day: str) -> set[str]:
    """The councils that a board belongs to, itself or through the boards that joined it, or that pay a voice."""
    boards = {
        body,
        *(
            relationship.subject
            for relationship in chains.below(body, day)
            if relationship.verb == "member_of"
        ),
    }
    chains.expect(boards)
    councils = {
        relationship.object
        for one in boards
        for relationship in chains.above(one, day)
        if relationship.verb == "part_of"
    }
    paying = (
        relationship for relationship in chains.ties(body, day) if relationship.verb == "holds_contract_with"
    )
    return councils | {relationship.subject for relationship in paying if relationship.object == body}
