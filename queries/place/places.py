"""From what a person typed to a place: the areas it lies in, with the share of it in each."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include, Place
from orgmap.graphmodel.place_words import QUARTERS, place_form
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode
from orgmap.queries.place.addresses import address_by_outcode, address_by_postcode
from orgmap.queries.place.bodies.meant import body_by_id, of_the_same_letters
from orgmap.queries.place.bodies.planned import planned_instead
from orgmap.queries.place.choice import Readings, chosen, council_by_and, decided, readings_of
from orgmap.queries.place.codes import place_of_code
from orgmap.queries.place.commas import with_commas
from orgmap.queries.place.location import known_postcode
from orgmap.queries.place.names import POSTAL, Named, named_places
from orgmap.queries.place.parts import begun_after, called_after, only_longer, written_otherwise
from orgmap.queries.place.postcodes import other_reading, reading_note
from orgmap.queries.place.qualifiers import (
    EVERYWHERE,
    Qualifier,
    bodies_called,
    qualifier_of,
    splits,
)
from orgmap.queries.place.refused.abroad import ABROAD
from orgmap.queries.place.refused.informal import informal_area, nobody_administers
from orgmap.queries.place.refused.offers import nothing_called
from orgmap.queries.place.registered import place_registered
from orgmap.queries.place.styles import whole_of_kind

ERROR_CELL = "#"
"""How the errors of spreadsheets begin: #REF!, #N/A, #NAME?."""


def place_of(store: Store, text: str, at: AnyDay, include: Include = IN_FORCE) -> Place:
    """The place that a text means: a postcode, an outcode, a region, county, council or town, another body's area.

    A town may be told from its namesakes by what it lies in: “Ashford, Spelthorne”. Of bodies whose status is to be
    included the planned one is meant where none in force has the name. Raises `NothingFound` (also for a
    postcode outside England, and says so) or `Ambiguous`, whose candidates may be typed back.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     place_of(store, "ct9 1aa", "2013-06-01").label
    'CT9 1AA'
    """
    at = day_of(at)
    text = text.partition(" — ")[0].strip()  # a candidate may be typed back with its words
    try:
        read = _read(store, text, at)
    except NothingFound:
        if not (found := place_registered(store, text, at)):
            raise
        read = found
    place = planned_instead(store, text, read, at, include)
    if place.described:
        return place
    kind = place.kind.replace("_", " ")
    return place._replace(described=f"{place.label}, {'an' if kind[0] in 'aeiou' else 'a'} {kind}")


def _read(store: Store, text: str, at: str) -> Place:
    if text.startswith(ERROR_CELL):
        raise NothingFound(f"“{text}” is not a place: a spreadsheet writes this where a formula failed.")
    postcode = as_postcode(text)
    if postcode and not other_reading(store, text):
        return known_postcode(store, postcode, at)
    if postcode := other_reading(store, text):
        place = known_postcode(store, postcode, at)
        return place._replace(notes=(reading_note(text, postcode), *place.notes))
    if coded := place_of_code(store, text, at):
        return coded._replace(notes=(*coded.notes, *of_the_same_letters(store, text)))
    return _named_place(store, text, at)


def is_place_name(store: Store, text: str) -> bool:
    """Whether some place in England is called that, so that no practice of the name is meant."""
    return bool(informal_area(text)) or any(place.sort != POSTAL for place in named_places(store, text))


def _named_place(store: Store, text: str, at: str) -> Place:
    form = place_form(text)
    if len(form) < 2:
        raise NothingFound("No place was named. An English postcode always works.")
    if form in EVERYWHERE:
        raise WrongUse(f"{text} is everything: name a place, a council, a county or a region.")
    if form in ABROAD:
        raise NothingFound(f"{text} is not in England: only places in England are known.")
    text = with_commas(text)
    if ":" in text and (bodies := bodies_called(store, text)):
        return body_by_id(store, bodies[0], at, text)
    if address := address_by_postcode(store, text, at):
        return address
    if wholes := whole_of_kind(store, text, at):
        return wholes[0].place(text)
    if found := readings_of(store, text, at):
        return decided(store, text, found, at)
    if address := address_by_outcode(store, text, at):
        return address
    if council := council_by_and(store, text, at):
        place = decided(store, text, council, at)
        return place._replace(notes=("The comma was read as “and”.", *place.notes))
    refused: list[Qualifier] = []
    unknown: list[str] = []
    named: list[Named] = []
    for name, behind in splits(text):
        readings = readings_of(store, name, at)
        qualifiers = [qualifier_of(store, one, at) for one in behind]
        known = tuple(one for one in qualifiers if one)
        # “East” is a place only where its kind is told: “East, North Hertfordshire” is a body's name cut in two.
        is_place = place_form(name) not in QUARTERS or any(one.kind for one in known)
        whole = len(known) == len(behind) and is_place
        pieces = Readings(name, called_after(store, name) if whole else [], {})
        if not (readings or pieces) or len(known) < len(behind):
            named = named or readings.places
            refused = refused or (list(known) if len(known) == len(behind) else [])
            unknown = unknown or [one for one, found in zip(behind, qualifiers, strict=True) if not found]
            continue
        # A council is meant before a town or village of its name, Newcastle's Jesmond before none.
        inside = readings.within(known, towns=False) or pieces.within(known, towns=False)
        inside = inside or readings.within(known)
        if not inside and whole:
            inside = Readings(name, begun_after(store, name), {}).within(known, towns=False)
        if inside:
            return decided(store, text, inside, at)
        refused, named, unknown = list(known), readings.places, []
        break
    if informal := informal_area(text.partition(",")[0]):
        raise nobody_administers(text, informal)
    name, comma, rest = text.partition(",")
    if (other := written_otherwise(store, name)) and other != place_form(name):
        place = _named_place(store, f"{other}{comma}{rest}", at)
        return place._replace(text=text, notes=(*place.notes, f"“{name}” was read as “{other.title()}”."))
    if longer := [] if "," in text else only_longer(store, text):
        return chosen(store, text, text, longer, at)
    raise nothing_called(store, text, named, refused, unknown, at)
