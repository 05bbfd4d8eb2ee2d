"""Of all that a name may mean the one that is meant: what is in force first, and the larger before the smaller."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, normalise
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.body.resolve import life
from orgmap.queries.place.areas import STANDING, areas_of, body_place, in_words
from orgmap.queries.place.names import (
    COMBINED,
    FORMER,
    NEIGHBOURHOOD,
    PARISH,
    POSTAL,
    TOWN,
    WARD,
    WHOLES,
    Named,
    largest_first,
    named_alike,
    named_places,
    namesakes,
)
from orgmap.queries.place.nhs import meant_as_a_body, none_in_force, of_law
from orgmap.queries.place.offers import nothing_called, typed_codes
from orgmap.queries.place.parts import called_after
from orgmap.queries.place.qualifiers import Qualifier, bodies_called, narrowed

SHORTEST = 3
"""Fewer letters (“NE”, “N”) are no name by which somebody means a body that is no longer there."""

COUNCIL_KINDS = frozenset({"district_council", "upper_tier_council"})

BESIDE = frozenset(
    {
        *("nhs_trust", "national_body", "local_healthwatch", "local_involvement_network"),
        *("health_and_wellbeing_board", "joint_health_and_wellbeing_board"),
    }
)
"""Kinds whose area is that of a council, a postcode or the whole country."""

AFTER = "9999"
"""Later than any day."""

NOT_IN_FORCE = "Nothing in force on"
"""So begins the note on an ended body that stands in for what has no area on a day."""

NEARLY_ALL = 0.9
"""A town with so much of the people of its district is as good as the district."""

LARGE_TOWN = 0.1
"""A town with so much of the people of the district of its name is meant by the name, and not the whole district."""


_OF_TRUSTS = frozenset(
    "nhs trust ft hospital hospitals infirmary health healthcare care ambulance partnership university teaching"
    " children childrens women womens mental community eye orthopaedic".split()
)
"""Words that no place has in its name, and trusts have."""


class Readings(NamedTuple):
    """What a name may mean: places of that name, and bodies of that name with their areas on the day."""

    name: str
    places: list[Named]
    bodies: dict[Entity, frozenset[str]]

    def __bool__(self) -> bool:
        return bool(self.places or self.bodies)

    def within(self, qualifiers: tuple[Qualifier, ...], towns: bool = True) -> Readings:
        """Those that lie in what was typed behind the name, a town of that name being taken only if asked for."""
        places = [place for place in self.places if all(one.holds_for(place, towns) for one in qualifiers)]
        places = [place for place in places if any(one.names(place) for one in qualifiers)] or places
        bodies = {
            body: areas
            for body, areas in self.bodies.items()
            if all(one.holds_for_areas(areas) for one in qualifiers)
        }
        return Readings(self.name, [narrowed(place, qualifiers) for place in places], bodies)


def readings_of(store: Store, name: str, at: str) -> Readings:
    """Every place and body of that name, or else of what is left of it without a council's style."""
    if "(" in name and not as_code(name):
        exact = [body for body in bodies_called(store, name) if "(" in body.label]
        return Readings(name, [], {body: frozenset(areas_of(store, body, at)) for body in exact})
    places = [place for place in named_places(store, name) if place.sort != POSTAL]
    called = bodies_called(store, name, a_place_has_it=bool(places))
    bodies = {body: frozenset(areas_of(store, body, at)) for body in called if may_be_place(name, body)}
    meant = places or any(areas or body.period.holds(at) for body, areas in bodies.items())
    return (not meant and _without_style(store, name, at)) or Readings(name, places, bodies)


def may_be_place(name: str, body: Entity) -> bool:
    """Whether a body may be meant where a place is asked for: a trust only if the name says that it is no place.

    >>> trust = Entity("trust:G6V2S", "nhs_trust", "North London NHS Foundation Trust", None, None)
    >>> [may_be_place(name, trust) for name in ("North London", "North London NHS FT", "trust:G6V2S")]
    [False, True, True]
    """
    if body.kind not in STANDING:
        return True
    read = read_name(name)
    words = frozenset(read.plain.split())
    told = read.kinds or read.nhs or words & _OF_TRUSTS or normalise(body.label) == read.plain
    return bool(
        told or ":" in name or any(code.lower() == (as_code(name) or "").lower() for _, code in body.codes)
    )


def _without_style(store: Store, name: str, at: str) -> Readings | None:
    """What is left of a name in a council's style: the council of that name; of “City of Ely” the town."""
    if not (bare := without_style(name)):
        return None
    bodies = {body: frozenset(areas_of(store, body, at)) for body in bodies_called(store, bare)}
    councils = {body: areas for body, areas in bodies.items() if body.kind in COUNCIL_KINDS and areas}
    towns = [
        place for place in named_places(store, bare) if place.rank == TOWN and "city" in name.lower().split()
    ]
    return Readings(name, [] if councils else towns, councils) or None


