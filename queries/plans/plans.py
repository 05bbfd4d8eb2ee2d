"""What is to change: plans that are open, each with its latest statement and the earlier ones behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of, days_meant, today
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.statuses import IN_FORCE, LAW, PLANS, SUPERSEDED, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, kinds
from orgmap.queries.coverage import last_horizon, last_planned
from orgmap.queries.plans.carried import Carried, carried, carried_json, together
from orgmap.queries.plans.statements import (
    Names,
    Reach,
    cited_by_plans,
    meant,
    moves,
    stands_beside,
    statement_json,
    threads,
)
from orgmap.queries.plans.verdicts import GONE, NOT_KNOWN, OPEN, Outcomes, Verdict

LONG_AGO = "{:04}-{}"
"""The same day of another year."""

Row = tuple[Plan | Carried, list[Plan]]
"""A plan: the statement that stands for it, or the fact of the tables, and its other statements."""


def plans(
    store: Store,
    within: str | None = None,
    until: AnyDay | None = None,
    about: str | None = None,
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Lists what is planned and has not come, by its day: each plan once, with its earlier statements folded under it.

    Shown is what is enacted, planned or conditional; what is only proposed, disputed or superseded if `include` asks.
    What the tables plan without a statement (a rule, a change, a relation) stands there too. `within` keeps what
    concerns a place, plans for the whole country among them, `until` what is planned for a day until then, `about`
    what is about a body, a service or a kind. Returns `{"plans", "place", "notes"}`.

    A plan that came to nothing (it has a `verdict`), or whose day passed more than a year ago and of which nobody
    says what came, or of which it was looked for in vain what came, is shown with those superseded. What a shown
    plan depends on is shown, too, wherever it lies. `own` tells of each plan whether it is about a body of the
    place, or about the very body or service, asked for; these come first. A plan that stands there only because others
    depend on it has those under `ground_of`.

    Raises `NothingFound` where nothing had been planned, and for a day after the last plan.
    """
    last = last_planned(store)
    end_day = day_of(until) if until else ""
    if end_day > max(last, last_horizon(store)):
        end = f"the last plan in the tables is for {last}" if last else "the tables hold no plan"
        raise NothingFound(f"Not known: {end}, and {end_day} is later.")
    stated = store.plans()
    found = threads(stated)
    others = carried(store, stated)
    if not found and not others:
        raise NothingFound("Nothing had been planned, as far as the tables tell.")
    outcomes = Outcomes(store)
    judged = {slug: outcomes.verdict(thread[0], thread) for slug, thread in found.items()}
    gone = {slug for slug, verdict in judged.items() if verdict.word in GONE and not verdict.day}
    unclear = {slug for slug, verdict in judged.items() if _is_unclear(found[slug][0], verdict)}
    rows: list[Row] = [
        (thread[0], thread[1:])
        for slug, thread in found.items()
        if slug in gone or slug in unclear or judged[slug].word == OPEN
    ]
    rows += [(one, []) for one in others]
    everything = rows
    notes: list[str] = []
    place = ""
    own: set[str] | None = None
    if about:
        itself, wanted = meant(store, about)
        every = itself == wanted and not wanted.isdisjoint(kinds())  # of a kind all bodies are meant
        rows = [row for row in rows if wanted & _parts(*row, with_kinds=every)]
        own = {row[0].id for row in rows if itself & _parts(*row, with_kinds=every)}
    if within:
        reach = Reach(store, within, {part for row in rows for part in _parts(*row)})
        rows = [row for row in rows if reach.concerns(_parts(*row))]
        here = {row[0].id for row in rows if reach.is_here(_parts(*row))}
        own = here if own is None else own & here
        place, notes = reach.place, [*reach.notes]
    asked_for = {row[0].id for row in rows}
    rows = _with_grounds(rows, everything)
    if end_day:
        rows = [row for row in rows if (day := _day(row[0])) and day <= end_day]
    now = min(today(), last_horizon(store))
    shown = include.with_plans()
    kept = [row for row in rows if _is_shown(row[0], gone, unclear, shown, now)]
    if hidden := sum(row[0].status in PLANS for row in rows) - sum(row[0].status in PLANS for row in kept):
        many = "plan is" if hidden == 1 else "plans are"
        notes.append(
            f"{hidden} more {many} only proposed, provisional, disputed or superseded, or for a day that passed more"
            " than a year ago: add --include proposed."
        )
    answer = _told(store, kept, now)
    for row in answer:
        if row["plan"] in gone | unclear:
            row["verdict"] = judged[row["plan"]].word
        if row["id"] not in asked_for and not asked_for.intersection(row["facts"]):
            row["ground_of"] = sorted(one["plan"] for one in answer if row["plan"] in one["depends_on"])
        if own is not None:
            row["own"] = not own.isdisjoint((row["id"], *row["facts"]))
        if grounds := [_ground(found[slug]) for slug in row["depends_on"] if slug in found]:
            row["depends_on_plans"] = grounds
    return {"plans": sorted(answer, key=lambda row: not row.get("own", True)), "place": place, "notes": notes}


