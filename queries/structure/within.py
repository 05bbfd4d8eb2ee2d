"""What lies within a place or a body: the bodies of its areas, and what is located or listed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Include
from orgmap.graphmodel.store import Store, ends_of
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import (
    kind_of,
    kinds_beside,
    kinds_reaching,
    kinds_with,
    national_kind,
    of_id,
    parse_kind,
    reach_of,
    unions,
)
from orgmap.queries.change.successors import GOES_ON
from orgmap.queries.place.areas import areas_by_body
from orgmap.queries.place.bodies.meant import NOT_IN_FORCE
from orgmap.queries.place.councils_then import districts_inside, roles_of_areas
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.closely import beginning, smaller_note, standing_so
from orgmap.queries.structure.hierarchy import Chains
from orgmap.queries.structure.surroundings import UP

LOCATED = ("list", "lists", "postcode")
"""How kinds reach that cover nothing and are where a postcode lies, their own or their members'."""

LEAST = 0.01
"""A body that covers a smaller share of a place's people is not drawn there."""

Shares = dict[str, float | None]
"""Bodies with the share of a place's people that each covers; None for one of which no table tells how far it reached:
a district of a county there, or what became part of a body there. One that covers areas where nobody lives has 0."""


class Scope(NamedTuple):
    """A place or body as a boundary for other questions: `begins` is how the postcodes of an outcode begin, `smaller`
    what must be said of what stands in a place that is smaller than its areas."""

    label: str
    areas: frozenset[str]
    notes: tuple[str, ...] = ()
    described: str = ""
    begins: tuple[str, bool] = ("", False)
    smaller: str = ""


def scope_of(store: Store, text: str, at: AnyDay, include: Include = IN_FORCE) -> Scope:
    """The areas of the place or body that a text means, read as `place_of` reads it.

    Raises `NothingFound` or `Ambiguous`, `WrongUse` for England, which is no place within it.
    """
    at = day_of(at)
    if normalise(text) == "england":
        raise WrongUse("All of England is meant without --within: leave it out, or name a place or a region.")
    place = place_of(store, text, at, include)
    areas = frozenset(area for area, _ in place.parts)
    begins = beginning(store, place)
    return Scope(place.label, areas, place.notes, place.described, begins, smaller_note(place))


def scopes_of(store: Store, text: str, days: tuple[AnyDay, AnyDay]) -> tuple[Scope, Scope]:
    """The areas of a place or body on two days. A body in force on one of them is meant before one that had ended by
    both or had not begun, and its area holds for both.

    Raises what `scope_of` raises if neither day tells what is meant.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     [scope.label for scope in scopes_of(store, "Thames Valley", ("2013-03-31", "2013-04-01"))]
    ['Thames Valley Area Team', 'Thames Valley Area Team']
    """
    days = (day_of(days[0]), day_of(days[1]))
    found: dict[str, Scope] = {}
    refused: list[NothingFound | Ambiguous] = []
    for day in days:
        try:
            found[day] = scope_of(store, text, day)
        except (NothingFound, Ambiguous) as error:
            refused.append(error)
    if not found:
        raise refused[0]
    meant = [day for day, scope in found.items() if not _had_ended(scope)] or list(found)
    first, last = (
        found[day] if day in meant else _of_other_day(found[meant[0]], meant[0], day) for day in days
    )
    return first, last


def _had_ended(scope: Scope) -> bool:
    """Whether a body stands in that was not in force on the day."""
    return any(note.startswith(NOT_IN_FORCE) for note in scope.notes)


def _of_other_day(scope: Scope, day: str, asked: str) -> Scope:
    note = f"What {scope.label} means on {day} is taken for {asked} as well."
    return scope._replace(notes=(*scope.notes, note))


def ids_within(
    store: Store, scope: Scope, at: AnyDay, kind: str | None = None, include: Include = IN_FORCE
) -> Shares:
    """Every body with a role for the scope's areas on a day, with the share of the scope's people it covers.

    A district that lies within and of which no table tells the area has the share None.
    Practices, networks and trusts count when they stand there on that day; their share is 1.
    """
    at = day_of(at)
    kind = parse_kind(kind) if kind else None
    chains = Chains.of(store, include)
    people = store.populations()
    total = sum(people.get(area, 0.0) for area in scope.areas) or 1.0
    covering: dict[str, float] = {}
    for area, roles in roles_of_areas(chains, sorted(scope.areas), at).items():
        for body in {role.body for role in roles}:
            covering[body] = covering.get(body, 0.0) + people.get(area, 0.0) / total
    for joint in (one for one in unions() if kind in (None, one)):
        there = store.entities(kind=joint, at=at, include=include)
        for body, areas in areas_by_body(store, there, at).items():
            if inside := scope.areas.intersection(areas):
                covering[body] = sum(people.get(area, 0.0) for area in inside) / total
    alike = kinds_beside(kind) if kind else frozenset[str]()
    untold = (district.id for district in districts_inside(store, scope.areas, at))
    found: Shares = {**dict.fromkeys(untold), **covering}
    if kind is None or reach_of(kind) in LOCATED:
        found |= dict.fromkeys(_located_within(store, scope, at, kind), 1.0)
    if kind:
        found = {body: share for body, share in found.items() if kind_of(body) in alike}
    return found


