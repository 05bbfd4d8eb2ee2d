"""A plan as somebody stated it: what was to become of whom, from when, who said so and when, and what came of it."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """One statement of a plan, in our words. Statements of the same plan share `plan`: the latest stands for it.

    `about` and `replaces` name bodies, services or kinds by id, divided by blanks. `facts` names what carries the
    plan in the other tables (events, rules, steps of accountability; of a planned body the body itself), `came`
    what came of it. `verdict` is blank where the days of `came` tell it; `came_on` is a day that no other table
    has. `depends_on` names other plans, or says in words on what it hangs, divided by “; ”. `row` is the row of the
    list it was taken from, so that a check can count them.

    >>> Plan("nhse-1", "end-of-nhs-england", "NHS England is to end.", status="planned", stated_on="2025-03-13").plan
    'end-of-nhs-england'
    """

    id: str
    plan: str
    text: str
    about: str = ""
    replaces: str = ""
    planned_for: str | None = None
    planned_precision: str = ""
    status: str = ""
    stated_on: str | None = None
    stated_precision: str = ""
    said_by: str = ""
    depends_on: str = ""
    facts: str = ""
    came: str = ""
    verdict: str = ""
    came_on: str | None = None
    came_precision: str = ""
    outcome_source: str = ""
    outcome_locator: str = ""
    source: str = ""
    locator: str = ""
    row: str = ""
    note: str = ""
