"""A programme of one's own: a table with the steps that somebody has to take, read from a CSV file."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.dates import Span, days_of
from orgmap.graphmodel.errors import OrgmapError, WrongUse
from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.repeating import checked_rule
from orgmap.graphmodel.vocabulary import parse_kind
from orgmap.loaders.own.csvreading import Readable, called
from orgmap.loaders.own.named_rows import named_rows

NEEDED = ("step", "due")
OPTIONAL = (
    "id", "programme", "stream", "workstream", "owner", "until", "repeats", "after", "condition", "done", "note",
)  # fmt: skip
"""The columns of such a table: what is to be done and until when, and what more may be said."""

BETWEEN = ";"

MOST = 5_000
"""So many steps a programme may have: each may wait for others."""


def read_programme(file: Readable) -> list[Milestone]:
    """The steps of somebody's own programme, in the order of the file.

    The file has the columns `step` and `due`, and may have those of `OPTIONAL`; `after` names the ids of steps that
    come before, divided by semicolons. Every fault is told with its line: an unknown column, a day that is none, a
    rule that is none, a step after one that is not there, and steps that wait for each other. Raises `WrongUse`.
    """
    rows: list[tuple[int, dict[str, str]]] = []
    path = called(file)
    for line, cells, fault in named_rows(file, NEEDED, OPTIONAL, "step", MOST):
        if fault:
            raise WrongUse(f"{path}:{line}: {fault}")
        rows.append((line, cells))
    named = {_id(path, line, cells): (line, cells) for line, cells in reversed(rows)}
    for line, cells in rows:
        if named[_id(path, line, cells)][0] != line:
            raise WrongUse(f"{path}:{line}: the id “{cells['id']}” stands there twice.")
    _check_order(path, {step: (line, _after(cells)) for step, (line, cells) in named.items()})
    return [_step(path, line, cells) for line, cells in rows]


def _id(path: Path, line: int, cells: dict[str, str]) -> str:
    return cells.get("id") or f"{path.stem}-{line}"


def _after(cells: dict[str, str]) -> list[str]:
    return [part.strip() for part in cells.get("after", "").split(BETWEEN) if part.strip()]


def _check_order(path: Path, waits: dict[str, tuple[int, list[str]]]) -> None:
    """Raises `WrongUse` where a step comes after one that is not there, or after itself by way of others."""
    from graphlib import CycleError, TopologicalSorter

    for line, before in waits.values():
        if missing := [step for step in before if step not in waits]:
            raise WrongUse(
                f"{path}:{line}: it is to come after {', '.join(missing)}, and no step has that id."
            )
    try:
        TopologicalSorter({step: before for step, (_, before) in waits.items()}).prepare()
    except CycleError as error:
        ring = list(dict.fromkeys(error.args[1]))
        where = ", ".join(
            f"{step} (line {waits[step][0]})" for step in sorted(ring, key=lambda one: waits[one][0])
        )
        raise WrongUse(f"{path}: these steps wait for each other: {where}.") from None


def _step(path: Path, line: int, cells: dict[str, str]) -> Milestone:
    try:
        if not cells["step"]:
            raise WrongUse("what is to be done is missing (step).")
        due = days_of(cells["due"]) if cells["due"] else None
        until = days_of(cells["until"]).last if cells.get("until") else None
        done = days_of(cells["done"]) if cells.get("done") else None
        if due and until and until < due.first:
            raise WrongUse("it ends before it begins (until).")
        repeats = checked_rule(cells["repeats"]) if cells.get("repeats") else ""
        if repeats and not (due and until):
            raise WrongUse("a step that comes again needs its first day (due) and its last (until).")
    except OrgmapError as fault:
        raise WrongUse(f"{path}:{line}: {fault}") from None
    owner = cells.get("owner", "")
    kind = _kind(owner)
    return Milestone(
        id=_id(path, line, cells),
        programme=cells.get("programme") or path.stem,
        stream=cells.get("stream", ""),
        workstream=cells.get("workstream", ""),
        text=cells["step"],
        owner=kind,
        owner_words="" if kind else owner,
        due_on=due.first if due else None,
        due_precision=_precision(due),
        due_sense="between" if until else "by",
        due_until=until,
        repeats=repeats,
        condition=cells.get("condition", ""),
        status="planned",
        done_on=done.first if done else None,
        done_precision=_precision(done),
        note=cells.get("note", ""),
    )


def _kind(owner: str) -> str:
    """The kind that an owner is written as; blank if it is none."""
    try:
        return parse_kind(owner) if owner else ""
    except WrongUse:
        return ""


def _precision(span: Span | None) -> str:
    """How exactly a day was written."""
    if not span or span.one_day:
        return ""
    return "month" if span.first[:7] == span.last[:7] else "year"
