"""The rows of the picture of a programme: its streams, the words of each step, and where its days lie."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.repeating import days_of_rule
from orgmap.queries.programmes.due import OPEN
from orgmap.viz.kit.time_axis import TimeAxis
from orgmap.viz.kit.widths import LINE, wrap

LEFT = 620.0
"""Where the axis of time begins; the words stand at its left."""

_ROOM = LEFT - 64
_MARGIN = 14.0


class DueRow(NamedTuple):
    """One step: what is to be done, by whom and until when in words, and its days; `first` where a stretch begins,
    `again` each day on which it comes again."""

    id: str
    sentence: tuple[str, ...]
    words: tuple[str, ...]
    state: str
    due: str
    first: str
    again: tuple[str, ...]
    hangs: bool
    step: dict[str, Any]
    top: float = 0.0

    @property
    def height(self) -> float:
        """How high it is with its words."""
        return (len(self.sentence) + len(self.words)) * LINE + _MARGIN


class StreamRows(NamedTuple):
    """A stream with its steps, in the order of their days."""

    name: str
    top: float
    rows: tuple[DueRow, ...]


def stream_rows(steps: list[dict[str, Any]], top: float) -> list[StreamRows]:
    """The steps of an answer by stream, each stream where its first step is due; steps without a day stand last."""
    by_stream: dict[str, list[dict[str, Any]]] = {}
    for step in steps:
        by_stream.setdefault(step.get("stream") or "without a stream", []).append(step)
    out = []
    for name, of_stream in by_stream.items():
        y, rows = top + LINE + 16, []
        for step in of_stream:
            rows.append(_row(step)._replace(top=y))
            y += rows[-1].height
        out.append(StreamRows(name, top, tuple(rows)))
        top = y + 6
    return out


def _row(step: dict[str, Any]) -> DueRow:
    owner = "; ".join([*(one["name"] for one in step["owner"]), *filter(None, [step.get("owner_words")])])
    words = [f"{step['due_words'][:1].upper()}{step['due_words'][1:]}; {owner or 'nobody named'}"]
    if step["done_on"]:
        words[0] += f"; {stands(step)}"
    if step.get("condition"):
        words.append(f"Hangs on: {step['condition']}")
    again = days_of_rule(step["repeats"], step["due_from"], step["due"]) if _comes_again(step) else []
    return DueRow(
        step["id"],
        tuple(wrap(step["text"], _ROOM, True)),
        tuple(line for said in words for line in wrap(said, _ROOM)),
        step["state"],
        step["due"] or "",
        step.get("due_from") or step["due"] or "",
        tuple(again),
        bool(step.get("condition")),
        step,
    )


def _comes_again(step: dict[str, Any]) -> bool:
    return bool(step.get("repeats") and step.get("due_from") and step["due"])


def axis_of(streams: list[StreamRows], at: str) -> TimeAxis:
    """From the first year of any step to the year after the last; the day asked for is among them if it is near."""
    days = [day for stream in streams for row in stream.rows for day in (row.first, row.due) if day]
    first, last = min(days, default=at), max(days, default=at)
    if f"{int(first[:4]) - 1}" <= at[:4] <= f"{int(last[:4]) + 1}":
        first, last = min(first, at), max(last, at)
    return TimeAxis(f"{first[:4]}-01-01", f"{int(last[:4]) + 1}-01-01", LEFT)


def stands(step: dict[str, Any]) -> str:
    """How a step stands, as words: open says that no evidence is recorded, never that it was missed."""
    if step["done_on"]:
        return f"done {step['done_on']}"
    return "open: no evidence recorded" if step["state"] == OPEN else str(step["state"])
