"""The bodies of the page in columns: their lives, names, codes and stages; practices in a part of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.plans.stages import known_period, lasting_stages
from orgmap.graphmodel.store import Details, Store
from orgmap.graphmodel.vocabulary import kinds, reach_of, things
from orgmap.viz.explorer.columns import Citations, Json, day_number, rising, sparse

Numbers = dict[str, int]
"""The number of each body, by its id."""


class Packed(NamedTuple):
    """What all parts of the pack share: the store, the bodies by number, and the citations."""

    store: Store
    numbers: Numbers
    bodies: list[Entity]
    practices: list[Entity]
    details: dict[str, Details]
    cited: Citations

    @classmethod
    def of(cls, store: Store) -> Packed:
        """Reads the bodies of a store: first all others, then those with lists of people, each by id."""
        everything = [entity for entity in store.entities() if entity.kind not in things()]
        bodies = [entity for entity in everything if reach_of(entity.kind) != "list"]
        practices = [entity for entity in everything if reach_of(entity.kind) == "list"]
        numbers = {entity.id: number for number, entity in enumerate((*bodies, *practices))}
        details = {entity.id: store.details(entity.id) for entity in everything}
        return cls(store, numbers, bodies, practices, details, Citations(store.sources()))


def bodies_json(packed: Packed, bodies: Sequence[Entity], with_locators: bool = True) -> Json:
    """Bodies in columns, each with the source that knows it."""
    kind_numbers = {kind: number for number, kind in enumerate(kinds())}
    lasting = lasting_stages(
        (one.id, phase.value, phase.valid_from, phase.valid_until)
        for one in bodies
        for phase in packed.details[one.id].phases
    )
    return {
        "id": [one.id for one in bodies],
        "kind": [kind_numbers[one.kind] for one in bodies],
        "name": [one.name for one in bodies],
        "from": [day_number(one.valid_from) for one in bodies],
        "until": [day_number(one.valid_until) for one in bodies],
        "fromPrecision": sparse(one.from_precision for one in bodies),
        "untilPrecision": sparse(one.until_precision for one in bodies),
        "status": sparse((one.status for one in bodies), "in_force"),
        # Of a body that was in force and is now what a plan or a dispute says: since when.
        "stage": sparse(
            [lasting[one.id].status, day_number(lasting[one.id].valid_from)] if one.id in lasting else ""
            for one in bodies
        ),
        "note": sparse(one.note for one in bodies),
        "cited": [packed.cited.number([(one.source, one.locator)], with_locators) for one in bodies],
        "called": [_called_by(packed, one) for one in bodies],
    }


def _called_by(packed: Packed, body: Entity) -> int:
    """Who gives a body's names, codes, postcodes and stages; which line of theirs would take too much room."""
    said = [(word.source, "") for words in packed.details[body.id] for word in words]
    return packed.cited.number(said, with_locators=False)


def names_json(packed: Packed, bodies: Iterable[Entity]) -> Json:
    """Every other name of bodies with its days; a name without days is the body's own."""
    rows = [
        (packed.numbers[one.id], name)
        for one in bodies
        for name in packed.details[one.id].names
        if name.value != one.name or name.valid_from or name.valid_until
    ]
    return {
        "body": rising([number for number, _ in rows]),
        "name": [name.value for _, name in rows],
        "use": [name.sort for _, name in rows],
        "from": [day_number(name.valid_from) for _, name in rows],
        "until": [day_number(name.valid_until) for _, name in rows],
    }


def codes_json(packed: Packed, bodies: Iterable[Entity]) -> Json:
    """Codes of bodies with their days; not the one that stands in the id of what has lists, for each has it there."""
    rows = [
        (packed.numbers[one.id], code)
        for one in bodies
        for code in packed.details[one.id].identifiers
        if reach_of(one.kind) != "list" or code.value != one.id.partition(":")[2]
    ]
    return {
        "body": rising([number for number, _ in rows]),
        "scheme": [code.sort for _, code in rows],
        "code": [code.value for _, code in rows],
        "from": [day_number(code.valid_from) for _, code in rows],
        "until": [day_number(code.valid_until) for _, code in rows],
    }


def stages_json(packed: Packed) -> Json:
    """The periods in which bodies had another status than in force, as far as their days are known."""
    rows = [(one, phase) for one in packed.bodies for phase in packed.details[one.id].phases]
    days = [known_period(phase.valid_from, phase.valid_until, phase.from_precision) for _, phase in rows]
    return {
        "body": rising([packed.numbers[one.id] for one, _ in rows]),
        "status": [phase.value for _, phase in rows],
        "from": [day_number(period.valid_from) for period in days],
        "until": [day_number(period.valid_until) for period in days],
        "fromPrecision": sparse(phase.from_precision for _, phase in rows),
        "note": [phase.note for _, phase in rows],
        "cited": [packed.cited.number([(phase.source, phase.locator)]) for _, phase in rows],
    }
