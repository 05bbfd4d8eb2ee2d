"""Sustainability and transformation partnerships, 2016 to 2022: codes, names, regions and member groups.

They were no legal bodies. ODS and ONS kept one code for a partnership and the integrated care board that
followed it; here they are two bodies, and "integrated care system" is at most a dated name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from orgmap.graphmodel.dates import day_after
from orgmap.graphmodel.errors import DataBroken
from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.lives import group_periods, group_successions
from orgmap.loaders.compile.shared.change_events import Handover, add_beginning, add_changes, passing
from orgmap.loaders.compile.shared.code_history import CODE_HISTORY, Run, code_versions, join_runs, runs_by
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays, WithDays
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_table, read_text

REGISTER = "ods-ord-2026-10"
"""The newest register read: partnerships, boards, and which location lies in which board."""

PARTNERS = "ods-stp-partners-2019-04"
"""The register's own list of partnerships and their members."""

GROUPS_IN_PARTNERSHIPS = "ons-ccg-stp"
"""Yearly look-ups from commissioning group to partnership."""

BOARDS_BEGAN = "2022-07-01"
"""The day on which integrated care boards took over, from partnerships as from groups."""

PARTNERSHIPS_BEGAN = "2016-04-01"
"""From this day ONS counts the areas; the register has the partnerships from 2017. No law sets a start."""

EARLIER_AREAS = lookup("integrated_care/earlier_areas")
"""Area codes given up before 2020, with the partnership they stood for.

The list of partners has the register's code beside most of them; the first three were replaced within a
year by codes that it has, under nearly the same name.
"""

LOOKUPS = (
    ("2017-04-01", ("ons", "lookups", "ccg17_stp17.csv"), "17"),
    ("2018-04-01", ("ons", "lookups", "ccg18_stp18.csv"), "18"),
    ("2019-04-01", ("ons", "lookups", "ccg19_stp19.csv"), "19"),
    ("2020-04-01", ("ons", "lookups", "ccg20_stp20.csv"), "20"),
    ("2021-04-01", ("ods", "lookups", "CCG21_STP21_NHSER21.csv"), "21"),
)
"""Day, file and vintage of the look-ups from group to partnership."""

NORTH_DURHAM_MOVED = ("00J", "2017-01-01")
"""The one group that changed partnership between two look-ups: a new area code dates it."""

SOUTH_CUMBRIA = ("01H", "QE1")
"""Cumbria's group stands under two partnerships in 2016: its south belonged to Lancashire's, the rest to its own.

A group is shown in one partnership at a time: in the one that most of its area lay in.
"""

REGIONS_SPLIT = ("2018-04-01", "2019-04-01")
"""Days on which the South, and then the North and the Midlands and East, became two regions each."""

_REGION = re.compile(r"\((Y\d\d)\)")


class Partnership(NamedTuple):
    """One partnership: its code, its life, when the register opened it, and its dated names and area codes."""

    code: str
    life: Period
    registered: str
    names: tuple[Run, ...]
    areas: tuple[Run, ...]
    listed_as: str
    followed_by: str


class ListedRow(NamedTuple):
    """One line of the list of partners: which partnership, and whom it names in each column."""

    line: int
    partnership: str
    region: str
    name: str
    council: str
    trust_code: str


def read_partnerships(published: Path) -> list[Partnership]:
    """Every partnership, by code."""
    listed = {row.partnership: row.name for row in listed_partners(published) if row.name}
    of_area = partnership_of_area(published)
    areas: dict[str, list[Run]] = {}
    names: dict[str, list[Run]] = {}
    for version in code_versions(published, "E54"):
        if version.valid_from >= BOARDS_BEGAN:
            continue
        code, until = of_area[version.code], min(version.valid_until or BOARDS_BEGAN, BOARDS_BEGAN)
        areas.setdefault(code, []).append(Run(version.code, version.valid_from, until))
        names.setdefault(code, []).append(Run(version.name, version.valid_from, until))
    partnerships = []
    for line, row in _register(published):
        code, opened = row["ods_code"], row["RO261_start(strategic partnership)"]
        if opened >= BOARDS_BEGAN:
            continue
        if code not in areas:
            raise DataBroken(f"stp_icb_ods_2026-10-09.csv:{line}: no area code is known for {code}.")
        own = join_runs(areas[code])
        became_board = bool(row["RO318_start(ICB)"])
        until = BOARDS_BEGAN if became_board else day_after(row["end"])
        followed_by = "" if became_board else row["successor_codes"]
        life = Period(own[0].valid_from, until)
        partnership = Partnership(
            code, life, opened, tuple(join_runs(names[code])), tuple(own), listed.get(code, ""), followed_by
        )
        partnerships.append(partnership)
    return sorted(partnerships)


