"""The place of a body that the whole register alone has, by its code: that of its postcode there."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Place
from orgmap.graphmodel.register.bodies import PREFIX
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode
from orgmap.queries.body.registered import registered_as, what_it_is
from orgmap.queries.place.location import known_postcode


def place_registered(store: Store, text: str, at: AnyDay) -> Place | None:
    """The postcode at which the register has the body of a code, as a place; None if it has none of that code.

    Raises `NothingFound` if it stands nowhere that is known.
    """
    at = day_of(at)
    found = registered_as(store, text)
    if found is None:
        return None
    body = found.body
    said = f"{body.name or body.code} ({PREFIX}:{body.code}, {what_it_is(found)})"
    postcode = as_postcode(body.postcode)
    if not postcode:
        raise NothingFound(f"{said} has no postcode in the register.")
    place = known_postcode(store, postcode, at)
    which = f"its postcode in the register of {found.release.as_of}"
    note = f"“{text.strip()}” was taken as {said}: the answer is for {which}."
    return place._replace(text=text, notes=(note, *place.notes))
