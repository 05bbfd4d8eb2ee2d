"""What a question can be answered from: each statement of a document, or plan, with the values that it gives."""

from __future__ import annotations

import re
from math import log
from typing import NamedTuple

from orgmap.graphmodel.dates import Span, day_before, days_of
from orgmap.graphmodel.listed import Milestone
from orgmap.graphmodel.model import ChangeEvent, Entity, Statement, Succession
from orgmap.graphmodel.observed import Observation
from orgmap.graphmodel.plans.plan import Plan
from orgmap.graphmodel.statuses import IN_FORCE
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, things
from orgmap.queries.documents.words import words
from orgmap.queries.plans.verdicts import is_alive

WEIGHTS = {"beside": 0.35, "who": 0.7, "list": 0.8, "about": 0.85, "values": 0.9, "text": 1.0}
"""How much a word counts by where a fact has it."""

DOCUMENTS, PLANS, TABLES = "documents", "plans", "tables"
"""Where a fact comes from."""

_DOES = frozenset({"relation", "service", "milestone", "rule"})
"""Topics of statements whose subject does something."""

_OBJECTS = {"with": "with", "to": "to", "consults": "with"}
"""What the object of a relation answers, by the last word of its verb."""

_PASSES = re.compile(r"\b(?:pass|passes|goes|go|takes over|take over)\b")
"""Words by which a plan says to whom something goes."""


class Value(NamedTuple):
    """One value: what it is of, and the bodies, number, day, items or words that it has."""

    measure: str
    of: str = ""
    bodies: tuple[str, ...] = ()
    number: float | None = None
    number_until: float | None = None
    unit: str = ""
    compared: str = ""
    day: str = ""
    sense: str = ""
    precision: str = ""
    until: str = ""
    items: tuple[str, ...] = ()
    complete: str = ""
    text: str = ""
    answer: str = ""
    how: str = ""
    brought: str = ""
    cited: tuple[str, ...] = ()
    typed: bool = True

    @property
    def words(self) -> frozenset[str]:
        """The words of what it is of."""
        return frozenset(words(self.of))


class Fact(NamedTuple):
    """A statement, a plan or a step, with its values and the words by which it is found."""

    id: str
    origin: str
    topic: str
    text: str
    values: tuple[Value, ...]
    weights: dict[str, float]
    subjects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    about: str = ""
    document: str = ""
    series: str = ""
    part: str = ""
    status: str = ""
    stated_on: str = ""
    unit: str = ""
    condition: str = ""
    source: str = ""
    locator: str = ""
    replaces: tuple[str, ...] = ()
    valid: tuple[str, str] = ("", "")

    @property
    def span(self) -> Span | None:
        """The days of which it speaks: those of its first day that is stated."""
        for one in self.values:
            if one.measure == "when" and one.day:
                last = one.until or days_of_precision(one.day, one.precision).last
                return Span(one.day if one.sense != "by" else day_of_by(one), last)
        return None


def day_of_by(value: Value) -> str:
    """The day that counts of one “by” which something is due: itself, or the last of its month."""
    return days_of_precision(value.day, value.precision).last


def days_of_precision(day: str, precision: str) -> Span:
    """All days that a day means with its precision.

    >>> days_of_precision("2013-04-01", "month")
    Span(first='2013-04-01', last='2013-04-30')
    """
    if precision in ("month", "approx"):
        return days_of(day[:7])
    if precision == "year":
        return days_of(day[:4])
    return Span(day, day)


