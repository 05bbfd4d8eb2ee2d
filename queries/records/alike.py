"""Finds what answers a question as well as the nearest fact does: other days, other bodies, other successors."""

from __future__ import annotations

import re

from orgmap.graphmodel.text import normalise
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import PLANS, Fact, Facts
from orgmap.queries.records.finding import NearFact
from orgmap.queries.records.parts import AnswerPart

AS_NEAR = 0.95
"""A fact is as near as another if it is at least this near beside it."""

_AT_A_TIME = re.compile(r"\b(?:before|after|now|still|until|since|from)\b", re.IGNORECASE)
"""Words by which a question means one time of several."""


def others_alike(clause: Clause, facts: Facts, best: NearFact, found: list[NearFact]) -> list[AnswerPart]:
    """What other facts say of the same for other bodies or for another time, where the question tells none apart.

    A day of the same act for other bodies (each with theirs); who did it until then, or does it from then on.
    """
    if clause.days or _AT_A_TIME.search(clause.text):
        return []
    near = _near(best, found)
    if clause.measure == "when":
        days = [one for one in near if _is_other_day(best, one)]
        return [_day_of(facts, one) for one in (best, *days)] if days else []
    if clause.measure == "who" and not clause.kinds:
        times = [one for one in near if _is_other_time(best, one)]
        return [_timed(one) for one in (best, *times)] if times else []
    return []


def _near(best: NearFact, found: list[NearFact]) -> list[NearFact]:
    """The other facts that have as many of the words, and are as near."""
    return [
        one
        for one in found
        if one.fact.id != best.fact.id
        and one.share >= best.share - 0.001
        and one.near >= AS_NEAR * best.near
        and one.values
        and not one.lacks
    ]


def _is_other_day(best: NearFact, other: NearFact) -> bool:
    """Whether a fact gives another day of the same act, for other bodies."""
    first, second = best.values[0], other.values[0]
    same = first.of == second.of and first.measure == second.measure == "when" and bool(first.of)
    return same and first.day != second.day and not set(best.fact.subjects) & set(other.fact.subjects)


def _day_of(facts: Facts, near: NearFact) -> AnswerPart:
    """A day with the bodies whose it is."""
    value = near.values[0]
    return AnswerPart("; ".join(map(facts.name, near.fact.subjects)) or value.of, value, cited=value.cited)


def _is_other_time(best: NearFact, other: NearFact) -> bool:
    """Whether a fact says who else does the very same, at another time."""
    one, beside = best.fact, other.fact
    if one.topic != beside.topic or not one.objects or one.objects != beside.objects:
        return False
    return one.valid != beside.valid and not set(best.values[0].bodies) & set(other.values[0].bodies)


def _timed(near: NearFact) -> AnswerPart:
    """Who does something, with the day until which or from which the statement says that it is so."""
    value, (begins, ends) = near.values[0], near.fact.valid
    day, sense = (begins, "from") if begins else (ends, "until")
    if day and not value.day:
        value = value._replace(day=day, sense=sense, precision="month" if day.endswith("-01") else "day")
    return AnswerPart("who", value, cited=value.cited)


def with_other_successors(clause: Clause, facts: Facts, best: NearFact | None) -> NearFact | None:
    """The fact to answer from with all that succeed the body asked about, where several plans name one each."""
    if best is None or best.fact.origin != PLANS or not best.fact.replaces or not best.values:
        return best
    if not best.values[0].bodies or clause.measure not in ("who", "what"):
        return best
    plain = f" {normalise(clause.text)} "
    old = {one for one in best.fact.replaces if f" {normalise(facts.name(one))} " in plain}
    alike = [one for one in facts.all if old & set(one.replaces) and _takes_over(one)]
    bodies = tuple(dict.fromkeys(body for one in (best.fact, *alike) for body in _bodies(one)))
    cited = tuple(one.id for one in (best.fact, *(one for one in alike if one.id != best.fact.id)))
    if not old or len(bodies) < 2:
        return best
    return best._replace(values=(best.values[0]._replace(bodies=tuple(sorted(bodies)), cited=cited),))


def _takes_over(fact: Fact) -> bool:
    """Whether a plan says of a body that it takes over."""
    return "to take over" in fact.text and bool(_bodies(fact))


def _bodies(fact: Fact) -> tuple[str, ...]:
    return next((one.bodies for one in fact.values if one.measure == "who"), ())
