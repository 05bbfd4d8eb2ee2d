"""Whether what answers a question agrees with it: every word that carries the question is met by something in it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orgmap.graphmodel.observed import agreeing_words, light_words, measures
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.documents.words import names, words
from orgmap.queries.records.asked import COUNT_WORDS, Clause, without_documents
from orgmap.queries.records.facts import WEIGHTS, Fact, Facts, Value
from orgmap.queries.records.finding import FIRST_PERSON, Finder, NearFact, bodies_of, is_of_the_time
from orgmap.queries.records.places import first_place, label_of_body

_IF = re.compile(
    r"[,;]?\s*\b(?:if|unless|subject to|as long as|in case|pending|before the|ahead of)\b[^;.]*",
    re.IGNORECASE,
)
"""What is said under a condition: a statement does not speak of what stands there."""

_CONDITION = re.compile(
    r"\b(?:if|unless|subject|conditions?|depends?|conditional|where|before|ahead|precede)\b", re.IGNORECASE
)
_NOW_IS = re.compile(
    r"\b(?:has|have|had|was|were|is) (?:been )?(?:appointed|named|elected|chosen)\b", re.IGNORECASE
)
"""How a question asks who holds a post."""

_NUMBERS = "|".join((r"\d[\d,]*", *COUNT_WORDS))
_OF_SO_MANY = re.compile(
    rf"\b(?:the|all|these|those|its|their|every|which|what) ({_NUMBERS})\b", re.IGNORECASE
)
"""A number that only goes with what is named: “the 212 CCGs”."""

AUXILIARY = re.compile(
    r"\b(?:do|does|did|will|would|must|should|shall|can|could|may|might|has|have|had|ought to|is|are|was|were)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:be|been|is|are|was|were|being|get|gets|got)\b", re.IGNORECASE)


def agrees(clause: Clause, near: NearFact, finder: Finder) -> bool:
    """Whether a fact speaks of what a part of a question asks: of all that carries it, and of whom it is asked."""
    if near.fact.topic == "advice" and FIRST_PERSON & set(clause.text.lower().split()):
        return True
    lacking = without_agreement(clause, near.fact, near.values)
    if lacking == _FIRST and _has_second(clause, finder.facts):
        lacking = frozenset()
    return (
        not lacking
        and _has_subject(clause, near, finder)
        and _has_named(clause, near.fact, finder.facts)
        and _has_whole_name(clause, near.fact, finder.facts)
        and _has_numbered(clause, near)
        and _is_of_whole_name(clause, near)
        and _does(clause, near)
        and _is_who_is_asked(clause, near)
        and is_of_the_time(clause, near.fact)
        and _is_done_to(clause, near.fact)
    )


_FIRST = frozenset(words("first"))
_SECOND = frozenset(words("second"))


def _has_second(clause: Clause, facts: Facts) -> bool:
    """Whether there is a second of what a question asks the first of, so that the other one is the first."""
    asked = (set(clause.words) - _FIRST - light()) | _SECOND
    return any(len(asked - one.weights.keys()) <= 1 and one.weights.keys() >= _SECOND for one in facts.all)


def without_agreement(clause: Clause, fact: Fact, values: tuple[Value, ...] = ()) -> frozenset[str]:
    """The words that carry a question to which nothing in a fact agrees.

    That something begins need not be said where a day is given of it by name.
    """
    text = without_documents(clause.text)
    plain = _OF_SO_MANY.sub(" ", _NOW_IS.sub(" ", text))
    asked = set(words(plain)) & set(clause.words)
    asked -= light() | clause.day_words | _year_of(text, fact) | _of_measure(clause.measure)
    if clause.measure not in ("people", "count"):
        asked -= _PEOPLE
    if clause.measure == "when" and any(one.of and one.words <= set(clause.words) for one in values):
        asked -= _BEGINS
    said = _said(fact, values, bool(_CONDITION.search(text)))
    return frozenset(
        word
        for word in asked - said
        if len(word) > 1
        and not _is_form_of(word, said)
        and not is_said_too(word, frozenset(clause.words), said)
    )


def _year_of(text: str, fact: Fact) -> frozenset[str]:
    """The words for the financial year that a question names, where the days of which a fact speaks lie in it."""
    year = re.search(r"\b(20\d\d)/(\d\d)\b", text)
    if not year or not fact.span:
        return frozenset()
    first, last = f"{year[1]}-04-01", f"{int(year[1]) + 1}-03-31"
    return frozenset(year.groups()) if first <= fact.span.first and fact.span.last <= last else frozenset()


def _is_form_of(word: str, said: frozenset[str]) -> bool:
    """Whether a longer or shorter form of a long word is said: “transferred”, “transfer”."""
    return any(
        abs(len(one) - len(word)) <= ENDING
        and min(len(one), len(word)) > ENDING + 2
        and (one.startswith(word) or word.startswith(one))
        for one in said
    )


ENDING = 3
"""So many letters an ending has at most."""


_PEOPLE = frozenset(words("people"))
_BEGINS = frozenset(words("establish begin start commence create created found"))


@lru_cache(maxsize=4096)
def _said_in(text: str, condition: bool) -> frozenset[str]:
    only = set(words(text)) - set(words(_IF.sub(" ", text)))
    return frozenset(only) if condition else frozenset(words(text))


def _said(fact: Fact, values: tuple[Value, ...], whole: bool) -> frozenset[str]:
    """The words by which a fact says what it says, with these of its values; not its notes, nor its conditions."""
    said = {word for word, weight in fact.weights.items() if weight not in _NOT_SAID}
    telling = (*values, *(one for one in fact.values if one.measure in _TELLS_MORE))
    said.update(word for one in telling for word in words(_in_words(one)))
    return frozenset(said if whole or not _IF.search(fact.text) else said - _said_in(fact.text, True))


_TELLS_MORE = frozenset(
    {"whether", "condition", "exception", "limit", "purpose", "through", "to", "with", "where"}
)
"""Measures of values that tell more of the same, rather than something else beside it."""

_NOT_SAID = (WEIGHTS["beside"], WEIGHTS["values"])
"""The weights of words that stand in notes only, or in some value only."""


def _in_words(value: Value) -> str:
    return f"{value.of} ; {value.unit} ; {' ; '.join(value.items)} ; {value.text}"


@cache
def light() -> frozenset[str]:
    """The words that carry no question."""
    return frozenset(word for one in light_words() for word in words(one))


@cache
def _of_measure(measure: str) -> frozenset[str]:
    """The words by which a measure is asked for: a value of it need not have them."""
    asked = measures()[measure].asked if measure in measures() else ()
    return frozenset(word for one in asked for word in words(one))


@cache
def _groups() -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """For each word of a way of saying something, all ways of saying the same."""
    found: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for ways in agreeing_words():
        said = tuple(frozenset(words(one)) for one in ways if words(one))
        for word in {word for one in said for word in one}:
            found.setdefault(word, []).append(said)
    return {word: tuple(groups) for word, groups in found.items()}


def is_said_too(word: str, asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a word is of a way of saying something for which a fact has another one."""
    return any(
        any(word in way and way <= asked for way in group) and any(way <= said for way in group)
        for group in _groups().get(word, ())
    )


