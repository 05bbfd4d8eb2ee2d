"""Finds the fact that a part of a question is about: the one that has its words, bodies, days, and what it asks for."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, synonyms
from orgmap.queries.documents.words import names, words
from orgmap.queries.records.asked import Clause, without_documents
from orgmap.queries.records.choosing import CALLED, chosen_values, words_of
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value, days_of_precision
from orgmap.queries.records.places import label_of_body

_COVERED = re.compile(r"\b(?:covers?|serves?)\s+(.+)$", re.IGNORECASE)
"""Where a question names a place that somebody is to cover."""

MONTHS = frozenset(
    words("january february march april may june july august september october november december")
)

NEAR = 0.43
"""A fact is about what is asked if it has this share of the words, by what they tell."""

FIRST_PERSON = frozenset("i we my our me us".split())
"""Words of somebody who asks what to do."""

FEW = 60
"""A word that stands in no more facts than these tells what is meant."""

PAIRED = 0.12
"""How much more a fact counts that has the words of a question side by side."""

BESIDE = 0.3
"""What a word of another part of the question counts."""

AHEAD = "2020"
"""Days from then on are asked of plans rather than of the documents."""

FIT = {
    "not_stated": 0.9,
    "contradiction": 0.86,
    "text": 0.86,
    "claim": 0.92,
    "question": 0.92,
    "plan": 0.97,
    "step": 0.93,
}
"""How likely a statement of a topic is what is asked for."""


class NearFact(NamedTuple):
    """A fact that may answer, how near it is, its share of the words, and the words of the question it lacks."""

    fact: Fact
    near: float
    share: float
    values: tuple[Value, ...]
    lacks: frozenset[str]


@cache
def _kindswords_of() -> dict[str, str]:
    """The words that stand for a kind of body by themselves (“ccg”), with the kind."""
    found: dict[str, str] = {}
    for kind in kinds().values():
        for name in (kind.label, kind.plural, kind.short):
            key = words(name) if name else ()
            if len(key) == 1:
                found.setdefault(key[0], kind.kind)
    return found


@cache
def _short_words() -> frozenset[str]:
    """The words that stand for kinds of body, or for one body, in all the ways in which they are called."""
    bodies = (
        word for kind in kinds().values() for word in words(f"{kind.label} ; {kind.plural} ; {kind.short}")
    )
    return frozenset(word for word in bodies if word in set(synonyms().values()))


def bodies_of(text: str) -> frozenset[str]:
    """The words of a text that stand for kinds of body or for bodies."""
    return frozenset(word for word in words(text) if word in _short_words())


class Finder:
    """Finds facts for the parts of one question."""

    def __init__(self, facts: Facts, parts: list[Clause]) -> None:
        self.facts = facts
        self.parts = parts
        self.whole = {
            word for part in parts for word in (*part.words, *words(without_documents(part.context)))
        }
        self.chosen: list[Fact] = []
        CALLED.update(facts.names)

    def worth(self, clause: Clause) -> dict[str, float]:
        """What each word counts for a part of the question; a word of another part, a pronoun's, counts less."""
        own = set(clause.words) | set(words(without_documents(clause.context)))
        found = {word: self.facts.worth(word) for word in own}
        known = [word for word in own if self.facts.spread(word)]
        beside = BESIDE if len(known) > 2 else 0.75
        for word in self.whole - own:
            found[word] = self.facts.worth(word) * beside
        for word in found:
            if clause.days and (word in MONTHS or word.isdigit() or word in clause.day_words):
                found[word] *= BESIDE
        for word in found:
            if not self.facts.spread(word):
                found[word] *= 1.0 if word in self.named(clause) else 0.4
        return found

    def named(self, clause: Clause) -> frozenset[str]:
        """The names in a part of the question, and the place that is to be covered; months are none."""
        place = _COVERED.search(clause.text) if clause.kinds and not clause.polar else None
        large = names("x " + without_documents(clause.text)) | set(words(place[1]) if place else ())
        return frozenset(
            word
            for word in large & set(clause.words)
            if word not in MONTHS and not word.isdigit() and word != "nhs"
        )

    def tells(self, word: str) -> bool:
        """Whether a word is known and stands in few facts, so that another claim is meant where it is missing."""
        return 0 < self.facts.spread(word) <= FEW

    def bodies(self, clause: Clause) -> frozenset[str]:
        """The words of a part of the question that stand for kinds of body or for bodies (“ccg”, “nhscb”)."""
        return frozenset(word for word in clause.words if word in _short_words())

    def heads(self, clause: Clause) -> frozenset[str]:
        """The first of these: of whom something is asked."""
        first = next((word for word in clause.words if word in _short_words()), "")
        return frozenset({first} - {""})

    def subjects(self, clause: Clause) -> frozenset[str]:
        """The words for the bodies and the names in a part of the question."""
        return self.bodies(clause) or self.named(clause)

    def unknown(self, clause: Clause) -> list[str]:
        """The names in a part of the question that stand in no fact at all."""
        named = self.named(clause)
        return sorted(word for word in named if not self.facts.spread(word))

    def ranked(self, clause: Clause, document: str = "") -> list[NearFact]:
        """The facts near to a part of the question, the nearest first."""
        worth = self.worth(clause)
        whole = sum(worth.values())
        if not whole:
            return []
        must = {word for word in self.named(clause) if self.facts.spread(word)}
        found = []
        for fact in self.facts.all:
            if document and document not in fact.document.split():
                continue
            share = sum(value * fact.weights.get(word, 0.0) for word, value in worth.items()) / whole
            if share < NEAR / 2:
                continue
            lacks = frozenset(word for word in must if word not in fact.weights)
            values = chosen_values(fact, clause)
            near = share * self._fit(fact, clause, values) * 0.65 ** len(lacks) + self._goes_on(fact, clause)
            if (
                clause.days
                and clause.measure in ("what", "who", "count", "is")
                and fact.span is not None
                and not is_of_the_time(clause, fact)
            ):
                values = ()
            found.append(NearFact(fact, near, share, values, lacks))
        return sorted(found, key=lambda one: (-one.near, one.fact.id))

    def _goes_on(self, fact: Fact, clause: Clause) -> float:
        """What counts for the fact of the part before, and for those of its line."""
        best = 0.0
        short = len(clause.words) <= 2
        for before in self.chosen:
            if before.id == fact.id:
                best = max(best, 0.3 if short else 0.08)
            elif before.id[:7] == fact.id[:7]:
                best = max(best, 0.1 if short else 0.03)
        return best

    def _paired(self, fact: Fact, clause: Clause) -> float:
        """The share of the pairs of words of a part of the question that stand side by side in a fact, too."""
        own = clause.words
        pairs = set(pairwise(own))
        said = words(fact.text)
        return len(pairs & set(pairwise(said))) / len(pairs) if pairs else 0.0

    def _of_subject(self, fact: Fact, clause: Clause) -> float:
        """What it counts that a fact is about the panel, paper or partnership that is named, or about another one."""
        plain = f" {normalise(clause.text)} "
        named = [one for one in self.facts.own_names if f" {one} " in plain]
        own = {normalise(one) for one in (*fact.subjects, *fact.objects)}
        if self._of_some_only(fact, clause, plain):
            return 0.85
        if not named or any(one in own for one in named):
            return 1.0
        return 0.8 if own & self.facts.own_names else 1.0

    def _of_some_only(self, fact: Fact, clause: Clause, plain: str) -> bool:
        """Whether a fact is about some bodies of a kind, and the question about the kind alone."""
        some = {kind_of(one) for one in fact.subjects if ":" in one} & {
            kind for word, kind in _kindswords_of().items() if word in clause.words
        }
        if not some:
            return False
        labels = {label_of_body(one, self.facts.name(one)) for one in fact.subjects}
        places = {word for label in labels for word in label.split()}
        return not places & set(plain.split())

    def _fit(self, fact: Fact, clause: Clause, values: tuple[Value, ...]) -> float:
        """Whether it is the kind of answer that was asked for; short ones before long ones."""
        fit = FIT.get(fact.topic, 1.0) / (1.0 + 0.002 * len(fact.weights))
        if fact.topic == "not_stated" and fact.text.split()[0].lower() in clause.text.lower().split()[:2]:
            fit *= 1.2
        fit *= self._of_subject(fact, clause) * (1.0 + PAIRED * self._paired(fact, clause))
        if values:
            own = set(clause.words)
            of = max(
                (len(words_of(one.of) & own) / max(1, len(words_of(one.of))) for one in values), default=0.0
            )
            exact = any(one.measure == clause.measure for one in values)
            fit *= (
                1.08
                + 0.1 * of
                + (0.05 if exact else 0.0)
                + (0.05 if any(one.typed for one in values) else 0.0)
            )
        if fact.status in AHEAD_OF and _PAST.match(clause.text):
            fit *= 0.8
        if clause.text.lower().startswith("by when") and any(one.sense == "by" for one in values):
            fit *= 1.1
        if clause.days and fact.span:
            meets = any(day.first <= fact.span.last and fact.span.first <= day.last for day in clause.days)
            fit *= 1.1 if meets else 0.85
        if fact.topic == "advice" and FIRST_PERSON & set(clause.text.lower().split()):
            fit *= 1.3
        if fact.origin == PLANS and not any(day.last >= AHEAD for day in clause.days):
            fit *= 0.93
        return fit


