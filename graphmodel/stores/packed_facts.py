"""What a packed file tells of bodies, statements and changes: the half of the embedded store that needs no SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from orgmap.graphmodel.model import (
    IN_FORCE,
    ChangeEvent,
    Entity,
    Include,
    Period,
    Relationship,
    Succession,
)
from orgmap.graphmodel.plans.stages import known_period
from orgmap.graphmodel.store import Dated, Details, entity_order, shown_events
from orgmap.graphmodel.stores.edge_columns import HeldOn
from orgmap.graphmodel.stores.edges import EdgeIndex
from orgmap.graphmodel.stores.packed import EVER, MANY, Chosen, PackedFile, PackedTable, Where, number_of_day

if TYPE_CHECKING:
    from orgmap.graphmodel.stores.edge_columns import Numbers

FIRST = "0001-01-01"
"""The day that stands for an open start; no event is known of it."""


def _earlier_first(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Sorts rows of an entity and a day (None: since ever) and other words."""
    return (row[0], row[1] or "", *row[2:4])


def _day(day: str | None) -> int | None:
    return number_of_day(day) if day else None


def _different(places: list[int]) -> bool:
    return len(set(places)) == len(places)


class PackedFacts:
    """Bodies, statements and changes of a packed file, as a store tells them."""

    def __init__(self, packed: PackedFile) -> None:
        self._packed, self.edges = packed, EdgeIndex(packed)
        self._lasting: PackedFacts | None = None
        make: dict[str, Callable[[Iterable[Any]], Any]] = {
            "relationships": Relationship._make,
            "events": ChangeEvent._make,
            "successions": Succession._make,
        }
        self._tables = {
            name: PackedTable(self._packed, name, make.get(name, tuple)) for name in self._packed.tables
        }
        self._entities, self._phases = self._tables["entities"], self._tables["phases"]
        self._relationships = self._tables["relationships"]
        self._events, self._successions = self._tables["events"], self._tables["successions"]

    def entities(
        self,
        *,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Entity]:
        """See `Store.entities`."""
        chosen = None
        if ids is not None:
            chosen = self._entities.having("id", ids)
        elif kind is not None:
            chosen = self._entities.having("kind", [kind])
        among = {} if kind is None else {"kind": self._among([kind])}
        lives = self._lives(chosen, Where(among, _day(at), _day(not_at)))
        if not_at and not at and self._packed.stages:
            lives = self._not_planned_for(lives, not_at)
        more = list[tuple[Any, ...]]()
        if at and len(include.statuses) > 1:
            more = self._other_lives(self._entities.rows(chosen, Where(among)), at, not_at, include)
        if not more:
            return list(map(Entity._make, zip(*self._dressed(lives, at), strict=True)))
        lives = [[*some, *others] for some, others in zip(lives, zip(*more, strict=True), strict=True)]
        once = list(dict.fromkeys(lives[0]))
        place = {one: number for number, one in enumerate(once)}
        names, codes = self._called([""] * len(once), once, at), self._codes(once, at)
        places = [place[one] for one in lives[0]]
        named = [names[there] or name for there, name in zip(places, lives[2], strict=True)]
        dressed = [*lives[:2], named, *lives[3:8], [codes[there] for there in places], *lives[8:]]
        return sorted(map(Entity._make, zip(*dressed, strict=True)), key=entity_order)

    def _lives(self, chosen: Sequence[int] | None, where: Where) -> list[list[Any]]:
        """The columns of those of these bodies (None: of all) that are in force, without their codes.

        Of bodies with a lasting stage the file has only the days on which they were in force: whole lives are put back.
        """
        columns = self._entities.lists(self._entities.columns, chosen, where)
        statuses = ["in_force"] * len(columns[0])
        if stages := self._packed.stages:
            for place, one in enumerate(columns[0]):
                if one in stages:
                    status, columns[4][place] = stages[one]
                    statuses[place] = status or "in_force"
        return [*columns[:7], statuses, *columns[7:]]

    def _not_planned_for(self, lives: list[list[Any]], not_at: str) -> list[list[Any]]:
        """The columns without the bodies that only a plan knows, and for that day."""
        kept = [
            status == "in_force" or not Period(start, end).holds(not_at)
            for start, end, status in zip(lives[3], lives[4], lives[7], strict=True)
        ]
        return [[cell for cell, stays in zip(cells, kept, strict=True) if stays] for cells in lives]

    def entity_columns(self, at: str | None) -> list[list[Any]]:
        """The columns of all bodies in force on a day, or of all that ever were, by the fields of `Entity`."""
        return self._dressed(self._lives(None, Where(at=_day(at))), at)

    def _other_lives(
        self, rows: list[tuple[Any, ...]], at: str, not_at: str | None, include: Include
    ) -> list[tuple[Any, ...]]:
        """The stretches in which these bodies were something else than in force, as rows of entities."""
        named = {row[0]: row[:3] for row in rows}
        of = {"status": self._among(set(include.statuses) - {"in_force"})}
        found = []
        for entity, status, valid_from, valid_until, *precisions, source, locator, note in self._phases.rows(
            None if len(named) > MANY else self._phases.having("entity", named), Where(of)
        ):
            known = known_period(valid_from, valid_until, precisions[0])
            if entity in named and known.holds(at) and not (not_at and known.holds(not_at)):
                period = (valid_from, valid_until, *precisions, status)
                found.append((*named[entity], *period, source, locator, note))
        return found

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`."""
        return {day: self.entities(ids=ids, at=day) for day, ids in wanted.items()}

    def _dressed(self, lives: list[list[Any]], at: str | None) -> list[list[Any]]:
        """The columns of different bodies, under the names and codes of the day."""
        ids, kinds, names, *rest = lives
        return [ids, kinds, self._called(names, ids, at), *rest[:5], self._codes(ids, at), *rest[5:]]

    def _called(self, names: list[str], ids: list[str], at: str | None) -> list[str]:
        """The names that the tables tell of a day, of several at once that which came last; else these."""
        if not at:
            return names
        found = names[:]
        places, *columns = self._of("names", ("valid_from", "name", "use", "valid_until"), ids, at)
        rows = zip(places, *columns, strict=True)
        dated = [row for row in rows if row[3] in ("official", "former") and (row[1] or row[4])]
        for place, _, name, *_ in dated if _different(places) else sorted(dated, key=_earlier_first):
            found[place] = name
        return found

    def _codes(self, ids: list[str], at: str | None) -> list[tuple[tuple[str, str], ...]]:
        """The codes of a day by scheme, or the last ones known; of several at once that which came last."""
        found: list[tuple[tuple[str, str], ...]] = [()] * len(ids)
        places, begins, schemes, codes = self._of("identifiers", ("valid_from", "scheme", "code"), ids, at)
        pairs = list(zip(schemes, codes, strict=True))
        for place, pair in zip(places, zip(pairs, strict=True), strict=True):
            found[place] = pair
        if not _different(places):
            # The rows of a body stand side by side.
            of: dict[int, dict[str, str]] = {one: {} for one, other in pairwise(places) if one == other}
            rows = zip(places, begins, pairs, strict=True)
            several = ((place, begin or "", pair) for place, begin, pair in rows if place in of)
            for place, _, (scheme, code) in sorted(several):
                of[place][scheme] = code
            for place, coded in of.items():
                found[place] = tuple(sorted(coded.items()))
        return found

    def _of(self, table: str, columns: Sequence[str], ids: list[str], at: str | None) -> list[list[Any]]:
        """Some columns of the rows of a table that hold of these bodies on a day (None: whenever), and before them at
        which place among the bodies each belongs."""
        packed, where = self._tables[table], Where(at=_day(at))
        if len(ids) <= max(MANY, self._entities.count // 4):
            place = {one: number for number, one in enumerate(ids)}
            entities, *found = packed.lists(("entity", *columns), packed.having("entity", ids), where)
            return [[place[one] for one in entities], *found]
        import numpy as np

        places = np.full(self.edges.nodes + 1, -1)
        places[self.edges.nodes_of(ids)] = np.arange(len(ids))
        rows = packed.numbers(None, where)
        there = places[packed.array("entity")[rows]]
        return [there[there >= 0].tolist(), *packed.lists(columns, rows[there >= 0])]

    def renamed(self, before: str, after: str) -> list[str]:
        """The ids of the bodies of which the tables tell a name on one of two days and not on the other."""
        names = self._tables["names"]
        begin, end = names.array("valid_from"), names.array("valid_until")
        then, now = ((begin <= day) & (day < end) for day in map(number_of_day, (before, after)))
        return sorted(set(self.edges.ids(names.array("entity")[then != now].tolist())))

    def lasting(self) -> PackedFacts:
        """The same facts for as long as anybody holds them, also after this store was closed."""
        if self._lasting is None:
            self._lasting = PackedFacts(self._packed.again())
        return self._lasting

    def relationship_columns(self, rows: Chosen) -> list[list[Any]]:
        """The columns of some statements by their numbers, by the fields of `Relationship`."""
        return self._relationships.lists(self._relationships.columns, rows)

    def _among(self, texts: Iterable[str]) -> frozenset[int]:
        return frozenset(self._packed.texts.numbers(texts))

    def relationships(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Relationship]:
        """See `Store.relationships`."""
        return self._relationships.rows(self._rows(subjects, objects, verbs, at, not_at, include))

    def ends(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
    ) -> list[tuple[str, str]]:
        """See `orgmap.graphmodel.store.ends_of`; no statement is made for it."""
        return self.edges.ends(self._rows(subjects, objects, verbs, at, None, IN_FORCE))

    def _rows(
        self,
        subjects: Iterable[str] | None,
        objects: Iterable[str] | None,
        verbs: Iterable[str] | None,
        at: str | None,
        not_at: str | None,
        include: Include,
    ) -> Numbers | list[int]:
        """The numbers of the rows of statements, whenever they were stated."""
        edges = self.edges
        return edges.rows(
            None if subjects is None else map(edges.node, subjects),
            None if objects is None else map(edges.node, objects),
            None if verbs is None else {n for verb in verbs if (n := edges.verb(verb)) is not None},
            HeldOn(_day(at), _day(not_at), edges.statuses_of(include.statuses)),
        )

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`."""
        wanted = None if ids is None else set(ids)
        chosen = None
        if wanted is not None:
            of = {part.event for part in self._successions.rows(self.edges.successions(wanted))}
            chosen = self._events.having("id", of)
        events = self._events.rows(self._dated(chosen, after, until))
        result: dict[str, tuple[ChangeEvent, list[Succession]]] = {event.id: (event, []) for event in events}
        parts = (
            None
            if len(events) > max(MANY, self._events.count // 2)
            else self._successions.having("event", result)
        )
        for part in self._successions.rows(parts):
            if part.event in result:
                result[part.event][1].append(part)
        return shown_events(result.values(), wanted, include)

    def _dated(self, events: list[int] | None, after: str | None, until: str | None) -> Chosen:
        """Those of these events (None: of all) that happened after one day and until another."""
        if not after and not until:
            return events
        first, last = number_of_day(after or FIRST) + 1, number_of_day(until, EVER)
        if events is None:
            days = self._events.array("date")
            return ((first <= days) & (days <= last)).nonzero()[0]
        return [n for n in events if first <= self._events.number("date", n) <= last]

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        found: list[list[Dated]] = []
        for table, value, sort in (
            ("names", 1, 2),
            ("identifiers", 2, 1),
            ("locations", 1, None),
            ("phases", 1, None),
        ):
            packed = self._tables[table]
            life = packed.columns.index("valid_from")
            rows = packed.rows(packed.having("entity", [entity]))
            dated = (Dated(row[value], "" if sort is None else row[sort], *row[life:]) for row in rows)
            found.append(sorted(dated, key=lambda d: (d.valid_from or "", d.value, d.sort)))
        names, identifiers, locations, phases = found
        return Details(names, identifiers, locations, phases)
