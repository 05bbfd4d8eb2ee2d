"""Places: who covered an area on which day, every postcode once, names, and the published look-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from orgmap.loaders.published import read_table
from tests.data.one_dataset import SHARED, Rows, holds, needs_shared, rows_of

ONS = SHARED / "data" / "ons"
NOVEMBER_2021, APRIL_2012 = "2021-11-30", "2012-04-01"

AREAS = rows_of("places", "entities")
NEIGHBOURHOODS = rows_of("places", "neighbourhoods")
PLACE_NAMES = rows_of("places", "place_names")
POSTCODES = rows_of("places", "postcodes")
COVERS = [row for row in rows_of("places", "relationships") if row["verb"] == "covers"]

THANET, NEWCASTLE, GATESHEAD = "area:E01024633", "area:E01008288", "area:E01008162"
GLOSSOP, SOLIHULL, ROYSTON = "area:E01019727", "area:E01010108", "area:E01023597"


@cache
def covering(prefix: str, at: str) -> dict[str, str]:
    """Area → the body of one kind that covers it on a day; fails if there are two."""
    found = [(row["object"], row["subject"]) for row in COVERS if holds(row, at)]
    mine = [(area, body) for area, body in found if body.startswith(f"{prefix}:")]
    assert len(dict(mine)) == len(mine)
    return dict(mine)


@cache
def areas_of_codes() -> dict[str, frozenset[str]]:
    """LSOA or MSOA → the areas that it lies in."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in NEIGHBOURHOODS:
        if row["area"]:
            found[row["code"]].add(row["area"])
            found[row["parent"]].add(row["area"])
    return {code: frozenset(areas) for code, areas in found.items()}


@cache
def postcodes() -> dict[str, tuple[str, str]]:
    """Postcode as people write it → the code of its neighbourhood and where it was seen."""
    return {
        f"{row['outcode']} {inward}": (row["code"], row["seen"])
        for row in POSTCODES
        for inward in row["inward"].split()
    }


def area_of_lsoa(name: str) -> str:
    """The area in which the neighbourhood of that official name lies."""
    return next(row["area"] for row in NEIGHBOURHOODS if row["name"] == name)


def named(name: str, kind: str, within: str) -> dict[str, float]:
    """The shares of areas of a named place."""
    return {
        row["code"]: float(row["share"])
        for row in PLACE_NAMES
        if (row["name"], row["within"]) == (name, within) and row["kind"].startswith(kind)
    }


def test_england_has_408_areas_and_every_neighbourhood_lies_in_one() -> None:
    lsoas = [row for row in NEIGHBOURHOODS if row["code"].startswith("E01")]
    msoas = {row["code"] for row in NEIGHBOURHOODS if row["code"].startswith("E02")}
    assert (len(AREAS), len(lsoas), len(msoas)) == (408, 32_844, 6_791)
    assert {row["area"] for row in lsoas} == {row["id"] for row in AREAS}
    assert {row["parent"] for row in lsoas} == msoas
    assert all(int(row["population"]) > 0 for row in lsoas)
    assert sum(int(row["population"]) for row in lsoas) == 56_550_138


def test_an_area_is_called_after_its_first_neighbourhood_and_has_a_name_of_its_own() -> None:
    first: dict[str, str] = {}
    for row in NEIGHBOURHOODS:
        if row["area"]:
            first[row["area"]] = min(first.get(row["area"], "~"), row["code"])
    assert first == {row["id"]: row["id"].removeprefix("area:") for row in AREAS}
    assert len({row["name"] for row in AREAS}) == 408
    names = {row["id"]: row["name"] for row in AREAS}
    assert names[THANET] == "all of Thanet"
    assert names[area_of_lsoa("Dover 002A")] == "part of Dover in NHS Canterbury and Coastal CCG"


@pytest.mark.parametrize(
    ("prefix", "day_before", "first", "last", "day_after"),
    [
        ("pct", "2010-03-31", "2010-04-01", "2013-03-31", "2013-04-01"),
        ("sha", "2006-06-30", "2006-07-01", "2013-03-31", "2013-04-01"),
        ("ccg", "2013-03-31", "2013-04-01", "2022-06-30", "2022-07-01"),
        ("sicbl", "2022-06-30", "2022-07-01", "2026-03-31", None),
        ("council", "2008-12-31", "2009-01-01", "2026-11-22", None),
    ],
)
def test_every_area_has_one_body_of_a_kind_on_every_day_of_its_time_and_none_outside(
    prefix: str, day_before: str, first: str, last: str, day_after: str | None
) -> None:
    assert covering(prefix, day_before) == {}
    days = {row["valid_from"] for row in COVERS} | {first, last}
    assert {day: len(covering(prefix, day)) for day in sorted(days) if first <= day <= last} == {
        day: 408 for day in sorted(days) if first <= day <= last
    }
    if day_after:
        assert covering(prefix, day_after) == {}


