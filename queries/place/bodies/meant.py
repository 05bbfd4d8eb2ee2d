"""Bodies that are meant as places: which of those of a name, what stands in for them, and what has no area."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.place_words import place_form
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_code, as_outcode, normalise
from orgmap.graphmodel.vocabulary import has, kinds, reach_of, things
from orgmap.queries.body.later_names import later_name_note
from orgmap.queries.body.resolve import OFFICE, life, standing
from orgmap.queries.place.areas import (
    areas_of,
    body_place,
    former_extent,
    in_words,
)
from orgmap.queries.place.areas import without_area as has_none
from orgmap.queries.place.bodies.followed import became
from orgmap.queries.place.refused.offers import nothing_called

BORROWED = ("councils", "postcode", "country")
"""How kinds reach whose area is that of a council, a postcode or the whole country."""

NOT_IN_FORCE = "Nothing in force on"
"""So begins the note on an ended body that stands in for what has no area on a day."""

AFTER_ANY = "9999"
"""Later than any day."""

TOLD = 3
"""So many bodies are told beside a place."""

Bodies = dict[Entity, frozenset[str]]
"""Bodies with the areas that they cover."""


def covering(bodies: Bodies) -> Bodies:
    """Those that have an area; where one commissions or is a council, no board, voice or trust of its name is meant."""
    known = {body: areas for body, areas in bodies.items() if areas}
    return {body: areas for body, areas in known.items() if reach_of(body.kind) not in BORROWED} or known


def without_extent(store: Store, body: Entity, at: AnyDay) -> bool:
    """Whether no look-up tells how far a body reached on a day or later."""
    at = day_of(at)
    if former_extent(store, body):
        return not areas_of(store, body, at)
    try:
        body_place(store, body, at)
    except NothingFound:
        return True
    return False


def known_later(store: Store, alive: Bodies, at: AnyDay) -> Bodies:
    """Bodies in force whose area no table tells for the day, and one tells for a later day: they are still meant."""
    at = day_of(at)
    found = {}
    for body in alive:
        with suppress(NothingFound):
            found[body] = frozenset(area for area, _ in body_place(store, body, at).parts)
    return found


def with_former_extent(store: Store, bodies: Bodies) -> Bodies:
    """The bodies, a district that ended before the look-ups begin with the areas in which its people lived."""
    return {
        body: areas or frozenset(area for area, _ in former_extent(store, body))
        for body, areas in bodies.items()
    }


def unknown_extent(alive: Bodies) -> list[Entity]:
    """The bodies of law in force that commissioned or governed a place, and whose area no table tells for the day."""
    return [
        body
        for body, areas in alive.items()
        if not areas and reach_of(body.kind) not in BORROWED and standing(body.kind) > OFFICE
    ]


def named_as_places(store: Store, text: str, bodies: Bodies) -> Bodies:
    """The bodies without boards and voices of that name, unless the text names their kind or is their whole name.

    Healthwatch Wigan and Leigh is no reason to take “Wigan and Leigh” for a place.
    """
    read = read_name(text)
    is_named = bool(read.kinds) or ":" in text
    return {
        body: areas
        for body, areas in bodies.items()
        if is_named
        or reach_of(body.kind) not in BORROWED
        or normalise(body.label) == read.plain
        or _coded(store, text, body)
    }


def _coded(store: Store, text: str, body: Entity) -> bool:
    """Whether a text is the id or a code of a body."""
    return text.casefold() == body.id.casefold() or body.id in store.ids_of_code(as_code(text) or "")


def last_of(bodies: Bodies, at: str) -> Bodies:
    """Of bodies none of which is in force those that ended last, those of law before others.

    Of a group, a partnership and a board that had one name or code after each other the board is meant. Of several
    that are still to come none is meant more than another.
    """
    ended = [body for body in bodies if (body.valid_until or AFTER_ANY) <= at]
    if not ended:
        return {body: bodies[body] for body in sorted(bodies, key=lambda body: body.valid_from or "")}
    day = max(body.valid_until or "" for body in ended)
    nearest = [body for body in ended if body.valid_until == day]
    best = max(standing(body.kind) for body in nearest)
    return {body: bodies[body] for body in nearest if standing(body.kind) == best}


def one_body(store: Store, text: str, name: str, bodies: Bodies, at: AnyDay) -> Place:
    """The body of a name; several of them if they have the very same area, which is then what is meant."""
    at = day_of(at)
    if len(set(bodies.values())) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in bodies]
        raise Ambiguous(f"“{name}” could be {len(bodies)} bodies; name one by its id.", lines)
    return body_as_place(store, next(iter(bodies)), at, text)


def body_as_place(store: Store, body: Entity, at: AnyDay, text: str) -> Place:
    """The area of a body as a place, named with the body's kind."""
    at = day_of(at)
    place = body_place(store, body, at, text)
    notes = (*place.notes, *later_name_note(store, text, body, at))
    return place._replace(described=place.described or in_words(body), notes=notes)


