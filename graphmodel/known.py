"""What was known on an earlier day: a store that tells nothing that was said after it.

A body is known from its first day on, a fact from the day on which it was said or began, a change from its day or from
the day on which it was said. What ended later had no end yet; what was to come was a plan; what a later release of a
register corrected was still held to be so. Questions ask this store as any other; who opens one for a question wraps
it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from orgmap.graphmodel.dates import today
from orgmap.graphmodel.editions.corrections import Correction, NotYetCorrected
from orgmap.graphmodel.knowledge import PLANNED, Knowledge, edition
from orgmap.graphmodel.listed import Listed
from orgmap.graphmodel.model import (
    IN_FORCE,
    STATUSES,
    Accountability,
    ChangeEvent,
    Entity,
    Include,
    Relationship,
    Rule,
    Source,
    Statement,
    Succession,
)
from orgmap.graphmodel.naming import name_forms
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.register.bodies import Beside
from orgmap.graphmodel.statuses import PLANS, SUPERSEDED
from orgmap.graphmodel.store import (
    About,
    Details,
    NamedEntity,
    PostcodeRow,
    Store,
    entity_order,
    relationship_order,
    shown_events,
    surest,
)
from orgmap.graphmodel.text import normalise

EVERYTHING = Include.of(STATUSES)


class _Foretold(NamedTuple):
    """A body that was only to come: with which status, from which day on."""

    status: str
    day: str


class KnownStore:
    """A store as it was on the evening of a day: nothing that was said, begun or ended later shows.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [group] = KnownStore(store, "2013-06-01").entities(ids=["ccg:10E"])
    >>> group.name, group.valid_until
    ('NHS Thanet CCG', None)
    """

    def __init__(self, store: Store, day: str) -> None:
        self.inner, self.day = store, day
        self._knows = Knowledge(day, store.sources)
        self._coming: dict[str, _Foretold] | None = None
        self._came: set[str] | None = None
        # Where areas lie and how many people live there is no news of a day.
        self.outcodes = store.outcodes
        self.coded, self.neighbourhoods, self.populations = (
            store.coded,
            store.neighbourhoods,
            store.populations,
        )
        self.place_names, self.place_forms, self.words = store.place_names, store.place_forms, store.words
        self.close = store.close
        beside: Beside | None = getattr(store, "register", None)
        self.register: Beside | None = cache(lambda: beside().known_on(day)) if beside else None

    @cached_property
    def _held(self) -> NotYetCorrected:
        return NotYetCorrected(self.inner.listed(Correction), self.day)

    def postcodes(self, postcodes: list[str]) -> dict[str, PostcodeRow]:
        """See `Store.postcodes`; where they lie as the lists had it that were known by then."""
        rows = self.inner.postcodes(postcodes).items()
        return {one: known for one, row in rows if (known := row.known_on(self.day))}

    def of_outcode(self, outcode: str, digit: str = "") -> dict[PostcodeRow, int]:
        """See `Store.of_outcode`."""
        counted = Counter[PostcodeRow]()
        for row, count in self.inner.of_outcode(outcode, digit).items():
            if known := row.known_on(self.day):
                counted[known] += count
        return dict(counted)

    def entities(
        self,
        *,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Entity]:
        """See `Store.entities`; after the day of knowledge those that were there on it go on, as far as was known."""
        wanted = None if ids is None else sorted(set(ids))
        then = self.inner.entities(
            ids=wanted, kind=kind, at=min(at or self.day, self.day), include=EVERYTHING
        )
        if self._held.bodies:
            then += self._held.gone_on(self.inner, then, wanted, kind, min(at or self.day, self.day))
        if at is None:
            then = self._all(then, self.inner.entities(ids=wanted, kind=kind))
        lives = [life for body in then if (life := self._known_life(body))]
        if at is None or (at > self.day and include.plans):
            lives += self._to_come(wanted, kind, at, {life.id for life in lives} if at is None else set())
        return sorted(
            (
                life
                for life in lives
                if (at is None or (include.shows(life.status) and life.period.holds(at)))
                and not (not_at and life.period.holds(not_at))
            ),
            key=entity_order,
        )

    def not_recorded(self, kind: str) -> list[Entity]:
        """Bodies of a kind that are planned by sources without a day: it is not recorded since when that was known."""
        here = [one for one in self.inner.entities(kind=kind, include=EVERYTHING) if one.status in PLANS]
        here = [one for one in here if self._knows.undated(one.source)]
        shown = {one.id for one in self.entities(kind=kind, include=EVERYTHING)} if here else set()
        return [one for one in here if one.id not in shown]

    def _known_life(self, body: Entity) -> Entity | None:
        """The body without the end that nobody knew, under a name that it bore by then."""
        held = self._held.body(body)
        if held is None:
            return None
        body = held
        if body.status != "in_force" and not self._knows.in_time(body, body.status):
            return None
        name = body.name if body.status == "in_force" else self._name_of(body)
        return self._knows.without_later_end(body)._replace(name=name)

    def _name_of(self, body: Entity) -> str:
        """The name of a body that was not in force yet: the oldest of its names, if the one it has came later."""
        dated = [
            name for name in self.inner.details(body.id).names if name.valid_from and name.sort == "official"
        ]
        later = {name.value for name in dated if self._knows.is_later(name.valid_from)}
        return dated[0].value if body.name in later else body.name

    def _all(self, then: list[Entity], rows: list[Entity]) -> list[Entity]:
        """Each body once: as it was on the day; of those that were not there then, as they had last been."""
        there, as_what = surest(then), {(body.id, body.status) for body in then}
        found = []
        for row in rows:
            body = there.get(row.id)
            began = not self._knows.is_later(row.valid_from)
            # What is a plan for good bears the day for which it is planned.
            if (began and row.status not in PLANS) or (
                row.status in PLANS and (row.id, row.status) in as_what
            ):
                found.append(row._replace(name=body.name, codes=body.codes) if body else row)
            elif body or began:
                found.append(body or row)
            elif begun := [one for one in self.inner.details(row.id).phases if self._knows.is_over(one)]:
                last = max(begun, key=lambda stage: stage.valid_until or "")
                days = (last.valid_from, last.valid_until, last.from_precision, last.until_precision)
                cited = (last.source, last.locator, last.note)
                found.append(Entity(row.id, row.kind, row.name, *days, last.value, row.codes, *cited))
        return found

    def _to_come(
        self, ids: list[str] | None, kind: str | None, at: str | None, known: set[str]
    ) -> list[Entity]:
        """Bodies of which it had been said by then that they were to come."""
        coming = self._foretold()
        if at:
            staged = self.inner.entities(ids=ids, kind=kind, at=at, not_at=self.day, include=EVERYTHING)
            found = [one for one in staged if one.status in PLANS and self._knows.said(one.source)]
        else:
            found = []
        wanted = sorted(coming.keys() if ids is None else coming.keys() & set(ids))
        for body in self.inner.entities(ids=wanted, kind=kind) if wanted else ():
            if body.id not in known and self._knows.is_later(body.valid_from):
                said = coming[body.id]
                life = body._replace(status=said.status, valid_from=said.day, name=self._name_of(body))
                found.append(self._knows.without_later_end(life))
        return found

    def _foretold(self) -> dict[str, _Foretold]:
        """Bodies that were to begin by a change that had been announced, and was still to come."""
        if self._coming is None:
            self._coming = {}
            for event, parts in self.events(after=self.day, include=EVERYTHING):
                for part in parts:
                    if part.successor and event.date:
                        self._coming.setdefault(part.successor, _Foretold(event.status, event.date))
        return self._coming

    def entities_on(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Entity]]:
        """See `Store.entities_on`."""
        return {day: self.entities(ids=ids, at=day) for day, ids in wanted.items()}

    def relationships(
        self,
        *,
        subjects: Iterable[str] | None = None,
        objects: Iterable[str] | None = None,
        verbs: Iterable[str] | None = None,
        at: str | None = None,
        not_at: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[Relationship]:
        """See `Store.relationships`."""
        ends = [None if some is None else sorted(set(some)) for some in (subjects, objects, verbs)]

        def asked(day: str | None) -> list[Relationship]:
            return self.inner.relationships(
                subjects=ends[0], objects=ends[1], verbs=ends[2], at=day, include=include
            )

        found = asked(at and min(at, self.day))
        if at and at > self.day and include.plans:
            found += asked(at)
        found = self._held.relations(found, ends, include)
        known = {fact: None for one in found if (fact := self._knows.fact(one))}
        return sorted(
            (
                fact
                for fact in known
                if include.shows(fact.status)
                and (at is None or fact.period.holds(at))
                and not (not_at and fact.period.holds(not_at))
            ),
            key=relationship_order,
        )

    def events(
        self,
        *,
        ids: Iterable[str] | None = None,
        after: str | None = None,
        until: str | None = None,
        include: Include = IN_FORCE,
    ) -> list[tuple[ChangeEvent, list[Succession]]]:
        """See `Store.events`; what happened later was a plan, if it had been announced, and else not known."""
        wanted = None if ids is None else set(ids)
        found = []
        for event, parts in self.inner.events(ids=wanted, after=after, until=until, include=include):
            if known := self._knows.event(event):
                found.append((known, [part for part in parts if not self._knows.is_later(part.stated_on)]))
        return shown_events(found, wanted, include)

    def rules(self, services: Iterable[str] | None = None) -> list[Rule]:
        """See `Store.rules`."""
        return [known for rule in self.inner.rules(services) if (known := self._knows.fact(rule))]

    def accountability(self) -> list[Accountability]:
        """See `Store.accountability`."""
        return [known for step in self.inner.accountability() if (known := self._knows.fact(step))]

    def statements(self) -> list[Statement]:
        """See `Store.statements`; what bears no day was said when its source was made."""
        return [
            one
            for one in self.inner.statements()
            if (one.stated_on <= self.day if one.stated_on else self._knows.said(one.source))
        ]

    def plans(self) -> list[Plan]:
        """See `Store.plans`; what came later came of none, and the latest statement of a plan stood for it."""
        said = [one for one in self.inner.plans() if one.stated_on and one.stated_on <= self.day]
        last: dict[str, Plan] = {}
        for one in sorted(said, key=lambda one: (one.stated_on or "", one.id)):
            last[one.plan] = one
        return [self._without_outcome(one, last[one.plan] is one) for one in said]

    def listed(self, record: type[Listed]) -> list[Listed]:
        """See `Store.listed`; what holds or was read only later was not known."""
        return [known for row in self.inner.listed(record) if (known := self._knows.listed(row))]

    def _without_outcome(self, plan: Plan, is_last: bool) -> Plan:
        if is_last and plan.status == SUPERSEDED:
            plan = plan._replace(status=PLANNED)
        known = self._happened() | {one.id for one in self.entities(ids=plan.came.split())}
        came = " ".join(one for one in plan.came.split() if one in known)
        if (
            came == plan.came
            and not self._knows.is_later(plan.came_on)
            and (came or self._knows.said(plan.outcome_source))
        ):
            return plan
        return plan._replace(
            came=came,
            verdict="",
            came_on=None,
            came_precision="",
            outcome_source="",
            outcome_locator="",
            note="",
        )

    def _happened(self) -> set[str]:
        """The changes and rules that were so by then."""
        if self._came is None:
            changes = self.events(include=EVERYTHING)
            self._came = {event.id for event, _ in changes if event.status not in PLANS}
            self._came |= {rule.id for rule in self.rules() if rule.status not in PLANS}
            self._came |= {step.id for step in self.accountability() if step.status not in PLANS}
        return self._came

    def details(self, entity: str) -> Details:
        """See `Store.details`."""
        found = self._held.words(self.inner, entity, self.inner.details(entity))
        return Details(*([word for one in words if (word := self._knows.word(one))] for words in found))

    def sources(self, ids: Iterable[str] | None = None) -> dict[str, Source]:
        """See `Store.sources`; a younger one is no source of that day: it only vouches for what had begun."""
        found = self.inner.sources(ids)
        if ids is None:
            return {one: source for one, source in found.items() if not self._knows.is_later(edition(source))}
        return {one: self._knows.vouching(source) for one, source in found.items()}

    def ids_of_code(self, code: str) -> list[str]:
        """See `Store.ids_of_code`."""
        found = self._there(self.inner.ids_of_code(code))
        same = code.strip().lower()
        return [one for one in found if any(w.value.lower() == same for w in self.details(one).identifiers)]

    def ids_of_name(self, normalised: str) -> list[str]:
        """See `Store.ids_of_name`."""
        held = {one.id for one in self._held.names() if normalised in name_forms(one.name)}
        found = self._there({*self.inner.ids_of_name(normalised), *held})
        return [
            one for one in found if normalised not in {normalise(name) for name in self._later_names(one)}
        ]

    def named(self, forms: list[str]) -> list[NamedEntity]:
        """See `Store.named`."""
        wanted = set(forms)
        held = [one for one in self._held.names() if wanted & set(name_forms(one.name))]
        return self._borne(sorted({*self.inner.named(forms), *held}))

    def names_with(self, words: list[str]) -> list[NamedEntity]:
        """See `Store.names_with`."""
        starts = [f" {start}" for word in words if (start := normalise(word).replace(" ", ""))]
        held = [
            one
            for one in (self._held.names() if starts else ())
            if any(all(start in f" {form}" for start in starts) for form in name_forms(one.name))
        ]
        return self._borne(sorted({*self.inner.names_with(words), *held}))

    def _borne(self, found: list[NamedEntity]) -> list[NamedEntity]:
        """Those of the names that were borne by then, of bodies that were known."""
        there = set(self._there({one.id for one in found}))
        return [one for one in found if one.id in there and one.name not in self._later_names(one.id)]

    def _later_names(self, entity: str) -> set[str]:
        """The names of a body that it got only later."""
        names = self._held.words(self.inner, entity, self.inner.details(entity)).names
        return {name.value for name in names if self._knows.is_later(name.valid_from)} - {
            name.value for name in names if not self._knows.is_later(name.valid_from)
        }

    def _there(self, ids: Iterable[str]) -> list[str]:
        """Those of the bodies that were known, by id."""
        return sorted({body.id for body in self.entities(ids=ids)})

    def standing_in(self, areas: Iterable[str], at: str, known: str = "") -> list[str]:
        """See `Store.standing_in`."""
        areas = list(areas)
        standing = set(self.inner.standing_in(areas, min(at, self.day), min(known or self.day, self.day)))
        if self._held.bodies:
            standing |= self._held.standing_in(self.inner, areas)
        return self._there(standing)

    def about(self) -> list[About]:
        """See `Store.about`; no dataset reaches beyond the day."""
        return [
            about._replace(horizon=min(about.horizon, self.day), as_of=min(about.as_of, self.day))
            for about in self.inner.about()
        ]


def known_then(store: Store, day: str | None) -> Store:
    """The store as it was known on a day; as it is without one, and of today and later days."""
    return KnownStore(store, day) if day and day < today() else store
