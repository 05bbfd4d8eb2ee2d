"""What lies behind the areas of a map: where the place asked for is, and who is there where a kind has gaps."""

from __future__ import annotations

from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_notes, paired
from orgmap.queries.structure.areas_ahead import Ring
from orgmap.queries.structure.boundaries import AreaMap, area_map, outlined_on, outlines_of
from orgmap.queries.structure.within import scope_of


class MarkedPlace(NamedTuple):
    """Where a place lies: the smallest area known that holds it, whose it is, and whether it is the whole place."""

    label: str
    area: str
    whole: bool
    rings: tuple[Ring, ...]


def marked_place(store: Store, within: str, at: AnyDay) -> MarkedPlace | None:
    """The smallest area with an outline in which a place lies; None if no outline holds it.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     marked_place(store, "Woking", "2024-06-01").area
    'Woking Borough Council'
    """
    at = day_of(at)
    scope = scope_of(store, within, at)
    known, areas = outlined_on(store, at)
    holding = [(len(own), one) for one, own in areas.items() if own and scope.areas <= set(own)]
    if not holding or not scope.areas:
        return None
    area = known[min(holding)[1]]
    whole = area.body.label == scope.label
    return MarkedPlace(scope.label, area.body.label, whole, outlines_of({area.outline})[area.outline])


def gaps_filled(store: Store, drawn: AreaMap) -> tuple[str, tuple[tuple[Ring, ...], ...]]:
    """Why a kind has gaps, in words, and the areas of those that are there in its stead; blank if it has none."""
    why, others = kind_notes("gaps").get(drawn.layer.kind), paired(drawn.layer.kind, "gaps_filled_by")
    if not why or not others:
        return "", ()
    try:
        filling = area_map(store, drawn.at, others[0])
    except NothingFound:  # an older day, of which the tables have no such outlines
        return "", ()
    own = {area.outline for area in drawn.areas}
    return why, tuple(filling.outlines[area.outline] for area in filling.areas if area.outline not in own)
