"""Works with lists: what is in one and not in another, how many are in one, and what fell between two days."""

from __future__ import annotations

import re
from datetime import date

from orgmap.graphmodel.text import normalise
from orgmap.queries.documents.words import words
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import DOCUMENTS, Fact, Facts, Value, is_of_kind
from orgmap.queries.records.finding import AHEAD, Finder, NearFact
from orgmap.queries.records.listing import label_of
from orgmap.queries.records.parts import AnswerPart, derived, not_stated

_LESS = re.compile(
    r"^(?P<all>.*?)\s+(?:but|(?:that |which |who )?(?:are|is|do|does|did|were|was|have|has))\s+not\s+(?P<none>.+)$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"^(?P<all>.*?)\s+both\s+(?P<one>.+?)\s+and\s+(?P<none>.+)$", re.IGNORECASE)
_HAPPENS = frozenset(
    words(
        "happen happens happened occur occurs occurred due planned take takes took place step steps event events"
    )
)
_DATED = frozenset({"date", "milestone", "process", "relation", "step", "plan"})
MOST = 20
"""So many events of a stretch are told."""


def set_apart(clause: Clause, finder: Finder, document: str) -> list[AnswerPart] | None:
    """What one list has and another has not; None where the question sets no lists apart."""
    if clause.measure in ("what", "who") and (both := _BOTH.match(clause.text)):
        return _in_both(clause, finder, document, both)
    apart = _LESS.match(clause.text)
    if clause.measure not in ("what", "who", "count") or not apart:
        return None
    whole = _list_of(finder, clause._replace(text=apart["all"]), document)
    part = _list_of(finder, clause._replace(text=f"{_noun(clause)} {apart['none']}"), document)
    if whole is None or part is None or whole[0].id == part[0].id:
        return None
    everything, some = _members(whole[1]), _members(part[1])
    if not set(some) & set(everything):
        return None
    left = tuple(one for one in everything if one not in some)
    cited = tuple(dict.fromkeys((*whole[1].cited, *part[1].cited)))
    if clause.measure == "count":
        return [derived(clause.asked, "count", cited, number=len(left), unit=_noun(clause))]
    if not left:
        return [derived(clause.asked, "what", cited, text="none of them")]
    if whole[1].bodies:
        return [derived(clause.asked, "who", cited, bodies=left, complete="yes")]
    return [derived(clause.asked, "what", cited, items=left, complete="yes")]


def _in_both(clause: Clause, finder: Finder, document: str, both: re.Match[str]) -> list[AnswerPart] | None:
    """What two lists have in common."""
    first = _list_of(finder, clause._replace(text=f"{both['all']} {both['one']}"), document)
    second = _list_of(finder, clause._replace(text=f"{both['all']} {both['none']}"), document)
    if first is None or second is None or first[0].id == second[0].id:
        return None
    common = tuple(one for one in _members(first[1]) if one in _members(second[1]))
    cited = tuple(dict.fromkeys((*first[1].cited, *second[1].cited)))
    if not common:
        return [derived(clause.asked, "what", cited, text="none of them")]
    what = {"bodies": common} if first[1].bodies else {"items": common}
    return [derived(clause.asked, "what", cited, complete="yes", **what)]


def _noun(clause: Clause) -> str:
    return " ".join(clause.head) or ""


def _members(value: Value) -> tuple[str, ...]:
    return value.bodies or value.items


def _list_of(finder: Finder, clause: Clause, document: str) -> tuple[Fact, Value] | None:
    """The list that is nearest to some words."""
    kinds = set(clause.kinds)
    for one in finder.ranked(clause, document)[:8]:
        if one.lacks:
            continue
        for value in one.fact.values:
            if not value.typed or value.measure == "open" or len(_members(value)) < 2:
                continue
            if kinds and not value.bodies:
                continue
            return one.fact, value
    return None


_PERSONS = frozenset(words("member members people persons"))
"""Whom a list of sorts of them does not count."""

_EVERYWHERE = re.compile(
    r"\b(?:nationally|nationwide|(?:in|across) (?:the whole of |all )?England)\b", re.IGNORECASE
)
"""How a question means all of England, for which no list of some of its bodies stands."""


def number_of(clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
    """How many a whole list has, where the document prints the list and no number."""
    if clause.measure != "count" or not clause.head:
        return None
    nouns = set(words(" ".join(clause.head)))
    everywhere = _EVERYWHERE.search(clause.text)
    for one in found[:5]:
        if one.lacks or one.near < 0.85 * found[0].near:
            continue
        if everywhere and any(":" in body for body in one.fact.subjects):
            continue
        if any(value.number is not None and value.measure == "count" for value in one.values):
            return None
        for value in one.fact.values:
            listed = _members(value)
            if nouns & _PERSONS and any(item.endswith("s") for item in value.items):
                continue
            of_kind = bool(clause.kinds) and any(is_of_kind(body, clause.kinds[0]) for body in value.bodies)
            if (
                value.typed
                and len(listed) > 1
                and value.complete == "yes"
                and (of_kind or nouns <= value.words)
            ):
                return [derived(clause.asked, "count", value.cited, number=len(listed), unit=_noun(clause))]
    return None


_DAYS_BETWEEN = re.compile(r"^how (?:many days|long)\b.*\bbetween\b", re.IGNORECASE)


def days_between(clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
    """How many days lie between two days that one statement gives."""
    if not _DAYS_BETWEEN.match(clause.text) or not found or found[0].lacks:
        return None
    days = [one for one in found[0].fact.values if one.measure == "when" and one.day and one.typed]
    if len(days) != 2 or any(one.precision != "day" for one in days):
        return None
    number = abs((date.fromisoformat(days[1].day) - date.fromisoformat(days[0].day)).days)
    cited = tuple(dict.fromkeys((*days[0].cited, *days[1].cited)))
    return [derived(clause.asked, "long", cited, number=number, unit="days")]


_OF_ALL = re.compile(r"\bof the (\d[\d,]*) \w")
"""How a sentence says how many there are in all: “ten of the 27 teams”."""


_BY_HOW_MUCH = re.compile(
    r"^by how (?:many|much)\b.*\b(?:go(?:es)? (?:up|down)|went|rises?|rose|grows?|grew|falls?|fell|changed?)\b",
    re.IGNORECASE,
)


def risen_by(clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
    """By how much a number went up or down of which a statement gives two, one after the other."""
    if not _BY_HOW_MUCH.match(clause.text) or not found or found[0].lacks:
        return None
    numbers = [one for one in found[0].fact.values if one.number is not None and one.number_until is None]
    if len(numbers) != 2 or numbers[0].unit != numbers[1].unit or numbers[0].measure != numbers[1].measure:
        return None
    first, last = (one.number or 0.0 for one in numbers)
    cited = tuple(dict.fromkeys((*numbers[0].cited, *numbers[1].cited)))
    return [derived(clause.asked, numbers[0].measure, cited, number=abs(last - first), unit=numbers[0].unit)]


def rest_of(clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
    """How many are not so, where a statement says how many there are and how many are so."""
    if clause.measure != "count" or not re.search(r"\bnot\b", clause.text) or not found:
        return None
    if (of_all := _OF_ALL.search(found[0].fact.text)) and len(found[0].values) == 1:
        those, number = found[0].values[0], float(of_all[1].replace(",", ""))
        if those.number is not None and those.number < number:
            left = number - those.number
            return [derived(clause.asked, "count", those.cited, number=left, unit=those.unit)]
    counts = [
        one for one in found[0].fact.values if one.measure == "count" and one.number is not None and one.typed
    ]
    whole = [one for one in counts if not any(_more(other, one) for other in counts)]
    parts = [one for one in counts if one not in whole and one.words <= set(clause.words)]
    if len(whole) != 1 or len(parts) != 1:
        return None
    left = (whole[0].number or 0) - (parts[0].number or 0)
    cited = tuple(dict.fromkeys((*whole[0].cited, *parts[0].cited)))
    return [derived(clause.asked, "count", cited, number=left, unit=whole[0].unit)]


def _more(one: Value, other: Value) -> bool:
    return (one.number or 0) > (other.number or 0)


def of_series(clause: Clause, found: list[NearFact]) -> list[AnswerPart] | None:
    """A list that a document prints item by item, where it has no sentence of its own: its items, or how many."""
    if clause.measure not in ("what", "is", "count") or not clause.several:
        return None
    noun = set(words(clause.head[-1]))
    for one in found[:6]:
        fact = one.fact
        if (
            one.lacks
            or not fact.series
            or not noun <= set(words(fact.series.partition(" of ")[0]))
            or one.near < 0.85 * found[0].near
        ):
            continue
        if any(value.typed for value in fact.values) or fact.topic in ("milestone", "indicator", "question"):
            return None
        items = [other for other in _in_series(found, fact)]
        if len(items) < 2:
            return None
        cited = tuple(other.id for other in items)
        if clause.measure == "count":
            return [derived(clause.asked, "count", cited, number=len(items), unit=_noun(clause))]
        texts = tuple(other.text.partition(": ")[2].rstrip(".") or other.text for other in items)
        value = Value("what", items=texts, complete="yes", cited=cited, typed=False)
        return [AnswerPart(clause.asked, value, cited=cited)]
    return None


def _in_series(found: list[NearFact], fact: Fact) -> list[Fact]:
    """The facts of the series of a fact, in the order in which they stand."""
    same = [one.fact for one in found if one.fact.series == fact.series and ": " in one.fact.text]
    return sorted(same, key=lambda one: one.id)


def in_the_time(clause: Clause, finder: Finder, document: str) -> list[AnswerPart] | None:
    """What happened, or was to happen, in a month or between two days; None where this is not what is asked."""
    if clause.measure not in ("what", "is") or not clause.days or not set(clause.words) & _HAPPENS:
        return None
    first, last = clause.days[0].first, clause.days[-1].last
    rest = {
        word
        for word in clause.words
        if word not in _HAPPENS and not word.isdigit() and word not in words(_days_words(clause.text))
    }
    found = [
        fact
        for fact in finder.facts.all
        if (fact.origin == DOCUMENTS or first >= AHEAD)
        and fact.topic in _DATED
        and (not document or document in fact.document.split())
        and _within(fact, first, last) and rest <= fact.weights.keys()
    ]  # fmt: skip
    exact = [one for one in found if one.span and (one.span.first, one.span.last) == (first, last)]
    found = exact if len(exact) == 1 and first != last else found
    if not found or len(found) > MOST:
        return None
    if len(found) == 1:
        finder.chosen.append(found[0])
        typed = next((one for one in found[0].values if one.measure == "what" and one.typed), None)
        value = typed or Value("what", text=found[0].text, cited=(found[0].id,), typed=False)
        return [AnswerPart(clause.asked, value, cited=(found[0].id,))]
    items = tuple(label_of(one) for one in sorted(found, key=lambda one: (one.span or ("", ""))[0]))
    return [derived(clause.asked, "what", tuple(one.id for one in found), items=items, complete="yes")]


def _within(fact: Fact, first: str, last: str) -> bool:
    return bool(fact.span) and first <= fact.span.first and fact.span.last <= last  # type: ignore[union-attr]


def _days_words(text: str) -> str:
    months = "january february march april may june july august september october november december"
    return " ".join(
        one
        for one in normalise(text).split()
        if one.isdigit() or one in months.split() or one in ("in", "between", "end")
    )


def spoken_for(clause: Clause, first: NearFact, facts: Facts) -> NearFact | None:
    """The fact whose list takes in what the nearest statement says."""
    for one in facts.all:
        for value in one.values:
            if (
                value.typed
                and value.items
                and value.measure == clause.measure
                and first.fact.id in value.cited[1:]
            ):
                return first._replace(fact=one, values=(value,))
    return None


def on_day(clause: Clause, finder: Finder, found: list[NearFact], day: str) -> AnswerPart:
    """What there was on a day: the last of several forms that had begun by then."""
    begun = [
        (span.first, value)
        for one in found
        for value in one.fact.values
        if value.measure == clause.measure and (span := one.fact.span) and span.first <= day
        if set(finder.subjects(clause)) <= one.fact.weights.keys()
    ]
    if not begun:
        return not_stated(day)
    _, value = max(begun, key=lambda pair: pair[0])
    return AnswerPart(day, value, cited=value.cited)
