"""Every answer to who commissions, for every upper-tier council on four days: is each body named there by a relation?

Looked up in the plain rows of relationships, not in the functions that made the answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Rule
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of
from orgmap.queries.commissioning.who import who_in
from orgmap.queries.place.context import setting_of
from orgmap.queries.structure.hierarchy import Chains
from tests.truth.published import kept, part_told

DAYS = ("2012-08-15", "2014-06-01", "2018-06-01", "2024-06-01")
"""A day of each structure: clusters, area teams, regions with groups, boards."""

EVERY = 16
"""One council in so many is asked for the page, unless all are."""

FIELDS = ("commissioner", "acting_through", "legally_accountable", "on_behalf_of", "supported_by")


class Line(NamedTuple):
    """A body that stands in an answer, and as what."""

    council: str
    at: str
    service: str
    rule: str
    commissioner: str
    field: str
    body: str


class Tables:
    """The relations of one day, as plain pairs."""

    def __init__(self, store: Store, at: str) -> None:
        self.pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.up: dict[str, set[str]] = defaultdict(set)
        self.areas: dict[str, set[str]] = defaultdict(set)
        self._reach: dict[str, set[str]] = {}
        for fact in store.relationships(at=at):
            if fact.verb == "covers":
                self.areas[fact.subject].add(fact.object)
                continue
            self.pairs[fact.verb].add((fact.subject, fact.object))
            if fact.verb in ("part_of", "member_of"):
                self.up[fact.subject].add(fact.object)
        # A group in the making has the area it began with.
        for fact in store.relationships(verbs=["covers"]):
            if kind_of(fact.subject) == "clinical_commissioning_group" and (fact.valid_from or "") > at:
                self.areas[fact.subject].add(fact.object)

    def above(self, body: str) -> set[str]:
        """Everything that a body belongs to."""
        found: set[str] = set()
        waiting = [body]
        while waiting:
            waiting = [up for one in waiting for up in self.up[one] if up not in found]
            found.update(waiting)
        return found

    def reach(self, body: str) -> set[str]:
        """The areas of a body and of what belongs to it."""
        if body not in self._reach:
            below = {one for one in list(self.areas) if one == body or body in self.above(one)}
            self._reach[body] = {area for one in below for area in self.areas[one]}
        return self._reach[body]

    def joined(self, one: str, other: str) -> bool:
        """Whether a relation of the day joins two bodies, whichever of them it begins from."""
        return any((one, other) in pairs or (other, one) in pairs for pairs in self.pairs.values())


def councils(store: Store, at: str) -> list[str]:
    """Every upper-tier council in force on a day."""
    return [one.id for one in store.entities(kind="upper_tier_council", at=at)]


def services(store: Store) -> list[str]:
    """Every service that a rule speaks of, or that is bought locally."""
    local = store.relationships(objects=["service:local_commissioning"], verbs=["part_of"])
    return sorted({rule.service for rule in store.rules()} | {fact.subject for fact in local})


def lines(store: Store, council: str, at: str, chosen: Iterable[str]) -> Iterator[Line]:
    """Every body in every answer for the people of a council."""
    chains = Chains.of(store)
    try:
        setting = setting_of(chains, council, at)
    except NothingFound:
        return
    for service in store.entities(ids=chosen):
        for answer in who_in(chains, service, setting)["answers"]:
            yield from _lines(council, at, service.id, answer)


def _lines(council: str, at: str, service: str, answer: dict[str, Any]) -> Iterator[Line]:
    first = answer["commissioner"]["id"]
    for field in FIELDS:
        found = answer[field] if isinstance(answer[field], list) else [answer[field]]
        if field == "legally_accountable":
            found = [*found, *answer.get("also_accountable", ())]
        for body in found:
            yield Line(council, at, service, answer["fact"]["rule"], first, field, body["id"])


def wrong(tables: Tables, rules: dict[str, Rule], line: Line) -> bool:
    """Whether no row says what a line says."""
    rule = rules[line.rule]
    words = f"{rule.commissioner} {rule.accountable} {rule.on_behalf_of} {rule.acting_through}".split()
    here = tables.areas[line.council]
    if line.body in words:
        return False
    if line.field == "commissioner":
        return not (
            line.body == line.council
            or (line.body, line.council) in tables.pairs["part_of"]
            or tables.reach(line.body) & here
        )
    if line.body == line.commissioner:
        return False
    if line.commissioner.startswith("national:"):
        return line.commissioner not in tables.above(line.body) or not tables.reach(line.body) & here
    if tables.joined(line.commissioner, line.body):
        return False
    # No relation joins boards of the NHS to a council's board, nor a group in the making to the trusts before it.
    kinds = {kind_of(line.commissioner), kind_of(line.body)}
    by_area = kinds & {"health_and_wellbeing_board"} or kinds == {
        "clinical_commissioning_group",
        "primary_care_trust",
    }
    other = tables.reach(line.body) or {
        area for one, up in tables.pairs["part_of"] if one == line.body for area in tables.areas[up]
    }
    return not (by_area and tables.reach(line.commissioner) & other & here)


def figures() -> str:
    """The section of who commissions, for `make truth`."""
    from orgmap.loaders.open import open_store

    rows = []
    faults: list[Line] = []
    with open_store() as store:
        rules = {rule.id: rule for rule in store.rules()}
        chosen = services(store)
        for at in DAYS:
            tables = Tables(store, at)
            some = [one for number, one in enumerate(councils(store, at)) if kept(EVERY)(number)]
            found = [line for one in some for line in lines(store, one, at, chosen)]
            bad = [line for line in set(found) if wrong(tables, rules, line)]
            faults += bad
            counts = [sum(line.field == field for line in found) for field in FIELDS]
            rows.append([at, len(some), *counts, len(bad)])
    heads = ["day", "councils", *(field.replace("_", " ") for field in FIELDS), "not borne out"]
    table = [heads, ["---"] * len(heads), *rows]
    told = "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in table)
    listed = "".join(f"\n- {line}" for line in sorted(faults)[:20])
    return (
        "## Who commissions\n\nFor every upper-tier council, every service and layer: each body that an answer names"
        " is looked up in the plain rows of relations of the day (a cluster in its members, a team in its region, a"
        f" board in its council). {part_told(EVERY, 'the councils')}\n\n{told}\n{listed}"
    )


if __name__ == "__main__":
    print(figures())
