"""What documents of the time advised, for a day of that time and a place of theirs: history, never today's advice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import OrgmapError
from orgmap.graphmodel.model import STATUSES, Include, Statement
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import of_id
from orgmap.queries.documents.statements import parts, statements_json
from orgmap.queries.guide.lines import Line, sentence_line
from orgmap.queries.place.find import find

PAYS = "commissioner"
"""The role of who commissions for a place."""

EVERYTHING = Include.of(STATUSES)


def advised(
    store: Store, place: str, at: AnyDay, wanted: Iterable[str], payers: set[str], bodies: set[str]
) -> list[Line]:
    """The statements of this list whose time the day is in, as lines, oldest first.

    A statement is of its time from the day on which it was said until the body that commissioned for the place then
    was followed by another, or until the end that it bears itself. One in a line that names bodies of some place is
    told for these places alone.
    """
    at, chosen = day_of(at), set(wanted)
    every = store.statements()
    said = [one for one in every if one.id in chosen and one.stated_on and one.stated_on <= at]
    said = [one for one in said if not (one.valid_until and one.valid_until <= at)]
    then = {day: _payers_on(store, place, day) for day in {one.stated_on for one in said if one.stated_on}}
    said = [one for one in said if payers and then[one.stated_on or ""] == payers]
    if not said:
        return []
    near = bodies | _successors(store, place, payers, at)
    kept = [one for one in said if not (named := _local(every, one)) or named & near]
    kept.sort(key=lambda one: (one.stated_on or "", one.id))
    return [_line(row) for row in statements_json(store, kept)]


def _payers_on(store: Store, place: str, on: str) -> set[str]:
    return {body["id"] for body in _found(store, place, on) if body["role"] == PAYS}


def _found(store: Store, place: str, on: str) -> list[dict[str, Any]]:
    """The bodies of the place on another day; none where it is not known for that day."""
    try:
        bodies: list[dict[str, Any]] = find(store, place, on)["bodies"]
    except OrgmapError:
        return []
    return bodies


def _local(every: list[Statement], statement: Statement) -> set[str]:
    """The bodies of one place that the line of a statement names."""
    same = [one for one in every if (one.document, one.locator) == (statement.document, statement.locator)]
    named = {
        part for one in same for cell in (one.subject, one.object) for part in parts(cell) if ":" in part
    }
    return {one for one in named if of_id(one).reach != "country"}


def _successors(store: Store, place: str, payers: set[str], at: str) -> set[str]:
    """Those of the bodies that follow the payers that commission for the place on their first day."""
    found = store.events(ids=payers, after=at, include=EVERYTHING)
    after = {part.successor for _, pairs in found for part in pairs if part.predecessor in payers}
    days = sorted({event.date for event, _ in found if event.date})
    return {body["id"] for day in days for body in _found(store, place, day)} & after


def _line(row: dict[str, Any]) -> Line:
    documents = zip(row["document"].split(), row.get("sources", []), strict=False)
    where = "; ".join(f"document {number}, {source['locator']}" for number, source in documents)
    return sentence_line(
        row["text"],
        row.get("sources", []),
        stated_on=row["stated_on"],
        status=row["status"],
        where=where,
        statement=row["id"],
    )
