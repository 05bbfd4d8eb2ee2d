"""A body that is planned or in shadow form and is meant as a place, where bodies of such a status are asked for."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Place
from orgmap.graphmodel.store import Store
from orgmap.queries.body.statuses import status_notes
from orgmap.queries.place.areas import areas_of
from orgmap.queries.place.bodies.meant import NOT_IN_FORCE, covering, stands_in
from orgmap.queries.place.qualifiers import bodies_called


def planned_instead(store: Store, text: str, place: Place, at: AnyDay, include: Include) -> Place:
    """The area of the planned body of a name, where a body that had ended was taken for want of one in force.

    Where several planned bodies have the name and not the same area, none of them is meant: the place stays.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.place.places import place_of
    >>> with open_store() as store:
    ...     ended = place_of(store, "Thames Valley", "2026-01-01")
    ...     planned_instead(store, "Thames Valley", ended, "2026-01-01", Include.of("planned")).label
    'NHS Thames Valley Integrated Care Board'
    """
    at = day_of(at)
    if include == IN_FORCE or not any(note.startswith(NOT_IN_FORCE) for note in place.notes):
        return place
    coming = covering(
        {
            body: frozenset(areas_of(store, body, at))
            for body in bodies_called(store, text, at=at)
            if at < (body.valid_from or "") and status_notes(store, body, at, include)
        }
    )
    known = [body for body in coming if body.kind == place.kind and body.label == place.label]
    if known:
        return _with_status(store, place, known, at, include)
    if len(set(coming.values())) != 1 or not all(coming.values()):
        return place
    return _with_status(store, stands_in(store, text, text, coming, coming, at), list(coming), at, include)


def _with_status(store: Store, place: Place, bodies: list[Entity], at: str, include: Include) -> Place:
    notes = [note for body in bodies for note in status_notes(store, body, at, include)]
    return place._replace(notes=tuple(dict.fromkeys([*place.notes, *notes])))
