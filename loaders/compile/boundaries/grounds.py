"""Which ground a body has on a day: the areas that it covers by itself or through those that belong to it."""

from __future__ import annotations

from functools import cache

from orgmap.graphmodel.store import Store

Ground = frozenset[str]
"""Ids of areas."""

_PARTS = {
    "primary_care_trust_cluster": ("primary_care_trust",),
    "strategic_health_authority_cluster": ("strategic_health_authority",),
    "area_team": ("clinical_commissioning_group",),
    "local_office": ("clinical_commissioning_group",),
    "sustainability_and_transformation_partnership": ("clinical_commissioning_group",),
    "integrated_care_board": ("sub_icb_location",),
    "nhs_region": (
        "area_team",
        "local_office",
        "sustainability_and_transformation_partnership",
        "integrated_care_board",
    ),
}
"""Through whom a kind has ground; all others cover areas themselves."""


def grounds(store: Store, kind: str, at: str) -> dict[str, Ground]:
    """The areas of each body of a kind on a day, its own and those of its parts."""
    own: dict[str, set[str]] = {}
    for fact in store.relationships(verbs=["covers"], at=at):
        if fact.object.startswith("area:"):
            own.setdefault(fact.subject, set()).add(fact.object)
    members: dict[str, list[str]] = {}
    for fact in store.relationships(verbs=["part_of", "member_of"], at=at):
        members.setdefault(fact.object, []).append(fact.subject)

    @cache
    def bodies(kind: str) -> frozenset[str]:
        return frozenset(body.id for body in store.entities(kind=kind, at=at))

    def ground(body: str, of: str) -> set[str]:
        found = set(own.get(body, ()))
        for part_kind in _PARTS.get(of, ()):
            for part in members.get(body, ()):
                if part in bodies(part_kind):
                    found |= ground(part, part_kind)
        return found

    return {body: frozenset(ground(body, kind)) for body in sorted(bodies(kind))}
