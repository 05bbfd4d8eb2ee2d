"""The questions about programmes and approvals: what is due until when, how something is approved, what became of a
case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of
from orgmap.boards import Seated
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.loaders.own.csvreading import Readable, readable

if TYPE_CHECKING:
    from orgmap.shapes import programme as programmes


class Scheduled(Seated):
    """The part of a graph that tells which steps were to be taken until when, and how something was approved."""

    def due(
        self,
        *,
        programme: str | None = None,
        owner: str | None = None,
        stream: str | None = None,
        by: AnyDay | None = None,
        at: AnyDay | None = None,
        only_open: bool = False,
        reports: str | None = None,
        within: str | None = None,
        file: str | Readable | None = None,
        as_known_on: AnyDay | None = None,
    ) -> Answer[programmes.DueTold, programmes.MilestoneRow]:
        """Which steps of a programme are due until when, who has to take them, and on what they depend.

        `file` is a table of one's own steps, or its bytes, asked instead of those of the graph.

        >>> import orgmap
        >>> rows = orgmap.open().due(programme="nhs-2012-13", owner="pctc", stream="direct commissioning")
        >>> rows[0]["due"], rows[0]["due_words"]
        ('2011-12-31', 'by 31 December 2011')
        """
        from orgmap.queries.programmes.due import due

        steps = None
        if file is not None:
            from orgmap.loaders.own.programme_file import read_programme

            steps = read_programme(readable(file))
        answer = due(self.store, programme, owner, stream, by, at, only_open, reports, within, steps)
        columns = (
            "due",
            "due_words",
            "text",
            "owner",
            "stream",
            "status",
            "condition",
            "state",
            "programme",
            "id",
        )
        return answer_of(answer, "milestones", ", ".join(filter(None, ("Due", answer["place"]))), columns)

    def process(
        self,
        name: str | None = None,
        at: AnyDay | None = None,
        *,
        from_: str | None = None,
        as_known_on: AnyDay | None = None,
    ) -> Answer[programmes.ProcessTold, programmes.StageRow]:
        """How something is approved, stage by stage: who does what, what is asked for, who recommends, who decides.

        Without a name all processes. `from_` gives the day of a stage; those follow that have a time limit.

        >>> import orgmap
        >>> rows = orgmap.open().process("ccg-authorisation", from_="site-visit=2012-10-10")
        >>> [(one["name"], one["planned_by"]) for one in rows if "planned_by" in one]
        [('final evidence report', '2012-10-23')]
        """
        from orgmap.queries.programmes.process import process

        answer = process(self.store, name, at, from_)
        if not name:
            columns: tuple[str, ...] = (
                "id",
                "name",
                "text",
                "valid_from",
                "valid_until",
                "recommends",
                "decides",
            )
            return answer_of(answer, "processes", "Approval processes", columns)
        columns = (
            "number",
            "name",
            "text",
            "role",
            "actor",
            "gate",
            "limit",
            "due_words",
            "planned_words",
            "id",
        )
        return answer_of(answer, "stages", answer["processes"][0]["name"], columns)

    def case(
        self,
        text: str | None = None,
        at: AnyDay | None = None,
        *,
        process: str | None = None,
        within: str | None = None,
        where: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        count_by: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[programmes.CasesTold, programmes.ApprovalRow]:
        """What became of an application: its events, conditions, what was planned beside what came; or many of them.

        A list comes with the totals that sources count, for most cases are not named anywhere.

        >>> import orgmap
        >>> answer = orgmap.open().case(process="ccg-authorisation", count_by="outcome")
        >>> answer.to_dict()["counts"]["directions"], len(answer.to_dict()["without_case"])
        (15, 161)
        """
        from orgmap.queries.programmes.cases import case

        pairs = where.items() if isinstance(where, Mapping) else where
        answer = case(self.store, text, process, within, pairs, count_by, at, Include.of(include))
        columns = (
            "id",
            "name",
            "wave",
            "outcome_words",
            "decided_words",
            "stands_words",
            "confidence",
            "process",
        )
        return answer_of(answer, "cases", ", ".join(filter(None, ("Cases", text, answer["place"]))), columns)
