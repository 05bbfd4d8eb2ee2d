"""Marks on an answer: what is a plan and who says so, whom a plan is to end, what is only as last known.

Every answer of every question passes here, so that none shows a plan as a fact, and all do it alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of, today, written
from orgmap.graphmodel.known import KnownStore
from orgmap.graphmodel.model import STATUSES, Entity, Include
from orgmap.graphmodel.plans.foretold import planned_ends, who_said
from orgmap.graphmodel.statuses import LAW, OPENED, PLANS, SUPERSEDED, opening
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import has, kinds
from orgmap.queries.coverage import abouts

MANY = 20
"""So many plans are told in words below an answer; more are counted."""


Bodies = dict[str, list[dict[str, Any]]]
"""The bodies of an answer by id, each wherever it stands in it."""


ADD_PLANNED = ": add --include planned."
"""So ends the sentence that counts the plans that an answer leaves out."""


def plan_words(status: str, stated_on: str | None = None, said_by: str = "") -> str:
    """What must be said of a plan wherever it stands.

    >>> plan_words("conditional", "2026-01-28", "a trade paper"), plan_words("enacted")
    ('conditional, not law; said by a trade paper on 2026-01-28', 'enacted, its day to come')
    """
    law = {"enacted": ", its day to come", SUPERSEDED: " by a later plan, not law"}
    said = f" by {said_by}" if said_by else ""
    said += f" on {stated_on}" if stated_on else ""
    return f"{status}{law.get(status, '' if status in LAW else ', not law')}{f'; said{said}' if said else ''}"


def when_words(day: str, precision: str = "") -> str:
    """When something is to be, as exactly as its plan says: on a day, in a month or a year, or about a day.

    >>> when_words("2027-04-01"), when_words("2027-04-01", "month"), when_words("2027-04-01", "approx")
    ('on 2027-04-01', 'in April 2027', 'about 1 April 2027')
    """
    exact = precision in ("", "day")
    if exact or precision == "approx":
        return f"on {day}" if exact else written(day, precision)
    return f"in {written(day, precision)}"


def begins_words(body: dict[str, Any], plan: str) -> str:
    """That a body is to begin, when (if that is known), and how sure that is; `plan` says it in words.

    >>> begins_words({"valid_from": "2027-04-01", "from_precision": "month"}, "conditional, not law")
    'is to begin in April 2027: conditional, not law'
    """
    day = body["valid_from"]
    when = f" {when_words(day, body.get('from_precision', ''))}" if day else ""
    return f"is to begin{when}: {plan}"


def planned_successors(store: Store, ids: Iterable[str], include: Include, until: str) -> set[str]:
    """Who is to take over from these bodies by a day, by plans that `include` asks for."""
    found = store.events(ids=ids, until=until, include=include)
    parts = [part for event, parts in found if event.status in PLANS for part in parts]
    wanted = set(ids)
    return {part.successor for part in parts if part.successor and part.predecessor in wanted}


def marked(store: Store, parts: Iterable[Any], include: Include, day: AnyDay | None = None) -> list[str]:
    """Marks every body and fact in the parts of an answer that is a plan, or that a plan is to end, and says it.

    `day` is the last day asked about, if one was. Gives the sentences that must stand below the answer.
    """
    found = list(_things(parts))
    bodies: Bodies = {}
    for one, _ in found:
        if _is_body(one):
            bodies.setdefault(one["id"], []).append(one)
    sentences = {**_planned_bodies(store, bodies, include), **_ending_bodies(store, bodies, include)}
    for one, _ in found:
        if not _is_body(one) and one.get("status") in PLANS and "text" not in one:
            one |= _law(one["status"])
    rest = len(sentences) - MANY
    notes = [*sentences][:MANY] + ([f"… and {rest} more plans; --format json has all."] if rest > 0 else [])
    last = day_of(day) if day else ""
    now = last_day_known(store)
    if last > now:
        notes += left_out(store, bodies, include, last)
        known = horizons(store)
        for body, at in found:
            at = at or last
            in_force = _is_body(body) and body.get("status", "in_force") not in PLANS
            if in_force and at > now and known.get(body["kind"], at) < at:
                body["last_known"] = known[body["kind"]]
    return notes


def plan_notes(store: Store, bodies: Iterable[Entity], include: Include) -> list[str]:
    """The sentences below a picture of these bodies: which of them plans are to begin or to end, how sure that is, and
    who said so when. Empty unless `include` asks for plans.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [note] = plan_notes(store, store.entities(ids=["national:nhs_england"]), Include.of("planned"))
    >>> "conditional, not law" in note
    True
    """
    return marked(store, [body.to_json() for body in bodies], include) if include.plans else []


def last_day_known(store: Store) -> str:
    """The day after which all days are still to come: today, or the day of what was known."""
    return store.day if isinstance(store, KnownStore) else today()


_WORDS = frozenset({str, type(None), bool, int, float})
"""What most of an answer is, and what holds nothing else."""


def _things(part: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every dictionary in an answer, those inside others, too; each object once, with the day of the part it is in."""
    waiting: list[tuple[Any, str]] = [(part, "")]
    seen = set[int]()
    while waiting:
        one, at = waiting.pop()
        if isinstance(one, dict):
            if id(one) in seen:
                continue
            seen.add(id(one))
            at = one["at"] if isinstance(one.get("at"), str) else at
            yield one, at
        within = one.values() if isinstance(one, dict) else one
        waiting += [(value, at) for value in within if type(value) not in _WORDS]


