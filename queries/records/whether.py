"""Yes or no: by what a statement claims or denies, by lists and bodies that it names, by numbers and days compared."""

from __future__ import annotations

import re

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.documents.words import words
from orgmap.queries.records.asked import WHETHER, Clause
from orgmap.queries.records.facts import Fact, Value
from orgmap.queries.records.finding import AHEAD_OF, MONTHS, NEAR, Finder, NearFact
from orgmap.queries.records.parts import NO, YES, AnswerPart, not_stated
from orgmap.queries.records.places import label_of_body

CLAIMED = 0.6
"""A claim answers if the question has this share of its words, by what they tell, and it of the question's."""

TOLD = 0.8
"""A sentence is told where it decides nothing, if it has this share of the question's words."""

_PAST = re.compile(r"^(?:was|were|did|has|have|had)\b", re.IGNORECASE)
"""How a question begins that asks whether something has been done."""

_COMPARING = re.compile(r"\b(?:same|both|different|either|before|after|first|earlier|later)\b", re.IGNORECASE)
"""Words by which a question compares two things, which no sentence does by having their words."""

_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|none|cannot|without)\b|n't\b", re.IGNORECASE)
_DENIED_FIRST = re.compile(r"^(?:\w+n't|\w+\s+(?:\w+\s+){0,4}?not)\b", re.IGNORECASE)
_TELLING = frozenset({"claim", "question", "contradiction", "not_stated", "text", "advice"})
"""Topics of sentences that assert nothing of the world."""


def whether(clause: Clause, finder: Finder, found: list[NearFact]) -> list[AnswerPart]:
    """The answer to a part that asks whether something is so; what is not stated where nothing decides it."""
    denied = bool(_DENIED_FIRST.match(clause.text))
    if found and not denied and (part := _one_of(clause, finder, found)):
        return [part]
    if not denied and (part := _same_body(clause, found) or _depends(clause, found)):
        return [part]
    if finder.unknown(clause) or not found or found[0].share < NEAR:
        return [not_stated(clause.asked)]
    claim = _claimed(clause, finder, found)
    if claim is not None:
        fact, value = claim
        finder.chosen.append(fact)
        answer = value.answer if not denied else (YES if value.answer == NO else NO)
        return [AnswerPart(clause.asked, value, yes_no=answer, cited=value.cited)]
    if not denied and (part := _member(clause, finder, found)):
        finder.chosen.append(finder.facts.by_id[part.cited[0]])
        return [part]
    first = found[0]
    if first.fact.topic == "not_stated" or first.lacks:
        finder.chosen.append(first.fact)
        return [not_stated(clause.asked, cited=(first.fact.id,))]
    finder.chosen.append(first.fact)
    for one in found[:4]:
        if one.near < 0.8 * first.near or one.lacks or denied:
            continue
        if part := _listed(clause, finder, one.fact) or _by_number(clause, one.fact):
            return [part]
    apart = _COMPARING.search(clause.text)
    if (
        not denied
        and not apart
        and first.fact.topic not in _TELLING
        and not clause.days
        and _says_all(clause, finder, first.fact)
    ):
        holds = NO if _DENIED.search(first.fact.text) else YES
        if holds == YES and not (_PAST.match(clause.text) and first.fact.status in AHEAD_OF):
            value = Value(WHETHER, answer=holds, cited=(first.fact.id,), typed=False)
            return [AnswerPart(clause.asked, value, yes_no=holds, cited=(first.fact.id,))]
    turned = _is_turned_round(clause, first.fact.text)
    if first.share >= TOLD and not turned and not clause.days and not apart and first.fact.topic != "text":
        value = Value("what", text=first.fact.text, cited=(first.fact.id,), typed=False)
        return [AnswerPart(clause.asked, value, cited=(first.fact.id,))]
    return [not_stated(clause.asked, cited=(first.fact.id,))]


_SAME = re.compile(
    r"^(?:is|are) (?P<one>.+?) (?:and|the same (?:body |thing )?as) (?P<other>.+?)(?: (?:one and )?the same.*)?$",
    re.IGNORECASE,
)


