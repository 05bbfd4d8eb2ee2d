"""The questions about plans: what is to change, what came of it, and whether printed numbers agree with the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.guided import Guided

if TYPE_CHECKING:
    from orgmap.shapes import plan as planned


class Planned(Guided):
    """The part of a graph that tells what was planned, and who said so."""

    def plans(
        self,
        *,
        within: str | None = None,
        until: AnyDay | None = None,
        about: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[planned.PlansTold, planned.PlanRow]:
        """What is to change, by its day: from when, how sure that is, who said so, and how the plan moved.

        >>> import orgmap
        >>> row = orgmap.open().plans(about="NHS England", until="2027-04-01")[-1]
        >>> row["planned_for"], row["law"]
        ('2027-04-01', False)
        """
        from orgmap.queries.plans.plans import plans

        answer = plans(self.store, within, until, about, Include.of(include))
        columns = ("planned_for", "text", "status", "stated_on", "said_by", "moves", "plan", "id")
        return answer_of(answer, "plans", ", ".join(filter(None, ("Plans", answer["place"]))), columns)

    def outcome(
        self, name: str, *, within: str | None = None, as_known_on: AnyDay | None = None
    ) -> Answer[planned.OutcomeTold, planned.OutcomeRow]:
        """What came of the plans of a reform, or of one plan: kept, late, early, changed, dropped, open, not known.

        >>> import orgmap
        >>> answer = orgmap.open().outcome("end-of-strategic-health-authorities")
        >>> [(one["planned_for"], one["verdict_words"]) for one in answer]
        [('2012-10-01', 'late by 6 months'), ('2013-04-01', 'kept')]
        """
        from orgmap.queries.plans.outcome import outcome

        answer = outcome(self.store, name, within)
        columns = ("planned_for", "text", "stated_on", "verdict_words", "came_on", "id")
        called = answer["reform"]["name"] if answer["reform"] else name
        return answer_of(answer, "statements", ", ".join(filter(None, (called, answer["place"]))), columns)

    def reconcile(
        self, *, in_: str | None = None, as_known_on: AnyDay | None = None
    ) -> Answer[planned.ReconcileTold, planned.ReconcileRow]:
        """Every number that a document prints beside what the graph counts for that day, with difference and reason.

        >>> import orgmap
        >>> rows = {row["id"]: row for row in orgmap.open().reconcile(in_="000")}
        >>> rows["000-116-2"]["stated"], rows["000-116-2"]["counted"]
        (50, 50)
        """
        from orgmap.queries.documents.reconcile import reconcile

        answer = reconcile(self.store, in_)
        columns = ("stated", "unit", "counted", "difference", "day", "reason", "id")
        return answer_of(answer, "numbers", f"Document {in_}" if in_ else "Documents", columns)
