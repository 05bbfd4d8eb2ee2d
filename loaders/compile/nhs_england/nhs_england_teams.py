"""NHS England's own teams: regions, the area teams of 2013 and the local offices that followed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.nhs_england.groups import (
    OFFICE_OF_AREA,
    OFFICES_BEGAN,
    REGION_OF_AREA,
    add_groups,
    add_groups_under_regions,
    add_team_changes,
    groups_of_teams,
    read_area_teams,
    regions_of_teams,
    whole_life,
)
from orgmap.loaders.compile.shared.code_history import (
    CODE_HISTORY,
    CodeVersion,
    Run,
    code_versions,
    join_runs,
)
from orgmap.loaders.compile.shared.compiled import Compiled, TwoDays
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless, read_table

TEAMS_BEGAN = "2013-04-01"
"""The day on which the NHS Commissioning Board (NHS England) took up its full powers."""

LONDON = "Q71"
LIST_SIZES = "openprescribing-list-sizes"
NHS_ENGLAND = "national:nhs_england"


def compile_dataset(published: Path) -> Compiled:
    """Regions, area teams, London's three team offices and local offices, with their groups and changes."""
    dataset = Compiled("nhs_england_teams")
    regions = code_versions(published, "E40")
    teams = code_versions(published, "E39")
    register = _register(published)
    area_teams = read_area_teams(published)
    _add_regions(dataset, regions, register)
    _add_area_teams(dataset, area_teams, teams, register)
    _add_team_offices(dataset, published)
    _add_local_offices(dataset, teams, register)
    groups = groups_of_teams(published, {row["ons_code"]: row["hscic_code"] for row in area_teams})
    add_groups(dataset, groups)
    add_groups_under_regions(dataset, published)
    add_team_changes(dataset, published, groups, regions_of_teams(teams, area_teams))
    return dataset


def _register(published: Path) -> dict[str, list[str]]:
    rows = read_headless(published / "data" / "ods" / "eauth_2018-11.csv", 27)
    return {row[0]: row for _, row in rows if row[0].startswith(("Q", "Y"))}


def _by_code(versions: Iterable[CodeVersion], register_codes: dict[str, str]) -> dict[str, list[CodeVersion]]:
    found: dict[str, list[CodeVersion]] = {}
    for version in versions:
        found.setdefault(register_codes[version.code], []).append(version)
    return {
        code: sorted(stretch, key=lambda v: (v.valid_from, v.code)) for code, stretch in sorted(found.items())
    }


def _add_area_codes(dataset: Compiled, body: str, versions: list[CodeVersion]) -> None:
    """One row a code; where the history lets two codes overlap, the old one ends where the new begins."""
    stretches = {
        code: whole_life([v for v in versions if v.code == code]) for code in {v.code for v in versions}
    }
    ordered = sorted(stretches.items(), key=lambda item: item[1].valid_from or "")
    for number, (code, life) in enumerate(ordered):
        following = ordered[number + 1][1].valid_from if number + 1 < len(ordered) else None
        cut = following if following and life.valid_until and following < life.valid_until else None
        note = f"ONS keeps the old code beside the new one until {life.valid_until}" if cut else ""
        span = TwoDays(life.valid_from, cut or life.valid_until)
        dataset.add_code(body, "gss", code, CODE_HISTORY, span, note=note)


def _region_name(name: str) -> str:
    return name.replace(" Of ", " of ")


def _add_regions(dataset: Compiled, versions: list[CodeVersion], register: dict[str, list[str]]) -> None:
    for code, stretch in _by_code(versions, REGION_OF_AREA).items():
        body, life = f"region:{code}", whole_life(stretch)
        name = _region_name(stretch[-1].name)
        cited = {"source": CODE_HISTORY, "locator": stretch[0].code}
        dataset.add_entity(body, "nhs_region", name, life=life, **cited)
        dataset.add_code(body, "ods", code, life=None, **cited)
        _add_area_codes(dataset, body, stretch)
        dataset.add_link(body, "part_of", NHS_ENGLAND, "administrative", life=life, **cited)
        if code in register:
            _add_register_name_and_shadow(dataset, body, life, register[code])


def _add_register_name_and_shadow(dataset: Compiled, body: str, life: Period, row: list[str]) -> None:
    source = "ods-eauth-2018-11"
    dataset.add_name(body, readable_name(row[1]), "alias", source)
    if (opened := compact_day(row[10])) < str(life.valid_from):
        note = "in the register before NHS England had its full powers"
        dataset.add_phase(body, "shadow", source, TwoDays(opened, life.valid_from), note=note)


