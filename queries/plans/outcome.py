"""What came of a reform's plans, or of one plan: each statement of it beside what the tables know to have happened."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from orgmap.graphmodel.dates import days_meant
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.queries.change.reforms import reform_days
from orgmap.queries.plans.statements import (
    Names,
    Reach,
    cited,
    cited_by_plans,
    statement_json,
    threads,
    verdict_json,
)
from orgmap.queries.plans.verdicts import Outcomes

_NEAREST = 5
"""So many plans are offered for a word that names none."""

_ALIKE = 60.0
"""How much, of 100, a plan's name must be like a word to be offered for it."""


def outcome(store: Store, text: str, within: str | None = None) -> dict[str, Any]:
    """Tells what came of plans: those of a reform, or one plan with those on which it depends.

    `text` is a reform's id, name or year, a plan's name (see `orgmap plans`), the id of a statement, or words that
    stand in one plan alone. Every statement has one verdict: kept, late, early, changed, dropped, open, not known; kept
    only within the day, month or year that the plan itself gave. Returns `{"query", "reform", "statements",
    "counts", "place", "notes"}`.

    Raises `NothingFound` with the nearest plans, or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = outcome(store, "end-of-strategic-health-authorities")
    >>> [(one["planned_for"], one["verdict_words"]) for one in answer["statements"]]
    [('2012-10-01', 'late by 6 months'), ('2013-04-01', 'kept')]
    """
    stated = store.plans()
    if not stated:
        raise NothingFound("Nothing had been planned, as far as the tables tell.")
    found = threads(stated)
    chosen, reform, notes = _chosen(store, text, found)
    place = ""
    if within:
        reach = Reach(store, within, {part for one in chosen for part in _parts(one)})
        chosen = [one for one in chosen if reach.concerns(_parts(one))]
        place, notes = reach.place, [*notes, *reach.notes]
    rows = _rows(store, sorted(chosen, key=_by_day), found)
    counts = Counter(row["verdict"] for row in rows)
    return {
        "query": text,
        "reform": reform,
        "statements": rows,
        "counts": dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        "place": place,
        "notes": notes,
    }


def _by_day(plan: Plan) -> tuple[str, str, str]:
    return (plan.planned_for or "9999", plan.stated_on or "", plan.id)


def _parts(plan: Plan) -> list[str]:
    return [*plan.about.split(), *plan.replaces.split()]


def _rows(store: Store, chosen: list[Plan], found: dict[str, list[Plan]]) -> list[dict[str, Any]]:
    outcomes = Outcomes(store)
    names = Names(store, chosen)
    sources = cited_by_plans(store, chosen)
    facts = {
        one.id: next((came for plan in (one, *found[one.plan]) if (came := outcomes.came(plan))), [])
        for one in chosen
    }
    judged_by = {
        one.id: one
        if one.outcome_source or facts[one.id]
        else next((plan for plan in found[one.plan] if plan.outcome_source), one)
        for one in chosen
    }
    says = cited(
        store,
        {
            one.id: [
                (judged_by[one.id].outcome_source, judged_by[one.id].outcome_locator),
                *((fact.source, fact.locator) for fact in facts[one.id]),
            ]
            for one in chosen
        },
    )
    return [
        {
            **statement_json(one, names, sources),
            **verdict_json(outcomes.verdict(one, found[one.plan]), facts[one.id], names),
            "outcome_sources": says[one.id],
        }
        for one in chosen
    ]


def _chosen(
    store: Store, text: str, found: dict[str, list[Plan]]
) -> tuple[list[Plan], dict[str, Any] | None, list[str]]:
    """The statements that a text means, with the reform if it names one, and what must be said."""
    if exact := [slug for slug in found if _letters(slug) == _letters(text)]:
        return _with_needed(exact, found), None, []
    if same := [one for thread in found.values() for one in thread if one.id == text.strip()]:
        return same, None, []
    try:
        reform, _, day = reform_days(store, text)
    except NothingFound:
        return _with_needed([_by_words(text, found)], found), None, []
    named = [one for thread in found.values() for one in thread if reform.id in one.about.split()]
    if named:
        return named, reform.to_json(), []
    same_day = [one for thread in found.values() for one in thread if one.planned_for and _means(one, day)]
    if not same_day:
        raise NothingFound(f"No plan in the tables is about {reform.label} ({reform.id}) or for {day}.")
    return same_day, reform.to_json(), [f"No plan names this reform: shown is what was planned for {day}."]


def _means(plan: Plan, day: str) -> bool:
    first, last = days_meant(plan.planned_for or "", plan.planned_precision)
    return first <= day <= last


def _with_needed(slugs: list[str], found: dict[str, list[Plan]]) -> list[Plan]:
    """The statements of plans, and of those on which they depend, and so on."""
    waiting, seen = list(slugs), dict[str, None]()
    while waiting:
        slug = waiting.pop(0)
        if slug in found and slug not in seen:
            seen[slug] = None
            waiting += [one for plan in found[slug] for one in plan.depends_on.split("; ")]
    return [plan for slug in seen for plan in found[slug]]


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _by_words(text: str, found: dict[str, list[Plan]]) -> str:
    """The one plan in whose name or latest sentence all words stand. Raises `Ambiguous`, or `NothingFound` with the
    plans that come nearest."""
    words = normalise(text).split()
    said = {
        slug: normalise(
            f"{slug.replace('-', ' ').replace('_', ' ').replace(':', ' ')} {thread[0].text}"
        ).split()
        for slug, thread in found.items()
    }
    having = [slug for slug in found if words and set(words) <= set(said[slug])]
    if len(having) == 1:
        return having[0]
    if having:
        raise Ambiguous(f"Several plans are about “{text}”; name one.", _told(having, found))
    from rapidfuzz import fuzz, process

    called = {slug: " ".join(re.split(r"[-_:]", slug)) for slug in found}
    near = process.extract(" ".join(words), called, scorer=fuzz.token_sort_ratio)
    offers = [slug for _, score, slug in near[:_NEAREST] if score >= _ALIKE]
    meant = f" Nearest: {', '.join(offers)}." if offers else ""
    raise NothingFound(
        f"No plan or reform is called “{text}”.{meant} orgmap plans and orgmap reforms list them."
    )


def _told(slugs: list[str], found: dict[str, list[Plan]]) -> list[str]:
    return [f"{slug} — {found[slug][0].text}" for slug in sorted(slugs)]