@pytest.mark.parametrize(
    ("area", "prefix", "day_before", "before", "day", "after"),
    [
        (THANET, "pct", "2010-03-31", None, "2010-04-01", "pct:5QA"),
        (THANET, "pct", "2013-03-31", "pct:5QA", "2013-04-01", None),
        (THANET, "ccg", "2013-03-31", None, "2013-04-01", "ccg:10E"),
        (THANET, "ccg", "2020-03-31", "ccg:10E", "2020-04-01", "ccg:91Q"),
        (THANET, "ccg", "2022-06-30", "ccg:91Q", "2022-07-01", None),
        (THANET, "sicbl", "2022-06-30", None, "2022-07-01", "sicbl:91Q"),
        (THANET, "sha", "2013-03-31", "sha:Q37", "2013-04-01", None),
        (SOLIHULL, "pct", "2011-04-14", "pct:TAM", "2011-04-15", "pct:5QW"),
        (NEWCASTLE, "ccg", "2015-03-31", "ccg:00H", "2015-04-01", "ccg:13T"),
        (GATESHEAD, "ccg", "2015-03-31", "ccg:00F", "2015-04-01", "ccg:13T"),
        (GATESHEAD, "council", "2013-03-31", "council:E08000020", "2013-04-01", "council:E08000020"),
    ],
)
def test_an_area_changes_bodies_on_the_day_of_the_reform(
    area: str, prefix: str, day_before: str, before: str | None, day: str, after: str | None
) -> None:
    assert covering(prefix, day_before).get(area) == before
    assert covering(prefix, day).get(area) == after


@pytest.mark.parametrize(
    ("lsoa", "prefix", "day_before", "before", "day", "after"),
    [
        ("South Lakeland 001A", "ccg", "2017-03-31", "ccg:01H", "2017-04-01", "ccg:01K"),
        ("Chichester 001A", "ccg", "2020-03-31", "ccg:09G", "2020-04-01", "ccg:92A"),
        ("Chichester 001A", "sicbl", "2023-03-31", "sicbl:92A", "2023-04-01", "sicbl:70F"),
        (
            "Cheshire West and Chester 001A",
            "council",
            "2009-03-31",
            "council:E10000004",
            "2009-04-01",
            "council:E06000050",
        ),
        ("Cheshire West and Chester 001A", "district", "2009-03-31", None, "2009-04-01", None),
        ("Bedford 001A", "district", "2009-03-31", "district:E07000002", "2009-04-01", None),
        ("Thanet 001A", "district", "2008-12-31", None, "2009-01-01", "district:E07000114"),
        ("Wycombe 001A", "council", "2020-03-31", "council:E10000002", "2020-04-01", "council:E06000060"),
        ("Wycombe 001A", "district", "2020-03-31", "district:E07000007", "2020-04-01", None),
        ("Craven 001A", "council", "2023-03-31", "council:E10000023", "2023-04-01", "council:E06000065"),
        (
            "Forest Heath 001A",
            "district",
            "2019-03-31",
            "district:E07000201",
            "2019-04-01",
            "district:E07000245",
        ),
    ],
)
def test_boundary_changes_and_new_councils_have_their_day(
    lsoa: str, prefix: str, day_before: str, before: str, day: str, after: str | None
) -> None:
    area = area_of_lsoa(lsoa)
    assert covering(prefix, day_before).get(area) == before
    assert covering(prefix, day).get(area) == after


def test_three_areas_changed_commissioner_when_groups_became_boards_in_july_2022() -> None:
    moved = {
        (group.partition(":")[2], covering("sicbl", "2022-07-01")[area].partition(":")[2])
        for area, group in covering("ccg", "2022-06-30").items()
        if group.partition(":")[2] != covering("sicbl", "2022-07-01")[area].partition(":")[2]
    }
    assert moved == {("01Y", "15M"), ("D2P2L", "15E"), ("06H", "78H")}
    assert covering("sicbl", "2022-07-01")[GLOSSOP] == "sicbl:15M"


