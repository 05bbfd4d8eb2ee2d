"""Cases that were walked as a page: it opens from a memory stick, reads aloud in order, and prints. No script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orgmap.graphmodel.dates import written
from orgmap.graphmodel.statuses import PLANS
from orgmap.queries.guide.words import status_words
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.walks.words import (
    ASKED_FROM,
    basis_words,
    case_words,
    counted_words,
    does_not_apply,
    for_whom,
    through_words,
)
from orgmap.viz.kit.cited import Cited, words_page

_STYLE = Path(__file__).parent / "walks.css"

SIGNS = {"GAP": "○", "TWO": "◐", "MOVED": "→", "NOT KNOWN": "?"}
"""A sign for each flag beside its word, so that none is told by colour alone."""


def walks_page(answer: dict[str, Any]) -> str:
    """The page of an answer of `walk`, complete in itself; the same answer gives the same bytes.

    >>> page = walks_page({"scripts": [], "cases": [], "notes": ["<b>"]})
    >>> "&lt;b&gt;" in page, "<script" in page
    (True, False)
    """
    cited = Cited()
    cases = [_case(case, cited) for case in answer["cases"]]
    scripts = [{**one, "cited": cited.of(one["sources"])} for one in answer["scripts"]]
    said = {
        "title": answer["cases"][0]["name"] if len(cases) == 1 and not cases[0]["fault"] else "Cases walked",
        "cases": cases,
        "scripts": scripts,
        "notes": answer["notes"],
    }
    return words_page("walks/templates/walks.html", _STYLE, cited, **said)


def _case(case: dict[str, Any], cited: Cited) -> dict[str, Any]:
    return {
        "heading": case_words(case),
        "text": case["text"],
        "fault": case["fault"],
        "counted": "" if case["fault"] else counted_words(case),
        "days": [written(day) for day in case["days"]],
        "cited": cited.of(case["sources"]),
        "steps": [
            {
                "text": step["text"],
                "service": step["service"]["name"] or step["service"]["id"],
                "cells": [_cell(cell, cited) for cell in step["cells"]],
            }
            for step in case["steps"]
        ],
        "bodies": _bodies(case["bodies"], cited),
    }


def _cell(cell: dict[str, Any], cited: Cited) -> dict[str, Any]:
    """A step on a day: those who commission for the person first, then who would for others, then the flags."""
    holding = {(one["commissioner"]["id"], one["basis"]) for one in cell["answers"] if one["counts"]}
    shown = [
        one
        for one in sorted(cell["answers"], key=lambda one: not one["counts"])
        if one["counts"] or (one["commissioner"]["id"], one["basis"]) not in holding
    ]
    return {
        "day": written(cell["at"]),
        "idle": does_not_apply(cell),
        "answers": [_answer(one, cited) for one in shown],
        "flags": [
            {**one, "sign": SIGNS[one["flag"]], "look": one["flag"].lower().replace(" ", "-")}
            for one in cell["flags"]
        ],
    }


def _answer(answer: dict[str, Any], cited: Cited) -> dict[str, Any]:
    plan = plan_words(answer["status"], answer["stated_on"]) if answer["status"] in PLANS else ""
    through = through_words(answer["acting_through"])
    return {
        "name": answer["commissioner"]["name"] or answer["commissioner"]["id"],
        "status": plan or status_words(answer["commissioner"]),
        "share": f"{answer['share']:.0%} of {answer['share_of']}" if "share" in answer else "",
        "how": ", ".join(
            filter(
                None,
                (
                    basis_words(answer),
                    f"through {through}" if through else "",
                    for_whom(answer),
                ),
            )
        ),
        "elsewhere": "" if answer["counts"] else ASKED_FROM[answer["side"]],
        "cited": cited.of(answer["sources"]),
    }


def _bodies(bodies: list[dict[str, Any]], cited: Cited) -> list[dict[str, Any]]:
    """Each body that commissions, with where a complaint goes and who oversees it; alike days together."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    for one in bodies:
        said = [sentence for line in one["scrutiny"] for sentence in line["sentences"]]
        complaint = one["complaint"]
        texts = (complaint["text"] if complaint else "", *(sentence["text"] for sentence in said))
        name = one["body"]["name"] or one["body"]["id"]
        row = {
            "days": [],
            "name": name,
            "complaint": complaint and {"text": complaint["text"], "cited": cited.of(complaint["sources"])},
            "scrutiny": [{"text": each["text"], "cited": cited.of(each["sources"])} for each in said],
        }
        found.setdefault((name, texts), row)["days"].append(written(one["at"]))
    return [{**row, "day": " and ".join(row["days"])} for row in found.values()]
