"""One body: its names, codes and days, what it belongs to, what belongs to it, before and after, and who says so."""

from __future__ import annotations

from typing import Any

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import IN_FORCE, STATUSES, Entity, Include, whose
from orgmap.graphmodel.register.bodies import PREFIX
from orgmap.graphmodel.store import Dated, Details, Store
from orgmap.graphmodel.vocabulary import Kinds, chosen_kinds
from orgmap.queries.answers import relationships_json, said_in, sources_json
from orgmap.queries.body.registered import also_registered, code_in_graph, show_registered
from orgmap.queries.body.resolve import MANY as MANY_OTHERS
from orgmap.queries.body.resolve import life, ranked, resolve
from orgmap.queries.body.statuses import status_notes
from orgmap.queries.change.changes import events_json
from orgmap.queries.change.lineage import memberships
from orgmap.queries.coverage import horizon_notes
from orgmap.queries.plans.marks import plan_left_out

MANY = 200
"""So many relations of one verb are told one by one; more are counted."""


def show(
    store: Store, text: str, at: AnyDay, include: Include = IN_FORCE, kinds: Kinds = None
) -> dict[str, Any]:
    """Tells all that is known of one body, and its relations on a day.

    Returns `{"body", "names", "codes", "postcodes", "phases", "relations", "events", "sources", "notes"}`,
    for a practice also its `"memberships"` (see `lineage`), where the whole register is loaded also what that says
    (`"registered"`), which is all that is known of a body that it alone has.
    Raises `NothingFound` or `Ambiguous`.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     show(store, "ccg:10E", "2013-06-01")["body"]["valid_until"]
    '2020-04-01'
    """
    at = day_of(at)
    kinds = chosen_kinds(kinds)
    try:
        body = resolve(store, text, at, kinds)
    except NothingFound:
        if kinds is None and (code := code_in_graph(store, text)):
            return show(store, code, at, include)
        if kinds is None and (registered := show_registered(store, text, at)):
            return registered
        raise
    details = store.details(body.id)
    relationships = [
        *store.relationships(subjects=[body.id], at=at, include=include),
        *store.relationships(objects=[body.id], at=at, include=include),
    ]
    notes = []
    if not body.in_force_on(at):
        notes.append(f"{body.label} was not in force on {at}: {life(body)}.")
        notes += status_notes(store, body, at, include)
    others = [other for other in ranked(store, text, at) if other.id != body.id]
    notes += [
        f"The same name or code also belongs to {other.id}, {other.label}: {life(other)}."
        for other in others[:MANY_OTHERS]
    ]
    if len(others) > MANY_OTHERS:
        notes.append(f"… and to {len(others) - MANY_OTHERS:,} more; orgmap search shows them.")
    notes += plan_left_out(store, body, include)
    relations, counted = _tell(relationships, body.id)
    notes += counted
    events = store.events(ids=[body.id], include=include)
    beside = also_registered(store, _code_of(details), at)
    cited = [(body.source, body.locator)]
    for words in details:
        cited += [(word.source, word.locator) for word in words]
    return {
        "body": _of_day(store, body, at, include).to_json(),
        "at": at,
        "names": [_dated_json(word, "name", "use") for word in details.names],
        "codes": [_dated_json(word, "code", "scheme") for word in details.identifiers],
        "postcodes": [_dated_json(word, "postcode") for word in details.locations],
        "phases": [_dated_json(word, "status") for word in details.phases],
        "relations": _with_labels(store, relationships_json(store, relations), at),
        "events": events_json(store, events),
        **memberships(store, body),
        **beside.said,
        "sources": [
            *sources_json(store.sources({source for source, _ in cited}), cited),
            *(one for one in beside.sources if one["source"] not in {source for source, _ in cited}),
        ],
        "notes": [*notes, *horizon_notes(store, {body.kind}, at)],
    }


def _code_of(details: Details) -> str | None:
    """The last code of a body in the register."""
    codes = [word for word in details.identifiers if word.sort == PREFIX]
    return max(codes, key=lambda word: word.valid_from or "").value if codes else None


def _of_day(store: Store, body: Entity, at: str, include: Include) -> Entity:
    """The body with its own life, under its name and codes of the day; with the status it had then, if not in force."""
    found = store.entities(ids=[body.id], at=at, include=include)
    then = min(found, key=lambda one: STATUSES.index(one.status), default=body)
    return body._replace(name=then.name, codes=then.codes, status=then.status)


def _tell(relationships: list[Any], body: str) -> tuple[list[Any], list[str]]:
    """The relations to tell one by one, and a sentence for each verb with too many."""
    groups: dict[tuple[str, bool], list[Any]] = {}
    for relationship in relationships:
        groups.setdefault((relationship.verb, relationship.subject == body), []).append(relationship)
    kept, notes = [], []
    for (verb, forward), group in groups.items():
        if len(group) <= MANY:
            kept += group
        else:
            kept += group[:MANY]
            way = "from" if forward else "to"
            notes.append(f"{len(group):,} relations “{verb}” {way} it hold on that day; {MANY} are shown.")
    return kept, notes


def _with_labels(store: Store, relationships: list[dict[str, Any]], at: str) -> list[dict[str, Any]]:
    """The relations with the names of both ends: those of the day, of bodies that were in force on it."""
    ids = {relationship[end] for relationship in relationships for end in ("subject", "object")}
    found = [*store.entities(ids=ids), *store.entities(ids=ids, at=at)]
    labels = {entity.id: entity.label for entity in found}
    for relationship in relationships:
        relationship["subject_name"] = labels.get(relationship["subject"], relationship["subject"])
        relationship["object_name"] = labels.get(relationship["object"], relationship["object"])
    return relationships


def _dated_json(word: Dated, value: str, sort: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {value: word.value}
    if sort:
        out[sort] = word.sort
    out |= {"valid_from": word.valid_from, "valid_until": word.valid_until}
    out |= said_in(word, "from_precision", "until_precision", "note")
    if yours := whose(word.source):
        out["yours"] = yours
    return out
