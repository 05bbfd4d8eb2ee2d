"""What changes within a month or year that a question was asked for: the answer is that of its first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from orgmap.graphmodel.dates import Span, day_after, day_before, days_between
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError
from orgmap.graphmodel.vocabulary import kinds, of_id, reach_of, verbs

MOST = 12
"""So many changes, and so many roles in each, are told; of more only that there are more."""

NAMES = 6
"""So many bodies are named in a role; the rest are counted."""

Essence = dict[str, tuple[str, ...]]
"""What an answer says, in words to compare: who stands in which role."""


def changes_within(span: Span, ask: Callable[[str], Essence]) -> list[str]:
    """A sentence for each day within a span on which the answer becomes another; none for a single day.

    Asked are its first and last day and the first of each month, and where two of these differ, days between them.

    >>> by_day = lambda day: {"commissioner": ("new" if day > "2013-03" else "old",)}
    >>> changes_within(Span("2013-01-01", "2013-12-31"), by_day)
    ['On 2013-03-01 within these days the answer changes: commissioner old → new.']
    """
    if span.one_day:
        return []
    answers: dict[str, Essence] = {}

    def essence(day: str) -> Essence:
        if day not in answers:
            try:
                answers[day] = ask(day)
            except OrgmapError as error:
                answers[day] = {"answer": (str(error).replace(day, "that day").rstrip("."),)}
        return answers[day]

    notes: list[str] = []
    probes = _probes(span)
    for before, after in pairwise(probes):
        while essence(before) != essence(after):
            if len(notes) == MOST:
                return [*notes, "More changes follow within these days; ask for a day."]
            day = _first_other(before, after, essence)
            notes.append(_sentence(day, essence(day_before(day)), essence(day)))
            before = day
    return notes


def first_day(
    span: Span, ask: Callable[[str], dict[str, Any]], essence: Callable[[dict[str, Any]], Essence]
) -> dict[str, Any]:
    """The answer for the first day of a span, with what changes within it among its notes.

    Where that day has no answer the refusal says on which day that changes: raises `NothingFound` or `Ambiguous`.

    >>> answer = first_day(Span("2013-01-01", "2013-12-31"), lambda day: {"at": day, "notes": []}, lambda answer: {})
    >>> answer["at"], answer["notes"]
    ('2013-01-01', [])
    """
    try:
        answer = ask(span.first)
    except (NothingFound, Ambiguous) as error:
        changes = changes_within(span, lambda day: essence(ask(day)))
        if changes:
            error.args = (" ".join([str(error), *changes]),)
        raise
    answer["notes"] = [*answer["notes"], *changes_within(span, lambda day: essence(ask(day)))]
    return answer


def list_changes(span: Span, kind: str, ask: Callable[[str], dict[str, Any]]) -> list[str]:
    """What changes within a span in a list of bodies; of practices, which change nearly every day, from end to end."""
    if span.one_day or reach_of(kind) != "list":
        return changes_within(span, lambda day: list_essence(ask(day)))
    before, after = (set(list_essence(ask(day))) for day in span)
    parts = [
        f"{len(some):,} have {how}"
        for how, some in (("come", after - before), ("gone", before - after))
        if some
    ]
    return [f"By {span.last}, the last of these days, {' and '.join(parts)}."] if parts else []


def list_essence(answer: dict[str, Any]) -> Essence:
    """Which bodies a list names, and for how much of the place."""
    return {
        _named(body): (f"for {body['share']:.0%} of the place" if "share" in body else "listed",)
        for body in answer["bodies"]
    }


def body_essence(answer: dict[str, Any]) -> Essence:
    """Which body an answer is about."""
    body = answer["body"]
    return {"body": (_named(body),), **({"status": (body["status"],)} if body.get("status") else {})}


def what_essence(answer: dict[str, Any]) -> Essence:
    """The services that a body commissions or acts in, by their basis, and its other relations."""
    found = body_essence(answer)
    for key, does in (("commissions", "commissions"), ("acts_for", "acts for others in")):
        found |= _by_words((does, str(row["service"]["name"] or row["service"]["id"])) for row in answer[key])
    rows = (
        (verbs()[row["verb"]].forward, str(row["object_name"] or row["object"])) for row in answer["does"]
    )
    return found | _by_words(rows)


def answers_essence(answer: dict[str, Any]) -> Essence:
    """To whom a body answers, and who stands by it."""
    first = (("answers to", str(chain[0]["upper"]["name"])) for chain in answer["chains"] if chain)
    ours = answer["body"]["id"]
    return {**body_essence(answer), **_by_words(first), **_by_words(_ends(answer["others"], ours))}


def _ends(steps: list[dict[str, Any]], ours: str) -> Iterator[tuple[str, str]]:
    """How each step leads to the body at its other end."""
    for step in steps:
        words = verbs()[step["verb"]]
        mine = step["subject"]["id"] == ours
        other = step["object"] if mine else step["subject"]
        yield (words.forward if mine else words.backward), str(other["name"] or other["id"])


def show_essence(answer: dict[str, Any]) -> Essence:
    """A body's name and its relations to others; not those to practices and areas, and its networks only counted."""
    ours = answer["body"]["id"]
    rows: list[tuple[str, str]] = []
    networks = Counter[tuple[str, str]]()
    for relationship in answer["relations"]:
        mine = relationship["subject"] == ours
        other = relationship["object"] if mine else relationship["subject"]
        if of_id(other).reach == "list" or "ground" in of_id(other).traits:
            continue
        words = verbs()[relationship["verb"]]
        if not mine and of_id(other).reach == "lists":
            networks[words.backward, of_id(other).kind] += 1
            continue
        rows.append(
            (
                words.forward if mine else words.backward,
                str(relationship["object_name" if mine else "subject_name"]),
            )
        )
    for (does, kind), many in networks.items():
        rows.append((does, f"{many} {kinds()[kind].label if many == 1 else kinds()[kind].plural}"))
    return {**body_essence(answer), **_by_words(sorted(rows))}