def _is_body(part: dict[str, Any]) -> bool:
    # Word by word, for most parts are none, and there are many.
    named = "id" in part and "kind" in part and "name" in part and "valid_from" in part
    return named and part["kind"] in kinds()


def _planned_bodies(store: Store, bodies: Bodies, include: Include) -> dict[str, None]:
    """Marks bodies that only a plan knows with who said so and when; gives the sentences that say it."""
    planned = {one for one, same in bodies.items() if any(body.get("status") in PLANS for body in same)}
    said = who_said(store, planned, include.with_plans())
    sentences: dict[str, None] = {}
    for one in sorted(planned):
        for body in bodies[one]:
            if (status := body.get("status")) in PLANS:
                stated_on, by = said.get((one, status), (None, ""))
                body |= {"stated_on": stated_on, "said_by": by or None, **_law(status)}
                words = begins_words(body, plan_words(status, stated_on, by))
                sentences[f"{body['name'] or one} ({one}) {words}."] = None
    return sentences


def _ending_bodies(store: Store, bodies: Bodies, include: Include) -> dict[str, None]:
    """Marks bodies that a plan is to end, if plans are asked for; gives the sentences that say it."""
    ends = planned_ends(store, bodies, include)
    labels = {body.id: body.label for body in store.entities(ids=ends)} if ends else {}
    sentences: dict[str, None] = {}
    for one, end in sorted(ends.items()):
        living = [body for body in bodies[one] if body.get("status") not in PLANS]
        for body in living:
            body["to_end"] = {**end.to_json(), **_law(end.status)}
        if living:
            when = f" {when_words(end.date, end.precision)}" if end.date else ", on a day not known"
            words = plan_words(end.status, end.stated_on, end.said_by)
            sentences[f"{labels.get(one, one)} ({one}) is to end{when}: {words}."] = None
    return sentences


def plan_left_out(store: Store, body: Entity, include: Include) -> list[str]:
    """A sentence that a plan is to end a body, or that what it is to come from is not shown, where an answer does not
    ask for plans: its life alone would hide it.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [woking] = store.entities(ids=["district:E07000217"])
    ...     [note] = plan_left_out(store, woking, Include())
    >>> note.partition("; ")[0]
    'Woking Borough Council (district:E07000217) is to end on 2027-04-01: enacted, its day to come'
    """
    if include.plans or body.valid_until:
        return []
    if body.status in PLANS:
        return [
            f"What it is to take over from is part of the plan: --include {opening(body.status)} shows it."
        ]
    end = planned_ends(store, [body.id], Include.of("planned")).get(body.id)
    if end is None or (end.date or "9999") <= last_day_known(store):
        return []
    when = f" {when_words(end.date, end.precision)}" if end.date else ", on a day not known"
    words = plan_words(end.status, end.stated_on, end.said_by)
    return [f"{body.label} ({body.id}) is to end{when}: {words}; --include planned shows what is to follow."]


