"""Integrated care boards since July 2022: bodies, names, codes, regions, and who followed whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.lives import group_successions
from orgmap.loaders.compile.integrated_care.april_2026 import (
    BOARD_AREAS,
    BOARDS_CHANGED,
    FRIMLEY,
    FRIMLEY_PARTS,
    SUMMARY,
    add_area_codes,
    frimley_practices,
)
from orgmap.loaders.compile.integrated_care.locations import Location, read_locations
from orgmap.loaders.compile.integrated_care.partnerships import BOARDS_BEGAN, REGISTER, partnership_of_area
from orgmap.loaders.compile.nhs_england.groups import REGION_OF_AREA
from orgmap.loaders.compile.shared.change_events import Handover, add_changes, components
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, CodeVersion, code_versions
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import read_headless, read_table

EVE_OF_BOARDS, FIRST_DAY_OF_BOARDS = "20220630", "20220701"

GP_PRACTICE = {"ods-epraccur-2023-01": "4", "ods-epraccur-2026-02": "RO76"}
"""How two editions of the practice register mark a GP practice among other prescribing cost centres."""


def group_practices_2022(published: Path, transfers: dict[str, str]) -> Counter[tuple[str, str]]:
    """GP practices of 30 June 2022 by their group and by the location they were in on the next day.

    `transfers` names, for each group that lost part of its area, the location that got it. Where a
    single practice merely changed hands that day, it counts for the group that has it since: a move
    of a practice is no succession.
    """
    earlier = _commissioners_2019(published)
    merged = {code: handover.code for code, handover in group_successions(published).items()}
    counts: Counter[tuple[str, str]] = Counter()
    path = published / "data" / "ods" / "epraccur" / "epraccur_2023-01.csv.gz"
    for _, row in read_headless(path, 27):
        code, opened, closed, location, joined = row[0], row[10], row[11], row[14], row[15]
        if row[25] != GP_PRACTICE["ods-epraccur-2023-01"] or opened > EVE_OF_BOARDS:
            continue
        if (closed and closed < EVE_OF_BOARDS) or joined > FIRST_DAY_OF_BOARDS:
            continue
        before = merged.get(earlier.get(code, ""), earlier.get(code, ""))
        moved = joined == FIRST_DAY_OF_BOARDS and transfers.get(before) == location
        counts[before if moved else location, location] += 1
    return counts


def _commissioners_2019(published: Path) -> dict[str, str]:
    path = published / "data" / "ods" / "epraccur" / "epraccur_2019-08.csv.gz"
    return {row[0]: row[14] for _, row in read_headless(path, 27)}


def location_practices_2026(published: Path) -> Counter[str]:
    """Active GP practices by sub-ICB location in February 2026, the last edition before the changes of April."""
    path = published / "data" / "ods" / "epraccur" / "epraccur_2026-02.csv.gz"
    return Counter(
        row[14]
        for _, row in read_headless(path, 27)
        if row[12] == "ACTIVE" and row[25] == GP_PRACTICE["ods-epraccur-2026-02"]
    )


PRACTICES = "practices"
ACT = "Health and Care Act 2022"

DESIGNATE = (
    "designate: chair and chief executive were there before the Act took effect; the day of each is not known"
)
BOARDS_PLANNED = "2025-09-09"
"""The day on which ministers told Parliament which boards would begin in April 2026."""

AREA_TRANSFERS = lookup("integrated_care/area_transfers")
"""Groups of which part passed to another board on 1 July 2022, and the location that got it.

