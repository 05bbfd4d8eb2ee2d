"""Counts and lists steps, indicators and questions of a document: by owner, stream, group, quarter and day."""

from __future__ import annotations

import re
from collections import Counter

from orgmap.graphmodel.dates import days_of
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import kinds
from orgmap.queries.documents.words import words
from orgmap.queries.records.agreeing import body_asked
from orgmap.queries.records.asked import Clause
from orgmap.queries.records.facts import DOCUMENTS, Fact, Facts, Value, is_of_kind
from orgmap.queries.records.parts import AnswerPart, derived, not_stated

_NOUNS = {"milestone": "milestones", "indicator": "indicators", "question": "questions"}
"""The topics whose statements are counted and listed, each with what they are called together."""

_SAID = frozenset(
    words(
        "meet must due fall falls list lists listed line lines under sit sits stand stands set ask asks asked reach "
        "complete completed group stream quarter owner domain annex appendix condition attach carry per concern "
        "concerns most fewest least all total altogether about regard do subject conditional depend on end beginning "
        "start steps largest smallest"
    )
)
"""Words of such questions that choose nothing."""

_BY = re.compile(
    r"\b(?:by|per|for each|in each|of each)\s+(stream|group|owner|body|quarter|domain|section|part)s?\b", re.I
)
_NUMBERED = re.compile(r"\b(\d+)\b")
_QUARTER = re.compile(r"(?:Q\d|In) \d{4}|In \d|Q\d")
_MANY = frozenset("most fewest least largest smallest".split())


def listed(clause: Clause, facts: Facts, parts: list[Clause]) -> list[AnswerPart] | None:
    """What a part of a question asks of the steps, indicators or questions of a document; None if it asks of none."""
    own = set(clause.words)
    noun = next((topic for topic in _NOUNS if words(topic)[0] in own), "") or _meant(clause, facts)
    if not noun or clause.measure not in ("count", "what", "who", "is"):
        return None
    found = [one for one in facts.all if one.topic == noun and one.origin == DOCUMENTS]
    if clause.document:
        found = [one for one in found if one.document == clause.document]
    if not _has_numbered_part(clause, found) or not _is_owned(clause, found):
        return [not_stated(clause.asked)]
    found, used = _narrowed(clause, found)
    rest = own - used - _SAID - set(words(noun)) - _numbers_said(clause, len(found))
    if rest:
        found = [one for one in found if rest <= one.weights.keys()]
    if not found:
        return None
    by = _BY.search(clause.text)
    plain = set(normalise(clause.text).split())
    if plain & _MANY and clause.measure == "what" and (field := _field(clause.head)):
        return _most(clause, found, field, noun, bool(plain & {"fewest", "least", "smallest"}))
    if clause.measure == "count" and (field := _field(clause.head[-1:])) and not by:
        names = _groups(found, field)
        return [derived(clause.asked, "count", _cited(found), number=len(names), unit=clause.head[-1])]
    if clause.measure == "count":
        return _counted(clause, found, noun, _field((by[1],)) if by else "")
    if not rest and len(found) == len([one for one in facts.all if one.topic == noun]):
        return None
    return _told(clause, found, parts, rest)


_PART = re.compile(r"\b(?:domain|group|section|part)\s*(\d+)\b", re.IGNORECASE)


def _has_numbered_part(clause: Clause, found: list[Fact]) -> bool:
    """Whether there is the domain, group or part that a question names by its number, if it names one."""
    said = _PART.search(clause.text)
    return not said or any(said[1] in _NUMBERED.findall(one.part) for one in found)


def _is_owned(clause: Clause, found: list[Fact]) -> bool:
    """Whether those who have to meet what is asked for have to meet any of it at all, if somebody is named."""
    body = body_asked(clause)
    owners = {kind for one in found for kind in one.subjects if kind in kinds()}
    if not body or not owners or not _HAVE_TO.search(clause.text):
        return True
    return any(body in words(f"{kinds()[one].label} ; {kinds()[one].plural}") for one in owners)


_HAVE_TO = re.compile(r"\b(?:must|should|have to|has to|need to|needs to)\b", re.IGNORECASE)


def _meant(clause: Clause, facts: Facts) -> str:
    """What is meant though it is not named: what somebody must do by a day is a step, what an annex asks a question."""
    plain = normalise(clause.text)
    if (
        clause.measure == "what"
        and not clause.head
        and _MUST.search(plain)
        and (clause.days or clause.quarters)
    ):
        steps = [one for one in facts.all if one.topic == "milestone"]
        return "milestone" if _owners(clause, steps) else ""
    if clause.measure == "what" and re.search(r"\bannex \d ask", plain):
        return "question"
    return ""


