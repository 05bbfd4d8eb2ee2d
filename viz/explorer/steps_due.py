"""The steps of programmes on the page: what is to be done, by whom, on the day that counts for each."""

from __future__ import annotations

from orgmap.graphmodel.listed import Milestone
from orgmap.queries.programmes.due import counted_day, due_words
from orgmap.viz.explorer.bodies import Packed
from orgmap.viz.explorer.columns import Json, day_number


def due_json(packed: Packed) -> list[Json]:
    """Every step that has an owner and a day, by that day; what is usual is left out."""
    steps = [(counted_day(step)[0], step) for step in packed.store.listed(Milestone)]
    return [
        _row(packed, day, step)
        for day, step in sorted(steps, key=lambda pair: (pair[0] or "", pair[1].id))
        if day and (step.owner or step.beside)
    ]


def _row(packed: Packed, day: str, step: Milestone) -> Json:
    row: Json = {
        "id": step.id,
        "programme": step.programme,
        "text": step.text,
        "owners": f"{step.owner} {step.beside}".split(),
        "day": day_number(day),
        "when": due_words(step),
        "status": step.status,
        "statedOn": day_number(step.stated_on),
        "cited": packed.cited.number([(step.source, step.locator)]),
    }
    if step.done_on:
        row["doneOn"] = day_number(step.done_on)
    if step.condition:
        row["condition"] = step.condition
    return row
