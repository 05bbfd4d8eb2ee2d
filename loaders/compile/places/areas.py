"""Areas: neighbourhoods that lay in the same bodies on every day known, and what they are called."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.compile.places.bodies import Bodies, council_area_names
from orgmap.loaders.compile.places.layers import LAYERS, Lsoa, bodies_of

_LAYER = {layer.prefix: layer for layer in LAYERS}


class AreaGroup(NamedTuple):
    """Neighbourhoods that the tables cannot tell apart; its id is that of the first of them."""

    id: str
    lsoas: tuple[Lsoa, ...]

    @property
    def first(self) -> Lsoa:
        """The neighbourhood that stands for all: the bodies are the same for each."""
        return self.lsoas[0]


def areas_of(lsoas: list[Lsoa]) -> list[AreaGroup]:
    """Neighbourhoods grouped by the bodies that they lay in, in order of their codes."""
    grouped: dict[tuple[str, ...], list[Lsoa]] = {}
    for lsoa in sorted(lsoas):
        grouped.setdefault(lsoa.bodies, []).append(lsoa)
    return sorted(AreaGroup(f"area:{members[0].code}", tuple(members)) for members in grouped.values())


def district_of(lsoa: Lsoa, column: str = "LAD11CD") -> str:
    """The id of the lowest council of a neighbourhood (district, else unitary, borough) in a look-up of councils."""
    return (
        bodies_of(lsoa, _LAYER["district"])[column] or bodies_of(lsoa, _LAYER["council"])["UTLA" + column[3:]]
    )


def area_names(published: Path, areas: list[AreaGroup], bodies: Bodies) -> dict[str, str]:
    """A readable name for each area: “all of Thanet”, or “part of Dover in NHS South Kent Coast CCG”.

    An area that is one of several in its district of 2011 is told apart by bodies that the others did
    not lie in: groups, the latest first, then locations, trusts and health authorities.
    """
    by_district: dict[str, list[AreaGroup]] = {}
    for area in areas:
        by_district.setdefault(district_of(area.first), []).append(area)
    named: dict[str, str] = {}
    for district, members in by_district.items():
        label = council_area_names(published)[district]
        if len(members) == 1:
            named[members[0].id] = f"all of {label}"
            continue
        for area in members:
            bodies_named = " and ".join(bodies[b].name or b for b in _told_apart(area, members))
            named[area.id] = f"part of {label} in {bodies_named}"
    return named


def _told_apart(area: AreaGroup, members: list[AreaGroup]) -> list[str]:
    """The fewest bodies that together only this area of the district lay in, the latest group first."""
    mine = _memberships(area)
    others = [set(_memberships(other)) for other in members if other != area]
    for count in range(1, len(mine)):
        for chosen in combinations(mine, count):
            if not any(other.issuperset(chosen) for other in others):
                return [body for _, body in chosen]
    return [body for _, body in mine]


def _memberships(area: AreaGroup) -> list[tuple[str, str]]:
    """Look-up and body, by what people know an area for: groups, the latest first, then locations and trusts."""
    return [
        (vintage.column, bodies_of(area.first, _LAYER[prefix])[vintage.column])
        for prefix in ("ccg", "sicbl", "pct", "sha")
        for vintage in reversed(_LAYER[prefix].vintages)
    ]
