"""Which neighbourhoods of NHS Frimley went to which sub-ICB location on 1 April 2026."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.loaders.compile.integrated_care.april_2026 import BERKSHIRE_EAST, FRIMLEY, LOCATION_AREAS
from orgmap.loaders.published import read_table

_TABLE = "data/ods/april_2026/frimley_lsoa11_2026.csv"
_NOT_YET_GIVEN = "tbc"
"""Part of what the summary writes for the one location that had no code yet."""


def frimley_areas(published: Path) -> dict[str, str]:
    """The area code of the location that each of Frimley's neighbourhoods (LSOAs of 2011) lies in since the split.

    Raises `DataBroken` for a neighbourhood that was not Frimley's, or that went to none of the three.
    """
    path = published / _TABLE
    found = {}
    for line, row in read_table(path, "LSOA11CD", "SICBL22CDH", "SICBL25CDH"):
        code = BERKSHIRE_EAST if _NOT_YET_GIVEN in row["SICBL25CDH"] else row["SICBL25CDH"]
        if row["SICBL22CDH"] != FRIMLEY or code not in LOCATION_AREAS:
            raise DataBroken(f"{path}:{line}: {row['LSOA11CD']} did not pass from {FRIMLEY} to {code}.")
        found[row["LSOA11CD"]] = LOCATION_AREAS[code]
    return found
