"""A body's own relations: which bodies of a kind it belongs to, holds, shares a council or an area with on a day."""

from __future__ import annotations

from orgmap.graphmodel.vocabulary import kind_of, kinds_in_role, of_id, paired, the_kind
from orgmap.queries.place.areas import areas_by_body
from orgmap.queries.structure.hierarchy import Chains


def own_bodies(chains: Chains, body: str, kind: str, at: str) -> list[str]:
    """The bodies of a kind that a body's own relations of the day lead to; empty where no relation tells one.

    First what it belongs to; else what stands beside it in one relation; else its council's; else what its
    members belong to. Never all bodies of the kind in a place.

    >>> from orgmap.loaders.open import open_store
    >>> with open_store() as store:
    ...     own_bodies(Chains(store), "pctc:kent_and_medway", "strategic_health_authority_cluster", "2012-06-01")
    ['shac:south_of_england']
    """
    if kind_of(body) == kind:
        return [body]
    above = chains.belongs_to(body, at)
    if found := _of_kind(above, kind):
        return found
    beside = chains.beside(body, at)
    if found := _of_kind(beside, kind):
        return found
    councils = _of_kind([*above, *beside], the_kind("social_care"))
    if found := _of_kind([one for council in councils for one in chains.beside(council, at)], kind):
        return found
    members = [one for one in chains.members(body, at) if of_id(one).reach != "list"]
    return _of_kind([one for member in members for one in chains.belongs_to(member, at)], kind)


def meeting(chains: Chains, body: str, kind: str, at: str) -> list[str]:
    """The bodies of a kind that meet a body: by its own relations, or, where one is a council's, by their areas."""
    if found := own_bodies(chains, body, kind, at):
        return found
    own = kind_of(body) or ""
    # A group in the making meets those from whom it will take over by its area; councils and theirs meet all so.
    making = kind in paired(own, "forms_beside") or own in paired(kind, "forms_beside")
    if not making and {kind, own}.isdisjoint(kinds_in_role("local_government")):
        return []
    return _of_kind(_sharing(chains, body, at), kind)


def _sharing(chains: Chains, body: str, at: str) -> list[str]:
    """Every body with a role for the areas of a body; a board's or a voice's areas are its council's."""
    councils = (
        [body, *own_bodies(chains, body, the_kind("social_care"), at)]
        if kind_of(body) in kinds_in_role("local_government")
        else [body]
    )
    reached = areas_by_body(chains.store, chains.rows(councils), at)
    areas = {area for areas in reached.values() for area in areas}
    return sorted(chains.of_areas(areas, at) - {body})


def _of_kind(bodies: list[str], kind: str) -> list[str]:
    return sorted({one for one in bodies if kind_of(one) == kind})
