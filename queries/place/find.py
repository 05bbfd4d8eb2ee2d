"""My bodies: who commissions, plans, scrutinises and listens for a place or a practice on a day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import IN_FORCE, Entity, Include, Place
from orgmap.graphmodel.store import Store, surest
from orgmap.graphmodel.text import as_postcode
from orgmap.graphmodel.vocabulary import (
    kind_notes,
    kind_of,
    kinds,
    kinds_with,
    of_id,
    reach_of,
    the_kind,
)
from orgmap.graphmodel.vocabulary import roles as declared
from orgmap.queries.answers import cited_by, sources_json
from orgmap.queries.body.resolve import CODE, EXACT, matches
from orgmap.queries.body.statuses import status_notes, undated_of_place
from orgmap.queries.coverage import check_day, horizon_notes
from orgmap.queries.place.councils_then import districts_inside, roles_of_area
from orgmap.queries.place.location import standing_place
from orgmap.queries.place.names import LOCAL
from orgmap.queries.place.places import ERROR_CELL, is_place_name, place_of
from orgmap.queries.structure.hierarchy import Chains, RoleHolder, roles_of

WHOLE = 0.9995
"""A body with at least this share of a place has all of it: the rest is rounding."""


NAMED = 15
"""So many districts are named in a note."""


class Share(NamedTuple):
    """A role and how much of the place it holds for."""

    holder: RoleHolder
    share: float


def find(store: Store, text: str, at: AnyDay, include: Include = IN_FORCE) -> dict[str, Any]:
    """Lists the bodies of a place or practice on a day: commissioner, council, board, Healthwatch and the rest.

    `text` is a postcode, an outcode, a town or council name, or a practice's code; `at` is ISO text.
    Returns `{"query", "at", "place", "bodies", "notes"}`; a body covers only part of the place where it
    has a `share`. Raises `NothingFound`, `Ambiguous` or `WrongUse` with a sentence for a person.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     answer = find(store, "CT9 1AA", "2013-06-01")
    >>> [body["name"] for body in answer["bodies"] if body["role"] == "commissioner"]
    ['NHS Thanet CCG']
    """
    at = day_of(at)
    check_day(store, at)
    chains = Chains(store, include)
    practice = practice_of(store, text, at)
    found = _practice_bodies(chains, practice, at) if practice else _place_bodies(chains, text, at)
    bodies = _bodies_json(store, found, at, include)
    layers = {body["kind"] for body in bodies} | ({practice.kind} if practice else {the_kind("ground")})
    taken = practice_notes(text, practice) if practice else []
    notes = [*taken, *found.notes, *horizon_notes(store, layers, at)]
    return {"query": text, "at": at, "place": found.place, "bodies": bodies, "notes": notes}


class Found(NamedTuple):
    """A place, the roles that bodies have for it, and what must be said of the answer."""

    place: dict[str, Any]
    shares: list[Share]
    share_of: str
    notes: list[str]


def _place_bodies(chains: Chains, text: str, at: str) -> Found:
    place = place_of(chains.store, text, at, chains.include)
    shares = with_itself(chains, text, place, at, bodies_of_parts(chains, place.parts, at))
    described = {"kind": place.kind, "name": place.label, "described": place.described}
    if place.basis:
        described["basis"] = place.basis
    notes = [
        *place.notes,
        *_statuses(chains, text, place, at),
        *gaps(shares, at, _districts_not_told(chains.store, place, shares, at)),
        *not_yet(chains.store, shares, at),
    ]
    return Found(described, shares, place.share_of, list(dict.fromkeys(notes)))


def with_itself(chains: Chains, text: str, place: Place, at: str, shares: list[Share]) -> list[Share]:
    """The roles over a place; where this is the area of a body in force of which no table tells the areas on the day,
    the body's own role and those of what it belongs to are among them all the same."""
    roles = roles_of(place.kind)
    if not roles or any(share.holder.role in roles for share in shares):
        return shares
    named = [body for body in _named_as(chains.store, text, place) if body.in_force_on(at)]
    if len(named) != 1:
        return shares
    known = {share.holder.role for share in shares}
    added = [share for share in own_shares(chains, named[0], at) if share.holder.role not in known]
    order = list(declared())
    return sorted([*shares, *added], key=lambda s: (order.index(s.holder.role), -s.share, s.holder.body))


def own_shares(chains: Chains, body: Entity, at: str) -> list[Share]:
    """The roles that a body in force has for its own area, and that what it belongs to has for it."""
    if not (roles := roles_of(body.kind)) or not body.in_force_on(at):
        return []
    own = [RoleHolder(role, body.id, ()) for role in roles]
    own += [
        role
        for relationship in chains.above(body.id, at)
        for role in chains.climb(relationship.object, relationship, at)
    ]
    return list({(holder.role, holder.body): Share(holder, 1.0) for holder in own}.values())


