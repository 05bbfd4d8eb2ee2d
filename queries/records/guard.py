"""Keeps from answering what speaks of something else: another act, the other end of a time, a name of other words."""

from __future__ import annotations

import re
from itertools import pairwise

from orgmap.graphmodel.text import normalise
from orgmap.queries.documents.words import stem, words
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value
from orgmap.queries.records.finding import FEW, NearFact

_ENDS = frozenset(
    words("end ends ended abolish abolished abolition cease ceases close closed closure dissolved")
)
_BEGINS = frozenset(words("begin begins begun start started commence launch established created"))
RARE = 15
"""A word that stands in no more facts than these means one of them."""

_AT_THE_END_OF = re.compile(
    r"\b(?:by|at|until|before|from) (?:the )?(?:end|close|start|beginning)(?: of)?\b", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:was|were|have been|has been|had been|got|became)\s+(?:\w+ly\s+|not\s+)?(\w+ed)\b", re.IGNORECASE
)
"""How a question asks of what has been done, rather than what is being done or to come."""

_PAST = re.compile(r"^when (?:was|were|did)\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?:North|South|East|West)\s+[A-Z]\w+")
"""Names of which the first word alone is in many others."""


def speaks_of(clause: Clause, near: NearFact, facts: Facts, found: list[NearFact]) -> bool:
    """Whether a fact speaks of the very act, name and end of time that a part of a question asks about."""
    return (
        _has_act(clause, near, facts)
        and not _is_outdone(clause, near, facts, found)
        and _has_end(clause, near)
        and _is_done(clause, near)
        and _has_names(clause, near.fact, facts)
        and _is_of_the_past(clause, near)
        and _is_so_long(clause, near)
    )


def _said(near: NearFact) -> set[str]:
    """The words of a sentence and of what the values are of that are to answer."""
    text = _AT_THE_END_OF.sub(" ", near.fact.text)
    return set(words(f"{text} ; {' ; '.join(one.of for one in near.values)}"))


_WHO = re.compile(r"^who (\w+) (?!in )\w", re.IGNORECASE)
_HELPING = frozenset(
    (
        "is are was were do does did can could may might must shall should will would has have had else finally "
        "then also now first locally takes took"
    ).split()
)
"""Words after “who” that are no verb, or not all of it."""


def _has_act(clause: Clause, near: NearFact, facts: Facts) -> bool:
    """Whether a fact has the verb of “who chairs …”, if that tells one act from another."""
    said = _WHO.match(clause.text)
    if clause.measure != "who" or not said or said[1].lower() in _HELPING:
        return True
    verb = set(words(said[1]))
    if any(one.typed and one.words & set(clause.words) for one in near.values):
        return True
    if not verb or any(facts.spread(word) > FEW for word in verb):
        return True
    if any(one.typed for one in near.values) and not all(map(facts.spread, verb)):
        return True
    return verb <= near.fact.weights.keys()


def _is_outdone(clause: Clause, near: NearFact, facts: Facts, found: list[NearFact]) -> bool:
    """Whether another fact has all the words of the question that this one has, and a rare one more: it is meant."""
    if clause.measure not in _OF_ONE or clause.goes_on:
        return False
    asked = {word for word in clause.words if facts.spread(word)} - clause.day_words - _SAYS_WHEN
    has = asked & near.fact.weights.keys()
    rare = {word for word in asked - has if facts.spread(word) <= RARE}
    return bool(rare) and any(
        rare & one.fact.weights.keys() and has <= set(words(one.fact.text))
        for one in found[:MANY]
        if one.fact.document == near.fact.document and one.fact.topic not in ("not_stated", "text")
    )


_OF_ONE = frozenset({"when", "count", "money", "share", "long", "people"})
_SAYS_WHEN = frozenset(words("by when ; deadline"))
MANY = 8
"""So many of the nearest facts are looked at."""


def _has_end(clause: Clause, near: NearFact) -> bool:
    """Whether a day is of an end where the question asks for an end, and of a beginning where it asks for that."""
    if clause.measure != "when":
        return True
    asked = set(words(_AT_THE_END_OF.sub(" ", clause.text)))
    said = _said(near)
    begun = asked & _BEGINS and not asked & _ENDS and _PAST.match(clause.text)
    if begun and near.values and near.values[0].sense in ("by", "until"):
        return False
    if asked & _ENDS and not asked & _BEGINS:
        return bool(said & _ENDS) and not (near.values and near.values[0].sense == "from" and said & _BEGINS)
    return not (asked & _BEGINS and said & _ENDS and not said & _BEGINS and not asked & _ENDS)


def _is_done(clause: Clause, near: NearFact) -> bool:
    """Whether a number is of what has been done, where that is asked: “authorised”, not “begin authorisation”."""
    done = _DONE.search(clause.text)
    if clause.measure != "count":
        return True
    did = re.search(r"^how many \w+ (\w+ed)\b", clause.text, re.IGNORECASE)
    if did and not set(words(did[1])) <= near.fact.weights.keys():
        return False
    if not done:
        return True
    said = normalise(f"{near.fact.text} {' '.join(f'{one.of} {one.unit}' for one in near.values)}").split()
    same = {word for word in said if stem(word) == stem(done[1].lower())}
    return not same or any(word.endswith("ed") for word in same)


def _has_names(clause: Clause, fact: Fact, facts: Facts) -> bool:
    """Whether a name of two words (“South West”) stands in a fact as such, not its words in several names."""
    pairs = [pair for name in _NAME.findall(clause.text) for pair in pairwise(normalise(name).split())]
    if not pairs:
        return True
    bodies = (facts.name(one) for one in (*fact.subjects, *fact.objects, *_bodies(fact.values)))
    values = (part for one in fact.values for part in (*one.items, one.text, one.of))
    said = f" {normalise(' ; '.join((fact.text, fact.part, fact.about, *bodies, *values)))} "
    return all(f" {first} {second} " in said for first, second in pairs)


def _bodies(values: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(body for value in values for body in value.bodies)


_TAKES = re.compile(r"^how long (?:does|do|did|is|was|will|would) ", re.IGNORECASE)
_LASTS = re.compile(r"\b(?:takes?|took|lasts?)\b", re.IGNORECASE)
_WITHIN = frozenset({"within", "after", "before"})


def _is_so_long(clause: Clause, near: NearFact) -> bool:
    """Whether a length of time is how long something takes, rather than within how many days of it something is due."""
    if clause.measure != "long" or not _TAKES.match(clause.text):
        return True
    lasts = not _LASTS.search(clause.text) or re.search(r"\b(?:takes|took|lasts|lasted)\b", near.fact.text)
    return bool(lasts) and not any(_WITHIN & set(normalise(one.of).split()) for one in near.values)


def _is_of_the_past(clause: Clause, near: NearFact) -> bool:
    """Whether a plan's day had come when it was told, where the question asks when something was done."""
    if near.fact.origin != PLANS or not _PAST.match(clause.text) or not near.fact.stated_on:
        return True
    return not any(value.day > near.fact.stated_on for value in near.values if value.measure == "when")
