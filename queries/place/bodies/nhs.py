"""“NHS Essex” on a day when no body of law bears that name: what covers its area then, and who else had the name."""

from __future__ import annotations

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import Ambiguous, NothingFound
from orgmap.graphmodel.model import Entity, Include
from orgmap.graphmodel.naming import read_name
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import normalise
from orgmap.graphmodel.vocabulary import has, reach_of
from orgmap.queries.body.resolve import (
    CORE,
    MANY,
    OFFICE,
    as_candidate,
    commissioners_having,
    matches,
    standing,
)
from orgmap.queries.structure.hierarchy import Chains


def meant_as_a_body(name: str) -> bool:
    """Whether a name begins with NHS and tells no kind of body.

    >>> meant_as_a_body("NHS Essex"), meant_as_a_body("NHS Essex ICB"), meant_as_a_body("Essex")
    (True, False, False)
    """
    read = read_name(name)
    return read.nhs and not read.kinds


def of_law(bodies: dict[Entity, frozenset[str]], at: str) -> list[Entity]:
    """Those of some bodies that are of law and had ended by a day; no teams, offices, clusters or partnerships."""
    return [
        body
        for body in bodies
        if body.valid_until and body.valid_until <= at and standing(body.kind) > OFFICE
    ]


def longer_in_force(
    store: Store,
    name: str,
    bodies: dict[Entity, frozenset[str]],
    ended: dict[Entity, frozenset[str]],
    at: AnyDay,
) -> Ambiguous | None:
    """What to raise where a body of another day has a name, and bodies in force have it in theirs; None if none has.

    “Midlands” of 2016 may be Midlands and East of England, and “Leeds CCG” each of the three that Leeds had. An ended
    body of just that name is meant all the same, and one that was planned on the day.
    """
    at = day_of(at)
    read = read_name(name)
    whole = {match.body.id for match in matches(store, name, at) if match.level > CORE}
    told_whole = any(body.id in whole and body.valid_until and body.valid_until <= at for body in ended)
    if any(normalise(body.label) == read.plain for body in ended) or (
        told_whole and not meant_as_a_body(name)
    ):
        return None
    coming = store.entities(ids=[body.id for body in ended], at=at, include=Include.of(["planned", "shadow"]))
    if coming:
        return None  # it was there already, as a plan
    alive = commissioners_having(store, read, at)
    if not read.kinds and read.core:
        kinds = {body.kind for body in bodies if reach_of(body.kind) in ("own", "members")}
        ids = {one.id for one in store.names_with(read.core.split())}
        alike = [body for body in store.entities(ids=ids, at=at) if body.kind in kinds]
        alive += [body for body in alike if read_name(body.name).core.startswith(f"{read.core} ")]
        alive = [body for body in alive if not has(body.kind, "local_authority")]
    if not (alive := [body for body in dict.fromkeys(alive) if body not in bodies]) or len(alive) > 2 * MANY:
        return None
    named = [as_candidate(body) for body in [*alive, *ended]]
    return Ambiguous(
        f"Nothing in force on {at} is called just “{name}”; those in force that have it in their name"
        " come first.",
        named,
    )


def none_in_force(
    store: Store, name: str, bodies: dict[Entity, frozenset[str]], at: AnyDay
) -> Ambiguous | NothingFound:
    """What to raise where only teams, offices or clusters of other days have a name: all that may be meant."""
    at = day_of(at)
    commissioners = _commissioners(store, frozenset().union(*bodies.values()), at)
    named = [as_candidate(body) for body in sorted(bodies, key=lambda body: (body.valid_from or "", body.id))]
    reason = f"No body of the NHS called “{name}” was in force on {at}"
    if not commissioners:
        return NothingFound(f"{reason}; of other days are {'; '.join(named)}.")
    shown = commissioners[:MANY]
    many = f"the {len(shown)} largest of {len(commissioners)}" if len(commissioners) > MANY else "those"
    words = f"{many} that commissioned for its area are named, then those that bear the name on other days"
    return Ambiguous(f"{reason}; {words}.", [*(as_candidate(body) for body in shown), *named])


def _commissioners(store: Store, areas: frozenset[str], at: str) -> list[Entity]:
    """The bodies that commission for some areas on a day, those for the most people first."""
    chains, people = Chains.of(store), store.populations()
    living: dict[str, float] = {}
    for area in sorted(areas):
        for holder in chains.of_area(area, at):
            if holder.role == "commissioner":
                living[holder.body] = living.get(holder.body, 0.0) + people.get(area, 0.0)
    found = chains.entities(set(living), at)
    return [found[body] for body in sorted(living, key=lambda body: (-living[body], body)) if body in found]
