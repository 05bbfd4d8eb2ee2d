"""From one structure to another: a many-to-many table with weights, and what did not map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any, NamedTuple

from orgmap.graphmodel.counted.practices import DECIMALS
from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound, WrongUse
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, whose
from orgmap.graphmodel.store import Store, surest
from orgmap.graphmodel.vocabulary import (
    kind_of,
    kinds,
    of_id,
    parse_kind,
    practice_kind,
    reach_of,
)
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.plans.marks import marked
from orgmap.queries.registers.list_sizes import ListTables, without_count
from orgmap.queries.registers.prescribing import MEANS, PrescribingTables, apart_notes
from orgmap.queries.structure.hierarchy import Chains

COLUMNS = ("from", "from_name", "to", "to_name", "weight", "share_of_from", "share_of_to", "why")
"""The columns of the table, in their order."""

MEASURES = {
    "population": "population mid-2020",
    "practices": "GP practices listed on both days",
    "registered": "patients registered with practices listed on both days",
    "items": "items prescribed by practices listed on both days",
    "cost": "actual cost in pounds of what practices listed on both days prescribed",
}

_NOTHING = {"population": "its area is not known", "practices": "no GP practice is listed under it"}
"""Why nothing is known of a body, by measure; of what a table counts there is one reason."""

Side = tuple[str, str]
"""A kind of body and a day."""


def crosswalk(
    store: Store,
    from_kind: str,
    from_at: AnyDay,
    to_kind: str,
    to_at: AnyDay,
    by: str = "population",
    include: Include = IN_FORCE,
) -> dict[str, Any]:
    """Says which bodies of one kind on one day share people (or practices) with which of another kind on another.

    Returns `{"from", "to", "weighted_by", "rows", "unmapped", "unmapped_from", "unmapped_to", "notes"}`; a row has
    `from`, `to`, their names and codes, `weight` (people or practices), `share_of_from`, `share_of_to` (0 to 1: of all
    people of that body, or of its practices listed on both days). `unmapped` has such rows with one end blank for what
    did not map, with `why`: the weights of a body's rows in both lists sum to all that it has. `unmapped_from` and
    `unmapped_to` are the bodies of which nothing mapped. Practices themselves are always weighed by number. Raises
    `WrongUse` for an unknown measure, `NothingFound` when nothing maps at all.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     table = crosswalk(store, "clinical_commissioning_group", "2020-03-31",
    ...                       "clinical_commissioning_group", "2020-04-01")
    >>> [row["share_of_from"] for row in table["rows"] if row["from"] == "ccg:10E"]
    [1.0]
    """
    from_kind = parse_kind(from_kind)
    from_at = day_of(from_at)
    to_kind = parse_kind(to_kind)
    to_at = day_of(to_at)
    if by not in MEASURES:
        *first, last = MEASURES
        raise WrongUse(f"“{by}” is not a measure. Weigh by {', '.join(first)} or {last}.")
    check_day(store, from_at)
    check_day(store, to_at)
    before, after = (from_kind, from_at), (to_kind, to_at)
    if "list" in (reach_of(from_kind), reach_of(to_kind)):
        by = "practices"
    weigh = {"population": _by_population, "practices": _by_practices, "registered": _by_lists}
    weighed = weigh.get(by, partial(_by_prescribing, by))(store, before, after, include)
    ones = surest(store.entities(kind=from_kind, at=from_at, include=include))
    others = surest(store.entities(kind=to_kind, at=to_at, include=include))
    weights = {
        pair: weight
        for pair, weight in weighed.shared.items()
        if pair[0] in ones and pair[1] in others and weight
    }
    if not weights:
        raise NothingFound(_why_nothing(store, before, after, by, (set(ones), set(others)), weighed, include))
    mapped_from, mapped_to = {one for one, _ in weights}, {other for _, other in weights}
    rows = [
        {
            **_row(ones[one], others[other]),
            "weight": round(weight, weighed.decimals),
            "share_of_from": round(weight / weighed.of_from[one], 4),
            "share_of_to": round(weight / weighed.of_to[other], 4),
        }
        for (one, other), weight in sorted(weights.items())
    ]
    unmapped = [
        *(
            _unmapped(by, after, _row(body, None), weighed.rest_from.get(one), weighed.decimals)
            for one, body in ones.items()
            if one not in mapped_from or weighed.rest_from.get(one)
        ),
        *(
            _unmapped(by, before, _row(None, body), weighed.rest_to.get(other), weighed.decimals)
            for other, body in others.items()
            if other not in mapped_to or weighed.rest_to.get(other)
        ),
    ]
    return {
        "from": {"kind": from_kind, "at": from_at},
        "to": {"kind": to_kind, "at": to_at},
        "weighted_by": weighed.by or MEASURES[by],
        "rows": rows,
        "unmapped": unmapped,
        "unmapped_from": [entity.to_json() for id_, entity in ones.items() if id_ not in mapped_from],
        "unmapped_to": [entity.to_json() for id_, entity in others.items() if id_ not in mapped_to],
        "notes": [
            *weighed.notes,
            *horizon_notes(store, {from_kind, to_kind}, max(from_at, to_at)),
            *marked(store, [one.to_json() for one in (*ones.values(), *others.values())], include, to_at),
        ],
    }


def _why_nothing(
    store: Store,
    before: Side,
    after: Side,
    by: str,
    bodies: tuple[set[str], set[str]],
    weighed: Weighed,
    include: Include,
) -> str:
    """What to say where nothing maps: which side has no body, or none whose area is known, and what does answer."""
    names = [f"{kinds()[kind].plural} on {at}" for kind, at in (before, after)]
    said = f"Nothing maps {names[0]} to {names[1]} by {MEASURES[by]}"
    if none := [name for name, ids in zip(names, bodies, strict=True) if not ids]:
        return f"{said}: there are no {' and no '.join(none)}."
    if by != "population":
        return f"{said}: no GP practice is known under bodies of both."
    unknown = [
        name
        for name, ids, known in zip(names, bodies, (weighed.of_from, weighed.of_to), strict=True)
        if not ids & known.keys()
    ]
    why = f"no table tells the areas of {' or '.join(unknown)}" if unknown else "their areas share nobody"
    listed = _by_practices(store, before, after, include).shared
    answers = any(one in bodies[0] and other in bodies[1] for one, other in listed)
    return f"{said}: {why}.{' --by practices answers.' if answers else ''}"


def _row(one: Entity | None, other: Entity | None) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for side, body in (("from", one), ("to", other)):
        row[side] = body.id if body else None
        row[f"{side}_name"] = body.label if body else None
        row[f"{side}_codes"] = dict(body.codes) if body else {}
        if body and body.status != "in_force":
            row[f"{side}_status"] = body.status
        if yours := whose(body.source) if body else "":
            row["yours"] = yours
    return row


def _unmapped(
    by: str, target: Side, row: dict[str, Any], rest: float | None, decimals: int
) -> dict[str, Any]:
    """A row for what a body has and no body of the other side shares; nothing is known of one without any."""
    plural, day = kinds()[target[0]].plural, target[1]
    if rest is None:
        why = _NOTHING.get(by, "no practice that the table has is listed under it")
    elif by == "population":
        why = f"none of the {plural} is known to cover these neighbourhoods on {day}"
    else:
        why = f"listed under none of the {plural} on {day}: closed, not yet open, or elsewhere"
    weight = None if rest is None else round(rest, decimals)
    return {**row, "weight": weight, "share_of_from": None, "share_of_to": None, "why": why}


class Weighed(NamedTuple):
    """What each pair shares; what each body's shares are of; what each has that no body of the other side shares."""

    shared: dict[tuple[str, str], float]
    of_from: dict[str, float]
    of_to: dict[str, float]
    rest_from: dict[str, float]
    rest_to: dict[str, float]
    notes: list[str]
    by: str = ""
    """By what they are weighed, where that is more than its name: with the day on which it was counted."""
    decimals: int = 1
    """So many decimals have weights."""


