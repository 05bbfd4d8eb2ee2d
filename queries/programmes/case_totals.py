"""Totals of cases as sources count them, and how many of each are named: a list is never taken for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, CaseTotal, counted_as, outcomes
from orgmap.graphmodel.statuses import LAW
from orgmap.graphmodel.store import Store
from orgmap.queries.plans.statements import cited
from orgmap.queries.programmes.case_book import (
    DECIDED,
    PLACED,
    REVIEWED,
    CaseBook,
    happened,
    last_day,
    outcome_words,
    when,
)

APPLIED = "applied"
"""The step of who has applied."""


def totals_of(book: CaseBook, processes: Iterable[str], waves: frozenset[str]) -> list[dict[str, Any]]:
    """The totals of these processes that had been counted by the day of the book, each with how many are named.

    `waves` keeps those of some waves, and those of no wave.
    """
    wanted = set(processes)
    known = book.store.listed(CaseTotal)
    by_id = {one.id: one for one in known}
    rows = [
        one
        for one in known
        if one.process in wanted
        and (not one.date or last_day(one.date, one.precision) <= book.day)
        and (one.stated_on or "") <= book.day
        and (not waves or not one.wave or one.wave in waves)
    ]
    rows.sort(key=lambda one: (one.process, one.date or "", one.wave, one.id))
    sources = cited(book.store, {one.id: [(one.source, one.locator)] for one in rows})
    return [_row(book, one, by_id.get(one.part_of), sources[one.id]) for one in rows]


def _row(
    book: CaseBook, total: CaseTotal, whole: CaseTotal | None, sources: list[dict[str, Any]]
) -> dict[str, Any]:
    number = None if total.number is None else int(total.number)
    named = named_of(book, total, whole)
    out: dict[str, Any] = {
        "id": total.id,
        "process": total.process,
        "step": total.step,
        "text": total.text,
        "wave": total.wave,
        "outcome": total.outcome,
        "outcome_words": outcome_words(total.outcome) if total.outcome else "",
        "number": number,
        "named": None if named is None else len(named),
        "which": which_words(number, named),
        "part_of": total.part_of,
        "date": total.date,
        "date_words": when(total.date, total.precision, total.date_sense),
        "status": total.status,
        **({} if total.status in LAW else {"law": False}),
        "basis": total.basis,
        "confidence": total.confidence,
        "contradicts": total.contradicts.split(),
        "stated_on": total.stated_on,
        "sources": sources,
        "note": total.note,
    }
    keep = {"text", "number", "named", "date", "law", "contradicts", "stated_on", "sources"}
    return {key: value for key, value in out.items() if key in keep or value not in ("", None)}


def which_words(number: int | None, named: Sequence[ApprovalCase] | None) -> str:
    """Which cases a total counts, in words.

    >>> which_words(168, None), which_words(0, []), which_words(None, None)
    ('which: not known', '', 'how many: not stated')
    """
    if number is None:
        return "how many: not stated"
    if not number:
        return ""
    if not named:
        return "which: not known"
    left = number - len(named)
    if left < 0:
        return f"{len(named)} are named, more than it counts"
    if not left:
        return "all named"
    return f"{len(named)} of {number} named; which the other {left} are: not known"


def named_of(book: CaseBook, total: CaseTotal, whole: CaseTotal | None = None) -> list[ApprovalCase] | None:
    """The recorded cases that a total surely counts; None where nothing recorded tells it.

    `whole` is the total within which it lies: what has no outcome of its own within one that has counts something
    that no case tells.
    """
    cases = [one for one in book.cases if one.process == total.process and not one.sort]
    if total.step in (PLACED, APPLIED):
        return [one for one in cases if _was(book, one, total)]
    if total.step == REVIEWED:
        return [one for one in cases if _stood(book, one, total)] if total.outcome else None
    if not total.outcome and (total.step != DECIDED or (whole and whole.outcome)):
        return None
    return [one for one in cases if _decided(book, one, total)]


def _was(book: CaseBook, case: ApprovalCase, total: CaseTotal) -> bool:
    """Whether a case was first placed in the wave of a total, or is known to have applied."""
    found = [one for one in book.events[case.id] if one.step == total.step and happened(one)]
    if total.step == PLACED:
        found = found[:1]
    return any(not total.wave or one.wave == total.wave for one in found)


def _decided(book: CaseBook, case: ApprovalCase, total: CaseTotal) -> bool:
    """Whether a case was decided, in the wave and with the outcome of a total."""
    wanted = total.outcome or DECIDED
    return any(
        wanted in counted_as(one.outcome) and (not total.wave or one.wave == total.wave)
        for one in book.events[case.id]
        if one.outcome and happened(one) and one.step != REVIEWED
    )


def _stood(book: CaseBook, case: ApprovalCase, total: CaseTotal) -> bool:
    """Whether a case surely stood so at a review: told of that review itself, or free of conditions before it."""
    before = [
        one
        for one in book.events[case.id]
        if one.outcome and happened(one) and one.step in (DECIDED, REVIEWED) and one.date
    ]
    before = [one for one in before if (one.date or "") <= (total.date or "")]
    if not before:
        return False
    last = before[-1]
    sure = (last.step == REVIEWED and last.date == total.date) or outcomes()[last.outcome].final
    return sure and total.outcome in counted_as(last.outcome)


def without_case(
    store: Store, book: CaseBook, process: ApprovalProcess, within: str | None
) -> tuple[list[dict[str, str]], list[str]]:
    """The bodies that had been through a process, in a place, and of which no case is recorded; with what to note."""
    from orgmap.queries.body.listing import list_bodies

    if not process.approves or not process.whole_on:
        return [], []
    try:
        answer = list_bodies(store, process.approves, process.whole_on, within)
    except NothingFound:
        return [], []
    recorded = {
        part
        for one in book.cases
        if one.process == process.id and not one.sort
        for part in f"{one.bodies} {one.makes}".split()
    }
    rows = [{"id": one["id"], "name": one["name"]} for one in answer["bodies"] if one["id"] not in recorded]
    return rows, answer["notes"]