_MUST = re.compile(r"\b(?:must|should|have to|need to|needs to|are to)\b.*\bdo\b")


def _numbers_said(clause: Clause, number: int) -> set[str]:
    """The word for how many there are, which a question may say (“the three milestones”)."""
    said = {
        one
        for one in clause.words
        if one in words("one two three four five six seven eight nine ten 11 12 13 14")
    }
    return said if number else set()


def _field(head: tuple[str, ...]) -> str:
    """The field that a noun of a question groups by."""
    fields = {"stream": "about", "group": "about", "owner": "subjects", "body": "subjects", "quarter": "part",
              "domain": "part", "section": "part", "part": "part"}  # fmt: skip
    return next((fields[word.rstrip("s")] for word in head if word.rstrip("s") in fields), "")


def _narrowed(clause: Clause, found: list[Fact]) -> tuple[list[Fact], set[str]]:
    """The facts that have the quarter, annex, owner, group, domain and days that are named, and the words for these."""
    used: set[str] = set()
    text = clause.text
    if clause.quarters:
        found = [one for one in found if one.part in clause.quarters]
        used |= set(words(" ".join(clause.quarters))) | set(words("2011 2012 2013 11 12 13 14"))
    if annex := re.search(r"\bannex\s*(\d)\b", text, re.IGNORECASE):
        found = [one for one in found if normalise(one.series).startswith(f"annex {annex[1]}")]
        used |= set(words(annex.group()))
    if re.search(r"\b(?:subject to|conditional|depends? on)\b", text, re.IGNORECASE):
        found = [one for one in found if one.condition]
    if owners := _owners(clause, found):
        found = [
            one for one in found if any(is_of_kind(part, kind) for part in one.subjects for kind in owners)
        ]
        used |= {word for kind in owners for word in words(f"{kinds()[kind].label} {kinds()[kind].plural}")}
    for field in ("about", "part"):
        named = _named(clause, found, field, used)
        if named:
            found = [one for one in found if getattr(one, field) in named]
            used |= {word for name in named for word in words(_plain(name))} | _domain_words(clause)
    if clause.days:
        found = [one for one in found if _is_due(one, clause)]
        used |= set(words(" ".join(re.findall(r"[A-Za-z]+|\d+", _days_text(clause)))))
    return found, used


def _days_text(clause: Clause) -> str:
    return " ".join(
        one for one in re.findall(r"\w+", clause.text)
        if one.isdigit() or one.lower() in _MONTHS or one.lower() in ("end", "beginning", "between", "from")
    )  # fmt: skip


_MONTHS = "january february march april may june july august september october november december".split()


def _days_of_quarter(part: str) -> tuple[str, ...]:
    """The first and the last day of a quarter of a financial year.

    >>> _days_of_quarter("Q4 2012/13")
    ('2013-01-01', '2013-03-31')
    """
    said = re.fullmatch(r"Q([1-4]) (\d{4})/\d{2}", part)
    if not said:
        return ()
    number, year = int(said[1]), int(said[2]) + (said[1] == "4")
    month = number * 3 % 12 + 1
    return f"{year}-{month:02}-01", days_of(f"{year}-{month + 2:02}").last


def _is_due(fact: Fact, clause: Clause) -> bool:
    first, last = clause.days[0].first, clause.days[-1].last
    if (span := fact.span) is None:
        quarter = _days_of_quarter(fact.part)
        return bool(quarter) and first <= quarter[0] and quarter[1] <= last
    if clause.between or len(clause.days) > 1:
        return first <= span.last <= last
    if re.search(r"\b(?:before|until|no later than)\b", clause.text, re.IGNORECASE):
        return span.last <= last
    return first <= span.last <= last


def _owners(clause: Clause, found: list[Fact]) -> list[str]:
    """The kinds of body that have to do something: those that the question names and that own any."""
    owning = {part for one in found for part in one.subjects if part in kinds()}
    text = f" {' '.join(clause.words)} "
    named = []
    for kind in owning:
        for name in (kinds()[kind].label, kinds()[kind].short):
            key = " ".join(words(name)) if name else ""
            if key and f" {key} " in text:
                named.append((len(key), kind, key))
    chosen: list[str] = []
    for _, kind, key in sorted(named, reverse=True):
        if not any(f" {key} " in f" {other} " for _, other_kind, other in named if other_kind in chosen):
            chosen.append(kind)
    own = set(clause.words)
    wider = [kind for kind in owning for key in _first_words(kind) if key in own and kind not in chosen]
    others = {word for kind in wider for word in words(kinds()[kind].label)[1:]}
    return chosen if others & own else [*chosen, *wider]


def _first_words(kind: str) -> set[str]:
    """The first of several words of a kind's name: of those who own something, “SHAs” means clusters of SHAs."""
    named = (words(name) for name in (kinds()[kind].label, kinds()[kind].short) if name)
    return {key[0] for key in named if len(key) > 1}