def _has_subject(clause: Clause, near: NearFact, finder: Finder) -> bool:
    """Whether the body of which something is asked is the one of which the fact says it, not another one in it."""
    body = body_asked(clause)
    if not body:
        return True
    fact, facts = near.fact, finder.facts
    of = " ; ".join(f"{one.of} {one.unit}" for one in near.values)
    names = " ; ".join(
        f"{facts.name(one)} {kinds()[one].label if one in kinds() else ''}" for one in fact.subjects
    )
    if body in {*words(of), *words(names)}:
        return True
    first = next((word for word in words(fact.text) if word in bodies_of(fact.text)), "")
    return not first or first == body


def body_asked(clause: Clause) -> str:
    """The word for the body that does what is asked: the first one after the auxiliary, where nothing is done to it."""
    auxiliary = AUXILIARY.search(clause.text)
    if clause.measure == "who" or not auxiliary:
        return ""
    tail = _BESIDE.split(clause.text[auxiliary.end() :])[0]
    if _PASSIVE.search(auxiliary.group()) or _PASSIVE.search(clause.text[auxiliary.end() :]):
        return ""
    bodies = bodies_of(tail)
    return next((word for word in words(tail)[:2] if word in bodies), "")


_BESIDE = re.compile(r"\b(?:to|for|of|with|by|in|on|from|at|into|under)\b", re.IGNORECASE)
"""Words after which stands what goes with the noun or the verb before it."""