def partnership_of_area(published: Path) -> dict[str, str]:
    """The register's code of the partnership or board that each E54 area code stood for."""
    path = published / "facts" / "lists" / "stp_ics_icb_names.csv"
    named = {row["ons_code"]: row["ods_code"] for _, row in read_table(path, "ons_code", "ods_code")}
    return {**{area: code for area, code in named.items() if code}, **EARLIER_AREAS}


def _register(published: Path) -> Iterator[tuple[int, dict[str, str]]]:
    path = published / "data" / "ods" / "icb" / "stp_icb_ods_2026-10-09.csv"
    yield from read_table(path, "ods_code", "RO261_start(strategic partnership)", "RO318_start(ICB)", "end")


def listed_partners(published: Path) -> Iterator[ListedRow]:
    """The list of partners of 3 April 2019, then those of the three partnerships that had closed."""
    yield from _listed(published, "stp_partners_current_stps.csv", skipped=5)
    yield from _listed(published, "stp_partners_closed_stp_codes.csv", skipped=1)


def _listed(published: Path, name: str, skipped: int) -> Iterator[ListedRow]:
    # Both sheets keep their columns, but for the first: region here, a remark (and region second) there.
    path = published / "data" / "ods" / "stp" / name
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader][skipped:]
    closed = "closed" in name
    last = ""
    for line, row in rows:
        if not any(row):
            continue
        region, code, _, _, title = row[1:6] if closed else row[:5]
        found = _REGION.search(region)
        if not found:
            raise DataBroken(f"{path}:{line}: “{region}” names no region.")
        last = code or last  # one line leaves the code out and goes on with the partnership above
        yield ListedRow(line, last, found.group(1), title, council=row[11], trust_code=row[14])


def groups_of_partnerships(published: Path) -> dict[str, list[Run]]:
    """The partnership of each commissioning group, by the group's code and day, 2016 to 2022."""
    return runs_by(_groups_found(published, partnership_of_area(published)), group_periods(published))


def _groups_found(published: Path, of_area: dict[str, str]) -> Iterator[tuple[str, Run]]:
    """Group and partnership as each look-up has them, from its day to the next one's."""
    moved, moved_on = NORTH_DURHAM_MOVED
    for group, area in _mapping_of_2016(published):
        if (group, of_area[area]) != SOUTH_CUMBRIA:
            until = moved_on if group == moved else LOOKUPS[0][0]
            yield group, Run(of_area[area], PARTNERSHIPS_BEGAN, until)
    ends = [day for day, *_ in LOOKUPS[1:]] + [BOARDS_BEGAN]
    for (day, folders, vintage), until in zip(LOOKUPS, ends, strict=True):
        path = published.joinpath("data", *folders)
        for _, row in read_table(path, f"CCG{vintage}CDH", f"STP{vintage}CD"):
            group = row[f"CCG{vintage}CDH"]
            start = moved_on if group == moved and day == LOOKUPS[0][0] else day
            yield group, Run(of_area[row[f"STP{vintage}CD"]], start, until)


def _mapping_of_2016(published: Path) -> Iterator[tuple[str, str]]:
    """Group and first area code, as the register's list prints the ONS mapping (its first two columns)."""
    for row in _mapping_rows(published):
        if row[1]:
            yield row[1], row[-1]


def regions_of_partnerships(published: Path) -> dict[str, list[Run]]:
    """The NHS region of each partnership, by code and day: the South was split in 2018, the rest in 2019."""
    of_area = partnership_of_area(published)
    first = {
        of_area[row[4]]: region for row in _mapping_rows(published) if (region := _region(row[7])) and row[4]
    }
    listed = {row.partnership: row.region for row in listed_partners(published)}
    partnerships = read_partnerships(published)
    # A partnership of 2018 begins in the region of those that it followed.
    merged = {p.followed_by: first[p.code] for p in partnerships if p.followed_by}
    runs: dict[str, list[Run]] = {}
    for partnership in partnerships:
        code, life = partnership.code, partnership.life
        begun = first.get(code) or merged[code]
        south_split, north_split = REGIONS_SPLIT
        between = listed[code] if begun == "Y57" else begun
        stretches = (
            Run(begun, "", south_split),
            Run(between, south_split, north_split),
            Run(listed[code], north_split, ""),
        )
        runs[code] = join_runs(part for stretch in stretches for part in stretch.within(life))
    return runs


def _mapping_rows(published: Path) -> Iterator[list[str]]:
    """Rows of the mapping sheet, with the area code of the left-hand list filled down at the end."""
    path = published / "data" / "ods" / "stp" / "stp_partners_ons_stp_ccg_mapping.csv"
    area = ""
    for row in list(csv.reader(io.StringIO(read_text(path), newline="")))[1:]:
        cells = [cell.strip() for cell in row]
        area = cells[0] or area
        yield [*cells, area]