def test_frimley_is_split_between_three_locations_on_the_first_of_april_2026() -> None:
    before, after = covering("sicbl", "2026-03-31"), covering("sicbl", "2026-04-01")
    assert set(before) == set(after)
    moved = {area: after[area] for area, body in before.items() if body != after[area]}
    assert set(moved) == {area for area, body in before.items() if body == "sicbl:D4U1Y"}
    councils = covering("council", "2026-04-01")
    assert {(councils[area], location) for area, location in moved.items()} == {
        ("council:E06000036", "sicbl:U2G6B"),
        ("council:E06000039", "sicbl:U2G6B"),
        ("council:E06000040", "sicbl:U2G6B"),
        ("council:E10000030", "sicbl:92A"),
        ("council:E10000014", "sicbl:D9Y0V"),
    }


def test_no_board_covers_an_area_but_through_its_locations() -> None:
    assert (
        covering("icb", "2022-07-01") == covering("icb", "2026-03-31") == covering("icb", "2026-04-01") == {}
    )


def test_estimated_and_derived_memberships_say_so() -> None:
    bases = defaultdict(set)
    for row in COVERS:
        bases[row["subject"].partition(":")[0]].add(row["basis"])
        assert row["basis"] == "published" or row["note"]
    assert bases["pct"] == {"estimated"}
    assert bases["sha"] == {"derived"}
    assert bases["sicbl"] == {"published"}
    # Before the reorganisation of 2009: through the council that followed.
    before = [
        row
        for row in COVERS
        if row["subject"][:1] in "cd" and row["basis"] == "derived" and "ccg" not in row["subject"]
    ]
    assert {row["valid_until"] for row in before} == {"2009-04-01"}
    assert {row["subject"] for row in before if row["subject"].startswith("district:")} == {
        "district:E07000002"
    }


def test_every_postcode_stands_once() -> None:
    seen = Counter(row["seen"] for row in POSTCODES for _ in row["inward"].split())
    assert sum(seen.values()) == len(postcodes())
    assert seen["2014"] + seen["both"] == 1_438_187
    assert seen["2025"] + seen["both"] == 1_492_125
    assert seen["2014"] + seen["2025"] + seen["both"] == 1_557_705
    scottish = [seen for code, seen in postcodes().values() if code.startswith("S")]
    assert len(scottish) == 3_874 + 593 == seen["2021"] + 593
    assert seen["terminated"] - 593 == 690_674


def test_a_postcode_lies_in_a_known_neighbourhood_or_in_none() -> None:
    known = {row["code"] for row in NEIGHBOURHOODS} | {""}
    assert {row["code"] for row in POSTCODES} <= known
    placed = Counter((code or "none")[:3] for code, _ in postcodes().values())
    assert placed == {"E01": 1_556_883, "E02": 690_674, "S92": 4_467, "non": 822}
    assert postcodes()["CT9 1AA"] == ("E01024678", "2014")


@pytest.mark.parametrize(
    ("name", "kind", "within", "area"),
    [
        ("Margate", "town", "Thanet", THANET),
        ("Ramsgate", "town", "Thanet", THANET),
        ("Ramsgate", "parish", "Thanet", THANET),
        ("Margate Central", "ward", "Thanet", THANET),
        ("Glossop", "town", "High Peak", GLOSSOP),
        ("Royston", "town", "North Hertfordshire", ROYSTON),
        ("Hove", "town", "Brighton and Hove", "area:E01016849"),
    ],
)
def test_a_name_leads_to_its_area(name: str, kind: str, within: str, area: str) -> None:
    assert named(name, kind, within) == {area: 1.0}


def test_a_town_is_not_its_far_off_namesake() -> None:
    towns = {(row["name"], row["within"]) for row in PLACE_NAMES if row["kind"].startswith("town")}
    assert {within for name, within in towns if name == "Canterbury"} == {"Canterbury"}
    assert {within for name, within in towns if name == "Washington"} == {"Sunderland"}
    assert {within for name, within in towns if name == "Leeds"} == {"Leeds"}


