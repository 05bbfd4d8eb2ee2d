"""Regions of government and counties: several councils' areas taken together; and districts that ended in 2009."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.loaders.compile.councils.council_register import Council, read_councils
from orgmap.loaders.compile.places.place_codes import council_ids
from orgmap.loaders.compile.places.place_parts import Weights
from orgmap.loaders.published import read_table

REGIONS = "data/ons/lookups_2019_2024/lookup_ltla24_region24.csv"
COMBINED = "data/ons/lookups/lad19_cauth19.csv"
COUNTIES = Path(__file__).parent / "place_tables" / "counties.csv"

NAMES_OF_2001 = "data/ons/lookups/lsoa01_lsoa11_lad11.csv.gz"
"""The ONS called the small areas (LSOAs) of 2001 after the districts of that time: “Penwith 001A”."""

COUNTY = "county"
ENDED = "2009-04-01"

_NUMBER = re.compile(r" \d{3}[A-Z]$")


class Whole(NamedTuple):
    """A region or county: its name, what it is, its councils (lowest tier, of 2023 or 2011), and what is said of it."""

    name: str
    kind: str
    councils: tuple[str, ...]
    note: str


def read_wholes(published: Path) -> list[Whole]:
    """The regions of government, the counties by councils, and the combined authorities of 2019."""
    ids = council_ids(published)
    regions = _grouped(published / REGIONS, "region24_name", "ltla24_code")
    combined = list(_grouped(published / COMBINED, "CAUTH19NM", "LAD19CD"))
    found = [
        Whole(name, "region", _ids(codes, ids), "") for name, codes in regions if codes[0].startswith("E")
    ]
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.append(Whole(row["name"], row["kind"], _ids(row["councils"].split(), ids), row["note"]))
    taken = {whole.name for whole in found}
    note = "as in 2019"
    found += [
        Whole(name, "combined authority", _ids(codes, ids), note)
        for name, codes in combined
        if name not in taken
    ]
    found += [
        Whole(f"{name} Combined Authority", "combined authority", _ids(codes, ids), note)
        for name, codes in combined
    ]
    return found


def county_of(wholes: list[Whole]) -> dict[str, str]:
    """The county that each council lies in, by the council's id."""
    return {
        council: "London" if whole.name == "Greater London" else whole.name
        for whole in wholes
        if whole.kind == COUNTY
        for council in whole.councils
    }


def _grouped(path: Path, name: str, code: str) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for _, row in read_table(path, name, code):
        found.setdefault(row[name], []).append(row[code])
    yield from sorted(found.items())


def _ids(codes: list[str], ids: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[code] for code in codes))


def former_districts(published: Path, people: Weights) -> Iterator[tuple[Council, Weights]]:
    """Each district that ended then with its people of mid-2020, by LSOA of 2011.

    A small area of 2011 that was made of two of 2001 in different districts counts by halves.
    """
    ended = {
        council.area: council
        for council in read_councils(published)
        if not council.is_upper_tier and council.valid_until == ENDED
    }
    named: dict[str, list[str]] = {}
    for _, row in read_table(published / NAMES_OF_2001, "LSOA01NM", "LSOA11CD"):
        named.setdefault(row["LSOA11CD"], []).append(_NUMBER.sub("", row["LSOA01NM"]).replace("&", "and"))
    inside: dict[str, Weights] = {}
    for lsoa, districts in named.items():
        for district in set(districts) & ended.keys():
            share = districts.count(district) / len(districts)
            inside.setdefault(district, {})[lsoa] = people[lsoa] * share
    yield from ((ended[district], weights) for district, weights in sorted(inside.items()))
