"""`orgmap plans`, `outcome`, `reconcile`: what was planned, what came of it, and whether printed numbers agree."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orgmap.cli.kit.calendar import calendar
from orgmap.cli.kit.options import Commands, Within
from orgmap.cli.kit.output import Columns, print_folded, print_sources
from orgmap.cli.kit.question import question
from orgmap.queries.plans.marks import plan_words
from orgmap.queries.plans.statements import day_words

_NAMED = 8
"""So many bodies are named that a plan replaces; the rest is counted."""


def _ids(field: str) -> Any:
    return lambda one: "; ".join(part["id"] for part in one.get(field, ()))


def _sources(field: str) -> Any:
    return lambda one: "; ".join(
        ", ".join(filter(None, (source["title"], source["locator"]))) for source in one[field]
    )


_CAME = {"not_known": "what came of it is not known"}
"""Verdicts that need more words than one."""

_FOR_ALL = "For the whole country:"
_OF_ITS_KIND = "On all of its kind:"
_GROUNDS = "Not of what was asked for: on this the plans above depend"

_STATED: Columns = {
    "Planned for": lambda one: one["planned_for"],
    "Precision": lambda one: one.get("planned_precision"),
    "Text": lambda one: one["text"],
    "Status": lambda one: one["status"],
    "Law": lambda one: "" if one.get("law", True) else "no",
    "Said on": lambda one: one["stated_on"],
    "Said precision": lambda one: one.get("stated_precision"),
    "Said by": lambda one: one["said_by"],
    "About": _ids("about"),
    "Replaces": _ids("replaces"),
    "Depends on": lambda one: "; ".join(one["depends_on"]),
    "Plan": lambda one: one["plan"],
    "Id": lambda one: one["id"],
    "Facts": lambda one: " ".join(one["facts"]),
    "Sources": _sources("sources"),
    "Note": lambda one: one.get("note"),
}

_PLANS: Columns = {
    "What": lambda one: one["what"],
    **_STATED,
    "Moves": lambda one: one.get("moves"),
    "Passed": lambda one: "yes" if one.get("passed") else "",
    "Verdict": lambda one: one.get("verdict"),
    "Ground of": lambda one: "; ".join(one.get("ground_of", ())),
    "Own": lambda one: {True: "yes", False: "no"}.get(one.get("own")),
    "Stands": lambda one: {True: "yes", False: "no"}.get(one.get("stands")),
}

_OUTCOME: Columns = {
    **_STATED,
    "Verdict": lambda one: one["verdict"],
    "In words": lambda one: one["verdict_words"],
    "Came on": lambda one: one["came_on"],
    "Came precision": lambda one: one["came_precision"],
    "Came": _ids("came"),
    "Why": lambda one: one["why"],
    "Sources of the outcome": _sources("outcome_sources"),
}

_NUMBERS: Columns = {
    "Id": lambda one: one["id"],
    "Document": lambda one: one["document"],
    "Text": lambda one: one["text"],
    "Status": lambda one: one["status"],
    "Said on": lambda one: one["stated_on"],
    "Stated": lambda one: one["stated"],
    "Unit": lambda one: one["unit"],
    "Counted": lambda one: one["counted"],
    "Difference": lambda one: one["difference"],
    "Day": lambda one: one["day"],
    "Within": lambda one: one["within"],
    "Kind": lambda one: one["kind"],
    "Reason": lambda one: one["reason"],
    "Bodies": lambda one: "; ".join(_with_share(body) for body in one["bodies"]),
    "Sources": _sources("sources"),
}


def _with_share(body: dict[str, Any]) -> str:
    return f"{body['id']} {body['share']}" if "share" in body else str(body["id"])


def _each(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Every plan, and behind it a row for each earlier statement of it."""
    rows = []
    for plan in answer["plans"]:
        rows += [plan, *({"what": "earlier", **one} for one in plan["earlier"])]
    return rows


def _print_plans(answer: dict[str, Any]) -> None:
    """First what is of the place or body asked for, then what is for all; of these those without a day as a number."""
    own = [one for one in answer["plans"] if one.get("own", True)]
    own = [one for one in own if "ground_of" not in one]
    grounds = [one for one in answer["plans"] if "ground_of" in one]
    others = [one for one in answer["plans"] if not one.get("own", True) and "ground_of" not in one]
    dated = [one for one in others if one["planned_for"]]
    printed = [*own, *dated, *grounds]
    shown = {one["plan"] for one in printed}
    place = answer["place"]
    if own and others:
        print(f"In the area of {place}:" if place else "On what was asked for itself:")
    for one in own:
        _print_plan(one, shown)
    if dated:
        print("\n" if own else "", end="")
        print_folded(_FOR_ALL if place else _OF_ITS_KIND)
    for one in dated:
        _print_plan(one, shown)
    if rest := len(others) - len(dated):
        plans = "plan has" if rest == 1 else "plans have"
        where = "for the whole country" if place else "on all of its kind"
        print(f"\n{rest} more {plans} no day, {where}: --format csv or json lists them.")
    if grounds:
        print(f"\n{_GROUNDS}:")
    for one in grounds:
        _print_plan(one, shown)
    print_sources([source for one in printed for source in one["sources"]])