def _has_named(clause: Clause, fact: Fact, facts: Facts) -> bool:
    """Whether the panel, paper or region that is named is one of which the fact speaks."""
    plain = f" {normalise(clause.text)} "
    named = [one for one in facts.own_names if f" {one} " in plain]
    named = [one for one in named if not any(one != other and one in other for other in named)]
    if not named:
        return True
    of = (value.of for value in fact.values)
    names = map(facts.name, (*fact.subjects, *fact.objects))
    said = f" {normalise(' ; '.join((fact.text, fact.part, fact.about, fact.series, *names, *of)))} "
    listed = f" {normalise(' ; '.join(one for value in fact.values for one in (*value.items, value.text)))} "
    return all(
        f" {one} " in said
        or f" {one} " in listed
        or (set(words(one)) <= fact.weights.keys() and not _is_place(one))
        for one in named
    )


def _is_place(name: str) -> bool:
    """Whether a name is that of a part of England: “North of England”."""
    return bool(re.search(r"\b(?:north|south|east|west|midlands|london)\b", name))


def _has_whole_name(clause: Clause, fact: Fact, facts: Facts) -> bool:
    """Whether a number is of the very place that is named, not of several of which it is only one."""
    bodies = [one for one in fact.subjects if ":" in one]
    if fact.topic != "number" or len(bodies) != 1:
        return True
    name = facts.name(bodies[0])
    label = label_of_body(bodies[0], name)
    plain = f" {normalise(clause.text)} "
    if not set(words(label)) & set(clause.words):
        return True
    return any(f" {one} " in plain for one in (label, *first_place(name)) if one)


def _is_of_whole_name(clause: Clause, near: NearFact) -> bool:
    """Whether some value is of the very place that is named, not of several of which it is only one."""
    own = set(clause.words)
    numbers = [one for one in near.values if one.number is not None]
    named = [names(f"x {one.of}") for one in numbers]
    if numbers and not any(not of & own or of <= own for of in named):
        return False
    text = near.fact.text
    pairs = _TWO_NAMES.findall(text) if numbers else []
    if any(set(words(" ".join(pair))) <= own for pair in pairs):
        return True
    halves = {word for pair in pairs for word in _half_named(pair, own)}
    return not halves - set(words(_TWO_NAMES.sub(" ", text)))


_TWO_NAMES = re.compile(r"\b([A-Z][a-z]+) and ([A-Z][a-z]+)\b")


def _half_named(pair: tuple[str, str], own: set[str]) -> set[str]:
    """The one of two places named together that a question names alone: “Medway” of “Kent and Medway”."""
    one, other = (set(words(name)) for name in pair)
    return (one ^ other) & own if bool(one & own) != bool(other & own) else set()


_WHO_DOES = re.compile(
    r"^(?:by whom|who|which \w+) (?:(?:has|have) to |must |should )?(\w+)(?: |$)", re.IGNORECASE
)