def body_by_id(store: Store, body: Entity, at: AnyDay, text: str) -> Place:
    """The area of the body that an id names, with what must be said where it was not in force."""
    at = day_of(at)
    place = body_as_place(store, body, at, text)
    if body.in_force_on(at):
        return place
    note = f"{place.label} was not in force on {at} ({life(body)}), and its area is taken."
    after = [became(store, body)] if body.valid_until and body.valid_until <= at else []
    return place._replace(notes=tuple(dict.fromkeys([*place.notes, note, *after])))


def of_the_same_letters(store: Store, text: str) -> list[str]:
    """Says of an outcode that it is a body's code as well: RM1 is a part of Romford, and a trust in Norwich."""
    outcode = as_outcode(text)
    bodies = store.entities(ids=store.ids_of_code(outcode)) if outcode else []
    return [
        f"{outcode} is also the code of {in_words(body)} ({body.id}, {life(body)}), which is not meant."
        for body in bodies[:TOLD]
    ]


def stands_in(store: Store, text: str, name: str, ended: Bodies, found: Bodies, at: AnyDay) -> Place:
    """The area of the last of several bodies that ended, with what must be said of it and of the others.

    `found` are all bodies of that name: one in force whose area is not known is told too.
    """
    at = day_of(at)
    last = last_of(ended, at)
    place = one_body(store, text, name, last, at)
    alive = [
        body for body in found if body.in_force_on(at) and not has_none(body) and body.kind not in things()
    ]
    known = "is called that"
    if alive:
        words = " and ".join(f"{in_words(body)} ({body.id})" for body in alive)
        known = f"and of a known area is called that (that of {words}, is not known)"
    note = f"{NOT_IN_FORCE} {at} {known}: {place.label} was not in force then, and its area is taken."
    [body, *_] = last
    after = (
        [became(store, body)]
        if has(body.kind, "local_authority") and (body.valid_until or AFTER_ANY) <= at
        else []
    )
    notes = dict.fromkeys([*place.notes, note, *after, *_to_come(ended, found, at)])
    others = {one: areas for one, areas in ended.items() if one not in last}
    return _with_others(place._replace(notes=tuple(notes)), others)


def _to_come(ended: Bodies, found: Bodies, at: str) -> list[str]:
    """Where all of that name are still to come: those that no table gives an area on the day, to be asked for later."""
    if any((body.valid_until or AFTER_ANY) <= at for body in found):
        return []
    unknown = [
        body
        for body, areas in found.items()
        if not areas and body not in ended and not body.in_force_on(at) and standing(body.kind) > OFFICE
    ]
    return [
        f"{in_words(body)} ({body.id}, {life(body)}), is called so too: ask on a day on which it was there."
        for body in unknown[:TOLD]
        if reach_of(body.kind) not in BORROWED and not has_none(body)
    ]


def beside(place: Place, bodies: Bodies) -> Place:
    """A place with what else has its name: bodies with another area, none of which is meant.

    A council is told only where the place has a longer name than was asked for: High Wycombe is not Wycombe.
    """
    councils = {body: areas for body, areas in bodies.items() if has(body.kind, "local_authority")}
    if not councils:
        return _with_others(place, bodies)
    asked, taken = (place_form(name.partition(",")[0]) for name in (place.text, place.label))
    return place if asked == taken else _with_others(place, councils)