def test_towns_on_both_sides_of_a_groups_boundary_are_told_apart() -> None:
    group = covering("ccg", "2013-04-01")
    for town, district, code in (
        ("Sandwich", "Dover", "ccg:09E"),
        ("Deal", "Dover", "ccg:10A"),
        ("Faversham", "Swale", "ccg:09E"),
        ("Sheerness", "Swale", "ccg:10D"),
    ):
        assert {group[area] for area in named(town, "town", district)} == {code}, town


def test_the_shares_of_a_named_place_make_one() -> None:
    total: dict[tuple[str, ...], float] = defaultdict(float)
    for row in PLACE_NAMES:
        total[row["name"], row["kind"], row["within"]] += float(row["share"])
    assert {round(share, 6) for share in total.values()} == {1.0}


def test_a_place_whose_extent_is_not_known_stands_for_its_whole_district() -> None:
    unknown = {row["kind"] for row in PLACE_NAMES if "extent" in row["kind"]} - {"place (extent estimated)"}
    assert unknown == {
        f"{kind} (extent {how})" for kind in ("town", "parish") for how in ("estimated", "not known")
    }
    people: Counter[str] = Counter()
    for row in NEIGHBOURHOODS:
        people[row["area"]] += int(row["population"] or 0)
    shares = named("Caston", "parish (extent not known)", "Breckland")
    assert len(shares) == 2
    inside = sum(people[area] for area in shares)
    assert shares == {area: pytest.approx(people[area] / inside, abs=1e-3) for area in shares}


def ids_by_gss(*datasets: str) -> dict[tuple[str, str], str]:
    """(prefix, GSS code) → id, as the datasets of the bodies themselves say."""
    return {
        (row["entity"].partition(":")[0], row["code"]): row["entity"]
        for dataset in datasets
        for row in rows_of(dataset, "identifiers")
        if row["scheme"] == "gss"
    }


def parents(dataset: str, prefix: str, verb: str, target: str, at: str) -> dict[str, str]:
    """Body → the body that it is part or member of on a day."""
    return {
        row["subject"]: row["object"]
        for row in rows_of(dataset, "relationships")
        if row["subject"].startswith(f"{prefix}:")
        and row["object"].startswith(f"{target}:")
        and (row["verb"], row["status"]) == (verb, "in_force")
        and holds(row, at)
    }


def nspl(area: str) -> list[dict[str, str]]:
    path = ONS / "nspl_nov2021" / f"NSPL_NOV_2021_UK_{area}.csv.gz"
    return [row for _, row in read_table(path, "pcds", "ctry", "doterm", "laua", "ccg", "stp", "pct")]


@needs_shared
@pytest.mark.parametrize("area", ["HX", "TD"])
@pytest.mark.parametrize("terminated", [False, True])
def test_postcodes_lie_in_the_bodies_that_the_postcode_lookup_says(area: str, terminated: bool) -> None:
    ids = ids_by_gss("councils", "clinical_commissioning_groups", "primary_care_trusts", "integrated_care")
    council, district = covering("council", NOVEMBER_2021), covering("district", NOVEMBER_2021)
    group = covering("ccg", NOVEMBER_2021)
    system = parents("integrated_care", "ccg", "member_of", "stp", NOVEMBER_2021)
    layers = {
        "laua": (("council", "district"), council | district),
        "ccg": (("ccg",), group),
        "stp": (("stp",), {area: system[body] for area, body in group.items()}),
        "pct": (("pct",), covering("pct", APRIL_2012)),
    }
    rows = [row for row in nspl(area) if row["ctry"] == "E92000001" and bool(row["doterm"]) == terminated]
    known = [row for row in rows if row["pcds"] in postcodes()]
    right: Counter[str] = Counter()
    for row in known:
        areas = areas_of_codes()[postcodes()[row["pcds"]][0]]
        for column, (prefixes, covered) in layers.items():
            wanted = {ids[prefix, row[column]] for prefix in prefixes if (prefix, row[column]) in ids}
            right[column] += {covered[one] for one in areas} == wanted
    assert len(rows) - len(known) <= max(1, 0.005 * len(rows))
    assert {column: right[column] / len(known) >= 0.999 for column in layers} == dict.fromkeys(layers, True)


@needs_shared
def test_postcodes_outside_england_are_never_placed_in_it() -> None:
    scottish = {row["pcds"] for row in nspl("TD") if row["ctry"] == "S92000003"}
    assert {postcodes()[postcode][0] for postcode in scottish} == {"S92000003"}
    assert {code for code, _ in postcodes().values() if code and code[0] != "E"} == {"S92000003"}
    assert not {row["pcds"] for row in nspl("IM")} & set(postcodes())


