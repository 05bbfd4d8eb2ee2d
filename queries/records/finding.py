"""Finds the fact that a part of a question is about: the one that has its words, bodies, days, and what it asks for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds, synonyms

from orgmap.queries.documents.words import names, words
from orgmap.queries.records.asked import WHETHER, Clause, without_documents
from orgmap.queries.records.cells import label_of_body
from orgmap.queries.records.facts import PLANS, Fact, Facts, Value, is_of_kind

MONTHS = frozenset(
    words("january february march april may june july august september october november december")
)

NEAR = 0.42
"""A fact is about what is asked if it has this share of the words, by what they tell."""

FIRST_PERSON = frozenset("i we my our me us".split())
"""Words of somebody who asks what to do."""

PAIRED = 0.12
"""How much more a fact counts that has the words of a question side by side."""

BESIDE = 0.3
"""What a word of another part of the question counts."""

AHEAD = "2020"
"""Days from then on are asked of plans rather than of the documents."""

FIT = {"not_stated": 0.9, "contradiction": 0.86, "text": 0.86, "claim": 0.92, "question": 0.92, "plan": 0.97, "step": 0.93}
"""How likely a statement of a topic is what is asked for."""

_PASSIVE = re.compile(r"^who(?:m)?\b.*\b(?:be|is|are|was|were|been)\s+(?:\w+ly\s+)?\w+ed\b", re.IGNORECASE)
"""How a question asks to whom something is done."""

_POST = re.compile(r"^who (?:is|are|was|were|will be|has been) (?:the |an? )?\w", re.IGNORECASE)
"""How a question asks who holds a post."""

ALIKE = {
    "who": ("who", "to", "what", "is", "instead", "through", "with", "object", "subject"),
    "what": ("what", "is", "who", "form", "status", "purpose", "through", "follows", "object", "subject"),
    "is": ("is", "what", "form"),
    "form": ("form", "is"),
    "status": ("status", "form"),
    "when": ("when", "until"),
    "until": ("until", "when"),
    "count": ("count", "people", "share"),
    "people": ("people", "count"),
    "share": ("share",),
    "money": ("money",),
    "often": ("often",),
    "long": ("long", "when"),
    "through": ("through",),
    "with": ("with",),
    "to": ("to", "who"),
    "purpose": ("purpose", "what"),
    "condition": ("condition",),
    "follows": ("follows", "what"),
    "where": ("where",),
    "before": ("before",),
    "after": ("after",),
}
"""The measures whose values may answer what is asked, the one itself first."""


class Found(NamedTuple):
    """A fact that may answer, how near it is, its share of the words, and the words of the question it lacks."""

    fact: Fact
    near: float
    share: float
    values: tuple[Value, ...]
    lacks: frozenset[str]


@cache
def _kinds_of_words() -> dict[str, str]:
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
    bodies = (word for kind in kinds().values() for word in words(f"{kind.label} ; {kind.plural} ; {kind.short}"))
    return frozenset(word for word in bodies if word in set(synonyms().values()))


@lru_cache(maxsize=4096)
def _of_words(of: str) -> frozenset[str]:
    return frozenset(words(of))


class Finder:
    """Finds facts for the parts of one question."""

    def __init__(self, facts: Facts, parts: list[Clause]) -> None:
        self.facts = facts
        self.parts = parts
        self.whole = {word for part in parts for word in (*part.words, *words(without_documents(part.context)))}
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
            if clause.days and (word in MONTHS or word.isdigit()):
                found[word] *= BESIDE
        for word in found:
            if not self.facts.spread(word):
                found[word] *= 1.0 if word in self.named(clause) else 0.4
        return found

    def named(self, clause: Clause) -> frozenset[str]:
        """The names in a part of the question; months are none."""
        return frozenset(
            word
            for word in names("x " + without_documents(clause.text)) & set(clause.words)
            if word not in MONTHS and not word.isdigit()
        )

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
        return sorted(word for word in self.named(clause) if not self.facts.spread(word))

    def ranked(self, clause: Clause, document: str = "") -> list[Found]:
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
            found.append(Found(fact, near, share, values, lacks))
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
        pairs = set(zip(own, own[1:], strict=False))
        said = words(fact.text)
        return len(pairs & set(zip(said, said[1:], strict=False))) / len(pairs) if pairs else 0.0

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
            kind for word, kind in _kinds_of_words().items() if word in clause.words
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
            of = max((len(_of_words(one.of) & own) / max(1, len(_of_words(one.of))) for one in values), default=0.0)
            exact = any(one.measure == clause.measure for one in values)
            fit *= 1.08 + 0.1 * of + (0.05 if exact else 0.0) + (0.05 if any(one.typed for one in values) else 0.0)
        if clause.text.lower().startswith("by when") and any(one.sense == "by" for one in values):
            fit *= 1.1
        if clause.days and fact.span:
            meets = any(day.first <= fact.span.last and fact.span.first <= day.last for day in clause.days)
            fit *= 1.1 if meets else 0.85
        if fact.topic == "advice" and FIRST_PERSON & set(clause.text.lower().split()):
            fit *= 1.3
        if fact.origin == PLANS and not any(day.last >= AHEAD for day in clause.days):
            fit *= 0.85
        return fit


def chosen_values(fact: Fact, clause: Clause) -> tuple[Value, ...]:
    """The values of a fact that answer a part of a question: of the measure asked, and of what is named.

    Where several have the measure, those that are wholly named; else the one that is named best. What only says
    again what the question says is no answer.
    """
    if clause.measure == WHETHER:
        return tuple(one for one in fact.values if one.measure == WHETHER)
    if clause.measure in ("who", "what") and (then := _before_and_after(fact, clause)):
        return then
    if of_head := _of_head(fact, clause):
        return of_head
    own = frozenset(clause.words)
    for measure in ALIKE.get(clause.measure, (clause.measure,)):
        having = [one for one in fact.values if one.measure == measure and _may_be(one, clause, measure, own)]
        if chosen := _of_those(having, own, clause, measure != clause.measure):
            return chosen
    return ()


def _before_and_after(fact: Fact, clause: Clause) -> tuple[Value, ...]:
    """Who it was before a day or a change, and who afterwards, where the question asks for that."""
    asked = set(clause.text.lower().split()) & {"before", "after"}
    return tuple(one for one in fact.values if one.measure in asked)


def _of_head(fact: Fact, clause: Clause) -> tuple[Value, ...]:
    """The values that are of the very noun that is asked for: “which wave”, “which panels”."""
    noun = frozenset(words(clause.head[-1])) if clause.head else frozenset()
    if clause.measure not in ("what", "who") or not noun or clause.kinds:
        return ()
    having = [
        one
        for one in fact.values
        if one.typed and one.told != "always" and one.measure not in (WHETHER, "open")
        and (clause.measure == "what" or one.measure in ALIKE[clause.measure])
        and noun <= (_of_words(one.of) | (_of_words(one.unit) if one.number is not None else frozenset()))
    ]  # fmt: skip
    having = [one for one in having if one.number is None or not clause.several]
    exact = tuple(one for one in having if _of_words(one.of) == noun)
    if exact:
        return exact
    own = frozenset(clause.words)
    best = max((len(_of_words(one.of) & own) for one in having), default=0)
    return tuple(one for one in having if len(_of_words(one.of) & own) == best)


def _may_be(value: Value, clause: Clause, measure: str, own: frozenset[str]) -> bool:
    """Whether a value may stand for what is asked: it is no echo of the question, and bodies where bodies are asked."""
    if clause.measure in ("who", "what") and value.text and not value.bodies:
        said = set(words(value.text))
        if said <= own or (not value.typed and len(said & own) >= len(said) / 2):
            return False
    if value.bodies and _only_says_again(value, clause, own):
        return False
    if clause.measure == "who" and _POST.match(clause.text):
        return value.typed and measure in ("who", "with") and bool(_of_words(value.of) & own)
    if clause.measure == "is" and measure == "what" and not _of_words(value.of) & own:
        return False
    if clause.measure == "who" and _PASSIVE.match(clause.text):
        if measure == "object":
            return not _only_says_again(value, clause, own)
        if not value.typed:
            return False
    if clause.measure == "until" and value.sense not in ("until", "between", "by"):
        return False
    if clause.kinds and clause.measure in ("who", "what") and not _is_of_kinds(value, clause):
        return False
    if measure in ("object", "subject"):
        return bool(clause.kinds)
    if clause.measure == "what" and clause.head and not clause.kinds and value.bodies:
        if not _of_words(value.of) & set(words(clause.head[-1])):
            return False
    if clause.measure == "what" and not clause.kinds and value.typed and value.of and not _is_of_what_is_asked(value, clause, own):
        return False
    if measure == clause.measure:
        return True
    if clause.measure == "what" and measure == "who" and not clause.head:
        return False
    return bool(value.bodies) or not clause.kinds or measure == "what"


def _is_close(rate: float, value: Value) -> bool:
    """Whether what a value is of is near enough to the question: the more words it has, the more must be there."""
    many = len(_of_words(value.of))
    return many < SHORT - 1 or (rate > 0 if many < SHORT else rate >= CLOSE)


CLOSE = 0.4
"""So much of what a value is of must be in the question, where it is said in three words or more."""


def _only_says_again(value: Value, clause: Clause, own: frozenset[str]) -> bool:
    """Whether bodies are what the question names: the kind of which it asks which one, or the body that it is about."""
    plain = f" {normalise(clause.text)} "
    if len(value.bodies) > 1 and clause.measure in ("who", "what") and any(
        _is_named(body, plain) for body in value.bodies
    ):
        return True
    if set(value.bodies) <= set(clause.kinds):
        return clause.measure == "what" or clause.text.lower().startswith("which")
    return not value.typed and bool(clause.head or clause.measure == "who") and all(
        set(words(_called(body))) <= own for body in value.bodies
    )


def _is_of_kinds(value: Value, clause: Clause) -> bool:
    """Whether a value has bodies of the kinds that are asked for, or is a list of what such bodies are called."""
    if value.bodies:
        return any(is_of_kind(body, kind) for body in value.bodies for kind in clause.kinds)
    of = words(value.of)
    named = (words(name) for kind in clause.kinds for name in (kinds()[kind].label, kinds()[kind].plural))
    return any(of == name for name in named)


def _is_of_what_is_asked(value: Value, clause: Clause, own: frozenset[str]) -> bool:
    """Whether a value is of the noun that is asked for, or all of what it is of is named; of a “what” alone, some."""
    of = _of_words(value.of)
    if clause.goes_on and len(own) < SHORT:
        return True
    if not clause.head:
        return len(of & own) > len(of) / 2 if len(of) > SHORT - 1 else bool(of & own)
    return bool(of & set(words(" ".join(clause.head))))


SHORT = 3
"""A part of a question with fewer words goes on about what the part before it asked."""


def _is_named(body: str, plain: str) -> bool:
    """Whether a text has a body's name with the word for its kind (“Medway CCG”), rather than a place's alone."""
    kind = kinds().get(kind_of(body) or "")
    label = label_of_body(body, _called(body))
    return kind is not None and any(
        f" {label} {normalise(word)} " in plain for word in (kind.label, kind.short) if word
    )


def _called(body: str) -> str:
    kind = kinds().get(body)
    return kind.plural if kind else CALLED.get(body, body)


CALLED: dict[str, str] = {}
"""The names of the bodies of the facts, by id."""


def _of_those(having: list[Value], own: frozenset[str], clause: Clause, other: bool) -> tuple[Value, ...]:
    if not having:
        return ()
    rated = [(len(_of_words(one.of) & own) / max(1, len(_of_words(one.of))), one) for one in having]
    if other and clause.measure in ("what", "who") and not any(rate for rate, one in rated) and len(having) > 1:
        return ()
    if clause.several and clause.measure == "when":
        return tuple(having)
    whole = [one for rate, one in rated if rate == 1.0]
    if whole:
        return tuple(whole)
    if not (clause.goes_on and len(own) < SHORT):
        rated = [(rate, one) for rate, one in rated if _is_close(rate, one)]
    if not rated:
        return ()
    best = max(rate for rate, _ in rated)
    bare = [one for _, one in rated if not one.of]
    if best < 0.3 and bare:
        return tuple(bare)
    return tuple(one for rate, one in rated if rate == best)
