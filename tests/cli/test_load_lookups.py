"""`orgmap load LSOA…csv`: look-ups of areas onto the tables; from what a user sees."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orgmap.loaders.releases.kept import kept
from tests.cli.conftest import File, Orgmap, files_in, onto
from tests.lists import workbook
from tests.postcode_files import NSPL_2021, packed
from tests.worlds import write_data

KNOWN = "2025-10-17"
COUNTY = """
entities
id                 | name             | valid_from | valid_until
sicbl:91Q          | NHS Kent - 91Q   | 2022-07-01 |
sicbl:92A          | NHS Surrey - 92A | 2022-07-01 |
icb:QKS            | NHS Kent ICB     | 2022-07-01 |
icb:QXU            | NHS Surrey ICB   | 2022-07-01 |
area:E01000001     | East             |            |
area:E01000002     | West             |            |

identifiers
entity    | scheme | code
sicbl:91Q | gss    | E38000237
sicbl:92A | gss    | E38000246
icb:QKS   | gss    | E54000032
icb:QXU   | gss    | E54000063

relationships
subject    | verb    | object         | basis     | valid_from | valid_until
sicbl:91Q  | covers  | area:E01000001 | published | 2022-07-01 |
sicbl:91Q  | covers  | area:E01000002 | published | 2022-07-01 |
sicbl:91Q  | part_of | icb:QKS        | published | 2022-07-01 |
sicbl:92A  | part_of | icb:QKS        | published | 2022-07-01 |

neighbourhoods
code      | name     | parent    | area           | population
E01000001 | East 1A  | E02000001 | area:E01000001 | 100
E01000002 | West 1A  | E02000002 | area:E01000002 | 300
E01000003 | West 1B  | E02000002 | area:E01000002 | 300

postcodes
outcode | inward  | code      | seen
CT9     | 1AA     | E01000001 | both
CT9     | 2AA     | E01000002 | both
CT9     | 3AA     | E01000003 | both

