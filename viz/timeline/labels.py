"""What a lifeline says: labels for beginnings, changes and ends, each with its words, and where the words fit."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from orgmap.graphmodel.dates import FIRST_DAY
from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import event_kinds, national_kind
from orgmap.queries.change.changes import by_weight
from orgmap.queries.change.lifelines import Change, Lifeline, Lifelines
from orgmap.queries.coverage import is_plan, is_planned
from orgmap.queries.structure.structure import PLANNED
from orgmap.viz.kit.time_axis import TimeAxis
from orgmap.viz.kit.widths import width, wrap
from orgmap.viz.kit.words import date_words, listed, passing_words, with_kind
from orgmap.viz.lineage.columns import few_words
from orgmap.viz.lineage.tables import first_day
from orgmap.viz.lineage.tables import last_day as final_day

LEFT = 250.0
"""Pixels of the names at the left."""

WIDEST = 1224.0
"""Where the last words end."""

ROW = 17.0
"""Pixels from one line of words to the next."""

BAR = 14.0
"""Pixels from the top of a lifeline to its bottom."""


class TimelineLabel(NamedTuple):
    """Something on a lifeline: on a day, in words, in fewer, and the change events that it stands for."""

    day: str
    words: str
    events: tuple[str, ...] = ()
    brief: str = ""


class Said(NamedTuple):
    """Words in their place: the label's `x`, where they begin, and in which line below the bar (less than 0: above).

    `words` are the label's own or, where they are too wide, its fewer ones.
    """

    label: TimelineLabel
    words: str
    x: float
    left: float
    line: int


class PlacedLifeline(NamedTuple):
    """One lifeline in its place: `top` is the bar's, `bottom` where the next one may begin.

    `wordy` says whether there is room for the words of its labels.
    """

    life: Lifeline
    top: float
    name: tuple[str, ...]
    said: tuple[Said, ...]
    bottom: float
    wordy: bool = True


def axis_of(lives: Lifelines) -> TimeAxis:
    """From the first year of any of the lives to the last day known or, if all have ended, the year after."""
    starts = [life.body.valid_from for life in lives.lives if life.body.valid_from]
    starts += [phase.valid_from for life in lives.lives for phase in life.phases if phase.valid_from]
    unknown = any(life.body.valid_from is None for life in lives.lives)
    first = FIRST_DAY if unknown or not starts else max(min(starts), "1990-01-01")
    ends = [life.body.valid_until or lives.last_day for life in lives.lives]
    # Without plans time ends with the tables.
    ends = [day if lives.planned else min(day, lives.last_day) for day in ends]
    ends += [life.body.valid_from for life in lives.lives if life.body.valid_from and lives.planned]
    last = f"{int(max(ends)[:4]) + 1}-01-01"
    return TimeAxis(f"{int(first[:4])}-01-01", last, LEFT)


def labels_of(lives: Lifelines, life: Lifeline) -> list[TimelineLabel]:
    """Beginning, changes, new names and end of a body, by date, each day in one sentence."""
    body = life.body
    found = []
    for change in life.changes:
        event = change[0]
        if event.date:
            words, brief = (change_words(lives, body.id, change, most) for most in (2, 0))
            found.append(TimelineLabel(event.date, words, (event.id,), brief))
    for before, name in pairwise(life.names):
        if name.valid_from and name.value != before.value:
            found.append(TimelineLabel(name.valid_from, f"named {name.value}"))
    days = {label.day for label in found}
    if body.valid_from and body.valid_from not in days:
        found.append(
            TimelineLabel(body.valid_from, "begins" if is_plan(body.valid_from, lives.last_day) else "began")
        )
    # Open beyond the last day that the tables know: what they tell of it is a plan.
    to_come = is_plan(body.valid_until, lives.last_day)
    if body.valid_until and body.valid_until not in days and (lives.planned or not to_come):
        found.append(TimelineLabel(body.valid_until, "ends" if to_come else "ended"))
    found += [
        TimelineLabel(phase.valid_from, f"in {phase.value} form" if phase.value == "shadow" else phase.value)
        for phase in life.phases
        if phase.valid_from
    ]
    precision = {change[0].date: change[0].precision for change in life.changes}
    precision |= {body.valid_from: body.from_precision, body.valid_until: body.until_precision}
    precision |= {phase.valid_from: phase.from_precision for phase in life.phases}
    plans = {event.date: event.status for event, _ in life.changes if is_planned(event, lives.last_day)}
    if body.status in PLANS and body.valid_from:
        plans.setdefault(body.valid_from, body.status)
    by_day: dict[str, list[TimelineLabel]] = {}
    for label in sorted(found, key=lambda one: (one.day, one.events, one.words)):
        by_day.setdefault(label.day, []).append(label)
    out = []
    for day, labels in by_day.items():
        when = date_words(day, precision.get(day, ""))
        plan = is_plan(day, lives.last_day) or day in plans
        # How sure a plan is stands in its label: that it is law already, that it hangs on a Bill.
        status = plans.get(day, "")
        sure = f", {status}" if status in PLANS and status != PLANNED else ""
        when = f"Planned for {when}{sure}" if plan else when
        words = "; ".join(dict.fromkeys(label.words for label in labels))
        brief = "; ".join(dict.fromkeys(label.brief or label.words for label in labels))
        events = tuple(dict.fromkeys(one for label in labels for one in label.events))
        out.append(TimelineLabel(day, f"{when}: {words}", events, f"{when}: {brief}"))
    return out


def change_words(lives: Lifelines, body_id: str, change: Change, most: int = 2) -> str:
    """What a change was for a body: “merged into NHS Kent and Medway CCG”; more than `most` are told as a number.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.change.lifelines import lifelines
    >>> with open_store() as store:
    ...     lives = lifelines(store, ["ccg:10E"])
    >>> change_words(lives, "ccg:10E", lives.lives[0].changes[-1])
    'merged into NHS Kent and Medway CCG'
    """
    event, parts = change
    parts = tuple(part for part in by_weight(parts) if not part.stray)
    successors = [
        part.successor
        for part in parts
        if part.predecessor == body_id and part.successor not in ("", body_id)
    ]
    before = [
        part.predecessor
        for part in parts
        if part.successor == body_id and part.predecessor not in ("", body_id)
    ]
    label = event_kinds()[event.kind].label
    if successors:
        about = {part.about for part in parts if part.predecessor == body_id and part.about}
        told_about = f" ({', '.join(sorted(about))})" if about else ""
        return f"{passing_words(event.kind)} {_names(lives, successors, most, event.date, False)}{told_about}"
    if before:
        names = _names(lives, before, most, event.date, True)
        if event.kind == "clustered":
            return f"took {names} under its management"
        if event.kind == "replaced":
            return f"replaced {names}"
        return f"{label} from {names}"
    return f"{label}, no successor named" if event.kind == "abolished" else label


def _names(lives: Lifelines, ids: list[str], most: int, date: str | None, before: bool) -> str:
    """A few bodies by their names of the day of a change, more as numbers of their kinds."""
    ids = list(dict.fromkeys(ids))
    if len(ids) <= most:
        return listed(
            [
                with_kind(lives.names.label(one, date, before), lives.named[one].kind)
                if one in lives.named
                else one
                for one in ids
            ]
        )
    counted = Counter(lives.named[one].kind if one in lives.named else national_kind() for one in ids)
    return listed([few_words(number, kind) for kind, number in sorted(counted.items())])


def life_words(life: Lifeline, last_day: str) -> str:
    """The days of a body in words."""
    body = life.body
    first, last = first_day(body, last_day), final_day(body, last_day)
    first = "start not known" if first == "date not known" else first
    return f"{first} to {'end not known' if last == 'date not known' else last}"


def lines_of(lives: Lifelines, axis: TimeAxis, top: float, room: float) -> list[PlacedLifeline]:
    """Lifelines below each other; where there is no room for all words, those that need most go first."""
    names = [tuple(wrap(with_kind(life.body.label, life.body.kind), LEFT - 30, True)) for life in lives.lives]
    said = [_placed(labels_of(lives, life), axis) for life in lives.lives]
    tall = [[_height(*one, wordy) for wordy in (False, True)] for one in zip(names, said, strict=True)]
    wordy = [True] * len(tall)
    for number in sorted(range(len(tall)), key=lambda n: (tall[n][0] - tall[n][1], n)):
        if sum(heights[has] for heights, has in zip(tall, wordy, strict=True)) > room:
            wordy[number] = False
    lines, y = [], top
    for number, life in enumerate(lives.lives):
        bar = y + ROW * _above(said[number], wordy[number])
        y += tall[number][wordy[number]]
        lines.append(PlacedLifeline(life, bar, names[number], said[number], y, wordy[number]))
    return lines


def _above(said: tuple[Said, ...], wordy: bool) -> int:
    """How many lines of words stand above a bar."""
    return max((-one.line for one in said if one.line < 0), default=0) if wordy else 0


def _height(name: tuple[str, ...], said: tuple[Said, ...], wordy: bool) -> float:
    """How high a lifeline is with its name, and with or without the words of its marks."""
    below = max((one.line for one in said if one.line > 0), default=0) if wordy else 0
    return _above(said, wordy) * ROW + max(BAR + 4 + below * ROW, len(name) * ROW) + 12


def _placed(labels: list[TimelineLabel], axis: TimeAxis) -> tuple[Said, ...]:
    """Words to the right of their marks below the bar, or, where the picture ends, to the left above it.

    Later words below stand higher, and earlier words above stand lower: so no thread from a mark to its
    words crosses other words. Lines count from 1 downwards and from -1 upwards.
    """
    fitted = [(label, _fitting(label, axis.x(label.day))) for label in labels]
    right = [one for one in fitted if axis.x(one[0].day) + 9 + width(one[1]) <= WIDEST]
    left = [one for one in fitted if one not in right]
    out = []
    for side, chosen in ((1, right[::-1]), (-1, left)):
        taken: list[list[tuple[float, float]]] = []
        for label, words in chosen:
            x = axis.x(label.day)
            wide = width(words)
            start = x + 6 if side > 0 else max(LEFT, x - 6 - wide)
            ends = (min(start, x) - 6, max(start + wide, x) + 6)
            line = next(
                (n for n, row in enumerate(taken) if all(ends[1] <= a or b <= ends[0] for a, b in row)),
                len(taken),
            )
            if line == len(taken):
                taken.append([])
            for row in taken[: line + 1]:
                row.append(ends if row is taken[line] else (x - 3, x + 3))
            out.append(Said(label, words, x, start, side * (line + 1)))
    return tuple(sorted(out, key=lambda said: (said.x, said.line)))


def _fitting(label: TimelineLabel, x: float) -> str:
    """The words of a mark, or fewer of them if they fit neither to its right nor to its left."""
    return label.brief if max(WIDEST - x - 9, x - 6 - LEFT) < width(label.words) else label.words