class Facts:
    """All facts, with how rare each word is among them."""

    def __init__(self, store: Store, document: str = "") -> None:
        self.store = store
        self.statements = {
            one.id: one for one in store.statements() if not document or document in one.document.split()
        }
        read = {source for one in store.statements() for source in one.source.split()}
        alive = (one for one in store.plans() if is_alive(one) and not read & set(one.source.split()))
        self._plans = [] if document else list(alive)
        self._steps = {one.statement: one for one in store.listed(Milestone) if one.statement}
        ahead = [
            one for one in store.listed(Milestone) if not one.statement and not read & set(one.source.split())
        ]
        self._ahead = [] if document else ahead
        self._late: dict[str, tuple[list[tuple[ChangeEvent, list[Succession]]], list[Entity]]] = {}
        self.names = self._named()
        typed: dict[str, list[Value]] = {}
        for one in store.listed(Observation):
            typed.setdefault(one.statement.split()[0], []).append(_value(one))
        self.all = [
            *(self._stated(one, typed.get(one.id, [])) for one in self.statements.values()),
            *map(self._planned, self._plans),
            *map(self._step, self._ahead),
        ]
        self.by_id = {one.id: one for one in self.all}
        named = {
            part for one in self.statements.values() for part in (*_parts(one.subject), *_parts(one.object))
        }
        self.own_names = {
            normalise(one) for one in named if ":" not in one and one not in kinds() and " " in one
        }
        self._spread: dict[str, int] = {}
        for fact in self.all:
            for word in fact.weights:
                self._spread[word] = self._spread.get(word, 0) + 1

    def _named(self) -> dict[str, str]:
        cells = [cell for one in self.statements.values() for cell in (one.subject, one.object, one.about)]
        ids = {part for cell in cells for part in cell.split("; ")}
        for plan in self._plans:
            ids |= {*plan.about.split(), *plan.replaces.split()}
        for step in self._ahead:
            ids |= {*step.owner.split(), *step.beside.split()}
        for seen in self.store.listed(Observation):
            ids |= set(seen.bodies.split())
        return {one.id: one.name for one in self.store.entities(ids={one for one in ids if ":" in one})}

    def name(self, part: str) -> str:
        """What a body, a kind or a word of a cell is called."""
        return self.names.get(part) or (kinds()[part].plural if part in kinds() else part)

    def _called(self, parts: tuple[str, ...]) -> str:
        named = (f"{self.name(one)} {kinds()[one].label if one in kinds() else ''}" for one in parts)
        return " ; ".join(named)

    def _stated(self, statement: Statement, typed: list[Value]) -> Fact:
        subjects, objects = _parts(statement.subject), _parts(statement.object)
        step = self._steps.get(statement.id)
        values = (*typed, *_of_columns(statement, step, {value.measure for value in typed}))
        said = " ; ".join(f"{value.of} {value.unit} {' '.join(value.items)} {value.text}" for value in typed)
        bodies = tuple(body for value in typed for body in value.bodies)
        weights = _weights(
            text=statement.text,
            values=said,
            about=self._called(_parts(statement.about)),
            list=f"{statement.series} ; {statement.part} ; {statement.topic} ; {step.workstream if step else ''}",
            who=f"{self._called((*subjects, *objects, *bodies))} ; {statement.verb.replace('_', ' ')}",
            beside=f"{statement.note} {statement.locator}",
        )
        return Fact(
            statement.id, DOCUMENTS, statement.topic, statement.text, values, weights, subjects, objects,
            statement.about, statement.document, statement.series, statement.part, statement.status,
            statement.stated_on or "", statement.unit, step.condition if step else "", statement.source,
            statement.locator, valid=(statement.valid_from or "", statement.valid_until or ""),
        )  # fmt: skip

    def _planned(self, plan: Plan) -> Fact:
        about = tuple(plan.about.split())
        values: list[Value] = []
        if about and self._begins_with(plan.text, about[0]):
            values.append(Value("who", bodies=about[:1], cited=(plan.id,), typed=False))
        others = tuple(part for part in about[1:] if kind_of(part) not in things())
        if others and _PASSES.search(plan.text):
            values.append(Value("to", bodies=others[:1], cited=(plan.id,), typed=False))
        if plan.depends_on:
            values.append(Value("condition", text=plan.depends_on, cited=(plan.id,), typed=False))
        if plan.planned_for:
            sense = "in" if plan.planned_precision else "on"
            day = Value("when", day=plan.planned_for, sense=sense, precision=plan.planned_precision or "day")
            values.append(day._replace(cited=(plan.id,), typed=False))
        values += _counted(plan.text, plan.id)
        weights = _weights(text=plan.text, who=self._called(about), beside=f"{plan.note} {plan.said_by}")
        return Fact(
            plan.id, PLANS, "plan", plan.text, tuple(values), weights, about, status=plan.status,
            stated_on=plan.stated_on or "", source=plan.source, locator=plan.locator,
            replaces=tuple(plan.replaces.split()),
        )  # fmt: skip

    def _begins_with(self, text: str, body: str) -> bool:
        """Whether a sentence begins with a body or kind, so that it tells what that does."""
        said = normalise(text).removeprefix("the ")
        if body in kinds():
            return normalise(kinds()[body].plural).split()[-1] in said.split()[:3]
        return said.startswith(" ".join(normalise(self.name(body)).split()[:2]))

    def _step(self, step: Milestone) -> Fact:
        owners = tuple((step.owner + " " + step.beside).split())
        values = [Value("who", bodies=owners, text=step.owner_words, cited=(step.id,), typed=False)]
        values += [*_of_step(step), *_counted(step.text, step.id), *_counted(step.owner_words, step.id)]
        weights = _weights(
            text=step.text, who=f"{self._called(owners)} ; {step.owner_words}",
            list=f"{step.programme.replace('-', ' ')} {step.stream}", beside=step.note,
        )  # fmt: skip
        return Fact(
            step.id, PLANS, "step", step.text, tuple(values), weights, owners, about=step.stream,
            series=step.programme, status=step.status, stated_on=step.stated_on or "",
            condition=step.condition, source=step.source, locator=step.locator,
        )  # fmt: skip

    def of_late(self, since: str) -> tuple[list[tuple[ChangeEvent, list[Succession]]], list[Entity]]:
        """The changes since a year, plans among them, and the bodies that they are about."""
        if since not in self._late:
            events = self.store.events(after=day_before(f"{since}-01-01"), include=IN_FORCE.with_plans())
            ids = {
                body
                for _, pairs in events
                for one in pairs
                for body in (one.predecessor, one.successor)
                if body
            }
            bodies = self.store.entities(ids=ids)
            self._late[since] = (events, bodies)
        return self._late[since]

    def spread(self, word: str) -> int:
        """In how many facts a word stands."""
        return self._spread.get(word, 0)

    def worth(self, word: str) -> float:
        """How much a word tells: a rare one more than one that stands in many facts."""
        return log(1 + len(self.all) / max(1, self.spread(word)))