def _same_body(clause: Clause, found: list[NearFact]) -> AnswerPart | None:
    """Yes where two names stand for one body; what two names are of two bodies the statements must say."""
    named = _SAME.match(clause.text) if re.search(r"\bsame\b", clause.text, re.IGNORECASE) else None
    if not named or not found:
        return None
    one, other = words(named["one"]), words(named["other"])
    if len(one) != 1 or one != other:
        return None
    made = Value(WHETHER, answer=YES, how="derived", cited=(found[0].fact.id,), typed=False)
    return AnswerPart(clause.asked, made, yes_no=YES, cited=made.cited)


_DEPENDS = re.compile(r"\b(?:depends? on|conditional on|subject to|hangs? on)\s+(.+)$", re.IGNORECASE)


def _depends(clause: Clause, found: list[NearFact]) -> AnswerPart | None:
    """Yes where what is asked about has the condition that the question names."""
    on = _DEPENDS.search(clause.text)
    named = set(words(on[1])) if on else set()
    for one in found[:3] if named else []:
        for value in one.fact.values:
            said = set(words(value.text.replace("-", " ")))
            if value.measure == "condition" and named <= said and not one.lacks and one.share >= NEAR:
                made = Value(WHETHER, answer=YES, cited=value.cited, typed=False)
                return AnswerPart(clause.asked, made, yes_no=YES, cited=value.cited)
    return None


def _claimed(clause: Clause, finder: Finder, found: list[NearFact]) -> tuple[Fact, Value] | None:
    """The claim that the question asks about: their words are mostly the same, and the bodies all."""
    asked = finder.worth(clause)
    own = {*clause.words, *words(clause.context)} or set(asked)
    own = {word for word in own - clause.day_words if word not in MONTHS and not word.isdigit()} or own
    best: tuple[float, Fact, Value] | None = None
    for one in found[:12]:
        for value in one.fact.values:
            if value.measure != WHETHER:
                continue
            of = value.words
            said = sum(finder.facts.worth(word) for word in of) or 1.0
            shared = sum(finder.facts.worth(word) for word in of if word in asked)
            mine = sum(finder.facts.worth(word) for word in own) or 1.0
            covered = sum(finder.facts.worth(word) for word in own if word in of or word in one.fact.weights)
            if shared / said < CLAIMED or covered / mine < CLAIMED:
                continue
            if any(word not in of and word not in one.fact.weights for word in finder.bodies(clause)):
                continue
            if any(word not in of and word not in one.fact.weights and finder.tells(word) for word in own):
                continue
            if finder.heads(clause) and not finder.heads(clause) & (of | words_of_subjects(finder, one.fact)):
                continue
            if _is_turned_round(clause, value.of):
                continue
            score = shared / said + covered / mine
            if best is None or score > best[0]:
                best = (score, one.fact, value)
    return best[1:] if best else None


_BY = re.compile(r"\b(?:is|are|was|were|be|been)\b[^;]*\w+ed by\b", re.IGNORECASE)
"""How the passive is said, in which the order is another one."""


def _is_turned_round(clause: Clause, text: str) -> bool:
    """Whether a claim names first what the question names last, and the other way round: it is of the other one."""
    if _BY.search(f"{clause.text} ; {text}") or _COMPARING.search(clause.text):
        return False
    asked, said = words(clause.text), words(text)
    once = [one for one in asked if asked.count(one) == said.count(one) == 1]
    order = [one for one in said if one in once]
    return len(once) > 1 and (once[0], once[-1]) == (order[-1], order[0])


def words_of_subjects(finder: Finder, fact: Fact) -> set[str]:
    """The words for the bodies that a fact is about."""
    return {word for part in fact.subjects for word in words(finder.facts.name(part))}


def _says_all(clause: Clause, finder: Finder, fact: Fact) -> bool:
    """Whether the sentence itself, with the bodies that it is about, has every word of the question."""
    bodies = (finder.facts.name(part) for part in (*fact.subjects, *fact.objects))
    said = set(words(f"{fact.text} ; {' ; '.join(bodies)} ; {fact.part}"))
    return set(clause.words) <= said and not _is_turned_round(clause, fact.text)


_ONE_OF = re.compile(r"^(.*?)\b(?:one of|among|part of|included in|counted among)\b(.*)$", re.IGNORECASE)