def _is_unclear(plan: Plan, verdict: Verdict) -> bool:
    """Whether it was written of a plan that nobody knows what came of it: it may still be to come."""
    return plan.verdict == NOT_KNOWN and verdict.word == NOT_KNOWN and not verdict.day and not plan.came


def _with_grounds(rows: list[Row], everything: list[Row]) -> list[Row]:
    """The plans, and behind them those on which they depend, and so on."""
    by_slug = {plan.plan: (plan, earlier) for plan, earlier in everything if isinstance(plan, Plan)}
    there = {plan.plan for plan, _ in rows if isinstance(plan, Plan)}
    out = [*rows]
    for plan, earlier in out:  # grows as it is read
        for slug in _grounds((plan, *earlier)) if isinstance(plan, Plan) else ():
            if slug in by_slug and slug not in there:
                there.add(slug)
                out.append(by_slug[slug])
    return out


def _grounds(statements: Iterable[Plan | Carried]) -> list[str]:
    return [one for said in statements if isinstance(said, Plan) for one in said.depends_on.split("; ")]


def _ground(thread: list[Plan]) -> dict[str, Any]:
    """A plan on which another depends, in short: what it is, how sure, and who said so when."""
    plan = thread[0]
    return {
        "plan": plan.plan,
        "text": plan.text,
        "status": plan.status,
        **({} if plan.status in LAW else {"law": False}),
        "planned_for": plan.planned_for,
        "stated_on": plan.stated_on,
        "stated_precision": plan.stated_precision,
        "said_by": plan.said_by or None,
        **({"verdict": plan.verdict} if plan.verdict else {}),
    }


def _parts(plan: Plan | Carried, earlier: list[Plan], with_kinds: bool = False) -> set[str]:
    """What a plan is about, and what it replaces, and of what kinds these are."""
    statements = () if isinstance(plan, Carried) else (plan, *earlier)
    parts = {part for said in statements for part in (*said.about.split(), *said.replaces.split())}
    parts |= set(plan.about) if isinstance(plan, Carried) else set()
    return parts | {kind_of(part) or part for part in parts} if with_kinds else parts


def _day(plan: Plan | Carried) -> str | None:
    return plan.day if isinstance(plan, Carried) else plan.planned_for


def _is_shown(plan: Plan | Carried, gone: set[str], unclear: set[str], include: Include, now: str) -> bool:
    """Whether a plan is shown: what came to nothing, or was for a day long ago, is where superseded plans are."""
    long_ago = LONG_AGO.format(int(now[:4]) - 1, now[5:])
    old = _passed(plan, long_ago)
    if isinstance(plan, Plan):
        old = old or plan.plan in gone
        if plan.plan in unclear:
            old = old or (_passed(plan, now) if plan.planned_for else (plan.stated_on or "") < long_ago)
    return include.shows(SUPERSEDED if old else plan.status)


def _passed(plan: Plan | Carried, now: str) -> bool:
    if isinstance(plan, Carried):
        return _over(plan.day, plan.precision, now)
    return _over(plan.planned_for, plan.planned_precision, now)


def _over(day: str | None, precision: str, now: str) -> bool:
    """Whether all days that a plan may have meant lie before a day."""
    return bool(day) and days_meant(day or "", precision).last < now


def _told(store: Store, rows: list[Row], now: str) -> list[dict[str, Any]]:
    stated = [plan for one, earlier in rows if isinstance(one, Plan) for plan in (one, *earlier)]
    alone = together([one for one, _ in rows if isinstance(one, Carried)])
    names = _names(store, stated, alone)
    sources = cited_by_plans(store, stated)
    out = carried_json(store, alone, names)
    for one, earlier in rows:
        if isinstance(one, Plan):
            row = {"what": "plan", **statement_json(one, names, sources)}
            row["moves"] = moves([one, *earlier])
            row["earlier"] = [
                {**statement_json(plan, names, sources), "stands": stands_beside(plan, one)}
                for plan in earlier
            ]
            out.append({key: value for key, value in row.items() if value != ""})
    for row in out:
        if _over(row["planned_for"], row.get("planned_precision", ""), now):
            row["passed"] = True
    return sorted(out, key=lambda row: (row["planned_for"] or "9999", row["plan"] or "", row["id"]))


def _names(store: Store, stated: list[Plan], alone: list[Carried]) -> Names:
    others = [Plan(one.id, "", "", about=" ".join(one.about)) for one in alone]
    return Names(store, [*stated, *others])
