"""Districts that ended on 1 April 2009: which small areas lay in each, by the names of the small areas of 2001.

The ONS called the small areas (LSOAs) of 2001 after the districts of that time: “Penwith 001A”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from orgmap.loaders.compile.councils.council_register import Council, read_councils
from orgmap.loaders.compile.places.place_parts import Weights
from orgmap.loaders.published import read_table

NAMES_OF_2001 = "data/ons/lookups/lsoa01_lsoa11_lad11.csv.gz"
ENDED = "2009-04-01"

_NUMBER = re.compile(r" \d{3}[A-Z]$")


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
