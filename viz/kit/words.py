"""Dates, names and changes as a reader says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from orgmap.graphmodel.dates import day_before, today, written
from orgmap.graphmodel.vocabulary import event_kinds, has, kinds, national_kind, reach_of, verbs
from orgmap.queries.change.successors import Takeover
from orgmap.queries.structure.structure import PLANNED, BodyOnBothDays, Structure
from orgmap.viz.kit.palette import changes
from orgmap.viz.kit.plans import planned_end

_INTO = {
    "merged": "into",
    "split": "into",
    "reorganised": "into",
    "renamed": "as",
    "replaced": "by",
    "function_transfer": "to",
    "partial_transfer": "to",
    "clustered": "under",
    "boundary_change": "to",
}
"""The word between what happened to a body and who took over, the plainest fate first."""

AS_LAST_KNOWN = "As last known"
"""What “unchanged” means where the second day is in the future."""

_FULL_NAMES = ("list", "postcode", "country")
"""How kinds reach whose names lose their sense when they are cut."""

_COUNCIL_WORDS = ("metropolitan", "borough", "city", "district", "county", "council")
_COUNCIL_STARTS = ("London Borough of ", "Royal Borough of ")

_VERBS = {
    "acts_through": "acts through",
    "on_behalf_of": "on behalf of",
    "performance_manages": "manages performance",
}


def date_words(day: str | None, precision: str = "") -> str:
    """A date as people write it; one that is not known says so.

    >>> date_words("2013-04-01"), date_words("2016-01-01", "year"), date_words(None, "not_known")
    ('1 April 2013', '2016', 'date not known')
    >>> date_words("2027-04-01", "planned")
    '1 April 2027 (planned)'
    """
    if day is None or precision == "not_known":
        return "date not known"
    if precision.startswith(PLANNED):
        return f"{date_words(day, precision.removeprefix(PLANNED).strip())} (planned)"
    return written(day, precision)


def last_day_words(until: str | None, precision: str = "") -> str:
    """The last day of a period whose end is not included; an open end says so.

    >>> last_day_words("2013-04-01"), last_day_words(None), last_day_words(None, "not_known")
    ('31 March 2013', 'no end known', 'date not known')
    >>> last_day_words("2027-04-01", "planned")
    '31 March 2027 (planned)'
    """
    if until is None:
        return "date not known" if precision == "not_known" else "no end known"
    exact = precision.removeprefix(PLANNED).strip() in ("", "approx")
    return date_words(day_before(until) if exact else until, precision)


def in_words(note: str) -> str:
    """A note with its dates as people write them.

    >>> in_words("known to 2026-10-09; shown as last known")
    'known to 9 October 2026; shown as last known'
    """
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: date_words(found.group()), note)


def counted(ids: Iterable[str], structure: Structure) -> str:
    """How many bodies of each kind: “8 clinical commissioning groups and 2 commissioning hubs”."""
    count = Counter(_kind(one, structure) for one in ids)
    parts = [how_many(number, kind) for kind, number in sorted(count.items(), key=lambda item: -item[1])]
    return listed(parts)


def how_many(number: int, kind: str) -> str:
    """A number with the kind in the singular or plural.

    >>> how_many(1, "nhs_trust"), how_many(7, "nhs_trust")
    ('1 NHS trust', '7 NHS trusts')
    """
    words = kinds()[kind]
    return f"{number:,} {words.label if number == 1 else words.plural}"


def listed(parts: list[str]) -> str:
    """Words joined by commas, and the last one by “and”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _kind(body: str, structure: Structure) -> str:
    if body in structure.bodies:
        return structure.bodies[body].kind
    return structure.others[body].kind if body in structure.others else national_kind()


def short_name(name: str, kind: str) -> str:
    """A name without what the heading of its list already says.

    >>> short_name("NHS Ashford CCG", "clinical_commissioning_group")
    'Ashford'
    >>> short_name("Bury Metropolitan Borough Council", "upper_tier_council")
    'Bury'
    """
    if reach_of(kind) in _FULL_NAMES:
        return name
    known = kinds()[kind]
    if known.tier == "council":
        for start in _COUNCIL_STARTS:
            name = name.removeprefix(start)
        return " ".join(_without_end(name.split(), _COUNCIL_WORDS)) if name.endswith(" Council") else name
    said = {word.strip("()").lower() for word in f"{known.label} {known.plural} {known.prefix} nhs".split()}
    words = _without_end(name.split(), said)
    while len(words) > 1 and words[0].lower() in said:
        words.pop(0)
    return " ".join(words)


def _without_end(words: list[str], said: Collection[str]) -> list[str]:
    while len(words) > 1 and words[-1].lower() in said:
        words.pop()
    return words


