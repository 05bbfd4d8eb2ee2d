"""What the tables plan and no statement of a plan carries: changes, rules, steps, relations and bodies of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.plans.foretold import said_by
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.statuses import LAW, PLANS, STATUSES, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import event_kinds, kind_of, kinds, things, verbs
from orgmap.queries.plans.statements import cited

_AFTER_ALL = "9999-12-01"
"""A day after every plan: a planned body is there on it."""


MANY = 3
"""More bodies than these to which the same is to happen are told as a number."""


class Carried(NamedTuple):
    """One plan of the tables: which fact carries it, about whom, from when, and who said so when."""

    what: str
    id: str
    words: str
    status: str
    about: tuple[str, ...]
    replaces: tuple[str, ...] = ()
    day: str | None = None
    precision: str = ""
    stated_on: str | None = None
    source: str = ""
    locator: str = ""
    note: str = ""
    facts: tuple[str, ...] = ()


def together(found: list[Carried]) -> list[Carried]:
    """Ends that one plan brings to many bodies as one: on the same day, by the same word of the same source."""
    same: dict[Carried, list[Carried]] = {}
    for one in found:
        alone = one.what != "event" or set(one.about) != set(one.replaces)
        blank = (
            one if alone else one._replace(id="", words=one.words.partition(":")[0], about=(), replaces=())
        )
        same.setdefault(blank, []).append(one)
    return [rows[0] if len(rows) == 1 else _as_one(rows) for rows in same.values()]


def _as_one(rows: list[Carried]) -> Carried:
    about = tuple(dict.fromkeys(part for one in rows for part in one.about))
    what = rows[0].words.partition(":")[0]
    counted = Counter(kind_of(one) or "" for one in about)
    who = [f"{number:,} {kinds()[kind].plural if kind else 'bodies'}" for kind, number in counted.items()]
    names = [one.words.partition(": ")[2] for one in rows]
    whom = " and ".join(who) if len(about) > MANY else ", ".join(names)
    facts = tuple(one.id for one in rows)
    return rows[0]._replace(words=f"{what}: {whom}", about=about, replaces=about, facts=facts)


def carried(store: Store, plans: Iterable[Plan]) -> list[Carried]:
    """Every plan of the tables that no statement of a plan names among its facts; bodies that a change begins are told
    with it.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     "RM017" in {one.id for one in carried(store, [])}
    True
    """
    stated = {one for plan in plans for one in plan.facts.split()}
    named: dict[str, str] = {}
    found = [*_events(store, stated), *_rules(store, stated, named), *_steps(store, stated, named)]
    begun = {one for event in found if event.what == "event" for one in event.about} | stated
    found += _relations(store, begun, named)
    found += _bodies(store, begun)
    return sorted(found, key=lambda one: (one.day or "9999", one.what, one.id))


def _names(store: Store, ids: Iterable[str], named: dict[str, str]) -> None:
    """Adds the names of bodies that are not among those known yet."""
    wanted = sorted({one for one in ids if ":" in one} - named.keys())
    named |= {one.id: one.label for one in store.entities(ids=wanted)}


def _called(part: str, named: dict[str, str], many: bool = False) -> str:
    if part in kinds():
        return kinds()[part].plural if many else kinds()[part].label
    return named.get(part, part)


def _events(store: Store, stated: set[str]) -> list[Carried]:
    events = [
        (event, parts)
        for event, parts in store.events(include=Include.of(STATUSES))
        if event.status in PLANS and event.id not in stated
    ]
    named: dict[str, str] = {}
    _names(store, {end for _, parts in events for part in parts for end in part[1:3]}, named)
    found = []
    for event, parts in events:
        before = list(dict.fromkeys(part.predecessor for part in parts if part.predecessor))
        after = list(dict.fromkeys(part.successor for part in parts if part.successor))
        who = [", ".join(named.get(one, one) for one in side) for side in (before, after) if side]
        words = f"{event_kinds()[event.kind].label}: {' → '.join(who) or event.instrument or event.id}"
        found.append(
            Carried(
                "event", event.id, words, event.status, tuple([*before, *after]), tuple(before), event.date,
                event.precision, event.stated_on, event.source, event.locator, event.note,
            )
        )  # fmt: skip
    return found


def _rules(store: Store, stated: set[str], named: dict[str, str]) -> list[Carried]:
    rules = [one for one in store.rules() if one.status in PLANS and one.id not in stated]
    _names(store, {end for one in rules for end in (one.service, *one.commissioner.split())}, named)
    return [
        Carried(
            "rule", one.id,
            f"{named.get(one.service, one.service)}: commissioned by"
            f" {' and '.join(_called(part, named, True) for part in one.commissioner.split())}",
            one.status, (one.service, *one.commissioner.split()), (), one.valid_from, one.from_precision,
            one.stated_on, one.source, one.locator, one.note,
        )
        for one in rules
    ]  # fmt: skip


def _steps(store: Store, stated: set[str], named: dict[str, str]) -> list[Carried]:
    steps = [one for one in store.accountability() if one.status in PLANS and one.id not in stated]
    _names(store, {end for one in steps for end in (one.subject, one.object)}, named)
    return [
        Carried(
            "accountability", one.id,
            f"{_called(one.subject, named)} {verbs()[one.verb].forward} {_called(one.object, named)}",
            one.status, (one.subject, one.object), (), one.valid_from, one.from_precision, one.stated_on,
            one.source, one.locator, one.note,
        )
        for one in steps
    ]  # fmt: skip


def _relations(store: Store, stated: set[str], named: dict[str, str]) -> list[Carried]:
    """Relations of a planned body are told with the body."""
    asked = Include(tuple(status for status in STATUSES if status in PLANS))
    facts = [one for one in store.relationships(include=asked) if one.status in PLANS]
    facts = [one for one in facts if not {one.subject, one.object} & stated]
    _names(store, {end for one in facts for end in (one.subject, one.object)}, named)
    return [
        Carried(
            "relationship", f"{one.subject} {one.verb} {one.object}",
            f"{_called(one.subject, named)} {verbs()[one.verb].forward} {_called(one.object, named)}",
            one.status, (one.subject, one.object), (), one.valid_from, one.from_precision, one.stated_on,
            one.source, one.locator, one.note,
        )
        for one in facts
    ]  # fmt: skip


def _bodies(store: Store, stated: set[str]) -> list[Carried]:
    asked = Include(tuple(status for status in STATUSES if status in PLANS))
    planned = [one for one in store.entities(at=_AFTER_ALL, include=asked) if one.status in PLANS]
    planned = [one for one in planned if one.id not in stated and one.kind not in things()]
    whole = {one.id: one for one in store.entities(ids=sorted(one.id for one in planned))}
    found = []
    for one in planned:
        body = whole.get(one.id, one)
        found.append(
            Carried(
                "body", one.id, f"{kinds()[one.kind].label}: {one.label}", one.status, (one.id,), (),
                body.valid_from, body.from_precision, None, one.source, one.locator, one.note,
            )
        )  # fmt: skip
    return found


def carried_json(store: Store, found: list[Carried], names: Any) -> list[dict[str, Any]]:
    """Plans of the tables as scripts get them, in the shape of statements of plans."""
    sources = cited(store, {one.id: [(one.source, one.locator)] for one in found})
    who = store.sources({source for one in found for source in one.source.split()})
    rows = []
    for one in found:
        said = said_by(one.source, who)
        out: dict[str, Any] = {
            "what": one.what,
            "id": one.id,
            "plan": None,
            "text": one.words[:1].upper() + one.words[1:],
            "status": one.status,
            **({} if one.status in LAW else {"law": False}),
            "planned_for": one.day,
            "planned_precision": one.precision,
            "stated_on": one.stated_on,
            "said_by": said or None,
            "about": names.named(" ".join(one.about)),
            "replaces": names.named(" ".join(one.replaces)),
            "depends_on": [],
            "facts": [*(one.facts or (one.id,))],
            "sources": sources[one.id],
            "note": one.note,
            "earlier": [],
        }
        rows.append({key: value for key, value in out.items() if value != ""})
    return rows
