"""Who does a service after a day in the area of the party that did it: by the rules of both days, not succession."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Place, Rule
from orgmap.graphmodel.plans.foretold import planned_ends
from orgmap.graphmodel.vocabulary import kind_of, kinds, of_id
from orgmap.queries.change.successors import Successor
from orgmap.queries.commissioning.rule_reach import SOME, verdict
from orgmap.queries.commissioning.rules import ServiceRules
from orgmap.queries.commissioning.who import LAYERS, UNSEEN, in_order, who_in
from orgmap.queries.place.areas import body_place
from orgmap.queries.place.context import Setting, setting_of, setting_of_area
from orgmap.queries.registers.lives import ON, Across, PartyLife, least_sure
from orgmap.queries.structure.within import LOCATED

LEAST = 0.01
"""Who does it for a smaller part of the area is told in a note: the borders of two days seldom fit exactly."""

Cited = tuple[tuple[str, str], ...]


class Taker(NamedTuple):
    """A body that does a service on the day, with its part of the old party's area (None: not known)."""

    body: str
    share: float | None
    status: str = "in_force"


class Function(NamedTuple):
    """Who does a service on the day in the area of a party; `held` is whether the sources say that the party did
    before (None: they tell nobody for that day).

    `unsure` is whether the sources say “some” and not which; `left` the part of the area for which they name nobody;
    `through` are those through whom it is done, `beside` who does it on another basis, in words.
    """

    held: bool | None
    takers: tuple[Taker, ...] = ()
    unsure: bool = False
    left: float = 0.0
    through: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    cited: Cited = ()
    status: str = "in_force"
    notes: tuple[str, ...] = ()


def function_across(asked: Across, life: PartyLife, service: Entity, place: str = "") -> Function:
    """Who does a service after the day for whom a party did it before: in a place, else in the party's own area.

    Where no table tells that area, by the kinds that the rules of both days name. Raises `NothingFound` or
    `Ambiguous` for the place.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.queries.registers.lives import party_life
    >>> with open_store() as store:
    ...     across = Across.of(store, "2013-04-01")
    ...     [service] = store.entities(ids=["service:gp_services"])
    ...     [party] = store.entities(ids=["pct:5QA"])
    ...     found = function_across(across, party_life(across, party), service)
    >>> found.held, [one.body for one in found.takers]
    (True, ['national:nhs_england'])
    """
    if place:
        before = setting_of(asked.chains, place, life.before)
        after = setting_of(asked.chains, place, asked.day)
    else:
        area = _area(asked, life)
        if area is None:
            return _by_kind(asked, life, service)
        before = setting_of_area(asked.chains, area, life.before)
        after = setting_of_area(asked.chains, area, asked.day)
    return _on_both(asked, life, service, before, after)


def _on_both(asked: Across, life: PartyLife, service: Entity, before: Setting, after: Setting) -> Function:
    """The same for a place that is known on both days."""
    old = who_in(asked.chains, service, before)
    held = [answer for answer in old["answers"] if life.body.id in _parties(answer)]
    new = who_in(asked.chains, service, after)
    answers = _lasting(asked, new["answers"])
    if not held:
        found = _told(asked, answers, _layers(answers, []), frozenset())
        return found._replace(held=False if old["answers"] else None)
    if not answers:
        ending = sorted({_called(answer["commissioner"]) for answer in new["answers"]})
        note = f"by today's rules it would be {', '.join(ending)}, which a plan is to end" if ending else ""
        unsure = bool(ending) or not _ended(asked, service, [answer["fact"]["rule"] for answer in held])
        return Function(True, left=1.0, unsure=unsure, notes=tuple([note] if note else new["notes"][:1]))
    populations = frozenset(answer["fact"]["population"] for answer in held)
    layers = _layers(answers, [answer["basis"] for answer in held])
    found = _told(asked, answers, layers, populations, of_all=is_national(life.body.id))
    if life.state == ON and _keeps_its_part(life.body.id, held, answers, found):
        return found._replace(takers=(Taker(life.body.id, 1.0),), unsure=False)
    return found


def _keeps_its_part(
    body: str, held: list[dict[str, Any]], answers: list[dict[str, Any]], found: Function
) -> bool:
    """Whether a party that goes on has the part in a service that it had, though others stand there as commissioners.

    So has who answers for it in law, or through whom it is done, in all answers of the day; and, where it is not known
    which of several bases counts, who has its part on each of them.
    """
    if not all(body in _parties(answer) for answer in answers):
        return False
    if found.unsure:
        return True
    part = min(_part(body, answer) for answer in held)
    return part > 0 and all(_part(body, answer) <= part for answer in answers)


def _part(body: str, answer: dict[str, Any]) -> int:
    """As what a body has a part in an answer: 0 as commissioner, then in law, then through whom it is done."""
    in_law = [answer["legally_accountable"], *answer.get("also_accountable", ())]
    if answer["commissioner"]["id"] == body:
        return 0
    return 1 if any(one["id"] == body for one in in_law) else 2


