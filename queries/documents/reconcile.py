"""Numbers that a document prints beside those that the graph gives for the same place and day, with the difference."""

from __future__ import annotations

import re
from typing import Any

from orgmap.graphmodel.dates import FIRST_DAY
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include, Statement
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, national_kind, parse_kind, reach_of
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.documents.statements import one_document, parts, statements_json
from orgmap.queries.place.areas import areas_of
from orgmap.queries.structure.within import scope_of

PEOPLE = ("people", "patients")
"""Units that count people."""

YEAR_OF_PEOPLE = "2020"
"""The year of whose middle the graph knows how many people live where."""

MOST = 0.5
"""A body of whose people fewer live in a place only reaches into it."""

_NUMBER = re.compile(r"[0-9]+")
_PLAIN = frozenset({"local"})


def reconcile(store: Store, document: str | None = None) -> dict[str, Any]:
    """Sets every number that a document prints beside what the graph counts for that day, with difference and reason.

    Bodies are counted by listing them, so a count is the length of a list that is given too; people by the areas of the
    body or region. A number of which the graph counts nothing stands there without one, and says so. Returns
    `{"document", "numbers", "notes"}`. Raises `NothingFound` for a document that is not known, or has no number.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     rows = {row["id"]: row for row in reconcile(store, "000")["numbers"]}
    >>> rows["000-081-2"]["stated"], rows["000-081-2"]["counted"]
    (27, 25)
    """
    wanted = one_document(store, document) if document else None
    numbers = [
        one
        for one in store.statements()
        if _NUMBER.fullmatch(one.value) and (wanted is None or wanted in one.document.split())
    ]
    if not numbers:
        raise NothingFound(
            f"No number is recorded of document {wanted}." if wanted else "No number is recorded."
        )
    rows = []
    for one, shown in zip(numbers, statements_json(store, numbers), strict=True):
        row = {
            "id": one.id,
            "document": one.document,
            "text": one.text,
            "status": one.status,
            "stated_on": one.stated_on,
            "stated": int(one.value),
            "unit": one.unit,
            **_counted(store, one),
            "sources": shown["sources"],
        }
        rows.append(row)
    notes = (
        [f"People are those of mid-{YEAR_OF_PEOPLE}, the only year that the graph knows for every area."]
        if any(row["people"] for row in rows)
        else []
    )
    return {"document": wanted, "numbers": rows, "notes": notes}


def _counted(store: Store, number: Statement) -> dict[str, Any]:
    """What the graph counts for a number, and what explains the difference."""
    row: dict[str, Any] = {
        "kind": None, "within": None, "day": None, "counted": None, "difference": None, "people": False,
        "bodies": [], "reason": None,
    }  # fmt: skip
    ends = [*parts(number.subject), *parts(number.object)]
    if number.unit in PEOPLE:
        return row | _people(store, number, ends)
    if (kind := _kind_counted(number, ends)) is None:
        return row | {"reason": f"The graph does not count {number.unit or 'this'}."}
    ids = [end for end in ends if ":" in end and kind_of(end) == kind]
    within = None if ids else next((end for end in ends if _is_place(end)), None)
    try:
        day, found = _bodies(store, number, kind, within, ids)
    except (NothingFound, Ambiguous):
        return row | {"kind": kind, "reason": f"The graph does not tell which: “{within}” is no place."}
    return row | {
        "kind": kind,
        "within": within,
        "day": day,
        "counted": len(found),
        "difference": len(found) - int(number.value),
        "bodies": [{key: body[key] for key in ("id", "name", "share") if key in body} for body in found],
        "reason": " ".join(_reasons(store, number, kind, day, within, found)) or None,
    }


