"""Cases in full: what happened in each and what was planned, on which conditions, and what is not recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.model import ChangeEvent, Succession
from orgmap.graphmodel.plans.cases import (
    ApprovalCase,
    ApprovalProcess,
    ApprovalStage,
    CaseEvent,
    counted_as,
    outcomes,
)
from orgmap.graphmodel.statuses import LAW
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.plans.statements import cited
from orgmap.queries.programmes.case_book import (
    CONDITION,
    DECIDED,
    IN_EFFECT,
    NO_SUPPORT,
    NOT_KNOWN,
    REVIEWED,
    CaseBook,
    compared,
    happened,
    last_day,
    outcome_words,
    when,
)
from orgmap.queries.programmes.process import NOT_STATED, held, planned_days

TERMS = ("conditions", "approved_with_conditions")
"""Outcomes that say that there were conditions."""


class CasesInFull:
    """Cases as scripts get them."""

    def __init__(self, book: CaseBook, cases: Sequence[ApprovalCase]) -> None:
        self._book = book
        self._called = {one.id: one.name for one in book.cases}
        events = [event for one in cases for event in book.events[one.id]]
        others = [
            book.by_id[other] for one in events for other in one.contradicts.split() if other in book.by_id
        ]
        parts = {part for one in cases for part in f"{one.bodies} {one.makes}".split()}
        parts |= {part for one in [*events, *others] for part in one.actor.split() if ":" in part}
        self._bodies = {one.id: one for one in book.store.entities(ids=sorted(parts))} if parts else {}
        changes = [event for one in cases for event, _ in book.changes(one)]
        asked = {one.id: [(one.source, one.locator)] for one in (*events, *others)}
        asked |= {one.id: [(one.source, one.locator)] for one in changes}
        asked |= {f"case {one.id}": [(one.source, one.locator)] for one in cases}
        self._cited = cited(book.store, asked)
        days: dict[str, set[str]] = {}
        for event in events:
            if event.date and happened(event):
                days.setdefault(event.date, set()).update(one for one in event.actor.split() if ":" in one)
        self._alive = {day: {one.id for one in found} for day, found in book.store.entities_on(days).items()}

    def row(self, case: ApprovalCase) -> dict[str, Any]:
        """One case, with all that is told of it."""
        book, events = self._book, self._book.events[case.id]
        process = book.processes.get(case.process)
        decided, stands, outcome = book.decision(case), book.stands(case), book.outcome(case)
        stages = [one for one in book.stages if one.process == case.process]
        if outcome == IN_EFFECT and decided and outcomes()[decided.outcome].approves is False:
            decided = None
        out: dict[str, Any] = {
            "id": case.id,
            "process": case.process,
            "process_name": process.name if process else case.process,
            "name": case.name,
            "sort": case.sort,
            "status": case.status,
            **({} if case.status in LAW else {"law": False}),
            "bodies": [self._body(part) for part in case.bodies.split()],
            "makes": [self._body(part) for part in case.makes.split()],
            "wave": book.wave(case),
            "outcome": outcome,
            "outcome_words": outcome_words(outcome),
            "decided_on": decided.date if decided else None,
            "decided_words": when(decided.date, decided.precision, decided.date_sense) if decided else "",
            "confidence": decided.confidence if decided else "",
            "basis": decided.basis if decided else "",
            "stands": stands.outcome if stands else NOT_KNOWN,
            "stands_words": outcome_words(stands.outcome if stands else NOT_KNOWN),
            "stands_on": stands.date if stands else None,
            "conditions": self._conditions(events, decided, stands),
            "events": [self._event(one, events, stages) for one in events],
            "came": [self._change(event, parts) for event, parts in book.changes(case)],
            "beside": self._beside(events, stages),
            "ahead": self._ahead(events, stages),
            "stages_not_recorded": self._not_recorded(case, process, events, stages),
            "contradictions": self._contradictions(case, events),
            "sources": self._cited.get(f"case {case.id}", []),
            "note": case.note,
        }
        keep = {"decided_on", "stands_on", "bodies", "makes", "conditions"}
        keep |= {"events", "came", "beside", "ahead", "stages_not_recorded", "contradictions", "sources"}
        return {key: value for key, value in out.items() if key in keep or value not in ("", None)}

    def _body(self, part: str) -> dict[str, Any]:
        body = self._bodies.get(part)
        if not body:
            return {"id": part, "name": kinds()[part].plural if part in kinds() else part}
        return {
            "id": part,
            "name": body.label,
            "valid_from": body.valid_from,
            "valid_until": body.valid_until,
        }

    def _who(self, event: CaseEvent) -> list[dict[str, str]]:
        return [{"id": part, "name": self._body(part)["name"]} for part in event.actor.split()]

    def _event(
        self, event: CaseEvent, events: Sequence[CaseEvent], stages: Sequence[ApprovalStage]
    ) -> dict[str, Any]:
        stage = next((one for one in stages if one.id == event.stage), None)
        out: dict[str, Any] = {
            "id": event.id,
            "step": event.step,
            "stage": stage.name if stage else "",
            "date": event.date,
            "date_words": when(event.date, event.precision, event.date_sense),
            "text": event.text,
            "status": event.status,
            **({} if event.status in LAW else {"law": False}),
            "actor": self._who(event),
            "actor_words": event.actor_words,
            "wave": event.wave,
            "outcome": event.outcome,
            "number": _whole(event.number),
            "support": event.support if event.step != CONDITION else "",
            "basis": event.basis,
            "confidence": event.confidence,
            "contradicts": event.contradicts.split(),
            "flags": self._flags(event, events, stages),
            "stated_on": event.stated_on,
            "sources": self._cited.get(event.id, []),
            "note": event.note,
        }
        keep = {"date", "text", "actor", "law", "contradicts", "flags", "stated_on", "sources"}
        return {key: value for key, value in out.items() if key in keep or value not in ("", None)}

    def _flags(
        self, event: CaseEvent, events: Sequence[CaseEvent], stages: Sequence[ApprovalStage]
    ) -> list[str]:
        """What is odd about an event: the stage before it is not recorded or came later, its actor was not there."""
        found: list[str] = []
        if not happened(event) or event.step == CONDITION:
            return found
        before = stage_before(event, stages)
        if before:
            recorded = [one for one in events if one.stage == before.id and happened(one)]
            if not recorded:
                found.append(f"the stage before it, {before.name}, is not recorded")
            elif event.date and all((one.date or "") > event.date for one in recorded):
                found.append(f"the stage before it, {before.name}, is recorded of a later day")
        for part in event.actor.split() if event.date else ():
            if ":" in part and part not in self._alive.get(event.date or "", ()):
                found.append(f"{self._body(part)['name']} was not in force on that day")
        return found

    def _conditions(
        self, events: Sequence[CaseEvent], decided: CaseEvent | None, stands: CaseEvent | None
    ) -> dict[str, Any]:
        """How many conditions were set at the last count, and those that a source names, each with support and
        review."""
        named = [one for one in events if one.step == CONDITION]
        counted = [one for one in events if one.step in (DECIDED, REVIEWED) and one.number is not None]
        number = _whole(counted[0].number) if counted else None
        left = _whole(counted[-1].number) if len(counted) > 1 else None
        met = sum(int(one.number) for one in named if one.number is not None)
        which = ""
        if number is not None and number > met:
            which = f"{met} of {number} named; which the others are: not known" if met else "which: not known"
            if named and not met:
                which = "some are named, how many of each is not known; which the others are: not known"
        elif number is None and met:
            which = f"{met} named; how many in all: not known"
        elif number is None and any(
            one and set(TERMS) & set(counted_as(one.outcome)) for one in (decided, stands)
        ):
            which = "how many and which: not known"
        out = {
            "number": number,
            "left": left,
            "named": met,
            "which": which,
            "support": (decided.support if decided else "") or (NO_SUPPORT if which or number else ""),
            "rows": [self._condition(one) for one in named],
        }
        return {
            key: value for key, value in out.items() if key in ("number", "rows") or value not in ("", None)
        }

    def _condition(self, event: CaseEvent) -> dict[str, Any]:
        out: dict[str, Any] = {
            "id": event.id,
            "criterion": event.criterion,
            "number": _whole(event.number),
            "text": event.text,
            "support": event.support or NO_SUPPORT,
            "review_on": event.review_on,
            "review_words": written(event.review_on, event.review_precision)
            if event.review_on
            else NO_SUPPORT,
            "discharged_on": event.discharged_on,
            "discharge": event.discharge or NO_SUPPORT,
            "confidence": event.confidence,
            "sources": self._cited.get(event.id, []),
            "note": event.note,
        }
        return {key: value for key, value in out.items() if key == "discharged_on" or value not in ("", None)}

    def _change(self, event: ChangeEvent, parts: Iterable[Succession]) -> dict[str, Any]:
        return {
            "event": event.id,
            "date": event.date,
            "predecessors": sorted({part.predecessor for part in parts if part.predecessor}),
            "successors": sorted({part.successor for part in parts if part.successor}),
            "sources": self._cited.get(event.id, []),
        }

    def _beside(self, events: Sequence[CaseEvent], stages: Sequence[ApprovalStage]) -> list[dict[str, Any]]:
        """What was planned of each stage, beside what came of it."""
        names = {one.id: one.name for one in stages}
        rows = []
        for plan in (one for one in events if not happened(one) and one.status != "disputed"):
            actual = [
                one
                for one in events
                if happened(one) and one.stage == plan.stage != "" and one.step == plan.step
            ]
            came = actual[0] if actual else None
            row = {
                "stage": names.get(plan.stage, ""),
                "text": plan.text,
                "planned": plan.id,
                "planned_words": when(plan.date, plan.precision, plan.date_sense),
                "came": came.id if came else None,
                "came_words": when(came.date, came.precision, came.date_sense) if came else "",
                "words": compared(plan, came, self._book.day),
            }
            rows.append(row)
        return rows

    def _ahead(self, events: Sequence[CaseEvent], stages: Sequence[ApprovalStage]) -> list[dict[str, Any]]:
        """What is still to come after the day: what was planned for later, and what follows from a time limit."""
        met = {one.stage for one in events if happened(one) and one.stage}
        rows = [
            {
                "day": last_day(one.date, one.precision),
                "text": one.text,
                "words": when(one.date, one.precision, one.date_sense),
            }
            for one in events
            if not happened(one)
            and one.date
            and one.stage not in met
            and last_day(one.date, one.precision) > self._book.day
        ]
        exact = {
            one.stage: one.date
            for one in events
            if happened(one) and one.stage and one.date and not one.precision
        }
        for stage, planned in planned_days(stages, exact).items():
            named = next(one for one in stages if one.id == stage)
            if stage not in met and planned.working > self._book.day:
                note = f" ({NOT_STATED})" if planned.calendar != planned.working else ""
                rows.append({"day": planned.calendar, "text": named.name, "words": f"{planned.words}{note}"})
        return sorted(rows, key=lambda row: row["day"])

    def _not_recorded(
        self,
        case: ApprovalCase,
        process: ApprovalProcess | None,
        events: Sequence[CaseEvent],
        stages: Sequence[ApprovalStage],
    ) -> list[str]:
        """The stages of which nothing is recorded in this case, of those that held at its last event."""
        if not process or case.sort:
            return []
        days = [one.date for one in events if one.date]
        day = max(days) if days else case.stated_on or self._book.day
        recorded = {one.stage for one in events if happened(one)}
        own = sorted((one for one in stages if held(one, day)), key=lambda one: one.number)
        return [one.name for one in own if one.id not in recorded]

    def _contradictions(self, case: ApprovalCase, events: Sequence[CaseEvent]) -> list[list[dict[str, Any]]]:
        """Pairs of statements that say otherwise, each with its source."""
        changes = {event.id: (event, parts) for event, parts in self._book.changes(case)}
        pairs, seen = list[list[dict[str, Any]]](), set[frozenset[str]]()
        for one in events:
            for other in one.contradicts.split():
                if frozenset((one.id, other)) in seen:
                    continue
                seen.add(frozenset((one.id, other)))
                if other in self._book.by_id:
                    pairs.append([self._statement(one), self._statement(self._book.by_id[other])])
                elif other in changes:
                    event = changes[other][0]
                    words = (
                        f"The change itself: {written(event.date)}." if event.date else "The change itself."
                    )
                    sources = self._cited.get(event.id, [])
                    pairs.append([self._statement(one), {"id": event.id, "text": words, "sources": sources}])
        return pairs

    def _statement(self, event: CaseEvent) -> dict[str, Any]:
        return {
            "id": event.id,
            "case": event.of_case,
            "case_name": self._called.get(event.of_case, event.of_case),
            "text": event.text,
            "date_words": when(event.date, event.precision, event.date_sense),
            "confidence": event.confidence,
            "sources": self._cited.get(event.id, []),
        }


def stage_before(event: CaseEvent, stages: Sequence[ApprovalStage]) -> ApprovalStage | None:
    """The stage before that of an event, among those that held on its day."""
    own = next((one for one in stages if one.id == event.stage), None)
    if not own:
        return None
    day = event.date or own.valid_from or ""
    earlier = [one for one in stages if one.number < own.number and (not day or held(one, day))]
    return max(earlier, key=lambda one: one.number, default=None)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
