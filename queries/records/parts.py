"""The parts of an answer: each value with what was asked, and where it stands, as people and scripts are told it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from orgmap.queries.records.facts import Fact, Facts, Value

STATED, DERIVED, CONTRADICTED, PARTLY, NOT_STATED, NOTHING = (
    "stated", "derived", "contradicted", "partly", "not_stated", "nothing_near",
)  # fmt: skip
"""What an answer is: in the documents, worked out of them, against each other, in part, left open, or far away."""

OPEN = "open"
"""The measure of what a statement leaves open."""

YES, NO = "yes", "no"


class AnswerPart(NamedTuple):
    """One thing that was asked, or that belongs to it, with its value; `missing` where it is not stated."""

    asked: str
    value: Value | None = None
    missing: bool = False
    main: bool = True
    yes_no: str = ""
    cited: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Any, ...]:
        """What two parts have alike that say the same."""
        one = self.value
        if one is None:
            return (self.asked, self.missing, self.yes_no)
        return (
            one.bodies, one.number, one.number_until, one.day, one.sense, one.until, one.items, one.text,
            self.missing, self.asked if self.missing or (one.how == "derived" and not one.typed) else "",
        )  # fmt: skip


def not_stated(asked: str, main: bool = True, cited: tuple[str, ...] = ()) -> AnswerPart:
    """A part of which nothing is stated."""
    return AnswerPart(asked, missing=True, main=main, cited=cited)


def derived(asked: str, measure: str, cited: tuple[str, ...], **what: Any) -> AnswerPart:
    """A part that was worked out."""
    return AnswerPart(asked, Value(measure, how="derived", cited=cited, typed=False, **what), cited=cited)


def verdict_of(parts: list[AnswerPart], near: bool, decided: bool) -> str:
    """What an answer is by its parts; `near` if anything is near to the question, `decided` if it says yes or no."""
    main = [one for one in parts if one.main]
    if not near and all(one.missing for one in main) and not decided:
        return NOTHING
    if any(one.value and one.value.how == CONTRADICTED for one in parts):
        return CONTRADICTED
    missing = [one for one in main if one.missing]
    if missing and len(missing) == len(main):
        return NOT_STATED
    if any(one.value and one.value.how == DERIVED for one in main):
        return DERIVED
    if missing or any(one.value and one.value.complete == NO for one in parts):
        return PARTLY
    return STATED


def whole(number: float) -> int | float:
    """A number without a fraction where it has none.

    >>> whole(9.0), whole(7.14)
    (9, 7.14)
    """
    return int(number) if number == int(number) else number


def part_json(part: AnswerPart, facts: Facts) -> dict[str, Any]:
    """A part as a script gets it."""
    row: dict[str, Any] = {"asked": part.asked}
    if part.yes_no:
        row["yes_no"] = part.yes_no
    if part.missing:
        row["not_stated"] = True
    if (one := part.value) is None:
        return row
    if one.bodies:
        row["bodies"] = [{"id": body, "name": facts.name(body)} for body in one.bodies]
    if one.number is not None:
        row["number"] = whole(one.number)
        row["unit"] = one.unit
    if one.number_until is not None:
        row["number_until"] = whole(one.number_until)
    if one.day:
        row |= {"day": one.day, "sense": one.sense, "precision": one.precision}
    if one.until:
        row["until"] = one.until
    if one.items:
        row["items"] = list(one.items)
    if (one.items or one.bodies) and one.complete:
        row["complete"] = one.complete == "yes"
    for key in ("text", "compared", "how"):
        if getattr(one, key):
            row[key] = getattr(one, key)
    return row


def evidence_of(fact: Fact) -> dict[str, Any]:
    """Where a fact stands: its document and lines, or its source."""
    return {
        "id": fact.id,
        "origin": fact.origin,
        "document": fact.document or None,
        "lines": _lines(fact.locator),
        "source": fact.source,
        "locator": fact.locator,
        "text": fact.text,
    }


def _lines(locator: str) -> list[int]:
    """The numbers of the lines that a locator names.

    >>> _lines("NHS Commissioning Board (b), lines 86, 88 | The NHS Commissioning Board, line 118")
    [86, 88, 118]
    """
    found: list[int] = []
    for part in re.split(r" [|] |; ", locator):
        for first, last in re.findall(
            r"([0-9]+)(?:[-–]([0-9]+))?", part.rpartition("line")[2] if "line" in part else ""
        ):
            found += range(int(first), int(last or first) + 1)
    return found
