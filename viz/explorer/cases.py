"""The cases of approval of the page: how each was decided, and what happened in it, a line of text for each event."""

from __future__ import annotations

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.plans.cases import CaseEvent
from orgmap.queries.programmes.case_book import CaseBook, outcome_words, when
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json


def cases_json(packed: Packed) -> list[Json]:
    """Every application with the bodies that it is about or is to make, its outcome and its events in order."""
    book = CaseBook(packed.store, today())
    return [
        {
            "name": case.name,
            "process": book.processes[case.process].name,
            "bodies": list(dict.fromkeys([*case.bodies.split(), *case.makes.split()])),
            "outcome": outcome_words(book.outcome(case)),
            "events": [_event(packed, one) for one in book.events[case.id]],
            "note": case.note,
        }
        for case in book.cases
        if not case.sort and case.process in book.processes
    ]


def event_text(event: CaseEvent) -> str:
    """An event in one line.

    >>> event_text(CaseEvent("a", "b", "decided", "Approved.", date="2012-12-11", date_sense="announced"))
    '11 December 2012 (announced): Approved.'
    """
    return f"{when(event.date, event.precision, event.date_sense)}: {event.text}"


def sureness(event: CaseEvent) -> str:
    """What must be said of an event that is not beyond doubt.

    >>> sureness(CaseEvent("a", "b", "decided", basis="derived", confidence="medium"))
    'confidence: medium; derived'
    """
    words = [] if event.confidence == "high" else [f"confidence: {event.confidence}"]
    return "; ".join([*words, *(["derived"] if event.basis == "derived" else [])])


def _event(packed: Packed, event: CaseEvent) -> Json:
    """An event with what is not usual of it: a status, how sure it is."""
    usual: Json = {"text": event_text(event), "cited": packed.cited.number([(event.source, event.locator)])}
    if event.status != "in_force":
        usual["status"] = event.status
    if said := sureness(event):
        usual["mark"] = said
    return usual