def _region(text: str) -> str:
    found = _REGION.search(text)
    return found.group(1) if found else ""


GROUPS = "clinical_commissioning_groups"
NOT_STATUTORY = "partnership without legal standing; ONS counts its area from this day"

BOUNDARY_CHANGES = ("2020-04-01",)
"""Days on which groups passed between partnerships that went on, because they joined a neighbour's group."""


def add_partnerships(dataset: Compiled, published: Path) -> None:
    """Adds every partnership with its regions, member groups and changes."""
    partnerships = read_partnerships(published)
    groups = groups_of_partnerships(published)
    for partnership in partnerships:
        _add_partnership(dataset, partnership)
    _add_regions(dataset, published)
    _add_groups(dataset, groups)
    _add_changes(dataset, published, partnerships, groups)


def _since(life: WithDays) -> TwoDays:
    """A life; no law sets the day on which the first partnerships began."""
    approx = "approx" if life.valid_from == PARTNERSHIPS_BEGAN else ""
    return TwoDays(life.valid_from, life.valid_until, approx)


def _add_partnership(dataset: Compiled, partnership: Partnership) -> None:
    body, life, names = f"stp:{partnership.code}", _since(partnership.life), partnership.names
    dataset.add_entity(
        body,
        "sustainability_and_transformation_partnership",
        names[-1].value,
        CODE_HISTORY,
        life,
        locator=partnership.areas[-1].value,
        note=NOT_STATUTORY if life.from_precision else "partnership without legal standing",
    )
    dataset.add_names(body, names, CODE_HISTORY)
    if partnership.listed_as not in ("", *(run.value for run in names)):
        dataset.add_name(body, partnership.listed_as, "alias", PARTNERS)
    registered = TwoDays(partnership.registered, life.valid_until)
    dataset.add_code(body, "ods", partnership.code, REGISTER, registered)
    for area in partnership.areas:
        dataset.add_code(body, "gss", area.value, CODE_HISTORY, area)


def _add_regions(dataset: Compiled, published: Path) -> None:
    for code, runs in regions_of_partnerships(published).items():
        for run in runs:
            ends = (f"stp:{code}", "part_of", f"region:{run.value}")
            dataset.add_link(*ends, "published", PARTNERS, _since(run))


def _add_groups(dataset: Compiled, groups: dict[str, list[Run]]) -> None:
    for group, runs in groups.items():
        for run in runs:
            divided = group == SOUTH_CUMBRIA[0] and run.valid_from == PARTNERSHIPS_BEGAN
            note = f"until April 2017 its south belonged to stp:{SOUTH_CUMBRIA[1]}" if divided else ""
            source = PARTNERS if run.valid_until <= "2017-04-01" else GROUPS_IN_PARTNERSHIPS
            ends = (f"ccg:{group}", "member_of", f"stp:{run.value}")
            dataset.add_link(*ends, "published", source, _since(run), note=note)


def _add_changes(
    dataset: Compiled, published: Path, partnerships: list[Partnership], groups: dict[str, list[Run]]
) -> None:
    lives = {f"stp:{p.code}": p.life for p in partnerships}
    begun = [body for body, life in lives.items() if life.valid_from == PARTNERSHIPS_BEGAN]
    cells = {"precision": "approx", "note": NOT_STATUTORY}
    add_beginning(dataset, PARTNERSHIPS_BEGAN, "partnerships", begun, CODE_HISTORY, **cells)
    followed: dict[str, list[Handover]] = {}
    for p in partnerships:
        if p.followed_by:
            pair = Handover(f"stp:{p.code}", f"stp:{p.followed_by}", 1.0)
            followed.setdefault(str(p.life.valid_until), []).append(pair)
    for day, pairs in followed.items():
        add_changes(dataset, day, pairs, REGISTER, counts=GROUPS)
    taking_over = {code: handover.code for code, handover in group_successions(published).items()}
    members = {
        group: [run._replace(value=f"stp:{run.value}") for run in runs] for group, runs in groups.items()
    }
    for day in BOUNDARY_CHANGES:
        moved = [p for p in passing(members, taking_over, day) if p.predecessor != p.successor]
        going_on = [p for p in moved if lives[p.predecessor].holds(day)]
        add_changes(dataset, day, going_on, CODE_HISTORY, counts=GROUPS, kind="boundary_change")
    act = {
        "instrument": "Health and Care Act 2022",
        "note": "a statutory board takes the place of a partnership without legal standing",
    }
    boards = [
        Handover(f"stp:{p.code}", f"icb:{p.code}") for p in partnerships if p.life.valid_until == BOARDS_BEGAN
    ]
    add_changes(dataset, BOARDS_BEGAN, boards, REGISTER, kind="replaced", name="partnership", **act)
