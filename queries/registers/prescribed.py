"""What the practices under each body of a kind prescribed in a month, and what it cost."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.counted.practices import MONTH, Amounts, sum_of
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store, surest
from orgmap.graphmodel.vocabulary import kinds, parse_kind, reach_of
from orgmap.queries.change.crosswalk import listed_under
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import marked
from orgmap.queries.plans.statements import cited
from orgmap.queries.registers.list_sizes import ListTable, ListTables
from orgmap.queries.registers.population import first_day_of
from orgmap.queries.registers.prescribing import (
    MEANS,
    PrescribingTable,
    PrescribingTables,
    apart_notes,
    parse_chapter,
)

COLUMNS = (
    *("id", "name", "items", "ingredient_cost", "actual_cost", "practices"),
    *("people", "items_per_1000", "cost_per_1000", "without_list"),
)
"""The columns of the table, in their order."""

THOUSAND = 1_000


def prescribed(
    store: Store, kind: str, at: AnyDay, chapter: str = "", include: Include = IN_FORCE
) -> dict[str, Any]:
    """What the practices under each body of a kind prescribed in the month of a day: items, and what they cost.

    Returns `{"kind", "at", "bodies_of", "month", "chapter", "counted", "rows", "elsewhere", "unidentified",
    "unknown", "total", "lists_of", "sources", "notes"}`; a row is a body with `items`, `ingredient_cost` and
    `actual_cost` (pounds) of its `practices`, and per 1,000 `people` on their lists, where a table of that month has
    these: `without_list` says how many of the practices it does not have. `elsewhere` is what practices under none of
    these bodies prescribed, `unidentified` what the table puts under nobody, `unknown` what it puts under codes that
    the graph does not have: with the rows they are the `total` of the table. Practices are under the bodies of that
    day; where there were none yet, under those of the day `bodies_of`. Raises `NothingFound` where no table is of that
    month, or there are no such bodies, `WrongUse` for an unknown chapter.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     prescribed(store, "integrated_care_board", "2022-07-01", "skin")
    Traceback (most recent call last):
      ...
    orgmap.graphmodel.errors.NothingFound: Not known: no table of prescribing is in the graph. ...
    """
    kind, at, chapter = parse_kind(kind), day_of(at), parse_chapter(chapter)
    check_day(store, at)
    table = PrescribingTables.of(store).of_month(at)
    there, notes = at, [MEANS]
    bodies = surest(store.entities(kind=kind, at=there, include=include))
    if not bodies:
        there = first_day_of(store, (kind, at))
        bodies = surest(store.entities(kind=kind, at=there, include=include))
        notes.append(
            f"There were no {kinds()[kind].plural} on {at}: prescribing is put under those of {there}, by where each"
            " practice was on that day."
        )
    if reach_of(kind) == "list":
        under = {one.id: {one.id} for one in store.entities(kind=kind, at=there)}
    else:
        under = listed_under(store, (kind, there), include)
    lists = _lists_of(store, at)
    rolled = _RolledUp(table, chapter, {one: above & bodies.keys() for one, above in under.items()}, lists)
    unknown, codes = table.unknown(chapter)
    sources = table.sources | (lists.sources if lists else set())
    rows = [{**body.to_json(), **rolled.row(id_)} for id_, body in sorted(bodies.items())]
    return {
        "kind": kind,
        "at": at,
        "bodies_of": there,
        "month": table.month,
        "chapter": chapter or None,
        "counted": table.words(chapter),
        "rows": rows,
        "elsewhere": rolled.elsewhere(),
        "unidentified": table.unidentified(chapter).json(),
        "unknown": {**unknown.json(), "practices": len(codes)},
        "total": table.total(chapter).json(),
        "lists_of": lists.day if lists else None,
        "sources": cited(store, {"": [(one, "") for one in sorted(sources)]})[""],
        "notes": [
            *notes,
            *apart_notes(table, chapter),
            *rolled.notes(),
            *horizon_notes(store, {kind}, there),
            *marked(store, rows, include, there),
        ],
    }


def _lists_of(store: Store, day: str) -> ListTable | None:
    """The table of registered patients of a day's month; that of another month would make a wrong rate."""
    try:
        table = ListTables.of(store).of_day(day)
    except NothingFound:
        return None
    return table if table.day[:MONTH] == day[:MONTH] else None


class _RolledUp:
    """What practices prescribed, put under the bodies in which each was."""

    def __init__(
        self, table: PrescribingTable, chapter: str, under: dict[str, set[str]], lists: ListTable | None
    ) -> None:
        self._table, self._chapter, self._lists = table, chapter, lists
        self._placed = {one: above for one, above in under.items() if above}
        self._of_body: dict[str, set[str]] = {}
        for practice, above in self._placed.items():
            for body in above:
                self._of_body.setdefault(body, set()).add(practice)

    def row(self, body: str) -> dict[str, Any]:
        """What is said of one body; nothing of one whose practices the table does not have."""
        under = self._of_body.get(body, set())
        counted = under & self._table.practices
        amounts = self._sum(counted).json() if counted else dict.fromkeys(Amounts._fields)
        people, without = self._people(under, counted) if counted else (None, None)
        return {
            **amounts,
            "practices": len(counted),
            "people": people,
            "items_per_1000": _rate(amounts["items"], people),
            "cost_per_1000": _rate(amounts["actual_cost"], people),
            "without_list": without,
        }

    def elsewhere(self) -> dict[str, Any]:
        """What was prescribed by practices under none of the bodies."""
        left = self._table.practices - self._placed.keys()
        return {**self._sum(left).json(), "practices": len(left)}

    def notes(self) -> list[str]:
        """What is counted twice, and what rates are of."""
        ours = self._placed.keys() & self._table.practices
        twice = sum(len(self._placed[one]) > 1 for one in ours)
        said = [f"{twice:,} practices are under two of these bodies and count for both."] if twice else []
        if not self._lists:
            return [
                *said,
                f"Not per 1,000 patients: no table of registered patients of {self._table.month} is in the graph.",
            ]
        without = sum(self._lists.people(one) is None for one in ours)
        if without:
            said.append(
                f"{without:,} of the {len(ours):,} practices and prescribing cost centres under these bodies have no"
                f" list in the table of {self._lists.day}: what they prescribed is in the rates, too."
            )
        return said

    def _sum(self, practices: set[str]) -> Amounts:
        found = (self._table.amounts(one, self._chapter) for one in practices)
        return sum_of(one for one in found if one)

    def _people(self, under: set[str], counted: set[str]) -> tuple[float | None, int | None]:
        """Who is on the lists of a body's practices, and how many of those that prescribed have no list."""
        if not self._lists:
            return None, None
        people = [number for one in under if (number := self._lists.people(one)) is not None]
        return (sum(people) if people else None), sum(self._lists.people(one) is None for one in counted)


def _rate(amount: float | None, people: float | None) -> float | None:
    return None if amount is None or not people else round(THOUSAND * amount / people, 2)
