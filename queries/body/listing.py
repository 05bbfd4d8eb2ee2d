"""All bodies of a kind on a day, in England or within a place."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_before, day_of
from orgmap.graphmodel.errors import WrongUse
from orgmap.graphmodel.model import IN_FORCE, Entity, Include
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.vocabulary import kinds, kinds_beside, kinds_with, parse_kind, reach_of
from orgmap.queries.answers import bodies_json
from orgmap.queries.body.registered_list import beside_registered, list_registered, only_registered
from orgmap.queries.body.statuses import undated_note
from orgmap.queries.coverage import check_day, horizon_notes, since_not_known
from orgmap.queries.place.find import WHOLE
from orgmap.queries.place.location import POPULATION
from orgmap.queries.structure.within import (
    LOCATED,
    Scope,
    Shares,
    ids_within,
    listed_note,
    listing_within,
    scope_of,
)

PRACTICES = "GP practices standing here"

MISTYPED = "Did you mean"
"""Stands in what is said of a kind that comes near to one that there is."""


def list_bodies(
    store: Store, kind: str, at: AnyDay, within: str | None = None, include: Include = IN_FORCE
) -> dict[str, Any]:
    """Lists the bodies of a kind that are in force on a day.

    `kind` is one of the vocabulary's, or what a role of the whole register is called, where that is loaded;
    `within` is a place or body: then a body that covers only part of
    it has a `share`. Returns `{"bodies", "notes", "place"}` (the place in
    words, blank for England); a note says what is hidden (shadow, planned). Raises
    `NothingFound` or `Ambiguous` for `within`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     len(list_bodies(store, "clinical_commissioning_group", "2013-04-01")["bodies"])
    211
    """
    at = day_of(at)
    typed = kind
    try:
        kind = parse_kind(kind)
    except WrongUse as refused:
        if registered := list_registered(store, kind, at, within, include):
            return registered
        if MISTYPED in str(refused):
            raise
        raise WrongUse(f"{refused} {only_registered(store, typed)}") from None
    check_day(store, at)
    entities = store.entities(kind=kind, at=at, include=include)
    notes: list[str] = []
    shares: Shares = {}
    share_of = POPULATION
    place = ""
    scope = None
    if within:
        scope = scope_of(store, within, at, include)
        shares = ids_within(store, scope, at, kind, include)
        notes += scope.notes
        place = scope.described
        if (
            kind in kinds_with("known_by_lists")
            and not shares
            and (listed := listing_within(store, scope, at))
        ):
            shares, share_of = {**listed}, PRACTICES
            notes.append(listed_note(at))
        entities = [entity for entity in entities if entity.id in shares]
        if scope.smaller and reach_of(kind) in LOCATED:
            notes.append(scope.smaller)
    else:
        notes += _hidden(store, kind, at, include)
    notes += _may_have_been(store, kind, at, include, scope)
    notes += _dormant(entities)
    notes += _beside(store, kind, at, shares if within else None)
    notes += beside_registered(store, typed, kind, at)
    bodies = bodies_json(store, entities)
    untold = [entity.label for entity in entities if shares.get(entity.id, 1.0) is None]
    if untold:
        notes.append(f"They lie within, and no table says how far they reached on {at}: {', '.join(untold)}.")
    for body in bodies:
        if (share := shares.get(body["id"])) is not None and share < WHOLE:
            body |= {"share": round(share, 4), "share_of": share_of}
    return {"bodies": bodies, "notes": [*notes, *horizon_notes(store, {kind}, at)], "place": place}


def _may_have_been(store: Store, kind: str, at: str, include: Include, scope: Scope | None) -> list[str]:
    """A sentence on bodies in shadow form of which no source says since when."""
    undated = since_not_known(store, kind, at, include)
    if undated and scope:
        eve = day_before(undated[0].valid_until or at)
        here = ids_within(store, scope, eve, kind, include)
        undated = [body for body in undated if body.id in here]
    return undated_note(undated, at)


def _dormant(entities: list[Entity]) -> list[str]:
    """A sentence on practices that the register keeps though they have no patients."""
    asleep = sum("; dormant in the register" in entity.note for entity in entities)
    verb = "is" if asleep == 1 else "are"
    return (
        [f"{asleep} of these {verb} dormant in the register: open by law, and working for nobody."]
        if asleep
        else []
    )


def _beside(store: Store, kind: str, at: str, within: Shares | None) -> list[str]:
    """A sentence for each kind whose ids look like these and which is counted apart."""
    notes = []
    for other in sorted(kinds_beside(kind) - {kind}):
        found = store.entities(kind=other, at=at)
        if count := sum(within is None or entity.id in within for entity in found):
            words = kinds()[other].label if count == 1 else kinds()[other].plural
            notes.append(f"Counted apart: {count:,} {words}; orgmap list {other} shows them.")
    return notes


def _hidden(store: Store, kind: str, at: str, include: Include) -> list[str]:
    """A sentence for each status that the answer leaves out."""
    notes = []
    for status in ("shadow", "planned", "proposed"):
        if status in include.statuses:
            continue
        more = store.entities(kind=kind, at=at, include=Include.of([status]))
        hidden = sum(entity.status == status for entity in more)
        if hidden:
            notes.append(
                f"{hidden} more with the status “{status}” are not shown; --include {status} shows them."
            )
    return notes
