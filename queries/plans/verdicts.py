"""What came of a plan: kept, early, late, changed, dropped, open or not known, told by the days alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.dates import days_between, days_meant
from orgmap.graphmodel.model import Accountability, Rule
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.statuses import PLANS, STATUSES, SUPERSEDED, Include
from orgmap.graphmodel.store import Store

KEPT, LATE, EARLY, CHANGED, DROPPED = "kept", "late", "early", "changed", "dropped"
OPEN, NOT_KNOWN = "open", "not_known"
GONE = (CHANGED, DROPPED)
"""Verdicts on a statement that nobody waits for any more."""


class Came(NamedTuple):
    """What came of a plan: a change, a rule, a step of accountability or a body of the tables, with its day."""

    id: str
    day: str | None
    precision: str = ""
    source: str = ""
    locator: str = ""

    def to_json(self) -> dict[str, Any]:
        """The fact as scripts get it."""
        return {"id": self.id, "day": self.day, **({"precision": self.precision} if self.precision else {})}


class Verdict(NamedTuple):
    """What came of one statement of a plan: the word, by how much it was missed, the day, and why."""

    word: str
    day: str | None = None
    precision: str = ""
    months: int = 0
    days: int = 0
    why: str = ""
    about: bool = False

    @property
    def words(self) -> str:
        """The verdict in words.

        >>> Verdict("late", months=6).words, Verdict("early", days=1).words, Verdict("not_known").words
        ('late by 6 months', 'early by 1 day', 'not known')
        """
        for number, unit in ((self.months, "month"), (self.days, "day")):
            if number:
                by = "by about" if self.about else "by"
                return f"{self.word} {by} {number} {unit}{'' if number == 1 else 's'}"
        return self.word.replace("_", " ")


def is_alive(plan: Plan) -> bool:
    """Whether a statement of a plan stands: no later one took its place, and nobody wrote that it came to nothing."""
    return plan.status != SUPERSEDED and plan.verdict not in GONE


class Outcomes:
    """What the tables know to have come of plans; what is itself a plan has not come.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     outcomes = Outcomes(store)
    ...     [plan] = [one for one in store.plans() if one.id == "001-017-2"]
    >>> outcomes.verdict(plan, [plan]).words
    'late by 6 months'
    """

    def __init__(self, store: Store) -> None:
        self._facts: dict[str, Came] = {}
        plans = store.plans()
        wanted = {one for plan in plans for one in plan.came.split()}
        if not wanted:
            return
        for event, _ in store.events(include=Include.of(STATUSES)):
            if event.id in wanted and event.status not in PLANS:
                self._facts[event.id] = Came(
                    event.id, event.date, event.precision, event.source, event.locator
                )
        for rule in store.rules():
            self._lasting(wanted, rule)
        for step in store.accountability():
            self._lasting(wanted, step)
        for body in store.entities(ids=sorted(wanted - self._facts.keys())):
            if body.status not in PLANS:
                self._facts[body.id] = Came(
                    body.id, body.valid_from, body.from_precision, body.source, body.locator
                )

    def _lasting(self, wanted: set[str], fact: Rule | Accountability) -> None:
        if fact.id in wanted and fact.status not in PLANS:
            self._facts[fact.id] = Came(
                fact.id, fact.valid_from, fact.from_precision, fact.source, fact.locator
            )

    def came(self, plan: Plan) -> list[Came]:
        """The facts of the tables that are what came of a plan."""
        return [self._facts[one] for one in plan.came.split() if one in self._facts]

    def verdict(self, plan: Plan, thread: list[Plan]) -> Verdict:
        """What came of one statement of a plan; `thread` are all statements of it, the latest first.

        A word that somebody wrote stands, with its reason; else the days tell. A plan that was given no day is kept
        when it comes. One that was superseded, and never came, is changed; two statements that live side by side are
        both open.
        """
        source = next((one for one in (plan, *thread) if one.came_on or self.came(one)), plan)
        facts = self.came(source)
        dated = [(fact.day, fact.precision) for fact in facts if fact.day]
        day, precision = max(dated, default=(None, ""))
        if source.came_on:
            day, precision = source.came_on, source.came_precision
        if plan.verdict:
            return _written(plan, day, precision)
        if not facts and not source.came_on:
            if plan.status == SUPERSEDED:
                return Verdict(CHANGED, why=_moved_words(thread))
            return Verdict(OPEN)
        if day is None:
            return Verdict(NOT_KNOWN, why="It came, on a day that is not known.")
        if not plan.planned_for:
            return Verdict(KEPT, day, precision)
        return _by_days(plan, day, precision)


def _written(plan: Plan, day: str | None, precision: str) -> Verdict:
    if plan.verdict in (LATE, EARLY) and day and plan.planned_for:
        by_days = _by_days(plan, day, precision)
        return (
            by_days._replace(word=plan.verdict)
            if by_days.word == plan.verdict
            else Verdict(plan.verdict, day, precision)
        )
    return Verdict(plan.verdict, day, precision)


def _by_days(plan: Plan, day: str, precision: str) -> Verdict:
    """The verdict that the day planned and the day on which it came tell, each as exactly as it is known."""
    first, last = days_meant(plan.planned_for or "", plan.planned_precision)
    began, ended = days_meant(day, precision)
    if first <= began and ended <= last:
        return Verdict(KEPT, day, precision)
    apart = _apart(plan.planned_for or "", day, plan.planned_precision, precision)
    if began > last:
        return Verdict(LATE, day, precision, *apart)
    if ended < first:
        return Verdict(EARLY, day, precision, *apart)
    return Verdict(NOT_KNOWN, day, precision, why="The day on which it came is not known so exactly.")


def _apart(planned: str, came: str, planned_precision: str, precision: str) -> tuple[int, int, str, bool]:
    """How far two days lie apart: in months, or in days where there is no month between two exact days."""
    (first, earlier_to), (later_from, _) = sorted(
        (days_meant(planned, planned_precision), days_meant(came, precision))
    )
    about = bool({planned_precision, precision} & {"approx", "quarter"})
    earlier, later = (first, later_from) if about else (earlier_to, later_from)
    months = (int(later[:4]) - int(earlier[:4])) * 12 + int(later[5:7]) - int(earlier[5:7])
    if planned_precision or precision:
        return max(1, months), 0, "", about
    months -= later[8:] < earlier[8:]
    return (months, 0, "", False) if months else (0, days_between(earlier, later), "", False)


def _moved_words(thread: list[Plan]) -> str:
    """To which day a plan was moved: the one that the latest living statement gives."""
    latest = next((one for one in thread if one.planned_for and is_alive(one)), None)
    if latest is None:
        return "no later statement gives a day"
    said = f"on {latest.stated_on}" if latest.stated_on else "on a day not known"
    return f"moved to {latest.planned_for}, said {said}"