def _print_plan(plan: dict[str, Any], shown: set[str]) -> None:
    print_folded(f"{_when(plan)}  {plan['text']}", deeper=6)
    named = plan["plan"] or plan["id"]
    passed = "; its day has passed, what came of it is not recorded" if plan.get("passed") else ""
    passed = f"; {_CAME.get(plan['verdict'], plan['verdict'])}" if "verdict" in plan else passed
    print_folded(f"{_said(plan)}{passed}  [{named}]", 4)
    if of := plan.get("ground_of"):
        print_folded(f"listed for: {', '.join(of)}", 4)
    _print_more(plan, shown)
    if plan.get("moves"):
        print_folded(f"moved: {plan['moves']}", 4)
    for other in plan["earlier"]:
        by = f" by {other['said_by']}" if other["said_by"] else ""
        said = _as_known(other) or "a day not known"
        word = "also" if other["stands"] else "before"
        print_folded(f"{word}: {_when(other)}, said on {said}{by}: {other['text']}", 4)


def _said(plan: dict[str, Any]) -> str:
    """What a plan is, who said so and when: of a month or a year no day."""
    return plan_words(plan["status"], _as_known(plan), plan["said_by"] or "")


def _as_known(plan: dict[str, Any]) -> str:
    whole = plan["stated_on"] or ""
    return whole[: {"month": 7, "year": 4}.get(plan.get("stated_precision", ""), len(whole))]


def _when(plan: dict[str, Any]) -> str:
    return day_words(plan["planned_for"], plan.get("planned_precision", ""))


def _print_more(plan: dict[str, Any], shown: set[str]) -> None:
    """What a plan replaces, on what it depends (in words, unless that is `shown`), and what must be said of it."""
    parts = []
    if plan["replaces"]:
        names = [part["name"] for part in plan["replaces"]]
        rest = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        parts.append(f"replaces {', '.join(names[:_NAMED])}{rest}")
    if plan["depends_on"]:
        grounds = {
            one["plan"]: _ground(one) for one in plan.get("depends_on_plans", ()) if one["plan"] not in shown
        }
        parts.append(f"depends on: {'; '.join(grounds.get(one, one) for one in plan['depends_on'])}")
    if parts:
        print_folded(f"{'; '.join(parts)}", 4)
    if note := plan.get("note"):
        print_folded(note, 4)


def _ground(plan: dict[str, Any]) -> str:
    """A plan on which another depends, in one line."""
    came = f"; {_CAME.get(plan['verdict'], plan['verdict'])}" if "verdict" in plan else ""
    return f"{plan['text']} ({_said(plan)}{came}) [{plan['plan']}]"


def _print_outcome(answer: dict[str, Any]) -> None:
    if reform := answer["reform"]:
        print_folded(f"{reform['name']} ({reform['id']})")
    counts = [f"{number} {word.replace('_', ' ')}" for word, number in answer["counts"].items()]
    print_folded(f"{len(answer['statements']):,} statements of plans: {', '.join(counts)}")
    for one in answer["statements"]:
        print_folded(f"{_when(one)}  {one['text']}", deeper=6)
        came = f": {day_words(one['came_on'], one['came_precision'])}" if one["came_on"] else ""
        why = f" ({one['why']})" if one["why"] else ""
        print_folded(f"{one['verdict_words']}{came}{why}", 4)
        facts = f"; {', '.join(fact['id'] for fact in one['came'])}" if one["came"] else ""
        print_folded(f"was {_said(one)}{facts}  [{one['id']}]", 4)
        if note := one.get("note"):
            print_folded(note, 4)
    cited = [source for one in answer["statements"] for source in (*one["sources"], *one["outcome_sources"])]
    print_sources(cited)


def _print_numbers(answer: dict[str, Any]) -> None:
    for one in answer["numbers"]:
        where = f" in {one['within']}" if one["within"] else ""
        if one["counted"] is None:
            counted = "not counted"
        else:
            change = "the same" if not one["difference"] else f"{one['difference']:+,}"
            counted = f"{one['counted']:,} counted{where} on {one['day']} ({change})"
        print_folded(f"{one['stated']:,} {one['unit']} stated, {counted}  [{one['id']}]")
        if one["reason"] and one["difference"] != 0:
            print_folded(one["reason"], 4)


@question(
    _PLANS,
    lambda asked: {"plans": [], "place": "", "notes": []},
    rows=_each,
    people=_print_plans,
    also={"ics": calendar},
)
def plans(
    within: Within = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="Only what is to be by that day.")
    ] = "",
    about: Annotated[
        str,
        typer.Option("--about", metavar="BODY|SERVICE", help="Only on this body, service or kind of body."),
    ] = "",
) -> None:
    """What is to change: from when, how sure that is, who said so, and how the plan moved.

    Plans that are only proposed, provisional, disputed or superseded are shown with --include proposed. What came of
    plans is told by orgmap outcome.
    """


@question(
    _OUTCOME,
    lambda asked: {
        "query": asked.get("name", ""), "reform": None, "statements": [], "counts": {}, "place": "", "notes": []
    },
    statuses=False,
    people=_print_outcome,
)  # fmt: skip
def outcome(
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="REFORM|PLAN", help="A reform's id, name or year, or a plan, see orgmap plans."
        ),
    ],
    within: Within = "",
) -> None:
    """What came of plans: kept, late, early, changed, dropped, open or not known, with both sources."""


@question(
    _NUMBERS,
    lambda asked: {"document": None, "numbers": [], "notes": []},
    statuses=False,
    people=_print_numbers,
)
def reconcile(
    in_: Annotated[
        str, typer.Option("--in", metavar="DOC", help="Only this document: 000, 001 … or its title.")
    ] = "",
) -> None:
    """Every number that a document prints beside what the graph counts for that day."""


COMMANDS: Commands = {"plans": plans, "outcome": outcome, "reconcile": reconcile}
