"""Of all that a name may mean the one that is meant: what is in force first, and the larger before the smaller."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, normalise
from orgmap.graphmodel.vocabulary import has, reach_of
from orgmap.queries.body.letters import council_of_letters
from orgmap.queries.body.resolve import life
from orgmap.queries.place.areas import areas_of, body_place, former_extent
from orgmap.queries.place.bodies.meant import (
    AFTER_ANY,
    BORROWED,
    beside,
    body_as_place,
    covering,
    known_later,
    named_as_places,
    one_body,
    refused_for,
    stands_in,
    told_beside,
    unknown_extent,
    with_former_extent,
    without_area,
    without_extent,
)
from orgmap.queries.place.bodies.nhs import longer_in_force, meant_as_a_body, none_in_force, of_law
from orgmap.queries.place.commas import names_like, written_so
from orgmap.queries.place.councils_then import on_day
from orgmap.queries.place.names import (
    COMBINED,
    FORMER,
    PARISH,
    POSTAL,
    TOWN,
    WHOLES,
    Named,
    largest_first,
    named_alike,
    named_places,
    namesakes,
)
from orgmap.queries.place.parts import only_longer, with_quarters
from orgmap.queries.place.people import by_people, clearly_largest, with_many
from orgmap.queries.place.qualifiers import KIND_WORDS, Qualifier, bodies_called, narrowed
from orgmap.queries.place.refused.informal import area_or_place, informal_area, nobody_administers
from orgmap.queries.place.refused.offers import typed_codes
from orgmap.queries.place.styles import by_exact_name, of_that_style, only_exact

SHORTEST = 3
"""Fewer letters (“NE”, “N”) are no name by which somebody means a body that is no longer there."""

MOST_BESIDE = 3
"""So many places of a name are told that are not meant."""

NEARLY_ALL = 0.9
"""A town with so much of the people of its district is as good as the district."""

LARGE_TOWN = 0.1
"""A town with so much of the people of the district of its name is meant by the name, and not the whole district."""


_OF_TRUSTS = frozenset(
    "nhs trust ft hospital hospitals infirmary health healthcare care ambulance partnership university teaching"
    " children childrens women womens mental community eye orthopaedic".split()
)
"""Words that no place has in its name, and trusts have."""


_COUNCIL = KIND_WORDS["district"]
"""What “Newbury, District” asks for, and “Newbury, Borough”: no commissioner."""


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
            and (has(body.kind, "local_authority") or all(one.kind != _COUNCIL for one in qualifiers))
        }
        return Readings(self.name, [narrowed(place, qualifiers) for place in places], bodies)


def readings_of(store: Store, name: str, at: AnyDay) -> Readings:
    """Every place and body of that name, or else of what is left of it without a council's style."""
    at = day_of(at)
    if "(" in name and not as_code(name):
        exact = [body for body in bodies_called(store, name) if "(" in body.label]
        return Readings(name, [], {body: frozenset(areas_of(store, body, at)) for body in exact})
    places = [place for place in named_places(store, name) if place.sort != POSTAL]
    called = bodies_called(store, name, a_place_has_it=bool(places), at=at)
    if "," in name:
        written = [
            row for row in store.place_names(place_form(name)) if written_so(name, row.called or row.name)
        ]
        places = [place for place in places if any(row.within == place.within for row in written)]
        called = [
            body for body in called if any(written_so(name, one) for one in names_like(store, name, body.id))
        ]
        if KIND_WORDS.get(name.rpartition(",")[2].strip().lower()) == _COUNCIL:
            called = [body for body in called if has(body.kind, "local_authority")]
    called = list(dict.fromkeys(council_of_letters(store, name, body, at) for body in called))
    bodies = {body: frozenset(areas_of(store, body, at)) for body in called if may_be_place(name, body)}
    as_places = named_as_places(store, name, bodies)
    meant = places or any(areas or body.in_force_on(at) for body, areas in as_places.items())
    return (not meant and _without_style(store, name, at)) or Readings(name, places, bodies)


