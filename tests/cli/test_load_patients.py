"""`orgmap load` of tables of registered patients, and what `population` and `crosswalk --by registered` then answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orgmap.loaders.reading import Tables
from orgmap.loaders.releases.kept import kept
from orgmap.loaders.releases.loading import load_files
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.lists import NETWORKS, listed, patients, workbook
from tests.registers import KNOWN, practice, register

ALL = patients(
    "01OCT2025", ("G82001", "ALL", "ALL", 900), ("G82002", "ALL", "ALL", 600), ("G89999", "ALL", "ALL", 7)
)
BY_AGE = listed(
    "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS",
    *(
        ("GP_PRAC_PAT_LIST", "01OCT2025", sort, code, "", "", sex, age, number)
        for sort, code, sex, age, number in (
            ("GP", "G82001", "FEMALE", "0_4", "40"),
            ("GP", "G82001", "FEMALE", "95+", "460"),
            ("GP", "G82001", "MALE", "0_4", "50"),
            ("GP", "G82001", "MALE", "95+", "350"),
            ("GP", "G82001", "ALL", "ALL", "900"),
            ("Comm Region", "Y59", "ALL", "ALL", "99999"),
        )
    ),
)  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> Path:
    """Tables of three practices in two networks, and an empty folder for releases."""
    return onto(tmp_path, monkeypatch, NETWORKS, KNOWN)


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes a published file."""
    return files_in(tmp_path, "gp-reg-pat-prac-all.csv")


def test_boards_and_networks_are_told_by_the_lists_of_a_month(data: Path, file: File, orgmap: Orgmap) -> None:
    asked = ("population", "icb", "--basis", "registered", "--at", "2025-10")
    before = orgmap(*asked)
    assert (before.code, "no table of registered patients is in the graph" in before.err) == (1, True)
    done = orgmap("load", str(file(ALL)))
    assert done.code == 0, done.err
    assert "registered-2025-10-01-" in done.out
    assert "1 lists with 7 people are of practices that no table has" in done.out
    told = orgmap(*asked, "--format", "json").json
    assert told["counted"] == "patients registered on 2025-10-01"
    assert [(row["id"], row["people"], row["practices"]) for row in told["rows"]] == [
        ("icb:QKS", 1500, 2),
        ("icb:QNX", None, 0),
    ]
    networks = orgmap("population", "pcn", "--basis", "registered", "--at", "2025-10-01")
    assert "counted: patients registered on 2025-10-01" in networks.out
    assert "Shore PCN" in networks.out
    assert (
        "Patients registered at a GP practice (loaded as registered-2025-10-01-"
        in networks.out + networks.err
    )
    weighed = orgmap("crosswalk", "icb", "2025-10-01", "pcn", "2025-10-01", "--by", "registered")
    assert "weighted by: patients registered on 2025-10-01" in weighed.out
    assert "0.4" in weighed.out
    assert orgmap("check").code == 0


def test_ages_and_sexes_come_from_whichever_table_tells_them(data: Path, file: File, orgmap: Orgmap) -> None:
    found = set()
    for order in ((ALL, BY_AGE), (BY_AGE, ALL)):
        for release in kept():
            orgmap("load", "--remove", release.release)
        for raw in order:
            load_files(data, [file(raw)])
        found.add(frozenset(Tables.of_folder(data).text("list_sizes")))
    assert len(found) == 1
    asked = ("population", "sicbl", "--basis", "registered", "--at", "2025-10-01", "--format", "json")
    young = orgmap(*asked, "--ages", "0-4", "--sex", "male").json
    assert {row["id"]: (row["people"], row["without_count"]) for row in young["rows"]} == {
        "sicbl:91Q": (50, 1),
        "sicbl:92A": (None, 0),
    }
    assert "does not divide the people counted from 0 to 4" in orgmap(*asked, "--ages", "0-2").err
    assert orgmap(*asked).json["rows"][0]["people"] == 1500


