"""Where a question is asked from: the bodies of a place, a practice or a body on a day, by kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphmodel.errors import NothingFound
from graphmodel.model import Entity
from graphmodel.vocabulary import kind_of
from queries.chains import Chains
from queries.find import WHOLE, Share, bodies_of_parts, practice_of, practice_shares
from queries.horizons import check_day
from queries.places import place_of


class Setting(NamedTuple):
    """A place on a day: what it is called, whom a service is for there, and its bodies by kind."""

    label: dict[str, Any]
    at: str
    registered: bool
    shares: list[Share]
    share_of: str
    notes: list[str]

    @property
    def layer(self) -> str:
        """The kind of table that says which bodies are around: practices' listings or areas."""
        return str(self.label["kind"]) if self.registered else "area"

    def bodies(self, kind_or_id: str) -> list[Share]:
        """The bodies that a rule means here: the one it names, or those of its kind with a role for the place."""
        if ":" in kind_or_id:
            return [share for share in self.shares if share.fact.body == kind_or_id]
        seen: dict[str, Share] = {}
        for share in self.shares:
            if kind_of(share.fact.body) == kind_or_id:
                seen.setdefault(share.fact.body, share)
        return list(seen.values())


def setting_of(chains: Chains, text: str, at: str) -> Setting:
    """The bodies around a place, practice, council or other body on a day.

    Raises `NothingFound` or `Ambiguous`; a day before the tables or in the future is not known.
    """
    check_day(chains.store, at)
    practice = practice_of(chains.store, text)
    if practice:
        shares = practice_shares(chains, practice, at)
        if not shares:
            raise NothingFound(f"No table says under which commissioner {practice.label} was listed on {at}.")
        label: dict[str, Any] = {
            "id": practice.id,
            "kind": practice.kind,
            "name": f"patients registered with {practice.label}",
        }
        return Setting(label, at, True, shares, "", [])
    place = place_of(chains.store, text, at)
    shares = bodies_of_parts(chains, place.parts, at)
    label = {"id": _id_of(place.parts), "kind": place.kind, "name": place.label}
    return Setting(label, at, False, shares, place.share_of, list(place.notes))


def _id_of(parts: tuple[tuple[str, float], ...]) -> str | None:
    return parts[0][0] if len(parts) == 1 else None


def share_json(share: Share, share_of: str) -> dict[str, Any]:
    """How much of the place a body has, if it is not all of it."""
    return {} if share.share >= WHOLE else {"share": round(share.share, 4), "share_of": share_of}


def named(entities: dict[str, Entity], body: str) -> dict[str, Any]:
    """A body as JSON, or its id where nothing more is known."""
    return entities[body].to_json() if body in entities else {"id": body, "kind": kind_of(body), "name": None}
