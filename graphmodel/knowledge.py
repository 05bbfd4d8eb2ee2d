"""What of a row was known on a day: all of it, all but its end, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from orgmap.graphmodel.counted.practices import ListSize, Prescribed
from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.editions.corrections import Correction
from orgmap.graphmodel.listed import (
    BoardKind,
    Contact,
    Listed,
    Milestone,
    Power,
    Purpose,
    Seat,
    Term,
    Theme,
    Walk,
    WalkStep,
)
from orgmap.graphmodel.model import STATUSES, Accountability, ChangeEvent, Entity, Relationship, Rule, Source
from orgmap.graphmodel.observed import Observation
from orgmap.graphmodel.plans.cases import ApprovalCase, ApprovalProcess, ApprovalStage, CaseEvent, CaseTotal
from orgmap.graphmodel.statuses import PLANS, SUPERSEDED
from orgmap.graphmodel.store import Dated

OfBoard = TypeVar("OfBoard", Seat, Power)
InUse = TypeVar("InUse", Purpose, Term, BoardKind, Seat, Power, ApprovalProcess, ApprovalStage)

FORMER, OFFICIAL = "former", "official"
"""As what a body bears a name that it gave up, and one that it has."""

PLANNED = "planned"
"""What a fact was before its first day, if it had been said by then; and a plan, before another came."""

FORESIGHT = 3
"""So many years ahead a source without a day for what it says may speak of a beginning."""

VOUCHES = "begun before"
"""So begins the title of a source that is younger than the day: it vouches for a beginning, and said nothing then."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Lasting = TypeVar("Lasting", Relationship, Rule, Accountability)
Ending = TypeVar("Ending", Entity, Dated)


