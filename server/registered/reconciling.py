"""Reconciliation with bodies that the whole register alone has, behind those of the graph: candidates and values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orgmap.graph import Graph
from orgmap.graphmodel.dates import today
from orgmap.graphmodel.register.bodies import PREFIX, FoundRecord, NamedBody, RegisterLookUp, register_of
from orgmap.graphmodel.text import normalise
from orgmap.queries.body.registered import (
    AFTER,
    BEFORE,
    registered_as,
    rows_of,
    show_registered,
    what_it_is,
)

TYPE = "register:"
"""What the id of a type begins with that is a sort of the register's bodies."""

SURE, NEAR = 100.0, 99.0
"""The score of what is meant without doubt, and the most of what only comes near."""

LOOKED_AT = 60
"""So many names are looked at; of a text that more have, none is sure."""


def type_of(sort: str) -> dict[str, str]:
    """A sort of the register's bodies as a type.

    >>> type_of("pharmacy")
    {'id': 'register:pharmacy', 'name': 'pharmacy (register)'}
    """
    return {"id": f"{TYPE}{sort}", "name": f"{sort} (register)"}


def types_of_register(graph: Graph) -> list[dict[str, str]]:
    """The sorts of bodies in the newest release of the register as types; none where it is not loaded."""
    register = register_of(graph.store)
    return [type_of(sort) for sort in register.sorts()] if register else []


def sorts_among(types: frozenset[str] | None) -> frozenset[str] | None:
    """The sorts of the register's bodies among some types; None if any will do.

    >>> sorts_among(frozenset({"gp_practice", "register:pharmacy"}))
    frozenset({'pharmacy'})
    """
    if types is None:
        return None
    return frozenset(one.removeprefix(TYPE) for one in types if one.startswith(TYPE))


def near_records(
    graph: Graph, text: str, sorts: frozenset[str] | None, at: str
) -> list[tuple[dict[str, Any], float]]:
    """The bodies that the register alone has and a text may mean, as rows of `search`, each with its score."""
    register = register_of(graph.store)
    release = register.newest() if register else None
    if register is None or release is None or sorts == frozenset():
        return []
    found, sure = _named(register, text, sorts, at or today())
    coded = registered_as(graph.store, text)
    if coded and not coded.gone_in and (sorts is None or what_it_is(coded) in sorts):
        found |= register.named([coded.body.code])
        sure = {coded.body.code.upper()}
    rows = rows_of(graph.store, found.values(), release)
    return [(row, SURE if code in sure else _nearness(text, row["name"])) for code, row in rows.items()]


def _named(
    register: RegisterLookUp, text: str, sorts: frozenset[str] | None, at: str
) -> tuple[dict[str, NamedBody], set[str]]:
    """The bodies whose names have the words of a text, and the codes of those that are called exactly so: those that
    were open on a day, if there are some."""
    words, found, all_seen = normalise(text).split(), dict[str, NamedBody](), True
    for sort in sorted(sorts) if sorts else [""]:
        number, some = register.with_words(words, LOOKED_AT, sort)
        all_seen = all_seen and number <= len(some)
        found |= {one.code: one for one in some}
    same = [one for one in found.values() if normalise(one.name).split() == words] if all_seen else []
    there = [one for one in same if one.valid_from <= at and (not one.valid_until or at < one.valid_until)]
    return found, {one.code for one in there or same}


def _nearness(text: str, name: str | None) -> float:
    from rapidfuzz.fuzz import token_sort_ratio

    return round(min(NEAR, token_sort_ratio(text.casefold(), (name or "").casefold())), 1)


def records_of(graph: Graph, ids: Iterable[str]) -> dict[str, FoundRecord]:
    """The bodies of these ids that the register alone has."""
    ours = [one for one in ids if one.startswith(f"{PREFIX}:")]
    return {one: record for one in ours if (record := registered_as(graph.store, one))}


def record_row(found: FoundRecord) -> dict[str, Any]:
    """A body of the register as a row of `search` is."""
    body = found.body
    return {
        "id": f"{PREFIX}:{body.code}",
        "kind": what_it_is(found),
        "name": body.name or None,
        "valid_from": body.days.valid_from or None,
        "valid_until": body.days.valid_until or None,
        "codes": {PREFIX: body.code},
    }


def record_value(graph: Graph, found: FoundRecord, key: str) -> str | list[dict[str, Any]] | None:
    """What the register says of one of its bodies: a text, a type or other bodies; None for what it does not tell."""
    row = record_row(found)
    if key == "kind":
        return [type_of(row["kind"])]
    if key in ("predecessors", "successors"):
        shown = show_registered(graph.store, row["id"], today())
        way = BEFORE if key == "predecessors" else AFTER
        rows = shown["registered"]["successions"] if shown else []
        return [{"id": one["id"], "name": one["name"] or one["id"]} for one in rows if one["way"] == way]
    value: str | None = row["codes"].get(key) if key == PREFIX else row.get(key)
    return value
