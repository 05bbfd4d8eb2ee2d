"""NHS England's own teams: regions, the area teams of 2013 and the local offices that followed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from orgmap.graphmodel.model import Period
from orgmap.loaders.compile.nhs_england.nhs_england_changes import add_team_changes
from orgmap.loaders.compile.nhs_england.nhs_england_groups import (
    add_groups,
    add_groups_under_regions,
    groups_of_teams,
    read_area_teams,
    regions_of_teams,
    whole_life,
)
from orgmap.loaders.compile.nhs_england.nhs_england_sources import (
    OFFICE_OF_AREA,
    OFFICES_BEGAN,
    REGION_OF_AREA,
    SOURCES,
)
from orgmap.loaders.compile.shared.cited import cite
from orgmap.loaders.compile.shared.code_history import (
    CODE_HISTORY,
    CodeVersion,
    Run,
    code_versions,
    join_runs,
)
from orgmap.loaders.dataset import About, Dataset
from orgmap.loaders.names import readable_name
from orgmap.loaders.published import compact_day, read_headless, read_table

ABOUT = About(
    title="NHS England's regions, area teams and local offices",
    description=(
        "The regional and local teams of NHS England since 2013, which commissioning groups each of them "
        "looked after on which days, and how they were joined and divided."
    ),
    publisher="Office for National Statistics; NHS Organisation Data Service",
    licence="Open Government Licence v3.0",
    attribution=f"{SOURCES['ons-nhsat-2013']['attribution']} {SOURCES['ods-eauth-2018-11']['attribution']}",
    coverage="England, from 1 October 2012 (regions, shadow); teams and offices ended in 2020, the regions go on",
    as_of="2024-07-01",
    horizon="2026-04-09",
)

TEAMS_BEGAN = "2013-04-01"
"""The day on which the NHS Commissioning Board (NHS England) took up its full powers."""

LONDON = "Q71"
LIST_SIZES = "openprescribing-list-sizes"
NHS_ENGLAND = "national:nhs_england"


def compile_dataset(published: Path) -> Dataset:
    """Regions, area teams, London's three team offices and local offices, with their groups and changes."""
    dataset = Dataset("nhs_england_teams", ABOUT)
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


def _add_area_codes(dataset: Dataset, body: str, versions: list[CodeVersion]) -> None:
    """One row a code; where the history lets two codes overlap, the old one ends where the new begins."""
    stretches = {
        code: whole_life([v for v in versions if v.code == code]) for code in {v.code for v in versions}
    }
    ordered = sorted(stretches.items(), key=lambda item: item[1].valid_from or "")
    for number, (code, life) in enumerate(ordered):
        following = ordered[number + 1][1].valid_from if number + 1 < len(ordered) else None
        cut = following if following and life.valid_until and following < life.valid_until else None
        dataset.add(
            "identifiers",
            entity=body,
            scheme="gss",
            code=code,
            valid_from=life.valid_from,
            valid_until=cut or life.valid_until,
            source=cite(dataset, CODE_HISTORY, SOURCES),
            note=f"ONS keeps the old code beside the new one until {life.valid_until}" if cut else "",
        )


def _add_names(dataset: Dataset, body: str, versions: list[CodeVersion]) -> str:
    """Adds every dated name if there was more than one, and gives the last."""
    runs = join_runs(Run(_region_name(v.name), v.valid_from, v.valid_until) for v in versions)
    for run in runs if len({run.value for run in runs}) > 1 else ():
        dataset.add(
            "names",
            entity=body,
            name=run.value,
            use="official" if run is runs[-1] else "former",
            valid_from=run.valid_from,
            valid_until=run.valid_until,
            source=cite(dataset, CODE_HISTORY, SOURCES),
        )
    return runs[-1].value


def _region_name(name: str) -> str:
    return name.replace(" Of ", " of ")


def _add_regions(dataset: Dataset, versions: list[CodeVersion], register: dict[str, list[str]]) -> None:
    source = cite(dataset, CODE_HISTORY, SOURCES)
    for code, stretch in _by_code(versions, REGION_OF_AREA).items():
        body, life = f"region:{code}", whole_life(stretch)
        name = _region_name(stretch[-1].name)
        entity = {
            "kind": "nhs_region",
            "name": name,
            "valid_from": life.valid_from,
            "valid_until": life.valid_until,
        }
        dataset.add("entities", id=body, source=source, locator=stretch[0].code, **entity)
        dataset.add(
            "identifiers", entity=body, scheme="ods", code=code, source=source, locator=stretch[0].code
        )
        _add_area_codes(dataset, body, stretch)
        dataset.add(
            "relationships",
            subject=body,
            verb="part_of",
            object=NHS_ENGLAND,
            basis="administrative",
            valid_from=life.valid_from,
            valid_until=life.valid_until,
            source=source,
            locator=stretch[0].code,
        )
        if code in register:
            _add_register_name_and_shadow(dataset, body, life, register[code])


def _add_register_name_and_shadow(dataset: Dataset, body: str, life: Period, row: list[str]) -> None:
    source = cite(dataset, "ods-eauth-2018-11", SOURCES)
    dataset.add("names", entity=body, name=readable_name(row[1]), use="alias", source=source)
    if (opened := compact_day(row[10])) < str(life.valid_from):
        dataset.add(
            "phases",
            entity=body,
            status="shadow",
            valid_from=opened,
            valid_until=life.valid_from,
            source=source,
            note="in the register before NHS England had its full powers",
        )