def _does(clause: Clause, near: NearFact) -> bool:
    """Whether somebody does what is asked, rather than what is done being only named: “assesses”, “an assessment”."""
    said = _WHO_DOES.match(clause.text)
    if clause.measure != "who" or not said or any(one.typed for one in near.values):
        return True
    verb = set(words(said[1]))
    tokens = [one for one in normalise(near.fact.text).split() if _is_verb(one, verb)]
    return not verb or not tokens or not all(one.endswith(_NOUNS[:4]) for one in tokens)


def _is_who_is_asked(clause: Clause, near: NearFact) -> bool:
    """Whether one of several who do something does what is asked, by the words for what each does."""
    own = frozenset(clause.words)
    of = [one.words for one in near.values if one.typed and one.words]
    if (
        clause.measure != "who"
        or clause.goes_on
        or near.fact.topic == "person"
        or len(of) < len(near.values)
        or not of
    ):
        return True
    return any(one & own or any(is_said_too(word, own, one) for word in own) for one in of)


_NUMBERED = re.compile(rf"\b([a-z]{{3,}}?)s? ({_NUMBERS})\b(?! (?:to|and|or) )")
_NO_NOUNS = frozenset(
    "than least most exactly only the are has have had and for about over under all aged these those with from into "
    "must does will other next last first what which many these january february march april may june july august "
    "september october november december".split()
)


def _has_numbered(clause: Clause, near: NearFact) -> bool:
    """Whether a number is of the wave, stage or domain that is named by its number, and of no other beside it."""
    if clause.measure not in ("count", "people", "money", "share", "long", "when"):
        return True
    text = normalise(without_documents(clause.text))
    for noun, number in _NUMBERED.findall(text):
        if noun in _NO_NOUNS or (len(number) > 2 and number.isdigit()):
            continue
        asked = set(words(f"{noun} {number}"))
        if asked and any(asked <= one.words for one in near.values):
            continue
        said = re.search(
            rf"\b{noun}s? ((?:(?:{_NUMBERS})\b(?: and | or | to | )?)+)", normalise(near.fact.text)
        )
        if said and set(words(said[1])) - {"and"} != set(words(number)):
            return False
    return True


_DONE_TO = re.compile(
    r"\b(?:was|were|is|are|be|been)\b(.*?)\b(\w{3,}ed|set up|held)\b(?! by\b)", re.IGNORECASE
)
_IS_DONE = frozenset("be been is are was were being get gets".split())
_NOUNS = ("ment", "ation", "tion", "sion", "ing", "al")


def _is_done_to(clause: Clause, fact: Fact) -> bool:
    """Whether something is done to what is named where the question asks that, rather than by it."""
    asked = _DONE_TO.search(clause.text)
    if clause.measure not in ("when", "where", "why", "until") or not asked:
        return True
    verb = set(words(asked[2]))
    named = set(words(asked[1])) - verb - light()
    tokens = normalise(fact.text).split()
    for at, token in enumerate(tokens):
        if not _is_verb(token, verb):
            continue
        before, after = set(words(" ".join(tokens[:at]))), set(words(" ".join(tokens[at + 1 :])))
        if token.endswith(_NOUNS) or _is_done_at(tokens, at):
            return bool(named & before) or not named & after or tokens[at + 1 : at + 2] != ["by"]
        return not (named & before and not named & after and after)
    return True


def _is_done_at(tokens: list[str], at: int) -> bool:
    """Whether the verb that stands somewhere is in the passive: “is formally approved”, “to be seen or heard”."""
    for token in reversed(tokens[:at]):
        if token in _IS_DONE:
            return True
        if not token.endswith(("ly", "ed")) and token not in (
            "or",
            "and",
            "not",
            "also",
            "then",
            "expected",
            "to",
        ):
            return False
    return False


def _is_verb(token: str, verb: set[str]) -> bool:
    """Whether a word is the verb that is asked about, or says the same."""
    own = set(words(token))
    return bool(own) and (
        own <= verb or all(is_said_too(one, frozenset(verb), frozenset(own)) for one in verb)
    )