def _by_population(store: Store, before: Side, after: Side, include: Include) -> Weighed:
    """People in the areas that each pair shares; a body's all are those of all its areas."""
    chains = Chains.of(store, include)
    weighed = Weighed({}, {}, {}, {}, {}, [])
    populations = store.populations()
    for _, day in (before, after):
        chains.expect_areas(populations, day)
    for area, people in populations.items():
        ones, others = (
            {role.body for role in chains.of_area(area, at) if kind_of(role.body) == kind}
            for kind, at in (before, after)
        )
        for totals, rest, bodies, mapped in (
            (weighed.of_from, weighed.rest_from, ones, others),
            (weighed.of_to, weighed.rest_to, others, ones),
        ):
            for body in bodies:
                totals[body] = totals.get(body, 0.0) + people
                rest[body] = rest.get(body, 0.0) + (0.0 if mapped else people)
        for pair in product(ones, others):
            weighed.shared[pair] = weighed.shared.get(pair, 0.0) + people
    return weighed


def _by_practices(store: Store, before: Side, after: Side, include: Include) -> Weighed:
    """Practices listed under the one on its day and under the other on its day; shares are of these only."""
    wanted = next((kind for kind, _ in (before, after) if reach_of(kind) == "list"), practice_kind())
    listed, known = zip(*(_listed(store, wanted, side, include) for side in (before, after)), strict=True)
    weighed = Weighed({}, {}, {}, {}, {}, [])
    for bodies, rest, elsewhere in (
        (listed[0], weighed.rest_from, listed[1]),
        (listed[1], weighed.rest_to, listed[0]),
    ):
        for practice, ones in bodies.items():
            for one in ones:
                rest[one] = rest.get(one, 0.0) + (0.0 if elsewhere.get(practice) else 1.0)
    shared = Counter(
        pair for practice, ones in listed[0].items() for pair in product(ones, listed[1].get(practice, ()))
    )
    for (one, other), count in shared.items():
        weighed.shared[one, other] = float(count)
        weighed.of_from[one] = weighed.of_from.get(one, 0.0) + count
        weighed.of_to[other] = weighed.of_to.get(other, 0.0) + count
    apart = max(known)
    if wanted == practice_kind() and apart:
        weighed.notes.append(
            f"Up to {apart:,} codes listed there are not counted: prescribing cost centres, and codes of which no"
            " file says whether they were practices."
        )
    return weighed


