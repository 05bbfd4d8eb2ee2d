"""From what a person typed to a place: the areas it lies in, with the share of it in each."""

from __future__ import annotations

from graphmodel.errors import Ambiguous, NothingFound
from graphmodel.model import Entity, Place
from graphmodel.store import PlaceName, Store
from graphmodel.text import as_postcode, country_of_postcode, normalise, with_space
from queries.areas import areas_of, body_place
from queries.place_codes import place_of_code
from queries.postcodes import other_reading, reading_note
from queries.resolve import candidates, life, nearest_names
from queries.standing import POPULATION, postcode_place

COUNCIL_KINDS = frozenset({"district_council", "upper_tier_council"})

_NAMED_FIRST = ("town", "parish", "neighbourhood", "ward")


def place_of(store: Store, text: str, at: str) -> Place:
    """The place that a text means: a postcode, an outcode, a council, a town or another body's area.

    Raises `NothingFound` (also for a postcode outside England, and says so) or `Ambiguous`.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     place_of(store, "ct9 1aa", "2013-06-01").label
    'CT9 1AA'
    """
    postcode = as_postcode(text)
    if postcode and not other_reading(store, text):
        return _postcode_place(store, postcode)
    if postcode := other_reading(store, text):
        place = _postcode_place(store, postcode)
        return place._replace(notes=(reading_note(text, postcode), *place.notes))
    return place_of_code(store, text, at) or _named_place(store, text, at)


def _postcode_place(store: Store, postcode: str) -> Place:
    label = with_space(postcode)
    row = store.postcodes([postcode]).get(postcode)
    if row is None:
        if country := country_of_postcode(postcode):
            raise NothingFound(f"{label} is not in England: its letters belong to {country}.")
        raise NothingFound(f"Postcode not known: {label} is in none of the lists of English postcodes.")
    return postcode_place(store, postcode, row.code, row.seen)


def _named_place(store: Store, text: str, at: str) -> Place:
    name, _, within = (part.strip() for part in text.partition(","))
    bodies = candidates(store, text) or (candidates(store, name) if within else [])
    councils = [body for body in bodies if body.kind in COUNCIL_KINDS]
    if len(councils) > 1:
        councils = [body for body in councils if body.period.holds(at)] or councils
    if len(councils) == 1:
        return body_place(store, councils[0], at, text)
    if councils:
        # A county or city and a district of the same name: the larger one is what people mean by it.
        upper = [body for body in councils if body.kind == "upper_tier_council"]
        if len(upper) == 1:
            return body_place(store, upper[0], at, text)
        lines = [f"{body.id} — {body.label}, {life(body)}" for body in councils]
        raise Ambiguous(f"“{text}” could be {len(councils)} councils; name one by its id.", lines)
    if rows := store.place_names(normalise(name)):
        return _town_place(text, rows, within)
    if bodies:
        alive = [body for body in bodies if body.period.holds(at)] or bodies
        if len({_footprint(store, body, at) for body in alive}) > 1:
            lines = [f"{body.id} — {body.label}, {life(body)}" for body in alive]
            raise Ambiguous(f"“{text}” could be {len(alive)} bodies; name one by its id.", lines)
        return body_place(store, alive[0], at, text)
    near = nearest_names(store, text)
    hint = f" Did you mean {' or '.join(f'“{n}”' for n in near)}?" if near else ""
    raise NothingFound(f"No place is called “{text}”.{hint} A postcode always works.")


def _town_place(text: str, rows: list[PlaceName], within: str) -> Place:
    if within:
        wanted = normalise(within)
        rows = [row for row in rows if wanted in normalise(row.within)] or rows
    places: dict[tuple[str, str], list[PlaceName]] = {}
    for row in rows:
        places.setdefault((row.within, row.kind), []).append(row)
    by_council: dict[str, tuple[str, list[PlaceName]]] = {}
    for (council, kind), found in sorted(places.items(), key=lambda item: _rank(item[0][1])):
        by_council.setdefault(council, (kind, found))
    if len(by_council) > 1:
        best = _rank(min((kind for kind, _ in by_council.values()), key=_rank))
        if len(first := [c for c, (kind, _) in by_council.items() if _rank(kind) == best]) == 1 and best == 0:
            by_council = {first[0]: by_council[first[0]]}
    if len(by_council) > 1:
        lines = [
            f"{found[0].name}, {council} ({kind})" for council, (kind, found) in sorted(by_council.items())
        ]
        raise Ambiguous(f"There are {len(lines)} places called “{text}”; add the council.", lines)
    [(council, (kind, found))] = by_council.items()
    notes: tuple[str, ...] = ()
    if "extent not known" in kind:
        notes = (f"How far {found[0].name} reaches is not known; the answer is for all of {council}.",)
    shares = tuple((row.code, row.share) for row in found)
    return Place(text, kind, f"{found[0].name}, {council}", shares, POPULATION, notes)


def _rank(kind: str) -> int:
    return next((i for i, first in enumerate(_NAMED_FIRST) if kind.startswith(first)), len(_NAMED_FIRST))


def _footprint(store: Store, body: Entity, at: str) -> frozenset[str]:
    return frozenset(areas_of(store, body, at))
