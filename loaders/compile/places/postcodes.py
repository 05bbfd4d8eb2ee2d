"""Every English postcode, live and terminated, with the neighbourhood that it lies in."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.published import read_table, read_text

LISTED = "data/ons/derived/england_postcodes_cpo2014_2025_lsoa11.csv.gz"
TERMINATED = "data/ons/derived/terminated_or_other_postcodes_msoa11.csv.gz"
ACROSS_THE_BORDER = "data/ons/nspl_nov2021/NSPL_NOV_2021_UK_TD.csv.gz"

SCOTLAND = "S92000003"
SEEN = {("True", "True"): "both", ("True", "False"): "2014", ("False", "True"): "2025"}
"""In which edition of Code-Point Open a postcode stands: that of 2014, that of 2025 or both."""


class Postcodes(NamedTuple):
    """Postcodes grouped by outcode, neighbourhood and where they were seen; where the middle of each LSOA lies.

    `northings` are metres on the national grid, `middles` latitude and longitude.
    """

    grouped: dict[tuple[str, str, str], list[str]]
    northings: dict[str, float]
    middles: dict[str, tuple[float, float]]


def read_postcodes(published: Path, lsoas: set[str], msoas: set[str]) -> Postcodes:
    """Reads the listed and the terminated postcodes of England, and the Scottish ones of the border area TD.

    A postcode without an LSOA gets its MSOA, one without either gets no code: known, but not placed.
    Raises `DataBroken` for a neighbourhood that does not exist and for a postcode that comes twice.
    """
    grouped: dict[tuple[str, str, str], list[str]] = {}
    sums: dict[str, list[float]] = {}
    for postcode, code, seen, where in _all(published, lsoas, msoas):
        grouped.setdefault((postcode[:-4], code, seen), []).append(postcode[-3:])
        if where[0] and code.startswith("E01"):
            total = sums.setdefault(code, [0.0, 0.0, 0.0, 0.0])
            for number, cell in enumerate(where):
                total[number] += float(cell)
            total[3] += 1
    _refuse_doubles(grouped)
    northings = {code: north / count for code, (north, _, _, count) in sums.items()}
    middles = {code: (lat / count, lon / count) for code, (_, lat, lon, count) in sums.items()}
    return Postcodes(grouped, northings, middles)


_NOWHERE = ("", "", "")


def _all(
    published: Path, lsoas: set[str], msoas: set[str]
) -> Iterator[tuple[str, str, str, tuple[str, str, str]]]:
    path = published / LISTED
    for line, postcode, in_2014, in_2025, msoa, lsoa, *where in columns_of(
        path, "pcd", "in_2014", "in_2025", "msoa11_phe", "lsoa11_est", "north", "lat", "long"
    ):
        if (lsoa and lsoa not in lsoas) or (msoa and msoa not in msoas) or (in_2014, in_2025) not in SEEN:
            raise DataBroken(
                f"{path}:{line}: the neighbourhood or the years of {postcode} are not understood."
            )
        yield postcode, lsoa or msoa, SEEN[in_2014, in_2025], (where[0], where[1], where[2])
    path = published / TERMINATED
    for line, postcode, msoa in columns_of(path, "postcode", "msoa11cd"):
        if msoa not in msoas:
            raise DataBroken(f"{path}:{line}: {postcode} lies in {msoa}, which is no English MSOA.")
        yield postcode, msoa, "terminated", _NOWHERE
    for _, row in read_table(published / ACROSS_THE_BORDER, "pcds", "ctry", "doterm"):
        if row["ctry"] == SCOTLAND:
            yield row["pcds"], SCOTLAND, "terminated" if row["doterm"] else "2021", _NOWHERE


def columns_of(path: Path, *wanted: str) -> Iterator[tuple[str, ...]]:
    """Line number and the wanted cells of each row; a million rows as dictionaries would take too long."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    header = next(reader, [])
    if missing := [name for name in wanted if name not in header]:
        raise DataBroken(f"{path}:1: the columns {', '.join(missing)} are missing.")
    places = [header.index(name) for name in wanted]
    for row in reader:
        if len(row) != len(header):
            raise DataBroken(
                f"{path}:{reader.line_num}: {len(row)} columns where {len(header)} are expected."
            )
        yield (str(reader.line_num), *(row[place] for place in places))


def _refuse_doubles(grouped: dict[tuple[str, str, str], list[str]]) -> None:
    seen: dict[str, set[str]] = {}
    for (outcode, _, _), inwards in sorted(grouped.items()):
        known = seen.setdefault(outcode, set())
        if doubles := known.intersection(inwards) or len(set(inwards)) < len(inwards):
            raise DataBroken(f"The postcodes of {outcode} come twice with different places: {doubles}.")
        known.update(inwards)


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


def put_right(grouped: dict[tuple[str, str, str], list[str]], published: Path) -> None:
    """Moves postcodes of the list of 2025 to the nearest neighbourhood of the council that the list names.

    A few estimates were forced into the small area that the directory of November 2020 has for a postcode, and so
    into another council; the list of 2025 is newer and exact. Changes `grouped`.
    """
    by_point, forced = _spots(published / LISTED)
    councils: dict[str, Counter[str]] = defaultdict(Counter)
    near: dict[str, list[Spot]] = defaultdict(list)
    for spot in by_point:
        councils[spot.lsoa][spot.council] += 1
        near[spot.council].append(spot)
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