def _kind_counted(number: Statement, ends: list[str]) -> str | None:
    """The kind of body that a number counts: the one that its unit names, alone or with words that the kind bears too
    (“local area teams”), or of which all are named."""
    try:
        return parse_kind(number.unit)
    except WrongUse:
        pass
    said = {normalise(word) for word in number.unit.split()} - _PLAIN
    for end in ends:
        if end in kinds() and said <= set(normalise(f"{kinds()[end].label} {kinds()[end].plural}").split()):
            return end
    of_ids = {kind_of(end) for end in ends if ":" in end} - {None, national_kind()}
    counted = [kind for kind in of_ids if sum(kind_of(end) == kind for end in ends) == int(number.value)]
    return counted[0] if len(counted) == 1 and int(number.value) > 1 else None


def _is_place(end: str) -> bool:
    kind = kind_of(end)
    return end not in kinds() and (kind is None or reach_of(kind) not in ("country", ""))


def _bodies(
    store: Store, number: Statement, kind: str, within: str | None, ids: list[str]
) -> tuple[str, list[dict[str, Any]]]:
    """The bodies that a number counts on its day; where none was there yet, on the first day on which one was."""
    day = max(number.valid_from or number.stated_on or FIRST_DAY, FIRST_DAY)
    found = _listed(store, kind, day, within, ids)
    if not found:
        starts = [
            body.valid_from
            for body in store.entities(kind=kind)
            if body.valid_from and body.valid_from > day and (not ids or body.id in ids)
        ]
        if starts:
            day = min(starts)
            found = _listed(store, kind, day, within, ids)
    return day, found


def _listed(store: Store, kind: str, day: str, within: str | None, ids: list[str]) -> list[dict[str, Any]]:
    """The bodies of a kind on a day; of those that are named one by one also who was there in shadow form."""
    include = Include.of("shadow") if ids else IN_FORCE
    bodies: list[dict[str, Any]] = list_bodies(store, kind, day, within, include)["bodies"]
    return [body for body in bodies if not ids or body["id"] in ids]


def _reasons(
    store: Store, number: Statement, kind: str, day: str, within: str | None, found: list[dict[str, Any]]
) -> list[str]:
    """What explains a difference: another day, bodies that only reach in, and what the statement's note says."""
    reasons = []
    asked = number.valid_from or number.stated_on
    if asked and day != asked:
        reasons.append(f"Counted on {day}, when the first {kinds()[kind].plural} were there.")
    if within:
        reasons += _reaching_in(store, day, within, found)
    if number.note and (reasons or len(found) != int(number.value)):
        reasons.append(number.note)
    return reasons


def _reaching_in(store: Store, day: str, within: str, found: list[dict[str, Any]]) -> list[str]:
    """The bodies most of whose people live elsewhere, with their share of the people of the place."""
    areas = scope_of(store, within, day).areas
    people = store.populations()
    reasons = []
    parted = {body["id"]: body["share"] for body in found if "share" in body}
    for body in store.entities(ids=sorted(parted), at=day):
        own = set(areas_of(store, body, day))
        total = sum(people.get(area, 0.0) for area in own)
        if total and sum(people.get(area, 0.0) for area in own & areas) / total < MOST:
            reasons.append(
                f"{body.label}, most of which lies elsewhere, has {parted[body.id]:.1%} of the people."
            )
    return reasons


def _people(store: Store, number: Statement, ends: list[str]) -> dict[str, Any]:
    """The people who live where a number of people is stated."""
    within = next((end for end in ends if _is_place(end)), None)
    day = max(number.valid_from or number.stated_on or FIRST_DAY, FIRST_DAY)
    if within is None:
        return {"people": True, "reason": "No place is named whose people could be counted."}
    try:
        scope = scope_of(store, within, day)
    except (NothingFound, Ambiguous) as error:
        return {"people": True, "within": within, "reason": str(error)}
    people = store.populations()
    counted = round(sum(people.get(area, 0.0) for area in scope.areas))
    return {
        "people": True,
        "within": within,
        "day": day,
        "counted": counted,
        "difference": counted - int(number.value),
        "reason": f"People of mid-{YEAR_OF_PEOPLE}.",
    }
