"""What holds for whole kinds of bodies, as lines of a network: who holds a body to account, and whom it does."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.model import Accountability, Entity, Include, Period, Relationship
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kind_of, kinds, things
from orgmap.queries.commissioning.rule_reach import verdict
from orgmap.queries.structure.hierarchy import Chains

_ALL, _SOME, _ITS = "All", "Some", "Its"


def lines_by_rule(
    store: Store, centre: Entity, day: AnyDay, life: Period, include: Include
) -> tuple[list[Relationship], dict[str, Entity]]:
    """The rules of accountability that hold for a body, as statements, and the bodies at their other ends.

    A whole kind at the other end is one body that stands for all of them. What holds only for those whose own
    statements say so is left to these.

    >>> from orgmap.loaders.open import open_store
    >>> from orgmap.graphmodel.model import IN_FORCE
    >>> with open_store() as store:
    ...     [group] = store.entities(ids=["ccg:10E"])
    ...     found, _ = lines_by_rule(store, group, "2014-06-01", group.period, IN_FORCE)
    >>> ("accountable_to", "national:nhs_england") in {(one.verb, one.object) for one in found}
    True
    """
    day = day_of(day)
    chains = Chains.of(store, include)
    found: list[Relationship] = []
    ends: dict[str, Entity] = {}
    for row in store.accountability():
        if row.coverage == "related" or not include.shows(row.status):
            continue
        time = row.period.clip(life)
        for own, other, outward in ((row.subject, row.object, True), (row.object, row.subject, False)):
            if time is None or own not in (centre.id, centre.kind) or other == centre.id:
                continue
            if (kind_of(other) or other) in things():
                continue
            holds = verdict(chains, row, centre.id, day) if row.period.holds(day) else "yes"
            if holds == "no":
                continue
            alike = own == centre.kind
            whole = _whole(row, other, alike, holds == "may") if ":" not in other else None
            end = whole.id if whole else other
            if whole:
                ends[end] = whole
            pair = (centre.id, end) if outward else (end, centre.id)
            found.append(_statement(row, pair, time, holds == "may"))
    ids = {end for one in found for end in (one.subject, one.object)} - ends.keys() - {centre.id}
    named = {one.id: one for one in store.entities(ids=ids)} | {
        one.id: one for one in store.entities(ids=ids, at=day, include=include)
    }
    kept = []
    for one in found:
        other = one.object if one.subject == centre.id else one.subject
        body = ends.get(other) or named.get(other)
        time = one.period.clip(body.period) if body and other in named else one.period
        if body and time:
            kept.append(one._replace(valid_from=time.valid_from, valid_until=time.valid_until))
            ends[other] = body
    return list(dict.fromkeys(kept)), ends


def _whole(row: Accountability, kind: str, alike: bool, some: bool) -> Entity:
    """One body that stands for all bodies of a kind, or for those of them for which a rule holds.

    Of a rule between two kinds (`alike`) each body meets only its own ones of the other kind.
    """
    start = _ITS if alike else _SOME if some or row.coverage not in ("", "all") else _ALL
    note = (
        "Stands for those of this kind that it has to do with, by rule."
        if alike
        else "Stands for a whole kind of body, by rule."
    )
    return Entity(
        f"{start.lower()}:{kind}",
        kind,
        f"{start} {kinds()[kind].plural}",
        None,
        None,
        source=row.source,
        note=note,
    )


def _statement(row: Accountability, pair: tuple[str, str], time: Period, may: bool) -> Relationship:
    note = "; ".join(
        filter(
            None, ("by rule, it may hold for this one" if may else "by rule, for the whole kind", row.note)
        )
    )
    return Relationship(
        pair[0],
        row.verb,
        pair[1],
        about=row.about,
        basis=row.basis,
        status=row.status,
        valid_from=time.valid_from,
        valid_until=time.valid_until,
        from_precision=row.from_precision if time.valid_from == row.valid_from else "",
        until_precision=row.until_precision if time.valid_until == row.valid_until else "",
        source=row.source,
        locator=row.locator,
        note=note,
    )
