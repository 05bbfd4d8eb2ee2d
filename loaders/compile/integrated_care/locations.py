"""Sub-ICB locations since July 2022, which keep the groups' codes for statistics, and their reporting entities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.integrated_care.april_2026 import (
    AREA_CODES,
    BERKSHIRE_EAST,
    BOARDS_CHANGED,
    LOCATION_AREAS,
    SUMMARY,
    THAMES_VALLEY,
    add_area_codes,
    frimley_people,
)
from orgmap.loaders.compile.integrated_care.partnerships import BOARDS_BEGAN, REGISTER
from orgmap.loaders.compile.shared.change_events import add_beginning, add_changes, add_end
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion, code_versions
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless, read_table

REPORTING_ENTITY = "RO327"
COMMISSIONER_REGISTER = "ods-eccg-2025"


class Location(NamedTuple):
    """One location: its code, its life, and the board it lies in before and from April 2026 (blank: none)."""

    code: str
    life: Period
    board_2022: str
    board_2026: str
    renamed: str = ""
    """Its name since April 2026, where that changed."""


def read_locations(published: Path) -> list[Location]:
    """Every sub-ICB location, by code; one has no board since 2026, and one had none before."""
    path = published / "facts" / "lists" / "sub_icb_to_icb_2026-04.csv"
    locations = []
    names: dict[str, str] = {}
    columns = ("sub_icb_ods", "icb_2022_ods", "icb_2026_04_ods", "icb_2026_04_name", "end")
    for line, row in read_table(path, *columns):
        code, board = row["sub_icb_ods"], row["icb_2026_04_ods"]
        until = day_after(row["end"]) if row["end"] else None
        if bool(until) == bool(board) or until not in (None, BOARDS_CHANGED):
            raise DataBroken(f"{path}:{line}: {code} ends and goes on at once.")
        names[board] = row["icb_2026_04_name"]
        renamed = _name(names[board], code) if board and board != row["icb_2022_ods"] else ""
        locations.append(Location(code, Period(BOARDS_BEGAN, until), row["icb_2022_ods"], board, renamed))
    name = _name(names[THAMES_VALLEY], BERKSHIRE_EAST)
    locations.append(Location(BERKSHIRE_EAST, Period(BOARDS_CHANGED, None), "", THAMES_VALLEY, name))
    return sorted(locations)


def _name(board: str, code: str) -> str:
    """What the register calls a location: its board's short name and its own code."""
    return f"{board.replace('Integrated Care Board', 'ICB')} - {code}"


def add_locations(dataset: Compiled, published: Path) -> None:
    """Adds the locations with their names, codes and boards, their beginning, and the split of one of them."""
    locations = read_locations(published)
    versions = _area_versions(published)
    for location in locations:
        _add_location(dataset, location, versions.get(location.code, []))
        _add_boards(dataset, location)
    bodies = [f"sicbl:{place.code}" for place in locations if place.life.valid_from == BOARDS_BEGAN]
    note = "areas for statistics that keep the codes of the commissioning groups; the boards are their successors"
    add_beginning(dataset, BOARDS_BEGAN, "sub-icb-locations", bodies, REGISTER, note=note)
    add_changes(
        dataset,
        BOARDS_CHANGED,
        frimley_people(published),
        AREA_CODES,
        counts="people",
        kind="split",
        name="sub-icb-locations",
        note="weights: people of mid-2022 by neighbourhood; two of the three locations had been there before",
    )


def _area_versions(published: Path) -> dict[str, list[CodeVersion]]:
    """Versions of the area codes since July 2022; the location's register code ends their name."""
    found: dict[str, list[CodeVersion]] = {}
    for version in code_versions(published, "E38"):
        if version.valid_from >= BOARDS_BEGAN:
            found.setdefault(version.name.rpartition(" - ")[2], []).append(version)
    return {code: sorted(versions, key=lambda v: v.valid_from) for code, versions in found.items()}


def _add_location(dataset: Compiled, location: Location, versions: list[CodeVersion]) -> None:
    body = f"sicbl:{location.code}"
    began = location.life.valid_from == BOARDS_CHANGED
    source = AREA_CODES if began else REGISTER
    notes = [] if began else [f"keeps the code of ccg:{location.code} for statistics"]
    name, note = location.renamed or versions[-1].name, "; ".join([*notes, "no legal body"])
    dataset.add_entity(body, "sub_icb_location", name, source, location.life, note=note)
    if location.renamed and not began:
        _add_names(dataset, body, versions[-1].name, location.renamed)
    dataset.add_code(body, "ods", location.code, source)
    add_area_codes(dataset, body, versions, location.life, LOCATION_AREAS.get(location.code, ""))


def _add_names(dataset: Compiled, body: str, before: str, since: str) -> None:
    dataset.add_name(body, before, "former", CODE_HISTORY, TwoDays(BOARDS_BEGAN, BOARDS_CHANGED))
    dataset.add_name(body, since, "official", SUMMARY, TwoDays(BOARDS_CHANGED))


def _add_boards(dataset: Compiled, location: Location) -> None:
    for board, span in _boards(location):
        source = SUMMARY if location.code == BERKSHIRE_EAST else REGISTER
        dataset.add_link(f"sicbl:{location.code}", "part_of", f"icb:{board}", "published", source, span)


def _boards(location: Location) -> Iterator[tuple[str, Period]]:
    if location.board_2026 == location.board_2022:
        yield location.board_2022, location.life
        return
    if location.board_2022:
        yield location.board_2022, Period(BOARDS_BEGAN, BOARDS_CHANGED)
    if location.board_2026:
        yield location.board_2026, Period(BOARDS_CHANGED, None)


def add_reporting_entities(dataset: Compiled, published: Path) -> None:
    """Adds the reporting entities; the register gives their board, which had just one location."""
    locations = read_locations(published)
    path = published / "data" / "ods" / "eccg" / "eccg_2025.csv"
    source = COMMISSIONER_REGISTER
    closed = []
    for line, row in read_headless(path, 27):
        if row[13] != REPORTING_ENTITY:
            continue
        parents = [location for location in locations if location.board_2022 == row[3]]
        if len(parents) != 1 or row[11]:
            raise DataBroken(f"{path}:{line}: {row[0]} has {len(parents)} possible locations, or has closed.")
        body, parent, opened = f"sicbre:{row[0]}", parents[0], compact_day(row[10])
        life = TwoDays(opened, parent.life.valid_until)
        closed += [body] if parent.life.valid_until else []
        dataset.add_entity(body, "sub_icb_reporting_entity", readable_name(row[1]), source, life)
        dataset.add_code(body, "ods", row[0], source)
        note = "its board had this one location"
        dataset.add_link(body, "part_of", f"sicbl:{parent.code}", "derived", source, life, note=note)
    note = "closed with NHS Frimley, whose area three boards share since"
    add_end(dataset, BOARDS_CHANGED, "sub-icb-reporting-entities", closed, SUMMARY, note=note)
