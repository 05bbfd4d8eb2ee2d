"""Which area team, local office or region each commissioning group stood under, and each team's region."""

from __future__ import annotations

from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.commissioners.lives import group_of_area, group_periods, group_successions
from orgmap.loaders.compile.shared.change_events import add_beginning, add_changes, add_end, passing
from orgmap.loaders.compile.shared.code_history import (
    CODE_HISTORY,
    CodeVersion,
    Run,
    code_versions,
    runs_by,
)
from orgmap.loaders.compile.shared.compiled import Compiled
from orgmap.loaders.curated import lookup
from orgmap.loaders.published import read_table

REGION_OF_AREA = lookup("nhs_england_teams/region_of_area")
"""The register code of the region that each E40 code stands for.

The first ten stand side by side in ONS look-ups of 2013, 2018 and 2019; the last four are new codes
under the old names, given in 2022 and 2024 when boundaries moved.
"""

OFFICE_OF_AREA = lookup("nhs_england_teams/office_of_area")
"""The register code of the local office that each E39 code stands for since 1 April 2015.

The look-up of April 2018 has both codes of fourteen; the others follow from the names.
"""

OFFICES_BEGAN = "2015-04-01"
"""The day on which the area teams ended and the local offices began."""

GROUPS_UNDER_REGIONS = "2020-04-01"
"""The day from which groups stand under a region without a local office between."""


def read_area_teams(published: Path) -> list[dict[str, str]]:
    """The 25 area teams with their ONS and register codes."""
    path = published / "data" / "ods" / "openprescribing" / "at_lf.csv"
    return [row for _, row in read_table(path, "ons_code", "hscic_code", "name")]


def office_lives(published: Path) -> dict[str, list[tuple[str, Period]]]:
    """The area team and the local office that bear a register code, each with its life."""
    found: dict[str, list[tuple[str, Period]]] = {}
    runs = regions_of_teams(code_versions(published, "E39"), read_area_teams(published))
    for body, stretch in sorted(runs.items()):
        life = Period(stretch[0].valid_from, stretch[-1].valid_until or None)
        found.setdefault(body.partition(":")[2], []).append((body, life))
    return found


def region_lives(published: Path) -> dict[str, Period]:
    """Each region's life, by its register code."""
    found: dict[str, list[CodeVersion]] = {}
    for version in code_versions(published, "E40"):
        found.setdefault(REGION_OF_AREA[version.code], []).append(version)
    return {code: whole_life(versions) for code, versions in found.items()}


def whole_life(versions: list[CodeVersion]) -> Period:
    """From the first day of some versions to the last."""
    until = max(v.valid_until or "9999" for v in versions)
    return Period(min(v.valid_from for v in versions), None if until == "9999" else until)


def regions_of_teams(versions: list[CodeVersion], area_teams: list[dict[str, str]]) -> dict[str, list[Run]]:
    """The region of each area team and local office, by id and day."""
    team = {row["ons_code"]: row["hscic_code"] for row in area_teams}
    return runs_by(
        (
            f"at:{team[v.code]}" if v.valid_from < OFFICES_BEGAN else f"lo:{OFFICE_OF_AREA[v.code]}",
            Run(f"region:{REGION_OF_AREA[v.parent]}", v.valid_from, v.valid_until),
        )
        for v in versions
    )


def groups_of_teams(published: Path, team_of_area: dict[str, str]) -> dict[str, list[Run]]:
    """The area team or local office of each commissioning group, by the group's code and day."""
    groups = group_of_area(published)
    versions = [v for v in code_versions(published, "E38") if v.parent.startswith("E39")]
    found = [
        (groups[v.code], part)
        for v in versions
        for span in (
            Run(f"at:{team_of_area.get(v.parent)}", "", OFFICES_BEGAN),
            Run(f"lo:{OFFICE_OF_AREA.get(v.parent)}", OFFICES_BEGAN, ""),
        )
        for part in span.within(Period(v.valid_from, v.valid_until or None))
    ]
    return runs_by(found, group_periods(published))


def add_groups(dataset: Compiled, groups: dict[str, list[Run]]) -> None:
    """Adds `part_of` between each group and its area team, then its local offices."""
    for group, runs in groups.items():
        for run in runs:
            dataset.add_link(f"ccg:{group}", "part_of", run.value, "published", CODE_HISTORY, run)


def add_groups_under_regions(dataset: Compiled, published: Path) -> None:
    """From 2020 the history puts groups under a partnership (E54), and the partnership under a region."""
    groups = group_of_area(published)
    region = {v.code: REGION_OF_AREA[v.parent] for v in code_versions(published, "E54") if v.parent}
    found = [
        (
            groups[v.code],
            Run(f"region:{region[v.parent]}", max(v.valid_from, GROUPS_UNDER_REGIONS), v.valid_until),
        )
        for v in code_versions(published, "E38")
        if v.parent.startswith("E54") and v.code in groups
    ]
    note = "through the partnership that the group belonged to"
    for group, runs in runs_by(found, group_periods(published)).items():
        for run in runs:
            dataset.add_link(f"ccg:{group}", "part_of", run.value, "derived", CODE_HISTORY, run, note=note)


COUNTS = "clinical_commissioning_groups"

TEAM_CHANGES = ("2015-04-01", "2016-04-01", "2018-04-01")
"""Days on which teams ended and others took over their groups."""

REGION_CHANGES = ("2018-04-01", "2019-04-01")
"""Days on which regions ended and others took over."""

BOUNDARY_CHANGES = ("2019-04-01",)
"""Days on which groups passed between local offices that went on."""

OFFICES_ENDED = "2020-04-01"

Runs = dict[str, list[Run]]


def add_team_changes(dataset: Compiled, published: Path, groups: Runs, regions: Runs) -> None:
    """Adds every change; a weight is the share of the predecessor's groups that passed to the successor."""
    teams = sorted(body for body in regions if body.startswith("at:"))
    begun = sorted({run.value for body in teams for run in regions[body]})
    taking_over = {group: handover.code for group, handover in group_successions(published).items()}
    by_region = {
        group: [
            part
            for team in runs
            for region in regions[team.value]
            for part in region.within(Period(team.valid_from, team.valid_until or None))
        ]
        for group, runs in groups.items()
    }
    add_beginning(dataset, "2013-04-01", "area-teams", teams, CODE_HISTORY)
    add_beginning(dataset, "2013-04-01", "nhs-regions", begun, CODE_HISTORY)
    for date in TEAM_CHANGES:
        ended = [pair for pair in passing(groups, taking_over, date) if _ends(groups, pair.predecessor, date)]
        add_changes(dataset, date, ended, CODE_HISTORY, counts=COUNTS)
    for date in REGION_CHANGES:
        ended = [p for p in passing(by_region, taking_over, date) if _ends(by_region, p.predecessor, date)]
        add_changes(dataset, date, ended, CODE_HISTORY, counts=COUNTS)
    for date in BOUNDARY_CHANGES:
        moved = [pair for pair in passing(groups, taking_over, date) if pair.predecessor != pair.successor]
        add_changes(dataset, date, moved, CODE_HISTORY, counts=COUNTS, kind="boundary_change")
    last = sorted({r.value for runs in groups.values() for r in runs if r.valid_until == OFFICES_ENDED})
    note = "the codes end; the work stayed with the regional teams"
    add_end(dataset, OFFICES_ENDED, "local-offices", last, CODE_HISTORY, note=note)


def _ends(groups: Runs, body: str, date: str) -> bool:
    return all(
        r.valid_until and r.valid_until <= date for runs in groups.values() for r in runs if r.value == body
    )
