"""Statements of plans as scripts get them, and whom and which place they concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graphmodel.dates import day_before, today, written
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.statuses import LAW, STATUSES, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kind_of, kinds, parse_kind, reach_of, things
from orgmap.queries.answers import sources_json
from orgmap.queries.plans.verdicts import Came, Verdict, is_alive

EVERYTHING = Include.of(STATUSES)


def threads(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    """The plans, each with its statements: the one that stands for it first, then the latest before it.

    What was stated last stands, of those that give a day and of which nobody wrote what came; what a later plan took
    the place of never stands before what is alive.

    >>> early, late = (Plan(i, "p", "x", status="planned", stated_on=i) for i in ("2025-01-01", "2026-01-01"))
    >>> [one.id for one in threads([early, late])["p"]]
    ['2026-01-01', '2025-01-01']
    """
    found: dict[str, list[Plan]] = {}
    for one in sorted(plans, key=_standing, reverse=True):
        found.setdefault(one.plan, []).append(one)
    return found


def _standing(plan: Plan) -> tuple[bool, bool, bool, str, str]:
    return (is_alive(plan), not plan.verdict, bool(plan.planned_for), plan.stated_on or "", plan.id)


def day_words(day: str | None, precision: str = "") -> str:
    """The day of a plan in words.

    >>> day_words("2027-04-01", "month"), day_words(None)
    ('April 2027', 'no day given')
    """
    return written(day, precision) if day else "no day given"


def stands_beside(other: Plan, standing: Plan) -> bool:
    """Whether another statement of a plan stands beside the one that stands for it: it is alive, and no older, or it
    gives no other day.

    >>> april = Plan("a", "p", "x", planned_for="2027-04-01", stated_on="2026-01-28", status="conditional")
    >>> stands_beside(april._replace(planned_for="2027-03-01", stated_on="2026-05-14"), april)
    True
    >>> stands_beside(april._replace(planned_for="2027-03-01", stated_on="2025-03-13"), april)
    False
    """
    days = ((one.planned_for, one.planned_precision) for one in (other, standing))
    as_new = (other.stated_on or "") >= (standing.stated_on or "")
    return is_alive(other) and (as_new or not other.planned_for or len(set(days)) == 1)


def moves(thread: list[Plan]) -> str:
    """How the day of a plan moved, from its first statement to its last; blank if it did not.

    Who gives no day moves none.
    """
    days: list[str] = []
    for one in sorted(thread, key=lambda one: (one.stated_on or "", one.id)):
        if not one.planned_for:
            continue
        words = day_words(one.planned_for, one.planned_precision)
        if not days or days[-1] != words:
            days.append(words)
    return " → ".join(days) if len(days) > 1 else ""


class Names:
    """The names of what statements are about: bodies and services by id, kinds by their words."""

    def __init__(self, store: Store, plans: Iterable[Plan]) -> None:
        cells = (cell for one in plans for cell in (one.about, one.replaces, one.came))
        ids = {part for cell in cells for part in cell.split() if ":" in part}
        self._names = {one.id: one.label for one in store.entities(ids=sorted(ids))}

    def named(self, cell: str) -> list[dict[str, str]]:
        """The parts of a cell, each with its id, or its kind, and its name."""
        return [{"id": part, "name": self.name(part)} for part in cell.split()]

    def name(self, part: str) -> str:
        """The name of a body or service, the words for a kind, and else the id itself."""
        return self._names.get(part) or (kinds()[part].plural if part in kinds() else part)


def statement_json(plan: Plan, names: Names, cited: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """One statement of a plan: what, from when, with which status, said by whom and when, and the source."""
    out: dict[str, Any] = {
        "id": plan.id,
        "plan": plan.plan,
        "text": plan.text,
        "status": plan.status,
        **({} if plan.status in LAW else {"law": False}),
        "planned_for": plan.planned_for,
        "planned_precision": plan.planned_precision,
        "stated_on": plan.stated_on,
        "stated_precision": plan.stated_precision,
        "said_by": plan.said_by or None,
        "about": names.named(plan.about),
        "replaces": names.named(plan.replaces),
        "depends_on": [one for one in plan.depends_on.split("; ") if one],
        "facts": plan.facts.split(),
        "sources": cited[plan.id],
        "note": plan.note,
    }
    return {key: value for key, value in out.items() if value != "" or key == "text"}


def verdict_json(verdict: Verdict, came: list[Came], names: Names) -> dict[str, Any]:
    """What came of a statement: the verdict in one word and in words, the day, the facts, and by how much it missed."""
    return {
        "verdict": verdict.word,
        "verdict_words": verdict.words,
        "came_on": verdict.day,
        "came_precision": verdict.precision,
        "months": verdict.months or None,
        "days": verdict.days or None,
        "came": [{**one.to_json(), "name": names.name(one.id)} for one in came],
        "why": verdict.why or None,
    }


def cited_by_plans(store: Store, plans: Iterable[Plan]) -> dict[str, list[dict[str, Any]]]:
    """The sources of statements, by their ids."""
    return cited(store, {one.id: [(one.source, one.locator)] for one in plans})


def cited(store: Store, asked: dict[str, list[tuple[str, str]]]) -> dict[str, list[dict[str, Any]]]:
    """Sources looked up together; a cell may name several, with a locator for each or one for all."""
    sources = store.sources({source for cells in asked.values() for source, _ in cells})
    return {one: sources_json(sources, cells) for one, cells in asked.items()}


def everywhere(part: str) -> bool:
    """Whether what a plan is about is of no one place: a kind, a service, a reform, or a body of the whole country."""
    kind = kind_of(part)
    return kind is None or kind in things() or has(kind, "care") or reach_of(kind) in ("country", "")


class Reach:
    """Which plans concern a place: those about a body there, and those about no body of a place.

    Raises what the place raises that a text means, see `scope_of`.
    """

    def __init__(self, store: Store, within: str, wanted: Iterable[str]) -> None:
        from orgmap.queries.coverage import last_horizon
        from orgmap.queries.structure.within import ids_within, scope_of

        now = min(today(), last_horizon(store))
        scope = scope_of(store, within, now)
        self.place, self.notes = scope.described, scope.notes
        local = sorted({one for one in wanted if not everywhere(one)})
        days: dict[str, set[str]] = {}
        for body in store.entities(ids=local):
            day = body.valid_from or (day_before(body.valid_until) if body.valid_until else now)
            if (
                body.valid_from
                and body.valid_from <= now
                and not (body.valid_until and body.valid_until <= now)
            ):
                day = now
            days.setdefault(day, set()).add(body.id)
        self._here: set[str] = set()
        for day, ids in sorted(days.items()):
            found = ids_within(store, scope, day, include=EVERYTHING)
            self._here |= ids & found.keys()
        self.people = scope

    def is_here(self, parts: Iterable[str]) -> bool:
        """Whether one of these bodies is of the place."""
        return not self._here.isdisjoint(parts)

    def concerns(self, parts: Iterable[str]) -> bool:
        """Whether a plan about these bodies, kinds and services concerns the place."""
        local = [one for one in parts if not everywhere(one)]
        return not local or self.is_here(local)


def meant(store: Store, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids and kinds that `--about` means, and these with the kind of the body, if it means one.

    Raises `NothingFound` or `Ambiguous`.
    """
    from orgmap.queries.body.resolve import resolve
    from orgmap.queries.commissioning.services import any_of

    try:
        kind = frozenset({parse_kind(text)})
        return kind, kind
    except WrongUse:
        pass
    try:
        body = resolve(store, text)
        itself = frozenset({body.id})
        return itself, itself if has(body.kind, "care") else itself | {body.kind}
    except NothingFound as unknown:
        try:
            services = frozenset(any_of(store, text))
            return services, services
        except NothingFound:
            raise unknown from None
