"""What hangs on a plan: what it names, whom it ends, what it would bring, and what waits for the same law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from orgmap.graphmodel.statuses import SUPERSEDED
from orgmap.graphmodel.vocabulary import event_kinds, kind_of
from orgmap.loaders.check.lives import CLIMBS
from orgmap.loaders.check.plans import AHEAD
from orgmap.loaders.news.book import Book, Cells

ON_LAW = frozenset({"enacted", "conditional"})
"""Statuses of what waits for a law or an approval: with these it turns by news of what it depends on."""

NAMED = ("rules", "accountability")
"""Tables whose rows a plan names by id."""

_FIRST_DAY = {"events": "date"}


class Group(NamedTuple):
    """Plans that one piece of news turns alike: their statements, what they name, and which statuses turn.

    With a `day` only what is planned for it turns, or for no day.
    """

    plans: dict[str, list[Cells]]
    facts: set[str]
    statuses: frozenset[str]
    day: str = ""

    def turns(self, table: str, row: Cells) -> bool:
        """Whether a row is one that may turn."""
        first = row[_FIRST_DAY.get(table, "valid_from")]
        return row["status"] in self.statuses and (not self.day or first in ("", self.day))

    def statements(self) -> Iterator[Cells]:
        """All statements of the plans."""
        return (row for thread in self.plans.values() for row in thread)


class Hanging(NamedTuple):
    """The rows that turn: changes, the planned stages of bodies, rules and steps, relations, and the plans."""

    events: list[Cells]
    stages: dict[str, list[Cells]]
    named: list[Cells]
    ties: list[Cells]
    plans: dict[str, list[Cells]]


def groups(book: Book, about: str, turning: frozenset[str]) -> list[Group]:
    """The plan, or the fact, that news is about, and the plans that depend on it; nothing if it is not known."""
    threads: dict[str, list[Cells]] = defaultdict(list)
    for row in book.rows("plans"):
        threads[row["plan"]].append(row)
    if about not in threads:
        known = {row["id"] for table in ("entities", "events", *NAMED) for row in book.rows(table)}
        return [Group({}, {about}, turning)] if about in known else []
    waiting, after = [about], set[str]()
    while waiting:
        on = waiting.pop()
        for plan, thread in threads.items():
            if plan not in after and plan != about and on in latest(thread)["depends_on"].split("; "):
                after.add(plan)
                waiting.append(plan)
    own = {about: threads[about]}
    hung = {plan: threads[plan] for plan in sorted(after)}
    day = latest(threads[about])["planned_for"]
    return [
        Group(own, _facts(own), turning),
        Group(hung, _facts(hung) - _facts(own), turning & ON_LAW, day),
    ]


def latest(thread: list[Cells]) -> Cells:
    """The statement that stands for a plan."""
    return max(thread, key=lambda row: (row["status"] != SUPERSEDED, row["stated_on"], row["id"]))


def _facts(threads: dict[str, list[Cells]]) -> set[str]:
    return {fact for thread in threads.values() for row in thread for fact in row["facts"].split()}


def hanging(book: Book, group: Group) -> Hanging:
    """Every row that turns with these plans.

    What they name in `facts`; ends without a successor of those whom they replace; bodies that such changes bring and
    what is to be part of them; changes that bring nobody else; and relations of these bodies, or between those
    that one statement is about, unless one of the two is still to come by another plan.
    """
    replaced = {one for row in group.statements() for one in row["replaces"].split()}
    events = {
        event: row
        for event, row in book.events.items()
        if group.turns("events", row)
        and (event in group.facts or (_only_ends(book, event) and _among(book.sides[event][0], replaced)))
    }
    stages: dict[str, list[Cells]] = {}

    def turns(body: str, stage: Cells) -> bool:
        began = book.bodies[body]["valid_from"]
        return stage["status"] in group.statuses and (not group.day or began in ("", group.day))

    def bring(bodies: Iterable[str]) -> bool:
        found = {
            body: rows
            for body in bodies
            if body not in stages and (rows := [row for row in _planned(book, body) if turns(body, row)])
        }
        stages.update(found)
        return bool(found)

    bring([*group.facts, *(body for event in events for body in book.sides[event][1])])
    climbing = [tie for tie in book.ties if tie["verb"] in CLIMBS and group.turns("relationships", tie)]
    while bring([tie["subject"] for tie in climbing if tie["object"] in stages]):
        pass
    for event, row in book.events.items():
        if (after := book.sides[event][1]) and after <= stages.keys() and group.turns("events", row):
            events[event] = row
    about = [set(row["about"].split()) for row in group.statements()]
    ties = [
        tie
        for tie in book.ties
        if tie["status"] in group.statuses
        and group.turns("relationships", tie)
        and not any(_planned(book, end) and end not in stages for end in (tie["subject"], tie["object"]))
        and ({tie["subject"], tie["object"]} & stages.keys() or any(_between(tie, both) for both in about))
    ]
    named = [
        row
        for table in NAMED
        for row in book.rows(table)
        if row["id"] in group.facts and group.turns(table, row)
    ]
    plans = {
        plan: thread
        for plan, thread in group.plans.items()
        if (last := latest(thread))["status"] in group.statuses
        and (not group.day or last["planned_for"] in ("", group.day))
    }
    return Hanging(list(events.values()), stages, named, ties, plans)


def _only_ends(book: Book, event: str) -> bool:
    kind = event_kinds().get(book.events[event]["kind"])
    before, after = book.sides[event]
    return bool(kind and kind.ends == "yes" and before and not after)


def _among(bodies: set[str], meant: set[str]) -> bool:
    """Whether all these bodies are meant, by their ids or their kinds."""
    return all(body in meant or kind_of(body) in meant for body in bodies)


def _between(tie: Cells, about: set[str]) -> bool:
    """Whether a statement is about both ends of a relation, each in words of its own."""
    meant = [{one, kind_of(one)} & about for one in (tie["subject"], tie["object"])]
    return all(meant) and len(meant[0] | meant[1]) > 1


def _planned(book: Book, body: str) -> list[Cells]:
    """The stages of a body in which it is a plan for good."""
    return [row for row in book.phases.get(body, ()) if row["status"] in AHEAD and not row["valid_until"]]
