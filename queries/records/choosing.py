"""Chooses the values of a fact that answer a part of a question: those of what is asked, and of what is named."""

from __future__ import annotations

import re
from functools import lru_cache

from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kind_of, kinds
from orgmap.queries.documents.words import words
from orgmap.queries.records.asked import WHETHER, Clause
from orgmap.queries.records.facts import Fact, Value, is_of_kind
from orgmap.queries.records.places import label_of_body

_PASSIVE = re.compile(
    r"^who(?:m)?\b.*\b(?:be|is|are|was|were|been)\s+(?:\w+ly\s+)?"
    r"(?:\w+ed|held|run|made|given|taken|told|sent|paid|chosen|kept|brought|bought)\b",
    re.IGNORECASE,
)  # fmt: skip
"""How a question asks to whom something is done."""

_DONE_BY = re.compile(r"\bby (?!when|then|now|\d|the end|end|january|february|march|april|may|june|july|august|sept"
                      r"|october|november|december)\w", re.IGNORECASE)  # fmt: skip
"""How it says who does it, so that this is no answer."""

_WHOM = re.compile(r"^whom (?:do|does|did|will|would|must|should|can|may)\b", re.IGNORECASE)
"""How a question asks to whom somebody does something."""

_POST = re.compile(r"^who (?:is|are|was|were|will be|has been) (?!to\b)(?:the |an? )?\w", re.IGNORECASE)
"""How a question asks who holds a post."""

ALIKE = {
    "who": ("who", "to", "is", "instead", "through", "with", "object", "subject"),
    "what": ("what", "is", "who", "form", "status", "purpose", "through", "follows", "object", "subject"),
    "is": ("is", "what", "form"),
    "form": ("form", "is"),
    "status": ("status", "form"),
    "when": ("when", "until"),
    "until": ("until", "when"),
    "count": ("count", "people", "share", "long"),
    "people": ("people", "count"),
    "share": ("share", "money"),
    "money": ("money",),
    "often": ("often",),
    "long": ("long", "when"),
    "through": ("through",),
    "with": ("with",),
    "to": ("to", "who"),
    "purpose": ("purpose", "what"),
    "condition": ("condition", "exception"),
    "follows": ("follows", "what"),
    "where": ("where",),
    "before": ("before",),
    "after": ("after",),
}
"""The measures whose values may answer what is asked, the one itself first."""


@lru_cache(maxsize=4096)
def words_of(of: str) -> frozenset[str]:
    """The words of what a value is of."""
    return frozenset(words(of))


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
    values = fact.values
    if (manner := _MANNER.match(clause.text)) and (said := _of_act(values, manner[1])):
        return said
    if is_done_by(clause) and any(not one.typed and one.measure in ("to", "with") for one in values):
        values = tuple(one for one in values if one.typed)
    if clause.measure in ("what", "follows") and _is_after(fact, clause):
        values = tuple(one for one in values if one.measure != "follows")
    for measure in ALIKE.get(clause.measure, (clause.measure,)):
        having = [
            one
            for one in values
            if one.measure == measure
            and (_may_be(one, clause, measure, own) or _is_plainly_of(one, clause, fact, own))
        ]
        if chosen := _of_those(having, own, clause, measure != clause.measure):
            return tuple(_of_asked_kinds(one, clause) for one in chosen)
    if fact.topic == "person" and clause.measure == "who" and not _POST.match(clause.text):
        return tuple(one for one in fact.values if one.typed and one.measure == "who")[:1]
    return ()


_AFTER = re.compile(r"\bafter\b(.*)$", re.IGNORECASE)


def _is_after(fact: Fact, clause: Clause) -> bool:
    """Whether a fact itself is what comes after that of which a question asks what comes after it."""
    asked, said = _AFTER.search(clause.text), _AFTER.search(fact.text)
    return bool(asked and said and set(words(said[1])) and set(words(said[1])) <= set(words(asked[1])))


_MANNER = re.compile(r"^how (?:is|are|was|were)\b.*?(\w{3,})ed$", re.IGNORECASE)
"""How a question asks with what outcome something was done: “how were they rated”."""


def _of_act(values: tuple[Value, ...], act: str) -> tuple[Value, ...]:
    """The values of what comes out of an act: a “rating”."""
    return tuple(
        one
        for one in values
        if one.typed and one.measure == "what" and one.of.lower().startswith(act.lower())
    )


def is_done_by(clause: Clause) -> bool:
    """Whether a question asks to whom something is done, and says by whom: “Who is held to account by …”."""
    passive = _PASSIVE.match(clause.text) and _DONE_BY.search(clause.text)
    return clause.measure == "who" and bool(passive or _WHOM.match(clause.text))


