"""The lines of the picture of plans: what each says, which days it shows, and where it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.dates import day_after, days_meant, written
from orgmap.graphmodel.statuses import SUPERSEDED
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.plans.statements import day_words
from orgmap.queries.plans.verdicts import GONE
from orgmap.viz.kit.time_axis import TimeAxis
from orgmap.viz.kit.widths import LINE, wrap

LEFT = 600.0
"""Where the axis of time begins; the words stand at its left."""

_FIRST = "2010-01-01"


class PlannedStretch(NamedTuple):
    """The days that may be meant by one, from the first to the day after the last, in words."""

    first: str
    end: str
    words: str


class PlanLine(NamedTuple):
    """One plan: its sentence, what became of each statement in words, the days planned, and the days on which it came.

    `rows` are its statements as the answers tell them, the one that stands for it first.
    """

    id: str
    sentence: tuple[str, ...]
    verdicts: tuple[str, ...]
    planned: tuple[PlannedStretch, ...]
    came: tuple[PlannedStretch, ...]
    rows: tuple[dict[str, Any], ...]
    top: float = 0.0

    @property
    def height(self) -> float:
        """How high it is with its words."""
        return max(2, len(self.sentence) + len(self.verdicts)) * LINE + 14


def plan_lines(rows: list[dict[str, Any]], top: float) -> list[PlanLine]:
    """The statements of an answer as lines, those of one plan together, in the order in which they come."""
    together: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        together.setdefault(row["plan"] or row["id"], []).append(row)
        together[row["plan"] or row["id"]] += row.get("earlier", [])
    lines = []
    for same in together.values():
        line = _line(sorted(same, key=_standing, reverse=True))
        lines.append(line._replace(top=top))
        top += line.height
    return lines


def _standing(row: dict[str, Any]) -> tuple[bool, bool, str, str]:
    alive = row["status"] != SUPERSEDED and row.get("verdict") not in GONE
    return (alive, bool(row["planned_for"]), row["stated_on"] or "", row["id"])


def _line(rows: list[dict[str, Any]]) -> PlanLine:
    by_day = sorted(rows, key=lambda row: (row["planned_for"] or "9999", row["stated_on"] or ""))
    sentences = dict.fromkeys(_told(row) for row in by_day)
    verdicts = [line for words in sentences for line in wrap(words, LEFT - 40)]
    planned = [
        _stretch(row["planned_for"], row.get("planned_precision", "")) for row in rows if row["planned_for"]
    ]
    came = [_stretch(row["came_on"], row["came_precision"]) for row in rows if row.get("came_on")]
    return PlanLine(
        rows[0]["id"],
        tuple(wrap(rows[0]["text"], LEFT - 40, True)),
        tuple(verdicts),
        tuple(dict.fromkeys(planned)),
        tuple(dict.fromkeys(came)),
        tuple(rows),
    )


def _told(row: dict[str, Any]) -> str:
    """What a statement planned and what came of it, in words; of what is open how sure it is."""
    when = f"Planned for {day_words(row['planned_for'], row.get('planned_precision', ''))}"
    if not row["planned_for"]:
        when = "Planned, no day given"
    verdict = row.get("verdict", "open")
    if verdict == "open":
        passed = "; its day has passed, what came is not recorded" if row.get("passed") else ""
        return f"{when}: {plan_words(row['status'], row['stated_on'], row['said_by'] or '')}{passed}"
    came = f", it came {day_words(row['came_on'], row['came_precision'])}" if row["came_on"] else ""
    return f"{when}: {row['verdict_words']}{came}"


def _stretch(day: str, precision: str) -> PlannedStretch:
    first, last = days_meant(day, precision)
    return PlannedStretch(first, day_after(last), written(day, precision))


def axis_of(lines: list[PlanLine]) -> TimeAxis:
    """From the first year of any day planned or come to the year after the last."""
    days = [day for line in lines for one in (*line.planned, *line.came) for day in (one.first, one.end)]
    first, last = min(days, default=_FIRST), max(days, default=_FIRST)
    return TimeAxis(f"{first[:4]}-01-01", f"{int(last[:4]) + 1}-01-01", LEFT)
