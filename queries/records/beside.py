"""What the tables know where the documents do not say: who covers a place, and what became of whom lately."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import Span
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.model import ChangeEvent, Entity
from orgmap.graphmodel.statuses import IN_FORCE
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, kinds_with
from orgmap.queries.body.listing import list_bodies
from orgmap.queries.body.resolve import candidates
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.documents.words import kinds_named
from orgmap.queries.records.alike import succession_asked
from orgmap.queries.records.asked import COUNT_WORDS, WHETHER, Clause
from orgmap.queries.records.facts import TABLES, Fact, Facts, Value
from orgmap.queries.records.parts import NO, YES, AnswerPart
from orgmap.queries.records.places import label_of_body

_COVERS = re.compile(
    r"\b(?:covers?|serves?|is in charge of|responsible for|looks? after)\s+(?P<place>.+?)\s*$", re.IGNORECASE
)
MOST = 12
"""So many bodies are named at most."""


def tables_say(store: Store, clauses: list[Clause]) -> dict[str, Any] | None:
    """Which bodies of the kind asked cover the place asked about, or who took over, by the tables; None of all else."""
    for clause in clauses:
        if took := _took_over(store, clause):
            return took
        place = _COVERS.search(clause.text)
        if not place or len(clause.kinds) != 1:
            continue
        kind = clause.kinds[0]
        day = clause.days[0].first if clause.days else _first_day(store, kind)
        if not day:
            continue
        try:
            found = list_bodies(store, kind, day, place["place"])["bodies"]
        except (NothingFound, Ambiguous, WrongUse):
            continue
        if not found or len(found) > MOST:
            continue
        named = [{"id": one["id"], "name": one["name"]} for one in found]
        return {
            "text": f"The tables know it: on {day} {', '.join(one['name'] for one in named)}.",
            "day": day,
            "bodies": named,
            "command": f"orgmap list {kinds()[kind].prefix} --within {place['place']!r} --at {day}",
        }
    return None


def _took_over(store: Store, clause: Clause) -> dict[str, Any] | None:
    """Who took over, or is to take over, from the one body that is named."""
    asked = succession_asked(clause)
    found = candidates(store, asked[0]) if asked and asked[1] else []
    if len(found) != 1:
        return None
    body = found[0]
    steps = [
        (event.date or "", part.successor, event)
        for event, parts in store.events(ids=[body.id], include=IN_FORCE.with_plans())
        for part in parts
        if part.predecessor == body.id and part.successor and not part.stray and event.kind not in GOES_ON
    ]
    if not steps:
        return None
    day = max(one[0] for one in steps)
    ids = list(dict.fromkeys(successor for date, successor, _ in steps if date == day))
    known = store.entities(ids=ids, include=IN_FORCE.with_plans())
    named = [{"id": one.id, "name": one.name} for one in known]
    if not named or len(named) > MOST:
        return None
    event = next(event for date, _, event in steps if date == day)
    ahead = event.status in IN_FORCE.with_plans().plans
    when = f"in {day[:7]}" if event.precision else f"on {day}"
    how = "is planned to pass" if ahead else "passed"
    return {
        "text": f"The tables know it: it {how} {when} to {', '.join(one['name'] for one in named)}.",
        "day": day,
        "bodies": named,
        "command": f"orgmap lineage {body.id} --forward" + (" --include planned" if ahead else ""),
    }


def _first_day(store: Store, kind: str) -> str:
    """The day on which most bodies of a kind began: before it there were none, or few."""
    days = [one.valid_from for one in store.entities(kind=kind) if one.valid_from]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else ""


SINCE = "2026"
"""Of changes from then on a question may be answered from the tables."""

_JOINS = (
    r"(?:became|become part of|becomes? part of|becomes?|joins?|joined|goes into|go into|went into|merged? into"
    r"|merges into|merged? to form|formed?|makes? up|made up|is part of|takes? over from)"
)
_IS = r"(?:is|are|was|were|will|does|do|did)"
_FROM = re.compile(
    rf"^(?:which|what)\b(?P<kind>.*?)\b(?:(?:are to|will|is to|did|were|was|are|is) )?{_JOINS}\b(?P<to>.+)$",
    re.IGNORECASE,
)
"""How a question asks which bodies became one that is named."""

_TO = re.compile(
    rf"^(?:(?:among|into|between|to) )?(?:which|what|whom)\b(?P<kind>.*?)\b{_IS}\b(?P<of>.+?)"
    r"\b(?:shared? out|divided|split|abolished|join(?:ed)?|become|go(?:es)?|going|pass(?:ed)?|move[ds]?|merged?"
    r"|successor|absorbed)\b",
    re.IGNORECASE,
)
"""How a question asks what became of a body that is named."""

_WHETHER_TO = re.compile(rf"^(?:{_IS}|has|have)\b(?P<of>.+?)\b(?:to )?{_JOINS}\b(?P<to>.+)$", re.IGNORECASE)
_WHETHER_ENDS = re.compile(
    r"^(?:is|was|will|has|did)\b(?P<of>.+?)\b(?:abolished|abolish|dissolved|end|ended)\b", re.IGNORECASE
)
_BEGUN = re.compile(
    r"\b(?:were|was|are|is|been) (?:to be )?(?:set up|established|created|founded|formed)\b", re.IGNORECASE
)
_ITS_DAY = re.compile(
    r"\b(?:it|they|that|this)\b|^(?:on|in) (?:what|which) (?:day|month)$|^when$", re.IGNORECASE
)


_SORT_OF_PLACE = re.compile(r" (?:borough|district|city|county)$")
"""What a council's name has between its place and the word for its kind."""


