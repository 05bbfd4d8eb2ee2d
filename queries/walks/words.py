"""Walks in words, as the command line and the page say them alike."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from orgmap.graphmodel.statuses import PLANS
from orgmap.graphmodel.vocabulary import populations
from orgmap.queries.plans.marks import plan_words

NAMED = 3
"""So many of those through whom a body acts are named; more are counted."""

ASKED_FROM = {"resident": "by where the person lives", "registered": "by the practice's list"}
"""The sides from which a step is asked, in words."""


def case_words(case: dict[str, Any]) -> str:
    """“A child under five, living at CT9 1AA, on 2026-10-01 and 2027-05-01”, with the line of the user's own table.

    >>> case_words({"line": 2, "case": "Ann", "name": "", "script": "x", "places": [], "days": []})
    'Ann (line 2): x'
    """
    line = f" (line {case['line']})" if case["line"] is not None else ""
    own = f"{case['case'] or 'Case'}{line}: " if line else ""
    words = [case["name"] or case["script"] or "no script"]
    for one in case["places"]:
        what = one["described"] or one["query"]
        words.append(f"living at {what}" if one["side"] == "resident" else f"one of the {what}")
    days = f", on {' and '.join(case['days'])}" if case["days"] else ""
    return f"{own}{'; '.join(words)}{days}"


def cell_words(
    cells: list[dict[str, Any]], named: Callable[[dict[str, Any]], str]
) -> list[tuple[str, list[str]]]:
    """The lines of a step for each day; days on which all is the same stand together. `named` names a body."""
    by_day = [(cell["at"], tuple(_lines(cell, named))) for cell in cells]
    return [
        (" and ".join(dict.fromkeys(day for day, _ in same)), list(lines))
        for lines, same in groupby(by_day, key=lambda pair: pair[1])
    ]


def _lines(cell: dict[str, Any], named: Callable[[dict[str, Any]], str]) -> list[str]:
    """Who commissions, each with for whom and through whom; who would for others; then the flags."""
    if not cell["applies"]:
        return [does_not_apply(cell)]
    holding = [one for one in cell["answers"] if one["counts"]]
    lines = list(dict.fromkeys(answer_words(one, named) for one in holding))
    ids = {(one["commissioner"]["id"], one["basis"]) for one in holding}
    for one in cell["answers"]:
        if not one["counts"] and (one["commissioner"]["id"], one["basis"]) not in ids:
            lines.append(f"({ASKED_FROM[one['side']]} it would be: {answer_words(one, named)})")
    return [*lines, *(f"{flag['flag']}: {flag['words']}" for flag in cell["flags"])]


def does_not_apply(cell: dict[str, Any]) -> str:
    """That there is nothing to commission in a step on its day, and why; blank where there is.

    >>> does_not_apply({"applies": False, "notes": ["It began on 2020-12-08."]})
    'does not apply: It began on 2020-12-08.'
    """
    return "" if cell["applies"] else f"does not apply: {' '.join(cell['notes'])}"


def answer_words(answer: dict[str, Any], named: Callable[[dict[str, Any]], str]) -> str:
    """“Kent County Council (council:E10000016), statutory, for residents of the council's area”."""
    words = [named(answer["commissioner"])]
    if "share" in answer:
        words.append(f"{answer['share']:.0%} of {answer['share_of']}")
    words.append(basis_words(answer))
    if answer["acting_through"]:
        words.append(f"through {through_words(answer['acting_through'])}")
    words.append(for_whom(answer))
    if answer["status"] in PLANS:
        words.append(f"[{plan_words(answer['status'], answer['stated_on'])}]")
    return ", ".join(words)


def through_words(bodies: list[dict[str, Any]]) -> str:
    """Through whom a body acts: few by name, of many some and how many more.

    >>> through_words([{"id": "at:Q67", "name": "Kent Area Team"}])
    'Kent Area Team'
    """
    names = [one["name"] or one["id"] for one in bodies]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{' and '.join(names[:NAMED])}{more}"


def for_whom(answer: dict[str, Any]) -> str:
    """For whom a body commissions.

    >>> for_whom({"population": "not stated"})
    'for whom is not stated'
    """
    whom = answer["population"]
    return "for whom is not stated" if whom == populations()["not_stated"].label else f"for {whom}"


def basis_words(answer: dict[str, Any]) -> str:
    """As what a body commissions: “on behalf of Secretary of State for Health and Social Care”."""
    basis = str(answer["basis"]).replace("_", " ")
    behalf = " and ".join(one["name"] or one["id"] for one in answer["on_behalf_of"])
    return f"{basis} {behalf}" if behalf and basis.endswith(" of") else basis


def body_words(
    bodies: list[dict[str, Any]], named: Callable[[dict[str, Any]], str]
) -> list[tuple[str, str, list[str]]]:
    """Of each body that commissions, on which days, where a complaint goes and who oversees it; alike days together."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in bodies:
        said = [one["complaint"]["text"] if one["complaint"] else "Where a complaint goes: not stated."]
        overseen = [sentence["text"] for line in one["scrutiny"] for sentence in line["sentences"]]
        said += overseen or ["Who oversees it: not stated."]
        found.setdefault((named(one["body"]), tuple(said)), []).append(one["at"])
    return [(body, " and ".join(days), list(said)) for (body, said), days in found.items()]


def counted_words(case: dict[str, Any]) -> str:
    """“7 steps on 2 days: 3 MOVED, 1 TWO”; what does not apply is counted beside, and is nothing open.

    >>> counted_words({"steps": [{"cells": [{"applies": True}]}], "days": ["2013-04-01"], "counts": {}})
    '1 step on 1 day: nothing open, nothing moved'
    """
    steps, days = len(case["steps"]), len(dict.fromkeys(case["days"]))
    counts = ", ".join(f"{number} {flag}" for flag, number in case["counts"].items())
    idle = sum(not any(cell["applies"] for cell in step["cells"]) for step in case["steps"])
    beside = f"; {idle} {'does' if idle == 1 else 'do'} not apply" if idle else ""
    return (
        f"{steps} step{'' if steps == 1 else 's'} on {days} day{'' if days == 1 else 's'}:"
        f" {counts or 'nothing open, nothing moved'}{beside}"
    )