def _by_words(rows: Iterable[tuple[str, str]]) -> Essence:
    found: Essence = {}
    for role, word in rows:
        if word not in found.get(role, ()):
            found[role] = (*found.get(role, ()), word)
    return found


def _named(body: dict[str, Any]) -> str:
    return f"{body['name'] or '(name not known)'} ({body['id']})"


def find_essence(answer: dict[str, Any]) -> Essence:
    """The bodies of an answer of `find` by their roles."""
    return _by(answer["bodies"], lambda body: (body["role"], body))


def who_essence(answer: dict[str, Any]) -> Essence:
    """The commissioners of an answer of `who` by the basis on which they act."""
    return _by(answer["answers"], lambda one: (one["basis"] or "commissioner", one["commissioner"]))


def _by(rows: list[dict[str, Any]], pick: Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]) -> Essence:
    found: dict[str, tuple[str, ...]] = {}
    for role, body in map(pick, rows):
        found[role] = (*found.get(role, ()), _named(body))
    return found


def _probes(span: Span) -> list[str]:
    firsts = {f"{year}-{month:02}-01" for year in (span.first[:4], span.last[:4]) for month in range(1, 13)}
    return [span.first, *sorted(day for day in firsts if span.first < day < span.last), span.last]


def _first_other(before: str, after: str, essence: Callable[[str], Essence]) -> str:
    """The first day on which the answer is not that of `before` any more, by halving."""
    while day_after(before) != after:
        middle = date.fromordinal(date.fromisoformat(before).toordinal() + days_between(before, after) // 2)
        if essence(middle.isoformat()) == essence(before):
            before = middle.isoformat()
        else:
            after = middle.isoformat()
    return after


def _sentence(day: str, before: Essence, after: Essence) -> str:
    changed = [
        f"{role.replace('_', ' ')} {_how(before.get(role, ()), after.get(role, ()))}"
        for role in dict.fromkeys([*before, *after])
        if before.get(role) != after.get(role)
    ]
    more = f"; and {len(changed) - MOST} more" if len(changed) > MOST else ""
    return f"On {day} within these days the answer changes: {'; '.join(changed[:MOST])}{more}."


def _how(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """How a role changes: from whom to whom, or, where these are many, who came to it and who left it."""
    if max(len(before), len(after)) <= NAMES:
        return f"{', '.join(before) or 'none'} → {', '.join(after) or 'none'}"
    gone, come = (
        [one for one in some if one not in others] for some, others in ((before, after), (after, before))
    )
    parts = (("no longer", gone), ("now also" if before else "now", come))
    return " and ".join(f"{words} {_listed(some)}" for words, some in parts if some) or "in another order"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f"{', '.join(names[:NAMES])}{more}"