def _add_area_teams(
    dataset: Dataset,
    area_teams: list[dict[str, str]],
    versions: list[CodeVersion],
    register: dict[str, list[str]],
) -> None:
    source = cite(dataset, "ons-nhsat-2013", SOURCES)
    history = {v.code: v for v in versions if v.valid_from == TEAMS_BEGAN}
    for row in area_teams:
        code, version = row["hscic_code"], history[row["ons_code"]]
        body = f"at:{code}"
        period = {"valid_from": version.valid_from, "valid_until": version.valid_until}
        note = "London's region worked as one area team" if code == LONDON else ""
        name = f"{version.name} Area Team"
        dataset.add("entities", id=body, kind="area_team", name=name, source=source, note=note, **period)
        dataset.add("identifiers", entity=body, scheme="ods", code=code, source=source, locator=version.code)
        _add_area_codes(dataset, body, [version])
        _add_region_of(dataset, body, [version])
        _add_area_team_shadow(dataset, body, register.get(code))


def _add_area_team_shadow(dataset: Dataset, body: str, row: list[str] | None) -> None:
    """Area teams were set up from October 2012: the register shows it of two, the others are not verified."""
    known = row is not None
    dataset.add(
        "phases",
        entity=body,
        status="shadow",
        valid_from=compact_day(row[10]) if row else "2012-10-01",
        from_precision="" if known else "approx",
        valid_until=TEAMS_BEGAN,
        source=cite(dataset, "ods-eauth-2018-11" if known else "general-knowledge", SOURCES),
        note="" if known else "not verified against a source",
    )


def _add_team_offices(dataset: Dataset, published: Path) -> None:
    """London's three teams (Q61 to Q63), which documents count when they speak of 27 area teams, and their groups."""
    seen = cite(dataset, LIST_SIZES, SOURCES)
    path = published / "data" / "ods" / "london_ccg_to_area_team_2014.csv"
    period = {"valid_from": TEAMS_BEGAN, "valid_until": OFFICES_BEGAN}
    for _, row in read_table(path, "ccg_code", "area_team_code", "area_team_name"):
        body = f"ato:{row['area_team_code']}"
        dataset.add(
            "entities",
            id=body,
            kind="area_team_office",
            name=readable_name(row["area_team_name"]),
            source=seen,
            until_precision="approx",
            **period,
        )
        dataset.add("identifiers", entity=body, scheme="ods", code=row["area_team_code"], source=seen)
        dataset.add(
            "relationships",
            subject=body,
            verb="part_of",
            object=f"at:{LONDON}",
            basis="administrative",
            source=cite(dataset, "hsj-5073389", SOURCES),
            until_precision="approx",
            **period,
        )
        dataset.add(
            "relationships",
            subject=f"ccg:{row['ccg_code']}",
            verb="part_of",
            object=body,
            basis="published",
            source=seen,
            until_precision="approx",
            **period,
        )


def _add_local_offices(dataset: Dataset, versions: list[CodeVersion], register: dict[str, list[str]]) -> None:
    later = [v for v in versions if v.valid_from >= OFFICES_BEGAN]
    for code, stretch in _by_code(later, OFFICE_OF_AREA).items():
        body, life = f"lo:{code}", whole_life(stretch)
        # Q73 ended before the register of 2018 was copied; its hub in that of 2016 has the code.
        edition = "ods-eauth-2018-11" if code in register else "ods-eccg-2016-02"
        history = cite(dataset, CODE_HISTORY, SOURCES)
        dataset.add(
            "entities",
            id=body,
            kind="local_office",
            name=_add_names(dataset, body, stretch),
            valid_from=life.valid_from,
            valid_until=life.valid_until,
            source=history,
            locator=stretch[0].code,
        )
        for place in sorted({place for v in stretch if (place := _in_brackets(v.name))}):
            dataset.add(
                "names",
                entity=body,
                name=f"NHS England {place}",
                use="alias",
                source=history,
                note="the office's own place, which its full name has in brackets behind the region",
            )
        source = cite(dataset, edition, SOURCES)
        dataset.add("identifiers", entity=body, scheme="ods", code=code, source=source)
        _add_area_codes(dataset, body, stretch)
        _add_region_of(dataset, body, stretch)


def _in_brackets(name: str) -> str:
    """What an office's full name has in brackets: “Wessex” of “NHS England South (Wessex)”; “East” alone is none."""
    _, _, behind = _region_name(name).partition(" (")
    place = behind.removesuffix(")")
    return "" if place in _BARE else place


_BARE = frozenset({"East"})


def _add_region_of(dataset: Dataset, body: str, versions: list[CodeVersion]) -> None:
    for run in join_runs(Run(REGION_OF_AREA[v.parent], v.valid_from, v.valid_until) for v in versions):
        dataset.add(
            "relationships",
            subject=body,
            verb="part_of",
            object=f"region:{run.value}",
            basis="published",
            valid_from=run.valid_from,
            valid_until=run.valid_until,
            source=cite(dataset, CODE_HISTORY, SOURCES),
            locator=versions[0].code,
        )