def council_by_and(store: Store, text: str, at: AnyDay) -> Readings:
    """The council that is called so if the one comma of a text stands for “and”: “Hammersmith, Fulham”.

    Both places then lie in its area. No other body is meant so, nor any where a county stands behind the comma:
    “Redcar, Cleveland” is Redcar.
    """
    at = day_of(at)
    name, _, behind = (piece.strip() for piece in text.partition(","))
    nothing = Readings(text, [], {})
    if not behind or "," in behind or any(place.rank == 0 for place in named_places(store, behind)):
        return nothing
    found = readings_of(store, f"{name} and {behind}", at).bodies
    councils = {body: areas for body, areas in found.items() if has(body.kind, "local_authority")}
    return nothing._replace(bodies=councils)


def may_be_place(name: str, body: Entity) -> bool:
    """Whether a body may be meant where a place is asked for: a trust or a voice only if the name says that it is none.

    >>> trust = Entity("trust:G6V2S", "nhs_trust", "North London NHS Foundation Trust", None, None)
    >>> [may_be_place(name, trust) for name in ("North London", "North London NHS FT", "trust:G6V2S")]
    [False, True, True]
    """
    if not has(body.kind, "no_place"):
        return True
    read = read_name(name)
    words = frozenset(read.plain.split())
    is_named = read.kinds or read.nhs or words & _OF_TRUSTS or normalise(body.label) == read.plain
    return bool(
        is_named
        or ":" in name
        or any(code.lower() == (as_code(name) or "").lower() for _, code in body.codes)
    )


def _without_style(store: Store, name: str, at: str) -> Readings | None:
    """What is left of a name in a council's style: the council of that name; of “City of Ely” the town."""
    if not (bare := without_style(name)):
        return None
    bodies = {body: frozenset(areas_of(store, body, at)) for body in bodies_called(store, bare)}
    councils = {body: areas for body, areas in bodies.items() if has(body.kind, "local_authority") and areas}
    towns = [
        place for place in named_places(store, bare) if place.rank == TOWN and "city" in name.lower().split()
    ]
    return Readings(name, [] if councils else towns, councils) or None


def decided(store: Store, text: str, found: Readings, at: AnyDay) -> Place:
    """The one reading that is meant.

    What is in force comes before what ended, a town before a body other than a council, and a ward or
    neighbourhood is meant only where nothing larger has the name.
    """
    at = day_of(at)
    name = found.name
    if by_exact_name(store, name, found.bodies, at):
        found = Readings(name, [], only_exact(name, found.bodies))
    alive = {body: areas for body, areas in found.bodies.items() if body.in_force_on(at)}
    councils = {body: areas for body, areas in alive.items() if has(body.kind, "local_authority")}
    councils = of_that_style(store, name, councils, at)
    wholes = [place for place in found.places if place.kind in WHOLES]
    local = [place for place in found.places if place.rank >= TOWN]
    towns = [place for place in local if place.rank == TOWN]
    others = covering(alive)
    if councils and others and {body.id for body in councils} <= set(store.ids_of_code(name)):
        # A register's letters are no name: those of a council mean no more than those of a trust or board.
        return one_body(store, text, name, {**councils, **others}, at)
    named = [place for place in towns if not place.called]
    if councils and named and all(without_extent(store, body, at) for body in councils):
        place = _one_of(store, text, name, named, at)
        words = " and ".join(body.label for body in councils)
        note = f"The {named[0].sort} is meant, and “{words}” means the council."
        if not all(former_extent(store, body) for body in councils):
            note = f"How far {words} reached on {at} is not known. {note}"
        return place._replace(notes=(*place.notes, note))
    if councils:
        return _council_or_town(store, text, councils, towns, at)
    if wholes:
        return _whole_or_body(store, text, name, wholes, others, at)
    if towns:
        if hamlets := _asked_beside(towns, others):
            raise Ambiguous(f"“{name}” could be {len(hamlets)} places or bodies; name one so.", hamlets)
        if (informal := informal_area(text)) and not with_many(store, towns):
            raise area_or_place(name, informal, [place.typed for place in largest_first(local)])
        with told_beside(name, found.bodies, at):
            return beside(_one_of(store, text, name, local, at), covering(found.bodies))
    others = named_as_places(store, text, others)
    unknown = unknown_extent(alive)
    if others and unknown:
        return refused_for(store, text, name, unknown, others, [], at)
    if others:
        return one_body(store, text, name, others, at)
    if combined := [place for place in found.places if place.kind == COMBINED]:
        return combined[0].place(text)
    if early := named_as_places(store, text, known_later(store, alive, at)):
        return one_body(store, text, name, early, at)
    if unknown:
        lines = [place.typed for place in largest_first(local)]
        return refused_for(store, text, name, unknown, {}, [] if read_name(text).kinds else lines, at)
    return _of_another_day(store, text, found, local, at)


