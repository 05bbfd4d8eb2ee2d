"""How many people each body of a kind is for: who lives in its area, or who is on the lists of its practices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store, surest
from orgmap.graphmodel.vocabulary import kind_of, kinds, parse_kind, practice_kind, reach_of
from orgmap.queries.change.crosswalk import MEASURES, Side, listed_under
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import marked
from orgmap.queries.plans.statements import cited
from orgmap.queries.registers.list_sizes import EVERYONE, SEXES, AgeBand, ListTable, ListTables, without_count
from orgmap.queries.structure.hierarchy import Chains

RESIDENT, REGISTERED = "resident", "registered"
BASES = (RESIDENT, REGISTERED)
"""Who counts: those who live in the area, or those on the lists of the practices."""

COLUMNS = ("id", "name", "people", "share", "practices", "without_count")
"""The columns of the table, in their order."""


class BodyPeople(NamedTuple):
    """The people of one body, None if nothing tells them; its practices, and those of them that have no count."""

    people: float | None
    practices: int | None = None
    without_count: int | None = None


def population(
    store: Store,
    kind: str,
    at: AnyDay,
    basis: str = RESIDENT,
    sex: str = "",
    ages: str = "",
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """How many people each body of a kind was for on a day: residents, or patients on the lists of its practices.

    Returns `{"kind", "at", "bodies_of", "basis", "counted", "sex", "ages", "rows", "elsewhere", "sources", "notes"}`; a
    row is a body with `people`, its `share` of all rows, and by lists how many `practices` it had and how many of them
    `without_count`. `counted` says what was counted and when; `elsewhere` who is on lists under none of these bodies.
    Lists are those of the day's month, or of the last table before it; where there were no such bodies yet, they are
    put under those of the day `bodies_of`. Raises `WrongUse` for an unknown basis, sex or ages that the table does not
    divide so, `NothingFound` where no body or no table is known.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     rows = population(store, "integrated_care_board", "2022-07-01")["rows"]
    >>> len(rows), [round(row["people"], -5) for row in rows if row["id"] == "icb:QKS"]
    (42, [1900000.0])
    """
    kind, at = parse_kind(kind), day_of(at)
    if basis not in BASES:
        raise WrongUse(f"“{basis}” is no basis. Count by {RESIDENT} or {REGISTERED} people.")
    if sex not in (EVERYONE, *SEXES):
        raise WrongUse(f"“{sex}” is no sex in these tables. They have {' and '.join(SEXES)}.")
    if basis == RESIDENT and (sex or ages):
        raise WrongUse(f"Residents are not divided by sex and age here. Add --basis {REGISTERED}.")
    band = AgeBand.of(ages) if ages else None
    check_day(store, at)
    there = at
    bodies = surest(store.entities(kind=kind, at=there, include=include))
    notes: list[str] = []
    if not bodies:
        there = first_day_of(store, (kind, at))
        if basis == RESIDENT:
            raise NothingFound(f"There are no {kinds()[kind].plural} on {at}. The first began on {there}.")
        bodies = surest(store.entities(kind=kind, at=there, include=include))
        notes.append(
            f"There were no {kinds()[kind].plural} on {at}: lists are put under those of {there}, by where each"
            " practice was on that day."
        )
    sources: list[dict[str, Any]] = []
    if basis == RESIDENT:
        counted, elsewhere = MEASURES["population"], None
        found = _residents(store, kind, at, include)
        if not found:
            raise NothingFound(f"Not known: no table tells the areas of {kinds()[kind].plural} on {at}.")
    else:
        table = ListTables.of(store).of_day(at)
        table.refuse_undivided(sex, band)
        counted = table.words
        lists = _Lists(store, table, (kind, there), include, sex, band)
        found, elsewhere = lists.by_body(bodies), lists.elsewhere(bodies)
        notes += lists.notes(bodies)
        sources = cited(store, {"": [(one, "") for one in sorted(table.sources)]})[""]
    whole = sum(one.people or 0.0 for one in found.values())
    rows = []
    for id_, body in bodies.items():
        of_body = found.get(id_, BodyPeople(None))
        share = round(of_body.people / whole, 4) if of_body.people is not None and whole else None
        people = None if of_body.people is None else round(of_body.people, 1)
        rows.append({**body.to_json(), **of_body._asdict(), "people": people, "share": share})
    return {
        "kind": kind,
        "at": at,
        "bodies_of": there,
        "basis": basis,
        "counted": counted,
        "sex": sex or None,
        "ages": ages or None,
        "rows": sorted(rows, key=lambda row: str(row["id"])),
        "elsewhere": elsewhere,
        "sources": sources,
        "notes": [*notes, *horizon_notes(store, {kind}, there), *marked(store, rows, include, there)],
    }


def first_day_of(store: Store, side: Side) -> str:
    """The first day on which there were bodies of a kind, after a day on which there were none.

    Raises `NothingFound` if there were some before it alone.
    """
    kind, at = side
    later = [one.valid_from for one in store.entities(kind=kind) if one.valid_from and one.valid_from > at]
    if not later:
        raise NothingFound(f"There are no {kinds()[kind].plural} on {at} or later.")
    return min(later)


def _residents(store: Store, kind: str, at: str, include: Include) -> dict[str, BodyPeople]:
    chains = Chains.of(store, include)
    living = store.populations()
    chains.expect_areas(living, at)
    found: dict[str, float] = {}
    for area, people in living.items():
        for body in {role.body for role in chains.of_area(area, at) if kind_of(role.body) == kind}:
            found[body] = found.get(body, 0.0) + people
    return {body: BodyPeople(people) for body, people in found.items()}


class _Lists:
    """The lists of practices under bodies of a kind on a day, as one table counts them."""

    def __init__(
        self,
        store: Store,
        table: ListTable,
        side: tuple[str, str],
        include: Include,
        sex: str,
        ages: AgeBand | None,
    ) -> None:
        kind, at = side
        self._table, self._sex, self._ages, self._at = table, sex, ages, at
        self._practices = {one.id for one in store.entities(kind=practice_kind(), at=at)}
        if reach_of(kind) == "list":
            self._under = {one.id: {one.id} for one in store.entities(kind=kind, at=at)}
        else:
            self._under = listed_under(store, side, include)

    def _people(self, practice: str) -> float | None:
        return self._table.people(practice, self._sex, self._ages)

    def by_body(self, bodies: Iterable[str]) -> dict[str, BodyPeople]:
        """The people of each body; those of a practice under two bodies count for both."""
        counted: dict[str, float] = {}
        practices = dict.fromkeys(bodies, 0)
        without = dict.fromkeys(practices, 0)
        for practice, above in self._under.items():
            people = self._people(practice)
            for body in above & practices.keys():
                if practice in self._practices:
                    practices[body] += 1
                    without[body] += people is None
                if people is not None:
                    counted[body] = counted.get(body, 0.0) + people
        return {one: BodyPeople(counted.get(one), practices[one], without[one]) for one in practices}

    def elsewhere(self, bodies: Iterable[str]) -> dict[str, Any]:
        """The people on lists under none of the bodies."""
        ours = set(bodies)
        left = [one for one in self._table.practices if not self._under.get(one, set()) & ours]
        people = [number for one in left if (number := self._people(one))]
        return {"people": sum(people), "practices": len(people)}

    def notes(self, bodies: Iterable[str]) -> list[str]:
        """What of the lists is not counted, or counted twice."""
        ours = set(bodies)
        placed = {one: above & ours for one, above in self._under.items() if above & ours}
        missing = sorted(one for one in placed if one in self._practices and self._people(one) is None)
        return [*without_count(missing, self._table), *_twice(placed)]


def _twice(placed: dict[str, set[str]]) -> list[str]:
    several = sum(len(above) > 1 for above in placed.values())
    return [f"{several:,} lists are under two of these bodies and count for both."] if several else []
