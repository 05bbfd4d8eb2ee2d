"""What a bare name means that several have, worked out beforehand as the command does it: the page takes the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.errors import Ambiguous, OrgmapError
from orgmap.graphmodel.model import Entity, Place
from orgmap.graphmodel.place_words import place_form, without_style
from orgmap.graphmodel.vocabulary import has, kinds
from orgmap.queries.place.names import Named, named_places
from orgmap.queries.place.part_names import ask_many
from orgmap.queries.place.places import place_of
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, day_number, rising


class Meant(NamedTuple):
    """What a name means: the number of a place, or of a body for its area, or neither where it is asked which."""

    place: int | None = None
    body: int | None = None


def meant_json(packed: Packed, places: Sequence[Named], day: str) -> Json:
    """Of every name that may be doubtful what is meant by it on a day; `places` are those of the page in their order.

    Places are numbers alone where the name is their own; a name that is not in the answer is not doubtful. Beside it
    stands what a name meant before a council of that name ended, by the day of the end.
    """
    own = [place_form(place.called or place.name) for place in places]
    ask_many(packed.store)
    reader = _Reader(packed, places)
    found = {form: one for form in _doubtful(packed) if (one := reader.meant(form, day)) is not None}
    taken = {form: one.place for form, one in found.items() if one.place is not None}
    return {
        "places": rising(sorted(place for form, place in taken.items() if own[place] == form)),
        "otherwise": {form: place for form, place in taken.items() if own[place] != form},
        "bodies": {form: one.body for form, one in found.items() if one.body is not None},
        "asked": [form for form, one in found.items() if one == Meant()],
        "before": _before(packed, reader, found),
    }


class _Reader:
    """Reads names as the command does, and tells places and bodies by their numbers in the page."""

    def __init__(self, packed: Packed, places: Sequence[Named]) -> None:
        self._packed = packed
        self._places = {_key(place): number for number, place in enumerate(places)}
        self._bodies = {(body.kind, body.label): packed.numbers[body.id] for body in packed.bodies}

    def meant(self, form: str, day: str) -> Meant | None:
        """What a name means on a day; none where nothing is found, or what only longer names tell."""
        try:
            place = place_of(self._packed.store, form, day)
        except Ambiguous:
            return Meant()
        except OrgmapError:
            return None
        if place.kind in kinds():
            return Meant(body=self._bodies[place.kind, place.label])
        number = self._number(form, place)
        return None if number is None else Meant(place=number)

    def _number(self, form: str, place: Place) -> int | None:
        for one in named_places(self._packed.store, form):
            if one.parts == place.parts and place.label.startswith(one.called or one.name):
                return self._places.get(_key(one))
        return None


def _before(packed: Packed, reader: _Reader, now: dict[str, Meant]) -> Json:
    """What names of councils meant on the last day of each, where that is not what they mean now: the day of the end,
    then the number of a place, or of a body, and nothing where it was asked which."""
    ends: dict[str, set[str]] = {}
    for body in packed.bodies:
        if body.valid_until and has(body.kind, "local_authority"):
            for form in _forms(packed, body) & now.keys():
                ends.setdefault(form, set()).add(body.valid_until)
    found: Json = {}
    for form, days in sorted(ends.items()):
        for end in sorted(days):
            then = reader.meant(form, day_before(end))
            if then is not None and then != now[form]:
                found.setdefault(form, []).append([day_number(end), then.place, then.body])
    return found


def _doubtful(packed: Packed) -> Iterator[str]:
    """Names of councils, and those that several places have, or that stand in a longer name of a place or a body."""
    names = {place_form(name) for body in packed.bodies for name in _names(packed, body)}
    councils = [_forms(packed, body) for body in packed.bodies if has(body.kind, "local_authority")]
    forms = set(packed.store.place_forms())
    most = max((form.count(" ") + 1 for form in forms), default=0)
    within = {run for name in names for run in _runs(name, most) if run in forms}
    within |= {run for form in forms for run in _runs(form, most) if run != form and run in forms}
    yield from sorted(set().union(*councils) - forms)
    for form in sorted(forms):
        if form in within or len({(row.within, row.kind) for row in packed.store.place_names(form)}) > 1:
            yield form


def _runs(name: str, most: int) -> Iterator[str]:
    """All that stands in a name as whole words one behind the other, so many at most.

    >>> sorted(_runs("stoke on trent", 2))
    ['on', 'on trent', 'stoke', 'stoke on', 'trent']
    """
    words = name.split(" ")
    for size in range(1, min(most, len(words)) + 1):
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _names(packed: Packed, body: Entity) -> set[str]:
    return {body.name, *(one.value for one in packed.details[body.id].names)}


def _forms(packed: Packed, council: Entity) -> set[str]:
    """A council's names as they are compared, without what makes it a council."""
    return {place_form(bare) for name in _names(packed, council) if (bare := without_style(name))}


def _key(place: Named) -> tuple[str, str, str, str]:
    return place.name, place.kind, place.within, place.called