def _of_asked_kinds(value: Value, clause: Clause) -> Value:
    """A value without the bodies of other kinds than those asked for, where nobody typed it for them."""
    if value.typed or not clause.kinds or clause.measure not in ("who", "what"):
        return value
    of_kinds = (body for body in value.bodies if any(is_of_kind(body, kind) for kind in clause.kinds))
    return value._replace(bodies=tuple(of_kinds))


def _before_and_after(fact: Fact, clause: Clause) -> tuple[Value, ...]:
    """Who it was before a day or a change, and who afterwards, where the question asks for that."""
    asked = set(clause.text.lower().split()) & {"before", "after"}
    return tuple(one for one in fact.values if one.measure in asked)


def _of_head(fact: Fact, clause: Clause) -> tuple[Value, ...]:
    """The values that are of the very noun that is asked for: “which wave”, “which panels”."""
    noun = frozenset(words(clause.head[-1])) if clause.head else frozenset()
    if clause.measure not in ("what", "who") or not noun or clause.kinds:
        return ()
    named = frozenset(clause.words)
    if clause.measure == "who" and any(
        one.measure == "who" and words_of(one.of) & named for one in fact.values
    ):
        return ()
    also = (*ALIKE[clause.measure], "what") if _POST.match(clause.text) else ALIKE[clause.measure]
    having = [
        one
        for one in fact.values
        if one.typed and one.brought != "always" and one.measure not in (WHETHER, "open")
        and (clause.measure == "what" or one.measure in also)
        and noun <= (words_of(one.of) | (words_of(one.unit) if one.number is not None else frozenset()))
    ]  # fmt: skip
    having = [one for one in having if one.number is None or not clause.several]
    exact = tuple(one for one in having if words_of(one.of) == noun)
    if exact:
        return exact
    own = frozenset(clause.words)
    best = max((len(words_of(one.of) & own) for one in having), default=0)
    return tuple(one for one in having if len(words_of(one.of) & own) == best)


def _may_be(value: Value, clause: Clause, measure: str, own: frozenset[str]) -> bool:
    """Whether a value may stand for what is asked: it is no echo of the question, and bodies where bodies are asked."""
    if clause.measure in ("who", "what") and value.text and not value.bodies:
        said = set(words(value.text))
        if said <= own or (not value.typed and len(said & own) >= len(said) / 2):
            return False
    if clause.measure == "who" and value.items and set(words(" ; ".join(value.items))) <= own:
        return False
    if clause.many and clause.measure in ("what", "who") and not (value.items or value.bodies):
        return False
    if measure in _NO_THINGS and clause.measure == "what" and clause.text.lower().startswith("which"):
        return False
    if clause.measure == "who" and measure == "to" and value.typed and not is_done_by(clause):
        return False
    if clause.measure == "share" and measure == "money" and "how much" not in clause.text.lower():
        return False
    if value.bodies and _only_says_again(value, clause, own):
        return False
    done_by = is_done_by(clause)
    if clause.measure == "who" and _POST.match(clause.text) and not done_by:
        return value.typed and measure in ("who", "with") and bool(words_of(value.of) & own)
    plain = f" {normalise(clause.text)} "
    if clause.measure == "is" and measure == "what" and not words_of(value.of) & own:
        return bool(value.of) and f" {normalise(value.of)} " in plain
    if clause.measure == "is" and measure == "what" and own <= set(words(" ".join(clause.head))):
        return len(words_of(value.of)) > 1 and words_of(value.of) <= own
    if done_by or (clause.measure == "who" and _PASSIVE.match(clause.text)):
        if done_by and measure not in ("object", "to"):
            return False
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
    nouns = set(words(clause.head[-1])) if clause.head else set()
    if (
        clause.measure == "what"
        and nouns
        and not clause.kinds
        and value.bodies
        and not words_of(value.of) & nouns
    ):
        return False
    if (
        clause.measure == "what"
        and not clause.kinds
        and value.typed
        and value.of
        and not _is_of_what_is_asked(value, clause, own)
    ):
        return False
    if clause.measure == "count" and value.unit and clause.head and not clause.goes_on:
        counted = words_of(value.of) | words_of(value.unit)
        nouns = set(words(" ".join(clause.head))) or set(own)
        if not counted & nouns or (counted >= KINDS and not KINDS & own):
            return False
    begins = not clause.goes_on and not clause.several
    if clause.measure == "when" and value.typed and value.of and begins and not words_of(value.of) & own:
        return False
    if measure == clause.measure:
        return True
    if clause.measure == "who" and measure == "what" and not words_of(value.of) & own:
        return False
    if (
        clause.measure == "people"
        and measure == "count"
        and not _PERSONS & set(words(f"{value.unit} {value.of}"))
    ):
        return False
    if clause.measure == "what" and measure == "who" and not clause.head:
        return False
    return bool(value.bodies) or not clause.kinds or measure == "what"


_NO_THINGS = frozenset({"purpose", "through"})
"""Measures of which no value is one of several things: “which …” does not ask for them."""


