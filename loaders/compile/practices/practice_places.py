"""Where practices lie, for the few whose commissioner no register tells: by postcode and district."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.compile.commissioners.commissioner_lives import Handover, Lives, code_life
from orgmap.loaders.published import read_table, read_text

POSTCODES = "data/ons/derived/england_postcodes_cpo2014_2025_lsoa11.csv.gz"
_LSOA_COLUMN = 14


class Neighbourhood(NamedTuple):
    """The clinical commissioning group and the district that a neighbourhood lay in."""

    group: str
    district: str


def neighbourhoods_of(published: Path, postcodes: Iterable[str]) -> dict[str, str]:
    """The neighbourhood (LSOA 2011) of each of those postcodes that the postcode table knows."""
    wanted = set(postcodes)
    found = {}
    for line in read_text(published / POSTCODES).splitlines():
        postcode = line[: line.find(",")]
        if postcode in wanted:
            found[postcode] = line.split(",")[_LSOA_COLUMN]
    return {postcode: code for postcode, code in found.items() if code}


def read_neighbourhoods(published: Path, year: str) -> dict[str, Neighbourhood]:
    """Each neighbourhood's group and district on 1 April of the year (two digits)."""
    path = published / f"data/ons/lookups/lsoa11_ccg{year}_lad{year}.csv.gz"
    group, district = f"CCG{year}CDH", f"LAD{year}CD"
    return {
        row["LSOA11CD"]: Neighbourhood(row[group], row[district])
        for _, row in read_table(path, "LSOA11CD", group, district)
    }


def predecessors(
    published: Path, lives: Lives, successions: dict[str, Handover], postcodes: Iterable[str]
) -> Callable[[str, str], str | None]:
    """A function that tells the group in which a postcode lay before the commissioner with that code began.

    It answers only with a group that the commissioner is known to have taken over from.
    """
    lsoas = neighbourhoods_of(published, postcodes)
    tables = {year: read_neighbourhoods(published, year) for year in ("18", "19", "20")}

    def predecessor(code: str, postcode: str) -> str | None:
        started = code_life(lives, code).valid_from or ""
        year = f"{int(started[2:4]) - 1:02}"
        if postcode not in lsoas or year not in tables:
            return None
        group = tables[year][lsoas[postcode]].group
        handover = successions.get(group)
        return group if handover and handover.code == code else None

    return predecessor