def decided(store: Store, text: str, found: Readings, at: str) -> Place:
    """The one reading that is meant.

    What is in force comes before what ended, a town before a body other than a council, and a ward or
    neighbourhood is meant only where nothing larger has the name.
    """
    name = found.name
    alive = {body: areas for body, areas in found.bodies.items() if body.period.holds(at)}
    councils = {body: areas for body, areas in alive.items() if body.kind in COUNCIL_KINDS}
    wholes = [place for place in found.places if place.kind in WHOLES]
    local = [place for place in found.places if place.rank >= TOWN]
    towns = [place for place in local if place.rank == TOWN]
    others = _covering(alive)
    if councils and others and {body.id for body in councils} <= set(store.ids_of_code(name)):
        # A register's letters are no name: those of a council mean no more than those of a trust or board.
        return _one_body(store, text, name, {**councils, **others}, at)
    named = [place for place in towns if not place.called]
    if councils and named and all(_without_extent(store, body, at) for body in councils):
        place = _one_of(store, text, name, named, at)
        told = " and ".join(body.label for body in councils)
        note = f"How far {told} reached on {at} is not known; the {named[0].sort} is meant."
        return place._replace(notes=(*place.notes, note))
    if councils:
        return _council_or_town(store, text, councils, towns, at)
    if wholes:
        return _whole_or_body(store, text, name, wholes, others, at)
    if towns:
        return _beside(store, _one_of(store, text, name, local, at), _covering(found.bodies), at)
    if others:
        return _one_body(store, text, name, others, at)
    if combined := [place for place in found.places if place.kind == COMBINED]:
        return combined[0].place(text)
    if early := _known_later(store, alive, at):
        return _one_body(store, text, name, early, at)
    others = {
        body: areas
        for body, areas in _covering(found.bodies).items()
        if body not in alive and body.kind != "national_body" and len(name) >= SHORTEST
    }
    ended = {body: areas for body, areas in others.items() if (body.valid_until or AFTER) <= at} or others
    parishes = [place for place in local if place.rank == PARISH]
    former = [place for place in found.places if place.kind == FORMER]
    if parishes and not ended and not former:
        return _one_of(store, text, name, local, at)
    councils = {body: areas for body, areas in ended.items() if body.kind in COUNCIL_KINDS}
    if ended and not parishes and not councils and meant_as_a_body(name) and not of_law(others, at):
        if present := {body: areas for body, areas in alive.items() if body.kind not in BESIDE}:
            return _without_area(store, text, name, Readings(name, [], present), at)
        raise none_in_force(store, name, others, at)
    if ended and not parishes and (councils or not local):
        return _stands_in(store, _one_body(store, text, name, councils or ended, at), at)
    if former and not parishes and not ended:
        return former[0].place(text)
    if ended or former:
        lines = [place.typed for place in largest_first([*former, *local])]
        lines += [f"{body.id} — {body.label}, {life(body)}" for body in ended]
        raise Ambiguous(f"“{name}” could be {len(lines)} places; add the council, or name one so.", lines)
    if local:
        return _one_of(store, text, name, local, at)
    return _without_area(store, text, name, found, at)


def _without_extent(store: Store, body: Entity, at: str) -> bool:
    """Whether no table tells how far a body reached on a day or later."""
    try:
        body_place(store, body, at)
    except NothingFound:
        return True
    return False


def _known_later(store: Store, alive: dict[Entity, frozenset[str]], at: str) -> dict[Entity, frozenset[str]]:
    """Bodies in force whose area no table tells for the day, and one tells for a later day: they are still meant."""
    found = {}
    for body in alive:
        with suppress(NothingFound):
            found[body] = frozenset(area for area, _ in body_place(store, body, at).parts)
    return found


def _covering(bodies: dict[Entity, frozenset[str]]) -> dict[Entity, frozenset[str]]:
    """Those that have an area; where one commissions or is a council, no board, voice or trust of its name is meant."""
    known = {body: areas for body, areas in bodies.items() if areas}
    return {body: areas for body, areas in known.items() if body.kind not in BESIDE} or known