def _one_of(clause: Clause, finder: Finder, found: list[NearFact]) -> AnswerPart | None:
    """Whether something is one of a list, and no where the list is whole and has it not."""
    parted = _ONE_OF.match(clause.text)
    if not parted:
        return None
    item = set(words(parted[1].partition(" ")[2]))
    of = set(words(parted[2]))
    lists = [
        (len(of & value.words) / max(1, len(value.words)), value)
        for one in found[:6]
        for value in one.fact.values
        if value.typed and len(value.items) > 1 and of and of <= (value.words | one.fact.weights.keys())
    ]
    best = max((rate for rate, _ in lists), default=0.0)
    nearest = [value for rate, value in lists if rate == best]
    if not nearest or not item:
        return None
    having = [value for value in nearest if any(item <= set(words(listed)) for listed in value.items)]
    if not having and not all(value.complete == "yes" for value in nearest):
        return None
    answer = YES if having else NO
    made = Value(WHETHER, answer=answer, how="derived", cited=(having or nearest)[0].cited, typed=False)
    return AnswerPart(clause.asked, made, yes_no=answer, cited=made.cited)


def _member(clause: Clause, finder: Finder, found: list[NearFact]) -> AnswerPart | None:
    """Whether a body that is named is one of those of a list, and no where the list is whole and has it not."""
    plain = f" {normalise(clause.text)} "
    for one in found[:8]:
        for value in one.fact.values:
            if not value.typed or len(value.bodies) < 2:
                continue
            labels = {body: label_of_body(body, name) for body, name in finder.facts.names.items()
                      if kind_of(body) == kind_of(value.bodies[0])}  # fmt: skip
            named = [body for body, label in labels.items() if label and f" {label} " in plain]
            named = [
                body
                for body in named
                if not any(labels[body] != labels[other] and labels[body] in labels[other] for other in named)
            ]
            if len(named) != 1:
                continue
            rest = (
                set(clause.words)
                - set(words(finder.facts.name(named[0])))
                - set(words(labels[named[0]]))
                - finder.bodies(clause)
            )
            said = value.words | set(words(one.fact.text)) | set(words(one.fact.part))
            if not rest or not rest <= said:
                continue
            if named[0] in value.bodies or value.complete == "yes":
                answer = YES if named[0] in value.bodies else NO
                made = Value(WHETHER, answer=answer, how="derived", cited=value.cited, typed=False)
                return AnswerPart(clause.asked, made, yes_no=answer, cited=value.cited)
    return None


def _listed(clause: Clause, finder: Finder, fact: Fact) -> AnswerPart | None:
    """Yes where the question names one of a list's items, and all else that it says is of the list."""
    own = set(clause.words)
    for value in fact.values:
        if not value.typed or not value.items:
            continue
        for item in value.items:
            of = set(words(item))
            rest = own - of
            known = set(fact.weights) - {word for other in value.items for word in words(other)}
            if (
                of
                and of <= own
                and rest
                and all(word in known or not finder.facts.spread(word) for word in rest)
            ):
                made = Value(WHETHER, answer=YES, how="derived", cited=value.cited, typed=False)
                return AnswerPart(clause.asked, made, yes_no=YES, cited=value.cited)
    return None


_LIMIT = re.compile(
    r"\b(more than|over|at least|fewer than|less than|under|at most|exactly)\s+(\d[\d,]*)", re.IGNORECASE
)


def _by_number(clause: Clause, fact: Fact) -> AnswerPart | None:
    """Yes or no by a number that is named: “Are there more than ten senates?”."""
    plain = normalise(clause.text)
    limit = _LIMIT.search(clause.text)
    numbers = [one for one in fact.values if one.number is not None and one.number_until is None]
    if not limit or len(numbers) != 1:
        return None
    number, than = float(limit[2].replace(",", "")), numbers[0].number or 0.0
    how = limit[1].lower()
    holds = {
        "more than": than > number, "over": than > number, "at least": than >= number, "fewer than": than < number,
        "less than": than < number, "under": than < number, "at most": than <= number, "exactly": than == number,
    }[how]  # fmt: skip
    made = Value(WHETHER, answer=YES if holds else NO, how="derived", cited=numbers[0].cited, typed=False)
    return AnswerPart(clause.asked, made, yes_no=made.answer, cited=numbers[0].cited) if plain else None
