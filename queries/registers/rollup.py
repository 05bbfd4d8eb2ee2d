"""Ratings of bodies rolled up to what they belong or answer to on a day: counts, and who made it red."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound, OrgmapError, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import shortened
from orgmap.graphmodel.vocabulary import kind_of, kinds, kinds_reaching, parse_kind
from orgmap.queries.body.resolve import life, resolve
from orgmap.queries.commissioning.climbing import answers_to_chains
from orgmap.queries.commissioning.own_relations import own_bodies
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.place.areas import areas_by_body
from orgmap.queries.registers.ratings import NOT_RATED, WORST, RatingScale, checked_rule
from orgmap.queries.structure.hierarchy import Chains

FAULTS = 20
"""So many faults of a file are told; more are counted."""

ALL = "all domains"
"""What stands for every domain together."""


class RatingRow(NamedTuple):
    """One row of a user's file: where it stands, the body, the domain and the rating as they were written."""

    where: str
    body: str
    domain: str
    rating: str


Ratings = dict[str, dict[str, str | None]]
"""By body what each domain was rated."""

Parents = dict[str | None, list[str]]
"""By parent its children; under None those above whom none is known."""


def rollup(
    store: Store,
    rows: Iterable[RatingRow],
    to: str,
    at: AnyDay,
    rule: str = WORST,
    scale: str | Sequence[str] = "",
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Rolls ratings up to the bodies of a kind that the rated ones belong to, or answer to, on a day.

    Children are all bodies of the rated kinds in force on the day, rated or not, each counted once under its parent.
    Returns `{"parents", "at", "to", "rule", "scale", "domains", "notes"}`; of a parent and a domain `{"parent",
    "domain", "rating", "counts", "not_rated", "children", "because", "unrated", "people"}`: `because` are the
    children that made it what it is, `people` which part of the people lives under each rating (None: not known).
    Raises `WrongUse` with the place of every row that cannot be counted; then nothing is told.
    """
    kind, at, rule, on = parse_kind(to), day_of(at), checked_rule(rule), RatingScale.of(scale)
    check_day(store, at)
    bodies, ratings = _read(store, rows, at, on, include)
    if not bodies:
        raise WrongUse("No rating stands in the file.")
    chains = Chains.of(store, include)
    rated = sorted({body.kind for body in bodies.values()})
    if kind in rated:
        raise WrongUse(f"A {kinds()[kind].label} is rated itself: roll up to what lies above it.")
    there = {
        body.id: body for one in rated for body in store.entities(kind=one, at=at, include=include)
    } | bodies
    parents, shared = _parents(chains, there, kind, at)
    placed = any(parent for parent in parents)
    if not placed:
        words = " and ".join(kinds()[one].plural for one in rated)
        raise NothingFound(
            f"No {kinds()[kind].label} is known to which {words} belonged or answered on {at}."
        )
    domains = sorted({domain for domain in _domains(ratings)}, key=str.casefold)
    weights = _Weights(store, there, at, frozenset(shared), alone=len(rated) == 1)
    names = {one: chains.entities({one}, at).get(one) for one in parents if one}
    listed = [
        row
        for parent in sorted(parents, key=lambda one: (one is None, one or ""))
        for row in _rows(parent, names, parents[parent], there, ratings, domains, on, rule, weights)
    ]
    notes = [
        f"{there[child].label} ({child}) has {len(above)} of them above it and is counted once under each:"
        f" {', '.join(above)}."
        for child, above in sorted(shared.items())
    ]
    if None in parents:
        several = len(parents[None])
        notes.append(
            f"{several} of these bodies {'has' if several == 1 else 'have'} no {kinds()[kind].label} that is known on"
            f" {at}: told apart, below the others."
        )
    return {
        "parents": listed,
        "at": at,
        "to": kind,
        "rule": rule,
        "scale": list(on.ratings),
        "domains": domains,
        "notes": [*notes, *horizon_notes(store, {*rated, kind}, at)],
    }


def _domains(ratings: Ratings) -> Iterator[str]:
    for by_domain in ratings.values():
        yield from by_domain


def _read(
    store: Store, rows: Iterable[RatingRow], at: str, scale: RatingScale, include: Include
) -> tuple[dict[str, Entity], Ratings]:
    """The rated bodies and what each was rated. Raises `WrongUse` with every row that is wrong."""
    faults: list[str] = []
    bodies: dict[str, Entity] = {}
    ratings: Ratings = {}
    first: dict[tuple[str, str], str] = {}
    known: dict[str, Entity | str] = {}
    spelt: dict[str, str] = {}
    for row in rows:
        if row.body not in known:
            known[row.body] = _body(store, row.body, at, include)
        body, domain = known[row.body], spelt.setdefault(row.domain.strip().casefold(), row.domain.strip())
        try:
            rating = scale.read(row.rating)
        except WrongUse as fault:
            faults.append(f"{row.where}: {fault}")
            continue
        if isinstance(body, str):
            faults.append(f"{row.where}: {body}")
        elif (before := first.setdefault((body.id, domain), row.where)) != row.where:
            about = f" for “{shortened(domain)}”" if domain else ""
            faults.append(f"{row.where}: {body.label} is rated twice{about}, before in {before}.")
        else:
            bodies[body.id] = body
            ratings.setdefault(body.id, {})[domain] = rating
    if faults:
        more = f" And {len(faults) - FAULTS:,} more." if len(faults) > FAULTS else ""
        raise WrongUse(f"{' '.join(faults[:FAULTS])}{more} Nothing was counted.")
    return bodies, ratings


def _body(store: Store, text: str, at: str, include: Include) -> Entity | str:
    """The body in force that a cell names, or why there is none."""
    text = text.partition(" — ")[0].strip()  # a candidate may be typed back with its words
    if not text:
        return "no body is named."
    try:
        body = resolve(store, text, at)
    except Ambiguous as several:
        return f"{str(several).removesuffix('.')}: {' | '.join(several.candidates)}."
    except OrgmapError as unknown:
        return str(unknown)
    there = store.entities(ids=[body.id], at=at, include=include)
    if not there or not (body.in_force_on(at) or include != IN_FORCE):
        return f"{body.label} was not in force on {at}: {life(body)}."
    return there[0]


def _parents(
    chains: Chains, there: dict[str, Entity], kind: str, at: str
) -> tuple[Parents, dict[str, list[str]]]:
    """The children of each parent on a day, and the children that have several."""
    chains.expect(there, at)
    chains.expect_relations(there)
    found: Parents = {}
    shared: dict[str, list[str]] = {}
    for child in sorted(there):
        above = own_bodies(chains, child, kind, at) or _answered_to(chains, child, kind, at)
        for parent in above:
            found.setdefault(parent, []).append(child)
        if not above:
            found.setdefault(None, []).append(child)
        if len(above) > 1:
            shared[child] = above
    return found, shared


def _answered_to(chains: Chains, child: str, kind: str, at: str) -> list[str]:
    """The bodies of a kind in the chains of those to whom a body answers."""
    uppers = {str(step["upper"]["id"]) for chain in answers_to_chains(chains, child, at) for step in chain}
    return sorted(one for one in uppers if kind_of(one) == kind)


class _Weights:
    """Which part of a parent's people each child has: by where people live, if that is known of every child."""

    def __init__(
        self, store: Store, there: dict[str, Entity], at: str, shared: frozenset[str], alone: bool
    ) -> None:
        """`shared` are children of several parents, of whose people it is not known under which they are."""
        self._shared = shared
        of_areas = alone and all(
            body.kind in kinds_reaching("own", "members", "councils") for body in there.values()
        )
        self._areas = (
            {one: frozenset(areas) for one, areas in areas_by_body(store, there.values(), at).items()}
            if of_areas
            else {}
        )
        self._people = store.populations() if of_areas else {}

    def of(self, children: list[str]) -> dict[str, float] | None:
        """The part of each child; they sum to 1. None where it is not known of one, or two have the same area."""
        areas = [self._areas.get(child, frozenset[str]()) for child in children]
        if not self._shared.isdisjoint(children):
            return None
        if not all(areas) or len(frozenset[str]().union(*areas)) < sum(map(len, areas)):
            return None
        people = [sum(self._people.get(area, 0.0) for area in sorted(of_child)) for of_child in areas]
        total = sum(people)
        return {child: part / total for child, part in zip(children, people, strict=True)} if total else None


def _rows(
    parent: str | None,
    names: dict[str, Entity | None],
    children: list[str],
    there: dict[str, Entity],
    ratings: Ratings,
    domains: list[str],
    scale: RatingScale,
    rule: str,
    weights: _Weights,
) -> Iterator[dict[str, Any]]:
    """A row for each domain of a parent, and where there are several one for all of them."""
    parts = weights.of(children)
    body = names[parent] if parent else None
    above = (
        body.to_json() if body else {"id": parent, "kind": kind_of(parent), "name": None} if parent else None
    )
    by_domain = {
        domain: {child: ratings.get(child, {}).get(domain) for child in children} for domain in domains
    }
    if len(domains) > 1:
        by_domain[ALL] = {
            child: _whole(scale, [by_domain[one][child] for one in domains]) for child in children
        }
    for domain, of_child in by_domain.items():
        rating = scale.together(of_child.values(), rule)
        plain = rating.removesuffix(" or worse")
        unrated = [child for child in children if of_child[child] is None]
        people = None
        if parts:
            people = dict.fromkeys((*scale.ratings, NOT_RATED), 0.0)
            for child, part in parts.items():
                people[of_child[child] or NOT_RATED] += part
        yield {
            "parent": above,
            "domain": domain,
            "rating": rating,
            "counts": {one: sum(given == one for given in of_child.values()) for one in scale.ratings},
            "not_rated": len(unrated),
            "children": len(children),
            "because": [_named(there[child]) for child in children if of_child[child] == plain],
            "unrated": [_named(there[child]) for child in unrated],
            "people": {one: round(part, 4) for one, part in people.items()} if people else None,
        }


def _whole(scale: RatingScale, ratings: list[str | None]) -> str | None:
    """What a child is rated in all domains: its worst, unless one is missing that could be worse still."""
    found = scale.together(ratings)
    return found if found in scale.ratings else None


def _named(body: Entity) -> dict[str, str]:
    return {"id": body.id, "name": body.label}
