"""The questions about programmes: what is due, by whom, until when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgmap.answer import Answer, answer_of
from orgmap.boards import Seated
from orgmap.graphmodel.dates import AnyDay

if TYPE_CHECKING:
    from orgmap.shapes import programme as programmes


class Scheduled(Seated):
    """The part of a graph that tells which steps were to be taken until when."""

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
        file: str | Path | None = None,
        as_known_on: AnyDay | None = None,
    ) -> Answer[programmes.DueTold, programmes.MilestoneRow]:
        """Which steps of a programme are due until when, who has to take them, and on what they depend.

        `file` is a table of one's own steps, asked instead of those of the graph.

        >>> import orgmap
        >>> rows = orgmap.open().due(programme="nhs-2012-13", owner="pctc", stream="direct commissioning")
        >>> rows[0]["due"], rows[0]["due_words"]
        ('2011-12-31', 'by 31 December 2011')
        """
        from orgmap.queries.programmes.due import due

        steps = None
        if file is not None:
            from orgmap.loaders.programme_file import read_programme

            steps = read_programme(Path(file))
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