ONS gave both areas of each pair a new code that day, and the practices there joined the other location:
six from Tameside and Glossop to Derby and Derbyshire, 26 from the Black Country to Birmingham and
Solihull, one from Cambridgeshire and Peterborough to Northamptonshire.
"""


class Board(NamedTuple):
    """One board: its code, name, life and the codes of the boards that followed it."""

    code: str
    name: str
    life: Period
    successors: tuple[str, ...]


def read_boards(published: Path) -> list[Board]:
    """Every integrated care board, by code, with the name that ONS or else the register gives it."""
    path = published / "data" / "ods" / "icb_names_codes_dec_2024.csv"
    official = {row["ICB24CDH"]: row["ICB24NM"] for _, row in read_table(path, "ICB24CDH", "ICB24NM")}
    path = published / "data" / "ods" / "icb" / "stp_icb_ods_2026-10-09.csv"
    boards = []
    for _, row in read_table(path, "ods_code", "name_in_ods", "RO318_start(ICB)", "end", "successor_codes"):
        if begun := row["RO318_start(ICB)"]:
            life = Period(begun, day_after(row["end"]) if row["end"] else None)
            name = official.get(row["ods_code"]) or readable_name(row["name_in_ods"])
            boards.append(Board(row["ods_code"], name, life, tuple(row["successor_codes"].split())))
    return sorted(boards)


def add_boards(dataset: Compiled, published: Path) -> None:
    """Adds every board with names, codes, regions and clusters, and the changes of 2022 and 2026."""
    boards = read_boards(published)
    areas = _area_versions(published)
    regions = {code: REGION_OF_AREA[of[-1].parent] for code, of in areas.items() if of[-1].parent}
    for board in boards:
        _add_board(dataset, board, areas.get(board.code, []))
        _add_region(dataset, board, boards, regions)
    locations = read_locations(published)
    _add_changes_2022(dataset, locations, group_practices_2022(published, AREA_TRANSFERS))
    _add_changes_2026(dataset, published, boards, locations)


def _area_versions(published: Path) -> dict[str, list[CodeVersion]]:
    of_area = partnership_of_area(published)
    found: dict[str, list[CodeVersion]] = {}
    for version in code_versions(published, "E54"):
        if version.valid_from >= BOARDS_BEGAN:
            code = of_area.get(version.code) or _same_board(version, found)
            found.setdefault(code, []).append(version)
    return found


def _same_board(version: CodeVersion, found: dict[str, list[CodeVersion]]) -> str:
    """The board that had the same name until the day on which this newer code began."""
    return next(
        code
        for code, versions in found.items()
        if versions[-1].name == version.name and versions[-1].valid_until == version.valid_from
    )


def _add_board(dataset: Compiled, board: Board, areas: list[CodeVersion]) -> None:
    body, life = f"icb:{board.code}", board.life
    began = life.valid_from == BOARDS_CHANGED
    dataset.add_entity(body, "integrated_care_board", board.name, REGISTER, life)
    if began:
        planned = TwoDays(BOARDS_PLANNED, BOARDS_CHANGED)
        note = "announced to Parliament to take effect on 1 April 2026"
        dataset.add_phase(body, "planned", "statement-icb-2025-09", planned, note=note)
    elif life.valid_from == BOARDS_BEGAN:
        designate = TwoDays("2022-01-01", BOARDS_BEGAN, "approx")
        dataset.add_phase(body, "shadow", "general-knowledge", designate, note=DESIGNATE)
    dataset.add_code(body, "ods", board.code, REGISTER)
    add_area_codes(dataset, body, areas, life, BOARD_AREAS.get(board.code, ""))
    short = board.name.replace("Integrated Care Board", "ICB")
    dataset.add_name(body, short, "abbreviation", REGISTER if began else "ons-icb-2024-12")


def _add_region(dataset: Compiled, board: Board, boards: list[Board], regions: dict[str, str]) -> None:
    known = board.code in regions
    inherited = {regions[old.code] for old in boards if board.code in old.successors and old.code in regions}
    if not known and len(inherited) != 1:
        raise DataBroken(f"icb:{board.code} follows boards of several regions: {sorted(inherited)}.")
    ends = (f"icb:{board.code}", "part_of", f"region:{regions[board.code] if known else inherited.pop()}")
    if known:
        dataset.add_link(*ends, "published", CODE_HISTORY, board.life)
    else:
        note = "the boards that it followed all lay in this region"
        dataset.add_link(*ends, "derived", REGISTER, board.life, note=note)


def _add_changes_2022(
    dataset: Compiled, locations: list[Location], practices: Counter[tuple[str, str]]
) -> None:
    """One event a board: every group that gave it its practices, as a share of the group's practices."""
    board = {location.code: location.board_2022 for location in locations}
    totals: Counter[str] = Counter()
    passed: Counter[tuple[str, str]] = Counter()
    for (group, location), count in practices.items():
        if group in board:
            totals[group] += count
            passed[group, board[location]] += count
    pairs = [
        Handover(f"ccg:{group}", f"icb:{code}", count / totals[group], count)
        for (group, code), count in passed.items()
    ]
    dataset.cite("ods-epraccur-2023-01")
    note = "weights: practices of 30 June 2022 in the ODS practice register of January 2023"
    cells = {"counts": PRACTICES, "instrument": ACT, "note": note}
    for code in sorted({pair.successor for pair in pairs}):
        own = [pair for pair in pairs if pair.successor == code]
        add_changes(dataset, BOARDS_BEGAN, own, REGISTER, kind="replaced", name="groups", **cells)


def _add_changes_2026(
    dataset: Compiled, published: Path, boards: list[Board], locations: list[Location]
) -> None:
    """Boards that share a predecessor or a successor change in one event; three were split between others."""
    pairs = [
        Handover(f"icb:{old}", f"icb:{new}", weight)
        for old, new, weight in _boards_of_2026(published, boards, locations)
    ]
    for edition in ("ods-epraccur-2026-02", SUMMARY):
        dataset.cite(edition)
    for group in components(pairs):
        note = "weights: practices of February 2026 by sub-ICB location"
        if any(pair.predecessor == "icb:QNQ" for pair in group):
            note += "; Frimley's by the register's list of who got them; Hampshire and Isle of Wight went on"
        add_changes(dataset, BOARDS_CHANGED, group, REGISTER, counts=PRACTICES, note=note)


def _boards_of_2026(
    published: Path, boards: list[Board], locations: list[Location]
) -> Iterator[tuple[str, str, float]]:
    practices = location_practices_2026(published)
    parts = frimley_practices(published)
    for board in boards:
        passed: Counter[str] = Counter()
        for location in locations:
            if location.code == FRIMLEY and location.board_2022 == board.code:
                for part, successor in FRIMLEY_PARTS.items():
                    passed[successor] += parts[part]
            elif location.board_2022 == board.code:
                passed[location.board_2026] += practices[location.code]
        for successor in board.successors:
            yield board.code, successor, passed[successor] / passed.total()
