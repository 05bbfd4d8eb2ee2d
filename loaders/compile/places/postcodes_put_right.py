"""Live postcodes that the estimate puts into another council's neighbourhood than the list of 2025 does."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.compile.places.place_postcodes import LISTED, SEEN, columns_of

BY_POINT = "pip"
"""The method of an estimate that is the neighbourhood in whose outline the postcode's point lies."""


class Spot(NamedTuple):
    """A live postcode: its point in metres on the national grid, its neighbourhood, and the council of the list."""

    postcode: str
    seen: str
    east: int
    north: int
    lsoa: str
    council: str


def put_right(grouped: dict[tuple[str, str, str], list[str]], published: Path) -> int:
    """Moves postcodes of the list of 2025 to the nearest neighbourhood of the council that the list names.

    A few estimates were forced into the small area that the directory of November 2020 has for a postcode, and so
    into another council; the list of 2025 is newer and exact. Changes `grouped`; says how many were moved.
    """
    by_point, forced = _spots(published / LISTED)
    councils: dict[str, Counter[str]] = defaultdict(Counter)
    near: dict[str, list[Spot]] = defaultdict(list)
    for spot in by_point:
        councils[spot.lsoa][spot.council] += 1
        near[spot.council].append(spot)
    moved = 0
    for spot in forced:
        if not councils[spot.lsoa] or councils[spot.lsoa][spot.council] or not near[spot.council]:
            continue
        right = min(near[spot.council], key=lambda other: _square(spot, other)).lsoa
        outcode, inward = spot.postcode[:-4], spot.postcode[-3:]
        old = grouped[outcode, spot.lsoa, spot.seen]
        old.remove(inward)
        if not old:
            del grouped[outcode, spot.lsoa, spot.seen]
        grouped.setdefault((outcode, right, spot.seen), []).append(inward)
        moved += 1
    return moved


def _spots(path: Path) -> tuple[list[Spot], list[Spot]]:
    """The live postcodes with an estimate by their point, and those with another estimate."""
    by_point: list[Spot] = []
    forced: list[Spot] = []
    for _, postcode, east, north, in_2014, in_2025, council, lsoa, method in columns_of(
        path, "pcd", "east", "north", "in_2014", "in_2025", "lad_2025", "lsoa11_est", "method"
    ):
        if in_2025 == "True" and council and lsoa and east:
            spot = Spot(postcode, SEEN[in_2014, in_2025], int(east), int(north), lsoa, council)
            (by_point if method == BY_POINT else forced).append(spot)
    return by_point, forced


def _square(one: Spot, other: Spot) -> int:
    return (one.east - other.east) ** 2 + (one.north - other.north) ** 2
