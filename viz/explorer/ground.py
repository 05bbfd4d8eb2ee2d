"""The pieces of England with all that has a role for each of them, from which day on: what `find` is made of."""

from __future__ import annotations

from collections.abc import Iterator

from orgmap.graphmodel.dates import FIRST_DAY, day_before
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import roles
from orgmap.queries.answers import cited_by
from orgmap.queries.place.councils_then import roles_of_areas
from orgmap.queries.place.find import basis_of
from orgmap.queries.structure.hierarchy import Chains, RoleHolder
from orgmap.queries.table.change_days import Borders, Stretches, find_borders
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, Once, day_number

INCLUDED = {
    "inForce": IN_FORCE,
    "planned": Include.of("planned"),
    "proposed": Include.of("proposed"),
    "both": Include.of(["planned", "proposed"]),
}
"""The ways in which the page includes plans; of the last three only what differs from the first is kept."""


class Holders:
    """Everything that has a role somewhere, once, and lists of these that hold together, once."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._roles = {role: number for number, role in enumerate(roles())}  # also those of one's own tables
        self._known: dict[RoleHolder, int] = {}
        self.holders = Once[tuple[int, int, str, str, int]]()
        self.sets = Once[tuple[int, ...]]()

    def set_of(self, holders: list[RoleHolder]) -> int:
        """The number of a list of holders; a body that was not known yet, of which a relation was said, has no role."""
        there = [holder for holder in holders if holder.body in self._packed.numbers]
        return self.sets.number(tuple(self._number(holder) for holder in there))

    def _number(self, holder: RoleHolder) -> int:
        if holder not in self._known:
            self._known[holder] = self.holders.number(self._row(holder))
        return self._known[holder]

    def _row(self, holder: RoleHolder) -> tuple[int, int, str, str, int]:
        relations = holder.relationships
        emerging = holder.role == "emerging_commissioner" and relations[0].status == "in_force"
        return (
            self._roles[holder.role],
            self._packed.numbers[holder.body],
            "delegated" if emerging else basis_of(holder),
            next((one.note for one in relations if one.note), ""),
            self._packed.cited.number(cited_by(relations)),
        )


def days_of_change(store: Store) -> list[str]:
    """Every day on which what is around some area may change, plans among them."""
    borders = find_borders(store)
    facts = store.relationships(
        verbs=["covers", "part_of", "member_of", "holds_contract_with"], include=Include.of(STATUSES)
    )
    planned = [one for one in facts if one.status != "in_force"]
    bodies = {*borders.bodies, *(end for fact in planned for end in (fact.subject, fact.object))}
    found = {*borders.days, FIRST_DAY, *(day for fact in planned for day in fact.period if day)}
    for body in sorted(bodies):
        for phase in store.details(body).phases:
            found |= {day for day in (phase.valid_from, phase.valid_until) if day}
            # Of a stage whose start is not known the last day alone counts.
            found |= {day_before(phase.valid_until)} if phase.valid_until else set()
    return sorted(day for day in found if day >= FIRST_DAY)


def areas_json(packed: Packed, holders: Holders) -> Json:
    """Areas with their people and, for each way to include plans, from which day on which set of bodies holds."""
    store = packed.store
    people = store.populations()
    areas = sorted(people)
    borders = find_borders(store)._replace(days=days_of_change(store), of_tables=frozenset())
    eras: dict[str, list[list[int]]] = {}
    for name, include in INCLUDED.items():
        chains = Chains(store, include)
        found: dict[str, list[int]] = {area: [] for area in areas}
        for day, changed in _changing(chains, borders, areas):
            number = day_number(day) or 0
            for area, holding in roles_of_areas(chains, changed, day).items():
                here = holders.set_of(holding)
                if not found[area] or found[area][-1] != here:
                    found[area] += (number, here)
        eras[name] = [*found.values()]
    base = eras.pop("inForce")
    return {
        "id": areas,
        "people": [people[area] for area in areas],
        "eras": {
            "inForce": base,
            **{
                name: {str(number): one for number, one in enumerate(found) if one != base[number]}
                for name, found in eras.items()
            },
        },
    }


def _changing(chains: Chains, borders: Borders, areas: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each day with the areas around which something may change on it: all of them on the first."""
    stretches = Stretches(chains, borders)
    changed: dict[int, list[str]] = {}
    for area in areas:
        for era in stretches.of_places([area]):
            changed.setdefault(era, []).append(area)
    for era, day in enumerate(borders.days, start=1):
        if era in changed:
            yield day, changed[era]


def holders_json(holders: Holders) -> Json:
    """What the areas and practices refer to."""
    return {"holders": holders.holders.values, "sets": holders.sets.values}