def _council_or_town(
    store: Store, text: str, councils: dict[Entity, frozenset[str]], towns: list[Named], at: str
) -> Place:
    """The council of a name, or the town in a district of its name; of a county and a district the county."""
    chosen = list(councils)
    if len(chosen) > 1:
        chosen = [body for body in chosen if body.kind == "upper_tier_council"] or chosen
    if len(chosen) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in chosen]
        raise Ambiguous(f"“{text}” could be {len(chosen)} councils; name one by its id.", lines)
    [council] = chosen
    areas = councils[council] or frozenset(area for area, _ in body_place(store, council, at).parts)
    living = store.populations()
    people = sum(living.get(area, 0.0) for area in areas)
    inside = [place for place in towns if not place.called and place.areas <= areas]
    large = [place for place in inside if (place.people or 0.0) >= LARGE_TOWN * people]
    if council.kind == "district_council" and large and "not known" not in large[0].kind:
        town = large[0]
        place = town.place(text)
        note = f"The town is meant; “{council.label}” means all of the district."
        all_of_it = town.areas == areas and (town.people or 0.0) > NEARLY_ALL * people
        return place if all_of_it else place._replace(notes=(*place.notes, note))
    place = body_as_place(store, council, at, text)
    # Blackburn with Darwen is more than Blackburn even where no table tells how many people either has.
    other_name = inside and not named_alike(inside[0].council, inside[0].name)
    if inside and (other_name or (inside[0].people is not None and inside[0].areas != areas)):
        note = f"All of the council's area is meant; “{inside[0].typed}” means the {inside[0].sort}."
        place = place._replace(notes=(*place.notes, note))
    return place


def _whole_or_body(
    store: Store, text: str, name: str, wholes: list[Named], others: dict[Entity, frozenset[str]], at: str
) -> Place:
    """A region or county; a commissioner in force that has its name and its very area is told by its own name."""
    if len({place.areas for place in wholes}) > 1:
        lines = [place.typed for place in largest_first(wholes)]
        raise Ambiguous(f"“{name}” could be {len(lines)} places; name one so.", lines)
    same = [body for body, areas in others.items() if areas == wholes[0].areas]
    if boards := [body for body in same if body.kind == "integrated_care_board"]:
        return body_as_place(store, boards[0], at, text)
    return _beside(store, wholes[0].place(text), others, at)


def _one_of(store: Store, text: str, name: str, places: list[Named], at: str) -> Place:
    found = namesakes(store, places, at)
    if len(found) == 1 and found[0].rank in (NEIGHBOURHOOD, WARD) and place_form(text) == place_form(name):
        # Jesmond is a small area in Hartlepool, and what North and South Jesmond in Newcastle are parts of.
        here = {place.council for place in places}
        found += [place for place in called_after(store, name) if place.council not in here]
    if len(found) > 1:
        lines = list(dict.fromkeys(place.typed for place in found))
        raise Ambiguous(f"There are {len(lines)} places called “{name}”; add the council.", lines)
    place = found[0].place(text)
    notes = [*place.notes, *typed_codes(store, text)]
    return place._replace(notes=tuple(notes))


def _one_body(store: Store, text: str, name: str, bodies: dict[Entity, frozenset[str]], at: str) -> Place:
    """The body of a name; several of them if they have the very same area, which is then what is meant."""
    if len(set(bodies.values())) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in bodies]
        raise Ambiguous(f"“{name}” could be {len(bodies)} bodies; name one by its id.", lines)
    return body_as_place(store, next(iter(bodies)), at, text)


def body_as_place(store: Store, body: Entity, at: str, text: str) -> Place:
    """The area of a body as a place, named with the body's kind."""
    place = body_place(store, body, at, text)
    return place._replace(described=place.described or in_words(body))


def _stands_in(store: Store, place: Place, at: str) -> Place:
    """Says of an ended body that its area is taken because nothing in force has the name."""
    note = f"{NOT_IN_FORCE} {at} is called that: {place.label} was not in force then, and its area is taken."
    return place._replace(notes=(*place.notes, note))


def _beside(store: Store, place: Place, bodies: dict[Entity, frozenset[str]], at: str) -> Place:
    """A place with what else has its name: bodies with another area, none of which is meant."""
    taken = frozenset(area for area, _ in place.parts)
    if any(body.kind in COUNCIL_KINDS for body in bodies):
        return place
    notes = [
        f"{in_words(body)} ({body.id}, {life(body)}), has another area and is not meant."
        for body, areas in bodies.items()
        if areas and areas != taken
    ]
    return place._replace(notes=(*place.notes, *notes[:3]))


def _without_area(store: Store, text: str, name: str, found: Readings, at: str) -> Place:
    """A body of just that name whose area no table tells on the day itself; refuses what is no place at all."""
    called = [body for body in found.bodies if normalise(body.label) == normalise(name)]
    called = called or [body for body in found.bodies if body.kind in COUNCIL_KINDS]
    called = called or [body for body in found.bodies if body.period.holds(at) and body.kind not in STANDING]
    others = [body for body in called if kind_of(body.id) != "gp_practice"]
    if len(others) == 1:
        return body_as_place(store, others[0], at, text)
    if len(called) == 1:
        practice = called[0]
        raise NothingFound(
            f"No place is called “{name}”. {practice.label} is a GP practice: ask for it by its id, {practice.id}."
        )
    if called:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in others or called]
        raise Ambiguous(f"“{name}” could be {len(lines)} bodies; name one by its id.", lines)
    raise nothing_called(store, text, [], [], [], at)
