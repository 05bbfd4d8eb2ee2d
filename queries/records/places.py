"""Bodies as people name them, by their place: one of several that are listed, or one that the documents name at all."""

from __future__ import annotations

import re

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds
from orgmap.queries.documents.words import words
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import Facts, is_of_kind
from orgmap.queries.records.parts import OPEN, AnswerPart, derived, not_stated

_PLACE = re.compile(r"\b(?:covers?|serves?|for|in|of|at)\s+(.+)$", re.IGNORECASE)
"""Where a question names the place that it asks about."""


def label_of_body(subject: str, name: str) -> str:
    """What a body is called without the words for its kind.

    >>> label_of_body("at:Q69", "Thames Valley Area Team"), label_of_body("x", "North of England")
    ('thames valley', 'north of england')
    """
    found = normalise(name).removeprefix("nhs ").split()
    kind = kinds().get(kind_of(subject) or "")
    own = set(normalise(f"{kind.label} {kind.plural} {kind.short} {kind.prefix}").split()) if kind else set()
    while found and found[-1] in own:
        found.pop()
    return " ".join(found)


def first_place(name: str) -> list[str]:
    """The first of several places that a name lists means it, too: “Devon” of “Devon, Cornwall and Isles of Scilly”."""
    return [normalise(name.partition(",")[0])] if "," in name else []


def of_place(clause: Clause, facts: Facts, made: list[AnswerPart]) -> list[AnswerPart]:
    """Of several bodies the one that is called as the place asked about; how far it reaches is then left open."""
    value = made[0].value
    place = _PLACE.search(clause.text)
    if value is not None and place and len(value.items) > 1:
        named = [one for one in value.items if set(words(place[1])) <= set(words(one))]
        return (
            [AnswerPart(clause.asked, value._replace(items=tuple(named)), cited=value.cited)]
            if len(named) == 1
            else made
        )
    if value is None or len(value.bodies) < 2 or not clause.kinds or not place:
        return made
    called = normalise(place[1])
    one = [body for body in value.bodies if label_of_body(body, facts.name(body)) == called]
    if len(one) != 1:
        return made
    reach = [
        not_stated(said.of, main=False, cited=said.cited)
        for fact in facts.all
        if fact.topic == "not_stated" and one[0] in fact.subjects
        for said in fact.values
        if said.measure == OPEN
    ]
    return [AnswerPart(clause.asked, value._replace(bodies=tuple(one)), cited=value.cited), *reach]


def called_as_place(clause: Clause, facts: Facts) -> list[AnswerPart]:
    """The body of the kind asked that bears the name of the place asked about, by its name alone."""
    place = _PLACE.search(clause.text)
    if not place or not clause.kinds:
        return []
    called = normalise(place[1])
    for fact in facts.all:
        for body in fact.subjects:
            asked = fact.document and ":" in body and any(is_of_kind(body, kind) for kind in clause.kinds)
            if asked and label_of_body(body, facts.name(body)) == called:
                return [derived(clause.asked, "who", (fact.id,), bodies=(body,))]
    return []