_NUMBERED = re.compile(
    r"^(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ([a-z]+(?: [a-z]+)?|[A-Z]+s)\b",
    re.IGNORECASE,
)
_IN_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def _counted(text: str, cited: str) -> list[Value]:
    """The number with which a sentence begins: “Seven offices for …”."""
    said = _NUMBERED.match(text)
    if not said:
        return []
    number = float(_IN_WORDS.index(said[1].lower()))
    return [Value("count", number=number, unit=said[2].split()[0], cited=(cited,), typed=False)]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("; ") if part)


def _weights(**places: str) -> dict[str, float]:
    """Every word with the best place it stands in."""
    found: dict[str, float] = {}
    for place in sorted(places, key=lambda one: WEIGHTS[one]):
        found |= dict.fromkeys(words(places[place]), WEIGHTS[place])
    return found


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _value(seen: Observation) -> Value:
    return Value(
        seen.measure, seen.of, tuple(seen.bodies.split()), _number(seen.number), _number(seen.number_until),
        seen.unit, seen.compared.replace("_", " "), seen.due_on or "", seen.due_sense,
        seen.due_precision or ("day" if seen.due_on else ""), seen.due_until or "", _parts(seen.items),
        seen.complete, seen.text, seen.answer, seen.how, seen.brought, tuple(seen.statement.split()),
    )  # fmt: skip