def _law(status: str) -> dict[str, bool]:
    return {} if status in LAW else {"law": False}


def horizons(store: Store) -> dict[str, str]:
    """The last day that the tables know, by kind of body."""
    known: dict[str, str] = {}
    for about in abouts(store):
        for kind in about.kinds:
            known[kind] = max(about.horizon, known.get(kind, ""))
    return known


def left_out(store: Store, bodies: Bodies, include: Include, day: AnyDay) -> list[str]:
    """A sentence that counts the planned changes until a day that an answer leaves out; none if there are none.

    Counted are changes, rules and relations of the bodies and services in the answer, dated after the last day that
    the tables know of them.
    """
    day = day_of(day)
    wanted = frozenset(OPENED["planned"]) - set(include.statuses)
    if not wanted or not bodies:
        return []
    known = horizons(store)
    since = {one: known.get(same[0]["kind"], day) for one, same in bodies.items()}
    if day <= (earliest := min(since.values())):
        return []
    shown = include.with_plans()
    changes: set[tuple[str, ...]] = set()
    touched: set[str] = set()
    for event, parts in store.events(ids=bodies.keys(), after=earliest or None, until=day, include=shown):
        ends = {end for part in parts for end in (part.predecessor, part.successor) if end}
        if event.status in wanted and any((event.date or "") > since[one] for one in ends & bodies.keys()):
            changes.add(("event", event.id))
            touched |= ends
    services = [one for one in bodies if has(bodies[one][0]["kind"], "care")]
    for rule in store.rules(services) if services else ():
        if rule.status in wanted and rule.period.holds(day) and (rule.valid_from or "") > earliest:
            changes.add(("rule", rule.id))
    plans = Include(tuple(sorted(wanted)))
    facts = store.relationships(subjects=bodies, at=day, include=plans)
    for fact in (*facts, *store.relationships(objects=bodies, at=day, include=plans)):
        if (fact.valid_from or "") > earliest and not {fact.subject, fact.object} & touched:
            changes.add((fact.subject, fact.verb, fact.object))
    return _counted(len(changes))


def plans_ahead(store: Store, ids: Iterable[str], include: Include) -> list[str]:
    """Sentences that count the changes ahead of these bodies that an answer without a day leaves out."""
    found = [event.status for event, _ in store.events(ids=ids, include=Include.of(STATUSES))]
    notes = []
    for word in ("planned", "proposed"):
        left = sum(status in OPENED[word] and not include.shows(status) for status in found)
        plural = "" if left == 1 else "s"
        notes += [f"{left} {word} change{plural} to come: add --include {word}."] if left else []
    return notes


def plans_between(
    store: Store, after: AnyDay, until: AnyDay, ids: set[str] | None, include: Include
) -> list[str]:
    """A sentence that counts the planned changes of these bodies (None: of all) between two days that are left out."""
    after, until = day_of(after), day_of(until)
    wanted = (
        frozenset(OPENED["planned"]) - set(include.statuses) if until > last_day_known(store) else frozenset()
    )
    found = store.events(after=after, until=until, include=include.with_plans()) if wanted else []
    return _counted(
        sum(
            event.status in wanted
            and (ids is None or any({part.predecessor, part.successor} & ids for part in parts))
            for event, parts in found
        )
    )


def _counted(number: int) -> list[str]:
    plural = "" if number == 1 else "s"
    return [f"{number} planned change{plural} until then{ADD_PLANNED}"] if number else []
