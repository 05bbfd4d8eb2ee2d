"""Sub-ICB locations since July 2022, which keep the groups' codes for statistics, and their reporting entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graphmodel.dates import day_after
from graphmodel.errors import DataBroken
from graphmodel.model import Period
from loaders.compile.integrated_care.integrated_care_sources import REGISTER, SOURCES
from loaders.compile.integrated_care.partnerships import BOARDS_BEGAN
from loaders.compile.shared.change_events import add_beginning, add_end
from loaders.compile.shared.cited import cite
from loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion, code_versions
from loaders.dataset import Dataset
from loaders.names import readable_name
from loaders.published import compact_day, read_headless, read_table

BOARDS_CHANGED = "2026-04-01"
"""The day on which twelve boards ended and six began."""

REPORTING_ENTITY = "RO327"
COMMISSIONER_REGISTER = "ods-eccg-2025"


class Location(NamedTuple):
    """One location: its code, its life, and the board it lies in before and from April 2026."""

    code: str
    life: Period
    board_2022: str
    board_2026: str


def read_locations(published: Path) -> list[Location]:
    """Every sub-ICB location, by code; the one that ended in 2026 has no later board."""
    path = published / "facts" / "lists" / "sub_icb_to_icb_2026-04.csv"
    locations = []
    for line, row in read_table(path, "sub_icb_ods", "icb_2022_ods", "icb_2026_04_ods", "end"):
        until = day_after(row["end"]) if row["end"] else None
        if bool(until) == bool(row["icb_2026_04_ods"]) or until not in (None, BOARDS_CHANGED):
            raise DataBroken(f"{path}:{line}: {row['sub_icb_ods']} ends and goes on at once.")
        period = Period(BOARDS_BEGAN, until)
        locations.append(Location(row["sub_icb_ods"], period, row["icb_2022_ods"], row["icb_2026_04_ods"]))
    return sorted(locations)


def add_locations(dataset: Dataset, published: Path) -> None:
    """Adds the locations with their names, codes and boards, and their beginning and one end."""
    locations = read_locations(published)
    versions = _area_versions(published)
    for location in locations:
        _add_location(dataset, location, versions[location.code])
        _add_boards(dataset, location)
    register = cite(dataset, REGISTER, SOURCES)
    bodies = [f"sicbl:{location.code}" for location in locations]
    note = "areas for statistics that keep the codes of the commissioning groups; the boards are their successors"
    add_beginning(dataset, BOARDS_BEGAN, "sub-icb-locations", bodies, register, note=note)
    ended = [f"sicbl:{location.code}" for location in locations if location.life.valid_until]
    note = "its area passed to three boards; no location that took over is in the register"
    add_end(dataset, BOARDS_CHANGED, "sub-icb-locations", ended, register, note=note)


def _area_versions(published: Path) -> dict[str, list[CodeVersion]]:
    """Versions of the area codes since July 2022; the location's register code ends their name."""
    found: dict[str, list[CodeVersion]] = {}
    for version in code_versions(published, "E38"):
        if version.valid_from >= BOARDS_BEGAN:
            found.setdefault(version.name.rpartition(" - ")[2], []).append(version)
    return {code: sorted(versions, key=lambda v: v.valid_from) for code, versions in found.items()}


def _add_location(dataset: Dataset, location: Location, versions: list[CodeVersion]) -> None:
    body = f"sicbl:{location.code}"
    source = cite(dataset, REGISTER, SOURCES)
    notes = [f"keeps the code of ccg:{location.code} for statistics; no legal body"]
    if location.life.valid_until:
        notes.append("no location took over")
    elif location.board_2026 != location.board_2022:
        notes.append("its name since April 2026 is not in the tables")
    dataset.add(
        "entities",
        id=body,
        kind="sub_icb_location",
        name=versions[-1].name,
        valid_from=location.life.valid_from,
        valid_until=location.life.valid_until,
        source=source,
        note="; ".join(notes),
    )
    dataset.add("identifiers", entity=body, scheme="ods", code=location.code, source=source)
    for version in versions:
        dataset.add(
            "identifiers",
            entity=body,
            scheme="gss",
            code=version.code,
            valid_from=version.valid_from,
            valid_until=version.valid_until or location.life.valid_until,
            source=cite(dataset, CODE_HISTORY, SOURCES),
        )


def _add_boards(dataset: Dataset, location: Location) -> None:
    for board, span in _boards(location):
        dataset.add(
            "relationships",
            subject=f"sicbl:{location.code}",
            verb="part_of",
            object=f"icb:{board}",
            basis="published",
            valid_from=span.valid_from,
            valid_until=span.valid_until,
            source=cite(dataset, REGISTER, SOURCES),
        )


def _boards(location: Location) -> Iterator[tuple[str, Period]]:
    if location.board_2026 == location.board_2022:
        yield location.board_2022, location.life
        return
    yield location.board_2022, Period(BOARDS_BEGAN, BOARDS_CHANGED)
    if location.board_2026:
        yield location.board_2026, Period(BOARDS_CHANGED, None)


def add_reporting_entities(dataset: Dataset, published: Path) -> None:
    """Adds the reporting entities; the register gives their board, which has just one location."""
    locations = read_locations(published)
    path = published / "data" / "ods" / "eccg" / "eccg_2025.csv"
    source = cite(dataset, COMMISSIONER_REGISTER, SOURCES)
    for line, row in read_headless(path, 27):
        if row[13] != REPORTING_ENTITY:
            continue
        parents = [location for location in locations if location.board_2022 == row[3]]
        if len(parents) != 1 or row[11]:
            raise DataBroken(f"{path}:{line}: {row[0]} has {len(parents)} possible locations, or has closed.")
        body, parent, opened = f"sicbre:{row[0]}", parents[0], compact_day(row[10])
        orphaned = parent.life.valid_until is not None
        dataset.add(
            "entities",
            id=body,
            kind="sub_icb_reporting_entity",
            name=readable_name(row[1]),
            valid_from=opened,
            until_precision="not_known" if orphaned else "",
            source=source,
            note=f"what became of it when sicbl:{parent.code} ended is not known" if orphaned else "",
        )
        dataset.add("identifiers", entity=body, scheme="ods", code=row[0], source=source)
        dataset.add(
            "relationships",
            subject=body,
            verb="part_of",
            object=f"sicbl:{parent.code}",
            basis="derived",
            valid_from=opened,
            valid_until=parent.life.valid_until,
            source=source,
            note="its board has this one location",
        )
