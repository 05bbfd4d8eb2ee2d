"""The questions of people who must find their way: a guide to a place, and what a word means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgmap.answer import Answer, Statuses, answer_of, day_and_note
from orgmap.graphmodel.dates import AnyDay
from orgmap.graphmodel.model import Include
from orgmap.sourced import Sourced

if TYPE_CHECKING:
    from orgmap import guide_shapes as guides


class Guided(Sourced):
    """The part of a graph that leads people to bodies."""

    def guide(
        self,
        place: str,
        at: AnyDay | None = None,
        *,
        about: str | None = None,
        as_: str | None = None,
        include: Statuses = (),
        as_known_on: AnyDay | None = None,
    ) -> Answer[guides.GuideTold, guides.GuideLine]:
        """Whom to speak to in a place: who pays, plans, listens and oversees, what each is for, what is to change.

        `about` is a theme (“carers”) or a service, `as_` a reader (“charity”).

        >>> import orgmap
        >>> answer = orgmap.open().guide("Thanet", "2026-06-01", about="carers")
        >>> [line["body"]["id"] for line in answer if line["part"] == "pays"]
        ['icb:QKS', 'council:E10000016']
        """
        from orgmap.queries.guide.guide import guide

        day, said = day_and_note(at)
        answer = guide(self.store, place, day, about or "", as_ or "", Include.of(include))
        lines = [{"part": part["part"], **line} for part in answer["parts"] for line in part["lines"]]
        theme = f": {answer['theme']['name']}" if answer["theme"] else ""
        title = f"A guide to {answer['place']['described']}, on {day}{theme}"
        return answer_of(answer, lines, title, ("part", "body", "role", "share", "text", "status"), said)

    def explain(
        self, term: str, at: AnyDay | None = None, *, as_known_on: AnyDay | None = None
    ) -> Answer[guides.ExplainTold, guides.Meaning]:
        """What an abbreviation or a word means, since when, and who says so.

        >>> import orgmap
        >>> orgmap.open().explain("JSNA")[0]["meaning"]
        'joint strategic needs assessment'
        """
        from orgmap.queries.guide.explain import explain

        day, said = day_and_note(at) if at else (None, [])
        answer = explain(self.store, term, day)
        columns = ("term", "what", "meaning", "valid_from", "valid_until", "text")
        return answer_of(answer, "meanings", f"“{term}”", columns, said)
