"""Stages of a body in which it is something else than in force: in shadow form before its life, or a plan for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import day_before
from orgmap.graphmodel.model import Period


def known_period(valid_from: str | None, valid_until: str | None, from_precision: str) -> Period:
    """The days on which a status such as “shadow” is known to hold.

    A status whose start is not known is known for its last day only: earlier days would be guesses.

    >>> known_period(None, "2013-04-01", "not_known")
    Period(valid_from='2013-03-31', valid_until='2013-04-01')
    """
    if from_precision == "not_known" and valid_from is None and valid_until is not None:
        return Period(day_before(valid_until), valid_until)
    return Period(valid_from, valid_until)


class Stage(NamedTuple):
    """What a body is from a day on instead of in force, for good as far as is known: a plan, whose day may come."""

    status: str
    valid_from: str | None


def lasting_stages(phases: Iterable[tuple[str, str, str | None, str | None]]) -> dict[str, Stage]:
    """The stages without an end, by body; `phases` are (entity, status, valid_from, valid_until).

    A day passing turns no plan into a fact: only a row that ends the stage does.

    >>> lasting_stages([("ccg:A", "shadow", None, "2013-04-01"), ("ca:B", "planned", "2026-09-15", None)])
    {'ca:B': Stage(status='planned', valid_from='2026-09-15')}
    """
    found: dict[str, Stage] = {}
    for entity, status, valid_from, valid_until in phases:
        stage = Stage(status, valid_from)
        if not valid_until and _earlier(stage) <= _earlier(found.get(entity, stage)):
            found[entity] = stage
    return found


def _earlier(stage: Stage) -> tuple[str, str]:
    return (stage.valid_from or "", stage.status)


def in_force_life(life: Period, stage: Stage | None) -> Period | None:
    """The part of a body's life before its lasting stage began; None if it was never in force.

    >>> in_force_life(Period("2027-04-01", None), Stage("enacted", "2026-03-10"))
    >>> in_force_life(Period("2013-04-01", None), Stage("disputed", "2027-04-01"))
    Period(valid_from='2013-04-01', valid_until='2027-04-01')
    """
    return life if stage is None else life.clip(Period(None, stage.valid_from)) if stage.valid_from else None