def _named_as(store: Store, text: str, place: Place) -> list[Entity]:
    """The bodies that a text names and whose area is the place that was taken."""
    named = matches(store, text) if place.kind in kinds() else []
    of_kind = [match.body for match in named if match.body.kind == place.kind]
    return [body for body in of_kind if body.label == place.label] or of_kind


def _statuses(chains: Chains, text: str, place: Place, at: str) -> list[str]:
    """What is said of bodies that are planned or in shadow form, where these are asked for."""
    if chains.include == IN_FORCE:
        return []
    named = _named_as(chains.store, text, place)
    own = [note for body in named for note in status_notes(chains.store, body, at, chains.include)]
    return [*own, *undated_of_place(chains.store, [area for area, _ in place.parts], at, chains.include)]


def not_yet(store: Store, shares: list[Share], at: AnyDay) -> list[str]:
    """“There was none then” for boards and voices, which people ask for by name: an answer, and no gap."""
    at = day_of(at)
    notes = []
    for kind in kinds_with("said_if_none"):
        if any(kind_of(share.holder.body) == kind for share in shares):
            continue
        starts = [entity.valid_from for entity in store.entities(kind=kind) if entity.valid_from]
        if starts and at < (first := min(starts)):
            notes.append(f"No {kinds()[kind].label} was in force on {at}: the first began on {first}.")
    return notes


def practice_of(store: Store, text: str, at: AnyDay | None = None) -> Entity | None:
    """The practice or cost centre that a code or an id means, or its whole name, if nothing else is called that: under
    its name of the day `at`, or its last."""
    if as_postcode(text) or "," in text or text.startswith(ERROR_CELL):
        return None
    found = matches(store, text)
    if len(found) != 1 or reach_of(found[0].body.kind) != "list":
        return None
    [(body, level)] = found
    if level == CODE or (level == EXACT and not is_place_name(store, text)):
        return next(iter(store.entities(ids=[body.id], at=day_of(at))), body) if at else body
    return None


def practice_notes(text: str, practice: Entity) -> list[str]:
    """What must be said where a practice was meant by its name: names are shared, and may be a place's too."""
    code = practice.id.partition(":")[2]
    if code.casefold() in text.casefold():
        return []
    return [f"“{text}” was taken as {practice.label}, a {kinds()[practice.kind].label} ({practice.id})."]


def bodies_of_parts(
    chains: Chains,
    parts: tuple[tuple[str, float], ...],
    at: str,
    of_area: Callable[[str, str], list[RoleHolder]] | None = None,
) -> list[Share]:
    """Roles over all areas of a place, with the share of the place that each holds for, largest first.

    `of_area` may be a remembering `roles_of_area`.
    """
    look_up = of_area or partial(roles_of_area, chains)
    found: dict[tuple[str, str], Share] = {}
    for area, share in parts:
        for holder in look_up(area, at):
            key = (holder.role, holder.body)
            before = found.get(key)
            found[key] = Share(before.holder if before else holder, share + (before.share if before else 0.0))
    order = list(declared())
    return sorted(found.values(), key=lambda s: (order.index(s.holder.role), -s.share, s.holder.body))


def gaps(shares: list[Share], at: str, districts: list[str] | None = None) -> list[str]:
    """What an answer for a place must admit: no known commissioner, or one that is only estimated; `districts` is what
    is said of those of whole counties whose areas are not known."""
    notes = []
    if districts:
        notes += districts
    elif not any("social_care" in of_id(share.holder.body).traits for share in shares):
        notes.append(f"No table says which council this place had on {at}.")
    elif _lacks_a_district(shares):
        notes.append(f"No table says which district council this place had on {at}.")
    elif _share_of(shares, in_county=True) - _share_of(shares, in_county=False) > 1 - WHOLE:
        notes.append(f"For part of this place no table says which district council it had on {at}.")
    council = sum(share.share for share in shares if "social_care" in of_id(share.holder.body).traits)
    if 0 < council < WHOLE:
        notes.append(f"For part of this place no table says which council it had on {at}.")
    commissioners = [share for share in shares if share.holder.role == "commissioner"]
    if not commissioners:
        words = "Area not known for that day: no table says which body commissioned for this place"
        return [*notes, f"{words} on {at}."]
    if any(
        relationship.basis == "estimated"
        for share in commissioners
        for relationship in share.holder.relationships
    ):
        notes.append(
            "The primary care trust of a place is estimated from later boundaries; a practice's is published."
        )
    if sum(share.share for share in commissioners) < WHOLE:
        notes.append("For part of this place the commissioner on that day is not known.")
    return notes