@contextmanager
def told_beside(name: str, bodies: Bodies, at: AnyDay) -> Iterator[None]:
    """Tells, where places of a name are too many, also what else has it: a body in force whose area no table tells,
    and a council that ended. Raises `Ambiguous` again with these among the candidates."""
    at = day_of(at)
    try:
        yield
    except Ambiguous as refused:
        unknown = unknown_extent({body: areas for body, areas in bodies.items() if body.in_force_on(at)})
        ended = [
            body
            for body, areas in bodies.items()
            if areas and has(body.kind, "local_authority") and (body.valid_until or AFTER_ANY) <= at
        ]
        if not unknown and not ended:
            raise
        lines = [*refused.candidates, *(f"{body.id} — {body.label}, {life(body)}" for body in ended)]
        lines += [f"{body.id} — {body.label}, {life(body)}, its area not known for {at}" for body in unknown]
        words = f"“{name}” could be {len(lines)} places or bodies; add the council, or name one so."
        raise Ambiguous(words, lines) from None


def _with_others(place: Place, bodies: Bodies) -> Place:
    taken = frozenset(area for area, _ in place.parts)
    notes = [
        f"{in_words(body)} ({body.id}, {life(body)}), has another area and is not meant."
        for body, areas in bodies.items()
        if areas and areas != taken
    ]
    return place._replace(notes=(*place.notes, *notes[:TOLD]))


def refused_for(
    store: Store, text: str, name: str, unknown: list[Entity], others: Bodies, local: list[str], at: AnyDay
) -> Place:
    """The refusal of a name that a body in force has whose area is not known; `local` places have it too."""
    at = day_of(at)
    if len(unknown) == 1 and not others and not local:
        return body_as_place(store, unknown[0], at, text)
    lines = [*local, *(f"{body.id} — {body.label}, {life(body)}" for body in others)]
    lines += [f"{body.id} — {body.label}, {life(body)}, its area not known for {at}" for body in unknown]
    raise Ambiguous(
        f"“{name}” could be {len(lines)} places or bodies; add the council, or name one so.", lines
    )


def without_area(store: Store, text: str, name: str, found: Bodies, at: AnyDay) -> Place:
    """A body of just that name whose area no table tells on the day itself; refuses what is no place at all.

    What has no area by its nature (a practice, a network, a service) is meant only by its id or code; a refusal tells
    it beside the places that may be meant.
    """
    at = day_of(at)
    meant = named_as_places(store, text, found)
    bodies = [
        body for body in meant if not (has_none(body) or body.kind in things()) or _coded(store, name, body)
    ]
    called = [body for body in bodies if normalise(body.label) == normalise(name)]
    called = called or [body for body in bodies if has(body.kind, "local_authority")]
    named = [body for body in bodies if reach_of(body.kind) != "postcode"]
    called = called or [body for body in named if body.in_force_on(at) or read_name(name).kinds]
    called = called or [body for body in bodies if _coded(store, name, body)]
    if len(called) == 1:
        return body_as_place(store, called[0], at, text)
    alike = [body for body in meant if has_none(body) and normalise(body.label) == normalise(name)]
    if called or len(alike) > 1:
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in called or alike]
        raise Ambiguous(f"“{name}” could be {len(lines)} bodies; name one by its id.", lines)
    raise nothing_called(store, text, [], [], [], at, _no_places(name, found))


def _no_places(name: str, found: Bodies) -> list[str]:
    """What is called just so and is no place, told with its id: practices, and boards and voices."""
    called = [
        body for body in found if body.kind not in things() and normalise(body.label) == normalise(name)
    ]
    called = called or [body for body in found if reach_of(body.kind) in ("councils", "country")]
    return [
        f"{body.label} is a {kinds()[body.kind].label}: ask for it by its id, {body.id}."
        for body in called[:TOLD]
    ]
