"""Finds what answers a question as well as the nearest fact does: other days, other bodies, other successors."""

from __future__ import annotations

import re

from orgmap.graphmodel.text import normalise
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value
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
    if clause.measure == "when":
        return [part for one in _near(best, found) for part in _other_days(facts, best, one)]
    if clause.measure == "who" and not clause.kinds:
        return [part for one in _near(best, found) for part in _other_times(best, one)]
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


def _other_days(facts: Facts, best: NearFact, other: NearFact) -> list[AnswerPart]:
    """The day of the same act for other bodies."""
    first, second = best.values[0], other.values[0]
    same = first.of == second.of and first.measure == second.measure == "when" and bool(first.of)
    if not same or first.day == second.day or set(best.fact.subjects) & set(other.fact.subjects):
        return []
    whose = "; ".join(map(facts.name, other.fact.subjects))
    return [AnswerPart(whose or second.of, second, cited=second.cited)]


def _other_times(best: NearFact, other: NearFact) -> list[AnswerPart]:
    """Who does the same at another time, with the day from which or until which it is so."""
    one, beside = best.fact, other.fact
    if one.topic != beside.topic or not one.objects or one.objects != beside.objects:
        return []
    if set(best.values[0].bodies) & set(other.values[0].bodies) or one.valid == beside.valid:
        return []
    return [AnswerPart("who", value, cited=value.cited) for value in other.values if value.bodies]


def with_other_successors(clause: Clause, facts: Facts, best: NearFact | None) -> NearFact | None:
    """The fact to answer from with all that succeed the body asked about, where several plans name one each."""
    if best is None or best.fact.origin != PLANS or not best.fact.replaces or not best.values:
        return best
    if not best.values[0].bodies or clause.measure != "who":
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


def timed(value: Value, fact: Fact) -> Value:
    """A value with the day until which or from which its statement says that it is so."""
    begins, ends = fact.valid
    if value.day or not (begins or ends):
        return value
    day, sense = (begins, "from") if begins else (ends, "until")
    return value._replace(day=day, sense=sense, precision="month" if day.endswith("-01") else "day")
