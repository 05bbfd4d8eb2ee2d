"""Councils of England: counts, both sides of every reorganisation, codes, and the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orgmap.graphmodel.datafiles import data_folder
from orgmap.graphmodel.tables import TABLES
from orgmap.loaders.dataset import read_rows
from orgmap.loaders.published import read_table

FOLDER = data_folder() / "councils"
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ONS = SHARED / "data" / "ons"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not here: published tables cannot be checked back"
)
NAMES = {"council": "upper_tier_council", "district": "district_council"}


def rows(table: str) -> list[dict[str, str]]:
    return [dict(zip(TABLES[table].columns, row, strict=True)) for row in read_rows(FOLDER, table)]


def holds(row: dict[str, str], at: str) -> bool:
    return row["valid_from"] <= at and (not row["valid_until"] or at < row["valid_until"])


ENTITIES = rows("entities")
IDENTIFIERS = rows("identifiers")
RELATIONSHIPS = rows("relationships")
BY_ID = {row["id"]: row for row in ENTITIES}


def in_force(at: str, kind: str = "") -> set[str]:
    return {row["id"] for row in ENTITIES if holds(row, at) and kind in ("", row["kind"])}


def gss_codes(at: str) -> dict[str, str]:
    alive = in_force(at)
    codes = [
        row for row in IDENTIFIERS if row["scheme"] == "gss" and row["entity"] in alive and holds(row, at)
    ]
    assert len({row["entity"] for row in codes}) == len(codes) == len(alive)
    return {row["code"]: row["entity"] for row in codes}


@pytest.mark.parametrize(
    ("at", "upper", "lower"),
    [
        ("2009-03-31", 150, 238),
        ("2009-04-01", 152, 201),
        ("2013-04-01", 152, 201),
        ("2019-03-31", 152, 201),
        ("2019-04-01", 151, 192),
        ("2020-03-31", 151, 192),
        ("2020-04-01", 151, 188),
        ("2021-03-31", 151, 188),
        ("2021-04-01", 152, 181),
        ("2023-03-31", 152, 181),
        ("2023-04-01", 153, 164),
        ("2025-04-01", 153, 164),
    ],
)
def test_so_many_councils_there_were(at: str, upper: int, lower: int) -> None:
    assert len(in_force(at, "upper_tier_council")) == upper
    assert len(in_force(at, "district_council")) == lower


@pytest.mark.parametrize(
    ("date", "ended", "began"),
    [
        ("2009-04-01", "council:E10000001", "council:E06000055"),
        ("2009-04-01", "district:E07000002", "council:E06000056"),
        ("2009-04-01", "council:E10000004", "council:E06000049"),
        ("2019-04-01", "council:E06000029", "council:E06000058"),
        ("2019-04-01", "council:E10000009", "council:E06000059"),
        ("2019-04-01", "district:E07000206", "district:E07000244"),
        ("2020-04-01", "council:E10000002", "council:E06000060"),
        ("2021-04-01", "council:E10000021", "council:E06000062"),
        ("2023-04-01", "council:E10000006", "council:E06000063"),
        ("2023-04-01", "council:E10000023", "council:E06000065"),
        ("2023-04-01", "district:E07000246", "council:E06000066"),
    ],
)
def test_the_old_council_ends_and_the_new_one_begins_on_the_day_of_the_order(
    date: str, ended: str, began: str
) -> None:
    before = f"{int(date[:4])}-03-31"
    assert ended in in_force(before)
    assert began not in in_force(before)
    assert ended not in in_force(date)
    assert began in in_force(date)
    joined = {
        row["event"]
        for row in rows("successions")
        if ended == row["predecessor"] or began == row["successor"]
    }
    assert any(event.startswith(date) for event in joined)


@pytest.mark.parametrize(
    ("body", "before", "date", "after"),
    [
        ("council:E08000020", "E08000020", "2013-04-01", "E08000037"),
        ("council:E06000048", "E06000048", "2013-04-01", "E06000057"),
        ("council:E08000016", "E08000016", "2025-04-01", "E08000038"),
        ("council:E08000019", "E08000019", "2025-04-01", "E08000039"),
        ("council:E06000053", "E07000025", "2009-04-01", "E06000053"),
        ("district:E07000100", "E07000100", "2012-04-01", "E07000240"),
        ("district:E07000104", "E07000104", "2012-04-01", "E07000241"),
        ("district:E07000097", "E07000097", "2013-04-01", "E07000242"),
        ("district:E07000101", "E07000101", "2013-04-01", "E07000243"),
    ],
)
def test_a_new_code_is_a_dated_identifier_and_no_new_body(
    body: str, before: str, date: str, after: str
) -> None:
    day_before = f"{int(date[:4])}-03-31"
    assert gss_codes(day_before)[before] == body
    assert after not in gss_codes(day_before)
    assert gss_codes(date)[after] == body
    assert before not in gss_codes(date)
    assert not [row for row in rows("successions") if body == row["predecessor"]]


def test_nothing_but_the_structural_orders_starts_or_ends_a_council() -> None:
    days = {row[side] for row in ENTITIES for side in ("valid_from", "valid_until")} - {""}
    assert days == {f"{year}-04-01" for year in (2009, 2019, 2020, 2021, 2023)}
    assert {row["date"] for row in rows("events")} == days
    assert all(row["instrument"] for row in rows("events"))


def test_every_council_that_ended_has_successors_and_every_new_one_predecessors() -> None:
    successions = rows("successions")
    assert {row["predecessor"] for row in successions} == {
        row["id"] for row in ENTITIES if row["valid_until"]
    }
    assert {row["successor"] for row in successions} == {row["id"] for row in ENTITIES if row["valid_from"]}


def test_the_shares_of_a_council_that_ended_add_up_to_all_of_its_residents() -> None:
    shares: dict[str, float] = {}
    for row in rows("successions"):
        assert row["counts"] == "residents mid-2020"
        shares[row["predecessor"]] = shares.get(row["predecessor"], 0.0) + float(row["weight"])
    assert all(abs(total - 1) < 0.001 for total in shares.values())


def test_christchurch_left_dorset_with_an_eighth_of_its_residents() -> None:
    share = {(row["predecessor"], row["successor"]): float(row["weight"]) for row in rows("successions")}
    assert share["district:E07000048", "council:E06000058"] == 1
    assert 0.11 < share["council:E10000009", "council:E06000058"] < 0.13
    assert ("district:E07000048", "council:E06000059") not in share


@pytest.mark.parametrize(
    "at", ["2009-03-31", "2012-12-01", "2019-04-01", "2023-03-31", "2023-04-01", "2025-04-01"]
)
def test_every_district_lies_in_exactly_one_county(at: str) -> None:
    counties: dict[str, list[str]] = {district: [] for district in in_force(at, "district_council")}
    for row in RELATIONSHIPS:
        if row["verb"] == "part_of" and holds(row, at):
            counties[row["subject"]].append(row["object"])
    assert all(len(found) == 1 for found in counties.values())
    assert {found[0] for found in counties.values()} == {
        council for council in in_force(at, "upper_tier_council") if council.startswith("council:E10")
    }


def test_councils_carry_the_names_that_people_use() -> None:
    names = {row["id"]: row["name"] for row in ENTITIES}
    assert names["council:E10000016"] == "Kent County Council"
    assert names["council:E06000035"] == "Medway Council"
    assert names["district:E07000114"] == "Thanet District Council"
    assert names["council:E09000001"] == "City of London Corporation"
    assert all(names.values())
    aliases = {(row["entity"], row["name"]) for row in rows("names")}
    assert {("council:E10000016", "Kent"), ("district:E07000114", "Thanet")} <= aliases


def test_shepway_became_folkestone_and_hythe_and_stayed_the_same_council() -> None:
    named = {row["name"]: row for row in rows("names") if row["entity"] == "district:E07000112"}
    assert named["Shepway District Council"]["valid_until"] == "2018-04-01"
    assert named["Folkestone and Hythe District Council"]["valid_from"] == "2018-04-01"
    assert BY_ID["district:E07000112"]["valid_until"] == ""


@pytest.mark.parametrize(
    ("council", "before", "since"),
    [
        ("council:E08000017", "Doncaster Metropolitan Borough Council", "City of Doncaster Council"),
        ("council:E06000033", "Southend-on-Sea Borough Council", "Southend-on-Sea City Council"),
        ("council:E06000042", "Milton Keynes Council", "Milton Keynes City Council"),
        ("district:E07000071", "Colchester Borough Council", "Colchester City Council"),
    ],
)
def test_a_council_that_became_a_citys_in_2022_has_both_styles_with_their_days(
    council: str, before: str, since: str
) -> None:
    named = {row["name"]: row for row in rows("names") if row["entity"] == council}
    assert named[before]["valid_until"] == named[since]["valid_from"]
    assert named[since]["valid_from"].startswith("2022-")
    assert (named[before]["until_precision"], named[since]["from_precision"]) == ("approx", "approx")
    assert BY_ID[council]["name"] == since


@needs_shared
def test_no_councils_area_was_renamed_but_shepways() -> None:
    found = {}
    for _, row in read_table(SHARED / "data/ons/chd/chd_areas_selected.csv", "entity", "code", "name"):
        if row["entity"] in ("E06", "E07", "E08", "E09", "E10"):
            found.setdefault(row["code"], set()).add(row["name"])
    assert {code for code, names in found.items() if len(names) > 1} == {"E07000112"}


def test_a_register_code_finds_its_council() -> None:
    codes = {row["code"]: row["entity"] for row in IDENTIFIERS if row["scheme"] == "local_authority_register"}
    assert codes["KEN"] == "council:E10000016"
    assert codes["THA"] == "district:E07000114"


# Checked back against the published tables.


def published(*path: str) -> Iterator[dict[str, Any]]:
    return (row for _, row in read_table(ONS.joinpath(*path)))


@needs_shared
def test_every_snapshot_of_the_code_history_holds_the_same_councils() -> None:
    stated: dict[str, set[str]] = {}
    for row in published("chd", "chd_snapshot_membership.csv.gz"):
        if row["entity"] in ("E06", "E07", "E08", "E09", "E10"):
            stated.setdefault(row["snapshot"], set()).add(row["code"])
    assert len(stated) >= 14
    for at, codes in stated.items():
        assert set(gss_codes(at)) == codes, at


@needs_shared
@pytest.mark.parametrize(
    ("path", "lower", "upper", "at"),
    [
        (("lookups", "ltla17_utla17.csv"), "LTLA17CD", "UTLA17CD", "2017-04-01"),
        (("lookups", "ltla18_utla18.csv"), "LTLA18CD", "UTLA18CD", "2018-04-01"),
        (("lookups", "ltla19_utla19.csv"), "LTLA19CD", "UTLA19CD", "2019-04-01"),
        (("lookups_2019_2024", "lookup_ltla19_utla19.csv"), "ltla19_code", "utla19_code", "2019-04-01"),
        (("lookups_2019_2024", "lookup_ltla20_utla20.csv"), "ltla20_code", "utla20_code", "2020-04-01"),
        (("lookups_2019_2024", "lookup_ltla21_utla21.csv"), "ltla21_code", "utla21_code", "2021-04-01"),
        (("lookups_2019_2024", "lookup_ltla23_utla23.csv"), "ltla23_code", "utla23_code", "2023-04-01"),
    ],
)
def test_districts_lie_in_the_upper_tier_councils_of_the_lookup(
    path: tuple[str, ...], lower: str, upper: str, at: str
) -> None:
    codes = gss_codes(at)
    county = {row["subject"]: row["object"] for row in RELATIONSHIPS if holds(row, at)}
    english = [row for row in published(*path) if row[lower].startswith("E")]
    assert {row[lower] for row in english} == {code for code in codes if not code.startswith("E10")}
    for row in english:
        body = codes[row[lower]]
        if row[upper].startswith(("E11", "E13")):
            continue  # the lookup of 2017 names metropolitan counties and halves of London: no councils
        assert county.get(body, body) == codes[row[upper]], row


@needs_shared
@pytest.mark.parametrize("year", ["15", "16", "17", "18", "19", "20"])
def test_districts_lie_in_the_counties_of_the_lookup(year: str) -> None:
    at = f"20{year}-04-01"
    codes = gss_codes(at)
    stated = {
        (codes[row[f"LAD{year}CD"]], codes[row[f"CTY{year}CD"]])
        for row in published("lookups", f"lad{year}_cty{year}.csv")
        if row[f"CTY{year}CD"].startswith("E10")
    }
    assert stated == {(row["subject"], row["object"]) for row in RELATIONSHIPS if holds(row, at)}


@needs_shared
def test_the_newest_list_of_upper_tier_areas_holds_the_same_councils() -> None:
    stated = {
        row["UTLACD"] for row in published("la", "drkane_utla_all_codes.csv") if row["UTLACD"].startswith("E")
    }
    codes = gss_codes("2025-04-01")
    assert stated == {code for code, body in codes.items() if BY_ID[body]["kind"] == "upper_tier_council"}


@needs_shared
def test_new_councils_begin_on_the_day_that_the_register_of_names_says() -> None:
    for row in published("la", "mysociety_uk_local_authorities.csv"):
        if (
            row["nation"] == "England"
            and row["gss-code"][:3] in ("E06", "E07")
            and row["start-date"] > "2009-01-01"
        ):
            bodies = {i["entity"] for i in IDENTIFIERS if i["code"] == row["gss-code"]}
            assert {BY_ID[body]["valid_from"] for body in bodies} == {row["start-date"]}, row["official-name"]
