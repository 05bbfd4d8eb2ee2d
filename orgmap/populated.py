"""The questions of how many people a body is for, and what its practices prescribed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of, day_and_note
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.sourced import Sourced

if TYPE_CHECKING:
    from orgmap.shapes import answer as whole


class Populated(Sourced):
    """The part of a graph that tells how many people bodies are for, and what was prescribed for them."""

    def population(
        self,
        kind: str,
        at: AnyDay | None = None,
        *,
        basis: str = "resident",
        sex: str | None = None,
        ages: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.PopulationTold, whole.PopulationRow]:
        """How many people each body of a kind is for: residents of its area, or patients registered with its practices.

        `basis` is `resident` or `registered`; `sex` and `ages` divide registered patients, as far as the table does.

        >>> import orgmap
        >>> rows = orgmap.open().population("icb", "2022-07-01")
        >>> [round(row["people"], -5) for row in rows if row["id"] == "icb:QKS"]
        [1900000.0]
        """
        from orgmap.queries.registers.population import COLUMNS, population

        day, said = day_and_note(at)
        answer = population(self.store, kind, day, basis, sex or "", ages or "", Include.of(include))
        return answer_of(
            answer, "rows", f"People of each {kind} on {day}: {answer['counted']}", COLUMNS, said
        )

    def prescribed(
        self,
        kind: str,
        at: AnyDay | None = None,
        *,
        chapter: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[whole.PrescribedTold, whole.PrescribedRow]:
        """What the practices under each body of a kind prescribed in the month of a day: items, and what they cost.

        `chapter` is one of the British National Formulary, by number or name. Tables come from what is loaded.

        >>> import orgmap
        >>> orgmap.open().prescribed("icb", "2022-07-01", chapter="04")
        Traceback (most recent call last):
          ...
        orgmap.graphmodel.errors.NothingFound: Not known: no table of prescribing is in the graph. ...
        """
        from orgmap.queries.registers.prescribed import COLUMNS, prescribed

        day, said = day_and_note(at)
        answer = prescribed(self.store, kind, day, chapter or "", Include.of(include))
        return answer_of(answer, "rows", f"Of each {kind}: {answer['counted']}", COLUMNS, said)