def _add_area_teams(
    dataset: Compiled,
    area_teams: list[dict[str, str]],
    versions: list[CodeVersion],
    register: dict[str, list[str]],
) -> None:
    source = "ons-nhsat-2013"
    history = {v.code: v for v in versions if v.valid_from == TEAMS_BEGAN}
    for row in area_teams:
        code, version = row["hscic_code"], history[row["ons_code"]]
        body = f"at:{code}"
        note = "London's region worked as one area team" if code == LONDON else ""
        name = f"{version.name} Area Team"
        dataset.add_entity(body, "area_team", name, source, version, note=note)
        dataset.add_code(body, "ods", code, source, locator=version.code)
        _add_area_codes(dataset, body, [version])
        _add_region_of(dataset, body, [version])
        _add_area_team_shadow(dataset, body, register.get(code))


def _add_area_team_shadow(dataset: Compiled, body: str, row: list[str] | None) -> None:
    """Area teams were set up from October 2012: the register shows it of two, the others are not verified."""
    if row:
        life = TwoDays(compact_day(row[10]), TEAMS_BEGAN)
        dataset.add_phase(body, "shadow", "ods-eauth-2018-11", life)
    else:
        life, note = TwoDays("2012-10-01", TEAMS_BEGAN, "approx"), "not verified against a source"
        dataset.add_phase(body, "shadow", "general-knowledge", life, note=note)


def _add_team_offices(dataset: Compiled, published: Path) -> None:
    """London's three teams (Q61 to Q63), which documents count when they speak of 27 area teams, and their groups."""
    path = published / "data" / "ods" / "london_ccg_to_area_team_2014.csv"
    life = TwoDays(TEAMS_BEGAN, OFFICES_BEGAN, "", "approx")
    for _, row in read_table(path, "ccg_code", "area_team_code", "area_team_name"):
        code, group = row["area_team_code"], f"ccg:{row['ccg_code']}"
        body, name = f"ato:{code}", readable_name(row["area_team_name"])
        dataset.add_entity(body, "area_team_office", name, LIST_SIZES, life)
        dataset.add_code(body, "ods", code, LIST_SIZES)
        dataset.add_link(body, "part_of", f"at:{LONDON}", "administrative", "hsj-5073389", life)
        dataset.add_link(group, "part_of", body, "published", LIST_SIZES, life)


def _add_local_offices(
    dataset: Compiled, versions: list[CodeVersion], register: dict[str, list[str]]
) -> None:
    later = [v for v in versions if v.valid_from >= OFFICES_BEGAN]
    for code, stretch in _by_code(later, OFFICE_OF_AREA).items():
        body, life = f"lo:{code}", whole_life(stretch)
        # Q73 ended before the register of 2018 was copied; its hub in that of 2016 has the code.
        edition = "ods-eauth-2018-11" if code in register else "ods-eccg-2016-02"
        names = join_runs(Run(_region_name(v.name), v.valid_from, v.valid_until) for v in stretch)
        locator = stretch[0].code
        dataset.add_entity(body, "local_office", names[-1].value, CODE_HISTORY, life, locator=locator)
        dataset.add_names(body, names, CODE_HISTORY)
        for place in sorted({place for v in stretch if (place := _in_brackets(v.name))}):
            note = "the office's own place, which its full name has in brackets behind the region"
            dataset.add_name(body, f"NHS England {place}", "alias", CODE_HISTORY, note=note)
        dataset.add_code(body, "ods", code, edition)
        _add_area_codes(dataset, body, stretch)
        _add_region_of(dataset, body, stretch)


def _in_brackets(name: str) -> str:
    """What an office's full name has in brackets: “Wessex” of “NHS England South (Wessex)”; “East” alone is none."""
    _, _, behind = _region_name(name).partition(" (")
    place = behind.removesuffix(")")
    return "" if place in _BARE else place


_BARE = frozenset({"East"})


def _add_region_of(dataset: Compiled, body: str, versions: list[CodeVersion]) -> None:
    for run in join_runs(Run(REGION_OF_AREA[v.parent], v.valid_from, v.valid_until) for v in versions):
        dataset.add_link(
            body, "part_of", f"region:{run.value}", "published", CODE_HISTORY, run, locator=versions[0].code
        )