def _by_lists(store: Store, before: Side, after: Side, include: Include) -> Weighed:
    """Patients of practices listed under the one on its day and under the other on its day, by the table of the first
    day."""
    table = ListTables.of(store).of_day(before[1])
    weighed, missing = _by_counts(store, before, after, include, table.people)
    practices = {one.id for _, at in (before, after) for one in store.entities(kind=practice_kind(), at=at)}
    weighed.notes.extend(without_count(sorted(missing & practices), table))
    return weighed._replace(by=table.words)


def _by_prescribing(by: str, store: Store, before: Side, after: Side, include: Include) -> Weighed:
    """What practices prescribed in the month of the first day that were listed under the one on its day and under the
    other on its day: items, or their actual cost."""
    table = PrescribingTables.of(store).of_month(before[1])

    def count(practice: str) -> float | None:
        amounts = table.amounts(practice)
        return amounts and (amounts.items if by == "items" else amounts.json()["actual_cost"])

    weighed, _ = _by_counts(store, before, after, include, count)
    weighed.notes.extend([MEANS, *apart_notes(table)])
    words = table.words() if by == "items" else f"actual cost in pounds of {table.words()}"
    return weighed._replace(by=words, decimals=DECIMALS)


def _by_counts(
    store: Store, before: Side, after: Side, include: Include, count: Callable[[str], float | None]
) -> tuple[Weighed, set[str]]:
    """What is counted of practices listed under the one on its day and under the other on its day, and the practices
    of which nothing is."""
    listed = [listed_under(store, side, include) for side in (before, after)]
    weighed = Weighed({}, {}, {}, {}, {}, [])
    missing = set[str]()
    for practice in sorted(listed[0].keys() | listed[1].keys()):
        ones, others = (side.get(practice, set[str]()) for side in listed)
        counted = count(practice)
        if counted is None:
            missing.add(practice)
            continue
        for rest, bodies, mapped in ((weighed.rest_from, ones, others), (weighed.rest_to, others, ones)):
            for body in bodies:
                rest[body] = rest.get(body, 0.0) + (0.0 if mapped else counted)
        for pair in product(ones, others):
            weighed.shared[pair] = weighed.shared.get(pair, 0.0) + counted
        for totals, bodies, mapped in ((weighed.of_from, ones, others), (weighed.of_to, others, ones)):
            for body in bodies if mapped else ():
                totals[body] = totals.get(body, 0.0) + counted
    return weighed, missing


def _listed(store: Store, wanted: str, side: Side, include: Include) -> tuple[dict[str, set[str]], int]:
    """The bodies of a kind under which each practice was listed on a day, itself or what those belong to.

    Also how many entries of the register, which are no such practices, were listed under them.
    """
    kind, at = side
    practices = {entity.id for entity in store.entities(kind=wanted, at=at)}
    if reach_of(kind) == "list":
        return {practice: {practice} for practice in practices}, 0
    found = listed_under(store, side, include)
    apart = sum(one not in practices for one in found)
    return {practice: bodies for practice, bodies in found.items() if practice in practices}, apart


def listed_under(store: Store, side: Side, include: Include) -> dict[str, set[str]]:
    """The bodies of a kind under which each entry of the register of practices was listed on a day, itself or what
    those belong to."""
    kind, at = side
    chains = Chains.of(store, include)
    above: dict[str, set[str]] = {}
    found: dict[str, set[str]] = {}
    members = [
        relationship
        for relationship in store.relationships(verbs=["member_of"], at=at, include=include)
        if of_id(relationship.subject).reach == "list"
    ]
    chains.expect({relationship.object for relationship in members if not _is_network(relationship.object)})
    for relationship in members:
        if relationship.object not in above:
            climbed = (
                []
                if _is_network(relationship.object)
                else chains.climb(relationship.object, relationship, at)
            )
            bodies = {relationship.object, *(role.body for role in climbed)}
            above[relationship.object] = {body for body in bodies if kind_of(body) == kind}
        if above[relationship.object]:
            found.setdefault(relationship.subject, set()).update(above[relationship.object])
    return found


def _is_network(body: str) -> bool:
    """A network may lie under a neighbouring commissioner: what it belongs to says nothing of its practices."""
    return of_id(body).reach == "lists"