def _plain(name: str) -> str:
    return name.partition("; service:")[0].replace(": ", " ")


def _named(clause: Clause, found: list[Fact], field: str, used: set[str]) -> set[str]:
    """The values of a field that a question names by all their words, or by their number (“domain 4”)."""
    own = set(clause.words)
    named: dict[str, int] = {}
    for name in {getattr(one, field) for one in found} - {""}:
        number = _NUMBERED.search(name)
        if number and field == "part" and not _QUARTER.match(name):
            group = set(words(name[: number.start()]))
            said = re.search(rf"\b(?:domain|group|part|section)\s*{number[1]}\b", clause.text, re.IGNORECASE)
            if said and (group <= own or not group):
                named[name] = 99
            continue
        of = set(words(_plain(name))) or {normalise(name)}
        in_words = f" {normalise(_plain(name))} " in f" {normalise(clause.text)} "
        if in_words and not set(words(_plain(name))):
            named[name] = 1
        elif of and of <= own and not of <= used:
            named[name] = len(of)
    most = max(named.values(), default=0)
    return {name for name, length in named.items() if length == most}


def _is_numbered(name: str) -> bool:
    return bool(_NUMBERED.search(name)) and not _QUARTER.match(name)


def _domain_words(clause: Clause) -> set[str]:
    return set(words(" ".join(re.findall(r"\bdomain\s*\d+", clause.text, re.IGNORECASE))))


def _cited(found: list[Fact]) -> tuple[str, ...]:
    return tuple(one.id for one in found)


def _counted(clause: Clause, found: list[Fact], noun: str, field: str) -> list[AnswerPart]:
    """How many, and how many of each group if that is asked; a group whose parts are numbered also by these."""
    unit = _NOUNS[noun]
    parts = [derived(clause.asked, "count", _cited(found), number=len(found), unit=unit)]
    if not field:
        return parts
    for name, members in _groups(found, field).items():
        parts.append(derived(name, "count", _cited(members), number=len(members), unit=unit))
        inner = _groups(members, "part")
        if field == "about" and len(inner) > 1 and all(map(_is_numbered, inner)):
            for one, those in inner.items():
                parts.append(derived(one, "count", _cited(those), number=len(those), unit=unit))
    return parts


def _groups(found: list[Fact], field: str) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = {}
    for one in found:
        cell = getattr(one, field)
        for name in cell if isinstance(cell, tuple) else [_plain(cell)]:
            groups.setdefault(kinds()[name].plural if name in kinds() else name, []).append(one)
    return groups


def _most(clause: Clause, found: list[Fact], field: str, noun: str, least: bool) -> list[AnswerPart]:
    counts = Counter({name: len(those) for name, those in _groups(found, field).items()})
    number = (min if least else max)(counts.values())
    names = tuple(name for name, count in counts.items() if count == number)
    which = {"text": names[0]} if len(names) == 1 else {"items": names, "complete": "yes"}
    return [
        derived(clause.asked, "what", _cited(found), **which),
        derived("how many", "count", _cited(found), number=number, unit=_NOUNS[noun]),
    ]


_HEAD = 80
"""So long may be what stands before the name of an indicator or a question: in which list it is."""


def label_of(fact: Fact) -> str:
    """What a step or an indicator is called in a list: its short name, or its sentence."""
    short = next((one.text for one in fact.values if one.measure == "what" and one.of == "milestone"), "")
    if short:
        return short
    head, found, tail = fact.text.partition(f"{fact.part}: " if fact.topic == "indicator" else "): ")
    return (tail if found and len(head) < _HEAD else fact.text).rstrip(".")


def _told(clause: Clause, found: list[Fact], parts: list[Clause], rest: set[str]) -> list[AnswerPart]:
    """The list, worked out unless printed under headings; and the day by which all is due, where that is asked."""
    items = tuple(label_of(one) for one in found)
    value = Value("what", items=items, complete="yes", cited=_cited(found), typed=False)
    printed = not clause.days and not rest
    rows = [
        AnswerPart(clause.asked, value if printed else value._replace(how="derived"), cited=_cited(found))
    ]
    if any(one.measure == "when" and len(one.words) <= 1 for one in parts):
        when = _when(found[0])
        if when and len({_day(one) for one in found}) == 1:
            rows.append(AnswerPart("when", when._replace(cited=_cited(found)), cited=_cited(found)))
    return rows


def _when(fact: Fact) -> Value | None:
    return next((one for one in fact.values if one.measure == "when"), None)


def _day(fact: Fact) -> str:
    when = _when(fact)
    return f"{when.day} {when.sense}" if when else ""