def with_kind(name: str, kind: str) -> str:
    """A name, and what it is where the name does not tell: “South of England (NHS region)”."""
    known = kinds()[kind]
    telling = {word.strip("()").lower() for word in f"{known.label} {known.prefix} {known.plural}".split()}
    telling -= {"nhs", "local", "of", "and", "care"}
    telling |= {"nhs"} if has(kind, "nhs_tells") else set()
    if reach_of(kind) == "country" or telling & {word.strip("(),").lower() for word in name.split()}:
        return name
    return f"{name} ({known.label})"


def with_names_told(structure: Structure) -> Structure:
    """The structure with “renamed” only where the name is another one: who keeps its name is replaced."""

    def marked(body: BodyOnBothDays) -> BodyOnBothDays:
        if not any(successor.kind == "renamed" for successor in (*body.became, *body.came_from)):
            return body
        return body._replace(became=named_anew(body, body.became), came_from=named_anew(body, body.came_from))

    def named_anew(body: BodyOnBothDays, successors: tuple[Takeover, ...]) -> tuple[Takeover, ...]:
        name = body.entity.label
        return tuple(
            successor._replace(kind="replaced")
            if successor.kind == "renamed" and successor.body and structure.name(successor.body) == name
            else successor
            for successor in successors
        )

    return structure._replace(bodies={one: marked(body) for one, body in structure.bodies.items()})


def change_words(structure: Structure, change: str) -> str:
    """The word for a change, as in the vocabulary; of days to come nobody knows that a body goes on unchanged."""
    return AS_LAST_KNOWN if change == "unchanged" and structure.after > today() else changes()[change].label


def fate(body: BodyOnBothDays) -> str:
    """The kind of event by which an ended body's work went on; `abolished` or blank where nobody took over."""
    passed = {successor.kind for successor in body.became if successor.body}
    for kind in _INTO:
        if kind in passed:
            return kind
    return "abolished" if body.became else ""


def fate_words(kind: str) -> str:
    """What happened to a body, as the first word of its box; never only “abolished” where others took over.

    >>> fate_words("merged"), fate_words("abolished"), fate_words("")
    ('Merged', 'Abolished', 'Ended')
    """
    return event_kinds()[kind].label.capitalize() if kind else "Ended"


def ending_words(body: BodyOnBothDays) -> str:
    """What happened to an ended body, as it stands in a count; what was only planned says so."""
    return "planned to end" if planned_end(body) else fate_words(fate(body)).lower()


def changed_words(structure: Structure, bodies: list[BodyOnBothDays]) -> str:
    """How many bodies changed in one way; of ended ones, what became of how many."""
    change = changes()[bodies[0].change]
    if change.change != "ended":
        label = change_words(structure, change.change)
        return f"{change.symbol} {len(bodies):,} {label[0].lower()}{label[1:]}"
    fates = Counter((_symbol(body), ending_words(body)) for body in bodies)
    return ", ".join(
        f"{symbol} {number:,} {said}"
        for (symbol, said), number in sorted(fates.items(), key=lambda item: (-item[1], item[0]))
    )


def _symbol(body: BodyOnBothDays) -> str:
    """The mark of a body that ended: by a plan, into others, or with nobody after it."""
    if planned_end(body):
        return changes()["planned"].symbol
    return "→" if fate(body) not in ("", "abolished") else changes()["ended"].symbol


def took_over_words(body: BodyOnBothDays) -> str:
    """The name of the line from an ended body to those that took over from it, or are to by a plan."""
    words = passing_words(fate(body))
    return f"planned: {words}" if planned_end(body) else words


def successors_words(kind: str, successors: Iterable[str], structure: Structure) -> str:
    """Who took over: by name if they are one or two, else how many of which kind."""
    successors = list(dict.fromkeys(successors))
    if kind not in _INTO or not successors:
        return "no successor named" if kind == "abolished" else "no successor recorded"
    inside = [one for one in successors if one in structure.bodies]
    named = inside or successors
    words = listed([structure.name(one) for one in named]) if len(named) <= 2 else counted(named, structure)
    return f"{_INTO[kind]} {words}{' and others' if inside and len(inside) < len(successors) else ''}"


def line_words(verb: str) -> str:
    """A verb as the name of a line, read from its beginning to its arrow.

    >>> line_words("member_of"), line_words("holds_contract_with")
    ('member of', 'holds a contract with')
    """
    words = _VERBS.get(verb) or (verbs()[verb].forward if verb in verbs() else verb.replace("_", " "))
    return words.removeprefix("is a ").removeprefix("is ")


def passing_words(kind: str) -> str:
    """The name of a line from a body to those that took over from it.

    >>> passing_words("merged")
    'merged into'
    """
    return f"{event_kinds()[kind].label} {_INTO[kind]}"
