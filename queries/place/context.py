"""Where a question is asked from: the bodies of a place, a practice or a body on a day, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from orgmap.graphmodel.dates import AnyDay, day_of
from orgmap.graphmodel.errors import NothingFound
from orgmap.graphmodel.model import Entity, Include, Place
from orgmap.graphmodel.store import Store
from orgmap.graphmodel.text import as_postcode, postcode_readings
from orgmap.graphmodel.vocabulary import kind_of, the_kind
from orgmap.queries.by_set import kept_with
from orgmap.queries.coverage import check_day
from orgmap.queries.place.councils_then import roles_of_areas
from orgmap.queries.place.find import (
    WHOLE,
    Share,
    bodies_of_parts,
    practice_notes,
    practice_of,
    practice_shares,
)
from orgmap.queries.place.location import neighbourhoods, postcodes
from orgmap.queries.place.places import place_of
from orgmap.queries.structure.hierarchy import Chains

MEANT = 2000
"""So many texts are remembered with what each means."""

KEPT = 200
"""So many places are remembered with the bodies around them."""


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
    [setting] = settings_of(chains, [text], [at])
    return setting


def settings_of(chains: Chains, texts: Iterable[str], days: Iterable[AnyDay]) -> list[Setting]:
    """The same for many places on many days, each place on all days before the next.

    What lies around them is asked of the store together; what each text means is read one by one, but for postcodes.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     settings = settings_of(Chains.of(store), ["CT9 1AA", "Leeds"], ["2013-03-31", "2013-06-01"])
    >>> [(setting.label["name"], setting.bodies("primary_care_trust")[:1]) for setting in settings[:2]]
    [('CT9 1AA', [('pct:5QA', 1.0)]), ('CT9 1AA', [])]
    """
    places, asked = list(texts), [day_of(day) for day in days]
    for at in asked:
        check_day(chains.store, at)
    if len(places) > 1:
        _expect_postcodes(chains.store, places)
    kept = kept_with(chains.store, "settings", lambda: Settings(chains.store))
    meant = [(text, at, kept.meant(chains.include, text, at)) for text in places for at in asked]
    if len(meant) > 1:
        _expect_around(chains, [(at, one) for _, at, one in meant])
    return [kept.around(chains.include, text, at) for text, at, _ in meant]


class Settings:
    """What texts mean and what is around it, remembered for the questions asked last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.meant = lru_cache(maxsize=MEANT)(self._meant)
        self.around = lru_cache(maxsize=KEPT)(self._around)

    def _meant(self, include: Include, text: str, at: str) -> Entity | Place:
        """The practice or the place that a text means on a day."""
        return practice_of(self._store, text, at) or place_of(self._store, text, at, include)

    def _around(self, include: Include, text: str, at: str) -> Setting:
        chains, meant = Chains.of(self._store, include), self.meant(include, text, at)
        if isinstance(meant, Entity):
            return _of_practice(chains, text, meant, at)
        return setting_of_area(chains, meant, at)


def _expect_postcodes(store: Store, texts: list[str]) -> None:
    """Says which postcodes and neighbourhoods will be asked for."""
    typed = {text: as_postcode(text) for text in texts}
    known = postcodes(store)
    known.expect(one for text in texts for one in (typed[text], *postcode_readings(text)) if one)
    rows = (known[postcode] for postcode in typed.values() if postcode)
    neighbourhoods(store).expect({row.code for row in rows if row and row.code})


def _expect_around(chains: Chains, meant: list[tuple[str, Entity | Place]]) -> None:
    """Says of which practices and areas it will be asked what is around them on their days."""
    areas: dict[str, set[str]] = {}
    for at, one in meant:
        if isinstance(one, Entity):
            chains.expect([one.id], at)
        else:
            areas.setdefault(at, set()).update(area for area, _ in one.parts)
    for at, here in areas.items():
        chains.expect_areas(sorted(here), at)


def _of_practice(chains: Chains, text: str, practice: Entity, at: str) -> Setting:
    shares = practice_shares(chains, practice, at)
    if not shares:
        raise NothingFound(f"No table says under which commissioner {practice.label} was listed on {at}.")
    whole = PlacePiece(1.0, frozenset(share.holder.body for share in shares))
    return Setting(_label(practice), at, True, shares, (whole,), "", practice_notes(text, practice))


def setting_of_area(chains: Chains, place: Place, at: AnyDay) -> Setting:
    """The bodies around a place that is known, on a day: such as the area that a body had on an earlier one."""
    at = day_of(at)
    roles = roles_of_areas(chains, (area for area, _ in place.parts), at)
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