def _of_another_day(store: Store, text: str, found: Readings, local: list[Named], at: str) -> Place:
    """What is meant where nothing in force has the name: an ended body, or a parish, ward or neighbourhood."""
    name = found.name
    others = {
        body: areas
        for body, areas in covering(with_former_extent(store, found.bodies)).items()
        if not body.in_force_on(at) and reach_of(body.kind) != "country" and len(name) >= SHORTEST
    }
    others = named_as_places(store, text, others)
    ended = {body: areas for body, areas in others.items() if (body.valid_until or AFTER_ANY) <= at} or others
    styled = {body: areas for body, areas in ended.items() if has(body.kind, "local_authority")}
    wrong = styled.keys() - of_that_style(store, name, styled, at).keys()
    ended = {body: areas for body, areas in ended.items() if body not in wrong}
    parishes = [place for place in local if place.rank == PARISH]
    former = [place for place in found.places if place.kind == FORMER]
    if parishes and not ended and not former:
        if (informal := informal_area(text)) and not with_many(store, parishes):
            raise area_or_place(name, informal, [place.typed for place in largest_first(local)])
        return _one_of(store, text, name, local, at)
    councils = {body: areas for body, areas in ended.items() if has(body.kind, "local_authority")}
    if ended and not parishes and not councils and meant_as_a_body(name) and not of_law(others, at):
        alive = {body: areas for body, areas in found.bodies.items() if body.in_force_on(at)}
        if present := {body: areas for body, areas in alive.items() if reach_of(body.kind) not in BORROWED}:
            return without_area(store, text, name, present, at)
        raise none_in_force(store, name, others, at)
    if (
        ended
        and not parishes
        and not councils
        and (longer := longer_in_force(store, name, found.bodies, ended, at))
    ):
        raise longer
    if ended and not parishes and (councils or not local):
        return stands_in(store, text, name, councils or ended, {**found.bodies, **ended}, at)
    if former and not parishes and not ended:
        return former[0].place(text)
    if ended or former:
        lines = [place.typed for place in largest_first([*former, *local])]
        lines += [f"{body.id} — {body.label}, {life(body)}" for body in ended]
        raise Ambiguous(f"“{name}” could be {len(lines)} places; add the council, or name one so.", lines)
    informal = informal_area(text)
    if informal and local and all(place.rank > PARISH for place in local):
        raise area_or_place(name, informal, [place.typed for place in largest_first(local)])
    if local:
        return _one_of(store, text, name, local, at)
    if informal:
        raise nobody_administers(name, informal)
    if parts := only_longer(store, name):  # Seacroft is a part of Leeds, and what a network is called after
        return chosen(store, text, name, parts, at)
    return without_area(store, text, name, found.bodies, at)


def _asked_beside(towns: list[Named], others: dict[Entity, frozenset[str]]) -> list[str]:
    """The candidates where a body in force has the name of a place of which nobody counted the people, a hamlet."""
    if not others or any(place.people or place.basis != "estimated" for place in towns):
        return []
    return [
        *(place.typed for place in largest_first(towns)),
        *(f"{body.id} — {body.label}, {life(body)}" for body in others),
    ]