_PAST = re.compile(r"^when (?:was|were|did)\b", re.IGNORECASE)
AHEAD_OF = frozenset({"planned", "proposed", "conditional"})
"""What was still to come when it was told is seldom what a question means that asks when something was."""


_ASIDE = re.compile(r"\b(?:before|after|since|until|now|still)\b", re.IGNORECASE)


_OF_A_DAY = frozenset({"date", "process", "number"})
"""Topics of statements that are of their first day, where they have no last one."""


def is_of_the_time(clause: Clause, fact: Fact) -> bool:
    """Whether a fact speaks of the days that are named, or says them; one without days, if it was told about then."""
    if not clause.days or _ASIDE.search(clause.text) or clause.day_words <= set(words(fact.text)):
        return True
    spans = [
        (one.day if one.sense != "by" else last, one.until or last)
        for one in fact.values
        if one.day and (last := days_of_precision(one.day, one.precision).last)
    ]
    begins, ends = fact.valid
    if ends or (begins and fact.topic not in _OF_A_DAY):
        spans.append((begins or "0", ends or "9"))
    if not spans and fact.stated_on:
        return any(day.first[:4] <= fact.stated_on[:4] <= day.last[:4] for day in clause.days)
    return not spans or any(
        day.first <= last and first <= day.last for day in clause.days for first, last in spans
    )
