"""The council that a place lay in on the day that is asked about, where today's was not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Relationship
from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store, ends_of
from orgmap.graphmodel.vocabulary import kind_of, kinds_with, of_id
from orgmap.queries.by_set import kept_with
from orgmap.queries.place.areas import areas_by_body, body_place, former_extent
from orgmap.queries.place.names import NOT_KNOWN, NOW, Named
from orgmap.queries.structure.hierarchy import Chains, RoleHolder, in_order, roles_of

BY_SMALL_AREAS = "by the names of small areas that were given in the time of its districts"
"""What is said of a council of a place before the look-ups begin."""


def on_day(store: Store, place: Named, at: AnyDay) -> Named:
    """A place with the council in which it lay on a day; “now” stands before today's where it had not begun by then
    and no table tells the one before it.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.place.names import named_places
    >>> with open_store() as store:
    ...     [kendal] = named_places(store, "Kendal")
    ...     on_day(store, kendal, "2015-06-01").described
    'Kendal, a town in South Lakeland, Cumbria'
    """
    at = day_of(at)
    if not place.rank or not place.parts:
        return place
    area = max(place.parts, key=lambda part: part[1])[0]
    covered = store.relationships(objects=[area], verbs=["covers"])
    councils = [
        relationship for relationship in covered if "local_authority" in of_id(relationship.subject).traits
    ]
    today = _nearest(relationship for relationship in councils if relationship.valid_until is None)
    then = _nearest(relationship for relationship in councils if relationship.period.holds(at))
    if not today or then == today or any(body.in_force_on(at) for body in store.entities(ids=[today])):
        return place
    before = [] if then else _councils_before(store, area, at)
    councils_then = store.entities(ids=[then, *before], at=at)
    names = {body.id: _without_style(store, body) for body in councils_then}
    if place_form(place.council) in map(place_form, names.values()):
        return place
    name = names.get(then, "")
    if not name or NOT_KNOWN in place.kind or "social_care" in of_id(then).traits:
        return place._replace(within=f"{NOW}{place.within}")  # which district it had is not known
    return place._replace(within=name, near=name if place.near == place.council else place.near)


def _nearest(covering: Iterable[Relationship]) -> str:
    """Of the councils that cover an area the lowest: the district, or else the one of all powers."""
    found = sorted(
        (relationship.subject for relationship in covering),
        key=lambda one: ("social_care" in of_id(one).traits, one),
    )
    return found[0] if found else ""


def _without_style(store: Store, council: Entity) -> str:
    """The name of a council as people write it behind a place: South Lakeland."""
    bare = without_style(council.label)
    short = [name.value for name in store.details(council.id).names if place_form(name.value) == bare]
    return short[0] if short else council.label


def roles_of_areas(chains: Chains, areas: Iterable[str], at: AnyDay) -> dict[str, list[RoleHolder]]:
    """Every body with a role for each of these areas on a day; before the look-ups begin also the councils that its
    districts tell."""
    at = day_of(at)
    asked = list(dict.fromkeys(areas))
    chains.expect_areas(asked, at)
    found = {area: chains.of_area(area, at) for area in asked}
    untold = [
        area
        for area, roles in found.items()
        if not any("social_care" in of_id(role.body).traits for role in roles)
    ]
    if untold:
        districts = {one for area in untold for one in districts_before(chains.store, area)}
        Chains.of(chains.store).expect(districts)
    for area in untold:
        before = _councils_before(chains.store, area, at)
        more = (
            RoleHolder(role, body, (relationship,))
            for body, relationship in before.items()
            for role in _roles(body)
        )
        found[area] = in_order([*found[area], *more])
    return found


def roles_of_area(chains: Chains, area: str, at: AnyDay) -> list[RoleHolder]:
    """The same for one area."""
    return roles_of_areas(chains, [area], at)[area]


def _roles(body: str) -> tuple[str, ...]:
    return roles_of(kind_of(body) or "")


def _councils_before(store: Store, area: str, at: str) -> dict[str, Relationship]:
    """The county council that an area's districts were part of, if all were part of the same, and the one district.

    So the county of Crewe is known on days before the look-ups begin, by the names of small areas that were given in
    the time of Crewe and Nantwich and its neighbours.
    """
    districts = districts_before(store, area)
    above = [relationship for one in sorted(districts) for relationship in Chains.of(store).above(one, at)]
    counties = [
        relationship
        for relationship in above
        if relationship.verb == "part_of" and "social_care" in of_id(relationship.object).traits
    ]
    if (
        len({relationship.object for relationship in counties}) != 1
        or {relationship.subject for relationship in counties} != districts
    ):
        return {}
    relationship = counties[0]._replace(basis="derived", note=BY_SMALL_AREAS)
    return (
        {relationship.object: relationship}
        if len(districts) > 1
        else {relationship.object: relationship, relationship.subject: relationship}
    )


def districts_inside(store: Store, areas: Iterable[str], at: AnyDay) -> list[Entity]:
    """The districts of a day of those county councils that lie in some areas as a whole, whether or not any table
    tells how far each district reached."""
    at = day_of(at)
    here = frozenset(areas)
    ever = {body for body, _ in ends_of(store, objects=sorted(here), verbs=["covers"])}
    ids = sorted(one for one in ever if "social_care" in of_id(one).traits)
    counties = store.entities(ids=ids, at=at) if ids else []
    reached = areas_by_body(store, counties, at)
    whole = [
        body.id
        for body in counties
        if (areas := reached[body.id] or _first_reached(store, body, at)) and here.issuperset(areas)
    ]
    below = ends_of(store, objects=whole, verbs=["part_of"], at=at) if whole else []
    inside = {part for part, _ in below if "local_authority" in of_id(part).traits}
    return store.entities(ids=sorted(inside), at=at) if inside else []


def _first_reached(store: Store, council: Entity, at: str) -> list[str]:
    """The areas of a council on a day before the look-ups begin: those of the first day that they tell."""
    with suppress(NothingFound):
        return [area for area, _ in body_place(store, council, at).parts]
    return []


def districts_before(store: Store, area: str) -> frozenset[str]:
    """The districts of an area that ended before the look-ups begin, by the names of its small areas."""
    return _districts(store).get(area, frozenset())


def _districts(store: Store) -> dict[str, frozenset[str]]:
    """For each area the districts of small areas' names that ended before the look-ups begin."""

    def read() -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for kind in kinds_with("only_inside"):
            for body in store.entities(kind=kind):
                for area, _ in former_extent(store, body):
                    found.setdefault(area, set()).add(body.id)
        return {area: frozenset(bodies) for area, bodies in found.items()}

    return kept_with(store, "districts before", read)