class Knowledge:
    """What was known on the evening of a day, row by row; `sources` reads those of the tables when first needed."""

    def __init__(self, day: str, sources: Callable[[], dict[str, Source]]) -> None:
        self.day, self._read = day, sources

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return self._read()

    def is_later(self, day: str | None) -> bool:
        """Whether a day comes after the day of knowledge; one that is not given does not."""
        return day is not None and day > self.day

    def said(self, cited: str) -> bool:
        """Whether all sources that a row names had been made by then: what they say together was not said before."""
        made = [edition(self._sources[one]) for one in cited.split() if one in self._sources]
        return bool(made) and all(day and day <= self.day for day in made)

    def undated(self, cited: str) -> bool:
        """Whether nobody can tell when any of the sources that a row names was made."""
        return not any(edition(self._sources[one]) for one in cited.split() if one in self._sources)

    def foretold(self, cited: str, begins: str) -> bool:
        """Whether sources told by then of what began later: a law of ten years before had been changed since."""
        if not self.said(cited):
            return False
        made = max(edition(self._sources[one]) or "" for one in cited.split() if one in self._sources)
        return int(begins[:4]) - int(made[:4]) <= FORESIGHT

    def is_over(self, stage: Dated) -> bool:
        """Whether a stage had ended by then."""
        return stage.valid_until is not None and stage.valid_until <= self.day

    def in_time(self, row: Entity | Dated, status: str) -> bool:
        """Whether a stage was known: it had begun, or was a plan that had been told.

        Of a stage of unknown start only its last day is known.
        """
        if status in PLANS and self.is_later(row.valid_from) and not self.said(row.source):
            return False
        undated = row.valid_from is None and row.from_precision == "not_known" and row.valid_until
        return not (undated and self.is_later(undated) and day_before(undated) != self.day)

    def without_later_end(self, row: Ending) -> Ending:
        """The row without an end that came later, and without words that were added later."""
        if self.is_later(row.valid_until):
            row = row._replace(valid_until=None, until_precision="")
        return row if self.said(row.source) else row._replace(note="")

    def word(self, word: Dated) -> Dated | None:
        """A name, code, address or stage as it was known; a name that a body bore then was no former one yet."""
        if word.value in STATUSES:
            known = self.in_time(word, word.value) and (
                word.value in PLANS or not self.is_later(word.valid_from)
            )
        else:
            known = not self.is_later(word.valid_from)
        if not known:
            return None
        then = self.without_later_end(word)
        borne = then.sort == FORMER and then.valid_until is None and word.valid_until is not None
        return then._replace(sort=OFFICIAL) if borne else then

    def fact(self, fact: Lasting) -> Lasting | None:
        """A fact as it was known: not at all, as a plan, or without the end that came later."""
        if self.is_later(fact.stated_on):
            return None
        said = bool(fact.stated_on) or self.said(fact.source)
        begins = fact.valid_from if self.is_later(fact.valid_from) else None
        if begins and not fact.stated_on and not self.foretold(fact.source, begins):
            return None
        note = fact.note if said else ""
        if fact.status in PLANS:
            return fact._replace(note=note)
        if begins:
            return fact._replace(status=PLANNED, note=note)
        if self.is_later(fact.valid_until):
            return fact._replace(valid_until=None, until_precision="", note=note)
        return fact._replace(note=note)

    def listed(self, row: Listed) -> Listed | None:
        """A row of a list as it was known: not at all, without a later end, or not yet done."""
        match row:
            case Contact() | ListSize() | Prescribed():
                return None if self.is_later(row.seen_on) else row
            case Milestone(stated_on=day):
                if day is None or self.is_later(day):
                    return None
                later = self.is_later(row.done_on)
                return row._replace(done_on=None, done_precision="", done_source="") if later else row
            case Observation(source=source):
                return row if self.said(source) else None
            case Theme() | Walk() | WalkStep() | Correction():
                return row
            case ApprovalCase() | CaseTotal():
                return None if row.stated_on is None or self.is_later(row.stated_on) else row
            case CaseEvent(stated_on=day):
                if day is None or self.is_later(day):
                    return None
                later = self.is_later(row.discharged_on)
                return row._replace(discharged_on=None, discharge="") if later else row
            case ApprovalProcess() | ApprovalStage():
                if row.stated_on is None or self.is_later(row.stated_on):
                    return None
                return self._unended(row)
            case Seat() | Power():
                return self._said_of_boards(row)
        return self._in_use(row)

    def _said_of_boards(self, row: OfBoard) -> OfBoard | None:
        """A seat or power as it was known: what was said beforehand with its days; a plan stood until another came."""
        if not row.stated_on:
            return self._in_use(row)
        if self.is_later(row.stated_on):
            return None
        if row.status == SUPERSEDED and self.is_later(row.valid_until):
            return row._replace(status=PLANNED, valid_until=None, until_precision="", note="")
        return row

    def _in_use(self, row: InUse) -> InUse | None:
        """A row that was in use by then, without an end that came later."""
        return None if self.is_later(row.valid_from) else self._unended(row)

    def _unended(self, row: InUse) -> InUse:
        """A row without an end that came later."""
        return row._replace(valid_until=None, until_precision="") if self.is_later(row.valid_until) else row

    def event(self, event: ChangeEvent) -> ChangeEvent | None:
        """A change as it was known: not at all, as a plan, or as one that had happened."""
        if self.is_later(event.stated_on):
            return None
        said = bool(event.stated_on) or self.said(event.source)
        if (
            not event.stated_on
            and self.is_later(event.date)
            and not self.foretold(event.source, event.date or "")
        ):
            return None
        if not said and event.date is None:
            return None
        came = event.status in PLANS or not self.is_later(event.date)
        return event._replace(status=event.status if came else PLANNED, note=event.note if said else "")

    def vouching(self, source: Source) -> Source:
        """A source of the day as it is; a younger one says no more than that something had begun."""
        made = edition(source)
        if not self.is_later(made):
            return source
        title = f"{VOUCHES} {self.day}; register of {(made or '')[:4]}"
        return source._replace(title=title, publisher="", url="", as_of=None, note="")


def edition(source: Source) -> str | None:
    """The day of a source, or the last day of the last year that its title or id names; None if nobody can tell.

    >>> edition(Source("x", "Care Act 2014")), edition(Source("x", "A list")), edition(Source("x", "", as_of="2013-04"))
    ('2014-12-31', None, '2013-04')
    """
    years = _YEAR.findall(f"{source.id} {source.title}")
    return source.as_of or (f"{max(years)}-12-31" if years else None)