place_names
name     | kind | within | code           | share
Westgate | town | Thanet | area:E01000002 | 1
"""
KENTS = ["icb:QKS", "sicbl:91Q"]
EAST, WEST, WEST_B = "E01000001,East 1A", "E01000002,West 1A", "E01000003,West 1B"
KENT, SURREY = "E38000237,91Q,NHS Kent,E54000032,QKS,Kent", "E38000246,92A,NHS Surrey,E54000063,QXU,Surrey"


def look_up(*rows: str, year: str = "26", feature: str = "") -> bytes:
    """Neighbourhoods to locations to boards, as the ONS writes them."""
    columns = "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM".replace("26", year)
    return ("\ufeff" + "\r\n".join([columns + feature, *rows]) + "\r\n").encode()


APRIL = look_up(
    f"{EAST},{KENT}", f"{WEST},{SURREY}", f"{WEST_B},{SURREY}", "W01000001,Wales 1,W11000023,7A1,B,,,"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orgmap: Orgmap) -> File:
    """Writes a published file beside the tables of a county, with an empty folder for releases."""
    onto(tmp_path, monkeypatch, COUNTY, KNOWN)
    return files_in(tmp_path, "LSOA21_SICBL26_ICB26.csv")


def around(orgmap: Orgmap, postcode: str, day: str, *more: str) -> list[str]:
    """The locations and boards of a postcode on a day."""
    bodies = orgmap("find", postcode, "--at", day, *more, "--format", "json").json["bodies"]
    return sorted({body["id"] for body in bodies if body["id"].startswith(("sicbl:", "icb:"))})


def test_a_newer_look_up_says_who_covers_what_from_its_year_on(file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(APRIL)))
    assert done.code == 0, done.err
    assert "onslookup-2026-04-01-" in done.out
    assert "says 4 things: 2 as the tables have them, 0 otherwise" in done.out
    assert "2 that are newer" in done.out
    assert "1 rows that lie outside England" in done.out
    assert around(orgmap, "CT9 2AA", "2026-03-31") == ["icb:QKS", "sicbl:91Q"]
    assert around(orgmap, "CT9 2AA", "2026-04-01") == ["icb:QXU", "sicbl:92A"]
    assert around(orgmap, "CT9 1AA", "2026-04-01") == ["icb:QKS", "sicbl:91Q"]
    assert orgmap("check").code == 0
    again = orgmap("load", str(file(packed(APRIL), "again.csv.gz")))
    assert again.out.startswith("Loaded already: onslookup-2026-04-01-")


def test_an_area_that_a_newer_look_up_parts_is_parted_and_was_one_before(file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(look_up(f"{EAST},{KENT}", f"{WEST},{KENT}", f"{WEST_B},{SURREY}"))))
    assert done.code == 0, done.err
    assert around(orgmap, "CT9 2AA", "2026-04-01") == around(orgmap, "CT9 1AA", "2026-04-01") == KENTS
    assert around(orgmap, "CT9 3AA", "2026-04-01") == ["icb:QXU", "sicbl:92A"]
    assert around(orgmap, "CT9 3AA", "2026-03-31") == KENTS
    assert around(orgmap, "CT9 3AA", "2026-04-01", "--as-known-on", "2026-03-31") == KENTS
    town = orgmap("find", "Westgate", "--at", "2026-04-01", "--format", "json").json["bodies"]
    assert {one["id"]: one["share"] for one in town if one["role"] == "sub_icb_location"} == {
        "sicbl:91Q": 0.5,
        "sicbl:92A": 0.5,
    }
    assert orgmap("check").code == 0


def test_what_the_tables_know_to_a_later_day_stays_and_the_difference_is_told(
    file: File, orgmap: Orgmap
) -> None:
    done = orgmap(
        "load", str(file(look_up(f"{EAST},{SURREY}", f"{WEST},{KENT}", f"{WEST_B},{SURREY}", year="24")))
    )
    assert done.code == 0, done.err
    assert (
        "did not count LSOA21_SICBL26_ICB26.csv:2: area:E01000001 does not lie in sicbl:92A by the tables"
        in done.out
    )
    assert "area:E01000002 lies in several (sicbl:91Q, sicbl:92A): left as it was" in done.out
    assert around(orgmap, "CT9 1AA", "2024-06-01") == ["icb:QKS", "sicbl:91Q"]


HISTORY = (
    b"GEOGCD,GEOGNM,GEOGNMW,OPER_DATE,TERM_DATE,PARENTCD,ENTITYCD,OWNER,STATUS\r\n"
    b"E38000237,NHS Kent - 91Q,,01/07/2022 00:00:00,31/03/2026 00:00:00,E54000032,E38,NHS,terminated\r\n"
    b"E38000300,NHS Kent - 91Q,,01/04/2026 00:00:00,,E54000032,E38,NHS,live\r\n"
    b"E38000246,NHS Surrey - 92A,,01/07/2022 00:00:00,,E54000063,E38,NHS,live\r\n"
    b"W11000023,Betsi,,01/10/2009 00:00:00,,W92000004,W11,NHS,live\r\n"
)


def test_a_newer_history_of_codes_gives_a_body_its_new_code(file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(HISTORY, "ChangeHistory.csv")))
    assert done.code == 0, done.err
    assert "onschd-2026-04-01-" in done.out
    assert (
        "says 3 things: 2 as the tables have them, 0 otherwise (what the tables have stays), 1 that are"
        in done.out
    )
    assert "1 rows outside England" in done.out
    codes = orgmap("show", "sicbl:91Q", "--format", "json").json["codes"]
    assert {(one["code"], one["valid_from"], one["valid_until"]) for one in codes} == {
        ("E38000237", None, "2026-04-01"),
        ("E38000300", "2026-04-01", None),
    }
    odd = HISTORY.replace(b"01/07/2022 00:00:00", b"31/02/2022", 1)
    refused = orgmap("load", str(file(odd, "odd.csv")))
    assert refused.code == 4
    assert "odd.csv:2: “E38000237” “2022-02-31” to “2026-03-31” are no days" in refused.err


DAMAGED = {
    "cut off in a row": (APRIL[:-30], r"LSOA21_SICBL26_ICB26.csv:5: the last line has no end"),
    "a row of another width": (
        APRIL + b"E01000004,East\r\n",
        r"LSOA21_SICBL26_ICB26.csv:6: \d+ columns where 8",
    ),
    "a header alone": (look_up(), "has no rows"),
    "names where codes should be": (
        look_up("East,x,Kent,1,2,Kent,3,4"),
        "csv:2: “East” is no code of an area",
    ),
    "UTF-16": (APRIL.decode().encode("utf-16"), "LSOA21_SICBL26_ICB26.csv:1: is UTF-16 text"),
    "cut UTF-16": (APRIL.decode().encode("utf-16")[:-1], "LSOA21_SICBL26_ICB26.csv:1: is UTF-16 text"),
    "two years of one column": (b"LTLA22CD,LTLA23CD\r\nE07000114,E07000114\r\n", "is none of the files"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_look_up_that_is_damaged_is_refused_and_nothing_has_changed(
    file: File, orgmap: Orgmap, case: str
) -> None:
    raw, said = DAMAGED[case]
    done = orgmap("load", str(file(raw)))
    assert done.code == 4, done.out
    assert re.search(said, done.err), done.err
    assert kept() == ()


ROWS = [f"{EAST},{KENT}", f"{WEST},{SURREY}", f"{WEST_B},{SURREY}"]
TITLED = "LSOA21CD,LSOA21NM,SICBL26CD,SICBL26CDH,SICBL26NM,ICB26CD,ICB26CDH,ICB26NM".split(",")


def answer(name: str, **more: object) -> bytes:
    """A look-up as a map server answers with it: its cells under a name."""
    features = [
        {name: dict(zip(TITLED, row.split(","), strict=True)) | {"FID": n}} for n, row in enumerate(ROWS)
    ]
    return json.dumps({"features": features, **more}).encode()


def sheets() -> bytes:
    """A look-up in a workbook, behind a sheet of notes."""
    return workbook(Notes=[("A look-up",)], LU=[tuple(TITLED), *(tuple(row.split(",")) for row in ROWS)])


AS_PEOPLE_HAVE_IT = {
    "with numbers before the rows": look_up(*ROWS)
    .replace(b"\xef\xbb\xbfLSOA", b"\xef\xbb\xbfFID,LSOA")
    .replace(b"\r\nE01", b"\r\n1,E01"),
    "called locations": look_up(*ROWS).replace(b"SICBL26", b"LOC26"),
    "with semicolons": look_up(*ROWS).replace(b",", b";"),
    "with its titles again": look_up(*ROWS[:2]) + look_up(ROWS[2])[3:],
    "as a server answers": answer("attributes", objectIdFieldName="FID", exceededTransferLimit=False),
    "as GeoJSON": answer("properties", type="FeatureCollection"),
    "as a list": json.dumps([dict(zip(TITLED, row.split(","), strict=True)) for row in ROWS]).encode(),
    "in a workbook": sheets(),
}


@pytest.mark.parametrize("how", AS_PEOPLE_HAVE_IT)
def test_a_look_up_is_the_same_however_it_was_saved(how: str, file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(AS_PEOPLE_HAVE_IT[how], "look-up (1).json")))
    assert done.code == 0, done.err
    assert "says 4 things: 2 as the tables have them, 0 otherwise" in done.out
    assert around(orgmap, "CT9 2AA", "2026-03-31") == KENTS
    assert around(orgmap, "CT9 2AA", "2026-04-01") == ["icb:QXU", "sicbl:92A"]


NOT_READ = {
    "an answer that was cut short": (
        answer("properties", properties={"exceededTransferLimit": True}),
        "has 3 rows and says that the server has more (exceededTransferLimit): it is cut short",
    ),
    "districts and regions": (
        b"LAD23CD,LAD23NM,RGN23CD,RGN23NM\r\nE07000114,Thanet,E12000008,South East\r\n",
        "It is a look-up of areas (LAD23CD, RGN23CD), and says nothing of which body",
    ),
    "a map": (
        answer("properties", type="FeatureCollection")
        .replace(b"SICBL26", b"WD26")
        .replace(b"ICB26", b"PAR26"),
        "It is a look-up of areas (LSOA21CD, WD26CD, WD26CDH, PAR26CD, PAR26CDH), and says nothing of which body",
    ),
    "a list of postcodes in a workbook": (
        workbook(NSPL=[tuple(NSPL_2021.split(",")), ("CT9 1AA",) * 41]),
        "It is ONS National Statistics Postcode Lookup (NSPL), and cannot be read as it is written. Save it",
    ),
    "groups of two years": (
        b"CCG19CD,CCG19NM,CCG20CD,CCG20NM\r\nE38000237,a,E38000246,b\r\n",
        "It is a look-up of areas (CCG19CD, CCG20CD)",
    ),
    "changes of codes": (
        b"GEOGCD,GEOGNM,GEOGCD_P,GEOGNM_P,OPER_DATE\r\nE38000237,a,E38000010,b,01/04/2020\r\n",
        "It is Changes.csv of the Code History Database, which code came after which. Load ChangeHistory.csv",
    ),
    "days with the month first": (
        b"GEOGCD,GEOGNM,OPER_DATE,TERM_DATE,PARENTCD,ENTITYCD,STATUS\r\n"
        b"E38000237,NHS Kent - 91Q,4/1/2009,,E54000032,E38,live\r\n"
        b"E38000246,NHS Surrey - 92A,2/13/2009,,E54000063,E38,live\r\n",
        ":3: “2/13/2009” has its month first: a spreadsheet wrote the days otherwise",
    ),
}


@pytest.mark.parametrize("what", NOT_READ)
def test_a_table_of_areas_that_is_not_read_is_refused_with_what_it_is(
    what: str, file: File, orgmap: Orgmap
) -> None:
    raw, said = NOT_READ[what]
    told = orgmap("load", str(file(raw, "areas.csv")))
    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert kept() == ()


MORE = (
    ("icb:QKS            |", "ccg:91Q            | NHS Kent CCG | 2020-04-01 | 2022-07-01"),
    ("area:E01000001     |", "region:Y59         | South East   | 2018-04-01 |"),
    ("icb:QKS   | gss", "ccg:91Q    | gss | E38000237"),
    ("icb:QKS   | gss", "region:Y59 | gss | E40000005"),
    ("sicbl:92A  | part_of", "icb:QKS    | part_of | region:Y59 | published | 2022-07-01 |"),
)
"""Rows that come before others in the tables of the county: a group before its location, a region."""


def test_a_code_that_passed_from_one_body_to_another_within_the_year_is_that_of_the_column_s_kind(
    file: File, orgmap: Orgmap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = COUNTY
    for before, row in MORE:
        world = world.replace(before, f"{row}\n{before}", 1)
    monkeypatch.setenv("ORGMAP_DATA", str(write_data(tmp_path / "both", world, horizon=KNOWN)))
    rows = "SICBL22CD,SICBL22CDH,SICBL22NM,ICB22CD,ICB22CDH,ICB22NM,NHSER22CD,NHSER22CDH,NHSER22NM\r\n"
    rows += f"{KENT},E40000005,Y59,South East\r\n"
    told = orgmap("load", str(file(rows.encode(), "locations.csv")), "--dry-run")
    assert "says 2 things: 2 as the tables have them, 0 otherwise" in told.out, told.err


def test_a_look_up_with_names_and_no_codes_is_refused_and_the_missing_column_named(
    file: File, orgmap: Orgmap
) -> None:
    names = b"LSOA11CD,LSOA11NM,LAD26NM\r\nE01000001,East 1A,Thanet\r\n"
    done = orgmap("load", str(file(names)))
    assert done.code == 4
    assert (
        "csv:1: is a look-up that names areas or bodies without their codes: LAD26CD is missing." in done.err
    )
    assert kept() == ()


def test_names_without_codes_beside_codes_are_passed_over_and_said(file: File, orgmap: Orgmap) -> None:
    done = orgmap("load", str(file(look_up(f"{EAST},{KENT},Thanet", feature=",LAD26NM"))))
    assert done.code == 0, done.err
    assert "names without codes (LAD26CD is missing)" in done.out