class LateChange(NamedTuple):
    """A change of the tables: its event, who was before and who after."""

    event: ChangeEvent
    pairs: tuple[tuple[str, str], ...]


class LateChanges:
    """The changes of late, by the tables, and the bodies that they are about."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        rows, bodies = facts.of_late(SINCE)
        self.all = [
            LateChange(event, tuple((one.predecessor, one.successor) for one in pairs if not one.stray))
            for event, pairs in rows
        ]
        self.bodies: dict[str, Entity] = {one.id: one for one in bodies}

    def named(self, text: str) -> list[str]:
        """The bodies of these changes that a text names, by their place and their kind if it names one."""
        plain = f" {normalise(text)} "
        found: list[tuple[int, int, str]] = []
        for body, entity in self.bodies.items():
            label = label_of_body(body, entity.name)
            for name in {label, _SORT_OF_PLACE.sub("", label), normalise(entity.name).removeprefix("nhs ")}:
                if name and (place := plain.find(f" {name} ")) >= 0:
                    found.append((-len(name), place, body))
        taken: list[tuple[int, int]] = []
        chosen: list[str] = []
        for length, place, body in sorted(found):
            span = (place, place - length)
            same = span in taken
            if same or all(span[1] <= one[0] or span[0] >= one[1] for one in taken):
                taken.append(span)
                chosen.append(body)
        said = set(kinds_named(text))
        of_kind = [one for one in chosen if kind_of(one) in said or self.bodies[one].kind in said]
        return of_kind or chosen


def became(clause: Clause, facts: Facts, before: list[AnswerPart]) -> list[AnswerPart] | None:
    """What a part of a question asks of the changes of late, by the tables; None where they do not tell it.

    `before` are the parts that were answered, whose day the next part may ask.
    """
    text = clause.text.strip(" ?.")
    if clause.days and clause.days[0].first < SINCE:
        return None
    changes = LateChanges(facts)
    if clause.measure == "when" and clause.goes_on and _ITS_DAY.search(text):
        return _day_of_it(clause, changes, before)
    if clause.polar:
        return _decided(clause, changes, text)
    if clause.measure not in ("what", "who", "is"):
        return None
    if _BEGUN.search(text) and clause.days and clause.kinds:
        return _begun(clause, changes)
    if (asked := _TO.match(text)) and (made := _after(clause, changes, asked)):
        return made
    if asked := _FROM.match(text):
        return _before(clause, changes, asked)
    return None


def _begun(clause: Clause, changes: LateChanges) -> list[AnswerPart] | None:
    first, last = clause.days[0].first, clause.days[-1].last
    found = [
        one for one in changes.bodies.values()
        if one.kind in clause.kinds and first <= (one.valid_from or "") <= last and IN_FORCE.shows(one.status)
    ]  # fmt: skip
    if not found or len(found) > MOST or (clause.many and clause.many != len(found)):
        return None
    events = [
        one.event for one in changes.all if {body for _, body in one.pairs} & {body.id for body in found}
    ]
    return _told(clause, changes, tuple(one.id for one in found), events) if events else None


def _after(clause: Clause, changes: LateChanges, asked: re.Match[str]) -> list[AnswerPart] | None:
    olds = changes.named(asked["of"])
    found = [one for one in changes.all if any(old in olds for old, _ in one.pairs)]
    news = {new for one in found for old, new in one.pairs if old in olds and new}
    return _of_one(clause, changes, found, news, _kinds_asked(asked["kind"]))


def _before(clause: Clause, changes: LateChanges, asked: re.Match[str]) -> list[AnswerPart] | None:
    news = changes.named(asked["to"])
    found = [one for one in changes.all if any(new in news for _, new in one.pairs)]
    olds = {old for one in found for old, new in one.pairs if new in news and old}
    return _of_one(clause, changes, found, olds, _kinds_asked(asked["kind"]))


def _kinds_asked(text: str) -> tuple[str, ...]:
    """The kinds of body that words ask for; councils without more are those of counties and those of districts."""
    return kinds_with("local_authority") if normalise(text) in ("council", "councils") else kinds_named(text)


def _of_one(
    clause: Clause, changes: LateChanges, found: list[LateChange], bodies: set[str], asked: tuple[str, ...]
) -> list[AnswerPart] | None:
    """The bodies of the kind that is asked; none where several events, or another number of bodies, would be meant."""
    if clause.days:
        found = [one for one in found if _is_on(one.event, clause.days[0])]
    if asked:
        bodies = {one for one in bodies if changes.bodies[one].kind in asked}
    many = clause.many or _many(clause.text)
    of_kinds = {changes.bodies[one].kind for one in bodies}
    mixed = len(of_kinds) > 1 and not asked
    if not found or not bodies or mixed or (many and many != len(bodies)):
        return None
    events = [one.event for one in found if bodies & {body for pair in one.pairs for body in pair}]
    return _told(clause, changes, tuple(sorted(bodies)), events[:1]) if len(events) == 1 else None


def _many(text: str) -> int:
    said = re.match(rf"^(?:which|what) ({'|'.join(COUNT_WORDS)})\b", text, re.IGNORECASE)
    return COUNT_WORDS.index(said[1].lower()) + 1 if said else 0


def _is_on(event: ChangeEvent, span: Span) -> bool:
    return span.first <= (event.date or "") <= span.last


def _decided(clause: Clause, changes: LateChanges, text: str) -> list[AnswerPart] | None:
    """Yes or no: whether one body goes into another one, or ends."""
    if asked := _WHETHER_TO.match(text):
        olds, news = changes.named(asked["of"]), changes.named(asked["to"])
        found = [one for one in changes.all if any(old in olds for old, _ in one.pairs)]
        into = {new for one in found for old, new in one.pairs if old in olds and new}
        kinds_of = {changes.bodies[one].kind for one in into}
        same = [one for one in news if changes.bodies[one].kind in kinds_of]
        if len(found) != 1 or not same or (clause.days and not _is_on(found[0].event, clause.days[0])):
            return None
        holds = set(same) <= into
        answer = _yes_or_no(clause, changes, found[0].event, holds)
        return answer if holds else [*answer, *_told(clause, changes, tuple(sorted(into)), [found[0].event])]
    if (ends := _WHETHER_ENDS.match(text)) and len(bodies := changes.named(ends["of"])) == 1:
        body = changes.bodies[bodies[0]]
        for one in changes.all:
            if clause.days and not _is_on(one.event, clause.days[0]):
                continue
            if clause.days and not body.valid_until and any(new == body.id for _, new in one.pairs):
                return _yes_or_no(clause, changes, one.event, False)
            if body.valid_until == one.event.date and any(old == body.id for old, _ in one.pairs):
                return _yes_or_no(clause, changes, one.event, True)
    return None


def _yes_or_no(clause: Clause, changes: LateChanges, event: ChangeEvent, holds: bool) -> list[AnswerPart]:
    cited = _cited(changes, [event])
    answer = YES if holds else NO
    return [
        AnswerPart(
            clause.asked, Value(WHETHER, answer=answer, cited=cited, typed=False), yes_no=answer, cited=cited
        )
    ]


def _day_of_it(clause: Clause, changes: LateChanges, before: list[AnswerPart]) -> list[AnswerPart] | None:
    cited = [
        one for part in before for one in part.cited if one in {change.event.id for change in changes.all}
    ]
    if not cited:
        return None
    event = next(one.event for one in changes.all if one.event.id == cited[-1])
    day = Value(
        "when", day=event.date or "", sense="in" if event.precision else "on", precision=event.precision or "day",
        cited=(event.id,), typed=False,
    )  # fmt: skip
    return [AnswerPart(clause.asked, day, cited=(event.id,))]


def _told(
    clause: Clause, changes: LateChanges, bodies: tuple[str, ...], events: list[ChangeEvent]
) -> list[AnswerPart]:
    cited = _cited(changes, events)
    changes.facts.names.update({one: changes.bodies[one].name for one in bodies})
    return [
        AnswerPart(
            clause.asked, Value("who", bodies=bodies, complete="yes", cited=cited, typed=False), cited=cited
        )
    ]


def _cited(changes: LateChanges, events: list[ChangeEvent]) -> tuple[str, ...]:
    """The events as facts, so that an answer can show where it stands."""
    for event in events:
        pairs = next(one.pairs for one in changes.all if one.event.id == event.id)
        olds, news = (dict.fromkeys(pair[side] for pair in pairs if pair[side]) for side in (0, 1))
        before, after = (
            ", ".join(changes.bodies[one].name for one in side) or "none" for side in (olds, news)
        )
        changes.facts.by_id.setdefault(event.id, Fact(
            event.id, TABLES, "change", f"On {event.date}: {before} → {after}.", (), {}, tuple(olds),
            tuple(news), status=event.status, stated_on=event.stated_on or "", source=event.source,
            locator=event.locator,
        ))  # fmt: skip
    return tuple(one.id for one in events)