def test_a_table_that_does_not_divide_its_people_is_no_answer_of_none(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    load_files(data, [file(ALL)])
    for option, said in ((("--ages", "65+"), "by age"), (("--sex", "male"), "by sex")):
        refused = orgmap("population", "sicbl", "--basis", "registered", "--at", "2025-10-01", *option)
        assert (refused.code, refused.out) == (1, "")
        assert f"does not divide its people {said}. Load one that does" in refused.err


def test_a_table_without_a_day_wants_one_and_one_with_a_day_none(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    bare = file(
        listed("Area Team Code,PCO Code,Practice Code,patients", ("Q67", "91Q00", "G82001", "800")),
        "sizes.csv",
    )
    said = "does not say on which day its patients were counted. Say it with --as-of DAY"
    assert said in orgmap("load", str(bare)).err
    assert orgmap("load", str(bare), "--as-of", "2025-04-01").code == 0
    assert "leave out --as-of" in orgmap("load", str(file(ALL)), "--as-of", "2025-10-02").err
    lists = ("population", "sicbl", "--basis", "registered")
    assert "patients registered on 2025-04-01" in orgmap(*lists, "--at", "2025-09-30").out
    assert "the first is of 2025-04-01" in orgmap(*lists, "--at", "2025-01-01").err


MANY = patients("01OCT2025", *((f"G8{number:04}", "ALL", "ALL", 10) for number in range(40)))
REFUSED = {
    "cut in a row": (MANY[:-20], ":41: "),
    "no number": (MANY.replace(b",10\r\n", b",ten\r\n"), ":2: its people “ten” is no number of people"),
    "no day": (MANY.replace(b"01OCT2025", b"31FEB2025"), ":2: its day “31FEB2025” is no day"),
    "a day to come": (MANY.replace(b"01OCT2025", b"01OCT2099"), "still to come"),
    "orders to a terminal": (MANY.replace(b"G80007", b"\x1b[2J"), "letters that nobody can see"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_that_is_not_whole_or_not_understood_is_refused_and_nothing_changes(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, said = REFUSED[what]
    told = orgmap("load", str(file(raw)))
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert kept() == ()


MAP = (
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,ONS_SUB_ICB_LOCATION_CODE,"
    "SUB_ICB_LOCATION_CODE"
)


def mapped(day: str, **locations: str) -> bytes:
    """A monthly map: the location of each practice."""
    rows = [
        ("GP_PRAC_MAP", day, code, "A PRACTICE", "CT9 1AA", "E38000237", at) for code, at in locations.items()
    ]
    return listed(MAP, *rows)


def members(data: Path, practice: str) -> list[tuple[str, ...]]:
    """Under which locations a practice was: which, from when, how exactly, until when."""
    rows = Tables.of_folder(data).text("relationships")
    return sorted(
        (row[2], row[7], row[8], row[9]) for row in rows if row[0] == practice and "sicbl" in row[2]
    )


def test_the_monthly_map_tells_that_a_practice_has_moved_but_not_when(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    told = orgmap("load", str(file(mapped("01DEC2025", G82001="92A", G82002="91Q", G89999="91Q"), "map.csv")))
    assert told.code == 0, told.err
    assert "registeredmap-2025-12-01-" in told.out
    assert members(data, "practice:G82001") == [
        ("sicbl:91Q", "2022-07-01", "", "2025-10-02"),
        ("sicbl:92A", "2025-10-02", "approx", ""),
    ]
    assert members(data, "practice:G82002") == [("sicbl:91Q", "2022-07-01", "", "")]
    twice = mapped("01DEC2025", G82001="92A") + mapped("01JAN2026", G82002="91Q").split(b"\r\n", 1)[1]
    assert "is of several days (2025-12-01, 2026-01-01)" in orgmap("load", str(file(twice, "twice.csv"))).err


def test_a_map_that_is_older_than_the_register_takes_nothing_back(data: Path, file: File) -> None:
    moved = register(practice("G82001", "THE LIMES", under="92A", joined="20251201", opened="20200401"),
                     practice("G82009", "THE BEECHES", closed="20251231"))  # fmt: skip
    files = file(moved, "epraccur.csv"), file(mapped("01NOV2025", G82001="91Q"), "map.csv")
    for one in files:
        load_files(data, [one])
    assert members(data, "practice:G82001") == [
        ("sicbl:91Q", "2022-07-01", "", "2025-12-01"),
        ("sicbl:92A", "2025-12-01", "", ""),
    ]


BY_FIVE_YEARS = (
    "GP_PRACTICE_CODE,POSTCODE,CCG_CODE,NHSE_AREA_TEAM_CODE,NHSE_REGION_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALES,"
    "MALE_0-4,MALE_5-9,MALE_85+,FEMALE_0-4,FEMALE_5-9,FEMALE_85+"
)
BY_YEARS = (
    "PRACTICE_CODE,POSTCODE,ONS_CCG_CODE,CCG_CODE,ONS_REGION_CODE,NHSE_REGION_CODE,TOTAL_ALL,TOTAL_MALE,TOTAL_FEMALE,"
    "MALE_0_1,MALE_1_2,MALE_2,MALE_95+,FEMALE_0_1,FEMALE_1_2,FEMALE_2,FEMALE_95+"
)
"""Titles of 2013 and of 2016, as far as two ages go; in some years an age lost its end (`male_4` for `male_4_5`)."""


def sizes(data: Path) -> set[tuple[str, ...]]:
    """The list sizes in the tables: sex, people, ages."""
    return {(row[3], row[4], row[5]) for row in Tables.of_folder(data).text("list_sizes")}


def test_a_table_with_a_column_for_each_age_tells_what_one_with_a_row_for_each_does(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    row = ("G82001", "CT9 1AA", "91Q", "Q67", "Y57", 900, 400, 500, 100, 100, 200, 100, 150, 250)
    wide = file(listed(BY_FIVE_YEARS, row), "gp_practice_counts.csv")
    assert "Say it with --as-of DAY" in orgmap("load", str(wide)).err
    told = orgmap("load", str(wide), "--as-of", "2022-08-01")
    assert "registeredcolumns-2022-08-01-" in told.out
    assert sizes(data) == {
        ("", "900", ""),
        ("male", "400", "0-4:100 5-9:100 85+:200"),
        ("female", "500", "0-4:100 5-9:150 85+:250"),
    }
    asked = ("population", "sicbl", "--basis", "registered", "--at", "2022-08-01", "--format", "json")
    assert orgmap(*asked).json["rows"][0]["people"] == 900
    assert orgmap(*asked, "--ages", "5-9", "--sex", "female").json["rows"][0]["people"] == 150


def test_an_age_that_ends_where_the_next_begins_is_one_year(data: Path, file: File) -> None:
    row = ("G82001", "CT9 1AA", "E38", "91Q", "E40", "Y57", 40, 10, 30, 1, 2, 3, 4, 6, 7, 8, 9)
    load_files(data, [file(listed(BY_YEARS, row))], "2022-08-01")
    assert sizes(data) == {
        ("", "40", ""),
        ("male", "10", "0:1 1:2 2:3 95+:4"),
        ("female", "30", "0:6 1:7 2:8 95+:9"),
    }


ONCE = ("GP_PRAC_PAT_LIST", "01-Jul-25", "GP", "G82001", "CT9 1AA", "ALL", "ALL")
TODAY = "PUBLICATION,EXTRACT_DATE,TYPE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"


def test_numbers_and_days_are_read_as_spreadsheets_write_them(data: Path, file: File, orgmap: Orgmap) -> None:
    above = b"Patients registered at a GP practice,,,,,,,\r\n,,,,,,,\r\n"
    again = listed(TODAY, (*ONCE, "9,000")) + listed(TODAY, ("X", "2025-08-01", *ONCE[2:], "9100.0"))
    told = orgmap("load", str(file(above + again)))
    assert told.code == 0, told.err
    assert [one.as_of for one in kept()] == ["2025-07-01", "2025-08-01"]
    assert {row[1] for row in sizes(data)} == {"9000", "9100"}
    rows = [tuple(TODAY.split(",")), ("X", date(2025, 8, 1), *ONCE[2:], 9100)]
    by_sheet = orgmap(
        "load", str(file(workbook(Notes=[("About",)], Totals=rows), "patients.xlsx")), "--dry-run"
    )
    assert by_sheet.code == 0, by_sheet.err
    assert "registered-2025-08-01-" in by_sheet.out


REGIONS = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,SEX,AGE,NUMBER_OF_PATIENTS"
ODD = {
    "ages that do not add up": (
        listed(BY_FIVE_YEARS, ("G82001", "", "91Q", "Q67", "Y57", 900, 400, 500, 1, 100, 200, 100, 150, 250)),
        ":2: its ages of males add up to 301, and not to 400",
    ),
    "the same twice": (
        listed(TODAY, (*ONCE, 9000), (*ONCE, 9100)),
        ":3: G82001 is counted twice; 1 of 2 rows",
    ),
    "no practice": (
        listed(REGIONS, ("X", "01OCT2025", "Comm Region", "Y59", "E40000005", "MALE", "0", 100)),
        "counts nobody of any practice, only of bodies above them",
    ),
    "an age that was taken for a day": (
        listed(TODAY, (*ONCE[:5], "MALE", "05-Sep", 40)),
        ":2: its age “05-Sep” is not understood",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_a_count_that_cannot_be_right_is_refused_with_its_line(
    what: str, data: Path, file: File, orgmap: Orgmap
) -> None:
    raw, said = ODD[what]
    day = () if b"EXTRACT_DATE" in raw else ("--as-of", "2022-08-01")
    told = orgmap("load", str(file(raw)), *day)
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert kept() == ()


def test_neighbourhoods_of_one_practice_are_summed_and_none_counts_twice(
    data: Path, file: File, orgmap: Orgmap
) -> None:
    titles = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,Number of Patients"
    row = ("X", "04JAN2025", "G82001", "THE LIMES")
    rows = [(*row, f"E0100{number:04}", "ALL", 7) for number in range(40)]
    told = orgmap("load", str(file(listed(titles, *rows, rows[0]))))
    assert "refused gp-reg-pat-prac-all.csv:42: G82001: G82001 is counted twice" in told.out
    assert sizes(data) == {("", "280", "")}


def test_neighbourhoods_of_2014_are_summed_too(data: Path, file: File, orgmap: Orgmap) -> None:
    titles = "PRACTICE_CODE,ORG_NAME,LSOA_CODE,Male Patients,Female Patients,All Patients"
    rows = [("G82001", "THE LIMES", f"E0100000{n}", 3, 4, 7) for n in range(1, 9)]
    rows.append(("G82001", "THE LIMES", "NO2011", 1, 0, 1))
    load_files(data, [file(listed(titles, *rows))], "2022-08-01")
    assert sizes(data) == {("", "57", ""), ("male", "25", ""), ("female", "32", "")}
    across = listed("PRACTICE_CODE,_LABEL_,NAME OF FORMER VARIABLE,COL1", ("G82001", "", "LSOA_CODE", "E01"))
    assert "with a column for each neighbourhood. Load the one" in orgmap("load", str(file(across))).err


def test_an_older_map_says_no_day_and_wants_one(data: Path, file: File, orgmap: Orgmap) -> None:
    titles = "PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,ONS_CCG_CODE,CCG_CODE,CCG_NAME,STP_CODE,STP_NAME"
    rows = [("G82001", "THE LIMES", "CT9 1AA", "E38000246", "92A", "NHS SURREY", "QNX", "SUSSEX")]
    old = file(listed(titles, *rows), "gp-reg-pat-prac-map.csv")
    assert "does not say of which day it is. Say it with --as-of DAY" in orgmap("load", str(old)).err
    assert orgmap("load", str(old), "--as-of", "2025-12-01").code == 0
    assert members(data, "practice:G82001")[1] == ("sicbl:92A", "2025-10-02", "approx", "")
    dated = file(mapped("01DEC2025", G82001="92A"), "dated.csv")
    assert "leave out --as-of" in orgmap("load", str(dated), "--as-of", "2025-12-02").err