def everyone_within(store: Store, scope: Scope, at: AnyDay) -> tuple[Shares, tuple[str, ...]]:
    """Every body of a place on a day with its share, and what must be said: `ids_within`, and `listing_within` where
    no table says who commissioned there."""
    at = day_of(at)
    found = ids_within(store, scope, at)
    if any(kind_of(body) in kinds_with("local_commissioner") for body in found):
        return found, scope.notes
    listed = listing_within(store, scope, at)
    return {**listed, **found}, (*scope.notes, *([listed_note(at)] if listed else []))


def everyone_on_both(
    store: Store, scopes: tuple[Scope, Scope], days: tuple[AnyDay, AnyDay]
) -> tuple[tuple[Shares, tuple[str, ...]], tuple[Shares, tuple[str, ...]]]:
    """Every body of a place on each of two days, as `everyone_within` tells it, and those of which no table tells the
    area and all of which went, between the days, into bodies that lie wholly in the place.

    These have the share None on the day on which they were in force. So the districts that became Central
    Bedfordshire are found; what went into a body that reaches beyond the place may have been foreign to it.

    >>> from orgmap.loaders.open import open_store
    >>> days = ("2009-03-31", "2009-04-01")
    >>> with open_store() as store:
    ...     (before, _), (after, _) = everyone_on_both(store, scopes_of(store, "Central Bedfordshire", days), days)
    >>> sorted(one for one in before.keys() - after.keys() if before[one] is None)
    ['district:E07000001', 'district:E07000003']
    """
    days = (day_of(days[0]), day_of(days[1]))
    on_days = [everyone_within(store, scope, day) for scope, day in zip(scopes, days, strict=True)]
    here = {one for there, _ in on_days for one in there}
    onward = _went(store, days)
    known = {body for body, _ in ends_of(store, subjects=sorted(onward), verbs=["covers"])}
    untold = {one for one in onward.keys() - known - here if of_id(one).reach not in LOCATED}
    # How far a body reached is asked only of those into which one of them may have gone.
    asked, more = set[str](), untold
    while more := more - asked:
        asked |= more
        more = {successor for one in more for successor in onward.get(one, ())}
    wholly: set[str] = set()
    for (there, _), scope, day in zip(on_days, scopes, days, strict=True):
        own = [one for one in there if one in asked and of_id(one).reach not in LOCATED]
        reached = areas_by_body(store, store.entities(ids=sorted(own), at=day), day)
        wholly.update(body for body, areas in reached.items() if areas and scope.areas.issuperset(areas))
    found: set[str] = set()
    while more := {one for one in onward.keys() & asked if onward[one] <= wholly | found} - wholly - found:
        found |= more
    went = found & untold
    for (there, _), day in zip(on_days, days, strict=True):
        there |= dict.fromkeys((one.id for one in store.entities(ids=sorted(went), at=day)), None)
    return on_days[0], on_days[1]


def _went(store: Store, days: tuple[str, str]) -> dict[str, set[str]]:
    """Into which bodies each went between two days, as a whole."""
    first, last = sorted(days)
    onward: dict[str, set[str]] = {}
    for event, parts in store.events(after=first, until=last):
        for part in parts if event.kind not in GOES_ON else ():
            if part.predecessor and part.successor and not part.about and not part.stray:
                onward.setdefault(part.predecessor, set()).add(part.successor)
    return onward


def listing_within(store: Store, scope: Scope, at: AnyDay) -> dict[str, float]:
    """The primary care groups and trusts under which GP practices that stand in a place were listed on a day, with
    the share of these practices."""
    at = day_of(at)
    standing = [body for body in store.standing_in(scope.areas, at) if of_id(body).reach == "list"]
    # Hospices, prisons and the like are listed under whom they please.
    other = kinds_with("no_practice")
    proper = [one.id for one in store.entities(ids=standing, at=at) if one.kind not in other]
    listed = [
        other
        for _, other in ends_of(store, subjects=proper, verbs=["member_of"], at=at)
        if kind_of(other) in kinds_with("known_by_lists")
    ]
    return {body: number / len(listed) for body, number in sorted(Counter(listed).items())}


def listed_note(at: str) -> str:
    """What must be said where practices tell who commissioned for a place."""
    return (
        f"Area not known for that day: no table says which body commissioned for this place on {at}."
        " Shown are those under which GP practices that stood here were listed."
    )


def ids_above(store: Store, bodies: Iterable[str], at: AnyDay) -> set[str]:
    """Every body that answers for a place from above it on a day: what its health bodies belong to, and national ones.

    A council's memberships do not count: it belongs to partnerships of its other parts, too.
    """
    at = day_of(at)
    found = {entity.id for entity in store.entities(kind=national_kind(), at=at)}
    councils = kinds_with("local_authority")
    aside = {*councils, *kinds_reaching(*LOCATED)}
    reached = {body for body in bodies if kind_of(body) not in aside}
    while reached:
        parents = {upper for _, upper in ends_of(store, subjects=sorted(reached), verbs=UP, at=at)}
        reached = {parent for parent in parents if kind_of(parent) not in councils} - found
        found |= reached
    return found


def _located_within(store: Store, scope: Scope, at: str, kind: str | None) -> set[str]:
    """Practices and trusts that stand in the scope's areas, wherever they are listed; the practices' networks."""
    found = {body for body in store.standing_in(scope.areas, at) if of_id(body).reach in LOCATED}
    if scope.begins[0]:
        found = standing_so(store, found, scope.begins, at)
    if kind is None or reach_of(kind) == "lists":
        members = ends_of(store, subjects=sorted(found), verbs=["member_of"], at=at)
        found |= {network for _, network in members if of_id(network).reach == "lists"}
    return found