def _is_plainly_of(value: Value, clause: Clause, fact: Fact, own: frozenset[str]) -> bool:
    """Whether the only day of a fact is asked that has every word of the question, whatever it is called there."""
    days = [one for one in fact.values if one.measure == "when"]
    asked = own - clause.day_words - _SAYS_WHEN
    return (
        clause.measure == value.measure == "when"
        and len(days) == 1
        and len(asked) > SHORT
        and asked <= set(words(fact.text))
    )


_SAYS_WHEN = frozenset(words("by when ; date ; latest"))


def _is_close(rate: float, value: Value) -> bool:
    """Whether what a value is of is near enough to the question: the more words it has, the more must be there."""
    many = len(words_of(value.of) - _PERSONS if value.measure == "people" else words_of(value.of))
    return many < SHORT - 1 or (rate > 0 if many < SHORT else rate >= CLOSE)


_PERSONS = frozenset(words("registered patients persons people population residents"))
"""Words for people, who are all alike where people are counted."""

CLOSE = 0.4
"""So much of what a value is of must be in the question, where it is said in three words or more."""


_IN_PLACE_OF = re.compile(r"\b(?:after|from|instead of|in place of)\s+[A-Z]")
"""How a question names the body whose successor it asks for."""


def _only_says_again(value: Value, clause: Clause, own: frozenset[str]) -> bool:
    """Whether bodies are what the question names: the kind of which it asks which one, or the body that it is about."""
    plain = f" {normalise(clause.text)} "
    if (
        len(value.bodies) > 1
        and clause.measure in ("who", "what")
        and any(_is_named(body, plain) for body in value.bodies)
    ):
        return True
    if set(value.bodies) <= set(clause.kinds):
        return clause.measure == "what" or clause.text.lower().startswith("which")
    if not value.typed and len(value.bodies) > 1 and any(_is_said(body, own) for body in value.bodies):
        return True
    if (
        _IN_PLACE_OF.search(clause.text)
        and value.bodies
        and all(_is_said(body, own) for body in value.bodies)
    ):
        return True
    if value.typed and clause.kinds and not words_of(value.of) & own:
        return bool(value.bodies) and all(_is_said(body, own) for body in value.bodies)
    return (
        not value.typed
        and bool(clause.head or clause.measure == "who")
        and all(_is_said(body, own) for body in value.bodies)
    )


def _is_said(body: str, own: frozenset[str]) -> bool:
    """Whether the words of a question have all words of one of a body's names."""
    return any(set(words(name)) <= own for name in _names(body))


def _names(body: str) -> list[str]:
    kind = kinds().get(body)
    return [kind.label, kind.plural, kind.short or kind.label] if kind else [_called(body)]


def _is_of_kinds(value: Value, clause: Clause) -> bool:
    """Whether a value has bodies of the kinds that are asked for, or is a list of what such bodies are called."""
    if value.bodies:
        return any(is_of_kind(body, kind) for body in value.bodies for kind in clause.kinds)
    of = words(value.of)
    named = (words(name) for kind in clause.kinds for name in (kinds()[kind].label, kinds()[kind].plural))
    return any(of == name for name in named)


def _is_of_what_is_asked(value: Value, clause: Clause, own: frozenset[str]) -> bool:
    """Whether a value is of the noun that is asked for, or all of what it is of is named; of a “what” alone, some."""
    of = words_of(value.of)
    if clause.goes_on and len(own) < SHORT:
        return True
    if not clause.head:
        return len(of & own) > len(of) / 2 if len(of) > SHORT - 1 else bool(of & own)
    return bool(of & set(words(" ".join(clause.head))))


KINDS = frozenset(words("kinds"))
"""What counts kinds of things does not count the things."""

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
    rated = [(len(words_of(one.of) & own) / max(1, len(words_of(one.of))), one) for one in having]
    if (
        other
        and clause.measure in ("what", "who")
        and not any(rate for rate, one in rated)
        and len(having) > 1
    ):
        return ()
    if clause.several and clause.measure == "when":
        return tuple(having)
    whole = [one for rate, one in rated if rate == 1.0]
    verb = set(words(clause.head[0])) if clause.head and clause.measure == "who" else set()
    doing = [one for one in having if verb & words_of(one.of)]
    if doing and not any(one in whole for one in doing):
        return tuple(doing[:1])
    if whole:
        return tuple(one for one in whole if verb & words_of(one.of)) or tuple(whole)
    if not (clause.goes_on and len(own) < SHORT):
        rated = [(rate, one) for rate, one in rated if _is_close(rate, one)]
    if not rated:
        return ()
    best = max(rate for rate, _ in rated)
    bare = [one for _, one in rated if not one.of]
    if best < 0.3 and bare:
        return tuple(bare)
    return tuple(one for rate, one in rated if rate == best)