@cache
def membership() -> Rows:
    path = ONS / "derived" / "lsoa11_england_membership_2011_2023.csv.gz"
    return [row for _, row in read_table(path, "LSOA11CD", "PCT11CD_est", "UTLA23CD")]


@needs_shared
@pytest.mark.parametrize("year", ["13", "15", "16", "17", "18", "19", "20", "21"])
def test_groups_and_councils_are_those_of_each_years_lookup(year: str) -> None:
    ids = ids_by_gss("councils", "clinical_commissioning_groups")
    at = "2015-07-03" if year == "15" else f"20{year}-04-01"
    area = {row["code"]: row["area"] for row in NEIGHBOURHOODS}
    for row in membership():
        here = area[row["LSOA11CD"]]
        assert covering("ccg", at)[here] == ids["ccg", row[f"CCG{year}CD"]]
        assert covering("council", at)[here] == ids["council", row[f"UTLA{year}CD"]]


@needs_shared
@pytest.mark.parametrize(
    ("column", "at", "prefix", "dataset", "verb", "target"),
    [
        ("NHSAT13CD", "2013-04-01", "ccg", "nhs_england_teams", "part_of", "at"),
        ("NHSRLO15CD", "2015-07-01", "ccg", "nhs_england_teams", "part_of", "lo"),
        ("NHSRLO16CD", "2016-04-01", "ccg", "nhs_england_teams", "part_of", "lo"),
        ("NHSRLO17CD", "2017-04-01", "ccg", "nhs_england_teams", "part_of", "lo"),
        ("NHSRLO18CD", "2018-04-01", "ccg", "nhs_england_teams", "part_of", "lo"),
        ("NHSRLO19CD", "2019-04-01", "ccg", "nhs_england_teams", "part_of", "lo"),
        ("STP17CD", "2017-04-01", "ccg", "integrated_care", "member_of", "stp"),
        ("STP18CD", "2018-04-01", "ccg", "integrated_care", "member_of", "stp"),
        ("STP19CD", "2019-04-01", "ccg", "integrated_care", "member_of", "stp"),
        ("STP20CD", "2020-04-01", "ccg", "integrated_care", "member_of", "stp"),
        ("STP21CD", "2021-04-01", "ccg", "integrated_care", "member_of", "stp"),
        ("ICB22CD", "2022-07-01", "sicbl", "integrated_care", "part_of", "icb"),
    ],
)
def test_the_layers_above_follow_from_the_groups(
    column: str, at: str, prefix: str, dataset: str, verb: str, target: str
) -> None:
    ids = ids_by_gss(dataset)
    above = parents(dataset, prefix, verb, target, at)
    area = {row["code"]: row["area"] for row in NEIGHBOURHOODS}
    wrong = [
        row["LSOA11CD"]
        for row in membership()
        if above.get(covering(prefix, at)[area[row["LSOA11CD"]]]) != ids[target, row[column]]
    ]
    assert wrong == []


@needs_shared
def test_31_neighbourhoods_have_their_trust_in_another_health_authority_than_their_own() -> None:
    above = parents("primary_care_trusts", "pct", "part_of", "sha", APRIL_2012)
    differing = Counter(
        (covering("sha", APRIL_2012)[row["area"]], covering("pct", APRIL_2012)[row["area"]])
        for row in NEIGHBOURHOODS
        if row["area"]
        and above[covering("pct", APRIL_2012)[row["area"]]] != covering("sha", APRIL_2012)[row["area"]]
    )
    assert differing == {("sha:Q33", "pct:5LH"): 21, ("sha:Q37", "pct:5QG"): 6, ("sha:Q38", "pct:5K3"): 4}


@needs_shared
def test_the_people_of_each_group_are_those_that_the_ons_counts() -> None:
    ids = ids_by_gss("clinical_commissioning_groups")
    people: Counter[str] = Counter()
    for row in NEIGHBOURHOODS:
        if row["area"]:
            people[covering("ccg", NOVEMBER_2021)[row["area"]]] += int(row["population"])
    path = ONS / "population" / "ccg21_population_mid2020.csv"
    stated = {ids["ccg", row["CCG Code"]]: int(row["All Ages"]) for _, row in read_table(path, "CCG Code")}
    assert people == stated