def _of_step(step: Milestone) -> list[Value]:
    values = []
    if step.due_on:
        last = days_of_precision(step.due_on, step.due_precision).last
        values.append(
            Value(
                "when", day=last if step.due_sense == "by" else step.due_on,
                sense=step.due_sense or "on", precision=step.due_precision or "day",
                until=step.due_until or "", cited=(step.statement or step.id,), typed=False,
            )
        )  # fmt: skip
    if step.condition:
        values.append(
            Value("condition", text=step.condition, cited=(step.statement or step.id,), typed=False)
        )
    return values


def _of_columns(statement: Statement, step: Milestone | None, typed: set[str]) -> list[Value]:
    """What a statement's own columns give where no value was typed: who, when, how many."""
    values: list[Value] = []
    cited = (statement.id,)
    subjects = _parts(statement.subject)
    if bodies := tuple(part for part in subjects if ":" in part):
        values.append(Value("subject", bodies=bodies, cited=cited, typed=False))
    if subjects and (statement.verb or statement.topic in _DOES) and "who" not in typed:
        bodies = tuple(part for part in subjects if ":" in part or part in kinds())
        named = "; ".join(part for part in subjects if part not in bodies)
        values.append(Value("who", bodies=bodies, text=named, cited=cited, typed=False))
    if statement.verb and statement.object:
        bodies = tuple(part for part in _parts(statement.object) if ":" in part or part in kinds())
        named = "; ".join(part for part in _parts(statement.object) if part not in bodies)
        measure = _OBJECTS.get(statement.verb.rpartition("_")[2], "object")
        values.append(Value("object", bodies=bodies, text=named, cited=cited, typed=False))
        if measure != "object" and measure not in typed:
            values.append(Value(measure, bodies=bodies, text=named, cited=cited, typed=False))
    if "when" not in typed:
        if step and step.due_on:
            values += [value for value in _of_step(step) if value.measure == "when"]
        elif statement.due:
            span = days_of(statement.due)
            precision = "day" if len(statement.due) == len("2012-09-30") else "month"
            values.append(
                Value("when", day=span.last, sense="by", precision=precision, cited=cited, typed=False)
            )
        elif statement.valid_from and statement.topic in ("date", "service", "relation", "process"):
            values.append(_begun(statement))
    if step and step.condition and "condition" not in typed:
        values += [value for value in _of_step(step) if value.measure == "condition"]
    number = _number(statement.value)
    if number is not None and not typed & {"count", "share", "money", "people", "long"}:
        values.append(
            Value(measure_of(statement.unit), number=number, unit=statement.unit, cited=cited, typed=False)
        )
    return values


def _begun(statement: Statement) -> Value:
    precision = statement.from_precision or "day"
    until = day_before(statement.valid_until) if statement.valid_until else ""
    sense = (
        "from"
        if statement.topic not in ("date", "process")
        else "between"
        if until
        else "on"
        if precision == "day"
        else "in"
    )
    return Value(
        "when", day=statement.valid_from or "", sense=sense, precision=precision,
        until=until if sense == "between" else "", cited=(statement.id,), typed=False,
    )  # fmt: skip


def measure_of(unit: str) -> str:
    """What a number is by its unit.

    >>> measure_of("GBP"), measure_of("per cent"), measure_of("CCGs")
    ('money', 'share', 'count')
    """
    if unit == "GBP":
        return "money"
    if unit.startswith("per cent"):
        return "share"
    if unit in ("people", "patients", "registered patients"):
        return "people"
    return "long" if unit in ("days", "weeks", "months") else "count"


def is_of_kind(part: str, kind: str) -> bool:
    """Whether a cell's part is a body of a kind, or the kind itself."""
    return part == kind or kind_of(part) == kind
