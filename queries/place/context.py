"""Where a question is asked from: the bodies of a place, a practice or a body on a day, by kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity
from orgmap.graphmodel.vocabulary import kind_of, the_kind
from orgmap.queries.coverage import check_day
from orgmap.queries.place.councils_then import roles_of_area
from orgmap.queries.place.find import (
    WHOLE,
    Share,
    bodies_of_parts,
    practice_notes,
    practice_of,
    practice_shares,
)
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.hierarchy import Chains, RoleHolder


class PlacePiece(NamedTuple):
    """The part of a place in which the same bodies have a role, with the share of the place that it is."""

    share: float
    bodies: frozenset[str]


class Setting(NamedTuple):
    """A place on a day: what it is called, whom a service is for there, and its bodies, as a whole and by piece."""

    label: dict[str, Any]
    at: str
    registered: bool
    shares: list[Share]
    pieces: tuple[PlacePiece, ...]
    share_of: str
    notes: list[str]

    @property
    def layer(self) -> str:
        """The kind of table that says which bodies are around: practices' listings or areas."""
        return str(self.label["kind"]) if self.registered else the_kind("ground")

    def bodies(self, kind: str) -> list[tuple[str, float]]:
        """The bodies of a kind with a role here, each with its share of the place, the largest first."""
        shares = {
            share.holder.body: share.share for share in self.shares if kind_of(share.holder.body) == kind
        }
        there: dict[str, float] = {}
        for piece in self.pieces:
            for one in piece.bodies & shares.keys():
                there[one] = there.get(one, 0.0) + piece.share
        if self.registered:
            there = {one: shares[one] for one in there}
        return sorted(there.items(), key=lambda pair: (-pair[1], pair[0]))

    def share(self) -> float:
        """How much of the place the pieces are: all of it, unless some were left out."""
        return sum(piece.share for piece in self.pieces)

    def beside(self, body: str, kind: str) -> list[str]:
        """The bodies of a kind in those pieces where a body has a role (everywhere, for one that needs no place),
        the one with the largest share of them first."""
        there: dict[str, float] = {}
        everywhere = all(body not in piece.bodies for piece in self.pieces)
        for piece in self.pieces:
            if everywhere or body in piece.bodies:
                for one in piece.bodies:
                    if kind_of(one) == kind:
                        there[one] = there.get(one, 0.0) + piece.share
        return sorted(there, key=lambda one: (-there[one], one))


def setting_of(chains: Chains, text: str, at: AnyDay) -> Setting:
    """The bodies around a place, practice, council or other body on a day.

    Raises `NothingFound` or `Ambiguous`; a day before the tables or in the future is not known.
    """
    at = day_of(at)
    check_day(chains.store, at)
    practice = practice_of(chains.store, text)
    if practice:
        shares = practice_shares(chains, practice, at)
        if not shares:
            raise NothingFound(f"No table says under which commissioner {practice.label} was listed on {at}.")
        whole = PlacePiece(1.0, frozenset(share.holder.body for share in shares))
        return Setting(_label(practice), at, True, shares, (whole,), "", practice_notes(text, practice))
    place = place_of(chains.store, text, at, chains.include)
    roles: dict[str, list[RoleHolder]] = {area: roles_of_area(chains, area, at) for area, _ in place.parts}
    shares = bodies_of_parts(chains, place.parts, at, lambda area, _: roles[area])
    pieces: dict[frozenset[str], float] = {}
    for area, share in place.parts:
        bodies = frozenset(role.body for role in roles[area])
        pieces[bodies] = pieces.get(bodies, 0.0) + share
    alike = tuple(PlacePiece(share, bodies) for bodies, share in pieces.items())
    label = {"id": _id_of(place.parts), "kind": place.kind, "name": place.label, "described": place.described}
    return Setting(label, at, False, shares, alike, place.share_of, list(place.notes))


def _label(practice: Entity) -> dict[str, Any]:
    return {
        "id": practice.id,
        "kind": practice.kind,
        "name": f"patients registered with {practice.label}",
        "described": f"patients registered with {practice.label}",
    }


def _id_of(parts: tuple[tuple[str, float], ...]) -> str | None:
    return parts[0][0] if len(parts) == 1 else None


def share_json(share: float, share_of: str) -> dict[str, Any]:
    """How much of the place a body has, if it is not all of it."""
    return {} if share >= WHOLE else {"share": round(share, 4), "share_of": share_of}


def named(entities: dict[str, Entity], body: str) -> dict[str, Any]:
    """A body as JSON, or its id where nothing more is known."""
    return entities[body].to_json() if body in entities else {"id": body, "kind": kind_of(body), "name": None}