def _council_or_town(
    store: Store, text: str, councils: dict[Entity, frozenset[str]], towns: list[Named], at: str
) -> Place:
    """The council of a name, or the town in a district of its name; of a county and a district the county."""
    chosen = list(councils)
    if len(chosen) > 1:
        chosen = [body for body in chosen if has(body.kind, "social_care")] or chosen
    if len(chosen) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in chosen]
        raise Ambiguous(f"“{text}” could be {len(chosen)} councils; name one by its id.", lines)
    [council] = chosen
    areas = councils[council] or frozenset(area for area, _ in body_place(store, council, at).parts)
    living = store.populations()
    people = sum(living.get(area, 0.0) for area in areas)
    inside = [place for place in towns if not place.called and place.areas <= areas]
    large = [place for place in inside if (place.people or 0.0) >= LARGE_TOWN * people]
    if not has(council.kind, "social_care") and large and "not known" not in large[0].kind:
        town = large[0]
        place = on_day(store, town, at).place(text)
        place = _with_namesakes(place, with_many(store, [one for one in towns if not one.areas <= areas]))
        note = f"The town is meant; “{council.label}” means all of the district."
        all_of_it = town.areas == areas and (town.people or 0.0) > NEARLY_ALL * people
        return place if all_of_it else place._replace(notes=(*place.notes, note))
    place = body_as_place(store, council, at, text)
    # Blackburn with Darwen is more than Blackburn even where no table tells how many people either has.
    other_name = inside and not named_alike(inside[0].council, inside[0].name)
    if inside and (other_name or (inside[0].people is not None and inside[0].areas != areas)):
        typed = inside[0].typed
        if not any(body.in_force_on(at) for body in bodies_called(store, inside[0].council)):
            typed = f"{inside[0].name} ({inside[0].sort})"  # the council of today was not there then
        note = f"All of the council's area is meant; “{typed}” means the {inside[0].sort}."
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
    if boards := [body for body in same if has(body.kind, "named_like_county")]:
        return body_as_place(store, boards[0], at, text)
    return beside(wholes[0].place(text), others)


def _one_of(store: Store, text: str, name: str, places: list[Named], at: str) -> Place:
    found = namesakes(store, places, at)
    if place_form(text) != place_form(name):
        return chosen(store, text, name, found, at)
    largest = clearly_largest(store, found) if len(found) > 1 else []
    meant = with_quarters(store, name, places, largest or found, at)
    if len(meant.places) > 1 and largest:
        meant = with_quarters(store, name, places, found, at)  # all of the name are told
    place = chosen(store, text, name, meant.places, at)
    one = meant.places[0]
    others = [other for other in places if other.typed != one.typed]
    others = by_people(store, others) if largest else with_many(store, others)
    return _with_namesakes(place, list(dict.fromkeys([*others, *meant.beside])))


def _with_namesakes(place: Place, others: list[Named]) -> Place:
    asked = {place_form(part) for part in (place.text.partition(",")[0], place.label.partition(",")[0])}
    typed = {
        other.typed: "is called so too"
        if place_form(other.called or other.name) in asked
        else "has the name in its own"
        for other in others
    }
    notes = [f"“{other}” {words} and is not meant." for other, words in list(typed.items())[:MOST_BESIDE]]
    return place._replace(notes=(*place.notes, *notes))


def chosen(store: Store, text: str, name: str, found: list[Named], at: AnyDay) -> Place:
    """The one place of a name that was found, with its council of the day.

    Raises `Ambiguous` with the candidates if there are several.
    """
    at = day_of(at)
    if len(found) > 1:
        lines = list(dict.fromkeys(place.typed for place in by_people(store, found)))
        raise Ambiguous(f"There are {len(lines)} places called “{name}”; add the council.", lines)
    place = on_day(store, found[0], at).place(text)
    notes = [*place.notes, *typed_codes(store, text)]
    return place._replace(notes=tuple(notes))
