"""What a register said until a later release of it said otherwise: so what was known between their days stays known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import Entity, Include, Period, Relationship

if TYPE_CHECKING:
    from orgmap.graphmodel.store import Dated, Details, NamedEntity, Store

IN_FORCE_STATUS = "in_force"
NAMES_OF_A_TIME = ("official", "former")

TieKey = tuple[str, str, str, str, str, str, str | None]
"""What tells a relation from others: its ends, its words and its first day."""


class Correction(NamedTuple):
    """What a register said of a body (no verb), of a relation, or of a name or postcode of a body (its `value`) until
    `known_until`, when a release corrected it.

    With `was` it was held to be so, with these days; without, nobody knew of it yet.

    >>> Correction("c", "practice:G82001", was="yes", valid_until="2025-11-01", known_until="2026-02-01").verb
    ''
    """

    id: str
    subject: str
    verb: str = ""
    object: str = ""
    about: str = ""
    population: str = ""
    basis: str = ""
    value: str = ""
    use: str = ""
    was: str = ""
    valid_from: str | None = None
    from_precision: str = ""
    valid_until: str | None = None
    until_precision: str = ""
    known_until: str | None = None
    stated_on: str | None = None
    share: float | None = None
    share_of: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""

    @property
    def word(self) -> Dated:
        """The name or postcode as it was held to be."""
        from orgmap.graphmodel.store import Dated

        shared = {name: getattr(self, name) for name in Dated._fields if name in Correction._fields}
        return Dated(**shared, sort=self.use)

    @property
    def relation(self) -> Relationship:
        """The relation as it was held to be."""
        shared = {name: getattr(self, name) for name in Relationship._fields if name in Correction._fields}
        return Relationship(**shared, status=IN_FORCE_STATUS)


def _key(tie: Relationship | Correction) -> TieKey:
    return tie.subject, tie.verb, tie.object, tie.about, tie.population, tie.basis, tie.valid_from


class NotYetCorrected:
    """What was still held to be so on the evening of a day, because its correction came later.

    Of several corrections of the same thing the next one tells what was known.
    """

    def __init__(self, corrections: Iterable[Correction], day: str) -> None:
        self.day = day
        self.bodies: dict[str, Correction] = {}
        self._ties: dict[TieKey, Correction] = {}
        self._words: dict[str, dict[tuple[str, str, str | None], Correction]] = {}
        for one in sorted(corrections, key=lambda one: one.known_until or ""):
            if not one.known_until or one.known_until <= day:
                continue
            if one.verb:
                self._ties.setdefault(_key(one), one)
            elif one.value:
                self._words.setdefault(one.subject, {}).setdefault((one.value, one.use, one.valid_from), one)
            else:
                self.bodies.setdefault(one.subject, one)

    def body(self, body: Entity) -> Entity | None:
        """A body with the end that it was held to have; None if nobody knew of it."""
        held = self.bodies.get(body.id)
        if held is None or body.status != IN_FORCE_STATUS:
            return body
        if not held.was:
            return None
        return body._replace(valid_until=held.valid_until, until_precision=held.until_precision)

    def gone_on(
        self,
        store: Store,
        found: Iterable[Entity],
        ids: Iterable[str] | None,
        kind: str | None,
        at: str,
    ) -> list[Entity]:
        """Bodies that were held to go on and are not among those that the tables have on a day: as they were last, by
        the name that they were held to bear on the day `at`."""
        here = {body.id for body in found}
        wanted = {one for one, held in self.bodies.items() if held.was} - here
        if ids is not None:
            wanted &= set(ids)
        rows = store.entities(ids=wanted, kind=kind) if wanted else []
        return [self._called(last, at) for row in rows if (last := self._as_last(store, row, kind))]

    def _called(self, body: Entity, at: str) -> Entity:
        words = (one.word for one in self._words.get(body.id, {}).values() if one.use in NAMES_OF_A_TIME)
        borne = [word for word in words if Period(word.valid_from, word.valid_until).holds(at)]
        return body._replace(name=borne[-1].value) if borne else body

    def names(self) -> list[NamedEntity]:
        """The names that bodies were held to bear, and that no table has any more."""
        from orgmap.graphmodel.store import NamedEntity

        held = (one for words in self._words.values() for one in words.values() if one.use)
        return [NamedEntity(one.subject, one.value, one.use) for one in held]

    def _as_last(self, store: Store, row: Entity, kind: str | None) -> Entity | None:
        if not row.valid_until or row.valid_until > self.day or row.status != IN_FORCE_STATUS:
            return None
        return next(iter(store.entities(ids=[row.id], kind=kind, at=day_before(row.valid_until))), row)

    def standing_in(self, store: Store, areas: Iterable[str]) -> set[str]:
        """Those of the bodies that were held to go on which stood in one of these areas on their last day."""
        wanted = [one for one, held in self.bodies.items() if held.was]
        ended = [row for row in store.entities(ids=wanted) if row.valid_until] if wanted else []
        areas = list(areas)
        return {
            row.id
            for row in ended
            if row.valid_until and row.valid_until <= self.day and self._stood(store, row, areas)
        }

    def _stood(self, store: Store, body: Entity, areas: list[str]) -> bool:
        """Whether a body that was held to go on was held to stand in one of these areas: as last, if nobody knew of a
        later postcode."""
        words = (one.word for one in self._words.get(body.id, {}).values() if not one.use)
        held = [word.value for word in words if Period(word.valid_from, word.valid_until).holds(self.day)]
        if not held:
            return body.id in store.standing_in(areas, day_before(body.valid_until or ""), self.day)
        rows = store.postcodes([one.replace(" ", "") for one in held]).values()
        codes = {known.on(self.day).code for row in rows if (known := row.known_on(self.day))} - {""}
        parts = [part for found in store.neighbourhoods(codes).values() for part in found]
        everyone, inside = sum(some for _, some in parts), sum(some for one, some in parts if one in areas)
        return 2 * inside > everyone or (
            bool(parts) and not everyone and any(one in areas for one, _ in parts)
        )

    def relations(
        self, found: Iterable[Relationship], ends: list[list[str] | None], include: Include
    ) -> list[Relationship]:
        """Relations as they were held to be, of those between these subjects and objects by these verbs."""
        if not self._ties:
            return list(found)
        there = [one for one in found if one.status != IN_FORCE_STATUS or _key(one) not in self._ties]
        if include.shows(IN_FORCE_STATUS):
            there += [
                held.relation
                for held in self._ties.values()
                if held.was
                and all(
                    some is None or cell in some
                    for some, cell in zip(ends, (held.subject, held.object, held.verb), strict=True)
                )
            ]
        return there

    def words(self, store: Store, entity: str, found: Details) -> Details:
        """Names, codes and addresses of a body: those that last as long as it does end when it was held to end."""
        held = self.bodies.get(entity)
        if held is None or not held.was:
            return found
        ends = {row.valid_until for row in store.entities(ids=[entity])}

        def lasting(word: Dated) -> Dated:
            if word.valid_until not in ends:
                return word
            return word._replace(valid_until=held.valid_until, until_precision=held.until_precision)

        names, codes, places, phases = ([lasting(word) for word in words] for words in found)
        words = self._words.get(entity, {}).values()
        names = [one.word for one in words if one.use] or names
        places = [one.word for one in words if not one.use] or places
        return type(found)(names, codes, places, phases)
