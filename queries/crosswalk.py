"""From one structure to another: a many-to-many table with weights, and what did not map."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from graphmodel.errors import NothingFound, WrongUse
from graphmodel.store import Store
from graphmodel.vocabulary import kind_of, kinds
from queries.chains import Chains
from queries.horizons import check_day, horizon_notes

MEASURES = {"population": "population mid-2020", "practices": "GP practices listed on both days"}


def crosswalk(
    store: Store, from_kind: str, from_at: str, to_kind: str, to_at: str, by: str = "population"
) -> dict[str, Any]:
    """Says which bodies of one kind on one day share people (or practices) with which of another kind on another.

    Returns `{"from", "to", "weighted_by", "rows", "unmapped_from", "unmapped_to", "notes"}`; a row has
    `from`, `to`, `weight` (people or practices), `share_of_from`, `share_of_to` (0 to 1: of all people of
    that body, or of its practices listed on both days). Raises
    `WrongUse` for an unknown measure, `NothingFound` when neither side has an area.

    >>> from loaders.open import open_store
    >>> with open_store() as store:
    ...     table = crosswalk(store, "clinical_commissioning_group", "2020-03-31",
    ...                       "clinical_commissioning_group", "2020-04-01")
    >>> [row["share_of_from"] for row in table["rows"] if row["from"] == "ccg:10E"]
    [1.0]
    """
    if by not in MEASURES:
        raise WrongUse(f"“{by}” is no measure. Weigh by {' or '.join(MEASURES)}.")
    check_day(store, from_at)
    check_day(store, to_at)
    weigh = _by_population if by == "population" else _by_practices
    weights, of_from, of_to = weigh(store, (from_kind, from_at), (to_kind, to_at))
    before = {entity.id: entity for entity in store.entities(kind=from_kind, at=from_at)}
    after = {entity.id: entity for entity in store.entities(kind=to_kind, at=to_at)}
    weights = {
        pair: weight for pair, weight in weights.items() if pair[0] in before and pair[1] in after and weight
    }
    if not weights:
        raise NothingFound(
            f"Nothing maps {kinds()[from_kind].plural} on {from_at} to {kinds()[to_kind].plural} on {to_at}"
            f" by {MEASURES[by]}: one side has no such body, or its area is not known."
        )
    mapped_from, mapped_to = {one for one, _ in weights}, {other for _, other in weights}
    rows = [
        {
            "from": one,
            "from_name": before[one].label,
            "to": other,
            "to_name": after[other].label,
            "weight": round(weight, 1),
            "share_of_from": round(weight / of_from[one], 4),
            "share_of_to": round(weight / of_to[other], 4),
        }
        for (one, other), weight in sorted(weights.items())
    ]
    return {
        "from": {"kind": from_kind, "at": from_at},
        "to": {"kind": to_kind, "at": to_at},
        "weighted_by": MEASURES[by],
        "rows": rows,
        "unmapped_from": [entity.to_json() for id_, entity in before.items() if id_ not in mapped_from],
        "unmapped_to": [entity.to_json() for id_, entity in after.items() if id_ not in mapped_to],
        "notes": horizon_notes(store, {from_kind, to_kind}, max(from_at, to_at)),
    }


Weighed = tuple[dict[tuple[str, str], float], dict[str, float], dict[str, float]]
"""What each pair shares, and what each body has in all on the first and on the second day."""


def _by_population(store: Store, before: tuple[str, str], after: tuple[str, str]) -> Weighed:
    """People in the areas that each pair shares; a body's all are those of all its areas."""
    chains = Chains(store)
    weights: dict[tuple[str, str], float] = {}
    of_from: dict[str, float] = {}
    of_to: dict[str, float] = {}
    for area, people in store.populations().items():
        ones, others = (
            {role.body for role in chains.of_area(area, at) if kind_of(role.body) == kind}
            for kind, at in (before, after)
        )
        for totals, bodies in ((of_from, ones), (of_to, others)):
            for body in bodies:
                totals[body] = totals.get(body, 0.0) + people
        for pair in product(ones, others):
            weights[pair] = weights.get(pair, 0.0) + people
    return weights, of_from, of_to


def _by_practices(store: Store, before: tuple[str, str], after: tuple[str, str]) -> Weighed:
    """Practices listed under the one on its day and under the other on its day; only these count."""
    listed: list[dict[str, set[str]]] = []
    for kind, at in (before, after):
        bodies = [entity.id for entity in store.entities(kind=kind, at=at)]
        of_practice: dict[str, set[str]] = {}
        for fact in store.relationships(objects=bodies, verbs=["member_of"], at=at):
            if kind_of(fact.subject) == "gp_practice":
                of_practice.setdefault(fact.subject, set()).add(fact.object)
        listed.append(of_practice)
    weights = Counter(
        pair for practice, ones in listed[0].items() for pair in product(ones, listed[1].get(practice, ()))
    )
    of_from: Counter[str] = Counter()
    of_to: Counter[str] = Counter()
    for (one, other), count in weights.items():
        of_from[one] += count
        of_to[other] += count
    return {pair: float(count) for pair, count in weights.items()}, dict(of_from), dict(of_to)
