"""What changed among boards and locations on 1 April 2026: the split of NHS Frimley, new names and area codes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.shared.change_events import Handover
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_headless, read_table

BOARDS_CHANGED = "2026-04-01"
"""The day on which twelve boards ended and six began."""

FRIMLEY, BERKSHIRE_EAST = "D4U1Y", "U2G6B"
"""The location that was split, and the one that began for the part of it in NHS Thames Valley."""

THAMES_VALLEY = "S0E4D"
"""The board in which the new location lies."""

FRIMLEY_PARTS = lookup("integrated_care/frimley_parts")
"""The locations that took over parts of NHS Frimley, each with its board since that day."""

SUMMARY = "ods-icb-mergers-2026-04"
"""The register's own summary of the change: new names, where practices and networks went, what closed."""

AREA_CODES = "ons-icb-2026-04"
"""The area codes that ONS gave to boards and locations for that day."""

BOARD_AREAS = lookup("integrated_care/board_areas_2026")
"""Area codes of the six new boards, and of the one that went on with a larger area."""

LOCATION_AREAS = lookup("integrated_care/location_areas_2026")
"""Area codes of the new location and of the two that took in parts of NHS Frimley."""

_FOLDER = Path("data", "ods", "april_2026")
_FRIMLEY_AREA = "E38000252"
_UNNAMED = "[ANANA]"
"""What the summary writes for the new location, whose code was not yet given."""


def frimley_people(published: Path) -> list[Handover]:
    """The share of Frimley's people (mid-2022) that went to each of the three locations.

    Raises `DataBroken` where the shares are not of the three.
    """
    path = published / _FOLDER / "sicbl24_to_sicbl26_changed_rows.csv"
    location = {area: code for code, area in LOCATION_AREAS.items()}
    pairs = [
        Handover(f"sicbl:{FRIMLEY}", f"sicbl:{location[row['SICBL26CD']]}", float(row["share_of_24"]))
        for _, row in read_table(path, "SICBL24CD", "SICBL26CD", "share_of_24")
        if row["SICBL24CD"] == _FRIMLEY_AREA
    ]
    if {pair.successor for pair in pairs} != {f"sicbl:{code}" for code in FRIMLEY_PARTS}:
        raise DataBroken(f"{path}: NHS Frimley's people are not shared out among three locations.")
    return pairs


def frimley_moves(published: Path, what: str) -> dict[str, str]:
    """The location that took over each of Frimley's practices and cost centres (`practices`) or networks (`pcns`)."""
    path = published / _FOLDER / f"frimley_{what}_2026-04-01.csv"
    return {
        row["code"]: _location(row["sub_icb_location_from_2026_04_01"])
        for _, row in read_table(path, "code", "sub_icb_location_from_2026_04_01")
    }


def frimley_practices(published: Path) -> Counter[str]:
    """How many of Frimley's GP practices of February 2026 went to each location; cost centres are not counted."""
    moves = frimley_moves(published, "practices")
    path = published / "data" / "ods" / "epraccur" / "epraccur_2026-02.csv.gz"
    return Counter(
        moves[row[0]]
        for _, row in read_headless(path, 27)
        if row[14] == FRIMLEY and row[12] == "ACTIVE" and row[25] == "RO76"
    )


def _location(named: str) -> str:
    code = re.sub(r".* - ", "", named).replace(_UNNAMED, BERKSHIRE_EAST)
    if code not in FRIMLEY_PARTS:
        raise DataBroken(f"“{named}” is none of the locations that took over from NHS Frimley.")
    return code


def add_area_codes(
    dataset: Compiled, body: str, versions: list[CodeVersion], life: Period, area: str
) -> None:
    """Adds the area codes of a board or a location: those of the history, and since April 2026 the one in `area`.

    A blank `area` is that of a body that got no new code.
    """
    for number, version in enumerate(versions):
        last = BOARDS_CHANGED if area and number + 1 == len(versions) else life.valid_until
        span = TwoDays(version.valid_from, version.valid_until or last)
        dataset.add_code(body, "gss", version.code, CODE_HISTORY, span)
    if area:
        dataset.add_code(body, "gss", area, AREA_CODES, TwoDays(BOARDS_CHANGED, life.valid_until))
