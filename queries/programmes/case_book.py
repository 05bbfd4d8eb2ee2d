"""All approval cases as they stood on a day, and how each was decided by then."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of, days_between, days_meant, written
from orgmap.graphmodel.model import ChangeEvent, Succession
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, ApprovalStage, CaseEvent, outcomes
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.store import Store

DECIDED, REVIEWED, CONDITION, PLACED = "decided", "reviewed", "condition", "placed"
"""The steps that tell how a case was decided, how it stood later, on what terms, and in which wave it was."""

NOT_KNOWN, IN_EFFECT, CLEAR = "not_known", "in_effect", "clear"
"""Outcomes that no event states: nobody tells; the change came, and no approval is told. And that of no condition."""

NO_SUPPORT = "not known"
_AFTER_ALL = "9999"


def happened(event: CaseEvent) -> bool:
    """Whether an event is told as a fact: it is no plan, and nobody disputes it."""
    return event.status not in PLANS


def last_day(day: str | None, precision: str) -> str:
    """The last day that a date may mean; behind every day where none is known.

    >>> last_day("2013-03-01", "month"), last_day("2026-06-01", "quarter"), last_day(None, "")
    ('2013-03-31', '2026-08-31', '9999')
    """
    if not day:
        return _AFTER_ALL
    return days_meant(day, precision).last


def when(day: str | None, precision: str, sense: str) -> str:
    """A day with what it is, in words.

    >>> when("2013-03-14", "", "by"), when("2012-12-11", "", "announced"), when(None, "not_known", "")
    ('by 14 March 2013', '11 December 2012 (announced)', 'day not known')
    """
    if not day:
        return "day not known"
    words = written(day, precision)
    return (
        f"by {words}"
        if sense == "by"
        else f"{words} ({sense})"
        if sense in ("announced", "stated")
        else words
    )


def order(event: CaseEvent) -> tuple[str, str]:
    """The order in which events are told: by their days, those without one last."""
    return (event.date or _AFTER_ALL, event.id)


class CaseBook:
    """All cases of a store as they stood on a day: what had happened by then, and what had been said was to come."""

    def __init__(self, store: Store, day: AnyDay) -> None:
        self.store, self.day = store, day_of(day)
        self.processes = {one.id: one for one in store.listed(ApprovalProcess)}
        self.stages = store.listed(ApprovalStage)
        self.cases = [one for one in store.listed(ApprovalCase) if (one.stated_on or "") <= self.day]
        self.events: dict[str, list[CaseEvent]] = {one.id: [] for one in self.cases}
        self.by_id: dict[str, CaseEvent] = {}
        self.later: dict[str, int] = {}
        for event in sorted(store.listed(CaseEvent), key=order):
            if event.of_case not in self.events:
                continue
            if self._told(event):
                self.events[event.of_case].append(event)
                self.by_id[event.id] = event
            else:
                self.later[event.of_case] = self.later.get(event.of_case, 0) + 1
        self._changes: dict[str, tuple[ChangeEvent, list[Succession]]] | None = None

    def _told(self, event: CaseEvent) -> bool:
        """Whether an event is told of the day: what is dated later was no fact yet, and what was not said no plan."""
        if event.status in PLANS or not event.date:
            return (event.stated_on or "") <= self.day
        last = last_day(event.date, event.precision)
        # Who told of it told of what had happened: a day that is known roughly lies before that.
        return max(event.date, min(last, event.stated_on or last)) <= self.day

    def changes(self, case: ApprovalCase) -> list[tuple[ChangeEvent, list[Succession]]]:
        """The changes of the graph that came of a case by the day, each with the parts that concern it."""
        if self._changes is None:
            wanted = {part for one in self.cases for part in one.came.split()}
            bodies = {part for one in self.cases if one.came for part in one.makes.split()}
            found = self.store.events(ids=sorted(bodies)) if bodies else []
            self._changes = {event.id: (event, parts) for event, parts in found if event.id in wanted}
        made = set(case.makes.split())
        return [
            (event, [part for part in parts if part.successor in made])
            for event, parts in (self._changes[one] for one in case.came.split() if one in self._changes)
            if event.status not in PLANS and (event.date or _AFTER_ALL) <= self.day
        ]

    def decision(self, case: ApprovalCase) -> CaseEvent | None:
        """The last decision of a case, if any is recorded and not disputed."""
        found = [one for one in self.events[case.id] if one.step == DECIDED and one.outcome and happened(one)]
        return found[-1] if found else None

    def outcome(self, case: ApprovalCase) -> str:
        """How a case was decided: its last decision, unless the change came though that did not approve it."""
        decided = self.decision(case)
        approved = bool(decided and outcomes()[decided.outcome].approves)
        if not approved and self.changes(case):
            return IN_EFFECT
        if decided:
            return decided.outcome
        waiting = [
            one for one in self.events[case.id] if one.outcome and happened(one) and one.step != REVIEWED
        ]
        return waiting[-1].outcome if waiting else NOT_KNOWN

    def stands(self, case: ApprovalCase) -> CaseEvent | None:
        """The last event that tells how a decided case stood: a review, else its decision."""
        reviews = [
            one for one in self.events[case.id] if one.step == REVIEWED and one.outcome and happened(one)
        ]
        return reviews[-1] if reviews else self.decision(case)

    def wave(self, case: ApprovalCase) -> str:
        """The wave or cohort in which a case stood last; blank if none is recorded."""
        return next((one.wave for one in reversed(self.events[case.id]) if one.wave), "")


def outcome_words(outcome: str) -> str:
    """An outcome in words.

    >>> outcome_words("directions"), outcome_words("not_known")
    ('with conditions and legal directions', 'not known')
    """
    return outcomes()[outcome].label if outcome in outcomes() else "not known"


def compared(plan: CaseEvent, came: CaseEvent | None, day: str) -> str:
    """What came of a planned step, by its day, only as exactly as both days are known.

    >>> plan = CaseEvent("p", "m", "decided", date="2019-11-30", date_sense="by", status="planned")
    >>> compared(plan, CaseEvent("c", "m", "decided", date="2019-10-21"), "2020-01-01")
    '40 days before the last day planned'
    >>> compared(plan, None, "2020-01-01"), compared(plan, None, "2019-10-01")
    ('nothing recorded', 'ahead')
    """
    if came is None:
        over = last_day(plan.date, plan.precision) <= day
        return "nothing recorded" if over or not plan.date else "ahead"
    if not plan.date or not came.date:
        return "came; the days cannot be compared"
    if plan.precision or came.precision:
        months = (int(came.date[:4]) - int(plan.date[:4])) * 12 + int(came.date[5:7]) - int(plan.date[5:7])
        coarse = {plan.precision, came.precision} - {"", "month"}
        if coarse:
            return "came; the days are not known exactly enough to compare"
        return "in the month planned" if not months else f"{_number(abs(months), 'month')} {_side(months)}"
    days = days_between(plan.date, came.date)
    if plan.date_sense == "by":
        return (
            "on the last day planned"
            if not days
            else f"{_number(abs(days), 'day')} {'after' if days > 0 else 'before'} the last day planned"
        )
    return "on the day planned" if not days else f"{_number(abs(days), 'day')} {_side(days)}"


def _side(number: int) -> str:
    return "late" if number > 0 else "early"


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