def _districts_not_told(store: Store, place: Place, shares: list[Share], at: str) -> list[str]:
    """The districts of a county that lies in a place as a whole, where no table says how far they reached on a day."""
    if place.kind.partition(" (")[0] in LOCAL:
        return []  # a town is in a county, and never all of it
    known = {share.holder.body for share in shares}
    inside = districts_inside(store, [area for area, _ in place.parts], at)
    names = [body.label for body in inside if body.id not in known]
    if not names:
        return []
    more = (
        f" and {len(names) - NAMED} more; orgmap list district --within shows all"
        if len(names) > NAMED
        else ""
    )
    return [f"No table says how far these districts of it reached on {at}: {', '.join(names[:NAMED])}{more}."]


def _share_of(shares: list[Share], in_county: bool) -> float:
    """How much of a place lies in county councils' areas, or in those of districts that are known."""
    return sum(
        share.share
        for share in shares
        if "local_authority" in of_id(share.holder.body).traits
        and (
            share.holder.body.partition(":")[2].startswith(_COUNTY)
            if in_county
            else "social_care" not in of_id(share.holder.body).traits
        )
    )


def _lacks_a_district(shares: list[Share]) -> bool:
    """Whether a place lies in a county, in no borough, and in no district that is known."""
    councils = {share.holder.body for share in shares if "local_authority" in of_id(share.holder.body).traits}
    upper = {council for council in councils if "social_care" in of_id(council).traits}
    return upper == councils and all(council.partition(":")[2].startswith(_COUNTY) for council in upper)


def practice_shares(chains: Chains, practice: Entity, at: str) -> list[Share]:
    """A practice's roles on a day: the NHS's by its listing, the council's by where it stands.

    Raises `NothingFound` if it was not open on that day.
    """
    if practice.valid_from and at < practice.valid_from:
        raise NothingFound(f"{practice.label} opened on {practice.valid_from}, after {at}.")
    if practice.valid_until and at >= practice.valid_until:
        raise NothingFound(
            f"{practice.label} had closed by {at}: {practice.valid_until} was its first day shut."
        )
    shares = [Share(holder, 1.0) for holder in chains.of_practice(practice.id, at)]
    if located := standing_place(chains.store, practice, at):
        councils = bodies_of_parts(chains, located.parts, at)
        shares += [share for share in councils if declared()[share.holder.role].side == "local_government"]
    return shares


def _practice_bodies(chains: Chains, practice: Entity, at: str) -> Found:
    shares = practice_shares(chains, practice, at)
    notes = ["Bodies of the NHS are those of the practice's registered patients, by its listing."]
    listing = [
        share.holder.body for share in shares if share.holder.role in ("commissioner", "managing_body")
    ]
    if not listing:
        notes.append(f"No table says under which commissioner this practice was listed on {at}.")
    under = {kind_of(body) for body in listing}
    notes += [note for kind, note in kind_notes("listing").items() if kind in under]
    if any("team" in of_id(share.holder.body).traits for share in shares):
        notes += [note for kind, note in kind_notes("listing_with_team").items() if kind in under]
    place = {"kind": practice.kind, "name": practice.label, "id": practice.id}
    place["described"] = f"{practice.label}, a {kinds()[practice.kind].label}"
    if located := standing_place(chains.store, practice, at):
        place["postcode"] = located.label
    else:
        notes.append(
            "Its council is not known: its postcode on that day is not in the lists of English postcodes."
        )
    return Found(place, shares, located.share_of if located else "", notes)


_COUNTY = "E10"
"""So begin the codes of county councils, whose every place has a district council, too."""


def _bodies_json(store: Store, found: Found, at: str, include: Include) -> list[dict[str, Any]]:
    ids = {share.holder.body for share in found.shares}
    shown = Include.of(["shadow", *include.statuses])
    named = surest(store.entities(ids=ids, at=at, include=shown))
    if others := ids - named.keys():
        named |= {entity.id: entity for entity in store.entities(ids=others)}
    sources = store.sources(
        {relationship.source for share in found.shares for relationship in share.holder.relationships}
    )
    bodies = []
    for share in found.shares:
        emerging = (
            share.holder.role == "emerging_commissioner"
            and share.holder.relationships[0].status == "in_force"
        )  # before that it is there, and nothing is delegated to it yet
        entity = named[share.holder.body]
        body: dict[str, Any] = {"role": share.holder.role, **entity.to_json()}
        body["basis"] = "delegated" if emerging else basis_of(share.holder)
        if share.share < WHOLE:
            body["share"] = round(share.share, 4)
            body["share_of"] = found.share_of
        if note := next(
            (relationship.note for relationship in share.holder.relationships if relationship.note), ""
        ):
            body["note"] = note
        body["sources"] = sources_json(sources, cited_by(share.holder.relationships))
        bodies.append(body)
    return bodies


def basis_of(holder: RoleHolder) -> str:
    """The weakest basis on the way to a body: one estimated or derived step makes the whole answer so."""
    if not holder.relationships:  # the place is the body's own area
        return "published"
    bases = {step.basis for step in holder.relationships}
    return next(
        (basis for basis in ("estimated", "derived") if basis in bases),
        holder.relationships[-1].basis or "published",
    )