def _ended(asked: Across, service: Entity, ids: list[str]) -> bool:
    """Whether the rules by which a party did a service ended by the day; else nobody says that nobody does it."""
    rules = [rule for rule in ServiceRules.of(asked.store).of_service(service.id) if rule.id in ids]
    return bool(rules) and all(rule.valid_until and rule.valid_until <= asked.day for rule in rules)


def _lasting(asked: Across, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers whose commissioner, and who answers for it in law, no plan that is asked for is to end by the day."""
    if not asked.ahead:
        return answers
    needed = [{answer["commissioner"]["id"], answer["legally_accountable"]["id"]} for answer in answers]
    ends = planned_ends(asked.store, {one for both in needed for one in both}, asked.include)
    gone = {one for one, end in ends.items() if end.date and end.date <= asked.day}
    return [answer for answer, both in zip(answers, needed, strict=True) if gone.isdisjoint(both)]


def _area(asked: Across, life: PartyLife) -> Place | None:
    """The area of a party on its last day; None if no table tells it, or if it has none.

    Where a hospital or a practice stands tells nothing of whom its agreements are for.
    """
    if of_id(life.body.id).reach in LOCATED:
        return None
    try:
        return body_place(asked.store, life.body, life.before)
    except NothingFound:
        return None


def _parties(answer: dict[str, Any]) -> set[str]:
    """Who has a part in doing a service by an answer of `who`, beside those who only support."""
    named = [answer["commissioner"], answer["legally_accountable"], *answer.get("also_accountable", ())]
    return {one["id"] for one in (*named, *answer["acting_through"], *answer["on_behalf_of"])}


def _layers(answers: list[dict[str, Any]], held: Iterable[str]) -> list[str]:
    """The bases of answers, that on which the party did it first, then in the order in which `who` tells them."""
    there = sorted({answer["basis"] for answer in answers}, key=_rank)
    kept = [basis for basis in there if basis in set(held)]
    return [*kept[:1], *(basis for basis in there if basis not in kept[:1])]


def _rank(basis: str) -> int:
    return LAYERS.index(basis) if basis in LAYERS else len(LAYERS)


def _told(
    asked: Across,
    answers: list[dict[str, Any]],
    layers: list[str],
    populations: frozenset[str],
    of_all: bool = False,
) -> Function:
    """The takers among the answers for the day: those of the first basis, the others told beside them.

    `of_all`: the area is all of England, of which each has only a little.
    """
    if not answers:
        return Function(None)
    chosen = [answer for answer in answers if answer["basis"] == layers[0]]
    sure = [answer for answer in chosen if SOME not in answer.get("notes", ())]
    first = sure or chosen
    alike = [answer for answer in first if answer["fact"]["population"] in populations]
    if _sum(first) > 1 + LEAST and alike:
        first = alike  # for the same people as before; for others it is another matter
    shares = _shares(first)
    slight = {body: share for body, share in shares.items() if share < LEAST and not of_all}
    takers = [Taker(body, share) for body, share in shares.items() if body not in slight] or [
        Taker(body, share) for body, share in shares.items()
    ]
    bodies = {one.body for one in takers}
    named = [answer for answer in first if answer["commissioner"]["id"] in bodies]
    notes = [
        note for answer in named for note in answer.get("notes", ()) if not note.startswith(UNSEEN)
    ]  # whether an act was seen stands beside it
    if slight and len(slight) < len(shares):
        names = ", ".join(f"{_name(asked, body)} {share:.1%}" for body, share in sorted(slight.items()))
        notes.append(f"slivers left aside: {names}")
    accountable = {
        one["id"]: one["name"] or one["id"]
        for answer in named
        for one in (answer["legally_accountable"], *answer.get("also_accountable", ()))
        if one["id"] not in bodies
    }
    if accountable:
        notes.append(f"answers for it in law: {', '.join(accountable.values())}")
    statuses = [answer["status"] for answer in named]
    statuses += [answer["commissioner"].get("status", "in_force") for answer in named]
    return Function(
        True,
        tuple(
            sorted(
                (one._replace(status=_status(named, one.body)) for one in takers),
                key=lambda one: (-(one.share or 0), one.body),
            )
        ),
        unsure=not sure,
        left=max(0.0, 1 - sum(shares.values())) if len(populations) < 2 else 0.0,
        through=_each(one for answer in named for one in answer["acting_through"]),
        beside=_beside(answers, first, bodies),
        acts=tuple(dict.fromkeys(_act(answer) for answer in named if answer["fact"]["instrument"])),
        cited=tuple(
            dict.fromkeys(
                (source["source"], source["locator"] or "")
                for answer in named
                for source in answer["fact"]["sources"]
            )
        ),
        status=least_sure(statuses),
        notes=tuple(dict.fromkeys(notes)),
    )


def _status(told_answers: list[dict[str, Any]], body: str) -> str:
    of_body = [answer for answer in told_answers if answer["commissioner"]["id"] == body]
    return least_sure(
        status
        for answer in of_body
        for status in (answer["status"], answer["commissioner"].get("status", "in_force"))
    )


def _sum(answers: list[dict[str, Any]]) -> float:
    return sum(_shares(answers).values())


def _shares(answers: list[dict[str, Any]]) -> dict[str, float]:
    """The part of the area that each commissioner has: the most that it has for one sort of people."""
    by_people: dict[tuple[str, str], float] = {}
    for answer in answers:
        key = answer["commissioner"]["id"], answer["fact"]["population"]
        by_people[key] = by_people.get(key, 0.0) + answer.get("share", 1.0)
    found: dict[str, float] = {}
    for (body, _), share in by_people.items():
        found[body] = max(found.get(body, 0.0), min(1.0, share))
    return found


def _beside(answers: list[dict[str, Any]], first: list[dict[str, Any]], bodies: set[str]) -> tuple[str, ...]:
    """Who does it, too, on another basis or for other people, in words."""
    by_basis: dict[str, list[str]] = {}
    for answer in answers:
        one = answer["commissioner"]
        if answer in first or (one["id"] in bodies and answer["basis"] == first[0]["basis"]):
            continue
        some = " (some; which is not known)" if SOME in answer.get("notes", ()) else ""
        by_basis.setdefault(answer["basis"].replace("_", " "), []).append(f"{_called(one)}{some}")
    return tuple(f"{basis}: {', '.join(dict.fromkeys(names))}" for basis, names in by_basis.items())


def _each(bodies: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_called, bodies)))


def _called(body: dict[str, Any]) -> str:
    return f"{body['name'] or body['id']} ({body['id']})"


def _act(answer: dict[str, Any]) -> str:
    fact = answer["fact"]
    unseen = "" if fact["instrument_verified"] == "yes" else " (citation unverified)"
    return f"{fact['instrument']}{unseen}"


def _name(asked: Across, body: str) -> str:
    found = asked.chains.entities({body}, asked.day).get(body)
    return f"{found.label} ({body})" if found else body


def _by_kind(asked: Across, life: PartyLife, service: Entity) -> Function:
    """The same where no table tells the party's area: by the kinds that the rules of both days name, of which the
    party's own successors are meant."""
    rules = [
        rule
        for rule in in_order(ServiceRules.of(asked.store).of_service(service.id))
        if asked.include.shows(rule.status)
    ]
    before = [rule for rule in rules if rule.period.holds(life.before)]
    after = [rule for rule in rules if rule.period.holds(asked.day)]
    held = [rule for rule in before if _does(asked, rule, life.body.id, life.before)]
    known = True if held else False if before else None
    if not after:
        note = f"Not stated: no source says who commissioned “{service.name}” on {asked.day}."
        unsure = not _ended(asked, service, [rule.id for rule in held])
        return Function(known, left=1.0, unsure=unsure, notes=(note,))
    basis = next((rule.basis for rule in after if rule.basis in {one.basis for one in held}), after[0].basis)
    chosen = [rule for rule in after if rule.basis == basis]
    stays = () if life.ended_on else (Successor(life.body.id, 1.0),)
    takers: dict[str, Taker] = {}
    missing: list[str] = []
    for rule in chosen:
        found = _named_by(asked, rule, (*stays, *life.successors))
        takers |= {one.body: one for one in found}
        missing += [] if found or ":" in rule.commissioner else [rule.commissioner]
    notes = []
    if missing:
        words = " or ".join(kinds()[kind].label for kind in dict.fromkeys(missing) if kind in kinds())
        notes.append(
            f"a {words} commissioned “{service.name}” on {asked.day}: which one for the area of {life.body.label} is"
            " not known"
        )
    named = [rule for rule in chosen if rule.commissioner not in missing]
    return Function(
        known,
        tuple(takers.values()),
        unsure=bool(missing) or not takers,
        acts=tuple(dict.fromkeys(rule.instrument for rule in named if rule.instrument)),
        cited=tuple(dict.fromkeys((one, rule.locator) for rule in named for one in rule.source.split())),
        status=least_sure(rule.status for rule in named),
        notes=tuple(notes),
    )


def _does(asked: Across, rule: Rule, body: str, at: str) -> bool:
    """Whether a rule makes a body one of those who do a service on a day."""
    words = (rule.commissioner, rule.accountable, rule.on_behalf_of, *rule.acting_through.split())
    return (body in words or kind_of(body) in words) and verdict(asked.chains, rule, body, at) == "yes"


def _named_by(asked: Across, rule: Rule, there: Iterable[Successor]) -> list[Taker]:
    """The bodies that a rule makes commissioners: the one that it names, or those of its kind among these."""
    if ":" in rule.commissioner:
        return [Taker(rule.commissioner, 1.0, rule.status)]
    return [
        Taker(one.body, one.weight, rule.status)
        for one in there
        if one.body and not one.stray and kind_of(one.body) == rule.commissioner
        if verdict(asked.chains, rule, one.body, asked.day) == "yes"
    ]


def is_national(body: str) -> bool:
    """Whether a body works for the whole country, so that its area tells nothing of an agreement.

    >>> is_national("national:nhs_england")
    True
    """
    return of_id(body).reach == "country"
